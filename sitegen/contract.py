"""What the site borrows from the inquiry function, and nowhere else: the form, its addresses, its style."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import inquiry
from inquiry.contact import Contact, shown
from inquiry.form import FIELDS, THANKS, Kind
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.model import Settings

__all__ = ["COLLECTED", "THANKS", "blank", "filled", "form", "kit", "puppy_value", "shown", "style_path"]

COLLECTED = tuple(
    field.name for field in FIELDS if field.kind not in (Kind.TICK, Kind.CHOICE) and field.name != "policy"
)
"""The fields that hold data about a person, which the privacy policy must name."""


def style_path() -> Path:
    """The form's own style sheet."""
    return Path(inquiry.__file__ or "").with_name("form.css")


def puppy_value(name: str, code: str, url: str) -> str:
    """A puppy as the form sends it: words for the shop, then the page's address."""
    return f"{name} ({code}) | {url}"


def shop_contact(site: Settings) -> Contact:
    """The ways around the form: what it offers when mail cannot be sent."""
    return Contact(name=site.shop.name, phone=site.shop.phone, zalo=site.shop.zalo or "", email=site.shop.email)


def kit(lang: str, site: Settings) -> str:
    """What the form's script works with, as JSON."""
    from inquiry import page

    return page.kit(lang, shop_contact(site))


def form(
    lang: str, site: Settings, *, policy: tuple[str, str], puppies: Sequence[tuple[str, str]], assets: Mapping[str, str]
) -> Markup:
    """The inquiry form. `policy` is its version and address, `puppies` pairs of value and label."""
    # Here and above, because content is read while this is not needed yet.
    from inquiry.page import Aids, PolicyLink, PuppyChoice, form_html

    return Markup(
        form_html(
            lang,
            policy=PolicyLink(*policy),
            puppies=[PuppyChoice(value, label) for value, label in puppies],
            action=site.action,
            contact=shop_contact(site),
            aids=Aids(assets[f"js/inquiry.{lang}.json"], assets["js/puzzle.js"]),
        )
    )


_VALUE, _LABEL = "\0value\0", "\0label\0"
"""Where its name goes. No file with such a character is read (`front`)."""


def blank(lang: str, site: Settings, *, policy: tuple[str, str], assets: Mapping[str, str]) -> str:
    """The inquiry form about one puppy, of which it says only the name: to be `filled`."""
    return str(form(lang, site, policy=policy, puppies=[(_VALUE, _LABEL)], assets=assets))


def filled(blank: str, value: str, label: str) -> Markup:
    """The form about this puppy."""
    return Markup(blank.replace(_VALUE, escape(value)).replace(_LABEL, escape(label)))
