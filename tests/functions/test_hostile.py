"""What an attacker or a broken program sends: a 4xx with a reason, or one clean letter; never a 5xx."""

import io
import json
from collections import Counter
from email import message_from_bytes
from email.policy import SMTP
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inquiry import body, form
from inquiry.exchange import Reply
from inquiry.wsgi_app import make_app

from tests.functions.conftest import LAN, SETTINGS, Shop, call, html, unlogged

HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Reply-To", "Content-Type"]


class Tags(HTMLParser):
    """Counts the elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.update([tag, *(f"{tag} {name}" for name, _ in attrs)])


def assert_honest(shop: Shop, reply: Reply) -> None:
    """A refusal sent nothing; an acceptance sent one letter, to the shop, that one address may answer."""
    assert reply.status in (200, 303, 400, 403, 413, 415, 422, 428)
    assert len(shop.letters) == (reply.status in (200, 303))
    for letter, envelope in shop.mailbox:
        # As a mail program reads it, after serialising: encoded words must not have come alive.
        read = message_from_bytes(letter.as_bytes(), policy=SMTP)
        assert read.keys() == HEADERS
        assert envelope.recipient == SETTINGS.to
        assert [address.addr_spec for address in read["To"].addresses] == [SETTINGS.to]
        assert [address.addr_spec for address in read["From"].addresses] == [SETTINGS.sender]
        assert len(read["Reply-To"].addresses) == 1
        assert letter.as_bytes().isascii()
        assert set(Tags(html(letter)).found) == EXPECTED_TAGS


def lan_letter_tags() -> set[str]:
    shop = Shop()
    shop.post(LAN)
    return set(Tags(html(shop.letters[0])).found)


EXPECTED_TAGS = lan_letter_tags()

NASTY = [
    "=?utf-8?q?a=0d=0aBcc:_x@y.vn?=",
    "=?utf-8?b?DQpCY2M6IHhAeS52bg==?=",
    "Lan\r\nBcc: x@y.vn",
    "Lan\nBcc: x@y.vn",
    "Lan\rBcc: x@y.vn",
    "Lan\vBcc: x\fy",
    "Lan\x85Bcc: x@y.vn",
    "Lan\u2028Bcc: x@y.vn\u2029",
    "Lan\x00Lan",
    "\u202eevil\u2066\u2069",
    "L\u200ba\u200cn\ufeff",
    "a@x.vn,b@y.vn",
    '"Lan" <a@x.vn>',
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></table><h1>",
    "{reference} {limit} %s %(x)s",
    ".\r\n.\r\nMAIL FROM:<x@y.vn>",
    "\U000e0041\U000e0042",
    "e" + "\u0301" * 60,
]


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("field", form.NAMES)
def test_nothing_typed_becomes_a_header_or_a_tag(shop: Shop, field: str, nasty: str) -> None:
    assert_honest(shop, shop.post({**LAN, field: nasty}))
    shop.mailbox.clear()
    page = shop.post({**LAN, "consent": "", field: nasty})
    assert page.status == 422
    plain_page = shop.post({**LAN, "consent": ""}).body.decode()
    assert set(Tags(page.body.decode()).found) - set(Tags(plain_page).found) <= {
        "input aria-invalid",
        "textarea aria-invalid",
    }
    shop.mailbox.clear()
    assert_honest(shop, shop.post_json(json.dumps({**LAN, field: nasty + "\ud800"}).encode()))


BODIES = {
    "nothing": b"",
    "no object": b"[]",
    "a number": b"1",
    "half": b'{"name": "Lan"',
    "NaN": b'{"name": NaN}',
    "infinity": b'{"x": -Infinity}',
    "twice the same field": b'{"name": "Lan", "name": "Mai"}',
    "deep": b"[" * 60_000,
    "deep objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "a number of 60,000 digits": b'{"name": ' + b"9" * 60_000 + b"}",
    "many fields": json.dumps({str(n): "" for n in range(5000)}).encode(),
    "wrong bytes": b'{"name": "\xff\xfe"}',
    "UTF-16": '{"name": "Lan"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("name", BODIES)
def test_unreadable_json_is_a_400(shop: Shop, name: str) -> None:
    assert shop.post_json(BODIES[name]).status == 400


FORMS = {
    "twice the same field": b"name=Lan&name=Mai",
    "100,000 fields": b"&".join(b"a%d=" % n for n in range(9000)),
    "wrong bytes": b"name=%FF%FE",
    "a surrogate": b"name=%ED%A0%80",
    "raw wrong bytes": b"name=\xff",
}


@pytest.mark.parametrize("name", FORMS)
def test_an_unreadable_form_is_a_400(name: str) -> None:
    status, _, _ = call(make_app(SETTINGS, log=unlogged), FORMS[name])
    assert status == 400


@pytest.mark.parametrize(
    ("length", "size", "status"),
    [
        (str(body.LIMIT + 1), 0, 413),
        ("9" * 5000, 0, 413),
        ("-1", 10, 400),
        ("ten", 10, 400),
        ("１０", 10, 400),
        ("100", 10, 400),  # lies: less comes than announced
        ("5", 10, 422),  # lies: what comes after is not read
        ("", 10, 422),  # says nothing: nothing is read
    ],
)
def test_a_length_is_checked_before_and_while_reading(length: str, size: int, status: int) -> None:
    given, _, _ = call(make_app(SETTINGS, log=unlogged), b"a=" + b"x" * (size - 2), CONTENT_LENGTH=length)
    assert given == status


def test_a_body_without_length_is_read_to_its_end_but_not_for_ever() -> None:
    app = make_app(SETTINGS, log=unlogged)
    environ = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    assert call(app, b"name=Lan", **environ)[0] == 422
    assert call(app, b"x" * (body.LIMIT + 1), **environ)[0] == 413


class Broken(io.BytesIO):
    """A connection that breaks while the body is read."""

    def read(self, _size: int | None = -1) -> bytes:
        raise OSError("invalid chunk header of Lan")


def test_broken_chunks_are_a_400() -> None:
    app = make_app(SETTINGS, log=unlogged)
    assert call(app, b"", **{"wsgi.input": Broken(), "CONTENT_LENGTH": "", "wsgi.input_terminated": True})[0] == 400


def test_a_long_hostile_address_takes_no_long_time(shop: Shop) -> None:
    for value in ("a@" + "." * 60_000 + "@", "1-" * 30_000, "@" * 60_000, "a." * 30_000 + "@x.vn"):
        for field in ("email", "phone"):
            assert shop.post_json(json.dumps({**LAN, field: value}).encode()).status == 422


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([*form.NAMES, *form.EXTRAS]) | st.text(max_size=9)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES, ANYTHING, max_size=12))
def test_any_json_is_answered_honestly(changes: dict[str, object]) -> None:
    shop = Shop()
    assert_honest(shop, shop.post_json(json.dumps({**LAN, **changes}).encode()))


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["name", "address", "message", "puppy", "policy"]), st.text(min_size=1), max_size=5)
)
def test_any_words_make_one_clean_letter_or_a_list_of_mistakes(words: dict[str, str]) -> None:
    shop = Shop()
    assert_honest(shop, shop.post_json(json.dumps({**LAN, **words}).encode()))


@settings(max_examples=150, deadline=None)
@given(st.emails() | st.from_regex(r"[^\s@]{1,9}@[^\s@]{1,9}\.[a-z]{2,3}"))
def test_any_address_is_exactly_one_address_or_a_mistake(email: str) -> None:
    shop = Shop()
    assert_honest(shop, shop.post_json(json.dumps({**LAN, "email": email}).encode()))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["application/json", "application/x-www-form-urlencoded"]))
def test_any_bytes_are_answered_honestly(content: bytes, kind: str) -> None:
    shop = Shop()
    assert_honest(shop, shop.post_json(content, content_type=kind))


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["accept", "content-type", "accept-language", "origin", "sec-fetch-site"]), st.text()
    )
)
def test_any_headers_are_answered(headers: dict[str, str]) -> None:
    shop = Shop()
    assert shop.post({}, **headers).status in (400, 403, 415, 422)
