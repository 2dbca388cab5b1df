"""What the preview shows now: the last site that could be built, or a page that says why there is none."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from sitegen import owner
from sitegen.errors import ContentError
from sitegen.preview.site import Answer, Site
from sitegen.preview.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from sitegen.preview.screens import Screens
    from sitegen.preview.site import Shown


@dataclass(frozen=True, slots=True)
class Notice:
    """One page for every address, while the site cannot be built. `told` is what the terminal says of it."""

    page: Answer
    told: str

    def answer(self, _path: str) -> Answer:
        """The same page everywhere."""
        return self.page


Scene: TypeAlias = Site | Notice


def attempt(build: Callable[[], Shown], screens: Screens) -> Scene:
    """Build; never raises: a mistake or a fault becomes the page that tells of it."""
    try:
        return Site(build())
    except Exception as error:
        return explained(error, screens)


def explained(error: Exception, screens: Screens) -> Notice:
    """The page that tells of mistakes, or of a fault of the program."""
    if isinstance(error, ContentError):
        return Notice(screens.mistakes(error.problems), owner.report(error.problems, screens.lang))
    trace = "".join(traceback.format_exception(error))
    return Notice(screens.crash(trace), say("broken", screens.lang, error=repr(error)) + "\n" + trace)


class Stage:
    """Holds the scene, and the next one until it is shown. `make` makes a site of the files as they are, and is told
    which ones have changed."""

    def __init__(
        self, make: Callable[[Collection[str]], Shown], screens: Screens, *, log: Callable[[str], None]
    ) -> None:
        self._make, self._screens, self._log = make, screens, log
        self._scene: Scene | None = None
        self._good: Site | None = None
        """The last site that could be built: a page of it may still be open beneath mistakes, and ask for pictures."""
        self._next: tuple[Scene, Collection[str], float] | None = None
        # The mistakes that were told last, until they are mended; some only come up when a page is made (`late`).
        self._open, self._late = "", False
        self._addresses: Mapping[tuple[str, str], str] = {}
        self._moved: dict[str, str] = {}

    def build(self, files: Collection[str]) -> bool:
        """Build, and show nothing of it yet; whether there was no mistake. `files` are those that changed (none: the
        first build). Runs in a thread."""
        began = time.perf_counter()
        scene = attempt(lambda: self._make(files), self._screens)
        self._next = scene, frozenset(files), (time.perf_counter() - began) * 1000
        return isinstance(scene, Site)

    def show(self) -> None:
        """Show what was built last, and tell of it."""
        assert self._next
        before, (self._scene, files, ms) = self._scene, self._next
        if isinstance(self._scene, Site) and not (isinstance(before, Site) and before.links is self._scene.links):
            self._follow(self._scene.addresses)
        if isinstance(self._scene, Notice):
            self._complain(self._scene, late=False)
        else:
            self._good = self._scene
            self._tell(files, ms)

    def answer(self, path: str) -> Answer:
        """What stands at `path` now. Wait for the first build before asking."""
        if self._scene is None:
            raise RuntimeError("nothing has been built yet")
        try:
            if isinstance(self._scene, Notice) and self._good and PurePosixPath(path).suffix not in ("", ".html"):
                found = self._good.answer(path)
                if found.status == 200:
                    return found
            return self._scene.answer(path)
        except Exception as error:
            return self._stumble(error).answer(path)

    def finish(self, stop: Callable[[], bool]) -> bool:
        """Make the pages that nobody looks at, so that their mistakes are told and they are there when one does. Ends
        early when `stop` says so; whether there is something new to see. Runs in a thread."""
        try:
            for _ in self._scene.rest() if isinstance(self._scene, Site) else ():
                if stop():
                    return False
                time.sleep(0)  # whoever asks for a page goes first
        except Exception as error:
            self._stumble(error)
            return True
        if self._open and isinstance(self._scene, Site):
            self._mended()
        return False

    def _stumble(self, error: Exception) -> Notice:
        """A page cannot be made, which is found out when it is."""
        self._scene = notice = explained(error, self._screens)
        self._complain(notice, late=True)
        return notice

    def whereto(self, path: str) -> str:
        """Where the page that once stood at `path` is now; `path` itself if it never moved."""
        return self._moved.get(path, path)

    def _follow(self, addresses: Mapping[tuple[str, str], str]) -> None:
        """A new title is a new address: an open page follows its document there."""
        moves = {old: addresses[key] for key, old in self._addresses.items() if addresses.get(key, old) != old}
        taken = set(addresses.values())
        self._moved = {old: new for old, new in (self._moved | moves).items() if old not in taken}
        self._addresses = addresses

    def _complain(self, notice: Notice, *, late: bool) -> None:
        """A mistake is told once, however often other files are saved meanwhile."""
        if notice.told != self._open:
            self._log(notice.told)
        self._open, self._late = notice.told, late

    def _tell(self, files: Collection[str], ms: float) -> None:
        """One line a build."""
        if self._open and not self._late:
            self._mended()
        elif files:
            first, *more = sorted(files)
            lang, now = self._screens.lang, time.strftime("%H:%M:%S")
            named = say("more-files", lang, first=first, count=len(more)) if more else first
            self._log(say("rebuilt", lang, time=now, files=named, ms=round(ms)))

    def _mended(self) -> None:
        self._open = ""
        self._log(say("mended", self._screens.lang, time=time.strftime("%H:%M:%S")))
