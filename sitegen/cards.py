"""Puppies, breeds and posts as they look in a list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from sitegen import schema
from sitegen.model import Birth
from sitegen.text import fold
from sitegen.views import BreedCard, Card, Filter, Glimpse, Option, PostCard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sitegen.frame import Frame
    from sitegen.gallery import Studio
    from sitegen.model import Breed, Post, Puppy
    from sitegen.phrases import Phrases

LIKE = 3
PRICE_BANDS = (8_000_000, 12_000_000, 18_000_000, 25_000_000)
"""Where the price filter cuts, in VND."""


def age(puppy: Puppy, frame: Frame) -> str:
    """The age today, the due date, or the day it went home."""
    say = frame.say
    if puppy.status == "sold":
        return say("age.sold", date=say.day(puppy.status_since)) if puppy.status_since else say("age.gone")
    if isinstance(puppy.life, Birth):
        return say.age(puppy.life.born, frame.catalog.today)
    return say("age.due", date=say.day(puppy.life.due))


def glimpse(puppy: Puppy, breed: Breed, frame: Frame) -> Glimpse:
    """A puppy in a few words."""
    say, text = frame.say, frame.text(puppy)
    price, born = say.money(puppy.price), isinstance(puppy.life, Birth)
    return Glimpse(
        url=frame.url(puppy),
        name=text.title,
        code=puppy.code,
        breed=frame.text(breed).title,
        sex_text=say(f"sex.{puppy.life.sex}") if isinstance(puppy.life, Birth) else "",
        age=age(puppy, frame),
        price=price if born else say("price.from", price=price),
        price_vnd=puppy.price,
        status=puppy.status,
        status_text=say(f"status.{puppy.status}"),
        summary=text.summary,
        lang=frame.foreign(text),
    )


def card(puppy: Puppy, breed: Breed, shown: Glimpse, frame: Frame, studio: Studio) -> Card:
    """A puppy in a list with pictures."""
    say = frame.say
    sex = puppy.life.sex if isinstance(puppy.life, Birth) else "expected"
    # The search takes either language's words, because names and breeds are typed in both.
    words = [t.title for t in (*puppy.texts.values(), *breed.texts.values())]
    words += [puppy.code, say(f"colour.{puppy.colour}"), say(f"sex.{sex}"), shown.summary]
    return Card(
        *shown,
        breed_id=breed.id.partition("/")[2],
        sex=sex,
        size=breed.size,
        search=" ".join(dict.fromkeys(" ".join(map(fold, words)).split())),
        picture=studio.cover(puppy, breed, shown.name, say),
    )


def filters(cards: Sequence[Card], breeds: Sequence[Breed], frame: Frame) -> tuple[Filter, ...]:
    """The catalogue's filters, each with the choices that at least one puppy has."""
    say = frame.say

    def choice(name: str, values: Sequence[tuple[str, str]], of: Sequence[str]) -> Filter:
        options = tuple(Option(value, text, of.count(value)) for value, text in values if value in of)
        return Filter(name, say(f"filter.{name}"), options)

    statuses = ("available", "reserved", "expected", "sold")
    return (
        choice("breed", [(b.id.partition("/")[2], frame.text(b).title) for b in breeds], [c.breed_id for c in cards]),
        choice("sex", [(sex, say(f"sex.{sex}")) for sex in ("male", "female")], [c.sex for c in cards]),
        choice("size", [(size, say(f"size.{size}")) for size in schema.SIZES], [c.size for c in cards]),
        choice("price", price_bands(say), [price_band(c.price_vnd) for c in cards]),
        choice("status", [(s, say(f"status.{s}")) for s in statuses], [c.status for c in cards]),
    )


def price_band(vnd: int) -> str:
    """The band that a price falls in, as `low-high` in VND; the last has no end."""
    above = bisect_right(PRICE_BANDS, vnd)
    return f"{(0, *PRICE_BANDS)[above]}-{(*PRICE_BANDS, '')[above]}"


def price_bands(say: Phrases) -> list[tuple[str, str]]:
    """All bands with their words."""
    bands = [(f"0-{PRICE_BANDS[0]}", say("price_band.under", high=say.money(PRICE_BANDS[0])))]
    bands += [
        (f"{low}-{high}", say("price_band.between", low=say.money(low), high=say.money(high)))
        for low, high in pairwise(PRICE_BANDS)
    ]
    return [*bands, (f"{PRICE_BANDS[-1]}-", say("price_band.over", low=say.money(PRICE_BANDS[-1])))]


