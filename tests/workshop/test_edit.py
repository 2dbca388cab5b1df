"""What an edit may change in an owner's file: the value that she changed, and no other byte."""

from __future__ import annotations

import difflib
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.front import split
from sitegen.nodes import Items, Node, Scalar, Table
from sitegen.text import INVISIBLE, SPACES
from sitegen.workshop.edit import EMPTY, CannotEdit, merged, update, words
from sitegen.workshop.yaml_words import Raw, Value

ROOT = Path(__file__).parents[2]
BONG = """---
# Bé Bông, con của Tuyết
title: Bông    # tên ở nhà
giá: 9.500.000   # đã gồm sổ
summary: 'Nàng Poodle trắng'
unknown: {keep: me}
includes: [health-book, vaccinations]
vaccinations:
  # mũi đầu, bác sĩ Lan
  - {product: Nobivac Puppy DP, date: 2026-10-18}   # lô 12
  # mũi hai
  - product: Nobivac DHPPi
    date: 2026-11-09
mother: {name: Tuyết, colour: white, weight_kg: 3.4}
---

Bông sinh ở phòng khách.

Bé rất ngoan.
"""


def changed_lines(before: str, after: str) -> list[str]:
    """What a diff shows: `-` lines that went, `+` lines that came."""
    diff = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line.rstrip("\n") for line in diff if line[0] in "+-"]


def edited(wanted: dict[str, Value | None], text: str = BONG, body: str | None = None) -> list[str]:
    return changed_lines(text, update(text.encode(), wanted, body=body).decode())


def test_a_new_price_changes_one_number_in_one_line() -> None:
    assert edited({"giá": Raw("9000000")}) == ["- giá: 9.500.000   # đã gồm sổ", "+ giá: 9000000   # đã gồm sổ"]


def test_saving_without_a_change_writes_the_same_bytes() -> None:
    same: dict[str, Value | None] = {
        "title": "Bông", "summary": "Nàng Poodle trắng", "includes": ("health-book", "vaccinations"),
        "vaccinations": (
            {"product": "Nobivac Puppy DP", "date": "2026-10-18"}, {"product": "Nobivac DHPPi", "date": "2026-11-09"},
        ), "sold": None,
    }  # fmt: skip
    assert edited(same, body=words(BONG.encode())) == []


def test_quotes_that_stood_there_stay() -> None:
    assert edited({"summary": "Bé 'út' nhà Tuyết"})[1] == "+ summary: 'Bé ''út'' nhà Tuyết'"


def test_a_value_gets_quotes_only_where_yaml_needs_them() -> None:
    cases = {
        "Bông: cô út": '"Bông: cô út"', "Bông, Na": "Bông, Na", "#1": '"#1"', "No": '"No"', "12:30": '"12:30"',
        "2026-11-22": '"2026-11-22"', 'Bé "Sâu"': 'Bé "Sâu"', "- gạch": '"- gạch"', "Sâu #2": '"Sâu #2"', "*": '"*"',
    }  # fmt: skip
    for typed, written in cases.items():
        assert edited({"title": typed})[1] == f"+ title: {written}    # tên ở nhà", typed
    assert edited({"title": Raw("2026-11-22")})[1] == "+ title: 2026-11-22    # tên ở nhà"


def test_a_new_key_stands_after_its_neighbour_in_the_schema() -> None:
    after = update(BONG.encode(), {"title": "Bông", "code": "MX-1", "giá": Raw("9.500.000")}).decode()
    assert "# tên ở nhà\ncode: MX-1\ngiá" in after
    assert "---\nid: a\n# Bé" not in update(BONG.encode(), {"id": "a"}).decode()


def test_a_key_that_goes_takes_its_line_along_and_no_other() -> None:
    assert edited({"summary": None}) == ["- summary: 'Nàng Poodle trắng'"]


