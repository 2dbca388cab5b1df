"""Quick pictures of photos, for the form and for drafts: one JPEG each, made in a moment (I/O: a cache).

The site's own pictures take seconds a photo; a proof takes a tenth of that, so that the page can be looked at while
the rest is still being made. Kept under the bytes' digest in a folder that may be deleted at any time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from sitegen.pictures import Fault, Photo, Recipe, Variant
from sitegen.workshop.ledger import write_whole

QUICK = Recipe(widths=(720,), longest=1080)
"""A phone's width: a draft is looked at beside the form."""


@dataclass(slots=True)
class Proofs:
    """Proofs in `folder`."""

    folder: Path
    _known: dict[str, Photo | Fault] = field(default_factory=dict)

    def proof(self, name: str, data: bytes) -> Photo | Fault:
        """The proof of a photo; `name` is its blob's, which stands for its bytes."""
        if name not in self._known:
            self._known[name] = self._found(name) or self._made(name, data)
        return self._known[name]

    def path(self, name: str) -> Path:
        """Where a proof's file lies, by the name that pages give it."""
        return self.folder / Path(name).name

    def _found(self, name: str) -> Photo | None:
        for path in self.folder.glob(f"{name[:12]}-*.jpg"):
            width, _, height = path.stem.partition("-")[2].partition("x")
            return _photo(name, int(width), int(height), path.stat().st_size)
        return None

    def _made(self, name: str, data: bytes) -> Photo | Fault:
        from sitegen import encoder  # the imaging libraries, loaded with the first photo

        upright = encoder.decode(data, QUICK)
        if isinstance(upright, Fault):
            return upright
        out = BytesIO()
        upright.image.save(out, "JPEG", quality=80)
        photo = _photo(name, upright.image.width, upright.image.height, len(out.getvalue()))
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.path(photo.variants[0].name), out.getvalue())
        return photo


def _photo(name: str, width: int, height: int, length: int) -> Photo:
    file = f"{name[:12]}-{width}x{height}.jpg"
    return Photo(name, width, height, "#ddd", (Variant("jpg", width, height, length, file),))
