"""Jinja for this site: strict, escaping, and with every question answered once that has the same answer on all pages.

What a language's pages share (its words, the shop's name and numbers) is put into the templates when they are compiled
for that language, so that Jinja joins it to the HTML around it. What is left are the page's own values.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, Template, TemplateAssertionError, nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from sitegen.memo import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping
    from pathlib import Path
    from types import CodeType

    from jinja2.bccache import Bucket
    from jinja2.compiler import Frame
    from jinja2.environment import TemplateModule

FIXED = frozenset({"partials/footer.html"})
"""Partials that read the language's words and nothing of the page. They are given nothing else, so that one which does
read the page fails at once."""
ONCE = {
    "components/puppy_card.html": "puppy_card", "components/breed_card.html": "breed_card",
    "components/icon.html": "icon",
}  # fmt: skip
"""Components that many pages show with the same arguments: each such card or sign is made once."""
_NOTHING = object()


class Engine(Environment):
    """The templates of one language. `templates` are texts by path; `constants` are the values by name that are the
    same on all of its pages: no template may give those names another meaning. `bytecode` is a folder where compiled
    templates are kept, by the `version` of all that decides over them; without it they are compiled anew."""

    def __init__(
        self, templates: Mapping[str, str], constants: Mapping[str, object], bytecode: Path | None = None,
        version: str = "",
    ) -> None:  # fmt: skip
        super().__init__(
            # With a file name, so that a fault's traceback says where in the template it is.
            loader=FunctionLoader(
                lambda name: (templates[name], f"templates/{name}", None) if name in templates else None
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            auto_reload=False,
            bytecode_cache=Compiled(bytecode, version) if bytecode else None,
        )
        self.templates, self.constants = templates, constants
        self._loaded: dict[str, Template] = {}
        self.made: dict[tuple[object, ...], tuple[object, Markup | str]] = {}
        """What came out the same, by what it was made of, with those objects, so that their ids stay theirs."""

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """The template, loaded once. (Jinja would look it up through a cache with a limit, sixteen times a page.)"""
        found = self._loaded.get(name) if isinstance(name, str) else None
        if found is None:
            found = super().get_template(name, parent, globals)
            self._loaded[found.name or ""] = found
        return found

    def forget(self) -> None:
        """Begin a new build: nothing of the last one's values is kept."""
        self.made.clear()


class Engines:
    """The engines of all languages, each kept while what is in it stays the same. `bytecode` is the folder for compiled
    templates, `version` that of the program."""

    def __init__(self, bytecode: Path, version: str) -> None:
        self._bytecode, self._version = bytecode, version
        self._made: dict[str, Engine] = {}

    def of(self, lang: str, templates: Mapping[str, str], constants: Mapping[str, object]) -> Engine:
        """The engine of a language, ready for a new build."""
        engine = self._made.get(lang)
        if engine is None or engine.templates != templates or engine.constants != constants:
            version = digest(self._version, repr(constants))
            engine = self._made[lang] = Engine(templates, constants, self._bytecode / lang, version)
        engine.forget()
        return engine


class Filled(NodeTransformer):
    """Puts the constants into a template: their texts, and the branches that depend on them alone."""

    def __init__(self, constants: Mapping[str, object]) -> None:
        self._constants = constants

    def value(self, node: nodes.Node) -> object:
        """The constant that an expression names, or `_NOTHING`."""
        if isinstance(node, nodes.Const):
            return node.value
        if isinstance(node, nodes.Name):
            return self._constants.get(node.name, _NOTHING) if node.ctx == "load" else _NOTHING
        if not isinstance(node, nodes.Getattr | nodes.Getitem):
            return _NOTHING
        owner = self.value(node.node)
        name = node.attr if isinstance(node, nodes.Getattr) else self.value(node.arg)
        if owner is _NOTHING or name is _NOTHING:
            return _NOTHING
        try:
            return owner[name] if isinstance(owner, dict) else getattr(owner, str(name), _NOTHING)
        except KeyError:
            return _NOTHING

    def _filled(self, node: nodes.Expr) -> nodes.Node:
        found = self.value(node)
        if isinstance(found, str | int | None):
            return nodes.Const(found, lineno=node.lineno)
        return self.generic_visit(node)

    visit_Getattr = visit_Getitem = _filled

    def visit_Name(self, node: nodes.Name) -> nodes.Node:
        """A constant's name must go on meaning it. (A macro may be handed one under its own name.)"""
        if node.ctx == "store" and node.name in self._constants:
            raise TemplateAssertionError(f"'{node.name}' is the same on all pages and cannot be set", node.lineno)
        return node

    def visit_If(self, node: nodes.If) -> nodes.Node | list[nodes.Node]:
        """The branch that is taken, where the page has no say in it."""
        found = self.value(node.test)
        if found is _NOTHING or node.elif_:
            return self.generic_visit(node)
        return [each for child in (node.body if found else node.else_) for each in self.visit_list(child)]


