"""Saves → one build for all files that changed together (I/O). livereload's watcher, fed by the system's own events.

A build begins with the first event. Should it turn out that more files belonged to the same save, it is not shown but
done again with them: the next one has little left to do, and a lone save, which most are, has waited for nobody.
"""

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
STEP, DEBOUNCE = 2, 50
"""Milliseconds: events this close belong together; a stream of them is cut after so long."""
TOGETHER = 0.05
"""Seconds: what is saved so soon after another file is shown with it, as by "save all" or by a synchronised folder."""
SETTLE = 0.02
"""Seconds for what looks wrong to come right by itself: a file that is gone may be on its way back, one with a mistake
be only half written."""
QUIET = 0.5
"""Seconds after a save in which one is likely to look, or to save again."""
LITTER = frozenset({".py", ".pyc", ".swp", ".swx", ".tmp", ".part", ".crdownload"})


def meant(path: Path) -> bool:
    """Whether a file of this relative path can change the site; editors and synchronisers leave others."""
    return path.suffix.lower() not in LITTER and not any(
        part.startswith((".", "~", "#")) or part.endswith("~") for part in path.parts
    )


class Watcher(livereload.watcher.Watcher):
    """Calls `build` in a thread with the paths that changed (relative to `root`), at first with none; then `show`. When
    nothing has changed for a while, it calls `finish`, which ends when it is told that something has, and says whether
    there is news. `build` says whether there was no mistake."""

    def __init__(
        self, root: Path, build: Callable[[Collection[str]], bool], show: Callable[[], None],
        finish: Callable[[Callable[[], bool]], bool] = lambda _stop: False, *, also: Collection[Path] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self._root, self._build, self._show, self._finish = root.resolve(), build, show, finish
        self._also = tuple(path.resolve() for path in also)
        for folder in self._folders():
            self.watch(str(folder))
        self._pending: set[str] = set()
        self._came, self._vanished = 0.0, False
        self._news, self._stopped, self._renew = asyncio.Event(), threading.Event(), threading.Event()
        self.more = self._news.is_set
        """Whether something has been saved that no build has taken up yet."""
        self.built = asyncio.Event()
        """Set while what is shown is what has been saved: cleared as soon as a save is seen, set when it is shown."""

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
        changed, began = set[str](), 0.0
        while True:
            sound = await asyncio.to_thread(self._build, changed)
            if not sound:
                await self._quiet(SETTLE)
            if self.more() and self._came - began < TOGETHER:
                changed |= self._take()
                continue
            self._show()
            self.filepath = min(changed, default="*")
            callback()
            self.built.set()
            if await self._quiet(QUIET) and await asyncio.to_thread(self._finish, self.more):
                callback()
            await self._news.wait()
            if self._vanished:
                await asyncio.sleep(SETTLE)
            changed, began = self._take(), self._came

    def _take(self) -> set[str]:
        """What has changed since the last time."""
        self.built.clear()
        self._news.clear()
        taken, self._pending, self._vanished = self._pending, set(), False
        return taken

    async def _quiet(self, seconds: float) -> bool:
        """Whether nothing is saved for so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)
        return not self.more()

    def _folders(self) -> list[Path]:
        return [folder for folder in (*(self._root / name for name in FOLDERS), *self._also) if folder.is_dir()]

    def _report(self, changes: Collection[tuple[watchfiles.Change, str]]) -> None:
        def note(names: set[str], vanished: bool) -> None:
            if not self._pending:
                self._came, self._vanished = self._loop.time(), vanished
            self._pending |= names
            self._news.set()
            self.built.clear()

        paths = [Path(path) for _, path in changes]
        inside = {path: next((r for r in (self._root, *self._also) if path.is_relative_to(r)), None) for path in paths}
        names = {path.relative_to(base).as_posix() for path, base in inside.items() if base}
        if names := {name for name in names if meant(Path(name))}:
            self._loop.call_soon_threadsafe(note, names, not any(path.exists() for path in paths))

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
