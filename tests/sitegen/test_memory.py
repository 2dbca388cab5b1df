"""What is remembered between builds: little of it is read, and it reads as it was written."""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from sitegen.memo import FILE, Lost, Memo, Shelf, freeze, thaw
from sitegen.model import Puppy

if TYPE_CHECKING:
    from pathlib import Path

    import build

SHELF = Shelf("site", {}, "keyed", {}, {}, {}, "standing")


def save(memo: Memo, sources: dict[str, tuple[int, int, str]]) -> None:
    memo.prepare(sources=sources, shelf=SHELF, entries={}, gone=(), bodies={})
    memo.save(
        facts={"began": "1"}, outputs={}, pages={}, links=({}, {}), rows={}, stock=("stock",), cards={}, grounds={},
    )  # fmt: skip


def names(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / FILE)) as db:
        return {name for (name,) in db.execute("SELECT name FROM sheet")}


def test_a_remembered_puppy_is_fetched_once_and_only_when_more_than_her_brief_is_asked_for(shop: build.Built) -> None:
    puppy, fetched = shop.catalog.puppies[0], list[str]()

    def fetch(id_: str) -> Puppy:
        fetched.append(id_)
        return puppy

    later = Puppy.later(puppy.id, puppy.brief, fetch)
    assert (later.breed, later.status, later.price) == (puppy.breed, puppy.status, puppy.price)
    assert (later.listed, later.changed, later.brief) == (puppy.listed, puppy.changed, puppy.brief)
    assert fetched == []
    assert later.whole == puppy.whole
    assert later.code == puppy.code
    assert fetched == [puppy.id]


def test_a_remembered_puppy_goes_whole_to_another_process_and_into_the_memory(shop: build.Built) -> None:
    puppy = shop.catalog.puppies[0]
    later = Puppy.later(puppy.id, puppy.brief, lambda _: puppy)
    assert pickle.loads(pickle.dumps(later)).whole == puppy.whole
    assert thaw(freeze(later)).whole == puppy.whole


def test_what_a_puppy_has_not_is_not_looked_for_in_the_memory(shop: build.Built) -> None:
    puppy = shop.catalog.puppies[0]
    later: Any = Puppy.later(puppy.id, puppy.brief, lambda _: pytest.fail("fetched"))
    with pytest.raises(AttributeError):
        later.pedigree  # noqa: B018  (asking is what is tested)


def test_where_little_of_a_sheet_has_changed_only_that_is_written_and_it_reads_as_the_whole(tmp_path: Path) -> None:
    sources = {f"content/puppies/{n}/index.md": (n, 100, f"{n:032}") for n in range(100)}
    save(Memo(tmp_path, "1"), sources)
    assert "sources+" not in names(tmp_path)
    for size in (101, 102):
        memo = Memo(tmp_path, "1")
        assert memo.facts() == {"began": "1"}
        assert memo.sources() == sources
        sources = {**sources, "content/puppies/7/index.md": (7, size, "new")}
        save(memo, sources)
    assert "sources+" in names(tmp_path)
    assert Memo(tmp_path, "1").sources() == sources
    memo = Memo(tmp_path, "1")
    assert memo.sources()
    sources = dict.fromkeys(sources, (1, 2, "all"))
    save(memo, sources)
    assert Memo(tmp_path, "1").sources() == sources


def test_sheets_of_two_builds_are_never_taken_together(tmp_path: Path) -> None:
    save(Memo(tmp_path, "1"), {"a": (1, 1, "old")})
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        old = db.execute("SELECT data FROM sheet WHERE name = 'sources'").fetchone()
    save(Memo(tmp_path, "1"), {"a": (1, 1, "new")})
    with closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.execute("UPDATE sheet SET data = ? WHERE name = 'sources'", old)
    memo = Memo(tmp_path, "1")
    assert memo.facts()
    with pytest.raises(Lost):
        memo.sources()


def test_the_memory_of_another_program_is_none(tmp_path: Path) -> None:
    save(Memo(tmp_path, "1"), {"a": (1, 1, "x")})
    assert Memo(tmp_path, "1").sources()
    assert not Memo(tmp_path, "2").sources()
