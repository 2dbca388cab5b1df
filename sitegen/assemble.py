"""Documents → Catalog: pair the languages, check every file against the others, make the shop's own things."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import TYPE_CHECKING, cast

from sitegen import schema
from sitegen.crosscheck import (
    Desk,
    Pair,
    check_codes,
    check_home,
    check_layouts,
    check_links,
    check_menus,
    check_policy,
    check_puppies,
    check_samples,
    layout_of,
    of_kind,
    original,
    sample_values,
)
from sitegen.drafts import drafts, mistakes
from sitegen.errors import ContentError, problem
from sitegen.kinds import Values
from sitegen.model import (
    CENTRE,
    EIGHT_WEEKS,
    Birth,
    Breed,
    Catalog,
    Document,
    Dose,
    Expectation,
    Page,
    Parent,
    PhotoNote,
    PortraitSigns,
    Post,
    Puppy,
    Settings,
    Text,
    VetCheck,
)
from sitegen.parse import identity
from sitegen.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sitegen.errors import Problem
    from sitegen.model import Entry, PhotoFile, Status


def assemble(
    documents: Iterable[Document],
    photos: Iterable[PhotoFile],
    site: Settings,
    *,
    today: date,
    collected: Sequence[str],
    broken: Iterable[str] = (),
    kept: Iterable[Entry] = (),
    before: Mapping[str, Entry | None] | None = None,
    site_path: str = "site.yaml",
    production: bool = False,
) -> tuple[Catalog | None, list[Problem]]:
    """Pair and check all documents, also those with mistakes of their own: every mistake is told at once. `collected`
    are the form's fields that hold data about a person, which the privacy policy must name; `broken` are the paths of
    files that could not be read. With `production`, drafts are left out and sample values are mistakes. `kept` are
    entries made by an earlier build from files that are still the same; a mistake found with them has no line, so
    whoever keeps entries begins again without, to tell of it. `before` are entries by id that stood these checks, with
    the same settings and photos on the same day: while nothing differs that they look at, they are not made again. The
    catalog is None when any file has a mistake, unless it is a draft's."""
    unread = frozenset(identity(path)[0] for path in broken)
    desk = Desk(site, site_path, {photo.path: photo for photo in photos}, today, unread)
    read, known = tuple(documents), tuple(kept)
    pairs = _pair(read, desk)
    breeds = [e for e in known if isinstance(e, Breed)]
    breed_ids = _breed_ids(pairs, breeds, desk)
    check_puppies(pairs | desk.hidden, desk, breed_ids)
    if before is not None and not (desk.problems or unread) and all(document.whole for document in read):
        catalog = _catalog(pairs, known, breed_ids, desk)
        if alike(catalog, before):
            return catalog, []
    kept_puppies = [e for e in known if isinstance(e, Puppy)]
    if any(puppy.breed.partition("/")[2] not in breed_ids.values() for puppy in kept_puppies):
        desk.problems.append(problem("content/puppies", 0, "no-breed", breed="", known=""))
    everything = pairs | {entry.id: _documents(entry, site.default_language) for entry in known}
    check_codes(everything, desk)
    check_layouts(everything, desk)
    check_home(everything, desk)
    check_policy(everything, collected, desk)
    check_links(everything, desk)
    check_menus(everything, desk)
    if production:
        desk.problems.extend(sample_values(site, site_path))
        check_samples(everything, desk)
    unfinished = drafts(read)
    whole = all(d.whole or d.id in unfinished for d in read) and not unread - unfinished
    if mistakes(read, desk.problems) or not whole:
        return None, desk.problems
    return _catalog(pairs, known, breed_ids, desk), desk.problems


