"""Nothing that a visitor wrote is kept: no file, no log, no traceback, no environment, no second connection.

Every field carries its own canary; the function runs in a process of its own through every fault of
`test_send.FAULTS`, watched by an audit hook (PEP 578), and everything it left behind is searched for the canaries in
every usual encoding.
"""

import base64
import json
import os
import quopri
import subprocess
import sys
from contextlib import ExitStack
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from inquiry import form
from inquiry.send import Envelope, Outcome
from inquiry.wsgi_app import make_app

from tests.functions.conftest import LAN, SETTINGS, Certificates, call
from tests.functions.mailserver import Act, MailServer, cut
from tests.functions.test_alone import FUNCTIONS
from tests.functions.test_send import FAULTS
from tests.functions.test_settings import GOOD

CANARIES = {
    "name": "Hoàng Yến Canary",
    "phone": "0977 123 987",
    "email": "canary.bird@example.com",
    "address": "Ngõ Chim Yến, Hà Nội",
    "puppy": "Canary (MX-999) | /cun/canary/",
    "message": "Hót líu lo canary trong lồng son",
    "policy": "canarypolicy",
    "submission": "canary-submission",
    "leave_empty": "",
}
PASSWORD = "canary-password"
SPEECH = b"535 canary-of-the-server said no\r\n"


def disguises(secret: str) -> set[bytes]:
    """Return the forms in which `secret` could be hidden in what was left behind."""
    raw = secret.encode()
    shifts = {base64.b64encode(b"x" * lead + raw)[4 if lead else 0 : -4] for lead in range(3)}
    plain = {raw, repr(secret)[1:-1].encode(), json.dumps(secret)[1:-1].encode(), quopri.encodestring(raw).strip()}
    return (
        shifts | plain | {quote(secret).encode(), quote(secret, safe="").encode(), urlencode({"": secret})[1:].encode()}
    )


def visits(servers: dict[str, MailServer]) -> list[dict[str, str]]:
    """Return one form and one JSON inquiry for each server, and requests that are refused for other reasons."""
    referer = "https://shop.test/?canary-referer"
    answers = {**LAN, **CANARIES}
    as_form = {"type": "application/x-www-form-urlencoded", "body": urlencode(answers), "referer": referer}
    as_json = {"type": "application/json", "body": json.dumps(answers), "referer": referer}
    found = []
    for server in servers.values():
        smtp = f"smtp://canary-user:{PASSWORD}@localhost:{server.port}"
        found += [{**as_form, "smtp": smtp}, {**as_json, "smtp": smtp}]
    smtp = found[0]["smtp"]
    for kind, body in (
        ("application/json", json.dumps(answers)[:-5]),
        ("application/json", json.dumps({**answers, "email": "canary.bird@"})),
        ("application/json", json.dumps({**answers, "leave_empty": "canary-trap"})),
        ("application/json", "[" * 50_000 + "canary.bird"),
        ("text/canary.bird", "x"),
        ("application/x-www-form-urlencoded", urlencode(answers) + "&name=%FFcanary"),
        ("application/x-www-form-urlencoded", "message=" + "canary+" * 20_000),
    ):
        found.append({"type": kind, "body": body, "referer": referer, "smtp": smtp})
    return found


# Silent servers cost the whole deadline twice; each kind of end is met once all the same.
CHOSEN = [
    name for name, (acts, _) in FAULTS.items() if not any(callable(act) and act is not cut for act in acts.values())
]


def test_nothing_of_an_inquiry_is_left_behind(certificates: Certificates, tmp_path: Path) -> None:
    authority = tmp_path / "authority.pem"
    certificates.authority.cert_pem.write_to_path(str(authority))
    home = tmp_path / "home"
    home.mkdir()
    faults: dict[str, dict[str, Act]] = {name: FAULTS[name][0] for name in CHOSEN}
    faults |= {
        "good": {},
        "talkative": {"auth": SPEECH},
        "silent": {"letter": FAULTS["silence after the dot"][0]["letter"]},
    }
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(MailServer(acts, certificate=certificates.good)) for name, acts in faults.items()
        }
        report = tmp_path / "report.json"
        done = subprocess.run(
            [sys.executable, "-B", str(Path(__file__).with_name("leak_visit.py")), str(report)],
            input=json.dumps(visits(servers)).encode(), capture_output=True, cwd=home, timeout=120, check=False,
            env={**clean_environment(home), "SSL_CERT_FILE": str(authority)},
        )  # fmt: skip
        ports = {server.port for server in servers.values()}
        accepted = servers["good"].taken
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(report.read_bytes())

    assert accepted == 2
    # Not even a visitor's domain is looked up: a name server would learn of it.
    assert {each for each in found["touched"] if not each.startswith("connect ")} == {"resolve localhost"}
    connects = [each for each in found["touched"] if each.startswith("connect ")]
    connected = {int(each.rstrip(")").split(", ")[1]) for each in connects}
    assert connected <= ports
    assert list(home.rglob("*")) == []
    log = done.stdout.decode().splitlines()
    assert len(log) == 2 * len(faults) + 7
    assert all(len(line.split()) == 4 for line in log)
    left_behind = done.stdout + done.stderr + json.dumps(found["environ"], ensure_ascii=False).encode()
    secrets = [value for name, value in CANARIES.items() if value] + ["canary", PASSWORD, "+84977123987", "0977123987"]
    for secret in secrets:
        for disguise in disguises(secret):
            assert disguise not in left_behind
    assert done.stderr == b""


def clean_environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    settings = {**GOOD, "INQUIRY_DEADLINE": "0.8", "INQUIRY_CHALLENGE": "suspicious"}
    return {**kept, **settings, "PYTHONPATH": str(FUNCTIONS), "PYTHONUTF8": "1", "HOME": str(home), "TMPDIR": str(home)}


@pytest.mark.parametrize("error", [ValueError, UnicodeError, RuntimeError, MemoryError])
def test_even_a_mistake_of_our_own_tells_nothing(error: type[Exception], capfd: pytest.CaptureFixture[str]) -> None:
    def broken(_letter: EmailMessage, _envelope: Envelope) -> Outcome:
        raise error(CANARIES["message"])

    status, _, page = call(make_app(SETTINGS, send=broken), urlencode({**LAN, **CANARIES}).encode())
    out, err = capfd.readouterr()
    assert status == 500
    assert CANARIES["message"] not in out + err + page.decode()
    assert f"fault:{error.__name__}" in out


def test_every_field_has_its_canary() -> None:
    assert set(form.NAMES) - {"consent", "news", "language"} <= set(CANARIES)
