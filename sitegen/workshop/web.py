"""The workshop over HTTP, as tornado handlers for the preview's server, and everything put together."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl

import tornado.web

from sitegen.album import Album
from sitegen.workshop.app import App
from sitegen.workshop.desk import Desk
from sitegen.workshop.form import Posted
from sitegen.workshop.guard import Caller, Guard
from sitegen.workshop.ledger import Ledger
from sitegen.workshop.links import with_edit
from sitegen.workshop.phone import Phone, lan_address
from sitegen.workshop.proofs import Proofs
from sitegen.workshop.talk import Request, Stationery
from sitegen.workshop.unfinished import Unfinished
from sitegen.workshop.uploads import Uploads

if TYPE_CHECKING:
    from tornado.http1connection import HTTP1Connection

    from sitegen.source import Overlay
    from sitegen.workshop.built import Built
    from sitegen.workshop.publish import Command

PREFIX = r"/_workshop/(?P<path>.*)"
MOST = 300 * 2**20
"""Bytes of one form with its photos (without a script they all come at once)."""
_PART = re.compile(r'form-data; name="(?P<name>[^"]*)"(?:; filename="(?P<file>[^"]*)")?', re.I)


class Workshop:
    """The workshop of the project at `root`.

    `draft` builds the site in memory with an overlay and raises `ContentError` as any build; `today` is the shop's
    date; `lang` the owner's language; `publisher` is `build.py publish`, if there is one."""

    def __init__(
        self, root: Path, *, draft: Callable[[Overlay], Built], lang: str, today: Callable[[], date],
        publisher: Command | None = None, phone_address: Callable[[], str | None] = lan_address,
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

    def linked(self, address: str, html: bytes) -> bytes:
        """A page of the site as the preview serves it: with the link to its source."""
        return with_edit(html, self.desk.built.source(address) if self.desk.built else "", self.desk.lang)

    def close(self) -> None:
        """End what runs beside: developing photos, the phone's listener. Called in the server's loop."""
        self.app.phone.stop()
        self.uploads.close()


def mount(workshop: Workshop) -> list[tuple[str, type[tornado.web.RequestHandler], dict[str, Any]]]:
    """Routes for the preview's server, to stand before its own."""
    return [(PREFIX, WorkshopHandler, {"app": workshop.app})]


@tornado.web.stream_request_body
class WorkshopHandler(tornado.web.RequestHandler):
    """tornado's request → `Request`, `Reply` → tornado's response; answered in a thread, as a save may build."""

    def initialize(self, app: App) -> None:
        self._app, self._body = app, bytearray()

    def prepare(self) -> None:
        # The server's own limit is made for inquiries. Photos are larger, and are only read from whom may send them.
        if self._app.guard.knows(self._caller("")):
            cast("HTTP1Connection", self.request.connection).set_max_body_size(MOST)

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk

    async def get(self, path: str) -> None:
        await self._answer(path)

    async def head(self, path: str) -> None:
        await self._answer(path)

    async def post(self, path: str) -> None:
        await self._answer(path)

    async def _answer(self, path: str) -> None:
        self._app.phone.loop = asyncio.get_running_loop()
        reply = await asyncio.to_thread(lambda: self._app.handle(self._request(path)))
        self.set_status(reply.status)
        self.clear_header("Content-Type")
        for name, value in reply.headers.items():
            self.set_header(name, value)
        content = reply.content
        if isinstance(content, Path):
            content = await asyncio.to_thread(content.read_bytes)
        if self.request.method != "HEAD":
            self.write(content)

    def _caller(self, token: str) -> Caller:
        headers = self.request.headers
        return Caller(
            self.request.method or "", self.request.host, headers.get("Origin", ""), headers.get("Sec-Fetch-Site", ""),
            headers.get("Cookie", ""), token,
        )  # fmt: skip

    def _request(self, path: str) -> Request:
        form, files = multipart(self.request.headers.get("Content-Type", ""), bytes(self._body))
        query = tuple(
            (name, text.decode("utf-8", "replace"))
            for name, texts in self.request.query_arguments.items() for text in texts
        )  # fmt: skip
        token = self.request.headers.get("X-Token", "") or form.one("token")
        return Request(self._caller(token), path, Posted(query), form, files)

    def compute_etag(self) -> None:
        """No ETag: replies are not kept, and those that are have names that change."""


def multipart(kind: str, body: bytes) -> tuple[Posted, tuple[tuple[str, bytes], ...]]:
    """A posted body → (fields in the order of the page, uploads). tornado groups fields by name, but the order of rows
    is what the owner has chosen."""
    if not kind.startswith("multipart/form-data"):
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        return Posted(tuple(pairs)), ()
    fields: list[tuple[str, str]] = []
    files: list[tuple[str, bytes]] = []
    boundary = kind.partition("boundary=")[2].partition(";")[0].strip(' "').encode()
    for part in body.split(b"--" + boundary)[1:-1] if boundary else ():
        head, _, content = part.partition(b"\r\n\r\n")
        content = content.removesuffix(b"\r\n")
        named = _PART.search(head.decode("utf-8", "replace"))
        if named is None:
            continue
        if named["file"] is None:
            fields.append((_unquoted(named["name"]), content.decode("utf-8", "replace")))
        elif named["file"] and content:
            files.append((_unquoted(named["file"]), content))
    return Posted(tuple(fields)), tuple(files)


def _unquoted(text: str) -> str:
    """A name as browsers write it in multipart headers (HTML, section on form submission)."""
    return text.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