def _catalog(pairs: Mapping[str, Pair], kept: Iterable[Entry], breed_ids: Mapping[str, str], desk: Desk) -> Catalog:
    """The shop's own things, from documents without mistakes and those that are made already."""
    default = desk.site.default_language
    known = tuple(kept)
    breeds = [e for e in known if isinstance(e, Breed)] + [_breed(pair) for pair in of_kind(pairs, "breeds")]
    puppies = [e for e in known if isinstance(e, Puppy)]
    puppies += [_puppy(pair, desk, breed_ids) for pair in of_kind(pairs, "puppies")]
    pages = [e for e in known if isinstance(e, Page)] + [_page(pair) for pair in of_kind(pairs, "pages")]
    posts = [e for e in known if isinstance(e, Post)] + [_post(pair) for pair in of_kind(pairs, "posts")]
    policy = next((page for page in pages if page.layout == "policy"), None)
    return Catalog(
        settings=desk.site,
        today=desk.today,
        puppies=tuple(sorted(puppies, key=catalogue_order)),
        breeds=tuple(sorted(breeds, key=lambda b: slugify(b.texts[default].title))),
        pages=tuple(sorted(pages, key=lambda page: page.id)),
        posts=tuple(sorted(posts, key=lambda p: (p.posted, p.id), reverse=True)),
        policy_version=policy_version(policy) if policy else "",
    )


def alike(catalog: Catalog, before: Mapping[str, Entry | None]) -> bool:
    """Whether both hold the same entries (None: a hidden one) with the same faces: then the one stands every check that
    the other stood, and every page is where it was."""
    new = catalog.entries()
    return len(new) == sum(entry is not None for entry in before.values()) and all(
        (was := before.get(entry.id)) is entry or (was is not None and face(was) == face(entry)) for entry in new
    )


def face(entry: Entry) -> object:
    """What the checks of files against one another, the addresses, and other entries' checks look at in an entry."""
    texts = tuple(
        (lang, text.path, text.slug, text.aliases, text.body._replace(html=None, key=""))
        for lang, text in sorted(entry.texts.items())
    )
    match entry:
        case Puppy():
            chip = entry.life.microchip if isinstance(entry.life, Birth) else ""
            return texts, entry.code, entry.breed, entry.sample, chip
        case Page():
            return texts, entry.layout, entry.status, entry.effective, entry.collects
        case _:
            return texts, tuple(text.title for text in entry.texts.values())


def _breed_ids(pairs: Mapping[str, Pair], breeds: Iterable[Breed], desk: Desk) -> dict[str, str]:
    """What a puppy may call its breed → the breed's folder: that folder, or either language's title. A breed that
    cannot be read is there all the same."""
    titles = {b.id: [text.title for text in b.texts.values()] for b in breeds}
    titles |= {
        pair[desk.site.default_language].id: [t for d in pair.values() if (t := d.values.get(schema.TITLE))]
        for pair in of_kind(pairs, "breeds")
    }
    folders = {id_.partition("/")[2]: names for id_, names in titles.items()}
    folders |= {id_.partition("/")[2]: [] for id_ in desk.broken if id_.startswith("breeds/")}
    named = {slugify(title): folder for folder, names in folders.items() for title in names}
    return named | {folder: folder for folder in folders}


def _documents(entry: Entry, default_language: str) -> Pair:
    """A kept entry as the checks see it: its texts, and the facts that the checks compare with others'."""
    facts: dict[str, object] = {}
    if isinstance(entry, Puppy):
        facts = {schema.CODE.key: entry.code, schema.SAMPLE_PUPPY.key: entry.sample}
        if isinstance(entry.life, Birth):
            facts[schema.MICROCHIP.key] = entry.life.microchip
    elif isinstance(entry, Page):
        facts = {schema.LAYOUT.key: entry.layout, schema.COLLECTS.key: entry.collects}
        facts |= {schema.STATUS_PAGE.key: entry.status} if entry.status else {}
        facts |= {schema.EFFECTIVE.key: entry.effective} if entry.effective else {}
    values = Values(facts, {})
    kind = entry.id.partition("/")[0]
    return {
        lang: Document(entry.id, kind, lang, text.path, values, text.body, lang != default_language)
        for lang, text in entry.texts.items()
    }


