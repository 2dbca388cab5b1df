"""The whole way from content to a site, and what of it need not be walked again."""

from __future__ import annotations

import gc
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen import (
    assemble,
    contract,
    drawings,
    feeds,
    glance,
    headers,
    owner,
    parse,
    permalinks,
    phrases,
    portrait,
    progress,
    schema,
    sharing,
    source,
    styles,
)
from sitegen.album import Album
from sitegen.engine import Engines
from sitegen.errors import ContentError, Problem, problem
from sitegen.keys import Keys
from sitegen.memo import Lost, Memo, digest, freeze, thaw
from sitegen.model import Document, Output, Place, SourceFile
from sitegen.pictures import Fault, Photo
from sitegen.pool import Pool
from sitegen.render import output_path
from sitegen.workroom import Made, Materials, Order, Workroom

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from markupsafe import Markup

    from sitegen.headers import HostTable
    from sitegen.memo import PageNote
    from sitegen.model import Catalog, Entry, PhotoFile, Rendered, Settings
    from sitegen.options import Options

PARSING_PAYS, PAGES_PAY, DRAWING_PAYS = 300, 150, 60
"""How many texts, pages and drawings it takes before a second (forked) process is worth its start."""
Parsed = tuple[Document | None, list[Problem]]


@dataclass(frozen=True, slots=True)
class Built:
    """A whole site. A page equal to the last build's is there as the file that holds it, or as the very same bytes."""

    outputs: tuple[Output, ...]
    routes: tuple[Place, ...]
    catalog: Catalog
    table: HostTable
    untranslated: tuple[tuple[str, str], ...]


