"""The words of templates/strings/: every mistake once, and what is typed is what is said."""

from __future__ import annotations

import pytest

from sitegen import fittings
from sitegen.errors import ContentError
from sitegen.source import read_texts
from tests.conftest import ROOT

TEXTS = read_texts(ROOT / "templates" / "strings", "*.yaml")
LANGUAGES = ("vi", "en")


def told(changes: dict[str, tuple[str, str]]) -> list[tuple[str, int, str]]:
    """File, line and code of what is told when these lines are others."""
    texts = dict(TEXTS)
    for name, (old, new) in changes.items():
        assert texts[name].count(f"\n{old}\n") == 1
        texts[name] = texts[name].replace(f"\n{old}\n", f"\n{new}\n")
    try:
        fittings.words(texts, LANGUAGES)
    except ContentError as error:
        return [(each.path.rpartition("/")[2], each.line, each.code) for each in error.problems]
    return []


def line(name: str, text: str) -> int:
    return TEXTS[name].split("\n").index(text) + 1


GONE, DUE, RANGE = "age.gone: Đã về nhà mới", "age.due: Dự sinh {date}", 'price.range: "{low} – {high}"'


def test_nothing_is_wrong_with_the_words_of_this_shop() -> None:
    assert told({}) == []


@pytest.mark.parametrize(("old", "new", "codes"), [
    (GONE, "age.gone Đã về nhà mới", ["yaml-no-colon"]),
    (GONE, "age.gone:Đã về nhà mới", ["yaml-no-space"]),
    (GONE, "age.gone = Đã về nhà mới", ["yaml-equals"]),
    (GONE, "age.gone: Đã về: nhà mới", ["yaml-colon"]),
    (GONE, "\tage.gone: Đã về nhà mới", ["yaml-tab"]),
    (GONE, "  age.gone: Đã về nhà mới", ["yaml-indent"]),
    (GONE, "age.gone:", ["value-missing"]),
    (GONE, "age.gone: [Đã, về]", ["strings-flat"]),
    (GONE, "age.gonee: Đã về nhà mới", ["strings-near"]),
    (RANGE, 'price.range: "{low} – {high}', ["yaml-quote-open"]),
    (RANGE, "price.range: {low} – {high}", ["yaml-after-bracket"]),
    (RANGE, 'price.range: "{thấp} – {high}"', ["strings-gap"]),
    (RANGE, 'price.range: "{thấp} – {cao}"', ["strings-gap", "strings-gap"]),
    (RANGE, 'price.range: "{low:>9} – {high}"', ["strings-gap"]),
    (DUE, "age.due: Dự sinh {}", ["strings-gap"]),
    (DUE, "age.due: Dự sinh {date.year}", ["strings-gap"]),
    (DUE, "age.due: Dự sinh {date", ["strings-brace"]),
    (DUE, "age.due: Dự sinh date}", ["strings-brace"]),
    (DUE, "age.due: Dự sinh {{date}}", ["strings-brace"]),
    (GONE, "age.gone: Đã về {nhà}", ["strings-no-gap"]),
    (DUE, "age.due: Sắp sinh", []),  # nobody has to say the day
])  # fmt: skip
def test_a_slip_among_the_words_is_told_at_its_line_and_nothing_follows_from_it(
    old: str, new: str, codes: list[str]
) -> None:
    name = "values.vi.yaml"
    assert told({name: (old, new)}) == [(name, line(name, old), code) for code in codes]


def test_words_that_one_language_lacks_are_told_with_the_line_of_the_other() -> None:
    with pytest.raises(ContentError) as raised:
        fittings.words({**TEXTS, "values.vi.yaml": TEXTS["values.vi.yaml"].replace(f"\n{GONE}\n", "\n")}, LANGUAGES)
    (missing,) = raised.value.problems
    other = next(n for n, text in enumerate(TEXTS["values.en.yaml"].split("\n"), 1) if text.startswith("age.gone:"))
    assert (missing.path, missing.code) == ("templates/strings/values.vi.yaml", "strings-miss")
    assert dict(missing.facts) == {"key": "age.gone", "other": f"templates/strings/values.en.yaml:{other}"}


def test_slips_in_several_files_are_told_at_once() -> None:
    found = told({
        "values.vi.yaml": (GONE, "age.gone Đã về nhà mới"), "interface.vi.yaml": ('count_one: "{n} bé"', "count_one:"),
    })  # fmt: skip
    assert [(name, code) for name, _, code in found] == [
        ("interface.vi.yaml", "value-missing"), ("values.vi.yaml", "yaml-no-colon"),
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["no", "yes", "1.50", "2026-11-26", "08:30", "~", "null"])
def test_a_word_is_said_as_it_is_typed(word: str) -> None:
    """YAML would make False, 1.5 or a date of these."""
    assert fittings.read_words(f"fact.a: {word}\nfact.no: x\n", "a").words == {"fact.a": word, "fact.no": "x"}
