"""Folding and slugs: Vietnamese without its marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


SPACES, INVISIBLE = "\u00a0\u2007\u202f\u3000", "\u200b\u2060\ufeff\u200e\u200f\u00ad"
"""What Word and the web put between words, and nobody sees."""


class _Unmarked(dict[int, "str | None"]):
    """What each letter is without its marks; found out when it first occurs."""

    def __missing__(self, letter: int) -> str | None:
        self[letter] = found = None if unicodedata.combining(chr(letter)) else chr(letter)
        return found


_UNMARKED = _Unmarked({ord("đ"): "d", ord("Đ"): "d"})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no marks, đ → d, single spaces: both sides of a search or a comparison are folded.

    NFD alone leaves `đ`, which is a letter of its own and not a `d` with a mark.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFD", text).translate(_UNMARKED)
    return " ".join(text.lower().replace("_", " ").split())


@lru_cache(maxsize=65536)
def slugify(text: str) -> str:
    """A permalink part: `Chính sách bảo mật` → `chinh-sach-bao-mat`; empty when nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def nearest(word: str, names: Collection[str], likeness: float = 0.7) -> str | None:
    """The name that was probably meant: one that the word begins with or that begins with it (`gia tien` → `gia`),
    else the most alike, from `likeness` (0 to 1) on. Both sides are folded already."""
    longest = sorted((n for n in names if len(n) > 2 and (word.startswith(n) or n.startswith(word))), key=len)
    return longest[-1] if longest and word else likest(word, names, likeness)


def likest(word: str, names: Collection[str], likeness: float) -> str | None:
    """The name that is most like the word, from `likeness` (0 to 1) on."""
    from difflib import get_close_matches  # only where something is wrong

    return next(iter(get_close_matches(word, names, 1, likeness)), None)
