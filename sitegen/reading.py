"""Source → Document → Catalog, and what of it need not be read again."""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

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
from sitegen.memo import Lost, Shelf, digest, freeze
from sitegen.model import Puppy, SourceFile
from sitegen.pool import Pool
from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, KeysView, Mapping, Sequence
    from pathlib import Path

    from sitegen.errors import Problem
    from sitegen.memo import Memo
    from sitegen.model import Brief, Catalog, Document, Entry, PhotoFile, Rendered, Settings
    from sitegen.options import Options

    Parsed = tuple[Document | None, list[Problem]]
    Meanwhile = Callable[[Mapping[str, tuple[int, int, str]], Settings], object]

PARSING_PAYS = 300
"""How many texts it takes before a second (forked) process is worth its start."""
Traits: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]
"""What is asked of every entry in every build, so that none has to be fetched for it: the photos that it shows, the
files that its words link to, and (path, language) of each translation that it lacks."""


class Read(Record):
    """The shop as its files say it is: `made_of` gives the digest of each entry's own files, `traits` see above,
    `stamps` those of all files, with their digests. `drafts`: what is to be said of pages that are not shown yet.
    `remembered`: the entries that the memory's addresses were given to, under the settings that still hold, and
    `changed` the ids of those that are made of other files than they were then."""

    catalog: Catalog
    made_of: Mapping[str, str]
    traits: Mapping[str, Traits]
    stamps: Mapping[str, tuple[int, int, str]]
    photos: tuple[PhotoFile, ...]
    drafts: tuple[Problem, ...]
    remembered: Mapping[str, Entry | None] | None
    changed: frozenset[str]


class Known(Record):
    """A reading that went well, this program's last or the memory's. `groups`: entry id → its texts and the photos
    beside them, valid while no file of `paths` comes or goes; `keys` are the digests of these files and of what else
    an entry is made of (`keyed`); `entries` are what came out (None: it is hidden); `standing` is the digest of all
    that the checks between files depend on besides the entries."""

    paths: frozenset[str] | KeysView[str]
    groups: dict[str, tuple[list[str], list[str]]]
    keyed: str
    keys: dict[str, str]
    traits: dict[str, Traits]
    entries: dict[str, Entry | None]
    standing: str


NOTHING = Known(frozenset(), {}, "", {}, {}, {}, "")


