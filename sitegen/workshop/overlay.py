"""What the site would be made of if a form were saved: drafts laid over the files on disk. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from sitegen.model import PhotoFile, SourceFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.headers import HostTable
    from sitegen.model import Catalog, Output, Place, Sources
    from sitegen.pictures import Photo


@dataclass(frozen=True, slots=True)
class Overlay:
    """`texts`: path → the bytes that count instead of the file's; None: as if the file were gone. `photos`: path → the
    developed photo that a draft shows there (a quick proof; nothing is to be developed for it); None: as if gone."""

    texts: Mapping[str, bytes | None] = field(default_factory=dict)
    photos: Mapping[str, Photo | None] = field(default_factory=dict)


class Built(Protocol):
    """What a build hands over."""

    @property
    def outputs(self) -> tuple[Output, ...]: ...
    @property
    def routes(self) -> tuple[Place, ...]: ...
    @property
    def catalog(self) -> Catalog: ...
    @property
    def table(self) -> HostTable: ...


def laid_over(sources: Sources, overlay: Overlay) -> Sources:
    """The sources with the overlay in force. Its photos are named, so that they count as being there."""
    texts = {file.path: file for file in sources.content}
    settings = sources.settings
    for path, data in overlay.texts.items():
        if path == settings.path:
            settings = replace(settings, data=data or b"")
        elif data is None:
            texts.pop(path, None)
        else:
            texts[path] = SourceFile(path, data)
    photos = {photo.path: photo for photo in sources.photos if photo.path not in overlay.photos}
    photos |= {path: PhotoFile(path, 0, 0) for path, photo in overlay.photos.items() if photo is not None}
    return replace(
        sources,
        settings=settings,
        content=tuple(texts[path] for path in sorted(texts)),
        photos=tuple(photos[path] for path in sorted(photos)),
    )
