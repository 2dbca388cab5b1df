"""One thing of the shop (a puppy, a breed, a page, a post, the settings): which files it has, and its form. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sitegen import schema
from sitegen.text import slugify
from sitegen.workshop.edit import EMPTY, update, words
from sitegen.workshop.edit import values as read_values
from sitegen.workshop.form import Pair, Posted, flatten, meaning, respelled, wanted
from sitegen.workshop.photos import photo_pairs, photo_values
from sitegen.workshop.yaml_words import Raw, Value

if TYPE_CHECKING:
    from datetime import date

    from sitegen.kinds import Field

KINDS = ("puppies", "breeds", "pages", "posts")
FOLDERS = ("puppies", "breeds")
"""Kinds whose entries are folders, with photos beside the words."""
SITE = "site"
NEW = "new"
"""The slug of an entry that has not been saved yet."""
RESERVED = frozenset({NEW, "con", "prn", "aux", "nul"})
SETTINGS = "site.yaml"
DATED = {schema.RESERVED.key: "reserved", schema.SOLD.key: "sold"}


@dataclass(frozen=True, slots=True)
class Entry:
    """`files`: language → path of the file, there or not yet; `data`: language → bytes of those that are there;
    `photos`: names of the pictures beside them. The settings are one file under the first language."""

    kind: str
    slug: str
    files: Mapping[str, str]
    data: Mapping[str, bytes]
    photos: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """As the rest of the house calls it: `puppies/bong`; the settings are `site`."""
        return f"{self.kind}/{self.slug}" if self.slug else self.kind

    @property
    def folder(self) -> str:
        """Where its photos lie."""
        return next(iter(self.files.values())).rpartition("/")[0]

    def owns(self, path: str) -> bool:
        """Whether a file is one of its own: its texts, and what lies in a folder that is its alone."""
        alone = self.folder.rpartition("/")[2] == self.slug
        return path in self.files.values() or (alone and path.startswith(self.folder + "/"))

    @property
    def by_path(self) -> dict[str, bytes | None]:
        """The bytes of its files by their paths."""
        return {self.files[lang]: data for lang, data in self.data.items()}

    @property
    def default(self) -> str:
        """The language of the original."""
        return next(iter(self.files))

    def values(self, lang: str) -> Mapping[str, Value | None]:
        """The front matter as it stands. Raises `CannotEdit`."""
        return read_values(self.data.get(lang, EMPTY), markdown=self.kind != SITE)

    def known(self, lang: str) -> dict[str, Value | None]:
        """The values by the schema's keys."""
        found = self.values(lang)
        return {key: found[spelled] for key, spelled in respelled(self.fields, found).items()}

    @property
    def fields(self) -> tuple[Field[Any], ...]:
        """Its schema."""
        return schema.SITE if self.kind == SITE else schema.BY_KIND[self.kind]


def place(kind: str, slug: str, lang: str, default: str) -> str:
    """The path of a file that is yet to be written."""
    ending = ".md" if lang == default else f".{lang}.md"
    inside = f"{slug}/index" if kind in FOLDERS else slug
    return f"content/{kind}/{inside}{ending}"


def folder_name(title: str, taken: Callable[[str], bool]) -> str:
    """A name for a new entry's files that nobody has yet; never one that Windows keeps for itself."""
    base = slugify(title) or "moi"
    slug, n = base, 2
    while taken(slug) or slug in RESERVED:
        slug, n = f"{base}-{n}", n + 1
    return slug


def pairs(entry: Entry) -> tuple[Pair, ...]:
    """The form of an entry as its files stand. Raises `CannotEdit`."""
    return tuple(_pairs(entry))


