"""What has to be there before a page can be made: a template for every page, and the words of every language."""

from __future__ import annotations

import string
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sitegen.errors import ContentError, problem
from sitegen.front import read_yaml
from sitegen.nodes import Scalar, Unread
from sitegen.text import likest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sitegen.errors import Problem

STRINGS = ("values", "interface")
FOLDER = "templates/strings"
GAPS: Mapping[str, frozenset[str]] = {
    key: frozenset(gaps.split())
    for gaps, keys in {
        "n": "count_one count_other age.weeks.one age.weeks.other age.months.one age.months.other age.years.one"
        " age.years.other count.puppies.one count.puppies.other count.looking.one count.looking.other"
        " count.litter.one count.litter.other table.label",
        "date": "fact.weighed age.due age.sold availability.later availability.reserved availability.sold"
        " availability.expected price.computed caption.taken updated.on",
        "last": "fact.microchip_some", "colour weight": "fact.parent", "value": "rating.text", "price": "price.from",
        "low high": "fact.years fact.kilograms price.range price_band.between", "high": "price_band.under",
        "low": "price_band.over", "name colour breed": "alt.drawing", "breed": "alt.litter alt.breed",
        "name": "alt.photo legal.responsible", "title shop": "alt.share", "days opens closes": "hours.line",
        "first last": "hours.to", "number": "legal.registration",
    }.items()
    for key in keys.split()
}  # fmt: skip
"""What the words of a key may name in braces. (A count's `zero` may name what its `other` does.)"""
ALIKE = 0.8
"""How much a key has to be like another (0 to 1) to be the same one, mistyped."""


class Words(NamedTuple):
    """A strings file: its words and their lines by key, as far as it can be read, and what is wrong with it."""

    words: dict[str, str]
    lines: dict[str, int]
    faults: tuple[Problem, ...]


def words(texts: Mapping[str, str], languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """The words of templates/strings/ by file name, from the files' `texts`. Raises `ContentError` for a file that is
    missing or cannot be read."""
    faults: list[Problem] = []
    found: dict[str, Words] = {}
    for name in (f"{kind}.{lang}.yaml" for lang in languages for kind in STRINGS):
        path = f"{FOLDER}/{name}"
        read = read_words(texts.get(name, ""), path)
        faults += read.faults
        if not read.faults and not read.words:
            faults.append(problem(path, 0, "no-strings"))
        elif not any(fault.code.startswith("yaml") for fault in read.faults):  # else keys may be there, unread
            found[name] = read
    for kind in STRINGS:
        faults += _unlike({name: read for name, read in found.items() if name.startswith(f"{kind}.")})
    if faults:
        raise ContentError(faults)
    return {name: read.words for name, read in found.items()}


def need(wanted: Iterable[str], templates: Mapping[str, str]) -> None:
    """Raise `ContentError` if one of these templates is not there."""
    missing = sorted(set(wanted) - templates.keys())
    if missing:
        raise ContentError(problem(f"templates/{name}", 0, "no-template") for name in missing)


@lru_cache(maxsize=16)  # the preview asks for these anew with every build, and they have changed in few
def read_words(text: str, path: str) -> Words:
    """The strings file at `path`, flat keys, each with its words."""
    typed = text.split("\n")
    table, problems = read_yaml(text, path, typed)
    faults, words, lines = list(problems), dict[str, str](), dict[str, int]()
    for key, value in table.rows if table else ():
        name, line = key.text, key.line
        if isinstance(value, Unread):
            continue  # that is told already
        if name in lines:
            faults.append(problem(path, line, "key-twice", quote=typed[line - 1], key=name, first=lines[name]))
        elif not isinstance(value, Scalar):
            faults.append(problem(path, line, "strings-flat", quote=typed[line - 1], key=name))
        elif value.plain and not value.text:
            faults.append(problem(path, line, "value-missing", quote=typed[line - 1], key=name, example="…"))
        else:
            words[name] = value.text
            faults += _gaps(name, value.text, problem(path, line, "strings-brace", quote=typed[line - 1], key=name))
        lines.setdefault(name, line)
    return Words(words, lines, tuple(faults))


def _gaps(key: str, words: str, torn: Problem) -> Iterator[Problem]:
    """What is wrong with the words' braces; `torn` says that they are no pair."""
    try:
        parts = list(string.Formatter().parse(words))
    except ValueError:
        yield torn
        return
    if "{{" in words or "}}" in words:
        yield torn
    allowed = GAPS.get(key) or GAPS.get(f"{key.removesuffix('.zero')}.other", frozenset())
    for _, name, form, conversion in parts:
        if name is not None and (name not in allowed or form or conversion):
            if not allowed and likest(key, GAPS, ALIKE):
                return  # it is the key that is mistyped
            typed = f"{{{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}}}"
            shown = ", ".join(f"{{{each}}}" for each in sorted(allowed))
            code, facts = ("strings-gap", {"allowed": shown}) if allowed else ("strings-no-gap", {})
            yield problem(torn.path, torn.line, code, quote=torn.quote, key=key, name=typed, **facts)


def _unlike(files: Mapping[str, Words]) -> Iterator[Problem]:
    """Keys that one language has and another has not."""
    at = {key: f"{FOLDER}/{name}:{read.lines[key]}" for name, read in files.items() for key in read.lines}
    paired: set[str] = set()
    for name, read in files.items():
        own = [key for key in read.lines if any(key not in other.lines for other in files.values())]
        missing = [key for key in at if key not in read.lines]
        for key in own:
            near = likest(key, [each for each in missing if each not in paired], ALIKE)
            if near and key not in paired:
                paired |= {key, near}
                line = read.lines[key]
                yield problem(f"{FOLDER}/{name}", line, "strings-near", key=key, near=near, other=at[near])
        yield from (
            problem(f"{FOLDER}/{name}", 0, "strings-miss", key=key, other=at[key])
            for key in missing if key not in paired
        )
