"""What owners type, and what is understood: money, dates, numbers, choices, letters with and without marks."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import schema
from sitegen import typed as read_as
from sitegen.fittings import read_words
from sitegen.front import read_yaml
from sitegen.kinds import Choice, Field, Flag, Group, ListOf, Reader, meant, read_fields
from sitegen.measures import Date, Number
from sitegen.nodes import Scalar
from sitegen.text import fold, slugify
from sitegen.workshop.labels import label, option
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@pytest.mark.parametrize(("typed", "vnd"), [
    ("8500000", 8_500_000), ("8.500.000", 8_500_000), ("8,500,000 ₫", 8_500_000), ("8 500 000đ", 8_500_000),
    ("8,5 triệu", 8_500_000), ("8.5 triệu", 8_500_000), ("8 triệu", 8_000_000), ("8tr5", 8_500_000),
    ("12tr", 12_000_000), ("8tr25", 8_250_000), ("12 TRIỆU đồng", 12_000_000), ("9500000 VND", 9_500_000),
    ("0", 0), ("8 triệu rưỡi", 8_500_000), ("8tr500k", 8_500_000), ("8 triệu 500 nghìn", 8_500_000),
    ("8.500k", 8_500_000),
    ("8500 ngàn", 8_500_000), ("₫8,500,000", 8_500_000), ("8.500.000,00 đ", 8_500_000), ("8.5M", 8_500_000),
    ("8tr05", 8_050_000), ("８５０００００", 8_500_000),
])  # fmt: skip
def test_money_is_understood_as_shops_write_it(typed: str, vnd: int) -> None:
    assert read_as.vnd(typed) == vnd


@pytest.mark.parametrize(("typed", "day"), [
    ("30/8/2026", (2026, 8, 30)), ("2026/08/30", (2026, 8, 30)), ("30–8–2026", (2026, 8, 30)),
    ("30 / 8 / 2026", (2026, 8, 30)), ("ngày 30 tháng 8 năm 2026", (2026, 8, 30)), ("30 tháng 8, 2026", (2026, 8, 30)),
    ("30 Aug 2026", (2026, 8, 30)), ("August 30, 2026", (2026, 8, 30)),
])  # fmt: skip
def test_a_day_is_understood_as_calendars_and_people_write_it(typed: str, day: tuple[int, int, int]) -> None:
    assert read_as.day(typed) == date(*day)


@pytest.mark.parametrize(("field", "typed", "meant"), [
    (schema.SEX, "con cái", "female"), (schema.SEX, "ĐỰC", "male"), (schema.SEX, "nu", "female"),
    (schema.STATUS, "Đã có người đặt", "reserved"), (schema.STATUS, "bán rồi", "sold"),
    (schema.STATUS, "gone home", "sold"), (schema.STATUS, "sap sinh", "expected"),
    (schema.COLOUR, "Đỏ – trắng", "red-white"), (schema.COLOUR, "trắng và đen", "black-white"),
    (schema.COLOUR, "“mơ”", "apricot"), (schema.COLOUR, "black tan", "black-tan"),
    (schema.INCLUDED, "sổ sức khỏe, tiêm phòng; chăn", ("health-book", "vaccinations", "blanket")),
    (schema.CODE, "cn 001", "CN-001"), (schema.CODE, "CN–001", "CN-001"),
    (schema.MICROCHIP, "chưa có", "none"), (schema.MICROCHIP, "999 000 000 000 123", "999000000000123"),
    (schema.VACCINATIONS, "chưa", ()), (schema.VACCINATIONS, "Chưa tiêm", ()), (schema.VACCINATIONS, "none", ()),
    (schema.VACCINATIONS, "chưa tiêm mũi nào", ()), (schema.DEWORMINGS, "không", ()),
    (schema.DEWORMINGS, "chưa tẩy giun", ()), (schema.DEWORMINGS, "not yet", ()),
    (schema.ORIGIN, "Việt Nam", "VN"), (schema.ORIGIN, "th", "TH"),
    (schema.WEIGHT, "2kg4", 2.4), (schema.WEIGHT, "2400 g", 2.4), (schema.WEIGHT, "8 lạng", 0.8),
    (schema.WEIGHT, "2,4 ký", 2.4),
    (schema.PHONE, "0912 345 678", "+84912345678"), (schema.PHONE, "(84) 912.345.678", "+84912345678"),
    (schema.ZALO, "https://zalo.me/0912345678", "84912345678"),
    (schema.MESSENGER, "https://www.facebook.com/miluxinh/", "miluxinh"),
    (schema.OPENS, "8h30", "08:30"), (schema.OPENS, "8 giờ", "08:00"),
    (schema.DAYS, "T2, thứ ba, CN", ("mon", "tue", "sun")),
    (schema.SITE_BASE_URL, "https://miluxinh.vn/", "https://miluxinh.vn"),
    (schema.MAIN_MENU, "/pages/about.md", ("pages/about",)),
])  # fmt: skip
def test_a_value_is_understood_as_shops_write_it(field: Field[object], typed: str, meant: object) -> None:
    reader = Reader("a.md", [typed])
    assert field.kind.read(field.key, Scalar(typed, 1), reader) == meant
    assert reader.problems == []


@pytest.mark.parametrize(("typed", "understood"), [
    ("màu: trắng", {"colour": "white"}), ("Màu lông: trắng", {"colour": "white"}), ("mau: trang", {"colour": "white"}),
    ("MÀU: kem", {"colour": "cream"}), ("mau long: kem", {"colour": "cream"}), ("mẫu: trắng", {"colour": "white"}),
    ("mẫu: có", {"sample": True}), ("mẫu: true", {"sample": True}), ("mau: không", {"sample": False}),
    ("màu: trắng\nmẫu:", {"colour": "white"}), ("màu: trắng\nmẫu: không", {"colour": "white", "sample": False}),
])  # fmt: skip
def test_a_colour_is_never_taken_for_a_sample(typed: str, understood: dict[str, object]) -> None:
    """`màu` and `mẫu` are one word without their marks: the marks tell, or what stands behind them."""
    table, _ = read_yaml(typed, "a.md", [typed])
    assert table is not None
    values = read_fields(schema.PUPPY, table, Reader("a.md", [typed]))
    assert values.by_key == understood


@pytest.mark.parametrize("typed", ["màu: có", "màu: xx", "màu sắc lông: trắng", "mẫu lông: xx"])
def test_no_advice_leads_to_marking_a_puppy_as_a_sample(typed: str) -> None:
    table, _ = read_yaml(typed, "a.md", [typed])
    assert table is not None
    reader = Reader("a.md", [typed])
    read_fields(schema.PUPPY, table, reader)
    told = [problem for problem in reader.problems if problem.line]
    assert told
    assert not [problem for problem in told if "sample" in dict(problem.facts).values()]


@pytest.mark.parametrize("lang", schema.LANGUAGES)
@pytest.mark.parametrize("fields", [*schema.BY_KIND.values(), schema.SITE])
def test_what_a_form_calls_a_field_is_accepted_as_its_key(fields: tuple[Field[object], ...], lang: str) -> None:
    for f in fields:
        assert meant(fields, label(f, lang), Scalar("", 1)) is f, f.key


@pytest.mark.parametrize("lang", schema.LANGUAGES)
def test_a_choice_may_be_followed_by_what_it_means_as_a_form_and_a_page_call_it(lang: str) -> None:
    """`apricot (Vàng mơ)`, for every choice that there is; brackets that say another are asked about."""
    file = f"templates/strings/values.{lang}.yaml"
    words = read_words((ROOT / file).read_text(encoding="utf-8"), file).words
    for f, kind in choices():
        for value in kind.values:
            text = f"{value} ({option(f.key, value, words, lang)})"
            reader = Reader("a.md", [text])
            assert kind.read(f.key, Scalar(text, 1), reader) == value, f"{f.key}: {text}"
    for key, typed in (("raised", "home (trại)"), ("sex", "cái (male)"), ("sex", "hm (đực)")):
        kind = next(kind for f, kind in choices() if f.key == key)
        assert kind.read(key, Scalar(typed, 1), Reader("a.md", [typed])) is None, typed


def choices() -> Iterator[tuple[Field[Any], Choice]]:
    """Every choice of every kind of file, with its key."""

    def among(fields: Iterable[Field[Any]]) -> Iterator[tuple[Field[Any], Choice]]:
        for f in fields:
            kind = f.kind.kind if isinstance(f.kind, ListOf) else f.kind
            if isinstance(kind, Choice):
                yield f, kind
            elif isinstance(kind, Group):
                yield from among(kind.fields)

    for fields in (*schema.BY_KIND.values(), schema.SITE):
        yield from among(fields)


@pytest.mark.parametrize("typed", [
    "8.5", "8,5", "liên hệ", "", "8.50.000", "8.500.00", "8-9 triệu", "1,2 tỷ", "1,234.567", "-5", "8tr5 triệu", "năm",
])  # fmt: skip
def test_money_that_may_mean_two_things_is_asked_about(typed: str) -> None:
    assert read_as.vnd(typed) is None


@given(st.integers(0, 10**10))
def test_every_amount_survives_being_written_down(vnd: int) -> None:
    for typed in (str(vnd), f"{vnd:,}", f"{vnd:,}".replace(",", "."), f"{vnd:,} ₫"):
        assert read_as.vnd(typed) == vnd


@given(st.integers(1, 999), st.integers(0, 9))
def test_every_amount_in_millions_survives_too(millions: int, tenth: int) -> None:
    vnd = millions * 1_000_000 + tenth * 100_000
    assert read_as.vnd(f"{millions}tr{tenth}") == read_as.vnd(f"{millions},{tenth} triệu") == vnd


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_survives_being_written_down(day: date) -> None:
    local = f"{day.day}/{day.month}/{day.year}"
    for typed in (day.isoformat(), local, local.replace("/", "-"), local.replace("/", "."), f"{day:%d/%m/%Y}"):
        assert read_as.day(typed) == day


@pytest.mark.parametrize("typed", [
    "2026-02-30", "31/9/2026", "30/8", "8/30/2026", "2026", "hôm nay", "2026-8-", "", "12/13/2026", "2026-30-08",
    "30/8/26", "30.8-2026", "30 Agu 2026",
])  # fmt: skip
def test_a_day_that_is_not_on_the_calendar_is_none(typed: str) -> None:
    assert read_as.day(typed) is None


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40)


@given(WORDS)
def test_folding_hears_no_marks_and_no_capitals(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert not set(folded) & set("đĐ")


@given(WORDS)
def test_a_slug_is_an_address_that_needs_no_escaping(text: str) -> None:
    slug = slugify(text)
    assert slugify(slug) == slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in slug
    assert slug == slug.strip("-")


@pytest.mark.parametrize(("text", "slug"), [
    ("Chính sách bảo mật", "chinh-sach-bao-mat"), ("Đốm", "dom"), ("Bánh Mì & Sữa", "banh-mi-sua"), ("Ừ ỡ", "u-o"),
    ("  --  ", ""), ("Corgi 2026", "corgi-2026"),
])  # fmt: skip
def test_vietnamese_titles_become_addresses(text: str, slug: str) -> None:
    assert slugify(text) == slug


TITLE = Field("title", Choice(("available", "sold"), also=(("đã bán", "sold"),)), "tình trạng", required=True)
BORN = Field("born", Date(), "ngày sinh")
SHOWN = Field("shown", Flag(), "hiện")
WEIGHTS = Field("weights", ListOf(Number(0.1, 120)), "cân nặng")


def read(text: str) -> tuple[dict[str, object], list[str]]:
    lines = text.split("\n")
    table, problems = read_yaml(text, "a.md", lines)
    assert table is not None
    assert not problems
    reader = Reader("a.md", lines)
    values = read_fields((TITLE, BORN, SHOWN, WEIGHTS), table, reader)
    return dict(values.by_key), [problem.code for problem in reader.problems]


@pytest.mark.parametrize(("text", "values"), [
    ("title: sold", {"title": "sold"}),
    ("title: Đã bán", {"title": "sold"}),
    ("tình trạng: da ban", {"title": "sold"}),
    ("Tình trạng: AVAILABLE\nngày sinh: 30/8/2026", {"title": "available", "born": date(2026, 8, 30)}),
    ("title: sold\nshown: không", {"title": "sold", "shown": False}),
    ("title: sold\nhiện: có", {"title": "sold", "shown": True}),
    ("title: sold\nweights: 2,4 kg", {"title": "sold", "weights": (2.4,)}),
    ("title: sold\nweights: [2.4, 3]", {"title": "sold", "weights": (2.4, 3.0)}),
    ("title: sold\nborn:", {"title": "sold"}),
])  # fmt: skip
def test_keys_and_values_are_understood_in_either_language(text: str, values: dict[str, object]) -> None:
    assert read(text) == (values, [])


@pytest.mark.parametrize(("text", "codes"), [
    ("title: solt", ["bad-choice-near"]), ("title: xyz", ["bad-choice"]), ("born: 2026-01-01", ["missing-key"]),
    ("title: sold\ntitle: sold", ["key-twice"]), ("title: sold\nborn: mai", ["bad-date"]),
    ("title: sold\nshown: hm", ["bad-flag"]), ("title: sold\nweights: [500]", ["number-range"]),
    ("title: sold\nweights: [a, b]", ["bad-number", "bad-number"]), ("title: [sold]", ["not-one-value"]),
    ("title:", ["value-missing"]), ("title: sold\nbron: 2026-01-01", ["unknown-key-near"]),
])  # fmt: skip
def test_every_slip_has_its_own_message(text: str, codes: list[str]) -> None:
    assert read(text)[1] == codes
