"""`build.py` as an owner runs it, again and again: what it says, what it leaves alone, that haste changes nothing."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

import build
from sitegen.builder import Builder
from sitegen.memo import Memo
from sitegen.options import Options
from sitegen.write import MARK
from tests import photos
from tests.conftest import ROOT
from tests.fixture_sites import NOON, edit, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BO = "content/puppies/bo/index.md"


@pytest.fixture(autouse=True)
def _on_the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "shop")


def run(site: Path, *arguments: str) -> tuple[int, str]:
    """(exit status, what was said)."""
    said: list[str] = []
    status = build.main(["--out", str(site / "dist"), *arguments], root=site, log=said.append)
    return status, "\n".join(said)


def files(site: Path) -> dict[str, bytes]:
    """The finished site."""
    out = site / "dist"
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*")) if path.is_file() and path.name != MARK
    }  # fmt: skip


def dates(site: Path) -> dict[str, int]:
    out = site / "dist"
    return {path: (out / path).stat().st_mtime_ns for path in files(site)}


def test_a_mistake_leaves_the_old_site_even_when_all_is_to_be_made_anew(site: Path) -> None:
    run(site)
    before = files(site)
    text = (site / BO).read_text(encoding="utf-8")
    (site / BO).write_text(text.replace("price: 12000000", "price: rẻ"), encoding="utf-8")
    assert run(site, "--clean")[0] == 1
    assert files(site) == before


def test_ctrl_c_ends_a_build_in_one_line_and_leaves_no_process(site: Path) -> None:
    for n in range(2):
        photos.write(site / "content" / "puppies" / "bo" / f"moi-{n}.jpg", photos.photo(photos.scene(4000, 3000)))
    program = (
        "import sys; sys.path[:0] = sys.argv[1:3]; import build; from pathlib import Path\n"
        # Whatever runs the tests in the background may have had it ignored.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "print('go', flush=True)\n"
        "sys.exit(build.main(['--out', sys.argv[4], '--jobs', '2'], root=Path(sys.argv[3])))"
    )
    arguments = [str(ROOT), str(ROOT / "functions"), str(site), str(site / "dist")]
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.8)
        process.send_signal(getattr(signal, "CTRL_C_EVENT", signal.SIGINT))
        # The pipes end only when no process of the build is left.
        said, wrong = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "Đã dừng. Chạy lại lúc nào cũng được.\n")
    assert "Traceback" not in wrong


def test_a_build_says_what_it_made_and_what_is_not_translated(site: Path) -> None:
    status, said = run(site)
    assert status == 0
    assert "content/posts/dem-dau.md (en)" in said
    assert (site / "dist" / "cun" / "bo" / "index.html").exists()
    assert (site / "dist" / "en" / "puppies" / "bo" / "index.html").exists()


def test_a_build_with_a_mistake_leaves_the_previous_site_as_it_was(site: Path) -> None:
    run(site)
    before, when = files(site), dates(site)
    edit(site, f"{BO}\n- price: 12000000\n+ price: liên hệ\n")
    status, said = run(site)
    assert status == 1
    assert f"{BO}:13" in said
    assert (files(site), dates(site)) == (before, when)


def test_building_again_touches_no_file(site: Path) -> None:
    run(site)
    when = dates(site)
    assert run(site)[0] == 0
    assert dates(site) == when


def test_a_new_price_touches_only_the_pages_that_show_it(site: Path) -> None:
    run(site)
    before = files(site)
    edit(site, f"{BO}\n- price: 12000000\n+ price: 12900000\n")
    run(site)
    after = files(site)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    pages = {path for path in changed if path.endswith(".html")}
    assert {"cun/bo/index.html", "en/puppies/bo/index.html", "cun/index.html", "bang-gia/index.html"} <= pages
    assert not pages & {"chinh-sach-bao-mat/index.html", "lien-he/index.html", "en/contact/index.html", "404.html"}
    assert "12.900.000" in after["bang-gia/index.html"].decode()


def test_a_day_later_ages_have_grown(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(site)
    assert "9 tuần" in files(site)["cun/bo/index.html"].decode()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOON) + 7 * 86_400))
    run(site)
    assert "10 tuần" in files(site)["cun/bo/index.html"].decode()


def swap(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit and, when it has been made already, its undoing."""

    def act(site: Path) -> None:
        file = site / path
        if file.exists():
            text = file.read_text(encoding="utf-8")
            text = text.replace(new, old) if new in text else text.replace(old, new, 1)
            file.write_text(text, encoding="utf-8", newline="\n")

    return act


