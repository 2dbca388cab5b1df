"""Expressions of templates → what is known already, or the Python that will find it out.

What all pages of a language share is known while its templates are composed, and so is whatever follows from that
alone: `t.price`, `site.contact.phone.url`, a branch that depends on them. What is left are a page's own values.
"""

from __future__ import annotations

import keyword
import operator
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from jinja2 import Environment, StrictUndefined, TemplateAssertionError, nodes
from jinja2.runtime import markup_join
from markupsafe import Markup

from sitegen.text import likest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jinja2.runtime import Context

SYNTAX = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
"""Jinja's way to read a template, and its filters and tests."""
COMPARISONS: Mapping[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "eq": ("==", operator.eq), "ne": ("!=", operator.ne), "gt": (">", operator.gt), "gteq": (">=", operator.ge),
    "lt": ("<", operator.lt), "lteq": ("<=", operator.le), "in": ("in", lambda a, b: a in b),
    "notin": ("not in", lambda a, b: a not in b),
}  # fmt: skip
ARITHMETIC: Mapping[type[nodes.BinExpr], Callable[[Any, Any], Any]] = {
    nodes.Add: operator.add, nodes.Sub: operator.sub, nodes.Mul: operator.mul, nodes.Div: operator.truediv,
    nodes.FloorDiv: operator.floordiv, nodes.Mod: operator.mod, nodes.Pow: operator.pow,
}  # fmt: skip
SPELT = {
    "CallBlock": "{% call %}", "Extends": "{% extends %}", "Scope": "{% autoescape %}", "Macro": "{% macro %}",
    "Block": "{% block %}", "Slice": "[ : ]",
}  # fmt: skip
"""How a template writes what Jinja calls by these names."""
ALIKE = 0.7
"""How much a name has to be like another (0 to 1) for that to have been meant."""
FUNCTIONS: Mapping[str, Callable[..., Any]] = {"range": range, "dict": dict}
"""What any template may call; of Jinja's own those that make sense where nothing is changed."""


class Fault(TemplateAssertionError):
    """What is wrong with a template that can be read: a `code` of `owner.MESSAGES` with its `facts`. It was raised from
    Python's own error, where that is what happened."""

    def __init__(self, code: str, line: int, template: str, facts: Mapping[str, object]) -> None:
        super().__init__(f"{code} {facts}", line, template, f"templates/{template}")
        self.code, self.facts = code, facts


class Known(NamedTuple):
    """A value that is known, and the Python that gives it on a page (where it is not simply written out)."""

    value: Any
    python: str

    def __str__(self) -> str:
        """Python for the value."""
        kind = type(self.value)
        if kind is Markup:
            return f"_Markup({str(self.value)!r})"
        return repr(self.value) if kind in (str, int, float, bool, type(None)) else self.python


Value: TypeAlias = "Known | str"
"""What an expression comes to: a known value, or Python that gives it."""


class Loop:
    """What `loop` means in a `for`: of a known number when it is unrolled, else as Python. It notes what is asked."""

    def __init__(self, index: Value, length: Value) -> None:
        self._index, self._length = index, length
        self.counted = self.measured = False

    def names(self) -> tuple[str, ...]:
        """All that can be asked of it."""
        return "index", "index0", "first", "last", "length", "revindex", "revindex0"

    def get(self, name: str) -> Value | None:
        """`loop.index` and its like; None when there is no such thing."""
        self.counted |= name != "length"
        self.measured |= name in ("last", "length", "revindex", "revindex0")
        index, length = self._index, self._length
        if isinstance(index, Known) and isinstance(length, Known):
            n, of = index.value, length.value
            numbers = {
                "index": n, "index0": n - 1, "first": n == 1, "last": n == of, "length": of,
                "revindex": of - n + 1, "revindex0": of - n,
            }  # fmt: skip
            return Known(numbers[name], "") if name in numbers else None
        return {
            "index": f"{index}", "index0": f"({index} - 1)", "first": f"({index} == 1)",
            "last": f"({index} == {length})", "length": f"{length}", "revindex": f"({length} - {index} + 1)",
            "revindex0": f"({length} - {index})",
        }.get(name)  # fmt: skip


