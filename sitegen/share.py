"""Share pictures: what a chat shows of a page. 1200 × 630 pixels, JPEG, under 300 KB, the same bytes on every machine.

Paper on the left with the words, the puppy on the right, and between them a collar from whose ring hangs a bone tag
with the price. The tag hangs in the middle because Zalo and others also cut a square out of the centre.
Words are drawn with the fonts beside this file, never the machine's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Literal, TypeAlias
from xml.sax.saxutils import escape

from PIL import Image, ImageOps
from resvg_py import svg_to_bytes

from sitegen import encoder
from sitegen.pictures import Fault, Recipe
from sitegen.typesetting import FONTS, bearing, fit, measure, unbroken

if TYPE_CHECKING:
    from sitegen.typesetting import Weight

WIDTH, HEIGHT = 1200, 630
MOST_BYTES = 300_000
QUALITIES = (88, 80, 70, 58, 45, 30)

INK, PAPER, TERRACOTTA, SAGE, HONEY = "#2b1d14", "#fbf5ea", "#a8431f", "#5d7052", "#e0a63c"
SOFT_INK = "#5f4a3c"

Status: TypeAlias = Literal["available", "reserved", "sold", "expected"]

STATUS_COLOURS: dict[Status, tuple[str, str]] = {
    "available": (SAGE, PAPER),
    "reserved": (HONEY, INK),
    "sold": (INK, PAPER),
    "expected": (TERRACOTTA, PAPER),
}
"""Ground and words."""

LEFT, COLUMN = 64, 500
"""Where the words begin, and how wide they may run."""
TOP, BOTTOM = 64, 440
"""The words' room: the tag hangs below it."""
EDGE = "M672 -30 C586 150 586 480 696 660"
"""The collar's line, from the top edge to the bottom one."""
RING = (621, 424)
"""The point of the collar where the tag hangs."""


@dataclass(frozen=True, slots=True)
class SvgPicture:
    """A drawing as a complete SVG; what matters in it survives a cut to a square about its middle."""

    svg: str


@dataclass(frozen=True, slots=True)
class PhotoPicture:
    """A photo's bytes, best its largest JPEG variant. `across` and `down` (0 to 1) say what a cut keeps."""

    data: bytes
    across: float = 0.5
    down: float = 0.4


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What stands on a share picture, in words ready to be read.

    A puppy has a `name`, a `line` (breed, sex, age), a `price` as formatted for its language, a `status` and its words.
    Any other page has a `name` (its title) and perhaps a `line`. `wordmark` is the shop's own SVG, drawn in
    `currentColor`; without it the shop's name is set in type.
    """

    shop: str
    name: str
    line: str = ""
    price: str = ""
    status: Status | None = None
    status_text: str = ""
    picture: SvgPicture | PhotoPicture | None = None
    wordmark: str = ""


def share_card(card: ShareCard) -> bytes:
    """Draw the card. Raises ValueError for a picture that is none: photos are judged before they come here."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas.paste(_panel(card.picture or NO_PICTURE), PANEL[:2])
    for box, layer in (
        (GROUND, _ground(card.shop, card.wordmark)),
        (WORDS, _layer("".join(_words(card)), WORDS)),
        (TAG, _layer(_tag(card.price or card.status_text), TAG)),
    ):
        canvas.paste(layer, box[:2], mask=layer)
    for quality in QUALITIES:
        out = BytesIO()
        # No colour subsampling: it frays the edges of coloured letters.
        canvas.save(out, "JPEG", quality=quality, subsampling="4:4:4", progressive=True, optimize=True)
        if out.tell() < MOST_BYTES:
            break
    return out.getvalue()


# Layers: what is alike on many cards is drawn once a process, the rest in boxes no larger than it needs.

Box: TypeAlias = tuple[int, int, int, int]

PANEL: Box = (600, 0, WIDTH, HEIGHT)
GROUND: Box = (0, 0, 740, HEIGHT)
WORDS: Box = (LEFT - 16, TOP - 16, 600, BOTTOM + 16)
TAG: Box = (360, RING[1] - 20, 890, HEIGHT)


def _layer(fragment: str, box: Box) -> Image.Image:
    """Draw the part of the card that lies in `box`; transparent where `fragment` draws nothing."""
    x, y, right, bottom = box
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{right - x}" height="{bottom - y}" '
        f'viewBox="{x} {y} {right - x} {bottom - y}" font-family="Be Vietnam Pro">{fragment}</svg>'
    )
    files = [str(file) for file in FONTS.values()]
    png = svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=files)
    return Image.open(BytesIO(png)).convert("RGBA")