def present(path: str, data: bytes) -> Callable[[Path], None]:
    """A file that comes and goes."""

    def act(site: Path) -> None:
        file = site / path
        if file.exists():
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    return act


def renamed(site: Path) -> None:
    """A photo under another name, and the words that name it."""
    folder = site / "content" / "puppies" / "bo"
    old, new = ("bo.jpg", "be-bo.jpg") if (folder / "bo.jpg").exists() else ("be-bo.jpg", "bo.jpg")
    (folder / old).rename(folder / new)
    for name in ("index.md", "index.en.md"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(f"file: {old}", f"file: {new}"), encoding="utf-8", newline="\n")


TRANSLATION = "---\ntitle: First night\nsummary: Three things.\n---\nHi.\n"
POST = "---\ntitle: Ngày nóng\nsummary: Nước và bóng râm.\ndate: 2026-11-15\n---\nXem [Bơ](/puppies/bo/index.md).\n"
EDITS: dict[str, Callable[[Path], None]] = {
    "a price": swap(BO, "price: 12000000", "price: 12500000"),
    "a name": swap("content/puppies/dua/index.md", "title: Dừa", "title: Dừa Xiêm"),
    "words in English": swap("content/puppies/bo/index.en.md", "She smiles.", "She laughs."),
    "a status": swap("content/puppies/bo/index.md", "status: available", "status: reserved\nreserved: 2026-11-20"),
    "a draft": swap("content/puppies/me/index.md", "papers: none", "papers: none\ndraft: true"),
    "an old address": swap("content/pages/prices.md", "layout: prices", "layout: prices\naliases: /gia/"),
    "a menu name": swap("content/pages/contact.md", "layout: contact", "layout: contact\nnav: Hỏi tiệm"),
    "a breed's words": swap("content/breeds/corgi/index.md", "Nhà chịu được lông rụng.", "Nhà có sân."),
    "the policy": swap("content/pages/privacy-policy.md", "lời nhắn.", "lời nhắn của bạn."),
    "a shop's fact": swap("site.yaml", "number: \"1903 5678 9012\"", "number: \"1903 5678 9013\""),
    "a phone number": swap("site.yaml", "  phone: \"+84912345678\"\n  zalo", "  phone: \"+84987654321\"\n  zalo"),
    "the address of the site": swap("site.yaml", "https://cun.test", "https://cun-nho.test"),
    "a word of the interface": swap("templates/strings/interface.vi.yaml", "menu: ", "menu: Các "),
    "a word for a value": swap("templates/strings/values.en.yaml", "sex.female: ", "sex.female: Little "),
    "a component": swap("templates/components/status_tag.html", "{% macro", "{# seen #}\n{% macro"),
    "a page's template": swap("templates/pages/prices.html", "{% block content %}", "{% block content %}<!-- n -->"),
    "a style": swap("static/css/tokens.css", "{", "{ --seen: 1;"),
    "a script": swap("static/js/catalogue.js", "\n", "\n// seen\n"),
    "a post": present("content/posts/ngay-nong.md", POST.encode()),
    "its translation": present("content/posts/dem-dau.en.md", TRANSLATION.encode()),
    "a photo": present("content/puppies/dua/dua.jpg", photos.photo(photos.scene(480, 360, 7), telltale=False)),
    "a photo's name": renamed,
}  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_building_on_what_is_there_gives_what_a_clean_build_gives(site: Path, tmp_path: Path, seed: int) -> None:
    """Edits at random, one to four before each build; byte for byte the site that would come from nothing."""
    chance = random.Random(seed)
    run(site, "--jobs", "1")
    for turn in range(5):
        made = chance.sample(sorted(EDITS), chance.randint(1, 4))
        for name in made:
            EDITS[name](site)
        clean = tmp_path / f"clean-{turn}"
        # Encoded photos and drawn share pictures are kept: they take long, and have tests of their own.
        shutil.copytree(site, clean, ignore=shutil.ignore_patterns("dist", "memo*"))
        results = run(site), run(clean)
        assert results[0][0] == results[1][0], (made, results)
        if results[0][0] == 0:
            assert files(site) == files(clean), made


