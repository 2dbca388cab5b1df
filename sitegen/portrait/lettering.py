"""The shop's name, drawn: an M with a puppy's ears, a paw for a dot, a tail at the end; and the small mark."""

from __future__ import annotations

from sitegen.portrait.shapes import box, oval, path

_STROKES = (
    "M4 100V32L38 74 72 32V100"  # M
    "M118 54V100M150 20V84q0 16 14 15"  # i l
    "M190 54V78q0 22 22 22t22-22V54M234 78v22"  # u
    "M282 28Q294 52 310 64T342 100M342 28Q330 52 312 64T280 100"  # X
    "M374 54V100M406 100V54M406 76q0-22 22-22t22 22v24"  # i n
    "M482 20V100M482 76q0-22 22-22t22 22v12q0 12 12 12c22 0 36-18 30-34c-4-11-20-8-18 4"  # h, and the tail
)
_EARS = "M5 22C-18 20-28 48-16 68C-2 66 8 48 5 22zM71 22C94 20 104 48 92 68C78 66 68 48 71 22z"
_PAW = "M374 28c7 0 14 9 11 14c-3 4-7 1-11 1s-8 3-11-1c-3-5 4-14 11-14z"


def wordmark() -> str:
    """“Milu Xinh” in the colour of the text around it (currentColor), 604 by 102; the link around it says the name."""
    toes = "".join(oval(x, y, 4, 5, "currentColor") for x, y in ((361, 27), (369, 18), (379, 18), (387, 27)))
    letters = (
        f'<path d="{_STROKES}" fill="none" stroke="currentColor" stroke-width="15" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )
    inside = (
        letters
        + path(_EARS, "currentColor")
        + oval(118, 32, 9, None, "currentColor")
        + path(_PAW, "currentColor")
        + toes
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-26 8 604 102" aria-hidden="true">{inside}</svg>'


def favicon() -> str:
    """A puppy's head on terracotta, 32 by 32; large shapes, for it must be known at 16 pixels."""
    ears = path("M9 7C3 6 0 13 2 20C5 23 9 20 10 13zM23 7C29 6 32 13 30 20C27 23 23 20 22 13z", "#5a2f1f")
    face = path("M16 5C24 5 27 11 27 18C27 25 22 29 16 29S5 25 5 18C5 11 8 5 16 5z", "#fff3df")
    eyes = oval(11, 17.5, 2.2, 2.5, "#2b1b16") + oval(21, 17.5, 2.2, 2.5, "#2b1b16")
    nose = oval(16, 22.5, 3.2, 2.3, "#2b1b16")
    ground = box(0, 0, 32, 32, "#c4572f", 8)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{ground}{face}{ears}{eyes}{nose}</svg>'
