"""A file's values ↔ a form's names and texts, by the schema's kinds. Pure.

A form is a list of (name, text) as a browser posts it. `f.price` is a fact, `f.mother.name` stands inside one,
`f.vaccinations.0.date` in the first row of a list; rows come in the order posted, whatever their numbers are.
What is left as it was keeps the owner's own spelling (`8,5 triệu`, `30/8/2026`); what she changes is written the
schema's way. What the schema cannot read is written as typed, so that the validator can say what is wrong with it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sitegen.kinds import Choice, Field, Flag, Group, ListOf, PerLanguage, Reader, Words, meant
from sitegen.measures import Date, Number, Point, Range
from sitegen.nodes import Items, Node, Scalar, Table
from sitegen.typed import in_a_row
from sitegen.workshop.yaml_words import Raw, Value

Pair = tuple[str, str]


@dataclass(frozen=True)
class Posted:
    """What a browser sent (or would send), in its order."""

    pairs: tuple[Pair, ...]

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, text in self.pairs:
            found.setdefault(name, []).append(text)
        return found

    def one(self, name: str) -> str:
        """The text under `name`, NFC, without blanks around it; "" if there is none."""
        return unicodedata.normalize("NFC", self.text(name)).strip()

    def text(self, name: str) -> str:
        """The text under `name` as it was sent, with `\\n` line ends."""
        return self._by_name.get(name, [""])[-1].replace("\r\n", "\n").replace("\r", "\n")

    def many(self, name: str) -> tuple[str, ...]:
        """All texts under `name`."""
        return tuple(text for text in self._by_name.get(name, ()) if text)

    def rows(self, name: str) -> tuple[str, ...]:
        """The numbers of the rows under `name` in which something stands, in order."""
        prefix = f"{name}."
        filled = (n[len(prefix) :] for n, text in self.pairs if n.startswith(prefix) and text.strip())
        return tuple(dict.fromkeys(n.partition(".")[0] for n in filled))

    def having(self, *prefixes: str) -> tuple[Pair, ...]:
        """The pairs whose name begins so."""
        return tuple(pair for pair in self.pairs if pair[0].startswith(prefixes))


def parts(kind: Any) -> tuple[Field[Any], ...]:
    """The fields of a group, and of words in every language."""
    if isinstance(kind, PerLanguage):
        return tuple(Field(lang, Words(kind.limit), lang, required=True) for lang in kind.languages)
    return kind.fields if isinstance(kind, Group) else ()


def is_pair(kind: Any) -> bool:
    """Whether a value is two of a kind in brackets: `[from, to]`."""
    return isinstance(kind, (Range, Point))


def end_kind(kind: Any) -> Any:
    """The kind of each of the two."""
    return kind.kind if isinstance(kind, Range) else Number(0, 1, example="0.5")


def respelled(fields: Sequence[Field[Any]], table: Mapping[str, Value | None]) -> dict[str, str]:
    """Field key → the key as it stands in the owner's file (`price` → `giá`)."""
    every = tuple(fields)
    found: dict[str, str] = {}
    for key, value in table.items():
        if (known := meant(every, key, node("" if value is None else value))) is not None:
            found.setdefault(known.key, key)
    return found


def node(value: Value) -> Node:
    """A value as the schema's kinds read it."""
    if isinstance(value, str):
        return Scalar(unicodedata.normalize("NFC", value), 0, plain=False)
    if isinstance(value, tuple):
        return Items(tuple(node(item) for item in value), 0)
    return Table(tuple((Scalar(key, 0), node(item)) for key, item in value.items() if item is not None), 0)


def meaning(kind: Any, value: Value) -> Any:
    """What the schema reads; None if it cannot."""
    return kind.read("", node(value), Reader("", ()))


