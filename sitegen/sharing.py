"""Which share picture belongs to which page: named by what it shows, drawn only when the cache does not have it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen import portrait
from sitegen.drawings import Drawing, kept, of_shop
from sitegen.gallery import portrait_of, portrait_of_breed
from sitegen.model import Breed, Output
from sitegen.permalinks import text_of
from sitegen.pool import spawned
from sitegen.views import Share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sitegen.model import Page, Post, Puppy, Settings
    from sitegen.phrases import Phrases
    from sitegen.share import Status
    from sitegen.views import Glimpse

PREFIX = "share/"


class Order(NamedTuple):
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


class ShareDesk:
    """Hands out share pictures' addresses and keeps the orders for those that have to be drawn."""

    def __init__(self, site: Settings, phrases: Mapping[str, Phrases], photo: Callable[[str], Path]) -> None:
        self.site, self.phrases, self.photo = site, phrases, photo
        self.orders: dict[str, Order] = {}

    def puppy(self, puppy: Puppy, breed: Breed, shown: Glimpse, lang: str) -> Share:
        """The share picture of a puppy's page in a language."""
        picture = self.photo(puppy.photos[0].path) if puppy.photos else portrait_of(puppy, breed)
        words = shown.name, shown.breed, shown.price, shown.status, shown.status_text
        return self._share(Order(self.site.shop.name, *words, picture), lang)

    def page(self, entry: Breed | Page | Post, lang: str) -> Share:
        """The share picture of any other page in a language."""
        title = text_of(entry, lang, self.site.default_language).title
        picture = portrait_of_breed(entry) if isinstance(entry, Breed) else of_shop("hero")
        return self._share(Order(self.site.shop.name, title, "", "", None, "", picture), lang)

    def _share(self, order: Order, lang: str) -> Share:
        key = order.key
        self.orders[key] = order
        alt = self.phrases[lang]("alt.share", title=order.name, shop=order.shop)
        return Share(f"{self.site.base_url}/{PREFIX}{key}.jpg", alt)


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
