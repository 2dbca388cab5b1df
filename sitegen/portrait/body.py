"""The body below a head whose middle is (0, 0): the chest alone, sitting, standing side on, curled up asleep."""

from __future__ import annotations

from sitegen.portrait.colours import Coat, coat_of
from sitegen.portrait.facts import Sitter
from sitegen.portrait.markings import on_body
from sitegen.portrait.shapes import (
    Point,
    at,
    clipped,
    curls,
    faint,
    line,
    mirrored,
    oval,
    pair,
    path,
    smooth,
    tufts,
)

_WIDTH = {"small": 86.0, "stocky": 116.0, "long": 108.0, "leggy": 92.0}
_FLOOR = {"small": 226.0, "stocky": 236.0, "long": 218.0, "leggy": 272.0}
# For each build: length of the back, depth of the body, length and thickness of the legs.
_SIDE = {
    "small": (158.0, 96.0, 56.0, 32.0),
    "stocky": (172.0, 122.0, 52.0, 42.0),
    "long": (262.0, 106.0, 32.0, 38.0),
    "leggy": (190.0, 104.0, 98.0, 34.0),
}
SCARVES = ("#c4572f", "#7d9a6d", "#e3a93d", "#4c8380")


def _coated(sitter: Sitter, ring: list[Point], deep: float = 13) -> str:
    match sitter.coat:
        case "curly":
            return curls(ring, 38)
        case "smooth":
            return smooth(ring)
        case "wiry":
            return tufts(ring, 46, lambda _: deep * 0.5)
    return tufts(ring, 54, lambda _: deep * 0.75)


