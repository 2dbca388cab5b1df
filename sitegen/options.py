"""What a build is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.record import Record

if TYPE_CHECKING:
    from datetime import date


class Options(Record):
    """`today` is an input like any other: same input, same bytes. `jobs` 0 means one a core; without `share_pictures`
    (the preview: nobody shares a page from loopback) the slowest files are left out, without `drawings` (benchmarks
    beside builders that draw nothing) the portraits too; `lang` is the owner's, for progress."""

    today: date
    production: bool = False
    jobs: int = 0
    share_pictures: bool = True
    lang: str = "vi"
    drawings: bool = True
