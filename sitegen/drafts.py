"""Drafts: what is not on the site yet may be unfinished, or wrong, without stopping the shop.

`draft: true` is the owner's word that nobody shall see the page, so its mistakes are told and stop nothing; they count
from the moment that the line is gone. `publish_on` is no draft: that page appears by itself, so it has to be right now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import schema
from sitegen.errors import by_place, problem
from sitegen.parse import identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.errors import Problem
    from sitegen.model import Document

OPEN = ("value-missing", "missing-key", "missing-part", "missing-for-status", "list-missing", "not-yet")
"""Mistakes that say no more than: not filled in yet."""


def drafts(documents: Iterable[Document]) -> frozenset[str]:
    """The ids of all drafts: the original says so for its translations."""
    return frozenset(d.id for d in documents if not d.translation and d.values.get(schema.DRAFT) is True)


def mistakes(documents: Iterable[Document], problems: Iterable[Problem]) -> list[Problem]:
    """The problems that are in no draft."""
    among = drafts(documents)
    return [p for p in problems if _page(p) not in among]


def told(documents: Sequence[Document], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What is to be said of each draft, as advice: in one line what is still open in it, and what is wrong in it."""
    among = drafts(documents)
    aside = [p.replace(advice=True) for p in by_place(problems) if _page(p) in among]
    found = [p for p in aside if p.code not in OPEN]
    for d in documents:
        if d.id in among and not d.translation:
            left = [p for p in aside if p.code in OPEN and _page(p) == d.id]
            keys = [_open(p, d) for p in sorted(left, key=lambda p: p.path != d.path)]
            line = d.values.line(schema.DRAFT)
            if keys:
                named = ", ".join(dict.fromkeys(keys))
                found.append(problem(d.path, line, "draft-unfinished", keys=named, advice=True))
            else:
                found.append(problem(d.path, line, "draft-waiting", advice=True))
    return tuple(found)


def _open(found: Problem, original: Document) -> str:
    """The key that is still open, with its file where that is a translation."""
    key = dict(found.facts)["key"]
    return key if found.path == original.path else f"{key} ({found.path.rpartition('/')[2]})"


def ids(found: Iterable[Problem]) -> frozenset[str]:
    """The pages that problems are told of."""
    return frozenset(map(_page, found))


def _page(found: Problem) -> str:
    """The id of the page in which, or beside which, something is wrong."""
    path = found.path if found.path.endswith(".md") else f"{found.path.rpartition('/')[0]}/index.md"
    return identity(path)[0]
