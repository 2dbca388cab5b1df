"""Catalog → every page of the site, as data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from sitegen import contract, structured
from sitegen.cards import Neighbours, breed_card, card, filters, glimpse, post_card
from sitegen.frame import Frame, absolute
from sitegen.model import Breed, Page, Post, Puppy, Route
from sitegen.prose import contents, sections
from sitegen.puppy_page import PuppyWords, puppy_view
from sitegen.record import Record
from sitegen.views import (
    ArticleView,
    BreedsView,
    BreedView,
    ContactView,
    Fact,
    HomeView,
    Link,
    ListingView,
    PolicyView,
    PostsView,
    PriceRow,
    PricesView,
    Rating,
    Tab,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sitegen.gallery import Studio
    from sitegen.model import Entry
    from sitegen.sharing import ShareDesk
    from sitegen.showcase import Showcase
    from sitegen.views import BreedCard, Card, Glimpse, Head

T = TypeVar("T")

HOME_PUPPIES = 6
HOME_POSTS = 3
LISTED_WITH_PICTURE = 60
"""Cards on the page of one status; further puppies are links, so that thousands that are sold stay one light page."""
SHOWN_IN_CATALOGUE = ("available", "reserved", "expected")


TEMPLATES = {
    "home": "home", "catalogue": "listing", "status": "listing", "breeds": "breeds", "prices": "prices",
    "posts": "posts", "contact": "contact", "policy": "policy",
}  # fmt: skip
"""Layout of a page → its template; the others are articles."""


class Shown(dict[str, T]):
    """What is shown of puppies by id: each is made when it is first shown, and once."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, id_: str) -> T:
        self[id_] = made = self._make(id_)
        return made


class Desk(Record):
    """What the pages of one language are made with. `blank` gives the form about one puppy."""

    frame: Frame
    studio: Studio
    shares: ShareDesk
    breeds: Mapping[str, Breed]
    glimpses: Mapping[str, Glimpse]
    cards: Mapping[str, Card]
    words: PuppyWords
    blank: Callable[[], str]
    neighbours: Neighbours


def desk(frame: Frame, studio: Studio, shares: ShareDesk, neighbours: Neighbours, showcase: Showcase) -> Desk:
    """Lay out what the pages of the frame's language need."""
    puppies = {puppy.id: puppy for puppy in frame.catalog.puppies}
    breeds = {breed.id: breed for breed in frame.catalog.breeds}

    def glimpsed(id_: str) -> Glimpse:
        known = showcase.get(id_)
        return known.glimpse if known else glimpse(puppies[id_], breeds[puppies[id_].breed], frame)

    def carded(id_: str) -> Card:
        if known := showcase.get(id_):
            return known
        made = card(puppies[id_], breeds[puppies[id_].breed], glimpses[id_], frame, studio)
        showcase.keep(id_, made)
        return made

    @cache
    def blank() -> str:
        return contract.blank(frame.lang, frame.settings, policy=_policy_of(frame), assets=frame.site.assets)

    glimpses = Shown(glimpsed)
    return Desk(frame, studio, shares, breeds, glimpses, Shown(carded), PuppyWords(frame), blank, neighbours)


def template(entry: Entry) -> str:
    """The template that shows the entry."""
    match entry:
        case Puppy():
            return "pages/puppy.html"
        case Breed():
            return "pages/breed.html"
        case Page(layout=layout):
            return f"pages/{TEMPLATES.get(layout, 'article')}.html"
        case _:
            return "pages/article.html"


def route(entry: Entry, desk: Desk) -> Route:
    """The entry's page in the desk's language."""
    match entry:
        case Puppy():
            return _puppy(entry, desk)
        case Breed():
            return _breed(entry, desk)
        case Page():
            return _page(entry, desk)
        case Post():
            return _post(entry, desk)


