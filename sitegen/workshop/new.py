"""`build.py new "Bông"`: a folder for a puppy, every key with a word on what goes there (I/O: writes two files)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from sitegen import schema
from sitegen.kinds import Choice, Field, Flag, ListOf, Words
from sitegen.workshop.entries import folder_name, place
from sitegen.workshop.labels import label, note
from sitegen.workshop.ledger import write_whole
from sitegen.workshop.words import say
from sitegen.workshop.yaml_words import scalar

COLUMN = 34
"""Where the remarks begin."""


def new_puppy(root: Path, name: str, lang: str, today: date) -> tuple[str, ...]:
    """Make the folder of a puppy called `name`; return the paths of its files, relative to `root`, the original first.

    What is needed is left open for her to fill in, what is optional stands as a remark. It is a draft, so that the shop
    can be built while it waits. An existing folder is left alone: the new one gets a number. Raises `OSError`."""
    slug = folder_name(name, lambda each: (root / "content" / "puppies" / each).exists())
    known = {
        "title": scalar(name), "status": "available", "listed": today.isoformat(), "origin": "VN", "draft": "true",
    }  # fmt: skip
    born = [f for f in schema.PUPPY if not f.allowed or "available" in f.allowed]
    lines = ["---", *(_line(f, known.get(f.key, ""), lang) for f in born), "---", "", ""]
    english = ["---", f"title: {scalar(name)}", _line(schema.SUMMARY, "", lang), "---", "", ""]
    first = schema.LANGUAGES[0]
    paths = tuple(place("puppies", slug, each, first) for each in schema.LANGUAGES)
    (root / paths[0]).parent.mkdir(parents=True)
    for path in paths:
        write_whole(root / path, "\n".join(lines if path == paths[0] else english).encode())
    return paths


def _line(f: Field[Any], value: str, lang: str) -> str:
    needed = f.required or "available" in f.needed or bool(value)
    text = f"{f.key}: {value}".rstrip() if needed else f"# {f.key}: {f.kind.example}"
    return f"{text:<{COLUMN}} # {_remark(f, lang)}"


def _remark(f: Field[Any], lang: str) -> str:
    kind = f.kind.kind if isinstance(f.kind, ListOf) else f.kind
    if isinstance(kind, Choice):
        return f"{label(f, lang)}: {' / '.join(_in_words(kind, lang))}"
    parts = [label(f, lang)]
    if not isinstance(kind, Flag) and not (isinstance(kind, Words) and kind.example == "…"):
        parts.append(say("for-example", lang, example=f.kind.example))
    if isinstance(f.kind, ListOf) and f.needed:
        parts.append(say("none-yet", lang))
    return " · ".join(part for part in (*parts, note(f.key, lang)) if part)


def _in_words(kind: Choice, lang: str) -> list[str]:
    """The words of a list; in Vietnamese each with what it means, which may be written as well."""
    first: dict[str, str] = {}
    for name, value in kind.also if lang == "vi" else ():
        first.setdefault(value, name)
    return [f"{value} ({first[value]})" if value in first else value for value in kind.values]
