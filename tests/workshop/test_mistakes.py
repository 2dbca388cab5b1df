"""Mistakes in a form: each at its own input, called what the form calls it, all at once, with something to type."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sitegen import owner, schema
from sitegen.kinds import Choice, Flag, Group, ListOf, Pattern, PerLanguage, Reader, Words
from sitegen.measures import Date, Money, Number
from sitegen.workshop.form import Posted, end_kind, is_pair, node, parts
from sitegen.workshop.named import example, named
from sitegen.workshop.remedies import OF_THE_FILE, REMEDIES, SAME
from tests.workshop.shop import Shop, open_shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.kinds import Field
    from sitegen.workshop.talk import Reply

BO, DUA = "content/puppies/bo/index.md", "content/puppies/dua/index.md"
NEVER_OF_A_FORM = {
    # A form writes no YAML and no fences, and puts files where they belong.
    "not-utf8", "no-front-matter", "front-matter-not-closed", "front-matter-dash", "extra-file", "wrong-place",
    "unknown-language", "no-original", "same-page-twice",
    # Of the site as it is built and published, and of templates.
    "no-publish", "no-tool", "tool-failed", "host-full", "out-not-ours", "no-settings", "broken-link",
    "broken-fragment", "id-twice", "no-alt", "no-lang", "hreflang-one-way", "foreign-request", "orphan",
    "translation-old", "photo-unreadable", "utf-16", "not-text", "file-empty", "text-ending", "file-case", "no-pages",
    "no-template", "no-strings", "front-matter-not-opened", "front-matter-not-closed-here",
    *(code for code in owner.MESSAGES if code.startswith(("template", "strings-", "style-"))),
    # Told by the command alone, of files that belong to no form.
    "no-words", "file-ignored", "film-ignored", "moved", "language-off", "static-taken",
}  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return open_shop(tmp_path)


def told(reply: Reply) -> list[dict[str, str]]:
    """What the script is told."""
    assert isinstance(reply.content, bytes)
    found: list[dict[str, str]] = json.loads(reply.content)["mistakes"]
    return found


def tried(
    shop: Shop, kind: str, slug: str, changes: dict[str, str], without: tuple[str, ...] = ()
) -> list[dict[str, str]]:
    path = f"{kind}/{slug}" if slug else kind
    return told(shop.post(f"preview/{path}", *shop.form(kind, slug, changes, without)))


def nonsense(kind: Any, n: int) -> str | None:
    """What cannot stand in a field of this kind."""
    if isinstance(kind, Words):
        return f"chữ {n} " * 200
    return f"?{n}!" if isinstance(kind, (Number, Money, Date, Pattern, Choice)) else None


@pytest.mark.parametrize(("kind", "slug"), [("puppies", "bo"), ("breeds", "corgi"), ("pages", "home"), ("site", "")])
def test_every_input_can_be_wrong_and_says_so_itself_and_all_at_once(shop: Shop, kind: str, slug: str) -> None:
    entry = shop.workshop.desk.entry(kind, slug)
    assert entry is not None
    form = Posted(shop.form(kind, slug))
    wrong: dict[str, str] = {}
    for name, _ in form.pairs:
        skipped = ("was.", "had", "b.", "f.status", "f.languages", "f.owner_language")
        # Boxes to tick post one name many times, and a photo's file is no input.
        if name.startswith(skipped) or name.endswith(".file") or name in ("f.breed", "f.draft"):
            continue
        text = nonsense(named(entry.fields, name, form, "vi").kind, len(wrong))
        if text is not None and len(form.many(name)) == 1:
            wrong[name] = text
    found = tried(shop, kind, slug, wrong)
    assert {m["name"] for m in found} == set(wrong), "each at its own input, and nothing else"
    for m in found:
        assert m["label"] == named(entry.fields, m["name"], form, "vi").label
        assert not re.search(r"\w_\w|\w: ", f"{m['what']} {m['hint']}"), m


def test_every_input_that_is_needed_says_so_itself(shop: Shop) -> None:
    without = ("f.mother", "f.vet_check.clinic", "f.vaccinations.0.product", "f.dewormings.0.date", "w.en.summary")
    found = {m["name"]: m for m in tried(shop, "puppies", "bo", {"f.price": ""}, without)}
    assert set(found) == {
        "f.mother.name", "f.mother.colour", "f.mother.weight_kg", "f.vet_check.clinic", "f.vaccinations.0.product",
        "f.dewormings.0.date", "w.en.summary", "f.price",
    }  # fmt: skip
    assert {m["what"] for m in found.values()} == {"Mục này cần điền"}
    assert found["f.vaccinations.0.product"]["label"] == "Các mũi tiêm, dòng 1 · Thuốc"
    assert found["f.vaccinations.0.product"]["hint"] == "ví dụ Nobivac Puppy DP"
    assert found["f.mother.colour"]["hint"] == "chọn một mục trong danh sách"
    assert found["w.en.summary"]["label"] == "Tóm tắt (Tiếng Anh)"
    assert found["w.en.summary"]["hint"] == "ví dụ An apricot Poodle who follows you everywhere."


def leaves(fields: tuple[Field[Any], ...]) -> Iterator[tuple[str, Any]]:
    for f in fields:
        yield from leaf(f.key, f.kind)


def leaf(key: str, kind: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(kind, (Group, PerLanguage)):
        yield from leaves(parts(kind))
    elif isinstance(kind, ListOf):
        yield from leaf(key, kind.kind)
    elif is_pair(kind):
        yield key, end_kind(kind)
    else:
        yield key, kind


@pytest.mark.parametrize("lang", owner.LANGUAGES)
def test_what_is_given_as_an_example_can_be_typed_as_it_stands(lang: str) -> None:
    shown = 0
    for fields in (*schema.BY_KIND.values(), schema.SITE):
        for key, kind in leaves(fields):
            if isinstance(kind, (Choice, Flag)) or not (text := example(key, kind, lang)):
                continue
            reader = Reader("", ())
            kind.read(key, node(text), reader)
            assert not reader.problems, f"{key}: {text}"
            shown += 1
    assert shown > 60


def test_no_message_on_a_form_speaks_of_keys_or_lines() -> None:
    """A code said in the words for files must be one that says nothing of files."""
    of_forms = owner.MESSAGES.keys() - NEVER_OF_A_FORM - REMEDIES.keys() - SAME.keys()
    for code in sorted(code for code in of_forms if not OF_THE_FILE.fullmatch(code)):
        for what, hint in owner.MESSAGES[code]:
            names = {name for _, name, _, _ in string.Formatter().parse(what + hint) if name}
            assert "key" not in names, f"{code}: say it in sitegen/workshop/remedies.py"
            assert not re.search(r"tệp|\bfile\b|  [a-z_]+:", hint), f"{code}: {hint}"


def test_a_code_taken_twice_names_the_other_puppy_from_both_sides(shop: Shop) -> None:
    for slug, other, code in (("bo", "Dừa", "CN-002"), ("dua", "Bơ", "CN-001")):
        (found,) = tried(shop, "puppies", slug, {"f.code": code})
        assert (found["name"], found["label"]) == ("f.code", "Mã")
        assert found["what"] == f"Mã {code} đã dùng cho {other}"
        assert found["hint"] == "đặt cho bé này mã khác, ví dụ CN-004"
        assert found["link"] == f"/_workshop/edit/puppies/{'dua' if slug == 'bo' else 'bo'}"


def test_mistakes_against_other_pages_come_with_those_of_the_form(shop: Shop) -> None:
    """A wrong price does not hide that the code, the name and a link are wrong as well."""
    changes = {
        "f.price": "8.5", "f.code": "CN-001", "w.vi.title": "Bơ", "f.breed": "corgii", "f.weighed": "2027-01-01",
        "f.vaccinations.0.date": "2027-01-02", "b.vi": "Xem [bảo hành](/pages/khong-co.md).",
    }  # fmt: skip
    found = {m["name"]: m for m in tried(shop, "puppies", "dua", changes)}
    assert set(found) == {
        "f.price", "f.code", "w.vi.slug", "f.breed", "f.weighed", "f.vaccinations.0.date", "b.vi"
    }  # fmt: skip
    assert found["w.vi.slug"]["what"] == "Trang Bơ đã có địa chỉ /cun/bo/"
    assert found["w.vi.slug"]["hint"].endswith("ví dụ bo-2")


def test_an_old_mistake_in_another_page_stands_in_nobodys_way_and_is_named(shop: Shop) -> None:
    text = shop.read(DUA).replace("weight_kg: 2.4", "weight_kg: nặng")
    (shop.root / DUA).write_text(text, encoding="utf-8")
    reply = shop.post("preview/puppies/bo", *shop.form("puppies", "bo", {"f.price": "9000000"}))
    assert isinstance(reply.content, bytes)
    said = json.loads(reply.content)
    assert said["mistakes"] == []
    (other,) = said["elsewhere"]
    assert (other["place"], other["label"]) == ("Dừa", "Cân nặng (kg)")
    assert other["link"] == "/_workshop/edit/puppies/dua#i-f-weight_kg"
    assert shop.post("save/puppies/bo", *shop.form("puppies", "bo", {"f.price": "9000000"})).status == 303


def test_a_mistake_in_another_page_is_not_taken_for_this_ones(shop: Shop) -> None:
    about = "content/pages/thank-you.md"
    (shop.root / about).write_text(shop.read(about) + "\n[x](/pages/khong-co.md)\n", encoding="utf-8")
    assert shop.post("save/pages/home", *shop.form("pages", "home", {"w.vi.nav": "Nhà"})).status == 303


def test_what_a_form_cannot_show_leads_to_the_files_own_text(shop: Shop) -> None:
    (shop.root / BO).write_text(shop.read(BO).replace("status:", "biệt danh: Tí\nstatus:"), encoding="utf-8")
    (found,) = tried(shop, "puppies", "bo", {})
    assert found["what"] == "Trong tệp có mục lạ “biệt danh”"
    assert found["link"] == "/_workshop/raw/puppies/bo"
    page = shop.get("raw/puppies/bo").content
    assert isinstance(page, bytes)
    assert "biệt danh: Tí" in page.decode()


def test_the_summary_names_each_field_and_leads_to_it(shop: Shop) -> None:
    reply = shop.post("save/puppies/bo", *shop.form("puppies", "bo", {"f.weight_kg": "nặng", "f.microchip": "12"}))
    assert reply.status == 422
    assert isinstance(reply.content, bytes)
    page = reply.content.decode()
    assert '<a href="#i-f-weight_kg"><strong>Cân nặng (kg):</strong> “nặng” không phải số → ví dụ 1,2</a>' in page
    assert '<a href="#i-f-microchip"><strong>Vi mạch' in page
    assert "→ ví dụ 999000000000123</a>" in page
    for link in re.findall(r'href="#(i-[^"]+)"', page):
        assert f'id="{link}"' in page, link
