"""Source → Document → Catalog, and what of it need not be read again."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen import (
    assemble,
    contract,
    drafts,
    glance,
    owner,
    parse,
    permalinks,
    progress,
    schema,
    shopfront,
    source,
)
from sitegen.errors import ContentError
from sitegen.memo import Lost, digest, freeze, thaw
from sitegen.model import SourceFile
from sitegen.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from sitegen.errors import Problem
    from sitegen.memo import Memo
    from sitegen.model import Catalog, Document, Entry, PhotoFile, Rendered, Settings
    from sitegen.options import Options

    Parsed = tuple[Document | None, list[Problem]]

PARSING_PAYS = 300
"""How many texts it takes before a second (forked) process is worth its start."""


@dataclass(frozen=True, slots=True)
class Read:
    """The shop as its files say it is: `made_of` gives the digest of each entry's own files, `seen` the stamps of all
    files. `drafts`: what is to be said of pages that are not shown yet."""

    catalog: Catalog
    made_of: Mapping[str, str]
    seen: Mapping[str, source.Stamp]
    photos: tuple[PhotoFile, ...]
    drafts: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which files belong together, until a file comes or goes: entry id → its texts and the photos beside them."""

    paths: frozenset[str]
    photos: tuple[PhotoFile, ...]
    groups: Mapping[str, tuple[list[str], list[str]]]


