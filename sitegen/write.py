"""Make dist/ hold exactly these outputs, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.errors import ContentError, problem
from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sitegen.model import Output

MARK = ".milu-xinh.json"
"""Lies in every folder that this program made: only such a folder is ever replaced. It holds each file's digest."""


MAKING = "-making-"
"""In the name of every folder where files of a build lie before they are in their place."""
JOURNAL = "journal.json"
"""Lies in a folder of finished files that are on their way into `out`."""
FEW = 256
LARGE = 2000
"""Only in a site of more than `LARGE` files are up to `FEW` changes carried into the folder as it stands; else a new
folder takes its place in one step. A new one costs a link for every file that stays, which is nothing for a shop and a
second for an archive; a change in place costs a rename, some 20 µs in which the site is partly old, partly new."""


class Written(Record):
    """How many files were written, kept as they were, and removed. `fresh` are the paths of those written; `strays`
    are files that somebody had put into the folder, by their paths in the folder for such."""

    changed: int
    same: int
    removed: int
    fresh: frozenset[str] = frozenset()
    strays: tuple[str, ...] = ()


@contextmanager
def spool(out: Path) -> Iterator[Path]:
    """A folder beside `out` for finished files, each at its place in the site: what `write` makes the new site of."""
    folder = _folder_beside(out)
    try:
        yield folder
    finally:
        # What has a journal or a mark is the next build's to finish.
        if not ((folder / JOURNAL).is_file() or (folder / MARK).is_file()):
            shutil.rmtree(folder, ignore_errors=True)


def write(
    outputs: Iterable[Output], out: Path, damaged: frozenset[str] | None = None, spooled: Path | None = None,
    kept: Iterable[str] = (), anew: bool = False, strays: Path | None = None,
) -> Written:  # fmt: skip
    """Make `out` hold exactly these files, and `kept`, which it holds already; return how many changed. `spooled` is
    the folder of `spool`, if some of them lie there already. With `anew`, nothing of the old folder is taken over.

    Whole or not at all: everything is first written beside `out`, and the new folder then takes its place in one step.
    In a `LARGE` site a `FEW` changes are noted in a journal and renamed into place one by one, new files first and
    removals last, so that even between two renames every page is whole and leads to pages that are there; a build that
    is killed between them is finished by the next one. Unchanged files are the very same files and keep their date, so
    that uploads stay small.

    `damaged` are the files in `out` that are known not to be as they were written; without it, those younger than the
    folder's mark are taken for such.

    What somebody else has put into `out` goes when a new folder takes its place: to the folder `strays`, if there is
    to be one. It is found while the old folder is thrown away, so that looking for it costs nothing.
    Raises `ContentError` when `out` is a folder of somebody else's.
    """
    found = recover(out, strays, spooled)
    there = manifest(out)
    old = {} if anew else there
    mark = (out / MARK).stat().st_mtime_ns if old else 0
    # In the order of the old one, which is sorted, so that the new one nearly is.
    staying = frozenset(kept)
    new = {path: digest for path, digest in old.items() if path in staying}
    new |= {path: digest_of((out / path).read_bytes()) for path in staying - new.keys()}
    fresh: list[Output] = []
    for output in outputs:
        new[output.path] = digest = output.digest or digest_of(output.content)
        intact = output.path not in damaged if damaged is not None else _untouched(out / output.path, mark)
        if not (intact and old.get(output.path) == digest):
            fresh.append(output)
    gone = old.keys() - new.keys()
    if fresh or gone or not old:
        stage, before = spooled or _folder_beside(out), None
        try:
            if len(old) > LARGE and len(fresh) + len(gone) <= FEW and not _tangled(fresh, gone, old, out):
                _note_changes(stage, fresh, gone, new, old)
                _carry_out(stage, out)
            else:
                _fill(stage, out, new, fresh)
                before = _swap(stage, out)
        finally:
            # What has a journal is finished by the next build, and not before that thrown away.
            if before is None and not (stage / JOURNAL).is_file():
                shutil.rmtree(stage, ignore_errors=True)
        if before is not None:
            found += _throw_away(before, there, out, strays)
    written = frozenset(output.path for output in fresh)
    return Written(len(fresh), len(new) - len(fresh), len(gone), written, found)


def recover(out: Path, strays: Path | None = None, spooled: Path | None = None) -> tuple[str, ...]:
    """Finish what a killed build had decided to do, and clear away what it had not. To be called before anything is
    read from `out`. `strays` and `spooled` are as for `write`: what goes to the first is returned."""
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = out.with_name(f".{out.name}-aside")
    found: tuple[str, ...] = ()
    if aside.exists():
        # Folders cannot be exchanged in one step everywhere: the old one had been moved aside just before.
        if out.exists():
            found += _throw_away(aside, _account(aside), out, strays)
        else:
            aside.rename(out)
    for left in out.parent.glob(f"{_prefix(out)}*"):
        if (left / JOURNAL).is_file():
            _carry_out(left, out)
        elif left != spooled and not _alive(left):
            found += _throw_away(left, _account(left), out, strays)
    return found


