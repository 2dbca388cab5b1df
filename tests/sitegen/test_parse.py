"""From a file's bytes to a document: front matter however it was saved, Markdown to clean HTML."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.errors import Problem
from sitegen.front import split
from sitegen.model import Body, Document, SourceFile
from sitegen.nodes import Scalar
from sitegen.owner import LANGUAGES, tell
from sitegen.parse import identity, parse, parse_settings

FRONT = "---\ntitle: Bài\nsummary: Tóm tắt.\ndate: 2026-11-10\n---\n"
PATH = "content/posts/bai.md"


def read(words: str, path: str = PATH) -> tuple[Document | None, list[Problem]]:
    return parse(SourceFile(path, (FRONT + words).encode()), "vi")


def body(words: str) -> Body:
    document, problems = read(words)
    assert problems == []
    assert document
    return document.body


def html_of(words: str) -> str:
    return body(words).html or ""


def codes(words: str) -> list[str]:
    return [problem.code for problem in read(words)[1]]


@pytest.mark.parametrize(("path", "expected"), [
    ("content/puppies/bong/index.md", ("puppies/bong", "puppies", None)),
    ("content/puppies/bong/index.en.md", ("puppies/bong", "puppies", "en")),
    ("content/pages/about.md", ("pages/about", "pages", None)),
    ("content/pages/about.en.md", ("pages/about", "pages", "en")),
    ("content/posts/a/index.md", ("posts/a", "posts", None)),
])  # fmt: skip
def test_a_documents_path_is_its_identity(path: str, expected: tuple[str, str, str | None]) -> None:
    assert identity(path) == expected


@pytest.mark.parametrize("saved", [
    FRONT.encode(), b"\xef\xbb\xbf" + FRONT.encode(), FRONT.replace("\n", "\r\n").encode(),
    FRONT.replace("\n", "\r").encode(), FRONT.replace("Bài", "Ba\u0300i").encode(),
    FRONT.replace("---", "---  ").encode(), b"\n\n" + FRONT.encode(), FRONT.replace(": ", ":\u00a0").encode(),
    FRONT.replace("title", "\u200btitle").replace("11-10", "11-10\u200b").encode(),
], ids=["plain", "with a BOM", "Windows lines", "old Mac lines", "NFD", "spaces after the fence", "lines above it",
        "a Word paste's spaces", "a web paste's unseen characters"])  # fmt: skip
def test_a_file_means_the_same_however_an_editor_saved_it(saved: bytes) -> None:
    document, problems = parse(SourceFile(PATH, saved + "Chữ.".encode()), "vi")
    assert problems == []
    assert document
    assert document.values.by_key["title"] == "Bài"
    assert (document.body.html or "").strip() == "<p>Chữ.</p>"


def test_yaml_guesses_nothing() -> None:
    """`no` is a word, `08:30` a time and `8.50` what was typed: YAML's own ideas surprise owners."""
    text, problems = split(b"---\na: no\nb: 08:30\nc: 8.50\nd: 2026-11-10\ne: 0123\n---\n", "a.md")
    assert problems == []
    assert text.front
    assert [node.text for _, node in text.front.rows if isinstance(node, Scalar)] == [
        "no", "08:30", "8.50", "2026-11-10", "0123",
    ]  # fmt: skip


@pytest.mark.parametrize(("typed", "right"), [
    ("a: [{b: c, d: 2026]", "a: [{b: c, d: 2026}]"), ("a: [{b: c]}", "a: [{b: c}]"), ("a: [b, c", "a: [b, c]"),
    ("a: {b: [c, d}", "a: {b: [c, d]}"), ("a: [{b: 'c]'", "a: [{b: 'c]'}]"), ("a: [b's, c", "a: [b's, c]"),
])  # fmt: skip
def test_the_remedy_for_a_bracket_is_right_when_it_is_typed(typed: str, right: str) -> None:
    (found,) = split(f"---\n{typed}\n---\n".encode(), "a.md")[1]
    assert (found.code, dict(found.facts)["fixed"]) == ("yaml-bracket-open", right)
    assert split(f"---\n{right}\n---\n".encode(), "a.md")[1] == []


def test_lines_are_counted_in_the_whole_file() -> None:
    (problem,) = read("Một.\n\n<script>x</script>\n")[1]
    assert (problem.line, problem.quote) == (8, "<script>x</script>")


