"""Kinds of value: how a scalar, list or table in the owner's file becomes a typed value, or a problem.

Forgiving where the meaning is clear (`8,5 triệu`, `30/8/2026`, `cái`), a question where it is not (`8.5`).

Nearly every value is as it should be: each kind asks that first, and explains only what is not clear at once. What a
short text means is remembered.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from sitegen import slips, typed
from sitegen.errors import Problem, problem
from sitegen.nodes import Items, Node, Scalar, Table, Unread
from sitegen.record import Record
from sitegen.text import INVISIBLE, SPACES, fold, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

YES = ("true", "yes", "co", "dung", "x")
BLANKS = " \t\n" + SPACES + INVISIBLE
NO = ("false", "no", "khong", "sai")


class Reader:
    """One file being read: its path and lines, and the problems found so far."""

    def __init__(self, path: str, lines: Sequence[str], problems: Iterable[Problem] = ()) -> None:
        self.path, self.lines, self.problems = path, lines, list(problems)

    @property
    def torn(self) -> bool:
        """Whether it is unsure which keys belong where, so that none can be called missing or unknown."""
        return bool(self.problems) and any(found.code in slips.TEARING for found in self.problems)

    def add(self, line: int, code: str, **facts: object) -> None:
        """Note a problem at `line`, quoting it; line 0 is the file as a whole."""
        self.problems.append(problem(self.path, line, code, quote=self.typed(line), **facts))

    def typed(self, line: int) -> str:
        """A line as it stands in the file."""
        return self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""


class Kind(Protocol[T_co]):
    """Reads a node. What is wrong with it is added to the reader, and then the value is None or, of a list or a table,
    what of it could be read."""

    @property
    def example(self) -> str:
        """What to type, as shown in messages."""

    def read(self, key: str, node: Node, reader: Reader) -> T_co | None:
        """The value of `node`, found under `key`."""


class Field(Record, Generic[T], eq=False):
    """A key of a file. `vi` is its Vietnamese name and `also` are other names (all accepted as the key), `words` marks
    what each language writes for itself; `needed` and `allowed` are the statuses in which a puppy must, or may, have
    it."""

    key: str
    kind: Kind[T]
    vi: str
    required: bool = False
    words: bool = False
    needed: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write the key."""
        return self.key, self.vi, *self.also


class Values(Record):
    """What was read: typed by field, with the line of each key for later problems. `unread` are the keys that stand
    there and could not be read, or not wholly: a mistake is already told of each, so they are not missing as well."""

    by_key: Mapping[str, Any]
    lines: Mapping[str, int]
    unread: frozenset[str] = frozenset()

    def __contains__(self, field_: Field[Any]) -> bool:
        return field_.key in self.by_key

    def get(self, field_: Field[T]) -> T | None:
        """The value of an optional key."""
        found: T | None = self.by_key.get(field_.key)
        return found

    def need(self, field_: Field[T]) -> T:
        """The value of a key that the schema has already required."""
        found: T = self.by_key[field_.key]
        return found

    def line(self, field_: Field[Any]) -> int:
        """The line of a key; 1 when it does not stand in the file."""
        return self.lines.get(field_.key, 1)


@lru_cache(maxsize=256)
def _names(fields: tuple[Field[Any], ...]) -> dict[str, tuple[Field[Any], ...]]:
    """Every way to write a key, folded → the fields that it may be: `màu` and `mẫu` are alike without their marks."""
    names: dict[str, tuple[Field[Any], ...]] = {}
    for f in fields:
        for name in {fold(name) for name in f.names}:
            names[name] = (*names.get(name, ()), f)
    return names


@lru_cache(maxsize=256)
def _keyed(fields: tuple[Field[Any], ...]) -> tuple[dict[str, Field[Any]], tuple[Field[Any], ...]]:
    """The fields by their own keys, as far as nothing else may be meant by them; and those that are required."""
    names = _names(fields)
    return {f.key: f for f in fields if len(names[fold(f.key)]) == 1}, tuple(f for f in fields if f.required)


