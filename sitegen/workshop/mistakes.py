"""The validator's problems at a form's fields, in words of the form. Pure but for what it asks the desk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sitegen import owner, schema
from sitegen.errors import problem as new_problem
from sitegen.front import split
from sitegen.kinds import Group, ListOf, PerLanguage, meant
from sitegen.nodes import Items, Node, Scalar, Table, Unread
from sitegen.phrases import short_date
from sitegen.workshop import labels
from sitegen.workshop.entries import SITE, Entry
from sitegen.workshop.form import Posted, is_pair, meaning, parts, respelled
from sitegen.workshop.links import edit_address, raw_address
from sitegen.workshop.named import PHOTO, Named, amount, named, remedy
from sitegen.workshop.remedies import OF_THE_FILE, PLACES, REMEDIES, SAME
from sitegen.workshop.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.errors import Problem
    from sitegen.kinds import Field

BOTH_SIDES = frozenset({"code-twice", "chip-twice", "address-twice", "layout-twice", "summary-twice"})
"""Problems between two files, of which the validator names one: to the owner it is the one that she is editing."""

DAYS = frozenset({"ready", "earliest", "born", "date", "due", "sold", "reserved", "guess"})
"""Facts that may be days."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """`name` is the form field it belongs to ("": the entry as a whole), `label` what that is called; `what` is wrong,
    `hint` says what to do. `link` leads to another page that it speaks of, or stands in, which is called `place`."""

    name: str
    label: str
    what: str
    hint: str
    link: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Says problems as mistakes. `title`: path → what the page is called; `opened`: path → its entry and its form as
    it stands on disk."""

    lang: str
    title: Callable[[str], str]
    opened: Callable[[str], tuple[Entry, Posted] | None]

    def mistakes(
        self, problems: Iterable[Problem], entry: Entry, drafts: Mapping[str, bytes | None], posted: Posted
    ) -> tuple[Mistake, ...]:
        """Each problem at its field of this entry's form, or with a link to where it is; each once."""
        found: list[Mistake] = []
        for problem in _once(tuple(problems)):
            found += self._own(problem, entry, drafts, posted) or self._elsewhere(problem)
        return tuple(sorted(dict.fromkeys(found), key=lambda m: _place(entry, m.name)))

    def anywhere(self, problems: Iterable[Problem]) -> tuple[Mistake, ...]:
        """Problems of any file, each with a link to its field."""
        return tuple(dict.fromkeys(mistake for problem in problems for mistake in self._elsewhere(problem)))

    def _elsewhere(self, problem: Problem) -> list[Mistake]:
        opened, address = self.opened(problem.path), edit_address(problem.path)
        place = self.title(problem.path)
        if opened is None:
            what, hint = owner.wording(problem, self.lang)
            return [Mistake("", "", what, hint, address, place)]
        own = self._own(problem, opened[0], opened[0].by_path, opened[1])
        return [
            replace(m, name="", link=f"{address}#{input_id(m.name)}" if m.name else address, place=place) for m in own
        ]

    def _own(self, problem: Problem, entry: Entry, drafts: Mapping[str, bytes | None], posted: Posted) -> list[Mistake]:
        """The problem at this entry's fields; nothing if it is another's."""
        lang = next((each for each, path in entry.files.items() if path == problem.path), None)
        if lang is None and problem.code in ("no-layout", "status-pages") and entry.kind == "pages":
            lang = entry.default  # of all pages together; this form is where it can be mended
        if lang is None and not entry.owns(problem.path):
            return []
        name = self._name(problem, entry, drafts, posted, lang)
        if OF_THE_FILE.fullmatch(problem.code):
            what, hint = self._said(problem, Named("", ""))
            what += "" if problem.code in REMEDIES or not problem.quote else f": {problem.quote}"
            return [Mistake("", "", what, hint, raw_address(entry.id), say("raw", self.lang))]
        return list(self._at(problem, entry, name, posted))

    def _at(self, problem: Problem, entry: Entry, name: str, posted: Posted) -> Iterator[Mistake]:
        try:
            field = named(entry.fields, name, posted, self.lang) if name else Named("", "")
        except KeyError:
            name, field = "", Named("", "")
        inner = parts(field.kind)
        if _words_of(problem.code) == "needed" and inner and name:
            for f in inner:  # each input says so for itself
                if f.required:
                    yield from self._at(problem, entry, f"{name}.{f.key}", posted)
            return
        other = dict(problem.facts).get("other", "")
        what, hint = self._said(problem, field)
        yield Mistake(name, field.label, what, hint, edit_address(other), self.title(other) if other else "")

    def _said(self, problem: Problem, field: Named) -> tuple[str, str]:
        key = _words_of(problem.code)
        if key not in REMEDIES:
            what, hint = owner.wording(problem, self.lang)
            return what[:1].upper() + what[1:], hint
        facts = {name: self._shown(name, text) for name, text in problem.facts}
        if "keys" in facts:
            facts["keys"] = ", ".join(labels.of_key(key, self.lang) for key in facts["keys"].split(", "))
        facts["remedy"] = remedy(field, self.lang)
        facts["expected"] = say("state.expected", self.lang)
        if problem.code == "address-twice":
            facts["slug"] = f"{dict(problem.facts)['url'].rstrip('/').rpartition('/')[2]}-2"
        what, hint = REMEDIES[key][self.lang != "vi"]
        return what.format(**facts), hint.format(**facts)

    def _shown(self, fact: str, text: str) -> str:
        """A fact in words of the form: days, amounts, statuses and pages as the owner knows them."""
        if fact in DAYS and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return short_date(date.fromisoformat(text), self.lang)
        if fact == "guess" and text.isdigit():
            return amount(int(text), self.lang)
        if fact == "status":
            return say(f"state.{text}", self.lang)
        if fact == "layout":
            return labels.option(fact, text, {}, self.lang)
        if fact == "lang":
            return owner.LANGUAGE_NAMES[self.lang][text]
        return self.title(text) if fact in ("other", "original") else text

    # Where

    def _name(
        self, problem: Problem, entry: Entry, drafts: Mapping[str, bytes | None], posted: Posted, lang: str | None
    ) -> str:
        facts = dict(problem.facts)
        file = facts.get("file") or ("" if lang else problem.path.rpartition("/")[2])
        row = next((row for row in posted.rows("p") if file and posted.one(f"p.{row}.file") == file), "")
        if row:
            return f"p.{row}.alt.{facts['lang']}" if problem.code == "photo-no-alt" else f"p.{row}.file"
        if lang is None:
            return ""
        if _words_of(problem.code) == "menu-page":
            return _menu(posted, facts["page"])
        if problem.code == "sample-value":
            return f"f.{facts['key']}"
        if place := PLACES.get(problem.code):
            return place.format(lang=lang, other=facts.get("lang", lang))
        data = drafts.get(entry.files[lang]) or b""
        name = _field(problem, entry, data, lang, facts.get("key", ""), posted)
        return _dated(name, facts, posted) if problem.code in ("before-birth", "in-future") else name


