"""What went wrong, as data: many problems at once, codes here, words in `owner`."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Problem(Record):
    """One mistake (or, with `advice`, one thing worth a look) in what the owner wrote.

    `path` is relative to the project, with forward slashes; `line` counts from 1, and 0 means the file as a
    whole. `code` names the words in `owner.MESSAGES`, `facts` fill them in, `quote` is the line as it stands.
    """

    path: str
    line: int
    code: str
    facts: tuple[tuple[str, str], ...] = ()
    quote: str = ""
    advice: bool = False

    def __lt__(self, other: Problem) -> bool:
        return self._values() < other._values()


def problem(path: str, line: int, code: str, /, **facts: object) -> Problem:
    """Make a `Problem`; keyword arguments become the facts that its words mention. `quote` and `advice` are its own."""
    quote, advice = str(facts.pop("quote", "")).strip(), bool(facts.pop("advice", False))
    named = tuple(sorted((name, str(value)) for name, value in facts.items()))
    return Problem(path, line, code, named, quote, advice)


def by_place(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file and line; those of one line in the order in which they were found."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.path, p.line)))


@contextmanager
def gathering(problems: list[Problem]) -> Iterator[None]:
    """Go on behind this block with what is wrong in it, so that what is wrong elsewhere is told along with it."""
    try:
        yield
    except ContentError as error:
        problems += error.problems


class ContentError(Exception):
    """The build cannot go on; `problems` holds every mistake found, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = by_place(problems)
        super().__init__(f"{len(self.problems)} problem(s)")
