"""What stands in front matter and settings, as a tree that remembers lines.

A scalar stays the text that was typed; what it means is decided by the schema's kinds.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Scalar(NamedTuple):
    """A single value as it was typed; `plain` when without quotes."""

    text: str
    line: int
    plain: bool = True


class Items(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int


class Table(NamedTuple):
    """Keys and values in the order typed; a key may stand twice (the schema calls that a mistake)."""

    rows: tuple[tuple[Scalar, Node], ...]
    line: int


class Unread(NamedTuple):
    """A value that is there and cannot be read: what is wrong with it has been told. Its key may be no more than a
    guess, unless it is `named`."""

    line: int
    named: bool = False


Node: TypeAlias = Scalar | Items | Table | Unread