class Reading:
    """Reads one project, again and again. Between builds it keeps what it read; `memo` keeps it between runs."""

    def __init__(self, root: Path, memo: Memo) -> None:
        self._root, self._memo = root, memo
        self.facts: dict[str, str] = {}
        self._stamps: dict[str, tuple[int, int, str]] = {}
        self._seen: Mapping[str, source.Stamp] | None = None
        self._shelf: Shelf | None = None
        """What the memory has."""
        self._remembered = self._last = NOTHING
        self._bodies: dict[str, bytes] = {}
        self._parsed: dict[str, tuple[str, Parsed]] = {}
        self._settings: tuple[str, Settings] | None = None
        self._edited: set[str] = set()
        """Files that have changed since `_last`."""
        self._data: dict[str, bytes] = {}
        self._overlay = source.NO_OVERLAY
        self._drafts: tuple[Problem, ...] = ()

    def read(
        self, options: Options, overlay: source.Overlay, meanwhile: Meanwhile,
        changed: Collection[str] | None = None,
    ) -> Read:  # fmt: skip
        """The site's files as they are now, under a draft if one is given. `meanwhile` is done while another process
        reads, if there is one, and given the stamps of all files and the settings; `changed` are the only files that
        were saved since the last time, if that is known. Raises `ContentError` with every mistake."""
        self._overlay = overlay
        if self._seen is None:
            self._remember()
        fresh = None if changed is None or self._seen is None else source.look_again(self._root, self._seen, changed)
        self._seen = source.look(self._root) if fresh is None or self._seen is None else {**self._seen, **fresh}
        seen = overlay.over(self._seen)
        self._data = {}
        self._note(seen, seen if fresh is None or overlay is not source.NO_OVERLAY else fresh)
        return self._catalog(seen, options, meanwhile)

    def _remember(self) -> None:
        """Begin where the memory's build ended. Raises `Lost`."""
        self._shelf = shelf = self._memo.shelf()
        if shelf is None:
            return
        self._stamps, self.facts = dict(self._memo.sources()), self._memo.facts()
        self._seen = {path: stamp[:2] for path, stamp in self._stamps.items()}
        keys = shelf.keys

        def fetch(id_: str) -> Any:
            return self._memo.entry(id_, keys[id_])

        others = self._memo.entries_besides("puppies")

        def other(id_: str) -> Any:
            key, entry = others.get(id_, ("", None))
            if key != keys[id_]:
                raise Lost
            return entry

        entries: dict[str, Entry | None] = {
            id_: None if brief is None else Puppy.later(id_, brief, fetch) if brief else other(id_)
            for id_, brief in shelf.briefs.items()
        }
        self._last = self._remembered = Known(
            self._stamps.keys(), shelf.groups, shelf.keyed, keys, shelf.traits, entries, shelf.standing
        )

    def prepare(self) -> None:
        """Have the memory write down what was read; only a build that is written has it saved."""
        last, site, had = self._last, self._settings, self._shelf
        assert site is not None
        old = had.keys if had else {}
        fresh = {id_: last.entries[id_] for id_, key in last.keys.items() if old.get(id_) != key}
        rows = {id_: (last.keys[id_], freeze(_without_html(entry))) for id_, entry in fresh.items()}
        if had is None or had.site != site[0]:
            rows[source.SETTINGS] = site[0], freeze(site[1])
        briefs = {
            id_: had.briefs[id_] if had and id_ not in fresh else _brief(entry) for id_, entry in last.entries.items()
        }
        self._memo.prepare(
            sources=self._stamps,
            shelf=Shelf(site[0], last.groups, last.keyed, last.keys, last.traits, briefs, last.standing),
            entries=rows,
            gone=[id_ for id_ in old if id_ not in last.keys],
            bodies=self._bodies,
        )
        self._bodies = {}

    def _note(self, seen: Mapping[str, source.Stamp], among: Mapping[str, source.Stamp]) -> None:
        """Bring the digests up to date; only `among` these can any stamp have changed, and only files whose stamp has
        are read. When these are many, texts are left to those who will parse them."""
        known, until = self._stamps, glance.settled_until(self.facts)
        fresh = [
            path for path, stamp in among.items()
            if not ((before := known.get(path)) and before[0] < until and before[:2] == stamp)
        ]  # fmt: skip
        unread = {path: (*among[path], "") for path in fresh}
        # In the order of what was seen, so that a digest of all of them is the same however they were looked at.
        stamps = {**known, **unread} if among is not seen else {path: unread.get(path) or known[path] for path in seen}
        drafted = self._overlay.texts.keys() | self._overlay.photos.keys()
        left = {path for path in fresh if source.is_text(path) and path not in drafted and stamps[path][1] >= 0}
        for path in fresh if len(left) < PARSING_PAYS else [path for path in fresh if path not in left]:
            stamp = stamps[path][:2]
            # Kept until it is parsed: a file that is saved in between must not be parsed under an old digest.
            self._data[path] = self._read(path) if path in drafted else glance.content(str(self._root / path), stamp)
            stamps[path] = (*stamp, digest(self._data[path]))
        self._edited |= {path for path in fresh if path not in known or known[path][2] != stamps[path][2]}
        self._stamps, self.facts = stamps, {"began": str(time.time_ns())}

    def _catalog(self, seen: Mapping[str, source.Stamp], options: Options, meanwhile: Meanwhile) -> Read:
        site = self._site(options)
        photos, last = source.photos(seen), self._last
        groups = last.groups if last.paths == seen.keys() else _groups(_texts(seen), photos)
        today = options.today.isoformat()
        keyed = digest(today, *site.languages)
        stale = {parse.identity(path)[0] for path in self._edited if source.is_text(path)}
        old = last.keys if (last.groups, last.keyed) == (groups, keyed) else {}
        keys = {
            id_: old[id_] if id_ in old and id_ not in stale else self._key(keyed, *group)
            for id_, group in groups.items()
        }
        kept = {id_: last.entries[id_] for id_, key in keys.items() if key and last.keys.get(id_) == key}
        standing = digest(self._stamps[source.SETTINGS][2], today, repr(options.production), "\n".join(seen))
        before = last.entries if last.standing == standing else None
        try:
            catalog = self._assemble(
                groups, photos, kept, before, site, options, lambda: meanwhile(self._stamps, site)
            )
        except ContentError:
            if not kept:
                raise
            # Tell of it as a first build would, with the line of every mistake.
            catalog = self._assemble(groups, photos, {}, before, site, options, _nothing)
        there: dict[str, Entry] = {entry.id: entry for entry in catalog.entries()}
        waiting = drafts.ids(self._drafts)  # read each time, to be told of each time
        keys = {id_: key or self._key(keyed, *groups[id_]) for id_, key in keys.items() if id_ not in waiting}
        traits = {
            id_: last.traits[id_] if last.keys.get(id_) == keys[id_] and id_ in last.traits else _traits(entry, site)
            for id_, entry in there.items()
        }
        remembered, made_of = self._remembered.entries, self._remembered.keys
        entries = {id_: there.get(id_) for id_ in keys}
        self._last = Known(frozenset(seen), groups, keyed, keys, traits, entries, standing)
        self._edited.clear()
        return Read(
            catalog, keys, traits, self._stamps, photos, self._drafts,
            remembered if self._remembered.standing == standing else None,
            frozenset([id_ for id_, key in keys.items() if made_of.get(id_) != key]),
        )  # fmt: skip

    def _key(self, keyed: str, texts: Sequence[str], beside: Sequence[str]) -> str:
        """Of the files of an entry; empty while their digests are not known."""
        if not all(self._stamps[path][2] for path in texts):
            return ""
        return digest(keyed, *(f"{path}\n{self._stamps[path][2]}" for path in texts), *beside)

    def _site(self, options: Options) -> Settings:
        """site.yaml; its mistakes are told together with those of all texts."""
        key = self._stamps[source.SETTINGS][2]
        if self._settings is None and self._shelf and self._shelf.site == key:
            self._settings = key, self._memo.entry(source.SETTINGS, key)
        if self._settings is None or self._settings[0] != key:
            values, problems = parse.parse_settings(SourceFile(source.SETTINGS, self._read(source.SETTINGS)))
            if values is None:
                parsed = self._parse(_texts(self._stamps), schema.LANGUAGES[0], options, _nothing)
                raise ContentError([*problems, *(p for _, found in parsed.values() for p in found)])
            self._settings = key, shopfront.settings(values)
        return self._settings[1]

    def _assemble(
        self, groups: Mapping[str, tuple[list[str], list[str]]], photos: Sequence[PhotoFile],
        kept: Mapping[str, Entry | None], before: Mapping[str, Entry | None] | None, site: Settings,
        options: Options, meanwhile: Callable[[], object],
    ) -> Catalog:  # fmt: skip
        fresh = [path for id_, (texts, _) in groups.items() if id_ not in kept for path in texts]
        parsed = self._parse(fresh, site.default_language, options, meanwhile)
        documents = [document for document, _ in parsed.values() if document]
        catalog, problems = assemble.assemble(
            documents, photos, site, kept=[entry for entry in kept.values() if entry], before=before,
            today=options.today, collected=contract.COLLECTED, production=options.production,
            broken=[path for path, (document, _) in parsed.items() if document is None],
        )  # fmt: skip
        clashes = permalinks.clashes(documents, site, contract.THANKS, options.today) if catalog is None else ()
        told = _no_echo([*(p for _, found in parsed.values() for p in found), *problems, *clashes])
        self._drafts = drafts.told(documents, told)
        mistakes = [*drafts.mistakes(documents, told), *source.misnamed(self._seen or ())]
        return assemble.require(catalog, [parse.quoted(p, self._read) for p in mistakes])

    def _parse(
        self, paths: Sequence[str], language: str, options: Options, meanwhile: Callable[[], object]
    ) -> dict[str, Parsed]:
        """Every one of these files parsed, those that were not already."""

        def known(path: str) -> Parsed | None:
            stamp, found = self._stamps[path][2], self._parsed.get(path)
            return found[1] if found and stamp and found[0] == f"{language}{stamp}" else None

        fresh = [path for path in paths if known(path) is None]
        tell = progress.bar(owner.say("texts", options.lang), sys.stderr)
        reader = Reader(self._root, language, self._memo)
        pool = Pool(_same, reader, jobs=options.jobs, pays=PARSING_PAYS)
        results = pool.run(_read, [self._file(path) for path in fresh], lambda: reader, tell, meanwhile)
        for path, (stamp, result, bodies) in zip(fresh, results, strict=True):
            self._stamps[path] = (*self._stamps[path][:2], stamp)
            self._parsed[path] = f"{language}{stamp}", result
            self._bodies |= bodies
        return {path: found for path in paths if (found := known(path))}

    def _file(self, path: str) -> tuple[str, bytes | None]:
        """A file to parse; without its bytes when nobody has read it yet."""
        if not self._stamps[path][2]:
            return path, None
        data = self._data[path] if path in self._data else self._read(path)
        if digest(data) != self._stamps[path][2]:
            raise Lost  # it was saved just now
        return path, data

    def _read(self, path: str) -> bytes:
        drafted = self._overlay.texts.get(path)
        if photo := self._overlay.photos.get(path):
            return photo.digest.encode()  # it comes developed
        return (self._root / path).read_bytes() if drafted is None else drafted


