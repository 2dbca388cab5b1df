"""A whole small shop with its workshop, as `build.py serve` would run it."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import build
from sitegen.builder import Builder
from sitegen.memo import Memo
from sitegen.workshop import Overlay, Workshop
from sitegen.workshop.form import Posted
from sitegen.workshop.guard import Caller, cookie_name
from sitegen.workshop.talk import Reply, Request
from tests.fixture_sites import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TODAY = date(2026, 11, 22)
HOST = "127.0.0.1:8000"


class Drafts:
    """Builds drafts of the project at `root` in a shadow of it."""

    def __init__(self, root: Path) -> None:
        self._root, self._shadow = root, root.parent / "shadow"
        (self._shadow / ".cache").mkdir(parents=True, exist_ok=True)
        for name in ("templates", "static"):
            shutil.copytree(root / name, self._shadow / name, dirs_exist_ok=True)
        self._builder = Builder(self._shadow, Memo(self._shadow / ".cache" / "none", "test"))

    def __call__(self, overlay: Overlay) -> build.Built:
        wanted: dict[str, bytes] = {"site.yaml": (self._root / "site.yaml").read_bytes()}
        for path in (self._root / "content").rglob("*.*"):
            wanted[path.relative_to(self._root).as_posix()] = path.read_bytes()
        for name, data in overlay.texts.items():
            wanted[name] = data or b""
        for name, photo in overlay.photos.items():
            proof = self._root / ".cache" / "proofs" / photo.variants[0].name if photo else None
            wanted[name] = proof.read_bytes() if proof else b""
        for name, data in wanted.items():
            target = self._shadow / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if not data:
                target.unlink(missing_ok=True)
            elif not target.is_file() or target.read_bytes() != data:
                target.write_bytes(data)
        for path in (self._shadow / "content").rglob("*.*"):
            if path.relative_to(self._shadow).as_posix() not in wanted:
                path.unlink()
        return self._builder.build(build.Options(TODAY, share_pictures=False, jobs=1))


@dataclass
class Shop:
    """The project, its workshop, and a browser's half of the secrets."""

    root: Path
    workshop: Workshop
    drafts: Drafts

    def get(self, path: str, query: tuple[tuple[str, str], ...] = ()) -> Reply:
        return self.workshop.app.handle(Request(Caller("GET", HOST), path, Posted(query)))

    def post(self, path: str, *pairs: tuple[str, str], files: tuple[tuple[str, bytes], ...] = ()) -> Reply:
        guard = self.workshop.app.guard
        caller = Caller(
            "POST", HOST, f"http://{HOST}", "same-origin", f"{cookie_name(HOST)}={guard.cookie}", guard.token
        )
        reply = self.workshop.app.handle(Request(caller, path, form=Posted(pairs), files=files))
        if reply.status == 303:
            self.workshop.refresh(self.drafts(Overlay()))
        return reply

    def form(self, kind: str, slug: str) -> dict[str, str]:
        """What a browser would post from an untouched form (one value a name)."""
        from sitegen.workshop import entries

        entry = self.workshop.desk.entry(kind, slug)
        assert entry is not None
        had = tuple(("had", name) for name in entry.photos)
        return dict((*entries.pairs(entry), *self.workshop.desk.digests(entry), *had))

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()


def open_shop(folder: Path, lang: str = "vi", phone: Callable[[], str | None] = lambda: "127.0.0.1") -> Shop:
    """The small shop in `folder`, built once."""
    root = folder / "project"
    if not root.exists():
        lay_out(root)
    drafts = Drafts(root)
    workshop = Workshop(root, draft=drafts, lang=lang, today=lambda: TODAY, phone_address=phone)
    workshop.refresh(drafts(Overlay()))
    return Shop(root, workshop, drafts)


@contextmanager
def shop_in_temp() -> Iterator[Shop]:
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        shop = open_shop(Path(folder))
        yield shop
        shop.workshop.close()
