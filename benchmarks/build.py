"""This builder beside Hugo and Pelican, on the same content and the same kinds of page, in one run.

    python benchmarks/build.py                      1,000 puppies, in five minutes
    python benchmarks/build.py 1000 5000            the table and plot of docs/speed.md

Prints medians and the ratio to Hugo, and writes docs/speed.svg. Needs `pip install -e ".[test,bench]"`. Sources and
output lie in memory where the system has such a folder (/dev/shm).
"""

from __future__ import annotations

import argparse
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from http.client import HTTPException
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402  (the path above is set first, for all that follow)

from benchmarks.corpus import make_project  # noqa: E402
from benchmarks.peers import hugo_site, pelican_site  # noqa: E402
from tests.chromium import launch  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import ConsoleMessage, Page

BUILDS = ("cold build", "nothing changed", "one price changed")
SAVES = ("save → page served", "save → new DOM", "template → page served")
CASES = (*BUILDS, *SAVES)
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As on any machine, where a program is compiled once and not at each of its starts."""
PAUSE, QUIET = 1.5, 8.0
"""Seconds between two saves, and before the first: what a preview does when it has just started is not asked here."""
MARK = "document"
TOLD = f"""addEventListener("DOMContentLoaded", () => {{
    const tell = () => console.log("{MARK}", performance.timeOrigin + performance.now(), document.body.textContent);
    tell();
    new MutationObserver(tell).observe(document.body, {{subtree: true, childList: true, characterData: true}});
}})"""
"""What a page tells as soon as its document is there, and whenever something in it has been changed where it is: when
that was (milliseconds since 1970), and what it says."""
ONE = "be-00000"
"""The puppy whose price changes. It is for sale, so lists and other puppies' pages show it too."""