def meant(fields: tuple[Field[Any], ...], key: str, node: Node) -> Field[Any] | None:
    """The field that a key is for, by any of its names; None when it is none of them. A unit in brackets, as forms and
    the template of a new puppy have it, is no part of the name. Of two that differ in their marks alone, the value
    decides whether it can be a yes or no (nobody shall make a puppy a sample with `mẫu: trắng`), then the marks do."""
    name = re.sub(r"\s*\([^()]*\)\s*$", "", key) if ")" in key else key
    found = _names(fields).get(fold(name), ())
    if len(found) < 2:
        return found[0] if found else None
    word = fold(node.text.strip(BLANKS)) if isinstance(node, Scalar) else None
    likely = [f for f in found if isinstance(f.kind, Flag) == (word in YES + NO)]
    exact = [f for f in found if name.lower() in f.names and (f in likely or word in ("", *YES, *NO))]
    return [*exact, *likely, *found][0]


def read_fields(fields: tuple[Field[Any], ...], table: Table, reader: Reader, where: str = "") -> Values:
    """Read a table by its schema: unknown and repeated keys, missing ones and wrong values are all problems."""
    keyed, required = _keyed(fields)
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    failed: set[str] = set()
    unread: dict[str, int] = {}
    for n, (key, node) in enumerate(table.rows):
        known = keyed.get(key.text) or meant(fields, key.text, node)
        if isinstance(node, Unread):  # told already, and not missing
            failed |= {known.key} if known else set()
            if known and node.named:
                first = lines.get(known.key) or unread.setdefault(known.key, key.line)
                if first != key.line:
                    reader.add(key.line, "key-twice", key=known.key, first=first)
            continue
        if known is None:
            failed |= _stray(fields, key, node, table.rows[n - 1] if n else None, reader)
            continue
        if known.key in lines:
            reader.add(key.line, "key-twice", key=known.key, first=lines[known.key])
            continue
        if known.key in unread:
            reader.add(key.line, "key-twice", key=known.key, first=unread[known.key])
        lines[known.key] = key.line
        if isinstance(node, Scalar) and node.plain and not node.text.strip():
            if known.required:
                reader.add(key.line, "value-missing", key=known.key, example=known.kind.example)
                failed.add(known.key)
            continue
        told = len(reader.problems)
        value = known.kind.read(known.key, node, reader)
        if value is not None:
            values[known.key] = value
        if len(reader.problems) > told:
            failed.add(known.key)
    if reader.torn:
        failed |= {f.key for f in fields if f.key not in values}
    for f in required:
        if f.key not in values and f.key not in failed:
            if where:
                reader.add(table.line, "missing-part", key=f.key, group=where, example=f.kind.example)
            else:
                reader.add(0, "missing-key", key=f.key, example=f.kind.example)
    return Values(values, lines, frozenset(failed))


def _stray(
    fields: tuple[Field[Any], ...], key: Scalar, node: Node, previous: tuple[Scalar, Node] | None, reader: Reader
) -> set[str]:
    """Tell of a key that is none of the fields'; the keys of those that were probably meant are there, if misspelt, and
    not missing as well."""
    if ":" in key.text and (glued := meant(fields, key.text.partition(":")[0], node)):
        reader.add(key.line, "yaml-no-space", fixed=re.sub(r"(?<=\w):(?=[^\s/])", ": ", reader.typed(key.line)))
        return {glued.key}
    if torn := _torn(key, node, previous):
        reader.add(key.line, "comma-in-value", fixed=torn)
    elif not reader.torn:
        names = _names(fields)
        if near := nearest(fold(key.text), names):
            reader.add(key.line, "unknown-key-near", key=key.text, near=names[near][0].key)
            return {names[near][0].key}
        reader.add(key.line, "unknown-key", key=key.text, allowed=", ".join(f.key for f in fields))
    return set()


