"""An inquiry sent from the preview arrives in its inbox, and looks there as in the owner's mail program."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from inquiry.answer import STATUSES
from inquiry.exchange import Reply
from inquiry.send import Envelope
from playwright.sync_api import expect

from sitegen.preview.inbox import CAPACITY, Inbox, framed
from sitegen.preview.post import became
from tests.preview.conftest import CONTACT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.preview.conftest import Preview

PAUSE = 3000
"""Milliseconds; the function takes a form that is filled in faster for a machine's."""


def write(page: Page, message: str = "Bé còn không ạ?") -> None:
    """Fill in the form as a customer does, and send it."""
    answers = {
        "name": "Nguyễn Thị Lan", "phone": "0987 654 321", "email": "lan.nguyen@example.com",
        "address": "Phường Bến Nghé, Thành phố Hồ Chí Minh", "message": message,
    }  # fmt: skip
    for name, answer in answers.items():
        page.locator(f"form.inquiry [name={name}]").fill(answer)
    page.locator("form.inquiry [name=consent]").check()
    page.wait_for_timeout(PAUSE)
    page.locator(".inquiry__submit").click()


def test_a_letter_appears_by_itself_in_an_inbox_that_explained_itself_before(preview: Preview, page: Page) -> None:
    page.goto("/_inbox/")
    expect(page.get_by_role("heading", name="Chưa có thư nào")).to_be_visible()
    customer = page.context.new_page()
    customer.goto("/_inbox/")
    customer.get_by_role("link", name="Mở biểu mẫu").click()
    write(customer)
    expect(page.locator(".letters li")).to_have_count(1)
    expect(page.locator(".letters")).to_contain_text("lan.nguyen@example.com")
    expect(page).to_have_title("(1) Hộp thư xem thử")
    assert "/cam-on/" in customer.url
    assert re.search(r"^\d\d:\d\d:\d\d  có thư hỏi mua mới: MX-\S+$", preview.terminal, re.MULTILINE)
    assert "lan.nguyen" not in preview.terminal


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_becomes_of_an_inquiry_is_told_in_the_owners_words(lang: str) -> None:
    told = {code: became(Reply(status, (), b"", f"{code}:stage", "MX-1"), lang) for code, status in STATUSES.items()}
    assert told.pop("available") == ""
    assert told["accepted"] == {"vi": "có thư hỏi mua mới: MX-1", "en": "a new inquiry: MX-1"}[lang]
    assert [code for code in told if told[code] == told["foreign"]] == [
        "unreadable", "foreign", "method", "too_large", "media_type",
    ]  # fmt: skip
    assert len(set(told.values())) == len(told) - 4, "all others have words of their own"


def test_a_letter_can_be_answered_with_one_tap(page: Page) -> None:
    page.goto("/cun/bong/")
    write(page, "Xem <b>bé</b> ở https://example.com/anh được không?")
    page.wait_for_url("**/cam-on/**")
    page.goto("/_inbox/")
    page.locator(".letters a").click()
    expect(page.locator("dl")).to_contain_text("lan.nguyen@example.com")
    assert (page.get_by_role("link", name="Trả lời").get_attribute("href") or "").startswith(
        "mailto:lan.nguyen@example.com?subject=Re%3A%20%5BMX-"
    )
    letter = page.frame_locator("iframe")
    expect(letter.get_by_role("link", name="0987 654 321")).to_have_attribute("href", "tel:+84987654321")
    expect(letter.locator("[href='https://zalo.me/84987654321']")).to_be_visible()
    expect(letter.get_by_text("<b>bé</b>")).to_be_visible()
    with page.context.expect_page() as puppy:
        letter.locator("[href$='/cun/bong/']").click()
    expect(puppy.value.locator("h1")).to_contain_text("Bông")
    page.get_by_role("link", name="Chỉ chữ").click()
    expect(page.locator(".text a[href='https://example.com/anh']")).to_be_visible()
    expect(page.locator(".text")).to_contain_text("<b>bé</b>")
    page.get_by_role("link", name="Bản gốc").click()
    expect(page.locator("pre")).to_contain_text("Reply-To: lan.nguyen@example.com")


def test_the_form_works_without_scripts_too(preview: Preview, page: Page) -> None:
    browser = page.context.browser
    assert browser
    plain = browser.new_context(base_url=preview.address, java_script_enabled=False)
    customer = plain.new_page()
    customer.goto("/en/contact/")
    write(customer)
    customer.wait_for_url("**/thank-you/**")
    plain.close()
    assert "lan.nguyen@example.com" in preview.get("/_inbox/")[2]


def test_a_letter_at_360_pixels_needs_no_sideways_scrolling(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(CONTACT)
    write(page, "dài" * 200)
    page.wait_for_url("**/cam-on/**")
    for path in ("/_inbox/", "/_inbox/1/", "/_inbox/1/text", "/_inbox/1/source"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path


def test_a_letter_that_is_not_there_is_told_in_words(preview: Preview) -> None:
    status, _, html = preview.get("/_inbox/7/")
    assert (status, "Không có lá thư này" in html) == (404, True)


def letter(subject: str, html: str = "") -> EmailMessage:
    """A letter with words of somebody else's."""
    message = EmailMessage()
    message["From"] = "Milu Xinh <chao@miluxinh.example>"
    message["Subject"] = subject
    message.set_content("chữ")
    if html:
        message.add_alternative(html, subtype="html")
    return message


ENVELOPE = Envelope("a@miluxinh.example", "b@miluxinh.example", 1)


def test_the_inbox_keeps_the_newest_letters_only() -> None:
    arrivals: list[bool] = []
    inbox = Inbox(lambda: arrivals.append(True))
    for number in range(CAPACITY + 5):
        inbox.send(letter(f"Thư {number}"), ENVELOPE)
    subjects = [opened.subject for opened, _ in inbox.letters()]
    assert (len(subjects), subjects[0], subjects[-1]) == (CAPACITY, f"Thư {CAPACITY + 4}", "Thư 5")
    assert inbox.open(1) is None
    assert len(arrivals) == CAPACITY + 5


@pytest.mark.parametrize("html", ["<p>x", "<html><HEAD lang='vi'><title>x</title></head><body>x"])
def test_links_in_a_letter_open_beside_it(html: str) -> None:
    assert '<base target="_blank">' in framed(html)
    assert framed(html).replace('<base target="_blank">', "") == html


def test_a_letter_without_html_or_sender_still_opens() -> None:
    inbox = Inbox(lambda: None)
    message = EmailMessage()
    message.set_content("Chỉ có chữ, gọi tel:+84987654321 nhé.")
    inbox.send(message, ENVELOPE)
    opened = inbox.open(1)
    assert opened
    assert (opened.html, opened.reply, opened.subject) == ("", "", "")
    assert '<a href="tel:+84987654321">tel:+84987654321</a> nhé.' in opened.linked_text
