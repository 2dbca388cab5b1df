"""The things about the house: leaves, blossom, windows, cement tiles, lanterns, baskets."""

from __future__ import annotations

from math import cos, radians, sin

from sitegen.portrait.shapes import at, box, dashes, faint, line, numbers, oval, path

DARK = "#3a1a10"
LEAF = "M0 0C-26-34-24-84 0-122C24-84 26-34 0 0z"
HEART = "M0 34C-46 0-40-38-16-38Q-4-38 0-24Q4-38 16-38C40-38 46 0 0 34z"


def _uses(mark: str, places: list[tuple[float, float, float, float]]) -> str:
    """Copies of the shape called `mark`: x, y, turn and scale of each."""
    return "".join(
        f'<use href="#{mark}" transform="'
        + (f"translate({numbers((x, y))})" if x or y else "")
        + (f"rotate({turn:.0f})" if turn else "")
        + (f"scale({size:.2g})" if size != 1 else "")
        + '"/>'
        for x, y, turn, size in places
    )


def leaves(mark: str, colour: str, rib: str, places: list[tuple[float, float, float, float]]) -> str:
    """Broad leaves; each place is the stalk's end, the turn and the scale."""
    shape = (
        path(LEAF, colour) + path("M0 0C-26-34-24-84 0-122z", DARK, faint(0.1)) + line("M0-6V-96", rib, 3, faint(0.6))
    )
    return f'<defs><g id="{mark}">{shape}</g></defs>' + _uses(mark, places)


def fan(mark: str, colour: str, x: float, y: float, size: float) -> str:
    """A fan palm's leaf: slender blades from one point."""
    blade = path("M0 0C-14-60-12-120 0-176C12-120 14-60 0 0z", colour) + path(
        "M0 0C14-60 12-120 0-176z", DARK, faint(0.12)
    )
    spread = [(0.0, 0.0, turn, 1 - abs(turn) / 260) for turn in (-84.0, -56.0, -28.0, 0.0, 28.0, 56.0, 84.0)]
    return at(x, y, size, f'<defs><g id="{mark}">{blade}</g></defs>' + _uses(mark, spread))


def lotus(mark: str, green: str, places: list[tuple[float, float, float, float]]) -> str:
    """Lotus flowers over their round leaves."""
    petal = path(LEAF, "#f2b3ab") + path("M0 0C-26-34-24-84 0-122z", "#d9706a", faint(0.22))
    ring = _uses(mark + "q", [(0, 0, turn, 0.9) for turn in (-62.0, 62.0)])
    ring += _uses(mark + "q", [(0, 0, turn, 1.05) for turn in (-34.0, 34.0, 0.0)])
    flower = line("M0 0V80", green, 9) + oval(0, 44, 120, 26, green) + oval(-8, 40, 104, 19, "#fff", faint(0.14)) + ring
    return f'<defs><g id="{mark}q">{petal}</g><g id="{mark}">{flower}</g></defs>' + _uses(mark, places)


def blossom(mark: str, petal: str, heart: str, places: list[tuple[float, float, float, float]]) -> str:
    """Five-petalled flowers: apricot blossom (mai) when yellow, peach (đào) when pink."""
    petals = "".join(
        oval(round(12 * sin(radians(k * 72)), 1), round(-12 * cos(radians(k * 72)), 1), 10.5, None, petal)
        for k in range(5)
    )
    flower = petals + oval(0, 0, 6, None, heart)
    return f'<defs><g id="{mark}">{flower}</g></defs>' + _uses(mark, places)


def branch(mark: str, kind: int) -> str:
    """A flowering branch from the upper left corner."""
    petal, heart = ("#f4c64f", "#d9772b") if kind else ("#f3aca3", "#c9563f")
    twig = line("M-10 96Q120 120 196 78T330 66M96 110q40 50 84 52M150 98q20-50 56-60", "#7a4a35", 9)
    return twig + blossom(
        mark,
        petal,
        heart,
        [
            (60, 96, 0, 1.3),
            (120, 128, 30, 1),
            (206, 40, 10, 1.2),
            (184, 164, 50, 1.35),
            (250, 70, 0, 0.9),
            (330, 66, 20, 1.25),
            (178, 88, 40, 0.8),
        ],
    )


def window(x: float, y: float, sky: str, sun: str, wood: str) -> str:
    """An arched window with shutters as in an old Hanoi house; (x, y) is the middle of its sill."""
    arch = "M-72 0v-150a72 72 0 0 1 144 0V0z"
    shutter = box(78, -152, 44, 152, wood, 4) + dashes("M100-140V-10", DARK, 26, "6 13", 0.2)
    inside = (
        path(arch, sky)
        + oval(22, -140, 30, None, sun)
        + path("M-72-30q40-40 80-18t64-10V0H-72z", "#8ba67a")
        + line("M0 0v-220M-70-80H70", wood, 8)
        + line(arch, wood, 12)
    )
    return at(x, y, 1, inside + shutter + f'<g transform="scale(-1 1)">{shutter}</g>' + box(-92, -4, 184, 16, wood, 6))


