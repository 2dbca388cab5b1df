"""Portraits: a puppy without a photo is drawn from its facts; the shop's own pictures come from the same pencil.

Everything here is pure: the same sitter and scene give the same SVG, byte for byte, without style sheets,
scripts, fonts or links, so that it may be inlined under a strict content policy.

What can be drawn is known at once; the pencil itself is loaded when something is drawn, which most builds never do.
"""

from sitegen.portrait.facts import BUILDS, COATS, COLOURS, EARS, MUZZLES, SCENES, TAILS, Sitter

__all__ = [
    "BUILDS",
    "COATS",
    "COLOURS",
    "EARS",
    "MUZZLES",
    "SCENES",
    "TAILS",
    "Sitter",
    "draw",
    "favicon",
    "scene_art",
    "wordmark",
]


def draw(sitter: Sitter, scene: int) -> str:
    """A complete SVG of 800 by 600; scene 0 is the portrait, 1 at home, 2 at play, 3 asleep."""
    from sitegen.portrait import scenes

    return scenes.draw(sitter, scene)


def scene_art(name: str) -> str:
    """A complete SVG of the shop itself: one of `art.ART`."""
    from sitegen.portrait import art

    return art.scene_art(name)


def wordmark() -> str:
    """The shop's name in the colour of the text around it."""
    from sitegen.portrait import lettering

    return lettering.wordmark()


def favicon() -> str:
    """The sign for a browser's tab, 32 by 32."""
    from sitegen.portrait import lettering

    return lettering.favicon()
