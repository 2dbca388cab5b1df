"""Front matter without YAML: the lines of it that need none.

`price: 8500000` says the same to everybody. Of a usual front matter two lines in three are of that kind, and reading
them here leaves a third of the work to PyYAML; `tests/sitegen/test_front.py` holds the outcome to what PyYAML alone
makes of the whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLAIN = re.compile(
    r"([^\W\d_](?:[\w ]{0,60}\w)?): +"
    r"([^\W_](?:[^:#\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]*[^\s:#\x00-\x1f\x7f-\x9f\ufeff])?) *"
)
"""A key and a value that no sign of YAML's stands in."""
_KEYED = re.compile(r"[^\W\d_](?:[\w ]{0,60}\w)?:(?: .*)?")


class Sorted(NamedTuple):
    """`plain`: number (from 0), key and value of each line that is plain; `rest`: the numbers of all others that say
    something, and their text."""

    plain: list[tuple[int, str, str]]
    numbers: list[int]
    rest: list[str]


def sort(lines: Sequence[str]) -> Sorted | None:
    """Take the plain lines out. None when the lines cannot be told apart with certainty: YAML has to read them all."""
    plain: list[tuple[int, str, str]] = []
    numbers: list[int] = []
    rest: list[str] = []
    entry: list[str] | None = None
    for number, line in enumerate(lines):
        if not line or line[0] in " \t#-]}":
            if line.strip() and line[0] != "#" and entry is None:
                return None  # it goes on with a plain line, or with nothing
            if entry is not None:
                entry.append(line)
                numbers.append(number)
                rest.append(line)
            continue
        if entry and not _closed(entry):
            return None
        entry = None
        if found := _PLAIN.fullmatch(line):
            plain.append((number, found[1], found[2]))
        elif _KEYED.fullmatch(line):
            entry = [line]
            numbers.append(number)
            rest.append(line)
        else:
            return None
    return None if entry and not _closed(entry) else Sorted(plain, numbers, rest)


def _closed(entry: Sequence[str]) -> bool:
    """Whether no quotation or bracket that is opened in these lines can reach beyond them."""
    text = "".join(entry)
    return not (
        text.count('"') % 2 or text.count("'") % 2
        or text.count("[") + text.count("{") != text.count("]") + text.count("}")
    )  # fmt: skip
