"""A lone save waits for nobody; what belongs together is shown together; what is half done is not shown."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from sitegen.preview import watch

if TYPE_CHECKING:
    from collections.abc import Collection

LONG = 60.0
"""Seconds that no test lasts: whatever is shown within them belonged together, or was not waited for."""
Story: TypeAlias = "Callable[[Shop], Coroutine[Any, Any, None]]"
Play: TypeAlias = Callable[[Story], None]


class Shop:
    """A folder that is watched. Its builds wait for `go`, and find a mistake in a file that says so."""

    def __init__(self, root: Path) -> None:
        self.content = root / "content"
        self.content.mkdir()
        self.go, self.began = threading.Event(), list[set[str]]()
        self.shown = list[dict[str, str]]()
        """The files and their words, as each build that was shown has found them."""
        self._made: dict[str, str] = {}
        self.watcher = watch.Watcher(root, self._build, lambda: self.shown.append(self._made))
        self.save("first")

    def save(self, name: str, words: str = "good") -> None:
        (self.content / name).write_text(words, encoding="utf-8")

    def _build(self, changed: Collection[str]) -> bool:
        self.began.append({Path(path).name for path in changed})
        self._made = {path.name: path.read_text(encoding="utf-8") for path in self.content.iterdir()}
        assert self.go.wait(LONG)
        # An empty file is one that is just being written.
        return not {"mistake", ""} & set(self._made.values())


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.002)


@pytest.fixture
def play(tmp_path: Path) -> Play:
    """Lets a story happen to a shop that is being watched, whose builds wait from then on."""

    async def run(story: Story) -> None:
        shop = Shop(tmp_path)
        shop.go.set()
        shop.watcher.start(lambda: None)
        try:
            # Until the system tells of changes.
            while len(shop.shown) < 2:
                shop.save("first")
                await asyncio.sleep(0.1)
            await shop.watcher.built.wait()
            shop.shown.clear()
            shop.began.clear()
            shop.go.clear()
            await story(shop)
        finally:
            shop.go.set()
            await shop.watcher.stop()

    def play(story: Story) -> None:
        # The browser tests' Playwright leaves a loop of its own in the main thread.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, run(story)).result()

    return play


def test_who_asks_after_a_save_was_seen_waits_until_it_is_shown(play: Play) -> None:
    async def story(shop: Shop) -> None:
        shop.save("second")
        await until(lambda: shop.began)
        assert not shop.watcher.built.is_set()
        shop.go.set()
        await shop.watcher.built.wait()
        assert shop.shown == [{"first": "good", "second": "good"}]

    play(story)


def test_files_saved_while_the_first_of_them_is_built_are_shown_with_it(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "TOGETHER", LONG)

    async def story(shop: Shop) -> None:
        shop.save("second")
        await until(lambda: shop.began)
        shop.save("third")
        await until(shop.watcher.more)
        shop.go.set()
        await shop.watcher.built.wait()
        assert shop.began == [{"second"}, {"second", "third"}]
        assert shop.shown == [{"first": "good", "second": "good", "third": "good"}]

    play(story)


def test_a_save_that_comes_later_does_not_hold_up_the_one_before(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "TOGETHER", 0)

    async def story(shop: Shop) -> None:
        shop.save("second")
        await until(lambda: shop.began)
        shop.save("third")
        await until(shop.watcher.more)
        shop.go.set()
        await until(lambda: len(shop.shown) == 2)
        assert [set(files) for files in shop.shown] == [{"first", "second"}, {"first", "second", "third"}]

    play(story)


def test_a_file_that_is_gone_for_a_moment_is_not_missed(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SETTLE", 0.5)

    async def story(shop: Shop) -> None:
        shop.go.set()
        (shop.content / "first").unlink()
        await until(shop.watcher.more)
        shop.save("first", "new")
        await until(lambda: shop.shown)
        assert shop.shown == [{"first": "new"}]

    play(story)


def test_a_mistake_that_is_gone_at_once_is_not_told(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SETTLE", LONG)
    monkeypatch.setattr(watch, "TOGETHER", LONG)

    async def story(shop: Shop) -> None:
        shop.go.set()
        shop.save("first", "mistake")
        await until(lambda: shop.began)
        shop.save("first", "mended")
        await until(lambda: shop.shown)
        assert shop.shown == [{"first": "mended"}]

    play(story)


def test_a_mistake_that_stays_is_told(play: Play) -> None:
    async def story(shop: Shop) -> None:
        shop.go.set()
        shop.save("first", "mistake")
        await until(lambda: shop.shown)
        assert shop.shown == [{"first": "mistake"}]

    play(story)
