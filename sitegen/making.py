"""Catalog → Route → Output: every page and file of the site, those made anew that are not what they were."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from sitegen import (
    assemble,
    carried,
    contract,
    drafts,
    drawings,
    feeds,
    fittings,
    headers,
    owner,
    permalinks,
    portrait,
    progress,
    routes,
    sharing,
    showcase,
    source,
    styles,
)
from sitegen.album import Album
from sitegen.engine import Engines
from sitegen.errors import ContentError, Problem, problem
from sitegen.memo import digest, pictures_of, row_of
from sitegen.model import Output, Place
from sitegen.pictures import Fault, Photo
from sitegen.pool import Pool
from sitegen.record import Record
from sitegen.render import output_path
from sitegen.stock import Storeroom
from sitegen.workroom import Made, Materials, Order, Orders, Workroom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from sitegen.headers import HostTable
    from sitegen.keys import Grounds
    from sitegen.memo import Memo, PageNote
    from sitegen.model import Catalog, PhotoFile, Settings
    from sitegen.options import Options
    from sitegen.reading import Read
    from sitegen.stock import Stock

PAGES_PAY, DRAWING_PAYS = 150, 60
"""How many pages and drawings it takes before a second (forked) process is worth its start."""


SITEMAP = "sitemap.xml"


class Built(Record):
    """A whole site. `kept` are the paths of pages that lie in the folder of the last build as they would be made: these
    are not among the `outputs`."""

    outputs: tuple[Output, ...]
    kept: frozenset[str]
    floor: Floor
    table: HostTable
    untranslated: tuple[tuple[str, str], ...]
    drafts: tuple[Problem, ...]

    @property
    def catalog(self) -> Catalog:
        """The shop."""
        return self.floor.catalog

    @property
    def links(self) -> permalinks.Permalinks:
        """All addresses."""
        return self.floor.links

    def source(self, url: str) -> str:
        """The file that the page at this address comes from; empty when there is no such page."""
        return source_of(self.floor, url)

    @cached_property
    def routes(self) -> tuple[Place, ...]:
        """Where each page is."""
        return places_of(self.floor)

    def has(self, path: str) -> bool:
        """Whether there is a page or file at this path."""
        return self.file(path) is not None

    def file(self, path: str) -> Output | None:
        """The page or file at this path; None when there is none."""
        return next((output for output in self.outputs if output.path == path), None)

    def portrait(self, id_: str) -> str:
        """The address of the drawing of a puppy or a breed; empty when the site has none."""
        kind, _, slug = id_.partition("/")
        drawing = f"{drawings.FOLDER}{slug}-{0 if kind == 'puppies' else 1}."
        return next((f"/{output.path}" for output in self.outputs if output.path.startswith(drawing)), "")

    def rest(self) -> Iterator[None]:
        """What is still to be made: nothing."""
        return iter(())


class Floor(Record):
    """What stands around the pages of one build: `files` are those from static/, `untranslated` path and language of
    each translation that is missing. `photographs` gives the digest of all photos; `changed` are the ids of the
    entries that the memory knows otherwise, if all addresses are still the memory's."""

    catalog: Catalog
    links: permalinks.Permalinks
    photos: Mapping[str, Photo]
    room: Workroom
    table: HostTable
    files: tuple[Output, ...]
    orders: Orders
    drafts: tuple[Problem, ...]
    untranslated: tuple[tuple[str, str], ...]
    photographs: Callable[[], str]
    changed: frozenset[str] | None


