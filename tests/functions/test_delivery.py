"""A real mail server takes the letter: with STARTTLS, with TLS from the start, and in plain text on this machine
only."""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from urllib.parse import urlencode

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from inquiry.send import Mailer
from inquiry.settings import Server
from inquiry.smtp import Endpoint
from inquiry.wsgi_app import make_app

from tests.functions.conftest import LAN, SETTINGS, Certificates, Shop, call, html, plain, unlogged
from tests.functions.mailserver import HOST


class Mailbox:
    """Keeps what the server accepted."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[list[str]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients.append(envelope.rcpt_tos)
        return "250 taken"


class Server25(Controller):
    """aiosmtpd on a free port, with the options of its protocol."""

    def factory(self) -> SMTP:
        return SMTP(self.handler, **self.SMTP_kwargs)


def password(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    wanted = (b"web@shop.test", "mật khẩu".encode())
    return AuthResult(
        success=(getattr(data, "login", b""), getattr(data, "password", b"")) == wanted and bool(mechanism)
    )


@contextmanager
def running(**options: Any) -> Iterator[tuple[Mailbox, int]]:
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Server25(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield mailbox, port
    finally:
        controller.stop()


def loopback(_host: str, port: int) -> Sequence[Endpoint]:
    return [(socket.AF_INET, ("127.0.0.1", port))]


def deliver(server: Server, certificates: Certificates, seconds: float = 5) -> int:
    mailer = Mailer([server], "shop.test", certificates.trust, loopback)
    app = make_app(replace(SETTINGS, deadline=seconds), send=mailer.send, log=unlogged)
    return call(app, urlencode(LAN).encode())[0]


def assert_lans_letter(mailbox: Mailbox, shop: Shop) -> None:
    """What arrived is word for word what was composed."""
    shop.post(LAN)
    (letter,) = mailbox.letters
    assert mailbox.recipients == [["chao@shop.test"]]
    for name in ("From", "To", "Reply-To", "Subject", "Message-ID"):
        assert str(letter[name]) == str(shop.letters[0][name])
    timeless = [
        [line for line in plain(each).split("\n") if "Thời gian" not in line] for each in (letter, shop.letters[0])
    ]
    assert timeless[0] == timeless[1]
    assert "Cuối tuần mình ghé xem được chứ?" in html(letter)


def test_a_letter_arrives_with_starttls_and_a_password(certificates: Certificates, shop: Shop) -> None:
    options = {
        "tls_context": certificates.good,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": password,
    }
    with running(**options) as (mailbox, port):
        server = Server(HOST, port, False, "web@shop.test", "mật khẩu")
        # The reference depends on the day, so both letters are of today.
        shop.now = time.time()
        assert deliver(server, certificates) == 303
        assert_lans_letter(mailbox, shop)
        # aiosmtpd answers a wrong password only after a while, like a black hole.
        assert deliver(replace(server, password="wrong"), certificates, 0.8) == 503
        assert len(mailbox.letters) == 1


def test_a_letter_arrives_with_tls_from_the_start(certificates: Certificates) -> None:
    with running(ssl_context=certificates.good) as (mailbox, port):
        assert deliver(Server("localhost", port, implicit=True), certificates) == 303
    assert len(mailbox.letters) == 1


def test_plain_text_never_leaves_this_machine(certificates: Certificates) -> None:
    with running() as (mailbox, port):
        assert deliver(Server("localhost", port), certificates) == 303
        assert deliver(Server(HOST, port), certificates) == 503
    assert len(mailbox.letters) == 1
