"""`functions/` is a whole: copied away it works, and it promises no more than it needs."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from inquiry import form, openapi

from tests.functions.test_settings import GOOD

FUNCTIONS = Path(openapi.__file__).parents[1]
REPOSITORY = FUNCTIONS.parent

VISIT = """
import io, sys
from urllib.parse import urlencode
import wsgi

given = []
body = urlencode({"name": "Lan", "language": "en"}).encode()
page = b"".join(wsgi.app({"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/x-www-form-urlencoded",
    "CONTENT_LENGTH": str(len(body)), "HTTP_ACCEPT": "text/html", "wsgi.input": io.BytesIO(body)},
    lambda status, headers: given.append(status)))
assert given[0].startswith("422 "), given
assert b"Please give us a phone number" in page
paths = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
print("strangers:", [name for name, path in paths.items() if path.startswith(sys.argv[1])])
"""


def run(folder: Path, code: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a fresh Python whose only folder is `folder`."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, env={**kept, "PYTHONUTF8": "1", **environ},
        capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip


def test_copied_away_it_answers_without_the_rest_of_the_project(tmp_path: Path) -> None:
    copy = shutil.copytree(FUNCTIONS, tmp_path / "functions", ignore=shutil.ignore_patterns("__pycache__"))
    done = run(copy, VISIT, str(FUNCTIONS), **GOOD)
    assert done.returncode == 0, done.stderr
    assert "strangers: []" in done.stdout


def test_with_wrong_settings_it_refuses_to_start_and_says_which() -> None:
    done = run(FUNCTIONS, "import wsgi", INQUIRY_SECRET="short and secretive")
    assert done.returncode != 0
    for name in GOOD:
        assert name in done.stderr
    assert "secretive" not in done.stderr


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_it_imports_the_standard_library_and_two_validators() -> None:
    needed = set().union(*(imports(path) for path in (FUNCTIONS / "inquiry").glob("*.py")))
    assert needed - sys.stdlib_module_names == {"inquiry", "email_validator", "phonenumbers", "_typeshed"}
    required = (FUNCTIONS / "requirements.txt").read_text(encoding="utf-8").split()
    assert [line.partition(">=")[0] for line in required] == ["email-validator", "phonenumberslite"]


def test_the_decision_imports_nothing_that_touches_the_world() -> None:
    edge = {"smtp.py", "send.py", "service.py", "rate.py", "openapi.py", "answer.py"}
    pure = [path for path in (FUNCTIONS / "inquiry").glob("*.py") if path.name not in edge]
    touched = set().union(*(imports(path) for path in pure))
    assert not touched & {
        "os",
        "socket",
        "ssl",
        "time",
        "threading",
        "pathlib",
        "logging",
        "smtplib",
        "random",
        "secrets",
    }


def test_a_cold_start_leaves_the_validators_for_the_first_inquiry() -> None:
    done = run(
        FUNCTIONS, "import sys, wsgi; print(sorted({'email_validator', 'phonenumbers'} & set(sys.modules)))", **GOOD
    )
    assert done.stdout == "[]\n", done.stderr


def test_the_published_contract_is_the_contract() -> None:
    text = openapi.TARGET.read_text(encoding="utf-8")
    assert text == openapi.yaml(openapi.document())
    published = yaml.safe_load(text)
    assert published == openapi.document()
    inquiry = published["components"]["schemas"]["Inquiry"]
    assert inquiry["required"] == ["name", "phone", "email", "address", "consent"]
    assert set(form.NAMES) <= set(inquiry["properties"])
