"""Words set in the fonts carried along: how wide they are, how large they may be, where their lines break."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from PIL import ImageFont

Weight: TypeAlias = Literal[500, 800]

WEIGHTS: tuple[Weight, ...] = (500, 800)
FONTS = {weight: Path(__file__).with_name("fonts") / f"be-vietnam-pro-{weight}.ttf" for weight in WEIGHTS}


def fit(words: str, weight: Weight, width: float, steps: tuple[tuple[int, int], ...]) -> tuple[int, list[str]]:
    """Set `words` as large as they go within `width` pixels: (font size, lines).

    `steps` are pairs (size, most lines), largest first; between two steps the size shrinks by 4 pixels while the
    number of lines stays the larger step's. Words that fit at no size end in "…".
    """
    words = unicodedata.normalize("NFC", words)
    smaller = (*(size for size, _ in steps[1:]), steps[-1][0] - 1)
    for (size, most), end in zip(steps, smaller, strict=True):
        for tried in range(size, end, -4):
            rows = _wrapped(words, weight, tried, width)
            if len(rows) <= most and all(measure(row, weight, tried) <= width for row in rows):
                return tried, _balanced(words, weight, tried, width, len(rows))
    size, most = steps[-1]
    rows = _wrapped(words, weight, size, width)
    kept = rows[:most]
    cut = len(rows) > most
    for number, row in enumerate(kept):
        short = row + ("…" if cut and number == most - 1 else "")
        while measure(short, weight, size) > width and len(short) > 1:
            short = short[:-2].rstrip() + "…"
        kept[number] = short
    return size, kept


def measure(words: str, weight: Weight, size: int) -> float:
    """How wide `words` are in pixels."""
    return _font(weight).getlength(words) * size / 100


def bearing(words: str, weight: Weight, size: int) -> float:
    """The white, in pixels, between a line's start and the ink of its first letter."""
    return _font(weight).getbbox(words)[0] * size / 100


def _balanced(words: str, weight: Weight, size: int, width: float, lines: int) -> list[str]:
    """The same number of lines, of more equal length: no single word is left over at the end."""
    rows = _wrapped(words, weight, size, width)
    while lines > 1 and width > 40:
        width -= 20
        narrower = _wrapped(words, weight, size, width)
        if len(narrower) > lines or any(measure(row, weight, size) > width for row in narrower):
            break
        rows = narrower
    return rows


def unbroken(line: str) -> str:
    """A list "breed · sex · age" that breaks between its parts only, unless a part is long by itself."""
    parts = line.split(" · ")
    return " · ".join(part.replace(" ", "\u00a0") if len(part) <= 24 else part for part in parts)


def _wrapped(words: str, weight: Weight, size: int, width: float) -> list[str]:
    rows = [""]
    for word in words.split(" "):
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and measure(longer, weight, size) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    return [row.removesuffix(" ·").removeprefix("· ") for row in rows]


@cache
def _font(weight: Weight) -> ImageFont.FreeTypeFont:
    # The basic layout is built into every Pillow; the other needs a library that may be missing.
    return ImageFont.truetype(FONTS[weight], 100, layout_engine=ImageFont.Layout.BASIC)
