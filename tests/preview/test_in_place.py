"""A new version of a page takes the place of the old one; by a reload only where that alone is certain to be right."""

from __future__ import annotations

import re
import shutil
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

BONG, PUPPY, BO = "content/puppies/bong/index.md", "/cun/bong/", "content/puppies/bo/index.md"
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


def as_reloaded(page: Page) -> None:
    """The document has become the very one that a reload makes."""
    whole = "document.documentElement.outerHTML"
    renewed = page.evaluate(whole)
    page.reload()
    until(lambda: page.evaluate(SETTLED), "the page's scripts")
    expect(page.locator("#workshop-edit")).to_have_attribute("style", re.compile("fixed"))
    assert page.evaluate(whole) == renewed


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
    as_reloaded(page)


def test_cards_change_in_place_and_the_search_goes_on(preview: Preview, page: Page) -> None:
    stays = open_and_mark(page, "/cun/")
    card, search, status = page.locator(".cards > li:visible"), page.locator("#q"), page.locator("#filter-status")
    status.select_option("available")
    search.press_sequentially("bong ")
    expect(card).to_have_count(1)
    new = dearer(preview)
    expect(card.locator(".price")).to_contain_text(f"{new:,}".replace(",", "."))
    preview.replace("\ntitle: ", "\ntitle: Bé Xíu ", BONG)
    expect(card.locator("h2")).to_have_text("Bé Xíu Bông")
    preview.replace("status: available", "status: reserved", BONG)
    expect(card).to_have_count(0)
    expect(page.locator(".empty")).to_be_visible()
    expect(status.locator("[value=reserved]")).to_contain_text("(1)")
    preview.replace("status: reserved", "status: available", BONG)
    expect(card).to_have_count(1)
    assert stays()
    assert (search.input_value(), status.input_value()) == ("bong ", "available")
    search.press_sequentially("xiu")
    assert search.input_value() == "bong xiu", "it still has the focus"
    expect(card).to_have_count(1)
    expect(page.locator(".listing__count [role=status]")).to_contain_text("1 bé")
    search.fill("bong")
    as_reloaded(page)


def test_puppies_come_move_and_go_in_the_list_that_is_open(preview: Preview, page: Page) -> None:
    stays = open_and_mark(page, "/cun/")
    names, count = page.locator(".cards > li:visible h2"), page.locator(".listing__count [role=status]")
    expect(names).to_have_text(["Bơ", "Bông"])
    page.evaluate("window.bong = document.querySelectorAll('.cards > li')[1]")
    preview.replace("status: available", "status: reserved", BO)
    expect(names).to_have_text(["Bông", "Bơ"])
    assert page.evaluate("bong === document.querySelectorAll('.cards > li')[0]"), "only carried, with its picture"
    shutil.copytree(ROOT / "content/puppies/ca-phe", preview.root / "content/puppies/ca-phe")
    expect(names).to_have_count(3)
    expect(count).to_contain_text("3")
    page.locator("#q").fill("ca phe")
    expect(names).to_have_text(["Cà Phê"])
    page.locator("#q").fill("")
    preview.replace("status: available", "status: sold", BONG)
    expect(names).to_have_count(2)
    assert stays()
    as_reloaded(page)


def test_a_filter_whose_last_puppy_has_gone_lets_all_be_seen(preview: Preview, page: Page) -> None:
    stays = open_and_mark(page, "/cun/")
    breed = page.locator("#filter-breed")
    breed.select_option("chihuahua")
    expect(page.locator(".cards > li:visible")).to_have_count(1)
    preview.replace("status: available", "status: sold", BO)
    expect(page.locator(".cards > li:visible h2")).to_have_text(["Bông"])
    expect(breed).to_have_value("")
    assert stays()


def test_what_a_script_of_the_page_holds_is_changed_by_a_reload(preview: Preview, page: Page) -> None:
    stays = open_and_mark(page, PUPPY)
    preview.replace('class="share"', 'class="share" data-new', "templates/components/share.html")
    expect(page.locator(".share[data-new]")).to_be_visible()
    assert not stays()


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
    """It learns from their text what they hold (renew.js): what they look for by a selector and give a name."""
    understood = re.compile(r""" = (\[\.\.\.)?document\.(querySelector(All)?|getElementById)\((["'])""")
    # What is looked for where it is needed, or only looked at once, is not held.
    passing = re.compile(r""" document\.getElementById\([a-z]|(const \w+ of|url:) document\.querySelector""")
    harmless = re.compile(r".*document\.(addEventListener|createElement|head\.append|title|activeElement)\b")
    loops = re.compile(r"^( *)for \(const \w+ of document\.[^\n]*(?:\n\1 [^\n]*)*", re.MULTILINE)
    for script in Path(ROOT / "static" / "js").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        for line in re.findall(r"^.*\bdocument\b.*$", text, re.MULTILINE):
            assert understood.search(line) or passing.search(line) or harmless.match(line), f"{script.name}: {line}"
        for loop in loops.finditer(text):
            assert not re.search("addEventListener|observe", loop[0]), f"{script.name} holds them: {loop[0]}"
