"""Front matter and settings as a tree that remembers lines.

YAML's own guesses (`no` → False, `08:30` → 510, `8.5` → float) are what surprises owners, so a scalar stays
the text that was typed; what it means is decided by the schema's kinds. PyYAML does the reading.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml

from sitegen.errors import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # which of the two it is depends on the machine
    """Reads the shape and leaves all values text: YAML's guesses are not asked for, which takes a third of the time."""

    def resolve(self, kind: Any, _value: object, _implicit: object) -> str:
        """No tag of its own."""
        return str(kind.id)

    def descend_resolver(self, *_: object) -> None:
        """Nothing to resolve below."""

    def ascend_resolver(self) -> None:
        """Nor above."""


CURLY = "“”„‟"
FENCE = "---"


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


Node: TypeAlias = Scalar | Items | Table


class Text(NamedTuple):
    """A file's text, split: `front` (None when there is none, or it cannot be read) and `body`."""

    front: Table | None
    body: str
    body_line: int
    lines: tuple[str, ...]


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Bytes → NFC text with `\\n` line ends; a BOM and Windows line ends are nobody's mistake."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", [problem(path, line, "not-utf8")]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, []


def split(data: bytes, path: str) -> tuple[Text, list[Problem]]:
    """Read a Markdown file: the front matter between two `---` lines, then the words."""
    text, problems = decode(data, path)
    lines = tuple(text.split("\n"))
    if problems:
        return Text(None, "", 1, lines), problems
    if lines[0].rstrip() != FENCE:
        start = next((n for n, line in enumerate(lines, 1) if line.strip()), 1)
        return Text(None, text, 1, lines), [problem(path, start, "no-front-matter", quote=lines[start - 1])]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        dash = next((n for n, line in enumerate(lines[1:], 2) if re.fullmatch(r"[-–—]{1,5}", line.strip())), None)
        if dash is not None:
            return Text(None, "", 1, lines), [problem(path, dash, "front-matter-dash", quote=lines[dash - 1])]
        return Text(None, "", 1, lines), [problem(path, 1, "front-matter-not-closed", quote=lines[0])]
    front, problems = read_yaml("\n".join(lines[1:end]), path, lines, first_line=2)
    return Text(front, "\n".join(lines[end + 1 :]), end + 2, lines), problems


def read_yaml(text: str, path: str, lines: Sequence[str], first_line: int = 1) -> tuple[Table | None, list[Problem]]:
    """YAML text → `Table`; a fault in the YAML becomes a problem in plain words."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        return None, [_fault(error, text, path, lines, first_line)]
    finally:
        loader.dispose()
    if root is None:
        return Table((), first_line), []
    node = _node(root, first_line)
    if isinstance(node, Table):
        return node, []
    return None, [problem(path, node.line, "yaml-no-keys", quote=lines[node.line - 1])]


def _node(node: yaml.Node, first_line: int) -> Node:
    line = node.start_mark.line + first_line
    if isinstance(node, yaml.ScalarNode):
        return Scalar(node.value, line, node.style in (None, ""))
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_node(item, first_line) for item in node.value), line)
    rows = tuple(
        (
            Scalar(key.value if isinstance(key.value, str) else "?", key.start_mark.line + first_line),
            _node(value, first_line),
        )
        for key, value in node.value
    )
    return Table(rows, line)


def _fault(error: yaml.YAMLError, text: str, path: str, lines: Sequence[str], first_line: int) -> Problem:
    """Say a YAML fault in the owner's terms, by looking at the line rather than at the parser's words."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    opened = getattr(error, "context_mark", None)
    if opened is not None and "quoted scalar" in (getattr(error, "context", "") or ""):
        # The parser reads on to the next quote, many lines below; the fault is where the quote was opened.
        line = opened.line + first_line
        typed = text.split("\n")[opened.line].strip()
        if getattr(error, "problem", "").startswith("found unknown escape"):
            return problem(path, line, "yaml-backslash", quote=typed, fixed=typed.replace("\\", "\\\\"))
        return problem(path, line, "yaml-quote-open", quote=typed, fixed=f'{typed}"')
    source = text.split("\n")
    at = min(mark.line, len(source) - 1) if mark is not None else 0
    if opened is not None and "flow" in (getattr(error, "context", "") or ""):
        line = opened.line + first_line
        if _opens(lines[line - 1]):
            return problem(path, line, "yaml-bracket-open", quote=lines[line - 1])
        return problem(path, line, "yaml-comma", quote=lines[line - 1])
    # The parser often notices a fault one line late; the line that shows the cause is the one to name.
    for n in range(at, max(at - 2, -1), -1):
        code, facts = _cause(source[n])
        if code:
            return problem(path, n + first_line, code, quote=lines[n + first_line - 1], **facts)
    if at and source[at][:1] == " " and source[at - 1][:1] not in (" ", "-", "#") and not source[at - 1].endswith(":"):
        return problem(path, at + first_line, "yaml-indent", quote=source[at])
    if mark is not None and mark.column == 0 and "key" in (getattr(error, "problem", "") or ""):
        return problem(path, at + first_line, "yaml-key", quote=source[at])
    return problem(path, at + first_line, "yaml", quote=source[at])


def _cause(line: str) -> tuple[str, dict[str, str]]:
    if "\t" in line:
        return "yaml-tab", {}
    if any(mark in line for mark in CURLY):
        return "yaml-curly-quote", {"fixed": re.sub(f"[{CURLY}]", '"', line).strip()}
    row = re.match(r"^(\s*(?:- )?)([^:#]+):\s+(.*)$", line)
    if row:
        key, value = row[2].strip(), row[3].strip()
        if not value.startswith(('"', "'", "[", "{")) and re.search(r":(\s|$)", value):
            quoted = value.replace("\\", "\\\\").replace('"', '\\"')
            return "yaml-colon", {"fixed": f'{key}: "{quoted}"'}
        after = re.match(r'^"([^"]*)"\s*([^\s#].*)$', value)
        if after:
            return "yaml-after-quote", {"fixed": f'{key}: "{after[1]} {after[2]}"'}
        if value.count('"') % 2 and value.startswith('"'):
            return "yaml-quote-open", {"fixed": f'{line.strip()}"'}
        if value[:1] in "@`%&*!|>" and value[:1]:
            return "yaml-reserved", {"mark": value[0], "fixed": f'{key}: "{value}"'}
        if value.startswith(("[", "{")) and _opens(value):
            return "yaml-bracket-open", {}
    bare = re.match(r"^\s*([\w ]+):(\S.*)$", line)
    if bare and "/" not in bare[2][:2]:
        return "yaml-no-space", {"fixed": f"{bare[1].strip()}: {bare[2]}"}
    if line.strip() and ":" not in line and not line.strip().startswith(("-", "#", "]", "}")):
        return "yaml-no-colon", {}
    return "", {}


def _opens(line: str) -> bool:
    """Whether more brackets are opened than closed in the line."""
    return line.count("[") + line.count("{") > line.count("]") + line.count("}")
