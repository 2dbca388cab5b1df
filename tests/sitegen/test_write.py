"""The folder for the site: whole or not at all, nobody else's, and nothing touched that has not changed."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitegen import owner
from sitegen.errors import ContentError
from sitegen.model import Output
from sitegen.write import FEW, LARGE, MARK, Written, recover, spool, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]


def outputs(files: Mapping[str, str]) -> list[Output]:
    return [Output(path, text.encode()) for path, text in files.items()]


def found(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
        for path in out.rglob("*") if path.is_file() and path.name != MARK
    }  # fmt: skip


SITE = {"index.html": "Chào", "cun/bong/index.html": "Bông", "en/index.html": "Hello"}


def test_the_folder_holds_exactly_the_site(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    assert write(outputs(SITE), out) == Written(changed=3, same=0, removed=0, fresh=frozenset(SITE))
    assert found(out) == SITE
    later = {"index.html": "Chào bạn", "cun/bong/index.html": "Bông"}
    assert write(outputs(later), out) == Written(changed=1, same=1, removed=1, fresh=frozenset({"index.html"}))
    assert found(out) == later
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_what_has_not_changed_keeps_its_date(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    write(outputs(SITE), out)
    before = {path: (out / path).stat().st_mtime_ns for path in SITE}
    time.sleep(0.01)
    write(outputs({**SITE, "index.html": "Mới"}), out)
    after = {path: (out / path).stat().st_mtime_ns for path in SITE}
    assert after["index.html"] > before["index.html"]
    assert {**after, "index.html": 0} == {**before, "index.html": 0}


def test_what_somebody_changed_by_hand_is_put_right(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    write(outputs(SITE), out)
    time.sleep(0.01)
    (out / "index.html").write_text("vandal", encoding="utf-8")
    (out / "en" / "index.html").unlink()
    write(outputs(SITE), out)
    assert found(out) == SITE


@pytest.mark.parametrize("name", ["holiday.jpg", MARK, ".git"])
def test_a_folder_of_somebody_elses_is_never_emptied(tmp_path: Path, name: str) -> None:
    out = tmp_path / "Documents"
    out.mkdir()
    (out / name).write_text("mine", encoding="utf-8")
    for anew in (False, True):
        with pytest.raises(ContentError) as error:
            write(outputs(SITE), out, anew=anew)
        assert (out / name).read_text(encoding="utf-8") == "mine"
    assert "Documents" in owner.report(error.value.problems, "vi")
    assert [path.name for path in tmp_path.iterdir()] == ["Documents"]


def test_an_empty_folder_may_be_used_and_a_missing_one_is_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "empty", tmp_path / "far" / "away"):
        write(outputs(SITE), out)
        assert found(out) == SITE


def test_a_site_made_anew_takes_nothing_over_and_the_old_one_stands_until_then(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    write(outputs(SITE), out)
    (out / "added.html").write_text("by somebody", encoding="utf-8")
    with pytest.raises(OSError, match=r"gone\.jpg"):
        write([*outputs(SITE), Output("photo.jpg", tmp_path / "gone.jpg")], out, anew=True)
    assert found(out) == {**SITE, "added.html": "by somebody"}
    assert write(outputs(SITE), out, anew=True).changed == len(SITE)
    assert found(out) == SITE


def test_a_file_that_somebody_put_into_the_folder_is_moved_and_named_once(tmp_path: Path) -> None:
    out, kept = tmp_path / "dist", tmp_path / "kept"
    write(outputs(SITE), out, strays=kept)
    # One is called as a file of the site is, elsewhere.
    for turn, named in (("1", ("cun/index.html", "google.html")), ("2", ("cun/index-2.html", "google-2.html"))):
        for path in ("google.html", "cun/index.html"):
            (out / path).write_text(f"mine {turn}", encoding="utf-8")
        (out / "cun" / "Thumbs.db").write_text("the system's", encoding="utf-8")
        assert write(outputs({**SITE, "index.html": turn}), out, strays=kept).strays == named
        assert found(out) == {**SITE, "index.html": turn}
    assert found(kept) == {
        "google.html": "mine 1", "cun/index.html": "mine 1", "google-2.html": "mine 2", "cun/index-2.html": "mine 2",
    }  # fmt: skip
    assert write(outputs(SITE), out, anew=True, strays=kept).strays == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "kept"]


def test_a_file_that_the_site_has_itself_by_now_need_not_be_kept(tmp_path: Path) -> None:
    out, kept = tmp_path / "dist", tmp_path / "kept"
    write(outputs(SITE), out, strays=kept)
    (out / "google.html").write_text("token", encoding="utf-8")
    assert write(outputs({**SITE, "google.html": "token"}), out, strays=kept).strays == ()
    assert not kept.exists()


def test_a_build_that_was_killed_before_it_had_cleared_away_loses_nothing_of_anybodys(tmp_path: Path) -> None:
    """It lay in the old folder, which is thrown away last."""
    out, kept = tmp_path / "dist", tmp_path / "kept"
    write(outputs(SITE), out, strays=kept)
    old = tmp_path / ".dist-making-1-0"
    shutil.copytree(out, old)
    (old / "google.html").write_text("mine", encoding="utf-8")
    os.utime(old, (1, 1))
    assert recover(out, kept) == ("google.html",)
    assert found(kept) == {"google.html": "mine"}
    assert not old.exists()


def test_a_build_during_which_the_machine_slept_ends_as_any_other(tmp_path: Path) -> None:
    out, hour_ago = tmp_path / "dist", time.time() - 3600
    with spool(out) as finished:
        (finished / "index.html").write_text("a", encoding="utf-8")
        os.utime(finished, (hour_ago, hour_ago))
        write([Output("index.html", finished / "index.html", "", "digest")], out, spooled=finished)
    assert found(out) == {"index.html": "a"}
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_a_slow_build_is_left_alone_by_another_as_long_as_it_lives(tmp_path: Path) -> None:
    out, hour_ago = tmp_path / "dist", time.time() - 3600
    slow = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    folder = tmp_path / f".dist-making-{slow.pid}-0"
    folder.mkdir()
    os.utime(folder, (hour_ago, hour_ago))
    recover(out)
    assert folder.exists()
    slow.communicate(b"\n")
    recover(out)
    # Windows does not say whether a process is there; there the folder goes after a day.
    assert folder.exists() == (os.name == "nt")


def test_in_a_large_site_few_changes_neither_look_for_such_a_file_nor_write_over_it(tmp_path: Path) -> None:
    out, kept = tmp_path / "dist", tmp_path / "kept"
    archive = {f"archive/{n}.html": "old" for n in range(LARGE + 1)}
    write(outputs({**archive, **SITE}), out, strays=kept)
    (out / "google.html").write_text("mine", encoding="utf-8")
    assert write(outputs({**archive, **SITE, "index.html": "Mới"}), out, strays=kept).strays == ()
    assert (out / "google.html").read_text(encoding="utf-8") == "mine"
    later = {**archive, **SITE, "google.html": "the site's"}
    assert write(outputs(later), out, strays=kept).strays == ("google.html",)
    assert (found(out), found(kept)) == (later, {"google.html": "mine"})


def test_a_failure_in_the_middle_leaves_the_previous_site(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    write(outputs(SITE), out)
    broken = [*outputs({"index.html": "Mới"}), Output("photo.jpg", tmp_path / "gone.jpg")]
    with pytest.raises(OSError, match=r"gone\.jpg"):
        write(broken, out)
    assert found(out) == SITE
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


WRITER = """
import sys
from pathlib import Path
from sitegen.model import Output
from sitegen.write import write
old = [Output(f"archive/{n}.html", b"old") for n in range(int(sys.argv[3]))]
for turn in range(1000):
    new = [Output(f"{n}/index.html", f"turn {turn}".encode()) for n in range(int(sys.argv[2]))]
    write(old + new, Path(sys.argv[1]))
    print(turn, flush=True)