def test_publishing_asks_first_where_to(site: Path) -> None:
    status, said = run(site, "publish", "--dry-run")
    assert status == 1
    assert "site.yaml: site.yaml chưa nói đăng trang ở đâu" in said


def test_a_new_puppy_is_a_draft_that_stops_nothing_and_asks_for_its_facts(site: Path) -> None:
    path = "content/puppies/mit-uot/index.md"
    status, said = run(site, "new", "Mít Ướt")
    assert status == 0
    made = (site / path).parent.iterdir()
    assert set(re.findall(r"content/\S+", said)) == {file.relative_to(site).as_posix() for file in made}
    for command in (), ("check",), ():  # and again, when nothing has changed
        status, said = run(site, *command)
        assert status == 0
        assert f"{path}:28: bản nháp, chưa lên trang; còn chưa điền: summary, code, breed, sex, born, colour" in said
    assert not (site / "dist" / "cun" / "mit-uot").exists()


def test_a_draft_that_is_incomplete_is_a_mistake_once_it_is_no_draft(site: Path) -> None:
    run(site, "new", "Mít Ướt")
    edit(site, f"content/puppies/mit-uot/index.md\n- draft: true{' ' * 24}# Bản nháp\n")
    status, said = run(site)
    assert status == 1
    assert "content/puppies/mit-uot/index.md:9: “born” chưa có giá trị" in said
    assert "draft" not in said


def test_what_waits_for_its_day_has_to_be_right_already(site: Path) -> None:
    edit(site, "content/puppies/dua/index.md\n- papers: none\n+ papers: viết tay\n+ publish_on: 2026-12-01\n")
    status, said = run(site)
    assert status == 1
    assert "“viết tay” không dùng được cho “papers”" in said


def test_a_puppy_that_had_no_jab_and_no_wormer_yet_says_so_in_a_word(site: Path) -> None:
    edit(
        site,
        f"{BO}\n- vaccinations:\n-   - {{product: Nobivac Puppy DP, date: 2026-11-03}}\n+ vaccinations: chưa tiêm\n",
    )
    edit(site, f"{BO}\n- dewormings:\n-   - {{product: Drontal Puppy, date: 2026-10-18}}\n+ dewormings: none\n")
    assert run(site)[0] == 0
    page = files(site)["cun/bo/index.html"].decode()
    assert "Nobivac" not in page
    assert "Drontal" not in page


def test_a_puppy_that_no_vet_has_seen_waits_as_a_draft(site: Path) -> None:
    run(site, "new", "Mít Ướt")
    path = site / "content/puppies/mit-uot/index.md"
    path.write_text(path.read_text(encoding="utf-8").replace("vet_check:", "vet_check: chưa khám"), encoding="utf-8")
    status, said = run(site)
    assert status == 0
    assert "chưa lên trang; còn chưa điền:" in said
    assert ", vet_check, " in said.replace("\n", " ")


def test_one_word_changes_a_status_and_what_was_said_before_stays(site: Path) -> None:
    """From a litter to come to a puppy that has gone home: no date has to go, and none has to come."""
    edit(site, f"{BO}\n- listed: 2026-11-02\n+ listed: 2026-11-02\n+ expected: 2026-09-18\n+ litter: 4\n")
    for before, after, words in (
        ("available", "reserved", "Bé đã có người đặt. Bạn vẫn có thể hỏi"),
        ("reserved", "sold\n+ reserved: 2026-11-20", "Bé đã về nhà mới. Trang này ở lại"),
        ("sold", "sold\n+ sold: 2026-11-21", "Bé đã về nhà mới ngày 21 tháng 11 năm 2026."),
    ):
        edit(site, f"{BO}\n- status: {before}\n+ status: {after}\n")
        assert run(site)[0] == 0
        page = files(site)["cun/bo/index.html"].decode()
        assert words in page
        assert ('method="post"' in page) == (after == "reserved")


