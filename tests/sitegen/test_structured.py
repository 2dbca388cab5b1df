"""JSON-LD can neither be closed by a text nor say what is not so; redirects and headers follow one table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sitegen.headers import headers_for, host_table, static_files
from sitegen.structured import AVAILABILITY, block, breadcrumbs, item_list, product, script
from sitegen.views import Card, Glimpse, Link, Picture

if TYPE_CHECKING:
    from sitegen.model import Status

TABLE = host_table("'sha256-abc'", {"/cu/": "/moi/"}, {"/": "/404.html", "/en/": "/en/404.html"})


@given(st.text())
def test_no_text_can_close_the_block(text: str) -> None:
    html = str(script([block({"name": text})]))
    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside)["@graph"] == [{"name": text}]


def test_nothing_to_say_is_no_block() -> None:
    assert script([]) == ""


def test_the_trail_is_numbered_from_one_with_whole_addresses() -> None:
    found = breadcrumbs([Link("/", "Trang chủ"), Link("/cun/", "Cún")], "https://a.test")
    assert json.loads(found)["itemListElement"][1] == {
        "@type": "ListItem", "position": 2, "name": "Cún", "item": "https://a.test/cun/",
    }  # fmt: skip


@given(st.tuples(*[st.text()] * 6), st.sampled_from(("available", "reserved", "sold", "expected")), st.text())
def test_what_is_written_around_its_strings_is_what_json_itself_writes(
    words: tuple[str, ...], status: Status, shop: str
) -> None:
    url, name, breed, summary, code, picture = words
    shown = Glimpse(url, name, code, breed, "", "", "", 8_500_000, status, "", summary, None)
    card = Card(*shown, "", "", "", "", Picture("", "", 1, 1, ""))
    blocks = [
        breadcrumbs([Link(url, name)], shop),
        item_list([card, card], shop),
        product(shown, url, [picture, picture], shop, shop),
    ]
    assert [block(json.loads(each)) for each in blocks] == blocks
    assert json.loads(blocks[2]) == {
        "@type": "Product", "name": f"{name} – {breed}", "sku": code, "description": summary, "category": breed,
        "image": [shop + picture] * 2, "url": url,
        "offers": {
            "@type": "Offer", "price": 8_500_000, "priceCurrency": "VND", "url": url,
            "availability": f"https://schema.org/{AVAILABILITY[status]}",
            "seller": {"@type": "Organization", "name": shop},
        },
    }  # fmt: skip


def test_later_rules_override_earlier_ones() -> None:
    page, share = headers_for(TABLE, "/cun/"), headers_for(TABLE, "/share/a.jpg")
    assert page["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "immutable" in share["Cache-Control"]
    name = "Cross-Origin-Resource-Policy"
    assert (page[name], share[name]) == ("same-origin", "cross-origin")


def test_hosts_are_told_of_moved_pages_and_of_a_missing_page_for_each_language() -> None:
    headers, redirects = static_files(TABLE)
    assert isinstance(redirects.content, bytes)
    assert isinstance(headers.content, bytes)
    assert redirects.content.decode().splitlines() == ["/cu/ /moi/ 301", "/en/* /en/404.html 404", "/* /404.html 404"]
    # Both hosts join what several rules say, so that what is overridden has to be taken away first.
    assert "/assets/*\n  ! Cache-Control\n  Cache-Control:" in headers.content.decode()
