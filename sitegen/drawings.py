"""Drawn pictures: named by what they show, drawn once, kept in .cache/drawings (I/O)."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from sitegen import portrait
from sitegen.memo import digest
from sitegen.model import Output

FOLDER = "drawings/"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to draw: a scene with a sitter, or one of the shop's own (`what` is its name). `stem` begins the
    file's name, for those who read addresses, and says which scene it is."""

    stem: str
    what: portrait.Sitter | str
    scene: int = 0

    @property
    def name(self) -> str:
        """The file's name. It changes with the facts and with the pencil, which together decide every byte: so it is
        known before anything has been drawn."""
        return f"{self.stem}.{_facts(self.what)}.svg"

    def svg(self) -> str:
        """Draw it."""
        if isinstance(self.what, str):
            return portrait.scene_art(self.what)
        return portrait.draw(self.what, self.scene)


@lru_cache(maxsize=65536)
def _facts(what: portrait.Sitter | str) -> str:
    return digest(_pencil(), repr(what))[:8]


@cache
def _pencil() -> str:
    """The digest of the drawing program."""
    folder = Path(portrait.__file__).parent
    return digest(*(path.read_bytes().replace(b"\r\n", b"\n") for path in sorted(folder.glob("*.py"))))


@dataclass(slots=True)
class Easel:
    """Keeps drawings in `folder`. `shown` are those that the pages show, by name; without `drawn` the addresses are
    the same, and no picture is made (the benchmark beside builders that draw nothing)."""

    folder: Path
    drawn: bool = True
    shown: dict[str, Drawing] = field(default_factory=dict)

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
