"""Templates of a language: what all its pages share is in them, what is the page's own is asked for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from sitegen import routes
from sitegen.compose import Composer
from sitegen.engine import OWN, Engine, Engines
from sitegen.expressions import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import build

LINKS = [SimpleNamespace(url=f"/{n}/", text=f"Số {n} & <{n}>") for n in range(3)]
SHARED = {
    "t": {"hello": "Chào & mời", "items": "đồ"},
    "site": SimpleNamespace(name="Milu <3", sample=False, logo=Markup("<b>M</b>"), menu=LINKS, none=None),
}
OTHERS = {
    "layout.html": "<{% block head %}{{ site.name }}{% endblock %}|{% block body %}{% endblock %}>{{ kind }}",
    "middle.html": '{% extends "layout.html" %}{% block head %}({{ super() }}){% endblock %}',
    "partial.html": (
        "[{{ page }}{% for link in site.menu %}{{ link.text }}{% if link.url == page %}!{% endif %}{% endfor %}]"
    ),
    "bold.html": (
        '{% set mark = {"a": "*", "b": "**"} %}{% macro bold(text, kind="a", more=text) %}'
        "{{ mark[kind] }}{{ text }}{{ more }}{% endmacro %}"
        "{% macro twice(x) %}{{ bold(x) }}{{ bold(x, 'b') }}{% endmacro %}"
    ),
}
PAGE = {
    "page": "Bông <3", "html": Markup("<i>ạ</i>"), "yes": True, "no": False, "n": 7, "none": None, "empty": [],
    "rows": [
        SimpleNamespace(name="Bột & bà", kids=["a", "b<"], note=""), SimpleNamespace(name="Cốm", kids=[], note="ghi"),
        SimpleNamespace(name="Mực", kids=["c"], note=Markup("<u>u</u>")),
    ],
    "words": {"one": "một", "two": "<hai>"}, "pairs": [("a", 1), ("b", 2)],
}  # fmt: skip


def make(templates: Mapping[str, str], own: Mapping[str, object]) -> str:
    return Engine(templates, SHARED, own=tuple(own)).template("a.html")(*own.values()).decode()


def page(template: str, **own: object) -> str:
    return make({"a.html": template}, own)


@pytest.mark.parametrize("template", [
    "{{ page }}{{ html }}{{ n }}{{ yes }}{{ none }}{{ site.none }}{{ t.hello }}{{ site.logo }}{{ t['hello'] }}",
    "{{ n + 1 }} {{ n - 1 }} {{ n * 2 }} {{ n / 2 }} {{ n // 2 }} {{ n % 2 }} {{ n ** 2 }} {{ -n }} {{ 2 + 3 * 4 }}",
    "{{ page ~ '&' ~ n }} {{ html ~ page }} {{ 'a' ~ '<' }} {{ site.logo ~ '<' }}",
    "{% if n > 3 and not no or page == 'x' %}a{% elif n in (7, 8) %}b{% else %}c{% endif %}{{ 1 < n <= 7 }}"
    "{{ n not in [1] }}",
    "{% if site.sample %}a{% elif no %}b{% elif site.name %}c{% else %}d{% endif %}",
    "{% if no %}a{% elif site.sample %}b{% endif %}{% if yes %}{% endif %}{% if no %}{% else %}e{% endif %}",
    "{{ 'a' if n == 7 else 'b' }}{{ 'c' if no }}{{ site.name if yes else html }}{{ page or html }}{{ none or '<' }}",
    "{% for row in rows %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}"
    "{{ loop.revindex }}{{ loop.revindex0 }}{{ row.name }}{% for kid in row.kids %}{{ kid }}{{ loop.index }}"
    "{% endfor %}{% endfor %}",
    "{% for row in rows if row.note %}{{ loop.index }}{{ row.note }}{% else %}nichts{% endfor %}",
    "{% for row in empty %}{{ row }}{% else %}leer{% endfor %}{% for a, b in pairs %}{{ a }}={{ b }};{% endfor %}",
    "{% for link in site.menu %}{{ loop.index }}/{{ loop.length }}{{ link.text }}"
    "{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% for link in site.menu if link.url != '/1/' %}{{ loop.index }}{{ link.text }}{% endfor %}",
    "{% for link in site.menu if link.url != page %}{{ loop.index }}{{ link.text }}{% endfor %}",
    "{% for i in range(1, 4) %}{% if i > n %}x{% else %}{{ i }}{% endif %}{% endfor %}{% for i in range(99) %}"
    "{{ i }}{% endfor %}",
    "{% for i in range(n) %}{{ i }}{% endfor %}{{ words['one'] }}{{ words['two'] }}{{ pairs[1][0] }}"
    "{{ page[1:3] }}{{ pairs[-1] }}",
    "{% set a = n %}{% set b = 'k<' %}{{ a }}{{ b }}{% if yes %}{% set b = page %}{% endif %}{{ b }}"
    "{% if no %}{% set b = 1 %}{% endif %}{{ b }}",
    "{% set x = 1 %}{% for row in rows %}{% set x = row.name %}{{ x }}{% endfor %}{{ x }}"
    "{% set a, b = pairs[0] %}{{ a }}{{ b }}",
    "{% set x %}<b>{{ page }}</b>{% endset %}{{ x }}{% set y %}<b>{{ t.hello }}</b>{% endset %}{{ y | length }}{{ y }}",
    "{% with a = page, b = 2 %}{{ a }}{{ b }}{% endwith %}{% filter upper %}ạ{{ page }}{% endfilter %}"
    "{% filter upper %}ạ{% endfilter %}",
    "{{ page | upper }}{{ rows | map(attribute='name') | join(', ') }}{{ page | default('x') }}"
    "{{ t.hello | length }}{{ rows | length }}",
    "{{ 'x' | replace('x', '<') }}{{ html | safe }}{{ page | safe }}{{ page | e }}{{ 3.14159 | round(2) }}"
    "{{ site.menu | length }}",
    "{% if none is none and n is odd and page is string and site is defined and nothing is not defined %}ja{% endif %}",
    "{% if 7 is odd and site.menu is sequence and t.nothing is undefined %}ja{% endif %}{{ n is divisibleby(7) }}",
    "{{ words.items() | list | length }}{{ page.upper() }}{{ page.split('ô')[0] }}{{ '%s!' % page }}"
    "{{ dict(a=n)['a'] }}{{ dict(a=1).a }}",
    "{% macro m(x, y='<') %}({{ x }}{{ y }}{{ page }}){% endmacro %}{{ m(1) }}{{ m(n, page) }}"
    "{{ m(y=html, x=2) }}{{ m(m(n)) }}",
    "{% macro m(t) %}{{ t.hello }}{% endmacro %}{{ m(t) }}{{ m({'hello': 'x'}) }}"
    "{{ m(words | default({})) if no else '' }}",
    "{% set who = page %}{% macro m(x) %}{{ who }}{{ x }}{% endmacro %}{% for r in rows %}{{ m(r.name) }}"
    "{% endfor %}{{ m('a') }}",
    '{% from "bold.html" import bold, twice as two %}{{ bold("x") }}{{ bold(page, "b") }}{{ two(page) }}'
    '{{ two(n) }}{{ bold(n, more=html) }}',
    '{% from "bold.html" import bold %}{{ bold(page) | upper }}{{ bold(page) ~ "&" }}'
    '{{ bold(empty[0]) if empty else "" }}{{ bold("<") | length }}',
    '{% import "bold.html" as b %}{{ b.bold(page) }}{% for r in rows %}{{ b.bold(r.name, "b") }}{% endfor %}'
    '{{ b.mark.a }}',
    '{% include "partial.html" %}{% include "nothing.html" ignore missing %}{% for r in rows %}'
    '{% include "partial.html" %}{% endfor %}',
    '{% extends "layout.html" %}{% set kind = "k" %}nothing{% block body %}{{ page }}{{ kind }}'
    '{% include "partial.html" %}{% endblock %}',
    '{% extends "middle.html" %}{% set kind = n %}{% block head %}[{{ super() }}{{ super() | upper }}]{% endblock %}',
    '{% extends "layout.html" %}{% set kind = 1 %}{% block body %}{% block deep %}tief{{ page }}{% endblock %}'
    '{% endblock %}',
    "{# nothing #}{% raw %}{{ page }}{% endraw %}\n  {% if yes %}\n  x\n  {%- endif %}\n{{ page }}\n",
])  # fmt: skip
def test_a_page_is_what_jinja_would_make_of_it(template: str) -> None:
    templates = {"a.html": template, **OTHERS}
    jinja = Environment(
        loader=DictLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    jinja.globals.update(SHARED)
    assert make(templates, PAGE) == jinja.get_template("a.html").render(PAGE)


def test_every_kind_of_page_of_the_shop_is_what_jinja_would_make_of_it(shop: build.Built) -> None:
    room = shop.floor.room
    templates, constants = room.materials.templates, {
        "site": room.desks["vi"].frame.site, "t": room.materials.interface["vi"],
    }  # fmt: skip
    jinja = Environment(
        loader=DictLoader(dict(templates)), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    jinja.globals.update(constants)
    engine = Engine(templates, constants)
    entries = {routes.template(entry): entry for entry in room.entries.values()}
    assert len(entries) == sum(name.startswith("pages/") for name in templates)
    for name, entry in entries.items():
        route = routes.route(entry, room.desks["vi"])
        own = dict(zip(OWN, (route.head, route.view, Markup("a{}")), strict=True))
        assert engine.template(name)(*own.values()).decode() == jinja.get_template(name).render(own), name


def test_what_all_pages_share_is_joined_to_the_html_around_it() -> None:
    template = (
        "{{ page }}<p>{{ t.hello }}, {{ site.name }}{{ site.logo }}</p>"
        "{% for l in site.menu %}{{ l.url }}{% endfor %}"
    )
    python = Composer({"a.html": template}, SHARED).page("a.html", ("page",)).python
    assert "<p>Chào &amp; mời, Milu &lt;3<b>M</b></p>/0//1//2/".encode().__repr__() in python


def test_a_component_is_made_once_for_the_same_card() -> None:
    asked: list[str] = []

    class Card:
        def __getattr__(self, name: str) -> str:
            asked.append(name)
            return name

    card = "{% macro puppy_card(card, level) %}<h{{ level }}>{{ card.name }}</h{{ level }}>{% endmacro %}"
    pages = (
        '{% from "components/puppy_card.html" import puppy_card %}{{ puppy_card(view, 2) }}{{ puppy_card(view, 2) }}'
        "{{ puppy_card(view, 3) }}"
    )
    engine = Engine({"components/puppy_card.html": card, "a.html": pages}, {}, own=("view",))
    made = engine.template("a.html")(shown := Card())
    assert made == b"<h2>name</h2><h2>name</h2><h3>name</h3>"
    assert asked == ["name", "name"]
    engine.forget()
    assert engine.template("a.html")(shown) == made
    assert len(asked) == 4


@pytest.mark.parametrize(("template", "line", "what"), [
    ("\n{{ t.helo }}", 2, "template-name-near"),
    ("\n{{ site.nam }}", 2, "template-name-near"),
    ("\n\n{{ page }}{{ nothing }}", 3, "template-name"),
    ("{% for x in page %}\n{{ loop.nothing }}{% endfor %}", 2, "template-name"),
    ("{% for t in (1, 2) %}{% endfor %}", 1, "template-shared"),
    ("\n{% set site = 1 %}", 2, "template-shared"),
    ('\n{% from "part.html" import again as t %}', 2, "template-shared"),
    ('\n{% from "part.html" import nothing %}', 2, "template-name"),
    ('\n{% from "part.html" import again %}{{ again(1) }}', 3, "template-itself"),
    ('\n{% include "a.html" %}', 2, "template-itself"),
    ("{% macro m(x) %}{% endmacro %}\n{{ m() }}", 2, "template-arguments"),
    ("{% macro m(x) %}{% endmacro %}\n{{ m(1, 2) }}", 2, "template-arguments"),
    ("\n{{ page | vnd }}", 2, "template-filter"),
    ("\n{{ page is vnd }}", 2, "template-test"),
    ("\n{{ 1 / 0 }}", 2, "template"),
    ("{% call page() %}{% endcall %}", 1, "template-here"),
    ("{% include page %}", 1, "template-file"),
    ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", 2, "template-twice"),
])  # fmt: skip
def test_what_is_wrong_with_a_template_is_told_with_its_line(template: str, line: int, what: str) -> None:
    templates = {"a.html": template, "part.html": "\n\n{% macro again(x) %}{{ again(x) }}{% endmacro %}"}
    with pytest.raises(Fault) as told:
        Engine(templates, SHARED, own=("page",)).template("a.html")
    assert (told.value.lineno, told.value.code) == (line, what)


def test_a_component_sees_nothing_of_the_page() -> None:
    templates = {
        "a.html": '{% from "b.html" import b %}\n{{ b(view) }}', "b.html": "{% macro b(x) %}\n{{ page }}{% endmacro %}",
    }  # fmt: skip
    with pytest.raises(Fault) as told:
        Engine(templates, SHARED).template("a.html")
    assert (told.value.name, told.value.lineno) == ("b.html", 2)
    assert (told.value.code, told.value.facts) == ("template-name", {"name": "page"})


def test_languages_do_not_mix_in_the_folder_of_composed_templates(tmp_path: Path) -> None:
    templates, words = {"a.html": "{{ t.hello }}"}, {"vi": {"t": {"hello": "Chào"}}, "en": {"t": {"hello": "Hello"}}}

    def made(lang: str, shared: Mapping[str, object], texts: Mapping[str, str] = templates) -> str:
        return Engines(tmp_path, "1").of(lang, texts, shared).template("a.html")(None, None, b"").decode()

    for _ in range(2):  # the second time they come out of the folder
        assert [made(lang, own) for lang, own in words.items()] == ["Chào", "Hello"]
    assert made("vi", {"t": {"hello": "Mời"}}) == "Mời"
    assert made("vi", {"t": {"hello": "Mời"}}, {"a.html": "{{ t.hello }}!"}) == "Mời!"


def test_a_composed_template_that_is_damaged_is_composed_anew(tmp_path: Path) -> None:
    for spoil in (b"", b"\0" * 40):
        made = Engines(tmp_path, "1").of("vi", {"a.html": "{{ page }}"}, {}).template("a.html")
        assert made("Bông", None, b"") == "Bông".encode()
        (file,) = (tmp_path / "vi").iterdir()
        file.write_bytes(spoil)
