"""Every file against the others: what no single file can know to be wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from sitegen import schema
from sitegen.errors import Problem, problem
from sitegen.model import Document
from sitegen.parse import identity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sitegen.kinds import Field
    from sitegen.model import Page, PhotoFile, Settings

FACTS = (
    "shop.name", "shop.phone", "shop.email", "shop.zalo", "shop.messenger", "shop.address", "shop.hours",
    "legal.name", "legal.phone", "legal.email", "legal.registration", "legal.address", "legal.responsible",
    "bank.name", "bank.holder", "bank.number", "policy.version", "policy.effective",
)  # fmt: skip
SINGLE_LAYOUTS = tuple(layout for layout in schema.LAYOUTS if layout not in ("page", "status"))
HOME_SECTIONS = {"promise": "Tiệm hứa với bạn", "steps": "Đón bé trong bốn bước", "visit": "Ghé thăm tiệm"}
"""The sections that home must have, each with words to begin with."""
SAMPLE = re.compile(r"\bmẫu\b|\bsample\b|\bexample\b|0{6,}", re.IGNORECASE)
"""What a value that nobody has replaced yet looks like: the sample shop's words, `.example`, or a run of zeros."""


Pair = dict[str, Document]
"""A document in each language it is written in."""


@dataclass(slots=True)
class Desk:
    """What the checks share while the catalog is put together. `broken` are the ids of files that exist but could not
    be read: their own mistake is told, so nothing that follows from it is told as well."""

    site: Settings
    site_path: str
    photos: Mapping[str, PhotoFile]
    today: date
    broken: frozenset[str]
    problems: list[Problem] = field(default_factory=list)

    def add(self, document: Document, at: Field[Any] | int, code: str, /, **facts: object) -> None:
        """Note a problem in `document`, at a key or a line."""
        line = at if isinstance(at, int) else document.values.line(at)
        self.problems.append(problem(document.path, line, code, **facts))


def original(pair: Pair, desk: Desk) -> Document:
    return pair[desk.site.default_language]


def of_kind(pairs: Mapping[str, Pair], kind: str) -> list[Pair]:
    return [pair for id_, pair in pairs.items() if id_.startswith(kind + "/")]


def check_codes(pairs: Mapping[str, Pair], desk: Desk) -> None:
    first: dict[str, Document] = {}
    chips: dict[str, Document] = {}
    for pair in of_kind(pairs, "puppies"):
        d = original(pair, desk)
        code = d.values.need(schema.CODE)
        if code in first:
            desk.add(d, schema.CODE, "code-twice", puppy=code, other=first[code].path)
        first.setdefault(code, d)
        chip = d.values.get(schema.MICROCHIP) or "none"
        if chip in chips:
            desk.add(d, schema.MICROCHIP, "chip-twice", chip=chip, other=chips[chip].path)
        if chip != "none":
            chips.setdefault(chip, d)


def check_layouts(pages: Sequence[Page], desk: Desk) -> None:
    by_layout: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        by_layout[page.layout].append(page)
    guessing = any(id_.startswith("pages/") for id_ in desk.broken)  # an unread page may be the one that is missed
    for layout in SINGLE_LAYOUTS:
        found = by_layout[layout]
        if not found and not guessing:
            desk.problems.append(problem("content/pages", 0, "no-layout", layout=layout))
        for extra in found[1:]:
            first = found[0].texts[desk.site.default_language].path
            desk.problems.append(
                problem(extra.texts[desk.site.default_language].path, 0, "layout-twice", layout=layout, other=first)
            )
    statuses = [page.status for page in by_layout["status"]]
    for status in schema.STATUSES:
        if statuses.count(status) != 1 and not (guessing and status not in statuses):
            desk.problems.append(
                problem("content/pages", 0, "status-pages", status=status, count=statuses.count(status))
            )


def check_home(pages: Sequence[Page], desk: Desk) -> None:
    """The home page shows three sections of its text in places of their own."""
    for page in (p for p in pages if p.layout == "home"):
        for text in page.texts.values():
            ids = {heading.id for heading in text.body.headings}
            for section, example in HOME_SECTIONS.items():
                if section not in ids:
                    desk.problems.append(problem(text.path, 0, "no-section", section=section, example=example))


def check_policy(pages: Sequence[Page], pairs: Mapping[str, Pair], collected: Sequence[str], desk: Desk) -> None:
    """The three promises of the policy brief: fields agree with the form, sections pair, both languages exist."""
    for page in (p for p in pages if p.layout == "policy"):
        pair = pairs[page.id]
        d = original(pair, desk)
        if page.effective is None:
            desk.add(d, 1, "missing-key", key="effective", example="2026-11-22")
        for name in collected:
            if name not in page.collects:
                desk.add(d, schema.COLLECTS, "policy-misses-field", field=name)
        for name in page.collects:
            if name not in collected:
                desk.add(d, schema.COLLECTS, "policy-extra-field", field=name)
        ours = [(h.level, h.id) for h in d.body.headings]
        for lang in desk.site.languages:
            if lang not in pair:
                if page.id not in desk.broken:
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
                if target is None or link.target not in known:
                    near = get_close_matches(link.target, files, 1, 0.5)
                    facts = {"near": "/" + near[0]} if near else {}
                    desk.add(d, link.line, "no-page-near" if near else "no-page", target="/" + link.target, **facts)
                    continue
                shown = target.get(d.lang) or original(target, desk)
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
                    near = get_close_matches(name, FACTS, 1, 0.3)
                    desk.add(d, line, "no-fact", name=name, near=near[0] if near else FACTS[0])
            folder = d.path.rpartition("/")[0]
            for name, line in d.body.images:
                if f"{folder}/{name}" not in desk.photos:
                    desk.add(d, line, "no-photo", file=name)


def check_menus(pairs: Mapping[str, Pair], desk: Desk) -> None:
    wanted = [*desk.site.main_menu, *(page for column in desk.site.footer_menu for page in column.pages)]
    for id_ in wanted:
        if id_ not in pairs and id_ not in desk.broken:
            near = get_close_matches(id_, list(pairs), 1, 0.5)
            facts = {"near": near[0]} if near else {}
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
