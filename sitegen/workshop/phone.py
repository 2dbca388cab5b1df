"""Photos from a phone: a second listener, only while the owner wants it, that takes pictures and nothing else (I/O).

It listens on this machine's address in the home network, on a port of its own. Its address holds a secret that is shown
once, as a QR code; the first phone that opens it keeps it (a cookie), any other is refused. It ends by itself.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, cast

import segno
import tornado.web
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from sitegen.workshop import talk
from sitegen.workshop.talk import Stationery

LASTS = 30 * 60.0
"""Seconds until it ends by itself."""
MOST = 300 * 2**20
"""Bytes of one sending: a dozen photos of the largest kind."""
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
Receive = Callable[[str, bytes], dict[str, str]]


@dataclass(frozen=True, slots=True)
class State:
    """What the owner sees. `taken`: a phone has connected."""

    on: bool
    address: str
    taken: bool
    no_network: bool


@dataclass
class Phone:
    """Starts and stops the listener. `receive` takes a photo; `address` finds this machine's own in its network."""

    receive: Receive
    paper: Stationery
    address: Callable[[], str | None] = field(default_factory=lambda: lan_address)
    loop: asyncio.AbstractEventLoop | None = None
    """The server's own, on which the listener must live."""

    def __post_init__(self) -> None:
        self._server: HTTPServer | None = None
        self._url, self._token, self._cookie, self._ends, self._lost = "", "", "", 0.0, False

    @property
    def wanted(self) -> bool:
        """Whether it is on."""
        return self._server is not None and time.monotonic() < self._ends

    def state(self) -> State:
        """For the page."""
        return State(self.wanted, self._url if self.wanted else "", bool(self._cookie), self._lost)

    def code(self) -> bytes:
        """The QR code of the address, as SVG. Raises `KeyError` while it is off."""
        if not self.wanted:
            raise KeyError("off")
        out = BytesIO()
        segno.make(self._url, error="m").save(out, kind="svg", scale=6, border=4, xmldecl=False, light="#fff")
        return out.getvalue()

    def want(self, on: bool) -> None:
        """Start or stop; returns when it is done. Called from a thread that is not the loop's."""
        if self.loop is None:
            raise RuntimeError("no loop yet")
        asyncio.run_coroutine_threadsafe(self._switch(on), self.loop).result(10)

    async def _switch(self, on: bool) -> None:
        self.stop()
        if not on:
            return
        host = self.address()
        self._lost = host is None
        if host is None:
            return
        self._token, self._cookie = secrets.token_urlsafe(18), ""
        listening = bind_sockets(0, host)
        self._url = f"http://{host}:{listening[0].getsockname()[1]}/{self._token}"
        self._ends = time.monotonic() + LASTS
        self._server = HTTPServer(tornado.web.Application([(r".*", PhoneHandler, {"phone": self})]), max_body_size=MOST)
        self._server.max_buffer_size = MOST
        self._server.add_sockets(listening)
        server = self._server
        asyncio.get_running_loop().call_later(LASTS, lambda: self.stop() if self._server is server else None)

    def stop(self) -> None:
        """End; called in the loop."""
        if self._server is not None:
            self._server.stop()
        self._server, self._ends = None, 0.0

    def admits(self, host: str, path: str, cookie: str) -> str | None:
        """The cookie to keep, for the phone that holds the code; None for anyone else."""
        if not self.wanted or host != self._url.split("/")[2]:
            return None
        if not hmac.compare_digest(path.strip("/").encode(), self._token.encode()):
            return None
        if not self._cookie:
            self._cookie = secrets.token_urlsafe(18)
            return self._cookie
        return self._cookie if hmac.compare_digest(cookie.encode(), self._cookie.encode()) else None


class PhoneHandler(tornado.web.RequestHandler):
    """One page with one form."""

    def initialize(self, phone: Phone) -> None:
        self._phone = phone

    def prepare(self) -> Awaitable[None] | None:
        for name, value in {**talk.SAFE, "Content-Security-Policy": POLICY}.items():
            self.set_header(name, value)
        if self.request.path == "/phone.css":
            return None
        cookie = self.get_cookie("phone") or ""
        kept = self._phone.admits(self.request.host, self.request.path, cookie)
        if kept is None:
            self._show(403, wrong=True)
        elif kept != cookie:
            self.set_header("Set-Cookie", f"phone={kept}; Path=/; HttpOnly; SameSite=Strict")
        return None

    def get(self) -> None:
        if self.request.path == "/phone.css":
            self.set_header("Content-Type", talk.TYPES[".css"])
            self.finish((talk.HERE / "assets" / "phone.css").read_bytes())
            return
        self._show(200)

    async def post(self) -> None:
        files = cast("list[Any]", self.request.files.get("photos", []))
        taken, refused = 0, []
        for each in files:
            found = await asyncio.to_thread(self._phone.receive, each.filename, each.body)
            taken += "ref" in found
            refused += [f"{found['file']}: {found['mistake']}"] if "mistake" in found else []
        self._show(200, count=taken, refused=refused)

    def _show(self, status: int, **view: object) -> None:
        given = {"wrong": False, "count": 0, "refused": [], **view}
        reply = self._phone.paper.page("send.html", status, **given)
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(cast("bytes", reply.content))


def lan_address() -> str | None:
    """This machine's address in its network; None without one. Nothing is sent: the system is only asked which way
    it would take (192.0.2.1 is reserved for documentation)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found = str(probe.getsockname()[0])
        except OSError:
            return None
    return None if found.startswith(("127.", "0.")) else found
