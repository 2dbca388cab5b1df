"""Route + templates → Output."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateSyntaxError

from sitegen.errors import problem
from sitegen.model import Output

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from sitegen.engine import Engine
    from sitegen.errors import Problem
    from sitegen.model import Route
    from sitegen.views import Site


@dataclass(frozen=True, slots=True)
class Press:
    """What pages are printed with: templates, by language the site and its words, by template the style."""

    engine: Engine
    sites: Mapping[str, Site]
    words: Mapping[str, Mapping[str, str]]
    styles: Mapping[str, Markup]


def render(route: Route, press: Press) -> Output | Problem:
    """The page as a file; a template's fault is a problem naming the template's line."""
    try:
        html = press.engine.get_template(route.template).render(
            site=press.sites[route.lang],
            page=route.head,
            view=route.view,
            t=press.words[route.lang],
            style=press.styles[route.template],
        )
    except TemplateError as error:
        return _fault(error, route.template)
    data = html.encode()
    # Here, because pages are made in several processes, and the writing that needs it is done in one.
    return Output(output_path(route.url), data, route.source, hashlib.sha256(data).hexdigest()[:32])


def output_path(url: str) -> str:
    """`/cun/bong/` → `cun/bong/index.html`; `/404.html` → `404.html`."""
    return f"{url}index.html".lstrip("/") if url.endswith("/") else url.lstrip("/")


def _fault(error: TemplateError, template: str) -> Problem:
    if isinstance(error, TemplateSyntaxError):
        return problem(f"templates/{error.name or template}", error.lineno, "template", what=error.message or "?")
    line, name = 0, f"templates/{template}"
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith("templates/"):
            line, name = trace.tb_lineno, file
        trace = trace.tb_next
    return problem(name, line, "template", what=error.message or type(error).__name__)
