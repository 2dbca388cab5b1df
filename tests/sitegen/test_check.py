"""Faults that only finished pages show, and only a template can make."""

from __future__ import annotations

from sitegen.check import check
from sitegen.model import Output

BASE = "https://cun.test"


def page(path: str, inside: str, *, html: str = '<html lang="vi">', head: str = "") -> Output:
    return Output(path, f"<!doctype html>{html}<head>{head}</head><body>{inside}</body></html>".encode(), f"of {path}")


def found(*pages: Output) -> list[tuple[str, str]]:
    home = page("index.html", "".join(f'<a href="/{p.path.removesuffix("index.html")}">x</a>' for p in pages))
    return [(problem.code, problem.path) for problem in check([home, *pages], BASE, "/api/inquiry")]


def test_a_page_without_faults_has_none() -> None:
    inside = '<a href="/">h</a><a href="#x">x</a><p id="x"></p><img src="/p.svg" alt="">'
    picture = Output("p.svg", b"<svg/>", "drawing")
    ways = '<a href="/a/">a</a><a href="/a/#x">x</a><a href="tel:+84">t</a><a href="mailto:a@b.test">m</a>'
    assert check([page("index.html", ways), page("a/index.html", inside), picture], BASE, "/api/inquiry") == []


def test_a_picture_without_alt_is_found() -> None:
    assert ("no-alt", "of a/index.html") in found(page("a/index.html", '<img src="/">'))


def test_a_page_without_language_is_found() -> None:
    assert found(page("a/index.html", "", html="<html>")) == [("no-lang", "of a/index.html")]


def test_a_request_to_another_site_is_found() -> None:
    for tag in ('<script src="https://x.test/a.js"></script>', '<img alt="" src="//x.test/a.png">'):
        assert ("foreign-request", "of a/index.html") in found(page("a/index.html", tag))
    sheet = '<link rel="stylesheet" href="https://fonts.test/a.css">'
    assert found(page("a/index.html", "", head=sheet)) == [("foreign-request", "of a/index.html")]


def test_a_translation_that_is_not_named_back_is_found() -> None:
    one = page("a/index.html", "", head=f'<link rel="alternate" hreflang="en" href="{BASE}/en/a/">')
    two = page("en/a/index.html", "", html='<html lang="en">')
    assert found(one, two) == [("hreflang-one-way", "of a/index.html")]


def test_a_broken_link_a_missing_section_and_a_double_id_are_found() -> None:
    inside = '<a href="/nowhere/">1</a><a href="/#none">2</a><a href="b/">3</a><p id="i"></p><p id="i"></p>'
    assert sorted(code for code, _ in found(page("a/index.html", inside))) == [
        "broken-fragment", "broken-link", "broken-link", "id-twice",
    ]  # fmt: skip
