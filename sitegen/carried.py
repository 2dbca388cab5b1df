"""Files that the site carries as they are: whatever lies in static/ beside the style sheets and scripts.

Others look for a file of their own at an address that they choose, as Google does to know whose site it is. Nothing is
asked of it but that it stands in nobody's way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.errors import problem
from sitegen.model import Output
from sitegen.render import output_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sitegen.errors import Problem

FOLDER = "static/"
WORKED = ("static/css/", "static/js/")
"""What the site's own style and scripts are made from."""
MADE = ("robots.txt", "sitemap.xml", "feed.xml", "en/feed.xml", "_headers", "_redirects")
"""Files that every site has by these names, whatever its pages are called."""
FOLDERS = ("assets", "drawings", "pictures", "share")
"""Folders of files whose names change with their bytes: browsers keep what lies in them for a year."""


def paths(seen: Mapping[str, tuple[int, int] | tuple[int, int, str]]) -> list[str]:
    """The files that are carried, out of the stamps of all files that were seen."""
    return [
        path for path, stamp in seen.items()
        if path.startswith(FOLDER) and not path.startswith(WORKED) and stamp[1] >= 0
    ]  # fmt: skip


def clashes(carried: Sequence[str], urls: Iterable[str] = ()) -> list[Problem]:
    """Those that would take the place of what the site makes: `urls` are the addresses of its pages."""
    if not carried:
        return []
    taken = {*MADE, *(output_path(url).lower() for url in urls)}
    folders = {parent for path in taken for parent in _parents(path)} | set(FOLDERS)
    found = []
    for path in carried:
        own = path.removeprefix(FOLDER)
        low = own.lower()  # names that differ in capitals alone are one name on Windows
        if low in taken or low in folders or not taken.isdisjoint(_parents(low)) or low.partition("/")[0] in FOLDERS:
            found.append(problem(path, 0, "static-taken", address=f"/{own}"))
    return found


def outputs(carried: Iterable[str], read: Callable[[str], bytes]) -> tuple[Output, ...]:
    """The files, each at its address; `read` gives a file's bytes by its path."""
    return tuple(Output(path.removeprefix(FOLDER), read(path), path) for path in carried)


def _parents(path: str) -> list[str]:
    """`cun/bong/index.html` → `cun/bong`, `cun`."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(len(parts) - 1, 0, -1)]
