"""Photos on their way in: kept at once, shown at once, and developed while the owner types (I/O)."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import owner
from sitegen.album import Album
from sitegen.errors import problem
from sitegen.pictures import SUFFIXES, Fault
from sitegen.workshop import talk
from sitegen.workshop.form import Posted
from sitegen.workshop.ledger import Ledger, blob_name

if TYPE_CHECKING:
    from sitegen.workshop.proofs import Proofs
    from sitegen.workshop.talk import Reply, Request

MOST = 100 * 2**20
"""Bytes of one photo; a 50-megapixel one has 15 to 40 million."""
TAKEN = (0x9003, 0x0132)
"""EXIF: when the picture was taken, when the file was written."""


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
        """Keep a photo: its `ref`, `file`, `thumb` and day `taken`; or why not, as `mistake`."""
        file = name.replace("\\", "/").rpartition("/")[2]
        if Path(file).suffix.lower() not in SUFFIXES:
            return {"file": file, "mistake": _why("not-a-picture", lang)}
        if len(data) > MOST:
            return {"file": file, "mistake": _why("too-large", lang)}
        proof = self.proofs.proof(blob_name(file, data), data)
        if isinstance(proof, Fault):
            return {"file": file, "mistake": _why(proof.code, lang)}
        ref = self.ledger.put(file, data)
        self._later.submit(self._develop, ref, data)
        return {"file": file, "ref": ref, "thumb": f"{talk.HOME}upload/{ref}", "taken": day_taken(data)}

    def from_phone(self, name: str, data: bytes, lang: str) -> dict[str, str]:
        """Keep a photo for whichever form asks next."""
        found = self.receive(name, data, lang)
        if "ref" in found:
            with self._lock:
                self.waiting.append(found)
        return found

    def joined(self, request: Request) -> Posted:
        """The form, with photos that were sent along with it (no script) as further rows, and without those ticked to
        go."""
        gone = {name.split(".")[1] for name, text in request.form.pairs if name.endswith(".gone") and text}
        pairs = [p for p in request.form.pairs if not (p[0].startswith("p.") and p[0].split(".")[1] in gone)]
        for n, (name, data) in enumerate(request.files):
            found = self.receive(name, data, "vi")
            if "ref" in found:
                pairs += [(f"p.sent{n}.{key}", found[key]) for key in ("file", "ref", "taken")]
        return Posted(tuple(pairs))

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


def day_taken(data: bytes) -> str:
    """The day on which a photo was taken, by its camera, as `2026-11-12`; "" where it does not say."""
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener()
    read: Callable[[int], object]
    try:
        with Image.open(BytesIO(data)) as image:
            exif = image.getexif()
            read = {**dict(exif), **dict(exif.get_ifd(0x8769))}.get
            day = next((str(read(tag)) for tag in TAKEN if read(tag)), "")[:10].replace(":", "-")
    except Exception:  # a damaged EXIF block says nothing about the pixels, which have been looked at already
        return ""
    return day if len(day) == 10 and day[:4].isdigit() and day > "1990" else ""


def _why(code: str, lang: str) -> str:
    what, hint = owner.wording(problem("", 0, f"photo-{code}"), lang)
    return f"{what}; {hint}"
