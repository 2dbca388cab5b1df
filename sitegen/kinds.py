"""Kinds of value: how a scalar, list or table in the owner's file becomes a typed value, or a problem.

Forgiving where the meaning is clear (`8,5 triệu`, `30/8/2026`, `cái`), a question where it is not (`8.5`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from sitegen.errors import Problem, problem
from sitegen.front import CURLY, Items, Node, Scalar, Table
from sitegen.text import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

YES = ("true", "yes", "co", "dung", "x")
NO = ("false", "no", "khong", "sai")


@dataclass(slots=True)
class Reader:
    """One file being read: its path and lines, and the problems found so far."""

    path: str
    lines: Sequence[str]
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, code: str, **facts: object) -> None:
        """Note a problem at `line`, quoting it."""
        quote = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        self.problems.append(problem(self.path, line, code, quote=quote, **facts))


class Kind(Protocol[T_co]):
    """Reads a node. What is wrong with it is added to the reader, and then the value is None or, of a list or a table,
    what of it could be read."""

    @property
    def example(self) -> str:
        """What to type, as shown in messages."""

    def read(self, key: str, node: Node, reader: Reader) -> T_co | None:
        """The value of `node`, found under `key`."""


@dataclass(frozen=True, slots=True, eq=False)
class Field(Generic[T]):
    """A key of a file. `vi` is its Vietnamese name (also accepted as the key), `words` marks what each
    language writes for itself; `needed` and `allowed` are the statuses in which a puppy must, or may, have it."""

    key: str
    kind: Kind[T]
    vi: str
    required: bool = False
    words: bool = False
    needed: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)  # without slots, which make it slow to hand over to another process
class Values:
    """What was read: typed by field, with the line of each key for later problems. `unread` are the keys that stand
    there and could not be read, or not wholly: a mistake is already told of each, so they are not missing as well."""

    by_key: Mapping[str, object]
    lines: Mapping[str, int]
    unread: frozenset[str] = frozenset()

    def __contains__(self, field_: Field[Any]) -> bool:
        return field_.key in self.by_key

    def get(self, field_: Field[T]) -> T | None:
        """The value of an optional key."""
        return cast("T | None", self.by_key.get(field_.key))

    def need(self, field_: Field[T]) -> T:
        """The value of a key that the schema has already required."""
        return cast("T", self.by_key[field_.key])

    def line(self, field_: Field[Any]) -> int:
        """The line of a key; 1 when it does not stand in the file."""
        return self.lines.get(field_.key, 1)


@lru_cache(maxsize=256)
def _names(fields: tuple[Field[Any], ...]) -> dict[str, Field[Any]]:
    """Every way to write a key, folded."""
    return {fold(name): f for f in fields for name in (f.key, f.key.replace("_", " "), f.vi)}


def read_fields(fields: Sequence[Field[Any]], table: Table, reader: Reader, where: str = "") -> Values:
    """Read a table by its schema: unknown and repeated keys, missing ones and wrong values are all problems."""
    names = _names(tuple(fields))
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    failed: set[str] = set()
    for key, node in table.rows:
        known = names.get(fold(key.text))
        if known is None:
            near = nearest(fold(key.text), names)
            if near:
                reader.add(key.line, "unknown-key-near", key=key.text, near=names[near].key)
                failed.add(names[near].key)  # it is there, if misspelt: not missing as well
            else:
                allowed = ", ".join(f.key for f in fields)
                reader.add(key.line, "unknown-key", key=key.text, allowed=allowed)
            continue
        if known.key in lines:
            reader.add(key.line, "key-twice", key=known.key, first=lines[known.key])
            continue
        lines[known.key] = key.line
        if isinstance(node, Scalar) and node.plain and not node.text.strip():
            if known.required:
                reader.add(key.line, "value-missing", key=known.key, example=known.kind.example)
                failed.add(known.key)
            continue
        before = len(reader.problems)
        value = known.kind.read(known.key, node, reader)
        if value is not None:
            values[known.key] = value
        if len(reader.problems) > before:
            failed.add(known.key)
    for f in fields:
        if f.required and f.key not in values and f.key not in failed:
            if where:
                reader.add(table.line, "missing-part", key=f.key, group=where, example=f.kind.example)
            else:
                reader.add(1, "missing-key", key=f.key, example=f.kind.example)
    return Values(values, lines, frozenset(failed))


def _text(key: str, node: Node, reader: Reader, example: str) -> str | None:
    if isinstance(node, Scalar):
        text = node.text.strip()
        if text[:1] in CURLY and text[-1:] in CURLY and len(text) > 1:
            reader.add(node.line, "yaml-curly-quote", fixed=f'{key}: "{text[1:-1]}"')
            return None
        if text:
            return text
        reader.add(node.line, "value-missing", key=key, example=example)
        return None
    reader.add(node.line, "not-one-value", key=key, example=example)
    return None


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text of at most `limit` characters."""

    limit: int = 200
    example: str = "…"

    def read(self, key: str, node: Node, reader: Reader) -> str | None:
        text = _text(key, node, reader, self.example)
        if text is None:
            return None
        text = " ".join(text.split())
        if len(text) > self.limit:
            reader.add(node.line, "too-long", key=key, limit=self.limit, length=len(text))
            return None
        return text


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text of one form, such as a code or a file name."""

    regex: str
    example: str

    def read(self, key: str, node: Node, reader: Reader) -> str | None:
        text = _text(key, node, reader, self.example)
        if text is None or re.fullmatch(self.regex, text):
            return text
        reader.add(node.line, "bad-form", key=key, value=text, example=self.example)
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """One word out of a list; `also` maps folded synonyms (either language) to it."""

    values: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()

    @property
    def example(self) -> str:
        """The first three words, which says how the rest look."""
        return self.values[0]

    def read(self, key: str, node: Node, reader: Reader) -> str | None:
        text = _text(key, node, reader, self.example)
        if text is None:
            return None
        names = {fold(v): (v, v) for v in self.values} | {fold(name): (value, name) for name, value in self.also}
        found = names.get(fold(text))
        if found:
            return found[0]
        near = nearest(fold(text), names)
        # The word shown is the one she was typing, in whichever language.
        code, facts = ("bad-choice-near", {"near": names[near][1]}) if near else ("bad-choice", {})
        reader.add(node.line, code, key=key, value=text, allowed=", ".join(self.values), **facts)
        return None


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    example: str = "true"

    def read(self, key: str, node: Node, reader: Reader) -> bool | None:
        text = _text(key, node, reader, self.example)
        if text is None:
            return None
        word = fold(text)
        if word in YES + NO:
            return word in YES
        reader.add(node.line, "bad-flag", key=key, value=text)
        return None


_MONEY_UNIT = r"(?:đ|₫|vnd|vnđ|đồng)?"


def parse_vnd(text: str) -> int | None:
    """VND as an owner writes it → a whole number of đồng; None when unclear.

    `8500000`, `8.500.000`, `8,500,000 ₫`, `8,5 triệu`, `8 triệu`, `8tr5` (= 8.500.000). `8.5` is not clear.
    """
    word = re.sub(r"[\s_\u00a0\u202f]", "", text.lower())
    if re.fullmatch(rf"\d+{_MONEY_UNIT}", word):
        return int(re.sub(r"\D", "", word))
    if re.fullmatch(rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:,\d{{3}})+){_MONEY_UNIT}", word):
        return int(re.sub(r"\D", "", word))
    million = re.fullmatch(rf"(\d+)(?:[.,](\d{{1,3}}))?(?:triệu|trieu|tr|m)(\d{{1,3}})?{_MONEY_UNIT}", word)
    if million and not (million[2] and million[3]):
        part = (million[2] or million[3] or "0").ljust(6, "0")
        return int(million[1]) * 1_000_000 + int(part)
    return None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in VND, at least `least`: smaller ones are a slip (`8.5` for 8,5 triệu)."""

    least: int = 100_000
    example: str = "12000000"

    def read(self, key: str, node: Node, reader: Reader) -> int | None:
        text = _text(key, node, reader, self.example)
        if text is None:
            return None
        amount = parse_vnd(text)
        if amount is None:
            unclear = re.fullmatch(r"\d+[.,]\d{1,2}", text)
            if unclear:
                millions = round(float(text.replace(",", ".")) * 1_000_000)
                reader.add(node.line, "money-unclear", key=key, value=text, guess=millions)
            else:
                reader.add(node.line, "bad-money", key=key, value=text)
            return None
        if amount < self.least:
            reader.add(
                node.line,
                "money-small",
                key=key,
                value=text,
                guess=amount * 1_000_000 if amount < 1000 else amount * 1000,
            )
            return None
        return amount


