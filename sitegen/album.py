"""The derived photos on disk: each encoded once, on all cores, under the digest of everything it is made of.

    <cache>/seen.json            path → modification time, size, digest: an unchanged photo is not even read
    <cache>/<digest>/photo.json  what `pictures.Photo` says
    <cache>/<digest>/<name>      its variants

The cache may be deleted at any time. What is damaged or foreign in it is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sitegen.pictures import Fault, Photo, Recipe, Variant
from sitegen.pool import spawned
from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sitegen.model import PhotoFile

Progress: TypeAlias = "Callable[[int, int], None]"
Stamp: TypeAlias = tuple[int, int, str]

SETTLED_NS = 2_000_000_000
"""A file younger than this may change again within one tick of its clock (FAT: 2 s), so its stamp proves nothing."""

DAY = 86_400.0


class Album(Record):
    """The photos of a site under one recipe. `folder` is the cache's own; nothing else may write there."""

    folder: Path
    recipe: Recipe = Recipe()

    def develop(
        self,
        root: Path,
        photos: Iterable[PhotoFile],
        *,
        jobs: int = 0,
        progress: Progress | None = None,
    ) -> dict[str, Photo | Fault]:
        """Have every photo of `photos` (paths relative to `root`) derived; answer by path, in the given order.

        `jobs` is the number of processes, 0 for one a core. `progress(done, total)` is called before the first and
        after each photo that has to be encoded, and never when there is none. Same photos, same answer, whatever
        `jobs` is.
        """
        tell = progress or _silent
        photos = tuple(photos)
        seen = self._seen()
        stamps: dict[str, Stamp] = {}
        answers: dict[str, Photo | Fault] = {}
        waiting: dict[str, list[str]] = {}
        for photo in photos:
            stamp = seen.get(photo.path)
            if stamp is None or stamp[:2] != (photo.mtime_ns, photo.size):
                try:
                    stamp = (photo.mtime_ns, photo.size, hashlib.sha256((root / photo.path).read_bytes()).hexdigest())
                except OSError:
                    answers[photo.path] = Fault("unreadable")
                    continue
            stamps[photo.path] = stamp
            key = self.key(stamp[2], photo.path)
            found = self._found(key)
            if found is None:
                waiting.setdefault(key, []).append(photo.path)
            else:
                answers[photo.path] = found
        if waiting:
            self.folder.mkdir(parents=True, exist_ok=True)
            tell(0, len(waiting))
            orders = [(self, key, root / paths[0]) for key, paths in waiting.items()]
            for done, (key, answer) in enumerate(_encoded(orders, jobs or os.cpu_count() or 1), 1):
                answers.update(dict.fromkeys(waiting[key], answer))
                tell(done, len(waiting))
        self._remember(stamps, seen)
        return {photo.path: answers[photo.path] for photo in photos}

    def path(self, photo: Photo, variant: Variant) -> Path:
        """Where a variant's bytes lie."""
        return self.folder / photo.digest / variant.name

    def sweep(self, photos: Iterable[Photo]) -> None:
        """Delete what none of `photos` needs and nobody has made for a month; what killed builds left, after a day."""
        needed = {photo.digest for photo in photos}
        for entry in self.folder.iterdir() if self.folder.is_dir() else ():
            unfinished = entry.name.startswith("new-")
            age = time.time() - entry.stat().st_mtime
            if entry.is_dir() and entry.name not in needed and age > (DAY if unfinished else 30 * DAY):
                shutil.rmtree(entry, ignore_errors=True)

    def key(self, source_digest: str, path: str) -> str:
        """The digest of everything the variants of a photo with these bytes are made of."""
        made_of = (source_digest, self.recipe, _encoder_version(path.lower().endswith((".heic", ".heif"))))
        return hashlib.sha256(repr(made_of).encode()).hexdigest()[:32]

    def _found(self, key: str) -> Photo | None:
        """The photo under `key`, if it is there and whole."""
        try:
            facts = json.loads((self.folder / key / "photo.json").read_text(encoding="utf-8"))
            variants = tuple(Variant(**variant) for variant in facts.pop("variants"))
            photo = Photo(**facts, variants=variants)
            whole = photo.digest == key and all(
                self.path(photo, variant).stat().st_size == variant.length for variant in variants
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return photo if whole and variants else None

    def keep(self, photo: Photo, files: Iterable[bytes]) -> None:
        """Store a photo, all of it or nothing: the folder appears under its name when it is complete."""
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="new-", ignore_cleanup_errors=True) as name:
            fresh = Path(name) / photo.digest
            fresh.mkdir()
            for variant, file in zip(photo.variants, files, strict=True):
                (fresh / variant.name).write_bytes(file)
            facts = {**vars(photo), "variants": [vars(variant) for variant in photo.variants]}
            (fresh / "photo.json").write_text(json.dumps(facts), encoding="utf-8", newline="\n")
            place = self.folder / photo.digest
            if place.is_dir():
                shutil.rmtree(place)
            try:
                fresh.rename(place)
            except OSError:
                if not place.is_dir():  # else another build has just made the same photo
                    raise

    def _seen(self) -> dict[str, Stamp]:
        try:
            entries = json.loads((self.folder / "seen.json").read_text(encoding="utf-8"))
            return {str(path): (int(mtime), int(size), str(digest)) for path, (mtime, size, digest) in entries.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _remember(self, stamps: Mapping[str, Stamp], seen: Mapping[str, Stamp]) -> None:
        settled = time.time_ns() - SETTLED_NS
        now_seen = {path: stamp for path, stamp in stamps.items() if stamp[0] < settled}
        if now_seen == seen:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=self.folder, prefix="new-", delete=False) as file:
            json.dump(now_seen, file)
        Path(file.name).replace(self.folder / "seen.json")


def _silent(_done: int, _total: int) -> None:
    """Progress for nobody."""


Order: TypeAlias = tuple[Album, str, Path]


def _encoded(orders: list[Order], jobs: int) -> Iterator[tuple[str, Photo | Fault]]:
    """Carry out the orders, as they finish. One photo, or one job, is not worth a process."""
    workers = min(jobs, len(orders))
    if workers == 1:
        yield from map(_encode_one, orders)
        return
    from concurrent.futures import as_completed  # here, because most builds have nothing to encode

    with spawned(workers) as pool:
        for task in as_completed([pool.submit(_encode_one, order) for order in orders]):
            yield task.result()


def _encode_one(order: Order) -> tuple[str, Photo | Fault]:
    from sitegen import encoder  # the imaging libraries, which a build with nothing to encode never loads

    album, key, path = order
    try:
        data = path.read_bytes()
    except OSError:
        return key, Fault("unreadable")
    # Asked of these very bytes: the owner may have saved the photo again since it was looked at.
    digest = album.key(hashlib.sha256(data).hexdigest(), path.name)
    made = encoder.encode(data, album.recipe, digest)
    if isinstance(made, Fault):
        return key, made
    album.keep(made.photo, made.files)
    return key, made.photo


@cache
def _encoder_version(heif: bool) -> tuple[str, ...]:
    """What decides, besides the photo and the recipe, which bytes come out."""
    import PIL

    code = hashlib.sha256()
    for module in ("encoder.py", "pictures.py"):
        # As text, so that a checkout with other line ends is the same version.
        code.update(Path(__file__).with_name(module).read_text(encoding="utf-8").encode())
    versions = [code.hexdigest(), PIL.__version__]
    if heif:
        from importlib.metadata import version  # costs 20 ms

        versions.append(version("pillow-heif"))
    return tuple(versions)
