"""Answers → the letter to the shop, and the receipt to the visitor. Pure.

Nothing a visitor typed reaches a structured header but one validated ASCII address in Reply-To: encoded words and
line breaks elsewhere become live headers on some versions of Python.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from html import escape
from typing import Any

from inquiry import words
from inquiry.contact import tel, zalo
from inquiry.form import Inquiry
from inquiry.reference import Identity
from inquiry.settings import Settings

VIETNAM = timezone(timedelta(hours=7))  # no summer time since 1975
_BOUNDARY = "=_part"  # base64, which both parts are in, has no "_": no need to search them for a boundary not in them
_PATH = re.compile(r"(?:/[a-z0-9-]+)+/")


class _Registry(HeaderRegistry):
    """Makes the class of each kind of header once; the standard library's makes one for every single header."""

    @cache  # noqa: B019  (there is one registry, and it lives as long as the process)
    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(name)


POLICY = SMTP.clone(header_factory=_Registry())


@dataclass(frozen=True)
class Row:
    """One line of the letter: label, text, and the link behind the text ("" if none)."""

    label: str
    text: str
    href: str = ""


def puppy(choice: str, site: str) -> tuple[str, str]:
    """Split `Bông (MX-024) | /cun/bong/` into words and a link; anything else is words alone."""
    name, bar, path = choice.rpartition(" | ")
    return (name, site + path) if bar and _PATH.fullmatch(path) else (choice, "")


def compose(
    inquiry: Inquiry, identity: Identity, settings: Settings, *, now: float, signs: Sequence[str] = ()
) -> EmailMessage:
    """Return the letter to the shop. `now` is in seconds since 1970; `signs` are the signs of spam, keys of
    `words.SIGNS`."""
    when = datetime.fromtimestamp(now, VIETNAM).replace(microsecond=0)
    rows = _rows(inquiry, identity, settings.site, when)
    warning = [words.LETTER["suspected"] + ": " + "; ".join(words.SIGNS[sign] for sign in signs) + "."] if signs else []
    to, subject = _fixed("To", settings.to), f"[{identity.reference}] {words.LETTER['subject']}"
    message = _message(settings, identity.message_id, to, subject, when)
    message["Reply-To"] = Address(addr_spec=inquiry.email)
    message["Content-Type"] = _fixed("Content-Type", f'multipart/alternative; boundary="{_BOUNDARY}"')
    message.attach(_part("plain", _plain(rows, warning)))
    message.attach(_part("html", _html(rows, warning)))
    return message


def receipt(inquiry: Inquiry, identity: Identity, settings: Settings, *, now: float) -> EmailMessage:
    """Return the fixed confirmation to the visitor; it must never start a conversation of machines (RFC 3834)."""
    told = words.RECEIPT[inquiry.language]
    when = datetime.fromtimestamp(now, VIETNAM).replace(microsecond=0)
    to = Address(addr_spec=inquiry.email)
    message = _message(settings, identity.message_id + ".receipt", to, told["subject"], when)
    message["Auto-Submitted"] = "auto-replied"
    message.set_content(told["text"].format(reference=identity.reference), cte="base64")
    return message


def _message(settings: Settings, message_id: str, to: object, subject: str, when: datetime) -> EmailMessage:
    message = EmailMessage(policy=POLICY)
    message["From"] = _fixed("From", str(Address(settings.shop.name, addr_spec=settings.sender)))
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = when
    message["Message-ID"] = f"<{message_id}@{settings.sender.rpartition('@')[2]}>"
    message["MIME-Version"] = _fixed("MIME-Version", "1.0")
    return message


@cache
def _fixed(name: str, value: str) -> object:
    """Return a header that is the same in every letter, parsed and folded once: the two take most of a letter's time.

    For the shop's own values alone; what is remembered here outlives the inquiry.
    """
    header: Any = POLICY.header_factory(name, value)
    folded = header.fold(policy=POLICY)
    header.fold = lambda *, policy: folded  # noqa: ARG005  (the email package names it, and every letter has this one)
    return header


def _part(subtype: str, text: str) -> EmailMessage:
    """Return one form of the text. Base64 keeps every line short and free of leading dots, whatever was typed.

    Built by hand, because `set_content` parses each header anew with every parameter.
    """
    part = EmailMessage(policy=POLICY)
    part["Content-Type"] = _fixed("Content-Type", f'text/{subtype}; charset="utf-8"')
    part["Content-Transfer-Encoding"] = _fixed("Content-Transfer-Encoding", "base64")
    part.set_payload(base64.encodebytes(text.replace("\n", "\r\n").encode("utf-8")).decode("ascii"))
    return part


def _rows(inquiry: Inquiry, identity: Identity, site: str, when: datetime) -> list[Row]:
    label, say = words.LABELS["vi"], words.LETTER
    name, link = puppy(inquiry.puppy, site)
    return [
        Row(label["name"], inquiry.name),
        Row(label["phone"], inquiry.phone.shown, tel(inquiry.phone.e164)),
        *([Row(say["zalo"], zalo(inquiry.phone.e164), zalo(inquiry.phone.e164))] if inquiry.phone.mobile else []),
        Row(label["email"], inquiry.email, f"mailto:{inquiry.email}"),
        Row(label["address"], inquiry.address),
        Row(say["puppy"], name or say["none"], link),
        Row(label["message"], inquiry.message or say["none"]),
        Row(say["language"], say[inquiry.language]),
        Row(say["consent"], f"“{words.consent(inquiry.language, 'consent')}”"),
        Row(say["news"], f"“{words.consent(inquiry.language, 'news')}”" if inquiry.news else say["no_news"]),
        Row(say["policy"], inquiry.policy or say["no_policy"]),
        Row(say["time"], f"{when:%d/%m/%Y %H:%M:%S} ({say['zone']})"),
        Row(say["reference"], identity.reference),
    ]


def _plain(rows: Sequence[Row], warning: Sequence[str]) -> str:
    lines = [*warning, *([""] if warning else [])]
    for row in rows:
        if "\n" in row.text:
            # Indented, so that nobody can type lines that look like the letter's own.
            lines += [f"{row.label}:", *("    " + line for line in row.text.split("\n"))]
        else:
            target = "" if row.href in ("", row.text, f"mailto:{row.text}") else f"  {row.href}"
            lines.append(f"{row.label}: {row.text}{target}")
    return "\n".join([*lines, "", words.LETTER["reply"], ""])


def _html(rows: Sequence[Row], warning: Sequence[str]) -> str:
    """Return the same as a table. Styles stand at the elements: mail programs drop style sheets."""
    notes = "".join(f'<p style="padding:12px;background:#fff3cd;color:#4a3500">{escape(line)}</p>' for line in warning)
    cells = "".join(
        f'<tr><th scope="row" style="text-align:left;vertical-align:top;padding:6px 16px 6px '
        f'0;font-weight:600">{escape(row.label)}</th>'
        f'<td style="padding:6px 0;vertical-align:top;white-space:pre-wrap">{_linked(row)}</td></tr>'
        for row in rows
    )
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>'
        + escape(words.LETTER["title"])
        + "</title></head>"
        '<body style="font:16px/1.5 system-ui,sans-serif">'
        + notes
        + '<table style="border-collapse:collapse">'
        + cells
        + f"</table><p>{escape(words.LETTER['reply'])}</p></body></html>\n"
    )


def _linked(row: Row) -> str:
    text = escape(row.text)
    return (
        f'<a href="{escape(row.href)}" style="display:inline-block;min-height:44px;line-height:44px">{text}</a>'
        if row.href
        else text
    )
