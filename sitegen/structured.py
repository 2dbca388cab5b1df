"""JSON-LD that says what the page shows and nothing else. No ratings, no reviews: there are none."""

from __future__ import annotations

import json
from json.encoder import encode_basestring as _text
from typing import TYPE_CHECKING, TypeAlias

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model import Settings
    from sitegen.views import Card, Glimpse, Link

Data: TypeAlias = str
"""A block, as JSON. Those that thousands of pages carry are written around their strings (`_text` is what `json` itself
writes a string with); any other is `block`'s."""

AVAILABILITY = {"available": "InStock", "reserved": "Reserved", "sold": "SoldOut", "expected": "PreOrder"}
DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


def script(blocks: Sequence[Data]) -> Markup:
    """One `application/ld+json` block; empty when there is nothing to say. `<` is escaped: no text can close it."""
    if not blocks:
        return Markup("")
    graph = ",".join(blocks).replace("<", "\\u003c")
    return Markup(
        f'<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{graph}]}}</script>'
    )


def block(facts: object) -> Data:
    """Any block."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def breadcrumbs(trail: Sequence[Link], base: str) -> Data:
    """BreadcrumbList: the trail shown above the page."""
    return _listed("BreadcrumbList", "item", [(link.text, base + link.url) for link in trail])


def item_list(cards: Sequence[Card], base: str) -> Data:
    """ItemList: the puppies of a list, in their order."""
    return _listed("ItemList", "url", [(card.name, base + card.url) for card in cards])


def _listed(type_: str, key: str, rows: Sequence[tuple[str, str]]) -> Data:
    """Names in their order, with their addresses under `key`."""
    items = [
        f'{{"@type":"ListItem","position":{n},"name":{_text(name)},"{key}":{_text(url)}}}'
        for n, (name, url) in enumerate(rows, 1)
    ]
    return f'{{"@type":"{type_}","itemListElement":[{",".join(items)}]}}'


def product(card: Glimpse, url: str, images: Sequence[str], base: str, shop: str) -> Data:
    """Product with its Offer; the price in VND, the availability from the status."""
    breed, page, pictures = _text(card.breed), _text(url), ",".join([_text(base + image) for image in images])
    return (
        f'{{"@type":"Product","name":{_text(f"{card.name} – {card.breed}")},"sku":{_text(card.code)},'
        f'"description":{_text(card.summary)},"category":{breed},"image":[{pictures}],"url":{page},'
        f'"offers":{{"@type":"Offer","price":{card.price_vnd},"priceCurrency":"VND",'
        f'"availability":"https://schema.org/{AVAILABILITY[card.status]}","url":{page},'
        f'"seller":{{"@type":"Organization","name":{_text(shop)}}}}}}}'
    )


def website(site: Settings, lang: str, home: str) -> Data:
    """WebSite."""
    return block({"@type": "WebSite", "name": site.shop.name, "url": site.base_url + home, "inLanguage": lang})


def pet_store(site: Settings, lang: str) -> tuple[Data, ...]:
    """PetStore, only for a real shop: sample addresses are told to nobody's search engine."""
    if site.sample:
        return ()
    shop = site.shop
    return (
        block({
            "@type": "PetStore",
            "name": shop.name,
            "url": site.base_url + "/",
            "telephone": shop.phone,
            "email": shop.email,
            "address": {"@type": "PostalAddress", "streetAddress": shop.address[lang], "addressCountry": "VN"},
            "openingHoursSpecification": [
                {
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": [DAYS[day] for day in hours.days],
                    "opens": hours.opens,
                    "closes": hours.closes,
                }
                for hours in shop.hours
            ],
        }),
    )  # fmt: skip


def article(title: str, summary: str, url: str, posted: str, updated: str, lang: str, shop: str) -> Data:
    """BlogPosting for a post."""
    return block({
        "@type": "BlogPosting",
        "headline": title,
        "description": summary,
        "url": url,
        "datePublished": posted,
        "dateModified": updated,
        "inLanguage": lang,
        "author": {"@type": "Organization", "name": shop},
    })  # fmt: skip
