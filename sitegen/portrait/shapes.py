"""The pencil: smooth, curly and tufted outlines as SVG path data, and the few elements that the drawings need.

Coordinates grow to the right and downwards; an outline is a ring of points in clockwise order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import hypot

Point = tuple[float, float]


def num(value: float) -> str:
    """A number with at most one decimal, as short as SVG allows."""
    text = f"{value:.1f}".removesuffix(".0").replace("-0.", "-.")
    if text.startswith("0."):
        return text[1:]
    return "0" if text in ("-0", "-.0") else text


def numbers(values: Iterable[float]) -> str:
    """Numbers one after another; a minus sign parts two as well as a space does."""
    line = ""
    for value in values:
        text = num(value)
        line += text if not line or text[0] == "-" else " " + text
    return line


def mirrored(half: Sequence[Point]) -> list[Point]:
    """A symmetrical ring from its right half, which runs from the top to the bottom of the axis."""
    return [*half, *((-x, y) for x, y in reversed(half) if x)]


def moved(ring: Iterable[Point], dx: float = 0, dy: float = 0, sx: float = 1, sy: float = 1) -> list[Point]:
    """The ring, scaled about the origin and then moved."""
    return [(x * sx + dx, y * sy + dy) for x, y in ring]


def _controls(ring: Sequence[Point], i: int) -> tuple[Point, Point, Point, Point]:
    """The Bézier piece from point i to the next, of a curve that passes every point (Catmull-Rom)."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = (ring[(i + k) % len(ring)] for k in (-1, 0, 1, 2))
    return (bx, by), (bx + (cx - ax) / 6, by + (cy - ay) / 6), (cx - (dx - bx) / 6, cy - (dy - by) / 6), (cx, cy)


def smooth(ring: Sequence[Point]) -> str:
    """A closed curve through the points, to whole units."""
    x, y = (round(v) for v in ring[0])
    path = f"M{numbers((x, y))}c"
    steps: list[float] = []
    for i in range(len(ring)):
        _, one, two, end = _controls(ring, i)
        ex, ey = round(end[0]), round(end[1])
        # Each piece leaves as the last one came in, so only the first one names its first control point.
        leaving = (one[0] - x, one[1] - y) if i == 0 else ()
        steps += (round(v) for v in (*leaving, two[0] - x, two[1] - y, ex - x, ey - y))
        x, y = ex, ey
    return path + numbers(steps[:6]) + "s" + numbers(steps[6:]) + "z"


def spaced(ring: Sequence[Point], step: float) -> list[Point]:
    """Points at equal distances of about `step` along the smooth curve."""
    dense: list[Point] = []
    for i in range(len(ring)):
        a, b, c, d = _controls(ring, i)
        for k in range(12):
            t, u = k / 12, 1 - k / 12
            weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
            dense.append(
                (
                    sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
                    sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
                )
            )
    lengths = [hypot(dense[i][0] - dense[i - 1][0], dense[i][1] - dense[i - 1][1]) for i in range(1, len(dense))]
    lengths.append(hypot(dense[0][0] - dense[-1][0], dense[0][1] - dense[-1][1]))
    count = max(3, round(sum(lengths) / step))
    gap, walked, found = sum(lengths) / count, 0.0, [dense[0]]
    for i, length in enumerate(lengths):
        while walked + length >= gap * len(found) - 1e-9 and len(found) < count:
            t = (gap * len(found) - walked) / length
            (ax, ay), (bx, by) = dense[i], dense[(i + 1) % len(dense)]
            found.append((ax + (bx - ax) * t, ay + (by - ay) * t))
        walked += length
    return found


def curls(ring: Sequence[Point], step: float = 26) -> str:
    """The outline of a curly coat: round bumps, like a cloud."""
    points = spaced(ring, step)
    x, y = (round(v) for v in points[0])
    path = f"M{numbers((x, y))}"
    for px, py in [*points[1:], points[0]]:
        ex, ey = round(px), round(py)
        radius = round(hypot(ex - x, ey - y) * 0.56)
        path += f"a{radius} {radius} 0 0 1 {numbers((ex - x, ey - y))}"
        x, y = ex, ey
    return path + "z"


