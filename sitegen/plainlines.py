"""Front matter without YAML: the lines of it that need none.

`price: 8500000` says the same to everybody, and so do `mother: {name: Mơ, weight_kg: 3.4}` and a list of such values
below their key. In a usual front matter every line is of that kind; what is not is left to PyYAML.
`tests/sitegen/test_front.py` holds the outcome to what PyYAML alone makes of the whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sitegen.nodes import Items, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.nodes import Node

_new = tuple.__new__
"""Makes a named tuple of all its parts: its own way, by names and with defaults, takes twice as long."""
_KEY = r"[^\W\d_][\w ]{0,60}"
_PART = r"""[^\W_][^:#,?"'\\\[\]{}\n]*"""
_PAIR = rf"{_KEY}: +{_PART}"
_WORDS = r"[^\W_][^:#\n]*"
_SIGNED = (
    rf"\[ *{_PART}(?:, *{_PART})*\] *"
    rf"|\{{ *{_PAIR}(?:, *{_PAIR})*\}} *"
    r"""|"[^"\\\n]*" *|'[^'\n]*' *"""
)
"""A list or a table of plain words in brackets, or anything in quotes."""
_LINE = re.compile(rf"^(?:({_KEY}):(?: +(?:({_WORDS})|({_SIGNED}))?)?$|( *)- +({_WORDS}|{_SIGNED})$|(.*))", re.M)
"""A key with its value (words, or another) or with nothing behind it; an item's indent and value; any other line.
(Blanks at the end of a part go with it: an expression that looks for the last letter takes twice as long.)"""
_KEYED = re.compile(r"[^\W\d_](?:[\w ]{0,60}\w)?:(?: .*)?")


class Sorted(NamedTuple):
    """`rows`: the keys and values of plain lines; `numbers` and `rest`: all other lines that say something, with their
    numbers."""

    rows: list[tuple[Scalar, Node]]
    numbers: list[int]
    rest: list[str]


def sort(text: str, first: int) -> Sorted | None:
    """Take the plain lines out of a text of letters that can be printed, whose first line has the number `first`. None
    when the lines cannot be told apart with certainty: YAML has to read them all."""
    lines = text.split("\n")
    found = Sorted([], [], [])
    begun: int | None = None
    """The number of the line where an entry begins that may go on."""
    items: list[Node] | None = None
    """Its items as far as they are plain; None when it is not of plain items alone."""
    indent = ""
    for n, (key, words, value, deep, item, other) in enumerate(_LINE.findall(text), first):
        if item and items is not None and (deep == indent or not items):
            indent = deep
            items.append(_node(item, n))
        elif key or (other and other[0] not in " \t#-]}"):
            if begun is not None and not _close(found, lines[begun - first : n - first], begun, items):
                return None
            begun, items = None, None
            if words:
                found.rows.append((_new(Scalar, (key.rstrip(), n, True)), _new(Scalar, (words.rstrip(), n, True))))
            elif value:
                found.rows.append((_new(Scalar, (key.rstrip(), n, True)), _node(value, n)))
            elif key:
                begun, items = n, []
            elif _KEYED.fullmatch(other):
                begun = n
            else:
                return None
        elif begun is None and (item or (other.strip() and other[0] != "#")):
            return None  # it goes on with a plain line, or with nothing
        elif item or other:
            items = None
    return None if begun is not None and not _close(found, lines[begun - first :], begun, items) else found


def _close(found: Sorted, entry: Sequence[str], first: int, items: list[Node] | None) -> bool:
    """Put an entry where it belongs; False when it may be something else than it seems to be."""
    if items:
        key = Scalar(entry[0].partition(":")[0].rstrip(), first)
        found.rows.append((key, Items(tuple(items), items[0].line)))
        return True
    found.numbers.extend(range(first, first + len(entry)))
    found.rest.extend(entry)
    # No quotation or bracket that is opened in these lines may reach beyond them.
    text = "".join(entry)
    return items is None and not (
        text.count('"') % 2 or text.count("'") % 2
        or text.count("[") + text.count("{") != text.count("]") + text.count("}")
    )  # fmt: skip


def _node(value: str, line: int) -> Node:
    """A value of a plain line."""
    value = value.rstrip()
    if value[0] == "{":
        rows = []
        for pair in value[1:-1].split(","):
            key, _, part = pair.partition(":")
            rows.append((_new(Scalar, (key.strip(), line, True)), _new(Scalar, (part.strip(), line, True))))
        return _new(Table, (tuple(rows), line))
    if value[0] == "[":
        items = [_new(Scalar, (part.strip(), line, True)) for part in value[1:-1].split(",")]
        return _new(Items, (tuple(items), line))
    if value[0] in "\"'":
        return Scalar(value[1:-1], line, plain=False)
    return Scalar(value, line)
