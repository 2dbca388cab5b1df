"""Right before fast: whatever is edited, and whatever happens to the caches, a build that reuses gives the bytes of one
that does not."""

from __future__ import annotations

import contextlib
import os
import pickle
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

import build
from sitegen import glance, making, reading
from sitegen.builder import Builder
from sitegen.errors import ContentError, Problem
from sitegen.memo import FILE, Memo, Shelf, code_version
from sitegen.options import Options
from sitegen.write import MARK
from tests.conftest import ROOT, TODAY
from tests.fixture_sites import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model import Output

LONG_AGO = 1_700_000_000
"""When files are said to have been saved: a stamp of this very second proves nothing (`album.SETTLED_NS`)."""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny site, its photo already encoded."""
    site = lay_out(tmp_path_factory.mktemp("tiny") / "site")
    build.build_site(site, Options(TODAY, share_pictures=False))
    return site


def read(outputs: tuple[Output, ...]) -> dict[str, bytes]:
    return {o.path: o.content if isinstance(o.content, bytes) else o.content.read_bytes() for o in outputs}


def files(folder: Path) -> dict[str, bytes]:
    """A folder's files, without the builder's own mark."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != MARK)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


class Site:
    """A project that somebody works on, and the three ways to build it."""

    def __init__(self, origin: Path) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="site-"))
        self.root, self.out = self.home / "site", self.home / "dist"
        shutil.copytree(origin, self.root)
        self.today = TODAY
        self._clock = LONG_AGO
        for path in self.root.rglob("*"):
            self.age(path)
        self.preview = Builder(self.root, Memo(self.home / "no-memory", ""))

    def age(self, path: Path) -> None:
        """Say that the file, and whatever is above it, was saved long ago, but later than anything before."""
        self._clock += 1
        for each in (path, *path.parents):
            if each.exists() and each != self.home and self.home in each.parents:
                os.utime(each, (self._clock, self._clock))

    def save(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        self.age(path)

    def text(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    @property
    def options(self) -> Options:
        return Options(self.today, share_pictures=False, jobs=1)

    def again(self) -> dict[str, bytes] | tuple[Problem, ...]:
        """What the folder holds after a build that reuses what it can, or the mistakes."""
        try:
            build.build_into(self.out, self.root, self.options)
        except ContentError as error:
            return error.problems
        return files(self.out)

    def seen(self) -> dict[str, bytes] | tuple[Problem, ...]:
        """What the preview would show."""
        try:
            return read(self.preview.build(self.options).outputs)
        except ContentError as error:
            return error.problems

    def clean(self) -> dict[str, bytes] | tuple[Problem, ...]:
        """The same from nothing, but for photos, which take seconds to encode."""
        with tempfile.TemporaryDirectory() as name:
            fresh = Path(name) / "site"
            shutil.copytree(self.root, fresh, ignore=shutil.ignore_patterns(FILE, "drawings", "templates.bin"))
            shutil.rmtree(fresh / ".cache" / "templates", ignore_errors=True)
            try:
                return read(build.build_site(fresh, self.options).outputs)
            except ContentError as error:
                return error.problems


PUPPIES = ("bo", "dua", "me")
names = st.sampled_from(("Bơ", "Đậu", "Mít", "Sữa & Kem", "Lạc <3"))


class Owner(RuleBasedStateMachine):
    """Somebody at work on the site."""

    origin: Path
    extra = Bundle("extra")

    @initialize()
    def begin(self) -> None:
        self.site = Site(self.origin)
        self.added = 0

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.site.text(name)
        if any(line.startswith(old) for line in text.split("\n")):
            lines = [new if line.startswith(old) else line for line in text.split("\n")]
            self.site.save(name, "\n".join(lines))

    @rule(puppy=st.sampled_from(PUPPIES), price=st.sampled_from(("9000000", "12,5 triệu", "rẻ", "31000000")))
    def change_a_price(self, puppy: str, price: str) -> None:
        self.replace(f"content/puppies/{puppy}/index.md", "price:", f"price: {price}")

    @rule(puppy=st.sampled_from(PUPPIES), name=names, lang=st.sampled_from(("", ".en")))
    def rename_a_puppy(self, puppy: str, name: str, lang: str) -> None:
        self.replace(f"content/puppies/{puppy}/index{lang}.md", "title:", f'title: "{name} {puppy}"')

    @rule(
        puppy=st.sampled_from(PUPPIES),
        hidden=st.sampled_from(("draft: true", "publish_on: 2026-11-23", "papers: none")),
    )
    def hide_or_show_a_puppy(self, puppy: str, hidden: str) -> None:
        for old in ("draft:", "publish_on:", "papers:"):
            self.replace(f"content/puppies/{puppy}/index.md", old, hidden)

    @rule(page=st.sampled_from(("pages/about", "pages/home", "pages/contact", "breeds/corgi/index", "posts/dem-dau")),
          lang=st.sampled_from(("", ".en")), words=st.sampled_from((
              "Xem [Bơ](/puppies/bo/index.md).", "Xem [giống](/breeds/corgi/index.md).", "Gọi {{ shop.phone }}.",
              "*Một* câu `mã` <b>đậm</b>.", "[hỏng](/pages/khong-co.md)", "")))  # fmt: skip
    def write_a_paragraph(self, page: str, lang: str, words: str) -> None:
        name = f"content/{page}{lang}.md"
        if (self.site.root / name).exists():
            self.site.save(name, self.site.text(name) + f"\n{words}\n")

    @rule(target=extra)
    def add_a_puppy(self) -> str:
        self.added += 1
        name = f"content/puppies/moi-{self.added}"
        for file in ("index.md", "index.en.md"):
            text = self.site.text(f"content/puppies/bo/{file}").split("photos:")[0].replace("Bơ", f"Mới {self.added}")
            text = text.replace("CN-001", f"CN-1{self.added:02}")
            self.site.save(f"{name}/{file}", text if text.rstrip().endswith("---") else text + "---\nMới về.\n")
        return name

    @rule(name=extra)
    def send_a_puppy_home(self, name: str) -> None:
        if (self.site.root / name).exists():
            shutil.rmtree(self.site.root / name)
            self.site.age(self.site.root / name)

    @rule(name=extra)
    def move_a_puppy(self, name: str) -> None:
        old = self.site.root / name
        if old.exists():
            self.added += 1
            new = old.with_name(f"doi-{self.added}")
            old.rename(new)
            self.site.age(new)

    @rule(name=st.sampled_from(("posts/moi.md", "posts/moi.en.md")), title=names, keep=st.booleans())
    def write_or_delete_a_post(self, name: str, title: str, keep: bool) -> None:
        path = self.site.root / "content" / name
        if keep:
            day = "" if ".en" in name else "date: 2026-11-01\n"
            self.site.save(f"content/{name}", f'---\ntitle: "{title}"\nsummary: Vài dòng.\n{day}---\nChào.\n')
        else:
            path.unlink(missing_ok=True)
            self.site.age(path)

    @rule(puppy=st.sampled_from(PUPPIES), to=st.sampled_from(PUPPIES))
    def move_a_photo(self, puppy: str, to: str) -> None:
        old = self.site.root / "content/puppies" / puppy / "bo.jpg"
        if old.exists() and to != puppy:
            self.replace(
                f"content/puppies/{puppy}/index.md", "  - {file: bo.jpg", "  - {file: khac.jpg, taken: 2026-11-12}"
            )
            new = old.parent.with_name(to) / "bo.jpg"
            old.rename(new)
            self.site.age(old)
            self.site.age(new)

    @rule(name=st.sampled_from(sorted(
        p.relative_to(ROOT).as_posix() for p in (ROOT / "templates").rglob("*.html"))), end=st.booleans())  # fmt: skip
    def edit_a_template(self, name: str, end: bool) -> None:
        mark = "<!-- sửa -->"
        text = self.site.text(name)
        self.site.save(name, f"{text}{mark}" if end else text.replace(mark, ""))

    @rule(lang=st.sampled_from(("vi", "en")), file=st.sampled_from(("interface", "values")), word=names)
    def edit_a_word(self, lang: str, file: str, word: str) -> None:
        name = f"templates/strings/{file}.{lang}.yaml"
        key = "call" if file == "interface" else "all_puppies"
        self.replace(name, f"{key}:", f'{key}: "{word}"')

    @rule(name=st.sampled_from(("css/tokens.css", "js/site.js", "css/components/puppy.css")), n=st.integers(0, 3))
    def edit_style_or_script(self, name: str, n: int) -> None:
        path = f"static/{name}"
        if (self.site.root / path).exists():
            self.site.save(
                path, self.site.text(path).split("\n/* sửa")[0] + f"\n/* sửa {n} */\n.puppy-card{{order:{n}}}\n"
            )

    @rule(name=names)
    def rename_the_shop(self, name: str) -> None:
        self.replace("site.yaml", "  name: Cún", f'  name: "Cún {name}"')
        self.replace("site.yaml", '  name: "Cún', f'  name: "Cún {name}"')

    @rule()
    def sleep_a_night(self) -> None:
        self.site.today += timedelta(days=1)

    @rule(n=st.integers(0, 10_000), delete=st.booleans())
    def meddle_with_the_folder(self, n: int, delete: bool) -> None:
        found = sorted(path for path in self.site.out.rglob("*.*") if path.is_file() and path.name != MARK)
        if found and delete:
            found[n % len(found)].unlink()
        elif found:
            found[n % len(found)].write_text("nghịch", encoding="utf-8")

    @rule(n=st.integers(0, 1_000_000), how=st.sampled_from(("cut", "flip", "gone", "foreign", "older")))
    def spoil_the_memory(self, n: int, how: str) -> None:
        path = self.site.root / ".cache" / FILE
        if path.exists():
            data = bytearray(path.read_bytes())
            if how == "cut":
                del data[n % len(data) :]
            elif how == "flip":
                data[n % len(data)] ^= 1 + n % 255
            elif how == "foreign":
                data = bytearray(b"SQLite format 3\0" + random.Random(n).randbytes(5000))
            elif how == "older":
                data = data.replace(b"CREATE TABLE version", b"CREATE TABLE versio_")
            path.write_bytes(data)
            if how == "gone":
                path.unlink()

    @invariant()
    def what_is_reused_is_what_would_be_made(self) -> None:
        if not hasattr(self, "site"):
            return
        clean = self.site.clean()
        again = self.site.again()
        if isinstance(clean, dict) and isinstance(again, dict):
            assert sorted(again) == sorted(clean)
            assert [path for path in clean if again[path] != clean[path]] == []
        else:
            assert again == clean
        seen = self.site.seen()
        if isinstance(clean, dict) and isinstance(seen, dict):
            assert [path for path in clean.keys() | seen.keys() if seen.get(path) != clean.get(path)] == []
        else:
            assert seen == clean

    def teardown(self) -> None:
        if hasattr(self, "site"):
            shutil.rmtree(self.site.home)


def test_whatever_is_edited_a_build_gives_the_bytes_of_a_clean_one(tiny: Path) -> None:
    class Here(Owner):
        origin = tiny

    Here.TestCase.settings = settings(
        max_examples=12, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
    )
    Here.TestCase().runTest()


@pytest.mark.parametrize("how", [
    "UPDATE sheet SET data = x'00' || data WHERE name = '{}'", "DELETE FROM sheet WHERE name = '{}'",
    "UPDATE sheet SET data = 'chữ' WHERE name = '{}'",
])  # fmt: skip
def test_a_memory_of_which_a_sheet_cannot_be_read_is_none(used: Used, how: str) -> None:
    sheets = ("facts", "sources", "outputs", *Shelf._fields, "pages", "grounds", "links", "rows", "cards", "stock")
    for sheet in (*sheets, "seals", "sources+", "keys+"):
        used.go_on_without(how.format(sheet))


@pytest.mark.parametrize("how", [
    "UPDATE entry SET data = substr(data, 2)", "DELETE FROM entry WHERE id LIKE 'puppies/%'",
    "DELETE FROM entry WHERE id LIKE 'pages/%'", "UPDATE entry SET key = 'khác'", "UPDATE body SET data = x'c3'",
    "DELETE FROM body", "UPDATE body SET data = CAST(x'c3' AS TEXT)",
])  # fmt: skip
def test_a_memory_that_lacks_what_it_promises_is_none(used: Used, how: str) -> None:
    used.go_on_without(how)


class Used:
    """A site that has been built, and built again for another price."""

    def __init__(self, origin: Path) -> None:
        self.site = Site(origin)
        for price in ("8000000", "8500000"):
            self.sell(price)
            self.site.again()
        self._kept = self.site.home.with_name(f"{self.site.home.name}-kept")
        shutil.copytree(self.site.home, self._kept)
        self._expected: dict[str, object] = {}

    def sell(self, price: str) -> None:
        puppy = "content/puppies/dua/index.md"
        self.site.save(puppy, re.sub(r"(?m)^price: .*", f"price: {price}", self.site.text(puppy)))

    def go_on_without(self, what: str) -> None:
        """Destroy something of its memory, and build twice more."""
        shutil.rmtree(self.site.home)
        shutil.copytree(self._kept, self.site.home)
        with contextlib.closing(sqlite3.connect(self.site.root / ".cache" / FILE)) as db, db:
            assert db.execute(what).rowcount
        for price in ("9000000", "9500000"):
            self.sell(price)
            if price not in self._expected:
                self._expected[price] = self.site.clean()
            assert self.site.again() == self._expected[price]

    def end(self) -> None:
        shutil.rmtree(self._kept)
        shutil.rmtree(self.site.home)


@pytest.fixture(scope="module")
def used(tiny: Path) -> Iterator[Used]:
    found = Used(tiny)
    yield found
    found.end()


def test_one_process_or_several_make_the_same_bytes(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for room, name in ((reading, "PARSING_PAYS"), (making, "PAGES_PAY"), (making, "DRAWING_PAYS")):
        monkeypatch.setattr(room, name, 0)
    folders = []
    for jobs in (1, 2):
        site = Site(tiny)
        shutil.rmtree(site.root / ".cache" / "drawings")
        build.build_into(site.out, site.root, Options(TODAY, share_pictures=False, jobs=jobs))
        folders.append(files(site.out))
        shutil.rmtree(site.home)
    assert folders[0] == folders[1]


def test_a_process_that_is_spawned_makes_the_same_as_one_that_is_forked(tiny: Path) -> None:
    site = Site(tiny)
    built = site.preview.build(site.options)
    program = (
        "import sys, pickle; sys.path[:0] = sys.argv[1:3]\n"
        "from sitegen.workroom import Workroom, Order\n"
        "room = Workroom(pickle.load(sys.stdin.buffer))\n"
        "made, = room.make([Order('puppies/bo', 'vi', 'cun/bo/index.html')])\n"
        "sys.stdout.buffer.write(made.output.content)"
    )
    materials = pickle.dumps(site.preview.making.materials)
    paths = [str(ROOT), str(ROOT / "functions")]
    there = subprocess.run([sys.executable, "-c", program, *paths], input=materials, capture_output=True, check=True)
    assert there.stdout == read(built.outputs)["cun/bo/index.html"]
    shutil.rmtree(site.home)


def test_a_large_site_is_looked_at_by_two_processes_that_see_the_same(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glance, "MANY", 0)
    site, puppy = Site(tiny), "content/puppies/dua/index.md"
    options = Options(TODAY, share_pictures=False, jobs=2)
    build.build_into(site.out, site.root, options)
    assert build.build_into(site.out, site.root, options)[1]["changed"] == 0
    site.save(puppy, re.sub(r"(?m)^price: .*", "price: 9000000", site.text(puppy)))
    (site.out / "index.html").write_text("nghịch", encoding="utf-8")
    (site.root / "content/posts/dem-dau.md").unlink(missing_ok=True)
    build.build_into(site.out, site.root, options)
    assert files(site.out) == site.clean()
    shutil.rmtree(site.home)


def test_nothing_changed_is_seen_by_looking_at_dates_alone(tiny: Path) -> None:
    """No library is loaded, no file is written, and whatever the first build had to say is said again."""
    site = Site(tiny)
    facts, _ = build.build_into(site.out, site.root, site.options)
    before = {path: path.stat().st_mtime_ns for path in site.home.rglob("*")}
    program = (
        "import sys; from datetime import date; from pathlib import Path; sys.path[:0] = sys.argv[1:2]; import build\n"
        "from sitegen.options import Options\n"
        "options = Options(date.fromisoformat(sys.argv[4]), share_pictures=False, jobs=1)\n"
        "facts, counts = build.build_into(Path(sys.argv[2]), Path(sys.argv[3]), options)\n"
        "heavy = {'jinja2', 'markdown', 'bs4', 'babel', 'yaml', 'nh3', 'PIL'} & set(sys.modules)\n"
        "print(facts['pages'], counts['changed'], sorted(heavy))"
    )
    arguments = [str(ROOT), str(site.out), str(site.root), TODAY.isoformat()]
    run = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    assert run.stdout.split() == [facts["pages"], "0", "[]"]
    assert {path: path.stat().st_mtime_ns for path in site.home.rglob("*")} == before
    shutil.rmtree(site.home)


def test_a_preview_goes_on_when_the_site_is_built_beside_it(tiny: Path) -> None:
    site, puppy = Site(tiny), "content/puppies/dua/index.md"
    site.again()
    preview = Builder(site.root, Memo(site.root / ".cache", code_version(ROOT)))
    preview.stage(site.options)
    site.save(puppy, re.sub(r"(?m)^price: .*", "price: 9000000", site.text(puppy)))
    staged, after = preview.stage(site.options, [puppy]), site.again()
    assert isinstance(after, dict)
    shown = staged.file("cun/index.html")
    assert shown
    assert shown.content == after["cun/index.html"]
    shutil.rmtree(site.home)


def test_drawings_that_are_gone_are_drawn_again_though_their_cards_are_kept(tiny: Path) -> None:
    site, puppy = Site(tiny), "content/puppies/dua/index.md"
    site.again()
    shutil.rmtree(site.root / ".cache" / "drawings")
    site.save(puppy, re.sub(r"(?m)^price: .*", "price: 9000000", site.text(puppy)))
    assert site.again() == site.clean()
    shutil.rmtree(site.root / ".cache" / "drawings")
    preview = Builder(site.root, Memo(site.root / ".cache", code_version(ROOT)))
    staged = preview.stage(site.options)
    page = staged.file("cun/index.html")
    assert page
    assert isinstance(page.content, bytes)
    shown = re.findall(rb'src="/(drawings/[^"]+)"', page.content)
    assert shown
    assert all(staged.file(name.decode()) for name in shown)
    shutil.rmtree(site.home)


def test_one_price_changes_the_pages_that_show_it_and_no_other(tiny: Path) -> None:
    site = Site(tiny)
    before = site.again()
    site.save("content/puppies/dua/index.md", site.text("content/puppies/dua/index.md").replace("price: 1", "price: 2"))
    after = site.again()
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    changed = {path for path, data in after.items() if before.get(path) != data}
    assert "cun/dua/index.html" in changed
    assert not {path for path in changed if path.startswith(("bai-viet", "chinh-sach-bao-mat", "assets", "drawings"))}
    shutil.rmtree(site.home)


def test_in_a_shop_of_many_a_change_reaches_all_lists_and_neighbours_that_it_concerns(tiny: Path) -> None:
    """So many puppies of one breed that those of another are no neighbours of theirs, and few of that other."""
    site, chance = Site(tiny), random.Random(3)
    for file in ("index.md", "index.en.md"):
        breed = site.text(f"content/breeds/corgi/{file}").replace("Corgi", "Pug")
        site.save(f"content/breeds/pug/{file}", breed)
    puppies = {f"content/puppies/so-{n}": breed for n, breed in enumerate(["corgi"] * 7 + ["pug"] * 4)}
    for n, (folder, breed) in enumerate(puppies.items()):
        for file in ("index.md", "index.en.md"):
            text = site.text(f"content/puppies/bo/{file}").replace("Bơ", f"Số {n}").replace("CN-001", f"CN-2{n:02}")
            text = re.sub(r"(?ms)^photos:.*?^---", "---", text.replace("breed: corgi", f"breed: {breed}"))
            site.save(f"{folder}/{file}", text)
    assert site.again() == site.clean()
    for _ in range(16):
        name = f"{chance.choice(list(puppies))}/index.md"
        status = chance.choice(("available", "available", "reserved", "sold\nsold: 2026-11-20"))
        text = re.sub(r"(?m)^sold: .*\n", "", site.text(name))
        text = re.sub(r"(?m)^status: .*", f"status: {status}", text)
        site.save(name, re.sub(r"(?m)^price: .*", f"price: {chance.randrange(5, 30)}00000", text))
        again = site.again()
        assert isinstance(again, dict)
        assert again == site.clean()
    site.save("content/breeds/pug/index.en.md", site.text("content/breeds/pug/index.en.md").replace("Pug", "Mops"))
    assert site.again() == site.clean()
    site.today += timedelta(weeks=3)
    assert site.again() == site.clean()
    shutil.rmtree(site.home)


def test_a_build_killed_at_any_moment_leaves_whole_pages_and_a_right_next_build(tiny: Path) -> None:
    site = Site(tiny)
    old = site.again()
    assert isinstance(old, dict)
    site.save("content/puppies/bo/index.md", site.text("content/puppies/bo/index.md").replace("Hay cười", "Hay ngủ"))
    site.save("templates/partials/footer.html", site.text("templates/partials/footer.html") + "<!-- sửa -->")
    new = site.clean()
    assert isinstance(new, dict)
    shutil.copytree(site.home, keep := site.home.with_name(site.home.name + "-keep"))
    command = [sys.executable, str(ROOT / "build.py")]
    program = (
        "import sys; from datetime import date; from pathlib import Path; sys.path[:0] = sys.argv[1:2]; import build\n"
        "from sitegen.options import Options\n"
        "options = Options(date.fromisoformat(sys.argv[4]), share_pictures=False, jobs=1)\n"
        "print('go', flush=True)\n"
        "build.build_into(Path(sys.argv[2]), Path(sys.argv[3]), options)"
    )
    command = [sys.executable, "-c", program, str(ROOT), str(site.out), str(site.root), TODAY.isoformat()]
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.perf_counter() - began
    for n in range(8):
        shutil.rmtree(site.home)
        shutil.copytree(keep, site.home)
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(whole * n / 8)
            process.kill()
        left = files(site.out)
        assert all(data in (old.get(path), new.get(path)) for path, data in left.items())
        assert site.again() == new
    shutil.rmtree(site.home)
    shutil.rmtree(keep)