def parse_date(text: str) -> date | None:
    """`2026-08-30`, `30/8/2026`, `30-8-2026` or `30.8.2026` → date; None when it is no date."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    local = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    parts = (iso[1], iso[2], iso[3]) if iso else (local[3], local[2], local[1]) if local else None
    if parts is None:
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Date:
    """A day."""

    example: str = "2026-08-30"

    def read(self, key: str, node: Node, reader: Reader) -> date | None:
        text = _text(key, node, reader, self.example)
        if text is None:
            return None
        day = parse_date(text)
        if day is None:
            short = re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", text)
            reader.add(node.line, "date-year" if short else "bad-date", key=key, value=text)
        return day


@dataclass(frozen=True, slots=True)
class Number:
    """A number between `least` and `most`; a decimal comma is as good as a point."""

    least: float
    most: float
    whole: bool = False
    example: str = "3"
    unit: str = ""

    @property
    def _span(self) -> str:
        return f"{self.least:g}–{self.most:g} {self.unit}".strip()

    def read(self, key: str, node: Node, reader: Reader) -> float | None:
        text = _text(key, node, reader, self.example)
        if text is None:
            return None
        word = re.sub(r"\s*(kg|kí|ký|năm|tuổi)$", "", text.lower()).replace(",", ".")
        if not re.fullmatch(r"\d+" if self.whole else r"\d+(\.\d+)?", word):
            reader.add(node.line, "bad-number", key=key, value=text, example=self.example)
            return None
        value = float(word)
        if not self.least <= value <= self.most:
            reader.add(node.line, "number-range", key=key, value=text, span=self._span)
            return None
        return value


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """A list; a single value counts as a list of one."""

    kind: Kind[T]
    least: int = 0

    @property
    def example(self) -> str:
        """One item in brackets."""
        return f"[{self.kind.example}]"

    def read(self, key: str, node: Node, reader: Reader) -> tuple[T, ...] | None:
        items = node.items if isinstance(node, Items) else (node,)
        values = [self.kind.read(key, item, reader) for item in items]
        if len(items) < self.least:
            reader.add(node.line, "list-short", key=key, example=self.example)
            return None
        return tuple(value for value in values if value is not None)


@dataclass(frozen=True, slots=True)
class Range(Generic[T]):
    """`[from, to]`, the second not below the first."""

    kind: Kind[T]

    @property
    def example(self) -> str:
        """Twice the kind's own example."""
        return f"[{self.kind.example}, {self.kind.example}]"

    def read(self, key: str, node: Node, reader: Reader) -> tuple[T, T] | None:
        if not isinstance(node, Items) or len(node.items) != 2:
            reader.add(node.line, "not-range", key=key, example=self.example)
            return None
        low, high = (self.kind.read(key, item, reader) for item in node.items)
        if low is None or high is None:
            return None
        if cast("Any", high) < low:
            reader.add(node.line, "range-order", key=key)
            return None
        return low, high


