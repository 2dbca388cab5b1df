"""Azure's Python worker in small: HTTP → azure.functions.HttpRequest → the function → HttpResponse → HTTP.

Requests and responses go through the converters of the `azure-functions` package, as in Azure's own worker. Run with
the port as argument and `functions/` on the path.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from azure.functions.http import HttpRequestConverter, HttpResponseConverter
from azure.functions.meta import Datum
from function_app import app

(function,) = app.get_functions()
call = function.get_user_function()
trigger = function.get_trigger()
assert trigger is not None
bound = trigger.get_dict_repr()


class Handler(BaseHTTPRequestHandler):
    """What the Functions host does with a route."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        value = {
            "method": Datum(self.command, "string"),
            "url": Datum(f"https://inquiry.azurewebsites.net{self.path}", "string"),
            "headers": {name.lower(): Datum(value, "string") for name, value in self.headers.items()},
            "query": {},
            "params": {},
            "body": Datum(content, "bytes"),
        }
        request = HttpRequestConverter.decode(Datum(value, "http"), trigger_metadata={})
        said: dict[str, Any] = HttpResponseConverter.encode(call(request), expected_type=None).value
        self.send_response(int(said["status_code"].value))
        for name, header in said["headers"].items():
            self.send_header(name, header.value)
        body = said["body"].value
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def __getattr__(self, name: str) -> Any:
        # A route without a list of methods takes all of them.
        if name.startswith("do_") and self.path == f"/api/{bound['route']}" and not bound.get("methods"):
            return self.answer
        raise AttributeError(name)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
