"""The schema and a form's pairs → what a form page shows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sitegen import schema
from sitegen.kinds import Choice, Field, Flag, Group, ListOf, Pattern, PerLanguage, Words
from sitegen.measures import Date, Money, Number
from sitegen.phrases import full_date, short_date
from sitegen.workshop import labels
from sitegen.workshop.form import Posted, end_kind, is_pair, meaning, parts
from sitegen.workshop.mistakes import Mistake, input_id
from sitegen.workshop.named import example, named, photo_label
from sitegen.workshop.photos import FACTS

if TYPE_CHECKING:
    from datetime import date

    from sitegen.workshop.entries import Entry

LONG = 100
"""Characters from which a text gets a box of several lines."""
WIDE = 30
"""Characters that a phone shows in one line; a longer text wraps instead of running out of sight."""
CHIP, NO_CHIP = f"f.{schema.MICROCHIP.key}", "none"
"""What a file says of a puppy without a chip; a form says it in the owner's words."""
SPARE = "__row__"
"""Stands for the number of a row that the script adds."""


def heard(posted: Posted, fields: Sequence[Field[Any]], say: Callable[..., str]) -> Posted:
    """A form that a browser has sent, with what `Drawer` shows in the owner's words as files say it."""
    said = {name: day.isoformat() for name, day in _days(posted, fields)}
    if posted.one(CHIP) == say("no-chip"):
        said[CHIP] = NO_CHIP
    return Posted(tuple((name, said.get(name, text)) for name, text in posted.pairs))


def days(posted: Posted, fields: Sequence[Field[Any]], lang: str) -> dict[str, str]:
    """The dates of a form, said in full: name → `Chủ Nhật, 30 tháng 8 năm 2026`."""
    return {name: full_date(day, lang) for name, day in _days(posted, fields)}


def _days(posted: Posted, fields: Sequence[Field[Any]]) -> Iterator[tuple[str, date]]:
    for name in dict(posted.having("f.", "p.")):
        try:
            kind = named(fields, name, posted, schema.LANGUAGES[0]).kind
        except KeyError:
            continue  # a photo's upload, or what no field of this form has sent
        if isinstance(kind, Date) and (day := meaning(kind, posted.one(name) or "?")) is not None:
            yield name, day


