"""A small shop in a folder of its own, its preview as a real process, and a browser before it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
KEPT = ("bong", "bo")
"""Puppies in the small shop."""
PATIENCE = 20.0
"""Seconds; what takes longer on a busy machine has failed."""
CONTACT = "/lien-he/"


def until(true: Callable[[], object], what: str) -> None:
    """Wait for something; fail naming it."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited in vain for: {what}"
        time.sleep(0.01)


@dataclass
class Preview:
    """A preview that runs. `said` is what it wrote to the terminal."""

    root: Path
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout as out:
            self.said.extend(out)

    @property
    def terminal(self) -> str:
        return "".join(self.said)

    @property
    def address(self) -> str:
        found = re.search(r"http://127\.0\.0\.1:\d+", self.terminal)
        assert found, self.terminal
        return found[0]

    def get(
        self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: str | None = None
    ) -> tuple[int, Mapping[str, str], str]:
        """(status, headers, text) at `path`; redirects are not followed."""
        connection = http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=PATIENCE)
        connection.request(method, path, body, dict(headers or {}))
        reply = connection.getresponse()
        text = reply.read().decode("utf-8", "replace")
        connection.close()
        return reply.status, dict(reply.getheaders()), text

    def add(self, words: str, path: str = "content/pages/contact.md") -> None:
        """Save a file with a paragraph more."""
        file = self.root / path
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")

    def replace(self, old: str, new: str, path: str = "content/pages/contact.md") -> None:
        """Save a file with some words replaced."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def wait_for(self, path: str, words: str) -> None:
        """Wait until the page at `path` has these words."""
        until(lambda: words in self.get(path)[2], f"{words} at {path}")

    @property
    def builds(self) -> int:
        """Builds that were told of."""
        return len(re.findall(r"^\d\d:\d\d:\d\d ", self.terminal, re.MULTILINE))

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.ended()

    def ended(self) -> int:
        """Its exit status, once it has ended by itself; all that it said is there."""
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status


def start(root: Path, environment: Mapping[str, str] | None = None, port: int = 0) -> Preview:
    """Start a preview of `root` and wait until it serves or gives up."""
    path = os.pathsep.join((str(ROOT), str(ROOT / "functions")))
    process = subprocess.Popen(
        [sys.executable, "-W", "error", str(Path(__file__).with_name("run_preview.py")), str(root), str(port)],
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", **(environment or {})},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    preview = Preview(root, process)
    until(lambda: "Ctrl+C" in preview.terminal or process.poll() is not None, "the preview to start")
    return preview


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a few puppies. Copy it before you change it."""
    root = tmp_path_factory.mktemp("small") / "shop"
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "site.yaml", root)
    for folder in (root / "content" / "puppies").iterdir():
        if folder.name not in KEPT:
            shutil.rmtree(folder)
    return root


@pytest.fixture
def project(sample: Path, tmp_path: Path) -> Path:
    """The small shop, to change at will."""
    return Path(shutil.copytree(sample, tmp_path / "shop"))


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    """A preview of the small shop with nothing configured."""
    running = start(project)
    yield running
    status = running.stop()
    assert status == 0, running.terminal


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """A tab; the test fails if a page breaks its own security policy or throws."""
    # Without motion: how one page turns into the next is the site's own matter.
    context = browser.new_context(base_url=preview.address, locale="vi-VN", reduced_motion="reduce")
    complaints: list[str] = []
    context.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert not complaints