class Making:
    """Makes one project's site, again and again. Between builds it keeps what it made.

    `out` is the folder of the last build: a page that is still the same is left there. Files in it that are not as they
    were written are named in `damaged`, and made again. Finished pages go to the folder `spool`, or stay in memory.
    """

    materials: Materials
    """What the last build's pages were made from."""

    def __init__(self, root: Path, memo: Memo, out: Path | None, damaged: frozenset[str], spool: Path | None) -> None:
        self._root, self._memo, self._spool, self._cache = root, memo, spool, root / ".cache"
        self._damaged = damaged
        self._before: Mapping[str, PageNote] = memo.pages() if out else {}
        self._pages: dict[str, PageNote] = dict(self._before)
        """What is to be remembered of the pages that were made last, by their path."""
        for path in damaged:
            self._pages.pop(path, None)
        self._outputs: dict[str, Output] = {}
        """Those of them that were made here; the others are in the folder."""
        self._grounds: Grounds = memo.grounds() if out and len(self._pages) == len(self._before) else {}
        self._rows: dict[str, tuple[str, str]] = {}
        """Of the sitemap: those of the pages that were made here."""
        self._cards: dict[str, Any] = {}
        """What was made here, see `showcase.Kept`."""
        self._sitemap_stays = False
        self._floor: Floor | None = None
        self.lock = threading.RLock()
        """Held by whoever makes a page while several threads might: pages share what they have made."""
        self._engines = Engines(self._cache / "templates", memo.version)
        self._storeroom = Storeroom(root, memo)

    def furnish(self, stamps: Mapping[str, tuple[int, int, str]], site: Settings) -> None:
        """Get ready what does not depend on any text, while these are still being read. What is wrong with it is told
        when it is needed."""
        with suppress(ContentError):
            self._engines.begin(self._storeroom.get(stamps, site.languages).templates)

    def faults(self) -> list[Problem]:
        """What is wrong with what does not depend on any text."""
        return self._storeroom.faults()

    @property
    def stock(self) -> Stock | None:
        """What the last pages were made with."""
        return self._storeroom.stock

    def lay_out(self, read: Read, overlay: source.Overlay, options: Options) -> Floor:
        """All that the pages need. Raises `ContentError`."""
        last = self._last(read)
        if last:
            links = last
        else:
            links, problems = permalinks.permalinks(read.catalog, contract.THANKS)
            if problems:
                raise ContentError(problems)
        photos, faults = self.develop(read.photos, overlay, options)
        waiting = drafts.ids(read.drafts)
        extras = carried.paths(read.stamps)
        urls = (url for of_entry in links.urls.values() for url in of_entry.values())
        clashes = carried.clashes(extras, chain(urls, links.redirects, (read.catalog.settings.action,)))
        if mistakes := [*(fault for fault in faults if not drafts.ids([fault]) <= waiting), *clashes]:
            raise ContentError(mistakes)
        self.materials, files = self._materials(read, links, photos, options)
        files += carried.outputs(extras, lambda path: (self._root / path).read_bytes())
        with self.lock:
            room = Workroom(self.materials, self._engines)
        lost = links.urls[read.catalog.page("not-found").id]
        table = headers.host_table(
            map(styles.csp_hash, self.materials.styles.values()), links.redirects,
            {desk.frame.site.home.url: lost[lang] for lang, desk in room.desks.items()},
            styles.csp_hash(self.materials.templates["partials/boot.html"].rstrip()),
        )  # fmt: skip
        orders = self._floor.orders if last and self._floor else Orders(room.entries.keys(), room.desks, links.urls)
        told = (*read.drafts, *(fault.replace(advice=True) for fault in faults))
        lacking = tuple([pair for id_ in room.entries for pair in read.traits[id_][2]])

        def photographs() -> str:
            # Not in the preview, which asks for no grounds, after each save.
            return digest(*(f"{photo.path}\n{read.stamps[photo.path][2]}" for photo in read.photos))

        changed = None if self._floor or not last else read.changed
        self._floor = Floor(
            read.catalog, links, photos, room, table, files, orders, told, lacking, photographs, changed
        )  # fmt: skip
        return self._floor

    def _last(self, read: Read) -> permalinks.Permalinks | None:
        """The addresses of the last build, if they are still those of the same entries."""
        if floor := self._floor:
            same = floor.catalog.settings == read.catalog.settings
            return floor.links if same and assemble.alike(read.catalog, floor.room.entries) else None
        links = self._memo.links()
        if links and read.remembered is not None and assemble.alike(read.catalog, read.remembered):
            return permalinks.Permalinks(*links)
        return None

    def links(self) -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, str]]:
        """The addresses that were given last, to be remembered."""
        assert self._floor is not None
        return self._floor.links.urls, self._floor.links.redirects

    def make(self, floor: Floor, options: Options, meanwhile: Callable[[], object] = lambda: None) -> Built:
        """The whole site. `meanwhile` is done while another process makes pages, if there is one. Raises
        `ContentError`."""
        self._make_pages(floor, options, meanwhile)
        outputs = [*files_of(floor), *self._outputs.values()]
        kept = set(self._pages.keys() - self._outputs.keys())
        self._sitemap_stays = (
            self._pages.keys() == self._before.keys()
            and SITEMAP not in self._damaged
            and all(row_of(self._pages[path]) == row_of(self._before[path]) for path in self._outputs)
        )
        if self._sitemap_stays:
            kept.add(SITEMAP)
        else:
            outputs.append(self.sitemap(floor))
        outputs += photos_of(floor, self._cache)
        outputs += self._drawings(options)
        return Built(
            tuple({output.path: output for output in outputs}.values()), frozenset(kept), floor, floor.table,
            floor.untranslated, floor.drafts,
        )  # fmt: skip

    def page(self, order: Order, floor: Floor) -> Output:
        """One page with its drawings, made if it is not what it was. Raises `ContentError`."""
        if not self._stays(order, floor):
            (made,) = floor.room.make([order])
            if not isinstance(made, Made):
                raise ContentError(made)
            for drawing in made.drawings.values() if floor.room.easel.drawn else ():
                floor.room.easel.text(drawing)
            self._keep([made])
        return self._outputs[order.path]

    def _stays(self, order: Order, floor: Floor) -> bool:
        """Whether a page is what it was."""
        note = self._pages.get(order.path)
        return note is not None and note.startswith(floor.room.key(order))

    def _keep(self, made: Sequence[Made]) -> None:
        self._pages |= {page.output.path: page.note for page in made}
        self._outputs |= {page.output.path: page.output for page in made}
        self._rows |= {page.output.path: page.row for page in made}
        self._cards |= {place: card for page in made for place, card in page.cards.items()}

    def sitemap(self, floor: Floor) -> Output:
        """The sitemap of a site whose pages have all been made."""
        rows = self._all_rows()
        return feeds.sitemap(rows[path] for path in floor.orders.by_path)

    def _all_rows(self) -> dict[str, tuple[str, str]]:
        rows = self._rows if self._rows.keys() >= self._pages.keys() else {**self._memo.rows(), **self._rows}
        return {path: rows[path] for path in self._pages}

    def notes(self) -> Mapping[str, PageNote]:
        """What is to be remembered of the pages that were made last, by their path."""
        return self._pages

    def grounds(self) -> Grounds:
        """What their keys rested on, to be remembered with them."""
        return self._grounds

    def rows(self) -> dict[str, tuple[str, str]] | None:
        """What is to be remembered of the sitemap; None: what is remembered already."""
        return None if self._sitemap_stays else self._all_rows()

    def cards(self) -> dict[str, Any] | None:
        """The cards that are to be remembered; None: those that are remembered already."""
        if not self._cards:
            return None
        assert self._floor is not None
        room = self._floor.room
        return showcase.kept(self._memo.cards(), self._cards, room.keys.around, room.keys.own, room.entries.keys())

    def develop(
        self, there: Iterable[PhotoFile], overlay: source.Overlay, options: Options
    ) -> tuple[dict[str, Photo], list[Problem]]:
        """Every photo developed, and a mistake for each that cannot be."""
        tell = progress.bar(owner.say("photos", options.lang), sys.stderr)
        album = Album(self._cache / "pictures")
        drafted = overlay.photos
        photos = [photo for photo in there if photo.path not in drafted]
        answers = album.develop(self._root, photos, jobs=options.jobs, progress=tell)
        faults = [problem(p, 0, f"photo-{answer.code}") for p, answer in answers.items() if isinstance(answer, Fault)]
        developed = {path: answer for path, answer in answers.items() if isinstance(answer, Photo)}
        return developed | {path: photo for path, photo in drafted.items() if photo is not None}, faults

    def _materials(
        self, read: Read, links: permalinks.Permalinks, photos: Mapping[str, Photo], options: Options
    ) -> tuple[Materials, tuple[Output, ...]]:
        """What stands around the catalog, and the files of static/."""
        site = read.catalog.settings
        stock = self._storeroom.get(read.stamps, site.languages)
        fittings.need({routes.template(entry) for entry in read.catalog.entries()}, stock.templates)
        texts = {**stock.scripts, "icons/favicon.svg": portrait.favicon()}
        texts |= {f"js/inquiry.{lang}.json": contract.kit(lang, site) for lang in site.languages}
        files = {name: styles.fingerprint(name, text) for name, text in texts.items()}
        materials = Materials(
            catalog=read.catalog,
            made_of=read.made_of,
            traits=read.traits,
            links=links,
            values={lang: stock.words[f"values.{lang}.yaml"] for lang in site.languages},
            interface={lang: stock.words[f"interface.{lang}.yaml"] for lang in site.languages},
            templates=stock.templates,
            styles=styles.inlined(stock.styles),
            marks=stock.marks,
            assets={name: f"/{output.path}" for name, output in files.items()},
            wordmark=portrait.wordmark(),
            photos=photos,
            cache=self._cache,
            drawn=options.drawings,
            shared=options.share_pictures,
            there=drawings.kept(self._cache / "drawings") | drawings.kept(self._cache / "share"),
            memo=self._memo,
            spool=self._spool,
        )
        return materials, tuple(files.values())

    def _make_pages(self, floor: Floor, options: Options, meanwhile: Callable[[], object]) -> None:
        """Make every page that is not what it was, and forget those that are no more."""
        room = floor.room
        bare: set[str] = set()
        if options.share_pictures or options.drawings:
            there = room.materials.there
            bare = {p for p, note in self._pages.items() if not self._drawn(pictures_of(note), there, options)}
        grounds = room.keys.grounds(floor.photographs())
        ids = None
        if floor.changed is not None and not bare:
            ids = room.keys.unsure(room.entries.values(), floor.changed, self._grounds, grounds)
        self._grounds = grounds
        if ids is None:
            self._pages = {path: self._pages[path] for path in floor.orders.by_path if path in self._pages}
            self._outputs = {path: output for path, output in self._outputs.items() if path in self._pages}
        orders = floor.orders.by_path.values() if ids is None else floor.orders.of(ids)
        orders = [order for order in orders if order.path in bare or not self._stays(order, floor)]
        tell = progress.bar(owner.say("pages", options.lang), sys.stderr)
        pool = Pool(Workroom, room.materials, jobs=options.jobs, pays=PAGES_PAY)
        made = pool.run(Workroom.make, orders, lambda: room, tell, meanwhile)
        problems = [each for page in made if not isinstance(page, Made) for each in page]
        if problems:
            raise ContentError(problems)
        done = [page for page in made if isinstance(page, Made)]
        self._keep(done)
        if options.drawings:
            self._draw({name: drawing for page in done for name, drawing in page.drawings.items()}, options)
        if options.share_pictures:
            shares = {key: order for page in done for key, order in page.shares.items()}
            tell = progress.bar(owner.say("share", options.lang), sys.stderr)
            sharing.draw_shares(shares.values(), self._cache / "share", jobs=options.jobs, progress=tell)

    def _drawn(self, pictures: Sequence[str], there: frozenset[str], options: Options) -> bool:
        """Whether those of a page's pictures are in the cache that are wanted."""
        return there.issuperset(pictures) or all(
            name in there or not (options.share_pictures if name.endswith(".jpg") else options.drawings)
            for name in pictures
        )

    def _draw(self, wanted: Mapping[str, drawings.Drawing], options: Options) -> None:
        tell = progress.bar(owner.say("drawings", options.lang), sys.stderr)
        folder = self._cache / "drawings"
        pool = Pool(drawings.Easel, folder, jobs=options.jobs, pays=DRAWING_PAYS)
        pool.run(_draw, list(wanted.values()), lambda: drawings.Easel(folder), tell)

    def _drawings(self, options: Options) -> list[Output]:
        outputs: list[Output] = []
        if not (options.share_pictures or options.drawings):
            return outputs
        for name in dict.fromkeys(name for note in self._pages.values() for name in pictures_of(note)):
            if name.endswith(".jpg"):
                if options.share_pictures:
                    outputs.append(sharing.output(name.removesuffix(".jpg"), self._cache / "share"))
            elif options.drawings:
                outputs.append(drawings.output(name, self._cache / "drawings"))
        return outputs


