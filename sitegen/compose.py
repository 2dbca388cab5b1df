"""Templates → the Python that makes one kind of page, whole: layout, partials and components are put into it, and all
that is known beforehand (`expressions`) is in the HTML already."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes
from jinja2.parser import Parser

from sitegen.components import Components, Macro, Super, place
from sitegen.expressions import SYNTAX, Fault, Known, Loop, Scope, method_name
from sitegen.sheet import Line, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sitegen.expressions import Value

UNROLLED = 64
"""A list that is known, and no longer than this, is written out instead of gone through."""


class Composed(NamedTuple):
    """A page's Python, which defines `make`, and where its lines come from: (first line, template, line there)."""

    python: str
    places: tuple[tuple[int, str, int], ...]


class Composer(Components):
    """Composes the page templates of one language from `templates`, texts by path. `constants` are the values that are
    the same on all pages; components in the files of `once` are shown by many pages alike; partials that are `fixed`
    read nothing of the page, and are given nothing of it."""

    def __init__(
        self, templates: Mapping[str, str], constants: Mapping[str, object], *, once: Collection[str] = (),
        fixed: Collection[str] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self._templates, self._once = templates, once
        self._constants = {key: Known(value, key) for key, value in constants.items()}
        # Alike in all pages, so found out once.
        self._modules: dict[str, Scope] = {}
        self._fixed: dict[str, str | None] = dict.fromkeys(fixed)

    def page(self, name: str, own: Sequence[str]) -> Composed:
        """The page template called `name`, with all that it extends, includes and imports. `own` are the names of what
        a page has of its own. Raises `TemplateSyntaxError` with the template and its line."""
        self._begin_page()
        start = Place(name, 1)
        self._sheet.line("out = []", start)
        self._template(name, Scope(self._constants | {each: each for each in own}, name), nodes.Template(lineno=0))
        lines = [*self._functions, Line(f"def make({', '.join(own)}):", start)]
        lines += self._sheet.end("return b''.join(out)", start)
        places: list[tuple[int, str, int]] = []
        for number, line in enumerate(lines, 1):
            if not places or places[-1][1:] != line.place:
                places.append((number, *line.place))
        return Composed("\n".join(line.python for line in lines), tuple(places))

    # Templates

    def _tree(self, name: str, node: nodes.Node, scope: Scope) -> Parsed:
        if name not in self._templates:
            raise self.fault("template-missing", node, scope, name=f"templates/{name}")
        self._begin(name, node, scope)
        return parsed(name, self._templates[name])

    def _template(self, name: str, scope: Scope, node: nodes.Node) -> None:
        """A template, in the scope made for it; what it extends is shown around its blocks."""
        tree = self._tree(name, node, scope)
        scope.template = name
        for block in tree.blocks:
            layers = scope.blocks.setdefault(block.name, [])
            if layers and layers[-1][1] == name:
                raise self.fault("template-twice", block, scope, name=block.name)
            layers.append((block, name))
        parent = None
        for child in tree.body:
            if isinstance(child, nodes.Extends):
                parent, scope.silent = child, True
            elif not (scope.silent and isinstance(child, nodes.Block)):
                self._put(child, scope)
        if parent:
            scope.silent = False
            self._template(self._name_of(parent, scope), scope, parent)
        self._waiting.pop()

    def _name_of(self, node: nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport, scope: Scope) -> str:
        with suppress(Fault):
            name = self.value(node.template, scope)
            if isinstance(name, Known) and isinstance(name.value, str):
                return name.value
        raise self.fault("template-file", node, scope)

    def _module(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> Scope:
        """A template that others import from: it sees what all pages share, and nothing of the page."""
        if node.with_context:
            raise self.fault("template-here", node, scope, typed="with context")
        name = self._name_of(node, scope)
        if name not in self._modules:
            module = Scope(self._constants, name)
            module.silent = True
            self._put_all(self._tree(name, node, scope).body, module)
            for key, value in module.items():
                if isinstance(value, str):
                    raise self.fault("template-here", node, scope, typed=key)
            self._waiting.pop()
            self._modules[name] = module
        return self._modules[name]

    # Statements

    def _put_all(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._put(node, scope)

    def _put(self, node: nodes.Node, scope: Scope) -> None:
        method = getattr(self, method_name("put_", type(node)), None)
        if method is None:
            raise self.out_of_place(node, scope)
        method(node, scope)

    def _put_output(self, node: nodes.Output, scope: Scope) -> None:
        if scope.silent:
            return
        for each in node.nodes:
            if isinstance(each, nodes.TemplateData):
                self._sheet.known(each.data, place(each, scope))
            elif isinstance(each, nodes.Call) and (callee := self.named(each.node, scope)) is not None:
                self._put_called(callee, each, scope)
            else:
                self._show(self.value(each, scope), each, scope)

    def _put_block(self, node: nodes.Block, scope: Scope) -> None:
        self._put_layer(Super(node.name, 0), (scope if node.scoped else scope.top).inner(), node)

    def _put_layer(self, which: Super, scope: Scope, node: nodes.Node) -> None:
        layers = scope.blocks[which.name]
        if which.depth >= len(layers):
            raise self.fault("template-here", node, scope, typed="super()")
        block, scope.template = layers[which.depth]
        if block.required:
            raise self.fault("template-here", block, scope, typed="required")
        scope["super"] = Super(which.name, which.depth + 1)
        self._put_all(block.body, scope)

    def _put_include(self, node: nodes.Include, scope: Scope) -> None:
        name = self._name_of(node, scope)
        if node.ignore_missing and name not in self._templates:
            return
        if name in self._fixed:
            self._put_fixed(name, node, scope)
            return
        # A partial sees what the page sees. (What it could see of its includer beyond that, loop variables, is a
        # component's business.)
        inside = Scope(scope.top if node.with_context else self._constants, scope.template)
        self._template(name, inside, node)

    def _put_fixed(self, name: str, node: nodes.Include, scope: Scope) -> None:
        html, at = self._fixed[name], place(node, scope)
        if html is None:
            with self._sheet.captured(at) as captured:
                self._template(name, Scope(self._constants, scope.template), node)
            html = self._fixed[name] = captured.known
            if html is None:
                self._sheet.piece(f"b''.join({captured.name})", at)
                return
        self._sheet.known(html, at)

    def _put_import(self, node: nodes.Import, scope: Scope) -> None:
        scope[node.target] = self._module(node, scope)

    def _put_fromimport(self, node: nodes.FromImport, scope: Scope) -> None:
        module = self._module(node, scope)
        for each in node.names:
            name, alias = each if isinstance(each, tuple) else (each, each)
            if name not in module:
                raise self.unknown(name, module.keys() - self._constants.keys(), node, scope)
            self._name_free(alias, node, scope)
            scope[alias] = module[name]

    def _put_macro(self, node: nodes.Macro, scope: Scope) -> None:
        self._name_free(node.name, node, scope)
        scope[node.name] = Macro(node, scope, scope.template in self._once)

    def _put_if(self, node: nodes.If, scope: Scope) -> None:
        branches: list[tuple[Value, nodes.If, list[nodes.Node]]] = []
        for branch in [node, *node.elif_]:
            test = self.value(branch.test, scope)
            if not isinstance(test, Known) or test.value:
                branches.append((test, branch, branch.body))
            if isinstance(test, Known) and test.value:
                break
        else:
            branches.append((Known(True, ""), node, node.else_))
        if isinstance(branches[0][0], Known):
            self._put_all(branches[0][2], scope)
            return
        self._declare([child for _, _, body in branches for child in body], scope, node)
        for n, (test, branch, body) in enumerate(branches):
            if isinstance(test, Known) and not body:
                continue
            word = "else" if isinstance(test, Known) else f"{'elif' if n else 'if'} {test}"
            with self._sheet.inside(f"{word}:", place(branch, scope)):
                self._put_all(body, scope)

    def _declare(self, body: Sequence[nodes.Node], scope: Scope, node: nodes.Node) -> None:
        """Names that are set in one branch of several live in one variable, whichever branch is taken."""
        for name in sorted({each.name for each in _set_in(body)} - scope.declared):
            self._name_free(name, node, scope)
            before = scope[name] if isinstance(scope.get(name), Known | str) else f"_Unset({name!r})"
            scope[name] = self._new(name)
            self._line(f"{scope[name]} = {before}", node, scope)
            scope.declared.add(name)

    def _put_assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._set(node.target, self.value(node.node, scope), scope)

    def _put_assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        value = self._captured(node.body, scope, node)
        self._set(node.target, self.filtered(node.filter, value, scope) if node.filter else value, scope)

    def _put_filterblock(self, node: nodes.FilterBlock, scope: Scope) -> None:
        value = self._captured(node.body, scope, node)
        self._show(self.filtered(node.filter, value, scope), node, scope)

    def _put_with(self, node: nodes.With, scope: Scope) -> None:
        inside = scope.inner()
        for target, value in zip(node.targets, node.values, strict=True):
            self._set(target, self.value(value, scope), inside)
        self._put_all(node.body, inside)

    def _set(self, target: nodes.Node, value: Value, scope: Scope) -> None:
        names = [each.name for each in _names(target)]
        for name in names:
            self._name_free(name, target, scope)
        if isinstance(target, nodes.Name) and isinstance(value, Known) and target.name not in scope.declared:
            scope[target.name] = value
            return
        for name in names:
            if name not in scope.declared:
                scope[name] = self._new(name)
        self._line(f"{self._target(target, scope)} = {value}", target, scope)

    def _target(self, target: nodes.Node, scope: Scope) -> str:
        if isinstance(target, nodes.Name):
            return str(scope[target.name])
        if isinstance(target, nodes.Tuple | nodes.List):
            return f"({''.join(f'{self._target(each, scope)}, ' for each in target.items)})"
        raise self.fault("template-here", target, scope, typed="{% set … . … = … %}")

    def _name_free(self, name: str, node: nodes.Node, scope: Scope) -> None:
        if name in self._constants:
            raise self.fault("template-shared", node, scope, name=name)

    def _put_for(self, node: nodes.For, scope: Scope) -> None:
        if node.recursive:
            raise self.fault("template-here", node, scope, typed="recursive")
        through = self.value(node.iter, scope)
        for each in _names(node.target):
            self._name_free(each.name, node, scope)
        if not (isinstance(through, Known) and self._unrolled(node, through, scope)):
            self._looped(node, str(through), scope)

    def _unrolled(self, node: nodes.For, through: Known, scope: Scope) -> bool:
        """Write out what a loop comes to, if all that it goes through is known."""
        if not isinstance(through.value, list | tuple | range) or len(through.value) > UNROLLED:
            return False
        if not isinstance(node.target, nodes.Name):
            return False
        rounds = []
        for n, value in enumerate(through.value):
            inside = scope.inner()
            inside[node.target.name] = Known(value, f"{through}[{n}]")
            test = self.value(node.test, inside) if node.test else Known(True, "")
            if not isinstance(test, Known):
                return False
            if test.value:
                rounds.append(inside)
        for n, inside in enumerate(rounds, 1):
            inside["loop"] = Loop(Known(n, ""), Known(len(rounds), ""))
            self._put_all(node.body, inside)
        if not rounds:
            self._put_all(node.else_, scope)
        return True

    def _looped(self, node: nodes.For, through: str, scope: Scope) -> None:
        inside = scope.inner()
        for each in _names(node.target):
            inside[each.name] = self._new(each.name)
        target = self._target(node.target, inside)
        if node.test:
            through = f"[{target} for {target} in {through} if {self.value(node.test, inside)}]"
        number, length, row = self._new("number"), self._new("length"), self._new("row")
        loop = inside["loop"] = Loop(number, length)
        self._line("", node, scope)  # the row, if somebody asks for its end
        at = len(self._sheet.lines)
        with self._sheet.inside("", place(node, scope)):
            self._put_all(node.body, inside)
        if node.else_:
            with self._sheet.inside(f"if not {row}:", place(node, scope)):
                self._put_all(node.else_, scope)
        if loop.measured or node.else_:
            self._sheet.rewrite(at - 1, f"{row} = tuple({through}); {length} = len({row})")
            through = row
        if loop.counted:
            target, through = f"{number}, {target}", f"enumerate({through}, 1)"
        self._sheet.rewrite(at, f"for {target} in {through}:")


class Parsed(NamedTuple):
    """A template as Jinja understands it, and all of its blocks."""

    body: list[nodes.Node]
    blocks: tuple[nodes.Block, ...]


@lru_cache(maxsize=256)
def parsed(name: str, text: str) -> Parsed:
    """The template called `name`. Raises `TemplateSyntaxError`. It is asked for in each language, and not changed."""
    # Not `SYNTAX.parse`, which would also tell every node of its environment, as only Jinja's own compiler asks.
    body = Parser(SYNTAX, text, name, f"templates/{name}").subparse()
    return Parsed(body, tuple(nodes.Template(body).find_all(nodes.Block)))


def _names(target: nodes.Node) -> Iterator[nodes.Name]:
    """The names that are set by `a` or `a, (b, c)`."""
    if isinstance(target, nodes.Name):
        yield target
    elif isinstance(target, nodes.Tuple | nodes.List):
        for each in target.items:
            yield from _names(each)


def _set_in(body: Sequence[nodes.Node]) -> Iterator[nodes.Name]:
    """The names that these statements set for those that follow."""
    for node in body:
        if isinstance(node, nodes.Assign | nodes.AssignBlock):
            yield from _names(node.target)
        elif isinstance(node, nodes.If):
            yield from _set_in([*node.body, *node.elif_, *node.else_])
