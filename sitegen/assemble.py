"""Documents → Catalog: pair the languages, check every file against the others, make the shop's own things."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sitegen import schema
from sitegen.errors import ContentError, Problem, problem
from sitegen.model import (
    EIGHT_WEEKS,
    Bank,
    Birth,
    Breed,
    Catalog,
    Document,
    Dose,
    Expectation,
    FooterColumn,
    Hours,
    Legal,
    Page,
    Parent,
    PhotoNote,
    PortraitSigns,
    Post,
    Puppy,
    Settings,
    Shop,
    Text,
    VetCheck,
)
from sitegen.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sitegen.kinds import Field, Values
    from sitegen.model import Entry, PhotoFile

FACTS = (
    "shop.name", "shop.phone", "shop.email", "shop.zalo", "shop.messenger", "shop.address", "shop.hours",
    "legal.name", "legal.registration", "legal.address", "legal.responsible",
    "bank.name", "bank.holder", "bank.number", "policy.version", "policy.effective",
)  # fmt: skip
SINGLE_LAYOUTS = tuple(layout for layout in schema.LAYOUTS if layout not in ("page", "status"))
SAMPLE = re.compile(r"\bmẫu\b|\bsample\b|\bexample\b|0{6,}", re.IGNORECASE)
"""What a value that nobody has replaced yet looks like: the sample shop's words, `.example`, or a run of zeros."""


def settings(values: Values) -> Settings:
    """The typed site.yaml."""
    shop, legal, bank, menus = (values.need(f) for f in (schema.SHOP, schema.LEGAL, schema.BANK, schema.MENUS))
    return Settings(
        sample=values.need(schema.SITE_SAMPLE),
        base_url=values.need(schema.SITE_BASE_URL),
        owner_language=values.need(schema.SITE_OWNER),
        languages=values.need(schema.SITE_LANGUAGES),
        shop=Shop(
            name=shop.need(schema.NAME),
            tagline=shop.need(schema.TAGLINE),
            description=shop.need(schema.DESCRIPTION),
            phone=shop.need(schema.PHONE),
            zalo=shop.get(schema.ZALO),
            messenger=shop.get(schema.MESSENGER),
            email=shop.need(schema.EMAIL),
            address=shop.need(schema.ADDRESS),
            hours=tuple(
                Hours(h.need(schema.DAYS), h.need(schema.OPENS), h.need(schema.CLOSES)) for h in shop.need(schema.HOURS)
            ),
        ),
        legal=Legal(
            name=legal.need(schema.NAME),
            registration=legal.need(schema.REGISTRATION),
            address=legal.need(schema.ADDRESS),
            phone=legal.need(schema.PHONE),
            email=legal.need(schema.EMAIL),
            responsible=legal.need(schema.RESPONSIBLE),
        ),
        bank=Bank(bank.need(schema.NAME), bank.need(schema.HOLDER), bank.need(schema.ACCOUNT)),
        main_menu=menus.need(schema.MAIN_MENU),
        footer_menu=tuple(
            FooterColumn(c.need(schema.MENU_TITLE), c.need(schema.MENU_PAGES)) for c in menus.need(schema.FOOTER_MENU)
        ),
        action=values.need(schema.INQUIRY).need(schema.ACTION),
    )


@dataclass(slots=True)
class _Desk:
    """What the checks share while the catalog is put together."""

    site: Settings
    site_path: str
    photos: Mapping[str, PhotoFile]
    today: date
    problems: list[Problem] = field(default_factory=list)

    def add(self, document: Document, at: Field[object] | int, code: str, **facts: object) -> None:
        line = at if isinstance(at, int) else document.values.line(at)
        self.problems.append(problem(document.path, line, code, **facts))


