"""An inquiry from the form to the answer, with a mailbox in memory."""

import json
import re
from dataclasses import replace

import pytest
from inquiry.exchange import Reply, Request
from inquiry.send import Fate, Outcome

from tests.functions.conftest import LAN, SETTINGS, Shop, form_request, plain


def header(reply: Reply, name: str) -> str:
    return dict(reply.headers).get(name, "")


def told(reply: Reply) -> dict[str, object]:
    found = json.loads(reply.body)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("language", "thanks"), [("vi", "/cam-on/"), ("en", "/en/thank-you/")])
def test_without_a_script_an_inquiry_leads_to_thanks_in_its_language(shop: Shop, language: str, thanks: str) -> None:
    reply = shop.post({**LAN, "language": language})
    assert reply.status == 303
    assert re.fullmatch(re.escape(thanks) + r"\?ma=MX-[0-9A-HJKMNP-TV-Z]{8}", header(reply, "Location"))
    assert header(reply, "Location").endswith(str(shop.letters[0]["Subject"])[1:12])


def test_with_a_script_the_reference_comes_as_json(shop: Shop) -> None:
    reply = shop.post_json(json.dumps({**LAN, "consent": True, "submission": "0123456789"}).encode())
    assert (reply.status, told(reply)["accepted"]) == (200, True)
    assert str(told(reply)["reference"]) in str(shop.letters[0]["Subject"])


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Xin cho tiệm biết họ tên"), ("en", "Please tell us your name.")]
)
def test_mistakes_come_back_together_beside_what_was_typed(shop: Shop, language: str, words: str) -> None:
    reply = shop.post({**LAN, "language": language, "name": "", "email": "lan@", "message": '<Bé> & "Bông"?'})
    page = reply.body.decode()
    assert reply.status == 422
    assert page.count(words) == 2  # in the summary and beside the field
    assert 'aria-describedby="inquiry-name-error" aria-invalid="true"' in page
    assert 'href="#inquiry-email"' in page
    assert "&lt;Bé&gt; &amp; &quot;Bông&quot;?" in page
    assert 'value="lan@"' in page
    assert 'id="inquiry-consent" name="consent"' in page
    assert page.count(" checked") == 1  # her own consent; the box for news stays as she left it
    assert f'<html lang="{language}">' in page
    assert shop.letters == []


def test_the_script_gets_the_same_mistakes_as_codes_and_words(shop: Shop) -> None:
    reply = shop.post_json(b'{"language": "en", "phone": "1"}')
    assert reply.status == 422
    assert told(reply)["errors"] == [
        {"field": "name", "code": "required", "message": "Please tell us your name."},
        {
            "field": "phone",
            "code": "malformed",
            "message": "This phone number is not right. Examples: 0912 345 678, or +44 20 7946 0958 from abroad.",
        },
        {"field": "email", "code": "required", "message": "Please give us your email address."},
        {
            "field": "address",
            "code": "required",
            "message": "Please give us your address; ward and province are enough.",
        },
        {
            "field": "consent",
            "code": "required",
            "message": "We need your consent before we may use your details to answer you.",
        },
    ]


@pytest.mark.parametrize(("fate", "status", "code"), [(Fate.NOT_SENT, 503, "not_sent"), (Fate.UNKNOWN, 504, "unknown")])
def test_what_was_not_accepted_is_never_called_accepted(shop: Shop, fate: Fate, status: int, code: str) -> None:
    shop.fate = Outcome(fate, "connect")
    page = shop.post(LAN)
    script = shop.post_json(json.dumps(LAN).encode())
    assert page.status == script.status == status
    assert (told(script)["accepted"], told(script)["code"]) == (False, code)
    assert header(script, "Retry-After") == ("60" if status == 503 else "")
    assert "Bé Bông còn không ạ?" in page.body.decode()


def test_a_double_click_a_retry_and_a_reload_are_one_thread(shop: Shop) -> None:
    for _ in range(2):
        shop.post(LAN)
        shop.post_json(json.dumps({**LAN, "submission": "0123456789"}).encode())
    form, script, form_again, script_again = (letter["Message-ID"] for letter in shop.letters)
    assert form == form_again
    assert script == script_again
    assert form != script