def _pairs(entry: Entry) -> Iterator[Pair]:
    for lang in entry.files:
        known = entry.known(lang)
        for f in entry.fields:
            if f is schema.PHOTOS:
                continue
            if f.words:
                yield from flatten(f.kind, known.get(f.key), f"w.{lang}.{f.key}")
            elif lang == entry.default:
                yield from flatten(f.kind, known.get(f.key), f"f.{f.key}")
        if entry.kind != SITE:
            yield f"b.{lang}", words(entry.data.get(lang, EMPTY))
    if schema.PHOTOS in entry.fields:
        lists = {lang: entry.known(lang).get(schema.PHOTOS.key) for lang in entry.files}
        yield from photo_pairs(lists, entry.photos, entry.default)


def written(entry: Entry, posted: Posted, today: date) -> dict[str, bytes | None]:
    """The files as the form wants them: path → bytes (None: the file goes). Unchanged ones come out byte for byte.

    Choosing a status is enough: its date is today's unless given, and what the new status does not allow goes
    (the history keeps it). A translation is written once anything of it is, and goes when nothing is left of it.
    Raises `CannotEdit`.
    """
    files: dict[str, bytes | None] = {}
    facts: dict[str, Value | None] = {}
    for lang, path in entry.files.items():
        old = entry.values(lang)
        spelled = respelled(entry.fields, old)
        changes: dict[str, Value | None] = {}
        for f in entry.fields:
            key = spelled.get(f.key, f.key)
            before = old.get(key)
            if f is schema.PHOTOS:
                lists = {each: entry.known(each).get(f.key) for each in entry.files}
                changes[key] = photo_values(posted, lists, entry.photos, lang, entry.default)
            elif f.words:
                changes[key] = wanted(f.kind, posted, f"w.{lang}.{f.key}", before)
            elif lang == entry.default:
                changes[key] = facts[f.key] = _fact(entry, f, posted, before, today)
            elif before is not None and _differ(f, before, facts.get(f.key)):
                changes[key] = None  # a fact stands once; the translation's copy would now contradict it
        if entry.kind == SITE:
            files[path] = update(entry.data[lang], changes, markdown=False)
            continue
        body = posted.text(f"b.{lang}")
        told = any(posted.one(name) for name in (f"w.{lang}.title", f"w.{lang}.summary", f"b.{lang}"))
        if lang == entry.default or told:
            files[path] = update(entry.data.get(lang, EMPTY), changes, body=body)
        elif lang in entry.data:
            files[path] = None
    return files


def _fact(entry: Entry, f: Field[Any], posted: Posted, old: Value | None, today: date) -> Value | None:
    value = wanted(f.kind, posted, f"f.{f.key}", old)
    if entry.kind != "puppies":
        return () if value is None and f.required and isinstance(old, tuple) else value
    status = meaning(schema.STATUS.kind, posted.one("f.status") or "?")
    if f.allowed and status is not None and status not in f.allowed:
        return None
    if value is None and DATED.get(f.key) == status:
        return Raw(today.isoformat())
    lists = f.key in (schema.INCLUDED.key, schema.VACCINATIONS.key, schema.DEWORMINGS.key)
    if value is None and lists and (f.required or status in f.needed):
        return ()
    return value


def _differ(f: Field[Any], copy: Value, fact: Value | None) -> bool:
    return fact is None or meaning(f.kind, copy) != meaning(f.kind, fact)


def with_alias(entry: Entry, lang: str, data: bytes, address: str) -> bytes:
    """The file with an old address that leads on to the new one."""
    now = replace(entry, data={**entry.data, lang: data})
    old = now.values(lang)
    key = respelled(entry.fields, old).get(schema.ALIASES.key, schema.ALIASES.key)
    before = old.get(key)
    aliases = before if isinstance(before, tuple) else () if before is None else (before,)
    if address in aliases:
        return data
    names = [respelled(entry.fields, old).get(f.key, f.key) for f in entry.fields]
    changes: dict[str, Value | None] = {name: old[name] for name in names if name in old}
    at = list(changes)
    ordered = [n for n in names if n in at or n == key]
    return update(data, {n: (*aliases, address) if n == key else changes[n] for n in ordered})