def _route(entry: Entry, desk: Desk, view: object, head: Head, images: Sequence[str] = ()) -> Route:
    frame = desk.frame
    changed = getattr(entry, "changed", None) or getattr(entry, "updated", None) or getattr(entry, "posted", None)
    return Route(
        url=head.url,
        lang=frame.lang,
        template=template(entry),
        head=head,
        view=view,
        source=frame.text(entry).path,
        listed=head.indexed and not head.stand_in,
        changed=changed,
        images=tuple([absolute(frame.settings, image) for image in images]),
    )


def _head(
    entry: Breed | Page | Post, desk: Desk, *, crumbs: tuple[Link, ...] = (), data: tuple[structured.Data, ...] = ()
) -> Head:
    return desk.frame.head(entry, desk.shares.page(entry, desk.frame.lang), crumbs=crumbs, data=data)


def _crumb(layout: str, desk: Desk) -> Link:
    return desk.frame.link(desk.frame.catalog.page(layout), nav=True)


def _page(page: Page, desk: Desk) -> Route:
    make = {
        "home": _home, "catalogue": _listing, "status": _listing, "breeds": _breeds, "prices": _prices,
        "posts": _posts, "contact": _contact, "policy": _policy,
    }.get(page.layout, _article)  # fmt: skip
    return make(page, desk)


def _home(page: Page, desk: Desk) -> Route:
    frame, catalog = desk.frame, desk.frame.catalog
    say, site = frame.say, frame.settings
    looking = [p.id for p in catalog.puppies if p.status == "available"]
    intro, parts = sections(frame.body(page))
    view = HomeView(
        intro=intro,
        hero=desk.studio.art("hero", say("alt.hero")),
        cards=tuple([desk.cards[id_] for id_ in looking[:HOME_PUPPIES]]),
        count=say.count("count.looking", len(looking)),
        all=Link(frame.url(catalog.page("catalogue")), say("all_puppies")),
        sections=parts,
        breeds=_breed_cards(desk),
        posts=tuple(post_card(post, frame) for post in catalog.posts[:HOME_POSTS]),
    )
    data = (structured.website(site, frame.lang, frame.url(page)), *structured.pet_store(site, frame.lang))
    return _route(page, desk, view, _head(page, desk, data=data))


def _tabs(desk: Desk, current: Page) -> tuple[Tab, ...]:
    """All, then each status: the filters that need no script."""
    frame, catalog = desk.frame, desk.frame.catalog
    counts = desk.neighbours.counts
    shown = sum(counts[status] for status in SHOWN_IN_CATALOGUE)
    catalogue = catalog.page("catalogue")
    tabs = [Tab(Link(frame.url(catalogue), frame.say("list.tab_all")), shown, current is catalogue)]
    for status in ("available", "reserved", "expected", "sold"):
        page = next(p for p in catalog.pages if p.layout == "status" and p.status == status)
        tabs.append(Tab(Link(frame.url(page), frame.say(f"status.{status}")), counts[status], page is current))
    return tuple(tabs)


def _listing(page: Page, desk: Desk) -> Route:
    frame, catalog = desk.frame, desk.frame.catalog
    statuses = (page.status,) if page.layout == "status" else SHOWN_IN_CATALOGUE
    listed = [p.id for p in catalog.puppies if p.status in statuses]
    pictured = len(listed) if page.layout == "catalogue" else LISTED_WITH_PICTURE
    cards = tuple(desk.cards[id_] for id_ in listed[:pictured])
    view = ListingView(
        intro=frame.body(page),
        status=page.status,
        cards=cards,
        others=tuple(desk.glimpses[id_] for id_ in listed[pictured:]),
        count=frame.say.count("count.puppies", len(listed)),
        sort_rule=frame.say("sort.rule" if page.layout == "catalogue" else "sort.newest"),
        tabs=_tabs(desk, page),
        filters=filters(cards, catalog.breeds, frame) if page.layout == "catalogue" else (),
        empty=frame.say(f"empty.{page.status or 'available'}"),
    )
    crumbs = () if page.layout == "catalogue" else (_crumb("catalogue", desk),)
    data = (structured.item_list(cards, frame.settings.base_url),) if cards else ()
    return _route(page, desk, view, _head(page, desk, crumbs=crumbs, data=data))


