"""Every file against the others: what no single file can know to be wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sitegen import schema
from sitegen.errors import Problem, problem
from sitegen.kinds import ListOf
from sitegen.model import EIGHT_WEEKS, Document
from sitegen.parse import identity
from sitegen.text import fold, likest, nearest, slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sitegen.kinds import Field
    from sitegen.model import PhotoFile, Settings

FACTS = (
    "shop.name", "shop.phone", "shop.email", "shop.zalo", "shop.messenger", "shop.address", "shop.hours",
    "legal.name", "legal.phone", "legal.email", "legal.registration", "legal.address", "legal.responsible",
    "bank.name", "bank.holder", "bank.number", "policy.version", "policy.effective",
)  # fmt: skip
SINGLE_LAYOUTS = tuple(layout for layout in schema.LAYOUTS if layout not in ("page", "status"))
HOME_SECTIONS = {"promise": "Tiệm hứa với bạn", "steps": "Đón bé trong bốn bước", "visit": "Ghé thăm tiệm"}
"""The sections that home must have, each with words to begin with."""
OF_THE_LITTER = (schema.EXPECTED, schema.LITTER)
"""What was said while the litter was expected: it may stay where it is once the puppies are born."""
SAMPLE = re.compile(r"\bmẫu\b|\bsample\b|\bexample\b|0{6,}", re.IGNORECASE)
"""What a value that nobody has replaced yet looks like: the sample shop's words, `.example`, or a run of zeros."""


Pair = dict[str, Document]
"""A document in each language it is written in."""


class Desk:
    """What the checks share while the catalog is put together. `broken` are the ids of files that exist but could not
    be read: their own mistake is told, so nothing that follows from it is told as well. `hidden` are drafts, and what
    appears on a later day."""

    def __init__(
        self, site: Settings, site_path: str, photos: Mapping[str, PhotoFile], today: date, broken: frozenset[str]
    ) -> None:
        self.site, self.site_path, self.photos, self.today, self.broken = site, site_path, photos, today, broken
        self.hidden: dict[str, Pair] = {}
        self.problems: list[Problem] = []
        self._beside: dict[str, list[str]] = defaultdict(list)
        for path in sorted(photos):
            folder, _, name = path.rpartition("/")
            self._beside[folder].append(name)

    def beside(self, document: Document) -> Sequence[str]:
        """The names of the photos that lie beside a document, in their order."""
        return self._beside.get(document.path.rpartition("/")[0], ())

    def add(self, document: Document, at: Field[Any] | int, code: str, /, **facts: object) -> None:
        """Note a problem in `document`, at a key or a line."""
        line = at if isinstance(at, int) else document.values.line(at)
        self.problems.append(problem(document.path, line, code, **facts))


def original(pair: Pair) -> Document:
    """The document that the others translate; every pair has one by now."""
    return next(d for d in pair.values() if not d.translation)


def layout_of(pair: Pair) -> str | None:
    """A page's layout; None when what stands there cannot be read."""
    v = original(pair).values
    return None if schema.LAYOUT.key in v.unread else v.get(schema.LAYOUT) or "page"


def of_kind(pairs: Mapping[str, Pair], kind: str) -> list[Pair]:
    return [pair for id_, pair in pairs.items() if id_.startswith(kind + "/")]


def check_puppies(pairs: Mapping[str, Pair], desk: Desk, breed_ids: Mapping[str, str]) -> None:
    """Breed, status, dates and photos of every puppy, as far as they can be read."""
    for pair in of_kind(pairs, "puppies"):
        d = original(pair)
        breed = d.values.get(schema.BREED)
        if breed is not None and slugify(breed) not in breed_ids:
            near = nearest(slugify(breed), breed_ids, 0.5)
            facts = {"near": breed_ids[near]} if near else {}
            known = ", ".join(sorted(set(breed_ids.values())))
            desk.add(d, schema.BREED, "no-breed-near" if near else "no-breed", breed=breed, known=known, **facts)
        if (status := d.values.get(schema.STATUS)) is not None:
            _check_status(d, status, desk)
            _check_dates(d, status, desk)
        _check_photos(pair, desk)


@cache
def _keys(status: str) -> tuple[frozenset[str], frozenset[str]]:
    """The keys that a puppy of this status must have, and those that it must not."""
    needed = frozenset([f.key for f in schema.PUPPY if status in f.needed])
    return needed, frozenset([f.key for f in schema.PUPPY if f.allowed and status not in f.allowed])


