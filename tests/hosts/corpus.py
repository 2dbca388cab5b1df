"""The corpus: one list of requests that every host must answer alike."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.functions.conftest import LAN
from tests.functions.test_leaks import CANARIES

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class Ask:
    """One request, and the status that is right for it."""

    name: str
    status: int
    body: bytes = b""
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


LAN_ASKS = {**LAN, **CANARIES}
"""An honest inquiry with a canary in every field."""
JOHN_ASKS = {
    **LAN_ASKS,
    "name": "John Canary",
    "phone": "+44 20 7946 0018",
    "language": "en",
    "message": "Is the canary still looking for a home?",
    "submission": "canary-submission-2",
}
SPOILT = {**JOHN_ASKS, "submission": "canary-submission-3", "message": "canary: refuse this letter"}
DOUBTFUL = {**JOHN_ASKS, "submission": "canary-submission-4", "message": "canary: hang up after this letter"}
TRAPPED = {**LAN_ASKS, "submission": "canary-submission-5", "leave_empty": "canary"}
WRONG = {"name": "", "phone": "canary 12", "email": "canary@", "address": "Ngõ Chim Yến, Hà Nội", "consent": ""}


def form(name: str, status: int, answers: Mapping[str, str] | str, **headers: str) -> Ask:
    """What a browser without a script sends."""
    body = answers if isinstance(answers, str) else urlencode(answers)
    return _post(name, status, body.encode(), {"Content-Type": FORM, "Accept": "text/html", **_dashed(headers)})


def data(name: str, status: int, answers: object, **headers: str) -> Ask:
    """What the script sends."""
    body = answers if isinstance(answers, bytes) else json.dumps(answers, ensure_ascii=False).encode()
    return _post(name, status, body, {"Content-Type": JSON, "Accept": JSON, **_dashed(headers)})


def _post(name: str, status: int, body: bytes, headers: Mapping[str, str]) -> Ask:
    return Ask(name, status, body, headers={key: value for key, value in headers.items() if value})


def _dashed(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-").title(): value for name, value in headers.items()}


def _get(name: str, method: str, status: int, **headers: str) -> Ask:
    return Ask(name, status, b"", method, _dashed(headers))


DEEP, HUGE = b"[" * 60_000, b'{"message": "' + b"canary " * 10_000 + b'"}'

CORPUS = (
    form("a form in Vietnamese", 303, LAN_ASKS),
    data("the script in English", 200, JOHN_ASKS),
    data("a page's own script", 200, {**JOHN_ASKS, "submission": "canary-submission-6"}, origin="https://shop.test"),
    form("a letter that no server takes", 503, SPOILT),
    data("a letter of which nobody knows", 504, DOUBTFUL),
    form("a form with the trap filled", 428, TRAPPED),
    data("a script with the trap filled", 428, TRAPPED),
    form("mistakes in a form", 422, {**WRONG, "language": "vi"}),
    data("mistakes in a script's data", 422, {**WRONG, "language": "en"}),
    data("numbers and lists for words", 422, {"name": 5, "phone": ["canary"], "email": None, "consent": True}),
    form("markup instead of a name", 422, {**WRONG, "name": '"><script>canary()</script>'}),
    form("header lines in every field", 422, dict.fromkeys(LAN, "x\r\nBcc: canary@x.test\u2028\x00\x85")),
    form("nothing at all", 422, ""),
    data("a cut off object", 400, b'{"name": "canary'),
    data("nested without end", 400, DEEP),
    data("no number", 400, b'{"name": NaN}'),
    data("a list of canaries", 400, ["canary"]),
    data("a lone surrogate", 422, b'{"name": "\\ud800 canary", "language": "en"}'),
    data("bytes that are no text", 400, b'{"name": "\xff\xfecanary"}'),
    form("one name twice", 400, "name=canary&name=Lan", accept_language="en"),
    form("percent signs that lie", 400, "name=%ff%fe", accept_language="en-GB,vi;q=0.5"),
    form("too many names", 400, "&".join(f"canary{n}=1" for n in range(1_000))),
    form("a foreign page", 403, LAN_ASKS, origin="https://canary.test"),
    form("a page without an origin", 403, LAN_ASKS, origin="null", sec_fetch_site="cross-site"),
    data("too much", 413, HUGE),
    form("plain text", 415, "canary", content_type="text/plain"),
    form("no type", 415, "name=canary", content_type=""),
    form("another charset", 415, "name=canary", content_type=f"{FORM}; charset=utf-16"),
    form("a strange type", 415, "name=canary", content_type='multipart/form-data; boundary="canary'),
    _get("is mail possible?", "GET", 200, accept=JSON, accept_language="en"),
    _get("is mail possible? as a page", "GET", 200, accept="text/html"),
    _get("only the headers", "HEAD", 200, accept=JSON),
    _get("only a page's headers", "HEAD", 200, accept="text/html", accept_language="en"),
    *(_get(f"{method} is not for this address", method, 405, accept=JSON) for method in ("PUT", "PATCH", "DELETE")),
    Ask("a question before the question", 405, b"", "OPTIONS", {"Origin": "https://shop.test"}),
)

HEAD = b"POST /api/inquiry HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\nAccept: application/json\r\n"
TYPED = HEAD + b"Content-Type: application/json\r\n"
EMPTY = b'{"language": "en"}'


@dataclass(frozen=True)
class Raw:
    """Bytes on the wire, most of them against the rules of HTTP. `like` names the request in the corpus that is
    answered the same; without it a refusal or hanging up is right: the server may answer before the function does."""

    name: str
    sent: bytes
    like: str = ""


def _chunk(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(body), body)


CHUNKED = TYPED + b"Transfer-Encoding: chunked\r\n\r\n"
BROKEN = (
    Raw("in chunks", CHUNKED + _chunk(EMPTY[:7]) + _chunk(EMPTY[7:]) + b"0\r\n\r\n", "nothing but a language"),
    Raw("too many chunks", CHUNKED + _chunk(HUGE[:40_000]) + _chunk(HUGE[40_000:]) + b"0\r\n\r\n", "too much"),
    Raw("no length", TYPED + b"\r\n", "nothing as data"),
    Raw("a body without a length", TYPED + b"\r\n" + EMPTY),
    Raw("a length of zero", TYPED + b"Content-Length: 0\r\n\r\n", "nothing as data"),
    Raw("a longer length", TYPED + b"Content-Length: 900\r\n\r\n" + EMPTY),
    Raw("a shorter length", TYPED + b"Content-Length: 9\r\n\r\n" + EMPTY),
    Raw("an endless length", TYPED + b"Content-Length: " + b"9" * 40 + b"\r\n\r\n" + EMPTY),
    Raw("a length below zero", TYPED + b"Content-Length: -5\r\n\r\n" + EMPTY),
    Raw("a length in words", TYPED + b"Content-Length: canary\r\n\r\n" + EMPTY),
    Raw("two lengths", TYPED + b"Content-Length: 18\r\nContent-Length: 9\r\n\r\n" + EMPTY),
    Raw("a length and chunks", TYPED + b"Content-Length: 18\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Raw("a chunk without a size", CHUNKED + b"canary\r\n" + EMPTY + b"\r\n0\r\n\r\n"),
    Raw("a chunk that is cut off", CHUNKED + b"ffff\r\n" + EMPTY),
    Raw("chunks without an end", CHUNKED + _chunk(EMPTY)),
    Raw("no chunks at all", CHUNKED),
    Raw(
        "bytes in a header",
        TYPED + b"Accept-Language: \xff\x80\r\nContent-Length: 18\r\n\r\n" + EMPTY,
        "nothing but a language",
    ),
)

CORPUS += (
    data("nothing but a language", 422, EMPTY),
    data("nothing as data", 400, b""),
)