class Builder:
    """Builds one project, again and again. Between builds it keeps what it made; `memo` keeps it between runs.

    `out` is the folder of the last build: a page that is still the same is left there. Files in it that are not as they
    were written are named in `damaged`, and made again. Finished pages go to the folder `spool`, or stay in memory.
    """

    materials: Materials
    """What the last build's pages were made from."""

    def __init__(
        self, root: Path, memo: Memo, out: Path | None = None, damaged: frozenset[str] = frozenset(),
        spool: Path | None = None,
    ) -> None:  # fmt: skip
        self._root, self._memo, self._spool = root, memo, spool
        self._stamps, self._facts = memo.sources(), memo.facts()
        self._entries: dict[str, tuple[str, Entry | None]] = {}
        self._frozen = memo.entries()
        self._parsed: dict[str, tuple[str, Parsed]] = {}
        self._bodies: dict[str, bytes] = {}
        notes = memo.pages() if out else {}
        self._pages: dict[str, tuple[PageNote, Output]] = {
            path: (note, Output(path, out / path, note.source))
            for path, note in notes.items()
            if out and path not in damaged
        }
        self._engines = Engines(root / ".cache" / "templates", memo.version)
        self._data: dict[str, bytes] = {}
        self._overlay = source.NO_OVERLAY

    def build(self, options: Options, overlay: source.Overlay = source.NO_OVERLAY) -> Built:
        """The site as it is now, under a draft if one is given. Raises `ContentError`; writes nothing but caches."""
        self._overlay = overlay
        # A build makes values and throws none away, so looking for garbage would only cost time (a fifth of it).
        collecting = gc.isenabled()
        gc.disable()
        try:
            return self._build(options)
        except Lost:
            # The memory is damaged: begin again without any.
            self._memo.forget()
            self.__init__(self._root, self._memo, spool=self._spool)  # type: ignore[misc]  # as if it had just been made
            self._overlay = overlay
            return self._build(options)
        finally:
            if collecting:
                # In the preview: what is kept for the next build need not be looked through while pages are served.
                gc.freeze()
                gc.enable()

    def _build(self, options: Options) -> Built:
        seen = self._overlay.over(source.look(self._root))
        self._data = {}
        self._note(seen)
        catalog, made_of = self._catalog(seen, options)
        links, problems = permalinks.permalinks(catalog, contract.THANKS)
        if problems:
            raise ContentError(problems)
        photos = self._develop(seen, options)
        materials, files = self._materials(catalog, links, photos, options)
        self.materials = materials
        room = Workroom(materials, self._engines)
        pages = self._make_pages(room, made_of, options)

        site = catalog.settings
        lost = catalog.page("not-found")
        table = headers.host_table(
            map(styles.csp_hash, materials.styles.values()), links.redirects,
            {desk.frame.site.home.url: links.urls[lost.id][lang] for lang, desk in room.desks.items()},
            styles.csp_hash(materials.templates["partials/boot.html"].rstrip()),
        )  # fmt: skip
        notes = [note for note, _ in pages.values()]
        outputs = [*files, *room.feeds()]
        outputs += [output for _, output in pages.values()]
        outputs += [feeds.sitemap((n.url, n.row) for n in notes), feeds.robots(site), *headers.static_files(table)]
        outputs += [feeds.redirect_page(old, new, site, site.default_language) for old, new in links.redirects.items()]
        outputs += self._pictures(photos, notes, options)
        self._pages = pages
        return Built(
            tuple({output.path: output for output in outputs}.values()),
            tuple(Place(note.url, note.lang, note.source, bool(note.row)) for note in notes), catalog, table,
            tuple(assemble.untranslated(catalog)),
        )  # fmt: skip

    # Source → Document → Catalog

    def _note(self, seen: Mapping[str, source.Stamp]) -> None:
        """Bring the digests up to date: only files whose stamp has changed are read."""
        stamps = {}
        for path, stamp in seen.items():
            known = self._stamps.get(path)
            if known and known[:2] == stamp and glance.settled(stamp, self._facts):
                stamps[path] = known
            else:
                # Kept until it is parsed: a file that is saved in between must not be parsed under an old digest.
                drafted = path in self._overlay.texts or path in self._overlay.photos
                self._data[path] = self._read(path) if drafted else glance.content(str(self._root / path), stamp)
                stamps[path] = (*stamp, digest(self._data[path]))
        self._stamps, self._facts = stamps, {"began": str(time.time_ns())}

    def _catalog(self, seen: Mapping[str, source.Stamp], options: Options) -> tuple[Catalog, dict[str, str]]:
        """The catalog, and by entry the digest of the files it is made of."""
        values, problems = parse.parse_settings(SourceFile(source.SETTINGS, self._read(source.SETTINGS)))
        texts = [path for path, (_, size) in seen.items() if size >= 0 and source.is_text(path)]
        if values is None:
            parsed = self._parse(texts, schema.LANGUAGES[0], options)
            raise ContentError([*problems, *(p for _, found in parsed.values() for p in found)])
        site = assemble.settings(values)
        groups, today = _groups(texts, source.photos(seen)), options.today.isoformat()
        keys = {
            id_: digest(today, site.default_language, *(f"{path}\n{self._stamps[path][2]}" for path in files), *photos)
            for id_, (files, photos) in groups.items()
        }
        kept = self._kept(keys)
        try:
            catalog = self._assemble(groups, kept, seen, site, options)
        except ContentError:
            if not kept:
                raise
            # Tell of it as a first build would, with the line of every mistake.
            catalog = self._assemble(groups, {}, seen, site, options)
        entries: Iterable[Entry] = (*catalog.pages, *catalog.puppies, *catalog.breeds, *catalog.posts)
        by_id: dict[str, Entry] = {entry.id: entry for entry in entries}
        self._entries = {id_: (key, by_id.get(id_)) for id_, key in keys.items()}
        return catalog, keys

    def _kept(self, keys: Mapping[str, str]) -> dict[str, Entry | None]:
        """The entries whose files are the same. None: one that is hidden."""
        kept: dict[str, Entry | None] = {}
        for id_, key in keys.items():
            known = self._entries.get(id_)
            if known is None and id_ in self._frozen and self._frozen[id_][0] == key:
                known = key, thaw(self._frozen[id_][1])
            if known and known[0] == key:
                kept[id_] = known[1]
        return kept

    def _assemble(
        self, groups: Mapping[str, tuple[list[str], list[str]]], kept: Mapping[str, Entry | None],
        seen: Mapping[str, source.Stamp], site: Settings, options: Options,
    ) -> Catalog:  # fmt: skip
        fresh = [path for id_, (texts, _) in groups.items() if id_ not in kept for path in texts]
        parsed = self._parse(fresh, site.default_language, options)
        documents = [document for document, _ in parsed.values() if document]
        catalog, problems = assemble.assemble(
            documents, source.photos(seen), site, kept=[entry for entry in kept.values() if entry],
            today=options.today, collected=contract.COLLECTED, production=options.production,
            broken=[path for path, (document, _) in parsed.items() if document is None],
        )  # fmt: skip
        clashes = permalinks.clashes(documents, site, contract.THANKS, options.today) if catalog is None else ()
        return assemble.require(catalog, [*(p for _, found in parsed.values() for p in found), *problems, *clashes])

    def _parse(self, paths: Sequence[str], language: str, options: Options) -> dict[str, Parsed]:
        """Every one of these files parsed, those that were not already."""

        def known(path: str) -> Parsed | None:
            stamp, found = self._stamps[path][2], self._parsed.get(path)
            return found[1] if found and found[0] == f"{language}{stamp}" else None

        fresh = [self._source(path) for path in paths if known(path) is None]
        tell = progress.bar(owner.say("texts", options.lang), sys.stderr)
        pool = Pool(_reader, (language, self._memo), jobs=options.jobs, pays=PARSING_PAYS)
        results = pool.run(_read, fresh, lambda: _reader((language, self._memo)), tell)
        for file, (result, bodies) in zip(fresh, results, strict=True):
            self._parsed[file.path] = f"{language}{self._stamps[file.path][2]}", result
            self._bodies |= bodies
        return {path: found for path in paths if (found := known(path))}

    def _source(self, path: str) -> SourceFile:
        data = self._data[path] if path in self._data else self._read(path)
        if digest(data) != self._stamps[path][2]:
            raise Lost  # it was saved just now
        return SourceFile(path, data)

    def _read(self, path: str) -> bytes:
        drafted = self._overlay.texts.get(path)
        if photo := self._overlay.photos.get(path):
            return photo.digest.encode()  # it comes developed
        return (self._root / path).read_bytes() if drafted is None else drafted

    # What pages are made from

    def _develop(self, seen: Mapping[str, source.Stamp], options: Options) -> dict[str, Photo]:
        """Every photo developed; one that cannot be is a mistake naming its file."""
        tell = progress.bar(owner.say("photos", options.lang), sys.stderr)
        album = Album(self._root / ".cache" / "pictures")
        drafted = self._overlay.photos
        photos = [photo for photo in source.photos(seen) if photo.path not in drafted]
        answers = album.develop(self._root, photos, jobs=options.jobs, progress=tell)
        faults = [problem(p, 0, f"photo-{answer.code}") for p, answer in answers.items() if isinstance(answer, Fault)]
        if faults:
            raise ContentError(faults)
        developed = {path: answer for path, answer in answers.items() if isinstance(answer, Photo)}
        return developed | {path: photo for path, photo in drafted.items() if photo is not None}

    def _materials(
        self, catalog: Catalog, links: permalinks.Permalinks, photos: Mapping[str, Photo], options: Options
    ) -> tuple[Materials, list[Output]]:
        """What stands around the catalog, and the files of static/."""
        static, words = self._root / "static", self._root / "templates" / "strings"
        strings = {name: _words(text) for name, text in source.read_texts(words, "*.yaml").items()}
        templates = source.read_texts(self._root / "templates", "*.html")
        texts = {f"js/{name}": text for name, text in source.read_texts(static / "js", "*.js").items()}
        texts["icons/favicon.svg"] = portrait.favicon()
        sheets = source.read_texts(static / "css", "*.css")
        languages = catalog.settings.languages
        texts |= {f"js/inquiry.{lang}.json": contract.kit(lang, catalog.settings) for lang in languages}
        files = {name: styles.fingerprint(name, text) for name, text in texts.items()}
        form = contract.style_path().read_text(encoding="utf-8")
        materials = Materials(
            catalog=catalog,
            links=links,
            values={lang: strings[f"values.{lang}.yaml"] for lang in languages},
            interface={lang: strings[f"interface.{lang}.yaml"] for lang in languages},
            templates=templates,
            styles=_styles(tuple(sheets.items()), tuple(templates.items()), form),
            assets={name: f"/{output.path}" for name, output in files.items()},
            wordmark=portrait.wordmark(),
            photos=photos,
            cache=self._root / ".cache",
            drawn=options.drawings,
            memo=self._memo,
            spool=self._spool,
        )
        return materials, list(files.values())

    # Catalog → Route → Output

    def _make_pages(
        self, room: Workroom, made_of: Mapping[str, str], options: Options
    ) -> dict[str, tuple[PageNote, Output]]:
        """Every page by its path: those with an equal key as they are, the others made anew."""
        keys = Keys(room, made_of)
        cache = self._root / ".cache"
        drawn = drawings.kept(cache / "drawings") | drawings.kept(cache / "share")
        pages: dict[str, tuple[PageNote, Output]] = {}
        orders = []
        for lang, desk in room.desks.items():
            for entry in room.entries.values():
                path, key = output_path(desk.frame.url(entry)), keys.of(entry, lang)
                known = self._pages.get(path)
                if known and known[0].key == key and self._drawn(known[0], drawn, options):
                    pages[path] = known
                else:
                    orders.append(Order(entry.id, lang, path, key))
        tell = progress.bar(owner.say("pages", options.lang), sys.stderr)
        pool = Pool(Workroom, room.materials, jobs=options.jobs, pays=PAGES_PAY)
        made = list(pool.run(Workroom.make, orders, lambda: room, tell))
        problems = [page for page in made if isinstance(page, Problem)]
        if problems:
            raise ContentError(problems)
        done = [page for page in made if isinstance(page, Made)]
        pages |= {page.note.path: (page.note, page.output) for page in done}
        wanted = {name: drawing for page in done for name, drawing in page.drawings.items() if name not in drawn}
        if options.drawings:
            self._draw(wanted, options)
        if options.share_pictures:
            shares = {key: order for page in done for key, order in page.shares.items()}
            tell = progress.bar(owner.say("share", options.lang), sys.stderr)
            sharing.draw_shares(shares.values(), cache / "share", jobs=options.jobs, progress=tell)
        return pages

    def _drawn(self, note: PageNote, there: frozenset[str], options: Options) -> bool:
        """Whether all pictures of a page are in the cache, or not wanted."""
        return there.issuperset(note.pictures) or all(
            name in there or not (options.share_pictures if name.endswith(".jpg") else options.drawings)
            for name in note.pictures
        )

    def _draw(self, wanted: Mapping[str, drawings.Drawing], options: Options) -> None:
        tell = progress.bar(owner.say("drawings", options.lang), sys.stderr)
        folder = self._root / ".cache" / "drawings"
        pool = Pool(drawings.Easel, folder, jobs=options.jobs, pays=DRAWING_PAYS)
        for _ in pool.run(_draw, list(wanted.values()), lambda: drawings.Easel(folder), tell):
            pass

    def _pictures(self, photos: Mapping[str, Photo], notes: Sequence[PageNote], options: Options) -> list[Output]:
        cache = self._root / ".cache"
        album = Album(cache / "pictures")
        outputs = [
            Output(f"pictures/{variant.name}", album.path(photo, variant), path)
            for path, photo in photos.items()
            for variant in photo.variants
        ]
        for name in dict.fromkeys(name for note in notes for name in note.pictures):
            if name.endswith(".jpg"):
                if options.share_pictures:
                    outputs.append(sharing.output(name.removesuffix(".jpg"), cache / "share"))
            elif options.drawings:
                outputs.append(drawings.output(name, cache / "drawings"))
        return outputs

    def remember(self, outputs: Mapping[str, tuple[int, int]], facts: Mapping[str, str]) -> None:
        """Have the memory keep this build, which has been written: `outputs` are the stamps of its files, `facts` what
        there was to say."""
        frozen = {
            id_: self._frozen[id_] if self._frozen.get(id_, ("",))[0] == key else (key, freeze(_without_html(entry)))
            for id_, (key, entry) in self._entries.items()
        }
        self._memo.save(
            facts={**facts, **self._facts}, sources=self._stamps, outputs=outputs, entries=frozen, bodies=self._bodies,
            pages=[note for note, _ in self._pages.values()],
        )  # fmt: skip
        self._frozen, self._bodies = frozen, {}