def files_of(floor: Floor) -> list[Output]:
    """The site's files that are neither pages nor pictures; the sitemap, which needs all pages, is not among them."""
    site, moved = floor.catalog.settings, floor.links.redirects.items()
    redirects = [feeds.redirect_page(old, new, site, site.default_language) for old, new in moved]
    return [*floor.files, *floor.room.feeds(), feeds.robots(site), *headers.static_files(floor.table), *redirects]


def photos_of(floor: Floor, cache: Path) -> list[Output]:
    """Every size and format of every photo."""
    album = Album(cache / "pictures")
    return [
        Output(f"pictures/{variant.name}", album.path(photo, variant), path)
        for path, photo in floor.photos.items()
        for variant in photo.variants
    ]


def places_of(floor: Floor) -> tuple[Place, ...]:
    """Where each page is, and which file it comes from."""
    return tuple(
        Place(frame.url(entry), order.lang, frame.text(entry).path, frame.listed(entry))
        for order in floor.orders.by_path.values()
        for entry, frame in ((floor.room.entries[order.id], floor.room.desks[order.lang].frame),)
    )


def source_of(floor: Floor, url: str) -> str:
    """The file that the page at this address comes from; empty when there is no such page."""
    order = floor.orders.by_path.get(output_path(url))
    return floor.room.desks[order.lang].frame.text(floor.room.entries[order.id]).path if order else ""


def _draw(easel: drawings.Easel, wanted: Sequence[drawings.Drawing]) -> list[None]:
    for drawing in wanted:
        easel.text(drawing)
    return [None] * len(wanted)
