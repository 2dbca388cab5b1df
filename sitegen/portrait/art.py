"""The shop's own pictures: the home page's, those of empty shelves, wrong ways and thanks, and a paw."""

from __future__ import annotations

from collections.abc import Callable

from sitegen.portrait import body, props
from sitegen.portrait.facts import Sitter
from sitegen.portrait.head import head
from sitegen.portrait.shapes import at, box, clipped, faint, line, oval, path, sheet

_MILU = Sitter("drop", "medium", "smooth", "straight", "small", "brown-white", 9, "milu")
_PAW = "M0 12C16 12 34 34 28 48C22 60 10 52 0 52C-10 52-22 60-28 48C-34 34-16 12 0 12z"
_BLOB = "M92 300C60 190 120 70 240 62C330 56 470 40 520 130C566 214 540 330 440 352C330 372 120 392 92 300z"
TERRACOTTA = "#c4572f"


def paw(colour: str = TERRACOTTA) -> str:
    """A paw print about (0, 22), some 80 units wide."""
    toes = oval(-32, 6, 10, 14, colour) + oval(-12, -12, 11, 15, colour)
    return path(_PAW, colour) + toes + oval(12, -12, 11, 15, colour) + oval(32, 6, 10, 14, colour)


def _stage(leaf: str) -> str:
    """A sun-warm shape that stands as well on cream as on brown paper."""
    return path(_BLOB, "#f1c9a8") + props.leaves(
        leaf, "#7d9a6d", "#e9dfb6", [(112, 352, -38, 0.8), (140, 358, -8, 1), (500, 352, 34, 0.8), (478, 358, 6, 0.65)]
    )


def _empty() -> str:
    ball = oval(470, 346, 24, None, "#4c8380") + line("M452 334q20 14 0 30M488 334q-20 14 0 30", "#fff3df", 4)
    prints = (
        at(240, 120, 0.34, paw("#d98a62"), -14)
        + at(310, 96, 0.34, paw("#d98a62"), 8)
        + at(386, 112, 0.34, paw("#d98a62"), 24)
    )
    return sheet(600, 400, _stage("em-l") + prints + at(300, 352, 1, props.basket(props.blanket())) + ball)


def _lost() -> str:
    post = (
        box(442, 138, 16, 218, "#8a5a3c", 6)
        + path("M410 152h84l26 22l-26 22h-84z", "#e0a55c")
        + path("M492 212h-80l-24 20l24 20h80z", "#c98447")
        + at(456, 168, 0.26, paw("#fff3df"))
        + at(448, 226, 0.24, paw("#fff3df"))
    )
    figure, floor = body.sitting(_MILU, "lost")
    dog = at(0, 0, 0.9, figure) + at(0, 0, 1, head(_MILU, "lost", "calm"), -9)
    asks = line("M426 76q0-20 19-18q18 3 13 20q-4 9-13 14v6M445 116v.1", TERRACOTTA, 9)
    return sheet(600, 400, _stage("lo-l") + post + asks + at(262, 356 - floor * 0.9 * 0.95, 0.95, dog))


def _thanks() -> str:
    letter = (
        box(-84, 0, 160, 100, props.DARK, 8, faint(0.14))
        + box(-78, -8, 156, 100, "#fffaf0", 8)
        + path("M-78 2L0 50 78 2V0q0-8-8-8H-70q-8 0-8 8z", "#f0dcc0")
        + path("M0 66C-24 48-22 28-9 28Q-2 28 0 35Q2 28 9 28C22 28 24 48 0 66z", TERRACOTTA)
    )
    dog = body.chest(_MILU, "thx") + at(0, 0, 1, head(_MILU, "thx", "calm"), 4)
    hearts = "".join(
        at(x, y, s, path(props.HEART, "#d9704e"), t)
        for x, y, s, t in ((130, 130, 0.5, -14), (168, 90, 0.3, 10), (470, 120, 0.45, 14))
    )
    return sheet(
        600,
        400,
        _stage("th-l") + hearts + clipped("thx-b", _BLOB, at(300, 196, 1, dog)) + at(300, 278, 0.9, letter, -5),
    )


def _hero() -> str:
    corgi = Sitter("bat", "medium", "smooth", "docked", "long", "red-white", 9, "hero corgi")
    poodle = Sitter("feathered", "short", "curly", "curled", "small", "chocolate", 9, "hero poodle 7")
    beagle = Sitter("drop", "medium", "smooth", "straight", "stocky", "tricolour", 8, "hero beagle")
    shiba = Sitter("pricked", "medium", "smooth", "curled", "small", "white", 10, "hero shiba 1")

    def sits(dog: Sitter, mark: str, x: float, floor: float, size: float, mood: str, tilt: float) -> str:
        figure, low = body.sitting(dog, mark)
        return at(x, floor - low * 0.9 * size, size, at(0, 0, 0.9, figure) + at(0, 0, 1, head(dog, mark, mood), tilt))

    room = (
        box(0, 0, 1200, 540, "#f3d9a6")
        + box(0, 500, 1200, 40, "#e3ba74")
        + at(270, 440, 1.65, props.window(0, 0, "#fdf0cf", "#f4c35c", "#7d9a8a"))
        + props.lantern(930, 200, "#d5643a")
        + props.tiles("he-t", 530, 800, "#f3e6cf", "#b96a4a", "#7d9a8a", 1200)
        + path("M150 540H390L860 800H520z", "#fff6d6", faint(0.4))
        + at(1060, 600, 1.5, props.pot(0, 0, TERRACOTTA, props.bush("he-p", False)))
        + props.rug(610, 690, 470, 88, "#e0946c", "#b9562f")
    )
    sleeper, low = body.curled(beagle, "he-b")
    nap = at(0, 0, 0.9, sleeper) + at(0, 6, 1, head(beagle, "he-b", "asleep"), -5)
    dogs = (
        at(786, 400, 1.12, at(0, 0, 0.82, body.chest(shiba, "he-s")) + at(0, 0, 1, head(shiba, "he-s", "glad"), 6))
        + sits(poodle, "he-o", 372, 700, 1.12, "calm", -5)
        + sits(corgi, "he-c", 572, 716, 1.22, "glad", 3)
        + at(800, 742 - low * 0.9 * 1.05, 1.05, nap)
    )
    return sheet(1200, 800, room + dogs)


_ART: dict[str, Callable[[], str]] = {
    "paw": lambda: sheet(100, 100, at(50, 34, 1, paw())),
    "empty": _empty,
    "lost": _lost,
    "thanks": _thanks,
    "hero": _hero,
}
ART = tuple(_ART)


def scene_art(name: str) -> str:
    """A complete SVG: `paw` (100 by 100), `empty`, `lost`, `thanks` (600 by 400) or `hero` (1200 by 800).

    All but the hero have no ground of their own and stand on cream as well as on brown.

    Raises ValueError for any other name.
    """
    if name not in _ART:
        raise ValueError(f"{name!r} is none of {', '.join(ART)}")
    return _ART[name]()