def assemble(
    documents: Iterable[Document],
    photos: Iterable[PhotoFile],
    site: Settings,
    *,
    today: date,
    collected: Sequence[str],
    site_path: str = "site.yaml",
    production: bool = False,
) -> tuple[Catalog | None, list[Problem]]:
    """Pair and check all documents. `collected` are the form's fields that hold data about a person, which the
    privacy policy must name. With `production`, drafts are left out and sample values are mistakes."""
    desk = _Desk(site, site_path, {photo.path: photo for photo in photos}, today)
    pairs = _pair(documents, desk)
    breeds = [_breed(d, desk) for d in _kind(pairs, "breeds")]
    breed_ids = {breed.id.partition("/")[2] for breed in breeds}
    puppies = [p for d in _kind(pairs, "puppies") if (p := _puppy(d, desk, breed_ids)) is not None]
    pages = [_page(d, desk) for d in _kind(pairs, "pages")]
    posts = [_post(d, desk) for d in _kind(pairs, "posts")]
    _check_codes(pairs, desk)
    _check_layouts(pages, desk)
    _check_policy(pages, pairs, collected, desk)
    _check_links(pairs, desk)
    _check_menus(pairs, desk)
    if production:
        desk.problems.extend(sample_values(site, site_path))
    if desk.problems:
        return None, desk.problems
    policy = next(page for page in pages if page.layout == "policy")
    return (
        Catalog(
            settings=site,
            today=today,
            puppies=tuple(sorted(puppies, key=catalogue_order)),
            breeds=tuple(sorted(breeds, key=lambda b: slugify(b.texts[site.default_language].title))),
            pages=tuple(pages),
            posts=tuple(sorted(posts, key=lambda p: (p.posted, p.id), reverse=True)),
            policy_version=policy_version(policy),
        ),
        [],
    )


def catalogue_order(puppy: Puppy) -> tuple[int, int, str]:
    """The stated sort rule: those looking for a home first, the newest advert first."""
    return schema.STATUSES.index(puppy.status), -puppy.listed.toordinal(), puppy.id


def policy_version(policy: Page) -> str:
    """A short hash of both texts: what an inquiry's consent refers to (policy brief)."""
    digest = hashlib.sha256(str(policy.effective).encode())
    for lang in sorted(policy.texts):
        digest.update(f"\0{lang}\0{policy.texts[lang].title}\0{policy.texts[lang].body.html}".encode())
    return digest.hexdigest()[:8]


def sample_values(site: Settings, path: str) -> list[Problem]:
    """Every setting that is still the sample's: none may reach a real customer."""
    found = [problem(path, 0, "sample-site")] if site.sample else []
    values: list[tuple[str, str]] = [("base_url", site.base_url), ("shop.phone", site.shop.phone)]
    values += [("shop.email", site.shop.email), ("shop.zalo", site.shop.zalo or ""), ("shop.name", site.shop.name)]
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


Pair = dict[str, Document]


def _pair(documents: Iterable[Document], desk: _Desk) -> dict[str, Pair]:
    """Documents by id and language; hidden ones fall away here, so that nothing later has to think of them."""
    groups: dict[str, Pair] = defaultdict(dict)
    for document in sorted(documents, key=lambda d: d.path):
        pair = groups[document.id]
        if document.lang in pair:
            desk.add(document, 0, "same-page-twice", other=pair[document.lang].path)
        pair[document.lang] = document
    default = desk.site.default_language
    kept = {}
    for id_, pair in groups.items():
        original = pair.get(default)
        if original is None:
            only = next(iter(pair.values()))
            desk.add(only, 0, "no-original", wanted=re.sub(r"\.\w+\.md$", ".md", only.path))
            continue
        for lang, document in pair.items():
            if lang != default:
                _agree(original, document, desk)
        hidden = original.values.get(schema.DRAFT) or (
            (on := original.values.get(schema.PUBLISH_ON)) is not None and on > desk.today
        )
        if not hidden:
            kept[id_] = pair
    return kept


def _agree(original: Document, translation: Document, desk: _Desk) -> None:
    for f in schema.BY_KIND[original.kind]:
        if not f.words and f in translation.values and translation.values.get(f) != original.values.get(f):
            desk.add(translation, f, "facts-disagree", key=f.key, original=original.path, line=original.values.line(f))


def _kind(pairs: Mapping[str, Pair], kind: str) -> list[Pair]:
    return [pair for id_, pair in pairs.items() if id_.startswith(kind + "/")]


