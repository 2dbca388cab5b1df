"""HTTP on loopback: the site, the live socket, the inquiry function and the inbox (tornado, by way of livereload)."""

# livereload carries no types.
# mypy: allow-subclassing-any, disable-error-code="import-untyped"

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler
from tornado import web
from tornado.escape import json_decode
from tornado.httputil import split_host_and_port
from tornado.websocket import WebSocketHandler
from tornado.wsgi import WSGIContainer

from sitegen.preview.inbox import framed
from sitegen.preview.screens import FRAME_HEADERS, HEADERS, HERE
from sitegen.preview.site import HTML, TYPES, Answer, with_reload
from sitegen.workshop import mount

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tornado.httputil import HTTPServerRequest

    from sitegen.preview.inbox import Inbox
    from sitegen.preview.post import PostOffice
    from sitegen.preview.screens import Screens
    from sitegen.preview.stage import Stage
    from sitegen.preview.watch import Watcher
    from sitegen.workshop import Workshop

LOCAL = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
BODY_LIMIT = 1024 * 1024
"""Bytes. The function refuses far less in its own words; beyond this nothing is even read."""
ASSETS = ("reload.js", "renew.js", "mistakes.js", "letter.js", "preview.css", "icon.svg")
INBOX = "/_inbox/"


@dataclass(frozen=True)
class Preview:
    """What the handlers share. `built` is awaited before the first page; `form` is where the inquiry form stands."""

    stage: Stage
    inbox: Inbox
    post: PostOffice
    screens: Screens
    built: Callable[[], Awaitable[object]]
    form: Callable[[], str]
    workshop: Workshop

    def page(self, path: str) -> Answer:
        """What is at `path`, be it the site's or the preview's own, if it reloads itself."""
        if path == INBOX:
            sent_to = self.post.to if self.post.sends else None
            return self.screens.inbox(self.inbox.letters(), form=self.form(), sent_to=sent_to)
        return self.stage.answer(path)


def application(preview: Preview) -> web.Application:
    """All addresses. What begins with `/_` is the preview's own."""
    shared = {"preview": preview}
    inquiry = _Quiet(preview.post, ThreadPoolExecutor(4, thread_name_prefix="inquiry"))
    return web.Application(
        [
            *mount(preview.workshop),
            (r"/_preview/live", Live, shared),
            (rf"/_preview/({'|'.join(map(re.escape, ASSETS))})", Asset, shared),
            (r"/_inbox", web.RedirectHandler, {"url": INBOX}),
            (r"/_inbox/(\d{1,9})/(text|source|html|letter\.eml)?", LetterPage, shared),
            (r"/api/inquiry", Inquiry, {**shared, "function": inquiry}),
            (r".*", Page, shared),
        ],
        log_function=lambda _handler: None,  # what matters to the owner is told by the stage
        websocket_ping_interval=30,
    )


class Local(web.RequestHandler):
    """Answers only this machine: a Host of another name is a foreign website that was led here (DNS rebinding)."""

    def initialize(self, preview: Preview, **_: object) -> None:
        self.preview = preview

    def set_default_headers(self) -> None:
        self.clear_header("Server")

    async def prepare(self) -> None:
        host, port = split_host_and_port(self.request.host.lower())
        if host not in LOCAL:
            self.give(self.preview.screens.refusal(403, "wrong-host"))
        elif host != "127.0.0.1" and self.request.method in ("GET", "HEAD"):
            # One origin: the inquiry function takes only forms of its own site.
            self.redirect(f"http://127.0.0.1:{port or 80}{self.request.uri}", status=307)
        else:
            await self.preview.built()

    def give(self, answer: Answer, *, live: bool = False) -> None:
        """Send an answer; tornado adds the ETag, and answers conditional requests and HEAD."""
        content = answer.content.read_bytes() if isinstance(answer.content, Path) else answer.content
        if live and answer.page:
            # A page that tells of mistakes stands at the address of another, whose source it has not.
            page = self.preview.workshop.linked(self.request.path, content) if answer.status == 200 else content
            content = with_reload(page, answer.version)
            self.set_header("Preview-Version", answer.version)
        self.set_status(answer.status)
        for name, value in answer.headers.items():
            self.set_header(name, value)
        if "Content-Type" not in answer.headers:
            self.clear_header("Content-Type")
        self.finish(content)

    def write_error(self, status_code: int, **_: Any) -> None:
        """In the owner's words, not tornado's."""
        self.give(self.preview.screens.refusal(status_code, "bad-request"))


