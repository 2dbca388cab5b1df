"""The last step of a text: links name addresses, braces become the shop's facts, pictures get their files."""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import count
from typing import TYPE_CHECKING

from markupsafe import Markup

from sitegen.parse import identity
from sitegen.views import Link, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.model import Heading

_HREF = re.compile(r'href="/([^"#]+\.md)(#[^"]*)?"')
_FACT = re.compile(r"\{\{\s*([a-z.]+)\s*\}\}")
_IMG = re.compile(r'<img\b[^>]*?\bsrc="([^"/:]+)"[^>]*>')
_ALT = re.compile(r'\balt="([^"]*)"')
_H2 = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.S)
_TABLE = re.compile(r"<table>.*?</table>", re.S)


def finish(
    html: str,
    addresses: Callable[[str], str],
    facts: Mapping[str, Markup],
    picture: Callable[[str, str], str],
    table_label: str,
) -> Markup:
    """A body's HTML, ready for the page. `addresses` gives a document id's address, `facts` the HTML of each name in
    braces, `picture` the HTML of a photo beside the page from its file name and alt text (both plain). Wide tables
    get a region of their own that scrolls, named `table_label` with its number as `{n}`."""
    if 'href="/' in html:
        html = _HREF.sub(lambda m: f'href="{escape(addresses(identity("content/" + m[1])[0]))}{m[2] or ""}"', html)
    if "{" in html:  # a single letter is found thirty times as fast as two
        html = _FACT.sub(lambda m: str(facts[m[1]]), html)
    if "<img" in html:
        html = _IMG.sub(lambda m: picture(unescape(m[1]), unescape(alt[1]) if (alt := _ALT.search(m[0])) else ""), html)
    if "<table" in html:
        # A focusable region, because a table that scrolls sideways must be reachable by keyboard (WCAG 2.1.1).
        number = count(1)
        html = _TABLE.sub(lambda m: _scrolling(m[0], table_label.format(n=next(number))), html)
    return Markup(html)


def _scrolling(table: str, label: str) -> str:
    return f'<div class="table" role="region" aria-label="{escape(label)}" tabindex="0">{table}</div>'


def contents(headings: tuple[Heading, ...]) -> tuple[Link, ...]:
    """A table of contents: the second-level headings."""
    return tuple(Link(f"#{h.id}", unescape(h.title)) for h in headings if h.level == 2)


def sections(html: Markup) -> tuple[Markup, dict[str, Section]]:
    """Split a finished body at its `##` headings: what stands before the first, and each section by id."""
    parts = _H2.split(str(html))
    found = {
        parts[n]: Section(parts[n], unescape(re.sub(r"<[^>]+>", "", parts[n + 1])), Markup(parts[n + 2].strip()))
        for n in range(1, len(parts), 3)
    }
    return Markup(parts[0].strip()), found
