"""Who may speak to the workshop."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.workshop.guard import Caller, Guard, cookie_name

HOST = "127.0.0.1:8000"
GUARD = Guard("cookie-of-this-run", "token-of-this-run")
GOOD = Caller("POST", HOST, f"http://{HOST}", "same-origin", f"{cookie_name(HOST)}={GUARD.cookie}", GUARD.token)


def test_the_owners_own_browser_may_change_things() -> None:
    assert GUARD.admits(GOOD)
    assert GUARD.admits(replace(GOOD, host="localhost:8000", origin="http://localhost:8000"))
    assert GUARD.admits(Caller("GET", HOST))


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "evil.example:8000"}, {"host": "127.0.0.1.evil.example"}, {"host": ""}, {"host": "192.168.1.7:8000"},
        {"fetch_site": "cross-site"}, {"fetch_site": "same-site"}, {"origin": "https://evil.example"},
        {"origin": "null"}, {"origin": "http://127.0.0.1:9000"}, {"cookies": ""}, {"token": ""},
        {"cookies": f"{cookie_name(HOST)}=guess"}, {"token": "guess"}, {"method": "PUT"}, {"method": "DELETE"},
        {"cookies": f"workshop-9000={GUARD.cookie}"},
    ],
    ids=str,
)  # fmt: skip
def test_nobody_else_may(wrong: dict[str, str]) -> None:
    assert not GUARD.admits(replace(GOOD, **wrong))


def test_a_foreign_site_may_not_even_look() -> None:
    assert not GUARD.admits(Caller("GET", "evil.example"))
    assert not GUARD.admits(Caller("GET", HOST, fetch_site="cross-site"))


def test_every_run_has_secrets_of_its_own() -> None:
    assert Guard() != Guard()
    assert Guard().cookie not in repr(Guard())
    assert "HttpOnly; SameSite=Strict" in GUARD.set_cookie(HOST)
