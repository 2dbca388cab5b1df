"""What a browser adds when it can: nothing moves, pages turn, links are fetched ahead, Back leads to the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SCRIPTS_READY
from tests.browser.test_screens import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

SHIFTS = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().map(({ sources }) => sources[0]?.node?.outerHTML)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done([]), 50);
})"""
SCRIPTS = r"""() => {
  const painted = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  return performance.getEntriesByType("resource").filter(({ name }) => /^\/assets.*js$/.test(new URL(name).pathname))
    .map(({ name, startTime }) => [name, startTime - painted]);
}"""
MOVING = """[...document.querySelectorAll("*")].some((e) => [null, "::before", "::after"]
  .some((part) => parseFloat(getComputedStyle(e, part).transitionDuration)))"""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_while_a_page_comes_in_and_scripts_wait_until_it_is_seen(
    visit: Callable[..., Page], kind: str
) -> None:
    page = visit(KINDS[kind][0])
    assert page.evaluate(SHIFTS) == []
    scripts = page.evaluate(SCRIPTS)
    assert scripts
    assert all(after >= 0 for _, after in scripts)


def test_a_link_is_fetched_when_a_pointer_comes_near(visit: Callable[..., Page]) -> None:
    page = visit("/cun/", width=1280)
    expect(page.locator("link[rel=prefetch]")).to_have_count(0)
    card = page.locator(".cards a").first
    card.hover()
    expect(page.locator(f"link[rel=prefetch][href='{card.get_attribute('href')}']")).to_have_count(1)


def test_back_leads_to_the_same_place_of_the_same_list(visit: Callable[..., Page]) -> None:
    page = visit("/cun/")
    page.locator("#q").fill("poodle")
    shown = page.locator(".cards > li:visible")
    expect(shown).to_have_count(4)
    card = shown.last.locator("a")
    card.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 0
    card.click()
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    expect(page.locator("#q")).to_have_value("poodle")
    expect(shown).to_have_count(4)
    page.evaluate(SCRIPTS_READY)
    assert page.evaluate("scrollY") == pytest.approx(place, abs=2)


def test_a_reload_stays_at_the_same_place_of_the_same_list(visit: Callable[..., Page]) -> None:
    page = visit("/cun/?sex=female")
    page.evaluate(SCRIPTS_READY)
    page.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
    page.evaluate("new Promise(done => (function ask() { history.state?.top ? done() : setTimeout(ask, 20); })())")
    page.reload()
    page.evaluate(SCRIPTS_READY)
    assert page.evaluate("scrollY") == pytest.approx(900, abs=2)


@pytest.mark.parametrize("motion", [True, False])
def test_a_page_turns_into_the_next_for_those_who_like_motion(visit: Callable[..., Page], motion: bool) -> None:
    page = visit("/cun/", motion=motion)
    page.add_init_script(
        "addEventListener('pagereveal', ({ viewTransition }) => { globalThis.turned = !!viewTransition; })"
    )
    page.locator(".cards a").first.click()
    page.wait_for_url("**/cun/*/")
    assert page.evaluate("turned") is motion
    page = visit("/", motion=motion)
    assert page.evaluate(MOVING) is motion
