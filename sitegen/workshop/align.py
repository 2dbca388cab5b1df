"""Which item of a list became which: exact matches first, then the most alike. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.workshop.yaml_words import Value


def align(old: Sequence[Value], new: Sequence[Value]) -> list[int | None]:
    """For each new item the old one that it continues, or None for one that is really new. No old item serves twice."""
    free = dict.fromkeys(range(len(old)))
    origin: list[int | None] = [None] * len(new)
    for n, item in enumerate(new):
        same = next((i for i in free if same_meaning(old[i], item)), None)
        if same is not None:
            origin[n] = same
            del free[same]
    for n, item in enumerate(new):
        if origin[n] is None and free:
            # Of equally alike items the one nearest by, so that a list edited in place stays in place.
            best = max(free, key=lambda i: (alike(old[i], item), -abs(i - n)))
            if alike(old[best], item) > 0 or (len(old) == len(new) and best == n):
                origin[n] = best
                del free[best]
    return origin


def same_meaning(old: Value | None, new: Value | None) -> bool:
    """Equal, where a wanted `None` is the same as no key."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        names = {*old, *new}
        return all(same_meaning(old.get(name), new.get(name)) for name in names)
    return old == new


def alike(old: Value, new: Value) -> int:
    """How many keys of two tables agree; the first key (a file, a product) weighs most."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return 0
    shared = [name for name in new if name in old and same_meaning(old[name], new[name])]
    first = next(iter(new), None)
    return len(shared) + (10 if first in shared else 0)