def _puppy(puppy: Puppy, desk: Desk) -> Route:
    frame, site = desk.frame, desk.frame.settings
    shown, breed = desk.glimpses[puppy.id], desk.breeds[puppy.breed]
    gallery = desk.studio.gallery(puppy, breed, shown.name, frame.say)
    pictures = [picture.src for picture in gallery]
    others = tuple([desk.cards[other.id] for other in desk.neighbours.of(puppy)])
    form = contract.filled(desk.blank(), *_choice(shown)) if puppy.for_sale else None
    view = puppy_view(puppy, frame, desk.words, shown, gallery, others, form)
    product = structured.product(shown, absolute(site, shown.url), pictures, site.base_url, site.shop.name)
    head = frame.head(
        puppy, desk.shares.puppy(puppy, breed, shown, frame.lang),
        title=f"{shown.name} – {shown.breed} – {site.shop.name}", crumbs=(desk.words.catalogue,), data=(product,),
    )  # fmt: skip
    return _route(puppy, desk, view, head, pictures)


def _choice(shown: Glimpse) -> tuple[str, str]:
    """A puppy in the form: as it travels, and as it is read."""
    return contract.puppy_value(shown.name, shown.code, shown.url), f"{shown.name} – {shown.breed} ({shown.code})"


def _policy_of(frame: Frame) -> tuple[str, str]:
    """The policy that the form asks to agree to: version and address."""
    return frame.catalog.policy_version, frame.url(frame.catalog.page("policy"))


def _breed(breed: Breed, desk: Desk) -> Route:
    frame, say = desk.frame, desk.frame.say
    text = frame.text(breed)
    cards = tuple(desk.cards[p.id] for p in desk.neighbours.shown.get(breed.id, ()))
    weights = [say.number(kg) for kg in breed.adult_weight_kg]
    years = [say.number(n) for n in breed.lifespan_years]
    view = BreedView(
        picture=desk.studio.breed(breed, text.title, say, inline=True),
        body=frame.body(breed),
        contents=contents(text.body.headings),
        facts=(
            Fact(say("fact.size"), say(f"size.{breed.size}")),
            Fact(say("fact.adult_weight"), say("fact.kilograms", low=weights[0], high=weights[1])),
            Fact(say("fact.lifespan"), say("fact.years", low=years[0], high=years[1])),
            Fact(say("fact.from"), say.country(breed.origin)),
            Fact(say("fact.prices"), say.span(*breed.price_range)),
            Fact(say("fact.yearly"), say.span(*breed.yearly_cost)),
        ),
        ratings=tuple(
            Rating(say(f"rating.{key}"), value, say("rating.text", value=value)) for key, value in breed.ratings.items()
        ),
        cards=cards,
        count=say.count("count.looking", sum(c.status == "available" for c in cards)),
        empty=say("empty.breed"),
    )
    data = (structured.item_list(cards, frame.settings.base_url),) if cards else ()
    head = _head(breed, desk, crumbs=(_crumb("breeds", desk),), data=data)
    return _route(breed, desk, view, head, [view.picture.src])


def _breeds(page: Page, desk: Desk) -> Route:
    return _route(page, desk, BreedsView(desk.frame.body(page), _breed_cards(desk)), _head(page, desk))


def _breed_cards(desk: Desk) -> tuple[BreedCard, ...]:
    shown = desk.neighbours.shown
    return tuple(breed_card(b, shown.get(b.id, ()), desk.frame, desk.studio) for b in desk.frame.catalog.breeds)


