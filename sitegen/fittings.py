"""What has to be there before a page can be made: a template for every page, and the words of every language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen.errors import ContentError, problem
from sitegen.front import read_yaml
from sitegen.nodes import Scalar
from sitegen.phrases import read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sitegen.errors import Problem

STRINGS = ("values", "interface")


def words(texts: Mapping[str, str], languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """The words of templates/strings/ by file name, from the files' `texts`. Raises `ContentError` for a file that is
    missing or cannot be read."""
    faults: list[Problem] = []
    found: dict[str, dict[str, str]] = {}
    for name in (f"{kind}.{lang}.yaml" for lang in languages for kind in STRINGS):
        path = f"templates/strings/{name}"
        if name not in texts:
            faults.append(problem(path, 0, "no-strings"))
        elif wrong := _wrong(texts[name], path):
            faults += wrong
        else:
            found[name] = _words(texts[name])
    for kind in STRINGS:
        alike = {name: table for name, table in found.items() if name.startswith(f"{kind}.")}
        every = {key: name for name, table in alike.items() for key in table}
        faults += [
            problem(f"templates/strings/{name}", 0, "strings-miss", key=key, other=f"templates/strings/{every[key]}")
            for name, table in alike.items()
            for key in every.keys() - table.keys()
        ]
    if faults:
        raise ContentError(faults)
    return found


def need(wanted: Iterable[str], templates: Mapping[str, str]) -> None:
    """Raise `ContentError` if one of these templates is not there."""
    missing = sorted(set(wanted) - templates.keys())
    if missing:
        raise ContentError(problem(f"templates/{name}", 0, "no-template") for name in missing)


# The preview asks for these anew with every build, and they have changed in few.
_words = lru_cache(maxsize=16)(read_words)


@lru_cache(maxsize=16)
def _wrong(text: str, path: str) -> tuple[Problem, ...]:
    table, problems = read_yaml(text, path, text.split("\n"))
    rows = table.rows if table else ()
    nested = (key for key, value in rows if not isinstance(value, Scalar))
    return (*problems, *(problem(path, key.line, "strings-flat", key=key.text) for key in nested))
