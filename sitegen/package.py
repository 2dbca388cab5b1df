"""The inquiry function as one zip a host, ready to be handed over (I/O: reads `functions/`, writes the zips)."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from importlib import metadata
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VENDORED = ("email-validator", "idna", "phonenumberslite")
"""What a host without an installer needs. email-validator asks for dnspython too, but only to look up domains, which
the function never does."""


@dataclass(frozen=True, slots=True)
class Host:
    """`entry` in `functions/` becomes `place` in the zip. `needs` are added to requirements.txt; without an installer
    on the host the packages themselves go in. `settings` are the host's own files."""

    entry: str
    place: str
    needs: tuple[str, ...] = ()
    installs: bool = True
    settings: tuple[tuple[str, str], ...] = ()


def _json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"


HOSTS: Mapping[str, Host] = {
    "aws": Host("aws_lambda.py", "aws_lambda.py", installs=False),
    # Azure refuses a zip without host.json; the route prefix is "api" when it says nothing else.
    "azure": Host(
        "function_app.py", "function_app.py", ("azure-functions>=1.23",),
        settings=(("host.json", _json({"version": "2.0"})),),
    ),
    "google": Host("main.py", "main.py", ("functions-framework>=3.8",)),
    "server": Host(
        "wsgi.py", "wsgi.py",
        ('gunicorn>=23; platform_system != "Windows"', 'waitress>=3.0.2; platform_system == "Windows"'),
    ),
    # Under api/ the function answers its own address alone, and wrong addresses get the site's own page. Not
    # api/inquiry.py: that name would hide the package.
    "vercel": Host(
        "wsgi.py", "api/index.py",
        settings=(("vercel.json", _json({"rewrites": [{"source": "/api/inquiry", "destination": "/api/index"}]})),),
    ),
}  # fmt: skip


def package(root: Path, out: Path) -> list[Path]:
    """Write one zip for each host into `out`; return their paths, sorted.

    `root` is the project. The same files give the same bytes (with one version of zlib). Raises OSError, and
    `importlib.metadata.PackageNotFoundError` when a package to take along is not installed here.
    """
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, host in sorted(HOSTS.items()):
        path = out / f"milu-xinh-inquiry-{name}.zip"
        path.write_bytes(_zip(_files(root / "functions", host)))
        written.append(path)
    return written


def _files(functions: Path, host: Host) -> dict[str, bytes]:
    """The zip's files by name."""
    own = sorted(path for path in (functions / "inquiry").iterdir() if path.suffix in (".py", ".css"))
    files = {f"inquiry/{path.name}": path.read_bytes() for path in own}
    files[host.place] = (functions / host.entry).read_bytes()
    files |= {name: text.encode("utf-8") for name, text in host.settings}
    if host.installs:
        needs = (functions / "requirements.txt").read_text(encoding="utf-8").splitlines()
        files["requirements.txt"] = "".join(f"{line}\n" for line in (*needs, *host.needs)).encode("utf-8")
    else:
        for name in VENDORED:
            files |= _installed(name)
    return files


def _installed(name: str) -> dict[str, bytes]:
    """The Python files of an installed package, and its licence, which has to travel along."""
    distribution = metadata.distribution(name)
    found = {}
    for path in distribution.files or ():
        licence = ".dist-info" in path.parts[0] and path.name.upper().startswith(("LICEN", "COPYING", "NOTICE"))
        if licence or (path.suffix == ".py" and ".." not in path.parts):
            found[path.as_posix()] = path.read_binary()
    return found


def _zip(files: Mapping[str, bytes]) -> bytes:
    """Order, date and permissions are fixed, so that the bytes tell whether anything has changed."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # Unix, rw-r--r--: the same from Windows
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()