# What somebody has put into the folder


def _throw_away(folder: Path, ours: Mapping[str, str] | None, out: Path, strays: Path | None) -> tuple[str, ...]:
    """Throw away a folder in whose place is `out` now. Files that are not `ours` go to the folder `strays`; return
    their paths there. With neither, there is nothing of anybody's in it."""
    if ours is None or strays is None:
        shutil.rmtree(folder, ignore_errors=True)
        return ()
    from sitegen.source import LITTER  # here, because a build that finds nothing to do throws nothing away

    left: list[str] = []
    _empty(str(folder), "", lambda path, name: path in ours or name in LITTER, left)
    found: list[str] = []
    for path in sorted(left):
        if not _same(folder / path, out / path):
            place = _free(strays, path)
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                _rename(folder / path, place)
            except OSError:
                return tuple(found)  # the rest stays with the mark, and is tried again by the next build
            found.append(place.relative_to(strays).as_posix())
    shutil.rmtree(folder, ignore_errors=True)
    return tuple(found)


def _empty(folder: str, within: str, ours: Callable[[str, str], bool], left: list[str]) -> None:
    """Remove what is `ours` (by its path and its name) in a folder, all but the mark; what is not is `left`. (In one
    walk, as `shutil.rmtree` would, so that it takes no longer than that.)"""
    with os.scandir(folder) as entries:
        there = list(entries)
    for entry in there:
        path = within + entry.name
        if entry.is_dir(follow_symlinks=False):
            _empty(entry.path, f"{path}/", ours, left)
        elif ours(path, entry.name):
            os.unlink(entry.path)  # noqa: PTH108  (plain strings, as in `_fill`)
        elif path != MARK:
            left.append(path)
    with suppress(OSError):  # something is left
        os.rmdir(folder)  # noqa: PTH106  (as above)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def _free(folder: Path, path: str) -> Path:
    """Where a file can go without taking the place of another."""
    place = folder / path
    numbered = (place if n == 1 else place.with_stem(f"{place.stem}-{n}") for n in count(1))
    return next(free for free in numbered if not os.path.lexists(free))


# Many changes: a new folder


def _fill(stage: Path, out: Path, new: Mapping[str, str], fresh: Iterable[Output]) -> None:
    """Make `stage` the whole new site: links to the files that stay, and the fresh ones."""
    stage.chmod(0o755)
    made: set[str] = set()
    written = {output.path: output.content for output in fresh}
    # Plain strings: a `Path` for each of thousands of files takes longer than the system takes for the files.
    here, there = f"{stage}{os.sep}", f"{out}{os.sep}"
    for path in new:
        target, content = f"{here}{path}", written.get(path)
        if isinstance(content, Path) and str(content) == target:
            continue
        folder = os.path.dirname(target)  # noqa: PTH120  (plain strings)
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103  (plain strings)
            made.add(folder)
        if content is not None:
            _put(content, Path(target))
        else:
            try:
                os.link(f"{there}{path}", target)
            except OSError:  # a file system without hard links
                shutil.copy2(f"{there}{path}", target)
    _put(_mark(new), stage / MARK)


# Few changes: a journal


def _tangled(fresh: Iterable[Output], gone: Iterable[str], old: Mapping[str, str], out: Path) -> bool:
    """Whether a file is to stand where a folder is, or the other way round, or where somebody has put a file of her
    own: too much for one rename after another."""
    left, there, folders = frozenset(gone), f"{out}{os.sep}", set[str]()
    for output in fresh:
        place = there + output.path
        if os.path.isdir(place) or (output.path not in old and os.path.lexists(place)):  # noqa: PTH112  (plain strings)
            return True
        folder = output.path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return any(folder in left or os.path.isfile(there + folder) for folder in folders)  # noqa: PTH113  (as above)


def _note_changes(
    stage: Path, fresh: Iterable[Output], gone: Iterable[str], new: Mapping[str, str], old: Mapping[str, str]
) -> None:
    """Write the changed files into `stage`, as far as they do not lie there, and last of all what is to be done with
    them."""
    moves = []
    for n, output in enumerate(sorted(fresh, key=lambda o: (o.path in old, o.path.endswith(".html"), o.path))):
        name = output.path
        if not isinstance(output.content, Path) or str(output.content) != f"{stage}{os.sep}{name}":
            name = f".{n}"  # what begins so is no page's folder
            _put(output.content, stage / name)
        moves.append([name, output.path])
    _put(_mark(new), stage / MARK)
    moves.append([MARK, MARK])
    journal = stage / f"{JOURNAL}.new"
    journal.write_text(json.dumps({"moves": moves, "gone": sorted(gone)}), encoding="utf-8")
    journal.replace(stage / JOURNAL)