@dataclass(frozen=True)
class Builder:
    """A builder and its site: how to build, what to delete before a cold build, and how to preview (`{port}`). `source`
    is the puppy whose price changes, `page` its address, `template` a part that stands on that page."""

    name: str
    root: Path
    command: tuple[str, ...]
    made: tuple[str, ...]
    source: str
    page: str
    template: str = ""
    serve: tuple[str, ...] = ()

    def clean(self) -> None:
        """As if it had never been built."""
        for name in self.made:
            shutil.rmtree(self.root / name, ignore_errors=True)

    def edit(self, price: int) -> None:
        """Change the puppy's price."""
        path = self.root / self.source
        text = re.sub(r"(?m)^price: .*$", f"price: {price}", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8", newline="\n")

    def run(self) -> tuple[float, float]:
        """Build once: (seconds, peak memory in MB of the largest process)."""
        began = time.perf_counter()
        process = subprocess.Popen(
            self.command, cwd=self.root, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        if status:
            raise SystemExit(f"{self.name}: {process.stderr.read().decode() if process.stderr else ''}")
        return seconds, usage.ru_maxrss / 1024

    def saves(self, rounds: int) -> dict[str, list[float]]:
        """Case → seconds from a save to what it changes, in the builder's own preview."""
        port = 18000 + os.getpid() % 1000
        command = [part.format(port=port) for part in self.serve]
        process = subprocess.Popen(
            command, cwd=self.root, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        found: dict[str, list[float]] = defaultdict(list)
        address, prices = f"http://127.0.0.1:{port}{self.page}", (7_000_000 + n * 11_000 for n in range(999))
        try:
            _wait(address, "</html>")
            time.sleep(QUIET)
            for _ in range(rounds):
                found[SAVES[0]].append(self._served(address, next(prices)))
            with sync_playwright() as playwright, launch(playwright) as browser:
                page = browser.new_page()
                page.add_init_script(TOLD)
                page.goto(address)
                time.sleep(QUIET)
                for _ in range(rounds):
                    found[SAVES[1]].append(self._seen(page, next(prices)))
            template = self.root / self.template
            text = template.read_text(encoding="utf-8")
            for n in range(rounds):
                time.sleep(PAUSE)
                began = time.perf_counter()
                template.write_text(f"{text}<i hidden>template {n}</i>", encoding="utf-8", newline="\n")
                _wait(address, f"template {n}<", limit=60)
                found[SAVES[2]].append(time.perf_counter() - began)
            return found
        finally:
            process.terminate()
            process.wait()

    def _served(self, address: str, price: int) -> float:
        time.sleep(PAUSE)
        began = time.perf_counter()
        self.edit(price)
        _wait(address, *_shown(price), limit=60)
        return time.perf_counter() - began

    def _seen(self, page: Page, price: int) -> float:
        time.sleep(PAUSE)

        def new(message: ConsoleMessage) -> bool:
            return message.text.startswith(MARK) and any(shown in message.text for shown in _shown(price))

        with page.expect_console_message(new) as heard:
            began = time.time()
            self.edit(price)
        return float(heard.value.text.split()[1]) / 1000 - began


def _shown(price: int) -> list[str]:
    """A price as either language shows it."""
    return [f"{price:,}".replace(",", "."), f"{price:,}"]


def _wait(address: str, *wanted: str, limit: float = 300) -> None:
    """Ask until the page shows one of these."""
    until = time.perf_counter() + limit
    while time.perf_counter() < until:
        # A server that is just writing the page may refuse, or break off.
        with suppress(OSError, HTTPException), urllib.request.urlopen(address, timeout=limit) as answer:
            text = answer.read().decode()
            if any(each in text for each in wanted):
                return
        time.sleep(0.002)
    raise SystemExit(f"{address}: {wanted} never came")


def lay_out(folder: Path, puppies: int) -> list[Builder]:
    """The three sites."""
    project, here = folder / "project", sys.executable
    make_project(project, puppies)
    own = Builder(
        "this builder", project, (here, "build.py", "--no-pictures"), ("dist", ".cache"),
        f"content/puppies/{ONE}/index.md", "", "", (here, "build.py", "serve", "--port", "{port}", "--no-pictures"),
    )  # fmt: skip
    own.run()
    address = next(
        path.parent for path in (project / "dist" / "cun").glob("*/index.html") if path.parent.name.endswith("-0")
    )
    for make, name in ((hugo_site, "hugo"), (pelican_site, "pelican")):
        (folder / name).mkdir()
        make(folder / name, project, project / "dist")
    # The program itself: the package's own script would add the start of a Python.
    binary = str(next((Path(str(distribution("hugo").locate_file("hugo"))) / "binaries").glob("hugo*")))
    return [
        replace(own, page=f"/cun/{address.name}/", template="templates/partials/crumbs.html"),
        Builder(
            "Hugo", folder / "hugo", (binary, "--quiet"), ("public", "resources"),
            f"content/puppies/{ONE}/index.md", f"/puppies/{ONE}/", "layouts/_partials/crumbs.html",
            (binary, "server", "--port", "{port}", "--bind", "127.0.0.1"),
        ),
        Builder(
            "Pelican", folder / "pelican", (here, "-m", "pelican", "-s", "pelicanconf.py"),
            ("output", "cache", "__pycache__"), f"content/puppies-{ONE}.vi.md", "",
        ),
    ]


def measure(builders: Iterable[Builder], rounds: int, serve: bool) -> dict[tuple[str, str], list[float]]:
    """(builder, case) → seconds of each round; the rounds take turns, so that a busy moment hits all alike."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    builders = list(builders)
    for n in range(rounds):
        for builder in builders:
            builder.clean()
            for case in BUILDS:
                if case == "one price changed":
                    builder.edit(8_000_000 + n * 100_000)
                seconds, memory = builder.run()
                found[builder.name, case].append(seconds)
                found[builder.name, f"memory: {case}"].append(memory)
    for builder in builders if serve else ():
        if builder.serve:
            found |= {(builder.name, case): times for case, times in builder.saves(rounds + 4).items()}
    return found


def table(found: dict[tuple[str, str], list[float]], puppies: int) -> list[str]:
    """The medians as Markdown, with the ratio to Hugo."""
    names = list(dict.fromkeys(name for name, _ in found))
    lines = [f"| {puppies:,} puppies | {' | '.join(CASES)} | peak memory |", f"|---{'|---' * (len(CASES) + 1)}|"]
    for name in names:
        cells = []
        for case in (*CASES, "memory: cold build"):
            values = found.get((name, case))
            reference = statistics.median(found["Hugo", case]) if values and ("Hugo", case) in found else 0
            if not values:
                cells.append("–")
                continue
            value = statistics.median(values)
            shown = f"{value:.0f} MB" if case.startswith("memory") else _time(value)
            cells.append(shown if name == "Hugo" or not reference else f"{shown} ({value / reference:.2f}×)")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def plot(results: dict[int, dict[tuple[str, str], list[float]]]) -> str:
    """Bars on a logarithmic scale, a group for each case, as SVG."""
    colours = {"this builder": "#c4572f", "Hugo": "#7d9a6d", "Pelican": "#c9b38c"}
    rows: list[str] = []
    y = 40
    for puppies, found in results.items():
        rows.append(f'<text x="16" y="{y}" font-weight="700">{puppies:,} puppies in two languages</text>')
        y += 14
        for case in CASES:
            rows.append(f'<text x="16" y="{y + 14}">{case}</text>')
            for name, colour in colours.items():
                values = found.get((name, case))
                if values:
                    seconds = statistics.median(values)
                    # From 10 ms to 100 s: 130 units a power of ten.
                    width = max(2.0, 130 * (2 + math.log10(seconds)))
                    rows.append(f'<rect x="180" y="{y + 4}" width="{width:.0f}" height="13" rx="3" fill="{colour}"/>')
                    words = f"{_time(seconds)} {name}"
                    rows.append(f'<text x="{186 + width:.0f}" y="{y + 15}" font-size="12">{words}</text>')
                    y += 17
            y += 10
        y += 24
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 {y}" font-family="system-ui,sans-serif"'
        ' font-size="14" fill="#2b1d14"><title>Build times, logarithmic</title>'
        f'<rect width="820" height="{y}" fill="#fbf5ea"/>'
        f"{''.join(rows)}</svg>\n"
    )


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("puppies", type=int, nargs="*", default=[1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-serve", action="store_true", help="leave the previews out")
    parser.add_argument("--no-pelican", action="store_true")
    arguments = parser.parse_args()
    memory = Path("/dev/shm")
    results = {}
    for puppies in arguments.puppies:
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
            builders = lay_out(Path(name), puppies)
            builders = [b for b in builders if not (arguments.no_pelican and b.name == "Pelican")]
            results[puppies] = measure(builders, arguments.rounds, not arguments.no_serve)
        print("\n".join(table(results[puppies], puppies)), flush=True)
    (ROOT / "docs" / "speed.svg").write_text(plot(results), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
