"""Money, days, ages and counts, as each language says them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import ContentError
from sitegen.fittings import read_words
from sitegen.phrases import Phrases, full_date, long_date, money, number, short_date

STRINGS = Path(__file__).parents[2] / "templates" / "strings"
SAY = {
    lang: Phrases(lang, read_words((STRINGS / f"values.{lang}.yaml").read_text(encoding="utf-8"), lang).words)
    for lang in ("vi", "en")
}
TODAY = date(2026, 11, 22)
LANGUAGES = st.sampled_from(("vi", "en"))


def test_money() -> None:
    assert money(8_500_000, "vi") == "8.500.000\u00a0₫"
    assert money(8_500_000, "en") == "₫8,500,000"
    assert SAY["vi"].span(5_000_000, 5_000_000) == "5.000.000\u00a0₫"
    assert SAY["en"].span(5_000_000, 6_000_000) == "₫5,000,000 – ₫6,000,000"


def test_days() -> None:
    assert (long_date(TODAY, "vi"), long_date(TODAY, "en")) == ("22 tháng 11 năm 2026", "22 November 2026")
    assert (short_date(TODAY, "vi"), short_date(TODAY, "en")) == ("22/11/2026", "22 Nov 2026")
    assert short_date(date(2026, 1, 2), "vi") == "02/01/2026"


def test_numbers_and_countries() -> None:
    assert (number(1.25, "vi"), number(1.25, "en"), number(11.0, "vi")) == ("1,25", "1.25", "11")
    said = SAY["vi"].country("KR"), SAY["en"].country("TH"), SAY["vi"].country("IS"), SAY["vi"].country("XX")
    assert said == ("Hàn Quốc", "Thailand", "Iceland", "XX")
    for lang, say in SAY.items():
        names = {key.removeprefix("country."): name for key, name in say.words.items() if key.startswith("country.")}
        assert names == {code: Locale.parse(lang).territories[code] for code in names}


# The forms that are written out are CLDR's, as Babel knows them, but for the word that its Vietnamese date lacks.


@given(st.dates(), LANGUAGES)
def test_a_day_is_said_as_babel_says_it(day: date, lang: str) -> None:
    long = {"vi": "d 'tháng' M 'năm' y", "en": "d MMMM y"}[lang]
    short = {"vi": "dd/MM/y", "en": "d MMM y"}[lang]
    assert long_date(day, lang) == format_date(day, long, locale=lang)
    assert full_date(day, lang) == format_date(day, f"EEEE, {long}", locale=lang)
    assert short_date(day, lang) == format_date(day, short, locale=lang)


@given(st.integers(0, 10**12), LANGUAGES)
def test_money_is_said_as_babel_says_it(vnd: int, lang: str) -> None:
    assert money(vnd, lang) == format_currency(vnd, "VND", locale=lang)


@given(st.decimals(0, 10**6, places=3) | st.integers(0, 10**6), LANGUAGES)
def test_a_number_is_said_as_babel_says_it(value: Decimal | int, lang: str) -> None:
    assert number(float(value), lang) == format_decimal(value, locale=lang)


@pytest.mark.parametrize(("born", "vi", "en"), [
    (date(2026, 11, 20), "0 tuần tuổi", "0 weeks old"),
    (date(2026, 11, 15), "1 tuần tuổi", "1 week old"),
    (date(2026, 9, 20), "9 tuần tuổi", "9 weeks old"),
    (date(2026, 8, 3), "15 tuần tuổi", "15 weeks old"),
    (date(2026, 8, 2), "3 tháng tuổi", "3 months old"),
    (date(2025, 11, 23), "11 tháng tuổi", "11 months old"),
    (date(2025, 11, 22), "12 tháng tuổi", "12 months old"),
    (date(2024, 11, 22), "2 tuổi", "2 years old"),
    (date(2022, 2, 28), "4 tuổi", "4 years old"),
])  # fmt: skip
def test_an_age_is_said_as_breeders_say_it(born: date, vi: str, en: str) -> None:
    assert (SAY["vi"].age(born, TODAY), SAY["en"].age(born, TODAY)) == (vi, en)


@given(st.dates(date(2010, 1, 1), TODAY))
def test_nobody_is_ever_zero_months_old_and_ages_only_grow(born: date) -> None:
    for lang in ("vi", "en"):
        said = SAY[lang].age(born, TODAY)
        assert not said.startswith("-")
        assert not said.startswith(("0 tháng", "0 month", "0 tuổi", "0 year", "1 tháng", "1 month"))


def test_counts_follow_each_languages_plural() -> None:
    assert [SAY["en"].count("count.puppies", n) for n in (1, 2)] == ["1 puppy", "2 puppies"]
    assert [SAY["vi"].count("count.puppies", n) for n in (1, 2)] == ["1 bé", "2 bé"]
    for lang in ("vi", "en"):
        assert "0" not in SAY[lang].count("count.looking", 0)


def test_asking_for_words_that_are_not_there_names_them() -> None:
    for ask in (SAY["vi"], lambda key: SAY["vi"].count(key, 3)):
        with pytest.raises(ContentError) as raised:
            ask("no.such.words")
        (told,) = raised.value.problems
        assert (told.path, told.code) == ("templates/strings/values.vi.yaml", "strings-need")
        assert dict(told.facts)["key"].startswith("no.such.words")