def input_id(name: str) -> str:
    """The id of the input under a name, for links."""
    return "i-" + name.replace(".", "-")


def _place(entry: Entry, name: str) -> tuple[int, int]:
    """Where on the form a field stands, so that mistakes are read from above to below."""
    head, *rest = name.split(".")
    if head not in ("p", "w", "b", "f") or not rest:
        return (4 if not name else 0), 0
    if head == "f":
        keys = [f.key for _, those in labels.sections(entry.kind, entry.fields) for f in those]
        return 3, keys.index(rest[0])
    if head == "w":
        return 1, [f.key for f in entry.fields].index(rest[1])
    return (2 if head == "b" else 0), 0


def _once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Two pages of one name collide in every language: once is enough, at the shortest of the addresses."""
    twice = [p for p in problems if p.code == "address-twice"]
    for problem in problems:
        others = [p for p in twice if p.path == problem.path and p is not problem]
        if problem not in twice or all(_url(problem) <= _url(p) for p in others):
            yield problem


def _url(problem: Problem) -> tuple[int, str]:
    url = dict(problem.facts)["url"]
    return len(url), url


def turned(problem: Problem, own: Sequence[str]) -> Problem:
    """A problem between two files, seen from the one that is being edited."""
    other = dict(problem.facts).get("other", "")
    if problem.code not in BOTH_SIDES or problem.path in own or other not in own:
        return problem
    facts = {**dict(problem.facts), "other": problem.path}
    return new_problem(other, 0, problem.code, advice=problem.advice, **facts)


def _words_of(code: str) -> str:
    return SAME.get(code, code)


def _menu(posted: Posted, page: str) -> str:
    """The box of a menu in which this page stands."""
    boxes = (name for name, text in posted.pairs if name.startswith("f.menus") and page in text.split())
    return next(boxes, "f.menus.main")


def _dated(name: str, facts: Mapping[str, str], posted: Posted) -> str:
    """The input of the day that a problem speaks of: a list's rows all stand under one key."""
    for row in ("", *(f".{row}" for row in posted.rows(name))):
        inner = f"{name}{row}.{schema.GIVEN.key}"
        found = meaning(schema.GIVEN.kind, posted.one(inner) or "?")
        if found is not None and found.isoformat() == facts["date"]:
            return inner
    return name


