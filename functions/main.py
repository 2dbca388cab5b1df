"""The inquiry function on Google's functions-framework (Cloud Run functions, Firebase): target `inquiry`."""

from typing import TYPE_CHECKING

from inquiry import body
from inquiry.exchange import Request
from inquiry.service import from_host

if TYPE_CHECKING:
    from flask import Request as FlaskRequest

service = from_host()


def inquiry(request: "FlaskRequest") -> tuple[bytes, int, list[tuple[str, str]]]:
    """Return body, status and headers for one request."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    content, trouble = _body(request)
    reply = service(Request(request.method, headers, content, trouble, request.remote_addr or ""))
    return (b"" if request.method == "HEAD" else reply.body), reply.status, list(reply.headers)


def _body(request: "FlaskRequest") -> tuple[bytes, str]:
    announced = request.content_length or 0
    if announced > body.LIMIT:
        return b"", "too_large"
    try:
        # The framework has begun to read already: only its own cache holds the whole body.
        content = request.get_data(cache=True)
    except Exception:  # broken chunks and early ends raise many types here; the visitor is told the same of all
        return b"", "unreadable"
    # What a lost connection cut off reads like a whole form; half a message must not become a letter.
    return (b"", "unreadable") if len(content) < announced else body.whole(content)