def breed_card(breed: Breed, puppies: Sequence[Puppy], frame: Frame, studio: Studio) -> BreedCard:
    """A breed in a list, with how many of its `puppies` look for a home."""
    say, text = frame.say, frame.text(breed)
    looking = sum(p.status == "available" for p in puppies)
    return BreedCard(
        url=frame.url(breed),
        name=text.title,
        summary=text.summary,
        size=say(f"size.{breed.size}"),
        prices=say.span(*breed.price_range),
        count=say.count("count.looking", looking),
        picture=studio.breed(breed, text.title, say),
        lang=frame.foreign(text),
    )


def post_card(post: Post, frame: Frame) -> PostCard:
    """A post in a list."""
    text = frame.text(post)
    return PostCard(
        frame.url(post),
        text.title,
        text.summary,
        post.posted.isoformat(),
        frame.say.full_date(post.posted),
        frame.foreign(text),
    )


class Neighbours:
    """Puppies that one might like instead: of the same breed first, then of its size, then of the nearest price."""

    def __init__(self, puppies: Sequence[Puppy], breeds: Mapping[str, Breed]) -> None:
        self._breeds = breeds
        self.shown: dict[str, list[Puppy]] = defaultdict(list)
        """By breed: its puppies that have not gone home yet."""
        self.counts: Counter[str] = Counter([puppy.status for puppy in puppies])
        """How many puppies there are of each status."""
        self._found: dict[str, list[Puppy]] = {}
        self._members: dict[str, list[Puppy]] = defaultdict(list)
        """By breed, by size, and of the whole shop: the puppies that look for a home."""
        self._rows: dict[str, _Row] = {}
        for puppy in puppies:
            if puppy.status != "sold":
                self.shown[puppy.breed].append(puppy)
            if puppy.status == "available":
                for group in self._groups(puppy.breed):
                    self._members[group].append(puppy)

    def _groups(self, breed: str) -> tuple[str, str, str]:
        return breed, self._breeds[breed].size, ""

    def among(self, breed: str) -> Sequence[Puppy]:
        """All those that a puppy of this breed can have for neighbours, and perhaps herself."""
        found: Sequence[Puppy] = ()
        for group in self._groups(breed):
            found = self._members[group]
            if len(found) > LIKE:
                break
        return found

    def of(self, puppy: Puppy) -> list[Puppy]:
        """The puppies to show below this one, the likest first: `LIKE` of them, if there are so many."""
        if puppy.id not in self._found:
            self._found[puppy.id] = self._of(puppy, LIKE)
        return self._found[puppy.id]

    def _of(self, puppy: Puppy, limit: int) -> list[Puppy]:
        found: list[Puppy] = []
        # Each group holds the one before it, so what is found there comes again.
        for group in self._groups(puppy.breed):
            row = self._rows.get(group)
            if row is None:
                row = self._rows[group] = _Row(self._members[group])
            for other in row.nearest(puppy.price):
                if other is not puppy and other not in found:
                    found.append(other)
                    if len(found) == limit:
                        return found
        return found


class _Row:
    """Puppies by price: two rows, which lead away from any price upward and downward, at equal prices by id."""

    def __init__(self, puppies: list[Puppy]) -> None:
        self._up = sorted(puppies, key=lambda p: (p.price, p.id))
        self._down = sorted(puppies, key=lambda p: (-p.price, p.id))
        self._prices, self._fallen = [p.price for p in self._up], [-p.price for p in self._down]

    def nearest(self, price: int) -> Iterator[Puppy]:
        """All of them by how far their prices are, then by id."""
        up, down, end = self._up, self._down, len(self._up)
        above, below = bisect_left(self._prices, price), bisect_right(self._fallen, -price)
        while above < end and below < end:
            high, low = self._prices[above] - price, price + self._fallen[below]
            if high < low or (high == low and up[above].id < down[below].id):
                yield up[above]
                above += 1
            else:
                yield down[below]
                below += 1
        yield from up[above:]
        yield from down[below:]
