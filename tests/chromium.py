"""A Chromium for the tests: the machine's own, Playwright's, or one fetched now. Never none: that is a failure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Playwright

NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge",
    "microsoft-edge-stable",
)  # fmt: skip
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{PROGRAMFILES}/Google/Chrome/Application/chrome.exe",
    "{PROGRAMFILES(X86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{PROGRAMFILES}/Microsoft/Edge/Application/msedge.exe",
    "{PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe",
)
QUIET = (
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
"""A browser that talks to nobody by itself: what the tests count as a request is the page's."""

HELP = (
    "The browser tests need Chromium, Chrome or Edge, and none could be started or fetched.\n"
    "Install one of them (Debian, Ubuntu: apt-get install chromium), or run\n"
    "    python -m playwright install --with-deps chromium\n"
    "and run the tests again. What was tried:\n"
)


def launch(playwright: Playwright) -> Browser:
    """Start a headless Chromium. Raises RuntimeError with what to do when there is none and none can be fetched."""
    # Chromium's sandbox refuses to run as root, and nowhere else is it switched off.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*QUIET, *(("--no-sandbox",) if root else ())]
    tried = []
    for path in _candidates(playwright):
        try:
            return playwright.chromium.launch(executable_path=path, args=arguments)
        except Error as error:
            tried.append(f"- {path}: {error.message.splitlines()[0]}")
    raise RuntimeError(HELP + "\n".join(tried))


def _candidates(playwright: Playwright) -> Iterator[str]:
    """Programs worth starting, each only looked for when the one before did not start."""
    yield from _installed()
    own = playwright.chromium.executable_path
    if Path(own).exists():
        yield own
    # A registry that cannot be reached shall be given up soon.
    patience = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "20000"}
    _run([sys.executable, "-m", "playwright", "install", "chromium"], patience)
    if Path(own).exists():
        yield own
    if shutil.which("apt-get"):
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-y", "-qq", "chromium"], {"DEBIAN_FRONTEND": "noninteractive"})
        yield from _installed()
        # What was fetched above may only have lacked the libraries that the package has just brought.
        if Path(own).exists():
            yield own


def _installed() -> Iterator[str]:
    yield from (path for name in NAMES if (path := shutil.which(name)))
    folders = {name: os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")}
    for place in PLACES:
        path = place
        for name, folder in folders.items():
            path = path.replace(f"{{{name}}}", folder)
        if Path(path).is_file():
            yield path


def _run(command: list[str], settings: dict[str, str] | None = None) -> None:
    """Try to fetch something; whether it helped is seen by what is there afterwards."""
    try:
        subprocess.run(command, env={**os.environ, **(settings or {})}, timeout=300, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}", file=sys.stderr)
