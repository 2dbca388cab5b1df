"""Photos as phones make them, for tests: real files with rotation, place, colour profile, or damage.

Pixels come from a seed, so that a test sees the same photo on every machine.
"""

from __future__ import annotations

import random
import struct
import zlib
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Literal

import pillow_heif
from PIL import Image, ImageDraw, ImageFilter, PngImagePlugin

from sitegen.encoder import UPRIGHT

if TYPE_CHECKING:
    from pathlib import Path

Format = Literal["jpeg", "png", "webp", "heic"]

TWELVE_MEGAPIXELS = (4032, 3024)
CORNERS = ((214, 40, 40), (40, 160, 60), (40, 80, 200), (235, 200, 40))
"""Red top left, green top right, blue bottom left, yellow bottom right: which way is up can be seen."""

HOME = (20.98765, 105.84321)
"""Where a photo was taken: degrees north and east."""
OWNER = "Trần Thị Chủ Nhà"
"""A name that phones and editors write into a photo."""


@cache
def scene(width: int = 640, height: int = 480, seed: int = 1) -> Image.Image:
    """A puppy-like heap of fur before a soft background, with a coloured square in each corner."""
    image = Image.merge(
        "RGB",
        [
            Image.linear_gradient("L").point(lambda level, base=base: base + level // 4).resize((width, height))
            for base in (150, 120, 80)
        ],
    )
    noise = random.Random(seed)
    fur = Image.frombytes("L", (width // 2, height // 2), noise.randbytes((width // 2) * (height // 2)))
    fur = fur.filter(ImageFilter.GaussianBlur(1.2)).point(lambda level: max(0, min(255, 5 * level - 512)))
    fur = fur.resize((width, height), Image.Resampling.BICUBIC)
    mask = Image.new("L", (width, height))
    body = ImageDraw.Draw(mask)
    body.ellipse((width * 0.25, height * 0.3, width * 0.75, height * 1.1), fill=150)
    body.ellipse((width * 0.36, height * 0.12, width * 0.64, height * 0.55), fill=200)
    strands = [fur.point(lambda level, part=part: level * part // 10) for part in (9, 7, 4)]
    image.paste(Image.merge("RGB", strands), mask=mask)
    grain = Image.frombytes("L", (256, 256), noise.randbytes(256 * 256)).point(lambda level: level // 24)
    speck = Image.new("L", (width, height))
    for x in range(0, width, 256):
        for y in range(0, height, 256):
            speck.paste(grain, (x, y))
    image = Image.blend(image, Image.merge("RGB", (speck, speck, speck)), 0.04)
    draw = ImageDraw.Draw(image)
    side = min(width, height) // 6
    places = ((0, 0), (width - side, 0), (0, height - side), (width - side, height - side))
    for (x, y), colour in zip(places, CORNERS, strict=True):
        draw.rectangle((x, y, x + side, y + side), fill=colour)
    return image


def photo(
    image: Image.Image | None = None,
    format_: Format = "jpeg",
    *,
    orientation: int = 1,
    profile: bytes | None = None,
    telltale: bool = True,
    quality: int = 90,
) -> bytes:
    """The file a phone makes of what its camera sees upright as `image`.

    With `orientation` 2 to 8 the pixels lie otherwise and EXIF says how to turn them; `profile` is an ICC profile;
    `telltale` adds what phones know: place, owner, time, model, and an editor's XMP and comment.
    """
    image = image or scene()
    exif = Image.Exif()
    if telltale:
        exif[0x010F], exif[0x0110], exif[0x8298], exif[0x013B] = "Phone", "Model 12", OWNER, OWNER
        exif[0x0132] = "2026:11:12 08:30:00"
        exif.get_ifd(0x8825).update({1: "N", 2: _degrees(HOME[0]), 3: "E", 4: _degrees(HOME[1]), 29: "2026:11:12"})
    out = BytesIO()
    exif[0x0112] = orientation
    laid = _laid_down(image, orientation)
    xmp = _xmp() if telltale else b""
    if format_ == "heic":
        # HEIC turns by a box of its own; Apple also writes EXIF's number, which a reader must not apply again.
        more = {"icc_profile": profile} if profile else {}
        pillow_heif.from_pillow(laid).save(out, quality=quality, exif=exif.tobytes(), xmp=xmp, **more)
        return out.getvalue()
    if format_ == "jpeg":
        comment = OWNER.encode() if telltale else b""
        laid.save(out, "JPEG", quality=quality, exif=exif, icc_profile=profile, comment=comment, xmp=xmp)
    elif format_ == "png":
        words = PngImagePlugin.PngInfo()
        if telltale:
            words.add_itxt("Author", OWNER)
            words.add_text("Comment", "at home")
        laid.save(out, "PNG", exif=exif, icc_profile=profile, pnginfo=words, compress_level=1)
    else:
        laid.save(out, "WEBP", quality=quality, method=0, exif=exif, icc_profile=profile or b"", xmp=xmp)
    return out.getvalue()


def cut_off(data: bytes, part: float = 0.5) -> bytes:
    """A file whose copy was interrupted."""
    return data[: int(len(data) * part)]


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""
    out = BytesIO()
    Image.new("L", (1, 1)).save(out, "PNG")
    data = out.getvalue()
    header = b"IHDR" + struct.pack(">II", width, height) + data[24:29]
    return data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:]


def write(path: Path, data: bytes) -> Path:
    """Put a photo where an owner would; parents are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _laid_down(image: Image.Image, orientation: int) -> Image.Image:
    """The pixels as they lie in a file that says `orientation`: each turn undone by its inverse."""
    inverse = {6: 8, 8: 6}.get(orientation, orientation)
    return image.transpose(UPRIGHT[inverse]) if inverse in UPRIGHT else image


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = (value % 1) * 60
    return (float(int(value)), float(int(minutes)), round((minutes % 1) * 60, 2))


def _xmp() -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="{OWNER}"/></rdf:RDF></x:xmpmeta>'
    ).encode()


# Colour profiles, built from their published primaries (chromatically adapted to D50) and curves.

_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
_ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _icc(name: str, primaries: tuple[tuple[float, float, float], ...], curve: bytes) -> bytes:
    """A matrix profile after ICC.1:2010: header, tag table, tags."""
    words = b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", 2 * len(name), 28)
    words += name.encode("utf-16-be")
    tags = {b"desc": words, b"cprt": words, b"wtpt": b"XYZ \0\0\0\0" + _fixed(0.9642, 1.0, 0.82491)}
    for letter, primary in zip("rgb", primaries, strict=True):
        tags[f"{letter}XYZ".encode()] = b"XYZ \0\0\0\0" + _fixed(*primary)
        tags[f"{letter}TRC".encode()] = curve
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, value in tags.items():
        table += tag + struct.pack(">II", start + len(body), len(value))
        body += value + b"\0" * (-len(value) % 4)
    header = struct.pack(">I4xI4s4s4s", start + len(body), 0x04300000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + _fixed(0.9642, 1.0, 0.82491)
    return header.ljust(128, b"\0") + table + body


_SRGB_CURVE = b"para\0\0\0\0\0\3\0\0" + _fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_ADOBE_CURVE = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.19921875 * 256)) + b"\0\0"

DISPLAY_P3 = _icc("Display P3", _P3, _SRGB_CURVE)
ADOBE_RGB = _icc("Adobe RGB (1998)", _ADOBE, _ADOBE_CURVE)
