"""The own-server kit with real servers: nginx and Caddy say what the table says, and an inquiry arrives."""

from __future__ import annotations

import gzip
import mimetypes
from email import message_from_bytes, policy
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import brotli
import pytest

from sitegen import headers
from tests.deploy.conftest import DOMAIN, MOVED, gunicorn
from tests.deploy.servers import BROTLI

if TYPE_CHECKING:
    from tests.deploy.conftest import Kit, Mailbox
    from tests.deploy.servers import Answer, Web

LAN = {
    "name": "Nguyễn Thị Lan",
    "phone": "0987 654 321",
    "email": "lan.nguyen@example.com",
    "address": "Phường Bến Nghé\nThành phố Hồ Chí Minh",
    "puppy": "Bông (MX-024) | /cun/bong/",
    "message": "Bé Bông còn không ạ?",
    "consent": "yes",
    "language": "vi",
    "policy": "1a2b3c4d",
}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html", "Origin": f"https://{DOMAIN}"}


def assert_headers(kit: Kit, answer: Answer, path: str) -> None:
    """Every header of the table once, with the table's value; none that the table does not give this address."""
    wanted = headers.headers_for(kit.table, path)
    for name in {name for rule in kit.table.rules for name, _ in rule.headers}:
        assert answer.header(name) == ([wanted[name]] if name in wanted else []), (path, name)


def address(path: str) -> str:
    """A file's address: a folder's page is asked for by the folder."""
    return quote(path.removesuffix("index.html"))


def test_every_file_of_the_shop_has_the_headers_of_the_table(web: tuple[Web, int], kit: Kit) -> None:
    server, _ = web
    for path, content in kit.files.items():
        answer = server.ask(address(path))
        assert answer.status == 200, path
        assert answer.body == content, path
        assert_headers(kit, answer, path)


def test_every_file_says_what_it_is(web: tuple[Web, int], kit: Kit) -> None:
    server, _ = web
    kinds = {path.rpartition(".")[2]: path for path in kit.files}
    for ending, path in kinds.items():
        (said,) = server.ask(address(path)).header("Content-Type")
        kind, _, charset = said.partition("; charset=")
        alike = {"text/javascript": "application/javascript", "application/xml": "text/xml"}
        guessed = mimetypes.guess_type(path)[0] or ""
        assert alike.get(kind, kind) == alike.get(guessed, guessed), path
        if ending in {"html", "js", "xml", "txt"}:
            assert charset.lower() in {"utf-8"} or server.name == "caddy", (path, said)


def test_an_old_address_leads_to_the_new_one_for_good(web: tuple[Web, int], kit: Kit) -> None:
    server, _ = web
    for old, new in MOVED.items():
        answer = server.ask(quote(old))
        assert (answer.status, answer.header("Location")) == (301, [quote(new)])
        assert_headers(kit, answer, old)


def test_an_address_without_its_slash_leads_to_the_page(web: tuple[Web, int], kit: Kit) -> None:
    server, _ = web
    page = next(path for path in kit.files if path.startswith("/cun/") and path.count("/") == 3)
    folder = page.removesuffix("/index.html")
    answer = server.ask(folder)
    assert answer.status in (301, 308)
    assert answer.header("Location") == [f"{folder}/"]


@pytest.mark.parametrize("path", ["/khong-co/", "/cun/x", "/assets/nothing.css", "/en/nothing/", "/en/deep/er.html"])
def test_a_lost_visitor_meets_the_page_of_their_language(web: tuple[Web, int], kit: Kit, path: str) -> None:
    server, _ = web
    answer = server.ask(path)
    page = "/en/404.html" if path.startswith("/en/") else "/404.html"
    assert answer.status == 404
    assert answer.body == kit.files[page]
    assert_headers(kit, answer, page)


@pytest.mark.parametrize("path", ["/.milu-xinh.json", "/.git/config", "/cun/.env"])
def test_nothing_hidden_is_shown(web: tuple[Web, int], path: str) -> None:
    assert web[0].ask(path).status == 404


def test_texts_come_as_small_as_the_browser_can_read(web: tuple[Web, int], kit: Kit) -> None:
    server, _ = web
    for path in ("/index.html", "/en/index.html", "/sitemap.xml"):
        zipped = server.ask(address(path), headers={"Accept-Encoding": "gzip"})
        assert zipped.header("Content-Encoding") == ["gzip"]
        assert gzip.decompress(zipped.body) == kit.files[path]
        assert "Accept-Encoding" in ", ".join(zipped.header("Vary"))
        assert_headers(kit, zipped, path)
        small = server.ask(address(path), headers={"Accept-Encoding": "gzip, deflate, br"})
        if server.name == "nginx" and not BROTLI.exists():  # an nginx without the module has gzip to give
            assert small.header("Content-Encoding") == ["gzip"]
        else:
            assert small.header("Content-Encoding") == ["br"]
            assert brotli.decompress(small.body) == kit.files[path]
            assert len(small.body) < len(zipped.body) < len(kit.files[path])


def test_an_inquiry_reaches_the_mailbox(web: tuple[Web, int], mailbox: tuple[Mailbox, int]) -> None:
    server, port = web
    box, mail_port = mailbox
    with gunicorn(mail_port, port):
        answer = server.ask("/api/inquiry", method="POST", body=urlencode(LAN).encode(), headers=FORM)
        assert answer.status == 303, answer.body.decode()
        (thanks,) = answer.header("Location")
        (letter,) = (message_from_bytes(content, policy=policy.SMTP) for content in box.letters)
        assert thanks.startswith("/cam-on/?ma=")
        assert thanks.partition("=")[2] in str(letter["Subject"])
        assert letter["Reply-To"] == LAN["email"]


def test_the_functions_replies_keep_their_own_headers(web: tuple[Web, int], mailbox: tuple[Mailbox, int]) -> None:
    """A second policy beside the function's own would forbid its page's style."""
    server, port = web
    with gunicorn(mailbox[1], port):
        page = server.ask("/api/inquiry", method="POST", body=b"name=Lan", headers=FORM)
        assert page.status == 422
        (csp,) = page.header("Content-Security-Policy")
        assert "style-src 'sha256-" in csp
        assert page.header("Cache-Control") == ["no-store"]
        state = server.ask("/api/inquiry", headers={"Accept": "application/json"})
        assert (state.status, state.header("Content-Type")) == (200, ["application/json"])


def test_a_huge_inquiry_is_answered_by_the_function_in_the_visitors_words(
    web: tuple[Web, int], mailbox: tuple[Mailbox, int]
) -> None:
    server, port = web
    with gunicorn(mailbox[1], port):
        answer = server.ask("/api/inquiry", method="POST", body=b"message=" + b"x" * 100_000, headers=FORM)
        assert answer.status == 413
        assert 'lang="vi"' in answer.body.decode()


def test_who_claims_another_address_each_time_is_still_one_place(
    web: tuple[Web, int], mailbox: tuple[Mailbox, int]
) -> None:
    """The function believes the web server, and the web server believes nobody."""
    server, port = web
    with gunicorn(mailbox[1], port):
        statuses = [
            server.ask(
                "/api/inquiry", method="POST", body=urlencode({**LAN, "message": f"Bé thứ {n}"}).encode(),
                headers={**FORM, "X-Forwarded-For": f"203.0.113.{n}"},
            ).status
            for n in range(7)
        ]  # fmt: skip
    assert statuses == [303] * 6 + [428]


def test_while_the_function_rests_the_shop_stays_open(web: tuple[Web, int]) -> None:
    server, _ = web
    assert server.ask("/api/inquiry").status == 502
    assert server.ask("/").status == 200