def _check_status(d: Document, status: str, desk: Desk) -> None:
    needed, barred = _keys(status)
    if needed <= d.values.by_key.keys() and barred.isdisjoint(d.values.by_key):
        return
    for f in schema.PUPPY:
        if status in f.needed and f not in d.values and f.key not in d.values.unread:
            place = f if f.key in d.values.lines else schema.STATUS
            if isinstance(f.kind, ListOf):
                desk.add(d, place, "list-missing", key=f.key, example=f.kind.example)
            elif place is f:
                desk.add(d, f, "value-missing", key=f.key, example=f.kind.example)
            else:
                desk.add(d, place, "missing-for-status", key=f.key, status=status, example=f.kind.example)
        elif f.allowed and status not in f.allowed and f in d.values and not (f in OF_THE_LITTER and status != f.key):
            desk.add(d, f, "not-for-status", key=f.key, status=status)


def _check_dates(d: Document, status: str, desk: Desk) -> None:
    v = d.values
    # What appears on a later day may speak of the days until then.
    today = max(desk.today, v.get(schema.PUBLISH_ON) or desk.today)
    for f, code in ((schema.LISTED, "listed-in-future"), (schema.RESERVED, "in-future"), (schema.SOLD, "in-future")):
        if (day := v.get(f)) is not None and day > today:
            desk.add(d, f, code, key=f.key, date=day)
    reserved, sold = v.get(schema.RESERVED), v.get(schema.SOLD)
    if reserved is not None and sold is not None and sold < reserved:
        desk.add(d, schema.SOLD, "sold-before-reserved", sold=sold, reserved=reserved)
    born, ready = v.get(schema.BORN_ON), v.get(schema.READY)
    if born is None or status not in schema.BORN:
        return
    earliest = born + EIGHT_WEEKS
    if ready is not None and ready < earliest:
        desk.add(d, schema.READY, "ready-too-young", ready=ready, earliest=earliest)
    if born > today:
        desk.add(d, schema.BORN_ON, "born-in-future", born=born)
        return
    if sold is not None and sold < born:
        desk.add(d, schema.SOLD, "before-birth", key=schema.SOLD.key, date=sold, born=born)
    past = [(schema.WEIGHED.key, v.line(schema.WEIGHED), v.get(schema.WEIGHED))]
    if check := v.get(schema.VET_CHECK):
        past.append((schema.VET_CHECK.key, check.line(schema.GIVEN), check.get(schema.GIVEN)))
    for doses in (schema.VACCINATIONS, schema.DEWORMINGS):
        past += [(doses.key, row.line(schema.GIVEN), row.get(schema.GIVEN)) for row in v.get(doses) or ()]
    for key, line, day in past:
        if day is not None and day < born:
            desk.add(d, line, "before-birth", key=key, date=day, born=born)
        elif day is not None and day > today:
            desk.add(d, line, "in-future", key=key, date=day)


def _check_photos(pair: Pair, desk: Desk) -> None:
    beside = desk.beside(original(pair))
    folded = {fold(name): name for name in beside}
    for d in pair.values():
        for row in d.values.get(schema.PHOTOS) or ():
            name = row.get(schema.PHOTO_FILE)
            if name is not None and name not in beside:
                near = nearest(fold(name), folded, 0.5)
                facts = {"near": folded[near]} if near else {}
                line = row.line(schema.PHOTO_FILE)
                desk.add(d, line, "no-photo-near" if near else "no-photo", file=name, **facts)


def check_codes(pairs: Mapping[str, Pair], desk: Desk) -> None:
    """No two puppies of one code or one chip. Which of them is the copy only the owner knows: both places are named."""
    puppies = [original(pair) for pair in of_kind(pairs, "puppies")]
    hidden = (original(pair) for pair in of_kind(desk.hidden, "puppies"))
    taken = {code for d in (*puppies, *hidden) if (code := d.values.get(schema.CODE))}
    codes: dict[str, Document] = {}
    chips: dict[str, Document] = {}
    for d in puppies:
        code, chip = d.values.get(schema.CODE), d.values.get(schema.MICROCHIP) or "none"
        if code is not None and (one := codes.setdefault(code, d)) is not d:
            free = next_code(each for each in taken if each.partition("-")[0] == code.partition("-")[0])
            taken.add(free)
            line = one.values.line(schema.CODE)
            desk.add(d, schema.CODE, "code-twice", puppy=code, other=one.path, line=line, free=free)
        if chip != "none" and (one := chips.setdefault(chip, d)) is not d:
            line = one.values.line(schema.MICROCHIP)
            desk.add(d, schema.MICROCHIP, "chip-twice", chip=chip, other=one.path, line=line)


