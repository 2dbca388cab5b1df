"""A form and a file that was changed meanwhile, field by field. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen import schema
from sitegen.kinds import Choice, ListOf
from sitegen.workshop import labels
from sitegen.workshop.form import Posted
from sitegen.workshop.named import named
from sitegen.workshop.words import say

if TYPE_CHECKING:
    from sitegen.workshop.entries import Entry

Sides = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which the file says something else than the form. `ours`: it is the form's that has changed, so that
    is what she will want; the file's otherwise."""

    name: str
    label: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    ours: bool


def differences(
    entry: Entry, mine: Posted, theirs: Posted, base: Posted | None, words: Mapping[str, str], lang: str
) -> tuple[Difference, ...]:
    """The fields in which the sides differ. `base` is what both began with, if it is still known; `words` are the
    site's own for values."""
    sides = [_by_field(entry, posted) for posted in (mine, theirs)]
    begun = _by_field(entry, base) if base else {}
    found = []
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        said = [_said(entry, name, side.get(name, ()), words, lang) for side in sides]
        if said[0] != said[1]:
            ours = base is None or sides[0].get(name) != begun.get(name)
            found.append(Difference(name, _called(entry, name, mine, lang), said[0], said[1], ours))
    return tuple(found)


def chosen(mine: Posted, theirs: Posted, picked: frozenset[str]) -> Posted:
    """The form with the file's words in these fields."""
    kept = [pair for pair in mine.pairs if group(pair[0]) not in picked]
    return Posted((*kept, *(pair for pair in theirs.pairs if group(pair[0]) in picked)))


def group(name: str) -> str:
    """The field that a name belongs to, as a conflict asks about it: all photos are one, a list is one."""
    head, _, rest = name.partition(".")
    if head in ("p", "had"):
        return schema.PHOTOS.key
    return ".".join([head, *rest.split(".")[: 2 if head == "w" else 1]])


def _by_field(entry: Entry, posted: Posted) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, text in posted.pairs:
        flat = text.replace("\r\n", "\n").strip()
        if name.startswith(("f.", "w.", "b.", "p.")) and flat and not name.endswith(".ref"):
            found.setdefault(group(name), []).append(flat)
    # Boxes have no order of their own.
    ticks = {f"f.{f.key}" for f in entry.fields if isinstance(f.kind, ListOf) and isinstance(f.kind.kind, Choice)}
    return {name: tuple(sorted(texts) if name in ticks else texts) for name, texts in found.items()}


def _said(entry: Entry, name: str, texts: tuple[str, ...], words: Mapping[str, str], lang: str) -> tuple[str, ...]:
    """The values as the form shows them."""
    if name == schema.PHOTOS.key or name.startswith("b."):
        return texts
    field = named(entry.fields, name, Posted(()), lang)
    kind = field.kind.kind if isinstance(field.kind, ListOf) else field.kind
    if not isinstance(kind, Choice):
        return texts
    return tuple(labels.option(field.key, text, words, lang) for text in texts)


def _called(entry: Entry, name: str, posted: Posted, lang: str) -> str:
    return say("section-photos", lang) if name == schema.PHOTOS.key else named(entry.fields, name, posted, lang).label
