"""Whole small sites for tests: `tiny`, and `tiny` with one thing broken.

A broken site is a folder in `sites/broken/` named after the message that it brings about (`bad-money`, or
`bad-form--phone`). It holds the files that differ from `tiny`, or an `edit.txt` that says how they differ, and what the
owner is told in `expected.vi.txt` and `expected.en.txt`. After a change of words, `python -m tests.fixture_sites`
writes all expectations anew; git then shows what has changed.

    edit.txt                                      a path, then what goes and what comes; `delete PATH`
        content/puppies/bo/index.md
        - price: 12000000
        + price: nhiều lắm
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag

import build
from sitegen.options import Options
from tests.conftest import ROOT, TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator

SITES = Path(__file__).with_name("sites")
NOT_OVERLAID = {"edit.txt", "expected.vi.txt", "expected.en.txt"}
PICTURES = ("pictures", "drawings", "share")
"""What there is of pictures in a project's cache."""
NOON = "1795323600"
"""22 November 2026, noon in Hà Nội, in seconds (SOURCE_DATE_EPOCH)."""


def faults() -> list[str]:
    """The names of all broken sites."""
    return sorted(path.name for path in (SITES / "broken").iterdir())


@cache
def _pictures() -> Path:
    """A cache with every picture of `tiny`: to encode its photo and to draw the others takes longer than most of what
    is tested, so that is done once a run."""
    home = Path(tempfile.mkdtemp(prefix="pictures-"))
    atexit.register(shutil.rmtree, home)
    build.build_site(_copied(home / "site"), Options(TODAY))
    for name in PICTURES:
        (home / "site" / ".cache" / name).rename(home / name)
    return home


def _copied(into: Path) -> Path:
    shutil.copytree(SITES / "tiny", into)
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, into / name)
    return into


def lay_out(into: Path, fault: str | None = None) -> Path:
    """Make the whole site `tiny` in `into`, with the project's templates, and break it as `fault` says. Its pictures
    have been made before."""
    _copied(into)
    for name in PICTURES:
        shutil.copytree(_pictures() / name, into / ".cache" / name)
    if fault:
        folder = SITES / "broken" / fault
        for path in (p for p in folder.rglob("*") if p.is_file() and p.name not in NOT_OVERLAID):
            target = into / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        if (folder / "edit.txt").exists():
            edit(into, (folder / "edit.txt").read_text(encoding="utf-8"))
    return into


def edit(site: Path, script: str) -> None:
    """Change files as an `edit.txt` says. What goes must stand in the file exactly once."""
    path, old, new = site, "", ""

    def carry_out() -> None:
        if old or new:
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            assert not old or text.count(old) == 1, f"{path.name}: {old!r} stands there {text.count(old)} times"
            path.parent.mkdir(parents=True, exist_ok=True)
            changed = text.replace(old, new) if old else text + new
            path.write_text(changed, encoding="utf-8", newline="\n")

    for line in script.splitlines():
        if line.startswith(("- ", "+ ")) or line in ("-", "+"):
            if line.startswith("-") and new:
                carry_out()
                old, new = "", ""
            old += line[2:] + "\n" if line.startswith("-") else ""
            new += line[2:] + "\n" if line.startswith("+") else ""
        elif line:
            carry_out()
            old, new = "", ""
            if line.startswith("delete "):
                (site / line.removeprefix("delete ")).unlink()
            else:
                path = site / line
    carry_out()


def told(site: Path, lang: str, *, production: bool = False) -> str:
    """What `build.py check` tells an owner who speaks `lang` about this site."""
    settings = site / "site.yaml"
    if settings.exists():
        text = re.sub(r"owner_language: \w+", f"owner_language: {lang}", settings.read_text(encoding="utf-8"))
        settings.write_text(text, encoding="utf-8", newline="\n")
    lines: list[str] = []
    build.main(["check", *(["--production"] if production else [])], root=site, log=lines.append)
    return "\n".join(lines).rstrip() + "\n"


def for_production(fault: str) -> bool:
    """Whether only `--production` minds."""
    return fault.startswith("sample-")


def listing(built: build.Built) -> str:
    """A site by its meaning, page for page, so that its looks may change: languages, titles, where links lead."""
    return "\n".join(_listed(built))


def _listed(built: build.Built) -> Iterator[str]:
    for output in sorted(built.outputs, key=lambda o: o.path):
        if not output.path.endswith(".html"):
            if "pictures/" not in output.path:  # encoders differ from machine to machine
                yield re.sub(r"\.[0-9a-f]{8}\.", ".*.", output.path)
            continue
        assert isinstance(output.content, bytes)
        page = BeautifulSoup(output.content, "html.parser")
        main = page.find("main")
        assert isinstance(main, Tag), output.path
        links = {re.sub(r"\?.*", "", str(a["href"])) for a in main.find_all("a", href=True)}
        yield ""
        yield output.path
        yield f"  from       {output.source}"
        yield f"  title      {_text(page.title)}"
        yield f"  h1         {' | '.join(_text(h) for h in page.find_all('h1'))}"
        yield f"  lang       {_attribute(page.find('html'), 'lang')}"
        yield f"  canonical  {_attribute(page.find('link', rel='canonical'), 'href')}"
        for link in page.find_all("link", hreflang=True):
            yield f"  alternate  {link['hreflang']} {link['href']}"
        foreign = sorted({str(tag["lang"]) for tag in main.find_all(lang=True)})
        if foreign:
            yield f"  also in    {' '.join(foreign)}"
        yield f"  form       {_attribute(main.find('form', method='post'), 'action') or '–'}"
        yield f"  leads to   {' '.join(sorted(link for link in links if link.startswith('/'))) or '–'}"


def _text(tag: Tag | None) -> str:
    return " ".join(tag.get_text().split()) if tag else "–"


def _attribute(tag: object, name: str) -> str:
    return str(tag.get(name) or "") if isinstance(tag, Tag) else ""


def accept() -> None:
    """Take what the program says now for what it should say."""
    os.environ["SOURCE_DATE_EPOCH"] = NOON
    with tempfile.TemporaryDirectory() as name:
        for fault in faults():
            site = lay_out(Path(name) / fault, fault)
            for lang in ("vi", "en"):
                text = told(site, lang, production=for_production(fault))
                target = SITES / "broken" / fault / f"expected.{lang}.txt"
                target.write_text(text, encoding="utf-8", newline="\n")
        site = lay_out(Path(name) / "tiny")
        text = listing(build.build_site(site, Options(build.today(), share_pictures=False))) + "\n"
        (SITES / "tiny.expected.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    accept()
