"""Front matter and settings as a tree that remembers lines.

YAML's own guesses (`no` → False, `08:30` → 510, `8.5` → float) are what surprises owners, so a scalar stays
the text that was typed; what it means is decided by the schema's kinds. PyYAML does the reading.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from sitegen import plainlines, slips
from sitegen.errors import Problem, problem
from sitegen.nodes import Items, Scalar, Table, Unread
from sitegen.text import INVISIBLE, SPACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yaml import YAMLError

    from sitegen.nodes import Node

FENCE = "---"


class Text(NamedTuple):
    """A file's text, split: `front` (None when there is none, or it cannot be read) and `body`."""

    front: Table | None
    body: str
    body_line: int
    lines: tuple[str, ...]


BREAKS = "\x85\u2028\u2029"
_BREAKS = str.maketrans(BREAKS, "   ")
"""Ends of lines to YAML, and to no editor that an owner has."""
_ODD = re.compile(f"[{SPACES}{INVISIBLE}]")
_BEFORE_A_VALUE = re.compile(f"^[^:\n\"'{{\\[#]*:[ {SPACES}{INVISIBLE}]*|^[ {SPACES}{INVISIBLE}]*-?[ {SPACES}]*", re.M)
_EMPTY = re.compile(r"^[ \t]+$", re.M)
"""A line that looks empty, and in which YAML would mind a tab."""
_FOREIGN = ((b"PK\x03\x04", "Word"), (b"\xd0\xcf\x11\xe0", "Word"), (b"{\\rtf", "WordPad"), (b"%PDF", "PDF"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROLS = bytes(n for n in (*range(32), 127) if n not in b"\t\n\r")


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Bytes → NFC text with `\\n` line ends; a BOM and Windows line ends are nobody's mistake."""
    for sign, program in _FOREIGN:
        if data.startswith(sign):
            return "", [problem(path, 0, "not-text", program=program)]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", [problem(path, 0, "utf-16")]
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        typed = data.split(b"\n")[line - 1].decode("utf-8", "replace")
        return "", [problem(path, line, "not-utf8", quote=typed)]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(data.translate(None, _CONTROLS)) < len(data) and (found := _CONTROL.search(text)):
        line = text.count("\n", 0, found.start()) + 1
        typed = _CONTROL.sub("\ufffd", text.split("\n")[line - 1])
        return "", [problem(path, line, "control-character", quote=typed)]
    return text, []


def split(data: bytes, path: str) -> tuple[Text, list[Problem]]:
    """Read a Markdown file: the front matter between two `---` lines, then the words. With a fence that is missing or
    mistyped, what was meant is read all the same, so that every mistake is told at once."""
    text, problems = decode(data, path)
    lines = tuple(text.split("\n"))
    nothing = Text(None, text, 1, lines)
    if problems:
        return nothing, problems
    top = next((n for n, line in enumerate(lines) if line.strip()), None)
    if top is None:
        return nothing, [problem(path, 0, "file-empty")]
    first = top + 1
    if lines[top].rstrip() != FENCE:
        if slips.is_fence(lines[top]):
            problems.append(problem(path, top + 1, "front-matter-dash", quote=lines[top]))
        elif slips.is_fact(lines[top]):
            problems.append(problem(path, top + 1, "front-matter-not-opened", quote=lines[top]))
            first = top
        else:
            return nothing, [problem(path, top + 1, "no-front-matter", quote=lines[top])]
    end = next((n for n in range(first, len(lines)) if slips.is_fence(lines[n])), None)
    if end is None:
        front, faults, end = _unclosed(lines, first, path)
        return Text(front, "\n".join(lines[end:]), end + 1, lines), [*problems, *faults]
    front, faults = read_yaml("\n".join(lines[first:end]), path, lines, first_line=first + 1)
    begin = slips.words_begin(lines[first:end]) if faults else None
    if begin is not None:  # the fence that was found is a rule within the words
        front, faults, end = _unclosed(lines, first, path)
        return Text(front, "\n".join(lines[end:]), end + 1, lines), [*problems, *faults]
    if lines[end].rstrip() != FENCE:
        problems.append(problem(path, end + 1, "front-matter-dash", quote=lines[end]))
    return Text(front, "\n".join(lines[end + 1 :]), end + 2, lines), [*problems, *faults]


def _unclosed(lines: tuple[str, ...], first: int, path: str) -> tuple[Table | None, list[Problem], int]:
    """Front matter without its second fence, and the line (from 0) where the words begin."""
    begin = slips.words_begin(lines[first:])
    if begin is None:
        end = len(lines)
        fault = problem(path, 0, "front-matter-not-closed")
    else:
        end = first + begin
        fault = problem(path, end + 1, "front-matter-not-closed-here", quote=lines[end])
    front, faults = read_yaml("\n".join(lines[first:end]), path, lines, first_line=first + 1)
    return front, [fault, *faults], end


def read_yaml(text: str, path: str, lines: Sequence[str], first_line: int = 1) -> tuple[Table | None, list[Problem]]:
    """YAML text → `Table`; each fault in the YAML becomes a problem in plain words, and the rest is read."""
    if not _printable(text):
        text = _EMPTY.sub("", text.translate(_BREAKS))
        text = _BEFORE_A_VALUE.sub(lambda m: _ODD.sub(lambda odd: " " if odd[0] in SPACES else "", m[0]), text)
    if _printable(text) and (table := _quickly(text, first_line)):
        return table, []
    found: list[tuple[int, slips.Slip]] = []
    node, error = _tree(text, range(first_line, first_line + len(lines) + 2))
    if error is None and node is None:
        return Table((), first_line), []
    node = node or Unread(first_line)
    if not isinstance(node, Table):
        typed = text.split("\n")
        if error is None and not any(slips.is_fact(line) for line in typed):
            line = min(node.line, len(lines))  # nothing at all stands after the end
            return None, [problem(path, line, "yaml-no-keys", quote=lines[line - 1])]
        node = _salvage(typed, first_line, found)
        if not found:
            found.append((0, slips.slip(error, typed)))
    elif _marked(text):
        found += [(n, cut) for n, line in enumerate(text.split("\n")) if (cut := slips.swallowed(line))]
    told = [(first_line + n + slip.line, slip) for n, slip in found]
    problems = [problem(path, n, slip.code, quote=lines[n - 1], **slip.facts) for n, slip in told]
    return node if isinstance(node, Table) else None, problems


def _printable(text: str) -> bool:
    """Whether lines hold no blanks but spaces, and nothing that cannot be seen."""
    return text.replace("\n", "").isprintable()


def _tree(text: str, numbers: Sequence[int]) -> tuple[Node | None, YAMLError | None]:
    """`yamltree.tree`, loaded only now: most files are read without PyYAML, which takes 10 ms to load."""
    from sitegen import yamltree

    return yamltree.tree(text, numbers)


def _salvage(lines: Sequence[str], first_line: int, found: list[tuple[int, slips.Slip]], above: int = 0) -> Node:
    """What can be read of lines that cannot be read as a whole. Slips go to `found`, with the number of the line that
    they count from (`above` lines of the front matter stand before these; `first_line` is that of the front matter)."""
    rows: list[tuple[Scalar, Node]] = []
    items: list[Node] = []
    listed: list[tuple[int, Sequence[str], Node]] = []
    for start, end in slips.pieces(lines):
        piece, at = lines[start:end], above + start
        node, error = _tree("\n".join(piece), range(first_line + at, first_line + end + above + 2))
        if isinstance(node, Table):
            rows += node.rows
        elif isinstance(node, Items):
            listed.append((at, piece, node))
        elif error is not None and (key := slips.opened(piece[0])) and len(piece) > 1:
            rows.append((Scalar(key, first_line + at), _salvage(piece[1:], first_line, found, at + 1)))
        elif node is not None or error is not None:
            found.append((at, slips.slip(error, piece)))
            unread = [
                (Scalar(key, first_line + at + n), Unread(first_line + at + n, named))
                for n, key, named in slips.keys(piece)
            ]
            if any(line.lstrip().startswith("- ") for line in (piece[0], found[-1][1].facts.get("fixed", ""))):
                items.append(Unread(first_line + at))
            else:
                rows += unread
    for at, piece, node in listed:
        if rows:  # an item among keys
            found.append((at, slips.Slip(0, "yaml-bullet", {"mark": "-", "fixed": piece[0].strip("- ")})))
            rows += [(Scalar(key, first_line + at), Unread(first_line + at)) for _, key, _ in slips.keys(piece)]
        elif isinstance(node, Items):
            items += node.items
    return Table(tuple(rows), first_line + above) if rows or not items else Items(tuple(items), first_line + above)


def _quickly(text: str, first_line: int) -> Table | None:
    """The table, where it is one without any mistake and most of it needs no YAML; None where YAML has to read all."""
    lines = None if _marked(text) else plainlines.sort(text, first_line)
    if lines is None or not lines.rows:
        return None
    rows = lines.rows
    if lines.rest:
        end = "\n" if lines.numbers[-1] < rows[-1][0].line else ""  # where the last line ends in the text, it ends here
        node, _ = _tree("\n".join(lines.rest) + end, [*lines.numbers, first_line])
        if not isinstance(node, Table) or _hollow(node):
            return None  # YAML puts a value that is not there beside whatever comes next
        rows += node.rows
        rows.sort(key=lambda row: row[0].line)
    return Table(tuple(rows), rows[0][0].line)


def _marked(text: str) -> bool:
    """Whether a value may be cut short by one of YAML's own marks. (A single letter is found at once.)"""
    return (
        ("#" in text and " #" in text) or ("&" in text and ": &" in text) or ("!" in text and ": !" in text)
    )  # fmt: skip


def _hollow(node: Node) -> bool:
    """Whether there is nothing where a value might be."""
    if isinstance(node, Table):
        return any(_hollow(value) for _, value in node.rows)
    if isinstance(node, Items):
        return any(_hollow(item) for item in node.items)
    return isinstance(node, Scalar) and node.plain and not node.text
