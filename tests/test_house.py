"""The house rules that a program can read: which way imports point, what the tools say, what no file may hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]

LINE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("of use to all", (
        "record", "errors", "text", "typed", "options", "phrases", "owner", "progress", "pool", "memo", "portrait",
        "typesetting", "pictures",
    )),
    ("values", ("nodes", "yamltree", "slips", "plainlines", "front", "kinds", "measures", "schema", "model", "views")),
    ("pictures", ("drawings", "encoder", "album", "share")),
    ("Source", ("source",)),
    ("Document", ("prosemark", "parse")),
    ("Catalog", ("shopfront", "drafts", "crosscheck", "assemble", "advice")),
    ("Route", (
        "permalinks", "contract", "structured", "prose", "frame", "gallery", "cards", "showcase", "puppy_page",
        "routes", "sharing",
    )),
    ("Output", (
        "fittings", "brackets", "styles", "sheet", "expressions", "components", "compose", "engine", "tags",
        "misprints", "render", "feeds", "headers", "carried", "compress", "check", "write",
    )),
    ("the whole way", ("glance", "reading", "stock", "keys", "workroom", "making", "staging", "builder")),
    ("to a host", ("hosts", "package", "publish", "doctor")),
    ("before the owner's eyes", ("workshop", "preview")),
)  # fmt: skip
"""The one way, once: a module imports only those that stand before it. For types alone, any of its own stage too."""

THINGS_OF_NO_INTEREST = {".git", ".venv", "dist", "dist-kept", ".cache", "__pycache__", "build", ".hypothesis"}
TEXTS = {".py", ".md", ".html", ".css", ".js", ".yaml", ".toml", ".txt", ".svg", ".json", ""}


@cache
def files() -> tuple[Path, ...]:
    """Every file that could be committed."""

    def walk(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if path.name in THINGS_OF_NO_INTEREST or path.name.endswith((".egg-info", "_cache")):
                continue
            if path.is_dir():
                yield from walk(path)
            else:
                yield path

    return tuple(walk(ROOT))


def texts() -> Iterator[tuple[str, str]]:
    """(path, text) of every text file, but those that show what owners do wrong."""
    for path in files():
        if path.suffix in TEXTS and path.relative_to(ROOT).parts[:3] != ("tests", "sites", "broken"):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@cache
def imports(path: Path) -> tuple[tuple[str, bool], ...]:
    """(module imported, whether for types only); `from sitegen import text` counts as `sitegen.text`."""
    found: list[tuple[str, bool]] = []

    def walk(node: ast.AST, types: bool) -> None:
        for child in ast.iter_child_nodes(node):
            only = types or (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING")
            if isinstance(child, ast.Import):
                found.extend((alias.name, only) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{path}: relative import"
                module = child.module or ""
                if module == "sitegen":
                    found.extend((f"sitegen.{alias.name}", only) for alias in child.names)
                else:
                    found.append((module, only))
            walk(child, only)

    walk(ast.parse(path.read_text(encoding="utf-8")), types=False)
    return tuple(found)


def room(module: str) -> str:
    """`sitegen.portrait.head` → `portrait`."""
    return module.split(".")[1]


def rooms() -> dict[str, list[Path]]:
    """Each room of sitegen with its files; a package is one room."""
    found: dict[str, list[Path]] = {}
    for path in sorted((ROOT / "sitegen").rglob("*.py")):
        name = path.relative_to(ROOT / "sitegen").parts[0].removesuffix(".py")
        if name != "__init__":
            found.setdefault(name, []).append(path)
    return found


def test_every_room_has_its_place_on_the_line() -> None:
    assert sorted(rooms()) == sorted(name for _, names in LINE for name in names)


def test_imports_only_ever_point_the_way_back() -> None:
    order = [name for _, names in LINE for name in names]
    stage = {name: n for n, (_, names) in enumerate(LINE) for name in names}
    wrong = []
    for name, paths in rooms().items():
        for path in paths:
            for module, types in imports(path):
                if not module.startswith("sitegen.") or room(module) == name:
                    continue
                other = room(module)
                allowed = stage[other] <= stage[name] if types else order.index(other) < order.index(name)
                if not allowed:
                    wrong.append(f"{path.relative_to(ROOT)} imports {other}")
    assert not wrong


def test_the_generator_knows_neither_its_tests_nor_its_command_line() -> None:
    for paths in rooms().values():
        for path in paths:
            tops = {module.partition(".")[0] for module, _ in imports(path)}
            assert not tops & {"tests", "build", "benchmarks"}, path


def test_only_the_contract_reaches_into_the_inquiry_function() -> None:
    reaching = {
        name for name, paths in rooms().items() for path in paths for module, _ in imports(path)
        if module.partition(".")[0] == "inquiry"
    }  # fmt: skip
    # The preview runs the function and the doctor asks it; everything else borrows from it through one door.
    assert reaching <= {"contract", "preview", "doctor"}


def test_the_inquiry_function_needs_the_standard_library_and_its_two_validators_only() -> None:
    for path in sorted((ROOT / "functions" / "inquiry").rglob("*.py")):
        for module, types in imports(path):
            top = module.partition(".")[0]
            known = top in sys.stdlib_module_names or top in {"inquiry", "email_validator", "phonenumbers"}
            assert known or (types and top == "_typeshed"), f"{path.name} imports {module}"


def tool(*command: str) -> None:
    run = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_ruff_finds_nothing() -> None:
    tool("ruff", "check", "--quiet", ".")


def test_mypy_finds_nothing() -> None:
    tool("mypy", "--no-error-summary")


SILENCED = re.compile(r"#\s*(?:noqa:?|type:\s*ignore)(?P<rules>[\s\w\[\],-]*)(?P<reason>.*)")


def test_whoever_silences_a_tool_says_which_rule_and_why() -> None:
    """`# noqa: E402  (the path has to be set first)`, or a comment on the line above; once a file for each rule."""
    for path, text in texts():
        if not path.endswith(".py") or path == "tests/test_house.py":
            continue
        unexplained: dict[str, int] = {}
        explained: set[str] = set()
        lines = text.split("\n")
        for n, line in enumerate(lines):
            silenced = SILENCED.search(line)
            if silenced:
                rules = re.findall(r"\b[A-Z]+\d+\b|(?<=[\[,])\s*[a-z-]+", silenced["rules"])
                assert rules, f"{path}:{n + 1} silences every rule"
                if silenced["reason"] or lines[n - 1].lstrip().startswith("#"):
                    explained.update(rules)
                unexplained.update(dict.fromkeys(rules, n + 1))
        assert not unexplained.keys() - explained, f"{path}: {unexplained} without a reason"


def test_templates_never_switch_escaping_off() -> None:
    for path, text in texts():
        if path.startswith("templates/") and path.endswith(".html"):
            assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", text), path


def test_only_the_rooms_that_make_html_make_markup() -> None:
    making = {
        name for name, paths in rooms().items() for path in paths
        if re.search(r"\bMarkup\((?!\"\"\))", path.read_text(encoding="utf-8"))
    }  # fmt: skip
    known = {"prose", "contract", "frame", "gallery", "structured", "styles", "portrait", "routes", "components"}
    assert making <= known | {"workroom", "preview", "workshop"}


def test_every_text_is_utf8_nfc_with_plain_line_ends() -> None:
    for path, text in texts():
        assert unicodedata.is_normalized("NFC", text), f"{path} is not NFC"
        assert "\r" not in text, f"{path} has Windows line ends"
        assert "\ufeff" not in text, f"{path} has a byte order mark"
    assert all(unicodedata.is_normalized("NFC", path.name) for path in files())


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    places = re.compile(
        r"(?<![\w.:/])/(?:work|root|Users)/\w|[A-Z]:\\Users|index-url|extra-index"
        r"|(?:pypi|pythonhosted|npmjs)\.(?:org|io|com)|artifactory|nexus\."
    )
    for path, text in texts():
        if path != "tests/test_house.py":
            found = places.search(text)
            assert not found, f"{path}: {found[0] if found else ''}"


def test_every_line_of_python_fits_in_a_file_that_one_can_read() -> None:
    """The aim is 300 lines; what is longer is a table of words or fields, never logic."""
    tables = {"sitegen/owner.py", "sitegen/model.py", "sitegen/views.py"}
    for path, text in texts():
        if path in tables or path.endswith("/words.py"):
            continue
        if path.endswith(".py") and path.startswith(("sitegen/", "functions/", "build.py")):
            assert text.count("\n") <= 450, f"{path} has {text.count(chr(10))} lines"


def test_a_bare_machine_runs_what_the_readme_says() -> None:
    commands = [line for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").split("\n") if "-m venv" in line]
    assert len(commands) == 1
    assert commands[0] in (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    """A test that does not run protects nobody; one that cannot run somewhere says why in the next line."""
    for path, text in texts():
        if path.startswith("tests/") and path != "tests/test_house.py":
            assert not re.search(r"pytest\.(?:skip|xfail|importorskip)|mark\.(?:xfail|skip)\b", text), path