def test_one_vaccination_is_added_changed_and_taken_away_by_itself() -> None:
    first: dict[str, Value | None] = {"product": "Nobivac Puppy DP", "date": "2026-10-18"}
    second: dict[str, Value | None] = {"product": "Nobivac DHPPi", "date": "2026-11-09"}
    third: Value = {"product": "Rabisin", "date": Raw("2026-11-20")}
    assert edited({"vaccinations": (first, second, third)}) == ["+   - {product: Rabisin, date: 2026-11-20}"]
    assert edited({"vaccinations": (first, {**second, "date": Raw("2026-11-10")})}) == [
        "-     date: 2026-11-09", "+     date: 2026-11-10",
    ]  # fmt: skip
    assert edited({"vaccinations": (second,)}) == [
        "-   - {product: Nobivac Puppy DP, date: 2026-10-18}   # lô 12",
    ]  # fmt: skip
    assert edited({"vaccinations": ({**first, "product": "Vanguard"}, second)}) == [
        "-   - {product: Nobivac Puppy DP, date: 2026-10-18}   # lô 12",
        "+   - {product: Vanguard, date: 2026-10-18}   # lô 12",
    ]


def test_a_key_that_the_workshop_does_not_know_stays_in_its_item() -> None:
    text = BONG.replace("date: 2026-11-09", "date: 2026-11-09\n    batch: L7")
    rows = ({"product": "Nobivac Puppy DP", "date": "2026-10-18"}, {"product": "Nobivac DHPPi", "date": "2026-11-10"})
    assert "    date: \"2026-11-10\"\n    batch: L7\n" in update(text.encode(), {"vaccinations": rows}).decode()


def test_items_that_change_places_take_their_comments_along() -> None:
    first: dict[str, Value | None] = {"product": "Nobivac Puppy DP", "date": "2026-10-18"}
    second: dict[str, Value | None] = {"product": "Nobivac DHPPi", "date": "2026-11-09"}
    after = update(BONG.encode(), {"vaccinations": (second, first)}).decode()
    places = [after.index(part) for part in ("# mũi hai", "Nobivac DHPPi", "Puppy DP, date: 2026-10-18}   # lô 12")]
    assert places == sorted(places)


def test_a_list_of_words_in_brackets_stays_in_brackets() -> None:
    assert edited({"includes": ("health-book", "bowl", "vaccinations")})[1] == (
        "+ includes: [health-book, bowl, vaccinations]"
    )
    assert edited({"includes": ()})[1] == "+ includes: []"


def test_a_fact_inside_braces_changes_alone() -> None:
    assert edited({"mother": {"name": "Tuyết", "weight_kg": Raw("3.5")}})[1] == (
        "+ mother: {name: Tuyết, colour: white, weight_kg: 3.5}"
    )
    assert edited({"mother": {"name": "Tuyết, già", "weight_kg": None}})[1] == (
        '+ mother: {name: "Tuyết, già", colour: white}'
    )


def test_windows_line_ends_a_byte_order_mark_and_words_stay() -> None:
    text = "\ufeff" + BONG.replace("\n", "\r\n")
    after = update(text.encode(), {"giá": Raw("1"), "code": "MX-1"}, body="Bông sinh ở phòng khách.\n\nBé hơi nghịch.")
    decoded = after.decode()
    assert decoded.startswith("\ufeff---\r\n")
    assert "\n" not in decoded.replace("\r\n", "")
    assert "Bông sinh ở phòng khách.\r\n\r\nBé hơi nghịch.\r\n" in decoded
    assert len(changed_lines(text, decoded)) == 5


def test_an_empty_file_becomes_a_whole_one_in_the_schemas_order() -> None:
    new = update(EMPTY, {"title": "Na", "vaccinations": ({"product": "X", "date": Raw("2026-01-01")},)}, body="Chào.")
    assert new.decode() == "---\ntitle: Na\nvaccinations:\n  - {product: X, date: 2026-01-01}\n---\n\nChào.\n"


def test_what_cannot_be_edited_safely_is_left_alone() -> None:
    for text in ("title: a\n", "---\ntitle: [a\n---\n", "---\na: &x 1\nb: *x\n---\n", "---\n- a\n---\n"):
        with pytest.raises(CannotEdit):
            update(text.encode(), {"a": "2"})


