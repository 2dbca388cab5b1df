"""Route + templates → Output."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sitegen.model import Output
from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.engine import Engine
    from sitegen.errors import Problem
    from sitegen.model import Route


class Press(Record):
    """What pages are printed with: by language the templates, with `site` and `t` in them; by template the style, as
    HTML."""

    engines: Mapping[str, Engine]
    styles: Mapping[str, bytes]


def render(route: Route, press: Press) -> Output | tuple[Problem, ...]:
    """The page as a file; faults of templates are problems naming the template's line."""
    engine = press.engines[route.lang]
    try:
        data = engine.template(route.template)(route.head, route.view, press.styles[route.template])
    except Exception as error:
        from sitegen.misprints import misprints  # here, because it takes Jinja to know Jinja's faults

        found = misprints(error, route.template, engine.templates)
        if not found:
            raise
        return found
    # Here, because pages are made in several processes, and the writing that needs it is done in one.
    return Output(output_path(route.url), data, route.source, hashlib.sha256(data).hexdigest()[:32])


def output_path(url: str) -> str:
    """`/cun/bong/` → `cun/bong/index.html`; `/404.html` → `404.html`."""
    return f"{url[1:]}index.html" if url.endswith("/") else url[1:]
