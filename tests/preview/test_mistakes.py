"""A mistake is told in the browser, in the owner's words, and the site comes back by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from sitegen.errors import ContentError, problem
from sitegen.headers import HostTable
from sitegen.model import Output
from sitegen.permalinks import Permalinks
from sitegen.preview.screens import Screens
from sitegen.preview.stage import Stage
from tests.preview.conftest import CONTACT, start, until
from tests.preview.test_in_place import BONG, open_and_mark
from tests.preview.test_live_reload import open_and_count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from sitegen.making import Built
    from sitegen.model import Place
    from tests.preview.conftest import Preview

def test_a_mistake_shows_in_the_browser_and_goes_when_it_is_mended(preview: Preview, page: Page) -> None:
    page.goto(CONTACT, wait_until="networkidle")
    preview.replace("\nprice:", "\nprise:", BONG)
    problem = page.locator(".problems").first.locator("li")
    expect(problem.filter(has_text=BONG).first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(problem.filter(has_text="prise:").locator("pre")).to_be_visible()
    page.get_by_text("In English").click()
    expect(page.locator("[lang=en] .hint").first).to_be_visible()
    preview.replace("\nprise:", "\nprice:", BONG)
    expect(page.locator("form.inquiry")).to_be_visible()


def test_a_mistake_lies_over_the_page_and_what_one_was_doing_goes_on_when_it_is_mended(
    preview: Preview, page: Page
) -> None:
    stays = open_and_mark(page, "/cun/bong/")
    field = page.locator("form.inquiry [name=name]")
    field.scroll_into_view_if_needed()
    field.press_sequentially("Lan")
    top = page.evaluate("scrollY")
    preview.replace("\nprice: ", "\nprise: ", BONG)
    over = page.get_by_role("dialog", name="Còn 1 chỗ cần sửa")
    expect(over.locator("pre").first).to_have_text("prise: 9500000")
    expect(over.locator("h1")).to_be_focused()
    preview.replace("\nprise: ", "\nprice: 1", BONG)
    expect(over).to_have_count(0)
    expect(page.locator("main .price").first).to_contain_text("19.500.000")
    assert stays()
    assert (field.input_value(), page.evaluate("scrollY")) == ("Lan", top)
    page.keyboard.type(" Anh")
    assert field.input_value() == "Lan Anh"


def test_the_page_under_a_mistake_can_be_looked_at_until_there_is_another(preview: Preview, page: Page) -> None:
    stays = open_and_mark(page, "/cun/bong/")
    over = page.get_by_role("dialog")
    preview.replace("\nprice: ", "\nprise: ", BONG)
    over.get_by_role("button", name="Xem trang như lúc chưa có lỗi").click()
    expect(over).to_have_count(0)
    preview.replace("\nsex: ", "\nsexx: ", BONG)
    expect(over).to_contain_text("sexx: ")
    page.keyboard.press("Escape")
    expect(over).to_have_count(0)
    preview.replace("\nprise: ", "\nprice: ", BONG)
    preview.replace("\nsexx: ", "\nsex: ", BONG)
    until(lambda: preview.get("/")[0] == 200, "the site")
    preview.add("Một câu thêm.", BONG)
    expect(page.get_by_text("Một câu thêm.")).to_be_visible()
    assert stays()


def test_a_file_that_is_written_slowly_leaves_the_page_where_it_is(preview: Preview, page: Page) -> None:
    stays = open_and_mark(page, "/en/puppies/bong/")
    file = preview.root / "content/puppies/bong/index.en.md"
    text = file.read_text(encoding="utf-8").replace("Bông was born", "Bông, the white one, was born")
    file.write_text("", encoding="utf-8")
    expect(page.get_by_role("dialog")).to_contain_text("index.en.md")
    file.write_text(text, encoding="utf-8")
    expect(page.get_by_text("Bông, the white one, was born")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert stays()


def test_a_page_opened_while_there_is_a_mistake_becomes_the_sites_when_it_is_mended(
    preview: Preview, page: Page
) -> None:
    preview.replace("\nprice: ", "\nprise: ", BONG)
    until(lambda: preview.get("/")[0] == 500, "the mistake")
    open_and_count(page, CONTACT)
    expect(page.locator(".problems").first).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    preview.replace("\nsex: ", "\nsexx: ", BONG)
    expect(page.locator("body > main .problems").first).to_contain_text("sexx")
    preview.replace("\nprise: ", "\nprice: ", BONG)
    preview.replace("\nsexx: ", "\nsex: ", BONG)
    expect(page.locator("form.inquiry")).to_be_visible()


def test_an_open_page_beneath_a_mistake_still_finds_its_scripts_and_pictures(preview: Preview) -> None:
    asked = set(re.findall(r"(?<!\w)/(?:assets|drawings)/[^\"\s]+", preview.get("/lien-he/")[2]))
    assert {path.rpartition(".")[2] for path in asked} >= {"js", "json"}
    before = {path: preview.get(path) for path in asked}
    preview.replace("\nprice:", "\nprise:", BONG)
    until(lambda: preview.get("/")[0] == 500, "the mistake")
    now = {path: preview.get(path) for path in asked}
    assert [path for path in asked if (now[path][0], now[path][2]) != (200, before[path][2])] == []


def test_a_mistake_is_at_every_address_and_in_the_terminal_once(preview: Preview) -> None:
    assert "workshop-edit" in preview.get("/cun/bong/")[2]
    preview.replace("\nprice:", "\nprise:", BONG)
    until(lambda: preview.get("/")[0] == 500, "the mistake")
    for path in ("/", "/en/", "/cun/bong/", "/khong-co/"):
        status, headers, text = preview.get(path)
        assert (status, "prise" in text) == (500, True)
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert "workshop-edit" not in text, "it is not the page that could be edited there"
    preview.add("Một câu thêm.", "content/pages/about.md")
    preview.replace("\nprise:", "\nprice:", BONG)
    until(lambda: preview.get("/")[0] == 200, "the site")
    assert preview.terminal.count("│ prise") == 1


def test_a_site_that_starts_with_a_mistake_still_starts(project: Path) -> None:
    settings = project / "site.yaml"
    text = settings.read_text(encoding="utf-8")
    english = text.replace("owner_language: vi", "owner_language: en")
    settings.write_text(english.replace("base_url:", "base_ulr:"), encoding="utf-8")
    preview = start(project)
    try:
        status, _, html = preview.get("/")
        assert (status, "base_ulr" in html, "to mend" in html) == (500, True, True)
        settings.write_text(text, encoding="utf-8")
        until(lambda: preview.get("/")[0] == 200, "the site")
    finally:
        assert preview.stop() == 0


def test_a_fault_of_the_program_is_a_page_in_plain_words_with_the_trace_folded_away() -> None:
    def build(_changed: Collection[str]) -> Built:
        raise RuntimeError("a fault <b>")

    said: list[str] = []
    stage = Stage(build, Screens("vi"), log=said.append)
    stage.build([])
    stage.show()
    stage.build(["content/pages/about.md"])
    stage.show()
    answer = stage.answer("/cun/bong/")
    assert isinstance(answer.content, bytes)
    html = answer.content.decode()
    assert answer.status == 500
    assert "không phải do bạn" in html
    assert html.index("<details>") < html.index("a fault &lt;b&gt;")
    assert len(said) == 1


def test_what_only_shows_when_a_page_is_made_is_told_once_until_all_pages_can_be_made() -> None:
    class Build:
        """A build with one page, which cannot be made as long as it is faulty."""

        routes: tuple[Place, ...] = ()
        links = Permalinks({}, {})
        table = HostTable((), {}, {})
        faulty = True
        fault: Exception = ContentError([problem("site.yaml", 7, "no-publish")])

        def has(self, path: str) -> bool:
            return path == "index.html"

        def file(self, path: str) -> Output | None:
            if self.faulty:
                raise self.fault
            return Output(path, b"a page")

        def rest(self) -> Iterator[None]:
            self.file("index.html")
            yield

    said: list[str] = []
    stage = Stage(lambda _changed: Build(), Screens("en"), log=said.append)
    for _ in range(2):
        assert stage.build([])
        stage.show()
        assert stage.answer("/").status == 500
        stage.build([])
        stage.show()
        assert stage.finish(lambda: False), "there is news: the fault is found before anybody looks"
        assert stage.answer("/anywhere/").status == 500
    assert ["site.yaml" in told for told in said] == [True]
    Build.fault = RuntimeError("the program's own")
    assert stage.build([])
    stage.show()
    assert stage.answer("/").status == 500
    Build.faulty = False
    stage.build([])
    stage.show()
    assert not stage.finish(lambda: False)
    assert ["the program's own" in told for told in said] == [False, True, False]
    assert ["mended" in told for told in said] == [False, False, True]
    assert stage.answer("/").status == 200
