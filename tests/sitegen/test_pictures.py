"""What happens to the photos that an owner drops beside a page."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from subprocess import run
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageStat

from sitegen import encoder
from sitegen.album import Album
from sitegen.model import PhotoFile
from sitegen.pictures import Fault, Photo, Recipe, sizes, view
from tests import photos

if TYPE_CHECKING:
    from pathlib import Path

    from tests.photos import Format

RECIPE = Recipe()
QUICK = Recipe(widths=(200, 320), avif_speed=10, webp_method=0)
FORMATS: tuple[Format, ...] = ("jpeg", "png", "webp", "heic")


def encoded(data: bytes, recipe: Recipe = QUICK) -> encoder.Encoded:
    made = encoder.encode(data, recipe, "0123456789abcdef")
    assert isinstance(made, encoder.Encoded), made
    return made


def upright(data: bytes) -> Image.Image:
    made = encoder.decode(data, RECIPE)
    assert isinstance(made, encoder.Upright), made
    return made.image


def far(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    value = image.getpixel((x, y))
    assert isinstance(value, tuple)
    return tuple(int(channel) for channel in value)


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    right, bottom = image.width - 20, image.height - 20
    return [pixel(image, x, y) for x, y in ((20, 20), (right, 20), (20, bottom), (right, bottom))]


# Pixels


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", FORMATS)
def test_a_photo_taken_sideways_comes_out_upright(format_: Format, orientation: int) -> None:
    image = upright(photos.photo(format_=format_, orientation=orientation))
    assert image.size == (640, 480)
    assert all(far(seen, meant) < 25 for seen, meant in zip(corners(image), photos.CORNERS, strict=True))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("profile", "meant"),
    [
        (photos.DISPLAY_P3, (215, 93, 31)),
        (photos.ADOBE_RGB, (227, 100, 42)),
        (None, (200, 100, 50)),
    ],
)
def test_wide_colours_look_the_same_in_srgb(format_: Format, profile: bytes | None, meant: tuple[int, ...]) -> None:
    image = upright(photos.photo(Image.new("RGB", (400, 400), (200, 100, 50)), format_, profile=profile))
    assert far(pixel(image, 200, 200), meant) <= 3


def test_a_damaged_colour_profile_does_not_spoil_the_photo() -> None:
    image = upright(photos.photo(Image.new("RGB", (400, 400), (200, 100, 50)), profile=b"not a profile" * 20))
    assert far(pixel(image, 200, 200), (200, 100, 50)) <= 3


def test_every_kind_of_pixel_becomes_plain_opaque_colour() -> None:
    def saved(image: Image.Image, format_: str, **options: object) -> bytes:
        out = BytesIO()
        image.save(out, format_, **options)
        return out.getvalue()

    grey, clear = Image.new("L", (400, 400), 120), Image.new("RGBA", (400, 400), (10, 20, 30, 0))
    brown = Image.new("RGB", (400, 400), (120, 80, 40))
    frames = [brown, grey.convert("RGB")]
    cases: list[tuple[bytes, tuple[int, ...]]] = [
        (saved(grey, "JPEG"), (120, 120, 120)),
        (saved(grey, "PNG"), (120, 120, 120)),
        (saved(Image.new("I;16", (400, 400), 120 * 257), "PNG"), (120, 120, 120)),
        (saved(Image.new("1", (400, 400), 1), "PNG"), (255, 255, 255)),
        (saved(Image.merge("LA", (grey, Image.new("L", (400, 400), 255))), "PNG"), (120, 120, 120)),
        (saved(brown.quantize(4), "PNG"), (120, 80, 40)),
        (saved(brown.convert("CMYK"), "JPEG"), (120, 80, 40)),
        (saved(brown, "AVIF"), (120, 80, 40)),
        (saved(clear, "PNG"), QUICK.paper),
        (saved(clear, "WEBP"), QUICK.paper),
        (saved(brown, "GIF", save_all=True, append_images=frames), (120, 80, 40)),
        (saved(brown, "WEBP", save_all=True, append_images=frames), (120, 80, 40)),
        (saved(brown, "PNG", save_all=True, append_images=frames), (120, 80, 40)),
    ]
    for data, meant in cases:
        image = upright(data)
        assert image.mode == "RGB"
        assert far(pixel(image, 200, 200), meant) <= 4


# Privacy


@pytest.mark.parametrize("format_", FORMATS)
def test_no_photo_tells_where_the_owner_lives(format_: Format) -> None:
    data = photos.photo(format_=format_, orientation=6, profile=photos.DISPLAY_P3)
    assert photos.OWNER.encode() in data
    for file in encoded(data).files:
        for telltale in (b"Exif", b"EXIF", b"http://", b"XMP", b"ICC_", b"ICCP", b"prof", b"Phone", b"at home"):
            assert telltale not in file
        assert photos.OWNER.encode() not in file
        with Image.open(BytesIO(file)) as image:
            image.load()
            assert not image.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & image.info.keys()


# Files


def test_each_width_comes_in_three_formats_and_never_larger_than_the_photo() -> None:
    made = encoded(photos.photo())
    assert [(v.format, v.width, v.height) for v in made.photo.variants] == [
        (format_, width, height) for format_ in ("avif", "webp", "jpg") for width, height in ((200, 150), (320, 240))
    ]
    for variant, file in zip(made.photo.variants, made.files, strict=True):
        assert variant.name == f"0123456789ab-{variant.width}.{variant.format}"
        assert variant.length == len(file)
        with Image.open(BytesIO(file)) as image:
            assert image.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[variant.format]
            assert image.size == (variant.width, variant.height)


def test_the_derived_files_look_like_the_photo() -> None:
    scene = photos.scene()
    for file in encoded(photos.photo(scene), Recipe(widths=(640,))).files:
        with Image.open(BytesIO(file)) as image:
            error = ImageStat.Stat(ImageChops.difference(image.convert("RGB"), scene)).rms
        assert max(error) < 12


@pytest.mark.parametrize(
    ("width", "height", "widths"),
    [
        (4032, 3024, [320, 480, 720, 1080, 1600]),
        (3024, 4032, [320, 480, 720, 1080, 1500]),  # upright: the longer edge stops at 2,000
        (8160, 6120, [320, 480, 720, 1080, 1600]),
        (1200, 900, [320, 480, 720, 1080]),  # 1,080 is nearly all of it
        (960, 1280, [320, 480, 720, 960]),
        (321, 9000, [71]),
        (12000, 600, [320, 480, 720, 1080, 1600]),
    ],
)
def test_the_layout_gets_the_widths_it_needs(width: int, height: int, widths: list[int]) -> None:
    made = sizes(width, height, RECIPE)
    assert [size[0] for size in made] == widths
    assert all(abs(w / h - width / height) < width / height * 0.02 for w, h in made)


def test_a_large_photo_is_read_at_reduced_size_and_stays_sharp() -> None:
    scene = photos.scene(2400, 1800)
    made = encoder.decode(photos.photo(scene, quality=95), Recipe(widths=(600,)))
    assert isinstance(made, encoder.Upright)
    assert (made.image.size, made.width, made.height) == ((600, 450), 2400, 1800)
    plain = scene.resize((600, 450), Image.Resampling.LANCZOS)
    assert max(ImageStat.Stat(ImageChops.difference(made.image, plain)).rms) < 5


def test_the_placeholder_has_the_colour_of_the_photo() -> None:
    assert encoded(photos.photo(Image.new("RGB", (400, 400), (221, 136, 51)))).photo.colour == "#d83"


# Faults


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("part", [0.02, 0.5, 0.9])
def test_a_photo_cut_off_in_copying_is_broken(format_: Format, part: float) -> None:
    data = photos.cut_off(photos.photo(format_=format_), part)
    assert encoder.encode(data, QUICK, "x") == Fault("broken")


@pytest.mark.parametrize("data", [b"", b"hello", b"<svg/>", b"%PDF-1.7", b"BM" + bytes(60)])
def test_something_else_under_a_photo_s_name_is_not_a_picture(data: bytes) -> None:
    assert encoder.encode(data, QUICK, "x") == Fault("not-a-picture")


def test_a_thumbnail_is_too_small() -> None:
    assert encoder.encode(photos.photo(photos.scene(400, 300)), QUICK, "x") == Fault("too-small", 400, 300)


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    assert encoder.encode(photos.claiming(20_000, 15_000), QUICK, "x") == Fault("too-large")
    assert encoder.encode(photos.claiming(12_000, 10_000), QUICK, "x") == Fault("too-large", 12_000, 10_000)


# Remembering


class Shop:
    """A folder of photos and its album, counting what is encoded."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.album = Album(root / ".cache" / "pictures", QUICK)

    def add(self, path: str, data: bytes) -> None:
        # Made an hour ago, as photos are: the quick path trusts no file of this very second.
        file = photos.write(self.root / path, data)
        stamp = file.stat().st_mtime_ns - 3600 * 10**9
        os.utime(file, ns=(stamp, stamp))

    def develop(self, jobs: int = 1) -> tuple[dict[str, Photo | Fault], int]:
        """The answers, and how many photos were encoded for them."""
        told: list[tuple[int, int]] = []
        files = [
            PhotoFile(file.relative_to(self.root).as_posix(), file.stat().st_size, file.stat().st_mtime_ns)
            for file in sorted((self.root / "content").rglob("*.jpg"))
        ]
        answers = self.album.develop(self.root, files, jobs=jobs, progress=lambda *step: told.append(step))
        assert told == [(done, len(told) - 1) for done in range(len(told))]
        return answers, max(0, len(told) - 1)

    def photo(self, path: str) -> Photo:
        answer = self.develop()[0][path]
        assert isinstance(answer, Photo), answer
        return answer