def _texts(pair: Pair) -> dict[str, Text]:
    texts = {}
    for lang, d in pair.items():
        title = d.values.need(schema.TITLE)
        history = tuple((row.need(schema.GIVEN), row.need(schema.NOTE)) for row in d.values.get(schema.HISTORY) or ())
        texts[lang] = Text(
            lang=lang,
            path=d.path,
            title=title,
            summary=d.values.need(schema.SUMMARY),
            slug=d.values.get(schema.SLUG) or slugify(title) or d.id.partition("/")[2],
            nav=d.values.get(schema.NAV) or title,
            body=d.body,
            aliases=d.values.get(schema.ALIASES) or (),
            history=history,
        )
    return texts


def _original(pair: Pair, desk: _Desk) -> Document:
    return pair[desk.site.default_language]


def _breed(pair: Pair, desk: _Desk) -> Breed:
    d = _original(pair, desk)
    v = d.values
    signs = v.need(schema.PORTRAIT)
    low, high = v.need(schema.PRICE_RANGE)
    return Breed(
        id=d.id,
        texts=_texts(pair),
        size=v.need(schema.SIZE),
        adult_weight_kg=v.need(schema.ADULT_WEIGHT),
        lifespan_years=v.need(schema.LIFESPAN),
        price_range=(low, high),
        yearly_cost=v.need(schema.YEARLY_COST),
        origin=v.need(schema.ORIGIN),
        ratings={
            f.key: int(v.need(f))
            for f in (schema.ENERGY, schema.GROOMING, schema.BARKING, schema.HEAT, schema.FIRST_DOG)
        },
        signs=PortraitSigns(*(signs.need(f) for f in (schema.EARS, schema.MUZZLE, schema.COAT, schema.TAIL, schema.BUILD))),
    )


def _puppy(pair: Pair, desk: _Desk, breed_ids: set[str]) -> Puppy | None:
    d = _original(pair, desk)
    v = d.values
    status, breed = v.need(schema.STATUS), v.need(schema.BREED)
    before = len(desk.problems)
    if breed not in breed_ids:
        near = get_close_matches(breed, sorted(breed_ids), 1, 0.5)
        facts = {"near": near[0]} if near else {}
        desk.add(d, schema.BREED, "no-breed-near" if near else "no-breed", breed=breed, known=", ".join(sorted(breed_ids)), **facts)
    for f in schema.PUPPY:
        if status in f.needed and f not in v:
            desk.add(d, 1, "missing-for-status", key=f.key, status=status, example=f.kind.example)
        elif f.allowed and status not in f.allowed and f in v:
            desk.add(d, f, "not-for-status", key=f.key, status=status)
    if len(desk.problems) > before:
        return None
    life = _birth(d, desk) if status in schema.BORN else Expectation(
        v.need(schema.EXPECTED), int(v.need(schema.LITTER)) if schema.LITTER in v else None
    )
    photos = _photos(pair, desk)
    if len(desk.problems) > before:
        return None
    dates = [v.get(f) for f in (schema.LISTED, schema.RESERVED, schema.SOLD)]
    if isinstance(life, Birth):
        dates += [life.weighed, life.vet_check.date, *(dose.date for dose in life.vaccinations + life.dewormings)]
    return Puppy(
        id=d.id,
        texts=_texts(pair),
        code=v.need(schema.CODE),
        breed=f"breeds/{breed}",
        status=status,
        listed=v.need(schema.LISTED),
        status_since=v.get(schema.SOLD) or v.get(schema.RESERVED) or v.need(schema.LISTED),
        changed=max(day for day in dates if day is not None),
        colour=v.need(schema.COLOUR),
        price=v.need(schema.PRICE),
        includes=v.need(schema.INCLUDED),
        origin=v.need(schema.ORIGIN),
        raised=v.need(schema.RAISED),
        mother=_parent(v.need(schema.MOTHER)),
        father=_parent(v.need(schema.FATHER)),
        papers=v.need(schema.PAPERS),
        life=life,
        photos=photos,
    )


def _parent(v: Values) -> Parent:
    return Parent(v.need(schema.PARENT_NAME), v.need(schema.PARENT_COLOUR), v.need(schema.PARENT_WEIGHT))


