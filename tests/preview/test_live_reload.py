"""A save is on screen by itself: once, whole, and never missed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.preview.conftest import CONTACT, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.preview.conftest import Preview


def open_and_count(page: Page, path: str) -> list[object]:
    """Open a page whose live socket stands; every later word that there is a new version of it is in the list."""
    heard: list[object] = []
    # Listening from the start: the server's greeting may come before the page has loaded.
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(frame)))
    page.goto(path)
    while not heard:
        page.wait_for_timeout(20)
    page.wait_for_timeout(100)
    heard.clear()
    return heard


def test_a_save_shows_by_itself(preview: Preview, page: Page) -> None:
    told = open_and_count(page, CONTACT)
    preview.add("Tiệm nghỉ lễ ngày mồng một.")
    expect(page.get_by_text("Tiệm nghỉ lễ ngày mồng một.")).to_be_visible()
    assert len(told) == 1


def test_a_page_that_a_save_does_not_touch_stays_as_it_is(preview: Preview, page: Page) -> None:
    told = open_and_count(page, "/en/privacy-policy/")
    preview.add("Tiệm nghỉ lễ ngày mồng một.")
    until(lambda: preview.builds == 1, "the build")
    page.wait_for_timeout(300)
    assert not told


def test_a_new_title_is_a_new_address_and_the_open_page_follows(preview: Preview, page: Page) -> None:
    open_and_count(page, CONTACT)
    preview.replace("title: Liên hệ", "title: Gặp tiệm")
    page.wait_for_url("**/gap-tiem/")
    preview.replace("title: Gặp tiệm", "title: Liên hệ")
    page.wait_for_url("**" + CONTACT)


def test_twenty_files_saved_at_once_are_one_build_and_one_change(preview: Preview, page: Page) -> None:
    told = open_and_count(page, CONTACT)
    files = sorted((preview.root / "content" / "pages").glob("*.md"))[:20]
    texts = [(file, file.read_text(encoding="utf-8") + "\nCâu thêm ở mọi trang.\n") for file in files]
    contact = preview.root / "content" / "pages" / "contact.md"
    texts.append((contact, contact.read_text(encoding="utf-8") + "\nCâu cuối cùng.\n"))
    # At once, as a synchronised folder brings them: written elsewhere, then only renamed.
    fresh = [(preview.root / f"fresh-{number}", file) for number, (file, _) in enumerate(texts)]
    for (made, _), (_, text) in zip(fresh, texts, strict=True):
        made.write_text(text, encoding="utf-8")
    for made, file in fresh:
        made.replace(file)
    expect(page.get_by_text("Câu cuối cùng.")).to_be_visible()
    page.wait_for_timeout(500)
    assert len(told) == 1
    assert preview.builds == 1


def test_settings_and_content_saved_together_are_one_build(preview: Preview, page: Page) -> None:
    open_and_count(page, CONTACT)
    preview.replace("name: Milu Xinh ", "name: Milu Rất Xinh ", "site.yaml")
    preview.add("Tên mới, tiệm cũ.")
    expect(page.get_by_text("Tên mới, tiệm cũ.")).to_be_visible()
    assert "Milu Rất Xinh" in page.title()
    page.wait_for_timeout(300)
    assert preview.builds == 1


def test_two_saves_a_tenth_of_a_second_apart_are_both_seen(preview: Preview, page: Page) -> None:
    open_and_count(page, CONTACT)
    preview.add("Lần lưu thứ nhất.")
    time.sleep(0.1)
    preview.add("Lần lưu thứ hai.")
    expect(page.get_by_text("Lần lưu thứ nhất.")).to_be_visible()
    expect(page.get_by_text("Lần lưu thứ hai.")).to_be_visible()


def test_an_editor_that_saves_by_renaming_is_noticed_every_time(preview: Preview) -> None:
    for name in ("Milu Một", "Milu Hai"):
        text = (preview.root / "site.yaml").read_text(encoding="utf-8")
        fresh = preview.root / "site.yaml.new"
        fresh.write_text(text.replace("  name: Milu", f"  name: {name} #"), encoding="utf-8")
        fresh.replace(preview.root / "site.yaml")
        preview.wait_for("/", name)


def test_a_folder_that_was_away_is_watched_again(preview: Preview) -> None:
    static, away = preview.root / "static", preview.root / "away"
    static.rename(away)
    until(lambda: preview.get("/")[0] == 500, "the site to miss its styles")
    away.rename(static)
    until(lambda: preview.get("/")[0] == 200, "the site to come back")
    preview.add("/* một nét mới */ .promises { --mot-net-moi: 1 }", "static/css/utilities.css")
    preview.wait_for("/", "mot-net-moi")


def test_caches_and_leftovers_of_editors_cause_no_build(preview: Preview) -> None:
    for folder in (".cache", "dist"):
        (preview.root / folder).mkdir(exist_ok=True)
    for name in (".cache/x", "dist/x.html", "content/.index.md.swp", "content/pages/~$about.md", "content/a.tmp"):
        (preview.root / name).write_text("x", encoding="utf-8")
    preview.add("Câu này thì có.")
    preview.wait_for(CONTACT, "Câu này thì có.")
    assert preview.builds == 1
    assert "swp" not in preview.terminal
