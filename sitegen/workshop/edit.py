"""Change a value in an owner's file and nothing else: comments, order, unknown text, quotes and line ends stay. Pure.

The file is read by PyYAML, which says where each value begins and ends; only those characters are replaced. The
outcome is read again before it is handed out: a file too strange to be edited safely raises `CannotEdit` instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import cast

import yaml

from sitegen.workshop.align import align
from sitegen.workshop.yaml_words import Value, after_colon, inline, key, row, scalar

BOM = "\ufeff"
_EOL = re.compile(r"\r\n|\n|\r")
_FENCED = re.compile(
    r"(\ufeff?---[ \t]*(?:\r\n|\n|\r))(.*?)(^---[ \t]*(?:(?:\r\n|\n|\r).*|\Z))", re.DOTALL | re.MULTILINE
)
_FENCE_LINE = re.compile(r"---[ \t]*(?:\r\n|\n|\r)?")
EMPTY = b"---\n---\n"
"""A Markdown file before anything stands in it."""


class CannotEdit(Exception):
    """The file is not YAML, or holds something (an anchor, say) that an edit could break; it is left alone."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A file's text: what stands before the YAML, the YAML, and what stands after it. `eol` is its line end."""

    head: str
    front: str
    tail: str
    eol: str

    @property
    def body(self) -> str:
        """The words below the front matter, as raw text."""
        return self.tail[len(_fence(self.tail)) :]


def take_apart(data: bytes, *, markdown: bool) -> Parts:
    """Split a Markdown file, or a YAML file (`markdown=False`: all of it is front)."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotEdit from error
    eol = found[0] if (found := _EOL.search(text)) else "\n"
    if not markdown:
        head = BOM if text.startswith(BOM) else ""
        return Parts(head, text[len(head) :], "", eol)
    fenced = _FENCED.fullmatch(text)
    if fenced is None:
        raise CannotEdit
    return Parts(fenced[1], fenced[2], fenced[3], eol)


def words(data: bytes) -> str:
    """The words of a Markdown file with `\\n` line ends, without the blank lines around them."""
    return _EOL.sub("\n", take_apart(data, markdown=True).body).strip("\n")


@lru_cache(maxsize=2048)
def values(data: bytes, *, markdown: bool = True) -> Mapping[str, Value | None]:
    """The front matter's keys and values as they are typed. Raises `CannotEdit`."""
    root = _compose(take_apart(data, markdown=markdown).front)
    return cast("Mapping[str, Value | None]", plain(root)) if root else {}


def update(data: bytes, wanted: Mapping[str, Value | None], *, body: str | None = None, markdown: bool = True) -> bytes:
    """The file with these values, and with `body` as its words if given.

    Keys that are not in `wanted` stay; a value that is wanted as it is stays as it is typed; a new key goes after the
    nearest key before it in `wanted`, so that this also says the order. Raises `CannotEdit`.
    """
    parts = take_apart(data, markdown=markdown)
    front = _front(parts.front, wanted, parts.eol)
    tail = parts.tail if body is None else _fence(parts.tail, parts.eol) + _body(parts.body, body, parts.eol)
    return f"{parts.head}{front}{tail}".encode()


def _fence(tail: str, eol: str = "") -> str:
    found = _FENCE_LINE.match(tail)
    line = found[0] if found else ""
    return line if not line or _EOL.search(line) else line + eol


def _body(old: str, new: str, eol: str) -> str:
    """Line by line, so that lines that stay keep their own line ends, and the blank lines around stay."""
    flat = _EOL.sub("\n", old)
    lead = trail = "\n"
    if flat.strip("\n"):
        lead, trail = flat[: len(flat) - len(flat.lstrip("\n"))], flat[len(flat.rstrip("\n")) :]
    wanted = lead + _EOL.sub("\n", new).strip("\n") + trail
    if wanted == flat or (not new.strip("\n") and not flat.strip("\n")):
        return old
    before, ends = _EOL.split(old), [*_EOL.findall(old), ""]
    after = wanted.split("\n")
    lines = []
    for code, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if code == "equal":
            lines += [before[n] + (ends[n] or eol) for n in range(i, j)]
        else:
            lines += [line + eol for line in after[k:m]]
    lines[-1] = _EOL.sub("", lines[-1])
    return "".join(lines)


def _front(text: str, wanted: Mapping[str, Value | None], eol: str) -> str:
    root = _compose(text)
    if root is None:
        changed = text + "".join(row(name, value, 0, eol) for name, value in wanted.items() if value is not None)
        before: Value = {}
    else:
        before = plain(root)
        editor = Editor(text, eol)
        changed = apply(text, editor.table(root, wanted))
    after = _compose(changed)
    if merged(before, wanted) != (plain(after) if after else {}):
        raise CannotEdit
    return changed


