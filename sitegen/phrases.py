"""Money, dates, ages and counts as each language says them: words from templates/strings/, forms from CLDR.

The forms of the two languages are written out here. Babel, which knows those of all languages, would take 30 ms of
every build to load; `tests/sitegen/test_phrases.py` holds these to it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen.errors import ContentError, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

# CLDR's long Vietnamese date lacks the word "năm" (field notes).
LONG_DATE = {"vi": "{0.day} tháng {0.month} năm {0.year}", "en": "{0.day} {1} {0.year}"}
SHORT_DATE = {"vi": "{0.day:02}/{0.month:02}/{0.year}", "en": "{0.day} {1:.3} {0.year}"}
"""With the day, and the English name of its month."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONEY = {"vi": "{}\u00a0₫", "en": "₫{}"}
MARKS = {"vi": str.maketrans(",.", ".,"), "en": str.maketrans("", "")}
"""How a number's marks differ from those that Python writes."""
# CLDR has one form for Vietnamese.
PLURAL: Mapping[str, Callable[[int], str]] = {"vi": lambda _: "other", "en": lambda n: "one" if n == 1 else "other"}


@lru_cache(maxsize=4096)
def money(vnd: int, lang: str) -> str:
    """`8.500.000 ₫` (with a no-break space) in Vietnamese, `₫8,500,000` in English."""
    return MONEY[lang].format(f"{vnd:,}".translate(MARKS[lang]))


@lru_cache(maxsize=4096)
def long_date(day: date, lang: str) -> str:
    """`22 tháng 11 năm 2026`, `22 November 2026`."""
    return LONG_DATE[lang].format(day, MONTHS[day.month - 1])


def full_date(day: date, lang: str) -> str:
    """`Chủ Nhật, 22 tháng 11 năm 2026`, `Sunday, 22 November 2026`."""
    return f"{WEEKDAYS[lang][day.weekday()]}, {long_date(day, lang)}"


@lru_cache(maxsize=4096)
def short_date(day: date, lang: str) -> str:
    """`22/11/2026`, `22 Nov 2026`."""
    return SHORT_DATE[lang].format(day, MONTHS[day.month - 1])


@lru_cache(maxsize=4096)
def number(value: float, lang: str) -> str:
    """`1,3` in Vietnamese, `1.3` in English; three decimals at most."""
    return f"{value:,.3f}".rstrip("0").rstrip(".").translate(MARKS[lang])


class Phrases:
    """The words of one language. Asking for words that are not there is a `ContentError` naming them."""

    def __init__(self, lang: str, words: Mapping[str, str]) -> None:
        self.lang = lang
        self.words = words
        self._plural = PLURAL[lang]

    def __call__(self, key: str, **facts: object) -> str:
        """The words of `key` with the facts filled in."""
        words = self._of(key)
        return words.format(**facts) if facts else words

    def count(self, key: str, n: int) -> str:
        """`3 bé`, `1 puppy`, `3 puppies`: by the language's plural rule; zero may have words of its own."""
        form = "zero" if n == 0 and f"{key}.zero" in self.words else self._plural(n)
        return self._of(f"{key}.{form}").format(n=number(n, self.lang))

    def _of(self, key: str) -> str:
        try:
            return self.words[key]
        except KeyError:
            path = f"templates/strings/values.{self.lang}.yaml"
            raise ContentError([problem(path, 0, "strings-need", key=key)]) from None

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

    def country(self, code: str) -> str:
        """The country's name; the code itself when there is none."""
        return self.words.get(f"country.{code}") or _country(code, self.lang)

    def age(self, born: date, today: date) -> str:
        """Weeks up to 16, then months up to two years, then years: as breeders and vets count."""
        days = (today - born).days
        if days < 16 * 7:
            return self.count("age.weeks", max(days // 7, 0))
        months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
        return self.count("age.months", months) if months < 24 else self.count("age.years", months // 12)


@lru_cache(maxsize=64)
def _country(code: str, lang: str) -> str:
    """What CLDR calls a country that templates/strings/ has no words for."""
    from babel import Locale

    return str(Locale.parse(lang).territories.get(code, code))
