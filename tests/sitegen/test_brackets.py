"""Style sheets that are not closed as they are opened."""

from __future__ import annotations

import random

import pytest
from markupsafe import Markup

from sitegen import brackets, styles
from sitegen.source import read_texts
from tests.conftest import ROOT

SHEETS = read_texts(ROOT / "static" / "css", "*.css")


def told(text: str) -> list[str]:
    """Line, end of the code, and sign of all that is wrong, each once."""
    found = (f"{p.line} {p.code.removeprefix('style-')} {dict(p.facts)['mark']}" for p in brackets.unclosed(text, "a"))
    return list(dict.fromkeys(found))


def test_nothing_is_wrong_with_the_sheets_of_this_shop() -> None:
    assert brackets.mistakes(SHEETS) == []


@pytest.mark.parametrize(("text", "wrong"), [
    ("{{{", ["1 open {"]),
    (".a { b: c; }\n.d {\n  e: f;\n.g { h: i; }\n", ["2 open {"]),
    (".a { b: c;\n.d { e: f; }\n", ["1 open {"]),
    ("@media x {\n  .a { b: c;\n  .d { e: f; }\n}\n.g { h: i; }\n", ["2 open {"]),
    ("@media x {\n  .a {\n    b: c;\n  .d {\n    e: f;\n  }\n}\n.g { h: i; }\n", ["2 open {"]),
    ("@media x {\n  .a { b: c; }\n", ["1 open {"]),
    (".a { b: c; }\n}\n.d { e: f; }\n", ["2 stray }"]),
    (".a { b: c; }}\n", ["1 stray }"]),
    (".a { b: c; }\n/* remark\n.d { e: f; }\n", ["2 open /*"]),
    ('.a { b: "c; }\n.d { e: f; }\n', ['1 open "']),
    (".a { b: 'c; }\n", ["1 open '"]),
    (".a { b: var(--c; }\n.d { e: calc((1 + 2) }\n", ["1 open (", "2 open ("]),
    (".a { b: c); }\n.d[e { f: g; }\n", ["1 stray )", "2 open ["]),
    ("{\n/* remark", ["2 open /*"]),  # whether the brace is closed is seen when the remark is
])  # fmt: skip
def test_what_is_not_closed_is_told_where_it_was_opened(text: str, wrong: list[str]) -> None:
    assert told(text) == wrong


@pytest.mark.parametrize("text", [
    "", "/* } { \" ' ( */", ".a::before { content: '}{ \\' /* \"'; }", '.a { b: "\\"}"; }', ".md\\:a\\{b { c: d; }",
    ".a { b: url(data:image/png;base64,AA==); }", ".a { b: url('x;{y)'); }", ".a:not(.b):is([c='}'], d) { e: f; }",
    ".a { .b { c: d; }\n }", "  @media x {\n.a { b: c; }\n    }\n", ".a {\nb: c;\n  }\n.d {\n  e: f; }",
])  # fmt: skip
def test_a_sheet_that_is_right_stays_so_however_it_is_laid_out(text: str) -> None:
    assert told(text) == []


def test_whichever_brace_is_lost_or_too_many_something_is_told() -> None:
    chance = random.Random(22)
    for name, text in SHEETS.items():
        bare = brackets.without_remarks(text)
        for at in chance.sample(range(len(bare)), min(len(bare), 15)):
            assert told(f"{bare[:at]}}}{bare[at:]}") or bare.count('"', 0, at) % 2, name
        for at in [n for n, sign in enumerate(bare) if sign in "{}"][:15]:
            assert told(bare[:at] + bare[at + 1 :]), name


def test_a_sheet_that_is_called_for_by_its_wrong_name_is_told_with_the_line_that_calls_it() -> None:
    entry = '/* @import "old.css" layer(x); */\n@import "a.css" layer(x);\n@import "b.css";\n@import url(a.css);\n'
    found = brackets.mistakes({"global.css": entry, "a.css": ""})
    assert [(p.path, p.line, p.code) for p in found] == [
        ("static/css/global.css", 3, "style-missing"), ("static/css/global.css", 4, "style-import"),
    ]  # fmt: skip


def test_a_sheet_that_a_remark_has_put_out_of_use_stays_out() -> None:
    sheets = {"global.css": '/* @import "a.css" layer(x); */\n.b { c: d; }', "a.css": "/* e */ .f { g: h; }"}
    assert styles.bundles(sheets, {"pages/p.html": 'class="b f"'}, "") == {"pages/p.html": Markup(".b{c:d}")}