A, B, MOVED = "content/puppies/bong/a.jpg", "content/puppies/bong/b.jpg", "content/puppies/mit/z.jpg"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.add(A, photos.photo(photos.scene(seed=1)))
    shop.add(B, photos.photo(photos.scene(seed=2)))
    return shop


def test_a_photo_is_encoded_once_and_never_again(shop: Shop) -> None:
    first, encoded_first = shop.develop()
    again, encoded_again = shop.develop()
    assert (encoded_first, encoded_again) == (2, 0)
    assert again == first
    assert list(first) == [A, B]


def test_an_unchanged_photo_is_not_even_read(shop: Shop) -> None:
    before = shop.develop()
    stamp = (shop.root / A).stat()
    (shop.root / A).write_bytes(bytes(stamp.st_size))
    os.utime(shop.root / A, ns=(stamp.st_mtime_ns, stamp.st_mtime_ns))
    assert shop.develop() == (before[0], 0)


def test_a_photo_saved_this_very_second_is_read_again(shop: Shop) -> None:
    (shop.root / A).touch()
    shop.develop()
    stamp = (shop.root / A).stat()
    photos.write(shop.root / A, bytes(stamp.st_size))
    os.utime(shop.root / A, ns=(stamp.st_mtime_ns, stamp.st_mtime_ns))
    assert shop.develop()[0][A] == Fault("not-a-picture")


