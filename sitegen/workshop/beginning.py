"""What a new form holds already: what can be known, or is nearly always so. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sitegen import schema

if TYPE_CHECKING:
    from datetime import date

    from sitegen.model import Puppy
    from sitegen.workshop.form import Pair

NOT_YET = frozenset({schema.MICROCHIP.key, schema.PAPERS.key})
"""Of what comes along, that which a new form says that the puppy has not."""
OWN = ("w.", "b.", "p.", "f.code", "f.status", "f.reserved", "f.sold", "f.microchip", "f.listed", "f.draft", "f.sample")
"""What litter mates do not share: name, words, photos, chip and dates."""


def blank(kind: str, today: date, code: str, puppies: Sequence[Puppy]) -> tuple[Pair, ...]:
    """A new form of this kind. `puppies` are those there are: the newest says what usually comes along."""
    day = today.isoformat()
    if kind == "posts":
        return (("f.date", day),)
    if kind != "puppies":
        return ()
    newest = max(puppies, key=lambda p: p.listed, default=None)
    ticks = (("f.includes", item) for item in (newest.includes if newest else ()) if item not in NOT_YET)
    return (
        ("f.code", code), ("f.status", "available"), ("f.listed", day), ("f.origin", "VN"), ("f.raised", "home"),
        ("f.papers", "none"), ("f.microchip", "none"), ("f.weighed", day), *ticks,
    )  # fmt: skip


def copied(pairs: Iterable[Pair], first: Iterable[Pair]) -> tuple[Pair, ...]:
    """A new form with another's facts: the same litter, say. `first` is a blank one."""
    chip = ("f.includes", schema.MICROCHIP.key)
    kept = [pair for pair in pairs if not pair[0].startswith(OWN) and pair != chip]
    return (*(pair for pair in dict(first).items() if pair[0].startswith(OWN)), *kept)
