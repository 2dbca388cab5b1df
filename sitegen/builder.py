"""The whole way from content to a site, and what of it need not be walked again."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, TypeVar

from sitegen import carried, source
from sitegen.errors import ContentError
from sitegen.memo import Lost, Memo
from sitegen.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from sitegen.making import Built, Floor, Making
    from sitegen.options import Options
    from sitegen.staging import Staged

Site = TypeVar("Site")


class Builder:
    """Builds one project, again and again. Between builds it keeps what it made; `memo` keeps it between runs.

    `out`, `damaged` and `spool` are `making.Making`'s: the folder of the last build, what in it is not as it was
    written, and where finished pages go. `changed` are the only files that are not as the memory has them, if that is
    known.
    """

    def __init__(
        self, root: Path, memo: Memo, out: Path | None = None, damaged: frozenset[str] = frozenset(),
        spool: Path | None = None, changed: Collection[str] | None = None,
    ) -> None:  # fmt: skip
        self._root, self._memo, self._out, self._damaged, self._spool = root, memo, out, damaged, spool
        self._changed = changed
        self._begin()

    def _begin(self) -> None:
        self._reading = Reading(self._root, self._memo)
        self._making: Making | None = None

    @property
    def making(self) -> Making:
        """What makes the pages. It brings most of the program, which is loaded while another process reads texts."""
        if self._making is None:
            from sitegen.making import Making

            self._making = Making(self._root, self._memo, self._out, self._damaged, self._spool)
        return self._making

    def build(self, options: Options, overlay: source.Overlay = source.NO_OVERLAY) -> Built:
        """The site as it is now, under a draft if one is given. Raises `ContentError`; writes nothing but caches."""

        def make() -> Built:
            floor = self._lay_out(options, overlay, self._changed)
            self._changed = None
            # What will be written is remembered too, and that is begun while another process makes pages.
            return self.making.make(floor, options, self._reading.prepare if self._spool else lambda: None)

        return self._attempt(make)

    def stage(self, options: Options, changed: Collection[str] = ()) -> Staged:
        """The site as it is now, its pages to be made when they are asked for. `changed` are the files that have been
        saved since the last time, if that is known. Raises `ContentError`."""
        from sitegen.staging import Staged

        cache = self._root / ".cache"
        return self._attempt(
            lambda: Staged(self._lay_out(options, source.NO_OVERLAY, changed or None), self.making, cache)
        )

    def _lay_out(self, options: Options, overlay: source.Overlay, changed: Collection[str] | None) -> Floor:
        try:
            read = self._reading.read(options, overlay, lambda stamps, site: self.making.furnish(stamps, site), changed)
        except ContentError as error:
            seen = source.look(self._root)
            faults = self.making.develop(source.photos(seen), overlay, options)[1]
            clashes = carried.clashes(carried.paths(seen))
            raise ContentError([*error.problems, *faults, *clashes, *self.making.faults()]) from None
        return self.making.lay_out(read, overlay, options)

    def _attempt(self, make: Callable[[], Site]) -> Site:
        # A build makes values and throws none away, so looking for garbage would only cost time (a fifth of it).
        collecting = gc.isenabled()
        gc.disable()
        try:
            return make()
        except Lost:
            # The memory is damaged: begin again without any.
            self._memo.forget()
            self._out = self._changed = None
            self._begin()
            return make()
        except ContentError:
            self._memo.undo()
            raise
        finally:
            if collecting:
                # In the preview: what is kept for the next build need not be looked through while pages are served.
                gc.freeze()
                gc.enable()

    def remember(self, outputs: Mapping[str, tuple[int, int]], facts: Mapping[str, str]) -> None:
        """Have the memory keep this build, which has been written: `outputs` are the stamps of its files, `facts` what
        there was to say."""
        self._memo.save(
            facts={**facts, **self._reading.facts}, outputs=outputs, pages=self.making.notes(),
            links=self.making.links(), rows=self.making.rows(), stock=self.making.stock, cards=self.making.cards(),
            grounds=self.making.grounds(),
        )  # fmt: skip
