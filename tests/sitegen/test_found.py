"""What search engines, chats and other readers are told, and how many bytes a phone needs for it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import brotli
import pytest

from sitegen.headers import headers_for
from tests.browser.test_screens import KINDS
from tests.sitegen.test_content import contents, of, page

if TYPE_CHECKING:
    import build

FIRST_FLIGHT = 14_600
"""Bytes that come in the first round trip: ten packets."""
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def told(shop: build.Built, url: str) -> dict[str, str]:
    """The page's words for chats, by name."""
    tags = page(shop, url).select("meta[property], meta[name]")
    return {str(tag.get("property") or tag["name"]): str(tag["content"]) for tag in tags}


def test_every_page_shared_in_a_chat_has_a_title_words_and_a_picture(shop: build.Built) -> None:
    base = shop.catalog.settings.base_url
    for route in shop.routes:
        words = told(shop, route.url)
        for name in ("og:title", "og:description", "og:url", "og:image:alt", "description"):
            assert words[name], (route.url, name)
        assert words["og:image"].startswith(f"{base}/share/"), route.url
        assert (words["og:image:width"], words["og:image:height"]) == ("1200", "630")
        assert words["twitter:card"] == "summary_large_image"
        assert words["og:locale"] == {"vi": "vi_VN", "en": "en_GB"}[route.lang]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_puppy_shared_in_a_chat_is_shown_with_a_picture_of_its_own(shop: build.Built, lang: str) -> None:
    pictures = {told(shop, of(shop, puppy, lang).url)["og:image"] for puppy in shop.catalog.puppies}
    assert len(pictures) == len(shop.catalog.puppies)


def test_the_sitemap_names_pictures_of_every_puppy_that_are_there(shop: build.Built) -> None:
    base, files = shop.catalog.settings.base_url, {output.path for output in shop.outputs}
    rows = ElementTree.fromstring(contents(shop)["sitemap.xml"]).findall(f"{SITEMAP}url")
    named = {row.findtext(f"{SITEMAP}loc"): [each.text or "" for each in row.iter(f"{IMAGE}loc")] for row in rows}
    for puppy in shop.catalog.puppies:
        pictures = named[base + of(shop, puppy, "vi").url]
        assert len(pictures) >= 3
        assert all(picture.removeprefix(f"{base}/") in files for picture in pictures)


def test_the_shops_other_addresses_are_its_own(shop: build.Built) -> None:
    shown = {str(link["href"]) for link in page(shop, "/").select("link[rel=me]")}
    assert shown
    assert shown <= {str(link["href"]) for link in page(shop, "/").select(".ways a")}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_comes_whole_with_the_first_round_trip(shop: build.Built, kind: str) -> None:
    for path in KINDS[kind]:
        url = path.partition("?")[0]
        body = brotli.compress(contents(shop)[f"{url}index.html".lstrip("/")], quality=11)
        head = sum(len(name) + len(value) + 4 for name, value in headers_for(shop.table, url).items())
        assert len(body) + head <= FIRST_FLIGHT, f"{path}: {len(body)} + {head} bytes"


def test_scripts_are_light(shop: build.Built) -> None:
    scripts = [content for path, content in contents(shop).items() if path.endswith((".js", ".json"))]
    assert sum(len(brotli.compress(script)) for script in scripts) <= 10_000


def test_a_page_carries_no_rule_for_a_class_that_it_does_not_have(shop: build.Built) -> None:
    for url, missing in (
        ("/", ".puppy__"),
        ("/cun/bong/", ".hero"),
        ("/bang-gia/", ".inquiry"),
        ("/hoi-dap/", ".cards"),
    ):
        style = page(shop, url).select_one("style")
        assert style
        assert missing not in style.get_text(), url
    style = page(shop, "/cun/bong/").select_one("style")
    assert style
    for needed in (".status-tag--reserved", ".timeline__vaccine", ".inquiry__input", ".tile-1", ".contact-bar"):
        assert needed in style.get_text()