def test_a_page_that_moves_is_told_of_once_with_the_line_that_keeps_its_old_address(site: Path) -> None:
    run(site)
    edit(site, f"{BO}\n- title: Bơ\n+ title: Bơ Vàng\n")
    said = run(site)[1]
    assert f"{BO}: trang này chuyển từ /cun/bo/ sang /cun/bo-vang/" in said
    assert "aliases: /cun/bo/" in said
    assert "chuyển từ" not in run(site)[1]
    edit(site, f"{BO}\n- title: Bơ Vàng\n+ title: Bơ Sáp\n+ aliases: [/cun/bo/, /cun/bo-vang/]\n")
    assert "chuyển từ" not in run(site)[1]
    assert "/cun/bo-sap/" in files(site)["cun/bo/index.html"].decode()


def test_a_file_put_into_the_finished_site_is_kept_and_told_of_once_and_belongs_into_static(site: Path) -> None:
    run(site)
    token = site / "dist" / "google123.html"
    token.write_text("google-site-verification", encoding="utf-8")
    assert "google123.html" not in run(site)[1]  # nothing to do: the folder is not looked through
    assert token.exists()
    edit(site, f"{BO}\n- price: 12000000\n+ price: 13000000\n")
    assert "\n  dist-kept/google123.html\n" in run(site)[1]
    assert not token.exists()
    edit(site, f"{BO}\n- price: 13000000\n+ price: 12000000\n")
    assert "google123.html" not in run(site)[1]

    shutil.copyfile(site / "dist-kept" / "google123.html", site / "static" / "google123.html")
    run(site)
    assert token.read_text(encoding="utf-8") == "google-site-verification"
    assert run(site, "check")[0] == 0


def test_a_file_in_static_is_at_its_own_address_as_it_is_and_goes_with_it(site: Path) -> None:
    run(site)
    before = dates(site)
    added = {"BingSiteAuth.xml": b"<users/>", "tai-lieu/bang gia.pdf": b"%PDF\xff"}
    for path, content in {**added, "Thumbs.db": b"the system's"}.items():
        (site / "static" / path).parent.mkdir(exist_ok=True)
        (site / "static" / path).write_bytes(content)
    run(site)
    assert {path: data for path, data in files(site).items() if path not in before} == added
    assert {path: date for path, date in dates(site).items() if path not in added} == before

    staged = Builder(site, Memo(site / "no-memory", "")).stage(Options(build.today(), drawings=False))
    output = staged.file("BingSiteAuth.xml")
    assert output is not None
    assert output.content == b"<users/>"

    (site / "static" / "BingSiteAuth.xml").write_bytes(b"<users>2</users>")
    shutil.rmtree(site / "static" / "tai-lieu")
    run(site)
    assert {path: data for path, data in files(site).items() if path not in before} == {
        "BingSiteAuth.xml": b"<users>2</users>",
    }


def test_every_name_that_the_site_takes_in_its_folder_is_refused_to_a_file_of_static(site: Path) -> None:
    run(site)
    taken = [f"static/{path}" for path in files(site)]
    for path in taken:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text("x", encoding="utf-8")
    status, said = run(site)
    assert status == 1
    assert [path for path in taken if f"{path}: trang web đã có thứ khác" not in said] == []


def test_a_check_without_pictures_finds_no_picture_missing(site: Path) -> None:
    assert run(site, "check", "--no-pictures")[0] == 0


def test_a_real_shop_is_told_of_samples_that_are_left(site: Path) -> None:
    edit(site, "site.yaml\n-   responsible: Trần Thị Mai\n+   responsible: Người mẫu\n")
    edit(site, f"{BO}\n- papers: none\n+ papers: none\n+ sample: true\n")
    status, said = run(site, "check")
    assert status == 0
    assert "site.yaml:22: “legal.responsible” vẫn là giá trị mẫu: Người mẫu" in said
    assert f"{BO}: bé này là bé mẫu" in said


def test_a_translation_that_its_original_has_outrun_is_worth_a_look(site: Path) -> None:
    english = site / "content/puppies/bo/index.en.md"
    three_days_ago = english.stat().st_mtime - 3 * 86_400
    os.utime(english, (three_days_ago, three_days_ago))
    _, said = run(site, "check")
    assert "content/puppies/bo/index.en.md: content/puppies/bo/index.md được sửa sau bản tiếng Anh này" in said
