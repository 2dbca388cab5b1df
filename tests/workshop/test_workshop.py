"""What the buttons do, without a browser: over the same requests that one would send."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitegen.errors import ContentError, problem
from sitegen.source import Overlay
from sitegen.workshop.discreet import discreet
from tests import photos
from tests.workshop.shop import HOST, Shop, open_shop

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.workshop.talk import Reply

BO = "content/puppies/bo/index.md"
ENGLISH = "content/puppies/bo/index.en.md"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return open_shop(tmp_path)


def text(reply: Reply) -> str:
    assert isinstance(reply.content, bytes)
    return reply.content.decode()


def done(reply: Reply) -> str:
    """The id of the change that a reply leads on from."""
    assert reply.status == 303, text(reply)
    return reply.headers["Location"].rpartition("done=")[2]


def mistakes(reply: Reply) -> dict[str, str]:
    """Field → what is wrong with it, as the script is told."""
    return {m["name"]: m["what"] for m in json.loads(text(reply))["mistakes"]}


def changed(before: str, after: str) -> list[str]:
    old, new = before.splitlines(), after.splitlines()
    return [f"- {line}" for line in old if line not in new] + [f"+ {line}" for line in new if line not in old]


def test_every_page_of_the_workshop_opens_in_both_languages(tmp_path: Path) -> None:
    for lang in ("vi", "en"):
        shop = open_shop(tmp_path / lang, lang)
        paths = ["history", "bin", "publish", "phone", "edit/site"]
        paths += [f"new/{kind}" for kind in ("puppies", "breeds", "pages", "posts")]
        for kind in ("puppies", "breeds", "pages", "posts"):
            paths.append(f"list/{kind}")
            paths += [f"edit/{kind}/{line.slug}" for line in shop.workshop.desk.lines(kind)]
        for path in paths:
            reply = shop.get(path)
            assert reply.status == 200, path
            assert f'<html lang="{lang}">' in text(reply)
            assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son[a-z]+=", text(reply)), f"{path}: inline"


def test_a_price_saved_changes_one_line_of_one_file(shop: Shop) -> None:
    before = shop.read(BO), shop.read(ENGLISH)
    done(shop.post("save/puppies/bo", *shop.form("puppies", "bo", {"f.price": "8tr5"})))
    assert changed(before[0], shop.read(BO)) == ["- price: 12000000", "+ price: 8500000"]
    assert shop.read(ENGLISH) == before[1]


def test_mistakes_stand_at_their_fields_and_nothing_is_written(shop: Shop) -> None:
    before = shop.read(BO)
    typed = {
        "f.price": "8.5", "f.mother.weight_kg": "nhẹ", "f.vaccinations.0.date": "31/2/2026", "w.en.summary": "",
        "b.vi": "## Tính nết {#tinh-net}\n\nXem [bảo hành](/pages/khong-co.md)",
    }  # fmt: skip
    wrong = shop.form("puppies", "bo", typed)
    found = mistakes(shop.post("preview/puppies/bo", *wrong))
    assert set(found) == {"f.price", "f.mother.weight_kg", "f.vaccinations.0.date", "w.en.summary", "b.vi"}
    reply = shop.post("save/puppies/bo", *wrong)
    assert reply.status == 422
    assert "“8.5” chưa rõ là bao nhiêu tiền" in text(reply)
    assert 'id="i-f-price" name="f.price" value="8.5"' in text(reply)
    assert shop.read(BO) == before


def test_an_empty_form_says_what_is_needed_and_nothing_else(shop: Shop) -> None:
    found = mistakes(shop.post("preview/puppies/new", ("f.status", "available")))
    assert {"w.vi.title", "f.price", "f.breed", "f.colour"} <= set(found)
    assert set(found.values()) == {"Mục này cần điền"}


def test_one_tap_sells_a_puppy_and_one_tap_takes_it_back(shop: Shop) -> None:
    before = shop.read(BO)
    change = done(shop.post("status/bo", ("status", "reserved")))
    assert changed(before, shop.read(BO)) == ["- status: available", "+ status: reserved", "+ reserved: 2026-11-22"]
    done(shop.post("status/bo", ("status", "sold")))
    assert "reserved: 2026-11-22\nsold: 2026-11-22\n" in shop.read(BO)
    assert shop.get("list/puppies", (("done", change),)).status == 200
    last = shop.workshop.desk.ledger.changes()[0]
    done(shop.post(f"undo/{last.id}"))
    done(shop.post(f"undo/{change}"))
    assert shop.read(BO) == before


def test_a_file_changed_meanwhile_is_kept_until_she_chooses(shop: Shop) -> None:
    mine = shop.form("puppies", "bo", {"f.price": "9000000", "w.vi.summary": "Tóm tắt của tôi."})
    theirs = shop.read(BO).replace("weight_kg: 2.4", "weight_kg: 2.9   # cân lại").replace("12000000", "10000000")
    theirs = theirs.replace("[health-book, vaccinations]", "[vaccinations, health-book]")  # says the same
    (shop.root / BO).write_bytes(theirs.encode())
    reply = shop.post("save/puppies/bo", *mine)
    assert reply.status == 409
    assert shop.read(BO) == theirs
    page = text(reply)
    assert set(re.findall(r'name="pick:([^"]+)"', page)) == {"f.price", "f.weight_kg", "w.vi.summary"}
    # What only one side has changed is chosen already; where both have, her own words are.
    chosen = dict(re.findall(r'name="pick:([^"]+)" value="(\w+)" checked', page))
    assert chosen == {"f.price": "mine", "f.weight_kg": "theirs", "w.vi.summary": "mine"}
    hidden = re.findall(r'<textarea hidden name="(m:[^"]+)"[^>]*>\n([^<]*)</textarea>', page)
    was = re.findall(r'<input type="hidden" name="(was\.[^"]+)" value="([^"]*)">', page)
    picks = [("pick:f.price", "mine"), ("pick:w.vi.summary", "mine"), ("pick:f.weight_kg", "theirs")]
    done(shop.post("resolve/puppies/bo", *hidden, *was, *picks, ("side", "picked")))
    assert changed(theirs, shop.read(BO)) == [
        "- summary: Bơ là bé corgi hay cười.", "- price: 10000000",
        "+ summary: Tóm tắt của tôi.", "+ price: 9000000",
    ]  # fmt: skip


def test_a_renamed_puppy_leaves_its_old_address_behind(shop: Shop) -> None:
    done(shop.post("save/puppies/bo", *shop.form("puppies", "bo", {"w.vi.title": "Bơ Đậu"})))
    assert "title: Bơ Đậu\n" in shop.read(BO)
    assert "aliases: [/cun/bo/]\n" in shop.read(BO)
    assert "aliases" not in shop.read(ENGLISH)
    built = shop.workshop.desk.built
    assert built is not None
    assert built.table.redirects["/cun/bo/"] == "/cun/bo-dau/"
    # And when it is called so again, the old address is its own once more.
    done(shop.post("save/puppies/bo", *shop.form("puppies", "bo", {"w.vi.title": "Bơ"})))
    assert "aliases: [/cun/bo-dau/]\n" in shop.read(BO)
    assert shop.workshop.desk.built is not None
    assert shop.workshop.desk.built.table.redirects["/cun/bo-dau/"] == "/cun/bo/"


def test_a_page_that_moves_takes_along_what_lies_below_it(shop: Shop) -> None:
    done(shop.post("save/pages/puppies", *shop.form("pages", "puppies", {"w.vi.slug": "cho-con"})))
    assert "aliases: [/cun/bo/]\n" in shop.read(BO)
    assert "aliases" not in shop.read(ENGLISH)
    built = shop.workshop.desk.built
    assert built is not None
    assert built.table.redirects["/cun/"] == "/cho-con/"
    assert built.table.redirects["/cun/bo/"] == "/cho-con/bo/"
    last = shop.workshop.desk.ledger.changes()[0]
    done(shop.post(f"undo/{last.id}"))
    assert "aliases" not in shop.read(BO)


def test_a_new_puppy_gets_a_folder_of_its_own_and_the_next_code(shop: Shop) -> None:
    page = text(shop.get("new/puppies", (("from", "bo"),)))
    assert 'name="f.code" value="CN-004"' in page
    assert 'name="w.vi.title" value=""' in page
    own = ("was.", "p.", "had", "b.", "w.en")
    form = shop.form("puppies", "bo", {"f.code": "CN-004", "w.vi.title": "Bơ", "f.listed": "22/11/2026"}, own)
    reply = shop.post("save/puppies/new", *form)
    assert reply.status == 422  # the same address as the other Bơ
    reply = shop.post("save/puppies/new", *form, ("w.vi.title", "Bơ con"))
    assert reply.headers["Location"].startswith("/_workshop/edit/puppies/bo-con?done=")
    assert shop.read("content/puppies/bo-con/index.md").startswith(
        "---\ntitle: Bơ con\nsummary: Bơ là bé corgi hay cười.\ncode: CN-004\nbreed: corgi\nstatus: available\n"
        "listed: 2026-11-22\nsex: female\n"
    )


def test_a_new_form_promises_nothing_that_the_puppy_has_not(shop: Shop) -> None:
    """A chip and papers are ticked by whoever has them, not because the last puppy had them."""
    includes = ("f.includes", "microchip"), ("f.includes", "papers")
    done(shop.post("save/puppies/bo", *shop.form("puppies", "bo"), *includes))
    assert "microchip, papers]" in shop.read(BO)
    for query in ((), (("from", "bo"),)):
        page = text(shop.get("new/puppies", query))
        assert 'value="health-book" checked' in page
        assert 'value="microchip" checked' not in page


def test_a_puppy_without_a_chip_says_so_in_the_owners_words(shop: Shop) -> None:
    before = shop.read(BO)
    assert "microchip: none\n" in before
    assert 'name="f.microchip" value="chưa có"' in text(shop.get("edit/puppies/bo"))
    as_shown = shop.form("puppies", "bo", {"f.microchip": "chưa có"})
    shop.post("preview/puppies/bo", *as_shown)
    assert "viết dở" not in text(shop.get("edit/puppies/bo")), "nothing has been typed"
    done(shop.post("save/puppies/bo", *as_shown))
    assert shop.read(BO) == before


@pytest.mark.parametrize(("lang", "shown"), [("vi", "03/11/2026"), ("en", "3 Nov 2026")])
def test_days_are_shown_her_way_and_saving_them_untouched_rewrites_none(tmp_path: Path, lang: str, shown: str) -> None:
    shop = open_shop(tmp_path, lang)
    (shop.root / BO).write_text(shop.read(BO).replace("born: 2026-09-20", "born: 20.9.2026"), encoding="utf-8")
    before = shop.read(BO)
    days = dict(
        re.findall(r'name="([^"]+)" value="([^"]+)" placeholder="30/8/2026"', text(shop.get("edit/puppies/bo")))
    )
    assert days["f.vaccinations.0.date"] == shown
    assert "born: 20.9.2026\n" in before
    assert days.keys() >= {"f.born", "f.listed", "f.weighed", "f.vet_check.date", "p.0.taken"}
    form = shop.form("puppies", "bo", days)
    shop.post("preview/puppies/bo", *form)
    assert "?unfinished=yes" not in text(shop.get("edit/puppies/bo")), "nothing has been typed"
    done(shop.post("save/puppies/bo", *form))
    assert shop.read(BO) == before
    done(shop.post("save/puppies/bo", *shop.form("puppies", "bo", {**days, "f.born": "30/8/2026"})))
    assert changed(before, shop.read(BO)) == ["- born: 20.9.2026", "+ born: 2026-08-30"]


@pytest.mark.parametrize(
    ("lang", "said", "called", "untitled"),
    [
        ("vi", "Đã lưu thông tin cửa tiệm.", "<strong>Thông tin tiệm</strong> – sửa", "Trang chưa có tên"),
        ("en", "The shop&#39;s details are saved.", "<strong>The shop</strong> – edited", "A page without a title yet"),
    ],
)
def test_nothing_is_called_by_the_name_of_its_file(
    tmp_path: Path, lang: str, said: str, called: str, untitled: str
) -> None:
    shop = open_shop(tmp_path, lang)
    change = done(shop.post("save/site", *shop.form("site", "", {"f.shop.name": "Cún To"})))
    assert f"<p>{said}</p>" in text(shop.get("edit/site", (("done", change),)))
    history = text(shop.get("history/site"))
    assert called in history
    assert not re.search(r"<h1>[^<]*\bsite\b", history)
    (shop.root / "content/pages/about.md").write_text("---\nsummary: Về tiệm.\n---\n", encoding="utf-8")
    assert f"<h1>{untitled}</h1>" in text(shop.get("edit/pages/about"))


def test_unfinished_words_do_not_overwrite_what_was_saved_since(shop: Shop) -> None:
    shop.post("preview/puppies/bo", *shop.form("puppies", "bo", {"w.vi.summary": "Viết dở dang"}))
    done(shop.post("status/bo", ("status", "reserved")))
    page = text(shop.get("edit/puppies/bo", (("unfinished", "yes"),)))
    was = re.findall(r'<input type="hidden" name="(was\.[^"]+)" value="([^"]*)">', page)
    typed = [pair for pair in shop.form("puppies", "bo", {"w.vi.summary": "Viết dở dang"}) if pair[0][:4] != "was."]
    assert shop.post("save/puppies/bo", *typed, *was).status == 409
    assert "status: reserved" in shop.read(BO)


@pytest.mark.parametrize("kind", ["posts", "pages", "breeds"])
def test_posts_pages_and_breeds_begin_here_too(shop: Shop, kind: str) -> None:
    words = {"w.vi.title": "Đường dài", "w.vi.summary": "Tóm tắt.", "b.vi": "Chữ.", "was.vi": "", "was.en": ""}
    facts = dict(shop.workshop.desk.blank(kind))
    if kind == "breeds":
        own = ("w.", "b.", "was.", "had")
        facts = dict(shop.form("breeds", "corgi", without=own))
    reply = shop.post(f"save/{kind}/new", *words.items(), *facts.items())
    assert reply.headers["Location"].startswith(f"/_workshop/edit/{kind}/duong-dai?done=")
    path = f"content/{kind}/duong-dai{'/index' if kind == 'breeds' else ''}.md"
    assert shop.read(path).startswith("---\ntitle: Đường dài\nsummary: Tóm tắt.\n")
    assert shop.read(path).endswith("---\n\nChữ.\n")
    built = shop.workshop.desk.built
    assert built is not None
    assert any(route.source == path for route in built.routes)


def test_what_others_need_does_not_go_into_the_bin(shop: Shop) -> None:
    reply = shop.post("delete/breeds/corgi")
    assert reply.status == 422
    assert "Chưa bỏ vào thùng rác, vì nơi khác còn cần đến" in text(reply)
    needed = 'href="/_workshop/edit/puppies/bo#i-f-breed">Bơ · <strong>Giống:</strong> Chưa có giống “corgi”'
    assert needed in text(reply)
    assert (shop.root / "content/breeds/corgi/index.md").is_file()


def test_a_puppy_that_a_page_speaks_of_stays_and_the_page_is_named(shop: Shop) -> None:
    reply = shop.post("delete/puppies/bo")
    assert reply.status == 422
    named = '<a href="/_workshop/edit/pages/home#i-b-vi">Trang đầu · <strong>Bài viết (Tiếng Việt):</strong>'
    assert named in text(reply)


def test_a_deleted_puppy_waits_in_the_bin_with_its_photo(shop: Shop) -> None:
    photo = shop.root / "content/puppies/dua/dua.jpg"
    photo.write_bytes(photos.photo())
    before = shop.read("content/puppies/dua/index.md")
    change = done(shop.post("delete/puppies/dua"))
    assert not photo.parent.exists()
    assert f"/_workshop/undo/{change}" in text(shop.get("bin"))
    done(shop.post(f"undo/{change}"))
    assert shop.read("content/puppies/dua/index.md") == before
    assert photo.read_bytes() == photos.photo()
    assert change not in text(shop.get("bin"))


def test_a_photo_is_received_shown_saved_and_removed(shop: Shop) -> None:
    heic = photos.photo(format_="heic", orientation=6)
    reply = shop.post("upload", files=(("IMG 0001.HEIC", heic),))
    photo = json.loads(text(reply))["photos"][0]
    assert photo["taken"] == "2026-11-12"
    assert shop.get(photo["thumb"].removeprefix("/_workshop/")).status == 200
    row = {"file": "IMG 0001.HEIC", "ref": photo["ref"], "alt.vi": "Bơ ngủ", "taken": "2026-11-12"}
    form = shop.form("puppies", "bo", {f"p.up1.{key}": value for key, value in row.items()})
    pages = json.loads(text(shop.post("preview/puppies/bo", *form)))["pages"]
    assert set(pages) == {"vi", "en"}
    before = shop.read(BO)
    done(shop.post("save/puppies/bo", *form))
    assert changed(before, shop.read(BO)) == ["+   - {file: img-0001.heic, taken: 2026-11-12, alt: Bơ ngủ}"]
    kept = (shop.root / "content/puppies/bo/img-0001.heic").read_bytes()
    assert kept == discreet(heic)
    assert photos.OWNER.encode() not in kept
    for path in (shop.root / ".workshop").rglob("*"):
        assert path.is_dir() or photos.OWNER.encode() not in path.read_bytes(), "nor is it kept in the history"
    done(shop.post("save/puppies/bo", *shop.form("puppies", "bo", without=("p.1.",))))
    assert shop.read(BO) == before
    assert not (shop.root / "content/puppies/bo/img-0001.heic").exists()


def test_only_pictures_are_put_beside_a_puppy(shop: Shop) -> None:
    ref = shop.workshop.desk.ledger.put("x.md", b"---\n---\n")
    row = {"p.up1.file": "index.de.md", "p.up1.ref": ref}
    before = sorted((shop.root / "content/puppies/bo").iterdir())
    assert shop.post("save/puppies/bo", *shop.form("puppies", "bo", row)).status == 422
    assert sorted((shop.root / "content/puppies/bo").iterdir()) == before


def test_a_file_broken_meanwhile_stops_the_preview_and_nothing_else(shop: Shop) -> None:
    form = shop.form("puppies", "bo")
    (shop.root / BO).write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert json.loads(text(shop.post("preview/puppies/bo", *form)))["pages"] == {}
    assert "Sửa thẳng trong tệp" in text(shop.post("save/puppies/bo", *form))
    # Others can still be edited: the old mistake is not theirs.
    done(shop.post("save/puppies/dua", *shop.form("puppies", "dua", {"f.price": "7000000"})))


def test_what_is_no_photo_is_refused_in_plain_words(shop: Shop) -> None:
    found = json.loads(text(shop.post("upload", files=(("a.jpg", b"no picture"), ("thu.docx", b"PK")))))["photos"]
    assert [set(photo) for photo in found] == [{"file", "mistake"}] * 2
    assert "không phải là ảnh" in found[0]["mistake"]


def test_a_photo_refused_without_a_script_is_told_of_and_the_words_stay(shop: Shop) -> None:
    form = shop.form("puppies", "bo", {"w.vi.summary": "Chữ mới."})
    sent = (("thu.docx", b"PK"), ("be.jpg", photos.photo()))
    reply = shop.post("save/puppies/bo", *form, files=sent)
    assert reply.status == 422
    assert "<strong>Ảnh thu.docx:</strong> tệp này không phải là ảnh" in text(reply)
    assert "Chữ mới." in text(reply)
    assert 'value="be.jpg"' in text(reply), "the good one is kept"


def test_what_is_typed_and_not_saved_is_offered_again(shop: Shop) -> None:
    shop.post("preview/puppies/bo", *shop.form("puppies", "bo"))
    assert "viết dở" not in text(shop.get("edit/puppies/bo"))
    shop.post("preview/puppies/bo", *shop.form("puppies", "bo", {"w.vi.summary": "Viết dở dang"}))
    assert "viết dở" in text(shop.get("edit/puppies/bo"))
    # Opening the form shows its preview at once; that takes no words away.
    shop.post("preview/puppies/bo", *shop.form("puppies", "bo"))
    assert "Viết dở dang" in text(shop.get("edit/puppies/bo", (("unfinished", "yes"),)))
    shop.post("drop/puppies/bo")
    assert "viết dở" not in text(shop.get("edit/puppies/bo"))


def test_a_file_that_cannot_be_read_is_mended_as_text(shop: Shop) -> None:
    broken = shop.read(BO).replace("title: Bơ", "title: [Bơ")
    (shop.root / BO).write_bytes(broken.replace("\n", "\r\n").encode())
    page = text(shop.get("edit/puppies/bo"))
    assert "dấu [ hoặc { mở ra" in page
    was = re.findall(r'<input type="hidden" name="(was\.[^"]+)" value="([^"]*)">', page)
    texts = [("raw.vi", broken.replace("title: [Bơ", "title: Bơ")), ("raw.en", shop.read(ENGLISH))]
    done(shop.post("raw/puppies/bo", *was, *texts))
    assert shop.read(BO) == broken.replace("[Bơ", "Bơ").replace("\n", "\r\n")


def test_a_file_saved_in_another_encoding_is_shown_and_saved_as_it_should_be(shop: Shop) -> None:
    before = shop.read(BO)
    (shop.root / BO).write_bytes(before.encode("utf-16"))
    page = text(shop.get("edit/puppies/bo"))
    assert "Bơ là bé corgi hay cười." in page
    was = re.findall(r'<input type="hidden" name="(was\.[^"]+)" value="([^"]*)">', page)
    done(shop.post("raw/puppies/bo", *was, ("raw.vi", before), ("raw.en", shop.read(ENGLISH))))
    assert shop.read(BO) == before


def test_settings_that_cannot_be_read_are_mended_as_text(shop: Shop) -> None:
    before = shop.read("site.yaml")
    (shop.root / "site.yaml").write_text(before.replace("name: Cún Nhỏ", "name: Cún: Nhỏ"), encoding="utf-8")
    page = text(shop.get("edit/site"))
    assert "dấu hai chấm" in page
    was = re.findall(r'<input type="hidden" name="(was\.[^"]+)" value="([^"]*)">', page)
    done(shop.post("raw/site", *was, ("raw.vi", before)))
    assert shop.read("site.yaml") == before


def test_the_settings_have_a_form_too(shop: Shop) -> None:
    before = shop.read("site.yaml")
    done(shop.post("save/site", *shop.form("site", "", {"f.shop.tagline.en": "New: words"})))
    assert '"New: words"' in shop.read("site.yaml")
    assert len(changed(before, shop.read("site.yaml"))) == 2


def test_publishing_shows_first_and_acts_only_when_told(shop: Shop) -> None:
    asked: list[bool] = []

    def command(look: bool, log: Callable[[str], None]) -> int:
        asked.append(look)
        log("+ cun/bo/index.html")
        return 0

    assert "Chưa cài nơi" in text(shop.get("publish"))
    settings = shop.read("site.yaml")
    (shop.root / "site.yaml").write_text(settings + "publish: {host: netlify, target: cun-nho}\n", encoding="utf-8")
    shop.workshop.refresh(shop.drafts(Overlay()))
    shop.workshop.app.publisher = command
    assert "+ cun/bo/index.html" in text(shop.get("publish"))
    assert asked == [True]
    assert "Khách đã thấy bản mới" in text(shop.post("publish"))
    assert asked == [True, False]


def test_what_stands_in_the_way_of_publishing_is_a_list_of_links(shop: Shop) -> None:
    settings = shop.read("site.yaml")
    (shop.root / "site.yaml").write_text(settings + "publish: {host: netlify, target: cun-nho}\n", encoding="utf-8")
    shop.workshop.refresh(shop.drafts(Overlay()))

    def command(_look: bool, _log: Callable[[str], None]) -> int:
        raise ContentError(
            [problem(BO, 0, "sample-puppy"), problem("site.yaml", 0, "sample-value", key="shop.phone", value="+8400")]
        )

    shop.workshop.app.publisher = command
    page = text(shop.get("publish"))
    assert '<a href="/_workshop/edit/puppies/bo#i-f-sample">Bơ · <strong>Còn là dữ liệu mẫu:</strong> Bé này là' in page
    assert '"/_workshop/edit/site#i-f-shop-phone">Thông tin tiệm · <strong>Cửa hàng · Điện thoại:</strong>' in page


def test_the_list_finds_names_without_their_marks(shop: Shop) -> None:
    page = text(shop.get("list/puppies", (("q", "dua"),)))
    assert "Dừa" in page
    assert "CN-001" not in page
    assert "Không tìm thấy" in text(shop.get("list/puppies", (("q", "mèo"),)))


def test_an_earlier_version_can_be_gone_back_to(shop: Shop) -> None:
    first = done(shop.post("save/puppies/bo", *shop.form("puppies", "bo", {"f.price": "8000000"})))
    done(shop.post("save/puppies/bo", *shop.form("puppies", "bo", {"f.price": "7000000"})))
    page = text(shop.get("history/puppies/bo"))
    assert page.count("price: 8000000") == 2
    done(shop.post(f"restore/{first}"))
    assert "price: 8000000" in shop.read(BO)


def test_the_draft_is_the_page_itself_and_may_only_be_framed_here(shop: Shop) -> None:
    form = shop.form("puppies", "bo", {"w.vi.summary": "Chưa ai đọc câu này.", "f.draft": "true"})
    pages = json.loads(text(shop.post("preview/puppies/bo", *form)))["pages"]
    draft = shop.get(pages["vi"].removeprefix("/_workshop/"))
    assert "Chưa ai đọc câu này." in text(draft)
    assert "frame-ancestors 'self'" in draft.headers["Content-Security-Policy"]
    assert "<script src" not in text(draft)
    assert "Chưa ai đọc" not in shop.read(BO)


def test_every_page_of_the_preview_leads_to_its_source(shop: Shop) -> None:
    built = shop.workshop.desk.built
    assert built is not None
    assert len(built.routes) > 30
    for route in built.routes:
        page = shop.workshop.linked(route.url, b"<html><body></body></html>").decode()
        address = re.search(r'id="workshop-edit"[^>]*href="/_workshop/([^"]+)"', page)
        assert address, route.url
        assert shop.get(address[1]).status == 200, route.url


def test_nothing_leads_out_of_the_workshops_own_files(shop: Shop) -> None:
    for path in (
        "assets/../app.py", "thumb/puppies/bo/../../../site.yaml", "thumb/puppies/bo/index.md", "edit/puppies/..",
        "upload/" + "0" * 64 + ".md", "proof/../../site.yaml", "undo/../../x", "draft/00/vi/", "edit/drafts/x", "x",
    ):  # fmt: skip
        assert shop.get(path).status in (404, 410), path
    reply = shop.get("list/puppies")
    assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Set-Cookie"].startswith(f"workshop-{HOST[-4:]}=")
