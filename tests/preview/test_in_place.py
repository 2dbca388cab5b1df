"""A new version of a page takes the place of the old one; by a reload only where that alone is certain to be right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.preview.conftest import CONTACT, ROOT, until
from tests.preview.test_live_reload import open_and_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.preview.conftest import Preview

BONG, PUPPY = "content/puppies/bong/index.md", "/cun/bong/"
SETTLED = "document.body.dataset.scripts.split(' ').every(s => performance.getEntriesByName(location.origin + s)[0])"
"""Whether the page's scripts are there: they come when it has been painted."""


def open_and_mark(page: Page, path: str) -> Callable[[], bool]:
    """Open a page with its scripts; what is returned says whether this very document is still there."""
    open_and_count(page, path)
    until(lambda: page.evaluate(SETTLED), "the page's scripts")
    page.evaluate("window.first = true")
    return lambda: bool(page.evaluate("window.first === true"))


def dearer(preview: Preview) -> int:
    """Change Bông's price; the new one."""
    preview.replace("\nprice: ", "\nprice: 1", BONG)
    price = re.search(r"\nprice: (\d+)", (preview.root / BONG).read_text(encoding="utf-8"))
    assert price
    return int(price[1])


def whole(page: Page) -> str:
    """The whole document as the page has it."""
    return str(page.evaluate("document.documentElement.outerHTML"))


def test_what_one_has_typed_and_where_one_was_stays_when_words_elsewhere_change(preview: Preview, page: Page) -> None:
    stays = open_and_mark(page, PUPPY)
    field = page.locator("form.inquiry [name=name]")
    field.scroll_into_view_if_needed()
    field.press_sequentially("Lan")
    top = page.evaluate("scrollY")
    assert top > 0
    new = dearer(preview)
    expect(page.locator("main .price").first).to_contain_text(f"{new:,}".replace(",", "."))
    assert stays()
    assert (field.input_value(), page.evaluate("scrollY")) == ("Lan", top)
    field.press_sequentially(" Anh")
    assert field.input_value() == "Lan Anh"


def test_paragraphs_that_come_change_and_go_leave_the_page_as_a_reload_would(preview: Preview, page: Page) -> None:
    stays = open_and_mark(page, CONTACT)
    preview.add("Câu **thứ nhất**.\n\n- một\n- hai\n\nCâu thứ hai.")
    expect(page.get_by_text("Câu thứ hai.")).to_be_visible()
    preview.replace("Câu **thứ nhất**.\n\n- một\n- hai\n", "## Một mục\n\nCâu *đầu*.\n")
    expect(page.get_by_role("heading", name="Một mục")).to_be_visible()
    preview.replace("\n\nCâu thứ hai.", "")
    expect(page.get_by_text("Câu thứ hai.")).to_have_count(0)
    assert stays()
    renewed = whole(page)
    page.reload()
    until(lambda: page.evaluate(SETTLED), "the page's scripts")
    expect(page.locator("#workshop-edit")).to_have_attribute("style", re.compile("fixed"))
    assert whole(page) == renewed


def test_what_a_script_of_the_page_holds_is_changed_by_a_reload(preview: Preview, page: Page) -> None:
    stays = open_and_mark(page, "/cun/")
    page.locator(".filters [name=q]").fill("bong")
    preview.replace("\ntitle: ", "\ntitle: Bé Xíu ", BONG)
    expect(page.locator(".puppy-card", has_text="Bé Xíu").first).to_be_visible()
    assert not stays()
    assert "q=bong" in page.url
    page.locator(".filters [name=q]").fill("xiu")
    expect(page.locator(".cards > li:visible")).to_have_count(1)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("static/css/utilities.css", "", "main p { color: rgb(1, 2, 3) }\n"),
        ("templates/layouts/base.html", '<main id="main"', '<main id="main" data-new'),
    ],
    ids=["style", "template"],
)  # fmt: skip
def test_a_new_style_or_template_is_on_screen_too(preview: Preview, page: Page, path: str, old: str, new: str) -> None:
    open_and_count(page, CONTACT)
    if old:
        preview.replace(old, new, path)
        expect(page.locator("main[data-new]")).to_be_visible()
    else:
        preview.add(new, path)
        expect(page.locator("main p").first).to_have_css("color", "rgb(1, 2, 3)")


def test_the_data_for_search_engines_is_renewed_too(preview: Preview, page: Page) -> None:
    stays = open_and_mark(page, PUPPY)
    new = dearer(preview)
    until(lambda: f'"price":{new}' in str(page.locator("script[type$=json]").text_content()), "the price in JSON-LD")
    assert stays()


def test_scripts_look_for_elements_only_in_ways_that_the_preview_understands() -> None:
    """It learns from their text what they hold (renew.js)."""
    understood = re.compile(r"""document\.(querySelector(All)?|getElementById)\((["'`a-z])""")
    harmless = re.compile(r"document\.(addEventListener|createElement|head\.append|title|activeElement)\b")
    for script in Path(ROOT / "static" / "js").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        for found in re.finditer(r"\bdocument\b", text):
            here = text[found.start() : found.start() + 60]
            assert understood.match(here) or harmless.match(here), f"{script.name}: {here}"
