"""A line that counts, on anything that takes longer than a second; silent when nobody is watching."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 1.0
"""Seconds after which one wonders whether anything happens."""
WIDTH = 24


def bar(label: str, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> Callable[[int, int], None]:
    """A `progress(done, total)` that draws a bar with counts and the time left on `stream`, if that is a terminal."""
    if not stream.isatty():
        return lambda _done, _total: None
    start = clock()

    def tell(done: int, total: int) -> None:
        passed = clock() - start
        if passed < PATIENCE and done < total:
            return
        filled = WIDTH * done // max(total, 1)
        left = f" ~{passed / done * (total - done):.0f} s" if 0 < done < total else ""
        end = "\n" if done >= total and passed >= PATIENCE else ""
        if passed >= PATIENCE:
            stream.write(f"\r{label} {'█' * filled}{'░' * (WIDTH - filled)} {done}/{total}{left}   {end}")
            stream.flush()

    return tell