@lru_cache(maxsize=4)
def _panel(picture: SvgPicture | PhotoPicture) -> Image.Image:
    """The picture, filling its room. The cards of one puppy in two languages share it."""
    width, height = PANEL[2] - PANEL[0], PANEL[3] - PANEL[1]
    match picture:
        case PhotoPicture(data, across, down):
            photo = encoder.decode(data, Recipe(widths=(1080,), smallest_edge=1))
            if isinstance(photo, Fault):
                raise ValueError(photo.code)
            return ImageOps.fit(photo.image, (width, height), Image.Resampling.LANCZOS, centering=(across, down))
        case SvgPicture(svg):
            # Cut by the renderer, which then need not draw what falls away.
            shape = re.search(r'viewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"', svg)
            if shape is None:
                raise ValueError("a drawing needs a viewBox")
            scale = max(width / float(shape[1]), height / float(shape[2]))
            wide, high = float(shape[1]) * scale, float(shape[2]) * scale
            x, y = PANEL[0] + (width - wide) / 2, PANEL[1] + (height - high) / 2
            place = f'x="{x:.2f}" y="{y:.2f}" width="{wide:.2f}" height="{high:.2f}" overflow="visible"'
            # Without clips of their own (the panel's edge cuts enough) drawings take a third less time.
            free = svg if "overflow=" in svg else svg.replace("<svg ", '<svg overflow="visible" ', 1)
            return _layer(f"<svg {place}>{free}</svg>", PANEL)


@lru_cache(maxsize=8)
def _ground(shop: str, wordmark: str) -> Image.Image:
    """The paper, the collar and the shop's sign."""
    return _layer(f'<path d="{EDGE} L0 660 L0 -30Z" fill="{PAPER}"/>' + _collar() + _signature(shop, wordmark), GROUND)


# What is drawn on them, as SVG


def _words(card: ShareCard) -> list[str]:
    """Status, name and line, one block in the middle of its room."""
    # A puppy's name is short and shouts; a page's title may run over four lines.
    name_size, name = fit(card.name, 800, COLUMN, ((136, 1), (84, 2), (60, 3), (50, 4), (40, 4)))
    line_size, line = fit(unbroken(card.line), 500, COLUMN, ((36, 1), (32, 2), (28, 3))) if card.line else (0, [])
    pill = 46 if card.status and card.price else 0
    leading, line_leading = name_size * 1.18, line_size * 1.4
    block = (pill + 30 if pill else 0) + leading * len(name) + (12 + line_leading * len(line) if line else 0)
    y = TOP + max(0.0, (BOTTOM - TOP - block) / 2)
    parts: list[str] = []
    if card.status and pill:
        ground, words = STATUS_COLOURS[card.status]
        _, text = fit(card.status_text, 800, COLUMN - 60, ((25, 1),))
        wide = measure(text[0], 800, 25) + 52
        shape = f'x="{LEFT}" y="{y:.1f}" width="{wide:.1f}" height="{pill}" rx="{pill / 2}"'
        parts.append(f'<rect {shape} fill="{ground}"/>')
        parts.append(_text(text[0], LEFT + 26, y + 32, 25, 800, words))
        y += pill + 30
    for row in name:
        y += leading
        # Flush with the small words: a large letter carries more white of its own on the left.
        x = LEFT - bearing(row, 800, name_size)
        parts.append(_text(row, x, y - name_size * 0.24, name_size, 800, INK))
    y += 12
    for row in line:
        y += line_leading
        parts.append(_text(row, LEFT, y - line_size * 0.4, line_size, 500, SOFT_INK))
    return parts


def _signature(shop: str, wordmark: str) -> str:
    if wordmark:
        # Taller than any wordmark at this width, so that the width decides and it stands flush left.
        return f'<svg x="{LEFT}" y="480" width="264" height="120" overflow="visible" color="{INK}">{wordmark}</svg>'
    size, rows = fit(shop, 800, 270, ((34, 1), (28, 1), (24, 2)))
    first = 552 - (len(rows) - 1) * size * 0.6
    lines = (_text(row, LEFT + 54, first + number * size * 1.2, size, 800, INK) for number, row in enumerate(rows))
    return _paw(LEFT + 20, 540, 1.6, TERRACOTTA) + "".join(lines)


