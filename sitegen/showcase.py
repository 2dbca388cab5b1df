"""Cards of puppies, kept from build to build: lists show hundreds of puppies, of whom hardly one has changed.

To make a card takes the whole puppy, who would have to be fetched for it, and words from a dozen places. To keep it
takes a tuple of plain values, under the digests of all that it was made of.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from sitegen.views import Card, Picture, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

Kept: TypeAlias = "Mapping[str, Any]"
"""All cards, plain, as the memory has them: language → the digest of what all its cards are made of besides their
puppies; language and id of a puppy (`_place`) → (the puppy's own digest, her card)."""


class Showcase:
    """The cards of one language. `around` is the digest of what all of them are made of besides their puppies, `own`
    has that of each puppy by id; `read` gives what is kept, should anybody ask. Of a picture that is `wanting` there is
    no drawing yet, and only a card that is made anew says how to draw it."""

    def __init__(
        self, lang: str, around: str, own: Mapping[str, str], read: Callable[[], Kept],
        wanting: Callable[[Picture], bool],
    ) -> None:  # fmt: skip
        self._lang, self.around, self._own, self._read, self._wanting = lang, around, own, read, wanting
        self.made: dict[str, Any] = {}
        """What should be kept besides; whoever takes it puts an empty one in its place."""

    @cached_property
    def _kept(self) -> Kept:
        kept = self._read()
        return kept if kept.get(self._lang) == self.around else {}

    def get(self, id_: str) -> Card | None:
        """The puppy's card, if the one that is kept is what would be made."""
        own, kept = self._kept.get(_place(self._lang, id_), ("", ()))
        if own != self._own[id_]:
            return None
        picture = Picture._make(kept[-1])
        if picture.sources:
            picture = picture._replace(sources=tuple([Source._make(source) for source in picture.sources]))
        return None if self._wanting(picture) else Card._make((*kept[:-1], picture))

    def keep(self, id_: str, card: Card) -> None:
        """Have the card kept, which has just been made."""
        sources: Any = tuple([tuple(source) for source in card.picture.sources])
        picture = tuple(card.picture._replace(sources=sources))
        self.made[_place(self._lang, id_)] = self._own[id_], (*card[:-1], picture)


def kept(
    before: Kept, made: Kept, around: Mapping[str, str], own: Mapping[str, str], ids: Collection[str]
) -> dict[str, Any]:
    """What is to be kept after a build: what was made in it, and of what was there `before` the cards that are still
    right. `around` is by language; `ids` are those of all that the shop has."""
    still = {lang for lang, digest in around.items() if before.get(lang) == digest}
    old = {
        place: card
        for place, card in before.items()
        for lang, _, id_ in (place.partition(" "),)
        if lang in still and id_ in ids and own[id_] == card[0]
    }
    return {**around, **old, **made}


def _place(lang: str, id_: str) -> str:
    return f"{lang} {id_}"
