"""Drawn pictures: named by what they show, drawn once, kept in .cache/drawings (I/O)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sitegen import portrait
from sitegen.memo import digest
from sitegen.model import Output

FOLDER = "drawings/"


class Drawing(NamedTuple):
    """A picture to draw: a scene with a sitter, or one of the shop's own (`what` is its name). `name` is the file's."""

    name: str
    what: portrait.Sitter | str
    scene: int = 0

    def svg(self) -> str:
        """Draw it."""
        if isinstance(self.what, str):
            return portrait.scene_art(self.what)
        return portrait.draw(self.what, self.scene)


def of_sitter(stem: str, sitter: portrait.Sitter) -> tuple[Drawing, ...]:
    """The sitter in every scene. `stem` begins the files' names, for those who read addresses."""
    facts = _facts(sitter)
    return tuple([Drawing(f"{stem}-{scene}.{facts}.svg", sitter, scene) for scene in range(portrait.SCENES)])


@cache
def of_shop(what: str) -> Drawing:
    """One of the shop's own pictures."""
    return Drawing(f"{what}.{_facts(what)}.svg", what)


def _facts(what: portrait.Sitter | str) -> str:
    """What makes a file's name change: the facts and the pencil, which together decide every byte. So the name is known
    before anything has been drawn."""
    return digest(_pencil(), repr(what))[:8]


@cache
def _pencil() -> str:
    """The digest of the drawing program."""
    folder = Path(portrait.__file__).parent
    return digest(*(path.read_bytes().replace(b"\r\n", b"\n") for path in sorted(folder.glob("*.py"))))


class Easel:
    """Keeps drawings in `folder`. `shown` are those that the pages show, by name; without `drawn` the addresses are
    the same, and no picture is made (the benchmark beside builders that draw nothing)."""

    def __init__(self, folder: Path, drawn: bool = True) -> None:
        self.folder, self.drawn = folder, drawn
        self.shown: dict[str, Drawing] = {}

    def show(self, drawing: Drawing) -> str:
        """Note that a page shows the drawing; return its file's name."""
        name = drawing.name
        self.shown.setdefault(name, drawing)
        return name

    def text(self, drawing: Drawing) -> str:
        """The drawing itself, from the cache if it is there."""
        path = self.folder / drawing.name
        try:
            found = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            found = ""
        if found.startswith("<svg") and found.endswith("</svg>"):
            return found
        svg = drawing.svg()
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{drawing.name}.{os.getpid()}.new")
        fresh.write_text(svg, encoding="utf-8", newline="\n")
        fresh.replace(path)
        return svg


def kept(folder: Path) -> frozenset[str]:
    """The names of all files in a cache folder."""
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208  (thousands of names, no paths needed)
    except OSError:
        return frozenset()


def output(name: str, folder: Path) -> Output:
    """A kept drawing as a file of the site."""
    return Output(FOLDER + name, folder / name, "drawing")
