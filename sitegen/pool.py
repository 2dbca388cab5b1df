"""Work on several processes, where it is enough to pay for them."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")

SPAWN_PAYS = 8
"""A spawned process first has to load the program and the materials, so it needs so many times more work than a forked
one to be worth it."""


def forking() -> bool:
    """Whether a process may be forked: cheap, but unsafe beside threads (the preview's), and on macOS always."""
    return sys.platform == "linux" and threading.active_count() == 1


class Pool(Generic[S]):
    """Runs `work(room, items)` where `room = prepare(materials)` is made once a process.

    `jobs` 0 means one a core. Fewer than `pays` items are worked on here.
    """

    def __init__(self, prepare: Callable[[Any], S], materials: object, *, jobs: int, pays: int) -> None:
        self._prepare, self._materials = prepare, materials
        self._jobs = jobs or os.cpu_count() or 1
        self._pays = pays if forking() else pays * SPAWN_PAYS

    def run(
        self, work: Callable[[S, Sequence[T]], list[R]], items: Sequence[T], here: Callable[[], S],
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> Iterator[R]:  # fmt: skip
        """The results, in the order of the items. `here` gives the room of this process, when it does the work;
        `meanwhile` is what this process does while others work."""
        size = 64
        if self._jobs == 1 or len(items) < max(self._pays, 2):
            room = here()
            for start in range(0, len(items), size):
                progress(start, len(items))
                yield from work(room, items[start : start + size])
            progress(len(items), len(items))
            return
        import multiprocessing  # here, because most builds do too little for it
        from concurrent.futures import ProcessPoolExecutor

        if forking():
            # The process is copied, and the room with it.
            _ROOM[:] = [here()]
            executor = ProcessPoolExecutor(self._jobs, multiprocessing.get_context("fork"))
        else:
            context = multiprocessing.get_context("spawn")
            begin = (self._prepare, self._materials)
            executor = ProcessPoolExecutor(self._jobs, context, initializer=_begin, initargs=begin)
        with executor as pool:
            parts = [items[start : start + size] for start in range(0, len(items), size)]
            done = 0
            coming = pool.map(_work, [work] * len(parts), parts)
            meanwhile()
            for results in coming:
                done += len(results)
                progress(done, len(items))
                yield from results
        _ROOM.clear()


_ROOM: list[Any] = []
"""The room of this worker process."""


def _begin(prepare: Callable[[Any], Any], materials: object) -> None:
    _ROOM[:] = [prepare(materials)]


def _work(work: Callable[[Any, Sequence[T]], list[R]], items: Sequence[T]) -> list[R]:
    return work(_ROOM[0], items)