class Page(Local):
    """The site, and the list of letters."""

    async def get(self) -> None:
        """Answer GET and HEAD."""
        answer = self.preview.page(unquote(self.request.path))
        if "Location" in answer.headers and self.request.query:
            moved = f"{answer.headers['Location']}?{self.request.query}"
            answer = Answer(answer.status, {**answer.headers, "Location": moved}, b"")
        self.give(answer, live=True)

    head = get


class Asset(Local):
    """The preview's own style and scripts."""

    async def get(self, name: str) -> None:
        """Answer GET and HEAD."""
        path = HERE / "assets" / name
        self.give(Answer(200, {**HEADERS, "Cache-Control": "no-cache", "Content-Type": TYPES[path.suffix]}, path))

    head = get


class LetterPage(Local):
    """A letter and its parts."""

    async def get(self, number: str, part: str | None) -> None:
        """Answer GET and HEAD."""
        letter = self.preview.inbox.open(int(number))
        if not letter:
            self.give(self.preview.screens.refusal(404, "no-letter"))
        elif part == "html":
            headers = {**FRAME_HEADERS, "Content-Type": HTML}
            self.give(Answer(200, headers, framed(letter.html).encode("utf-8", "replace")))
        elif part == "letter.eml":
            headers = {**HEADERS, "Content-Type": "message/rfc822"}
            headers["Content-Disposition"] = f'attachment; filename="milu-xinh-{number}.eml"'
            self.give(Answer(200, headers, letter.letter.raw))
        else:
            self.give(self.preview.screens.letter(letter, part or "mail"))

    head = get


class Inquiry(Local):
    """The inquiry function, whole: it answers every method itself."""

    def initialize(self, preview: Preview, **more: object) -> None:
        super().initialize(preview)
        self._function = more["function"]

    async def prepare(self) -> None:
        await super().prepare()
        if not self._finished:
            assert isinstance(self._function, _Quiet)
            await self._function.handle_request(self.request)
            self._finished = True
            self.on_finish()


class _Quiet(WSGIContainer):
    """The function writes its own line of log; tornado's would repeat it."""

    def environ(self, request: HTTPServerRequest) -> dict[str, Any]:
        # The body is in memory: chunked or not, it ends.
        return {**super().environ(request), "wsgi.input_terminated": True}

    def _log(self, status_code: int, request: HTTPServerRequest) -> None:
        """Nothing."""


class Live(Local, LiveReloadHandler):
    """livereload's socket. A page is told to reload when what is at its address is no longer what it shows."""

    def check_origin(self, origin: str) -> bool:
        """livereload lets any website listen; here only the preview's own pages."""
        return WebSocketHandler.check_origin(self, origin)

    def on_message(self, message: str | bytes) -> None:
        """livereload's handshake; then the page is brought up to date, for a build may have come before it."""
        super().on_message(message)
        told = json_decode(message)
        if told.get("command") == "info":
            self._path = unquote(urlsplit(str(told.get("url", ""))).path) or "/"
            self._version = str(told.get("version", ""))
            self.refresh()

    def refresh(self) -> None:
        """Have the page renew itself if it is out of date, at its new address if its document has moved."""
        path = self.preview.stage.whereto(self._path)
        answer = self.preview.page(path)
        if self._version != answer.version:
            self._path, self._version = path, answer.version
            self.send_message(
                {"command": "reload", "path": path, "version": answer.version, "status": answer.status}
            )

    @classmethod
    def begin(cls, watcher: Watcher) -> None:
        """Start watching. livereload keeps its state on the class; its 3 s throttle is read from the base."""
        LiveReloadHandler.DEFAULT_RELOAD_TIME, cls.watcher = 0, watcher
        cls.start_tasks()

    @classmethod
    def reload_waiters(cls, path: str | None = None) -> None:
        """After a build or a letter: each page finds out for itself. `path` is livereload's, for its log."""
        del path
        for page in cls.waiters.copy():
            page.refresh()
