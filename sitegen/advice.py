"""Catalog → advice: what is not wrong but worth the owner's look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.assemble import untranslated
from sitegen.errors import problem
from sitegen.model import Birth, Expectation
from sitegen.phrases import money, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.errors import Problem
    from sitegen.model import Catalog, Entry, Puppy

YEAR = 365
DAY_NS = 86_400_000_000_000
STALE_DAYS = 60
"""After so many days an advert that still says "available" is doubtful (a puppy of that age is another puppy)."""


def advise(catalog: Catalog) -> list[Problem]:
    """Stale adverts, prices far off their breed's range, litters overdue, words and descriptions still missing."""
    site = catalog.settings
    default, owner = site.default_language, site.owner_language
    breeds = {breed.id: breed for breed in catalog.breeds}
    found = [problem(path, 0, "untranslated", lang=lang, advice=True) for path, lang in untranslated(catalog)]
    summaries: dict[str, str] = {}
    for puppy in catalog.puppies:
        path = puppy.texts[default].path
        days = (catalog.today - puppy.listed).days
        if puppy.status == "available" and days > STALE_DAYS:
            found.append(problem(path, 0, "stale", days=days, status=puppy.status, advice=True))
        if isinstance(puppy.life, Birth) and puppy.status != "sold":
            kg = puppy.life.weight_kg
            if kg > max(puppy.mother.weight_kg, puppy.father.weight_kg):
                found.append(problem(path, 0, "weight-high", kg=number(kg, owner), advice=True))
            if (catalog.today - puppy.life.born).days > YEAR:
                born = puppy.life.born
                found.append(problem(path, 0, "age-high", born=born, status=puppy.status, advice=True))
        summary = puppy.texts[default].summary
        if summaries.setdefault(summary, path) != path:
            found.append(problem(path, 0, "summary-twice", other=summaries[summary], advice=True))
        low, high = breeds[puppy.breed].price_range
        if not low <= puppy.price <= high:
            span = {"low": money(low, owner), "high": money(high, owner)}
            found.append(problem(path, 0, "price-far", price=money(puppy.price, owner), advice=True, **span))
        if isinstance(puppy.life, Expectation) and puppy.life.due < catalog.today:
            found.append(problem(path, 0, "expected-past", due=puppy.life.due, advice=True))
        found += [
            problem(
                _file(puppy, lang, path), 0, "photo-no-alt", file=note.path.rpartition("/")[2], lang=lang, advice=True
            )
            for note in puppy.photos
            for lang in site.languages
            if lang not in note.alt
        ]
    return found


def older_translations(catalog: Catalog, saved: Mapping[str, int]) -> list[Problem]:
    """Translations whose original was saved at least a day after them. `saved`: path → moment of its last save, in
    nanoseconds; a fresh clone, where all files are of one moment, has none."""
    default = catalog.settings.default_language
    entries: tuple[Entry, ...] = (*catalog.puppies, *catalog.breeds, *catalog.pages, *catalog.posts)
    found = []
    for entry in entries:
        original = entry.texts[default].path
        for lang, text in entry.texts.items():
            days = (saved.get(original, 0) - saved.get(text.path, 0)) // DAY_NS
            if days >= 1:
                found.append(
                    problem(text.path, 0, "translation-old", lang=lang, days=days, original=original, advice=True)
                )
    return found


def _file(puppy: Puppy, lang: str, original: str) -> str:
    """The file in which this language's words stand, or will stand."""
    text = puppy.texts.get(lang)
    return text.path if text else original.replace("index.md", f"index.{lang}.md")
