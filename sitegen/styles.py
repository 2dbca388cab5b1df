"""Style sheets and scripts → what a page needs of them: an inlined style, fingerprinted files."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import rcssmin
from markupsafe import Markup

from sitegen.model import Output

if TYPE_CHECKING:
    from collections.abc import Mapping

_IMPORT = re.compile(r'@import\s+"([^"]+)"\s*(?:layer\(([\w.]+)\))?\s*;')
_INCLUDE = re.compile(r'{%-?\s*(?:extends|include|from|import)\s+"([^"]+)"')
_CLASS = re.compile(r"\.([a-z][a-z0-9_-]*)")


def bundles(sheets: Mapping[str, str], templates: Mapping[str, str], form: str) -> dict[str, Markup]:
    """The style of each page template: `global.css` with those of its components that the template shows, minified.

    A component's sheet is taken when one of its classes stands in the template or in what that includes; `form` is
    the inquiry form's own sheet, taken where the form is shown. The whole is inlined in the page: it is smaller than
    the round trip that a file of its own would cost a phone.
    """
    found = {}
    for name in (name for name in templates if name.startswith("pages/")):
        source = "\n".join(templates[part] for part in sorted(closure(name, templates)))
        found[name] = _bundle(sheets, source, form if "view.form" in source else "")
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


def _bundle(sheets: Mapping[str, str], source: str, form: str) -> Markup:
    words = set(re.findall(r"[a-z][a-z0-9_-]*", source))

    def inline(match: re.Match[str]) -> str:
        text = sheets[match[1]]
        if match[1].startswith("components/") and not words.intersection(_CLASS.findall(text)):
            return ""
        return f"@layer {match[2]}{{{text}}}" if match[2] else text

    style = _IMPORT.sub(inline, sheets["global.css"])
    if form:
        style += f"\n@layer components{{{form}}}"
    return Markup(rcssmin.cssmin(style))


def csp_hash(text: str) -> str:
    """The Content-Security-Policy source that allows exactly this inlined text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def fingerprint(name: str, text: str) -> Output:
    """`js/site.js` → `assets/site.1a2b3c4d.js`: the name changes with the bytes, so that it may be kept for ever."""
    data = text.encode()
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return Output(f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}", data, f"static/{name}")
