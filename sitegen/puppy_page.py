"""A puppy's page: facts, health timeline, parents and what is promised, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.model import EIGHT_WEEKS, Birth
from sitegen.views import Event, Fact, Link, ParentFact, Promise, PuppyView

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from sitegen.frame import Frame
    from sitegen.model import Breed, Parent, Puppy
    from sitegen.phrases import Phrases
    from sitegen.views import Card, Picture

PROMISES = ("pages/guarantee", "pages/delivery", "pages/payment", "pages/anti-scam")
"""The pages that every buyer should know of."""


def puppy_view(
    puppy: Puppy, breed: Breed, frame: Frame, card: Card, gallery: tuple[Picture, ...], others: tuple[Card, ...],
    form: Markup | None,
) -> PuppyView:  # fmt: skip
    """Everything that the page says."""
    say = frame.say
    pages = {page.id: page for page in frame.catalog.pages}
    elsewhere = frame.site.inquire
    return PuppyView(
        card=card,
        code=puppy.code,
        body=frame.body(puppy),
        gallery=gallery,
        facts=_facts(puppy, say, card),
        timeline=_timeline(puppy, say, frame.catalog.today),
        parents=tuple(
            ParentFact(say(f"fact.{role}"), parent.name, _parent(parent, say))
            for role, parent in (("mother", puppy.mother), ("father", puppy.father))
        ),
        includes=tuple(say(f"include.{item}") for item in puppy.includes),
        availability=_availability(puppy, say, frame.catalog.today),
        breed=frame.link(breed),
        promises=tuple(
            Promise(frame.url(pages[id_]), frame.text(pages[id_]).title, frame.text(pages[id_]).summary)
            for id_ in PROMISES
            if id_ in pages
        ),
        similar=others,
        form=form,
        ask=Link("#inquiry" if form else elsewhere.url, elsewhere.text if puppy.status == "sold" else say("ask")),
        updated=say("updated.on", date=say.full_date(puppy.changed)),
    )


def _parent(parent: Parent, say: Phrases) -> str:
    weight = f"{say.number(parent.weight_kg)}\u00a0kg"
    return say("fact.parent", colour=say(f"colour.{parent.colour}"), weight=weight)


def _facts(puppy: Puppy, say: Phrases, card: Card) -> tuple[Fact, ...]:
    life = puppy.life
    rows = [Fact(say("fact.code"), puppy.code), Fact(say("fact.breed"), card.breed)]
    if isinstance(life, Birth):
        chip = life.microchip
        rows += [
            Fact(say("fact.sex"), card.sex_text),
            Fact(say("fact.born"), say.full_date(life.born), card.age if puppy.status != "sold" else ""),
            Fact(
                say("fact.weight"),
                f"{say.number(life.weight_kg)}\u00a0kg",
                say("fact.weighed", date=say.day(life.weighed)),
            ),
            Fact(say("fact.ready"), say.full_date(life.ready), say("fact.ready_note")),
            Fact(
                say("fact.microchip"),
                say("fact.microchip_none") if chip == "none" else say("fact.microchip_some", last=chip[-4:]),
            ),
        ]
    else:
        rows.append(Fact(say("fact.due"), say.full_date(life.due)))
        if life.count:
            rows.append(Fact(say("fact.litter"), say.count("count.litter", life.count)))
    rows += [
        Fact(say("fact.colour"), say(f"colour.{puppy.colour}")),
        Fact(say("fact.origin"), say.country(puppy.origin)),
        Fact(say("fact.raised"), say(f"raised.{puppy.raised}")),
        Fact(say("fact.papers"), say(f"papers.{puppy.papers}")),
        Fact(say("fact.listed"), say.full_date(puppy.listed)),
    ]
    return tuple(rows)


def _timeline(puppy: Puppy, say: Phrases, today: date) -> tuple[Event, ...]:
    """What was done for the puppy's health, with product and date, in the order of time."""
    life = puppy.life
    if not isinstance(life, Birth):
        return ()
    rows = [("born", life.born, "")]
    rows += [("wormer", dose.date, dose.product) for dose in life.dewormings]
    rows += [("vaccine", dose.date, dose.product) for dose in life.vaccinations]
    rows.append(("vet", life.vet_check.date, life.vet_check.clinic))
    rows.append(("weight", life.weighed, f"{say.number(life.weight_kg)}\u00a0kg"))
    if puppy.status != "sold":
        rows.append(("ready", life.ready, say("fact.ready_note") if life.ready == life.born + EIGHT_WEEKS else ""))
    order = ("born", "wormer", "vaccine", "vet", "weight", "ready")
    return tuple(
        Event(kind, day.isoformat(), say.day(day), say(f"event.{kind}"), detail, day > today)
        for kind, day, detail in sorted(rows, key=lambda row: (row[1], order.index(row[0])))
    )


def _availability(puppy: Puppy, say: Phrases, today: date) -> str:
    life = puppy.life
    if not isinstance(life, Birth):
        return say("availability.expected", date=say.full_date(life.due))
    if puppy.status in ("reserved", "sold"):
        if puppy.status_since is None:
            return say(f"availability.{puppy.status}_undated")
        return say(f"availability.{puppy.status}", date=say.full_date(puppy.status_since))
    return say("availability.now") if life.ready <= today else say("availability.later", date=say.full_date(life.ready))