@dataclass(frozen=True, slots=True)
class Point:
    """`[0.5, 0.4]`: a place in a picture, as shares of its width from the left and of its height from the top."""

    example: str = "[0.5, 0.4]"

    def read(self, key: str, node: Node, reader: Reader) -> tuple[float, float] | None:
        if not isinstance(node, Items) or len(node.items) != 2:
            reader.add(node.line, "not-range", key=key, example=self.example)
            return None
        share = Number(0, 1, example="0.5")
        across, down = (share.read(key, item, reader) for item in node.items)
        return None if across is None or down is None else (across, down)


@dataclass(frozen=True, slots=True)
class Group:
    """A table inside a value, read by its own fields."""

    fields: tuple[Field[Any], ...]

    @property
    def example(self) -> str:
        """The required fields with their examples."""
        inner = ", ".join(f"{f.key}: {f.kind.example}" for f in self.fields if f.required)
        return "{" + inner + "}"

    def read(self, key: str, node: Node, reader: Reader) -> Values | None:
        alone = [f for f in self.fields if f.required]
        if isinstance(node, Scalar) and len(alone) == 1:
            node = Table(((Scalar(alone[0].key, node.line), node),), node.line)  # `- a.jpg` says `- {file: a.jpg}`
        if not isinstance(node, Table):
            reader.add(node.line, "not-group", key=key, example=self.example)
            return None
        return read_fields(self.fields, node, reader, where=key)


@dataclass(frozen=True, slots=True)
class PerLanguage:
    """`{vi: …, en: …}`: the same words in each language; every language is needed."""

    languages: tuple[str, ...]
    limit: int = 200

    @property
    def example(self) -> str:
        """Both languages."""
        return "{" + ", ".join(f"{lang}: …" for lang in self.languages) + "}"

    def read(self, key: str, node: Node, reader: Reader) -> Mapping[str, str] | None:
        fields = tuple(Field(lang, Words(self.limit), lang, required=True) for lang in self.languages)
        values = Group(fields).read(key, node, reader)
        return None if values is None else {f.key: values.need(f) for f in fields if f in values}
