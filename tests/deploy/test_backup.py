"""The repository is the whole backup: what a clean copy of it builds is the same, byte for byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.deploy.servers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

def clean_copy(place: Path) -> Path:
    """What a backup would bring back: the committed files, in a place where nothing was ever built."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        subprocess.run(["git", "clone", "-q", "--no-local", "--depth", "1", ROOT.as_uri(), str(place)], check=True)
    else:  # a downloaded archive holds the committed files and nothing else
        shutil.copytree(ROOT, place, ignore=shutil.ignore_patterns(".*", "dist", "__pycache__"))
    return place


def built(project: Path, seed: str) -> dict[str, bytes]:
    """Every file that this copy builds on one fixed day, in a Python of its own."""
    day = {"SOURCE_DATE_EPOCH": "1795305600", "PYTHONHASHSEED": seed, "PYTHONPATH": str(project)}
    out = project / "dist"
    command = [sys.executable, "build.py", "--out", str(out), "--no-pictures"]
    subprocess.run(command, cwd=project, env={**os.environ, **day}, check=True, capture_output=True)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_two_clean_copies_build_the_same_shop(tmp_path: Path) -> None:
    first = built(clean_copy(tmp_path / "one"), "1")
    second = built(clean_copy(tmp_path / "elsewhere" / "two"), "2")
    assert len(first) > 100
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
