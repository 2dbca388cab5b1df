"""Whether anything has changed at all, and what in the output folder is not as it was written: by stamps alone.

The first thing that a build does, and the last when nothing has changed: so this loads nothing but the standard
library, and asks the system about each file just once.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from sitegen.memo import Lost, digest
from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sitegen.memo import Memo
    from sitegen.options import Options


class Glance(Record):
    """`same`: no file has changed since the last build, which was asked for the same; `facts` are what it had to say.
    `ours`: the memory knows the output folder, and `damaged` are the files in it that have changed; `stamps` are those
    of all files, as they were written. `changed` are the files and folders of the site whose stamps are not what they
    were; None: nothing is known of them."""

    same: bool
    facts: Mapping[str, str]
    ours: bool
    damaged: frozenset[str]
    stamps: Mapping[str, tuple[int, int]]
    changed: tuple[str, ...] | None = None


NOTHING = Glance(False, {}, False, frozenset(), {})
"""As if nothing had ever been built."""


MANY = 10_000
"""How many files there must be before a second process for those that were written is worth its start."""


def look(root: Path, out: Path, memo: Memo, options: Options) -> Glance:
    """Compare the files with what the memory knows of them."""
    try:
        facts = memo.facts()
        if facts.get("out") != str(out):
            return NOTHING
        written, sources = memo.outputs(), memo.sources()
    except Lost:
        memo.forget()
        return NOTHING

    there, here, until = f"{out}{os.sep}", f"{root}{os.sep}", settled_until(facts)

    def meddled() -> list[str]:
        return _odd(there, written.items(), sys.maxsize)

    if len(written) + len(sources) >= MANY and options.jobs != 1:
        from sitegen.pool import aside  # only here: it brings more than a small site's glance needs

        meddled = aside(meddled)
    odd = _odd(here, sources.items(), until)
    damaged = frozenset(meddled())
    changed = tuple([path for path in odd if not _same(here + path, sources[path], until)])
    same = not damaged and not changed and facts.get("asked") == asked(options)
    return Glance(same, facts, True, damaged, written, changed)


def content(path: str, known: tuple[int, int]) -> bytes:
    """What a stamp stands for: the bytes of a file, the names in a folder."""
    if known[1] < 0:
        return "\n".join(sorted(os.listdir(path))).encode("utf-8", "surrogatepass")  # noqa: PTH208  (as `stamp`)
    with open(path, "rb") as file:  # noqa: PTH123  (as `stamp`)
        return file.read()


def settled_until(facts: Mapping[str, str]) -> int:
    """A stamp before this moment (nanoseconds) proves that its file has not changed since the build that `facts` tell
    of. A younger one does not: the file may have been saved twice within one tick of its clock (FAT: 2 s)."""
    return int(facts.get("began", 0)) - 2_000_000_000


def _odd(folder: str, known: Iterable[tuple[str, tuple[int, int] | tuple[int, int, str]]], until: int) -> list[str]:
    """Those files whose stamps are not what they were, or were too young. (A loop that calls nothing but the system: it
    is gone through for every file of the site in every build.)"""
    stat, odd = os.stat, []
    for path, stamp_then in known:
        try:
            now = stat(folder + path)
        except OSError:
            odd.append(path)
            continue
        size = stamp_then[1]
        if not (now.st_mtime_ns == stamp_then[0] < until and (now.st_size == size or size < 0)):
            odd.append(path)
    return odd


def _same(path: str, known: tuple[int, int, str], until: int) -> bool:
    now = stamp(path)
    # Some programs save by putting a new file in the place of the old one, which is no change of the folder: there it
    # is the names that count.
    if now is None or (now != known[:2] and known[1] >= 0):
        return False
    if now[0] == known[0] < until:
        return True
    with suppress(OSError):
        return digest(content(path, known[:2])) == known[2]
    return False


def asked(options: Options) -> str:
    """What of the options decides over the bytes."""
    return json.dumps(
        [options.today.isoformat(), options.production, options.share_pictures, options.drawings, options.lang]
    )


def stamps(out: Path, paths: Mapping[str, tuple[int, int] | None]) -> dict[str, tuple[int, int]]:
    """The stamp of every file in `out`: those that are not known are asked for."""
    found = {path: known or stamp(f"{out}{os.sep}{path}") for path, known in paths.items()}
    return {path: now for path, now in found.items() if now}


def stamp(path: str) -> tuple[int, int] | None:
    """Modification time in nanoseconds and size in bytes; None when nothing is there."""
    try:
        stat = os.stat(path)  # noqa: PTH116  (a `Path` for each of ten thousand files takes longer than the system)
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