@dataclass(frozen=True, slots=True)
class Input:
    """One field of the form. `widget` is the template's macro; `parts` are the fields inside it, or its rows; `spare`
    an empty row to copy. `statuses`: those in which a puppy has it (all: empty); `day`: a date said in full."""

    widget: str
    name: str
    label: str
    value: str = ""
    values: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False
    limit: int = 0
    lang: str = ""
    mode: str = ""
    list_: str = ""
    hint: str = ""
    note: str = ""
    day: str = ""
    placeholder: str = ""
    mistakes: tuple[Mistake, ...] = ()
    statuses: tuple[str, ...] = ()
    parts: tuple[Input, ...] = ()
    spare: Input | None = None

    @property
    def id(self) -> str:
        """For labels and links."""
        return input_id(self.name)


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo in the form; `row` is its number in the names."""

    row: str
    file: str
    ref: str
    thumb: str
    facts: tuple[Input, ...]
    alts: tuple[Input, ...]
    focus: tuple[str, str]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """All that the form page shows."""

    words: tuple[tuple[str, tuple[Input, ...], tuple[Input, ...]], ...]
    """(language, the main fields, those behind "more")"""
    sections: tuple[tuple[str, tuple[Input, ...]], ...]
    photos: tuple[PhotoRow, ...] | None
    photo_spare: PhotoRow | None


@dataclass(frozen=True, slots=True)
class Drawer:
    """Makes inputs. `words`: the site's own words for values; `breeds`: (folder, name); `pages`: (id, title) of what a
    menu can hold; `offers`: key → suggestions exist; `thumb`: photo → address of a small picture."""

    lang: str
    posted: Posted
    mistakes: Sequence[Mistake]
    words: Mapping[str, str]
    breeds: tuple[tuple[str, str], ...]
    pages: tuple[tuple[str, str], ...]
    offers: Mapping[str, Sequence[str]]
    thumb: Callable[[str, str], str]
    say: Callable[..., str]

    def view(self, entry: Entry) -> FormView:
        """The whole form."""
        sections = tuple(
            (title, tuple(self.input(f, f"f.{f.key}") for f in fields))
            for title, fields in labels.sections(entry.kind, entry.fields)
        )
        languages = []
        for lang in entry.files if entry.slug else ():
            own = [f for f in entry.fields if f.words and f is not schema.PHOTOS]
            first = tuple(self.input(f, f"w.{lang}.{f.key}", lang) for f in own if f.required)
            more = tuple(self.input(f, f"w.{lang}.{f.key}", lang) for f in own if not f.required)
            body = Input(
                "body", f"b.{lang}", self.say("body"), self.posted.text(f"b.{lang}"), lang=lang,
                hint=self.say("body-hint"), mistakes=self._at(f"b.{lang}"),
            )  # fmt: skip
            languages.append((lang, (*first, body), more))
        photos = spare = None
        if schema.PHOTOS in entry.fields:
            rows = [row for row in self.posted.rows("p") if self.posted.one(f"p.{row}.file")]
            photos = tuple(self._photo(row, tuple(entry.files)) for row in rows)
            spare = self._photo(SPARE, tuple(entry.files))
        return FormView(tuple(languages), sections, photos, spare)

    def input(self, f: Field[Any], name: str, lang: str = "") -> Input:
        """A field as an input."""
        return self._input(
            f.kind, f.key, name, label=labels.label(f, self.lang), required=f.required or bool(f.needed), lang=lang,
            statuses=f.allowed, limit=getattr(f.kind, "limit", 0), mistakes=self._at(name),
            note=labels.note(f.key, self.lang),
        )  # fmt: skip

    def _input(self, kind: Any, key: str, name: str, **given: Any) -> Input:
        if isinstance(kind, (Group, PerLanguage)):
            inner = tuple(
                self.input(f, f"{name}.{f.key}", f.key if isinstance(kind, PerLanguage) else "") for f in parts(kind)
            )
            return Input("group", name, parts=inner, **given)
        if is_pair(kind):
            ends = tuple(
                self._input(end_kind(kind), key, f"{name}.{n}", label=self.say(word), mistakes=self._at(f"{name}.{n}"))
                for n, word in enumerate(("from", "to"))
            )
            return Input("pair", name, parts=ends, **given)
        if isinstance(kind, ListOf):
            return self._list(kind, key, name, given)
        value = self.posted.one(name)
        if name == CHIP and value == NO_CHIP:
            value = self.say("no-chip")
        if isinstance(kind, Flag):
            hint = self.say("draft-hint") if key == schema.DRAFT.key else ""
            return Input("check", name, value=value, hint=hint, **{**given, "required": False})
        if isinstance(kind, Choice) or key == schema.BREED.key:
            options = self._options(kind, key)
            if value and value not in dict(options):
                options = (*options, (value, self.say("as-typed", value=value)))
            return Input("select", name, value=value, options=options, **given)
        if isinstance(kind, Date):
            # No `type=date`: a browser takes days in the order of its own language there, so that 30/8/2026 typed the
            # way of Vietnam would become the 8th of March in an English one. What cannot be read stays as typed.
            day = meaning(kind, value) if value else None
            shown, said = (short_date(day, self.lang), full_date(day, self.lang)) if day else (value, "")
            return Input("date", name, value=shown, day=said, placeholder=example(key, kind, self.lang), **given)
        long = isinstance(kind, Words) and (kind.limit > LONG or len(value) > WIDE)
        mode = "numeric" if isinstance(kind, Money) or (isinstance(kind, Number) and kind.whole) else ""
        mode = mode or ("decimal" if isinstance(kind, Number) else "")
        hint = example(key, kind, self.lang) if isinstance(kind, (Pattern, Number, Money)) else ""
        # A price may be typed as “8,5 triệu”, which a phone's number pad has no keys for.
        mode = "" if isinstance(kind, Money) else mode
        offer = key if key in self.offers else ""
        return Input("long" if long else "text", name, value=value, mode=mode, list_=offer, **{"hint": hint, **given})

    def _list(self, kind: ListOf[Any], key: str, name: str, given: dict[str, Any]) -> Input:
        if isinstance(kind.kind, Choice):
            return Input("checks", name, values=self.posted.many(name), options=self._options(kind.kind, key), **given)
        if not isinstance(kind.kind, Group):
            pages = self.pages if kind == schema.MAIN_MENU.kind else ()
            hint = self.say("one-a-line")
            return Input("lines", name, value=self.posted.one(name), hint=hint, options=pages, **given)
        label = given["label"]

        def row(number: str, n: int) -> Input:
            at = f"{name}.{number}"
            words = self.say("row", name=label, n=n)
            return self._input(kind.kind, key, at, label=words, mistakes=self._at(at))

        rows = [row(number, n) for n, number in enumerate(self.posted.rows(name), 1)]
        taken = self.posted.rows(name)
        unused = next(f"new{n}" for n in range(len(taken) + 1) if f"new{n}" not in taken)
        free = row(unused, len(rows) + 1)  # one empty row, for when there is no script
        return Input("rows", name, parts=(*rows, free), spare=row(SPARE, 0), **given)

    def _options(self, kind: Any, key: str) -> tuple[tuple[str, str], ...]:
        if key == schema.BREED.key:
            return self.breeds
        return tuple((value, labels.option(key, value, self.words, self.lang)) for value in kind.values)

    def _photo(self, row: str, languages: tuple[str, ...]) -> PhotoRow:
        one = self.posted.one
        base = f"p.{row}"
        facts = tuple(
            replace(self.input(f, f"{base}.{f.key}"), label=photo_label(f, "", self.lang))
            for f in FACTS
            if not is_pair(f.kind)
        )
        alts = tuple(
            replace(
                self.input(schema.PHOTO_ALT, f"{base}.alt.{lang}", lang),
                label=photo_label(schema.PHOTO_ALT, lang, self.lang),
            )
            for lang in languages
        )
        file, ref = one(f"{base}.file"), one(f"{base}.ref")
        focus = (one(f"{base}.focus.0"), one(f"{base}.focus.1"))
        found = self._at(f"{base}.file")
        return PhotoRow(row, file, ref, self.thumb(file, ref) if file else "", facts, alts, focus, found)

    def _at(self, name: str) -> tuple[Mistake, ...]:
        return tuple(m for m in self.mistakes if m.name == name)
