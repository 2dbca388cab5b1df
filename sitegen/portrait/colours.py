"""The paint box: what each of the shop's coat colours looks like."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.portrait.facts import Sitter

WHITE, TAN, INK, BLUSH, TONGUE = "#fff8ec", "#cd8a4e", "#2b1b16", "#e8806a", "#e9857f"


@dataclass(frozen=True, slots=True)
class Coat:
    """Colours of one coat. `pattern` names how `second` and `light` lie on `base`."""

    base: str
    shade: str
    light: str
    ear: str
    pattern: str = "self"
    second: str = ""
    nose: str = "#33221d"
    iris: str = "#6d3f24"

    @property
    def dark(self) -> bool:
        """Whether shadows and closed eyes need help to be seen on it."""
        return self.base < "#5"

    def dim(self, opacity: float) -> str:
        """Attributes of a shadow that lies on this coat."""
        tone, factor = ("#0d0608", 2.4) if self.dark else ("#6b2f1c", 1)
        return f'{tone}" opacity="{f"{opacity * factor:.2f}".rstrip("0").lstrip("0")}'

    @property
    def paws(self) -> str:
        """The colour of the feet."""
        return {"blaze": self.light, "tricolour": self.light, "points": self.second}.get(self.pattern, self.base)


_COATS = {
    "white": Coat("#fdf6ea", "#ead9c3", "#fffdf8", "#f3e2cb"),
    "cream": Coat("#f5e1bf", "#e2c295", "#fdf3e0", "#e8ca9a"),
    "apricot": Coat("#edb681", "#d8945e", "#f9dbb6", "#dd9d66"),
    "fawn": Coat("#e6b983", "#c99660", "#f7dfbb", "#bf8c58"),
    "golden": Coat("#e6b05a", "#cb8c3a", "#f8dca2", "#d09440"),
    "orange": Coat("#ec9549", "#cc702d", "#fcd6a8", "#d87c36"),
    "red": Coat("#c2622f", "#9c4520", "#e5a676", "#a84e25"),
    "chocolate": Coat("#80503a", "#603727", "#ab7a5b", "#693d2c", nose="#4b2a20", iris="#a8713a"),
    "black": Coat("#4a3f43", "#362c30", "#6f5f64", "#3a3034", nose="#1b1315", iris="#8a5630"),
    "grey": Coat("#96918d", "#75706d", "#c0bab3", "#7c7774"),
    "silver": Coat("#cbc7c1", "#a9a49e", "#ebe7e0", "#b0aaa4"),
    "blue": Coat("#6d7987", "#525c69", "#9aa4af", "#5b6674", iris="#8a6a3c"),
    "sable": Coat("#d39a5d", "#ad7540", "#f2d2a4", "#7b5236", "sable", "#4d352a"),
    "brindle": Coat("#8a644a", "#6a4935", "#c09a76", "#654433", "brindle", "#4a3022"),
    "black-tan": Coat("#4a3f43", "#362c30", TAN, "#3a3034", "points", TAN, "#1b1315", "#8a5630"),
    "black-white": Coat("#4a3f43", "#362c30", WHITE, "#3a3034", "blaze", WHITE, "#1b1315", "#8a5630"),
    "brown-white": Coat("#9a6241", "#78472d", WHITE, "#80502f", "blaze", WHITE, "#3f2620", "#8d5a30"),
    "red-white": Coat("#d9783c", "#b65c27", WHITE, "#c36a32", "blaze", WHITE),
    "tricolour": Coat("#d08a50", "#ab6935", WHITE, "#ab6a3a", "tricolour", "#41363a"),
    "salt-pepper": Coat("#8f8c8b", "#6d6a6a", "#e6e1d9", "#666364", "pepper", "#4f4c4e"),
    "merle": Coat("#a9b3bc", "#87929d", WHITE, "#6d7480", "merle", "#515661", iris="#5b8bb0"),
}


# The warm coats on which a spitz shows urajiro, the pale cheeks, chest and belly of the Shiba standard.
_PALE_CHEEKS = frozenset(("red", "red-white", "orange", "apricot", "sable", "golden", "fawn"))


def coat_of(sitter: Sitter) -> Coat:
    """The colours of this sitter's coat; a spitz wears its pale parts on the cheeks, a flat-nosed fawn a mask."""
    coat = _COATS[sitter.colour]
    if sitter.spitz and sitter.colour in _PALE_CHEEKS:
        cheeks = "#f6d2a8" if sitter.colour == "red" else "#fff3df"
        return Coat(coat.base, coat.shade, cheeks, coat.base, "cheeks", coat.second if sitter.colour == "sable" else "")
    if sitter.colour == "fawn" and sitter.muzzle == "flat":
        return Coat(coat.base, coat.shade, "#6e5244", "#6e5244", "mask", "#54403a")
    if coat.pattern == "brindle" and sitter.muzzle == "flat":
        return Coat(coat.base, coat.shade, "#6a4c39", coat.ear, "brindle", coat.second)
    return coat
