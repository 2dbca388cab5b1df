"""What the buttons inside a form do without a script: the form comes back changed, and nothing is saved. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.workshop.form import Posted
from sitegen.workshop.mistakes import input_id

ORDERS = ("up", "down", "drop", "more", "phone")
"""`up:3`, `down:3` move a photo; `drop:f.vaccinations.0`, `drop:p.3` take a row away; `more:f.vaccinations` asks for a
further row; `phone:` takes the photos that a phone has sent."""


def rearranged(posted: Posted, order: str, received: Iterable[Mapping[str, str]]) -> tuple[Posted, str]:
    """The form after the button, and the id of where she was."""
    what, _, name = order.partition(":")
    if what in ("up", "down"):
        return _moved(posted, name, -1 if what == "up" else 1), input_id(f"p.{name}.file")
    if what == "drop":
        kept = tuple(pair for pair in posted.pairs if not pair[0].startswith(f"{name}."))
        return Posted(kept), "photos" if name.startswith("p.") else input_id(name.rpartition(".")[0])
    if what == "phone":
        here = {text for field, text in posted.pairs if field.endswith(".ref")}
        return with_photos(posted, (photo for photo in received if photo["ref"] not in here)), "photos"
    return posted, input_id(name)  # a row that is filled is followed by an empty one


def with_photos(posted: Posted, photos: Iterable[Mapping[str, str]]) -> Posted:
    """The form with these uploads as its last photos."""
    pairs, taken, n = list(posted.pairs), set(posted.rows("p")), 0
    for photo in photos:
        while f"sent{n}" in taken:
            n += 1
        taken.add(f"sent{n}")
        pairs += [(f"p.sent{n}.{key}", photo[key]) for key in ("file", "ref", "taken")]
    return Posted(tuple(pairs))


def _moved(posted: Posted, row: str, step: int) -> Posted:
    rows = list(posted.rows("p"))
    if row in rows:
        at = rows.index(row)
        rows.insert(max(0, at + step), rows.pop(at))
    others = tuple(pair for pair in posted.pairs if not pair[0].startswith("p."))
    return Posted((*others, *(pair for each in rows for pair in posted.having(f"p.{each}."))))
