"""Reading what the owner and the maintainer wrote. The only room, besides the photo cache, that reads files."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sitegen.errors import ContentError, problem
from sitegen.front import decode
from sitegen.model import PhotoFile
from sitegen.pictures import SUFFIXES
from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sitegen.errors import Problem
    from sitegen.pictures import Photo

SETTINGS = "site.yaml"
CONTENT = "content"


Stamp: TypeAlias = tuple[int, int]
"""Modification time in nanoseconds and size in bytes; -1 for a folder, whose time changes when files come and go."""

FOLDERS = (CONTENT, "templates", "static")
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "Desktop.ini"})
"""What systems leave in a folder that somebody has looked at."""


_NONE: Mapping[str, None] = {}


class Overlay(Record):
    """What the site would be made of if a draft were saved. `texts`: path → the bytes that count instead of the file's;
    None: as if the file were gone. `photos`: path → the developed photo that is to be shown there; None: as if gone."""

    texts: Mapping[str, bytes | None] = _NONE
    photos: Mapping[str, Photo | None] = _NONE

    def over(self, seen: Mapping[str, Stamp]) -> dict[str, Stamp]:
        """The stamps with the draft's own, which follow its bytes, so that equal drafts are equal."""
        if not self.texts and not self.photos:
            return dict(seen)
        marks = {path: data for path, data in self.texts.items() if data is not None}
        marks |= {path: photo.digest.encode() for path, photo in self.photos.items() if photo is not None}
        kept = {path: stamp for path, stamp in seen.items() if path not in self.texts and path not in self.photos}
        return kept | {
            path: (int.from_bytes(blake2b(data, digest_size=7).digest()), len(data)) for path, data in marks.items()
        }


NO_OVERLAY = Overlay()


def look(root: Path) -> dict[str, Stamp]:
    """The stamps of every file and folder that the site is made from, by path relative to `root`. Reads none."""
    found: dict[str, Stamp] = {}
    for name in FOLDERS:
        if (root / name).is_dir():
            _look(f"{root}{os.sep}{name}", name, found)
    try:
        stat = (root / SETTINGS).stat()
    except OSError:
        raise ContentError([problem(SETTINGS, 0, "no-settings")]) from None
    found[SETTINGS] = stat.st_mtime_ns, stat.st_size
    return found


def look_again(root: Path, seen: Mapping[str, Stamp], changed: Iterable[str]) -> dict[str, Stamp] | None:
    """The stamps that are new, when nothing but these files can have changed since `seen`. None: there is more to it
    than files that were saved, and everything has to be looked at."""
    found: dict[str, Stamp] = {}
    for path in changed:
        folder = path.rpartition("/")[0]
        try:
            if seen[path][1] < 0:
                return None
            stat = (root / path).stat()
            if folder:  # some programs save by putting another file in the place of the old one
                found[folder] = (root / folder).stat().st_mtime_ns, -1
        except (OSError, KeyError):
            return None
        found[path] = stat.st_mtime_ns, stat.st_size
    return found


def _look(folder: str, name: str, found: dict[str, Stamp]) -> None:
    """Everything below, without hidden files and what systems, editors and synchronisers leave (`~$x`, `x~`). Plain
    strings, because this looks at every file of the site in every build."""
    with os.scandir(folder) as entries:
        found[name] = os.stat(folder).st_mtime_ns, -1  # noqa: PTH116  (plain strings, see above)
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.name.startswith((".", "~")) or entry.name.endswith("~") or entry.name in LITTER:
                continue
            if entry.is_dir():
                _look(entry.path, f"{name}/{entry.name}", found)
            else:
                stat = entry.stat()
                found[f"{name}/{entry.name}"] = stat.st_mtime_ns, stat.st_size


def is_text(path: str) -> bool:
    """Whether a path names a Markdown file of the owner's."""
    return path.startswith(CONTENT + "/") and path.lower().endswith(".md")


def misnamed(seen: Iterable[str]) -> list[Problem]:
    """Texts that Windows has given a second ending, so that they are none: `index.md.txt`."""
    found = [path for path in seen if path[-7:].lower() == ".md.txt" and path.startswith(CONTENT + "/")]
    names = [path.rpartition("/")[2] for path in found]
    return [
        problem(path, 0, "text-ending", name=name, wanted=name.removesuffix(name[-4:]))
        for path, name in zip(found, names, strict=True)
    ]


def photos(seen: Mapping[str, Stamp]) -> tuple[PhotoFile, ...]:
    """The photos among the files seen."""
    found = [
        PhotoFile(path, size, mtime)
        for path, (mtime, size) in seen.items()
        if not path.endswith(".md") and size >= 0 and path.startswith(CONTENT + "/")
        and f".{path.rpartition('.')[2].lower()}" in SUFFIXES
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda photo: photo.path))


def read_texts(folder: Path, pattern: str) -> dict[str, str]:
    """The text files of templates/ or static/ that match, by their path in the folder. Raises `ContentError` for those
    that are not UTF-8."""
    texts: dict[str, str] = {}
    faults: list[Problem] = []
    for path in sorted(folder.rglob(pattern)):
        if not path.name.startswith("."):
            try:
                texts[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                root = next(parent for parent in path.parents if parent.name in FOLDERS).parent
                faults += decode(path.read_bytes(), path.relative_to(root).as_posix())[1]
    if faults:
        raise ContentError(faults)
    return texts