def _field(problem: Problem, entry: Entry, data: bytes, file_lang: str, key: str, posted: Posted) -> str:
    """The form field that a problem's line and key speak of."""
    if entry.kind == SITE:
        data = b"---\n" + data.removeprefix(b"\xef\xbb\xbf") + b"\n---\n"
    text, _ = split(data, problem.path)
    line = problem.line + (entry.kind == SITE)
    if text.front is None:
        return ""
    if line >= text.body_line and entry.kind != SITE:
        return f"b.{file_lang}"
    fields = {f.key: f for f in entry.fields}
    top = fields.get(key)
    if top is not None and problem.code in ("missing-key", "missing-for-status", "no-date"):
        return _base(top, file_lang)
    above = [(name, node) for name, node in text.front.rows if name.line <= line]
    if above:
        name, node = above[-1]
        known = respelled(entry.fields, {name.text: ""})
        f = fields[next(iter(known))] if known else None
        if f is schema.PHOTOS and isinstance(node, Items):
            return _photo(node, file_lang, line, key, dict(problem.facts), posted)
        if f is not None and (line <= _last_line(node) or f.key == key):
            return _deeper(f.kind, node, _base(f, file_lang), line, key, dict(problem.facts), posted)
    return _base(top, file_lang) if top is not None else ""


def _base(f: Field[Any], file_lang: str) -> str:
    if f is schema.PHOTOS:
        return "p"
    return f"w.{file_lang}.{f.key}" if f.words else f"f.{f.key}"


def _photo(node: Items, file_lang: str, line: int, key: str, facts: Mapping[str, str], posted: Posted) -> str:
    """The same for photos, whose rows in a translation are those with words; a row is known by its file."""
    files = {posted.one(f"p.{row}.file"): row for row in posted.rows("p")}
    for item in node.items:
        said = [v.text for _, v in item.rows if isinstance(v, Scalar)] if isinstance(item, Table) else []
        row = next((files[text] for text in said if text in files), "")
        if row and item.line <= line <= _last_line(item):
            name = _deeper(PHOTO, item, f"p.{row}", line, key, facts, posted)
            return f"{name}.{file_lang}" if name.endswith(f".{schema.PHOTO_ALT.key}") else name
    return "p"


def _deeper(kind: Any, node: Node, name: str, line: int, key: str, facts: Mapping[str, str], posted: Posted) -> str:
    """Follow the line, and where all stands on one line the key and the value, into groups, lists and ranges."""
    if isinstance(kind, (Group, PerLanguage)) and isinstance(node, Table):
        fields = {f.key: f for f in parts(kind)}
        every = tuple(fields.values())
        rows_here = [(k.text, v) for k, v in node.rows if k.line <= line <= _last_line(v)]
        here = {known.key: v for k, v in rows_here if (known := meant(every, k, v))}
        part = key if key in fields else next(iter(here), "") if len(here) == 1 else ""
        if part in here:
            return _deeper(fields[part].kind, here[part], f"{name}.{part}", line, key, facts, posted)
        return f"{name}.{part}" if part else name
    if isinstance(kind, ListOf) and isinstance(kind.kind, Group) and isinstance(node, Items):
        rows = zip(posted.rows(name), node.items, strict=False)
        hit = [(row, item) for row, item in rows if item.line <= line <= _last_line(item)]
        # Rows that all stand on one line are told apart by what is wrong in them.
        hit = [pair for pair in hit if len(hit) == 1 or _holds(pair[1], key, facts)] or hit
        if hit:
            return _deeper(kind.kind, hit[0][1], f"{name}.{hit[0][0]}", line, key, facts, posted)
    if is_pair(kind) and "value" in facts:
        return next((f"{name}.{n}" for n in (0, 1) if posted.one(f"{name}.{n}") == facts["value"]), name)
    if is_pair(kind):
        return next((f"{name}.{n}" for n in (0, 1) if not posted.one(f"{name}.{n}")), name)
    return name


def _holds(item: Node, key: str, facts: Mapping[str, str]) -> bool:
    """Whether a row has the value that is wrong, or lacks the key that is missing."""
    there = {k.text: v.text for k, v in item.rows if isinstance(v, Scalar)} if isinstance(item, Table) else {}
    return facts["value"] in there.values() if "value" in facts else not there.get(key, "")


def _last_line(node: Node) -> int:
    if isinstance(node, Scalar | Unread):
        return node.line
    children = node.items if isinstance(node, Items) else tuple(value for _, value in node.rows)
    return max([node.line, *(_last_line(child) for child in children)])
