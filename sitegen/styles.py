"""Style sheets and scripts → what a page needs of them: an inlined style, fingerprinted files."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import rcssmin
from markupsafe import Markup

from sitegen.model import Output
from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_INCLUDE = re.compile(r'{%-?\s*(?:extends|include|from|import)\s+"([^"]+)"')
_TOKEN = re.compile(r"""[{};]|"[^"]*"|'[^']*'|[^"'{};]+""")
_COMMA = re.compile(r",(?![^(]*\))")
_NOT = re.compile(r":not\([^)]*\)")
_CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
_ATTRIBUTE = re.compile(r'class="([^"]*)"')
_NAME = re.compile(r"(?<![\w.])[a-zA-Z][\w-]*(?:{{)?")
_NESTING = ("@media", "@layer", "@supports", "@container")
MADE_IN_TEXTS = frozenset({"table"})
"""Classes that Markdown becomes and that no template writes."""


class _Block(Record):
    """A rule of a style sheet: its selectors, each with the classes that it needs, and what stands between the braces.
    An at-rule has no selectors and keeps its `head`."""

    head: str
    selectors: tuple[tuple[str, frozenset[str]], ...]
    inside: tuple[_Block, ...] | str

    def shown(self, known: Callable[[str], bool]) -> str:
        """The rule as far as its classes are known; "" if nothing is left of it."""
        if isinstance(self.inside, tuple):
            inside = "".join(block.shown(known) for block in self.inside)
            return f"{self.head}{{{inside}}}" if inside else ""
        if not self.selectors:
            return self.head + self.inside
        left = [text for text, classes in self.selectors if all(map(known, classes))]
        return f"{','.join(left)}{{{self.inside}}}" if left else ""


def bundles(sheets: Mapping[str, str], templates: Mapping[str, str], form: str) -> dict[str, Markup]:
    """The style of each page template: `global.css` without the rules for classes that the template never shows,
    minified. `brackets` has found no fault in the sheets. `form` is the inquiry form's own, shown where the form is.

    A template shows the classes that stand in its `class="…"` and in those of all that it includes; one that ends in
    `{{` stands for every class that begins so. The whole is inlined in the page: it is smaller than the round trip
    that a file of its own would cost a phone.
    """

    from sitegen.brackets import ENTRY, IMPORT, without_remarks  # only when one of the sheets or templates has changed

    def sheet(match: re.Match[str]) -> str:
        return f"@layer {match[2]}{{{sheets[match[1]]}}}" if match[2] else sheets[match[1]]

    css = f"{IMPORT.sub(sheet, without_remarks(sheets[ENTRY]))}\n@layer components{{{form}}}"
    blocks = _blocks(rcssmin.cssmin(css))
    found = {}
    for name in (name for name in templates if name.startswith("pages/")):
        source = "\n".join(templates[part] for part in sorted(closure(name, templates)))
        known = _shown_in(source + (' class="inquiry inquiry__{{" ' if "view.form" in source else ""))
        found[name] = Markup("".join(block.shown(known) for block in blocks))
    return found


def closure(name: str, templates: Mapping[str, str]) -> frozenset[str]:
    """A template with everything that it extends, includes and imports, directly or not."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        part = waiting.pop()
        if part not in seen and part in templates:
            seen.add(part)
            waiting += _INCLUDE.findall(templates[part])
    return frozenset(seen)


def _shown_in(source: str) -> Callable[[str], bool]:
    """Whether a class can stand on a page that is made from this."""
    names = {name for attribute in _ATTRIBUTE.findall(source) for name in _NAME.findall(attribute)} | MADE_IN_TEXTS
    beginnings = tuple(name.removesuffix("{{") for name in names if name.endswith("{{"))
    return lambda name: name in names or name.startswith(beginnings)


def _blocks(css: str) -> tuple[_Block, ...]:
    """A minified style sheet as its rules."""
    found: list[_Block] = []
    depth, head, inside = 0, "", ""
    for token in _TOKEN.findall(css):
        depth -= token == "}"
        if depth:
            inside += token
        elif token == "}":
            found.append(_block(head, inside))
            head = inside = ""
        elif token == ";":
            found.append(_Block(head, (), ";"))
            head = ""
        elif token != "{":
            head += token
        depth += token == "{"
    return tuple(found)


def _block(head: str, inside: str) -> _Block:
    if head.startswith(_NESTING):
        return _Block(head, (), _blocks(inside))
    if head.startswith("@"):
        return _Block(head, (), f"{{{inside}}}")
    return _Block(
        head, tuple((text, frozenset(_CLASS.findall(_NOT.sub("", text)))) for text in _COMMA.split(head)), inside
    )


def csp_hash(text: str) -> str:
    """The Content-Security-Policy source that allows exactly this inlined text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def inlined(bundled: Mapping[str, str]) -> dict[str, Markup]:
    """Bundles that come out of the memory, ready for their pages."""
    return {name: Markup(style) for name, style in bundled.items()}


def fingerprint(name: str, text: str) -> Output:
    """`js/site.js` → `assets/site.1a2b3c4d.js`: the name changes with the bytes, so that it may be kept for ever."""
    data = text.encode()
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return Output(f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}", data, f"static/{name}")
