"""Outputs → the same, compressed beforehand, for a server of one's own: the smallest bytes, made once.

CDNs compress by themselves; only the own-server kit takes these files."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import brotli

from sitegen.model import Output

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXTS = frozenset({".html", ".css", ".js", ".json", ".svg", ".txt", ".xml"})
"""Endings of what compresses; photos are compressed already."""
LEAST = 860
"""Bytes below which a compressed answer is no fewer packets than a plain one."""


def compress(outputs: Iterable[Output]) -> list[Output]:
    """`page.html` → `page.html.br` and `page.html.gz`, where they are smaller. The same bytes on every machine with the
    same libraries: gzip's time stamp is nought and its header names no system."""
    texts = [output for output in outputs if PurePosixPath(output.path).suffix in TEXTS]
    # Both libraries let go of the interpreter while they work, so threads do use every core.
    with ThreadPoolExecutor() as pool:
        found = pool.map(_both, texts)
    return [output for pair in found for output in pair]


def _both(output: Output) -> tuple[Output, ...]:
    content = output.content.read_bytes() if isinstance(output.content, Path) else output.content
    if len(content) < LEAST:
        return ()
    made = ((".br", brotli.compress(content, mode=brotli.MODE_TEXT)), (".gz", gzip.compress(content, 9, mtime=0)))
    return tuple(Output(output.path + end, data, "compress") for end, data in made if len(data) < len(content))
