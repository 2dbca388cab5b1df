"""Markdown by lean machines: as fast as the text is plain, and the same bytes as the full machine, always."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen import prosemark

if TYPE_CHECKING:
    from sitegen.model import Heading

PIECES = (
    "Bông", "ngủ", " ", " ", "\n", "\n\n", "  \n", "    ", "\t", "# ", "## Tính nết {#tinh-net}\n", "=====\n", "---\n",
    "- ", "* ", "+ ", "1. ", "2) ", "> ", "*", "**", "_", "__", "`", "``", "```\n", "~~~\n", "\\", "\\*", "[",
    "]", "(", ")",
    "![", "](/a.md)", "](b.jpg)", "[^1]", "[^1]: ghi chú", "*[VKA]: Hiệp hội", "VKA", "[TOC]", "[a]: /b", ": nghĩa\n",
    "| a | b |\n", "|---|---|\n", "{: .c }", "{#x .y}", "<", ">", "<b>", "</b>", "<div markdown='1'>", "</div>",
    "<!-- x -->",
    "&amp;", "&", "<chao@example.com>", "<https://example.com>", "\x02", "\x03", "\r\n", "\u00a0", "đ", "http://a.b",
    "...",
)  # fmt: skip


def as_read(text: str) -> str:
    """A text as `front.decode` hands it over: its lines end in one way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=40).map("".join).map(as_read))
@example("*\x02[VKA]: Hiệp hội\n\nVKA")
@example("a\n> ---\n\n1. b\n\n    c\n")
def test_a_lean_machine_makes_what_the_full_one_makes(text: str) -> None:
    assert prosemark.render(text) == prosemark.render(text, prosemark.ALL)


def test_the_full_machine_is_python_markdown_with_its_extras() -> None:
    named = markdown.Markdown(extensions=["extra", "sane_lists", "toc"], output_format="html")
    full = prosemark.engine()

    def processors(machine: markdown.Markdown) -> list[type]:
        registries: list[Any] = [
            machine.preprocessors, machine.parser.blockprocessors, machine.inlinePatterns, machine.treeprocessors,
            machine.postprocessors,
        ]  # fmt: skip
        return [type(processor) for registry in registries for processor in registry]

    assert processors(full) == processors(named)


LINES = (
    "Bông thích ngủ.", "Bé 3 tháng, nặng 1,4 kg!", "1) không", "1. một", "2026 là năm nay", "- mục", "    thêm",
    "> trích", "# Nết", "## Nết", "### Nết {#net}", "## Nết {#net}", "## Nết # {#a}", "##", "## 2 tháng ##",
    "##  Ở nhà", "Nết", "---", "===", ": nghĩa", "“Ngoan”, cả nhà nói.", "(Ảnh chụp ở nhà)", "hai cách  ", "a | b",
    "--|--", "một *nghiêng*", "[a](/a.md)", "{: .c }", "Bông & Mực", "5 > 3", "\u00a0", "\u2003x", "x\u2003", "",
    "", "", "+", "=", "a\tb", "```", "[^1]: ghi chú", "a[^1]", "\ue000", "x \ue000", "<b>", "a: b", "* * *", "***",
    "1986. A",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=5)), max_size=30).map("\n".join).map(as_read))
@example("- mục\n\nBông thích ngủ.\n\n    thêm")
@example("Bông thích ngủ.\n\n: nghĩa")
@example("Bông\n\n\n\nMực\n")
@example("## Nết {#net}\n\n## Nết")
@example("Bông\n\n## Nết\n\n#### Nết\n\nBông")
@example("## Nết\n\n*Ngoan*\n{: id=net}")
@example("- mục\n\n\n\n    thêm\n\n## Nết\n\n- mục")
def test_a_plain_paragraph_is_what_the_full_machine_makes_of_it(text: str) -> None:
    html, headings = prosemark.render(text, prosemark.ALL)
    made = prosemark.words(text)
    assert made[:2] == (prosemark.clean(html), headings)


def test_the_machine_sees_one_letter_of_plain_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    render = prosemark.render

    def watched(text: str) -> tuple[str, tuple[Heading, ...]]:
        seen.append(text)
        return render(text)

    monkeypatch.setattr(prosemark, "render", watched)
    html, _, _ = prosemark.words("Bông thích ngủ.\n\nBé ngoan.\n\n## Nết {#net}\n\n*Rất* ngoan.\n\nHết.")
    assert seen == ["\ue000\n\n*Rất* ngoan.\n\n\ue000"]
    assert html == (
        '<p>Bông thích ngủ.</p>\n<p>Bé ngoan.</p>\n<h2 id="net">Nết</h2>\n<p><em>Rất</em> ngoan.</p>\n<p>Hết.</p>'
    )
    assert prosemark.words("Bông thích ngủ.\n\n## Nết\n\nHết.")[2] == ("net",)
    assert len(seen) == 1


def test_the_machine_sees_all_headings_when_it_has_to_name_one() -> None:
    _, headings, ids = prosemark.words("## Nết {#net}\n\nBông.\n\n## Nết\n\n## *Nết*\n\nA\n---")
    assert ids == tuple(heading.id for heading in headings) == ("net", "net_1", "net_2", "a")


def test_plain_prose_wakes_next_to_nothing() -> None:
    assert len(prosemark.needed("Bông thích ngủ cạnh máy giặt.\n\nBé đã quen chải lông.")) == 0


def test_scripts_do_not_survive_and_owners_html_does() -> None:
    html, headings, ids = prosemark.words('## Nết {#net}\n\n<section id="a">x</section><script>alert(1)</script>')
    assert (html, ids) == ('<h2 id="net">Nết</h2>\n<section id="a">x</section>\n', ("net", "a"))
    assert [h.id for h in headings] == ["net"]
