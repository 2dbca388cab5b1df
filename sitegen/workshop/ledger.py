"""Saving whole or not at all, and remembering every version (I/O).

    .workshop/blobs/<sha256><suffix>    a file's bytes, as it was before or after a change
    .workshop/changes/<id>.json         a change: which files, from which bytes to which
    .workshop/changes/<id>.open         a change that is being made; a killed program finds it here and finishes it

Before anything in content/ is touched, the bytes that go and the bytes that come are both in `blobs`, so that a power
cut at any moment loses neither. The folder does not lie in the cache, which anyone may delete.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

KEEP_PHOTOS = 60 * 86_400.0
"""Seconds that a photo thrown away (or uploaded and never used) can still be had back. Words are kept for ever."""
WORDS = frozenset({".md", ".yaml"})
PATIENCE = 2.0
"""Seconds to wait for a virus scanner or an editor to let a file go (Windows)."""


class ChangedMeanwhile(Exception):
    """Files are no longer what the caller believes; `paths` names them. Nothing was written."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        self.paths = paths
        super().__init__(", ".join(paths))


class Gone(Exception):
    """The bytes are no longer kept."""


@dataclass(frozen=True, slots=True)
class Change:
    """`what`: `new`, `save`, `status`, `delete`, `undo`, `restore`…; `entry`: the thing's id; `title`: its name then;
    `files`: path → (name of the blob before, after), None where there was or will be no file."""

    id: str
    when: str
    what: str
    entry: str
    title: str
    files: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    of: str = ""
    """The change that this one undoes or goes back to."""

    @property
    def moment(self) -> datetime:
        """When it was made, in the machine's own time."""
        return datetime.fromisoformat(self.when)


def blob_name(path: str, data: bytes) -> str:
    """The name under which the bytes of a file are kept."""
    return hashlib.sha256(data).hexdigest() + Path(path).suffix.lower()


class Ledger:
    """The versions of everything under `root`. One at a time; a save that was interrupted is finished first."""

    def __init__(self, root: Path) -> None:
        self._root, self._lock = root, threading.RLock()
        self._blobs, self._changes = root / ".workshop" / "blobs", root / ".workshop" / "changes"
        self.recover()

    def current(self, path: str) -> str | None:
        """The name of what lies at `path` now; None if nothing does."""
        try:
            return blob_name(path, (self._root / path).read_bytes())
        except FileNotFoundError:
            return None

    def put(self, path: str, data: bytes) -> str:
        """Keep bytes; `path` gives the suffix."""
        name = blob_name(path, data)
        if not (self._blobs / name).is_file():
            self._blobs.mkdir(parents=True, exist_ok=True)
            write_whole(self._blobs / name, data)
        return name

    def blob(self, name: str) -> Path:
        """Where bytes are kept. Raises `Gone`."""
        path = self._blobs / Path(name).name
        if not path.is_file():
            raise Gone
        return path

    def commit(
        self, what: str, entry: str, title: str, files: Mapping[str, str | bytes | None],
        *, expected: Mapping[str, str | None] | None = None, of: str = "",
    ) -> Change | None:  # fmt: skip
        """Make the files so: bytes, a blob's name, or None to take one away. `expected`: what each should be now, by
        `current`'s names. Returns None when all is so already. Raises `ChangedMeanwhile`, `Gone`, `OSError`."""
        with self._lock:
            stale = tuple(path for path, name in (expected or {}).items() if self.current(path) != name)
            if stale:
                raise ChangedMeanwhile(stale)
            pairs: dict[str, tuple[str | None, str | None]] = {}
            for path, new in files.items():
                after = self.put(path, new) if isinstance(new, bytes) else new
                if after is not None:
                    self.blob(after)
                before = self.current(path)
                if before != after:
                    pairs[path] = (before, after)
                    if before is not None:
                        self._keep(path, before)
            if not pairs:
                return None
            now = datetime.now().astimezone()
            id_, when = now.strftime("%Y%m%d-%H%M%S-%f"), now.isoformat(timespec="seconds")
            change = Change(id_, when, what, entry, title, pairs, of)
            self._changes.mkdir(parents=True, exist_ok=True)
            begun = self._changes / f"{change.id}.open"
            write_whole(begun, json.dumps(asdict(change), ensure_ascii=False, indent=1).encode())
            self._make(change)
            begun.replace(begun.with_suffix(".json"))
            return change

    def recover(self) -> None:
        """Finish what a killed program had begun. A file that somebody has changed since is left as it is."""
        for path in sorted(self._changes.glob("*.open")):
            change = _read(path)
            if change is not None:
                with contextlib.suppress(Gone):  # somebody has emptied the folder; what is there stays as it is
                    self._make(change)
            path.replace(path.with_suffix(".json"))

    def undo(self, id_: str, *, what: str = "undo") -> Change | None:
        """Put back what the change found. Raises `ChangedMeanwhile` if its files have been changed since, `Gone`."""
        change = self.change(id_)
        before = {path: old for path, (old, _) in change.files.items()}
        after = {path: new for path, (_, new) in change.files.items()}
        return self.commit(what, change.entry, change.title, before, expected=after, of=id_)

    def change(self, id_: str) -> Change:
        """One change. Raises `Gone`."""
        found = _read(self._changes / f"{Path(id_).name}.json")
        if found is None:
            raise Gone
        return found

    def changes(self, entry: str = "") -> list[Change]:
        """All changes (of one entry), the newest first."""
        names = sorted(self._changes.glob("*.json"), reverse=True)
        return [c for path in names if (c := _read(path)) is not None and entry in ("", c.entry)]

    def sweep(self) -> None:
        """Let go of photos that have been waiting for too long."""
        for path in self._blobs.glob("*"):
            if path.suffix not in WORDS and time.time() - path.stat().st_mtime > KEEP_PHOTOS:
                path.unlink(missing_ok=True)

    def _keep(self, path: str, name: str) -> None:
        """Have the bytes of a file that is about to go."""
        self._blobs.mkdir(parents=True, exist_ok=True)
        place = self._blobs / name
        if not place.is_file():
            write_whole(place, (self._root / path).read_bytes())
        else:
            os.utime(place)  # the days that a photo is kept count from when it was last thrown away

    def _make(self, change: Change) -> None:
        for path, (before, after) in change.files.items():
            target = self._root / path
            now = self.current(path)
            if now == after or now != before:
                continue
            if after is None:
                _patiently(target.unlink)
                with contextlib.suppress(OSError):  # other things still lie there
                    target.parent.rmdir()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                write_whole(target, self.blob(after).read_bytes())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: whoever looks sees the old bytes or the new ones, whatever happens. The name meanwhile
    is one that neither the build nor the preview takes for content."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, fresh)
        else:
            fresh.chmod(0o644)
        _patiently(lambda: fresh.replace(path))
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _patiently(step: Callable[[], object]) -> None:
    """Try again while another program holds the file (Windows says PermissionError)."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            step()
            return
        except PermissionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def _read(path: Path) -> Change | None:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        facts["files"] = {name: (old, new) for name, (old, new) in facts["files"].items()}
        return Change(**facts)
    except (OSError, ValueError, TypeError, KeyError):
        return None
