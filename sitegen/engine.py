"""The templates of a language as Python: composed when they are first asked for, kept in a folder, run for each page.

A page comes out as bytes, piece by piece: what is known beforehand is encoded already (most of a page: its style,
header and footer), and what is the page's own is encoded as it is shown. To run a template takes nothing of Jinja.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from bisect import bisect_right
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

import markupsafe
from markupsafe import Markup, escape

from sitegen.memo import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import CodeType, TracebackType

    from sitegen.compose import Composer

OWN = ("page", "view", "style")
"""What a template knows of its page; the rest is the same on all pages of the language."""
FIXED = frozenset({"partials/footer.html"})
"""Partials that read the language's words and nothing of the page. They are given nothing else, so that one which does
read the page fails at once."""
ONCE = frozenset({"components/puppy_card.html", "components/breed_card.html"})
"""Components that many pages show with the same arguments: each such card is made once."""

Make: TypeAlias = "Callable[..., bytes]"
Places: TypeAlias = "tuple[tuple[int, str, int], ...]"


class Engine:
    """The templates of one language. `templates` are texts by path; `constants` are the values by name that are the
    same on all of its pages: no template may give those names another meaning. `folder` is where composed templates are
    kept, by the `version` of all that decides over them; without it they are composed anew. `own` are the names of what
    each page is given."""

    def __init__(
        self, templates: Mapping[str, str], constants: Mapping[str, object], folder: Path | None = None,
        version: str = "", own: tuple[str, ...] = OWN,
    ) -> None:  # fmt: skip
        self.templates, self.constants = templates, constants
        self._folder, self._version, self._own = folder, version, own
        self._composer: Composer | None = None
        self._loaded: dict[str, Make] = {}
        self._made: dict[tuple[object, ...], tuple[object, bytes]] = {}
        """What came out the same, by what it was made of, with those objects, so that their ids stay theirs."""

    def template(self, name: str) -> Make:
        """The template as a function: it is given what the page has of its own, in the order of `own`, and gives the
        page's bytes. Raises `TemplateSyntaxError`."""
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def forget(self) -> None:
        """Begin a new build: nothing of the last one's values is kept."""
        self._made.clear()

    def _load(self, name: str) -> Make:
        place = self._folder / name.replace("/", "-") if self._folder else None
        kept = _kept(place, self._version) if place else None
        if kept is None:
            # Here, because a build that has them composed already should not wait for Jinja.
            from sitegen.compose import Composer

            self._composer = self._composer or Composer(self.templates, self.constants, once=ONCE, fixed=FIXED)
            composed = self._composer.page(name, self._own)
            kept = compile(composed.python, f"templates/{name}", "exec", dont_inherit=True), composed.places
            if place:
                _keep(place, self._version, kept)
        code, places = kept
        names: dict[str, Any] = {**self.constants, **HELP, "_once": self._once, "PLACES": places}
        exec(code, names)
        made: Make = names["make"]
        return made

    def _once(self, function: Callable[..., list[bytes]], *arguments: object) -> bytes:
        """What the component makes of these arguments: the same of the same, and so it is made once."""
        # A number stands for itself, anything else for its identity: to compare cards would take as long as to make
        # them.
        key = (function, *(value if isinstance(value, int) else id(value) for value in arguments))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = arguments, b"".join(function([], *arguments))
        return made[1]


class Engines:
    """The engines of all languages, each kept while what is in it stays the same. `folder` is the folder for composed
    templates, `version` that of the program."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder, self._version = folder, version
        self._made: dict[str, Engine] = {}
        self._digest: tuple[Mapping[str, str], str] = {}, ""

    def begin(self, templates: Mapping[str, str]) -> None:
        """Read the templates, if all of them will have to be composed: that is done in processes that are forked from
        this one, and need not be begun in each."""
        if not self._folder.is_dir():
            from jinja2.exceptions import TemplateSyntaxError

            from sitegen.compose import parsed

            with suppress(TemplateSyntaxError):  # told when the template is used
                for name, text in templates.items():
                    parsed(name, text)

    def of(self, lang: str, templates: Mapping[str, str], constants: Mapping[str, object]) -> Engine:
        """The engine of a language, ready for a new build."""
        engine = self._made.get(lang)
        if engine is None or engine.templates != templates or engine.constants != constants:
            # All templates, because which of them one is made of is known only when it has been composed.
            if self._digest[0] is not templates:
                self._digest = templates, digest(*(part for pair in sorted(templates.items()) for part in pair))
            version = digest(self._version, repr(constants), self._digest[1])
            engine = self._made[lang] = Engine(templates, constants, self._folder / lang, version)
        engine.forget()
        return engine


# What a composed template calls


class NotThere(AttributeError):
    """A template asks for something that is not there."""


_escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def _html(value: Any) -> bytes:
    """A value as a piece of HTML."""
    kind = type(value)
    if kind is str:
        return _escape(value).encode()
    if kind is Markup:
        return str.encode(value)
    if kind is int:
        return b"%d" % value
    # A style is shown so often that it is encoded already.
    return value if kind is bytes else escape(value).encode()


def _item(of: Any, key: Any) -> Any:
    """`of[key]`, or `of.key`, as Jinja understands it."""
    try:
        return of[key]
    except (LookupError, TypeError, AttributeError):
        if isinstance(key, str) and hasattr(of, key):
            return getattr(of, key)
    raise NotThere(name=str(key), obj=of)


class _Unset:
    """A name that no branch has set; it is missed when somebody asks."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _missed(self, *_: object) -> Any:
        raise NotThere(name=self._name)

    __str__ = __bool__ = __iter__ = __len__ = __eq__ = __hash__ = __getattr__ = __getitem__ = _missed


def _joined(parts: tuple[Any, ...]) -> str:
    """The values, one after the other: HTML if one of them is."""
    return Markup("").join(parts) if any(hasattr(part, "__html__") for part in parts) else "".join(map(str, parts))


def _filtered(name: str, value: object, *arguments: object, **named: object) -> object:
    from sitegen.expressions import filtered  # Jinja's own, so only where a template needs one

    return filtered(name, value, *arguments, **named)


def _tested(name: str, value: object, *arguments: object, **named: object) -> object:
    from sitegen.expressions import tested

    return tested(name, value, *arguments, **named)


HELP: Mapping[str, object] = {
    "_html": _html, "_item": _item, "_joined": _joined, "_filtered": _filtered, "_tested": _tested, "_Unset": _Unset,
    "_Markup": Markup,
}  # fmt: skip


def place(trace: TracebackType) -> tuple[str, int] | None:
    """The template and the line in it that a step of a traceback speaks of; None if it is no template's."""
    places: Places | None = trace.tb_frame.f_globals.get("PLACES")
    if places is None:
        return None
    at = max(bisect_right(places, trace.tb_lineno, key=lambda row: row[0]) - 1, 0)
    return places[at][1:]


# The folder of composed templates


def _kept(path: Path, version: str) -> tuple[CodeType, Places] | None:
    """What was composed, if the file is there, whole, and of this version."""
    with suppress(OSError):
        data = path.read_bytes()
        if data[:16] == _seal(data[16:], version):
            kept: tuple[CodeType, Places] = marshal.loads(data[16:])
            return kept
    return None


def _keep(path: Path, version: str, composed: tuple[CodeType, Places]) -> None:
    """Keep what was composed; a folder that cannot be written keeps nothing."""
    data = marshal.dumps(composed)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        fresh.write_bytes(_seal(data, version) + data)
        fresh.replace(path)


def _seal(data: bytes, version: str) -> bytes:
    return hashlib.blake2b(version.encode() + data, digest_size=16).digest()
