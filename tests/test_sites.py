"""Whole sites: a small one that is right, and the same one with each mistake that an owner can make."""

from __future__ import annotations

import re
import shutil
import string
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

import build
from sitegen import check, owner
from sitegen.options import Options
from tests.fixture_sites import NOON, SITES, edit, faults, for_production, lay_out, listing, told

if TYPE_CHECKING:
    from pathlib import Path

BO = "content/puppies/bo/index.md"
SHOWN_ELSEWHERE = {
    # Faults of templates, which an owner cannot make: test_check.
    "no-alt", "no-lang", "hreflang-one-way", "foreign-request",
    # Of the disk and of files too large to keep here: test_write, test_pictures.
    "out-not-ours", "photo-unreadable", "photo-too-large",
    # Of dates of files, and of the build before: test_command.
    "translation-old", "moved",
    # Of publishing: tests/deploy.
    "no-publish", "no-tool", "tool-failed", "host-full",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)


def test_a_small_shop_has_the_pages_it_should(tmp_path: Path) -> None:
    built = build.build_site(lay_out(tmp_path / "tiny"), Options(build.today(), share_pictures=False))
    assert listing(built) + "\n" == (SITES / "tiny.expected.txt").read_text(encoding="utf-8")
    assert check.check(built.outputs, "https://cun.test", "/api/inquiry") == []


@pytest.mark.parametrize("fault", faults())
def test_a_mistake_is_told_with_its_place_and_its_remedy(fault: str, tmp_path: Path) -> None:
    site = lay_out(tmp_path / "site", fault)
    for lang in owner.LANGUAGES:
        text = told(site, lang, production=for_production(fault))
        assert text == (SITES / "broken" / fault / f"expected.{lang}.txt").read_text(encoding="utf-8")
        # Without settings nobody knows the owner's language, and Vietnamese it is.
        spoken = lang if (site / "site.yaml").exists() else "vi"
        what, hint = owner.MESSAGES[fault.partition("--")[0]][owner.LANGUAGES.index(spoken)]
        assert re.search(f"{pattern(what)}\n(?:    │ .*\n)?    → {pattern(hint)}", text)


def pattern(message: str) -> str:
    """A message's words with anything in its gaps."""
    parts = string.Formatter().parse(message)
    return "".join(re.escape(words) + (".*" if name is not None else "") for words, name, _, _ in parts)


def test_every_message_has_a_site_that_brings_it_about() -> None:
    assert {fault.partition("--")[0] for fault in faults()} | SHOWN_ELSEWHERE == owner.MESSAGES.keys()


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """An owner who has slipped in three files mends three files, and builds once more."""
    site = lay_out(tmp_path / "site", "bad-money")
    for fault in ("no-script", "facts-disagree", "policy-misses-field", "style-open", "strings-gap"):
        edit(site, (SITES / "broken" / fault / "edit.txt").read_text(encoding="utf-8"))
    shutil.copytree(SITES / "broken" / "photo-broken" / "content", site / "content", dirs_exist_ok=True)
    text = told(site, "vi")
    for fault in ("bad-money", "no-script", "policy-misses-field", "photo-broken", "style-open", "strings-gap"):
        assert re.search(pattern(owner.MESSAGES[fault][0][0]), text), fault


def test_a_file_with_mistakes_of_its_own_is_still_compared_with_the_others(tmp_path: Path) -> None:
    """What one file says against another is told along with what is wrong in it, not after that has been mended."""
    site = lay_out(tmp_path / "site")
    edit(
        site,
        "content/puppies/dua/index.md\n"
        "- title: Dừa\n+ title: Bơ\n"
        "- code: CN-002\n+ code: CN-001\n"
        "- breed: corgi\n+ breed: corgii\n"
        "- sex: female\n+ sex: nam gì đó\n"
        "- weighed: 2026-11-20\n+ weighed: 2027-11-16\n",
    )
    with (site / "content/puppies/dua/index.md").open("a", encoding="utf-8") as file:
        file.write("\nXem [bảo hành](/pages/khong-co.md).\n")
    text = told(site, "vi")
    for fault in ("bad-choice", "code-twice", "no-breed-near", "in-future", "no-page", "address-twice"):
        assert re.search(pattern(owner.MESSAGES[fault][0][0]), text), f"{fault}: {text}"
    assert "6 lỗi cần sửa." in text


@pytest.mark.parametrize("copy", ["an", "bo-2"])  # before the first by name, and after it
def test_a_copied_puppy_is_told_with_both_places_and_a_code_that_is_right_in_either(copy: str, tmp_path: Path) -> None:
    site = lay_out(tmp_path / "site")
    shutil.copytree(site / "content/puppies/bo", site / "content/puppies" / copy)
    told_of = next(line for line in told(site, "vi").split("\n") if "CN-001" in line)
    places = {"content/puppies/bo/index.md:4", f"content/puppies/{copy}/index.md:4"}
    assert set(re.findall(r"content/\S+?:\d+", told_of)) == places
    found = re.search(r"code: (\S+)", told(site, "vi").partition("hai bé cùng mã")[2].partition("→")[2])
    assert found is not None
    for folder in ("bo", copy):
        path = site / "content/puppies" / folder / "index.md"
        before = path.read_text(encoding="utf-8")
        path.write_text(before.replace("code: CN-001", f"code: {found[1]}"), encoding="utf-8")
        assert "cùng mã" not in told(site, "vi"), f"{found[1]} in {folder}"
        path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("typed", ["[en, vi]", "[en]", "tiếng Anh, tiếng Việt"])
