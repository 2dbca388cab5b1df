"""What earlier builds worked out, by the digest of everything that it was made of (I/O: one sqlite file in .cache/).

A step's result may be taken again because the step is pure: same digest, same result. Nobody keeps a graph of what
depends on what. Whatever is wrong with the file (damaged, of another version, locked, or of somebody else's making),
the memory is empty and the build does all of its work: it may be deleted at any time.

What every build looks at is kept in a few sealed *sheets*, which are read whole: ten thousand rows of a table take ten
times longer. Where little of a sheet has changed, that little is written on a slip beside it. Entries and texts, of
which a build needs a few, are rows.
"""

from __future__ import annotations

import hashlib
import io
import marshal
import os
import pickle
import sqlite3
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Seals = dict[str, tuple[bytes, bytes]]

FILE = "memo.sqlite"
MAGIC = 7
"""Of the tables below."""
DEPENDENCIES = ("babel", "beautifulsoup4", "jinja2", "markdown", "markupsafe", "nh3", "pyyaml", "rcssmin")
"""Packages that decide which bytes a page has. (Pictures are kept elsewhere, under digests of their own.)"""
TABLES = """
CREATE TABLE version (value TEXT);
CREATE TABLE sheet (name TEXT PRIMARY KEY, data BLOB);
CREATE TABLE entry (id TEXT PRIMARY KEY, key TEXT, data BLOB);
CREATE TABLE body (key TEXT PRIMARY KEY, data BLOB);
"""
SLIP = "+"
"""Behind a sheet's name: what of it has changed since it was written."""
SEAL = 8
"""Bytes of digest (SHA-256, which processors do in hardware) before a sheet or a frozen value."""


