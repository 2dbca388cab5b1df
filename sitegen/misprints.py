"""A template that cannot be used: where, what is wrong, in words of this house rather than Jinja's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from sitegen.compose import Missing
from sitegen.engine import NotThere, place
from sitegen.errors import problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.errors import Problem

_KINDS: tuple[tuple[str, str], ...] = (
    (r"unknown tag '(?P<tag>(?!end|el)\w+)'", "template-tag"),
    (r"innermost block that needs to be closed is '(?P<tag>\w+)'", "template-unclosed"),
    (r"unknown tag '(?P<tag>\w+)'", "template-tag"),
    (r"No (?:filter|test) named '(?P<name>[^']+)'", "template-filter"),
    (r"has no attribute '(?P<name>[^']+)'", "template-name"),
    (r"'(?P<name>[^']+)' is undefined", "template-name"),
)
"""What Jinja says, and what is said instead."""


def misprint(error: Exception, template: str, templates: Mapping[str, str]) -> Problem | None:
    """The fault of `template`, or of one that it includes, that `error` speaks of; None when the error is not a
    template's but the program's. `templates` are texts by path."""
    name, line = _place(error, template)
    if name is None:
        return None
    lines = templates.get(name, "").split("\n")
    quote = lines[line - 1] if 0 < line <= len(lines) else ""
    path = f"templates/{name}"
    if isinstance(error, Missing):
        return problem(path, line, "template-missing", quote=quote, name=f"templates/{error.wanted}")
    said = error.message or "" if isinstance(error, TemplateSyntaxError) else str(error)
    for pattern, code in _KINDS:
        if found := re.search(pattern, said):
            return problem(path, line, code, quote=quote, **found.groupdict())
    return problem(path, line, "template", quote=quote, what=said or type(error).__name__)


def _place(error: Exception, template: str) -> tuple[str | None, int]:
    if isinstance(error, TemplateSyntaxError):
        return error.name or template, error.lineno
    name, line, last = template, 0, ""
    trace = error.__traceback__
    while trace is not None:
        last = trace.tb_frame.f_code.co_filename
        name, line = place(trace) or (name, line)
        trace = trace.tb_next
    ours = isinstance(error, NotThere) or last.startswith("templates/") or "jinja2" in last
    return (name if ours else None), line