"""


def killed_builds(out: Path, pages: int, times: int, archive: int = 0) -> Iterator[dict[str, str]]:
    """What lies in `out` after each of so many builds was killed at a random moment."""
    chance = random.Random(22)
    for _ in range(times):
        command = [sys.executable, "-c", textwrap.dedent(WRITER), str(out), str(pages), str(archive)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.random() * 0.05)
            process.kill()
        if sys.platform != "win32" or out.exists():
            # Two folders cannot be exchanged on Windows; the next build puts back the one that was set aside.
            yield found(out)


@pytest.mark.parametrize("pages", [60, FEW + 50])
def test_a_build_killed_at_any_moment_leaves_the_previous_site_whole(pages: int, tmp_path: Path) -> None:
    for site in killed_builds(tmp_path / "dist", pages, 5):
        assert len(site) == pages
        assert len(set(site.values())) == 1, "pages of two builds stand side by side"
    write(outputs(SITE), tmp_path / "dist")
    assert found(tmp_path / "dist") == SITE


def test_a_large_site_killed_among_few_changes_has_whole_pages_and_is_finished_by_the_next(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    for site in killed_builds(out, 60, 8, archive=LARGE + 1):
        pages = [text for path, text in site.items() if not path.startswith("archive/")]
        assert len(pages) == 60
        assert all(re.fullmatch(r"turn \d+", text) for text in pages)
        assert len(set(pages)) <= 2
        recover(out)
        finished = [text for path, text in found(out).items() if not path.startswith("archive/")]
        assert len(set(finished)) == 1, "pages of two builds stand side by side"
    write(outputs(SITE), out)
    assert found(out) == SITE
