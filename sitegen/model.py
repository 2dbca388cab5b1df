"""The values that flow through the house: Source → Document → Catalog → Route → Output. All frozen.

What there are thousands of, and what the memory keeps or processes hand to one another, are tuples with names: they are
made, defined and pickled in a fraction of a data class's time.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sitegen.kinds import Values
    from sitegen.views import Head

Lang: TypeAlias = str
Status: TypeAlias = Literal["available", "reserved", "sold", "expected"]

# Source: bytes as they lie on disk.


class SourceFile(Record):
    """A file and its bytes. `path` is relative to the project, with forward slashes."""

    path: str
    data: bytes


class PhotoFile(Record):
    """A photo beside a page; its bytes are read only when it has to be encoded. `size` in bytes."""

    path: str
    size: int
    mtime_ns: int


# Document: one file, read and typed.


class Heading(NamedTuple):
    """A section of a text."""

    id: str
    title: str
    level: int


class Link(NamedTuple):
    """A link to another document, as `content/`-relative path, and where it was typed."""

    target: str
    fragment: str
    line: int


class Body(NamedTuple):
    """A text rendered to clean HTML. Links still name files, facts still stand in braces: only the routes know them.
    `ids` are all that a link can lead to, `key` is the digest of the Markdown. The memory keeps the HTML apart, under
    that key: there `html` is None."""

    html: str | None
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    facts: tuple[tuple[str, int], ...] = ()
    images: tuple[tuple[str, int], ...] = ()
    ids: tuple[str, ...] = ()
    key: str = ""


Rendered: TypeAlias = tuple[str, tuple[Heading, ...], tuple[str, ...]]
"""What Markdown becomes: clean HTML, its headings, and all ids in it."""


class Document(NamedTuple):
    """One Markdown file. `id` is its path without language and ending, so translations pair themselves. `whole`: it was
    read without a mistake."""

    id: str
    kind: str
    lang: Lang
    path: str
    values: Values
    body: Body
    translation: bool
    whole: bool = True


# Catalog: documents paired, checked against one another, as the shop's own things.


class PhotoNote(NamedTuple):
    """What the owner said about a photo. `focus` is what must stay visible when a card cuts it: shares of its width
    and height."""

    path: str
    taken: date | None
    mother: bool
    focus: tuple[float, float]
    alt: Mapping[Lang, str]


CENTRE = (0.5, 0.5)
"""The focus of a photo that has none."""


class Text(NamedTuple):
    """A page's words in one language."""

    lang: Lang
    path: str
    title: str
    summary: str
    slug: str
    nav: str
    body: Body
    aliases: tuple[str, ...] = ()
    history: tuple[tuple[date, str], ...] = ()


class Dose(NamedTuple):
    """A vaccine or a wormer given."""

    product: str
    date: date


class VetCheck(NamedTuple):
    """A visit to the vet."""

    date: date
    clinic: str


class Parent(NamedTuple):
    """Mother or father. Weight in kilograms."""

    name: str
    colour: str
    weight_kg: float


class Birth(NamedTuple):
    """What only a puppy that is born has. Weight in kilograms."""

    sex: str
    born: date
    weight_kg: float
    weighed: date
    ready: date
    vaccinations: tuple[Dose, ...]
    dewormings: tuple[Dose, ...]
    vet_check: VetCheck
    microchip: str


class Expectation(Record):
    """What only a litter to come has."""

    due: date
    count: int | None


Brief: TypeAlias = tuple[str, str, int, int, int]
"""What lists, counts and neighbours look at in a puppy, in plain values: breed, status, price, and the days when it was
listed and last changed, as ordinals."""


class Puppy(Record, eq=False):
    """A puppy, or a litter to come (`life` says which). Price in VND. `changed` is the latest date that the advert
    itself gives (listed, reserved, sold, weighed, given…): feeds and sitemap must not depend on a file's date.
    `status_since` is the day it was reserved or sold; None when the owner has not said it, or it is neither.

    There can be thousands, of which a build shows a few: one that is made by `later` has its `Brief`, and fetches the
    rest when it is asked for any of it."""

    id: str
    texts: Mapping[Lang, Text]
    code: str
    breed: str
    status: Status
    listed: date
    status_since: date | None
    changed: date
    colour: str
    price: int
    includes: tuple[str, ...]
    origin: str
    raised: str
    mother: Parent
    father: Parent
    papers: str
    life: Birth | Expectation
    photos: tuple[PhotoNote, ...] = ()
    sample: bool = False
    fetch: Callable[[str], Puppy] | None = None

    @property
    def for_sale(self) -> bool:
        """Whether its page has a form."""
        return self.status in ("available", "reserved")

    @property
    def brief(self) -> Brief:
        """See `Brief`."""
        return self.breed, self.status, self.price, self.listed.toordinal(), self.changed.toordinal()

    @classmethod
    def later(cls, id_: str, brief: Brief, fetch: Callable[[str], Puppy]) -> Puppy:
        """The puppy of which this is the brief; `fetch` gives the whole one by its id."""
        puppy = object.__new__(cls)
        breed, status, price, listed, changed = brief
        puppy.__dict__.update(
            id=id_, breed=breed, status=status, price=price, listed=date.fromordinal(listed),
            changed=date.fromordinal(changed), fetch=fetch,
        )  # fmt: skip
        return puppy

    if not TYPE_CHECKING:  # a type checker would take it for leave to ask for anything

        def __getattr__(self, name: str) -> Any:
            """Only what has not been fetched yet is ever missing."""
            if name not in _WHOLE:
                raise AttributeError(name)
            self.__dict__.update(self.fetch(self.id).__dict__)
            return self.__dict__[name]

    @property
    def whole(self) -> tuple[Any, ...]:
        """All that it was made of, in that order."""
        return tuple([getattr(self, name) for name in _WHOLE])

    def __reduce__(self) -> tuple[type[Puppy], tuple[Any, ...]]:
        # Whoever is handed it cannot fetch anything.
        return Puppy, self.whole