def catalogue_order(puppy: Puppy) -> tuple[int, int, str]:
    """The stated sort rule: those looking for a home first, the newest advert first."""
    return _PLACE[puppy.status], -puppy.listed.toordinal(), puppy.id


_PLACE = {status: place for place, status in enumerate(schema.STATUSES)}


def policy_version(policy: Page) -> str:
    """A short hash of both texts: what an inquiry's consent refers to (policy brief)."""
    digest = hashlib.sha256(str(policy.effective).encode())
    for lang in sorted(policy.texts):
        digest.update(f"\0{lang}\0{policy.texts[lang].title}\0{policy.texts[lang].body.key}".encode())
    return digest.hexdigest()[:8]


def _pair(documents: Iterable[Document], desk: Desk) -> dict[str, Pair]:
    """Documents by id and language; hidden ones go to the desk, so that nothing later shows them."""
    groups: dict[str, Pair] = defaultdict(dict)
    for document in sorted(documents, key=lambda d: (d.id, d.path)):
        pair = groups[document.id]
        if document.lang in pair:
            desk.add(document, 0, "same-page-twice", other=pair[document.lang].path)
        pair[document.lang] = document
    default = desk.site.default_language
    kept: dict[str, Pair] = {}
    for id_, pair in groups.items():
        original = pair.get(default)
        if original is None:
            if id_ in desk.broken:
                continue
            only = next(iter(pair.values()))
            desk.add(only, 0, "no-original", wanted=re.sub(r"\.\w+\.md$", ".md", only.path))
            continue
        for lang, document in pair.items():
            if lang != default:
                _agree(original, document, desk)
        (desk.hidden if hidden(original, desk.today) else kept)[id_] = pair
    return kept


def hidden(document: Document, today: date) -> bool:
    """Whether an original is kept back: a draft, or one whose day has not come."""
    shows = document.values.get(schema.PUBLISH_ON)
    return document.values.get(schema.DRAFT) is True or (shows is not None and shows > today)


def _agree(original: Document, translation: Document, desk: Desk) -> None:
    for f in schema.BY_KIND[original.kind]:
        if f.words or f.key in original.values.unread | translation.values.unread:
            continue
        if f not in translation.values:
            continue
        if f not in original.values:
            desk.add(translation, f, "fact-elsewhere", key=f.key, original=original.path)
        elif translation.values.get(f) != original.values.get(f):
            desk.add(translation, f, "facts-disagree", key=f.key, original=original.path, line=original.values.line(f))


def slug_of(d: Document) -> str | None:
    """The last part of a document's address; None while it has a mistake in it."""
    if schema.SLUG in d.values or schema.SLUG.key in d.values.unread:
        return d.values.get(schema.SLUG)
    title = d.values.get(schema.TITLE)
    return None if title is None else slugify(title) or d.id.partition("/")[2]


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
            slug=slug_of(d) or "",
            nav=d.values.get(schema.NAV) or title,
            body=d.body,
            aliases=d.values.get(schema.ALIASES) or (),
            history=history,
        )
    return texts


def _breed(pair: Pair) -> Breed:
    d = original(pair)
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
        signs=PortraitSigns(
            *(
                signs.need(f)
                for f in (schema.EARS, schema.MUZZLE, schema.COAT, schema.TAIL, schema.BUILD, schema.COLOUR)
            )
        ),
    )


def _puppy(pair: Pair, desk: Desk, breed_ids: Mapping[str, str]) -> Puppy:
    d = original(pair)
    v = d.values
    status = v.need(schema.STATUS)
    life = (
        _birth(v)
        if status in schema.BORN
        else Expectation(v.need(schema.EXPECTED), int(v.need(schema.LITTER)) if schema.LITTER in v else None)
    )
    dates = [v.get(f) for f in (schema.LISTED, schema.RESERVED, schema.SOLD)]
    if isinstance(life, Birth):
        dates += [life.weighed, life.vet_check.date, *(dose.date for dose in life.vaccinations + life.dewormings)]
    since = {"reserved": schema.RESERVED, "sold": schema.SOLD}.get(status)
    return Puppy(
        id=d.id,
        texts=_texts(pair),
        code=v.need(schema.CODE),
        breed=f"breeds/{breed_ids[slugify(v.need(schema.BREED))]}",
        status=cast("Status", status),
        listed=v.need(schema.LISTED),
        status_since=v.get(since) if since else None,
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
        photos=_photos(pair, desk),
        sample=v.get(schema.SAMPLE_PUPPY) is True,
    )


