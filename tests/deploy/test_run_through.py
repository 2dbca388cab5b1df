"""What happens on the own server when the shop arrives: everything at once, or nothing.

The whole page of words was followed on a bare Debian by hand; here its one program runs again and again."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.deploy.servers import ROOT, program

if TYPE_CHECKING:
    from pathlib import Path

SERVER = ROOT / "deploy" / "server"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A server to which a first shop was sent; the function's packages are there already."""
    program("rsync")
    for folder in ("incoming/site/cun", "incoming/function", "function", "nginx"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "incoming/site/index.html").write_text("first", encoding="utf-8")
    (tmp_path / "incoming/nginx.conf").write_text("good", encoding="utf-8")
    for folder in ("incoming/function", "function"):
        (tmp_path / folder / "requirements.txt").write_text("gunicorn\n", encoding="utf-8")
    return tmp_path


def arrive(home: Path) -> subprocess.CompletedProcess[str]:
    """Run it with this place as the machine; nginx's own check is "the file says good"."""
    conf = home / "nginx" / "milu-xinh.conf"
    place = {
        "HOME_DIR": str(home), "NGINX_DIR": str(home / "nginx"), "CHECK": f"grep -q good {conf}",
        "RELOAD": f"cp {conf} {home / 'reloaded'}", "RESTART": f"touch {home / 'restarted'}",
    }  # fmt: skip
    command = ["sh", str(SERVER / "arrive.sh")]
    return subprocess.run(command, env={**os.environ, **place}, capture_output=True, text=True, check=False)


def shown(home: Path) -> str:
    return (home / "site" / "index.html").read_text(encoding="utf-8")


def test_a_shop_arrives_and_the_function_rests_while_it_is_the_same(home: Path) -> None:
    assert arrive(home).returncode == 0
    assert shown(home) == "first"
    assert (home / "reloaded").read_text(encoding="utf-8") == "good"
    assert not (home / "restarted").exists()


def test_a_new_function_is_started_anew(home: Path) -> None:
    (home / "incoming/function/wsgi.py").write_text("app = 1", encoding="utf-8")
    assert arrive(home).returncode == 0
    assert (home / "function/wsgi.py").exists()
    assert (home / "restarted").exists()


def test_a_configuration_that_nginx_refuses_changes_nothing(home: Path) -> None:
    arrive(home)
    (home / "incoming/site/index.html").write_text("second", encoding="utf-8")
    (home / "incoming/nginx.conf").write_text("bad", encoding="utf-8")
    refused = arrive(home)
    assert refused.returncode == 1
    assert "the old site stays" in refused.stderr
    assert shown(home) == "first"
    assert (home / "nginx/milu-xinh.conf").read_text(encoding="utf-8") == "good"


def test_half_a_shop_does_not_arrive(home: Path) -> None:
    arrive(home)
    shutil.rmtree(home / "incoming/site")
    assert arrive(home).returncode == 1
    assert shown(home) == "first"


def test_the_service_may_do_next_to_nothing() -> None:
    """systemd's own judgement of the unit: 0 is a locked box, 10 is root with everything."""
    unit = SERVER / "milu-xinh-inquiry.service"
    told = subprocess.run(
        [program("systemd-analyze"), "security", "--offline=true", "--threshold=20", str(unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout[-400:] + told.stderr
