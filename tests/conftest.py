"""What all tests share: a browser, and the real content built once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

import build
from sitegen import write
from sitegen.options import Options
from tests import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
"""The day on which the sample content was written: ages and what is in the future depend on it."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        started = chromium.launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def shop() -> build.Built:
    """The real content as pages, on the day it was written."""
    return build.build_site(ROOT, Options(TODAY))


@pytest.fixture(scope="session")
def dist(shop: build.Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content as files, as a host would serve them. Read only: tests share it."""
    out = tmp_path_factory.mktemp("site") / "dist"
    write.write(shop.outputs, out)
    return out