_Texts = tuple[tuple[str, str], ...]
# The preview makes these anew only when their texts have changed.
_words = lru_cache(maxsize=16)(phrases.read_words)


@lru_cache(maxsize=2)
def _styles(sheets: _Texts, templates: _Texts, form: str) -> dict[str, Markup]:
    return styles.bundles(dict(sheets), dict(templates), form)


def _groups(texts: Iterable[str], photos: Iterable[PhotoFile]) -> dict[str, tuple[list[str], list[str]]]:
    """By id: its Markdown files, and the photos beside them."""
    groups: dict[str, tuple[list[str], list[str]]] = {}
    beside: dict[str, list[str]] = defaultdict(list)
    for photo in photos:
        beside[photo.path.rpartition("/")[0]].append(photo.path)
    for path in texts:
        groups.setdefault(parse.identity(path)[0], ([], beside[path.rpartition("/")[0]]))[0].append(path)
    return groups


def _without_html(entry: Entry | None) -> Entry | None:
    """An entry as the memory keeps it: the HTML of its texts lies elsewhere (model.Body)."""
    if entry is None:
        return None
    texts = {lang: replace(text, body=replace(text.body, html=None)) for lang, text in entry.texts.items()}
    return replace(entry, texts=texts)


# Work for a pool: functions of a module, because another process has to find them by name.


def _reader(materials: tuple[str, Memo]) -> tuple[str, Memo]:
    return materials


def _read(reader: tuple[str, Memo], files: Sequence[SourceFile]) -> list[tuple[Parsed, dict[str, bytes]]]:
    """Each file parsed, with the texts in it that the memory did not know."""
    language, memo = reader
    results = []
    for file in files:
        fresh: dict[str, bytes] = {}

        def words(text: str, fresh: dict[str, bytes] = fresh) -> Rendered:
            key = digest(text)
            known: Rendered | None = memo.body(key)
            if known is None:
                known = parse.words(text)
                fresh[key] = freeze(known)
            return known

        results.append((parse.parse(file, language, words), fresh))
    return results


def _draw(easel: drawings.Easel, wanted: Sequence[drawings.Drawing]) -> list[None]:
    for drawing in wanted:
        easel.text(drawing)
    return [None] * len(wanted)
