"""Which share picture belongs to which page: named by what it shows, drawn only when the cache does not have it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import portrait
from sitegen.drawings import Drawing, kept
from sitegen.gallery import portrait_of, portrait_of_breed
from sitegen.model import Birth, Breed, Output, Puppy
from sitegen.permalinks import text_of
from sitegen.pool import spawned
from sitegen.views import Share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sitegen.model import Catalog, Entry
    from sitegen.phrases import Phrases
    from sitegen.share import Status

PREFIX = "share/"


@dataclass(frozen=True, slots=True)
class Order:
    """A share picture to draw: the words on it, and what it shows (a drawing, or a photo's file)."""

    shop: str
    name: str
    line: str
    price: str
    status: Status | None
    status_text: str
    picture: Drawing | Path

    @property
    def key(self) -> str:
        """Names the file: the same words and picture give the same name."""
        shown = self.picture.name
        parts = (_CODE, self.shop, self.name, self.line, self.price, self.status or "", self.status_text, shown)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


_CODE = hashlib.sha256(b"".join(
    Path(__file__).with_name(f"{name}.py").read_bytes().replace(b"\r\n", b"\n") for name in ("share", "typesetting")
)).hexdigest()[:16]  # fmt: skip
"""What decides, besides the order, which picture comes out: this program's drawing code."""


@dataclass(slots=True)
class ShareDesk:
    """Hands out share pictures' addresses and keeps the orders for those that have to be drawn."""

    catalog: Catalog
    phrases: Mapping[str, Phrases]
    photo: Callable[[str], Path]
    orders: dict[str, Order] = field(default_factory=dict)

    def share(self, entry: Entry, lang: str) -> Share:
        """The share picture of an entry's page in a language."""
        order = self._order(entry, lang)
        self.orders.setdefault(order.key, order)
        say, site = self.phrases[lang], self.catalog.settings
        return Share(
            f"{site.base_url}/{PREFIX}{order.key}.jpg", say("alt.share", title=order.name, shop=site.shop.name)
        )

    def _order(self, entry: Entry, lang: str) -> Order:
        site, say = self.catalog.settings, self.phrases[lang]
        default = site.default_language
        text = text_of(entry, lang, default)
        if isinstance(entry, Puppy):
            breed = next(b for b in self.catalog.breeds if b.id == entry.breed)
            kind = text_of(breed, lang, default).title
            picture: Drawing | Path = (
                self.photo(entry.photos[0].path) if entry.photos else portrait_of(entry, breed)
            )
            price = say.money(entry.price)
            born = isinstance(entry.life, Birth)
            return Order(
                site.shop.name, text.title, kind, price if born else say("price.from", price=price), entry.status,
                say(f"status.{entry.status}"), picture,
            )  # fmt: skip
        if isinstance(entry, Breed):
            return Order(site.shop.name, text.title, "", "", None, "", portrait_of_breed(entry))
        return Order(site.shop.name, text.title, "", "", None, "", Drawing("hero", "hero"))


def draw_shares(
    orders: Iterable[Order], folder: Path, *, jobs: int = 0, progress: Callable[[int, int], None] | None = None
) -> None:
    """Have every ordered picture in `folder`, drawing those that it does not hold yet, on `jobs` processes."""
    there = kept(folder)
    missing = [order for order in orders if f"{order.key}.jpg" not in there]
    if not missing:
        return
    folder.mkdir(parents=True, exist_ok=True)
    tell = progress or (lambda _done, _total: None)
    tell(0, len(missing))
    workers = min(jobs or os.cpu_count() or 1, len(missing))
    # Languages of one picture follow one another, so that one process reads and paints it for all of them.
    work = [(order, folder) for order in sorted(missing, key=lambda order: (order.picture.name, order.key))]
    if workers == 1:
        for done, item in enumerate(work, 1):
            _draw(item)
            tell(done, len(work))
        return
    with spawned(workers) as pool:
        for done, _ in enumerate(pool.map(_draw, work, chunksize=4), 1):
            tell(done, len(work))


def output(key: str, folder: Path) -> Output:
    """A share picture that has been drawn, as a file of the site."""
    return Output(f"{PREFIX}{key}.jpg", folder / f"{key}.jpg", "share")


def _draw(item: tuple[Order, Path]) -> None:
    # The imaging libraries, which a build with nothing to draw never loads.
    from sitegen.share import PhotoPicture, ShareCard, SvgPicture, share_card

    order, folder = item
    shown = order.picture
    picture = PhotoPicture(shown.read_bytes()) if isinstance(shown, Path) else SvgPicture(shown.svg())
    card = ShareCard(
        order.shop, order.name, order.line, order.price, order.status, order.status_text, picture, portrait.wordmark()
    )
    fresh = folder / f"{order.key}.{os.getpid()}.new"
    fresh.write_bytes(share_card(card))
    fresh.replace(folder / f"{order.key}.jpg")