class Scope(dict[str, Any]):
    """What names mean at one place of a template: values, macros, `loop`. `top` is the scope of the whole template,
    which its blocks and partials see; `blocks` are their definitions, the page's own before the layout's; `declared`
    are names that must go on living in the same Python variable, because they are set in one branch of several.
    A `silent` scope shows nothing: a page's words outside the blocks of its layout."""

    __slots__ = ("blocks", "declared", "silent", "template", "top")

    def __init__(self, names: Mapping[str, Any], template: str, top: Scope | None = None) -> None:
        super().__init__(names)
        self.template = template
        self.top = top or self
        self.blocks: dict[str, list[tuple[nodes.Block, str]]] = top.blocks if top else {}
        self.declared: set[str] = set()
        self.silent = False

    def names(self) -> tuple[str, ...]:
        """All that can be asked of a template that was imported whole."""
        return tuple(self)

    def inner(self, template: str = "") -> Scope:
        """A scope inside this one, maybe in another template's words: what is set there ends there."""
        made = Scope(self, template or self.template, self.top)
        made.silent = self.silent
        return made


class Expressions:
    """Finds out what expressions come to."""

    def value(self, node: nodes.Node, scope: Scope) -> Value:
        """What the expression comes to. Raises `Fault` at its line."""
        method = getattr(self, method_name("", type(node)), None)
        if method is None:
            raise self.out_of_place(node, scope)
        found: Value = method(node, scope)
        return found

    def fault(self, code: str, node: nodes.Node, scope: Scope, **facts: object) -> Fault:
        """What is wrong, and where; to be raised."""
        lines = (node.lineno, *(each.lineno for each in node.find_all(nodes.Node)))
        return Fault(code, next((line for line in lines if line), 0), scope.template, facts)

    def out_of_place(self, node: nodes.Node, scope: Scope) -> Fault:
        """The fault of something that Jinja knows and this program does not, or not there."""
        kind = type(node).__name__
        return self.fault("template-here", node, scope, typed=SPELT.get(kind, kind.lower()))

    def unknown(self, name: object, names: Iterable[object], node: nodes.Node, scope: Scope) -> Fault:
        """The fault of a name that is not among the `names` that there are."""
        code, facts = unknown(name, names)
        return self.fault(code, node, scope, **facts)

    def called(self, callee: Any, node: nodes.Call, scope: Scope) -> Value:
        """The HTML that a macro gives, as a value."""
        raise NotImplementedError

    def _folded(
        self, node: nodes.Node, scope: Scope, values: Sequence[Value], python: str, result: Callable[..., Any]
    ) -> Value:
        """The `result` of the values if all are known, else the Python that finds it."""
        if not all(isinstance(value, Known) for value in values):
            return python
        try:
            return Known(result(*(value.value for value in values if isinstance(value, Known))), python)
        except Exception as error:
            raise self.fault("template", node, scope) from error

    def _const(self, node: nodes.Const, _: Scope) -> Value:
        return Known(node.value, repr(node.value))

    def _name(self, node: nodes.Name, scope: Scope) -> Value:
        found = scope.get(node.name)
        if isinstance(found, Known | str):
            return found
        if found is None:
            raise self.unknown(node.name, scope, node, scope)
        raise self.fault("template-component", node, scope, name=node.name)

    def _getattr(self, node: nodes.Getattr, scope: Scope) -> Value:
        if isinstance(node.node, nodes.Name):
            owner = scope.get(node.node.name)
            if isinstance(owner, Scope | Loop):  # a template that was imported whole, and `loop`
                found = owner.get(node.attr)
                if not isinstance(found, Known | str):
                    raise self.unknown(node.attr, owner.names(), node, scope)
                return found
        of = self.value(node.node, scope)
        if isinstance(of, Known):
            return self._part(of, node.attr, f"{of}.{node.attr}", node, scope)
        if keyword.iskeyword(node.attr):
            raise self.unknown(node.attr, (), node, scope)
        return f"{of}.{node.attr}"  # a page's own values are objects of ours, so their attributes are simply read

    def _getitem(self, node: nodes.Getitem, scope: Scope) -> Value:
        of = self.value(node.node, scope)
        if isinstance(node.arg, nodes.Slice):
            return f"{of}[{self._slice(node.arg, scope)}]"
        key = self.value(node.arg, scope)
        if isinstance(of, Known) and isinstance(key, Known):
            return self._part(of, key.value, f"{of}[{key}]", node, scope)
        return f"_item({of}, {key})"

    def _slice(self, node: nodes.Slice, scope: Scope) -> str:
        return ":".join(str(self.value(end, scope)) if end else "" for end in (node.start, node.stop, node.step))

    def _part(self, of: Known, name: Any, python: str, node: nodes.Node, scope: Scope) -> Known:
        """A part of a known value: a dictionary's by its key, any other's by its name or else its place."""
        named = isinstance(name, str) and hasattr(of.value, name)
        if named and not isinstance(of.value, dict):
            return Known(getattr(of.value, name), python)
        try:
            return Known(of.value[name], f"{of}[{name!r}]")
        except (TypeError, LookupError, AttributeError):
            if named:
                return Known(getattr(of.value, name), python)
            raise self.unknown(name, parts(of.value), node, scope) from None

    def _tuple(self, node: nodes.Tuple | nodes.List, scope: Scope) -> Value:
        items = [self.value(item, scope) for item in node.items]
        python = "".join(f"{item}, " for item in items)
        if isinstance(node, nodes.List):
            return self._folded(node, scope, items, f"[{python}]", lambda *values: list(values))
        return self._folded(node, scope, items, f"({python})", lambda *values: values)

    _list = _tuple

    def _dict(self, node: nodes.Dict, scope: Scope) -> Value:
        keys = [self.value(pair.key, scope) for pair in node.items]
        values = [self.value(pair.value, scope) for pair in node.items]
        python = ", ".join(f"{key}: {value}" for key, value in zip(keys, values, strict=True))
        n = len(keys)
        return self._folded(
            node, scope, [*keys, *values], f"{{{python}}}", lambda *all_: dict(zip(all_[:n], all_[n:], strict=True))
        )

    def _condexpr(self, node: nodes.CondExpr, scope: Scope) -> Value:
        test = self.value(node.test, scope)
        if isinstance(test, Known):
            chosen = node.expr1 if test.value else node.expr2
            return self.value(chosen, scope) if chosen else Known("", "")
        other = self.value(node.expr2, scope) if node.expr2 else "''"
        return f"({self.value(node.expr1, scope)} if {test} else {other})"

    def _and(self, node: nodes.And | nodes.Or, scope: Scope) -> Value:
        left, either = self.value(node.left, scope), isinstance(node, nodes.Or)
        if isinstance(left, Known):
            return left if bool(left.value) is either else self.value(node.right, scope)
        return f"({left} {'or' if either else 'and'} {self.value(node.right, scope)})"

    _or = _and

    def _not(self, node: nodes.Not, scope: Scope) -> Value:
        value = self.value(node.node, scope)
        return self._folded(node, scope, [value], f"(not {value})", lambda known: not known)

    def _compare(self, node: nodes.Compare, scope: Scope) -> Value:
        values = [self.value(each, scope) for each in (node.expr, *(operand.expr for operand in node.ops))]
        signs = [operand.op for operand in node.ops]
        python = "".join(f" {COMPARISONS[sign][0]} {value}" for sign, value in zip(signs, values[1:], strict=True))

        def compared(*known: Any) -> bool:
            pairs = zip(signs, known, known[1:], strict=False)
            return all(COMPARISONS[sign][1](left, right) for sign, left, right in pairs)

        return self._folded(node, scope, values, f"({values[0]}{python})", compared)

    def _sum(self, node: nodes.BinExpr, scope: Scope) -> Value:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        return self._folded(node, scope, [left, right], f"({left} {node.operator} {right})", ARITHMETIC[type(node)])

    _add = _sub = _mul = _div = _floordiv = _mod = _pow = _sum

    def _neg(self, node: nodes.Neg, scope: Scope) -> Value:
        value = self.value(node.node, scope)
        return self._folded(node, scope, [value], f"(-{value})", operator.neg)

    def _pos(self, node: nodes.Pos, scope: Scope) -> Value:
        return self.value(node.node, scope)

    def _concat(self, node: nodes.Concat, scope: Scope) -> Value:
        parts = [self.value(part, scope) for part in node.nodes]
        python = f"_joined(({''.join(f'{part}, ' for part in parts)}))"
        return self._folded(node, scope, parts, python, lambda *known: markup_join(known))

    def _filter(self, node: nodes.Filter, scope: Scope) -> Value:
        assert node.node is not None  # else it is a block, and the composer's business
        return self.filtered(node, self.value(node.node, scope), scope)

    def filtered(self, node: nodes.Filter, value: Value, scope: Scope) -> Value:
        """The value, through a filter."""
        if node.name not in SYNTAX.filters:
            raise self.fault("template-filter", node, scope, name=node.name)
        if node.name in ("length", "count"):
            return self._folded(node, scope, [value], f"len({value})", len)
        return self._applied(node, [value], partial(filtered, node.name), f"_filtered({node.name!r}, ", scope)

    def _test(self, node: nodes.Test, scope: Scope) -> Value:
        if node.name not in SYNTAX.tests:
            raise self.fault("template-test", node, scope, name=node.name)
        if node.name in ("defined", "undefined"):
            return Known(self._defined(node.node, scope) is (node.name == "defined"), "")
        value = self.value(node.node, scope)
        return self._applied(node, [value], partial(tested, node.name), f"_tested({node.name!r}, ", scope)

    def _defined(self, node: nodes.Expr, scope: Scope) -> bool:
        if isinstance(node, nodes.Name):
            return node.name in scope
        try:
            found = self.value(node, scope)
        except Fault:
            return False
        if not isinstance(found, Known):
            raise self.fault("template-defined", node, scope)
        return True

    def _call(self, node: nodes.Call, scope: Scope) -> Value:
        callee = self.named(node.node, scope)
        if callee is not None:
            return self.called(callee, node, scope)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name in FUNCTIONS and name not in scope:
            return self._applied(node, [], FUNCTIONS[name], f"{name}(", scope)
        arguments = self.arguments(node, scope)
        value = self.value(node.node, scope)
        if isinstance(node.node, nodes.Literal) or (isinstance(value, Known) and not callable(value.value)):
            raise self.fault("template-call", node, scope)
        return f"{value}({_written(node, arguments)})"

    def _applied(
        self, node: nodes.Filter | nodes.Test | nodes.Call, first: list[Value], function: Callable[..., Any],
        python: str, scope: Scope,
    ) -> Value:  # fmt: skip
        """What a function says to the values that are `first` and the arguments; `python` is how its call begins."""
        values = [*first, *self.arguments(node, scope)]
        names = [str(each.key) for each in node.kwargs]
        places = len(values) - len(names)

        def result(*known: Any) -> Any:
            return function(*known[:places], **dict(zip(names, known[places:], strict=True)))

        return self._folded(node, scope, values, f"{python}{_written(node, values)})", result)

    def arguments(self, node: nodes.Filter | nodes.Test | nodes.Call, scope: Scope) -> list[Value]:
        """The values of the arguments, those with a name last."""
        if node.dyn_args or node.dyn_kwargs:
            raise self.fault("template-here", node, scope, typed="*")
        names = [str(each.key) for each in node.kwargs]
        for n, name in enumerate(names):
            if name in names[:n] or keyword.iskeyword(name):
                raise self.fault("template-argument", node, scope, name=name)
        return [self.value(each, scope) for each in (*node.args, *(each.value for each in node.kwargs))]

    def named(self, node: nodes.Expr, scope: Scope) -> Any:
        """What the name of a macro stands for; None if it is no macro's."""
        found = None
        if isinstance(node, nodes.Name):
            found = scope.get(node.name)
        elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            owner = scope.get(node.node.name)
            found = owner.get(node.attr) if isinstance(owner, Scope) else None
        return None if isinstance(found, Known | str) else found


