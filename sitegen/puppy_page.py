"""A puppy's page: facts, health timeline, parents and what is promised, in words."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from sitegen.model import EIGHT_WEEKS, Birth
from sitegen.views import Event, Fact, Link, ParentFact, Promise, PuppyView

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from sitegen.frame import Frame
    from sitegen.model import Parent, Puppy
    from sitegen.phrases import Phrases
    from sitegen.views import Card, Glimpse, Picture

PROMISES = ("pages/guarantee", "pages/delivery", "pages/payment", "pages/anti-scam")
"""The pages that every buyer should know of."""
EVENTS = ("born", "wormer", "vaccine", "vet", "weight", "ready")


class PuppyWords:
    """What the puppies' pages of one language say alike: worded once, not once a page."""

    def __init__(self, frame: Frame) -> None:
        say, catalog, elsewhere = frame.say, frame.catalog, frame.site.inquire
        pages = {page.id: page for page in catalog.pages}
        promised = [pages[id_] for id_ in PROMISES if id_ in pages]
        self.promises = tuple(Promise(frame.url(p), frame.text(p).title, frame.text(p).summary) for p in promised)
        self.catalogue = frame.link(catalog.page("catalogue"), nav=True)
        self.breeds = {breed.id: frame.link(breed) for breed in catalog.breeds}
        self.ask = Link("#inquiry", say("ask"))
        """How to ask where there is a form; elsewhere of one not born yet; elsewhere of any, for one that is sold."""
        self.ask_elsewhere, self.ask_at_all = Link(elsewhere.url, say("ask")), Link(elsewhere.url, elsewhere.text)
        self.events = {kind: say(f"event.{kind}") for kind in EVENTS}
        self.mother, self.father, self.ready_note = say("fact.mother"), say("fact.father"), say("fact.ready_note")
        self.code, self.born, self.weight = say("fact.code"), say("fact.born"), say("fact.weight")
        self.ready, self.microchip = say("fact.ready"), say("fact.microchip")
        self.no_chip = Fact(self.microchip, say("fact.microchip_none"))
        # Each of these is said of many puppies.
        self.breed = cache(lambda name: Fact(say("fact.breed"), name))
        self.sex = cache(lambda text: Fact(say("fact.sex"), text))
        self.colour = cache(lambda colour: Fact(say("fact.colour"), say(f"colour.{colour}")))
        self.origin = cache(lambda code: Fact(say("fact.origin"), say.country(code)))
        self.raised = cache(lambda where: Fact(say("fact.raised"), say(f"raised.{where}")))
        self.papers = cache(lambda papers: Fact(say("fact.papers"), say(f"papers.{papers}")))
        self.listed = cache(lambda day: Fact(say("fact.listed"), say.full_date(day)))
        self.weighed = cache(lambda day: say("fact.weighed", date=say.day(day)))
        self.updated = cache(lambda day: say("updated.on", date=say.full_date(day)))
        self.kilograms = cache(lambda weight: f"{say.number(weight)}\u00a0kg")
        self.includes = cache(lambda items: tuple(say(f"include.{item}") for item in items))
        self.parent = cache(
            lambda colour, weight: say("fact.parent", colour=say(f"colour.{colour}"), weight=self.kilograms(weight))
        )


def puppy_view(
    puppy: Puppy, frame: Frame, words: PuppyWords, shown: Glimpse, gallery: tuple[Picture, ...],
    others: tuple[Card, ...], form: Markup | None,
) -> PuppyView:  # fmt: skip
    """Everything that the page says."""
    say, today = frame.say, frame.catalog.today
    sold = puppy.status == "sold"
    return PuppyView(
        card=shown,
        body=frame.body(puppy),
        gallery=gallery,
        facts=_facts(puppy, say, words, shown),
        timeline=_timeline(puppy, say, words, today),
        parents=(
            _parent(words.mother, puppy.mother, words), _parent(words.father, puppy.father, words),
        ),
        includes=words.includes(puppy.includes),
        availability=_availability(puppy, say, today),
        breed=words.breeds[puppy.breed],
        promises=words.promises,
        similar=others,
        form=form,
        ask=words.ask_at_all if sold else words.ask if form else words.ask_elsewhere,
        updated=words.updated(puppy.changed),
    )  # fmt: skip


def _parent(role: str, parent: Parent, words: PuppyWords) -> ParentFact:
    return ParentFact(role, parent.name, words.parent(parent.colour, parent.weight_kg))


def _facts(puppy: Puppy, say: Phrases, words: PuppyWords, shown: Glimpse) -> tuple[Fact, ...]:
    life = puppy.life
    first = Fact(words.code, puppy.code), words.breed(shown.breed)
    last = (
        words.colour(puppy.colour), words.origin(puppy.origin), words.raised(puppy.raised), words.papers(puppy.papers),
        words.listed(puppy.listed),
    )  # fmt: skip
    if isinstance(life, Birth):
        chip = life.microchip
        return (
            *first,
            words.sex(shown.sex_text),
            Fact(words.born, say.full_date(life.born), shown.age if puppy.status != "sold" else ""),
            Fact(words.weight, words.kilograms(life.weight_kg), words.weighed(life.weighed)),
            Fact(words.ready, say.full_date(life.ready), words.ready_note),
            words.no_chip if chip == "none" else Fact(words.microchip, say("fact.microchip_some", last=chip[-4:])),
            *last,
        )
    litter = (Fact(say("fact.litter"), say.count("count.litter", life.count)),) if life.count else ()
    return (*first, Fact(say("fact.due"), say.full_date(life.due)), *litter, *last)


def _timeline(puppy: Puppy, say: Phrases, words: PuppyWords, today: date) -> tuple[Event, ...]:
    """What was done for the puppy's health, with product and date, in the order of time; on one day in that of
    `EVENTS`."""
    life = puppy.life
    if not isinstance(life, Birth):
        return ()

    def event(kind: str, day: date, detail: str) -> Event:
        return Event(kind, day.isoformat(), say.day(day), words.events[kind], detail, day > today)

    rows = [event("born", life.born, "")]
    rows += [event("wormer", dose.date, dose.product) for dose in life.dewormings]
    rows += [event("vaccine", dose.date, dose.product) for dose in life.vaccinations]
    rows.append(event("vet", life.vet_check.date, life.vet_check.clinic))
    rows.append(event("weight", life.weighed, words.kilograms(life.weight_kg)))
    if puppy.status != "sold":
        rows.append(event("ready", life.ready, words.ready_note if life.ready == life.born + EIGHT_WEEKS else ""))
    rows.sort(key=attrgetter("iso"))
    return tuple(rows)


def _availability(puppy: Puppy, say: Phrases, today: date) -> str:
    life = puppy.life
    if not isinstance(life, Birth):
        return say("availability.expected", date=say.full_date(life.due))
    if puppy.status in ("reserved", "sold"):
        if puppy.status_since is None:
            return say(f"availability.{puppy.status}_undated")
        return say(f"availability.{puppy.status}", date=say.full_date(puppy.status_since))
    return say("availability.now") if life.ready <= today else say("availability.later", date=say.full_date(life.ready))
