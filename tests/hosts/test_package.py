"""Every host's zip holds what that host needs: unpacked somewhere else, it answers there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

from sitegen.package import HOSTS, VENDORED, package
from tests.functions.test_settings import GOOD
from tests.hosts.runtimes import FUNCTIONS

if TYPE_CHECKING:
    from pathlib import Path

ROOT = FUNCTIONS.parent
FORM = '"name=Lan&phone=12345678&email=lan@vd.vn&address=Hu%E1%BA%BF&consent=yes&language=en"'
"""Everything is right but the number, so both validators are asked."""

WSGI = f"""
import io
body, given = {FORM}.encode(), []
environ = {{"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/x-www-form-urlencoded", "HTTP_ACCEPT": "text/html",
    "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}}
page = b"".join(entry.app(environ, lambda status, headers: given.append(status)))
status = int(given[0][:3])
"""
# What each host does with its entry.
CALLS = {
    "vercel": WSGI,
    "server": WSGI,
    "aws": f"""
reply = entry.handler({{"body": {FORM}, "requestContext": {{"http": {{"method": "POST"}}}},
    "headers": {{"content-type": "application/x-www-form-urlencoded"}}}}, None)
status, page = reply["statusCode"], reply["body"].encode()
""",
    "google": f"""
import flask
with flask.Flask("x").test_request_context("/", method="POST", data={FORM}, headers={{"Accept": "text/html"}},
        content_type="application/x-www-form-urlencoded"):
    page, status, _ = entry.inquiry(flask.request)
""",
    "azure": f"""
import azure.functions
(function,) = entry.app.get_functions()
reply = function.get_user_function()(azure.functions.HttpRequest(
    "POST", "/api/inquiry", headers={{"content-type": "application/x-www-form-urlencoded"}}, body={FORM}.encode()))
status, page = reply.status_code, reply.get_body()
""",
}
VISIT = """
import importlib.util, pathlib, sys
sys.path.insert(0, sys.argv[1])
place = pathlib.Path(sys.argv[1], sys.argv[2])
found = importlib.util.spec_from_file_location("entry", place)
entry = importlib.util.module_from_spec(found)
found.loader.exec_module(entry)
{call}
assert status == 422, status
assert page.count(b'<li><a href="#inquiry-') == page.count(b'<li><a href="#inquiry-phone"') == 1
assert {{"email_validator", "phonenumbers"}} <= set(sys.modules)
paths = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
assert not any(path.startswith(sys.argv[3] + "/") and "/.venv/" not in path for path in paths), paths
print("answered", sorted(set(sys.modules) & {{"dns", "sitegen"}}))
"""


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All of them."""
    return package(ROOT, tmp_path_factory.mktemp("zips"))


def zip_of(zips: list[Path], host: str) -> Path:
    return next(path for path in zips if path.stem.endswith(f"-{host}"))


def test_there_is_one_for_each_host_and_none_is_large(zips: list[Path]) -> None:
    assert [path.name for path in zips] == [f"milu-xinh-inquiry-{host}.zip" for host in sorted(CALLS)]
    assert all(path.stat().st_size <= 2_000_000 for path in zips)


@pytest.mark.parametrize("host", sorted(CALLS))
def test_unpacked_elsewhere_it_answers(host: str, zips: list[Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(zip_of(zips, host)) as archive:
        archive.extractall(tmp_path)
    # -I: nothing of this project or of the environment is on the path; Lambda has no installed packages either (-S).
    isolated = ["-I", "-B", *([] if HOSTS[host].installs else ["-S"])]
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, *isolated, "-c", VISIT.format(call=CALLS[host]), str(tmp_path), HOSTS[host].place, str(ROOT)],
        cwd=tmp_path, env={**kept, **GOOD}, capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "answered []"


def test_the_same_files_give_the_same_bytes(zips: list[Path], tmp_path: Path) -> None:
    copy = shutil.copytree(FUNCTIONS, tmp_path / "elsewhere" / "functions", copy_function=shutil.copyfile)
    (copy / "wsgi.py").chmod(0o600)
    os.utime(copy / "wsgi.py", (0, 0))
    (copy / "inquiry" / "notes.txt").write_text("mine", encoding="utf-8")
    again = package(copy.parent, tmp_path / "zips")
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in zips]


@pytest.mark.parametrize("host", sorted(CALLS))
def test_it_holds_one_entry_and_names_what_it_needs(host: str, zips: list[Path]) -> None:
    with zipfile.ZipFile(zip_of(zips, host)) as archive:
        names = archive.namelist()
        tops = {name for name in names if "/" not in name or name.startswith("api/")}
        assert tops - {"requirements.txt", "host.json", "vercel.json"} == {HOSTS[host].place}
        assert not [name for name in names if name.endswith(".pyc") or "test" in name]
        if HOSTS[host].installs:
            needs = archive.read("requirements.txt").decode().splitlines()
            assert needs[:2] == (FUNCTIONS / "requirements.txt").read_text(encoding="utf-8").split()
            assert set(needs[2:]) <= known_needs()
        else:
            licences = [name for name in names if ".dist-info/" in name]
            assert len(licences) == len(VENDORED)
            for name in VENDORED:
                folder = f"{metadata.distribution(name).metadata['Name'].replace('-', '_')}-"
                assert any(licence.startswith(folder) for licence in licences), name


def known_needs() -> set[str]:
    """What the project's own tests are run with: a host gets no other versions."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tested = {need.replace("'", '"') for need in project["optional-dependencies"]["test"]}
    return tested | {'waitress>=3.0.2; platform_system == "Windows"'}


def test_vercel_sends_the_forms_address_to_the_function(zips: list[Path]) -> None:
    with zipfile.ZipFile(zip_of(zips, "vercel")) as archive:
        (rule,) = json.loads(archive.read("vercel.json"))["rewrites"]
    assert rule == {"source": "/api/inquiry", "destination": "/" + HOSTS["vercel"].place.removesuffix(".py")}
