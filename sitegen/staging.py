"""A site whose pages are made when somebody looks at them: what the preview shows."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sitegen import drawings, gallery
from sitegen.making import files_of, photos_of, places_of, source_of
from sitegen.model import Breed, Output, Puppy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sitegen.making import Floor, Making
    from sitegen.model import Place
    from sitegen.permalinks import Permalinks


class Staged:
    """One build. Its files are asked for from any thread; a page's mistake is a `ContentError` for whoever asks."""

    def __init__(self, floor: Floor, making: Making, cache: Path) -> None:
        self._floor, self._making, self._cache = floor, making, cache
        self.catalog, self.table = floor.catalog, floor.table

    @property
    def links(self) -> Permalinks:
        """All addresses; the very same object as long as no address has changed."""
        return self._floor.links

    def source(self, url: str) -> str:
        """The file that the page at this address comes from; empty when there is no such page."""
        return source_of(self._floor, url)

    @cached_property
    def routes(self) -> tuple[Place, ...]:
        """Where each page is."""
        return places_of(self._floor)

    @cached_property
    def _files(self) -> dict[str, Output]:
        return {output.path: output for output in (*files_of(self._floor), *photos_of(self._floor, self._cache))}

    def has(self, path: str) -> bool:
        """Whether there is a page or file at this path."""
        return path in self._floor.orders.by_path or path in self._files or path == "sitemap.xml"

    def file(self, path: str) -> Output | None:
        """The page or file at this path; None when there is none."""
        with self._making.lock:
            if order := self._floor.orders.by_path.get(path):
                return self._making.page(order, self._floor)
            if path == "sitemap.xml":
                for order in self._floor.orders.by_path.values():
                    self._making.page(order, self._floor)
                return self._making.sitemap(self._floor)
            folder, _, name = path.rpartition("/")
            if f"{folder}/" == drawings.FOLDER and name in drawings.kept(self._cache / "drawings"):
                return drawings.output(name, self._cache / "drawings")
            return self._files.get(path)

    def portrait(self, id_: str) -> str:
        """The address of the drawing of a puppy or a breed; empty when there is no such entry."""
        with self._making.lock:
            entry, easel = self._floor.room.entries.get(id_), self._floor.room.easel
            if not isinstance(entry, Puppy | Breed) or not easel.drawn:
                return ""
            if isinstance(entry, Breed):
                drawing = gallery.portrait_of_breed(entry)
            else:
                breed = self._floor.room.entries[entry.breed]
                assert isinstance(breed, Breed)
                drawing = gallery.portrait_of(entry, breed)
            easel.text(drawing)
            return f"/{drawings.FOLDER}{drawing.name}"

    def address(self, id_: str, lang: str) -> str:
        """Where an entry's page is in a language; in the site's first one if it does not speak that."""
        urls = self._floor.links.urls[id_]
        return urls.get(lang) or next(iter(urls.values()))

    def rest(self) -> Iterator[None]:
        """Make the pages that nobody has asked for yet, one at a step. Raises `ContentError`."""
        for order in self._floor.orders.by_path.values():
            with self._making.lock:
                self._making.page(order, self._floor)
            yield
