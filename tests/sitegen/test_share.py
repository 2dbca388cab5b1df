"""What a chat shows when someone sends a puppy's page to a friend."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from dataclasses import replace
from io import BytesIO
from subprocess import run

import pytest
from PIL import Image, ImageChops, ImageFont

from sitegen import portrait
from sitegen.share import (
    COLUMN,
    MOST_BYTES,
    STATUS_COLOURS,
    PhotoPicture,
    ShareCard,
    Status,
    SvgPicture,
    share_card,
)
from sitegen.typesetting import FONTS, WEIGHTS, Weight, fit, measure
from tests import photos

SITTER = portrait.Sitter(
    ears="drop", muzzle="short", coat="curly", tail="curled", build="small",
    colour="apricot", age_weeks=10, seed="bong",
)  # fmt: skip
BONG = ShareCard(
    shop="Milu Xinh",
    name="Bông",
    line="Poodle · bé gái · 10 tuần tuổi",
    price="12.500.000\u00a0₫",
    status="available",
    status_text="Đang tìm nhà",
    picture=SvgPicture(portrait.draw(SITTER, 0)),
    wordmark=portrait.wordmark(),
)


def opened(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as image:
        image.load()
        return image


def changed(one: ShareCard, other: ShareCard) -> tuple[int, int, int, int] | None:
    """The box in which two cards differ visibly."""
    difference = ImageChops.difference(opened(share_card(one)), opened(share_card(other))).convert("L")
    return difference.point(lambda level: 255 if level > 60 else 0).getbbox()


@pytest.mark.parametrize(
    "card",
    [
        BONG,
        replace(BONG, picture=PhotoPicture(photos.photo(photos.scene(1080, 810), orientation=6))),
        replace(BONG, picture=PhotoPicture(photos.photo(Image.effect_noise((1080, 810), 90).convert("RGB")))),
        ShareCard("Milu Xinh", "Bảng giá"),
    ],
)
def test_a_share_picture_is_what_chats_ask_for(card: ShareCard) -> None:
    data = share_card(card)
    image = opened(data)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1200, 630))
    assert len(data) < MOST_BYTES
    assert not image.getexif()


def test_the_same_card_is_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib; from tests.sitegen.test_share import BONG; from sitegen.share import share_card;"
        "print(hashlib.sha256(share_card(BONG)).hexdigest())"
    )
    other = run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert other.stdout.strip() == hashlib.sha256(share_card(BONG)).hexdigest()


def test_words_land_on_the_paper_and_the_price_on_the_tag() -> None:
    for change, (left, top, right, bottom) in (
        (replace(BONG, name="Đốm"), (50, 60, 590, 440)),
        (replace(BONG, line="Corgi · bé trai"), (50, 60, 590, 440)),
        (replace(BONG, price="9.000.000\u00a0₫"), (360, 420, 890, 630)),
        (replace(BONG, wordmark=""), (60, 500, 360, 590)),
    ):
        box = changed(BONG, change)
        assert box is not None
        assert box[0] >= left
        assert box[1] >= top
        assert box[2] <= right
        assert box[3] <= bottom


def test_each_status_has_its_colour() -> None:
    for status, (ground, _) in STATUS_COLOURS.items():
        image = opened(share_card(replace(BONG, status=status)))
        # A line down through the pill's left end.
        strip = image.crop((80, 60, 81, 200))
        off = ImageChops.difference(strip, Image.new("RGB", strip.size, ground)).convert("L")
        assert sum(off.histogram()[:12]) > 20


def test_the_tag_of_a_puppy_without_a_price_says_its_status() -> None:
    sold = replace(BONG, price="", status="sold", status_text="Đã có nhà")
    assert changed(sold, replace(sold, status_text="Found a home")) is not None


def test_the_photo_is_shown_upright_and_whole_in_height() -> None:
    lying = PhotoPicture(photos.photo(photos.scene(1080, 1080), orientation=8))
    upright = PhotoPicture(photos.photo(photos.scene(1080, 1080)))
    # Only what a JPEG's turned blocks differ in.
    assert changed(replace(BONG, picture=lying), replace(BONG, picture=upright)) is None


def test_a_picture_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="broken"):
        share_card(replace(BONG, picture=PhotoPicture(photos.cut_off(photos.photo()))))
    with pytest.raises(ValueError, match="viewBox"):
        share_card(replace(BONG, picture=SvgPicture("<svg/>")))


def test_letters_of_the_owner_are_not_markup() -> None:
    assert opened(share_card(replace(BONG, name='Bông <3 & "Mít"', shop="A & B", wordmark=""))).size == (1200, 630)


# Words


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_vietnamese_letter_is_in_the_fonts(weight: Weight) -> None:
    bases = "aăâeêioôơuưy"
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    vowels = {unicodedata.normalize("NFC", base + mark) for base in bases for mark in marks}
    letters = sorted({*vowels, *"đbcdghklmnpqrstvxfjwz", *"0123456789.,·–—…“”₫&’-"})
    font = ImageFont.truetype(FONTS[weight], 40, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\ue000"))
    for letter in (*letters, *(letter.upper() for letter in letters)):
        assert bytes(font.getmask(letter)) != missing, letter


@pytest.mark.parametrize(
    "words",
    [
        "Bông",
        "Mực Tàu Nhỏ",
        "Nguyễn Công Tử Bạc Liêu Đệ Nhất",
        "Nuôi chó trong căn hộ: mười điều nên biết trước khi đón bé về nhà",
        "Nghiêng" * 30,
        "một con chó rất là ngoan " * 30,
    ],
)
def test_words_of_any_length_stay_on_the_paper(words: str) -> None:
    size, rows = fit(words, 800, COLUMN, ((136, 1), (84, 2), (60, 3), (50, 4), (40, 4)))
    assert 1 <= len(rows) <= 4
    assert all(measure(row, 800, size) <= COLUMN for row in rows)
    assert rows[-1].endswith("…") == (len(words) > 100)
    share_card(replace(BONG, name=words, line=words, price=words[:60], shop=words, wordmark=""))


def test_a_short_name_is_set_large_and_a_long_one_in_even_lines() -> None:
    steps = ((136, 1), (84, 2))
    assert fit("Bông", 800, COLUMN, steps) == (136, ["Bông"])
    assert fit("Mực Tàu Nhỏ", 800, COLUMN, steps) == (84, ["Mực", "Tàu Nhỏ"])


def test_decomposed_letters_are_measured_and_drawn_like_composed_ones() -> None:
    apart = unicodedata.normalize("NFD", BONG.name)
    assert apart != BONG.name
    assert share_card(replace(BONG, name=apart)) == share_card(BONG)


@pytest.mark.parametrize("status", STATUS_COLOURS)
def test_status_words_can_be_read_on_their_ground(status: Status) -> None:
    def light(colour: str) -> float:
        parts = [value / 255 for value in bytes.fromhex(colour[1:])]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    one, other = sorted(map(light, STATUS_COLOURS[status]))
    assert (other + 0.05) / (one + 0.05) >= 4.5
