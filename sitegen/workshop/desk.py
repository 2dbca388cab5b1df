"""What a press of a button means: read an entry, try a form out, save it, one-tap status, copy, delete (I/O)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import advice, schema, source
from sitegen.crosscheck import next_code
from sitegen.errors import ContentError, problem
from sitegen.fittings import read_words
from sitegen.parse import identity
from sitegen.phrases import money
from sitegen.pictures import SUFFIXES, Fault, Photo
from sitegen.source import Overlay
from sitegen.text import slugify
from sitegen.workshop import beginning, entries
from sitegen.workshop.edit import CannotEdit
from sitegen.workshop.entries import NEW, SETTINGS, SITE, Entry
from sitegen.workshop.form import Pair, Posted, meaning
from sitegen.workshop.ledger import Change, Ledger
from sitegen.workshop.links import edit_address
from sitegen.workshop.mistakes import Mistake, Teller, turned
from sitegen.workshop.proofs import Proofs
from sitegen.workshop.words import say

if TYPE_CHECKING:
    from sitegen.errors import Problem
    from sitegen.workshop.built import Built

@dataclass(frozen=True, slots=True)
class Line:
    """An entry in the list. `state`: `available`…, `hidden`, or "broken"; `breed` is a folder, `price` in VND."""

    kind: str
    slug: str
    title: str
    state: str = ""
    code: str = ""
    languages: tuple[str, ...] = ()
    photo: str = ""
    breed: str = ""
    price: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A form tried out: the files it would write, the site they would make (None: not with these mistakes, or not with
    older ones `elsewhere`, which do not stand in the way of saving)."""

    entry: Entry
    posted: Posted
    files: Mapping[str, bytes | None]
    photos: Mapping[str, str | None]
    built: Built | None
    mistakes: tuple[Mistake, ...] = ()
    advice: tuple[Mistake, ...] = ()
    elsewhere: tuple[Mistake, ...] = ()


