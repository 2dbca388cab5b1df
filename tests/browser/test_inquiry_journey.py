"""From a puppy's page to the shop's mailbox: in both languages, with and without scripts, by keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from inquiry import form, words
from inquiry.challenge import READING
from playwright.sync_api import expect

from tests.browser.conftest import plain, reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Mailbox

LAN = {
    "name": "Nguyễn Thị Lan",
    "email": "lan.nguyen@example.com",
    "phone": "0987 654 321",
    "address": "Phường Bến Nghé\nThành phố Hồ Chí Minh",
    "message": "Bé còn không ạ?\nCuối tuần mình ghé xem được chứ?",
}
JOHN = {
    "name": "John Smith",
    "email": "john@example.com",
    "phone": "+44 20 7031 3000",
    "address": "Tây Hồ Ward, Hà Nội",
    "message": "May I see her on Saturday?",
}
PUPPY = {"vi": "/cun/bong/", "en": "/en/puppies/bong/"}
ASKING = {"vi": LAN, "en": JOHN}


def fill(page: Page, answers: dict[str, str]) -> None:
    for name, text in answers.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=consent]").check()


def submit(page: Page) -> None:
    page.locator(".inquiry__submit").click()


def arrive(page: Page, lang: str) -> None:
    """Reach the thank-you page. Who sends much from one place, as these tests do, is asked to look once more."""
    page.wait_for_url(lambda url: "ma=" in url or url.endswith(form.ACTION))
    if page.url.endswith(form.ACTION):
        expect(page.locator(".inquiry__submit")).to_have_text(words.FORM[lang]["resubmit"])
        page.wait_for_timeout(READING + 200)
        submit(page)
    page.wait_for_url(f"**{form.THANKS[lang]}?*")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_inquiry_about_a_puppy_becomes_a_letter(
    visit: Callable[..., Page], mailbox: tuple[Mailbox, int], lang: str, script: bool
) -> None:
    page = visit(PUPPY[lang], script=script)
    policy = page.locator("[name=policy]").input_value()
    answers = {**ASKING[lang], "message": f"{ASKING[lang]['message']} ({script})"}
    fill(page, answers)
    submit(page)
    arrive(page, lang)
    expect(page.locator("html")).to_have_attribute("lang", lang)

    letter = mailbox[0].about(reference(page))
    assert letter["To"] == "chao@miluxinh.example"
    assert [one.addr_spec for one in letter["Reply-To"].addresses] == [answers["email"]]
    text = plain(letter)
    for said in (*answers["name"].split("\n"), *answers["address"].split("\n"), *answers["message"].split("\n")):
        assert said in text
    assert re.sub(r"\D", "", answers["phone"])[-9:] in re.sub(r"\D", "", text)
    assert PUPPY[lang] in text
    assert "MX-017" in text
    assert policy in text
    assert words.LETTER[lang] in text
    assert words.consent(lang, "consent") in text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(visit: Callable[..., Page], lang: str) -> None:
    page = visit(PUPPY[lang], script=False)
    answers = {**ASKING[lang], "email": "lan@", "phone": "12"}
    for name, text in answers.items():
        page.locator(f"[name={name}]").fill(text)
    submit(page)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    for name, code in (("email", "malformed"), ("phone", "malformed"), ("consent", "required")):
        field = page.locator(f"[name={name}]")
        described = field.get_attribute("aria-describedby") or ""
        limit = next(one.limit for one in form.FIELDS if one.name == name)
        expect(page.locator(f"#{described.split()[-1]}")).to_have_text(words.fault(lang, name, code, limit))
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(page.locator(f".inquiry__summary a[href='#inquiry-{name}']")).to_be_visible()
    for name, text in answers.items():
        expect(page.locator(f"[name={name}]")).to_have_value(text)
    expect(page.locator("[name=puppy]")).to_have_value(re.compile("MX-017"))


def test_a_slip_is_told_at_the_field_while_one_types(visit: Callable[..., Page]) -> None:
    page = visit(PUPPY["vi"])
    page.locator("[name=email]").fill("lan@")
    page.locator("[name=phone]").focus()
    expect(page.locator("#inquiry-email-error")).to_be_visible()
    page.locator("[name=email]").fill("lan@example.com")
    page.locator("[name=phone]").focus()
    expect(page.locator("#inquiry-email-error")).to_be_hidden()


def test_the_whole_way_is_open_to_a_keyboard(visit: Callable[..., Page], mailbox: tuple[Mailbox, int]) -> None:
    page = visit(PUPPY["vi"], width=1280)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"

    def reach(selector: str) -> None:
        for _ in range(150):
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                # Whoever moves by keyboard has to see where she is.
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", selector
                return
            page.keyboard.press("Tab")
        pytest.fail(f"{selector} cannot be reached")

    for name, text in LAN.items():
        reach(f"[name={name}]")
        page.keyboard.insert_text(text if name != "message" else "Gõ bằng bàn phím")
    reach("[name=consent]")
    page.keyboard.press("Space")
    reach(".inquiry__submit")
    page.keyboard.press("Enter")
    arrive(page, "vi")
    assert "Gõ bằng bàn phím" in plain(mailbox[0].about(reference(page)))


def test_a_puppy_that_is_sold_has_no_form_but_leads_to_others(visit: Callable[..., Page]) -> None:
    page = visit("/da-ve-nha-moi/", script=False)
    page.locator(".cards a").first.click()
    expect(page.locator("form[method=post]")).to_have_count(0)
    expect(page.locator("#similar .cards > li").first).to_be_visible()
