"""The head, seen from the front: half as wide as 100 units, its middle at (0, 0), the chin near (0, 85)."""

from __future__ import annotations

from sitegen.portrait.colours import BLUSH, INK, TONGUE, Coat, coat_of
from sitegen.portrait.facts import Sitter
from sitegen.portrait.markings import on_head
from sitegen.portrait.shapes import (
    Point,
    at,
    clipped,
    curls,
    faint,
    line,
    mirrored,
    moved,
    num,
    numbers,
    oval,
    pair,
    path,
    smooth,
    tufts,
)

# For each muzzle: half width and half height of its patch, the nose's height and half width, the eyes' distance.
_MUZZLES = {
    "flat": (60.0, 32.0, 26.0, 17.0, 51.0),
    "short": (38.0, 29.0, 36.0, 13.5, 45.0),
    "medium": (42.0, 34.0, 39.0, 16.0, 45.0),
    "long": (44.0, 42.0, 47.0, 19.0, 44.0),
}


def _apple(sitter: Sitter) -> bool:
    """A small smooth dog with a short muzzle has a domed forehead over a narrow chin."""
    return sitter.build == "small" and sitter.coat == "smooth" and sitter.muzzle == "short"


def skull(sitter: Sitter) -> list[Point]:
    """The outline without fur: broader and rounder the younger the dog."""
    young = 1 - sitter.growth
    wide, top = 98 + 7 * young, -84 - 6 * young
    cheek, jaw, chin = 0.86, 0.5, 80.0
    if sitter.build == "leggy":
        wide -= 5
    if sitter.muzzle == "flat":
        cheek, jaw, chin = 0.95, 0.66, 82
    elif sitter.muzzle == "long":
        wide, cheek, jaw, chin = wide - 7, 0.8, 0.5, 92
    elif _apple(sitter):
        top, cheek, jaw, chin = top - 8, 0.72, 0.36, 78
    return mirrored(
        [
            (0, top),
            (0.5 * wide, top * 0.88),
            (0.9 * wide, top * 0.42),
            (wide, 12),
            (cheek * wide, 52),
            (jaw * wide, chin - 6),
            (0, chin),
        ]
    )


def _outline(sitter: Sitter) -> str:
    ring = skull(sitter)
    if sitter.coat == "curly":
        return curls(moved(ring, sx=1.02, sy=0.99), 42)
    if sitter.coat == "smooth":
        return smooth(ring)
    most = {"fluffy": 15.0, "long": 9.0, "wiry": 11.0}[sitter.coat]
    wide = {"fluffy": 1.08, "long": 1.0, "wiry": 0.98}[sitter.coat]

    def depth(point: Point) -> float:
        x, y = point
        return most if y > -4 and abs(x) > 46 else 2.5

    return tufts(moved(ring, sx=wide), 38 if sitter.coat == "fluffy" else 28, depth)


def _upright(tip: Point, outer: Point, inner: Point, bulge: float, round_: float) -> str:
    """A standing ear: from its outer foot round the tip, `round_` wide, to its inner foot."""
    (tx, ty), (ox, oy), (ix, iy) = tip, outer, inner
    r = round_
    return smooth(
        [
            (ox, oy),
            ((ox + tx + r) / 2 + bulge, (oy + ty) / 2),
            (tx + r, ty + r * 1.3),
            (tx + r * 0.1, ty),
            (tx - r, ty + r * 0.9),
            ((ix + tx - r) / 2 - bulge * 0.45, (iy + ty) / 2),
            (ix, iy),
            ((ix + ox) / 2, (iy + oy) / 2 + 18),
        ]
    )


def _ears_behind(sitter: Sitter, coat: Coat) -> str:
    """The right ear of a dog whose ears stand up behind the head."""
    inside = "#e9a68c" if coat.pattern != "mask" else "#d99a82"
    size = 0.9 + 0.14 * sitter.growth
    if sitter.ears == "bat":
        if sitter.muzzle == "flat":
            wide, tight = ((74, -148), (96, -30), (34, -66)), ((73, -130), (84, -44), (50, -66))
        elif _apple(sitter):
            wide, tight = ((116, -138), (98, -6), (34, -70)), ((109, -119), (90, -26), (50, -68))
        else:
            wide, tight = ((92, -156), (98, -14), (28, -66)), ((88, -134), (88, -32), (46, -66))
        return at(0, 0, size, path(_upright(*wide, 12, 17), coat.ear) + path(_upright(*tight, 9, 11), inside))
    if sitter.ears == "pricked":
        if sitter.coat == "fluffy" and sitter.build == "small":
            outer = _upright((64, -116), (82, -48), (26, -70), 8, 11)
            return path(outer, coat.ear) + path(_upright((62, -101), (72, -60), (42, -74), 5, 7), inside)
        outer = _upright((78, -138), (96, -24), (22, -70), 10, 11)
        return at(0, 0, size, path(outer, coat.ear) + path(_upright((75, -118), (84, -44), (42, -72), 6, 7), inside))
    return ""