def test_a_real_second_inquiry_is_a_second_thread(shop: Shop) -> None:
    shop.post(LAN)
    shop.post({**LAN, "message": "Shop ơi, cho mình hỏi thêm."})
    shop.now += 86_400
    shop.post(LAN)
    assert len({letter["Message-ID"] for letter in shop.letters}) == 3


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"origin": "https://shop.test"}, 303),
        ({"origin": "HTTPS://Shop.test", "sec_fetch_site": "same-origin"}, 303),
        ({"origin": "https://evil.test"}, 403),
        ({"origin": "https://shop.test.evil.test"}, 403),
        ({"origin": "http://shop.test"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "null", "sec_fetch_site": "same-origin"}, 303),
        ({"origin": "null", "sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "none"}, 303),
    ],
)
def test_only_the_shops_own_pages_may_send(shop: Shop, headers: dict[str, str], status: int) -> None:
    assert shop.post(LAN, **headers).status == status
    assert len(shop.letters) == (status == 303)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_told_what_is_allowed(shop: Shop, method: str) -> None:
    reply = shop.ask(replace(form_request(LAN), method=method))
    assert (reply.status, header(reply, "Allow")) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin-1",
        "a/b/c;;=",
        "application/xml",
    ],
)
def test_other_media_types_and_charsets_are_refused(shop: Shop, kind: str) -> None:
    assert shop.post(LAN, content_type=kind).status == 415


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded; charset=UTF-8", "Application/X-WWW-Form-Urlencoded"]
)
def test_the_usual_spellings_of_the_media_type_are_taken(shop: Shop, kind: str) -> None:
    assert shop.post(LAN, content_type=kind).status == 303


@pytest.mark.parametrize(
    ("accept", "json_wanted"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("application/json", True),
        ("application/json;q=0.5, text/html", False),
        ("text/html;q=0.1, application/json", True),
        ("text/html;q=x, application/json;q=0.1", True),
        ("*/*", False),
        ("", False),
    ],
)
def test_the_visitor_chooses_page_or_json_and_the_codes_are_the_same(
    shop: Shop, accept: str, json_wanted: bool
) -> None:
    reply = shop.post({}, accept=accept)
    assert reply.status == 422
    assert header(reply, "Content-Type").startswith("application/json" if json_wanted else "text/html")


def test_every_answer_is_forgotten_by_every_cache(shop: Shop) -> None:
    replies = [shop.post(LAN), shop.post({}), shop.post(LAN, origin="https://evil.test"), shop.ask(Request("GET", {}))]
    shop.fate = Outcome(Fate.NOT_SENT)
    for reply in [*replies, shop.post(LAN), shop.post_json(b"{"), shop.ask(Request("PUT", {}))]:
        assert header(reply, "Cache-Control") == "no-store"


def test_the_functions_own_pages_run_nothing_and_load_nothing(shop: Shop) -> None:
    reply = shop.post({})
    page = reply.body.decode()
    assert "<script" not in page
    assert not re.search(r"<[^>]+ (?:style|src|on\w+)=", page)
    assert "default-src 'none'; style-src 'sha256-" in header(reply, "Content-Security-Policy")
    assert header(reply, "Referrer-Policy") == "same-origin"


@pytest.mark.parametrize(
    ("language", "words"), [("en-GB,vi;q=0.5", "only takes messages"), ("fr, de", "chỉ nhận lời nhắn")]
)
def test_before_the_form_is_read_the_browsers_language_counts(shop: Shop, language: str, words: str) -> None:
    assert words in shop.post(LAN, origin="https://evil.test", accept_language=language).body.decode()


def test_the_form_can_ask_whether_mail_would_be_taken(shop: Shop) -> None:
    reply = shop.ask(Request("GET", {"accept": "application/json"}))
    assert (reply.status, told(reply)["available"]) == (200, True)
    assert shop.letters == []


def test_somebody_who_opens_the_address_gets_a_page(shop: Shop) -> None:
    reply = shop.ask(Request("GET", {"accept": "text/html,*/*;q=0.8", "accept-language": "en"}))
    assert "The form is working" in reply.body.decode()


def test_a_site_below_a_path_is_thanked_below_it(shop: Shop) -> None:
    shop.settings = replace(SETTINGS, site="https://shop.test/cun")
    assert header(shop.post(LAN), "Location").startswith("/cun/cam-on/?ma=MX-")
    assert "https://shop.test/cun/cun/bong/" in plain(shop.letters[0])
