"""The workshop in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.workshop.shop import Server, open_shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(open_shop(tmp_path)) as server:
        yield server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when a script, the CSP or a request goes wrong."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    # A failed request is judged below, by its address.
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "status of" not in m.text else None)
    page.on("response", lambda r: wrong.append(r.url) if r.status in (400, 403, 404, 500) else None)
    yield page
    context.close()
    # The site's pages fade into each other; Chromium remarks on it when one leads to a page that does not.
    assert not [text for text in wrong if not text.endswith("/favicon.ico") and "ViewTransition" not in text], wrong
