"""Style sheets: what in them is opened and not closed, or closes nothing. A browser passes over all that follows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sitegen.errors import problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.errors import Problem

ENTRY = "global.css"
"""The sheet that names all others."""
IMPORT = re.compile(r'@import\s+"([^"]+)"\s*(?:layer\(([\w.]+)\))?\s*;')
"""How it names one: its file, its layer."""
_IMPORTING = re.compile(r"@import\b.*")
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(
    r"""(?P<remark>/\*)(?:.*?(?P<end>\*/))?|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?P<quote>["'])"""
    r"""|\\.|url\(\s*[^"')\s][^)\n]*\)|(?P<sign>[{}()\[\];])""",
    re.DOTALL,
)
_PAIRS = {"{": "}", "(": ")", "[": "]"}
_CLOSING = {"}": "{", ")": "(", "]": "["}


class _Opened(NamedTuple):
    sign: str
    at: int


class _Slip(NamedTuple):
    at: int
    code: str
    facts: Mapping[str, str]


def mistakes(sheets: Mapping[str, str]) -> list[Problem]:
    """Every sheet's mistakes, and those in what `global.css` calls for. `sheets` are texts by their path in
    static/css/."""
    found = [each for name, text in sheets.items() for each in unclosed(text, f"static/css/{name}")]
    path, bare = f"static/css/{ENTRY}", without_remarks(sheets.get(ENTRY, ""))
    if ENTRY not in sheets:
        found.append(problem(path, 0, "style-missing", name=path))
    for each in _IMPORTING.finditer(bare):
        line, called = bare.count("\n", 0, each.start()) + 1, IMPORT.match(bare, each.start())
        if called is None:
            found.append(problem(path, line, "style-import", quote=each[0]))
        elif called[1] not in sheets:
            found.append(problem(path, line, "style-missing", quote=each[0], name=f"static/css/{called[1]}"))
    return found


def without_remarks(text: str) -> str:
    """The sheet with nothing in its remarks, line by line as it was."""
    return _REMARK.sub(lambda remark: "\n" * remark[0].count("\n"), text)


@lru_cache(maxsize=256)  # the preview asks for these anew when any one has changed
def unclosed(text: str, path: str) -> tuple[Problem, ...]:
    """Braces, brackets, quotes and remarks that are opened and not closed, each at the line where it was opened, and
    braces and brackets that close nothing."""
    slips, balanced = _slips(text)
    if not balanced:
        # Where a brace is missing within others, the last of these closes too early; how far lines are indented tells
        # which was meant.
        indented, balanced = _slips(text, by_indent=True)
        slips = indented if balanced else slips
    lines = text.split("\n")
    return tuple(
        problem(path, line, slip.code, quote=lines[line - 1], **slip.facts)
        for slip in slips
        for line in (text.count("\n", 0, slip.at) + 1,)
    )


def _slips(text: str, *, by_indent: bool = False) -> tuple[list[_Slip], bool]:
    """What is wrong, in order, and whether all braces (but for what `by_indent` made of them) come in pairs."""
    found: list[_Slip] = []
    waiting: list[_Opened] = []
    balanced = True

    def drop() -> None:
        sign, at = waiting.pop()
        found.append(_Slip(at, "style-open", {"mark": sign, "end": _PAIRS[sign]}))

    for piece in _PIECE.finditer(text):
        sign, at = piece["sign"], piece.start()
        if piece["remark"] and not piece["end"]:
            found.append(_Slip(at, "style-open", {"mark": "/*", "end": "*/"}))
            return found, True  # all that follows is a remark
        if quote := piece["quote"]:
            found.append(_Slip(at, "style-open", {"mark": quote, "end": quote}))
        if sign is None:
            continue
        if sign in "{};":  # neither a block nor a line goes on within brackets
            while waiting and waiting[-1].sign != "{":
                drop()
        if by_indent and sign == "}":
            while len(waiting) > 1 and _deeper(text, waiting, at):
                drop()
        if sign in _PAIRS:
            waiting.append(_Opened(sign, at))
        elif sign != ";" and waiting and waiting[-1].sign == _CLOSING[sign]:
            waiting.pop()
        elif sign != ";":
            balanced &= sign != "}"
            found.append(_Slip(at, "style-stray", {"mark": sign}))
    balanced &= not waiting
    while waiting:
        drop()
    return sorted(found, key=lambda slip: slip.at), balanced


def _deeper(text: str, waiting: list[_Opened], at: int) -> bool:
    """Whether a brace that begins its line stands further left than the line of the block that it would close, and as
    far as that of one around it."""
    here = _indent(text, at)
    return (
        not text[text.rfind("\n", 0, at) + 1 : at].strip()
        and _indent(text, waiting[-1].at) > here
        and any(_indent(text, each.at) == here for each in waiting[:-1])
    )


def _indent(text: str, at: int) -> int:
    """How far the line is indented that this place is in."""
    start = text.rfind("\n", 0, at) + 1
    return len(text[start:at]) - len(text[start:at].lstrip())