def _compose(text: str) -> yaml.MappingNode | None:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise CannotEdit from error
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise CannotEdit
    return root


def plain(node: yaml.Node) -> Value:
    """A node's meaning as text, lists and tables; of a key that stands twice the first counts."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return tuple(plain(item) for item in node.value)
    table: dict[str, Value | None] = {}
    for name, value in node.value:
        table.setdefault(str(name.value), plain(value))
    return table


def merged(before: Value | None, wanted: Value | None) -> Value | None:
    """What a reader must find after the edit."""
    if isinstance(wanted, Mapping):
        table = dict(before) if isinstance(before, Mapping) else {}
        for name, value in wanted.items():
            if value is None:
                table.pop(name, None)
            else:
                table[name] = merged(table.get(name), value)
        return table
    if isinstance(wanted, tuple):
        old = before if isinstance(before, tuple) else ()
        pairs = zip(align(old, wanted), wanted, strict=True)
        return tuple(cast("Value", merged(None if i is None else old[i], item)) for i, item in pairs)
    return None if wanted is None else str(wanted)


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterator[Edit], low: int = 0, high: int | None = None) -> str:
    """The part of `text` from `low` to `high` with the edits, which do not overlap, made."""
    parts, at = [], low
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:high]])


@dataclass(frozen=True, slots=True)
class Editor:
    """Finds which characters of a YAML text have to change."""

    text: str
    eol: str

    def table(self, node: yaml.MappingNode, wanted: Mapping[str, Value | None]) -> Iterator[Edit]:
        """Edits that give a table's keys their wanted values."""
        rows = {str(name.value): (name, value) for name, value in reversed(node.value)}
        grows = any(name not in rows and value is not None for name, value in wanted.items())
        same = not grows and all(wanted.get(name, "") is not None for name in rows)
        if node.flow_style and not same:
            yield Edit(node.start_mark.index, node.end_mark.index, self._flow_table(rows, wanted))
            return
        first, last = node.value[0][0], None
        for name, value in wanted.items():
            if name in rows:
                last = rows[name]
                if value is None:
                    yield self._without(node, *last)
                else:
                    yield from self._value(*last, value, flow=bool(node.flow_style))
            elif value is not None:
                column = first.start_mark.column
                line = row(name, value, column, self.eol)
                if last is None:
                    at = self._line_start(first.start_mark.index)
                    dash = self.text[at : first.start_mark.index].strip()
                    above = line.lstrip(" ") + " " * column if dash else line
                    at = first.start_mark.index if dash else at
                    yield Edit(at, at, above)
                else:
                    at = self._after(last[1], column)
                    gap = self.eol if self.text[at - 1] not in "\r\n" else ""
                    yield Edit(at, at, gap + line)

    def _flow_table(
        self, rows: Mapping[str, tuple[yaml.Node, yaml.Node]], wanted: Mapping[str, Value | None]
    ) -> str:
        """A table in braces whose keys change, written anew from the old rows' own text."""
        texts = {}
        for name, (name_node, old) in reversed(list(rows.items())):
            value = wanted.get(name)
            if name in wanted and value is None:
                continue
            edits = self._value(name_node, old, value, flow=True) if value is not None else iter(())
            texts[name] = apply(self.text, edits, name_node.start_mark.index, self._end(old))
        order = list(texts)
        for n, (name, value) in enumerate(wanted.items()):
            if name not in rows and value is not None:
                before = [order.index(known) for known in list(wanted)[:n] if known in order]
                order.insert(before[-1] + 1 if before else 0, name)
                texts[name] = f"{key(name)}: {inline(value)}"
        return "{" + ", ".join(texts[name] for name in order) + "}"

    def _value(self, name: yaml.Node | None, node: yaml.Node, value: Value, *, flow: bool) -> Iterator[Edit]:
        """Edits that make `node` (the value of the key `name`, or an item of a list) mean `value`. `flow`: it stands
        inside brackets, where commas and braces need quotes too."""
        start, end = node.start_mark.index, self._end(node)
        if isinstance(value, str) and isinstance(node, yaml.ScalarNode):
            if str(node.value) != value:
                gap = " " if start == end else ""
                yield Edit(start, end, gap + scalar(value, quote=node.style, flow=flow))
        elif isinstance(value, Mapping) and isinstance(node, yaml.MappingNode) and node.value:
            yield from self.table(node, value)
        elif isinstance(value, tuple) and isinstance(node, yaml.SequenceNode) and node.value and value:
            yield from self._items(node, value)
        elif plain(node) != value:
            if name is None or flow:
                gap = " " if start == end else ""
                yield Edit(start, end, gap + inline(value))
            else:
                colon = self.text.index(":", name.end_mark.index) + 1
                yield Edit(colon, end, after_colon(value, name.start_mark.column, self.eol))

    def _items(self, node: yaml.SequenceNode, wanted: Sequence[Value]) -> Iterator[Edit]:
        old = node.value
        origin = align([plain(item) for item in old], wanted)
        if origin == list(range(len(old))):
            for item, value in zip(old, wanted, strict=True):
                yield from self._value(None, item, value, flow=bool(node.flow_style))
        elif node.flow_style:
            starts, ends = [item.start_mark.index for item in old], [self._end(item) for item in old]
            comma = self.text[ends[0] : starts[1]] if len(old) > 1 else ", "
            texts = [
                inline(value)
                if i is None
                else apply(self.text, self._value(None, old[i], value, flow=True), starts[i], ends[i])
                for i, value in zip(origin, wanted, strict=True)
            ]
            yield Edit(starts[0], ends[-1], (comma if comma.strip() == "," else ", ").join(texts))
        else:
            yield self._lines(old, origin, wanted)

    def _lines(self, old: Sequence[yaml.Node], origin: Sequence[int | None], wanted: Sequence[Value]) -> Edit:
        """A list with one item a line (or more), put together from the old items' own lines; what stands above an
        item moves with it, and stays when the item goes."""
        starts = [self._dash(item) for item in old]
        ends = [self._line_end(self._end(item)) for item in old]
        above = ["", *(self.text[end:start] for end, start in zip(ends, starts[1:], strict=False))]
        for n, lead in enumerate(above):
            if n not in origin and lead:
                heir = next((m for m in range(n + 1, len(old)) if m in origin), None)
                if heir is not None:
                    above[heir] = lead + above[heir]
        prefix = self.text[starts[0] : old[0].start_mark.index]
        prefix = prefix if prefix.strip() == "-" and "\n" not in prefix else " " * old[0].start_mark.column + "- "
        lines = []
        for i, value in zip(origin, wanted, strict=True):
            if i is None:
                lines.append(prefix + inline(value))
            else:
                edits = self._value(None, old[i], value, flow=False)
                lines.append(above[i] + apply(self.text, edits, starts[i], ends[i]))
        last = max((n for n in origin if n is not None), default=-1)
        orphans = [lead for lead in above[last + 1 :] if lead]
        whole = "".join(line if line.endswith(("\n", "\r")) else line + self.eol for line in [*lines, *orphans])
        if self.text[ends[-1] - 1] not in "\r\n":
            whole = whole[: -len(self.eol)]
        return Edit(starts[0], ends[-1], whole)

    def _without(self, table: yaml.MappingNode, name: yaml.Node, value: yaml.Node) -> Edit:
        """Take a row's lines away; the row after a list's dash leaves its dash to the next one."""
        start = self._line_start(name.start_mark.index)
        if not self.text[start : name.start_mark.index].strip():
            return Edit(start, self._line_end(self._end(value)), "")
        later = [other for other, _ in table.value if other.start_mark.index > name.start_mark.index]
        if not later:
            raise CannotEdit
        return Edit(name.start_mark.index, later[0].start_mark.index, "")

    def _end(self, node: yaml.Node) -> int:
        """Behind a value's last character (PyYAML ends a block only at the next token, comments later)."""
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last if isinstance(node, yaml.SequenceNode) else last[1])
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return start + len(self.text[start:end].rstrip())
        return end

    def _after(self, value: yaml.Node, column: int) -> int:
        """Below a row and the comment lines, indented deeper, that still belong to it."""
        at = self._line_end(self._end(value))
        while (line := re.compile(r" +#[^\r\n]*(?:\r\n|\n|\r|\Z)").match(self.text, at)) and (
            len(line[0]) - len(line[0].lstrip(" ")) > column
        ):
            at = line.end()
        return at

    def _dash(self, item: yaml.Node) -> int:
        start = self._line_start(item.start_mark.index)
        while not self.text[start:].lstrip(" ").startswith("-"):
            start = self._line_start(start - 1)
        return start

    def _line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def _line_end(self, at: int) -> int:
        found = _EOL.search(self.text, at)
        return found.end() if found else len(self.text)