def test_a_renamed_or_copied_photo_is_not_encoded_again(shop: Shop) -> None:
    before = shop.photo(A)
    shop.add(MOVED, (shop.root / A).read_bytes())
    assert shop.develop()[1] == 0
    (shop.root / A).unlink()
    assert shop.develop()[1] == 0
    assert shop.photo(MOVED) == before


def test_the_same_photo_twice_is_encoded_once(shop: Shop) -> None:
    shop.add(MOVED, (shop.root / A).read_bytes())
    answers, encoded_ = shop.develop()
    assert encoded_ == 2
    assert answers[MOVED] == answers[A]


def test_another_photo_under_the_same_name_gets_other_files(shop: Shop) -> None:
    before = shop.photo(A)
    shop.add(A, photos.photo(photos.scene(seed=3)))
    assert shop.develop()[1] == 1
    assert not {v.name for v in shop.photo(A).variants} & {v.name for v in before.variants}


def test_another_recipe_gets_other_files(shop: Shop) -> None:
    before = shop.photo(A)
    shop.album = Album(shop.album.folder, Recipe(widths=(200, 320), avif_speed=10, webp_method=0, jpeg_quality=60))
    assert shop.develop()[1] == 2
    assert shop.photo(A).digest != before.digest


def test_one_job_and_many_give_the_same_bytes(shop: Shop) -> None:
    one, _ = shop.develop(jobs=1)
    other = Shop(shop.root)
    other.album = Album(shop.root / "elsewhere", QUICK)
    assert other.develop(jobs=2) == (one, 2)
    for answer in one.values():
        assert isinstance(answer, Photo)
        for variant in answer.variants:
            assert other.album.path(answer, variant).read_bytes() == shop.album.path(answer, variant).read_bytes()


