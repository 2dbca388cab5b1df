"""Pages about what was: history, bin, undo, a file that changed meanwhile, a file that is no form."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sitegen import owner
from sitegen.front import read_yaml, split
from sitegen.workshop import entries, talk
from sitegen.workshop.conflict import chosen, differences
from sitegen.workshop.desk import Desk
from sitegen.workshop.edit import CannotEdit, take_apart
from sitegen.workshop.form import Posted
from sitegen.workshop.ledger import WORDS, Change, ChangedMeanwhile, Gone, Ledger
from sitegen.workshop.words import say

if TYPE_CHECKING:
    from sitegen.workshop.entries import Entry
    from sitegen.workshop.talk import Reply, Request, Stationery

SHOWN = 100
"""Changes on a page."""


@dataclass(frozen=True, slots=True)
class Told:
    """What has just been done, and whether it can be undone."""

    text: str
    undo: str = ""


def told(ledger: Ledger, id_: str, lang: str) -> Told | None:
    """What the page that follows a change says of it."""
    if not id_:
        return None
    if id_ in ("same", "stale"):
        return Told(say("nothing-changed" if id_ == "same" else "not-undone", lang))
    try:
        change = ledger.change(id_)
    except Gone:
        return None
    if change.what.startswith("status-"):
        state = say(f"state.{change.what.removeprefix('status-')}", lang)
        return Told(say("marked", lang, title=change.title, state=state), change.id)
    saved = "saved-site" if change.entry == entries.SITE else "saved"
    key = {"delete": "deleted", "undo": "undone", "restore": "restored"}.get(change.what, saved)
    return Told(say(key, lang, title=change.title), change.id)


@dataclass(frozen=True, slots=True)
class Past:
    """Answers for the past."""

    desk: Desk
    paper: Stationery

    def history(self, id_: str, request: Request) -> Reply:
        """What was saved (of one entry), the newest first, with what changed in it."""
        changes = [self._called(change) for change in self.desk.ledger.changes(id_)[:SHOWN]]
        title = changes[0].title if changes and id_ else ""
        return self.paper.page(
            "history.html", here="history", id=id_, title=title, changes=[(c, tuple(self._lines(c))) for c in changes],
            done=told(self.desk.ledger, request.query.one("done"), self.desk.lang),
        )  # fmt: skip

    def _called(self, change: Change) -> Change:
        """The settings have no title of their own."""
        return replace(change, title=say("site", self.desk.lang)) if change.entry == entries.SITE else change

    def _lines(self, change: Change) -> Iterator[tuple[str, str]]:
        """(sign, line): `-` what went, `+` what came, `?` a file's name."""
        for path, names in change.files.items():
            yield "?", path
            if not path.endswith(tuple(WORDS)):
                continue
            before, after = (self._words(name) for name in names)
            for line in difflib.ndiff(before, after):
                if line[0] in "+-" and line[2:].strip():
                    yield line[0], line[2:]

    def _words(self, name: str | None) -> list[str]:
        try:
            return self.desk.ledger.blob(name).read_text("utf-8", "replace").splitlines() if name else []
        except Gone:
            return []

    def bin(self, request: Request) -> Reply:
        """What was deleted and has not come back."""
        changes = self.desk.ledger.changes()
        back = {change.of for change in changes}
        lost = [c for c in changes if c.what == "delete" and c.id not in back]
        return self.paper.page(
            "bin.html", here="bin", changes=lost, done=told(self.desk.ledger, request.query.one("done"), self.desk.lang)
        )

    def undo(self, id_: str) -> Reply:
        """Put back what a change found, and show where it is."""
        change = self.desk.ledger.change(id_)
        try:
            made = self.desk.ledger.undo(id_)
        except ChangedMeanwhile:
            return talk.see(f"history/{change.entry}?done=stale")
        return self._after(change, made)

    def restore(self, id_: str) -> Reply:
        """Make the words of an entry what they were after a change; photos of now stay."""
        change = self.desk.ledger.change(id_)
        files = {path: after for path, (_, after) in change.files.items() if after and path.endswith(tuple(WORDS))}
        return self._after(change, self.desk.ledger.commit("restore", change.entry, change.title, files, of=id_))

    def _after(self, change: Change, made: Change | None) -> Reply:
        done = made.id if made else "same"
        kind, _, slug = change.entry.partition("/")
        there = self.desk.entry(kind, slug) if slug else True
        return talk.see(f"edit/{change.entry}?done={done}" if there else f"list/{kind}?done={done}")

    # A file that changed while its form was open

    def conflict(self, entry: Entry, mine: Posted) -> Reply:
        """Both sides, field by field, with what each has changed chosen already."""
        now = self.desk.entry(entry.kind, entry.slug) or entry
        theirs = Posted(entries.pairs(now))
        found = differences(now, mine, theirs, self._base(now, mine), self.desk.words, self.desk.lang)
        return self.paper.page(
            "conflict.html", 409, here=entry.kind, entry=now, differences=found, mine=mine.pairs,
            was=self.desk.digests(now), target=f"{entry.kind}/{entry.slug}" if entry.slug else entries.SITE,
            title=mine.one(f"w.{entry.default}.title") or say("site", self.desk.lang),
        )  # fmt: skip

    def _base(self, entry: Entry, mine: Posted) -> Posted | None:
        """The form as it was opened; None if that is no longer known."""
        try:
            names = {lang: mine.one(f"was.{lang}") for lang in entry.files}
            data = {lang: self.desk.ledger.blob(name).read_bytes() for lang, name in names.items() if name}
            return Posted(entries.pairs(replace(entry, data=data, photos=mine.many("had"))))
        except (Gone, CannotEdit, KeyError):
            return None

    def chosen(self, entry: Entry, form: Posted) -> Posted:
        """The form as the owner put it together: each field from the side that she picked."""
        mine = Posted(tuple((name[2:], text) for name, text in form.pairs if name.startswith("m:")))
        picked = {name[5:] for name, text in form.pairs if name.startswith("pick:") and text == "theirs"}
        if form.one("side") == "mine":
            picked = set()
        put = chosen(mine, Posted(entries.pairs(entry)), frozenset(picked))
        return Posted((*put.pairs, *form.having("was.")))

    # A file that cannot be shown as a form

    def raw_page(self, entry: Entry, status: int = 200, texts: dict[str, str] | None = None) -> Reply:
        """The file's own text, with what is wrong in it."""
        shown = texts or {lang: _decoded(data) for lang, data in entry.data.items()}
        found = []
        for lang, text in shown.items():
            path, lines = entry.files[lang], text.splitlines()
            site = entry.kind == entries.SITE
            problems = (read_yaml(text, path, lines) if site else split(text.encode(), path))[1]
            found += [(problem, owner.wording(problem, self.desk.lang)) for problem in problems]
        return self.paper.page(
            "raw.html", status, here=entry.kind, entry=entry, texts=shown, problems=found,
            was=self.desk.digests(entry), target=entry.id,
        )  # fmt: skip

    def save_raw(self, entry: Entry, form: Posted) -> Reply:
        """Write the text as it is, with the file's own line ends, unless it still cannot be read."""
        files: dict[str, bytes] = {}
        shown: dict[str, str] = {}
        for lang, data in entry.data.items():
            text = form.text(f"raw.{lang}")
            shown[lang] = text
            end = "\r\n" if b"\r\n" in data else "\n"
            mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
            files[entry.files[lang]] = (mark + text.removeprefix("\ufeff").replace("\n", end)).encode()
        fresh = replace(entry, data={lang: files[entry.files[lang]] for lang in entry.data})
        try:
            for lang in entry.data:
                take_apart(fresh.data[lang], markdown=entry.kind != entries.SITE)
                fresh.values(lang)
        except CannotEdit:
            return self.raw_page(entry, 422, shown)
        expected = {entry.files[lang]: form.one(f"was.{lang}") or None for lang in entry.data}
        try:
            change = self.desk.ledger.commit("raw", entry.id, entry.slug or entry.kind, files, expected=expected)
        except ChangedMeanwhile:
            return self.raw_page(entry, 409, shown)
        return talk.see(f"edit/{entry.id}?done={change.id if change else 'same'}")


def _decoded(data: bytes) -> str:
    """A file's text, even if a program has saved it in another encoding (Notepad's "Unicode")."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if utf16 else "utf-8", "replace")
