"""Catalog → advice: what is not wrong but worth the owner's look."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias

from sitegen import schema
from sitegen.assemble import lacking
from sitegen.crosscheck import sample_values
from sitegen.errors import problem
from sitegen.model import Birth, Expectation
from sitegen.parse import identity
from sitegen.phrases import money, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from sitegen.errors import Problem
    from sitegen.kinds import Field
    from sitegen.model import Catalog, Place, Puppy, Settings
    from sitegen.pictures import Photo

YEAR = 365
DAY_NS = 86_400_000_000_000
STALE_DAYS = 60
"""After so many days an advert that still says "available" is doubtful (a puppy of that age is another puppy)."""
SMALL_EDGE = 480
"""Pixels. A photo whose shorter edge is below looks soft where it fills a phone's screen."""
DATED = {"reserved": schema.RESERVED, "sold": schema.SOLD}
Doubt: TypeAlias = "tuple[Field[Any], str, dict[str, object]]"
"""A key that is doubtful, the code of the words that say so, and their facts."""
_BARE_PICTURE = re.compile(r"!\[\s*\](\([^)\n]*\))")
_FILMS = (".mov", ".mp4", ".avi", ".3gp", ".webm", ".mkv")


def _nowhere(_path: str, _field: Field[Any]) -> int:
    return 0


def advise(catalog: Catalog, line: Callable[[str, Field[Any]], int] = _nowhere) -> list[Problem]:
    """Stale adverts, prices far off their breed's range, litters overdue, dates, words and descriptions still missing.
    `line` finds a key in a file."""
    site = catalog.settings
    breeds = {breed.id: breed.price_range for breed in catalog.breeds}
    missing = [pair for entry in catalog.entries() for pair in lacking(entry, site)]
    found = [problem(path, 0, "untranslated", lang=lang, advice=True) for path, lang in missing]
    summaries: dict[str, str] = {}
    for puppy in catalog.puppies:
        text = puppy.texts[site.default_language]
        doubts = [*_doubts(puppy, catalog.today, site.owner_language, breeds[puppy.breed])]
        if (other := summaries.setdefault(text.summary, text.path)) != text.path:
            doubts.append((schema.SUMMARY, "summary-twice", {"other": other}))
        found += [problem(text.path, line(text.path, f), code, advice=True, **facts) for f, code, facts in doubts]
        found += [
            problem(
                _file(puppy, lang, text.path), 0, "photo-no-alt",
                file=note.path.rpartition("/")[2], lang=lang, advice=True,
            )
            for note in puppy.photos
            for lang in site.languages
            if lang not in note.alt
        ]  # fmt: skip
    return found


def _doubts(puppy: Puppy, today: date, owner: str, usual: tuple[int, int]) -> Iterator[Doubt]:
    """What looks odd in a puppy's facts; `usual` is the price range of its breed, `owner` her language."""
    days = (today - puppy.listed).days
    if puppy.status == "available" and days > STALE_DAYS:
        yield schema.LISTED, "stale", {"days": days, "status": puppy.status}
    if puppy.status in DATED and puppy.status_since is None:
        yield schema.STATUS, "no-date", {"status": puppy.status, "key": DATED[puppy.status].key, "today": today}
    if isinstance(puppy.life, Birth) and puppy.status != "sold":
        kg = puppy.life.weight_kg
        if kg > max(puppy.mother.weight_kg, puppy.father.weight_kg):
            yield schema.WEIGHT, "weight-high", {"kg": number(kg, owner)}
        if (today - puppy.life.born).days > YEAR:
            yield schema.BORN_ON, "age-high", {"born": puppy.life.born, "status": puppy.status}
    low, high = usual
    if not low <= puppy.price <= high:
        span = {"low": money(low, owner), "high": money(high, owner)}
        yield schema.PRICE, "price-far", {"price": money(puppy.price, owner), **span}
    if isinstance(puppy.life, Expectation) and puppy.life.due < today:
        yield schema.EXPECTED, "expected-past", {"due": puppy.life.due}


