"""The preview as its own process, for tests: `python run_preview.py ROOT PORT`. Builds are as `build.py serve` makes
them, but always on the day on which the sample content was written."""

from __future__ import annotations

import os
import sys
from datetime import date
from functools import partial
from pathlib import Path

import build
from sitegen.builder import Builder
from sitegen.memo import Memo
from sitegen.options import Options
from sitegen.preview.serve import serve
from sitegen.workshop import Workshop

TODAY = date(2026, 11, 22)


def main(folder: str, port: str) -> int:
    """Serve the project in `folder`."""
    root, options = Path(folder), Options(TODAY, share_pictures=False)
    site, drafts = (Builder(root, Memo(root / ".cache" / "none", "test")) for _ in range(2))
    workshop = Workshop(
        root, draft=lambda overlay: drafts.build(options, overlay), lang=build.owner_language(root), today=lambda: TODAY
    )
    return serve(
        root, partial(site.stage, options), workshop,
        port=int(port), lang=build.owner_language(root), log=partial(print, flush=True), environment=os.environ,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
