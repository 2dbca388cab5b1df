"""Whether anything has changed at all, and what in the output folder is not as it was written: by stamps alone.

The first thing that a build does, and the last when nothing has changed: so this loads nothing but the standard
library, and asks the system about each file just once.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.memo import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sitegen.memo import Memo
    from sitegen.options import Options


@dataclass(frozen=True, slots=True)
class Glance:
    """`same`: no file has changed since the last build, which was asked for the same; `facts` are what it had to say.
    `ours`: the memory knows the output folder, and `damaged` are the files in it that have changed; `stamps` are those
    of all files, as they were written."""

    same: bool
    facts: Mapping[str, str]
    ours: bool
    damaged: frozenset[str]
    stamps: Mapping[str, tuple[int, int]]


NOTHING = Glance(False, {}, False, frozenset(), {})
"""As if nothing had ever been built."""


def look(root: Path, out: Path, memo: Memo, options: Options) -> Glance:
    """Compare the files with what the memory knows of them."""
    facts = memo.facts()
    if facts.get("out") != str(out):
        return NOTHING
    written = memo.outputs()
    damaged = frozenset(path for path, stamp in written.items() if _stamp(f"{out}{os.sep}{path}") != stamp)
    same = not damaged and facts.get("asked") == asked(options)
    if same:
        sources = memo.sources()  # none at all: what was known of them cannot be read
        same = bool(sources) and all(_same(f"{root}{os.sep}{path}", sources[path], facts) for path in sources)
    return Glance(same, facts, True, damaged, written)


def content(path: str, stamp: tuple[int, int]) -> bytes:
    """What a stamp stands for: the bytes of a file, the names in a folder."""
    if stamp[1] < 0:
        return "\n".join(sorted(os.listdir(path))).encode("utf-8", "surrogatepass")  # noqa: PTH208  (as `_stamp`)
    with open(path, "rb") as file:  # noqa: PTH123  (as `_stamp`)
        return file.read()


def settled(stamp: tuple[int, int], facts: Mapping[str, str]) -> bool:
    """Whether a stamp proves that its file has not changed since the build that `facts` tell of. One that was young
    then does not: the file may have been saved twice within one tick of its clock (FAT: 2 s)."""
    return stamp[0] < int(facts.get("began", 0)) - 2_000_000_000


def _same(path: str, known: tuple[int, int, str], facts: Mapping[str, str]) -> bool:
    now = _stamp(path)
    if now is None or now[0] != known[0] or (known[1] >= 0 and now[1] != known[1]):
        return False
    return settled(known[:2], facts) or digest(content(path, known[:2])) == known[2]


def asked(options: Options) -> str:
    """What of the options decides over the bytes."""
    return json.dumps(
        [options.today.isoformat(), options.production, options.share_pictures, options.drawings, options.lang]
    )


def stamps(out: Path, paths: Mapping[str, tuple[int, int] | None]) -> dict[str, tuple[int, int]]:
    """The stamp of every file in `out`: those that are not known are asked for."""
    found = {path: known or _stamp(f"{out}{os.sep}{path}") for path, known in paths.items()}
    return {path: stamp for path, stamp in found.items() if stamp}


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        stat = os.stat(path)  # noqa: PTH116  (a `Path` for each of ten thousand files takes longer than the system)
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
