"""Saving whole or not at all; every version can be had back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sitegen.workshop.ledger import ChangedMeanwhile, Gone, Ledger

PATH = "content/puppies/bo/index.md"
ENGLISH = "content/puppies/bo/index.en.md"
PHOTO = "content/puppies/bo/bo.jpg"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_bytes(b"mot")
    (tmp_path / PHOTO).write_bytes(b"anh")
    return tmp_path


def test_a_save_changes_the_file_and_keeps_both_versions(root: Path) -> None:
    ledger = Ledger(root)
    change = ledger.commit("save", "puppies/bo", "Bơ", {PATH: b"hai"})
    assert change is not None
    assert (root / PATH).read_bytes() == b"hai"
    before, after = change.files[PATH]
    assert before is not None
    assert after is not None
    assert ledger.blob(before).read_bytes() == b"mot"
    assert ledger.blob(after).read_bytes() == b"hai"
    assert ledger.commit("save", "puppies/bo", "Bơ", {PATH: b"hai"}) is None


def test_undo_puts_back_what_was_and_can_itself_be_undone(root: Path) -> None:
    ledger = Ledger(root)
    change = ledger.commit("save", "puppies/bo", "Bơ", {PATH: b"hai"})
    assert change is not None
    back = ledger.undo(change.id)
    assert back is not None
    assert (root / PATH).read_bytes() == b"mot"
    ledger.undo(back.id)
    assert (root / PATH).read_bytes() == b"hai"
    assert [c.what for c in ledger.changes("puppies/bo")] == ["undo", "undo", "save"]


def test_a_deleted_puppy_comes_back_with_its_photos(root: Path) -> None:
    ledger = Ledger(root)
    gone = ledger.commit("delete", "puppies/bo", "Bơ", {PATH: None, PHOTO: None})
    assert gone is not None
    assert not (root / PATH).parent.exists()
    Ledger(root).undo(gone.id)
    assert (root / PHOTO).read_bytes() == b"anh"
    assert (root / PATH).read_bytes() == b"mot"


def test_what_somebody_changed_meanwhile_is_not_overwritten(root: Path) -> None:
    ledger = Ledger(root)
    opened = ledger.current(PATH)
    (root / PATH).write_bytes(b"nguoi khac")
    with pytest.raises(ChangedMeanwhile) as caught:
        ledger.commit("save", "puppies/bo", "Bơ", {PATH: b"hai"}, expected={PATH: opened})
    assert caught.value.paths == (PATH,)
    assert (root / PATH).read_bytes() == b"nguoi khac"
    assert ledger.changes() == []


def test_undo_refuses_when_the_file_has_gone_on(root: Path) -> None:
    ledger = Ledger(root)
    change = ledger.commit("save", "puppies/bo", "Bơ", {PATH: b"hai"})
    assert change is not None
    (root / PATH).write_bytes(b"ba")
    with pytest.raises(ChangedMeanwhile):
        ledger.undo(change.id)


def test_photos_thrown_away_long_ago_are_let_go_and_words_never(root: Path) -> None:
    ledger = Ledger(root)
    gone = ledger.commit("delete", "puppies/bo", "Bơ", {PATH: None, PHOTO: None})
    assert gone is not None
    for path in (root / ".workshop" / "blobs").iterdir():
        os.utime(path, (0, 0))
    ledger.sweep()
    with pytest.raises(Gone):
        ledger.undo(gone.id)
    assert ledger.blob(gone.files[PATH][0] or "").read_bytes() == b"mot"


# A program that saves in an endless loop, two files at a time, and says when it has begun.
SAVER = """
import sys
from pathlib import Path
from sitegen.workshop.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]))
size = int(sys.argv[2])
print("go", flush=True)
n = 0
while True:
    n += 1
    text = (f"{n}\\n" * (size // 2)).encode()
    ledger.commit("save", "puppies/bo", "Bo", dict.fromkeys(sys.argv[3:], text))
"""


def test_a_kill_in_mid_save_loses_nothing(root: Path) -> None:
    """Killed at any moment, each file holds one whole version; the next start makes both the same one."""
    english = root / ENGLISH
    english.write_bytes(b"mot")
    for n in range(6):
        saver = subprocess.Popen(
            [sys.executable, "-c", SAVER, str(root), "200000", PATH, ENGLISH],
            stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert saver.stdout is not None
        saver.stdout.readline()
        time.sleep(0.05 + 0.017 * n)
        saver.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        saver.wait()
        saver.stdout.close()
        for path in (root / PATH, english):
            assert len(set(path.read_bytes().splitlines())) == 1, "half of one version and half of another"
        ledger = Ledger(root)
        assert (root / PATH).read_bytes() == english.read_bytes()
        newest = ledger.changes()[0]
        assert ledger.current(PATH) == newest.files[PATH][1]
        assert not list((root / ".workshop" / "changes").glob("*.open"))