def digest(*parts: str | bytes) -> str:
    """A short digest of the parts, each kept apart from the next. (The privacy policy's version is made from that of
    its text: another digest would be another version.)"""
    datas = [part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass") for part in parts]
    return hashlib.blake2b(b"".join([b"%d:%b" % (len(data), data) for data in datas]), digest_size=16).hexdigest()


def digest_of_digests(digests: list[str]) -> str:
    """The same of digests, which are all of one length and need not be kept apart: a third of the time."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:32]


def code_version(root: Path) -> str:
    """The digest of the program: its own bytes under `root`, Python's version, and its dependencies'."""
    parts: list[str | bytes] = [str(MAGIC), sys.version]
    for name in ("sitegen", "functions/inquiry"):
        # Plain strings: a `Path` for each of two hundred files takes longer than all that is read.
        for folder, folders, files in os.walk(root / name):
            # Not those who show pages and make none; and fonts only make share pictures, which know their own.
            folders[:] = sorted(set(folders) - {"__pycache__", "preview", "workshop", "doctor", "fonts"})
            for file in sorted(files):
                with open(f"{folder}{os.sep}{file}", "rb") as opened:  # noqa: PTH123  (plain strings, see above)
                    parts += [folder.removeprefix(str(root)), file, opened.read()]
    # `importlib.metadata` would say the same in 20 ms.
    packages = {name.lower() for place in sys.path for name in _names(place)}
    parts += sorted(name for name in packages if name.partition("-")[0] in DEPENDENCIES)
    return digest(*parts)


def _names(place: str) -> list[str]:
    try:
        return [name for name in os.listdir(place) if name.endswith(".dist-info")]  # noqa: PTH208  (as above)
    except OSError:
        return []  # an archive, or a place that is not there


class Lost(Exception):
    """The memory promised something that it does not have: begin again with an empty one."""


PageNote: TypeAlias = str
"""What is remembered of a page that was made, as one string, because ten thousand of them are read in every build: the
key that it was made under (of one length for all pages), the digest of its row in the sitemap, and the names of the
drawings and the share picture that it shows, each on a line."""


def page_note(key: str, row: str, pictures: Iterable[str]) -> PageNote:
    """The note of a page; `row` is the row itself."""
    return "\n".join((key, digest(row), *pictures))


def row_of(note: PageNote) -> str:
    """The digest of the page's row in the sitemap."""
    return note.split("\n", 2)[1]


def pictures_of(note: PageNote) -> list[str]:
    """The names of the pictures that the page shows."""
    return note.split("\n")[2:]


class Shelf(NamedTuple):
    """What is remembered of the reading of a site, in plain values, each on a sheet: see `reading.Known`. `site` is the
    digest of site.yaml; `briefs` are `model.Brief`, empty for other kinds of entry, None for one that is hidden."""

    site: str
    groups: dict[str, tuple[list[str], list[str]]]
    keyed: str
    keys: dict[str, str]
    traits: dict[str, Any]
    briefs: dict[str, Any]
    standing: str


class Memo:
    """The memory of one project. A file that cannot be read is no memory; `Lost` is raised only when that is found out
    after something of it has been used."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder, self.version = folder, version
        self._db: sqlite3.Connection | None = None
        self._nothing = self._used = False
        self._sheets: dict[str, Any] = {}
        """As they were saved, slips and all."""
        self._bases: dict[str, Any] = {}
        """Without their slips."""
        self._seals: Seals | None = None
        self._next: Seals = {}
        self._parents: sqlite3.Connection | None = None
        self._process = os.getpid()

    def __reduce__(self) -> tuple[type[Memo], tuple[Path, str]]:
        # A connection must not cross over to another process; there it is opened anew.
        return Memo, (self._folder, self.version)

    def _rows(self, query: str, *values: str) -> list[Any]:
        if self._nothing:
            return []
        try:
            rows = self._open().execute(query, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            if self._used:
                raise Lost from error
            self._nothing = True
            return []
        self._used = True
        return rows

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
            self._db = _quick(db)
        return self._db

    def _sheet(self, name: str) -> Any:
        """A sheet as it was saved; an empty one where there is no memory."""
        if name not in self._sheets:
            seal, slip = self._known_seals().get(name, (b"", b""))
            self._bases[name] = self._sheets[name] = self._opened(name, seal) if seal else {}
            if slip:
                self._sheets[name] = {**self._bases[name], **self._opened(name + SLIP, slip)}
        return self._sheets[name]

    def _known_seals(self) -> Seals:
        """The seals of all sheets and of their slips: one that was not saved with the others is not of this memory."""
        if self._seals is None:
            self._seals = self._opened("seals", None)
        return {} if self._nothing else self._seals

    def _opened(self, name: str, seal: bytes | None) -> Any:
        rows = self._rows("SELECT data FROM sheet WHERE name = ?", name)
        if self._nothing:
            return {}
        if not rows or (seal is not None and rows[0][0][:SEAL] != seal):
            raise Lost
        return _opened(rows[0][0])

    def facts(self) -> dict[str, str]:
        """What the last build had to say."""
        return dict(self._sheet("facts"))

    def sources(self) -> Mapping[str, tuple[int, int, str]]:
        """Path → (modification time, size, digest) of every file that was read; of folders the size is -1."""
        found: Mapping[str, tuple[int, int, str]] = self._sheet("sources")
        return found

    def outputs(self) -> Mapping[str, tuple[int, int]]:
        """Path → (modification time, size) of every file that was written."""
        found: Mapping[str, tuple[int, int]] = self._sheet("outputs")
        return found

    def shelf(self) -> Shelf | None:
        """What was read, without the entries themselves; None when nothing is known."""
        if not self._sheet("facts"):
            return None
        return Shelf._make([self._sheet(name) for name in Shelf._fields])

    def entry(self, id_: str, key: str) -> Any:
        """The entry that was made under this key, its texts' HTML left out. Raises `Lost`."""
        rows = self._rows("SELECT data FROM entry WHERE id = ? AND key = ?", id_, key)
        if not rows:
            raise Lost
        return thaw(rows[0][0])

    def entries_besides(self, kind: str) -> dict[str, tuple[str, Any]]:
        """Key and entry by id, of all kinds but this one, of which there are too many."""
        rows = self._rows("SELECT id, key, data FROM entry WHERE id NOT LIKE ?", f"{kind}/%")
        return {id_: (key, thaw(data)) for id_, key, data in rows}

    def body(self, key: str) -> Any:
        """A text made of Markdown, or None."""
        rows = self._rows("SELECT data FROM body WHERE key = ?", key)
        return thaw(rows[0][0]) if rows else None

    def pages(self) -> Mapping[str, PageNote]:
        """Path → note of every page in the output folder."""
        found: Mapping[str, PageNote] = self._sheet("pages")
        return found

    def grounds(self) -> Mapping[str, str]:
        """What the keys of these pages rest on, see `keys.Keys.grounds`."""
        found: Mapping[str, str] = self._sheet("grounds")
        return found

    def rows(self) -> Mapping[str, tuple[str, str]]:
        """Path → address and row in the sitemap of every page in the output folder."""
        found: Mapping[str, tuple[str, str]] = self._sheet("rows")
        return found

    def cards(self) -> Mapping[str, Any]:
        """The cards of puppies, see `showcase.Kept`. They can be made without, so that none are missed: they are asked
        for late, when another build may have written its own."""
        try:
            found: Mapping[str, Any] = self._sheet("cards")
        except Lost:
            found = self._bases["cards"] = self._sheets["cards"] = {}
        return found

    def links(self) -> tuple[dict[str, dict[str, str]], dict[str, str]] | None:
        """All addresses by entry and language, and where old ones lead to; None when nothing is known."""
        return self._sheet("links") or None

    def stock(self) -> tuple[Any, ...] | None:
        """What all pages were made with; None when nothing is known."""
        return self._sheet("stock") or None

    def prepare(
        self, *, sources: Mapping[str, tuple[int, int, str]], shelf: Shelf, entries: Mapping[str, tuple[str, bytes]],
        gone: Iterable[str], bodies: Mapping[str, bytes],
    ) -> None:  # fmt: skip
        """Write down what a build has read. It counts only when `save` does: until then all that is remembered is the
        last build. `entries` (id → key and frozen entry) and `bodies` are the new ones, `gone` are the ids of those
        that are no more; old bodies are kept until the file is made anew."""
        with self._trying():
            db = self._made()
            db.execute("BEGIN")
            self._next = dict(self._known_seals()) if self._sheets else {}
            self._put(db, {"sources": sources, **shelf._asdict()})
            db.executemany("DELETE FROM entry WHERE id = ?", [(id_,) for id_ in gone])
            _insert(db, "entry", [(id_, *entry) for id_, entry in entries.items()])
            _insert(db, "body", list(bodies.items()))

    def save(
        self, *, facts: Mapping[str, str], outputs: Mapping[str, tuple[int, int]], pages: Mapping[str, PageNote],
        links: tuple[Mapping[str, Mapping[str, str]], Mapping[str, str]], rows: Mapping[str, tuple[str, str]] | None,
        stock: tuple[Any, ...] | None, cards: Mapping[str, Any] | None, grounds: Mapping[str, str],
    ) -> None:  # fmt: skip
        """Remember the build that was prepared, and has been written, instead of the last one; `rows` and `cards` None:
        they are the same."""
        with self._trying():
            db = self._made()
            sheets = {"facts": facts, "outputs": outputs, "pages": pages, "links": links, "rows": rows, "cards": cards}
            self._put(db, {**sheets, "stock": stock and tuple(stock), "grounds": grounds})
            _insert(db, "sheet", [("seals", _sealed(self._next))])
            db.execute("COMMIT")
        self._forget_sheets()

    def _put(self, db: sqlite3.Connection, sheets: Mapping[str, Any]) -> None:
        """Write these sheets, but for those that are as they were, or None."""
        for name, value in sheets.items():
            if value is None or (name in self._sheets and value == self._sheets[name]):
                continue
            base = self._bases.get(name)
            if isinstance(base, dict) and isinstance(value, dict) and base.keys() == value.keys():
                changed = {key: new for key, new in value.items() if new != base[key]}
                if len(changed) * 8 < len(base):
                    slip = _sealed(changed)
                    self._next[name] = self._next[name][0], slip[:SEAL]
                    _insert(db, "sheet", [(name + SLIP, slip)])
                    continue
            sheet = _sealed(value)
            self._next[name] = sheet[:SEAL], b""
            _insert(db, "sheet", [(name, sheet)])

    def _forget_sheets(self) -> None:
        self._sheets.clear()
        self._bases.clear()
        self._seals = None

    def undo(self) -> None:
        """Forget what was prepared: the build came to nothing."""
        if self._db is not None and self._db.in_transaction:
            self._db.execute("ROLLBACK")

    @contextmanager
    def _trying(self) -> Iterator[None]:
        """A memory that cannot be written is none."""
        try:
            yield
        except (sqlite3.Error, OSError):
            self.forget()

    def _made(self) -> sqlite3.Connection:
        """The file, begun anew unless it is this version's and could be read so far."""
        if self._used:
            return self._open()  # what is not written again lies there
        with suppress(sqlite3.Error, OSError):
            if not self._nothing:
                return self._open()
        self.forget()
        self._folder.mkdir(parents=True, exist_ok=True)
        db = _quick(sqlite3.connect(self._folder / FILE, timeout=2, check_same_thread=False))
        db.executescript(f"BEGIN; {TABLES}")
        db.execute("INSERT INTO version VALUES (?)", (self.version,))
        db.execute("COMMIT")
        self._db, self._nothing, self._used, self._seals = db, False, True, {}
        return db

    def forget(self) -> None:
        """Delete the memory."""
        if self._db is not None:
            self._db.close()
            self._db = None
        self._forget_sheets()
        self._used, self._nothing = False, True
        for suffix in ("", "-journal"):
            with suppress(OSError):  # whatever it is that stands there, it is no memory
                (self._folder / (FILE + suffix)).unlink()


def _quick(db: sqlite3.Connection) -> sqlite3.Connection:
    """A connection that begins what it is told to begin, and waits for no disk. A killed process leaves the old state
    or the new one; only a power cut could damage the file, which sqlite or the digests notice. Nothing of a build that
    is not saved yet reaches the file, for the other processes of the build are reading it."""
    db.isolation_level = None
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_spill = OFF")
    return db


def _insert(db: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)


def _behind_seal(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:SEAL] + data


def _unsealed(data: Any) -> memoryview:
    """What lies behind the seal. Raises `Lost` when it is not what was sealed."""
    if not isinstance(data, bytes):
        raise Lost
    found = memoryview(data)[SEAL:]
    if hashlib.sha256(found).digest()[:SEAL] != data[:SEAL]:
        raise Lost
    return found


def _sealed(value: Any) -> bytes:
    """A sheet: plain values, for which `marshal` takes a third of anybody else's time."""
    return _behind_seal(marshal.dumps(value))


def _opened(data: Any) -> Any:
    """A sheet again. `marshal` is made for files that nobody has tampered with, so nothing is handed to it that is not
    what was sealed. Raises `Lost`."""
    return marshal.loads(_unsealed(data))


def freeze(value: object) -> bytes:
    """A value of the model as bytes, with their digest before them."""
    return _behind_seal(pickle.dumps(value, 5))


def thaw(data: Any) -> Any:
    """The value again; `Lost` when the bytes are not those that were frozen."""
    try:
        return _Thawer(io.BytesIO(_unsealed(data))).load()
    except (pickle.UnpicklingError, TypeError, AttributeError, EOFError, ValueError) as error:
        raise Lost from error


class _Thawer(pickle.Unpickler):
    """Makes values of the model and dates, nothing else: a foreign file cannot call anything."""

    _found: ClassVar[dict[tuple[str, str], Any]] = {}

    def find_class(self, module: str, name: str) -> Any:
        found = self._found.get((module, name))
        if found is None:
            if module != "sitegen.model" and (module, name) != ("datetime", "date"):
                raise pickle.UnpicklingError(f"{module}.{name}")
            found = self._found[module, name] = super().find_class(module, name)
        return found