def tufts(ring: Sequence[Point], step: float, depth: Callable[[Point], float]) -> str:
    """The outline of a fluffy coat: soft locks that fall downwards, `depth` units long at each place."""
    points = spaced(ring, step)
    wave: list[Point] = []
    for i in range(len(points)):
        (ax, ay), (cx, cy), (dx, dy), (bx, by) = _controls(points, i)
        length = hypot(bx - ax, by - ay) or 1
        mx, my = (ax + 3 * cx + 3 * dx + bx) / 8, (ay + 3 * cy + 3 * dy + by) / 8
        out = depth((mx, my))
        wave.append((ax, ay))
        if out:
            lean = out * (0.55 if by >= ay else -0.55)  # locks point to the ground on both sides
            wave.append(
                (mx + ((by - ay) * out + (bx - ax) * lean) / length, my + ((ax - bx) * out + (by - ay) * lean) / length)
            )
    return smooth(wave)


def path(d: str, fill: str, more: str = "") -> str:
    """A filled path."""
    return f'<path d="{d}" fill="{fill}"{more}/>'


def line(d: str, colour: str, width: float, more: str = "") -> str:
    """A stroke; its ends are round, as `sheet` says once for all."""
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{num(width)}"{more}/>'


def dashes(d: str, colour: str, width: float, pattern: str, opacity: float) -> str:
    """A broken stroke with straight ends: slats, joints of bricks."""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{num(width)}" '
        f'stroke-dasharray="{pattern}" stroke-linecap="butt"{faint(opacity)}/>'
    )


def oval(x: float, y: float, rx: float, ry: float | None, fill: str, more: str = "") -> str:
    """An ellipse, or a circle where `ry` is None."""
    if ry is None or abs(rx - ry) < 0.05:
        return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(rx)}" fill="{fill}"{more}/>'
    return f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}" fill="{fill}"{more}/>'


def box(x: float, y: float, width: float, height: float, fill: str, radius: float = 0, more: str = "") -> str:
    """A rectangle, with round corners if wanted."""
    corner = f' rx="{num(radius)}"' if radius else ""
    place = f'x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}"'
    return f'<rect {place}{corner} fill="{fill}"{more}/>'


def pair(shape: str, mark: str = "", turn: float = 0) -> str:
    """A shape of the right side, turned a little, and its mirror image; a `mark` (an id) saves writing it twice."""
    if mark:
        again = f'<use href="#{mark}" transform="scale(-1 1)"/>'
        return (
            (f'<g transform="rotate({num(turn)})">' if turn else "")
            + f'<g id="{mark}">{shape}</g>'
            + ("</g>" if turn else "")
            + again
        )
    return f'{shape}<g transform="scale(-1 1)">{shape}</g>'


def faint(opacity: float) -> str:
    """The attribute for a see-through shape; two decimals are for light, not for places."""
    return f' opacity="{f"{opacity:.2f}".rstrip("0").lstrip("0")}"'


def at(x: float, y: float, scale: float, inside: str, turn: float = 0, flip: bool = False) -> str:
    """A drawing put down at a place: scaled, then turned (degrees, clockwise), then moved."""
    size = f"{scale:.2f}".rstrip("0").rstrip(".").removeprefix("0")
    steps = (
        f"translate({numbers((x, y))})" if x or y else "",
        f"rotate({num(turn)})" if turn else "",
        f"scale(-{size} {size})" if flip else f"scale({size})" if scale != 1 else "",
    )
    return f'<g transform="{"".join(steps)}">{inside}</g>' if any(steps) else inside


def clipped(mark: str, d: str, inside: str) -> str:
    """What lies inside the outline `d`; `mark` is the clip's id, unique in the page."""
    return f'<clipPath id="{mark}"><path d="{d}"/></clipPath><g clip-path="url(#{mark})">{inside}</g>'


def fading(mark: str, colour: str, opacity: float) -> str:
    """A gradient called `mark` from a colour at the top to nothing at the bottom."""
    stops = f'<stop stop-color="{colour}" stop-opacity="{opacity:g}"/>'
    stops += f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/>'
    return f'<linearGradient id="{mark}" x2="0" y2="1">{stops}</linearGradient>'


def sheet(width: int, height: int, inside: str) -> str:
    """The complete drawing; the page gives it its name, so it is hidden from screen readers itself."""
    head = (
        f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" stroke-linecap="round" aria-hidden="true"'
    )
    return f"<svg {head}>{inside}</svg>"
