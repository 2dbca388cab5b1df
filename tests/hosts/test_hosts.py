"""Every host gives the very same answers: one corpus through the real runtimes, compared byte by byte."""

from __future__ import annotations

import re
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from inquiry.exchange import Request
from inquiry.service import Service
from inquiry.settings import from_environment

from tests.functions.conftest import plain, unlogged
from tests.functions.test_leaks import CANARIES, disguises
from tests.functions.test_settings import GOOD
from tests.hosts import runtimes
from tests.hosts.corpus import BROKEN, CORPUS, Answer, Ask
from tests.hosts.mail import mailing
from tests.hosts.runtimes import FRAMEWORK, GUNICORN, WAITRESS, ask_aws, ask_http, ask_raw, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from email.message import EmailMessage
    from pathlib import Path

SIGNIFICANT = (
    "allow", "cache-control", "content-language", "content-security-policy", "content-type", "location",
    "referrer-policy", "retry-after", "x-content-type-options", "x-frame-options", "x-robots-tag",
)  # fmt: skip
HOSTS = (
    "waitress", "google", "azure",
    # Neither can be installed elsewhere: gunicorn is made for Unix, awslambdaric for Linux.
    *(("gunicorn",) if sys.platform != "win32" else ()),
    *(("aws function url", "aws api gateway") if sys.platform == "linux" else ()),
)  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """What one host answered, which letters came, and what it left behind."""

    answers: Mapping[str, Answer]
    broken: Mapping[str, Answer | None]
    letters: Sequence[EmailMessage]
    log: str
    files: Sequence[str]
    seconds: float


@contextmanager
def host(name: str, folder: Path, settings: Mapping[str, str]) -> Iterator[tuple[Callable[[Ask], Answer], int]]:
    """Start a host; yields how to ask it, and its port (0 if it has no wire of its own)."""
    servers = {
        "gunicorn": (GUNICORN, "--bind 127.0.0.1:{port}"),
        "waitress": (WAITRESS, "--listen 127.0.0.1:{port}"),
        "google": (FRAMEWORK, "--host 127.0.0.1 --port {port}"),
    }
    if name in servers:
        with serving(*servers[name], folder, settings) as port:
            yield lambda ask: ask_http(port, ask), port
    elif name == "azure":
        with runtimes.azure(folder, settings) as port:
            yield lambda ask: ask_http(port, ask), 0
    else:
        event = runtimes.function_url if name.endswith("url") else runtimes.api_gateway
        with runtimes.aws(folder, settings) as api:
            yield lambda ask: ask_aws(api, event(ask)), 0


def visit_host(name: str, folder: Path) -> Visit:
    """Send the whole corpus to a host, and what breaks the rules of HTTP where there is a wire to break them on."""
    with mailing() as (mailbox, smtp):
        settings = {**GOOD, "INQUIRY_SMTP": smtp}
        began = time.monotonic()
        with host(name, folder, settings) as (ask, wire):
            answers = {each.name: ask(each) for each in CORPUS}
            broken = {each.name: ask_raw(wire, each.sent) for each in BROKEN} if wire else {}
        seconds = time.monotonic() - began
    left = [path.name for path in (folder / "home").rglob("*") if not path.is_dir()]
    return Visit(answers, broken, mailbox.letters, (folder / "log").read_text(encoding="utf-8"), left, seconds)


@pytest.fixture(scope="module")
def itself() -> Visit:
    """The function without any host: what all others are compared with."""
    with mailing() as (mailbox, smtp):
        service = Service(from_environment({**GOOD, "INQUIRY_SMTP": smtp}), log=unlogged)
        answers = {}
        for each in CORPUS:
            headers = {name.lower(): value for name, value in each.headers.items()}
            trouble = "too_large" if each.name == "too much" else ""
            reply = service(Request(each.method, headers, each.body, trouble, "192.0.2.7"))
            told = {name.lower(): value for name, value in reply.headers}
            answers[each.name] = Answer(reply.status, told, b"" if each.method == "HEAD" else reply.body)
    return Visit(answers, {}, mailbox.letters, "", (), 0)


@pytest.fixture(scope="module", params=HOSTS)
def visit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """One host after the other."""
    return visit_host(request.param, tmp_path_factory.mktemp("host"))


def timeless(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """What has to be the same everywhere: the signed time of the extra step is taken out."""
    body = re.sub(rb"\d{13}\.[a-z-]*\.[0-9a-f]{64}", b"<token>", answer.body)
    body = re.sub(rb'"seed": "[0-9a-f]{32}"', b'"seed": "<seed>"', body)
    return answer.status, {name: answer.headers[name] for name in SIGNIFICANT if name in answer.headers}, body


def told(letters: Sequence[EmailMessage]) -> list[object]:
    """What the shop reads, without the time."""
    return [
        [str(letter[name]) for name in ("From", "To", "Reply-To", "Subject", "Message-ID")]
        + [line for line in plain(letter).split("\n") if "Thời gian" not in line]
        for letter in letters
    ]


def test_the_function_itself_answers_the_corpus_as_it_should(itself: Visit) -> None:
    assert {name: answer.status for name, answer in itself.answers.items()} == {ask.name: ask.status for ask in CORPUS}


def test_every_host_gives_the_same_answers_byte_by_byte(visit: Visit, itself: Visit) -> None:
    for name, answer in visit.answers.items():
        assert timeless(answer) == timeless(itself.answers[name]), name
        if answer.body:
            assert answer.headers.get("content-length", str(len(answer.body))) == str(len(answer.body)), name


def test_every_host_sends_the_same_letters(visit: Visit, itself: Visit) -> None:
    assert told(visit.letters) == told(itself.letters)
    assert len(visit.letters) == 6  # three taken, one refused, one in doubt and tried once more


def test_no_host_keeps_anything(visit: Visit) -> None:
    assert visit.files == []
    for secret in (*filter(None, CANARIES.values()), "canary", "+84977123987", "0977123987"):
        for disguise in disguises(secret):
            assert disguise not in visit.log.encode()
    assert "Traceback" not in visit.log


def test_every_request_has_its_line_in_the_log(visit: Visit) -> None:
    lines = re.findall(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (\S+) \d+ms (?:MX-\w{8}|-)$", visit.log, re.MULTILINE)
    assert len(lines) >= len(CORPUS)
    assert {"accepted", "not_sent:letter", "unknown", "invalid", "foreign", "too_large"} <= set(lines)


def test_a_broken_request_is_refused_and_breaks_nothing(visit: Visit, itself: Visit) -> None:
    for raw in BROKEN if visit.broken else ():
        answer = visit.broken[raw.name]
        if raw.like:
            assert answer is not None, raw.name
            assert timeless(answer) == timeless(itself.answers[raw.like]), raw.name
        else:
            assert answer is None or answer.status in (400, 413), raw.name