def _torn(key: Scalar, node: Node, previous: tuple[Scalar, Node] | None) -> str | None:
    """How to write a value that a comma has torn in two (`{vi: Nhỏ, xinh, en: …}`): the part behind the comma stands
    as a key with nothing in it, in the same line."""
    if previous is None or not isinstance(node, Scalar) or node.text or not node.plain or node.line != key.line:
        return None
    name, value = previous
    if not isinstance(value, Scalar) or value.line != key.line or not value.text:
        return None
    gap = "" if value.text[-1].isdigit() and key.text[:1].isdigit() else " "  # a decimal comma
    return f'{name.text}: "{value.text},{gap}{key.text}"'


def one_text(key: str, node: Node, reader: Reader, example: str, *, words: bool = False) -> str | None:
    """A scalar's text without blanks around it; None after telling the reader that it is no single value, or empty.
    Curly quotes around it are meant as YAML's own: in `words` they would be shown, anywhere else they mean nothing."""
    if isinstance(node, Scalar):
        text = node.text.strip(BLANKS) if words else _bare(node.text)
        if words and text[:1] in slips.CURLY and text[-1:] in slips.CURLY and len(text) > 1:
            reader.add(node.line, "yaml-curly-quote", fixed=slips.straight(reader.typed(node.line) or text))
            return None
        if text:
            return text
        reader.add(node.line, "value-missing", key=key, example=example)
        return None
    reader.add(node.line, "not-one-value", key=key, example=example)
    return None


def _bare(text: str) -> str:
    """A value that is no words without blanks and curly quotes around it."""
    return text.strip(BLANKS).strip(slips.CURLY)


class Words(Record):
    """A line of text of at most `limit` characters."""

    limit: int = 200
    example: str = "…"

    def read(self, key: str, node: Node, reader: Reader) -> str | None:
        if isinstance(node, Scalar) and _neat(node.text) and len(node.text) <= self.limit:
            return node.text
        text = one_text(key, node, reader, self.example, words=True)
        if text is None:
            return None
        text = " ".join(text.split())
        if len(text) > self.limit:
            reader.add(node.line, "too-long", key=key, limit=self.limit, length=len(text))
            return None
        return text


def _neat(text: str) -> bool:
    """Whether words need no tidying. (Of all blanks and invisible letters, the space is the only one to be printed.)"""
    return text.isprintable() and text[:1] not in " " + slips.CURLY and text[-1:] != " " and "  " not in text


class Pattern(Record, eq=False):  # what it understood is remembered under its identity
    """Text of one form, such as a code or a file name. `tidy` brings what is typed another way into that form."""

    regex: str
    example: str
    tidy: Callable[[str], str] = str

    def read(self, key: str, node: Node, reader: Reader) -> str | None:
        if isinstance(node, Scalar) and (formed := _formed(self, node.text)) is not None:
            return formed
        text = one_text(key, node, reader, self.example)
        if text is not None:
            reader.add(node.line, "bad-form", key=key, value=text, example=self.example)
        return None


@lru_cache(maxsize=4096)
def _formed(pattern: Pattern, text: str) -> str | None:
    """A text in the form of a pattern; None when it cannot be brought into it, or is empty."""
    bare = _bare(text)
    tidied = pattern.tidy(bare)
    return tidied if bare and re.fullmatch(pattern.regex, tidied) else None


class Choice(Record, eq=False):  # as above
    """One word out of a list; `also` maps synonyms (either language) to it. Neither marks nor capitals count, nor what
    joins the words (`đỏ-trắng`), nor their order (`trắng đỏ`). What it means may stand behind it in brackets, as the
    template of a new puppy has it (`home (nhà)`), unless that is another of the list."""

    values: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()

    @property
    def example(self) -> str:
        """The first three words, which says how the rest look."""
        return self.values[0]

    def read(self, key: str, node: Node, reader: Reader) -> str | None:
        if isinstance(node, Scalar) and (chosen := _chosen(self, node.text)):
            return chosen
        text = one_text(key, node, reader, self.example)
        if text is not None:
            names = _choices(self)
            near = nearest(typed.plain(text), names)
            # The word shown is the one she was typing, in whichever language.
            code, facts = ("bad-choice-near", {"near": names[near][1]}) if near else ("bad-choice", {})
            reader.add(node.line, code, key=key, value=text, allowed=", ".join(self.values), **facts)
        return None


