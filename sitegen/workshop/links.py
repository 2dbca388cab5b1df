"""The "sửa / edit" link on every page of the preview. Pure."""

from __future__ import annotations

from html import escape

from sitegen.parse import identity
from sitegen.workshop.entries import KINDS, SETTINGS, SITE
from sitegen.workshop.words import say

HOME = "/_workshop/"
"""Where the workshop is; what begins with `/_` is the preview's own."""


def edit_address(source: str) -> str:
    """A page's source → where it is edited; "" where the workshop has no form for it."""
    if source == SETTINGS:
        return f"{HOME}edit/{SITE}"
    if not source.startswith("content/") or not source.endswith(".md"):
        return ""
    id_, kind, _ = identity(source)
    return f"{HOME}edit/{id_}" if kind in KINDS and id_.count("/") == 1 else ""


def raw_address(id_: str) -> str:
    """Where the text of an entry's files is edited."""
    return f"{HOME}raw/{id_}"


def with_edit(html: bytes, source: str, lang: str) -> bytes:
    """The page with a link to its source: a plain one at its end, which a script makes a tab at the edge (the page has
    a CSP that allows no inline style)."""
    address = edit_address(source)
    if not address:
        return html
    name, label = escape(say("edit-page", lang)), escape(say("edit", lang))
    link = (
        f'<p class="wrap"><a id="workshop-edit" lang="{lang}" href="{address}" aria-label="{name}">✎ {label}</a></p>'
        f'<script src="{HOME}assets/edit.js" async></script>'
    ).encode()
    at = html.rfind(b"</body>")
    return html + link if at < 0 else html[:at] + link + html[at:]
