"""One photo: bytes in, derived files out. Pure, but slow; `album` remembers what it made."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageCms, UnidentifiedImageError
from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from sitegen.pictures import Fault, Photo, Variant, sizes

if TYPE_CHECKING:
    from sitegen.pictures import Format, Recipe

# What phones and chat apps hand over. Everything else Pillow can open stays shut: fewer decoders, fewer surprises.
DECODERS = (JpegImageFile, PngImageFile, WebPImageFile, GifImageFile, AvifImageFile)
FORMATS = tuple(str(decoder.format) for decoder in DECODERS)
SIGNATURES = (b"\xff\xd8", b"\x89PNG", b"RIFF", b"GIF8")
HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})

ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A photo and the bytes of its variants, in the same order."""

    photo: Photo
    files: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Upright:
    """Pixels the right way up, in sRGB, without any metadata; `width` and `height` are those of the whole original."""

    image: Image.Image
    width: int
    height: int


def encode(data: bytes, recipe: Recipe, digest: str) -> Encoded | Fault:
    """Derive every variant of the photo in `data`; file names begin with the first 12 characters of `digest`."""
    upright = decode(data, recipe)
    if isinstance(upright, Fault):
        return upright
    variants: list[Variant] = []
    files: list[bytes] = []
    steps = [_resized(upright.image, step) for step in sizes(upright.width, upright.height, recipe)]
    formats: tuple[Format, ...] = ("avif", "webp", "jpg")
    for format_ in formats:
        for image in steps:
            file = _saved(image, format_, recipe)
            name = f"{digest[:12]}-{image.width}.{format_}"
            variants.append(Variant(format_, image.width, image.height, len(file), name))
            files.append(file)
    photo = Photo(digest, upright.width, upright.height, _colour(upright.image), tuple(variants))
    return Encoded(photo, tuple(files))


def decode(data: bytes, recipe: Recipe) -> Upright | Fault:
    """Read the photo in `data`, no larger than the largest size that `recipe` asks for."""
    with warnings.catch_warnings():
        # Size is judged below, against the recipe; a decoder's remarks on odd metadata help nobody.
        warnings.simplefilter("ignore")
        try:
            return _decode(data, recipe)
        except Image.DecompressionBombError:
            return Fault("too-large")
        except UnidentifiedImageError:
            known = data.startswith(SIGNATURES) or data[4:8] == b"ftyp"
            return Fault("broken" if known else "not-a-picture")
        except Exception:
            # Decoders fed with damaged bytes raise OSError, ValueError, SyntaxError, struct.error, RuntimeError…
            return Fault("broken")


def _decode(data: bytes, recipe: Recipe) -> Upright | Fault:
    formats = FORMATS
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        from pillow_heif import register_heif_opener  # costs 60 ms, and not every shop has an iPhone

        register_heif_opener()
        formats = ("HEIF",)
    with Image.open(BytesIO(data), formats=formats) as image:
        turn = _orientation(image)
        profile = image.info.get("icc_profile")
        width, height = reversed(image.size) if turn >= 5 else image.size
        if width * height > recipe.most_pixels:
            return Fault("too-large", width, height)
        if min(width, height) < recipe.smallest_edge:
            return Fault("too-small", width, height)
        target = sizes(width, height, recipe)[-1]
        raw_target = (target[1], target[0]) if turn >= 5 else target
        # A JPEG can be decoded at ½, ¼ or ⅛, never below the size asked for: a quarter of the time and memory.
        image.draft(None, raw_target)
        image.load()
        pixels = _resized(_plain(image), raw_target)
    if turn in UPRIGHT:
        pixels = pixels.transpose(UPRIGHT[turn])
    return Upright(_clean(_on_paper(pixels, profile, recipe.paper)), width, height)


def _orientation(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8; 1 where there is none or it cannot be read."""
    try:
        value = image.getexif().get(ORIENTATION, 1)
    except Exception:  # a damaged EXIF block says nothing about the pixels
        return 1
    return value if value in UPRIGHT else 1


def _plain(image: Image.Image) -> Image.Image:
    """The first frame in one of the modes RGB, RGBA, L, CMYK, at 8 bits."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 257).convert("L")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _on_paper(image: Image.Image, profile: object, paper: tuple[int, int, int]) -> Image.Image:
    """Opaque sRGB: colours through their profile, transparent places showing `paper`."""
    if image.mode != "RGBA":
        return _srgb(image, profile)
    sheet = Image.new("RGB", image.size, paper)
    sheet.paste(_srgb(image.convert("RGB"), profile), mask=image.getchannel("A"))
    return sheet


def _srgb(image: Image.Image, profile: object) -> Image.Image:
    if isinstance(profile, bytes) and profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # a damaged profile, or one for another kind of pixels: take the numbers as they are
        if converted is not None:
            return converted
    return image.convert("RGB")


def _clean(image: Image.Image) -> Image.Image:
    """The pixels alone: Pillow carries EXIF, XMP, profiles and comments along in `info` and writes some again."""
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    return clean


def _saved(image: Image.Image, format_: Format, recipe: Recipe) -> bytes:
    out = BytesIO()
    if format_ == "avif":
        # One thread and one tile: the same bytes whatever the machine; the other cores have photos of their own.
        quality, speed = recipe.avif_quality, recipe.avif_speed
        image.save(out, "AVIF", quality=quality, speed=speed, max_threads=1, autotiling=False)
    elif format_ == "webp":
        image.save(out, "WEBP", quality=recipe.webp_quality, method=recipe.webp_method)
    else:
        image.save(out, "JPEG", quality=recipe.jpeg_quality, subsampling="4:2:0", progressive=True, optimize=True)
    return out.getvalue()


def _colour(image: Image.Image) -> str:
    """The mean colour as `#rgb`: a placeholder wants a tint, not a measurement."""
    mean = image.resize((1, 1), Image.Resampling.BOX).tobytes()
    return "#" + "".join(f"{round(channel / 17):x}" for channel in mean)
