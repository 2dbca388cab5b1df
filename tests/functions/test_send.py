"""Mail servers of every bad kind: the visitor always learns the truth, in time, and loses no word."""

import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from inquiry.send import Mailer, Remembered
from inquiry.settings import Server
from inquiry.smtp import Endpoint
from inquiry.wsgi_app import make_app

from tests.functions.conftest import LAN, SETTINGS, Certificates, call
from tests.functions.mailserver import (
    HOST,
    Act,
    Line,
    MailServer,
    cut,
    drip,
    endless,
    flood,
    hang,
    late,
    reset,
)

DEADLINE = 0.8
GRACE = 0.5
USER = "web@shop.test", "a password that nobody may read"


class Post:
    """The function in front of scripted servers, as a visitor without a script meets it."""

    def __init__(self, servers: Sequence[MailServer], certificates: Certificates, user: tuple[str, str] = USER) -> None:
        self.lines: list[str] = []
        addresses = tuple(Server(HOST, server.port, server.implicit, *user) for server in servers)
        mailer = Mailer(addresses, "shop.test", certificates.trust, self.resolve)
        settings = replace(SETTINGS, deadline=DEADLINE, servers=addresses)
        self.app = make_app(settings, send=mailer.send, log=self.lines.append)

    def resolve(self, _host: str, port: int) -> Sequence[Endpoint]:
        return [(socket.AF_INET, ("127.0.0.1", port))]

    def __call__(self) -> tuple[int, str, float]:
        """Send Lan's inquiry; return status, page and seconds."""
        began = time.monotonic()
        status, _, page = call(self.app, urlencode(LAN).encode())
        return status, page.decode(), time.monotonic() - began


def refuse(stage: str, words: bytes) -> dict[str, Act]:
    return {stage: words}


