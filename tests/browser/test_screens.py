"""Every kind of page on narrow, common and wide screens, by day and by night, and on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

KINDS = {
    "home": ("/", "/en/"),
    "catalogue": ("/cun/", "/en/puppies/"),
    "puppy": ("/cun/bong/", "/en/puppies/bong/"),
    "breeds": ("/giong-cho/", "/en/breeds/"),
    "breed": ("/giong-cho/corgi-pembroke/", "/en/breeds/pembroke-welsh-corgi/"),
    "prices": ("/bang-gia/", "/en/prices/"),
    "posts": ("/bai-viet/", "/en/posts/"),
    "contact": ("/lien-he/", "/en/contact/"),
    "policy": ("/chinh-sach-bao-mat/", "/en/privacy-policy/"),
    "thanks": ("/cam-on/?ma=MX-TEST", "/en/thank-you/?ma=MX-TEST"),
}
OVERFLOWING = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1)
    .map((e) => `${e.tagName}.${e.className}`).slice(0, 5);
}"""
CONTRAST = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const solid = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.backgroundImage !== "none") return null;
      const colour = solid(style.backgroundColor);
      if (colour[3] === 255) return colour;
      if (colour[3] > 0) return null;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const e of document.querySelectorAll("h1, h2, h3, p, li, dt, dd, a, button, label, td, th, summary")) {
    const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    if (!words || box.width < 2 || box.height < 2 || !e.checkVisibility({ visibilityProperty: true })) continue;
    const back = ground(e);
    const front = solid(style.color);
    if (!back || front[3] !== 255) continue;
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = (a + 0.05) / (b + 0.05);
    const named = `${e.tagName}.${e.className} ${ratio.toFixed(2)} “${e.textContent.trim().slice(0, 30)}”`;
    if (ratio < (large ? 4.5 : 7)) weak.push(named);
  }
  return weak;
}"""

SMALLER = """(least) => [...document.querySelectorAll("SELECTOR")]
  .filter((e) => e.checkVisibility() && !e.closest(".inquiry__trap, #workshop-edit"))
  .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < least || box.height < least) && box.right > 0)
  .map(([html, box]) => `${html} ${Math.round(box.width)}×${Math.round(box.height)}`)"""
SMALL = SMALLER.replace("SELECTOR", "button, select, input:not([type=hidden]), nav a, .actions a")
MAIN = SMALLER.replace(
    "SELECTOR",
    "button, select, input:not([type=hidden], [type=checkbox]), textarea, .button, .menu a, .site-header a, .tabs a,"
    " .contact-bar a, .gallery__thumbs a, .inquiry__way, .medallion, .puppy-card, .more, .way-on a",
)


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_has_to_be_pushed_sideways_or_breaks_its_own_rules(visit: Callable[..., Page], kind: str) -> None:
    for path in KINDS[kind]:
        page = visit(path, width=320)
        # At 640 px a window of 1,280 px is zoomed to 200 %.
        for width in (320, 360, 640, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate(OVERFLOWING) == [], f"{path} at {width} px"
        expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("dark", [False, True], ids=["by day", "by night"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_word_can_be_read(visit: Callable[..., Page], kind: str, dark: bool) -> None:
    """WCAG 2.2, 1.4.6: 7 to 1, and 4.5 to 1 for large letters, wherever words stand on one plain colour."""
    page = visit(KINDS[kind][0], dark=dark)
    assert page.evaluate(CONTRAST) == []


def test_night_looks_different_from_day(visit: Callable[..., Page]) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert visit("/", dark=True).evaluate(ground) != visit("/").evaluate(ground)


def test_a_puppy_on_paper_is_its_facts_and_how_to_reach_the_shop(visit: Callable[..., Page]) -> None:
    page = visit("/cun/bong/", width=1280)
    page.emulate_media(media="print")
    for selector in (".menu", ".skip", "form[method=post]", ".tabs", ".contact-bar"):
        expect(page.locator(f"{selector}:visible")).to_have_count(0)
    for selector in ("h1", ".puppy__head .price", "#facts", "#health"):
        expect(page.locator(selector)).to_be_visible()
    expect(page.locator("main")).to_contain_text("MX-017")


@pytest.mark.parametrize("path", ["/cun/bong/", "/cun/san/", "/en/puppies/nep/", "/en/puppies/que/"])
def test_a_puppy_on_paper_is_one_sheet(visit: Callable[..., Page], path: str) -> None:
    sheets = re.findall(rb"/Type /Page\b", visit(path, width=1280).pdf(format="A4"))
    assert len(sheets) == 1


@pytest.mark.parametrize("kind", ["home", "catalogue", "puppy", "contact"])
def test_what_is_tapped_is_large_enough_for_a_thumb(visit: Callable[..., Page], kind: str) -> None:
    """WCAG 2.2, 2.5.8 and 2.5.5: 24 by 24 pixels, links within sentences apart; 44 where it matters."""
    page = visit(KINDS[kind][0])
    assert page.evaluate(SMALL, 24) == []
    assert page.evaluate(MAIN, 44) == []
