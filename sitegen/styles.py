"""Style sheets and scripts → what a page needs of them: one inlined style, fingerprinted files."""

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


def bundle(sheets: Mapping[str, str], entry: str = "global.css", extra: Mapping[str, str] | None = None) -> Markup:
    """One style sheet out of `entry` and what it imports, each within its cascade layer, minified.

    `extra` maps a layer to a further sheet (the inquiry form's own). The whole is inlined in every page: it is
    smaller than the round trip that a file of its own would cost a phone.
    """

    def inline(match: re.Match[str]) -> str:
        text = sheets[match[1]]
        return f"@layer {match[2]}{{{text}}}" if match[2] else text

    parts = [_IMPORT.sub(inline, sheets[entry])]
    parts += [f"@layer {layer}{{{text}}}" for layer, text in (extra or {}).items()]
    return Markup(rcssmin.cssmin("\n".join(parts)))


def csp_hash(text: str) -> str:
    """The Content-Security-Policy source that allows exactly this inlined text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def fingerprint(name: str, text: str) -> Output:
    """`js/site.js` → `assets/site.1a2b3c4d.js`: the name changes with the bytes, so that it may be kept for ever."""
    data = text.encode()
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return Output(f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}", data, f"static/{name}")
