"""`build.py new "Bông"` and the edit links."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import schema
from sitegen.kinds import Choice, ListOf, Reader
from sitegen.model import SourceFile
from sitegen.nodes import Scalar
from sitegen.parse import parse
from sitegen.workshop import edit_address, with_edit
from sitegen.workshop.new import new_puppy
from tests.workshop.shop import TODAY


@pytest.mark.parametrize("lang", schema.LANGUAGES)
def test_a_new_folder_asks_only_for_what_is_still_open(tmp_path: Path, lang: str) -> None:
    path, translation = new_puppy(tmp_path, "Bông: cô út", lang, TODAY)
    assert path == "content/puppies/bong-co-ut/index.md"
    assert (tmp_path / translation).is_file()
    data = (tmp_path / path).read_bytes()
    _, problems = parse(SourceFile(path, data), "vi")
    assert {problem.code for problem in problems} == {"value-missing"}
    open_keys = {dict(problem.facts)["key"] for problem in problems}
    assert open_keys == {f.key for f in schema.PUPPY if f.required} - {"title", "status", "listed", "origin", "draft"}


def test_every_key_of_a_puppy_that_looks_for_a_home_is_explained(tmp_path: Path) -> None:
    text = (tmp_path / new_puppy(tmp_path, "Na", "vi", TODAY)[0]).read_text(encoding="utf-8")
    for f in schema.PUPPY:
        if not f.allowed or "available" in f.allowed:
            line = next(line for line in text.splitlines() if line.lstrip("# ").startswith(f"{f.key}:"))
            assert " # " in line, f.key
    assert "Giới tính: male (đực) / female (cái)" in text
    assert "Nơi nuôi: home (nhà) / kennel (trại) / partner (đối tác)" in text
    assert "health-book (sổ sức khoẻ)" in text


def test_each_choice_may_be_copied_whole_out_of_its_remark(tmp_path: Path) -> None:
    """`raised: home (nhà)`: the word and what it means, as it stands there."""
    text = (tmp_path / new_puppy(tmp_path, "Na", "vi", TODAY)[0]).read_text(encoding="utf-8")
    remarks = {f.key: line.partition(" # ")[2] for f in schema.PUPPY for line in text.splitlines()
               if line.lstrip("# ").startswith(f"{f.key}:")}  # fmt: skip
    tried = 0
    for f in schema.PUPPY:
        kind = f.kind.kind if isinstance(f.kind, ListOf) else f.kind
        if isinstance(kind, Choice) and f.key in remarks:
            for said, value in zip(remarks[f.key].partition(": ")[2].split(" / "), kind.values, strict=True):
                reader = Reader("a.md", [said])
                assert (kind.read(f.key, Scalar(said, 1), reader), reader.problems) == (value, [])
                tried += " (" in said
    assert tried > 40


def test_a_new_folder_asks_for_no_jab_that_was_not_given(tmp_path: Path) -> None:
    """Its examples are right, too: a wormer is no vaccine, and a puppy's mother weighs more than the puppy."""
    text = (tmp_path / new_puppy(tmp_path, "Na", "vi", TODAY)[0]).read_text(encoding="utf-8")
    lines = {line.lstrip("# ").partition(":")[0]: line for line in text.splitlines()}
    assert "Nobivac" in lines["vaccinations"]
    assert "Drontal" in lines["dewormings"]
    for key in ("vaccinations", "dewormings"):
        assert lines[key].endswith(" · chưa có lần nào thì viết: chưa")
    assert "chưa khám thì giữ bé ở bản nháp" in lines["vet_check"]
    assert "“chưa có”" in lines["microchip"]
    assert "{name: Mơ, colour: white, weight_kg: 3.2}" in lines["mother"]
    assert "{name: Mít, colour: white, weight_kg: 3.2}" in lines["father"]


def test_a_second_puppy_of_that_name_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    paths = [new_puppy(tmp_path, name, "vi", TODAY)[0] for name in ("Đốm", "Đốm", "犬", "Con")]
    # No folder of Windows may be called con.
    assert [path.split("/")[2] for path in paths] == ["dom", "dom-2", "moi", "con-2"]


def test_a_page_of_the_preview_leads_to_its_form() -> None:
    assert edit_address("content/puppies/bong/index.en.md") == "/_workshop/edit/puppies/bong"
    assert edit_address("content/pages/about.md") == "/_workshop/edit/pages/about"
    assert edit_address("site.yaml") == "/_workshop/edit/site"
    assert edit_address("drawing") == edit_address("content/x.md") == ""
    page = with_edit(b"<body><p>a</p></body>", "content/pages/about.md", "en")
    assert page.startswith(b"<body><p>a</p>")
    assert b'href="/_workshop/edit/pages/about" aria-label="Edit this page">' in page
    assert page.endswith(b"</body>")
    assert with_edit(b"<body></body>", "drawing", "vi") == b"<body></body>"