def next_code(codes: Iterable[str]) -> str:
    """The code after the highest one in use."""
    numbered = [code for code in codes if code.rpartition("-")[2].isdigit()]
    last = max(numbered, key=lambda code: int(code.rpartition("-")[2]), default="MX-000")
    head, _, number = last.rpartition("-")
    return f"{head}-{int(number) + 1:0{len(number)}d}"


def check_samples(pairs: Mapping[str, Pair], desk: Desk) -> None:
    """Puppies that do not exist."""
    for pair in of_kind(pairs, "puppies"):
        if original(pair).values.get(schema.SAMPLE_PUPPY):
            desk.add(original(pair), 0, "sample-puppy")


def check_layouts(pairs: Mapping[str, Pair], desk: Desk) -> None:
    """One page for each layout, and one list for each status."""
    pages = of_kind(pairs, "pages")
    if not pages and not any(id_.startswith("pages/") for id_ in desk.broken):
        desk.problems.append(problem("content/pages", 0, "no-pages"))
        return
    by_layout: dict[str | None, list[Document]] = defaultdict(list)
    for pair in pages:
        by_layout[layout_of(pair)].append(original(pair))
    # A page that cannot be read may be the one that is missed.
    guessing = bool(by_layout[None]) or any(id_.startswith("pages/") for id_ in desk.broken)
    for layout in SINGLE_LAYOUTS:
        found = by_layout[layout]
        if not found and not guessing:
            desk.problems.append(problem("content/pages", 0, "no-layout", layout=layout))
        for extra in found[1:]:
            desk.add(extra, 0, "layout-twice", layout=layout, other=found[0].path)
    statuses = [d.values.get(schema.STATUS_PAGE) for d in by_layout["status"]]
    for d in by_layout["status"]:
        if schema.STATUS_PAGE.key in d.values.unread:
            guessing = True
        elif schema.STATUS_PAGE not in d.values:
            desk.add(d, schema.LAYOUT, "status-page-without-status")
    for status in schema.STATUSES:
        if statuses.count(status) != 1 and not (guessing and status not in statuses):
            desk.problems.append(
                problem("content/pages", 0, "status-pages", status=status, count=statuses.count(status))
            )


def check_home(pairs: Mapping[str, Pair], desk: Desk) -> None:
    """The home page shows three sections of its text in places of their own."""
    for pair in (p for p in of_kind(pairs, "pages") if layout_of(p) == "home"):
        for d in pair.values():
            ids = {heading.id for heading in d.body.headings}
            for section, example in HOME_SECTIONS.items():
                if section not in ids:
                    desk.add(d, 0, "no-section", section=section, example=example)


def check_policy(pairs: Mapping[str, Pair], collected: Sequence[str], desk: Desk) -> None:
    """The three promises of the policy brief: fields agree with the form, sections pair, both languages exist."""
    for pair in (p for p in of_kind(pairs, "pages") if layout_of(p) == "policy"):
        d = original(pair)
        if schema.EFFECTIVE not in d.values and schema.EFFECTIVE.key not in d.values.unread:
            desk.add(d, 1, "missing-key", key="effective", example="2026-11-22")
        if schema.COLLECTS.key not in d.values.unread:
            told = d.values.get(schema.COLLECTS) or ()
            for name in collected:
                if name not in told:
                    desk.add(d, schema.COLLECTS, "policy-misses-field", field=name)
            for name in told:
                if name not in collected:
                    desk.add(d, schema.COLLECTS, "policy-extra-field", field=name)
        ours = [(h.level, h.id) for h in d.body.headings]
        for lang in desk.site.languages:
            if lang not in pair:
                if d.id not in desk.broken:
                    desk.add(d, 0, "policy-untranslated", lang=lang)
                continue
            theirs = [(h.level, h.id) for h in pair[lang].body.headings]
            if theirs != ours:
                apart = sorted({id_ for _, id_ in ours} ^ {id_ for _, id_ in theirs})
                what = ", ".join(f"#{id_}" for id_ in apart) or "thứ tự / order"
                desk.add(pair[lang], 0, "policy-sections", what=what, original=d.path)


