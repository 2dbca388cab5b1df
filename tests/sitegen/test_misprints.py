"""Templates that cannot be used: each mistake at its own line, in our words, all of them at once."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from jinja2 import TemplateSyntaxError

from sitegen import owner
from sitegen.compose import parsed
from sitegen.engine import Engine
from sitegen.misprints import misprints
from sitegen.phrases import money
from sitegen.source import read_texts
from sitegen.tags import mistags
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.errors import Problem

TEMPLATES = read_texts(ROOT / "templates", "*.html")
PAGE = """{{% block content %}}
<h1>{{{{ page }}}}</h1>
{slip}
<p class="a">Đừng quên: don't</p>
{{% for kid in view.kids %}}{{{{ kid }}}}
{{% endfor %}}
{{% endblock %}}
"""
"""The slip is in line 3, and what follows has all that could lead astray."""


def told(templates: Mapping[str, str]) -> tuple[Problem, ...]:
    """What is told of the page a.html."""
    view = SimpleNamespace(name="Bông", kids=[1], words={}, html="<i>", money=money)
    try:
        Engine(templates, {}).template("a.html")("Cún", view, b"")
    except Exception as error:
        return misprints(error, "a.html", templates)
    raise AssertionError("nothing is wrong")


@pytest.mark.parametrize(("slip", "codes"), [
    ("{{ page <h1>", "3 template-open"),
    ("{{ page", "3 template-open"),
    ("{{ page </p>\n{{ page <b>", "3 template-open, 4 template-open"),
    ("{% if page", "3 template-open, 3 template-unclosed"),
    ("{% if page %x{% endif %}", "3 template-open"),
    ("{%", "3 template-open"),
    ("{{ page }", "3 template-mixed"),
    ("{{ page %}", "3 template-mixed"),
    ("{% if page }}x{% endif %}", "3 template-mixed"),
    ("{% if page }x{% endif %}", "3 template-mixed"),
    ("{ if page %}x{% endif %}", "3 template-half"),
    ("{% if page %}x{ % endif %}", "3 template-half"),
    ("{% if page %}x\n% endif %}", "4 template-half"),
    ("{{% if page %}x{% endif %}", "3 template-half"),
    ("{# a remark", "3 template-open"),
    ("{# a remark %}{% if page %}{% endif %}", "3 template-open"),
    ("{% if page %}x", "3 template-unclosed"),
    ("{% if page %}\n{% for a in view.kids %}x{% endfor %}", "3 template-unclosed"),
    ("{% if page %}{% for a in view.kids %}x\n{% endif %}", "3 template-unclosed"),
    ("{% for a in view.kids %}\n{% if a %}\nx{% endfor %}", "4 template-unclosed"),
    ("{% set words %}", "3 template-unclosed"),
    ("{% raw %}x", "3 template-unclosed"),
    ("x\n{% endif %}", "4 template-stray"),
    ("{% endfor %}", "3 template-stray"),
    ("{% endblock %}", "7 template-stray"),
    ("{% if page %}x{% endif %}\n{% endif %}", "4 template-stray"),
    ("{% if page %}x\n{% endfor %}", "4 template-crossed"),
    ("{% for a in view.kids %}{% endif %}{% endfor %}", "3 template-stray"),
    ("{% else %}", "3 template-else"),
    ("{% elif page %}", "3 template-else"),
    ("{% if page %}a{% else %}b\n{% else %}c{% endif %}", "4 template-else"),
    ("{% if page %}x{% end if %}", "3 template-tag-near"),
    ("{% if page %}x{% end %}", "3 template-tag-near"),
    ("{% if page %}x{% endIf %}", "3 template-tag-near"),
    ("{% ìf page %}x{% endif %}", "3 template-tag-near"),
    ("{% if page %}x{% else if view %}y{% endif %}", "3 template-tag-near"),
    ("{% foreach a in view.kids %}x{% endforeach %}", "3 template-tag-near, 3 template-tag-near"),
    ("{% while page %}", "3 template-tag"),
    ("{% ifpage %}x\n{% else %}y{% endif %}", "3 template-tag"),
    ("{% if page %}x\n{% e %}", "4 template-tag"),
    ("{% if page %}{% for a in view.kids %}x\n{% e %}{% endif %}", "4 template-tag"),
    ("{% %%if page %}x{% endif %}", "3 template-tag"),
    ("{{ if page }}x{% endif %}", "3 template-shape"),
    ("{% if page %}x{{ endif }}", "3 template-shape"),
    ("{% for a of view.kids %}x{% endfor %}", "3 template-shape"),
    ("{% for %}x{% endfor %}", "3 template-shape"),
    ("{% if %}x{% endif %}", "3 template-shape"),
    ("{% if page and %}x{% endif %}", "3 template-shape"),
    ("{% block a %}x{% endblock b %}", "3 template-shape"),
    ("{% set 3 = 1 %}", "3 template-shape"),
    ("{% include %}", "3 template-shape"),
    ("{% macro m %}{% endmacro %}", "3 template-shape"),
    ('{% include "c.html %}', "3 template-quote"),
    ("{{ 'abc\" }}", "3 template-quote"),
    ('<a href="{{ "x }}">a</a>', "3 template-quote"),
    ("{{ page[1 }}", "3 template-bracket"),
    ("{{ page | replace((1 }}", "3 template-bracket"),
    ("{{ page) }}", "3 template-bracket-stray"),
    ("{{ }}", "3 template-empty"),
    ("{% %}", "3 template-empty"),
    ("{{ page | }}", "3 template-ends"),
    ("{{ page. }}", "3 template-ends"),
    ("{{ page if }}", "3 template-ends"),
    ("{{ page heading }}", "3 template-read"),
    ("{{ page 1 }}", "3 template-read"),
    ('{{ {"a" 1} }}', "3 template-read"),
    ("{{{ page }}}", "3 template-nested"),
    ("{% if {{ page }} %}x{% endif %}", "3 template-nested"),
    ("{% if page = 1 %}x{% endif %}", "3 template-sign"),
    ("{% if page || 1 %}x{% endif %}", "3 template-sign"),
    ("{% if !page %}x{% endif %}", "3 template-sign"),
    ("{{ “abc” }}", "3 template-sign"),
    ("{{ $page }}", "3 template-mark"),
    ("{{ page; }}", "3 template-mark"),
    ("{{ page.class }}", "3 template-name"),
    ("{{ page.split(sep=1, sep=2) }}", "3 template-argument"),
    ("{% autoescape false %}x{% endautoescape %}", "3 template-here"),
    ("{% filter nothing %}x{% endfilter %}", "3 template-filter"),
    ("{{ 3() }}", "3 template-call"),
    ("{{ [page]() }}", "3 template-call"),
    ("{{ page() }}", "3 template-call"),
    ("{{ 1 / 0 }}", "3 template-zero"),
    ("{{ 1 / (page | length - 3) }}", "3 template-zero"),
    ("{% for a in 7 %}x{% endfor %}", "3 template-list"),
    ("{% for a, b in view.kids %}x{% endfor %}", "3 template-list"),
    ("{{ page - 1 }}", "3 template"),
    ("{{ ('<b>' | safe) % page }}", "3 template"),
    ("{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(view) }}", "3 template-itself"),
])  # fmt: skip
def test_a_slip_is_told_once_where_it_stands(slip: str, codes: str) -> None:
    found = told({"a.html": PAGE.format(slip=slip)})
    assert ", ".join(f"{each.line} {each.code}" for each in found) == codes
    for problem in found:
        for lang in owner.LANGUAGES:
            assert owner.tell(problem, lang).startswith(f"templates/a.html:{problem.line}: ")


@pytest.mark.parametrize(("slip", "remedy"), [
    ("{% if page %}x{% elseif view %}y{% endif %}", "{% elif %}"),
    ("{% if page %}x{% end if %}", "{% endif %}"),
    ("{% if page %}x", "{% endif %}"),
    ("{% if page %}x{% endfor %}", "{% endif %}"),
    ("{ if page %}x{% endif %}", "{% if page %}"),
    ("{{% for kid in view.kids %}x{% endfor %}", "{% for kid in view.kids %}"),
    ("{% for a of view.kids %}x{% endfor %}", "{% for post in view.posts %}"),
    ("{{ page", "}}"),
    ("{% if {{ page }} %}x{% endif %}", " page"),
    ("{% if page & 1 %}x{% endif %}", " and"),
    ("{{ page ? 1 : 2 }}", "… if … else …"),
    ("{{ pag }}", "“page”"),
    ("{{ view.nane }}", "“name”"),
    ("{% macro m(one, two) %}{% endmacro %}{{ m(1) }}", "{{ m(one, two) }}"),
])  # fmt: skip
def test_what_to_write_instead_is_told(slip: str, remedy: str) -> None:
    (problem,) = told({"a.html": PAGE.format(slip=slip)})
    for lang in owner.LANGUAGES:
        assert remedy in owner.wording(problem, lang)[1]


@pytest.mark.parametrize(("template", "where", "code", "name"), [
    ("<p>\n{{ view.name }}\n{{ view.colour }}", ("a.html", 3), "template-name", "colour"),
    ("{% if view.colour %}{% endif %}", ("a.html", 1), "template-name", "colour"),
    ("{% for x in view.kids %}\n{{ x.colour }}{% endfor %}", ("a.html", 2), "template-name", "colour"),
    ("{% if view.kids[7:] %}{% set a = 1 %}{% endif %}\n{{ a }}", ("a.html", 2), "template-name", "a"),
    ("\n{{ view.words['eins'] }}", ("a.html", 2), "template-name", "eins"),
    ("\n{{ view.name | round }}", ("a.html", 2), "template", ""),
    ("\n{{ view.name + 1 }}", ("a.html", 2), "template", ""),
    ('{% from "b.html" import b %}{{ b(view) }}', ("b.html", 3), "template-name", "colour"),
    ('{% from "b.html" import b %}{{ b(view) | upper }}', ("b.html", 3), "template-name", "colour"),
    ('<p>\n{% include "c.html" %}', ("c.html", 2), "template-name", "colour"),
])  # fmt: skip
def test_what_is_wrong_with_a_page_is_told_with_the_templates_line(
    template: str, where: tuple[str, int], code: str, name: str
) -> None:
    templates = {
        "a.html": template, "b.html": "\n{% macro b(x) %}\n<b>{{ x.colour }}</b>{% endmacro %}",
        "c.html": "\n{{ view.colour }}",
    }  # fmt: skip
    (problem,) = told(templates)
    assert (problem.path, problem.line, problem.code) == (f"templates/{where[0]}", where[1], code)
    assert dict(problem.facts).get("name", "") == name


def test_all_that_cannot_be_read_is_told_at_once_also_in_what_the_page_includes() -> None:
    templates = {
        "a.html": '{% from "b.html" import b %}\n{{ page <h1>\n{% endif %}{% include "c.html" %}',
        "b.html": "{% macro b(x) %}\n{% if x %}{% endmacro %}", "c.html": "\n\n{% endfor %}",
        "d.html": "{% if",  # no part of the page
    }  # fmt: skip
    assert [(each.path, each.line, each.code) for each in told(templates)] == [
        ("templates/a.html", 2, "template-open"), ("templates/a.html", 3, "template-stray"),
        ("templates/b.html", 2, "template-unclosed"), ("templates/c.html", 3, "template-stray"),
    ]  # fmt: skip


def test_what_the_program_does_wrong_is_not_laid_at_the_templates_door() -> None:
    assert told({"a.html": "{{ view.money('8', 'vi') }}"}) == ()


def test_nothing_is_wrong_with_the_tags_of_this_shop() -> None:
    assert {name: found for name, text in TEMPLATES.items() if (found := mistags(text))} == {}


def test_whatever_is_done_to_a_template_something_is_told_of_it() -> None:
    """A sign lost, added or changed anywhere in the shop's own templates."""
    chance, unreadable, elsewhere = random.Random(22), 0, 0
    for _ in range(400):
        name = chance.choice(list(TEMPLATES))
        text = TEMPLATES[name]
        at = chance.choice([n for n, sign in enumerate(text) if sign in "{}%#\"'()|.[]"])
        text = text[:at] + chance.choice(["", *"{}%#\"'()|.[] x"]) + text[at + chance.randrange(2) :]
        try:
            parsed(name, text)
        except TemplateSyntaxError:
            found = mistags(text)
            assert found, text[at - 20 : at + 20]
            unreadable += 1
            elsewhere += text.count("\n", 0, at) + 1 not in {each.line for each in found}
    assert unreadable > 100
    assert elsewhere < unreadable / 10  # a tag that has become plain words is missed where it was to be closed
