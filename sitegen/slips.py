"""What is wrong with lines that YAML cannot read, told by looking at the lines. Pure text: codes, no words.

A parser stops at its first fault and often names a line that is innocent. So the lines are taken apart at the keys of
the outermost level, each piece is read alone, and what is wrong with a piece is found in that piece.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import yaml

CURLY = "“”„‟"
TEARING = ("yaml", "yaml-tab", "yaml-indent", "yaml-key", "yaml-no-keys", "yaml-quote-open")
"""Slips that leave it unsure which line belongs to which key."""
_KEY = r"[^\W\d_](?:[\w -]|\.(?=\w)){0,40}?"
_HEAD = re.compile(rf"^\s*(?:[-*•·–—+]\s*)?({_KEY})\s*[:=：]")
_ROW = re.compile(r"^(\s*(?:- )?)([^:#{\[]+?):\s+(.*)$")
_DASHES = re.compile(r"[-–—−]{2,10}|[–—−]|(?:[-–—−] ){1,9}[-–—−]")
_DASH = "-–—−"
_PROSE = re.compile(r"#{2,6} ")


_NONE: Mapping[str, str] = {}


class Slip(Record):
    """What is wrong with a line (counted from 0 in its piece): a code of `owner.MESSAGES`, and its facts."""

    line: int
    code: str
    facts: Mapping[str, str] = _NONE


def is_fence(line: str) -> bool:
    """Whether a line was meant as the fence of three hyphens: too many of them, or what Word makes of them."""
    return line[:1] in _DASH and bool(_DASHES.fullmatch(line.rstrip()))


def is_fact(line: str) -> bool:
    """Whether a line reads like `name: value`."""
    return bool(_HEAD.match(line)) and not line[:1].isspace()


def words_begin(lines: Sequence[str]) -> int | None:
    """Where a text's words begin, if nothing parts them from the facts above: at the first heading, or at the first
    line after a blank one that has nothing of a fact."""
    for n, line in enumerate(lines):
        alone = n > 0 and not lines[n - 1].strip()
        if _PROSE.match(line) or (alone and line.strip() and not is_fact(line) and line[0] not in " \t-#[]{}"):
            return n
    return None


def pieces(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(first, end) of every key or list item of the outermost level, with all that belongs to it."""
    level = min((_indent(line) for line in lines if _stands(line)), default=0)
    start: int | None = None
    for n, line in enumerate(lines):
        if not _stands(line) or _indent(line) > level or line.lstrip()[:1] in "]}":
            continue
        # A list may stand right below its key without being indented.
        item = line.lstrip().startswith("-") and start is not None and lines[start].rstrip().endswith(":")
        if item:
            continue
        if start is not None:
            yield start, n
        start = n
    if start is not None:
        yield start, len(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _stands(line: str) -> bool:
    """Whether something stands in the line that is no remark."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def opened(line: str) -> str | None:
    """The key of a line that has its value in the lines below."""
    found = re.fullmatch(rf"\s*({_KEY})\s*:\s*", line)
    return found[1] if found else None


def keys(lines: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    """(line, key, whether it surely is one of this level) of all that look like keys in a piece that cannot be read:
    these are there, if unread. Without a colon nobody knows where the key ends, so its first words are one, two or
    three; and what stands below the first line may belong into it."""
    for n, line in enumerate(lines):
        if (found := _HEAD.match(line)) and _stands(line):
            yield n, found[1].strip(), n == 0
        elif _stands(line):
            words = line.split()
            yield from ((n, " ".join(words[:count]), False) for count in (1, 2, 3))


def swallowed(line: str) -> Slip | None:
    """A value that YAML would cut short in silence: from ` #` on, which begins a remark, or a first word that begins
    with `&` or `!`, which are YAML's own marks."""
    row = re.match(r"^([^:#\"']+):[ \t]+(?:([&!])\S*|[^\s\"'\[{|>#][^#]*[ \t]#[^\s#]).*$", line)
    if row is None or ("{" in row[1] and any(line.partition(" #")[0].count(quote) % 2 for quote in "\"'")):
        return None  # there is none, or it stands within quotes
    key, value = row[1].strip(), line.partition(":")[2].strip()
    if row[2]:
        return Slip(0, "yaml-reserved", {"mark": row[2], "fixed": _quoted(key, value)})
    return Slip(0, "yaml-hash", {"fixed": _quoted(key, value)})


def slip(error: yaml.YAMLError | None, lines: Sequence[str]) -> Slip:
    """What is wrong with a piece of which YAML says `error` (None: it can be read, but is neither key nor item)."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    start = getattr(error, "context_mark", None)
    context = getattr(error, "context", "") or ""
    at = min(mark.line, len(lines) - 1) if mark is not None else 0
    for n, line in enumerate(lines):  # these are faults wherever they stand, and the parser stumbles elsewhere
        if line[: _indent(line)].count("\t"):
            return Slip(n, "yaml-tab")
        if re.match(rf"\s*(?:- )?{_KEY}\s*：", line):
            return Slip(n, "yaml-wide-colon", {"fixed": re.sub(r"\s*：\s*", ": ", line, count=1).strip()})
    begun = min(start.line, len(lines) - 1) if start is not None else 0
    if "quoted scalar" in context:
        # The parser reads on to the next quote, many lines below; the fault is where the quote was opened.
        typed = lines[begun].strip()
        if (getattr(error, "problem", "") or "").startswith("found unknown escape"):
            return Slip(begun, "yaml-backslash", {"fixed": typed.replace("\\", "\\\\")})
        quote = "'" if lines[begun][getattr(start, "column", 0) :].startswith("'") else '"'
        return Slip(begun, "yaml-quote-open", {"fixed": f"{typed}{quote}"})
    if "flow" in context:
        return _open(lines[begun], begun) or Slip(begun, "yaml-comma")
    # The parser often notices a fault one line late; the line that shows the cause is the one to name.
    for n in range(at, max(at - 2, -1), -1):
        if found := _cause(lines[n]):
            return Slip(n, found.code, found.facts)
    above = lines[at - 1] if at else ""
    if at and lines[at][:1] == " " and _stands(above) and not above.rstrip().endswith(":"):
        return Slip(at, "yaml-two-values" if lines[at].lstrip().startswith("- ") else "yaml-indent")
    return Slip(at, "yaml-key" if mark is not None and "key" in (getattr(error, "problem", "") or "") else "yaml")


def _cause(line: str) -> Slip | None:
    bullet = re.match(r"^\s*([*•·–—+]|-(?=\S))\s*(.*)$", line)
    if bullet and bullet[2]:
        item = bullet[2].startswith(("{", "["))
        return Slip(0, "yaml-bullet", {"mark": bullet[1], "fixed": f"- {bullet[2]}" if item else bullet[2]})
    if any(mark in line for mark in CURLY):
        return Slip(0, "yaml-curly-quote", {"fixed": straight(line)})
    if "\t" in line:
        return Slip(0, "yaml-tab")
    row = _ROW.match(line)
    if row and (found := _value(row[2].strip(), row[3].strip(), line)):
        return found
    bare = re.match(rf"^\s*((?:- )?{_KEY}):(\S.*)$", line)
    if bare and not bare[2].startswith("//"):
        return Slip(0, "yaml-no-space", {"fixed": f"{bare[1].strip()}: {bare[2]}"})
    equals = re.match(rf"^\s*({_KEY})\s*=\s*(.+)$", line)
    if equals:
        return Slip(0, "yaml-equals", {"fixed": f"{equals[1]}: {equals[2]}"})
    if line.strip() and ":" not in line and not line.strip().startswith(("-", "#", "]", "}")):
        return Slip(0, "yaml-no-colon")
    return None


def _value(key: str, value: str, line: str) -> Slip | None:
    """What is wrong with `key: value` for its value's sake."""
    if not value.startswith(('"', "'", "[", "{")) and re.search(r":(\s|$)", value):
        return Slip(0, "yaml-colon", {"fixed": _quoted(key, value)})
    after = re.match(r"^([\"'])([^\"']*)\1\s*([^\s#].*)$", value)
    if after:
        return Slip(0, "yaml-after-quote", {"fixed": f'{key}: "{after[2]} {after[3]}"'})
    for quote in "\"'":
        if value.startswith(quote) and value.count(quote) % 2:
            return Slip(0, "yaml-quote-open", {"fixed": f"{line.strip()}{quote}"})
    if value.startswith(("[", "{")):
        if found := _open(line):
            return found
        if re.search(r"[\]}]\s*[^\s#\]},]", value):
            return Slip(0, "yaml-after-bracket", {"fixed": _quoted(key, value)})
    if value[:1] in ("@", "`", "%", "&", "*", "!", "|", ">") or value.startswith(("- ", "? ")):
        return Slip(0, "yaml-reserved", {"mark": value[0], "fixed": _quoted(key, value)})
    return None


def straight(line: str) -> str:
    """A line with straight quotes for curly ones."""
    return re.sub(f"[{CURLY}]", '"', line).strip()


def _quoted(key: str, value: str) -> str:
    typed = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{key}: "{typed}"'


def _open(line: str, at: int = 0) -> Slip | None:
    """Brackets that are opened in the line and not closed in their order, with the line as it should be: each is closed
    where the one around it ends, at the latest at the end of the line; what closes nothing goes."""
    fixed, waiting, quote, missed = "", "", "", False
    for mark in line.strip():
        quote = "" if mark == quote else quote or (mark if mark in "\"'" and _begins(fixed) else "")
        if quote or mark not in "[]{}":
            fixed += mark
        elif mark in "[{":
            waiting += "]" if mark == "[" else "}"
            fixed += mark
        elif mark in waiting:
            inside = waiting[waiting.rindex(mark) :]
            missed |= len(inside) > 1
            fixed += inside[::-1]
            waiting = waiting.removesuffix(inside)
    fixed += waiting[::-1]
    return Slip(at, "yaml-bracket-open", {"fixed": fixed}) if missed or waiting else None


def _begins(before: str) -> bool:
    """Whether a value may begin behind these: there a quote opens, and elsewhere it is an apostrophe."""
    return before.rstrip()[-1:] in ("", ":", ",", "[", "{", "-")
