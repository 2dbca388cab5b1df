"""Templates that cannot be used: where, what is wrong, in words of this house rather than Jinja's or Python's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from sitegen.compose import parsed
from sitegen.engine import place
from sitegen.errors import problem
from sitegen.expressions import Fault, parts, unknown
from sitegen.styles import closure
from sitegen.tags import mistags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.errors import Problem

_KINDS: tuple[tuple[str, str], ...] = (
    (r"not iterable|unpack", "template-list"),
    (r"not callable", "template-call"),
)
"""What Python says, and what is said instead."""
_TEMPLATES = ("sitegen.engine", "sitegen.expressions")
"""What of the program does a template's own work."""


def misprints(error: Exception, template: str, templates: Mapping[str, str]) -> tuple[Problem, ...]:
    """The faults of `template`, and of those that it includes, that `error` speaks of; none when the error is not a
    template's but the program's. `templates` are texts by path."""
    if isinstance(error, TemplateSyntaxError) and not isinstance(error, Fault):
        return tuple(_unreadable(template, templates))
    at = _place(error, template)
    if at is None:
        return ()
    cause = error.__cause__ if isinstance(error, Fault) else error
    code, facts = (error.code, error.facts) if isinstance(error, Fault) else ("", {})
    if isinstance(cause, Exception):
        code, facts = _mishap(cause)
    return (_problem(*at, code, templates, **facts),)


def _unreadable(template: str, templates: Mapping[str, str]) -> Iterator[Problem]:
    """All that cannot be read of a page's templates."""
    for name in sorted(closure(template, templates)):
        try:
            parsed(name, templates[name])
        except TemplateSyntaxError as error:
            found = mistags(templates[name])
            yield from (_problem(name, each.line, each.code, templates, **each.facts) for each in found)
            if not found:
                yield _problem(name, error.lineno, "template-wrong", templates)


def _problem(name: str, line: int, code: str, templates: Mapping[str, str], /, **facts: object) -> Problem:
    lines = templates.get(name, "").split("\n")
    quote = lines[line - 1] if 0 < line <= len(lines) else ""
    return problem(f"templates/{name}", line, code, quote=quote, **facts)


def _mishap(error: Exception) -> tuple[str, Mapping[str, object]]:
    """What happened while a template was at work, as a code and its facts."""
    if isinstance(error, AttributeError) and error.name:
        return unknown(error.name, () if error.obj is None else parts(error.obj))
    if isinstance(error, ZeroDivisionError):
        return "template-zero", {}
    if isinstance(error, RecursionError):
        return "template-itself", {"name": "{% macro %}"}
    return next((code for pattern, code in _KINDS if re.search(pattern, str(error))), "template"), {}


def _place(error: Exception, template: str) -> tuple[str, int] | None:
    """The template and the line that the error speaks of; None if the program itself went wrong."""
    if isinstance(error, Fault):
        return error.name or template, error.lineno
    at, trace = None, error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if found := place(trace):
            at = found
        elif module.startswith("sitegen.") and module not in _TEMPLATES:
            at = None
        trace = trace.tb_next
    return at
