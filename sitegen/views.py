"""What templates are given: every value decided and worded, so that Jinja only shows.

A template sees five names: `site` (the same for all pages of a language), `page` (the head and frame of this one),
`view` (one of the views below), `t` (the interface's words) and `style` (the style sheet to inline). What a puppy's
page is made of is a tuple with names, because those are made by the hundred thousand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from sitegen.model import Alternate, Status


class Link(NamedTuple):
    """A link; `lang` when its text is in another language than the page."""

    url: str
    text: str
    lang: str | None = None


class Column(Record):
    """A titled group of links in the footer."""

    title: str
    links: tuple[Link, ...]


class Contact(Record):
    """The shop's ways to be reached: text to read and address to open. `hours` are lines."""

    phone: Link
    zalo: Link | None
    messenger: Link | None
    email: Link
    address: str
    hours: tuple[str, ...]


class Site(Record):
    """What all pages of a language share."""

    lang: str
    name: str
    tagline: str
    home: Link
    menu: tuple[Link, ...]
    footer: tuple[Column, ...]
    contact: Contact
    inquire: Link
    privacy: Link
    feed: str
    legal: tuple[str, ...]
    sample: bool
    assets: Mapping[str, str]
    wordmark: Markup


class Share(NamedTuple):
    """The picture shown when the page is shared; an absolute address, 1200×630."""

    url: str
    alt: str


class Head(NamedTuple):
    """The head and frame of one page. `stand_in` is the language of words that are not translated yet;
    `section` the menu address that this page belongs to; `body_lang` the language of the words."""

    url: str
    canonical: str
    title: str
    heading: str
    description: str
    alternates: tuple[Alternate, ...]
    switch: Link
    crumbs: tuple[Link, ...]
    section: str
    share: Share
    json_ld: Markup
    indexed: bool
    body_lang: str
    stand_in: bool
    kind: str


class Source(NamedTuple):
    """One `<source>` of a picture."""

    type: str
    srcset: str


class Picture(NamedTuple):
    """A picture, photo or drawing. `colour` is the placeholder; `sizes` is the template's business. `focus` is what
    must stay visible in a cut, in per cent across and down, in steps of 25 (a class a step: no style attributes)."""

    src: str
    alt: str
    width: int
    height: int
    colour: str
    sources: tuple[Source, ...] = ()
    drawing: bool = False
    caption: str = ""
    inline: Markup | None = None
    focus: tuple[int, int] = (50, 50)


class Section(Record):
    """A `##` section of a text."""

    id: str
    title: str
    html: Markup


class Fact(NamedTuple):
    """A label and what it says; `note` is the small print."""

    label: str
    value: str
    note: str = ""


class Event(NamedTuple):
    """A dated entry of the health timeline; `kind` is vaccine, wormer, vet, weight, born or ready."""

    kind: str
    iso: str
    date: str
    title: str
    detail: str = ""
    future: bool = False


class Glimpse(NamedTuple):
    """A puppy in a few words: all that its own page's head says of it, and lists that only name it. `price_vnd` in
    VND."""

    url: str
    name: str
    code: str
    breed: str
    sex_text: str
    age: str
    price: str
    price_vnd: int
    status: Status
    status_text: str
    summary: str
    lang: str | None


class Card(NamedTuple):
    """A puppy in a list with pictures: its `Glimpse`, then what else is shown there. The codes and folded words are for
    the catalogue's filters."""

    url: str
    name: str
    code: str
    breed: str
    sex_text: str
    age: str
    price: str
    price_vnd: int
    status: Status
    status_text: str
    summary: str
    lang: str | None
    breed_id: str
    sex: str
    size: str
    search: str
    picture: Picture

    @property
    def glimpse(self) -> Glimpse:
        """The puppy in fewer words."""
        return Glimpse._make(self[: len(Glimpse._fields)])


class Option(Record):
    """A choice of a filter."""

    value: str
    text: str
    count: int = 0


class Filter(Record):
    """A group of choices that narrows the catalogue; `name` is its key in the address."""

    name: str
    label: str
    options: tuple[Option, ...]


class Tab(Record):
    """A way through the catalogue that needs no script: a status or breed page."""

    link: Link
    count: int
    current: bool = False


class HomeView(Record):
    """Home: hero, puppies looking for a home, and the sections of its text by id."""

    intro: Markup
    hero: Picture
    cards: tuple[Card, ...]
    count: str
    all: Link
    sections: Mapping[str, Section]
    breeds: tuple[BreedCard, ...]
    posts: tuple[PostCard, ...]


class ListingView(Record):
    """The catalogue and the status pages: cards, `others` that are only named, and on the catalogue the filters."""

    intro: Markup
    status: str | None
    cards: tuple[Card, ...]
    others: tuple[Glimpse, ...]
    count: str
    sort_rule: str
    tabs: tuple[Tab, ...]
    filters: tuple[Filter, ...]
    empty: str


class ParentFact(NamedTuple):
    """Mother or father in words."""

    role: str
    name: str
    detail: str


class Promise(NamedTuple):
    """A page that every buyer should know of, in brief."""

    url: str
    title: str
    summary: str


class PuppyView(NamedTuple):
    """A puppy's page. `form` is None when it is sold or not born yet; `ask` leads to it, or to the shop's own."""

    card: Glimpse
    body: Markup
    gallery: tuple[Picture, ...]
    facts: tuple[Fact, ...]
    timeline: tuple[Event, ...]
    parents: tuple[ParentFact, ...]
    includes: tuple[str, ...]
    availability: str
    breed: Link
    promises: tuple[Promise, ...]
    similar: tuple[Card, ...]
    form: Markup | None
    ask: Link
    updated: str


class BreedCard(Record):
    """A breed in a list."""

    url: str
    name: str
    summary: str
    size: str
    prices: str
    count: str
    picture: Picture
    lang: str | None = None


class Rating(Record):
    """A breed's mark out of five; `text` says it in words."""

    label: str
    value: int
    text: str


class BreedView(Record):
    """A breed guide with its puppies."""

    picture: Picture
    body: Markup
    contents: tuple[Link, ...]
    facts: tuple[Fact, ...]
    ratings: tuple[Rating, ...]
    cards: tuple[Card, ...]
    count: str
    empty: str


class BreedsView(Record):
    """All breeds."""

    intro: Markup
    cards: tuple[BreedCard, ...]


class PriceRow(Record):
    """A breed's prices today, computed from the catalogue, and its puppies."""

    breed: Link
    count: str
    prices: str
    puppies: tuple[Glimpse, ...]


class PricesView(Record):
    """The price table."""

    intro: Markup
    rows: tuple[PriceRow, ...]
    computed: str


class PostCard(Record):
    """A post in a list."""

    url: str
    title: str
    summary: str
    iso: str
    date: str
    lang: str | None = None


class PostsView(Record):
    """All posts."""

    intro: Markup
    posts: tuple[PostCard, ...]


class ArticleView(Record):
    """A page of words: `contents` are its sections, `dates` the line under the title, `lead` its summary."""

    body: Markup
    lead: str
    contents: tuple[Link, ...]
    dates: tuple[Fact, ...] = ()
    picture: Picture | None = None
    links: tuple[Link, ...] = ()


class PolicyView(Record):
    """The privacy policy with its version and history."""

    body: Markup
    lead: str
    contents: tuple[Link, ...]
    dates: tuple[Fact, ...]
    history: tuple[Fact, ...]


class ContactView(Record):
    """The contact page with the form."""

    body: Markup
    lead: str
    form: Markup
