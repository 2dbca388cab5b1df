"""Where every page of the site is: one table that pages, links, hreflang, sitemap and redirects all read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.errors import Problem, problem
from sitegen.model import Alternate, Breed, Page, Post, Puppy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.model import Catalog, Entry, Text


@dataclass(frozen=True, slots=True)
class Permalinks:
    """`urls`: id → language → address, as `/cun/bong/`. `redirects`: an old address → the new one."""

    urls: Mapping[str, Mapping[str, str]]
    redirects: Mapping[str, str]

    def alternates(self, entry: Entry, default: str) -> tuple[Alternate, ...]:
        """The entry in every language that it is really written in, then `x-default`: the `default` language, for
        readers of any other. Empty when there is only one: nothing to choose."""
        found = [Alternate(lang, url) for lang, url in self.urls[entry.id].items() if lang in entry.texts]
        return (*found, Alternate("x-default", self.urls[entry.id][default])) if len(found) > 1 else ()


def text_of(entry: Entry, lang: str, default: str) -> Text:
    """The entry's words in `lang`, or in the original language while there is no translation."""
    return entry.texts.get(lang) or entry.texts[default]


def permalinks(catalog: Catalog, thanks: Mapping[str, str]) -> tuple[Permalinks, list[Problem]]:
    """Give every entry its address in every language. Two entries with one address are a problem naming both.

    `thanks` are the thank-you pages' addresses that the inquiry function leads to.
    """
    site = catalog.settings
    default = site.default_language
    urls: dict[str, dict[str, str]] = {}
    taken: dict[str, str] = {}
    problems: list[Problem] = []
    parents = {Puppy: catalog.page("catalogue"), Breed: catalog.page("breeds"), Post: catalog.page("posts")}
    entries: tuple[Entry, ...] = (*catalog.pages, *catalog.breeds, *catalog.posts, *catalog.puppies)
    for entry in entries:
        urls[entry.id] = {}
        for lang in site.languages:
            text = text_of(entry, lang, default)
            url = _address(entry, lang, default, text, urls, parents)
            other = taken.setdefault(url, text.path)
            if other != text.path:
                problems.append(problem(text.path, 0, "address-twice", url=url, other=other))
            urls[entry.id][lang] = url
            wanted = thanks.get(lang)
            if isinstance(entry, Page) and entry.layout == "thank-you" and wanted and url != wanted:
                slug = wanted.rstrip("/").rpartition("/")[2]
                problems.append(problem(text.path, 0, "thanks-address", wanted=wanted, slug=slug))
    redirects: dict[str, str] = {}
    for entry in entries:
        for lang, text in entry.texts.items():
            for alias in text.aliases:
                old = alias if alias.endswith("/") or "." in alias.rpartition("/")[2] else alias + "/"
                other = taken.setdefault(old, text.path)
                if other != text.path or old in urls[entry.id].values():
                    problems.append(problem(text.path, 0, "address-twice", url=old, other=other))
                redirects[old] = urls[entry.id][lang]
    return Permalinks(urls, redirects), problems


def _address(
    entry: Entry,
    lang: str,
    default: str,
    text: Text,
    urls: Mapping[str, Mapping[str, str]],
    parents: Mapping[type, Page],
) -> str:
    root = "/" if lang == default else f"/{lang}/"
    if isinstance(entry, Page):
        return {"home": root, "not-found": f"{root}404.html"}.get(entry.layout, f"{root}{text.slug}/")
    return f"{urls[parents[type(entry)].id][lang]}{text.slug}/"
