"""What a field of a form is called to somebody who does not stand before it, and how it is filled in. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sitegen import schema
from sitegen.kinds import Choice, Group, ListOf, PerLanguage, Words
from sitegen.measures import Date, Money, Number, Point
from sitegen.workshop.form import end_kind, is_pair, parts
from sitegen.workshop.labels import ENGLISH, EXAMPLES, label
from sitegen.workshop.remedies import HOW
from sitegen.workshop.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.kinds import Field
    from sitegen.workshop.form import Posted

PHOTO = cast("Group", cast("ListOf[Any]", schema.PHOTOS.kind).kind)


@dataclass(frozen=True, slots=True)
class Named:
    """A field: what it is called with its row, its group and its language; its key; its kind (None: a text's body); the
    language that its words are to be in, if it has words."""

    label: str
    key: str
    kind: Any = None
    language: str = ""


def named(fields: Sequence[Field[Any]], name: str, posted: Posted, lang: str) -> Named:
    """The field under this name of a form. Raises `KeyError` for a name that no form has."""
    head, *rest = name.split(".")
    if head == "b":
        return Named(f"{say('body', lang)} ({say(f'in-{rest[0]}', lang)})", "")
    if head == "p":
        return _photo(rest, posted, lang)
    language = rest.pop(0) if head == "w" else ""
    known = {f.key: f for f in fields}
    f = known[rest[0]]
    words, key, kind, at = [label(f, lang)], f.key, f.kind, f"{head}.{f.key}"
    for part in rest[1:]:
        if isinstance(kind, ListOf):
            rows = posted.rows(at)
            words[-1] = say("row", lang, name=words[-1], n=rows.index(part) + 1 if part in rows else len(rows) + 1)
            kind = kind.kind
        elif is_pair(kind):
            words.append(say("to" if part == "1" else "from", lang))
            kind = end_kind(kind)
        else:
            inner = {each.key: each for each in parts(kind)}[part]
            words.append(label(inner, lang))
            key, kind = inner.key, inner.kind
        at = f"{at}.{part}"
    spoken = f" ({say(f'in-{language}', lang)})" if language else ""
    return Named(" · ".join(words) + spoken, key, kind, language)


def _photo(rest: Sequence[str], posted: Posted, lang: str) -> Named:
    file = posted.one(f"p.{rest[0]}.file") if rest else ""
    base = say("photo-called", lang, file=file) if file else say("section-photos", lang)
    if len(rest) < 2 or rest[1] == schema.PHOTO_FILE.key:
        return Named(base, schema.PHOTO_FILE.key, schema.PHOTO_FILE.kind)
    f = {each.key: each for each in PHOTO.fields}[rest[1]]
    language = rest[2] if len(rest) > 2 else ""
    return Named(f"{base} · {photo_label(f, language, lang)}", f.key, f.kind, language)


def photo_label(f: Field[Any], language: str, lang: str) -> str:
    """A photo's own words: its mother is not the puppy's data sheet, and a description has a language."""
    if f is schema.PHOTO_ALT:
        return say(f"photo-alt-{language}", lang)
    return say("photo-mother", lang) if f is schema.PHOTO_MOTHER else label(f, lang)


def example(key: str, kind: Any, lang: str) -> str:
    """Something that can be typed into the field as it stands here; "" where words of one's own are wanted."""
    if key in EXAMPLES:
        return EXAMPLES[key]
    if isinstance(kind, Date):
        return "30/8/2026"
    if isinstance(kind, Money):
        return amount(int(kind.example), lang)
    if isinstance(kind, Number):
        return kind.example.replace(".", "," if lang == "vi" else ".")
    found = str(kind.example).strip('"')
    return "" if "…" in found else found


def amount(vnd: int, lang: str) -> str:
    """An amount as it may be typed: `12.000.000`, `12,000,000`."""
    return f"{vnd:,}".replace(",", "." if lang == "vi" else ",")


def remedy(field: Named, lang: str) -> str:
    """How to fill it in."""
    shown = example(field.key, field.kind, lang) if field.kind is not None else ""
    return _how(_way(field), lang, ENGLISH.get(field.key, shown) if field.language == "en" else shown)


def _way(field: Named) -> str:
    kind = field.kind
    if field.key == schema.BREED.key or isinstance(kind, Choice):
        return "choose"
    if isinstance(kind, ListOf):
        return "tick" if isinstance(kind.kind, Choice) else "rows" if isinstance(kind.kind, Group) else "example"
    if isinstance(kind, (Group, PerLanguage, Point)) or is_pair(kind):
        return "parts"
    return "day" if isinstance(kind, Date) else "words" if kind is None or isinstance(kind, Words) else "example"


def _how(way: str, lang: str, shown: str) -> str:
    way = "example" if way == "words" and shown else way
    return HOW[way][lang != "vi"].format(example=shown)