def _collar() -> str:
    """A leather band with two stitched seams, and the shade it throws on the picture."""

    def band(colour: str, width: float, more: str = "", shift: int = 0) -> str:
        line = f'd="{EDGE}" transform="translate({shift})" fill="none"'
        return f'<path {line} stroke="{colour}" stroke-width="{width}"{more}/>'

    stitches = ' stroke-dasharray="13 9" stroke-linecap="round" stroke-opacity=".75"'
    return (
        band(INK, 34, ' stroke-opacity=".16"', 9)
        + band("#86330f", 36)
        + band(TERRACOTTA, 30)
        + band("#f3c9a4", 2.4, stitches, -9)
        + band("#f3c9a4", 2.4, stitches, 9)
    )


def _tag(words: str) -> str:
    """A brass bone on the collar's ring, with the price on it; a round medal with a paw when there are no words."""
    x, y = RING
    ring = (
        f'<circle cx="{x}" cy="{y}" r="13" fill="#86330f"/><circle cx="{x}" cy="{y}" r="8" fill="{HONEY}"/>'
        f'<circle cx="{x}" cy="{y + 25}" r="21" fill="none" stroke="#8d6114" stroke-width="9"/>'
        f'<circle cx="{x}" cy="{y + 25}" r="21" fill="none" stroke="#f1cc7f" stroke-width="5"/>'
    )
    if not words:
        medal = f'<circle cx="{x}" cy="{y + 102}" r="62" '
        return (
            f'<circle cx="{x + 5}" cy="{y + 110}" r="62" fill="{INK}" fill-opacity=".2"/>'
            f'{medal}fill="{HONEY}"/>{medal}fill="none" stroke="#b57f1f" stroke-width="4"/>{ring}'
            + _paw(x, y + 104, 2.5, INK)
        )
    size, rows = fit(words, 800, 360, ((46, 1), (40, 1), (34, 1), (28, 1)))
    half = max(96.0, measure(rows[0], 800, size) / 2 - 4)
    middle = y + 96

    def bone(grow: float, fill: str, shift: float = 0, more: str = "") -> str:
        knobs = "".join(
            f'<circle cx="{x + shift + side * (half + 26):.1f}" cy="{middle + shift + up * 29}" r="{36 + grow}"/>'
            for side in (-1, 1) for up in (-1, 1)
        )  # fmt: skip
        bar = (
            f'<rect x="{x + shift - half - 26:.1f}" y="{middle + shift - 43 - grow}" '
            f'width="{2 * half + 52:.1f}" height="{86 + 2 * grow}"/>'
        )
        return f'<g fill="{fill}"{more}>{bar}{knobs}</g>'

    return (
        f'<g transform="rotate(-4 {x} {y})">'
        + bone(2, INK, 7, ' opacity=".2"') + bone(4, "#b57f1f") + bone(0, HONEY)
        + _text(rows[0], x, middle + size * 0.35, size, 800, INK, ' text-anchor="middle"')
        + f"</g>{ring}"
    )  # fmt: skip


def _paw(x: float, y: float, scale: float, colour: str) -> str:
    """A paw print about (x, y), some 24 × `scale` pixels across."""
    pads = ((-9.2, -2.6, -24), (-3.6, -9.4, -8), (3.6, -9.4, 8), (9.2, -2.6, 24))
    return (
        f'<g transform="translate({x} {y}) scale({scale})" fill="{colour}">'
        '<path d="M0 -2.2C4.6 -2.2 8.2 3.4 8.2 7.2C8.2 10.6 5.4 11.4 3.2 10.6C1.2 9.9 -1.2 9.9 -3.2 10.6'
        'C-5.4 11.4 -8.2 10.6 -8.2 7.2C-8.2 3.4 -4.6 -2.2 0 -2.2Z"/>'
        + "".join(f'<ellipse rx="2.7" ry="3.9" transform="translate({a} {b}) rotate({turn})"/>' for a, b, turn in pads)
        + "</g>"
    )


NO_PICTURE = SvgPicture(
    '<svg viewBox="0 0 600 630"><path d="M0 0H600V630H0Z" fill="#efdcb9"/>' + _paw(325, 330, 15, TERRACOTTA) + "</svg>"
)


def _text(words: str, x: float, y: float, size: float, weight: Weight, colour: str, more: str = "") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}"{more}>'
        f"{escape(words)}</text>"
    )