def _parent(v: Values) -> Parent:
    return Parent(v.need(schema.PARENT_NAME), v.need(schema.PARENT_COLOUR), v.need(schema.PARENT_WEIGHT))


def _birth(v: Values) -> Birth:
    born = v.need(schema.BORN_ON)
    doses = {
        f.key: tuple(
            sorted(
                (Dose(row.need(schema.PRODUCT), row.need(schema.GIVEN)) for row in v.need(f)),
                key=lambda x: (x.date, x.product),
            )
        )
        for f in (schema.VACCINATIONS, schema.DEWORMINGS)
    }
    check = v.need(schema.VET_CHECK)
    return Birth(
        sex=v.need(schema.SEX),
        born=born,
        weight_kg=v.need(schema.WEIGHT),
        weighed=v.need(schema.WEIGHED),
        ready=v.get(schema.READY) or born + EIGHT_WEEKS,
        vaccinations=doses[schema.VACCINATIONS.key],
        dewormings=doses[schema.DEWORMINGS.key],
        vet_check=VetCheck(check.need(schema.GIVEN), check.need(schema.CLINIC)),
        microchip=v.need(schema.MICROCHIP),
    )


def _photos(pair: Pair, desk: Desk) -> tuple[PhotoNote, ...]:
    """The owner's list first, in her order; a photo beside the page that is not in the list follows, by name."""
    folder = original(pair).path.rpartition("/")[0]
    alts: dict[str, dict[str, str]] = defaultdict(dict)
    notes: dict[str, tuple[date | None, bool, tuple[float, float]]] = {}
    for lang, d in pair.items():
        for row in d.values.get(schema.PHOTOS) or ():
            path = f"{folder}/{row.need(schema.PHOTO_FILE)}"
            if alt := row.get(schema.PHOTO_ALT):
                alts[path][lang] = alt
            if not d.translation:
                with_mother = row.get(schema.PHOTO_MOTHER)
                notes[path] = row.get(schema.PHOTO_TAKEN), with_mother is True, row.get(schema.PHOTO_FOCUS) or CENTRE
    for name in desk.beside(original(pair)):
        notes.setdefault(f"{folder}/{name}", (None, False, CENTRE))
    return tuple(PhotoNote(path, *note, alts[path]) for path, note in notes.items())


def _page(pair: Pair) -> Page:
    d = original(pair)
    return Page(
        id=d.id,
        texts=_texts(pair),
        layout=layout_of(pair) or "page",
        status=d.values.get(schema.STATUS_PAGE),
        updated=d.values.get(schema.UPDATED),
        effective=d.values.get(schema.EFFECTIVE),
        collects=d.values.get(schema.COLLECTS) or (),
    )


def _post(pair: Pair) -> Post:
    d = original(pair)
    return Post(d.id, _texts(pair), d.values.need(schema.POSTED), d.values.get(schema.UPDATED))


def lacking(entry: Entry, site: Settings) -> tuple[tuple[str, str], ...]:
    """(path, language) of each translation that the entry lacks: the build lists them, readers see the original."""
    original = entry.texts[site.default_language].path
    return tuple([(original, lang) for lang in site.languages if lang not in entry.texts])


def require(catalog: Catalog | None, problems: Sequence[Problem]) -> Catalog:
    """The catalog, or `ContentError` with every problem."""
    if catalog is None or problems:
        raise ContentError(problems)
    return catalog
