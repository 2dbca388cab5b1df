"""Route + templates → Output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError

from sitegen.errors import problem
from sitegen.model import Output

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from sitegen.errors import Problem
    from sitegen.model import Route
    from sitegen.views import Site


def environment(templates: Mapping[str, str]) -> Environment:
    """Jinja for the site: escapes everything that is not `Markup`, and refuses names that do not exist."""
    return Environment(
        # With a file name, so that a fault's traceback says where in the template it is.
        loader=FunctionLoader(lambda name: (templates[name], f"templates/{name}", None) if name in templates else None),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
    )


def render(
    routes: Iterable[Route],
    engine: Environment,
    sites: Mapping[str, Site],
    words: Mapping[str, Mapping[str, str]],
    styles: Mapping[str, Markup],
) -> tuple[list[Output], list[Problem]]:
    """Every route as a file. A template's fault is a problem naming the template's line, once for all its pages."""
    outputs, problems = [], []
    for route in routes:
        try:
            html = engine.get_template(route.template).render(
                site=sites[route.lang],
                page=route.head,
                view=route.view,
                t=words[route.lang],
                style=styles[route.template],
            )
        except TemplateError as error:
            problems.append(_fault(error, route.template))
            continue
        outputs.append(Output(output_path(route.url), html.encode(), route.source))
    return outputs, list(dict.fromkeys(problems))


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
