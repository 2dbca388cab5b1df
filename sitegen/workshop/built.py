"""What the workshop takes a build to be. Types only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sitegen.headers import HostTable
    from sitegen.model import Catalog, Output, Place


class Built(Protocol):
    """What a build hands over."""

    def file(self, path: str) -> Output | None: ...
    def portrait(self, id_: str) -> str: ...
    def source(self, url: str) -> str: ...
    @property
    def routes(self) -> tuple[Place, ...]: ...
    @property
    def catalog(self) -> Catalog: ...
    @property
    def table(self) -> HostTable: ...