def _filled(sitter: Sitter, coat: Coat, mark: str, ring: list[Point], view: str) -> str:
    """A body part in its colours, darker towards the ground and under the chin."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    left, top, right, low = min(xs) - 30, min(ys) - 30, max(xs) + 30, max(ys) + 30
    inside = path(f"M{left:.0f} {top:.0f}H{right:.0f}V{low:.0f}H{left:.0f}z", coat.base)
    inside += on_body(coat, mark, view, right - 30, low - 30)
    if view == "side":
        inside += oval(6, 70, 92, 46, coat.dim(0.16))
        inside += path(
            f"M{left:.0f} {low:.0f}V{low - 48:.0f}Q{(left + right) / 2:.0f} {low - 30:.0f} {right - 26:.0f} "
            f"{top + 50:.0f}H{right:.0f}V{low:.0f}z",
            coat.dim(0.12),
        )
    elif view == "front":
        inside += oval(6, 72, 96, 42, coat.dim(0.18))
        inside += path(
            f"M{right * 0.5:.0f} {low:.0f}Q{right * 0.62:.0f} {top + 110:.0f} {right * 0.5:.0f} {top + 40:.0f}"
            f"H{right:.0f}V{low:.0f}z",
            coat.dim(0.1),
        )
    return clipped(mark + view[0], _coated(sitter, ring, 7 if view == "side" else 13), inside)


def _scarf(sitter: Sitter, wide: float = 78) -> str:
    """A small thing round the neck, chosen by the seed."""
    colour = SCARVES[sitter.chance("colour of scarf", len(SCARVES))]
    w = f"{wide:.0f}"
    band = f"M-{w} 58q{w} 56 {2 * wide:.0f} 0q7 14 0 22q-{w} 52-{2 * wide:.0f} 0q-7-8 0-22z"
    match sitter.chance("scarf", 4):
        case 0:
            near, low = f"{wide - 6:.0f}", f"{wide - 16:.0f}"
            knot = f"M-{near} 82q{near} 36 {2 * wide - 12:.0f} 0q-20 40-{low} 68q-10 6-20 0q-50-30-{low}-68z"
            dots = (
                oval(-24, 116, 5, None, "#fff3df")
                + oval(24, 116, 5, None, "#fff3df")
                + oval(0, 134, 5, None, "#fff3df")
            )
            return path(knot, colour) + dots + path(band, colour) + path(band, "#3a1a10", faint(0.16))
        case 1:
            return path(band, colour) + oval(0, 113, 14, None, "#f2c14e") + oval(0, 113, 5, None, "#c98a26")
        case 2:
            bow = pair(path("M2 104q20-26 44-22q8 22 0 46q-26 2-44-18z", colour))
            return path(band, colour) + bow + oval(0, 107, 11, 12, colour) + oval(0, 107, 11, 12, "#3a1a10", faint(0.2))
    return ""


def chest(sitter: Sitter, mark: str) -> str:
    """Neck and shoulders; they run out of the picture below y = 300."""
    coat = coat_of(sitter)
    wide = _WIDTH[sitter.build] * 1.12
    if sitter.coat in ("fluffy", "long"):
        wide *= 1.3 if sitter.build == "small" else 1.14
    ring = mirrored(
        [
            (0, 30),
            (56, 42),
            (wide * 0.84, 96),
            (wide, 160),
            (wide * 1.1, 260),
            (wide, 330),
            (0, 340),
        ]
    )
    return _filled(sitter, coat, mark, ring, "front") + _scarf(sitter)


def _paw(x: float, y: float, rx: float, ry: float, coat: Coat) -> str:
    toes = f"M{x - rx * 0.3:.0f} {y + ry * 0.1:.0f}v{ry * 0.6:.0f}M{x + rx * 0.3:.0f} {y + ry * 0.1:.0f}v{ry * 0.6:.0f}"
    return oval(x, y, rx, ry, coat.paws) + line(toes, coat.dim(0.32), 3.4)


def _tail(sitter: Sitter, coat: Coat) -> str:
    """The tail from its root at (0, 0), to the right and up; it is drawn behind the body."""
    tip = coat.light if coat.pattern in ("blaze", "tricolour", "cheeks") else ""
    colour = coat.second if coat.pattern == "tricolour" else coat.base
    match sitter.tail:
        case "docked":
            return oval(6, -8, 24, 20, colour)
        case "curled":
            thick = 44 if sitter.coat in ("fluffy", "long") else 34
            curl = "M-10 6C46 6 74-34 58-66S4-90-4-62s24 34 36 16"
            pom = path(curls([(20, -96), (64, -84), (70, -40), (34, -22), (2, -46)], 28), coat.base)
            if sitter.coat == "curly":
                return line("M-6 4q30-6 36-44", coat.shade, 18) + pom
            end = line("M-3-56q4 24 24 22", tip, thick) if tip else ""
            return line(curl, colour, thick) + end + line("M38-56q-2-20-20-16", coat.shade, 5, faint(0.5))
        case "plumed":
            ring: list[Point] = [
                (-16, 12),
                (-8, -24),
                (14, -62),
                (50, -94),
                (92, -106),
                (124, -96),
                (132, -62),
                (112, -26),
                (74, 0),
                (30, 22),
            ]
            d = _coated(sitter, ring, 6)
            return path(d, colour) + line("M22-6q50-12 78-48", coat.light, 7, faint(0.35))
    ring = [(-12, 14), (-6, -12), (30, -40), (56, -96), (68, -104), (76, -92), (62, -30), (24, 16)]
    end = path(smooth([(48, -74), (58, -98), (68, -104), (76, -92), (70, -68)]), tip)
    return path(smooth(ring), colour) + (end if tip else "")


def sitting(sitter: Sitter, mark: str) -> tuple[str, float]:
    """The whole dog below the head, sitting and looking at us; also where its floor is."""
    coat = coat_of(sitter)
    wide, floor = _WIDTH[sitter.build], _FLOOR[sitter.build] + 26 * sitter.growth
    hip = wide * 1.02
    ring = mirrored(
        [
            (0, 30),
            (46, 44),
            (wide * 0.74, 100),
            (wide * 0.86, floor - 96),
            (hip, floor - 40),
            (hip * 0.8, floor - 8),
            (0, floor - 2),
        ]
    )
    leg = 21 if sitter.build == "stocky" else 17 if sitter.build in ("small", "leggy") else 19
    x = 31 if sitter.build != "stocky" else 38
    top, sock = floor - (112 if sitter.build == "leggy" else 86), floor - 52
    limb = f"M{x - leg} {top + 20:.0f}q{leg}-30 {2 * leg} 0l2 {floor - top - 34:.0f}h-{2 * leg + 4}z"
    legs = path(limb, coat.base)
    if coat.paws != coat.base:
        legs += path(
            f"M{x - leg - 1} {sock:.0f}q{leg}-14 {2 * leg + 2} 0l1 {floor - sock - 14:.0f}h-{2 * leg + 4}z", coat.paws
        )
    gap = path(
        f"M-{x - leg:.0f} {floor - 4:.0f}V{top + 34:.0f}q{x - leg:.0f}-26 {2 * (x - leg):.0f} 0V{floor - 4:.0f}z",
        coat.dim(0.22),
    )
    haunch = pair(
        oval(hip * 0.86, floor - 44, 40, 46, coat.dim(0.13))
        + oval(hip * 0.88, floor - 42, 38, 44, coat.base)
        + _paw(hip * 0.9, floor - 8, 34, 17, coat),
        mark + "k",
    )
    paws = pair(legs + _paw(x, floor - 4, leg + 9, 18, coat), mark + "l")
    tail = at(hip * 0.72, floor - 34, 0.95, _tail(sitter, coat), 14)
    shadow = oval(0, floor + 6, hip * 1.42, 16, "#5a2a18", faint(0.18))
    body = _filled(sitter, coat, mark, ring, "front")
    return shadow + tail + body + haunch + gap + paws + _scarf(sitter, 66), floor + 8


def standing(sitter: Sitter, mark: str, ball: str = "") -> tuple[str, float]:
    """The whole dog side on, its head at the left; one paw on a ball if `ball` is a colour; also its floor."""
    coat = coat_of(sitter)
    long, deep, leg, thick = _SIDE[sitter.build]
    if sitter.coat in ("fluffy", "long"):
        deep, leg = deep * 1.14, leg * 0.86  # fur hides the upper leg
    floor = deep + leg + 10
    belly = deep - (18 if sitter.build == "leggy" else -6)
    ring: list[Point] = [
        (-46, 34),
        (10, 8),
        (long * 0.5, 18),
        (long, 14),
        (long + 34, 50),
        (long + 26, deep - 6),
        (long * 0.5, belly),
        (4, deep + 16),
        (-44, deep - 16),
    ]

    def limb(x: float, colour: str, foot: str, hind: bool) -> str:
        t = thick / 2
        thigh = oval(x + 2, deep - 28, t + 19, 40, colour) if hind else ""
        d = f"M{x - t:.0f} {deep - 34:.0f}h{thick:.0f}l-2 {leg + 24:.0f}h-{thick - 4:.0f}z"
        sock = path(
            f"M{x - t:.0f} {floor - leg * 0.62:.0f}q{t:.0f}-10 {thick:.0f} 0l-1 {leg * 0.62 - 8:.0f}h-{thick - 2:.0f}z",
            foot,
        )
        sole = oval(x - 6, floor - 12, t + 11, 14, foot) + line(
            f"M{x - 14:.0f} {floor - 9:.0f}v7M{x - 2:.0f} {floor - 9:.0f}v7", coat.dim(0.3), 3.2
        )
        return thigh + path(d, colour) + (sock if foot != colour else "") + sole

    dim = coat.shade
    far_foot = dim if coat.paws == coat.base else coat.paws
    far = limb(34, dim, far_foot, False) + limb(long - 22, dim, far_foot, True)
    near = limb(long + 12, coat.base, coat.paws, True)
    if ball:
        x, y, r = -82.0, floor - 34, 34.0
        near += (
            oval(x, y, r, None, ball)
            + path(f"M{x - r:.0f} {y:.0f}a34 34 0 0 0 68 0q-34 22-68 0z", "#3a1a10", faint(0.15))
            + line(f"M{x - 24:.0f} {y - 22:.0f}q26 22 0 46M{x + 24:.0f} {y - 22:.0f}q-26 22 0 46", "#fff3df", 5)
        )
        arm = f"M-14 {deep - 26:.0f}Q-34 {deep + 4:.0f}-74 {y - r - 4:.0f}"
        near += line(arm, coat.base, thick) + line(f"M-62 {y - r - 12:.0f}l-14 6", coat.paws, thick + 4)
    else:
        near += limb(-16, coat.base, coat.paws, False)
    # A fluffy plume lies over the back, a silky one streams behind.
    tail = at(long + 8, 36, 1, _tail(sitter, coat), -48 if sitter.tail == "plumed" and sitter.coat == "fluffy" else 0)
    shadow = oval(long / 2 - 20, floor + 2, long / 2 + 100, 15, "#5a2a18", faint(0.18))
    body = _filled(sitter, coat, mark, ring, "side")
    if sitter.ridged:
        body += path(
            f"M44 14q14-12 26-4q{long * 0.4:.0f} 8 {long - 84:.0f} 3"
            f"q10 1 10 5q-{long * 0.4:.0f} 10-{long - 74:.0f} 4q-18 4-26-8z",
            coat.shade,
        )
    return shadow + tail + far + body + near, floor + 4


def curled(sitter: Sitter, mark: str) -> tuple[str, float]:
    """The body of a sleeping dog, to stand behind its head (which lies at the left); also the floor."""
    coat = coat_of(sitter)
    long = {"small": 176.0, "stocky": 200.0, "long": 236.0, "leggy": 214.0}[sitter.build]
    ring: list[Point] = [
        (-30, -10),
        (30, -58),
        (long * 0.55, -74),
        (long * 0.95, -46),
        (long + 24, 14),
        (long, 70),
        (long * 0.5, 86),
        (-20, 80),
    ]
    body = _filled(sitter, coat, mark, ring, "rest")
    thigh = line(f"M{long * 0.5:.0f} 58q-8-66 54-74q46-2 56 40", coat.dim(0.18), 6)
    thick = 52 if sitter.tail == "plumed" else 34
    tip = coat.light if coat.pattern in ("blaze", "tricolour", "cheeks") else coat.base
    if sitter.tail != "docked":
        tail = line(f"M{long + 4:.0f} 44q-6 34-60 32H{long * 0.46:.0f}", coat.dim(0.13), thick + 6)
        tail += line(f"M{long + 4:.0f} 44q-6 34-60 32H{long * 0.46:.0f}", coat.base, thick)
        tail += line(f"M{long * 0.52:.0f} 76H{long * 0.46:.0f}", tip, thick) if tip != coat.base else ""
    else:
        tail = oval(long + 18, 40, 20, 18, coat.base)
    foot = _paw(long * 0.62, 80, 36, 18, coat) if sitter.tail == "docked" else ""
    paws = _paw(-58, 82, 34, 18, coat) + _paw(38, 86, 34, 18, coat)
    return (tail + body + thigh + foot if foot else body + thigh + tail) + paws, 100


def length(sitter: Sitter) -> float:
    """The length of the back."""
    return _SIDE[sitter.build][0]
