"""What earlier builds worked out, by the digest of everything that it was made of (I/O: one sqlite file in .cache/).

A step's result may be taken again because the step is pure: same digest, same result. Nobody keeps a graph of what
depends on what. Whatever is wrong with the file (damaged, of another version, locked, or of somebody else's making),
the memory is empty and the build does all of its work: it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FILE = "memo.sqlite"
MAGIC = 4
"""Of the tables below."""
DEPENDENCIES = ("babel", "beautifulsoup4", "jinja2", "markdown", "markupsafe", "nh3", "pyyaml", "rcssmin")
"""Packages that decide which bytes a page has. (Pictures are kept elsewhere, under digests of their own.)"""
TABLES = """
CREATE TABLE version (value TEXT);
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE source (path TEXT PRIMARY KEY, mtime INT, size INT, digest TEXT) WITHOUT ROWID;
CREATE TABLE entry (id TEXT PRIMARY KEY, key TEXT, data BLOB);
CREATE TABLE body (key TEXT PRIMARY KEY, data BLOB);
CREATE TABLE page (path TEXT PRIMARY KEY, key TEXT, url TEXT, lang TEXT, source TEXT, row TEXT, pictures TEXT);
CREATE TABLE output (path TEXT PRIMARY KEY, mtime INT, size INT) WITHOUT ROWID;
"""


def digest(*parts: str | bytes) -> str:
    """A short digest of the parts, each kept apart from the next."""
    datas = [part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass") for part in parts]
    return hashlib.blake2b(b"".join([b"%d:%b" % (len(data), data) for data in datas]), digest_size=16).hexdigest()


def code_version(root: Path) -> str:
    """The digest of the program: its own bytes under `root`, Python's version, and its dependencies'."""
    parts: list[str | bytes] = [str(MAGIC), sys.version]
    for folder in ("sitegen", "functions/inquiry"):
        for path in sorted((root / folder).rglob("*")):
            inside = path.relative_to(root)
            # The preview shows pages and makes none; fonts only make share pictures, which know their own.
            if path.is_file() and not {"__pycache__", "preview", "fonts"} & set(inside.parts):
                parts += [inside.as_posix(), path.read_bytes()]
    # `importlib.metadata` would say the same in 20 ms.
    packages = {name.lower() for place in map(Path, sys.path) if place.is_dir() for name in _names(place)}
    parts += sorted(name for name in packages if name.partition("-")[0] in DEPENDENCIES)
    return digest(*parts)


def _names(place: Path) -> list[str]:
    return [path.name for path in place.glob("*.dist-info")]


class Lost(Exception):
    """The memory promised something that it does not have: begin again with an empty one."""


@dataclass(frozen=True, slots=True)
class PageNote:
    """What is remembered of a page that was made: from what (`key`), where it lies, and what the sitemap says of it.
    `pictures` are the drawings and the share picture that it shows."""

    path: str
    key: str
    url: str
    lang: str
    source: str
    row: str
    pictures: tuple[str, ...]


class Memo:
    """The memory of one project. Reading never raises for a damaged file; what cannot be read is not there."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder, self.version = folder, version
        self._db: sqlite3.Connection | None = None
        self._nothing = False
        self._parents: sqlite3.Connection | None = None
        self._process = os.getpid()

    def __reduce__(self) -> tuple[type[Memo], tuple[Path, str]]:
        # A connection must not cross over to another process; there it is opened anew.
        return Memo, (self._folder, self.version)

    def _rows(self, query: str, *values: str) -> list[Any]:
        if self._nothing:
            return []
        try:
            return self._open().execute(query, values).fetchall()
        except (sqlite3.Error, OSError):
            self._nothing = True
            return []

    def _open(self) -> sqlite3.Connection:
        if self._process != os.getpid():
            # Forked: the connection is the parent's. It is left alone, not even closed (sqlite.org/howtocorrupt.html).
            self._process, self._parents, self._db = os.getpid(), self._db, None
        if self._db is None:
            path = self._folder / FILE
            if not path.is_file():
                raise OSError
            db = sqlite3.connect(path, timeout=2, check_same_thread=False)
            if db.execute("SELECT value FROM version").fetchone() != (self.version,):
                db.close()
                raise OSError
            db.execute("PRAGMA synchronous = OFF")
            self._db = db
        return self._db

    def facts(self) -> dict[str, str]:
        """What the last build had to say."""
        return dict(self._rows("SELECT name, value FROM fact"))

    def sources(self) -> dict[str, tuple[int, int, str]]:
        """Path → (modification time, size, digest) of every file that was read; of folders the size is -1."""
        return {path: (mtime, size, key) for path, mtime, size, key in self._rows("SELECT * FROM source")}

    def outputs(self) -> dict[str, tuple[int, int]]:
        """Path → (modification time, size) of every file that was written."""
        return {path: (mtime, size) for path, mtime, size in self._rows("SELECT * FROM output")}

    def entries(self) -> dict[str, tuple[str, bytes]]:
        """Id → (key, frozen entry)."""
        return {id_: (key, data) for id_, key, data in self._rows("SELECT * FROM entry")}

    def body(self, key: str) -> Any:
        """A text made of Markdown, or None."""
        rows = self._rows("SELECT data FROM body WHERE key = ?", key)
        return thaw(rows[0][0]) if rows else None

    def pages(self) -> dict[str, PageNote]:
        """Path → note of every page in the output folder."""
        rows = self._rows("SELECT * FROM page")
        return {
            path: PageNote(path, key, url, lang, source, row, tuple(pictures.split("\n")))
            for path, key, url, lang, source, row, pictures in rows
        }

    def save(
        self, *, facts: Mapping[str, str], sources: Mapping[str, tuple[int, int, str]],
        outputs: Mapping[str, tuple[int, int]], entries: Mapping[str, tuple[str, bytes]],
        bodies: Mapping[str, bytes], pages: Iterable[PageNote],
    ) -> None:  # fmt: skip
        """Remember this build instead of the last one: rows that are equal stay, the others go or come, all at once.
        `bodies` are the new ones; old ones that no entry names any more are kept until the file is made anew."""
        rows: dict[str, dict[str, tuple[object, ...]]] = {
            "fact": {name: (name, value) for name, value in facts.items()},
            "source": {path: (path, *stamp) for path, stamp in sources.items()},
            "output": {path: (path, *stamp) for path, stamp in outputs.items()},
            "entry": {id_: (id_, *entry) for id_, entry in entries.items()},
            "page": {n.path: (n.path, n.key, n.url, n.lang, n.source, n.row, "\n".join(n.pictures)) for n in pages},
        }
        try:
            db = self._made()
            with db:
                for table, wanted in rows.items():
                    found = {row[0]: row for row in db.execute(f"SELECT * FROM {table}")}
                    name = "id" if table == "entry" else "name" if table == "fact" else "path"
                    gone = [(key,) for key in found if key not in wanted]
                    db.executemany(f"DELETE FROM {table} WHERE {name} = ?", gone)
                    _insert(db, table, [row for key, row in wanted.items() if found.get(key) != row])
                _insert(db, "body", list(bodies.items()))
        except (sqlite3.Error, OSError):
            self.forget()

    def _made(self) -> sqlite3.Connection:
        """The file, begun anew unless it is this version's."""
        try:
            return self._open()
        except (sqlite3.Error, OSError):
            self.forget()
        self._folder.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._folder / FILE, timeout=2, check_same_thread=False)
        # A killed process leaves the old state or the new one. Only a power cut could damage the file, which sqlite
        # or the digests notice: that is worth not waiting for the disk, here and above.
        db.executescript(f"PRAGMA synchronous = OFF; BEGIN; {TABLES}")
        db.execute("INSERT INTO version VALUES (?)", (self.version,))
        self._db, self._nothing = db, False
        return db

    def forget(self) -> None:
        """Delete the memory."""
        if self._db is not None:
            self._db.close()
            self._db = None
        for suffix in ("", "-journal"):
            (self._folder / (FILE + suffix)).unlink(missing_ok=True)


def _insert(db: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)


def freeze(value: object) -> bytes:
    """A value of the model as bytes, with their digest before them."""
    data = pickle.dumps(value, 5)
    return hashlib.blake2b(data, digest_size=8).digest() + data


def thaw(data: bytes) -> Any:
    """The value again; `Lost` when the bytes are not those that were frozen."""
    try:
        if hashlib.blake2b(data[8:], digest_size=8).digest() != data[:8]:
            raise Lost
        return _Thawer(io.BytesIO(data[8:])).load()
    except (pickle.UnpicklingError, TypeError, AttributeError, EOFError, ValueError) as error:
        raise Lost from error


class _Thawer(pickle.Unpickler):
    """Makes values of the model and dates, nothing else: a foreign file cannot call anything."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "sitegen.model" or (module, name) == ("datetime", "date"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")