def check_links(pairs: Mapping[str, Pair], desk: Desk) -> None:
    """Links to documents, facts in braces, and pictures beside the page."""
    files = sorted(
        {d.path.removeprefix("content/") for pair in pairs.values() for d in pair.values() if not d.translation}
    )
    known = frozenset(files)
    for pair in pairs.values():
        for d in pair.values():
            for link in d.body.links:
                id_ = identity(f"content/{link.target}")[0]
                target = pairs.get(id_)
                if id_ in desk.broken:
                    continue
                if id_ in desk.hidden:
                    desk.add(d, link.line, "page-hidden", target="/" + link.target)
                    continue
                if target is None or link.target not in known:
                    meant = _near_page(link.target, files)
                    facts = {"near": "/" + meant} if meant else {}
                    desk.add(d, link.line, "no-page-near" if meant else "no-page", target="/" + link.target, **facts)
                    continue
                shown = target.get(d.lang) or original(target)
                ids = {h.id for h in shown.body.headings}
                if link.fragment and link.fragment not in ids and link.fragment not in shown.body.ids:
                    desk.add(
                        d,
                        link.line,
                        "no-fragment",
                        fragment=link.fragment,
                        target="/" + link.target,
                        known=", ".join(sorted(ids)) or "–",
                    )
            for name, line in d.body.facts:
                if name not in FACTS:
                    near = likest(name, FACTS, 0.5)
                    facts = {"near": near} if near else {"known": ", ".join(FACTS)}
                    desk.add(d, line, "no-fact-near" if near else "no-fact", name=name, **facts)
            _check_images(d, desk)


def _near_page(target: str, files: Sequence[str]) -> str | None:
    """The file that a link was probably meant for: one whose own name, or whose folder's, is alike."""
    names = {_own_name(file): file for file in files}
    near = nearest(_own_name(target), names, 0.6)
    return names[near] if near else None


def _own_name(file: str) -> str:
    """`puppies/bong/index.md` → `bong`, `pages/about.md` → `about`."""
    return fold(identity(f"content/{file}")[0].rpartition("/")[2])


def _check_images(d: Document, desk: Desk) -> None:
    """Pictures in the words lie beside the file."""
    folder = d.path.rpartition("/")[0]
    beside = {fold(name): name for name in desk.beside(d)}
    for name, line in d.body.images:
        if f"{folder}/{name}" in desk.photos:
            continue
        near = nearest(fold(re.split(r"[/\\]", unquote(name))[-1]), beside, 0.6)
        facts = {"near": beside[near]} if near else {}
        desk.add(d, line, "no-photo-near" if near else "no-photo", file=name, **facts)


def check_menus(pairs: Mapping[str, Pair], desk: Desk) -> None:
    """The menus name pages that exist."""
    if not of_kind(pairs, "pages"):
        return  # told already
    wanted = [*desk.site.main_menu, *(page for column in desk.site.footer_menu for page in column.pages)]
    for id_ in wanted:
        if id_ in desk.hidden:
            desk.problems.append(problem(desk.site_path, 0, "menu-page-hidden", page=id_))
        elif id_ not in pairs and id_ not in desk.broken:
            near = likest(id_, pairs.keys(), 0.7)
            facts = {"near": near} if near else {}
            desk.problems.append(
                problem(desk.site_path, 0, "menu-page-near" if near else "menu-page", page=id_, **facts)
            )


def sample_values(site: Settings, path: str) -> list[Problem]:
    """Every setting that is still the sample's: none may reach a real customer."""
    found = [problem(path, 0, "sample-site")] if site.sample else []
    values: list[tuple[str, str]] = [("base_url", site.base_url), ("shop.phone", site.shop.phone)]
    values += [("shop.email", site.shop.email), ("shop.zalo", site.shop.zalo or ""), ("shop.name", site.shop.name)]
    values += [("shop.messenger", site.shop.messenger or "")]
    values += [(f"shop.address.{lang}", text) for lang, text in site.shop.address.items()]
    legal = site.legal
    for name in ("name", "registration", "phone", "email", "responsible"):
        values.append((f"legal.{name}", str(getattr(legal, name))))
    values += [(f"legal.address.{lang}", text) for lang, text in legal.address.items()]
    values += [(f"bank.{name}", str(getattr(site.bank, name))) for name in ("name", "holder", "number")]
    found += [
        problem(path, 0, "sample-value", key=key, value=value)
        for key, value in values
        if SAMPLE.search(value.replace(" ", "") if value.replace(" ", "").isdigit() else value)
    ]
    return found
