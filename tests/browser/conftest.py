"""The real content in the real preview, a mail server behind it, and visitors with their browsers before it."""

from __future__ import annotations

import re
import shutil
import socket
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller

from tests.preview.conftest import start, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aiosmtpd.smtp import SMTP, Envelope, Session
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
SCRIPTS_READY = """async () => {
  while (!performance.getEntriesByName("first-contentful-paint").length) await new Promise(requestAnimationFrame);
  await Promise.all(document.body.dataset.scripts.split(" ").map((each) => import(each)));
}"""


@dataclass
class Mailbox:
    """The shop's mailbox, at a real mail server."""

    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 taken"

    def about(self, reference: str) -> EmailMessage:
        """The one letter with this reference in its subject."""
        until(lambda: any(reference in str(letter["Subject"]) for letter in self.letters), f"the letter {reference}")
        (found,) = [letter for letter in self.letters if reference in str(letter["Subject"])]
        return found


@pytest.fixture(scope="session")
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """The mailbox, and the port of its server."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


@pytest.fixture(scope="session")
def address(mailbox: tuple[Mailbox, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the shop's site is previewed, with a real mail server set."""
    root = tmp_path_factory.mktemp("whole") / "shop"
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "site.yaml", root)
    preview = start(root, {"INQUIRY_SMTP": f"smtp://127.0.0.1:{mailbox[1]}"})
    yield preview.address
    status = preview.stop()
    assert preview.process.stdout
    preview.process.stdout.close()
    assert status == 0, preview.terminal


@dataclass
class Visitors:
    """Opens browsers, and hears whatever they complain of."""

    browser: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __call__(
        self, path: str, *, script: bool = True, width: int = 360, dark: bool = False, missing: bool = False,
        motion: bool = False,
    ) -> Page:  # fmt: skip
        """A tab at `path`. `missing` expects that the page is not there; `motion`: she has not asked for less of it."""
        context = self.browser.new_context(
            base_url=self.address, java_script_enabled=script, viewport={"width": width, "height": 740},
            color_scheme="dark" if dark else "light", reduced_motion="no-preference" if motion else "reduce",
        )  # fmt: skip
        self.contexts.append(context)
        context.on("request", lambda request: self._asked(request.url))
        lost = path if missing else ""
        context.on("console", lambda said: self._said(said.type, said.text, said.location["url"], lost))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        page = context.new_page()
        answer = page.goto(path)
        assert answer
        assert answer.status == (404 if missing else 200)
        if script:
            # They come once the page is seen; a visitor is slower than that, a test is not.
            page.evaluate(SCRIPTS_READY)
        return page

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"a request to {urlsplit(url).netloc}")

    def _said(self, kind: str, text: str, url: str, missing: str) -> None:
        # A missing page is itself a "failed to load", and so are the form's answers with mistakes shown (422), the
        # puzzle and the second look (428).
        meant = text.startswith("Failed to load resource") and (
            (missing and url.endswith(missing)) or ("/api/inquiry" in url and re.search("status of 42[28]", text))
        )
        if kind in ("error", "warning") and not meant:
            self.complaints.append(f"{text} ({url})")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open pages as a visitor. Requests elsewhere, errors, warnings and breaches of the page's policy fail the test."""
    visitors = Visitors(browser, address)
    yield visitors
    for context in visitors.contexts:
        context.close()
    assert visitors.complaints == []


def reference(page: Page) -> str:
    """The reference in a thank-you page's address."""
    found = re.search(r"[?&]ma=([^&#]+)", page.url)
    assert found, page.url
    return found[1]


def plain(letter: EmailMessage) -> str:
    """A letter's plain text."""
    part = letter.get_body(("plain",))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")
