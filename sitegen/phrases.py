"""Money, dates, ages and counts as each language says them: words from templates/strings/, forms from Babel."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import yaml
from babel import Locale
from babel.dates import DateTimePattern, parse_pattern
from babel.numbers import format_currency, format_decimal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# Babel's long Vietnamese date lacks the word "năm" (field notes).
LONG_DATE = {"vi": "d 'tháng' M 'năm' y", "en": "d MMMM y"}
SHORT_DATE = {"vi": "dd/MM/y", "en": "d MMM y"}
FULL_DATE = {lang: f"EEEE, {form}" for lang, form in LONG_DATE.items()}
_locale = lru_cache(maxsize=8)(Locale.parse)


@lru_cache(maxsize=8)
def _pattern(form: str) -> DateTimePattern:
    return parse_pattern(form)


def read_words(text: str) -> dict[str, str]:
    """A strings file: flat keys, each with its words."""
    return {str(key): str(value) for key, value in yaml.load(text, _Loader).items()}


_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=4096)
def money(vnd: int, lang: str) -> str:
    """`8.500.000 ₫` (with a no-break space) in Vietnamese, `₫8,500,000` in English."""
    return format_currency(vnd, "VND", locale=_locale(lang))


@lru_cache(maxsize=4096)
def long_date(day: date, lang: str) -> str:
    """`22 tháng 11 năm 2026`, `22 November 2026`."""
    return _pattern(LONG_DATE[lang]).apply(day, _locale(lang))


@lru_cache(maxsize=4096)
def full_date(day: date, lang: str) -> str:
    """`Chủ Nhật, 22 tháng 11 năm 2026`, `Sunday, 22 November 2026`."""
    return _pattern(FULL_DATE[lang]).apply(day, _locale(lang))


@lru_cache(maxsize=4096)
def short_date(day: date, lang: str) -> str:
    """`22/11/2026`, `22 Nov 2026`."""
    return _pattern(SHORT_DATE[lang]).apply(day, _locale(lang))


@lru_cache(maxsize=4096)
def number(value: float, lang: str) -> str:
    """`1,3` in Vietnamese, `1.3` in English."""
    return format_decimal(value, locale=_locale(lang))


@lru_cache(maxsize=64)
def country(code: str, lang: str) -> str:
    """The country's name in the language; the code itself when it is unknown."""
    return str(_locale(lang).territories.get(code, code))


class Phrases:
    """The words of one language. Asking for a word that is not there is a `KeyError` naming it."""

    def __init__(self, lang: str, words: Mapping[str, str]) -> None:
        self.lang = lang
        self.words = words
        self._plural = _locale(lang).plural_form

    def __call__(self, key: str, **facts: object) -> str:
        """The words of `key` with the facts filled in."""
        words = self.words[key]
        return words.format(**facts) if facts else words

    def count(self, key: str, n: int) -> str:
        """`3 bé`, `1 puppy`, `3 puppies`: by the language's plural rule; zero may have words of its own."""
        form = "zero" if n == 0 and f"{key}.zero" in self.words else self._plural(n)
        return self.words[f"{key}.{form}"].format(n=number(n, self.lang))

    def money(self, vnd: int) -> str:
        """An amount in VND."""
        return money(vnd, self.lang)

    def span(self, low: int, high: int) -> str:
        """A range of amounts; one amount when both are equal."""
        if low == high:
            return money(low, self.lang)
        return self("price.range", low=money(low, self.lang), high=money(high, self.lang))

    def full_date(self, day: date) -> str:
        """A date in full."""
        return long_date(day, self.lang)

    def day(self, day: date) -> str:
        """A date in figures."""
        return short_date(day, self.lang)

    def number(self, value: float) -> str:
        """A number."""
        return number(value, self.lang)

    def age(self, born: date, today: date) -> str:
        """Weeks up to 16, then months up to two years, then years: as breeders and vets count."""
        days = (today - born).days
        if days < 16 * 7:
            return self.count("age.weeks", max(days // 7, 0))
        months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
        return self.count("age.months", months) if months < 24 else self.count("age.years", months // 12)
