"""Outputs → problems: what only the finished pages show. Links, fragments, ids, alt texts, languages, orphans."""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin

from bs4 import BeautifulSoup, Tag

from sitegen import carried
from sitegen.errors import problem
from sitegen.render import output_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sitegen.errors import Problem
    from sitegen.model import Output

LOADING = {"img": "src", "script": "src", "source": "srcset", "iframe": "src", "link": "href"}
"""Elements that fetch something, and the attribute that says what. A `link` only with the relations below."""
FETCHING_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"}
UNLINKED = ("404.html", "cam-on/index.html", "thank-you/index.html")
"""Pages that only a server or the form leads to."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A parsed page: where it lies, who made it, the ids in it, and its translations' addresses (hreflang)."""

    url: str
    source: str
    soup: BeautifulSoup
    ids: frozenset[str]
    translations: frozenset[str]


def check(outputs: Iterable[Output], base_url: str, action: str) -> list[Problem]:
    """Every fault of the finished site. `action` is the form's address, which no file answers."""
    files = {output.path: output for output in outputs}
    pages: dict[str, _Page] = {}
    problems: list[Problem] = []
    for path, output in files.items():
        # A redirect is no page, and a file that is carried as it is (`carried`) is somebody else's.
        foreign = output.source == "redirect" or output.source.startswith(carried.FOLDER)
        if path.endswith(".html") and isinstance(output.content, bytes) and not foreign:
            soup = BeautifulSoup(output.content, "html.parser")
            ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
            url = "/" + path.removesuffix("index.html")
            named = frozenset(str(link.get("href")) for link in soup.find_all("link", hreflang=True))
            pages[path] = _Page(url, output.source, soup, frozenset(ids), named)
            problems += [
                problem(output.source, 0, "id-twice", id=id_) for id_, count in Counter(ids).items() if count > 1
            ]
    reached: set[str] = set()
    for page in pages.values():
        problems += _elements(page, base_url)
        for href in _hrefs(page):
            problems += _link(href, page, files, pages, base_url, action, reached)
    problems += _languages(pages, base_url)
    for path, page in pages.items():
        if path not in reached and not path.endswith(UNLINKED) and page.url != "/":
            problems.append(problem(page.source, 0, "orphan", url=page.url))
    return sorted(set(problems))


def _elements(page: _Page, base_url: str) -> list[Problem]:
    """Alt texts, the page's language, and requests to other sites."""
    found = []
    html = page.soup.find("html")
    if not isinstance(html, Tag) or not html.get("lang"):
        found.append(problem(page.source, 0, "no-lang"))
    found += [
        problem(page.source, 0, "no-alt", src=str(image.get("src", "")))
        for image in page.soup.find_all("img")
        if image.get("alt") is None
    ]
    for name, attribute in LOADING.items():
        for tag in page.soup.find_all(name):
            if name == "link" and not FETCHING_RELATIONS & set(tag.get("rel") or ()):
                continue
            address = str(tag.get(attribute) or "")
            if address.startswith(("http:", "https:", "//")) and not address.startswith(base_url + "/"):
                found.append(problem(page.source, 0, "foreign-request", src=address))
    return found


def _hrefs(page: _Page) -> list[str]:
    return [str(a["href"]) for a in page.soup.find_all("a", href=True)] + [
        str(tag[attribute])
        for name, attribute in (("img", "src"), ("script", "src"))
        for tag in page.soup.find_all(name)
        if tag.get(attribute)
    ]


def _link(
    href: str,
    page: _Page,
    files: Mapping[str, Output],
    pages: Mapping[str, _Page],
    base_url: str,
    action: str,
    reached: set[str],
) -> list[Problem]:
    inside = href.removeprefix(base_url) if href.startswith(base_url + "/") else href
    if ":" in inside.split("/")[0] or inside.startswith(("//", action)):
        return []
    address, fragment = urldefrag(urljoin(page.url, inside))
    path = output_path(posixpath.normpath(unquote(address.partition("?")[0])) + "/" * address.endswith("/"))
    path = path.replace("//", "/").lstrip("/")
    if path not in files:
        return [problem(page.source, 0, "broken-link", href=href)]
    # A page's own translation does not count: both could be out of everyone's reach.
    if path in pages and pages[path].source != page.source and base_url + pages[path].url not in page.translations:
        reached.add(path)
    if fragment and path in pages and unquote(fragment) not in pages[path].ids:
        return [problem(page.source, 0, "broken-fragment", href=href)]
    return []


def _languages(pages: Mapping[str, _Page], base_url: str) -> list[Problem]:
    """hreflang has to be reciprocal: each page that names another is named back."""
    named = {base_url + page.url: page.translations for page in pages.values()}
    return [
        problem(page.source, 0, "hreflang-one-way", other=other)
        for page in pages.values()
        for other in page.translations
        if base_url + page.url not in named.get(other, frozenset())
    ]
