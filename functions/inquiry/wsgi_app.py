"""WSGI (PEP 3333) around the service: Vercel, gunicorn, waitress, and the site's own preview."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from inquiry import body
from inquiry.exchange import Request
from inquiry.send import Send
from inquiry.service import Service, write_line
from inquiry.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def make_app(
    settings: Settings, *, send: Send | None = None, log: Callable[[str], None] = write_line
) -> "WSGIApplication":
    """Return a WSGI app; `send` replaces real mail, `log` takes the log lines instead of standard output."""
    return app_of(Service(settings, send=send, log=log))


def app_of(service: Callable[[Request], Any]) -> "WSGIApplication":
    """Return `service` as a WSGI app."""

    def app(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        reply = service(_request(environ))
        length = [("Content-Length", str(len(reply.body)))]
        start_response(f"{reply.status} {HTTPStatus(reply.status).phrase}", [*reply.headers, *length])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else reply.body]

    return app


def _request(environ: "WSGIEnvironment") -> Request:
    headers = {
        key[5:].replace("_", "-").lower(): str(value) for key, value in environ.items() if key.startswith("HTTP_")
    }
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    content, trouble = b"", ""
    try:
        # A server that ends a chunked body by itself says so; others would wait for bytes that never come.
        ends = bool(environ.get("wsgi.input_terminated"))
        content = body.read(environ["wsgi.input"], environ.get("CONTENT_LENGTH"), ends=ends)
    except body.Unacceptable as unacceptable:
        trouble = unacceptable.code
    return Request(environ["REQUEST_METHOD"], headers, content, trouble, environ.get("REMOTE_ADDR", ""))
