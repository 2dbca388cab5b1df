"""The publish button: `build.py publish` itself, first only to see, then in earnest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.errors import ContentError

if TYPE_CHECKING:
    from sitegen.errors import Problem

Command = Callable[[bool, Callable[[str], None]], int]
"""(only look, where to say it) → exit status. Builds for production; raises `ContentError`."""


@dataclass(frozen=True, slots=True)
class Said:
    """How it went: in the command's own words, or what is to be mended first."""

    good: bool
    text: str
    problems: tuple[Problem, ...] = ()


def run(command: Command, *, look: bool) -> Said:
    """Run it and keep what it says; never raises for what the owner or her host may have wrong."""
    lines: list[str] = []
    try:
        status = command(look, lines.append)
    except ContentError as error:
        return Said(False, "", error.problems)
    except OSError as error:
        return Said(False, str(error))
    return Said(status == 0, "\n".join(lines))
