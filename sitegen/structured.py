"""JSON-LD that says what the page shows and nothing else. No ratings, no reviews: there are none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.model import Settings
    from sitegen.views import Card, Link

Data: TypeAlias = "Mapping[str, object]"

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
    graph: object = {"@context": "https://schema.org", "@graph": list(blocks)}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">{text}</script>')


def breadcrumbs(trail: Sequence[Link], base: str) -> Data:
    """BreadcrumbList: the trail shown above the page."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": link.text, "item": base + link.url}
            for n, link in enumerate(trail, 1)
        ],
    }


def item_list(cards: Sequence[Card], base: str) -> Data:
    """ItemList: the puppies of a list, in their order."""
    return {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": card.name, "url": base + card.url}
            for n, card in enumerate(cards, 1)
        ],
    }


def product(card: Card, code: str, url: str, images: Sequence[str], base: str, shop: str) -> Data:
    """Product with its Offer; the price in VND, the availability from the status."""
    return {
        "@type": "Product",
        "name": f"{card.name} – {card.breed}",
        "sku": code,
        "description": card.summary,
        "category": card.breed,
        "image": [base + image for image in images],
        "url": url,
        "offers": {
            "@type": "Offer",
            "price": card.price_vnd,
            "priceCurrency": "VND",
            "availability": f"https://schema.org/{AVAILABILITY[card.status]}",
            "url": url,
            "seller": {"@type": "Organization", "name": shop},
        },
    }


def website(site: Settings, lang: str, home: str) -> Data:
    """WebSite."""
    return {"@type": "WebSite", "name": site.shop.name, "url": site.base_url + home, "inLanguage": lang}


def pet_store(site: Settings, lang: str) -> tuple[Data, ...]:
    """PetStore, only for a real shop: sample addresses are told to nobody's search engine."""
    if site.sample:
        return ()
    shop = site.shop
    return (
        {
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
        },
    )


def article(title: str, summary: str, url: str, posted: str, updated: str, lang: str, shop: str) -> Data:
    """BlogPosting for a post."""
    return {
        "@type": "BlogPosting",
        "headline": title,
        "description": summary,
        "url": url,
        "datePublished": posted,
        "dateModified": updated,
        "inLanguage": lang,
        "author": {"@type": "Organization", "name": shop},
    }
