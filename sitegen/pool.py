"""Work on several processes, where it is enough to pay for them."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")

SIZE, TURNS = 32, 8
"""Items that a process takes at a time, at the most, and how often it takes some, at the least: few enough that all are
done at about the same time."""
PIPE = 1 << 20
"""Bytes of results that may wait to be fetched (Linux's limit for everybody), so that a helper need not."""
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
    ) -> list[R]:  # fmt: skip
        """The results, in the order of the items. `here` gives the room of this process, when it does the work;
        `meanwhile` is what this process does first while others have begun. Each process begins with its own
        part of the items, in their order, and then helps the others."""
        if self._jobs == 1 or len(items) < max(self._pays, 2):
            meanwhile()
            return _collected(_alone(work, here(), items), len(items), progress)
        if forking():
            return _collected(_forked(work, here(), items, self._jobs, meanwhile), len(items), progress)
        size = _size(len(items), self._jobs)
        with spawned(self._jobs, self._prepare, self._materials) as pool:
            parts = [items[start : start + size] for start in range(0, len(items), size)]
            coming = pool.map(_work, [work] * len(parts), parts)
            meanwhile()
            return _collected(zip(range(0, len(items), size), coming, strict=True), len(items), progress)


def aside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin `work` in a forked process, where there can be one; what is given back waits for its result."""
    if not forking():
        return work
    helper = _Helper(lambda: iter((work(),)))

    def result() -> T:
        (found,) = helper.end()
        return cast("T", found)

    return result


def _size(count: int, jobs: int) -> int:
    return max(1, min(SIZE, count // (jobs * TURNS)))


def _collected(coming: Iterator[tuple[int, list[R]]], total: int, progress: Callable[[int, int], None]) -> list[R]:
    found, done = {}, 0
    for start, results in coming:
        found[start] = results
        done += len(results)
        progress(done, total)
    return [result for start in sorted(found) for result in found[start]]


def _alone(work: Callable[[S, Sequence[T]], list[R]], room: S, items: Sequence[T]) -> Iterator[tuple[int, list[R]]]:
    for start in range(0, len(items), SIZE):
        yield start, work(room, items[start : start + SIZE])


# Forked: the processes are copies of this one, rooms and items and all, and only results are handed back.


def _forked(
    work: Callable[[S, Sequence[T]], list[R]], room: S, items: Sequence[T], jobs: int,
    meanwhile: Callable[[], object],
) -> Iterator[tuple[int, list[R]]]:  # fmt: skip
    size = _size(len(items), jobs)
    queues = [_queue(part) for part in _shares(len(items), size, jobs)]
    helpers: list[_Helper] = []
    try:
        for n in range(1, len(queues)):
            others = queues[n:] + queues[:n]
            helpers += [_Helper(partial(_taken, work, room, items, size, others))]
        meanwhile()
        for each in _taken(work, room, items, size, queues):
            yield each
            for helper in helpers:
                yield from helper.fetch()
        for helper in helpers:
            yield from helper.end()
    finally:
        for queue in queues:
            os.close(queue)
        for helper in helpers:
            helper.ignore()
        for helper in helpers:
            helper.dismiss()


def _shares(count: int, size: int, jobs: int) -> list[range]:
    """Where the pieces of each process's own part begin."""
    pieces = range(0, count, size)
    each = -(-len(pieces) // jobs)
    return [pieces[n : n + each] for n in range(0, len(pieces), each)]


def _queue(numbers: range) -> int:
    """A pipe full of numbers: whoever reads one, in whatever process, has it to itself; at the end there is no more."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(4, "big") for number in numbers))
    os.close(writing)
    return reading


def _taken(
    work: Callable[[S, Sequence[T]], list[R]], room: S, items: Sequence[T], size: int, queues: Sequence[int]
) -> Iterator[tuple[int, list[R]]]:
    for queue in queues:
        while number := os.read(queue, 4):
            start = int.from_bytes(number, "big")
            yield start, work(room, items[start : start + size])


class _Helper:
    """A forked process that sends what `results` yields, each as it comes."""

    def __init__(self, results: Callable[[], Iterator[Any]]) -> None:
        self._reading, writing = os.pipe()
        self._waiting = bytearray()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._reading)  # or nobody would tell it that the other end has been closed
            _send(results, writing)
        os.close(writing)
        os.set_blocking(self._reading, False)

    def fetch(self) -> Iterator[Any]:
        """What has come by now. Raises what was raised there."""
        with suppress(BlockingIOError):
            while data := os.read(self._reading, PIPE):
                self._waiting += data
        while len(self._waiting) >= 8:
            end = 8 + int.from_bytes(self._waiting[:8], "big")
            if len(self._waiting) < end:
                return
            result = pickle.loads(self._waiting[8:end])
            del self._waiting[:end]
            if isinstance(result, BaseException):
                raise result
            yield result

    def end(self) -> Iterator[Any]:
        """All that is still to come."""
        os.set_blocking(self._reading, True)
        yield from self.fetch()
        status = self.dismiss()
        if status:
            raise ChildProcessError(f"a process of this build ended with {status} before its work was done")

    def ignore(self) -> None:
        """Fetch nothing any more: a helper that has still something to say ends there. (When there are several, all of
        them are ignored before one is waited for: the later ones hold the earlier ones' pipes open too.)"""
        reading, self._reading = self._reading, -1
        if reading >= 0:
            os.close(reading)

    def dismiss(self) -> int:
        """Wait for its end; its exit status, which is not zero when it was killed."""
        self.ignore()
        pid, self.pid = self.pid, 0
        if not pid:
            return 0
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _send(results: Callable[[], Iterator[Any]], writing: int) -> None:
    """The life of a helper. It ends without any of Python's farewells, which are the parent's to say."""
    status = 1
    try:
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, PIPE)
        with open(writing, "wb") as pipe:
            try:
                for result in results():
                    _put(result, pipe)
            except Exception as error:
                _put(error, pipe)
        status = 0
    finally:
        os._exit(status)


def _put(value: object, pipe: Any) -> None:
    data = pickle.dumps(value, 5)
    pipe.write(len(data).to_bytes(8, "big") + data)
    pipe.flush()


# Spawned: the processes begin anew and have to be told everything.

_ROOM: list[Any] = []
"""The room of this worker process."""


def _empty(_: object) -> None:
    """A room with nothing in it."""


@contextmanager
def spawned(
    workers: int, prepare: Callable[[Any], Any] = _empty, materials: object = None
) -> Iterator[ProcessPoolExecutor]:
    """Processes that begin anew: alike on every system, and safe beside the preview server's threads. None is left
    when the block is, however it is left."""
    from concurrent.futures import ProcessPoolExecutor  # here, because most builds do too little for it
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_begin, initargs=(prepare, materials)
    )
    try:
        yield pool
    except BaseException:
        # Nobody waits for a photo that is half encoded. (`terminate_workers` comes with Python 3.14.)
        for process in list(pool._processes.values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(prepare: Callable[[Any], Any], materials: object) -> None:
    # Ctrl+C is said to all processes of a terminal; the one that was started by hand ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()
    _ROOM[:] = [prepare(materials)]


def _follow() -> None:
    """End with the process that asked for the work, also when that is killed and can end nobody: the others hold the
    pipes open that would tell of it."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(work: Callable[[Any, Sequence[T]], list[R]], items: Sequence[T]) -> list[R]:
    return work(_ROOM[0], items)