def _ears_before(sitter: Sitter, coat: Coat) -> str:
    """The right ear of a dog whose ears fold or hang before the head."""
    size = 0.93 + 0.1 * sitter.growth
    shadow = ' opacity=".14"'
    if sitter.ears == "drop":
        ring: list[Point] = [
            (46, -78),
            (78, -82),
            (108, -52),
            (124, -4),
            (122, 46),
            (102, 62),
            (84, 40),
            (78, -4),
            (62, -44),
        ]
        if sitter.coat == "long":
            ring = [(x, y * 1.06) for x, y in ring]
        shape = path(_furry(sitter, ring), coat.ear)
        return at(0, 9 * sitter.growth, size, path(smooth(moved(ring, -6, 6)), "#4a2013", shadow) + shape)
    if sitter.ears == "feathered":
        ring = [
            (54, -72),
            (84, -84),
            (116, -58),
            (134, -4),
            (138, 48),
            (118, 84),
            (96, 74),
            (88, 28),
            (80, -16),
            (68, -44),
        ]
        d = curls(ring, 35) if sitter.coat == "curly" else tufts(ring, 36, lambda p: 13 if p[1] > 10 else 0)
        waves = line("M112-40q-8 22 4 40M104 24q14 12 4 32M126 10q8 14 2 30", coat.shade, 5, ' opacity=".5"')
        return at(0, 0, size, path(smooth(moved(ring, -6, 5)), "#4a2013", shadow) + path(d, coat.ear) + waves)
    if sitter.ears == "button":
        foot = path(smooth([(26, -72), (58, -112), (84, -112), (102, -60), (96, -28), (60, -40)]), coat.ear)
        flap: list[Point] = [(44, -98), (76, -118), (106, -96), (116, -58), (104, -34), (84, -50), (62, -76)]
        lid = path(smooth(moved(flap, -4, 7)), "#4a2013", shadow) + path(_furry(sitter, flap), coat.shade)
        return at(0, 0, size, foot + lid)
    if sitter.ears == "rose":
        foot = path(smooth([(34, -74), (66, -98), (104, -92), (122, -66), (108, -48), (86, -40), (70, -52)]), coat.ear)
        fold = path(smooth([(62, -84), (90, -86), (112, -68), (94, -66), (78, -60)]), "#d99a82")
        return at(0, 0, size, foot + fold)
    return ""


def _furry(sitter: Sitter, ring: list[Point]) -> str:
    if sitter.coat == "curly":
        return curls(ring, 30)
    if sitter.coat in ("long", "wiry", "fluffy"):
        return tufts(ring, 30, lambda p: 11 if p[1] > 26 else 0)
    return smooth(ring)


def _eye(x: float, y: float, size: float, coat: Coat, mood: str) -> str:
    if mood == "asleep":
        lid = "#c9b1a8" if coat.dark else INK
        return line(f"M{x - size:.0f} {y:.0f}q{size:.0f} {size * 0.95:.0f} {2 * size:.0f} 0", lid, 5.5)
    across, deep = num(size * 1.5), num(size * 0.55)
    start, radius = numbers((x - size * 0.75, y + size * 0.25)), num(size * 0.8)
    iris = f"M{start}a{radius} {radius} 0 0 0 {across} 0q-{num(size * 0.75)} {deep}-{across} 0z"
    return (
        oval(x, y, size, size * 1.1, INK)
        + path(iris, coat.iris)
        + oval(x - size * 0.3, y - size * 0.42, size * 0.36, None, "#fff")
        + oval(x + size * 0.36, y + size * 0.3, size * 0.15, None, "#fff", faint(0.8))
    )


