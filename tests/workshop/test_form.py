"""A file becomes a form and the form becomes the file again: nothing is lost, nothing changes by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sitegen import schema
from sitegen.parse import identity
from sitegen.workshop.entries import Entry, pairs, written
from sitegen.workshop.form import Posted, canonical

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)


def entry(path: Path, photos: tuple[str, ...] = (), **data: bytes) -> Entry:
    """The entry whose original lies at `path`."""
    name = path.relative_to(ROOT).as_posix()
    id_, kind, _ = identity(name)
    files = {"vi": name, "en": name.replace(".md", ".en.md")}
    there = {lang: (ROOT / file).read_bytes() for lang, file in files.items() if (ROOT / file).is_file()}
    return Entry(kind, id_.partition("/")[2], files, {**there, **data}, photos)


def bong() -> Entry:
    return entry(ROOT / "content/puppies/bong/index.md")


def changed(before: Entry, *new: tuple[str, str], without: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Save the form with some fields changed; the new lines of each file."""
    names = {name for name, _ in new}
    kept = tuple(p for p in pairs(before) if p[0] not in names and not p[0].startswith(without or ("-",)))
    files = written(before, Posted((*kept, *new)), TODAY)
    out = {}
    for lang, path in before.files.items():
        data = files.get(path)
        old = before.data.get(lang, b"").decode().splitlines()
        out[lang] = [line for line in (data or b"").decode().splitlines() if line not in old]
    return out


ORIGINALS = sorted(p for p in (ROOT / "content").rglob("*.md") if not p.stem.endswith(".en"))


@pytest.mark.parametrize("path", ORIGINALS, ids=lambda p: p.relative_to(ROOT / "content").as_posix())
def test_opening_and_saving_anything_in_the_shop_changes_no_byte(path: Path) -> None:
    before = entry(path)
    files = written(before, Posted(pairs(before)), TODAY)
    assert files == {before.files[lang]: data for lang, data in before.data.items()}


def test_opening_and_saving_the_settings_changes_no_byte() -> None:
    data = (ROOT / "site.yaml").read_bytes()
    site = Entry("site", "", {"vi": "site.yaml"}, {"vi": data})
    assert written(site, Posted(pairs(site)), TODAY) == {"site.yaml": data}


def test_a_price_typed_her_way_is_written_the_schemas_way() -> None:
    assert changed(bong(), ("f.price", "8,5 triệu"))["vi"] == ["price: 8500000"]
    assert canonical(schema.BORN_ON.kind, "30/8/2026") == "2026-08-30"
    assert canonical(schema.WEIGHT.kind, "1,25 kg") == "1.25"


def test_what_she_leaves_alone_keeps_her_own_spelling() -> None:
    data = bong().data["vi"].decode().replace("price: 9500000", "giá: 9,5 triệu")
    data = data.replace("born: 2026-09-06", "ngày sinh: 6/9/2026")
    before = entry(ROOT / "content/puppies/bong/index.md", vi=data.encode())
    assert ("f.price", "9,5 triệu") in pairs(before)
    assert ("f.born", "2026-09-06") in pairs(before)
    assert changed(before, ("f.weight_kg", "1.4"))["vi"] == ["weight_kg: 1.4"]
    assert changed(before, ("f.price", "9 triệu"))["vi"] == ["giá: 9000000"]


def test_sold_is_one_word_and_the_date_comes_by_itself() -> None:
    assert changed(bong(), ("f.status", "sold"))["vi"] == ["status: sold", "sold: 2026-11-22"]


def test_back_to_available_takes_the_dates_that_no_longer_hold() -> None:
    files = written(bong(), Posted((*pairs(bong()), ("f.status", "sold"))), TODAY)
    sold = entry(ROOT / "content/puppies/bong/index.md", vi=files[bong().files["vi"]] or b"")
    again = written(sold, Posted((*pairs(sold), ("f.status", "available"))), TODAY)
    assert again[sold.files["vi"]] == bong().data["vi"]


def test_english_words_go_to_the_english_file_only() -> None:
    assert changed(bong(), ("w.en.summary", "New words: all of them.")) == {
        "vi": [], "en": ['summary: "New words: all of them."'],
    }  # fmt: skip


def test_a_translation_begins_with_its_first_word() -> None:
    post = entry(ROOT / "content/posts/deposit-scams.md")
    assert list(written(post, Posted(pairs(post)), TODAY)) == [post.files["vi"]]
    files = written(post, Posted((*pairs(post), ("w.en.title", "Deposit scams"))), TODAY)
    assert files[post.files["en"]] == b"---\ntitle: Deposit scams\n---\n"


def test_a_translation_with_nothing_left_in_it_goes() -> None:
    kept = tuple(pair for pair in pairs(bong()) if not pair[0].startswith(("w.en", "b.en")))
    assert written(bong(), Posted(kept), TODAY)[bong().files["en"]] is None


def test_a_new_vaccination_is_one_new_line() -> None:
    new = (("f.vaccinations.n1.product", "Rabisin"), ("f.vaccinations.n1.date", "2026-11-20"))
    assert changed(bong(), *new)["vi"] == ["  - {product: Rabisin, date: 2026-11-20}"]


def test_ticking_a_box_adds_one_word_to_the_list() -> None:
    assert changed(bong(), *(("f.includes", v) for v in ("bowl", "health-book", "vaccinations")))["vi"] == [
        "includes: [health-book, vaccinations, bowl]"
    ]


def test_a_fact_repeated_in_the_translation_goes_when_it_would_contradict() -> None:
    data = bong().data["en"].replace(b"title:", b"price: 9500000\ntitle:")
    before = entry(ROOT / "content/puppies/bong/index.md", en=data)
    assert changed(before, ("f.weight_kg", "1.3"))["en"] == []
    after = written(before, Posted((*pairs(before), ("f.price", "8000000"))), TODAY)
    assert after[before.files["en"]] == bong().data["en"]


def test_photos_that_nobody_said_anything_about_need_no_list() -> None:
    before = entry(ROOT / "content/puppies/bong/index.md", photos=("a.jpg", "b.heic"))
    assert ("p.1.file", "b.heic") in pairs(before)
    assert changed(before) == {"vi": [], "en": []}
    assert changed(before, ("p.0.alt.en", "Bông asleep")) == {
        "vi": [], "en": ["photos:", "  - {file: a.jpg, alt: Bông asleep}"],
    }  # fmt: skip


def test_the_order_of_the_rows_is_the_order_of_the_photos() -> None:
    before = entry(ROOT / "content/puppies/bong/index.md", photos=("a.jpg", "b.heic"))
    rows = (("p.1.file", "b.heic"), ("p.1.taken", "2026-11-12"), ("p.1.mother", "true"), ("p.0.file", "a.jpg"))
    kept = tuple(p for p in pairs(before) if not p[0].startswith("p."))
    after = written(before, Posted((*kept, *rows)), TODAY)[before.files["vi"]]
    assert after is not None
    assert b"photos:\n  - {file: b.heic, taken: 2026-11-12, mother: true}\n  - {file: a.jpg}\n" in after
