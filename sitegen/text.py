"""Folding and slugs: Vietnamese without its marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_D = str.maketrans({"đ": "d", "Đ": "d"})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no marks, đ → d, single spaces: both sides of a search or a comparison are folded.

    NFD alone leaves `đ`, which is a letter of its own and not a `d` with a mark.
    """
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).translate(_D)
    return " ".join(text.lower().replace("_", " ").split())


@lru_cache(maxsize=65536)
def slugify(text: str) -> str:
    """A permalink part: `Chính sách bảo mật` → `chinh-sach-bao-mat`; empty when nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
