"""Templates of a language: what all its pages share is in them, what is the page's own is asked for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from sitegen.engine import Engine, Engines

if TYPE_CHECKING:
    from pathlib import Path

SHARED = {"t": {"hello": "Chào & mời"}, "site": SimpleNamespace(name="Milu <3", sample=False, logo=Markup("<b>M</b>"))}


def page(template: str, **own: object) -> str:
    return Engine({"a.html": template}, SHARED).get_template("a.html").render(SHARED, **own)


def pieces(template: str) -> list[str]:
    made = Engine({"a.html": template}, SHARED).get_template("a.html")
    return list(made.root_render_func(made.new_context({**SHARED, "page": "Bông"})))


def test_what_all_pages_share_is_joined_to_the_html_around_it() -> None:
    assert pieces("{{ page }}<p>{{ t.hello }}, {{ site.name }}{{ site.logo }}</p>") == [
        "Bông", "<p>Chào &amp; mời, Milu &lt;3<b>M</b></p>",
    ]  # fmt: skip
    assert page("{% if site.sample %}(mẫu){% else %}{{ site.name }}{% endif %}") == "Milu &lt;3"


def test_a_pages_own_values_are_escaped_unless_they_are_html() -> None:
    assert page("{{ a }} {{ b }} {{ c }}", a="<i>", b=Markup("<i>"), c=7) == "&lt;i&gt; <i> 7"


def test_a_word_that_is_not_there_is_missed_by_name() -> None:
    with pytest.raises(UndefinedError, match="helo"):
        page("{{ t.helo }}")
    with pytest.raises(AttributeError, match="colour"):
        page("{{ view.colour }}", view=SimpleNamespace())


@pytest.mark.parametrize("template", ["{% for t in (1, 2) %}{% endfor %}", "{% set site = 1 %}"])
def test_what_all_pages_share_cannot_be_given_another_meaning(template: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="same on all pages"):
        page(template)


def test_a_macro_may_be_handed_a_shared_value_under_its_own_name() -> None:
    assert page("{% macro a(t) %}{{ t.hello }}{% endmacro %}{{ a(t) }}") == "Chào &amp; mời"


def test_languages_do_not_mix_in_the_folder_of_compiled_templates(tmp_path: Path) -> None:
    templates, words = {"a.html": "{{ t.hello }}"}, {"vi": {"t": {"hello": "Chào"}}, "en": {"t": {"hello": "Hello"}}}
    for _ in range(2):  # the second time they come out of the folder
        engines = Engines(tmp_path, "1")
        made = {lang: engines.of(lang, templates, own).get_template("a.html").render() for lang, own in words.items()}
        assert made == {"vi": "Chào", "en": "Hello"}
    changed = Engines(tmp_path, "1").of("vi", templates, {"t": {"hello": "Mời"}})
    assert changed.get_template("a.html").render() == "Mời"
