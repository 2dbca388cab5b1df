"""Saves → one build for all files that changed together (I/O). livereload's watcher, fed by the system's own events."""

# livereload carries no types.
# mypy: allow-subclassing-any, disable-error-code="import-untyped"

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import livereload.watcher
import watchfiles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

SETTINGS = "site.yaml"
FOLDERS = ("content", "templates", "static")
STEP, DEBOUNCE = 5, 50
"""Milliseconds: events this close belong together; a stream of them is cut after so long."""
SETTLE = 0.01
"""Seconds without a further event before a build begins: a save is often several events, a "save all" several files."""
QUIET = 0.5
"""Seconds after a save in which one is likely to look, or to save again."""
LITTER = frozenset({".py", ".pyc", ".swp", ".swx", ".tmp", ".part", ".crdownload"})


def meant(path: Path) -> bool:
    """Whether a file of this relative path can change the site; editors and synchronisers leave others."""
    return path.suffix.lower() not in LITTER and not any(
        part.startswith((".", "~", "#")) or part.endswith("~") for part in path.parts
    )


class Watcher(livereload.watcher.Watcher):
    """Calls `build` in a thread with the paths that changed (relative to `root`), at first with none; and `finish` when
    nothing has changed for a while, which ends when it is told that something has, and says whether there is news."""

    def __init__(
        self, root: Path, build: Callable[[Collection[str]], None],
        finish: Callable[[Callable[[], bool]], bool] = lambda _stop: False, *, also: Collection[Path] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self._root, self._build, self._finish = root.resolve(), build, finish
        self._also = tuple(path.resolve() for path in also)
        for folder in self._folders():
            self.watch(str(folder))
        self._pending: set[str] = set()
        self._news, self._stopped, self._renew = asyncio.Event(), threading.Event(), threading.Event()
        self.built = asyncio.Event()
        """Set once the first build is through."""

    def start(self, callback: Callable[[], None]) -> bool:
        """Begin; `callback` is livereload's, called after every build. Called in the event loop."""
        self._loop = asyncio.get_running_loop()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._watch_top, self._watch_deep)]
        for thread in self._threads:
            thread.start()
        self._task = asyncio.create_task(self._run(callback))
        return True

    async def stop(self) -> None:
        """End; waits for a build that is under way."""
        self._stopped.set()
        self._renew.set()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        for thread in self._threads:
            await asyncio.to_thread(thread.join, 2)

    def examine(self) -> tuple[str | None, None]:
        """What livereload asks after its callback: the changed file, and no delay."""
        return self.filepath, None

    async def _run(self, callback: Callable[[], None]) -> None:
        changed: set[str] = set()
        while True:
            await asyncio.to_thread(self._build, changed)
            self.filepath = min(changed, default="*")
            callback()
            self.built.set()
            if await self._quiet() and await asyncio.to_thread(self._finish, self._news.is_set):
                callback()
            await self._news.wait()
            while self._news.is_set():
                self._news.clear()
                await asyncio.sleep(SETTLE)
            changed, self._pending = self._pending, set()

    async def _quiet(self) -> bool:
        """Whether nothing is saved for a while."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), QUIET)
        return not self._news.is_set()

    def _folders(self) -> list[Path]:
        return [folder for folder in (*(self._root / name for name in FOLDERS), *self._also) if folder.is_dir()]

    def _report(self, changes: Collection[tuple[watchfiles.Change, str]]) -> None:
        def note(names: set[str]) -> None:
            self._pending |= names
            self._news.set()

        paths = [Path(path) for _, path in changes]
        inside = {path: next((r for r in (self._root, *self._also) if path.is_relative_to(r)), None) for path in paths}
        names = {path.relative_to(base).as_posix() for path, base in inside.items() if base}
        if names := {name for name in names if meant(Path(name))}:
            self._loop.call_soon_threadsafe(note, names)

    def _watch_top(self) -> None:
        """The project's own folder, not what is below: site.yaml, and folders that come and go. (A watch on the file
        itself would be lost with the first editor that saves by renaming.)"""
        for changes in self._events((self._root,), self._stopped, recursive=False):
            known = {(change, path) for change, path in changes if Path(path).name in (SETTINGS, *FOLDERS)}
            settings = {each for each in known if Path(each[1]).name == SETTINGS}
            moved = {each for each in known - settings if each[0] is not watchfiles.Change.modified}
            if moved:
                self._renew.set()
            if settings | moved:
                self._report(settings | moved)

    def _watch_deep(self) -> None:
        while not self._stopped.is_set():
            self._renew.clear()
            if folders := self._folders():
                for changes in self._events(folders, self._renew, recursive=True):
                    self._report(changes)
            else:
                self._renew.wait()

    def _events(
        self, paths: Collection[Path], until: threading.Event, *, recursive: bool, polling: bool = False
    ) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        try:
            yield from watchfiles.watch(
                *paths, watch_filter=None, debounce=DEBOUNCE, step=STEP, stop_event=until, recursive=recursive,
                raise_interrupt=False, ignore_permission_denied=True, force_polling=polling or None,
            )  # fmt: skip
        except (OSError, RuntimeError):
            # Some file systems report nothing, and the number of watches is limited; looking now and then still works.
            if not polling and all(path.is_dir() for path in paths):
                yield from self._events(paths, until, recursive=recursive, polling=True)