def _carry_out(stage: Path, out: Path) -> None:
    """Do what the journal says. What is done already is passed over, so that it may be begun again at any point."""
    journal = json.loads((stage / JOURNAL).read_text(encoding="utf-8"))
    here, there = f"{stage}{os.sep}", f"{out}{os.sep}"
    for name, path in journal["moves"]:
        try:
            os.replace(here + name, there + path)  # noqa: PTH105  (plain strings)
        except OSError:
            if (stage / name).exists():
                (out / path).parent.mkdir(parents=True, exist_ok=True)
                _rename(stage / name, out / path)
        if "/" in name:
            with suppress(OSError):  # not empty yet
                os.removedirs(here + name.rpartition("/")[0])
    for path in journal["gone"]:
        target = out / path
        target.unlink(missing_ok=True)
        for parent in target.parents:
            if parent == out or not _emptied(parent):
                break
    shutil.rmtree(stage)


def _emptied(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


def _put(content: bytes | Path, target: Path) -> None:
    if isinstance(content, Path) and MAKING in str(content):
        content.rename(target)
    elif isinstance(content, Path):
        shutil.copyfile(content, target)
    else:
        target.write_bytes(content)


def manifest(out: Path) -> Mapping[str, str]:
    """What is in `out` by its own account; raises `ContentError` when it is not a folder of ours."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return {}
    found = _account(out)
    if found is None:
        raise ContentError([problem(str(out.name), 0, "out-not-ours", folder=out.name)])
    return found


def _account(folder: Path) -> Mapping[str, str] | None:
    """What a folder's mark says of it; None when it has none that can be read."""
    try:
        found = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _mark(new: Mapping[str, str]) -> bytes:
    return f"{json.dumps(new, sort_keys=True, separators=(',' + chr(10), ': '))}\n".encode()


def digest_of(content: bytes | Path) -> str:
    """Of the bytes; of a cached picture its name, which is made from everything that it shows."""
    if isinstance(content, Path) and MAKING in str(content):
        raise ValueError(f"{content.name} has just been made and needs its digest")
    return content.name if isinstance(content, Path) else hashlib.sha256(content).hexdigest()[:32]


def _untouched(path: Path, written_until: int) -> bool:
    """Whether the file is there and nobody has changed it since (it is younger than the mark)."""
    try:
        return path.stat().st_mtime_ns <= written_until
    except OSError:
        return False


def _folder_beside(out: Path) -> Path:
    # Not `tempfile`, which takes 3 ms to load: nobody else makes folders of this name here.
    for n in count():
        with suppress(FileExistsError):
            folder = out.parent / f"{_prefix(out)}{os.getpid()}-{n}"
            folder.mkdir(mode=0o700)
            return folder
    raise AssertionError  # numbers do not end


def _prefix(out: Path) -> str:
    return f".{out.name}{MAKING}"


def _alive(stage: Path) -> bool:
    """Whether a build may still be filling this folder: it was touched within the last minute, or within the last day
    and its process is there (a build can be slow, and a machine asleep meanwhile)."""
    age = time.time() - stage.stat().st_mtime
    return age < 60 or (age < 86_400 and _running(stage.name.partition(MAKING)[2].partition("-")[0]))


def _running(pid: str) -> bool:
    """Whether there is such a process; where nobody can ask without ending it (Windows), there may be."""
    if os.name == "nt":
        return True
    if not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's
    return True


def _swap(stage: Path, out: Path) -> Path | None:
    """Put `stage` in the place of `out`; return where the old folder is, if there was one."""
    if not out.exists():
        stage.rename(out)
        return None
    if _exchange(stage, out):
        return stage
    aside = out.with_name(f".{out.name}-aside")
    _rename(out, aside)
    try:
        _rename(stage, out)
    except OSError:
        aside.rename(out)
        raise
    return aside


def _rename(old: Path, new: Path) -> None:
    """Rename a file (over another) or a folder; Windows refuses for a moment while it is being read."""
    for pause in (0.05, 0.1, 0.2, 0.4, 0.8):
        try:
            old.replace(new)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    old.replace(new)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step where the system can: renameat2(2) on Linux, renamex_np(2) on macOS."""
    if not sys.platform.startswith(("linux", "darwin")):
        return False
    import ctypes  # here: a build that finds nothing to do should not wait for it

    library = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(first), os.fsencode(second)
    here, exchange, swap = -100, 2, 2  # AT_FDCWD, RENAME_EXCHANGE, RENAME_SWAP
    try:
        if sys.platform == "darwin":
            return bool(library.renamex_np(a, b, swap) == 0)
        return bool(library.renameat2(here, a, here, b, exchange) == 0)
    except AttributeError:
        return False