def test_a_comment_that_goes_on_below_its_setting_stays_with_it() -> None:
    site = (ROOT / "site.yaml").read_bytes()
    new: dict[str, Value | None] = {"sample": Raw("false"), "fax": "no", "bank": {"number": "0011 2233"}}
    after = update(site, new, markdown=False).decode()
    lines = after.split("\n")
    at = lines.index('fax: "no"')
    assert lines[at - 2].startswith("sample: false   ")
    assert lines[at - 1].strip().startswith("# sample data")
    assert 'number: "0011 2233"    ' in after
    assert len(changed_lines(site.decode(), after)) == 5


def test_every_file_of_the_shop_can_be_edited() -> None:
    for path in sorted((ROOT / "content").rglob("*.md")):
        before = path.read_bytes()
        after = update(before, {"title": "Tên mới: thử"})
        assert len(changed_lines(before.decode(), after.decode())) == 2, path


# Any words, in any file.

KEYS = st.sampled_from(["title", "summary", "giá", "code", "x y", "note"])
ODD = st.sampled_from(["No", "1.5", "- a", "a: b", "{x}", "[", "'", '"', "a #b", "~", "null", "Đốm", "?", "a, b"])
TYPED = ODD | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=20)
# PyYAML's own writer leaves these as they are: some it reads as something else, and the unseen are forgiven (front).
UNSEEN = SPACES + INVISIBLE
WRITTEN = ODD | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters=UNSEEN), min_size=1, max_size=20
)


def values(scalars: st.SearchStrategy[str]) -> st.SearchStrategy[Value]:
    tables = st.dictionaries(st.sampled_from(["product", "date", "clinic"]), scalars, min_size=1, max_size=3)
    lists = st.lists(scalars, min_size=1, max_size=4).map(tuple)
    return st.one_of(scalars, tables, lists, st.lists(tables, min_size=1, max_size=4).map(tuple))


FILES = st.dictionaries(KEYS, values(WRITTEN), max_size=5)
WANTED = st.dictionaries(KEYS, values(TYPED) | st.none(), max_size=3)
COMMENTS = st.lists(st.sampled_from(["", "# lời dặn", "   # thụt vào"]), max_size=4)


def text_of(facts: dict[str, Value], eol: str, comments: list[str]) -> bytes:
    """A file as another program might have written it, with an owner's comments between its lines."""
    rows = yaml.safe_dump(listed(facts), allow_unicode=True, sort_keys=False).split("\n") if facts else [""]
    tops = [n for n, line in enumerate(rows) if line[:1].isalpha()]
    for comment, n in zip(comments, reversed(tops), strict=False):
        rows.insert(n, comment)
    return ("---\n" + "\n".join(rows) + "---\n\nLời kể.\n").replace("\n", eol).encode()


def meaning(node: Node | None) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [meaning(item) for item in node.items]
    return {key.text: meaning(value) for key, value in node.rows} if isinstance(node, Table) else {}


def listed(value: object) -> object:
    """The same as `front` reads it: NFC, and lists for tuples."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, tuple):
        return [listed(item) for item in value]
    return {k: listed(v) for k, v in value.items()} if isinstance(value, dict) else value


@settings(max_examples=120, deadline=None)
@given(FILES, WANTED, st.sampled_from(["\n", "\r\n"]), COMMENTS)
def test_reading_after_an_edit_gives_the_new_values_and_nothing_else_has_changed(
    facts: dict[str, Value], wanted: dict[str, Value | None], eol: str, comments: list[str]
) -> None:
    before = text_of(facts, eol, comments)
    after = update(before, wanted)
    text, problems = split(after, "x.md")
    assert not problems
    assert meaning(text.front) == listed(merged(facts, wanted))
    assert after.endswith(f"---{eol}{eol}Lời kể.{eol}".encode())
    for comment in comments[: len(facts)]:
        assert comment.encode() in after
    unchanged = update(before, {key: value for key, value in wanted.items() if facts.get(key) == value})
    assert unchanged == before


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n")), st.sampled_from(["\n", "\r\n"]))
def test_words_typed_are_the_words_read_and_lines_kept_are_kept_to_the_byte(typed: str, eol: str) -> None:
    before = BONG.replace("\n", eol).encode()
    after = update(before, {}, body=typed)
    assert words(after) == typed.strip("\n")
    assert after.startswith(before[: before.index(b"---", 5)])
    assert update(after, {}, body=words(before)).count(eol.encode()) == before.count(eol.encode())