def _face(sitter: Sitter, coat: Coat, mark: str, mood: str) -> str:
    wide, tall, nose, broad, apart = _MUZZLES[sitter.muzzle]
    young = 1 - sitter.growth
    wide, tall = wide * (1 - 0.08 * young), tall * (1 - 0.06 * young)
    middle = nose + tall * 0.38
    light = coat.light
    if sitter.muzzle == "flat":
        patch = mirrored([(0, nose - 17), (30, nose - 15), (wide, 38), (wide * 1.02, 62), (36, 78), (0, 68)])
    else:
        patch = mirrored(
            [
                (0, middle - tall),
                (wide * 0.62, middle - tall * 0.72),
                (wide, middle + tall * 0.1),
                (wide * 0.66, middle + tall * 0.82),
                (0, middle + tall),
            ]
        )
    if sitter.coat == "curly":
        d = curls(patch, 27)
    elif sitter.coat == "wiry":
        d = tufts(moved(patch, 0, -8, 1.2, 1.22), 32, lambda p: 17 if p[1] > 30 else 5)
    else:
        d = smooth(patch)
    if coat.pattern == "merle":
        light = "#f7f1e8"
    parts = [path(d, light)]
    eye_y, size = 17 - 7 * sitter.growth, 15.5 - 1.8 * sitter.growth
    if sitter.muzzle == "flat" or _apple(sitter):
        size += 2
    eye = f'<g id="{mark}i">{_eye(-apart, eye_y, size, coat, mood)}</g>'
    parts.append(eye + f'<use href="#{mark}i" x="{num(2 * apart)}"/>')
    if sitter.muzzle == "flat":
        fold = "#33221a" if coat.pattern == "mask" else coat.shade
        parts.append(line(f"M-25 {nose - 21:.0f}q25-15 50 0M-13 {nose - 38:.0f}q13-7 26 0", fold, 4.5, faint(0.5)))
    low = round(nose) + 17
    if sitter.muzzle == "flat":
        mouth = f"M-37 {low + 7}q2 12 15 12q16 0 22-17q6 17 22 17q13 0 15-12M0 {low + 1}v-9"
    else:
        mouth = f"M-18 {low}q3 11 11 11q7 0 7-10q0 10 7 10q8 0 11-11M0 {low + 1}v-9"
    tongue = ""
    if mood == "glad":
        tongue = path(f"M-10 {low + 9}q10 5 20 0v9a10 10 0 0 1-20 0z", TONGUE)
        tongue += line(f"M0 {low + 12}v7", "#c9605f", 2.5)
    lips = coat.nose if coat.base > "#5" or coat.pattern in ("points", "blaze") else "#151012"
    parts += [tongue, line(mouth, lips, 4.2)]
    side, foot = num(broad * 2 - 18), num(broad - 5)
    parts.append(
        path(
            f"M{numbers((-broad, nose - 5))}q0-8 9-8.5h{side}q9 .5 9 8.5q0 7-{foot} 15q-5 3-10 0q-{foot}-8-{foot}-15z",
            coat.nose,
        )
    )
    parts.append(oval(-broad * 0.3, nose - 8, broad * 0.4, 3, "#fff", faint(0.4)))
    return "".join(parts)


def _fur(sitter: Sitter, coat: Coat) -> str:
    """What a coat adds over the skull: a topknot, a fringe, eyebrows."""
    if sitter.coat == "curly":
        knot = mirrored([(0, -128), (44, -116), (68, -82), (52, -52), (0, -44)])
        marks = line("M-30-92q8-14 20-6M14-104q12-6 18 6M-2-74q10-10 20 0M34-72q8-6 14 2", coat.shade, 5, faint(0.55))
        return path(curls(knot, 34), coat.base) + marks
    if sitter.coat == "long" and sitter.build == "small":
        d = "M-8-92q26-4 40 22q-16-10-24-6q14 12 14 28q-12-18-22-22q2 12-4 24q-4-14-12-20q-8 10-20 16q4-28 28-42z"
        return path(d, coat.light if coat.pattern == "self" else coat.base, faint(0.75))
    crest = coat.second if coat.pattern == "tricolour" and sitter.ears in ("pricked", "bat") else coat.base
    if sitter.coat == "fluffy":
        return path("M-26-86q2-20 20-24q-4 10 2 14q8-16 24-14q-8 8-4 16q8-4 16 0q-26 20-58 8z", crest)
    if sitter.coat == "wiry":
        return pair(
            path("M22-2q-2-26 26-28q22 0 30 16q-8-3-13-1q6 4 6 12q-8-8-15-7q2 4 0 9q-8-8-15-6q-2 5-19 5z", coat.light)
        )
    return ""


def head(sitter: Sitter, mark: str, mood: str = "calm") -> str:
    """The head as SVG elements; `mood` is calm, glad (tongue out) or asleep; `mark` begins its ids."""
    coat = coat_of(sitter)
    inside = f'<path d="M-160-160h320v320h-320z" fill="{coat.base}"/>' + on_head(sitter, coat, mark)
    ring = path("M-190-30h74a104 110 0 0 0 208 0h98v220h-380z", "#6b2f1c", ' opacity=".13"')
    rosy = faint(0.3 if coat.base < "#8" else 0.38)
    blush = oval(-69, 45, 17, 11, BLUSH, rosy) + oval(69, 45, 17, 11, BLUSH, rosy)
    behind, before = _ears_behind(sitter, coat), _ears_before(sitter, coat)
    tilt = sitter.chance("ear", 3) * 5 - 3 if sitter.ears in ("bat", "pricked", "button") else 0
    ears = pair(behind, mark + "e", tilt) if behind else ""
    fronts = pair(before, mark + "e", tilt) if before else ""
    skull_ = clipped(mark + "h", _outline(sitter), inside + ring + blush)
    return ears + skull_ + _fur(sitter, coat) + fronts + _face(sitter, coat, mark, mood)
