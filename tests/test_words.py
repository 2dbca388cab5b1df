"""Words that stand in two places at once agree: two languages, a table and its schema, a code and its message."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import get_args

import pytest

from sitegen import fittings, owner, schema
from sitegen.kinds import Choice, Field
from sitegen.pictures import FaultCode

ROOT = Path(__file__).parents[1]
STRINGS = ROOT / "templates" / "strings"


def words(name: str, lang: str) -> dict[str, str]:
    return fittings.read_words((STRINGS / f"{name}.{lang}.yaml").read_text(encoding="utf-8"), name).words


def gaps(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def python() -> str:
    """All of the generator but its messages."""
    paths = [path for path in sorted((ROOT / "sitegen").rglob("*.py")) if path.name != "owner.py"]
    return "\n".join(path.read_text(encoding="utf-8") for path in [*paths, ROOT / "build.py"])


def constants(source: str) -> set[str]:
    return {n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def f_string_patterns(source: str) -> list[re.Pattern[str]]:
    """`f"status.{status}"` → `status\\..+`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w-]+" for v in node.values]
            if re.match(r"[a-z_]+\\?[.-]", parts[0]):
                found.append(re.compile("".join(parts)))
    return found


@pytest.mark.parametrize("name", ["interface", "values"])
def test_both_languages_have_the_same_words_with_the_same_gaps(name: str) -> None:
    vi, en = words(name, "vi"), words(name, "en")
    assert vi.keys() == en.keys()
    assert {key: gaps(text) for key, text in vi.items()} == {key: gaps(text) for key, text in en.items()}
    named = {key: found for key, text in vi.items() if (found := gaps(text))}
    assert named == {key: fittings.GAPS[key] for key in fittings.GAPS.keys() & vi.keys()}


@pytest.mark.parametrize("name", ["interface", "values"])
@pytest.mark.parametrize("lang", schema.LANGUAGES)
def test_no_word_stands_twice_or_empty(name: str, lang: str) -> None:
    text = (STRINGS / f"{name}.{lang}.yaml").read_text(encoding="utf-8")
    keys = re.findall(r"^([\w.-]+):", text, re.M)
    assert len(keys) == len(set(keys))
    assert all(value.strip() and value != "None" for value in words(name, lang).values())


def test_no_word_hides_behind_a_dictionarys_own_method() -> None:
    """`t.clear` in a template is the dictionary's `clear`, not the word."""
    assert not words("interface", "vi").keys() & set(dir(dict))


def test_templates_use_every_word_of_the_interface_and_no_other() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    assert set(re.findall(r"\bt\.(\w+)", text)) == words("interface", "vi").keys()


def test_python_uses_every_word_of_the_values_and_no_other() -> None:
    source = python()
    exact, patterns = constants(source), f_string_patterns(source)
    shop = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "sitegen").glob("*.py"))
    forms = r"\.(?:zero|one|other)$"
    known = words("values", "vi")
    unused = [
        key for key in known
        if key not in exact and re.sub(forms, "", key) not in exact and not any(p.fullmatch(key) for p in patterns)
    ]  # fmt: skip
    assert not unused
    asked = set(re.findall(r"(?<!owner\.)\bsay\(\"([\w.]+)\"", shop))
    counted = set(re.findall(r"\b(?:say|self)\.count\(\"([\w.]+)\"", shop))
    assert asked <= known.keys()
    assert {f"{key}.other" for key in counted} <= known.keys()


def choices(field: Field[str]) -> tuple[str, ...]:
    assert isinstance(field.kind, Choice)
    return field.kind.values


SAID = {
    "status": schema.STATUSES,
    "availability": ("reserved", "sold", "expected"),
    "colour": choices(schema.COLOUR),
    "include": schema.INCLUDES,
    "size": schema.SIZES,
    "rating": schema.RATINGS,
    "raised": choices(schema.RAISED),
    "papers": choices(schema.PAPERS),
    "sex": (*choices(schema.SEX), "expected"),
    "empty": schema.STATUSES,
    "day": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
}


@pytest.mark.parametrize("key", [f"{group}.{value}" for group, values in SAID.items() for value in values])
def test_every_choice_that_an_owner_has_is_said_in_both_languages(key: str) -> None:
    for lang in schema.LANGUAGES:
        assert words("values", lang)[key]


def test_every_message_is_used_and_every_code_has_a_message() -> None:
    source = python()
    exact = constants(source) | {f"photo-{code}" for code in get_args(FaultCode)}
    assert [code for code in owner.MESSAGES if code not in exact] == []
    said = set(re.findall(r"(?:problem|\.add)\([^()\n]*?\"([a-z]+(?:-[a-z0-9]+)+)\"", source))
    codes = {code for code in said if not re.fullmatch(r"\d+-.*", code)}
    assert codes - owner.MESSAGES.keys() == set()
    assert {f"photo-{code}" for code in get_args(FaultCode)} <= owner.MESSAGES.keys()


@pytest.mark.parametrize("code", owner.MESSAGES)
def test_a_message_says_the_same_in_both_languages(code: str) -> None:
    vi, en = owner.MESSAGES[code]
    assert gaps(" ".join(vi)) == gaps(" ".join(en))
    assert all(text.strip() and not text.endswith(".") for text in (*vi, *en))


CONTRACT = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    return next(part for part in re.split(r"^## ", CONTRACT, flags=re.M) if part.startswith(heading))


def table_keys(text: str) -> set[str]:
    rows = re.findall(r"^\| (`[^|]+) \|", text, re.M)
    return {key for row in rows for key in re.findall(r"`(\w+)`", row)}


@pytest.mark.parametrize(
    ("heading", "kind"), [("Front matter of a puppy", "puppies"), ("Front matter of a breed", "breeds")]
)
def test_the_contract_lists_exactly_the_keys_of_the_schema(heading: str, kind: str) -> None:
    assert table_keys(section(heading)) == {field.key for field in schema.BY_KIND[kind]}


def test_the_contract_names_every_key_of_pages_and_posts() -> None:
    text = section("Front matter of a page or post")
    named = set(re.findall(r"`(\w+):?`", text))
    assert {field.key for field in (*schema.PAGE, *schema.POST)} <= named
    assert set(schema.LAYOUTS) <= set(re.findall(r"[\w-]+", text))


def test_the_contract_names_every_choice_of_a_puppy() -> None:
    text = set(re.findall(r"[\w-]+", section("Front matter of a puppy")))
    for field in (schema.COLOUR, schema.STATUS, schema.SEX, schema.RAISED, schema.PAPERS):
        assert set(choices(field)) <= text, field.key
    assert set(schema.INCLUDES) <= text