def samples_left(catalog: Catalog, path: str) -> list[Problem]:
    """Sample values and sample puppies in a shop that says it is real; `path` is that of the settings. While it says
    that it is a sample, it is expected to be full of them."""
    site = catalog.settings
    if site.sample:
        return []
    original = site.default_language
    puppies = (p.texts[original].path for p in catalog.puppies if p.sample)
    values = [problem(path, 0, p.code, advice=True, **dict(p.facts)) for p in sample_values(site, path)]
    return [*values, *(problem(puppy, 0, "sample-puppy", advice=True) for puppy in puppies)]


def older_translations(catalog: Catalog, saved: Mapping[str, int]) -> list[Problem]:
    """Translations whose original was saved at least a day after them. `saved`: path → moment of its last save, in
    nanoseconds; a fresh clone, where all files are of one moment, has none."""
    default = catalog.settings.default_language
    found = []
    for entry in catalog.entries():
        original = entry.texts[default].path
        for lang, text in entry.texts.items():
            days = (saved.get(original, 0) - saved.get(text.path, 0)) // DAY_NS
            if days >= 1:
                found.append(
                    problem(text.path, 0, "translation-old", lang=lang, days=days, original=original, advice=True)
                )
    return found


def languages_off(texts: Iterable[str], site: Settings, path: str) -> list[Problem]:
    """Translations into a language that the site does not have. `texts` are all Markdown files, `path` is that of the
    settings."""
    written = Counter(identity(text)[2] for text in texts)
    wanted = ", ".join(schema.LANGUAGES)
    return [
        problem(
            path, 0, "language-off",
            key=schema.SITE_LANGUAGES.key, lang=lang, code=lang, count=written[lang], wanted=wanted, advice=True,
        )
        for lang in schema.LANGUAGES
        if lang not in site.languages and written[lang]
    ]  # fmt: skip


def small_photos(photos: Mapping[str, Photo]) -> list[Problem]:
    """Photos that are shown larger than they are."""
    return [
        problem(path, 0, "photo-small", width=photo.width, height=photo.height, edge=SMALL_EDGE, advice=True)
        for path, photo in sorted(photos.items())
        if min(photo.width, photo.height) < SMALL_EDGE
    ]


def bare_pictures(path: str, text: str) -> list[Problem]:
    """Pictures in a Markdown file's words that nothing is said about."""
    return [
        problem(path, n, "words-no-alt", quote=line, fixed=f"![…]{found[1]}", advice=True)
        for n, line in enumerate(text.split("\n"), 1)
        for found in _BARE_PICTURE.finditer(line)
    ]


def left_out(paths: Iterable[str], texts: Iterable[str], photos: Iterable[str]) -> list[Problem]:
    """Files and folders under content/ of which nothing is on the site. `paths` are all files there; `texts` and
    `photos` are those of them that the site takes."""
    texts, photos = set(texts), set(photos)
    folders = {path.rpartition("/")[0] for path in texts}
    alone = sorted({path.rpartition("/")[0] for path in photos} - folders)
    found = [problem(folder, 0, "no-words", wanted=f"{folder}/index.md", advice=True) for folder in alone]
    for path in sorted(set(paths) - texts - photos):
        if path.startswith("content/"):
            code = "film-ignored" if path.lower().endswith(_FILMS) else "file-ignored"
            found.append(problem(path, 0, code, advice=True))
    return found


def moved(
    before: Mapping[str, Mapping[str, str]], after: Iterable[Place], redirects: Mapping[str, str]
) -> list[Problem]:
    """Pages that have another address than in the last build (`before`: entry id → language → address), and no alias
    that leads on from the old one."""
    found: dict[str, Problem] = {}
    for new in after:
        old = before.get(identity(new.source)[0], {}).get(new.lang, new.url)
        if new.url != old and old not in redirects:
            # Shown in two languages while there is no translation, a page is told of once, in its own.
            told = problem(new.source, 0, "moved", old=old, new=new.url, advice=True)
            found[new.source] = min(told, found.get(new.source, told), key=lambda p: len(dict(p.facts)["old"]))
    return list(found.values())


def _file(puppy: Puppy, lang: str, original: str) -> str:
    """The file in which this language's words stand, or will stand."""
    text = puppy.texts.get(lang)
    return text.path if text else original.replace("index.md", f"index.{lang}.md")
