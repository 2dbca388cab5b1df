"""The preview as its own process, for tests: `python run_preview.py ROOT PORT`. Builds are as `build.py serve` makes
them, but always on the day on which the sample content was written."""

from __future__ import annotations

import os
import sys
from datetime import date
from functools import partial
from pathlib import Path

import build
from sitegen.options import Options
from sitegen.preview.serve import serve

TODAY = date(2026, 11, 22)


def main(folder: str, port: str) -> int:
    """Serve the project in `folder`."""
    root = Path(folder)
    return serve(
        root, lambda: build.build_site(root, Options(TODAY, share_pictures=False)),
        port=int(port), lang=build.owner_language(root), log=partial(print, flush=True), environment=os.environ,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
