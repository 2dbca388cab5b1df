"""What the inquiry function costs, beside a plain Flask + smtplib form handler, in the same run.

    .venv/bin/python -m pip install -e ".[bench]"
    .venv/bin/python benchmarks/function.py

Prints one table: CPU of a cold import (fresh processes), the first inquiry (which loads what was left for it), the
median of one valid inquiry from WSGI call to finished letter, and peak memory. Both write their letters into memory, at
the same border: where the socket to the mail server would be. The exit status is 1 when a goal is missed.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

HERE = Path(__file__).resolve().parent
STARTS, INQUIRIES = 9, 400
ENTRIES = {"ours": "wsgi", "peer": "plain_flask"}
SETTINGS = {
    "INQUIRY_TO": "chao@shop.test",
    "INQUIRY_FROM": "web@shop.test",
    "INQUIRY_SMTP": "smtp://127.0.0.1",
    "INQUIRY_SITE": "https://shop.test",
    "INQUIRY_SECRET": "0123456789abcdef0123456789abcdef",
    "INQUIRY_CHALLENGE": "off",
}
ANSWERS = {
    "name": "Nguyễn Thị Lan",
    "phone": "0987 654 321",
    "email": "lan.nguyen@example.com",
    "address": "Phường Bến Nghé\nThành phố Hồ Chí Minh",
    "puppy": "Bông (MX-024) | /cun/bong/",
    "message": "Bé Bông còn không ạ?\nCuối tuần mình ghé xem được chứ?",
    "consent": "yes",
    "language": "vi",
    "policy": "1a2b3c4d",
}


def cold_import(who: str) -> float:
    """CPU milliseconds of importing the entry in this process."""
    began = time.process_time()
    import_module(ENTRIES[who])
    return (time.process_time() - began) * 1000


def app_of(who: str, keep: Callable[[bytes], None]) -> Any:
    """Return the WSGI app; its letters go to `keep`."""
    if who == "ours":
        from inquiry.send import Envelope, Fate, Outcome
        from inquiry.settings import from_environment
        from inquiry.wsgi_app import make_app

        def send(letter: EmailMessage, _envelope: Envelope) -> Outcome:
            keep(letter.as_bytes())
            return Outcome(Fate.ACCEPTED)

        return make_app(from_environment(os.environ), send=send, log=lambda line: print(line, file=sys.stderr))
    peer: Any = import_module(ENTRIES[who])

    class Memory:
        """Stands where the socket would be."""

        def __init__(self, _host: str) -> None:
            """Connect to nothing."""

        def __enter__(self) -> Memory:
            return self

        def send_message(self, letter: EmailMessage) -> None:
            keep(letter.as_bytes())

        def __exit__(self, *_error: object) -> None:
            """Hang up nothing."""

    peer.smtplib.SMTP = Memory
    return peer.app


def handling(who: str) -> dict[str, float | None]:
    """CPU milliseconds of the first inquiry and the median of the others, and this process' peak memory in MB."""
    letters: list[bytes] = []
    app = app_of(who, letters.append)
    times = []
    for number in range(INQUIRIES):
        body = urlencode({**ANSWERS, "message": f"{ANSWERS['message']} {number}"}).encode()
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/api/inquiry", "SCRIPT_NAME": "", "QUERY_STRING": "",
            "SERVER_NAME": "shop.test", "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "192.0.2.7",
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
            "HTTP_ACCEPT": "text/html", "HTTP_HOST": "shop.test", "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "https", "wsgi.errors": sys.stderr,
        }  # fmt: skip
        statuses: list[str] = []
        began = time.process_time()
        b"".join(app(environ, lambda status, _headers, _error=None, given=statuses: given.append(status)))
        times.append((time.process_time() - began) * 1000)
        assert statuses[0].startswith("303"), statuses
    assert len(letters) == INQUIRIES
    return {"first": times[0], "median": statistics.median(times[1:]), "memory": peak_memory()}


def peak_memory() -> float | None:
    """Peak resident memory of this process in MB; None where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024  # bytes on macOS, kibibytes elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def child(task: str, who: str, folder: Path) -> Any:
    """Return what `task` measured in a fresh process, with `folder` holding the entry."""
    environ = {**os.environ, **SETTINGS, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), task, who], env=environ, cwd=folder, check=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return json.loads(done.stdout)


def measure(who: str, folder: Path) -> dict[str, float | None]:
    """Return all figures of one of the two."""
    child("import", who, folder)  # leaves compiled files behind, as every second start finds them
    imports = [child("import", who, folder) for _ in range(STARTS)]
    handled = child("handle", who, folder)
    return {
        "cold import, CPU ms": statistics.median(imports),
        "first inquiry, CPU ms": handled["first"],
        "one inquiry, median CPU ms": handled["median"],
        "peak memory, MB": handled["memory"],
    }


def main(arguments: list[str]) -> int:
    """Measure both and print the table; in a child process, measure one thing."""
    if arguments:
        task, who = arguments
        print(json.dumps(cold_import(who) if task == "import" else handling(who)))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        ours, peer = Path(scratch, "ours"), Path(scratch, "peer")
        shutil.copytree(HERE.parent / "functions", ours, ignore=shutil.ignore_patterns("__pycache__"))
        peer.mkdir()
        shutil.copy(HERE / "plain_flask.py", peer)
        figures = {"ours": measure("ours", ours), "peer": measure("peer", peer)}
    goals = {"cold import, CPU ms": 100.0, "one inquiry, median CPU ms": 1.0}
    print(f"{'':38}{'this function':>14}{'Flask':>10}{'ratio':>8}{'goal':>8}")
    missed = False
    for name, value in figures["ours"].items():
        other, goal = figures["peer"][name], goals.get(name)
        shown = f"{value:14.2f}{other:10.2f}{value / other:8.2f}" if value and other else f"{'–':>14}{'–':>10}{'–':>8}"
        print(f"{name:38}{shown}{f'≤ {goal:g}' if goal else '':>8}")
        missed |= bool(goal and value and value > goal)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
