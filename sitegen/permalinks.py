"""Where every page of the site is: one table that pages, links, hreflang, sitemap and redirects all read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sitegen import schema
from sitegen.assemble import hidden, slug_of
from sitegen.crosscheck import layout_of
from sitegen.errors import Problem, problem
from sitegen.model import Page
from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sitegen.model import Catalog, Document, Entry, Settings, Text


class Permalinks(Record):
    """`urls`: id → language → address, as `/cun/bong/`. `redirects`: an old address → the new one."""

    urls: Mapping[str, Mapping[str, str]]
    redirects: Mapping[str, str]


def text_of(entry: Entry, lang: str, default: str) -> Text:
    """The entry's words in `lang`, or in the original language while there is no translation."""
    return entry.texts.get(lang) or entry.texts[default]


class Named(Record):
    """What of a text goes into addresses, while the rest of it may still be wrong."""

    path: str
    slug: str
    aliases: tuple[str, ...]


Claim = tuple[str, str, "Mapping[str, Text | Named]"]
"""An entry's id, its layout ("" if it is no page), its texts by language."""
PARENTS = {"puppies": "catalogue", "breeds": "breeds", "posts": "posts"}
"""The kinds of entry that lie below a page, by that page's layout."""


def permalinks(catalog: Catalog, thanks: Mapping[str, str]) -> tuple[Permalinks, list[Problem]]:
    """Give every entry its address in every language. Two entries with one address are a problem naming both.

    `thanks` are the thank-you pages' addresses that the inquiry function leads to.
    """
    entries: tuple[Entry, ...] = (*catalog.pages, *catalog.breeds, *catalog.posts, *catalog.puppies)
    claims = [(e.id, e.layout if isinstance(e, Page) else "", e.texts) for e in entries]
    return _given(claims, catalog.settings, thanks)


def clashes(documents: Sequence[Document], site: Settings, thanks: Mapping[str, str], today: date) -> list[Problem]:
    """The problems that `permalinks` would find once no document has a mistake any more, as far as addresses can
    already be read."""
    kept_back = {d.id for d in documents if not d.translation and hidden(d, today)}
    texts: dict[str, dict[str, Named]] = defaultdict(dict)
    layouts: dict[str, str] = {}
    for d in (d for d in documents if d.id not in kept_back):
        if not d.translation and d.kind == "pages":
            layouts[d.id] = layout_of({d.lang: d}) or ""
        slug = slug_of(d)
        if slug is not None:
            texts[d.id][d.lang] = Named(d.path, slug, d.values.get(schema.ALIASES) or ())
    kinds = ("pages", "breeds", "posts", "puppies")
    ids = sorted(texts, key=lambda id_: (kinds.index(id_.partition("/")[0]), id_))
    return _given([(id_, layouts.get(id_, ""), texts[id_]) for id_ in ids], site, thanks)[1]


def _given(claims: Sequence[Claim], site: Settings, thanks: Mapping[str, str]) -> tuple[Permalinks, list[Problem]]:
    """Addresses for all claims, pages first; an entry whose own words or whose parent are not known gets none."""
    default = site.default_language
    urls: dict[str, dict[str, str]] = {}
    taken: dict[str, str] = {}
    problems: list[Problem] = []
    parents = {layout: id_ for id_, layout, _ in claims if layout}
    for id_, layout, texts in claims:
        urls[id_] = {}
        above = urls.get(parents.get(PARENTS.get(id_.partition("/")[0], ""), ""), {})
        for lang in site.languages:
            text = texts.get(lang) or texts.get(default)
            root = ("/" if lang == default else f"/{lang}/") if layout else above.get(lang)
            if text is None or root is None:
                continue
            special = {"home": root, "not-found": f"{root}404.html"}
            url = special.get(layout) or f"{root}{text.slug}/"
            other = taken.setdefault(url, text.path)
            if other != text.path:
                problems.append(problem(text.path, 0, "address-twice", url=url, other=other))
            urls[id_][lang] = url
            wanted = thanks.get(lang)
            if layout == "thank-you" and wanted and url != wanted:
                slug = wanted.rstrip("/").rpartition("/")[2]
                problems.append(problem(text.path, 0, "thanks-address", wanted=wanted, slug=slug))
    redirects: dict[str, str] = {}
    for id_, _, texts in claims:
        for lang, text in texts.items():
            for alias in text.aliases:
                old = alias if alias.endswith("/") or "." in alias.rpartition("/")[2] else alias + "/"
                other = taken.setdefault(old, text.path)
                if other != text.path or old in urls[id_].values():
                    problems.append(problem(text.path, 0, "address-twice", url=old, other=other))
                redirects[old] = urls[id_].get(lang, "")
    return Permalinks(urls, redirects), problems