def tiles(mark: str, top: float, low: float, ground: str, ink: str, accent: str, wide: int = 800) -> str:
    """A floor of patterned cement tiles (gạch bông) from `top` to `low`, flattened as if it lay before us."""
    corners = (
        "M0 0h20a20 20 0 0 1-20 20zM80 0v20a20 20 0 0 1-20-20zM0 80v-20a20 20 0 0 1 20 20zM80 80h-20a20 20 0 0 1 20-20z"
    )
    motif = (
        path("M40 6Q46 34 74 40Q46 46 40 74Q34 46 6 40Q34 34 40 6z", ink)
        + oval(40, 40, 8, None, accent)
        + path(corners, accent)
    )
    motif = box(0, 0, 80, 80, ground) + f'<g opacity=".42">{motif}</g>'
    pattern = (
        f'<pattern id="{mark}" width="80" height="80" patternUnits="userSpaceOnUse" '
        f'patternTransform="translate(0 {top:g}) scale(1.3 .56)">{motif}</pattern>'
    )
    return pattern + box(0, top, wide, low - top, f"url(#{mark})") + box(0, top, wide, 14, DARK, 0, faint(0.12))


def pot(x: float, y: float, colour: str, plant: str) -> str:
    """A glazed pot standing at (x, y), with a plant that grows from (0, 0) upwards."""
    body = path("M-46-84h92l-12 76q-2 10-12 10h-44q-10 0-12-10z", colour) + box(-54, -98, 108, 24, colour, 8)
    shade = path("M14-74h26l-9 66q-2 10-12 10H0q14-30 14-76z", DARK, faint(0.14))
    return at(x, y, 1, oval(0, 3, 66, 9, DARK, faint(0.16)) + at(0, -88, 1, plant) + body + shade)


def bush(mark: str, slender: bool) -> str:
    """What grows in a pot: a snake plant's blades, or broad leaves."""
    if slender:
        return leaves(mark, "#6f9468", "#cdd9a0", [(-16, 0, -15, 1.1), (18, 0, 16, 1), (0, 0, 0, 1.35)])
    return leaves(
        mark,
        "#6f9468",
        "#cdd9a0",
        [(0, 0, -64, 0.85), (0, 0, 62, 0.9), (-4, 0, -34, 1.15), (4, 0, 30, 1.1), (0, 0, -3, 1.3)],
    )


def lantern(x: float, y: float, colour: str) -> str:
    """A silk lantern as in Hội An, hanging down to (x, y)."""
    ribs = line("M-18-98q-26 36 0 72M0-98v72M18-98q26 36 0 72", DARK, 3, faint(0.2))
    return at(
        x,
        y,
        1,
        line(f"M0-104V-{y + 20:.0f}", "#7a4a35", 4)
        + oval(0, -62, 50, 38, colour)
        + ribs
        + box(-18, -106, 36, 10, "#7a4a35", 4)
        + box(-18, -28, 36, 9, "#7a4a35", 4)
        + line("M0-20V0M-8-20v14M8-20v14", "#d99a3c", 4),
    )


def basket(inside: str, weave: str = "#c98d4e", band: str = "#a9703a") -> str:
    """A woven basket, 320 wide, its foot at (0, 0); what lies `inside` shows over the rim, which is at y = -104."""
    hatch = "".join(f"M{x}-70q8 34-2 62" for x in range(-126, 140, 28))
    return (
        oval(0, 4, 178, 16, DARK, faint(0.18))
        + oval(0, -104, 160, 34, "#7c4f2b")
        + inside
        + path("M-162-104Q0-54 162-104Q154-30 128-4Q0 18-128-4Q-154-30-162-104z", weave)
        + line(hatch, band, 6, faint(0.55))
        + line("M-150-56Q0-8 150-56M-140-26Q0 16 140-26", band, 6, faint(0.7))
        + line("M-162-104Q0-52 162-104", band, 18)
        + line("M-150-104Q0-58 150-104", "#e3b475", 4, faint(0.8))
    )


def blanket() -> str:
    """A soft blanket in a basket: what it needs to be ready."""
    folds = line("M-110-120q40 22 70 4M10-126q40 18 90-2", "#d9bd8c", 6)
    return (
        path("M-150-108Q-120-160-60-142T40-150T150-112Q160-70 130-62Q0-40-120-66Q-150-80-150-108z", "#f6e8cd") + folds
    )


def rug(x: float, y: float, rx: float, ry: float, colour: str, trim: str) -> str:
    """A round rug with a ring and a hem."""
    return (
        oval(x, y + 6, rx, ry, DARK, faint(0.12))
        + oval(x, y, rx, ry, trim)
        + oval(x, y, rx - 14, ry - 5, colour)
        + f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx - 40:g}" ry="{ry - 14:g}" fill="none" stroke="{trim}" '
        'stroke-width="5" stroke-dasharray="2 16"/>'
    )
