"""Other hands than a mouse: a keyboard alone, an input method that composes Vietnamese letters, a narrow screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.workshop.shop import Server, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

BO = "content/puppies/bo/index.md"


def tab_to(page: Page, selector: str, *, backwards: bool = False) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(150):
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{selector}: one cannot see where one is"
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"{selector} is not reached")


def test_a_puppy_is_found_changed_sold_and_taken_back_with_the_keyboard_alone(server: Server, page: Page) -> None:
    path = server.shop.root / BO
    before = path.read_text(encoding="utf-8")
    page.goto(f"{server.address}/_workshop/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the menu
    tab_to(page, "#q")
    page.keyboard.type("corgi CN-001")
    tab_to(page, ".things a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/puppies/bo")
    tab_to(page, "[name='f.price']")
    page.keyboard.press("Control+A")
    page.keyboard.type("nhiều lắm")
    page.keyboard.press("Enter")
    # The summary has the focus; its first link leads to the field.
    page.locator("#mistakes:focus").wait_for()
    tab_to(page, "#mistakes a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "f.price"
    page.keyboard.press("Control+A")
    page.keyboard.type("9tr")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/**done=**")
    assert path.read_text(encoding="utf-8") == before.replace("price: 12000000", "price: 9000000")
    page.goto(f"{server.address}/_workshop/list/puppies")
    tab_to(page, "[aria-label='Bơ: Đã bán']")
    page.keyboard.press("Enter")
    page.get_by_text("Bơ: Đã về nhà mới.").wait_for()
    tab_to(page, ".done button")
    page.keyboard.press("Enter")
    page.get_by_text("Đã hoàn tác.").wait_for()
    assert "status: available" in path.read_text(encoding="utf-8")


def test_letters_that_are_being_composed_are_left_alone(server: Server, page: Page) -> None:
    """Telex and VNI put a word together in steps; nothing is read or rewritten before it is done."""
    page.goto(f"{server.address}/_workshop/edit/puppies/bo")
    page.frame_locator("[data-frame]").get_by_text("Bơ là bé corgi hay cười.").first.wait_for()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.post_data or "") if "/preview/" in r.url else None)
    field = page.locator("[name='w.vi.summary']")
    field.fill("")
    field.focus()
    page.wait_for_timeout(500)
    asked.clear()
    keys = page.context.new_cdp_session(page)
    for step in ("D", "Đ", "Đu", "Đư", "Đươ", "Đườ", "Đường"):
        keys.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})
        page.wait_for_timeout(60)
        assert field.input_value() == step
    page.wait_for_timeout(500)
    assert not asked, "half a word is nobody's business"
    keys.send("Input.insertText", {"text": "Đường"})
    page.frame_locator("[data-frame]").get_by_text("Đường", exact=True).first.wait_for()
    assert field.input_value() == "Đường"


@pytest.mark.parametrize(("lang", "scheme"), [("vi", "dark"), ("en", "light")])
def test_nothing_runs_out_of_a_narrow_screen(browser: Browser, tmp_path: Path, lang: str, scheme: str) -> None:
    """At 360 points every page of the workshop fits, and no row hides a part of itself beside the edge."""
    hidden = """() => [...document.querySelectorAll("main *")].filter((e) => e.scrollWidth > e.clientWidth + 1 &&
        e.clientWidth > 8 && !["visible", "clip"].includes(getComputedStyle(e).overflowX) && e.tagName !== "INPUT")
        .map((e) => e.outerHTML.slice(0, 80))"""
    with Server(open_shop(tmp_path, lang)) as server:
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = context.new_page()
        paths = ["history", "bin", "phone", "publish", "edit/site", "raw/puppies/bo", "new/puppies", "edit/puppies/bo"]
        paths += [f"list/{kind}" for kind in ("puppies", "breeds", "pages", "posts")]
        page.goto(f"{server.address}/_workshop/phone")
        page.locator("main button").click()
        page.locator("main code").wait_for()
        for path in (*paths, "edit/pages/home", "edit/breeds/corgi", "edit/posts/dem-dau"):
            page.goto(f"{server.address}/_workshop/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
            assert page.evaluate(hidden) == [], path
        context.close()
