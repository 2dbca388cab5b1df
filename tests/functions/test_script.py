"""The form in a real browser, under the site's strict policy: with the script, and the same form without it."""

import gzip
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from inquiry import answer
from inquiry.page import Aids, PolicyLink, PuppyChoice, form_html, kit
from inquiry.send import Fate, Outcome
from inquiry.wsgi_app import make_app
from playwright.sync_api import Browser, Page, Route, expect

from tests.functions.conftest import LAN, SETTINGS, Shop, plain, unlogged

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SCRIPTS = Path(__file__).parents[2] / "static" / "js"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; worker-src 'self'; "
    "form-action 'self'"
)
PUPPIES = [PuppyChoice(LAN["puppy"], "Bông (MX-024)"), PuppyChoice("Mực | /cun/muc/", "Mực")]


class Quiet(WSGIRequestHandler):
    """Writes no access log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Threaded(ThreadingMixIn, WSGIServer):
    """Answers while another answer is being made, as real servers do."""

    daemon_threads = True


@dataclass
class Site:
    """A site of two pages with the form, and the function behind it."""

    shop: Shop = field(default_factory=Shop)
    base: str = ""
    challenge: str = "off"
    down: bool = False

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        path = environ["PATH_INFO"]
        if path == "/api/inquiry":
            settings = replace(SETTINGS, site=self.base, challenge=self.challenge)
            send = self.shop.send
            app = make_app(settings, send=send, log=unlogged)
            if self.down and environ["REQUEST_METHOD"] == "GET":
                kind, page = "application/json", b'{"available": false}'
            else:
                return list(app(environ, start_response))
        elif path.endswith(".js"):
            kind, page = "text/javascript", (SCRIPTS / path[1:]).read_bytes()
        elif path.endswith(".json"):
            kind, page = "application/json", kit(path.split(".")[1], SETTINGS.shop).encode()
        elif path.endswith(".css"):
            kind, page = "text/css", answer.style().encode()
        else:
            kind, page = "text/html; charset=utf-8", self.page("en" if path.startswith("/en/") else "vi").encode()
        headers = [("Content-Type", kind), ("Content-Security-Policy", POLICY), ("Content-Length", str(len(page)))]
        start_response("200 OK", headers)
        return [page]

    def page(self, lang: str) -> str:
        form = form_html(
            lang,
            policy=PolicyLink("1a2b3c4d", "/chinh-sach-bao-mat/"),
            puppies=PUPPIES,
            contact=SETTINGS.shop,
            aids=Aids(f"/kit.{lang}.json", "/puzzle.js"),
        )
        links = '<link rel="icon" href="data:,"><link rel="stylesheet" href="/form.css">'
        head = f'<head><meta charset="utf-8"><title>Form</title>{links}</head>'
        return f'<!doctype html><html lang="{lang}">{head}<body>{form}<script type="module" src="/inquiry.js"></script>'


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    server = make_server("127.0.0.1", 0, made, Threaded, Quiet)
    made.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=site.base, viewport={"width": 360, "height": 740})
    opened = context.new_page()
    refused: list[str] = []
    opened.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    opened.on("pageerror", lambda error: refused.append(str(error)))
    yield opened
    context.close()
    assert refused == []


def fill(page: Page) -> None:
    for name in ("name", "phone", "email", "address", "message"):
        page.locator(f"[name={name}]").fill(LAN[name])
    page.locator("[name=puppy]").select_option(label="Bông (MX-024)")
    page.locator("[name=consent]").check()


@pytest.mark.parametrize(("start", "thanks"), [("/", "/cam-on/"), ("/en/", "/en/thank-you/")])
def test_with_the_script_an_inquiry_reaches_the_shop(page: Page, site: Site, start: str, thanks: str) -> None:
    page.goto(start)
    fill(page)
    page.locator("button").click()
    page.wait_for_url(re.compile(re.escape(thanks) + r"\?ma=MX-"))
    (letter,) = site.shop.letters
    assert page.url.endswith(str(letter["Subject"])[1:12])
    text = plain(letter)
    assert "Bé cún khách hỏi: Bông (MX-024)" in text
    assert "1a2b3c4d" in text
    assert "Khách không chọn nhận tin" in text


def test_without_the_script_the_same_form_works_and_mistakes_come_back(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.base, java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto("/en/")
    page.locator("[name=name]").fill("Lan <b>")
    page.locator("button").click()
    expect(page.locator(".inquiry__summary li")).to_have_count(4)
    expect(page.locator("[name=name]")).to_have_value("Lan <b>")
    assert (
        page.locator(".inquiry").evaluate("form => getComputedStyle(form).display") == "grid"
    )  # its own style is allowed
    for name in ("phone", "email", "address"):
        page.locator(f"[name={name}]").fill(LAN[name])
    page.locator("[name=consent]").check()
    page.locator("button").click()
    page.wait_for_url(re.compile(r"/en/thank-you/\?ma=MX-"))
    assert "Họ và tên: Lan <b>" in plain(site.shop.letters[0])
    context.close()


def test_nothing_is_ticked_beforehand_and_no_person_meets_the_trap(page: Page) -> None:
    page.goto("/")
    assert page.locator("input[type=checkbox]").evaluate_all("boxes => boxes.map(box => box.checked)") == [False, False]
    expect(page.locator("[name=leave_empty]")).to_be_hidden()


def test_a_mistake_shows_when_its_field_is_left_and_goes_as_it_is_mended(page: Page) -> None:
    page.goto("/")
    phone, error = page.locator("[name=phone]"), page.locator("#inquiry-phone-error")
    phone.press_sequentially("0912")
    expect(error).to_be_hidden()  # nobody is corrected in the middle of a number
    phone.blur()
    expect(error).to_contain_text("Số điện thoại chưa đúng")
    assert phone.get_attribute("aria-describedby") == "inquiry-phone-hint inquiry-phone-error"
    phone.press_sequentially(" 345 678")
    expect(error).to_be_hidden()
    assert phone.get_attribute("aria-invalid") is None


def test_all_mistakes_are_announced_and_the_first_gets_the_focus(page: Page, site: Site) -> None:
    page.goto("/")
    page.locator("[name=name]").fill("Lan")
    page.locator("button").click()
    expect(page.locator("[role=status]")).to_contain_text("Xin xem lại giúp tiệm 4 chỗ")
    expect(page.locator("[name=phone]")).to_be_focused()
    assert site.shop.letters == []


def test_a_sign_of_spam_is_settled_by_the_browser_alone(page: Page, site: Site) -> None:
    site.challenge = "suspicious"
    page.goto("/")
    fill(page)
    page.locator("[name=message]").fill("http://a.vn http://b.vn http://c.vn http://d.vn")
    page.locator("button").click()
    page.wait_for_url("**/cam-on/?ma=MX-*")
    assert "lời nhắn có hơn 3 đường dẫn" in plain(site.shop.letters[0])


def test_a_browser_that_cannot_solve_it_gets_a_page_to_look_through(page: Page, site: Site) -> None:
    site.challenge = "always"
    page.route("**/puzzle.js", lambda route: route.abort())
    page.goto("/")
    fill(page)
    page.locator("button").click()
    expect(page.locator("h1")).to_have_text("Xin xem lại rồi bấm gửi")
    expect(page.locator("[name=message]")).to_have_value(LAN["message"])
    page.wait_for_timeout(1600)  # nobody reads faster
    page.locator("button").click()
    page.wait_for_url("**/cam-on/?ma=MX-*")


def test_an_answer_in_the_servers_words_shows_beside_its_field(page: Page) -> None:
    page.goto("/")
    fill(page)
    page.locator("[name=email]").fill("lan@x..vn")
    page.locator("button").click()
    expect(page.locator("#inquiry-email-error")).to_contain_text("Địa chỉ email chưa đúng")
    expect(page.locator("[name=email]")).to_be_focused()


def test_a_letter_that_was_not_sent_can_be_sent_another_way(page: Page, site: Site) -> None:
    site.shop.fate = Outcome(Fate.NOT_SENT, "connect")
    page.goto("/")
    fill(page)
    page.locator("button").click()
    status = page.locator("[role=status]")
    expect(status).to_contain_text("Lời nhắn chưa gửi được")
    expect(status).to_be_focused()
    mail = status.locator("a[href^=mailto]").get_attribute("href") or ""
    assert mail.startswith("mailto:hoi@shop.test?subject=")
    assert "B%C3%A9%20B%C3%B4ng%20c%C3%B2n" in mail
    assert status.locator("a").first.get_attribute("href") == "tel:0912345678"
    expect(page.locator("[name=message]")).to_have_value(LAN["message"])


def test_a_broken_line_is_doubt_and_trying_again_is_the_same_letter(page: Page) -> None:
    page.goto("/")
    fill(page)
    sent: list[str] = []

    def lose(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "{}")["submission"])
        route.abort()

    page.route("**/api/inquiry", lambda route: lose(route) if route.request.method == "POST" else route.continue_())
    page.locator("button").click()
    expect(page.locator("[role=status]")).to_contain_text("Chưa chắc lời nhắn đã đến")
    page.locator("button").click()
    expect(page.locator("[role=status]")).to_contain_text("Chưa chắc lời nhắn đã đến")
    page.locator("[name=message]").fill("Khác")
    page.locator("button").click()
    page.wait_for_function("() => !document.querySelector('[aria-disabled]')")
    assert sent[0] == sent[1] != sent[2]


def test_a_double_click_sends_once(page: Page, site: Site) -> None:
    page.goto("/")
    fill(page)
    page.locator("button").dblclick()
    page.wait_for_url("**/cam-on/?ma=MX-*")
    assert len(site.shop.letters) == 1


def test_phone_and_zalo_come_first_when_mail_is_down(page: Page, site: Site) -> None:
    site.down = True
    page.goto("/")
    page.locator("[name=name]").focus()
    expect(page.locator(".inquiry > :first-child")).to_contain_text("Lúc này biểu mẫu chưa gửi được thư")


def test_nothing_is_stored_in_the_browser(page: Page) -> None:
    page.goto("/")
    fill(page)
    page.locator("button").click()
    page.wait_for_url("**/cam-on/?ma=MX-*")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_the_form_fits_a_phone_and_its_targets_fit_a_thumb(page: Page) -> None:
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    sizes = page.locator(".inquiry__input, .inquiry__submit, .inquiry__way, .inquiry__consent").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44


def test_the_script_stays_small_for_slow_lines() -> None:
    assert len(gzip.compress((SCRIPTS / "inquiry.js").read_bytes(), mtime=0)) <= 4096
