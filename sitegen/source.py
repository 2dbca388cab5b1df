"""Reading what the owner and the maintainer wrote. The only room, besides the photo cache, that reads files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.errors import ContentError, problem
from sitegen.model import PhotoFile, SourceFile, Sources
from sitegen.pictures import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = "site.yaml"
CONTENT = "content"


def read_sources(root: Path) -> Sources:
    """Everything that the owner wrote under `root`: site.yaml, Markdown files, and the photos' names and sizes."""
    settings = root / SETTINGS
    if not settings.is_file():
        raise ContentError([problem(SETTINGS, 0, "no-settings")])
    content, photos = [], []
    for path, stat in _walk(root / CONTENT):
        name = path.relative_to(root).as_posix()
        if path.suffix.lower() == ".md":
            content.append(SourceFile(name, path.read_bytes()))
        elif path.suffix.lower() in SUFFIXES:
            photos.append(PhotoFile(name, stat.st_size, stat.st_mtime_ns))
    by_path = sorted(content, key=lambda f: f.path)
    return Sources(
        SourceFile(SETTINGS, settings.read_bytes()), tuple(by_path), tuple(sorted(photos, key=lambda p: p.path))
    )


def read_texts(folder: Path, pattern: str) -> dict[str, str]:
    """The text files of templates/ or static/ that match, by their path in the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob(pattern))
        if not path.name.startswith(".")
    }


def _walk(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """All files below, without hidden ones and what editors and synchronisers leave (`~$x`, `x~`)."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.name.startswith((".", "~")) or entry.name.endswith("~"):
                continue
            if entry.is_dir():
                yield from _walk(Path(entry.path))
            else:
                yield Path(entry.path), entry.stat()