def _texts(seen: Mapping[str, Sequence[Any]]) -> list[str]:
    return [path for path, stamp in seen.items() if stamp[1] >= 0 and source.is_text(path)]


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
    return Puppy(entry.id, texts, *entry.whole[2:]) if isinstance(entry, Puppy) else entry.replace(texts=texts)


def _brief(entry: Entry | None) -> Brief | tuple[()] | None:
    """What the memory's shelf holds of an entry: of a hidden one nothing, and the other kinds are always fetched."""
    return entry.brief if isinstance(entry, Puppy) else None if entry is None else ()


def _traits(entry: Entry, site: Settings) -> Traits:
    photos, links = [note.path for note in entry.photos] if isinstance(entry, Puppy) else [], []
    for text in entry.texts.values():
        folder = text.path.rpartition("/")[0]
        photos += [f"{folder}/{name}" for name, _ in text.body.images]
        links += [link.target for link in text.body.links]
    return tuple(photos), tuple(links), assemble.lacking(entry, site)


# Work for a pool: functions of a module, because another process has to find them by name.


class Reader(NamedTuple):
    """Who parses: for a project, whose first language is `language`."""

    root: Path
    language: str
    memo: Memo


def _nothing() -> None:
    """Nothing to do meanwhile."""


def _same(reader: Reader) -> Reader:
    return reader


def _read(
    reader: Reader, files: Sequence[tuple[str, bytes | None]]
) -> list[tuple[str, Parsed, dict[str, bytes]]]:
    """Each file's digest, what it is when it is parsed, and the texts in it that the memory did not know."""
    results = []
    for path, known in files:
        data = glance.content(f"{reader.root}{os.sep}{path}", (0, 0)) if known is None else known
        fresh: dict[str, bytes] = {}

        def words(text: str, key: str, fresh: dict[str, bytes] = fresh) -> Rendered:
            found: Rendered | None = reader.memo.body(key)
            if found is None:
                found = parse.words(text, key)
                fresh[key] = freeze(found)
            return found

        results.append((digest(data), parse.parse(SourceFile(path, data), reader.language, words), fresh))
    return results