def test_headings_keep_their_ids_and_others_get_readable_ones() -> None:
    found = body("## Tính nết {#character}\n\n## Điểm trừ thật lòng\n\n### Ăn & ngủ\n")
    assert [(h.id, h.level) for h in found.headings] == [("character", 2), ("diem-tru-that-long", 2), ("an-ngu", 3)]
    assert '<h2 id="diem-tru-that-long">Điểm trừ thật lòng</h2>' in (found.html or "")


def test_what_a_text_refers_to_is_known_with_its_line() -> None:
    found = body("Xem [bảo hành](/pages/guarantee.md#claims).\n\nGọi {{ shop.phone }}.\n\n![Ổ](o.jpg)\n")
    assert [(link.target, link.fragment, link.line) for link in found.links] == [("pages/guarantee.md", "claims", 6)]
    assert found.facts == (("shop.phone", 8),)
    assert found.images == (("o.jpg", 10),)


def test_tables_footnotes_and_lists_are_there() -> None:
    html = html_of("| a | b |\n|---|---|\n| 1 | 2 |\n\nChữ[^1].\n\n[^1]: Chú thích.\n\nTừ\n:   Nghĩa\n")
    for tag in ("<table>", "<sup", "<dl>", "Chú thích"):
        assert tag in html


@pytest.mark.parametrize("words", [
    "<script>alert(1)</script>", "<SCRIPT src=//x.test></SCRIPT>", "<iframe src='https://x.test'></iframe>",
    "[x](javascript:alert(1))", "<img src=x onerror='alert(1)'>", "<style>body{}</style>", "<form action=/x></form>",
    "<meta http-equiv=refresh content=0>", "<object data=x></object>",
])  # fmt: skip
def test_a_text_cannot_run_or_embed_anything(words: str) -> None:
    assert codes(words) == ["no-script"]


@pytest.mark.parametrize("words", ["![x](https://x.test/a.jpg)", "![x](//x.test/a.jpg)", "<img src='https://x.test/a.jpg'>"])
def test_a_picture_from_elsewhere_is_refused(words: str) -> None:
    assert codes(words) == ["foreign-image"]


@pytest.mark.parametrize("words", ["`<script>` là thẻ", "```\n<script>\n{{ x }}\n[a](/b.md)\n```", "5 < 6 và 7 > 3"])
def test_code_and_plain_signs_are_only_shown(words: str) -> None:
    found = body(words)
    assert (found.links, found.facts) == ((), ())
    assert "<script" not in (found.html or "")


def test_harmless_html_of_the_owners_stays() -> None:
    html = html_of('<figure class="wide"><figcaption lang="en">Hi <b>you</b></figcaption></figure>')
    assert html.strip() == '<figure class="wide"><figcaption lang="en">Hi <b>you</b></figcaption></figure>'


def test_a_post_that_is_translated_need_not_repeat_its_date() -> None:
    document, problems = parse(SourceFile("content/posts/bai.en.md", b"---\ntitle: A\nsummary: B.\n---\nHi"), "vi")
    assert problems == []
    assert document
    assert (document.id, document.lang, document.translation) == ("posts/bai", "en", True)


SCRAPS = st.sampled_from([
    "title", "giá", "date", ":", ": ", " ", "  ", "\t", "\n", "\n\n", "- ", "-", "---", "—", "“", "”", "'", '"', "[",
    "]", "{", "}", ",", "#", " #", "&a ", "*a", "!", "!!", "|", ">", "%", "@", "\\", "8.5", "Bơ", "\u00a0", "\u200b",
    "：", "?", "? ", "...", "<<", "## ", "2026-11-10", "\r", "\x00", "\ufeff", "\u2028",
])  # fmt: skip


@given(st.lists(SCRAPS, max_size=40).map("".join), st.booleans())
def test_whatever_an_owner_types_is_told_and_never_raised(typed: str, fenced: bool) -> None:
    """Each problem names a line that is there, and says something in both languages."""
    data = f"---\n{typed}\n---\nChữ.\n" if fenced else typed
    document, problems = parse(SourceFile(PATH, data.encode()), "vi")
    count = len(re.split("\r\n|\r|\n", data))
    assert document is None or document.whole == (not problems)
    for found in problems:
        assert 0 <= found.line <= count
        assert all(tell(found, lang).startswith(PATH) for lang in LANGUAGES)


@given(st.lists(SCRAPS, max_size=40).map("".join))
@example("--- ")
def test_settings_that_cannot_be_read_are_told_too(typed: str) -> None:
    values, problems = parse_settings(SourceFile("site.yaml", typed.encode()))
    assert values is None
    assert problems