def _birth(d: Document, desk: _Desk) -> Birth:
    v = d.values
    born = v.need(schema.BORN_ON)
    doses = {
        f: tuple(sorted((Dose(row.need(schema.PRODUCT), row.need(schema.GIVEN)) for row in v.need(f)), key=lambda x: (x.date, x.product)))
        for f in (schema.VACCINATIONS, schema.DEWORMINGS)
    }
    check = v.need(schema.VET_CHECK)
    vet = VetCheck(check.need(schema.GIVEN), check.need(schema.CLINIC))
    earliest = born + EIGHT_WEEKS
    ready = v.get(schema.READY) or earliest
    if ready < earliest:
        desk.add(d, schema.READY, "ready-too-young", ready=ready, earliest=earliest)
    if born > desk.today:
        desk.add(d, schema.BORN_ON, "born-in-future", born=born)
    past = [(schema.WEIGHED, v.need(schema.WEIGHED)), (schema.VET_CHECK, vet.date)]
    past += [(f, dose.date) for f, given in doses.items() for dose in given]
    for f, day in past:
        if day < born:
            desk.add(d, f, "before-birth", key=f.key, date=day, born=born)
        elif day > desk.today:
            desk.add(d, f, "in-future", key=f.key, date=day)
    return Birth(
        sex=v.need(schema.SEX),
        born=born,
        weight_kg=v.need(schema.WEIGHT),
        weighed=v.need(schema.WEIGHED),
        ready=ready,
        vaccinations=doses[schema.VACCINATIONS],
        dewormings=doses[schema.DEWORMINGS],
        vet_check=vet,
        microchip=v.need(schema.MICROCHIP),
    )


def _photos(pair: Pair, desk: _Desk) -> tuple[PhotoNote, ...]:
    """The owner's list first, in her order; a photo beside the page that is not in the list follows, by name."""
    original = _original(pair, desk)
    folder = original.path.rpartition("/")[0]
    alts: dict[str, dict[str, str]] = defaultdict(dict)
    notes: dict[str, tuple[date | None, bool]] = {}
    for lang, d in pair.items():
        for row in d.values.get(schema.PHOTOS) or ():
            name = row.need(schema.PHOTO_FILE)
            path = f"{folder}/{name}"
            if path not in desk.photos:
                beside = sorted(p.rpartition("/")[2] for p in desk.photos if p.startswith(folder + "/"))
                near = get_close_matches(name, beside, 1, 0.5)
                facts = {"near": near[0]} if near else {}
                desk.add(d, schema.PHOTOS, "no-photo-near" if near else "no-photo", file=name, **facts)
                continue
            if alt := row.get(schema.PHOTO_ALT):
                alts[path][lang] = alt
            if d is original:
                notes[path] = row.get(schema.PHOTO_TAKEN), bool(row.get(schema.PHOTO_MOTHER))
    for path in sorted(p for p in desk.photos if p.rpartition("/")[0] == folder):
        notes.setdefault(path, (None, False))
    return tuple(PhotoNote(path, taken, mother, alts[path]) for path, (taken, mother) in notes.items())


def _page(pair: Pair, desk: _Desk) -> Page:
    d = _original(pair, desk)
    layout = d.values.get(schema.LAYOUT) or "page"
    status = d.values.get(schema.STATUS_PAGE)
    if layout == "status" and status is None:
        desk.add(d, schema.LAYOUT, "status-page-without-status")
    return Page(
        id=d.id,
        texts=_texts(pair),
        layout=layout,
        status=status,
        updated=d.values.get(schema.UPDATED),
        effective=d.values.get(schema.EFFECTIVE),
        collects=d.values.get(schema.COLLECTS) or (),
    )


def _post(pair: Pair, desk: _Desk) -> Post:
    d = _original(pair, desk)
    return Post(d.id, _texts(pair), d.values.need(schema.POSTED), d.values.get(schema.UPDATED))


def _check_codes(pairs: Mapping[str, Pair], desk: _Desk) -> None:
    first: dict[str, Document] = {}
    for pair in _kind(pairs, "puppies"):
        d = _original(pair, desk)
        code = d.values.need(schema.CODE)
        if code in first:
            desk.add(d, schema.CODE, "code-twice", code=code, other=first[code].path)
        first.setdefault(code, d)


