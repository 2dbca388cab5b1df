"""The last step of a text: links become addresses, braces facts, file names pictures."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.model import Heading
from sitegen.prose import contents, finish, sections

ADDRESSES = {"pages/guarantee": "/bao-hanh/", "puppies/bong": "/cun/bong/"}
FACTS = {"shop.name": Markup("Milu &amp; Xinh"), "shop.phone": Markup('<a href="tel:+84">0912</a>')}


def done(html: str) -> str:
    return str(finish(html, ADDRESSES.__getitem__, FACTS, lambda name, alt: f"[{name}|{alt}]", "Bảng"))


def test_links_to_files_become_addresses_and_keep_their_section() -> None:
    assert done('<a href="/pages/guarantee.md">x</a>') == '<a href="/bao-hanh/">x</a>'
    assert done('<a href="/puppies/bong/index.md#character">x</a>') == '<a href="/cun/bong/#character">x</a>'


def test_other_links_stay_as_they_are() -> None:
    for link in ('<a href="https://a.test/b.md">x</a>', '<a href="#here">x</a>', '<a href="mailto:a@b.test">x</a>'):
        assert done(link) == link


def test_facts_stand_where_their_names_stood() -> None:
    assert done("{{ shop.name }}, {{shop.phone}}") == 'Milu &amp; Xinh, <a href="tel:+84">0912</a>'


def test_a_picture_beside_the_page_is_given_its_files() -> None:
    assert done('<img alt="Ổ &amp; gối" src="o.jpg">') == "[o.jpg|Ổ & gối]"
    assert done('<img src="o.jpg">') == "[o.jpg|]"
    assert done('<img src="/pictures/o.jpg" alt="">') == '<img src="/pictures/o.jpg" alt="">'


def test_a_wide_table_scrolls_by_itself_and_by_keyboard() -> None:
    html = done("<table><tr><td>1</td></tr></table>")
    assert html.startswith('<div class="table" role="region" aria-label="Bảng" tabindex="0"><table>')
    assert html.endswith("</table></div>")


def test_the_contents_are_the_second_level() -> None:
    found = contents((Heading("a", "Ăn &amp; ngủ", 2), Heading("b", "Nhỏ", 3), Heading("c", "Chơi", 2)))
    assert [(link.url, link.text) for link in found] == [("#a", "Ăn & ngủ"), ("#c", "Chơi")]


def test_a_text_falls_into_its_sections() -> None:
    html = '<p>Chào</p>\n<h2 id="promise">Tiệm <b>hứa</b></h2><p>1</p><h2 id="visit">Ghé</h2><p>2</p>'
    intro, parts = sections(Markup(html))
    assert intro == "<p>Chào</p>"
    assert {name: (part.title, part.html) for name, part in parts.items()} == {
        "promise": ("Tiệm hứa", "<p>1</p>"), "visit": ("Ghé", "<p>2</p>"),
    }  # fmt: skip
