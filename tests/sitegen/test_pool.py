"""Work on several processes: none of them is left behind, and none is waited for in vain."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from sitegen.pool import spawned

def number(_):
    time.sleep(0.3)
    return os.getpid()

if __name__ == "__main__":
    with spawned(2) as pool:
        print(*set(pool.map(number, range(4))), flush=True)
        time.sleep(60)
"""


def test_a_build_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(program), str(ROOT)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        assert parent.stdout.readline().split()
        parent.kill()
        # Its output, which the others share, ends with the last of them.
        parent.communicate(timeout=20)


FAILING = """
import os, sys
sys.path.insert(0, sys.argv[1])
from sitegen import pool

here = os.getpid()

def work(room, items):
    if os.getpid() == here:
        raise ValueError("here")
    return [b"much to say" * pool.PIPE for _ in items]

try:
    pool.Pool(lambda _: None, None, jobs=3, pays=0).run(work, range(60), lambda: None)
except ValueError as error:
    print(error)
"""


def test_work_that_fails_here_waits_for_no_process_that_nobody_listens_to() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", FAILING, str(ROOT)], capture_output=True, text=True, check=False, timeout=30
    )
    assert (ended.stdout, ended.stderr) == ("here\n", "")