def unknown(name: object, names: Iterable[object]) -> tuple[str, dict[str, object]]:
    """The code and facts for a name that is not among the `names` that there are."""
    near = likest(str(name), [str(each) for each in names], ALIKE)
    return ("template-name-near", {"name": name, "near": near}) if near else ("template-name", {"name": name})


def parts(of: object) -> list[object]:
    """The names that can be asked of a value."""
    return [*of] if isinstance(of, dict) else [name for name in dir(of) if not name.startswith("_")]


@cache
def method_name(prefix: str, kind: type[nodes.Node]) -> str:
    """The name of the method for a kind of node."""
    return f"_{prefix}{kind.__name__.lower()}"


def _written(node: nodes.Filter | nodes.Test | nodes.Call, values: Sequence[Value]) -> str:
    """Arguments in Python, the last ones with their names."""
    names = [f"{each.key}=" for each in node.kwargs]
    names[:0] = [""] * (len(values) - len(names))
    return ", ".join(f"{name}{value}" for name, value in zip(names, values, strict=True))


@cache
def _context() -> Context:
    """What Jinja's filters want to be told of the page: that it is HTML."""
    return SYNTAX.from_string("").new_context()


def filtered(name: str, value: object, *arguments: object, **named: object) -> object:
    """The value through one of Jinja's filters."""
    return SYNTAX.call_filter(name, value, arguments, named, _context())


def tested(name: str, value: object, *arguments: object, **named: object) -> object:
    """What one of Jinja's tests says of the value."""
    return SYNTAX.call_test(name, value, arguments, named, _context())
