"""Front matter is read as YAML says, however little of it needs YAML."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen import front, plainlines, slips

LINES = (
    "title: Bông", "giá: 8.500.000", "price: 8500000 ", "ngày sinh: 30/8/2026", "summary: hiền, dễ gần - và ngoan",
    "x: a [b] {c} \"d\" 'e' & * ! | > % @ `", "a: 1", "a: 1", "b:", "  - x", "- x", "  c: d", "# ghi chú", "", "   ",
    "  thêm", "includes: [sổ, 'mũi tiêm']", "mother: {name: Mơ, kg: 3.4}", "d: [a,", "]", "}", "b: c]", 'e: "x',
    'f: x"', 'g: "', "h: 'it''s'", "i: |", "  khối", "j: >-", "k: &x 1", "l: *x", "m: a: b", "n:o", "p : q", "q: \tx",
    "r: x # y", "s: #y", "t: - u", "v: ? w", "? y", ": z", "%T", "...", "\u00a0x: y", "x: y\u00a0", "x: \u00a0y",
    "1: 2", "_: 3", "yes: no", "u: 08:30", "w: https://a.b", "key\twith: tab", "z: [{a: 1}, {b: [2]}]",
    "bb: ''", "cc: \"a\" b", "dd: \"a: b\"", "ee: 'x' ", "ff: \"a\\n\"", "gg: {a: 1, b : 2 }", "hh: [ một, hai  ,ba ]",
    "ii: []", "jj: {}", "kk: [a, ]", "ll: {a: 1,}", "mm: {a:1}", "nn: {a: 1, a: 2}", "oo: [a? b, c]", "pp: {a: b: c}",
    "  - {thuốc: A, ngày: 1/2/2026}", "  - \"x\"", "   - y", "- {a: 1}", "  - [a, b]", "  -", "\t", "qq: [a] b",
)  # fmt: skip


def read(text: str) -> object:
    return front.read_yaml(text, "content/x.md", text.split("\n"), first_line=1)


def held(text: str) -> None:
    with patch.object(plainlines, "sort", lambda _text, _first: None):
        whole = read(text)
    assert read(text) == whole


@settings(max_examples=600, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=6)), max_size=14).map("\n".join))
@example('d: "x\na: 1\ng: "')
@example("d: [a,\nb: c\n]")
@example("title: Bông\n\n  thêm")
@example("title: Bông\nb:")
@example("m:\n  c:\ntitle: Bông\nn: [x]")
@example("i: |\n  khối\ntitle: Bông")
def test_what_is_read_without_yaml_is_what_yaml_makes_of_it(text: str) -> None:
    held(text.replace("\r", "").replace(front.FENCE, ""))  # neither ever gets there


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([line for line in LINES if plainlines.sort(line, 1)]), max_size=10).map("\n".join))
def test_lines_that_are_complete_by_themselves_are_so_together(text: str) -> None:
    held(text)


USUAL = """title: Bông
price: 8500000
includes: [sổ, mũi tiêm]
microchip: "999000000000123"
mother: {name: Mơ, colour: đỏ trắng, weight_kg: 3.4}
dewormings:
  - {product: A, date: 1/2/2026}
  - {product: B, date: 1/3/2026}
papers: none"""


def test_a_usual_front_matter_needs_no_yaml() -> None:
    found = plainlines.sort(USUAL, 2)
    assert found is not None
    assert [key.line for key, _ in found.rows] == [2, 3, 4, 5, 6, 7, 10]
    assert found.rest == []
    held(USUAL)


def test_of_another_yaml_sees_what_is_not_plain() -> None:
    text = "title: Bông\nincludes: [sổ, [mũi]]\nphotos:\n  - file: a.jpg\n    alt: Bông\n\npapers: none"
    found = plainlines.sort(text, 2)
    assert found is not None
    assert [key.text for key, _ in found.rows] == ["title", "papers"]
    assert found.numbers == [3, 4, 5, 6, 7]


def test_a_hash_within_quotes_is_no_remark_beside_a_value_without_quotes() -> None:
    assert slips.swallowed('- {product: ;, date: "a #b"}') is None
    assert slips.swallowed("- {product: a #b}") is not None