def _check_layouts(pages: Sequence[Page], desk: _Desk) -> None:
    by_layout: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        by_layout[page.layout].append(page)
    for layout in SINGLE_LAYOUTS:
        found = by_layout[layout]
        if not found:
            desk.problems.append(problem("content/pages", 0, "no-layout", layout=layout))
        for extra in found[1:]:
            first = found[0].texts[desk.site.default_language].path
            desk.problems.append(
                problem(extra.texts[desk.site.default_language].path, 0, "layout-twice", layout=layout, other=first)
            )
    statuses = [page.status for page in by_layout["status"]]
    for status in schema.STATUSES:
        if statuses.count(status) != 1:
            desk.problems.append(problem("content/pages", 0, "status-pages", status=status, count=statuses.count(status)))


def _check_policy(pages: Sequence[Page], pairs: Mapping[str, Pair], collected: Sequence[str], desk: _Desk) -> None:
    """The three promises of the policy brief: fields agree with the form, sections pair, both languages exist."""
    for page in (p for p in pages if p.layout == "policy"):
        pair = pairs[page.id]
        d = _original(pair, desk)
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
                desk.add(d, 0, "policy-untranslated", lang=lang)
                continue
            theirs = [(h.level, h.id) for h in pair[lang].body.headings]
            if theirs != ours:
                apart = sorted({id_ for _, id_ in ours} ^ {id_ for _, id_ in theirs})
                what = ", ".join(f"#{id_}" for id_ in apart) or "thứ tự / order"
                desk.add(pair[lang], 0, "policy-sections", what=what, original=d.path)


def _check_links(pairs: Mapping[str, Pair], desk: _Desk) -> None:
    """Links to documents, facts in braces, and pictures beside the page."""
    from sitegen.parse import identity

    files = sorted({d.path.removeprefix("content/") for pair in pairs.values() for d in pair.values() if not d.translation})
    for pair in pairs.values():
        for d in pair.values():
            for link in d.body.links:
                target = pairs.get(identity(f"content/{link.target}")[0]) if "/" in link.target else None
                if target is None or f"{link.target}" not in files:
                    near = get_close_matches(link.target, files, 1, 0.5)
                    facts = {"near": "/" + near[0]} if near else {}
                    desk.add(d, link.line, "no-page-near" if near else "no-page", target="/" + link.target, **facts)
                    continue
                shown = target.get(d.lang) or _original(target, desk)
                ids = {h.id for h in shown.body.headings}
                if link.fragment and link.fragment not in ids and f'id="{link.fragment}"' not in shown.body.html:
                    desk.add(d, link.line, "no-fragment", fragment=link.fragment, target="/" + link.target, known=", ".join(sorted(ids)) or "–")
            for name, line in d.body.facts:
                if name not in FACTS:
                    near = get_close_matches(name, FACTS, 1, 0.3)
                    desk.add(d, line, "no-fact", name=name, near=near[0] if near else FACTS[0])
            folder = d.path.rpartition("/")[0]
            for name, line in d.body.images:
                if f"{folder}/{name}" not in desk.photos:
                    desk.add(d, line, "no-photo", file=name)


def _check_menus(pairs: Mapping[str, Pair], desk: _Desk) -> None:
    wanted = [*desk.site.main_menu, *(page for column in desk.site.footer_menu for page in column.pages)]
    for id_ in wanted:
        if id_ not in pairs:
            near = get_close_matches(id_, list(pairs), 1, 0.5)
            facts = {"near": near[0]} if near else {}
            desk.problems.append(problem(desk.site_path, 0, "menu-page-near" if near else "menu-page", page=id_, **facts))


def untranslated(catalog: Catalog) -> list[tuple[str, str]]:
    """(path, language) of every entry that lacks a language: the build lists them, readers see the original."""
    entries: tuple[Entry, ...] = (*catalog.puppies, *catalog.breeds, *catalog.pages, *catalog.posts)
    languages = catalog.settings.languages
    default = catalog.settings.default_language
    return [(e.texts[default].path, lang) for e in entries for lang in languages if lang not in e.texts]


def require(catalog: Catalog | None, problems: Sequence[Problem]) -> Catalog:
    """The catalog, or `ContentError` with every problem."""
    if catalog is None or problems:
        raise ContentError(problems)
    return catalog
