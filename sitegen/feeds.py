"""What machines read: Atom, sitemap, robots.txt, redirects."""

from __future__ import annotations

from html import escape as escaped
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.model import Output
from sitegen.permalinks import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sitegen.frame import Frame
    from sitegen.model import Entry, Route, Settings

# `xml.sax.saxutils` has these two as well, and loads a web client with them, which takes 20 ms.


def escape(text: str) -> str:
    """Text for between tags."""
    return escaped(text, quote=False)


def quoteattr(text: str) -> str:
    """An attribute's value, in quotation marks."""
    return f'"{escaped(text)}"'


ENTRIES = 30
"""How many entries a feed holds: more than anyone misses, small enough to fetch often."""


def atom(frame: Frame) -> Output:
    """The newest posts and puppies of a language (RFC 4287). Dates come from the content, so bytes stay the same."""
    catalog, site = frame.catalog, frame.settings
    dated: list[tuple[date, date, Entry]] = [(p.posted, p.updated or p.posted, p) for p in catalog.posts]
    dated += [(p.listed, p.changed, p) for p in catalog.puppies if p.status != "sold"]
    newest = sorted(dated, key=lambda row: (row[0], row[2].id), reverse=True)[:ENTRIES]
    home = site.base_url + frame.site.home.url
    feed = site.base_url + frame.site.feed
    updated = max((changed for _, changed, _ in newest), default=None)
    entries = "".join(_entry(entry, posted, changed, frame) for posted, changed, entry in newest)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{frame.lang}">'
        f"<title>{escape(site.shop.name)}</title><subtitle>{escape(site.shop.tagline[frame.lang])}</subtitle>"
        f'<id>{escape(home)}</id><link href={quoteattr(home)}/><link rel="self" href={quoteattr(feed)}/>'
        f"<updated>{_moment(updated)}</updated><author><name>{escape(site.shop.name)}</name></author>{entries}</feed>\n"
    )
    return Output(frame.site.feed.lstrip("/"), text.encode(), "feed")


def _entry(entry: Entry, posted: date, changed: date, frame: Frame) -> str:
    text = text_of(entry, frame.lang, frame.settings.default_language)
    url = frame.settings.base_url + quote(frame.url(entry))
    return (
        f'<entry xml:lang="{text.lang}"><title>{escape(text.title)}</title><id>{escape(url)}</id>'
        f"<link href={quoteattr(url)}/>"
        f"<published>{_moment(posted)}</published><updated>{_moment(changed)}</updated>"
        f"<summary>{escape(text.summary)}</summary></entry>"
    )


def _moment(day: date | None) -> str:
    """Midnight of the day in Vietnam, which has no summer time (RFC 3339)."""
    return f"{day.isoformat() if day else '1970-01-01'}T00:00:00+07:00"


def sitemap_row(route: Route) -> str:
    """A page as search engines are told of it, with its languages and pictures; empty when they are not."""
    if not route.listed:
        return ""
    # Of what XML minds, whole addresses can hold only this: `frame.absolute` has quoted the rest.
    alternates = "".join([
        f'<xhtml:link rel="alternate" hreflang="{a.lang}" href="{a.url.replace("&", "&amp;")}"/>'
        for a in route.head.alternates
    ])  # fmt: skip
    images = "".join([
        f"<image:image><image:loc>{url.replace('&', '&amp;')}</image:loc></image:image>" for url in route.images
    ])  # fmt: skip
    changed = f"<lastmod>{route.changed.isoformat()}</lastmod>" if route.changed else ""
    return f"<url><loc>{route.head.canonical.replace('&', '&amp;')}</loc>{changed}{alternates}{images}</url>\n"


def sitemap(rows: Iterable[tuple[str, str]]) -> Output:
    """All pages that search engines may list, from pairs of address and row, in the order of their addresses."""
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
        f"{''.join(row for _, row in sorted(rows))}</urlset>\n"
    )
    return Output("sitemap.xml", text.encode(), "sitemap")


def robots(site: Settings) -> Output:
    """robots.txt: everything may be read but the form's address."""
    text = f"User-agent: *\nAllow: /\nDisallow: {site.action}\n\nSitemap: {site.base_url}/sitemap.xml\n"
    return Output("robots.txt", text.encode(), "robots")


def redirect_page(old: str, new: str, site: Settings, lang: str) -> Output:
    """A page at an old address that leads to the new one, for hosts that cannot redirect."""
    target = escape(site.base_url + quote(new))
    text = (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{target}</title>'
        f'<link rel="canonical" href="{target}"><meta http-equiv="refresh" content="0;url={escape(quote(new))}">'
        f'<p><a href="{escape(quote(new))}">{target}</a></p></html>\n'
    )
    path = f"{old}index.html" if old.endswith("/") else old
    return Output(path.lstrip("/"), text.encode(), "redirect")