class Generator(CodeGenerator):
    """Compiles a filled template; a page's values are objects of ours, so their attributes are simply read."""

    environment: Engine

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Fill it first."""
        super().visit_Template(Filled(self.environment.constants).visit(node), frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """`view.card`, without asking whether it might be an item."""
        if isinstance(node.node, nodes.Name) and node.node.name in self.environment.constants:
            # A constant that is not there: Jinja tells it best.
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        """A partial is given the page's own context. (Jinja would copy it for each, five times a page; what a partial
        could see of its includer beyond that, loop variables, is a component's business.)"""
        if frame.buffer is not None or not isinstance(node.template, nodes.Const):
            super().visit_Include(node, frame)
            return
        self.writeline(f"template = environment.get_template({node.template.value!r}, {self.name!r})", node)
        self.writeline("yield from template.root_render_func(context)")


class PureTemplate(Template):
    """A template whose modules are made once, and whose fixed partials and cards are rendered once."""

    environment: Engine

    @classmethod
    def from_code(
        cls, environment: Environment, code: CodeType, globals: MutableMapping[str, Any], uptodate: Any = None
    ) -> Template:
        """As Jinja does; a fixed partial gets a memory."""
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = _escape
        if isinstance(made, PureTemplate) and made.name in FIXED:
            made.root_render_func = _fixed(made, made.root_render_func)
        return made

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """What `{% from … import … %}` asks for, on every page anew. Jinja would first compare the globals of the two
        templates, of which this site has none: half a second in two thousand pages."""
        if self._module is None:
            self._module = super()._get_default_module(ctx)
            name = ONCE.get(self.name or "")
            if name:
                setattr(self._module, name, _Once(self.environment, getattr(self._module, name)))
        return self._module


_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def _escape(value: object) -> str:
    """`markupsafe.escape`, for the parts of a page: these are joined at once and need no `Markup` each."""
    if type(value) is str:
        return _escape_text(value)
    if type(value) is int:
        return str(value)
    return value if isinstance(value, Markup) else escape(value)


class Page(Context):
    """What a template sees while it makes a page."""

    def call(__self, __obj: Callable[..., Any], *arguments: object, **named: object) -> object:
        """Call a macro. (Jinja would first ask each whether it wants to be given the context; none does.)"""
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return __obj(*arguments, **named)


def _fixed(template: PureTemplate, render: Any) -> Any:
    def once(_: Context) -> Iterator[str]:
        made, key = template.environment.made, (template.name,)
        if key not in made:
            alone = template.new_context(dict(template.environment.constants))
            made[key] = alone, "".join(render(alone))
        yield made[key][1]

    return once


class _Once:
    """A macro that makes the same of the same arguments, and so makes it once."""

    def __init__(self, engine: Engine, macro: Any) -> None:
        self._engine, self._macro = engine, macro

    def __call__(self, *arguments: object, **named: object) -> Markup | str:
        values = (*arguments, *named.values())
        # A number stands for itself, anything else for its identity: to compare cards would take as long as to make
        # them.
        key = (self._macro.name, *named, *(v if isinstance(v, int) else id(v) for v in values))
        made = self._engine.made
        if key not in made:
            made[key] = values, self._macro(*arguments, **named)
        return made[key][1]


class Compiled(BytecodeCache):
    """Compiled templates in a folder. A file that is damaged or of another version is no file."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder, self._version = folder, version.encode()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if the file is there and whole."""
        with suppress(OSError):
            data = (self._folder / bucket.key).read_bytes()
            if data[:16] == self._seal(data[16:]):
                bucket.bytecode_from_string(data[16:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; a cache that cannot be written is none."""
        data = bucket.bytecode_to_string()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = self._folder / f"{bucket.key}.{os.getpid()}.new"
            fresh.write_bytes(self._seal(data) + data)
            fresh.replace(self._folder / bucket.key)

    def _seal(self, data: bytes) -> bytes:
        return hashlib.blake2b(self._version + data, digest_size=16).digest()


Engine.template_class = PureTemplate
Engine.code_generator_class = Generator
Engine.context_class = Page
