"""Values → YAML text, in quotes only where YAML needs them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import yaml

from sitegen.text import INVISIBLE, SPACES

_UNSEEN = frozenset(SPACES + INVISIBLE)
"""Outside of quotes these are taken for a slip, and left out."""

Value: TypeAlias = "str | tuple[Value, ...] | Mapping[str, Value | None]"
"""What a key may be given: text, a list, or a table. `None` in a table takes the key away."""


class Raw(str):
    """A number, a date or a yes: YAML may read it as more than text, so it stands without quotes."""

    __slots__ = ()


def scalar(value: str, *, quote: str | None = None, flow: bool = False) -> str:
    """`value` as YAML. `quote` is the mark that stood there before and stays; `flow`: inside `[…]` or `{…}`."""
    if quote == "'" and _printable(value) and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    if quote != '"' and _plain(value, flow):
        return value
    return '"' + "".join(_escaped(c) for c in value) + '"'


def inline(value: Value) -> str:
    """`value` on one line: `[a, b]`, `{product: Nobivac, date: 2026-10-20}`."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key(k)}: {inline(v)}" for k, v in value.items() if v is not None) + "}"
    return "[" + ", ".join(inline(item) for item in value) + "]"


def row(name: str, value: Value, indent: int, eol: str) -> str:
    """`name: value` as whole lines; a list of tables takes one line an item."""
    return f"{' ' * indent}{key(name)}:{after_colon(value, indent, eol)}{eol}"


def after_colon(value: Value, indent: int, eol: str) -> str:
    """What follows the colon of a key that stands at column `indent`, without the last line end."""
    if isinstance(value, tuple) and any(isinstance(item, Mapping) for item in value):
        return "".join(f"{eol}{' ' * (indent + 2)}- {inline(item)}" for item in value)
    return f" {value if isinstance(value, str) and _plain(value, flow=False) else inline(value)}"


def key(name: str) -> str:
    """A key; the schema's need no quotes, those of an owner's own table may."""
    return scalar(Raw(name))


def _plain(value: str, flow: bool) -> bool:
    """Whether YAML reads the bare text as just this text. YAML itself is asked: its rules are long."""
    if not value or "\n" in value or not _printable(value) or set(value) & _UNSEEN:
        return False
    found = _read(f"[{value}, x]" if flow else f"k: {value}")
    if found is None or found.style is not None or found.value != value:
        return False
    return isinstance(value, Raw) or found.tag == "tag:yaml.org,2002:str"


def _read(text: str) -> yaml.ScalarNode | None:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    if isinstance(root, yaml.SequenceNode) and len(root.value) == 2:
        node = root.value[0]
    elif isinstance(root, yaml.MappingNode) and len(root.value) == 1:
        node = root.value[0][1]
    else:
        return None
    return node if isinstance(node, yaml.ScalarNode) else None


def _printable(text: str) -> bool:
    return yaml.reader.Reader.NON_PRINTABLE.search(text) is None and not set(text) & set("\u0085\u2028\u2029\ufeff")


def _escaped(c: str) -> str:
    if c in '"\\':
        return "\\" + c
    if c == "\n":
        return "\\n"
    if c == "\t" or not _printable(c):
        return f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}" if ord(c) < 65536 else f"\\U{ord(c):08x}"
    return c
