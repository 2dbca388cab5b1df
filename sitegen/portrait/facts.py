"""What a portrait is drawn from: the sitter, and the words allowed for it.

The words are those of docs/content.md: `portrait` in a breed's front matter, `colour` in a puppy's.
"""

from __future__ import annotations

from hashlib import sha256

from sitegen.record import Record

EARS = ("drop", "pricked", "button", "rose", "bat", "feathered")
MUZZLES = ("flat", "short", "medium", "long")
COATS = ("smooth", "fluffy", "curly", "long", "wiry")
TAILS = ("curled", "plumed", "straight", "docked")
BUILDS = ("small", "stocky", "long", "leggy")
COLOURS = (
    "white",
    "cream",
    "apricot",
    "fawn",
    "golden",
    "orange",
    "red",
    "chocolate",
    "black",
    "grey",
    "silver",
    "blue",
    "sable",
    "brindle",
    "black-tan",
    "black-white",
    "brown-white",
    "red-white",
    "tricolour",
    "salt-pepper",
    "merle",
)

ALLOWED = {
    "ears": EARS,
    "muzzle": MUZZLES,
    "coat": COATS,
    "tail": TAILS,
    "build": BUILDS,
    "colour": COLOURS,
}
ADULT_WEEKS = 60
SCENES = 4
"""In how many ways a sitter is drawn."""


class Sitter(Record):
    """One puppy as the illustrator sees it; `age_weeks` is None for a litter that is not born yet.

    `seed` (the puppy's id) chooses the small things, a tilt, a scarf, a plant, so that litter mates differ.
    Raises ValueError for a word that docs/content.md does not allow.
    """

    ears: str
    muzzle: str
    coat: str
    tail: str
    build: str
    colour: str
    age_weeks: int | None
    seed: str

    def __post_init__(self) -> None:
        for name, words in ALLOWED.items():
            if getattr(self, name) not in words:
                raise ValueError(f"{name}: {getattr(self, name)!r} is none of {', '.join(words)}")

    @property
    def growth(self) -> float:
        """0 for a puppy of eight weeks or less, 1 for a grown dog."""
        weeks = 8 if self.age_weeks is None else self.age_weeks
        return float(min(max((weeks - 8) / (ADULT_WEEKS - 8), 0.0), 1.0) ** 0.7)

    @property
    def spitz(self) -> bool:
        """Pricked ears, a curled tail, a compact body: such dogs have pale cheeks where others have a blaze."""
        return self.ears == "pricked" and self.tail == "curled" and self.build != "leggy"

    @property
    def ridged(self) -> bool:
        """The Phú Quốc dog's signs: upright or button ears, leggy, short hair."""
        return self.build == "leggy" and self.coat == "smooth" and self.ears in ("pricked", "button")

    def chance(self, what: str, options: int) -> int:
        """A number from 0 to options - 1 that depends on nothing but the seed and `what`."""
        return int.from_bytes(sha256(f"{self.seed}|{what}".encode()).digest()[:4]) % options

    def mark(self, scene: object) -> str:
        """A prefix for ids, so that many drawings can stand in one page."""
        return "p" + sha256(f"{self!r}|{scene}".encode()).hexdigest()[:7]