@pytest.mark.parametrize("harm", ["cut", "lost", "garbled", "foreign", "file"])
def test_a_damaged_cache_is_made_anew(shop: Shop, harm: str) -> None:
    photo = shop.photo(A)
    file = shop.album.path(photo, photo.variants[0])
    whole = file.read_bytes()
    facts = file.with_name("photo.json")
    if harm == "cut":
        file.write_bytes(whole[:10])
    elif harm == "lost":
        file.unlink()
    elif harm == "garbled":
        facts.write_bytes(b"\xff{")
    elif harm == "foreign":
        facts.write_text('{"variants": [{"name": "../../x"}], "other": 1}', encoding="utf-8")
    else:
        facts.write_text("[]", encoding="utf-8")
    answers, encoded_ = shop.develop()
    assert (answers[A], encoded_) == (photo, 1)
    assert file.read_bytes() == whole


def test_a_spoilt_memory_of_what_was_seen_costs_only_reading(shop: Shop) -> None:
    before = shop.develop()
    for spoilt in ("", "[1]", '{"content/a.jpg": 5}', '{"a": [1, 2]}'):
        (shop.album.folder / "seen.json").write_text(spoilt, encoding="utf-8")
        assert shop.develop() == (before[0], 0)


def test_broken_photos_are_named_and_the_others_are_made(shop: Shop) -> None:
    shop.add(B, photos.cut_off(photos.photo()))
    shop.add(MOVED, b"hello")
    answers, _ = shop.develop(jobs=2)
    assert answers[B] == Fault("broken")
    assert answers[MOVED] == Fault("not-a-picture")
    assert isinstance(answers[A], Photo)


def test_a_photo_that_went_away_is_unreadable(tmp_path: Path) -> None:
    gone = PhotoFile("content/gone.jpg", 1, 1)
    assert Album(tmp_path / "cache").develop(tmp_path, [gone]) == {"content/gone.jpg": Fault("unreadable")}


def test_photos_of_last_year_leave_the_cache(shop: Shop) -> None:
    kept, left = shop.photo(A), shop.photo(B)
    for photo in (kept, left):
        os.utime(shop.album.folder / photo.digest, (0, 0))
    (shop.album.folder / "new-killed").mkdir()
    os.utime(shop.album.folder / "new-killed", (0, 0))
    shop.album.sweep([kept])
    assert {entry.name for entry in shop.album.folder.iterdir()} == {kept.digest, "seen.json"}


def test_a_build_with_nothing_to_encode_loads_no_imaging_library(shop: Shop) -> None:
    shop.develop()
    stat = (shop.root / A).stat()
    script = """
import sys
from pathlib import Path
from sitegen.album import Album
from sitegen.model import PhotoFile
from sitegen.pictures import Recipe
folder, path, size, time = sys.argv[1:]
album = Album(Path(folder), Recipe(widths=(200, 320), avif_speed=10, webp_method=0))
files = [PhotoFile(path, int(size), int(time))]
answer = album.develop(Path("nowhere"), files)[path]
assert answer.width == 640, answer
sys.exit("loaded" if {"PIL.Image", "pillow_heif", "sitegen.encoder"} & sys.modules.keys() else 0)
"""
    arguments = [str(shop.album.folder), A, str(stat.st_size), str(stat.st_mtime_ns)]
    command = [sys.executable, "-c", script, *arguments]
    done = run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


# The page


def test_a_picture_offers_the_best_format_first_and_holds_its_place() -> None:
    photo = encoded(photos.photo(photos.scene(1280, 960)), Recipe(widths=(320, 720, 1080), avif_speed=10)).photo
    shown = view(photo, "/pictures/")
    assert [source.type for source in shown.sources] == ["image/avif", "image/webp"]
    assert shown.sources[0].srcset == (
        "/pictures/0123456789ab-320.avif 320w, /pictures/0123456789ab-720.avif 720w, "
        "/pictures/0123456789ab-1080.avif 1080w"
    )
    assert shown.srcset.count(".jpg ") == 3
    assert (shown.src, shown.largest) == ("/pictures/0123456789ab-720.jpg", "/pictures/0123456789ab-1080.jpg")
    assert (shown.width, shown.height) == (1080, 810)
