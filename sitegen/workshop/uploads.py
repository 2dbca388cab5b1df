"""Photos on their way in: kept at once, shown at once, and developed while the owner types (I/O)."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import owner
from sitegen.album import Album
from sitegen.errors import problem
from sitegen.pictures import SUFFIXES, Fault
from sitegen.workshop import talk
from sitegen.workshop.discreet import discreet, shot
from sitegen.workshop.ledger import Ledger, blob_name
from sitegen.workshop.mistakes import Mistake
from sitegen.workshop.rearrange import with_photos
from sitegen.workshop.words import say

if TYPE_CHECKING:
    from sitegen.workshop.form import Posted
    from sitegen.workshop.proofs import Proofs
    from sitegen.workshop.talk import Reply, Request

MOST = 100 * 2**20
"""Bytes of one photo; a 50-megapixel one has 15 to 40 million."""


@dataclass(slots=True)
class Uploads:
    """Receives photos. `waiting` are those that came from a phone and stand in no form yet."""

    ledger: Ledger
    proofs: Proofs
    album: Album
    waiting: deque[dict[str, str]] = field(default_factory=lambda: deque(maxlen=60))
    _later: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "develop"))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def receive(self, name: str, data: bytes, lang: str) -> dict[str, str]:
        """Keep a photo, without the place and whatever else it says: its `ref`, `file`, `thumb` and day `taken`; or why
        not, as `mistake`."""
        file = name.replace("\\", "/").rpartition("/")[2]
        if Path(file).suffix.lower() not in SUFFIXES:
            return {"file": file, "mistake": _why("not-a-picture", lang)}
        if len(data) > MOST:
            return {"file": file, "mistake": _why("too-large", lang)}
        kept = discreet(data)
        proof = self.proofs.proof(blob_name(file, kept or data), kept or data)
        if isinstance(proof, Fault):
            return {"file": file, "mistake": _why(proof.code, lang)}
        if kept is None:  # it can be shown, but nobody could vouch that no place is left in it
            return {"file": file, "mistake": say("photo-says-more", lang)}
        ref = self.ledger.put(file, kept)
        self._later.submit(self._develop, ref, kept)
        return {"file": file, "ref": ref, "thumb": f"{talk.HOME}upload/{ref}", "taken": shot(kept).day}

    def from_phone(self, name: str, data: bytes, lang: str) -> dict[str, str]:
        """Keep a photo for whichever form asks next."""
        found = self.receive(name, data, lang)
        if "ref" in found:
            with self._lock:
                self.waiting.append(found)
        return found

    def joined(self, request: Request, lang: str) -> tuple[Posted, tuple[Mistake, ...]]:
        """The form, with photos that were sent along with it (no script) as further rows; and those refused."""
        found = [self.receive(name, data, lang) for name, data in request.files]
        refused = tuple(
            Mistake("", say("photo-called", lang, file=f["file"]), f["mistake"], say("photo-other", lang))
            for f in found
            if "mistake" in f
        )
        return with_photos(request.form, (photo for photo in found if "ref" in photo)), refused

    def picture(self, path: Path) -> Reply:
        """A small picture of a photo; the file itself where none can be made. Raises `OSError`."""
        data = path.read_bytes()
        proof = self.proofs.proof(blob_name(path.name, data), data)
        return talk.file(path if isinstance(proof, Fault) else self.proofs.path(proof.variants[0].name))

    def close(self) -> None:
        """Develop no more."""
        self._later.shutdown(wait=False, cancel_futures=True)

    def _develop(self, ref: str, data: bytes) -> None:
        """Make what the site will need, so that the build after the save finds it."""
        from sitegen import encoder

        key = self.album.key(hashlib.sha256(data).hexdigest(), ref)
        if (self.album.folder / key / "photo.json").is_file():
            return
        made = encoder.encode(data, self.album.recipe, key)
        if not isinstance(made, Fault):
            self.album.folder.mkdir(parents=True, exist_ok=True)
            self.album.keep(made.photo, made.files)


def _why(code: str, lang: str) -> str:
    what, hint = owner.wording(problem("", 0, f"photo-{code}"), lang)
    return f"{what}; {hint}"
