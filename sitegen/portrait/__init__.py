"""Portraits: a puppy without a photo is drawn from its facts; the shop's own pictures come from the same pencil.

Everything here is pure: the same sitter and scene give the same SVG, byte for byte, without style sheets,
scripts, fonts or links, so that it may be inlined under a strict content policy.
"""

from sitegen.portrait.art import ART, scene_art
from sitegen.portrait.facts import BUILDS, COATS, COLOURS, EARS, MUZZLES, TAILS, Sitter
from sitegen.portrait.lettering import favicon, wordmark
from sitegen.portrait.scenes import SCENES, draw

__all__ = [
    "ART",
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
