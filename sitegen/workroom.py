"""Where pages are made: from the catalog and all that stands around it to one finished page, in any process."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from sitegen import feeds, frame, gallery, phrases, render, routes, sharing
from sitegen.album import Album
from sitegen.cards import Neighbours
from sitegen.drawings import Drawing, Easel
from sitegen.engine import Engines
from sitegen.errors import ContentError
from sitegen.keys import Keys
from sitegen.memo import Lost, Memo, page_note
from sitegen.model import Output
from sitegen.record import Record
from sitegen.showcase import Showcase

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sitegen.errors import Problem
    from sitegen.memo import PageNote
    from sitegen.model import Body, Catalog, Entry
    from sitegen.permalinks import Permalinks
    from sitegen.pictures import Photo
    from sitegen.reading import Traits
    from sitegen.routes import Desk
    from sitegen.views import Picture


class Materials(Record):
    """What all pages are made from: values only, so that another process can have them too. `made_of` is the digest of
    each entry's own files, `traits` are `reading`'s; `values` and `interface` are the words of templates/strings by
    language, `marks` the digests of page templates (`stock`); `cache` is the folder of pictures and composed templates,
    `there` the pictures in it; `drawn` and `shared` say whether drawings and share pictures are wanted; into `spool`,
    if it is given, finished pages are written, so that they need not be handed from process to process."""

    catalog: Catalog
    made_of: Mapping[str, str]
    traits: Mapping[str, Traits]
    links: Permalinks
    values: Mapping[str, Mapping[str, str]]
    interface: Mapping[str, Mapping[str, str]]
    templates: Mapping[str, str]
    styles: Mapping[str, Markup]
    marks: Mapping[str, str]
    assets: Mapping[str, str]
    wordmark: str
    photos: Mapping[str, Photo]
    cache: Path
    drawn: bool
    shared: bool
    there: frozenset[str]
    memo: Memo
    spool: Path | None


class Order(NamedTuple):
    """A page to make: an entry in a language, and its file."""

    id: str
    lang: str
    path: str


class Orders:
    """All pages of a site: `urls` are its addresses by entry and language. Of most of them a build need not know."""

    def __init__(self, ids: Collection[str], langs: Collection[str], urls: Mapping[str, Mapping[str, str]]) -> None:
        self._ids, self._langs, self._urls = ids, langs, urls

    def __len__(self) -> int:
        return len(self._ids) * len(self._langs)

    def of(self, ids: Collection[str]) -> list[Order]:
        """The pages of these entries: a language after the other, so that a process that helps with them makes cards
        and templates for one."""
        urls = self._urls
        return [Order(id_, lang, render.output_path(urls[id_][lang])) for lang in self._langs for id_ in ids]

    @cached_property
    def by_path(self) -> dict[str, Order]:
        """Every page by its file."""
        return {order.path: order for order in self.of(self._ids)}


class Made(Record):
    """A page, what is to be remembered of it, its address and row in the sitemap, the pictures on it that are still to
    be drawn, and the cards that were made for it (`showcase.Kept`)."""

    output: Output
    note: PageNote
    row: tuple[str, str]
    drawings: Mapping[str, Drawing]
    shares: Mapping[str, sharing.Order]
    cards: Mapping[str, Any]


class Workroom:
    """Makes pages. Everything in it follows from its materials."""

    def __init__(self, materials: Materials, engines: Engines | None = None) -> None:
        self.materials = m = materials
        site = m.catalog.settings
        self.entries: dict[str, Entry] = {entry.id: entry for entry in m.catalog.entries()}
        self.easel = Easel(m.cache / "drawings", m.drawn)
        studio = gallery.Studio(m.photos, self.easel)
        says = {lang: phrases.Phrases(lang, m.values[lang]) for lang in site.languages}
        album = Album(m.cache / "pictures")
        self.shares = sharing.ShareDesk(
            site, says, lambda path: album.path(m.photos[path], m.photos[path].variants[-1])
        )
        breeds = {breed.id: breed for breed in m.catalog.breeds}
        self.neighbours = Neighbours(m.catalog.puppies, breeds)
        frames: dict[str, frame.Frame] = {}
        for lang in site.languages:
            view = frame.site_view(m.catalog, m.links, says[lang], m.assets, Markup(m.wordmark))
            facts = frame.facts(m.catalog, says[lang], view.contact)
            frames[lang] = frame.Frame(m.catalog, m.links, says[lang], view, facts, studio.inline, self._html)
        self.keys = Keys(m, frames, self.neighbours)
        self._showcases = {
            lang: Showcase(lang, around, self.keys.own, m.memo.cards, self._wanting)
            for lang, around in self.keys.around.items()
        }
        self.desks: dict[str, Desk] = {
            lang: routes.desk(framed, studio, self.shares, self.neighbours, self._showcases[lang])
            for lang, framed in frames.items()
        }
        engines = engines or Engines(m.cache / "templates", m.memo.version)
        shared = {lang: {"site": desk.frame.site, "t": m.interface[lang]} for lang, desk in self.desks.items()}
        self._press = render.Press(
            {lang: engines.of(lang, m.templates, values) for lang, values in shared.items()},
            {name: style.encode() for name, style in m.styles.items()},
        )

    def _html(self, body: Body) -> str:
        # An entry out of the memory has left its HTML there (model.Body).
        if body.html is not None:
            return body.html
        known = self.materials.memo.body(body.key)
        if known is None:
            raise Lost
        return str(known[0])

    def _wanting(self, picture: Picture) -> bool:
        m = self.materials
        return m.drawn and picture.drawing and picture.src.rpartition("/")[2] not in m.there

    def feeds(self) -> list[Output]:
        """The feed of each language."""
        return [feeds.atom(desk.frame) for desk in self.desks.values()]

    def key(self, order: Order) -> str:
        """What the page is made of (`keys`): a page that was made under the same key is the same."""
        return self.keys.of(self.entries[order.id], order.lang)

    def make(self, orders: Sequence[Order]) -> list[Made | tuple[Problem, ...]]:
        """The pages that are ordered, in that order; what is wrong with one that cannot be made."""
        return [self._make(order) for order in orders]

    def _make(self, order: Order) -> Made | tuple[Problem, ...]:
        # What is shown anew from here on is shown by this page.
        showcase = self._showcases[order.lang]
        self.easel.shown, self.shares.orders, showcase.made = {}, {}, {}
        try:
            route = routes.route(self.entries[order.id], self.desks[order.lang])
            output = render.render(route, self._press)
        except ContentError as error:  # words that it needs are missing
            return error.problems
        if not isinstance(output, Output):
            return output
        if self.materials.spool and isinstance(output.content, bytes):
            output = _spooled(output, output.content, f"{self.materials.spool}{os.sep}{order.path}")
        row = feeds.sitemap_row(route)
        pictures = (*self.easel.shown, *(f"{key}.jpg" for key in self.shares.orders))
        note = page_note(self.key(order), row, pictures)
        m, there = self.materials, self.materials.there
        drawings = {name: drawing for name, drawing in self.easel.shown.items() if name not in there} if m.drawn else {}
        orders = self.shares.orders.items() if m.shared else ()
        shares = {key: order for key, order in orders if f"{key}.jpg" not in there}
        return Made(output, note, (route.url, row), drawings, shares, showcase.made)


def _spooled(output: Output, data: bytes, place: str) -> Output:
    """The output, once its bytes lie at `place`: a plain string, because a `Path` takes longer than the file."""
    folder = os.path.dirname(place)  # noqa: PTH120  (plain strings)
    try:
        os.mkdir(folder)  # noqa: PTH102  (plain strings)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103  (plain strings)
    with open(place, "wb", buffering=0) as file:  # noqa: PTH123  (plain strings)
        file.write(data)
    return Output(output.path, Path(place), output.source, output.digest)
