"""Route + templates → Output."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.misprints import misprint
from sitegen.model import Output

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from sitegen.engine import Engine
    from sitegen.errors import Problem
    from sitegen.model import Route


@dataclass(frozen=True, slots=True)
class Press:
    """What pages are printed with: by language the templates, with `site` and `t` in them; by template the style."""

    engines: Mapping[str, Engine]
    styles: Mapping[str, Markup]


def render(route: Route, press: Press) -> Output | Problem:
    """The page as a file; a template's fault is a problem naming the template's line."""
    engine = press.engines[route.lang]
    try:
        html = engine.get_template(route.template).render(
            engine.constants, page=route.head, view=route.view, style=press.styles[route.template]
        )
    except Exception as error:
        found = misprint(error, route.template, engine.templates)
        if found is None:
            raise
        return found
    data = html.encode()
    # Here, because pages are made in several processes, and the writing that needs it is done in one.
    return Output(output_path(route.url), data, route.source, hashlib.sha256(data).hexdigest()[:32])


def output_path(url: str) -> str:
    """`/cun/bong/` → `cun/bong/index.html`; `/404.html` → `404.html`."""
    return f"{url}index.html".lstrip("/") if url.endswith("/") else url.lstrip("/")
