"""Make dist/ hold exactly these outputs, whole or not at all."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.errors import ContentError, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sitegen.model import Output

MARK = ".milu-xinh.json"
"""Lies in every folder that this program made: only such a folder is ever replaced. It holds each file's digest."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, kept as they were, and removed."""

    changed: int
    same: int
    removed: int


def write(outputs: Iterable[Output], out: Path) -> Written:
    """Make `out` hold exactly these files; return how many changed.

    The new folder is built beside the old one and takes its place in one step, so that whoever looks, at any moment
    and after any interruption, sees a whole site. Unchanged files are the very same files (hard links), so that they
    keep their date and uploads stay small. Raises `ContentError` when `out` is a folder of somebody else's.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    _tidy(out)
    old = _manifest(out)
    old_mark = (out / MARK).stat().st_mtime_ns if old else 0
    new: dict[str, str] = {}
    stage = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
    try:
        stage.chmod(0o755)
        same = 0
        made: set[Path] = set()
        for output in outputs:
            target = stage / output.path
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            digest = _digest(output.content)
            new[output.path] = digest
            if old.get(output.path) == digest and _take_over(out / output.path, target, old_mark):
                same += 1
            elif isinstance(output.content, Path):
                shutil.copyfile(output.content, target)
            else:
                target.write_bytes(output.content)
        (stage / MARK).write_text(json.dumps(new, indent=0, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
        _swap(stage, out)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Written(len(new) - same, same, len(old.keys() - new.keys()))


def clean(out: Path) -> None:
    """Remove `out`, if this program made it."""
    if out.exists():
        _manifest(out)
        shutil.rmtree(out)


def _manifest(out: Path) -> Mapping[str, str]:
    """What is in `out` by its own account; raises `ContentError` when it is not a folder of ours."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return {}
    try:
        found = json.loads((out / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise ContentError([problem(str(out.name), 0, "out-not-ours", folder=out.name)])
    return found


def _digest(content: bytes | Path) -> str:
    """Of the bytes; of a cached photo its name, which is made from its bytes."""
    if isinstance(content, Path):
        return f"{content.name}:{content.stat().st_size}"
    return hashlib.sha256(content).hexdigest()[:32]


def _take_over(old: Path, new: Path, written_until: int) -> bool:
    """Take over an unchanged file. False when somebody has changed it since (it is younger than the mark), when it is
    gone, or when the file system has no hard links."""
    try:
        if old.stat().st_mtime_ns > written_until:
            return False
        os.link(old, new)
    except OSError:
        return False
    return True


def _prefix(out: Path) -> str:
    return f".{out.name}-making-"


def _tidy(out: Path) -> None:
    """Clear away what a killed build left: an unfinished folder, or (where folders cannot be exchanged in one step)
    the old one that had been moved aside just before."""
    aside = out.with_name(f".{out.name}-aside")
    if aside.exists():
        if out.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(out)
    for left in out.parent.glob(f"{_prefix(out)}*"):
        # Another build may be at work beside this one; what is an hour old is nobody's.
        if time.time() - left.stat().st_mtime > 3600 or not _alive(left):
            shutil.rmtree(left, ignore_errors=True)


def _alive(stage: Path) -> bool:
    """Whether a build may still be filling this folder: it was touched within the last minute."""
    return time.time() - stage.stat().st_mtime < 60


def _swap(stage: Path, out: Path) -> None:
    """Put `stage` in the place of `out`; afterwards `stage` is the old folder, or gone."""
    if not out.exists():
        stage.rename(out)
    elif not _exchange(stage, out):
        aside = out.with_name(f".{out.name}-aside")
        _rename(out, aside)
        try:
            _rename(stage, out)
        except OSError:
            aside.rename(out)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def _rename(old: Path, new: Path) -> None:
    """Rename a folder; Windows refuses for a moment while a file in it is being read."""
    for pause in (0.05, 0.1, 0.2, 0.4, 0.8):
        try:
            old.rename(new)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    old.rename(new)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step where the system can: renameat2(2) on Linux, renamex_np(2) on macOS."""
    if not sys.platform.startswith(("linux", "darwin")):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(first), os.fsencode(second)
    here, exchange, swap = -100, 2, 2  # AT_FDCWD, RENAME_EXCHANGE, RENAME_SWAP
    try:
        if sys.platform == "darwin":
            return bool(library.renamex_np(a, b, swap) == 0)
        return bool(library.renameat2(here, a, here, b, exchange) == 0)
    except AttributeError:
        return False
