"""What docs/inquiry.md tells an owner is what the tests run and what the function reads."""

from __future__ import annotations

import re

from inquiry import settings

from sitegen.package import HOSTS
from tests.hosts.runtimes import FUNCTIONS, GUNICORN, WAITRESS

TEXT = (FUNCTIONS.parent / "docs" / "inquiry.md").read_text(encoding="utf-8")


def test_every_setting_is_explained_and_no_other() -> None:
    told = set(re.findall(r"INQUIRY_[A-Z_]+", TEXT))
    source = (FUNCTIONS / "inquiry" / "settings.py").read_text(encoding="utf-8")
    assert told == set(re.findall(r'"(INQUIRY_[A-Z_]+)"', source))
    for choice in settings.CHALLENGES:
        assert f"`{choice}`" in TEXT


def test_a_server_is_started_as_the_tests_start_it() -> None:
    assert " ".join(GUNICORN) in TEXT
    assert " ".join(("waitress-serve", *WAITRESS[1:])) in TEXT


def test_every_host_has_its_line() -> None:
    for host in HOSTS.values():
        assert host.place.removesuffix(".py") in TEXT
