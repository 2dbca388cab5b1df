"""Which puppies are shown below another one: the quick way chooses as the plain rule does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.cards import LIKE, Neighbours

if TYPE_CHECKING:
    import build
    from sitegen.model import Breed, Puppy


def plain(puppy: Puppy, puppies: list[Puppy], breeds: dict[str, Breed]) -> list[str]:
    """Of the same breed first, then of its size, then the nearest price, then by id."""
    size = breeds[puppy.breed].size
    others = [p for p in puppies if p.id != puppy.id and p.status == "available"]
    others.sort(key=lambda p: (p.breed != puppy.breed, breeds[p.breed].size != size, abs(p.price - puppy.price), p.id))
    return [p.id for p in others[:LIKE]]


def test_the_nearest_puppies_are_those_of_the_stated_rule(shop: build.Built) -> None:
    breeds = {breed.id: breed for breed in shop.catalog.breeds}
    facts = st.tuples(
        st.sampled_from(sorted(breeds)),
        st.sampled_from(("available", "sold")),
        st.integers(5, 9).map(lambda n: n * 10**6),
    )

    @settings(max_examples=60, deadline=None)
    @given(st.lists(facts, min_size=1, max_size=14))
    def check(litter: list[tuple[str, str, int]]) -> None:
        first = shop.catalog.puppies[0]
        puppies = [
            first.replace(
                id=f"puppies/{n:02}",
                breed=breed,
                status="sold" if status == "sold" else "available",
                price=price,
            )
            for n, (breed, status, price) in enumerate(litter)
        ]
        neighbours = Neighbours(puppies, breeds)
        for puppy in puppies:
            assert [p.id for p in neighbours.of(puppy)] == plain(puppy, puppies, breeds)

    check()
