"""The workshop over HTTP, as tornado handlers for the preview's server, and everything put together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tornado.web

from sitegen.album import Album
from sitegen.workshop.app import App
from sitegen.workshop.desk import Desk
from sitegen.workshop.form import Posted
from sitegen.workshop.guard import Caller, Guard
from sitegen.workshop.ledger import Ledger
from sitegen.workshop.phone import Phone, lan_address
from sitegen.workshop.proofs import Proofs
from sitegen.workshop.talk import Request, Stationery
from sitegen.workshop.unfinished import Unfinished
from sitegen.workshop.uploads import Uploads

if TYPE_CHECKING:
    from sitegen.workshop.overlay import Built, Overlay
    from sitegen.workshop.publish import Publisher

PREFIX = r"/_workshop/(?P<path>.*)"


class Workshop:
    """The workshop of the project at `root`. `draft` builds the site in memory with an overlay and raises
    `ContentError` as any build; `today` is the shop's date; `lang` the owner's language."""

    def __init__(
        self, root: Path, *, draft: Callable[[Overlay], Built], lang: str, today: Callable[[], date],
        publisher: Publisher | None = None, phone_address: Callable[[], str | None] = lan_address,
    ) -> None:  # fmt: skip
        ledger = Ledger(root)
        ledger.sweep()
        proofs = Proofs(root / ".cache" / "proofs")
        self.desk = Desk(root, draft, today, lang, ledger, proofs)
        self.uploads = Uploads(ledger, proofs, Album(root / ".cache" / "pictures"))
        guard = Guard()
        phone = Phone(
            lambda name, data: self.uploads.from_phone(name, data, lang), Stationery(lang, guard.token), phone_address
        )
        unfinished = Unfinished(root / ".workshop" / "unfinished")
        self.app = App(self.desk, guard, self.uploads, unfinished, phone, publisher)

    def refresh(self, built: Built) -> None:
        """Tell it of a new build of what lies on disk."""
        self.desk.built = built

    def close(self) -> None:
        """End what runs beside: developing photos, the phone's listener. Called in the server's loop."""
        self.app.phone.stop()
        self.uploads.close()


def mount(workshop: Workshop) -> list[tuple[str, type[tornado.web.RequestHandler], dict[str, Any]]]:
    """Routes for the preview's server, to stand before its own."""
    return [(PREFIX, WorkshopHandler, {"app": workshop.app})]


class WorkshopHandler(tornado.web.RequestHandler):
    """tornado's request → `Request`, `Reply` → tornado's response; answered in a thread, as a save may build."""

    def initialize(self, app: App) -> None:
        self._app = app

    async def get(self, path: str) -> None:
        await self._answer(path)

    async def head(self, path: str) -> None:
        await self._answer(path)

    async def post(self, path: str) -> None:
        await self._answer(path)

    async def _answer(self, path: str) -> None:
        self._app.phone.loop = asyncio.get_running_loop()
        reply = await asyncio.to_thread(self._app.handle, self._request(path))
        self.set_status(reply.status)
        self.clear_header("Content-Type")
        for name, value in reply.headers.items():
            self.set_header(name, value)
        content = reply.content
        if isinstance(content, Path):
            content = await asyncio.to_thread(content.read_bytes)
        if self.request.method != "HEAD":
            self.write(content)

    def _request(self, path: str) -> Request:
        headers, form = self.request.headers, self.request.body_arguments
        pairs = tuple((name, text.decode("utf-8", "replace")) for name, texts in form.items() for text in texts)
        query = tuple(
            (name, text.decode("utf-8", "replace"))
            for name, texts in self.request.query_arguments.items() for text in texts
        )  # fmt: skip
        files = tuple(
            (each.filename, each.body) for each in self.request.files.get("photos", []) if each.filename and each.body
        )
        posted = Posted(pairs)
        caller = Caller(
            self.request.method or "", self.request.host, headers.get("Origin", ""), headers.get("Sec-Fetch-Site", ""),
            headers.get("Cookie", ""), headers.get("X-Token", "") or posted.one("token"),
        )  # fmt: skip
        return Request(caller, path, Posted(query), posted, files)

    def compute_etag(self) -> None:
        """No ETag: replies are not kept, and those that are have names that change."""