# What the server does → what the visitor must be told. 503: certainly not sent. 504: nobody can know.
FAULTS: Mapping[str, tuple[dict[str, Act], int]] = {
    "no banner": ({"greeting": hang}, 503),
    "421 instead of a greeting": (refuse("greeting", b"421 too busy\r\n"), 503),
    "554 instead of a greeting": (refuse("greeting", b"554 go away\r\n"), 503),
    "a dripped banner": ({"greeting": drip}, 503),
    "nonsense instead of a greeting": (refuse("greeting", b"HTTP/1.1 400 Bad Request\r\n"), 503),
    "a line without end": (refuse("greeting", b"220-" + b"x" * 100_000), 503),
    "endless 250- lines": ({"ehlo": endless}, 503),
    "a flood of 250- lines": ({"ehlo": flood}, 503),
    "cut at the greeting": ({"greeting": cut}, 503),
    "cut at EHLO": ({"ehlo": cut}, 503),
    "STARTTLS missing": ({"ehlo": b"250-shop\r\n250 AUTH PLAIN\r\n", "starttls": b"502 what?\r\n"}, 503),
    "STARTTLS refused": (refuse("starttls", b"454 not now\r\n"), 503),
    "words slipped in before encryption": (refuse("starttls", b"220 go\r\n250 injected\r\n"), 503),
    "cut at STARTTLS": ({"starttls": cut}, 503),
    "silence instead of a handshake": ({"tls": hang}, 503),
    "AUTH 535": (refuse("auth", b"535 wrong password of Lan\r\n"), 503),
    "AUTH 454": (refuse("auth", b"454 later\r\n"), 503),
    "cut at AUTH": ({"auth": cut}, 503),
    "MAIL 550": (refuse("mail", b"550 no\r\n"), 503),
    "cut at MAIL": ({"mail": cut}, 503),
    "RCPT 450": (refuse("rcpt", b"450 greylisted\r\n"), 503),
    "RCPT 550": (refuse("rcpt", b"550 no such mailbox\r\n"), 503),
    "RCPT 452": (refuse("rcpt", b"452 full\r\n"), 503),
    "cut at RCPT": ({"rcpt": cut}, 503),
    "DATA 451": (refuse("data", b"451 no\r\n"), 503),
    "letter 552": (refuse("letter", b"552 too large\r\n"), 503),
    "letter 451": (refuse("letter", b"451 local error\r\n"), 503),
    "cut after the dot": ({"letter": cut}, 504),
    "reset after the dot": ({"letter": reset}, 504),
    "silence after the dot": ({"letter": hang}, 504),
    "250 after the deadline": ({"letter": late}, 504),
    "nonsense after the dot": (refuse("letter", b"thanks!\r\n"), 504),
    "251 after the dot": (refuse("letter", b"251 perhaps\r\n"), 504),
    "endless lines after the dot": ({"letter": endless}, 504),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_mail_server_never_makes_the_function_lie_or_lose_words(fault: str, certificates: Certificates) -> None:
    acts, expected = FAULTS[fault]
    with MailServer(acts, certificate=certificates.good) as server:
        post = Post([server], certificates)
        status, page, seconds = post()
    assert status == expected
    assert seconds <= DEADLINE + GRACE
    assert server.taken == 0
    assert server.connections == (2 if expected == 504 else 1)
    # All that was typed is still there, and the ways around the form stand beside it.
    for typed in (LAN["name"], LAN["phone"], LAN["email"], *LAN["message"].split("\n")):
        assert typed in page
    assert "tel:0912345678" in page
    assert "https://zalo.me/0912345678" in page
    assert "mailto:hoi@shop.test?subject=" in page
    assert len(post.lines) == 1
    assert LAN["email"] not in post.lines[0]


def test_a_cut_while_the_letter_is_written_is_never_called_accepted(certificates: Certificates) -> None:
    # A short letter may be on its way whole before the cut is noticed: then it is in doubt, else certainly not sent.
    with MailServer({"body": reset}, certificate=certificates.good) as server:
        assert Post([server], certificates)()[0] in (503, 504)


@pytest.mark.parametrize(
    "fault", [{}, {"quit": reset}, {"quit": b"421 closing\r\n"}, {"letter": b"250-two lines\r\n250 taken\r\n"}]
)
def test_a_250_is_acceptance_whatever_follows(fault: dict[str, Act], certificates: Certificates) -> None:
    with MailServer(fault, certificate=certificates.good) as server:
        status, _, seconds = Post([server], certificates)()
    assert (status, len(server.letters), server.connections) == (303, 1, 1)
    assert seconds <= DEADLINE + GRACE


@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize("kind", ["expired", "wrong_host", "self_signed"])
def test_a_certificate_that_proves_nothing_gets_no_word(kind: str, implicit: bool, certificates: Certificates) -> None:
    with MailServer(certificate=getattr(certificates, kind), implicit=implicit) as server:
        status, _, _ = Post([server], certificates)()
    assert (status, server.recipients) == (503, [])


def test_a_server_that_refuses_connections_is_a_certain_failure(certificates: Certificates) -> None:
    with MailServer() as server:
        post = Post([server], certificates)
    status, _, seconds = post()
    assert (status, post.lines[0].split()[1]) == (503, "not_sent:connect")
    assert seconds < DEADLINE


def test_a_black_hole_is_left_at_the_deadline(certificates: Certificates) -> None:
    # A listener whose queue is full answers no further connection, like a firewall that drops packets.
    with socket.socket() as hole, ExitStack() as callers:
        hole.bind(("127.0.0.1", 0))
        hole.listen(0)
        for _ in range(3):
            caller = callers.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(hole.getsockname())
        with MailServer(certificate=certificates.good) as good:
            post = Post([good], certificates)
            dead = Server(HOST, hole.getsockname()[1], False, *USER)
            mailer = Mailer([dead], "shop.test", certificates.trust, post.resolve)
            post.app = make_app(replace(SETTINGS, deadline=DEADLINE), send=mailer.send, log=post.lines.append)
            status, _, seconds = post()
            # Some systems greet such a caller and then say nothing.
            assert (status, post.lines[0].split()[1]) in [(503, "not_sent:connect"), (503, "not_sent:greeting")]
            assert DEADLINE * 0.9 <= seconds <= DEADLINE + GRACE

            both = Mailer([dead, replace(dead, port=good.port)], "shop.test", certificates.trust, post.resolve)
            post.app = make_app(replace(SETTINGS, deadline=2), send=both.send, log=post.lines.append)
            assert post()[0] == 303
            assert good.taken == 1


@pytest.mark.parametrize("patience", [0.0, 30.0])
def test_a_name_that_cannot_be_resolved_is_a_certain_failure(patience: float, certificates: Certificates) -> None:
    with MailServer() as server:
        post = Post([server], certificates)

        def unknown(_host: str, _port: int) -> Sequence[Endpoint]:
            time.sleep(patience)
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        mailer = Mailer([Server(HOST, 25)], "shop.test", certificates.trust, unknown)
        post.app = make_app(replace(SETTINGS, deadline=DEADLINE), send=mailer.send, log=post.lines.append)
        status, _, seconds = post()
    assert (status, post.lines[0].split()[1]) == (503, "not_sent:resolve")
    assert seconds <= DEADLINE + GRACE


@pytest.mark.parametrize(
    "first", [{"greeting": cut}, {"greeting": hang}, {"auth": b"535 no\r\n"}, {"rcpt": b"450 no\r\n"}]
)
def test_the_second_server_takes_what_the_first_refuses(first: dict[str, Act], certificates: Certificates) -> None:
    with (
        MailServer(first, certificate=certificates.good) as dead,
        MailServer(certificate=certificates.good) as good,
    ):
        status, _, seconds = Post([dead, good], certificates)()
    assert (status, dead.taken, good.taken) == (303, 0, 1)
    assert seconds <= DEADLINE + GRACE


def test_two_dead_servers_are_a_certain_failure(certificates: Certificates) -> None:
    with (
        MailServer({"greeting": cut}, certificate=certificates.good) as one,
        MailServer({"mail": b"451 no\r\n"}, certificate=certificates.good) as other,
    ):
        assert Post([one, other], certificates)()[0] == 503


def ids(server: MailServer) -> Iterator[bytes]:
    for letter in server.letters:
        yield next(line for line in letter.split(b"\r\n") if line.lower().startswith(b"message-id:"))


@pytest.mark.parametrize("doubt", [cut, hang])
def test_a_letter_in_doubt_is_tried_once_more_under_the_same_message_id(doubt: Act, certificates: Certificates) -> None:
    with (
        MailServer({"letter": doubt}, certificate=certificates.good) as first,
        MailServer(certificate=certificates.good) as second,
    ):
        status, _, seconds = Post([first, second], certificates)()
    assert status == 303
    assert list(ids(first)) == list(ids(second))
    assert seconds <= DEADLINE + GRACE


def test_one_server_alone_is_tried_twice_and_its_second_answer_counts(certificates: Certificates) -> None:
    turns = iter([cut])

    def first_cut_then_taken(line: Line) -> None:
        for act in turns:
            act(line)
        line.say(b"250 taken\r\n")

    with MailServer({"letter": first_cut_then_taken}, certificate=certificates.good) as server:
        assert Post([server], certificates)()[0] == 303
    assert len(set(ids(server))) == 1
    assert len(server.letters) == 2


def test_a_refusal_after_doubt_leaves_the_doubt(certificates: Certificates) -> None:
    with (
        MailServer({"letter": cut}, certificate=certificates.good) as first,
        MailServer({"rcpt": b"550 no\r\n"}, certificate=certificates.good) as second,
    ):
        assert Post([first, second], certificates)()[0] == 504


@pytest.mark.parametrize("mechanisms", [b"PLAIN", b"LOGIN XOAUTH2"])
def test_both_usual_ways_to_log_in_are_spoken(mechanisms: bytes, certificates: Certificates) -> None:
    with MailServer(certificate=certificates.good, mechanisms=mechanisms) as server:
        assert Post([server], certificates)()[0] == 303


def test_a_server_without_a_known_way_to_log_in_gets_no_letter(certificates: Certificates) -> None:
    with MailServer(certificate=certificates.good, mechanisms=b"XOAUTH2") as server:
        assert Post([server], certificates)()[0] == 503


def test_the_form_can_ask_whether_mail_would_be_taken_and_nothing_is_sent(certificates: Certificates) -> None:
    with (
        MailServer({"auth": b"535 no\r\n"}, certificate=certificates.good) as bad,
        MailServer(certificate=certificates.good) as good,
    ):
        resolve = Post([good], certificates).resolve
        for servers, expected in (([bad, good], True), ([bad], False)):
            addresses = [Server(HOST, server.port, False, *USER) for server in servers]
            assert Mailer(addresses, "shop.test", certificates.trust, resolve).available(2) is expected
    assert good.recipients == []


def test_many_visitors_cost_one_look_a_minute() -> None:
    now, looks = 0.0, []

    def look() -> bool:
        looks.append(now)
        return now > 0

    available = Remembered(look, seconds=60, clock=lambda: now)
    assert [available(), available()] == [False, False]
    now = 61.0
    assert available()
    assert looks == [0.0, 61.0]


def test_while_one_looks_the_others_do_not_wait() -> None:
    looking, seen = threading.Event(), threading.Event()

    def look() -> bool:
        looking.set()
        return not seen.wait(5)

    available = Remembered(look, seconds=60, clock=time.monotonic)
    first = threading.Thread(target=available)
    first.start()
    assert looking.wait(5)
    assert available()  # the last answer; until somebody looked, hope
    seen.set()
    first.join()
    assert not available()
