"""Finding one's way: a puppy by name, filter or list; the same page in the other language; back from nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    import build


def shown(page: Page) -> list[str]:
    """The names on the cards that can be seen."""
    return [name for name in page.locator(".cards > li:visible h3, .cards > li:visible h2").all_inner_texts() if name]


@pytest.mark.parametrize("typed", ["bông", "BONG", "bong", "bo\u0302ng"])
def test_a_puppy_is_found_by_its_name_with_or_without_marks(visit: Callable[..., Page], typed: str) -> None:
    page = visit("/cun/")
    page.locator("#q").fill(typed)
    expect(page.locator(".cards > li:visible")).to_have_count(1)
    page.locator(".cards > li:visible a").first.click()
    expect(page.locator("h1")).to_have_text("Bông")


@pytest.mark.parametrize(
    ("typed", "breed"),
    [
        ("podle", "toy-poodle"), ("pudle", "toy-poodle"), ("pudel", "toy-poodle"), ("corgy", "corgi"),
        ("cogi", "corgi"), ("begle", "beagle"), ("chihuhua", "chihuahua"), ("buldog", "french-bulldog"),
        ("goldne", "golden-retriever"),
    ],
)  # fmt: skip
def test_a_slip_of_the_finger_still_finds_the_breed(
    visit: Callable[..., Page], shop: build.Built, typed: str, breed: str
) -> None:
    page = visit("/cun/")
    page.locator("#q").fill(typed)
    meant = [p for p in shop.catalog.puppies if p.breed == f"breeds/{breed}" and p.status != "sold"]
    expect(page.locator(".cards > li:visible")).to_have_count(len(meant))
    expect(page.locator(".listing__count [role=status]")).to_contain_text(str(len(meant)))


@pytest.mark.parametrize("typed", ["husky", "samoyed", "alaska", "becgie", "maltese", "rottweiler"])
def test_a_breed_that_the_shop_has_not_finds_nothing(visit: Callable[..., Page], typed: str) -> None:
    page = visit("/cun/")
    page.locator("#q").fill(typed)
    expect(page.locator(".empty")).to_be_visible()
    expect(page.locator(".cards > li:visible")).to_have_count(0)


@pytest.mark.parametrize(("typed", "name"), [("cho poodle nau", "Cà Phê"), ("dom", "Đốm"), ("MX-017", "Bông")])
def test_words_without_marks_find_the_puppy(visit: Callable[..., Page], typed: str, name: str) -> None:
    page = visit("/cun/")
    page.locator("#q").fill(typed)
    expect(page.locator(".cards > li:visible h2").filter(has_text=name)).to_have_count(1)


def test_filters_narrow_the_list_and_stay_in_the_address(visit: Callable[..., Page], shop: build.Built) -> None:
    corgis = [p for p in shop.catalog.puppies if p.breed == "breeds/corgi" and p.status == "available"]
    page = visit("/cun/")
    page.locator("#filter-breed").select_option("corgi")
    page.locator("#filter-status").select_option("available")
    expect(page.locator(".cards > li:visible")).to_have_count(len(corgis))
    expect(page.locator(".listing__count [role=status]")).to_contain_text(str(len(corgis)))
    page.reload()
    expect(page.locator(".cards > li:visible")).to_have_count(len(corgis))
    page.locator("button[type=reset]:visible").first.click()
    expect(page.locator(".cards > li[hidden]")).to_have_count(0)


def test_words_that_fit_no_puppy_say_so_and_offer_a_way_on(visit: Callable[..., Page]) -> None:
    page = visit("/en/puppies/")
    page.locator("#q").fill("unicorn")
    expect(page.locator(".cards > li:visible")).to_have_count(0)
    expect(page.locator(".empty")).to_be_visible()
    expect(page.locator(".empty a")).to_be_visible()


def test_without_scripts_the_lists_lead_to_a_puppy(visit: Callable[..., Page], shop: build.Built) -> None:
    page = visit("/cun/", script=False)
    expect(page.locator("#q")).to_be_hidden()
    page.locator("a[href='/dang-tim-nha/']").first.click()
    available = [p for p in shop.catalog.puppies if p.status == "available"]
    expect(page.locator(".cards > li")).to_have_count(len(available))
    page.locator(".cards a").first.click()
    expect(page.locator("form[method=post]")).to_be_visible()


@pytest.mark.parametrize(("path", "lang", "home"), [("/khong-co/", "vi", "/"), ("/en/nowhere/", "en", "/en/")])
def test_a_lost_visitor_is_told_so_and_led_back(visit: Callable[..., Page], path: str, lang: str, home: str) -> None:
    page = visit(path, missing=True)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(f"article a[href='{home}']")).to_be_visible()


def test_the_switch_leads_to_the_same_page_and_back(visit: Callable[..., Page]) -> None:
    page = visit("/cun/bong/")
    page.locator(".site-header__language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/en/puppies/bong/")
    page.locator(".site-header__language").click()
    assert page.url.endswith("/cun/bong/")


def test_a_page_without_a_translation_shows_the_original_with_a_word_of_apology(visit: Callable[..., Page]) -> None:
    page = visit("/en/posts/", script=False)
    page.locator("article[lang=vi] a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("main")).to_have_attribute("lang", "vi")
    expect(page.locator("main [lang=en]").first).to_be_visible()