@dataclass(slots=True)
class Desk:
    """The owner's desk in the project at `root`. `draft` builds in memory; `today` is the shop's date."""

    root: Path
    draft: Callable[[Overlay], Built]
    today: Callable[[], date]
    lang: str
    ledger: Ledger
    proofs: Proofs
    built: Built | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def languages(self) -> tuple[str, ...]:
        """The site's languages, the original's first."""
        return self.built.catalog.settings.languages if self.built else schema.LANGUAGES

    # Reading

    def entry(self, kind: str, slug: str) -> Entry | None:
        """What lies on disk under this name; None if nothing does. A new one has no files yet."""
        if kind == SITE:
            first = self.languages[0]
            return Entry(SITE, "", {first: SETTINGS}, {first: (self.root / SETTINGS).read_bytes()})
        if kind not in entries.KINDS or slugify(slug) != slug:
            return None
        default = self.languages[0]
        files = {lang: entries.place(kind, slug, lang, default) for lang in self.languages}
        folder = self.root / "content" / kind / slug
        if kind not in entries.FOLDERS and (folder / "index.md").is_file():
            files = {lang: f"content/{kind}/{slug}/index{'' if lang == default else '.' + lang}.md" for lang in files}
        data = {lang: (self.root / path).read_bytes() for lang, path in files.items() if (self.root / path).is_file()}
        beside: tuple[str, ...] = ()
        if folder.is_dir():
            names = (p.name for p in folder.iterdir() if p.suffix.lower() in SUFFIXES and not p.name.startswith("."))
            beside = tuple(sorted(names))
        return Entry(kind, slug, files, data, beside) if data or slug == NEW else None

    def lines(self, kind: str) -> list[Line]:
        """All entries of a kind, those that want attention first, then by title."""
        found = {}
        for path in sorted((self.root / "content" / kind).rglob("*.md")):
            id_, _, lang = identity(path.relative_to(self.root).as_posix())
            if lang is None and len(id_.split("/")) == 2:
                found[id_.partition("/")[2]] = self._line(kind, id_.partition("/")[2])
        order = ("broken", "hidden", "available", "reserved", "expected", "", "sold")
        return sorted(found.values(), key=lambda line: (order.index(line.state), slugify(line.title)))

    def _line(self, kind: str, slug: str) -> Line:
        entry = self.entry(kind, slug)
        if entry is None or entry.default not in entry.data:
            return Line(kind, slug, slug, "broken")
        try:
            form = Posted(entries.pairs(entry))
        except CannotEdit:
            return Line(kind, slug, slug, "broken", languages=tuple(entry.data))
        later = form.one("f.publish_on") > self.today().isoformat()
        state = "hidden" if form.one("f.draft") or later else form.one("f.status") if kind == "puppies" else ""
        state = state if state in ("", "hidden", *schema.STATUSES) else "broken"
        title = form.one(f"w.{entry.default}.title") or slug
        vnd = meaning(schema.PRICE.kind, form.one("f.price") or "?")
        return Line(
            kind, slug, title, state, form.one("f.code"), tuple(entry.data), form.one("p.0.file"),
            form.one("f.breed"), money(vnd, self.lang) if vnd else "",
        )  # fmt: skip

    def digests(self, entry: Entry) -> tuple[Pair, ...]:
        """What the form is opened on, so that saving can see whether it is still there. It is kept: should the file be
        changed meanwhile, one can tell who changed what."""
        return tuple(
            (f"was.{lang}", self.ledger.put(path, entry.data[lang]) if lang in entry.data else "")
            for lang, path in entry.files.items()
        )

    @property
    def words(self) -> Mapping[str, str]:
        """What the site's own pages call values, in the owner's language."""
        strings = source.read_texts(self.root / "templates" / "strings", f"values.{self.lang}.yaml")
        return {key: said for name, text in strings.items() for key, said in read_words(text, name).words.items()}

    # Trying out

    def trial(self, entry: Entry, posted: Posted, *, visible: bool = False) -> Trial:
        """Build the site as if the form were saved; `visible`: as if it were no draft. Raises `CannotEdit`."""
        shown = Posted(tuple(p for p in posted.pairs if p[0] not in ("f.draft", "f.publish_on"))) if visible else posted
        if entry.slug == NEW:
            entry = self._named(entry, shown.one(f"w.{entry.default}.title"))
        shown, photos = self._photos(entry, shown)
        kept = tuple(n for n in entry.photos if photos.get(f"{entry.folder}/{n}", "") is not None)
        files = entries.written(replace(entry, photos=kept), shown, self.today())
        proofs = {path: self._proof(name) if name else None for path, name in photos.items()}
        bad = [self._photo_fault(path, p) for path, p in proofs.items() if isinstance(p, Fault)]
        good = {path: p for path, p in proofs.items() if not isinstance(p, Fault)}
        built, problems = self._build(Overlay(files, good))
        own = tuple(entry.files.values())
        twice = [(p.path, dict(p.facts)) for p in problems if p.code == "address-twice"]
        back = {facts["url"] for path, facts in twice if facts["other"] == path}
        if back and any(p.path in own for p in problems):
            # It moves back to an address that it once had, which then is no old one any more.
            return self.trial(entry, _without_aliases(posted, back), visible=visible)
        problems = tuple(turned(p, own) for p in problems)
        mine = [p for p in (*bad, *problems) if entry.owns(p.path)]
        others = [p for p in problems if p not in mine]
        caused = self._new(others)
        older = [p for p in others if p not in caused]
        hints = [turned(p, own) for p in advice.advise(built.catalog)] if built else []
        tell = self.teller.mistakes
        return Trial(
            entry, shown, files, photos, built if not bad else None,
            tell([*mine, *caused], entry, files, shown),
            tell([p for p in hints if p.path in own], entry, files, shown),
            tell(older, entry, files, shown),
        )  # fmt: skip

    def _build(self, overlay: Overlay) -> tuple[Built | None, tuple[Problem, ...]]:
        try:
            return self.draft(overlay), ()
        except ContentError as error:
            return None, error.problems

    def _new(self, problems: Sequence[Problem]) -> list[Problem]:
        """Those that are not there already without this form (a link to what goes away): old ones are not its fault."""
        before = self._build(Overlay())[1] if problems else ()
        return [p for p in problems if p not in before]

    @property
    def teller(self) -> Teller:
        """What says problems as mistakes."""
        return Teller(self.lang, self.title, self.opened)

    def title(self, path: str) -> str:
        """What the page of this file is called; the path itself where there is none."""
        id_, kind, _ = identity(path)
        if path == SETTINGS:
            return say("site", self.lang)
        return self._line(kind, id_.partition("/")[2]).title if edit_address(path) else path

    def opened(self, path: str) -> tuple[Entry, Posted] | None:
        """The entry to which a file belongs and its form as it stands; None where there is no form for it."""
        id_, kind, _ = identity(path)
        entry = self.entry(SITE, "") if path == SETTINGS else self.entry(kind, id_.partition("/")[2])
        try:
            return (entry, Posted(entries.pairs(entry))) if entry and edit_address(path) else None
        except CannotEdit:
            return None

    def _named(self, entry: Entry, title: str) -> Entry:
        """A new entry under a folder name of its own."""
        slug = entries.folder_name(title, lambda name: self.entry(entry.kind, name) is not None)
        files = {lang: entries.place(entry.kind, slug, lang, entry.default) for lang in entry.files}
        return replace(entry, slug=slug, files=files)

    def _photos(self, entry: Entry, posted: Posted) -> tuple[Posted, dict[str, str | None]]:
        """(the form with every upload under a free file name, path → blob of a new photo, None for one that goes)."""
        taken = {n.lower() for n in entry.photos}
        names: dict[str, str] = {}
        changes: dict[str, str | None] = {}
        for row in posted.rows("p"):
            ref, name = posted.one(f"p.{row}.ref"), posted.one(f"p.{row}.file")
            if not name or Path(ref).suffix not in SUFFIXES:
                continue
            stem = slugify(Path(name).stem) or "anh"
            fresh, n = f"{stem}{Path(ref).suffix}", 2
            while fresh in taken:
                fresh, n = f"{stem}-{n}{Path(ref).suffix}", n + 1
            taken.add(fresh)
            names[f"p.{row}.file"] = fresh
            changes[f"{entry.folder}/{fresh}"] = ref
        shown = {posted.one(f"p.{row}.file") for row in posted.rows("p") if not posted.one(f"p.{row}.ref")}
        for name in posted.many("had"):
            if name in entry.photos and name not in shown:
                changes[f"{entry.folder}/{name}"] = None
        return Posted(tuple((name, names.get(name, text)) for name, text in posted.pairs)), changes

    def _proof(self, name: str) -> Photo | Fault:
        return self.proofs.proof(name, self.ledger.blob(name).read_bytes())

    def _photo_fault(self, path: str, fault: Fault) -> Problem:
        return problem(path, 0, f"photo-{fault.code}")

    # Saving

    def save(
        self, entry: Entry, posted: Posted, *, what: str = "save", force: bool = False
    ) -> tuple[Trial, Change | None]:
        """Save the form unless it has mistakes (then the change is None and `trial.mistakes` says why). `force`: over
        whatever is on disk now. Raises `ChangedMeanwhile`, `CannotEdit`, `Gone`, `OSError`."""
        with self.lock:
            trial = self.trial(entry, posted)
            if trial.mistakes:
                return trial, None
            files: dict[str, str | bytes | None] = dict(self._with_aliases(trial))
            files.update(trial.photos)
            expected = {
                path: posted.one(f"was.{lang}") or None for lang, path in trial.entry.files.items()
            } if not force else {}  # fmt: skip
            title = trial.posted.one(f"w.{entry.default}.title") or entry.kind
            new = not trial.entry.data
            change = self.ledger.commit("new" if new else what, trial.entry.id, title, files, expected=expected)
            return trial, change

    def _with_aliases(self, trial: Trial) -> dict[str, bytes | None]:
        """The files, with the old address of a page that moves among its aliases: old links go on working. A page that
        others lie below takes them along, and theirs are written too."""
        files = dict(trial.files)
        if self.built is None or trial.built is None:
            return files
        before, after = _addresses(self.built), _addresses(trial.built)
        for path, old in before.items():
            if after.get(path, old) == old or files.get(path, b"") is None:
                continue
            id_, kind, lang = identity(path)
            entry = trial.entry if path in trial.entry.files.values() else self.entry(kind, id_.partition("/")[2])
            lang = lang or self.languages[0]
            if entry is not None and lang in entry.files:
                data = files.get(path) or entry.data[lang]
                files[path] = entries.with_alias(entry, lang, data, old)
        return files

    def set_status(self, slug: str, status: str) -> tuple[Trial, Change | None]:
        """One tap. Raises as `save` does; `KeyError` when there is no such puppy."""
        entry = self.entry("puppies", slug)
        if entry is None:
            raise KeyError(slug)
        form = (*entries.pairs(entry), *(("had", n) for n in entry.photos), ("f.status", status), *self.digests(entry))
        return self.save(entry, Posted(form), what=f"status-{status}")

    def delete(self, entry: Entry) -> tuple[tuple[Mistake, ...], Change | None]:
        """Into the bin, unless something else needs it (then the mistakes say what)."""
        with self.lock:
            texts: dict[str, bytes | None] = {entry.files[lang]: None for lang in entry.data}
            photos = {f"{entry.folder}/{name}": None for name in entry.photos}
            if caused := self._new(self._build(Overlay(texts, photos))[1]):
                return self.teller.anywhere(caused), None
            title = self._line(entry.kind, entry.slug).title
            return (), self.ledger.commit("delete", entry.id, title, {**texts, **photos})

    # Beginning

    def blank(self, kind: str) -> tuple[Pair, ...]:
        """A new form."""
        puppies = self.built.catalog.puppies if self.built else ()
        return beginning.blank(kind, self.today(), self.free_code(), puppies)

    def copied(self, entry: Entry) -> tuple[Pair, ...]:
        """A new form that begins with another's facts."""
        return beginning.copied(entries.pairs(entry), self.blank(entry.kind))

    def free_code(self) -> str:
        """A code that no puppy has."""
        return next_code(line.code for line in self.lines("puppies"))

    def suggestions(self) -> dict[str, tuple[str, ...]]:
        """Field → what has been written there before, for the browser to offer."""
        found: dict[str, dict[str, None]] = {}
        for lines in (self._said(slug.slug) for slug in self.lines("puppies")):
            for name, text in lines:
                key = name.rpartition(".")[2]
                if name.startswith("f.") and key in ("product", "clinic", "name") and text:
                    found.setdefault(key, {})[text] = None
        return {key: tuple(sorted(texts)) for key, texts in found.items()}

    def _said(self, slug: str) -> Iterator[Pair]:
        entry = self.entry("puppies", slug)
        try:
            yield from entries.pairs(entry) if entry else ()
        except CannotEdit:
            return


def _addresses(built: Built) -> dict[str, str]:
    found: dict[str, str] = {}
    for route in built.routes:
        found.setdefault(route.source, route.url)
    return found


def _without_aliases(posted: Posted, addresses: set[str]) -> Posted:
    """The form without these old addresses."""

    def kept(name: str, text: str) -> str:
        if not name.endswith(".aliases"):
            return text
        return "\n".join(line for line in text.split("\n") if f"{line.strip().rstrip('/')}/" not in addresses)

    return Posted(tuple((name, kept(name, text)) for name, text in posted.pairs))
