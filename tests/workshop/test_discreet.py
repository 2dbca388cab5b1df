"""A photo that is kept says nothing but its picture: no place, no name, no phone; and not a pixel is another."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sitegen import encoder
from sitegen.pictures import Recipe
from sitegen.workshop.discreet import discreet, shot
from tests import photos

if TYPE_CHECKING:
    from tests.photos import Format

FORMATS: tuple[Format, ...] = ("jpeg", "png", "webp", "heic")
WHOLE = Recipe(widths=(640,), longest=640, smallest_edge=1)
GPS = 0x8825
# What `photos.photo` writes besides the picture, as it stands in a file.
PLANTED = (
    photos.OWNER.encode(), photos.OWNER.encode("utf-16-le"), b"Phone", b"Model 12", b"xmpmeta", b"at home",
    b"2026:11:12\0",
)  # fmt: skip


def pixels(data: bytes) -> tuple[tuple[int, int], bytes]:
    found = encoder.decode(data, WHOLE)
    assert isinstance(found, encoder.Upright)
    return found.image.size, found.image.tobytes()


def quiet(data: bytes) -> bytes:
    found = discreet(data)
    assert found is not None
    for told in PLANTED:
        assert told not in found, told
    with Image.open(BytesIO(found)) as image:
        assert not dict(image.getexif().get_ifd(GPS))
    return found


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("format_", FORMATS)
def test_place_and_names_go_and_the_picture_stays(format_: Format, orientation: int) -> None:
    data = photos.photo(photos.scene(320, 240), format_, orientation=orientation, profile=photos.DISPLAY_P3)
    assert any(told in data for told in PLANTED), "the test itself would find them"
    kept = quiet(data)
    assert pixels(kept) == pixels(data)
    assert shot(kept).day == "2026-11-12"
    with Image.open(BytesIO(kept)) as image:
        assert image.info.get("icc_profile") == photos.DISPLAY_P3
    assert discreet(kept) == kept, "nothing is left to do"


@pytest.mark.parametrize("format_", FORMATS)
def test_a_photo_that_says_nothing_keeps_its_picture(format_: Format) -> None:
    data = photos.photo(photos.scene(320, 240), format_, telltale=False)
    assert pixels(quiet(data)) == pixels(data)


def scan(data: bytes) -> bytes:
    """A JPEG's tables and compressed pixels."""
    return data[data.index(b"\xff\xdb") : data.rindex(b"\xff\xd9") + 2]


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpegs_pixels_are_copied_byte_for_byte(progressive: bool) -> None:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Phone"
    photos.scene(320, 240).save(out, "JPEG", progressive=progressive, exif=exif, restart_marker_rows=2)
    kept = quiet(out.getvalue())
    assert scan(kept) == scan(out.getvalue())
    assert b"Exif" not in kept


def test_what_a_phone_hangs_behind_a_jpeg_goes() -> None:
    """Films and second pictures come with a place of their own; the index of them (MPF) goes along."""
    data = photos.photo(photos.scene(320, 240))
    index = b"MPF\0MM\0*" + bytes(40)
    with_film = data[:2] + struct.pack(">BBH", 0xFF, 0xE2, len(index) + 2) + index + data[2:]
    kept = quiet(with_film + photos.photo(photos.scene(320, 240, 2)) + b"ftypmp42 +20.98765+105.84321/")
    assert kept == quiet(data)


def test_a_heic_is_as_long_as_before_and_loses_the_film_in_it() -> None:
    data = photos.photo(photos.scene(320, 240), "heic")
    assert len(quiet(data)) == len(data)
    film = b"+20.98765+105.84321/" + photos.OWNER.encode()
    moving = data + struct.pack(">I4s", 8 + len(film), b"mpvd") + film
    assert quiet(moving) == quiet(data)
    early = data[: (n := struct.unpack(">I", data[:4])[0])]
    assert film not in (discreet(early + struct.pack(">I4s", 8 + len(film), b"uuid") + film + data[n:]) or b"")


def test_an_avif_is_made_discreet_as_well() -> None:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Phone", "2026:11:12 08:30:00"
    exif.get_ifd(GPS).update({1: "N", 2: (20.0, 59.0, 15.5)})
    photos.scene(320, 240).save(out, "AVIF", exif=exif, xmp=b"<x:xmpmeta/>")
    kept = quiet(out.getvalue())
    assert pixels(kept) == pixels(out.getvalue())
    assert shot(kept).day == "2026-11-12"


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"no picture", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP"])
def test_what_is_not_built_like_a_photo_is_not_vouched_for(data: bytes) -> None:
    assert discreet(data) in (None, b"RIFF\x04\0\0\0WEBP")


Kind = Literal["jpeg", "png", "webp", "heic"]
WHOLE_FILES = {kind: photos.photo(photos.scene(64, 64), kind) for kind in FORMATS}


@given(kind=st.sampled_from(FORMATS), at=st.integers(0, 20_000), byte=st.integers(0, 255), cut=st.floats(0.1, 1))
def test_a_damaged_file_raises_nothing(kind: Kind, at: int, byte: int, cut: float) -> None:
    data = bytearray(WHOLE_FILES[kind])
    data[at % len(data)] = byte
    discreet(bytes(data[: int(len(data) * cut)]))
