"""The real shop as it would be published: links, languages, feeds, prices, forms, headers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag

import build
from sitegen import check, headers
from sitegen.model import Birth
from sitegen.options import Options
from sitegen.phrases import money
from sitegen.styles import csp_hash
from tests.conftest import ROOT, TODAY

if TYPE_CHECKING:
    from sitegen.model import Place, Puppy

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"


@cache
def soup(html: bytes) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def contents(shop: build.Built) -> dict[str, bytes]:
    return {output.path: output.content for output in shop.outputs if isinstance(output.content, bytes)}


def page(shop: build.Built, url: str) -> BeautifulSoup:
    return soup(contents(shop)[f"{url}index.html".lstrip("/") if url.endswith("/") else url.lstrip("/")])


def of(shop: build.Built, puppy: Puppy, lang: str) -> Place:
    path = puppy.texts[lang].path
    return next(route for route in shop.routes if route.source == path and route.lang == lang)


def test_nothing_in_the_shop_leads_nowhere(shop: build.Built) -> None:
    """Every link, fragment, id, alternative text, language and page without a way to it."""
    settings = shop.catalog.settings
    assert check.check(shop.outputs, settings.base_url, settings.action) == []


def test_the_shop_is_as_large_as_it_promised(shop: build.Built) -> None:
    puppies = shop.catalog.puppies
    assert len(puppies) >= 24
    assert len({puppy.breed for puppy in puppies}) >= 8
    assert {puppy.status for puppy in puppies} == {"available", "reserved", "sold", "expected"}
    assert len({puppy.texts["vi"].body.html for puppy in puppies}) == len(puppies)
    assert all({"vi", "en"} <= puppy.texts.keys() for puppy in puppies)


def test_every_page_says_its_language_and_names_its_translations_which_name_it_back(shop: build.Built) -> None:
    base = shop.catalog.settings.base_url
    named: dict[str, dict[str, str]] = {}
    for route in shop.routes:
        html = page(shop, route.url)
        root = html.find("html")
        assert isinstance(root, Tag)
        assert root["lang"] == route.lang
        links = {str(link["hreflang"]): str(link["href"]) for link in html.find_all("link", hreflang=True)}
        if links:
            named[base + route.url] = links
            assert links[route.lang] == base + route.url
            assert links.get("x-default") == links["vi"], route.url
    assert len(named) >= 100
    for url, links in named.items():
        assert all(named[other] == links for other in links.values()), url


def test_the_switch_of_every_page_leads_to_the_same_page(shop: build.Built) -> None:
    by_url = {route.url: route for route in shop.routes}
    for route in shop.routes:
        switch = page(shop, route.url).select_one(".site-header__language")
        assert switch
        other = by_url[str(switch["href"])]
        assert other.lang != route.lang
        # The same file, or its translation.
        assert re.sub(r"\.en\.md$", ".md", other.source) == re.sub(r"\.en\.md$", ".md", route.source)


def test_a_page_without_translation_stands_in_courteously(shop: build.Built) -> None:
    assert shop.untranslated == (("content/posts/deposit-scams.md", "en"),)
    (stand_in,) = [route for route in shop.routes if route.lang == "en" and route.source == shop.untranslated[0][0]]
    html = page(shop, stand_in.url)
    main = html.find("main")
    canonical = html.find("link", rel="canonical")
    assert isinstance(main, Tag)
    assert isinstance(canonical, Tag)
    assert main["lang"] == "vi"
    assert main.select_one("[lang=en]")
    assert "/en/" not in str(canonical["href"])
    assert not html.find("link", hreflang=True)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_only_puppies_for_sale_have_a_form_and_it_names_them(shop: build.Built, lang: str) -> None:
    for puppy in shop.catalog.puppies:
        route = of(shop, puppy, lang)
        html = page(shop, route.url)
        form = html.find("form", attrs={"method": "post"})
        if puppy.status in ("available", "reserved"):
            assert isinstance(form, Tag)
            chosen = form.find("input", attrs={"name": "puppy"})
            policy = form.find("input", attrs={"name": "policy"})
            assert isinstance(chosen, Tag)
            assert isinstance(policy, Tag)
            assert str(chosen["value"]) == f"{puppy.texts[lang].title} ({puppy.code}) | {route.url}"
            assert policy["value"] == shop.catalog.policy_version
        else:
            assert form is None
            assert puppy.status != "sold" or html.select_one("#similar .cards a")


@pytest.mark.parametrize(("lang", "url"), [("vi", "/bang-gia/"), ("en", "/en/prices/")])
def test_the_price_table_is_computed_from_the_puppies(shop: build.Built, lang: str, url: str) -> None:
    text = page(shop, url).get_text(" ")
    for puppy in shop.catalog.puppies:
        for_sale = puppy.status != "sold"
        assert (puppy.texts[lang].title in text) or not for_sale
        if for_sale:
            assert money(puppy.price, lang) in text


def test_no_puppy_leaves_before_eight_weeks_and_nothing_lies_in_the_future(shop: build.Built) -> None:
    for puppy in shop.catalog.puppies:
        assert puppy.listed <= TODAY
        if isinstance(puppy.life, Birth):
            assert (puppy.life.ready - puppy.life.born).days >= 56
            assert puppy.life.weighed <= TODAY


def test_the_sitemap_lists_every_page_once_with_its_languages(shop: build.Built) -> None:
    urls = ElementTree.fromstring(contents(shop)["sitemap.xml"]).findall(f"{SITEMAP}url")
    listed = [url.findtext(f"{SITEMAP}loc") for url in urls]
    assert [loc for loc, count in Counter(listed).items() if count > 1] == []
    base = shop.catalog.settings.base_url
    indexed = {base + route.url for route in shop.routes if route.listed}
    assert set(listed) == indexed
    for url in urls:
        alternates = {link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")}
        assert not alternates or (url.findtext(f"{SITEMAP}loc") in alternates.values() and "x-default" in alternates)
    lost = {base + route.url for route in shop.routes} - indexed
    assert all(re.search(r"404|cam-on|thank-you|/en/posts/", url) for url in lost)


@pytest.mark.parametrize(("lang", "path"), [("vi", "feed.xml"), ("en", "en/feed.xml")])
def test_the_feed_is_atom_with_living_links(shop: build.Built, lang: str, path: str) -> None:
    feed = ElementTree.fromstring(contents(shop)[path])
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    base = shop.catalog.settings.base_url
    known = {base + route.url for route in shop.routes}
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) >= 20
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href") in known
        for name in ("title", "summary", "updated", "published"):
            assert entry.findtext(f"{ATOM}{name}")
        assert re.fullmatch(r"2026-\d\d-\d\dT00:00:00\+07:00", entry.findtext(f"{ATOM}updated") or "")
    published = [entry.findtext(f"{ATOM}published") or "" for entry in entries]
    assert published == sorted(published, reverse=True)


def test_search_engines_are_told_what_the_page_shows_and_no_more(shop: build.Built) -> None:
    for puppy in shop.catalog.puppies:
        route = of(shop, puppy, "vi")
        script = page(shop, route.url).find("script", type="application/ld+json")
        assert isinstance(script, Tag)
        graph: list[dict[str, Any]] = json.loads(script.get_text())["@graph"]
        (product,) = [block for block in graph if block["@type"] == "Product"]
        assert product["offers"]["price"] == puppy.price
        assert product["offers"]["priceCurrency"] == "VND"
        assert product["sku"] == puppy.code
        kind = {"available": "InStock", "reserved": "Reserved", "sold": "SoldOut", "expected": "PreOrder"}[puppy.status]
        assert product["offers"]["availability"].endswith(f"/{kind}")
        assert "Rating" not in script.get_text()
        assert "review" not in script.get_text()


def test_robots_are_shown_the_sitemap_and_kept_from_the_form(shop: build.Built) -> None:
    settings = shop.catalog.settings
    lines = contents(shop)["robots.txt"].decode().splitlines()
    assert f"Disallow: {settings.action}" in lines
    assert f"Sitemap: {settings.base_url}/sitemap.xml" in lines


def test_a_sample_shop_says_so_and_cannot_be_published(shop: build.Built) -> None:
    assert all(page(shop, url).select_one(".ribbon") for url in ("/", "/en/", "/cun/bong/"))
    run = subprocess.run(
        [sys.executable, "build.py", "check", "--production"], cwd=ROOT, capture_output=True, text=True,
        encoding="utf-8", check=False, env={"PYTHONUTF8": "1", "PATH": "", "SOURCE_DATE_EPOCH": "1795323600"},
    )  # fmt: skip
    assert run.returncode == 1
    assert "sample: false" in run.stdout


def test_pages_run_and_wear_only_what_their_policy_knows_by_its_hash_or_comes_from_assets(shop: build.Built) -> None:
    for route in shop.routes:
        html = page(shop, route.url)
        policy = headers.headers_for(shop.table, route.url)["Content-Security-Policy"]
        inlined = html.find_all("script", type=None) + html.find_all("style")
        assert [tag.name for tag in inlined] == ["script", "style"], route.url
        assert all(csp_hash(tag.get_text()) in policy for tag in inlined), route.url
        assert {script["type"] for script in html.find_all("script", type=True)} <= {"application/ld+json"}
        scripts = str(html.body["data-scripts"]).split() if html.body else []
        assert scripts, route.url
        assert all(script.startswith("/assets/") for script in scripts)
        assert all(any(script[1:] == output.path for output in shop.outputs) for script in scripts)
        assert not html.find(style=True), route.url
        assert not [tag.name for tag in html.find_all(True) if any(name.startswith("on") for name in tag.attrs)]


def test_every_answer_carries_the_strict_policy_and_assets_are_kept_for_a_year(shop: build.Built) -> None:
    style = page(shop, "/").find("style")
    assert isinstance(style, Tag)
    for path in ("/", "/cun/bong/", "/404.html", "/en/posts/"):
        given = headers.headers_for(shop.table, path)
        assert "default-src 'none'" in given["Content-Security-Policy"]
        assert "unsafe" not in given["Content-Security-Policy"]
        assert given["Cache-Control"].endswith("must-revalidate")
        assert {"Referrer-Policy", "X-Content-Type-Options", "Permissions-Policy"} <= given.keys()
    for output in shop.outputs:
        if output.path.startswith(("assets/", "drawings/", "share/", "pictures/")):
            assert "immutable" in headers.headers_for(shop.table, f"/{output.path}")["Cache-Control"]
            assert re.search(r"[./-][0-9a-f]{8,}", output.path), output.path


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_words_give_the_same_bytes(shop: build.Built, jobs: int) -> None:
    again = build.build_site(ROOT, Options(TODAY, jobs=jobs))
    assert {o.path: read(o.content) for o in again.outputs} == {o.path: read(o.content) for o in shop.outputs}


def read(content: bytes | Path) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()
