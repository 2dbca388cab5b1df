"""The preview's mailbox: letters in memory, opened as a mail program opens them."""

from __future__ import annotations

import email
import re
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING
from urllib.parse import quote

from inquiry.send import Fate, Outcome
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from inquiry.send import Envelope

CAPACITY = 200
"""Letters; the oldest go first."""
_LINK = re.compile(r"(?:https?://|tel:|mailto:)[^\s<>“”]+[^\s<>“”.,;:!?)\]]|(?P<bare>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it would have gone over the wire."""

    number: int
    received: datetime
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter to look at. `name` is the sender's as lists show it; `html` is "" without such a part; `reply` is a
    mailto: address, "" if nobody can be answered."""

    letter: Letter
    subject: str
    name: str
    sender: str
    to: str
    reply_to: str
    sent: datetime | None
    text: str = field(repr=False)
    html: str = field(repr=False)
    reply: str

    @property
    def source(self) -> str:
        """The letter's own bytes, to read."""
        return self.letter.raw.decode("utf-8", "replace").replace("\r\n", "\n")

    @property
    def linked_text(self) -> Markup:
        """The plain text as mail programs show it: addresses become links, all else stays text."""
        parts, at = [], 0
        for match in _LINK.finditer(self.text):
            link = match[0]
            href = f"mailto:{link}" if match["bare"] else link
            parts += [escape(self.text[at : match.start()]), Markup('<a href="{}">{}</a>').format(href, link)]
            at = match.end()
        return Markup("").join([*parts, escape(self.text[at:])])


def opened(letter: Letter) -> Opened:
    """Take a letter apart; headers that break a rule are shown as they stand."""
    message = email.message_from_bytes(letter.raw, _class=EmailMessage, policy=default)
    headers = {name: str(message[name] or "") for name in ("Subject", "From", "To", "Reply-To")}
    answer_to = message["Reply-To"] or message["From"]
    addresses = [a.addr_spec for a in answer_to.addresses if a.addr_spec] if answer_to else []
    senders = message["From"].addresses if message["From"] else ()
    subject = headers["Subject"]
    return Opened(
        letter,
        subject,
        (senders[0].display_name if senders else "") or headers["From"],
        headers["From"],
        headers["To"],
        headers["Reply-To"],
        message["Date"].datetime if message["Date"] else None,
        _part(message, "plain"),
        _part(message, "html"),
        f"mailto:{quote(addresses[0], safe='@')}?subject={quote('Re: ' + subject)}" if addresses else "",
    )


def framed(html: str) -> str:
    """The HTML part for its frame: links open outside of it, as in a mail program."""
    base = '<base target="_blank">'
    framed, count = re.subn(r"<head\b[^>]*>", lambda match: match[0] + base, html, count=1, flags=re.IGNORECASE)
    return framed if count else base + html


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""


class Inbox:
    """Letters of this run. `arrived` is called after each one, from whichever thread brought it."""

    def __init__(self, arrived: Callable[[], object]) -> None:
        self._letters: deque[Letter] = deque(maxlen=CAPACITY)
        self._arrived, self._lock, self._count = arrived, threading.Lock(), 0
        self._read: set[int] = set()

    def send(self, message: EmailMessage, _envelope: Envelope) -> Outcome:
        """Take a letter, as a mail server that never fails."""
        raw = message.as_bytes()
        with self._lock:
            self._count += 1
            self._letters.appendleft(Letter(self._count, datetime.now(), raw))
        self._arrived()
        return Outcome(Fate.ACCEPTED)

    def letters(self) -> list[tuple[Opened, bool]]:
        """All letters, the newest first, and whether each has been opened."""
        with self._lock:
            letters = list(self._letters)
        return [(opened(letter), letter.number in self._read) for letter in letters]

    def open(self, number: int) -> Opened | None:
        """The letter of this number, from now on read."""
        with self._lock:
            found = next((letter for letter in self._letters if letter.number == number), None)
        if found:
            self._read.add(number)
        return opened(found) if found else None
