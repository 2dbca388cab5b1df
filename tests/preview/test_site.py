"""The preview answers as a host does, so that what goes wrong there goes wrong here first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sitegen.headers import headers_for, host_table
from sitegen.preview.site import Site, with_reload

if TYPE_CHECKING:
    import build
    from tests.preview.conftest import Preview


@pytest.fixture(scope="module")
def site(shop: build.Built) -> Site:
    return Site(shop)


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/cun/bong/", 200, "text/html; charset=utf-8"),
        ("/en/privacy-policy/", 200, "text/html; charset=utf-8"),
        ("/feed.xml", 200, "application/xml; charset=utf-8"),
        ("/robots.txt", 200, "text/plain; charset=utf-8"),
        ("/khong-co/", 404, "text/html; charset=utf-8"),
        ("/_headers", 404, "text/html; charset=utf-8"),
        ("/../site.yaml", 404, "text/html; charset=utf-8"),
    ],
)
def test_every_kind_of_address_has_its_status_and_type(site: Site, path: str, status: int, kind: str) -> None:
    answer = site.answer(path)
    assert (answer.status, answer.headers["Content-Type"]) == (status, kind)


def test_the_headers_are_exactly_the_hosts(site: Site, shop: build.Built) -> None:
    for path in ("/", "/assets/x.js", "/cun/bong/"):
        answer = site.answer(path)
        assert {k: v for k, v in answer.headers.items() if k != "Content-Type"} == headers_for(shop.table, path)


@pytest.mark.parametrize(("path", "lang"), [("/x/", "vi"), ("/en/x", "en"), ("/enx", "vi")])
def test_a_lost_visitor_is_told_so_in_the_language_of_the_address(site: Site, path: str, lang: str) -> None:
    content = site.answer(path).content
    assert isinstance(content, bytes)
    assert f'lang="{lang}"'.encode() in content


def test_an_address_without_its_slash_leads_to_the_page(site: Site) -> None:
    answer = site.answer("/cun/bong")
    assert (answer.status, answer.headers["Location"]) == (301, "/cun/bong/")


def test_an_old_address_leads_to_the_new_one(shop: build.Built) -> None:
    moved = Site(shop.replace(table=host_table("'none'", {"/cun/bong-cu/": "/cun/bong/"}, {})))
    answer = moved.answer("/cun/bong-cu/")
    assert (answer.status, answer.headers["Location"]) == (301, "/cun/bong/")
    assert moved.answer("/khong-co/").status == 404


def test_the_reload_script_is_external_and_stands_in_the_head() -> None:
    html = with_reload(b"<head><title>x</title></head><body></body>", "abc")
    assert html.startswith(b'<head><title>x</title><script type="module" src="/_preview/reload.js" data-version="abc"')
    assert with_reload(b"<p>x", "1").startswith(b"<p>x<script")


def test_what_has_not_changed_is_not_sent_again(preview: Preview) -> None:
    status, headers, text = preview.get("/")
    assert (status, int(headers["Content-Length"])) == (200, len(text.encode()))
    assert preview.get("/", headers={"If-None-Match": headers["Etag"]})[::2] == (304, "")
    assert preview.get("/", method="HEAD")[::2] == (200, "")
    assert preview.get("/", method="HEAD")[1]["Content-Length"] == headers["Content-Length"]
    assert preview.get("/cun/bong?x=1")[1]["Location"] == "/cun/bong/?x=1"
    assert "dist" not in [path.name for path in preview.root.iterdir()]


def test_no_other_website_can_be_led_here(preview: Preview) -> None:
    for path in ("/", "/_inbox/", "/_inbox/1/", "/_preview/reload.js", "/_preview/live", "/api/inquiry"):
        assert preview.get(path, headers={"Host": "evil.example"})[0] == 403
        status, headers, _ = preview.get(path, headers={"Host": "localhost:1234"})
        assert (status, headers["Location"]) == (307, f"http://127.0.0.1:1234{path}")


def test_another_websites_page_cannot_listen_to_saves(preview: Preview) -> None:
    key = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAA"}
    assert preview.get("/_preview/live", headers={**key, "Origin": "https://evil.example"})[0] == 403


def test_a_body_beyond_all_measure_is_refused_unread(preview: Preview) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert preview.get("/api/inquiry", method="POST", body="x" * 100_000, headers=kind)[0] == 413
    announced = {**kind, "Content-Length": str(10**9)}
    assert preview.get("/api/inquiry", method="POST", headers=announced)[0] == 400
    assert preview.get("/", method="POST")[0] == 405