def flatten(kind: Any, value: Value | None, name: str) -> Iterator[Pair]:
    """A value → the pairs that a browser would post for it."""
    if value is None:
        return
    if isinstance(kind, (Group, PerLanguage)):
        if isinstance(value, Mapping):
            keys = respelled(parts(kind), value)
            for f in parts(kind):
                yield from flatten(f.kind, value.get(keys.get(f.key, "")), f"{name}.{f.key}")
    elif is_pair(kind):
        ends = value if isinstance(value, tuple) else (value,)
        for n, end in enumerate(ends[:2]):
            yield f"{name}.{n}", end if isinstance(end, str) else ""
    elif isinstance(kind, ListOf):
        items = value if isinstance(value, tuple) else (value,)
        if isinstance(kind.kind, Group):
            for n, item in enumerate(items):
                yield from flatten(kind.kind, item, f"{name}.{n}")
        elif isinstance(kind.kind, Choice):
            for item in in_a_row(value) if isinstance(value, str) else items:
                yield from flatten(kind.kind, item, name)
        else:
            yield name, "\n".join(item for item in items if isinstance(item, str))
    elif isinstance(value, str):
        read = meaning(kind, value)
        if isinstance(kind, Flag):
            yield from [(name, "true")] if read else []
        else:
            yield name, str(read) if isinstance(kind, (Choice, Date, Words)) and read is not None else value


def wanted(kind: Any, posted: Posted, name: str, old: Value | None = None) -> Value | None:
    """The pairs under `name` → the value to write; `old` is what stands there. None: the key goes."""
    if isinstance(kind, (Group, PerLanguage)):
        before = old if isinstance(old, Mapping) else {}
        keys = respelled(parts(kind), before)
        table: dict[str, Value | None] = {}
        for f in parts(kind):
            spelled = keys.get(f.key, f.key)
            table[spelled] = wanted(f.kind, posted, f"{name}.{f.key}", before.get(spelled))
        return table if any(value is not None for value in table.values()) else None
    if is_pair(kind):
        olds = old if isinstance(old, tuple) and len(old) == 2 else (None, None)
        ends = [_scalar(end_kind(kind), posted.one(f"{name}.{n}"), olds[n]) for n in (0, 1)]
        return tuple(end or "" for end in ends) if any(ends) else None
    if isinstance(kind, ListOf):
        return _list(kind, posted, name, old)
    if isinstance(kind, Flag):
        if isinstance(old, str) and bool(meaning(kind, old)) == bool(posted.one(name)):
            return old
        return Raw("true") if posted.one(name) else None
    return _scalar(kind, posted.one(name), old)


def _list(kind: ListOf[Any], posted: Posted, name: str, old: Value | None) -> Value | None:
    olds = old if isinstance(old, tuple) else () if old is None else (old,)
    if isinstance(kind.kind, Group):
        items = []
        for row in posted.rows(name):
            before = olds[int(row)] if row.isdigit() and int(row) < len(olds) else None
            items.append(wanted(kind.kind, posted, f"{name}.{row}", before))
        texts: list[Value] = [item for item in items if item is not None]
    else:
        typed = posted.many(name) if isinstance(kind.kind, Choice) else posted.one(name).split("\n")
        typed = tuple(text.strip() for text in typed if text.strip())
        known = {_key(kind.kind, item): item for item in olds if isinstance(item, str)}
        texts = [known.get(_key(kind.kind, text)) or canonical(kind.kind, text) for text in typed]
        if isinstance(kind.kind, Choice):
            # A set of boxes has no order of its own: what stood there keeps its place.
            order = list(known.values())
            texts.sort(key=lambda text: order.index(text) if isinstance(text, str) and text in order else len(order))
    if not texts:
        return old if old is not None and meaning(kind, old) == () else None  # she has said that there are none
    same = old is not None and not isinstance(old, tuple) and texts == [old]
    return old if same else tuple(texts)


def _key(kind: Any, text: str) -> object:
    read = meaning(kind, text)
    return text if read is None else read


def _scalar(kind: Any, text: str, old: Value | None) -> Value | None:
    if not text:
        return None
    if isinstance(old, str) and _key(kind, old) == _key(kind, text):
        return old
    return canonical(kind, text)


def canonical(kind: Any, text: str) -> str:
    """A text that is new in the file, the schema's way: `8,5 triệu` → `8500000`, `30/8/2026` → `2026-08-30`."""
    read = meaning(kind, text)
    if isinstance(read, date):
        return Raw(read.isoformat())
    if isinstance(read, (int, float)):
        return Raw(f"{read:.12g}")
    return str(read) if read is not None else text