def _prices(page: Page, desk: Desk) -> Route:
    """The price table, computed from the puppies that can be bought or reserved."""
    frame, catalog, say = desk.frame, desk.frame.catalog, desk.frame.say
    rows = []
    for breed in catalog.breeds:
        puppies = desk.neighbours.shown.get(breed.id, [])
        # What is for sale sets the range; a reserved puppy's price only where there is no other.
        prices = [p.price for p in puppies if p.status == "available"] or [p.price for p in puppies]
        looking = sum(p.status == "available" for p in puppies)
        rows.append(
            PriceRow(
                breed=frame.link(breed),
                count=say.count("count.looking", looking),
                prices=say.span(min(prices), max(prices)) if prices else say("price.none"),
                puppies=tuple(desk.glimpses[p.id] for p in puppies),
            )
        )
    view = PricesView(frame.body(page), tuple(rows), say("price.computed", date=say.full_date(catalog.today)))
    return _route(page, desk, view, _head(page, desk))


def _posts(page: Page, desk: Desk) -> Route:
    frame = desk.frame
    view = PostsView(frame.body(page), tuple(post_card(post, frame) for post in frame.catalog.posts))
    return _route(page, desk, view, _head(page, desk))


def _post(post: Post, desk: Desk) -> Route:
    frame, say = desk.frame, desk.frame.say
    text = frame.text(post)
    dates = [Fact(say("fact.posted"), say.full_date(post.posted), post.posted.isoformat())]
    if post.updated:
        dates.append(Fact(say("fact.updated"), say.full_date(post.updated), post.updated.isoformat()))
    view = ArticleView(frame.body(post), text.summary, contents(text.body.headings), tuple(dates))
    data = structured.article(
        text.title, text.summary, absolute(frame.settings, frame.url(post)), post.posted.isoformat(),
        (post.updated or post.posted).isoformat(), text.lang, frame.settings.shop.name,
    )  # fmt: skip
    head = _head(post, desk, crumbs=(_crumb("posts", desk),), data=(data,))
    return _route(post, desk, view, head)


def _article(page: Page, desk: Desk) -> Route:
    frame, say = desk.frame, desk.frame.say
    text = frame.text(page)
    art = {"thank-you": "thanks", "not-found": "lost"}.get(page.layout)
    dates = (Fact(say("fact.updated"), say.full_date(page.updated), page.updated.isoformat()),) if page.updated else ()
    catalog = frame.catalog
    onward = [catalog.page(layout) for layout in ("home", "catalogue", "breeds", "contact")] if art else []
    view = ArticleView(
        body=frame.body(page),
        lead=text.summary,
        contents=contents(text.body.headings),
        dates=dates,
        picture=desk.studio.art(art, say(f"alt.{art}")) if art else None,
        links=tuple(frame.link(entry, nav=True) for entry in onward),
    )
    return _route(page, desk, view, _head(page, desk))


def _contact(page: Page, desk: Desk) -> Route:
    frame = desk.frame
    choices = [_choice(desk.glimpses[p.id]) for p in frame.catalog.puppies if p.status != "sold"]
    form = contract.form(
        frame.lang, frame.settings, policy=_policy_of(frame), puppies=choices, assets=frame.site.assets
    )  # fmt: skip
    view = ContactView(frame.body(page), frame.text(page).summary, form)
    head = _head(page, desk, data=structured.pet_store(frame.settings, frame.lang))
    return _route(page, desk, view, head)


def _policy(page: Page, desk: Desk) -> Route:
    frame, say = desk.frame, desk.frame.say
    text = frame.text(page)
    effective = page.effective
    dates = [Fact(say("fact.version"), frame.catalog.policy_version)]
    if effective:
        dates.append(Fact(say("fact.effective"), say.full_date(effective), effective.isoformat()))
    view = PolicyView(
        body=frame.body(page),
        lead=text.summary,
        contents=contents(text.body.headings),
        dates=tuple(dates),
        history=tuple(Fact(say.full_date(day), note, day.isoformat()) for day, note in text.history),
    )
    return _route(page, desk, view, _head(page, desk))
