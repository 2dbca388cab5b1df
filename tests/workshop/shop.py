"""A whole small shop with its workshop, as `build.py serve` would run it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import tornado.web
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from sitegen.builder import Builder
from sitegen.errors import ContentError
from sitegen.making import Built
from sitegen.memo import Memo
from sitegen.options import Options
from sitegen.preview.site import Site
from sitegen.source import Overlay
from sitegen.workshop import Workshop, entries, mount
from sitegen.workshop.form import Pair, Posted
from sitegen.workshop.guard import Caller, cookie_name
from sitegen.workshop.talk import Reply, Request
from tests.fixture_sites import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.making import Built

TODAY = date(2026, 11, 22)
HOST = "127.0.0.1:8000"


class Drafts:
    """Builds the project at `root` in memory, with what the workshop lays over it; one at a time."""

    def __init__(self, root: Path) -> None:
        self._builder = Builder(root, Memo(root / ".cache" / "none", "test"))
        self._lock = threading.Lock()

    def __call__(self, overlay: Overlay) -> Built:
        with self._lock:
            return self._builder.build(Options(TODAY, share_pictures=False, jobs=1), overlay)


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
            with contextlib.suppress(ContentError):  # then the last good site stays
                self.workshop.refresh(self.drafts(Overlay()))
        return reply

    def form(
        self, kind: str, slug: str, changes: Mapping[str, str] | None = None, without: tuple[str, ...] = ()
    ) -> tuple[Pair, ...]:
        """What a browser would post from the form, after these changes."""
        entry = self.workshop.desk.entry(kind, slug)
        assert entry is not None
        pairs = [*entries.pairs(entry), *self.workshop.desk.digests(entry), *(("had", name) for name in entry.photos)]
        kept = [p for p in pairs if p[0] not in (changes or {}) and not (without and p[0].startswith(without))]
        return (*kept, *(changes or {}).items())

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


class SitePage(tornado.web.RequestHandler):
    """The site itself, with its edit links, as the preview serves it."""

    def initialize(self, server: Server) -> None:
        self._server = server

    def get(self) -> None:
        built = self._server.shop.workshop.desk.built
        assert built is not None
        assert isinstance(built, Built)
        answer = Site(built).answer(self.request.path)
        content = answer.content if isinstance(answer.content, bytes) else answer.content.read_bytes()
        self.set_status(answer.status)
        for name, value in answer.headers.items():
            self.set_header(name, value)
        self.finish(self._server.shop.workshop.linked(self.request.path, content) if answer.page else content)


class Server:
    """The shop on a free port of loopback, rebuilt whenever a file changes. Used as a context."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.address = shop, ""
        self._ready, self._end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join(10)

    async def _serve(self) -> None:
        application = tornado.web.Application(
            [*mount(self.shop.workshop), (r".*", SitePage, {"server": self})], log_function=lambda _: None
        )
        server = HTTPServer(application, max_body_size=2**20)
        listening = bind_sockets(0, "127.0.0.1")
        server.add_sockets(listening)
        self.address = f"http://127.0.0.1:{listening[0].getsockname()[1]}"
        self._ready.set()
        seen = self._stamps()
        while not self._end.is_set():
            await asyncio.sleep(0.05)
            if (now := self._stamps()) != seen:
                seen = now
                with contextlib.suppress(ContentError):  # then the last good site stays
                    self.shop.workshop.refresh(await asyncio.to_thread(self.shop.drafts, Overlay()))
        server.stop()
        self.shop.workshop.close()
        await server.close_all_connections()

    def _stamps(self) -> list[tuple[str, int]]:
        paths = [self.shop.root / "site.yaml", *(self.shop.root / "content").rglob("*.*")]
        return sorted((str(p), p.stat().st_mtime_ns) for p in paths if not p.name.startswith("."))