_WHOLE = Puppy._fields[:-1]


class PortraitSigns(Record):
    """How a breed is drawn."""

    ears: str
    muzzle: str
    coat: str
    tail: str
    build: str
    colour: str


class Breed(Record):
    """A breed guide. Weights in kilograms, money in VND (a year's cost: VND a year)."""

    id: str
    texts: Mapping[Lang, Text]
    size: str
    adult_weight_kg: tuple[float, float]
    lifespan_years: tuple[float, float]
    price_range: tuple[int, int]
    yearly_cost: tuple[int, int]
    origin: str
    ratings: Mapping[str, int]
    signs: PortraitSigns


class Page(Record):
    """A page of the shop; `layout` says what stands below its words."""

    id: str
    texts: Mapping[Lang, Text]
    layout: str
    status: str | None = None
    updated: date | None = None
    effective: date | None = None
    collects: tuple[str, ...] = ()


class Post(Record):
    """A post."""

    id: str
    texts: Mapping[Lang, Text]
    posted: date
    updated: date | None = None


Entry: TypeAlias = Puppy | Breed | Page | Post


class Hours(Record):
    """Opening hours: days as `mon`…`sun`, times as `HH:MM`."""

    days: tuple[str, ...]
    opens: str
    closes: str


class Shop(Record):
    """The shop as visitors meet it."""

    name: str
    tagline: Mapping[Lang, str]
    description: Mapping[Lang, str]
    phone: str
    zalo: str | None
    messenger: str | None
    email: str
    address: Mapping[Lang, str]
    hours: tuple[Hours, ...]


class Legal(Record):
    """Who answers for the shop before the law."""

    name: str
    registration: str
    address: Mapping[Lang, str]
    phone: str
    email: str
    responsible: str


class Bank(Record):
    """The one account that money may go to."""

    name: str
    holder: str
    number: str


class FooterColumn(Record):
    """A titled group of links."""

    title: Mapping[Lang, str]
    pages: tuple[str, ...]


class Publication(Record):
    """Where the site goes: the host, the owner's name for the place there, and where the function answers when the
    host runs none."""

    host: str
    target: str
    function: str = ""


class Settings(Record):
    """site.yaml."""

    sample: bool
    base_url: str
    owner_language: Lang
    languages: tuple[Lang, ...]
    shop: Shop
    legal: Legal
    bank: Bank
    main_menu: tuple[str, ...]
    footer_menu: tuple[FooterColumn, ...]
    action: str
    publish: Publication | None = None

    @property
    def default_language(self) -> Lang:
        """The language at `/`."""
        return self.languages[0]


class Catalog(Record):
    """The whole shop on the day `today`: what the routes are made from. Hidden entries (drafts) are not in it."""

    settings: Settings
    today: date
    puppies: tuple[Puppy, ...]
    breeds: tuple[Breed, ...]
    pages: tuple[Page, ...]
    posts: tuple[Post, ...]
    policy_version: str

    def entries(self) -> tuple[Entry, ...]:
        """Everything that has a page."""
        return (*self.pages, *self.puppies, *self.breeds, *self.posts)

    def page(self, layout: str) -> Page:
        """The one page with this layout; `assemble` has made sure that there is one."""
        return next(page for page in self.pages if page.layout == layout)


# Route: a page of the site as data, all decided.


class Alternate(NamedTuple):
    """The same page in a language: for hreflang, the sitemap and the switch."""

    lang: Lang
    url: str


class Place(Record):
    """A page of the site: its address, its language, the file that it comes from, and whether search engines are told
    of it."""

    url: str
    lang: Lang
    source: str
    listed: bool


class Route(NamedTuple):
    """A page to render: which template shows which view under which head. `source` is the file that it comes from,
    `listed` whether search engines are told of it; `changed` is the date for the sitemap, `images` are absolute picture
    addresses."""

    url: str
    lang: Lang
    template: str
    head: Head
    view: object
    source: str
    listed: bool
    changed: date | None
    images: tuple[str, ...]


# Output: bytes at a place.


class Output(Record):
    """A file of the site. `path` is relative to `dist/`; `content` is its bytes, or the file that holds them (photos
    are never loaded to be copied); `source` says who made it, for messages; `digest` is that of the bytes, where it has
    been worked out already."""

    path: str
    content: bytes | Path
    source: str = ""
    digest: str = ""

    def __repr__(self) -> str:
        return f"Output({self.path!r}, …, {self.source!r})"


EIGHT_WEEKS = timedelta(days=56)
"""The youngest age at which the shop hands a puppy over (field notes: a responsible advert)."""