def test_english_first_is_one_mistake_in_the_settings_and_no_file_is_to_be_touched(typed: str, tmp_path: Path) -> None:
    site = lay_out(tmp_path / "site")
    edit(site, f"site.yaml\n- languages: [vi, en]\n+ languages: {typed}\n")
    places = re.findall(r"^\S+:\d+(?=: )", told(site, "en"), re.M)
    assert places == ["site.yaml:4"]


@pytest.mark.parametrize("typed", ["vi, en", "[vi, en, en]", "Vietnamese, English", "[tiếng Việt, tiếng Anh]"])
def test_languages_are_understood_however_they_are_called(typed: str, tmp_path: Path) -> None:
    site = lay_out(tmp_path / "site")
    edit(site, f"site.yaml\n- languages: [vi, en]\n+ languages: {typed}\n")
    built = build.build_site(site, Options(build.today(), drawings=False, share_pictures=False))
    assert built.catalog.settings.languages == ("vi", "en")


SLIPS = """content/puppies/bo/index.md
- title: Bơ
+ title : Bơ
- summary: Bơ là bé corgi hay cười.
- code: CN-001
- breed: corgi
- status: available
- listed: 2026-11-02
- sex: female
- born: 2026-09-20
+ summary: Bơ: bé corgi hay cười.
+ code:CN-001
+ breed: cogri
+ * status: còn bé
+ listed = 2026-11-02
+ sex: “cái”
+ born: 31/9/2026
- price: 12000000
+ price: 12.5
"""


def test_six_slips_in_one_file_are_six_messages_and_nothing_that_follows_from_them(tmp_path: Path) -> None:
    site = lay_out(tmp_path / "site")
    edit(site, SLIPS)
    lines = [line for line in told(site, "vi").split("\n") if line.startswith("content/")]
    assert [line.partition(":")[2].partition(":")[0] for line in lines] == ["3", "4", "5", "6", "7", "9", "13"]


@pytest.mark.parametrize(("typed", "code"), [
    ("code:CN-009", "yaml-no-space"), ("code = CN-009", "yaml-equals"), ('mã: "CN-009', "yaml-quote-open"),
    ("* code: CN-009", "yaml-bullet"),
])  # fmt: skip
def test_a_key_that_stands_twice_is_told_along_with_the_slip_in_one_of_its_lines(
    typed: str, code: str, tmp_path: Path
) -> None:
    """Not when that has been mended, and the site is built once more."""
    for place in ("first", "second"):
        site = lay_out(tmp_path / place)
        lines = (typed, "code: CN-001") if place == "first" else ("code: CN-001", typed)
        edit(site, f"{BO}\n- code: CN-001\n+ {lines[0]}\n+ {lines[1]}\n")
        text = told(site, "vi")
        assert f"{BO}:5: mục “code” đã có ở dòng 4" in text
        assert re.search(rf"{BO}:{4 if place == 'first' else 5}: {pattern(owner.MESSAGES[code][0][0])}", text)
        assert "2 lỗi cần sửa." in text


def test_words_that_run_on_below_are_not_taken_for_a_key_that_stands_twice(tmp_path: Path) -> None:
    site = lay_out(tmp_path / "site")
    edit(site, f"{BO}\n- price: 12000000\n+ price: 12000000\n+ giá này đã gồm sổ\n")
    assert re.findall(rf"{BO}:(\d+)", told(site, "vi")) == ["14"]


def test_a_shop_that_has_sold_hundreds_shows_the_newest_and_names_them_all(tmp_path: Path) -> None:
    site = lay_out(tmp_path / "shop")
    sold = (site / "content/puppies/me/index.md").read_text(encoding="utf-8")
    for number in range(70):
        folder = site / f"content/puppies/me-{number}"
        folder.mkdir()
        text = sold.replace("CN-003", f"CN-1{number:02}").replace("title: Me", f"title: Me {number}")
        (folder / "index.md").write_text(text, encoding="utf-8")
    built = build.build_site(site, Options(build.today(), drawings=False, share_pictures=False))
    html = next(output.content for output in built.outputs if output.path == "da-ve-nha/index.html")
    page = BeautifulSoup(html if isinstance(html, bytes) else b"", "html.parser")
    assert len(page.select(".cards > li")) == 60
    assert len({str(link["href"]) for link in page.select(".cards a, .others a")}) == 71
    assert "71" in str(page.select(".listing__count"))
