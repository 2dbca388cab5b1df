"""How the shop is reached without the form, and the links that phones open. Pure."""

import re
from typing import NamedTuple
from urllib.parse import quote

# Mail programs take a few kilobytes of address at most; the page itself keeps the whole text.
_MAILTO_CHARACTERS = 1200


class Contact(NamedTuple):
    """The shop's public name, phone, Zalo (number, id or link) and email; any may be ""."""

    name: str = ""
    phone: str = ""
    zalo: str = ""
    email: str = ""


def tel(phone: str) -> str:
    """Return a `tel:` link for `phone`, written in any usual way."""
    return "tel:" + re.sub(r"[^\d+]", "", phone)


def shown(phone: str) -> str:
    """Return `phone` as people say it: `+84912345678` is 0912 345 678 in Vietnam; any other stays as it is written."""
    mobile = re.fullmatch(r"\+84(\d{3})(\d{3})(\d{3})", phone)
    return f"0{mobile[1]}\u00a0{mobile[2]}\u00a0{mobile[3]}" if mobile else phone


def zalo(zalo_or_phone: str) -> str:
    """Return the address of a Zalo chat. A number loses its plus, spaces and dots (https://zalo.me/<phone or id>)."""
    if zalo_or_phone.startswith("https://"):
        return zalo_or_phone
    return "https://zalo.me/" + quote(re.sub(r"[\s.+()-]", "", zalo_or_phone))


def mailto(email: str, subject: str, body: str) -> str:
    """Return a `mailto:` link with subject and body filled in (RFC 6068: CRLF between lines)."""
    lines = body[:_MAILTO_CHARACTERS].replace("\n", "\r\n")
    return f"mailto:{quote(email, safe='@')}?subject={quote(subject)}&body={quote(lines)}"
