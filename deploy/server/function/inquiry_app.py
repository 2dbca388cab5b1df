"""The inquiry function behind nginx or Caddy on one's own machine: `gunicorn inquiry_app:app`.

The web server alone can reach this process, and it overwrites X-Real-IP; so here, and nowhere else, that header may
be believed. Without it every visitor would be "the same place" to the function's count of inquiries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wsgi import app as inquiry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Hand one request to the function, with the visitor's address instead of the web server's."""
    environ["REMOTE_ADDR"] = environ.get("HTTP_X_REAL_IP", "")
    return inquiry(environ, start_response)
