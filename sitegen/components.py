"""Components of templates: macros become functions, made for what is known of their arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import nodes
from markupsafe import Markup, escape

from sitegen.expressions import Expressions, Fault, Known, Scope
from sitegen.sheet import Line, Place, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.expressions import Value


class Macro(NamedTuple):
    """A component, and what it sees besides its arguments."""

    node: nodes.Macro
    scope: Scope
    once: bool


class Super(NamedTuple):
    """`super()` in a block: the same block's definition that it takes the place of."""

    name: str
    depth: int


class Components(Expressions):
    """What is written of the page in hand, and its components."""

    def __init__(self) -> None:
        self._begin_page()

    def _begin_page(self) -> None:
        self._sheet = Sheet()
        self._functions: list[Line] = []
        self._made: dict[object, tuple[str, list[str], object]] = {}
        """Macros that are functions already, by what is known of their arguments (kept, so that ids stay theirs)."""
        self._waiting: list[str] = []
        """The templates and macros that are being put into one another."""
        self._names = 0

    def _put_all(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        """Show what these statements come to."""
        raise NotImplementedError

    def _put_layer(self, which: Super, scope: Scope, node: nodes.Node) -> None:
        """Show a definition of a block."""
        raise NotImplementedError

    def _line(self, python: str, node: nodes.Node, scope: Scope) -> None:
        self._sheet.line(python, place(node, scope))

    def _show(self, value: Value, node: nodes.Node, scope: Scope) -> None:
        """A piece of HTML."""
        if isinstance(value, Known):
            self._sheet.known(str(escape(value.value)), place(node, scope))
        else:
            self._sheet.piece(f"_html({value})", place(node, scope))

    def _new(self, name: str) -> str:
        self._names += 1
        return f"{name}_{self._names}"

    def _begin(self, what: str, node: nodes.Node, scope: Scope) -> None:
        if what in self._waiting:
            raise self.fault("template-itself", node, scope, name=what)
        self._waiting.append(what)

    def called(self, callee: Any, node: nodes.Call, scope: Scope) -> Value:
        """The HTML of a component, to be used as a value."""
        if isinstance(callee, Macro) and (call := self._call_of(callee, self._bound(callee, node, scope))):
            return f"_Markup(b''.join({call[0]}({', '.join(['[]', *call[1]])})).decode())"
        return self._captured([nodes.Output([node], lineno=node.lineno)], scope, node)

    def _captured(self, body: Sequence[nodes.Node], scope: Scope, node: nodes.Node) -> Value:
        """What would have been shown, as a value."""
        inside = scope.inner()
        inside.silent = False
        with self._sheet.captured(place(node, scope)) as captured:
            self._put_all(body, inside)
        if captured.known is not None:
            return Known(Markup(captured.known), "")
        return f"_Markup(b''.join({captured.name}).decode())"

    def _put_called(self, callee: Any, node: nodes.Call, scope: Scope) -> None:
        """Show what a component, or the block that this one takes the place of, makes of these arguments."""
        if isinstance(callee, Super):
            self._put_layer(callee, scope.inner(), node)
            return
        if not isinstance(callee, Macro):
            raise self.fault("template-call", node, scope)
        inside = self._bound(callee, node, scope)
        call = self._call_of(callee, inside)
        if call and callee.once:
            self._sheet.piece(f"_once({', '.join([call[0], *call[1]])})", place(node, scope))
        elif call:
            self._sheet.call(*call, place(node, scope))
        else:
            self._begin(f"{callee.node.name}()", node, scope)
            self._put_all(callee.node.body, inside)
            self._waiting.pop()

    def _bound(self, macro: Macro, node: nodes.Call, scope: Scope) -> Scope:
        """The macro's arguments as they are given, or their defaults."""
        names = [arg.name for arg in macro.node.args]
        values = self.arguments(node, scope)
        places = [*names[: len(node.args)], *(keyword.key for keyword in node.kwargs)]
        if len(node.args) > len(names) or not set(places) <= set(names) or len(set(places)) < len(places):
            raise self._misused(macro, node, scope)
        inside = macro.scope.inner()
        inside.silent = False
        given = dict(zip(places, values, strict=True))
        defaults = dict(zip(reversed(names), reversed(macro.node.defaults), strict=False))
        for name in names:
            if name not in given and name not in defaults:
                raise self._misused(macro, node, scope)
            inside[name] = given[name] if name in given else self.value(defaults[name], inside)
        return inside

    def _misused(self, macro: Macro, node: nodes.Call, scope: Scope) -> Fault:
        name = macro.node.name
        takes = ", ".join(arg.name for arg in macro.node.args)
        return self.fault("template-arguments", node, scope, name=name, wanted=f"{{{{ {name}({takes}) }}}}")

    def _call_of(self, macro: Macro, inside: Scope) -> tuple[str, list[str]] | None:
        """The function for the macro with what is known of its arguments, and the others; None when all is known, so
        that there is nothing to call it for."""
        given = {arg.name: inside[arg.name] for arg in macro.node.args}
        known = {name: value.value for name, value in given.items() if isinstance(value, Known)}
        # A macro of the page itself also sees the page.
        around = list(dict.fromkeys(name for name in macro.scope.values() if isinstance(name, str)))
        if len(known) == len(given) and not around:
            return None
        key = id(macro.node), *((n, type(v), v if isinstance(v, str | int) else id(v)) for n, v in known.items())
        if key not in self._made:
            names = {name: self._new(name) for name in given if name not in known}
            inside.update(names)
            function = self._new(macro.node.name)
            self._made[key] = function, around, known
            self._define(f"def {function}({', '.join(['out', *names.values(), *around])}):", macro, inside)
        function, around, _ = self._made[key]
        return function, [*(str(value) for name, value in given.items() if name not in known), *around]

    def _define(self, head: str, macro: Macro, inside: Scope) -> None:
        held, self._sheet = self._sheet, Sheet()
        self._put_all(macro.node.body, inside)
        at = place(macro.node, inside)
        self._functions += [Line(head, at), *self._sheet.end("return out", at)]
        self._sheet = held


def place(node: nodes.Node, scope: Scope) -> Place:
    """Where a node stands."""
    return Place(scope.template, node.lineno)