class Reading:
    """Reads one project, again and again. Between builds it keeps what it read; `memo` keeps it between runs."""

    def __init__(self, root: Path, memo: Memo) -> None:
        self._root, self._memo = root, memo
        self.stamps, self.facts = memo.sources(), memo.facts()
        self._bodies: dict[str, bytes] = {}
        self._entries: dict[str, tuple[str, Entry | None]] = {}
        self._frozen = memo.entries()
        self._parsed: dict[str, tuple[str, Parsed]] = {}
        self._seen: Mapping[str, source.Stamp] = {}
        self._settings: tuple[str, Settings] | None = None
        self._shelf: Shelf | None = None
        self._last: tuple[tuple[Shelf, Settings, Options], Catalog] | None = None
        """The last catalog that stood all checks, and under which conditions."""
        self._data: dict[str, bytes] = {}
        self._overlay = source.NO_OVERLAY
        self._drafts: tuple[Problem, ...] = ()

    def read(
        self, options: Options, overlay: source.Overlay, meanwhile: Callable[[], object],
        changed: Collection[str] = (),
    ) -> Read:  # fmt: skip
        """The site's files as they are now, under a draft if one is given. `meanwhile` is done while another process
        reads, if there is one; `changed` are the only files that were saved since the last time, if that is known.
        Raises `ContentError` with every mistake."""
        self._overlay = overlay
        seen = source.look_again(self._root, self._seen, changed) if changed and self._seen else source.look(self._root)
        self._seen = seen
        seen = overlay.over(seen)
        self._data = {}
        self._note(seen)
        return self._catalog(seen, options, meanwhile)

    def prepare(self) -> None:
        """Have the memory write down what was read; only a build that is written has it saved."""
        self._frozen = {
            id_: self._frozen[id_] if self._frozen.get(id_, ("",))[0] == key else (key, freeze(_without_html(entry)))
            for id_, (key, entry) in self._entries.items()
        }
        self._memo.prepare(sources=self.stamps, entries=self._frozen, bodies=self._bodies)
        self._bodies = {}

    def _note(self, seen: Mapping[str, source.Stamp]) -> None:
        """Bring the digests up to date: only files whose stamp has changed are read."""
        stamps = {}
        for path, stamp in seen.items():
            known = self.stamps.get(path)
            if known and known[:2] == stamp and glance.settled(stamp, self.facts):
                stamps[path] = known
            else:
                # Kept until it is parsed: a file that is saved in between must not be parsed under an old digest.
                drafted = path in self._overlay.texts or path in self._overlay.photos
                self._data[path] = self._read(path) if drafted else glance.content(str(self._root / path), stamp)
                stamps[path] = (*stamp, digest(self._data[path]))
        self.stamps, self.facts = stamps, {"began": str(time.time_ns())}

    def _catalog(self, seen: Mapping[str, source.Stamp], options: Options, meanwhile: Callable[[], object]) -> Read:
        texts = [path for path, (_, size) in seen.items() if size >= 0 and source.is_text(path)]
        site = self._site(texts, options, meanwhile)
        shelf = self._put_up(seen, texts)
        today = options.today.isoformat()
        keys = {
            id_: digest(today, site.default_language, *(f"{path}\n{self.stamps[path][2]}" for path in files), *photos)
            for id_, (files, photos) in shelf.groups.items()
        }
        kept = self._kept(keys)
        try:
            catalog = self._assemble(shelf, kept, site, options, meanwhile)
        except ContentError:
            if not kept:
                raise
            # Tell of it as a first build would, with the line of every mistake.
            catalog = self._assemble(shelf, {}, site, options, meanwhile)
        by_id: dict[str, Entry] = {entry.id: entry for entry in catalog.entries()}
        waiting = drafts.ids(self._drafts)  # read each time, to be told of each time
        self._entries = {id_: (key, by_id.get(id_)) for id_, key in keys.items() if id_ not in waiting}
        self._last = (shelf, site, options), catalog
        return Read(catalog, keys, seen, shelf.photos, self._drafts)

    def _site(self, texts: Sequence[str], options: Options, meanwhile: Callable[[], object]) -> Settings:
        """site.yaml; its mistakes are told together with those of all texts."""
        key = self.stamps[source.SETTINGS][2]
        if self._settings is None or self._settings[0] != key:
            values, problems = parse.parse_settings(SourceFile(source.SETTINGS, self._read(source.SETTINGS)))
            if values is None:
                parsed = self._parse(texts, schema.LANGUAGES[0], options, meanwhile)
                raise ContentError([*problems, *(p for _, found in parsed.values() for p in found)])
            self._settings = key, shopfront.settings(values)
        return self._settings[1]

    def _put_up(self, seen: Mapping[str, source.Stamp], texts: Sequence[str]) -> Shelf:
        """The shelf for these files; the last one while there are no others."""
        photos = source.photos(seen)
        if self._shelf is None or self._shelf.photos != photos or self._shelf.paths != seen.keys():
            self._shelf = Shelf(frozenset(seen), photos, _groups(texts, photos))
        return self._shelf

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
        self, shelf: Shelf, kept: Mapping[str, Entry | None], site: Settings, options: Options,
        meanwhile: Callable[[], object],
    ) -> Catalog:  # fmt: skip
        fresh = [path for id_, (texts, _) in shelf.groups.items() if id_ not in kept for path in texts]
        parsed = self._parse(fresh, site.default_language, options, meanwhile)
        documents = [document for document, _ in parsed.values() if document]
        catalog, problems = assemble.assemble(
            documents, shelf.photos, site, kept=[entry for entry in kept.values() if entry],
            before=self._before(shelf, site, options), today=options.today, collected=contract.COLLECTED,
            production=options.production, broken=[path for path, (document, _) in parsed.items() if document is None],
        )  # fmt: skip
        clashes = permalinks.clashes(documents, site, contract.THANKS, options.today) if catalog is None else ()
        told = _no_echo([*(p for _, found in parsed.values() for p in found), *problems, *clashes])
        self._drafts = drafts.told(documents, told)
        mistakes = [*drafts.mistakes(documents, told), *source.misnamed(self._seen)]
        return assemble.require(catalog, [parse.quoted(p, self._read) for p in mistakes])

    def _before(self, shelf: Shelf, site: Settings, options: Options) -> Catalog | None:
        """The last catalog, if its checks were the ones that are due now."""
        return self._last[1] if self._last and self._last[0] == (shelf, site, options) else None

    def _parse(
        self, paths: Sequence[str], language: str, options: Options, meanwhile: Callable[[], object]
    ) -> dict[str, Parsed]:
        """Every one of these files parsed, those that were not already."""

        def known(path: str) -> Parsed | None:
            stamp, found = self.stamps[path][2], self._parsed.get(path)
            return found[1] if found and found[0] == f"{language}{stamp}" else None

        fresh = [self._source(path) for path in paths if known(path) is None]
        tell = progress.bar(owner.say("texts", options.lang), sys.stderr)
        pool = Pool(_reader, (language, self._memo), jobs=options.jobs, pays=PARSING_PAYS)
        results = pool.run(_read, fresh, lambda: _reader((language, self._memo)), tell, meanwhile)
        for file, (result, bodies) in zip(fresh, results, strict=True):
            self._parsed[file.path] = f"{language}{self.stamps[file.path][2]}", result
            self._bodies |= bodies
        return {path: found for path in paths if (found := known(path))}

    def _source(self, path: str) -> SourceFile:
        data = self._data[path] if path in self._data else self._read(path)
        if digest(data) != self.stamps[path][2]:
            raise Lost  # it was saved just now
        return SourceFile(path, data)

    def _read(self, path: str) -> bytes:
        drafted = self._overlay.texts.get(path)
        if photo := self._overlay.photos.get(path):
            return photo.digest.encode()  # it comes developed
        return (self._root / path).read_bytes() if drafted is None else drafted


def _groups(texts: Iterable[str], photos: Iterable[PhotoFile]) -> dict[str, tuple[list[str], list[str]]]:
    """By id: its Markdown files, and the photos beside them."""
    groups: dict[str, tuple[list[str], list[str]]] = {}
    beside: dict[str, list[str]] = defaultdict(list)
    for photo in photos:
        beside[photo.path.rpartition("/")[0]].append(photo.path)
    for path in texts:
        groups.setdefault(parse.identity(path)[0], ([], beside[path.rpartition("/")[0]]))[0].append(path)
    return groups


def _no_echo(told: Sequence[Problem]) -> list[Problem]:
    """The problems without those that follow from another: what stands in the wrong file is not missing as well."""
    elsewhere = {
        (facts["original"], facts["key"]) for p in told if p.code == "fact-elsewhere" and (facts := dict(p.facts))
    }
    return [p for p in told if p.code not in drafts.OPEN or (p.path, dict(p.facts)["key"]) not in elsewhere]


def _without_html(entry: Entry | None) -> Entry | None:
    """An entry as the memory keeps it: the HTML of its texts lies elsewhere (model.Body)."""
    if entry is None:
        return None
    texts = {lang: text._replace(body=text.body._replace(html=None)) for lang, text in entry.texts.items()}
    return entry._replace(texts=texts)


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