@lru_cache(maxsize=4096)
def _chosen(choice: Choice, text: str) -> str | None:
    """The value that a text stands for; None when it is none of the choice."""
    word = typed.plain(_bare(text))
    found = _choices(choice).get(word) or _any_order(choice).get(tuple(sorted(word.split())))
    if found is None and (explained := re.fullmatch(r"([^()]+)\(([^()]*)\)", _bare(text))):
        value, meaning = (_chosen(choice, part) for part in explained.groups())
        return value if meaning in (None, value) else None
    return found[0] if found else None


@lru_cache(maxsize=64)
def _choices(choice: Choice) -> dict[str, tuple[str, str]]:
    """Every way to write a choice → (its value, the way as it is shown)."""
    synonyms = {typed.plain(name): (value, name) for name, value in choice.also}
    return synonyms | {typed.plain(value): (value, value) for value in choice.values}


@lru_cache(maxsize=64)
def _any_order(choice: Choice) -> dict[tuple[str, ...], tuple[str, str]]:
    """The same by the words in alphabetical order; of two that differ in the order alone, neither."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    twice = set()
    for name, meant in _choices(choice).items():
        words = tuple(sorted(name.split()))
        if found.setdefault(words, meant)[0] != meant[0]:
            twice.add(words)
    return {words: meant for words, meant in found.items() if words not in twice}


class Flag(Record):
    """Yes or no."""

    example: str = "true"

    def read(self, key: str, node: Node, reader: Reader) -> bool | None:
        text = one_text(key, node, reader, self.example)
        if text is None:
            return None
        word = fold(text)
        if word in YES + NO:
            return word in YES
        reader.add(node.line, "bad-flag", key=key, value=text)
        return None


class ListOf(Record, Generic[T]):
    """A list; a single value counts as a list of one, and a word that says “none yet” as an empty one."""

    kind: Kind[T]
    least: int = 0

    @property
    def example(self) -> str:
        """One item in brackets."""
        return f"[{self.kind.example}]"

    def read(self, key: str, node: Node, reader: Reader) -> tuple[T, ...] | None:
        items = node.items if isinstance(node, Items) else self._apart(node)
        if self.least == 0 and len(items) == 1 and isinstance(items[0], Scalar) and typed.nothing(items[0].text):
            return ()
        values = [None if isinstance(item, Unread) else self.kind.read(key, item, reader) for item in items]
        if len(items) < self.least:
            reader.add(node.line, "list-short", key=key, example=self.example)
            return None
        return tuple([value for value in values if value is not None])

    def _apart(self, node: Node) -> tuple[Node, ...]:
        """A list typed without brackets: `health-book, vaccinations`. Where words may hold a comma, it is one item."""
        if not isinstance(node, Scalar) or not isinstance(self.kind, Choice | Pattern):
            return (node,)
        return tuple(Scalar(part, node.line) for part in typed.in_a_row(node.text)) or (node,)


class Group(Record):
    """A table inside a value, read by its own fields."""

    fields: tuple[Field[Any], ...]

    @property
    def example(self) -> str:
        """The required fields with their examples."""
        inner = ", ".join(f"{f.key}: {f.kind.example}" for f in self.fields if f.required)
        return "{" + inner + "}"

    def read(self, key: str, node: Node, reader: Reader) -> Values | None:
        if isinstance(node, Scalar):
            alone = [f for f in self.fields if f.required]
            if len(alone) == 1:
                node = Table(((Scalar(alone[0].key, node.line), node),), node.line)  # `- a.jpg` says `- {file: a.jpg}`
            elif typed.nothing(node.text):
                shape = ", ".join(f"{f.key}: …" for f in alone)
                reader.add(node.line, "not-yet", key=key, value=node.text.strip(), shape=f"{{{shape}}}")
                return None
        if not isinstance(node, Table):
            reader.add(node.line, "not-group", key=key, example=self.example)
            return None
        return read_fields(self.fields, node, reader, where=key)


class PerLanguage(Record):
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
