"""A deployed shop on loopback: HTTPS with the table's headers and the real function, until a test spoils it."""

from __future__ import annotations

import http.server
import io
import ssl
import sys
import threading
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING, Any

from inquiry.wsgi_app import make_app

from sitegen.headers import headers_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from inquiry.settings import Settings

    from tests.deploy.conftest import Kit

Headers = dict[str, str]


@dataclass
class Reply:
    """What the website says; a test may change it before it is sent."""

    status: int
    headers: Headers
    body: bytes


@dataclass
class Website:
    """`spoil` sees every reply (path, reply) before it leaves; `function` is the function's settings, None while it
    is not deployed; `mail` says whether its mail server would answer."""

    kit: Kit
    function: Settings | None
    spoil: Callable[[str, Reply], None] = lambda _path, _reply: None
    letters: list[object] = field(default_factory=list)

    def answer(self, method: str, path: str, headers: Message, body: bytes) -> Reply:
        reply = self._reply(method, path, headers, body)
        self.spoil(path, reply)
        return reply

    def _reply(self, method: str, path: str, headers: Message, body: bytes) -> Reply:
        if path == "/api/inquiry" and self.function:
            return self._function(self.function, method, headers, body)
        if path in self.kit.table.redirects:
            return Reply(301, {"Location": self.kit.table.redirects[path]}, b"")
        content = self.kit.files.get(path + "index.html" if path.endswith("/") else path)
        if content is None:
            page = "/en/404.html" if path.startswith("/en/") else "/404.html"
            return Reply(404, headers_for(self.kit.table, page), self.kit.files[page])
        return Reply(200, headers_for(self.kit.table, path), content)

    def _function(self, settings: Settings, method: str, headers: Message, body: bytes) -> Reply:
        app = make_app(settings, send=self._keep, log=lambda _line: None)
        sent = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        environ: dict[str, Any] = {
            **sent, "REQUEST_METHOD": method, "CONTENT_TYPE": headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)), "REMOTE_ADDR": "192.0.2.7", "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
        }  # fmt: skip
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, given: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
            told.append((status, given))
            return lambda _part: None

        content = b"".join(app(environ, start))
        return Reply(int(told[0][0][:3]), dict(told[0][1]), content)

    def _keep(self, letter: object, _envelope: object) -> Any:
        self.letters.append(letter)
        raise AssertionError("the doctor must send nothing")


class Served:
    """Runs a website; `certificate` None means plain HTTP."""

    def __init__(self, website: Website, certificate: ssl.SSLContext | None) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                reply = website.answer(self.command, self.path, self.headers, self.rfile.read(length))
                self.send_response_only(reply.status)
                for name, value in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                return

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if certificate:
            # The handshake is left to each connection's own thread, so that a refused one holds nobody up.
            self._server.socket = certificate.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # refusals are what is tested
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Served:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
