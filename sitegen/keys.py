"""The digest of everything that a page is made of. Pages with equal keys are equal: they are neither made nor written.

Each page depends on its own files, on what all pages show of other entries (their addresses and titles), on the
puppies in its lists, on its template and style, and on the program. `tests/sitegen/test_incremental.py` edits a site at
random and holds what is kept to a clean build, byte for byte.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from sitegen import routes
from sitegen.memo import digest, digest_of_digests
from sitegen.model import Body, Breed, Page, Post, Puppy
from sitegen.parse import identity
from sitegen.schema import STATUSES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sitegen.cards import Neighbours
    from sitegen.frame import Frame
    from sitegen.model import Entry
    from sitegen.workroom import Materials

Grounds: TypeAlias = "Mapping[str, str]"
"""See `Keys.grounds`."""
SHOWING_PUPPIES = ("home", "catalogue", "status", "breeds", "prices", "contact")
"""Layouts of pages that list or count puppies."""


class Keys:
    """Keys for the pages of a workroom: `own` has the digest of each entry by id, `around` by language that of what all
    its pages share."""

    def __init__(self, materials: Materials, frames: Mapping[str, Frame], neighbours: Neighbours) -> None:
        m, catalog = materials, materials.catalog
        self._parts: dict[str, str] = {}
        self._shareds: dict[tuple[str, str], str] = {}
        self._traits, self.own = m.traits, _Own(m)
        self._puppies, self._breeds = catalog.puppies, catalog.breeds
        self._neighbours, self._links = neighbours, m.links
        others: tuple[Page | Breed | Post, ...] = (*catalog.pages, *catalog.breeds, *catalog.posts)
        outsides = digest(*(f"{_outside(entry)!r}{m.links.urls[entry.id]!r}" for entry in others))
        everywhere = digest(
            m.memo.version, repr(catalog.settings), catalog.today.isoformat(), catalog.policy_version, outsides,
            repr(m.drawn),
        )  # fmt: skip
        self.around = {
            lang: digest(
                everywhere, repr(frame.site), repr(frame.facts), repr(m.values[lang]), repr(m.interface[lang])
            )
            for lang, frame in frames.items()
        }  # fmt: skip
        self._template = m.marks
        self._showns: dict[str, str] = {}

    # Found out when they are asked for: the preview looks at one page, and a first build at all.

    def _shown(self, status: str) -> str:
        if status not in self._showns:
            self._showns[status] = digest_of_digests([self.own[p.id] for p in self._puppies if p.status == status])
        return self._showns[status]

    @cached_property
    def _counts(self) -> str:
        return repr([self._neighbours.counts[status] for status in STATUSES])

    def grounds(self, photos: str) -> dict[str, str]:
        """What the keys of many pages rest on, by the id of a breed that of its puppies' pages, and of all pages under
        an empty one, each as a digest. `photos` is that of all photos."""
        common = digest(photos, *self.around.values(), *self._template.values())
        breeds = {
            breed.id: digest_of_digests([self.own[other.id] for other in self._neighbours.among(breed.id)])
            for breed in self._breeds
        }
        return {"": common, **breeds}

    @staticmethod
    def unsure(entries: Iterable[Entry], changed: Collection[str], before: Grounds, now: Grounds) -> list[str] | None:
        """The ids of those entries whose pages can have another key than they had on the grounds `before`; None: any.
        `changed` are the ids of those that are made of other files; nothing has another address."""
        if before.get("") != now[""]:
            return None
        other = {breed for breed, ground in now.items() if before.get(breed) != ground}
        return [e.id for e in entries if e.id in changed or not isinstance(e, Puppy) or e.breed in other]

    def of(self, entry: Entry, lang: str) -> str:
        """The key of the entry's page: what it shares with its like, then what is its own. (Two digests side by side,
        because there are thousands to compare in every build.)"""
        part = self._parts.get(entry.id)
        if part is None:
            part = self._parts[entry.id] = digest_of_digests(self._of_any_language(entry))
        if links := self._traits[entry.id][1]:
            part = digest(part, *self._targets(links, lang))
        return self._shared(routes.template(entry), lang) + part

    def _shared(self, template: str, lang: str) -> str:
        known = self._shareds.get((template, lang))
        if known is None:
            known = digest_of_digests([self.around[lang], self._template[template]])
            self._shareds[template, lang] = known
        return known

    def _of_any_language(self, entry: Entry) -> list[str]:
        parts = [self.own[entry.id]]
        if isinstance(entry, Puppy):
            parts += [self.own[other.id] for other in self._neighbours.of(entry)]
        elif isinstance(entry, Breed):
            parts += [self.own[p.id] for p in self._neighbours.shown.get(entry.id, ())]
        elif isinstance(entry, Page) and entry.layout in SHOWING_PUPPIES:
            shown = [entry.status or ""] if entry.layout == "status" else ["available", "reserved", "expected"]
            parts += [digest(self._counts), *(self._shown(status) for status in shown)]
        return parts

    def _targets(self, links: Sequence[str], lang: str) -> list[str]:
        """Where links to these files lead: puppies' addresses are not part of what all pages share."""
        return [self._links.urls[identity(f"content/{target}")[0]][lang] for target in links]


class _Own(dict[str, str]):
    """By id the digest of what an entry is made of itself: its files, and its photos as they are encoded."""

    def __init__(self, materials: Materials) -> None:
        super().__init__()
        self._made_of, self._traits, self._photos = materials.made_of, materials.traits, materials.photos

    def __missing__(self, id_: str) -> str:
        made_of, photos = self._made_of[id_], self._traits[id_][0]
        self[id_] = found = digest(made_of, *(repr(self._photos[path]) for path in photos)) if photos else made_of
        return found


def _outside(entry: Page | Breed | Post) -> Entry:
    """What other pages can show of an entry: everything but its words."""
    texts = {lang: text._replace(body=Body("")) for lang, text in entry.texts.items()}
    return entry.replace(texts=texts)
