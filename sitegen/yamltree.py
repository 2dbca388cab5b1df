"""YAML → nodes that know their lines, by PyYAML; its guesses at what a value means are not asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from sitegen.nodes import Items, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.nodes import Node

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # which of the two it is depends on the machine
    """Reads the shape and leaves all values text: guessing would take two thirds of the time."""

    def resolve(self, kind: Any, _value: object, _implicit: object) -> str:
        """No tag of its own."""
        return str(kind.id)

    def descend_resolver(self, *_: object) -> None:
        """Nothing to resolve below."""

    def ascend_resolver(self) -> None:
        """Nor above."""


def tree(text: str, numbers: Sequence[int]) -> tuple[Node | None, yaml.YAMLError | None]:
    """The text as a node (None when there is nothing in it, or it cannot be read) and YAML's fault. `numbers` are those
    of its lines in the file."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        return None, error
    finally:
        loader.dispose()
    return None if root is None else _node(root, numbers), None


def _node(node: yaml.Node, numbers: Sequence[int]) -> Node:
    line = numbers[node.start_mark.line]
    if isinstance(node, yaml.ScalarNode):
        return Scalar(node.value, line, node.style in (None, ""))
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple([_node(item, numbers) for item in node.value]), line)
    rows = [
        (
            Scalar(key.value if isinstance(key.value, str) else "?", numbers[key.start_mark.line]),
            _node(value, numbers),
        )
        for key, value in node.value
    ]
    return Table(tuple(rows), line)
