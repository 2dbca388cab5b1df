"""What the tests of the inquiry function share: a shop with a mailbox, certificates, and inquiries."""

import io
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode

import pytest
import trustme
from inquiry.contact import Contact
from inquiry.exchange import Reply, Request
from inquiry.handler import handle
from inquiry.send import Envelope, Fate, Outcome
from inquiry.settings import Server, Settings

from tests.functions.mailserver import HOST

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC).timestamp()
SETTINGS = Settings(
    to="chao@shop.test",
    sender="web@shop.test",
    servers=(Server(HOST, 587),),
    site="https://shop.test",
    secret=b"a secret of thirty-two characters",
    challenge="suspicious",
    shop=Contact("Milu Xinh", "0912 345 678", "0912345678", "hoi@shop.test"),
)
LAN: Mapping[str, str] = {
    "name": "Nguyễn Thị Lan",
    "phone": "0987 654 321",
    "email": "lan.nguyen@example.com",
    "address": "Phường Bến Nghé\nThành phố Hồ Chí Minh",
    "puppy": "Bông (MX-024) | /cun/bong/",
    "message": "Bé Bông còn không ạ?\nCuối tuần mình ghé xem được chứ?",
    "consent": "yes",
    "language": "vi",
    "policy": "1a2b3c4d",
}


ACCEPTED = Outcome(Fate.ACCEPTED)


@dataclass
class Shop:
    """The function with a mailbox in memory. `fate` is what the mail server does with letters."""

    settings: Settings = SETTINGS
    fate: Outcome = ACCEPTED
    now: float = NOW
    busy: bool = False
    mailbox: list[tuple[EmailMessage, Envelope]] = field(default_factory=list)

    def send(self, letter: EmailMessage, envelope: Envelope) -> Outcome:
        self.mailbox.append((letter, envelope))
        return self.fate

    def ask(self, request: Request) -> Reply:
        return handle(
            request, settings=self.settings, send=self.send, clock=lambda: self.now, busy=lambda _place: self.busy
        )

    def post(self, answers: Mapping[str, str], **headers: str) -> Reply:
        """Send a form without a script."""
        return self.ask(form_request(answers, **headers))

    def post_json(self, body: bytes, **headers: str) -> Reply:
        """Send what the script sends."""
        return self.ask(Request("POST", {"content-type": "application/json", **dashed(headers)}, body))

    @property
    def letters(self) -> list[EmailMessage]:
        return [letter for letter, _ in self.mailbox]


def dashed(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def form_request(answers: Mapping[str, str], **headers: str) -> Request:
    sent = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html", **dashed(headers)}
    return Request("POST", sent, urlencode(answers).encode("ascii"))


def plain(letter: EmailMessage) -> str:
    """Return the letter's plain text."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def html(letter: EmailMessage) -> str:
    """Return the letter's HTML."""
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.fixture
def shop() -> Shop:
    return Shop()


@dataclass(frozen=True)
class Certificates:
    """An authority that the function trusts, and what servers may show."""

    authority: trustme.CA
    good: ssl.SSLContext
    expired: ssl.SSLContext
    wrong_host: ssl.SSLContext
    self_signed: ssl.SSLContext

    def trust(self) -> ssl.SSLContext:
        """Return the function's own kind of context, trusting this authority too."""
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return context


@pytest.fixture(scope="session")
def certificates() -> Certificates:
    authority, stranger = trustme.CA(), trustme.CA()

    def context(certificate: trustme.LeafCert) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(made)
        return made

    past = datetime(2020, 1, 1, tzinfo=UTC)
    return Certificates(
        authority,
        good=context(authority.issue_cert(HOST, "localhost")),
        expired=context(authority.issue_cert(HOST, not_after=past)),
        wrong_host=context(authority.issue_cert("other.test")),
        self_signed=context(stranger.issue_cert(HOST)),
    )


def unlogged(_line: str) -> None:
    """Take a log line and drop it."""


def call(app: Any, body: bytes, **environ: Any) -> tuple[int, dict[str, str], bytes]:
    """Send one POST through a WSGI app; return status, headers (lower case) and body."""
    given: list[tuple[str, list[tuple[str, str]]]] = []
    whole = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_ACCEPT": "text/html",
        "REMOTE_ADDR": "192.0.2.7",
        "wsgi.input": io.BytesIO(body),
        **environ,
    }
    parts = app(whole, lambda status, headers: given.append((status, headers)))
    status, headers = given[0]
    return int(status[:3]), {name.lower(): value for name, value in headers}, b"".join(parts)
