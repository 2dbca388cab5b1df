"""The hosts' own runtimes, each started as its owner starts it, and asked over the wire."""

from __future__ import annotations

import base64
import http.client
import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inquiry import openapi

from tests.hosts.corpus import Answer, Ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FUNCTIONS = openapi.TARGET.parent
HERE = Path(__file__).parent

# What docs/inquiry.md tells the owner of a server. Below "error" gunicorn writes addresses and pieces of broken bodies
# into its log. Waitress keeps larger bodies in a file, so it refuses them itself.
GUNICORN = ("gunicorn", "--workers", "2", "--threads", "16", "--log-level", "error", "wsgi:app")
WAITRESS = ("waitress", "--threads", "8", "--max-request-body-size", "131072", "wsgi:app")
FRAMEWORK = ("functions_framework", "--source", "main.py", "--target", "inquiry")


@contextmanager
def process(
    arguments: Sequence[str], folder: Path, settings: Mapping[str, str], *, code: Path = FUNCTIONS
) -> Iterator[subprocess.Popen[bytes]]:
    """Run Python with `arguments` in `code`; what it says goes to `folder`/log, what it keeps to `folder`/home."""
    home = folder / "home"
    home.mkdir(parents=True)
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    own = {"HOME": str(home), "TMPDIR": str(home), "TEMP": str(home), "TMP": str(home), "PYTHONUTF8": "1"}
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, "-B", *arguments], cwd=code, env={**kept, **own, **settings}, stdin=subprocess.DEVNULL,
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield running
        finally:
            running.terminate()
            try:
                running.wait(15)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait(5)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def serving(module: Sequence[str], bind: str, folder: Path, settings: Mapping[str, str]) -> Iterator[int]:
    """Run a server of HTTP; `bind` is its option, with {port}. Yields the port once it listens."""
    port = free_port()
    where = bind.format(port=port).split(" ")
    with process(["-m", module[0], *where, *module[1:]], folder, settings) as running:
        wait_until_listening(port, running, folder)
        yield port


def wait_until_listening(port: int, running: subprocess.Popen[bytes], folder: Path) -> None:
    """Return when somebody listens on `port`."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        assert running.poll() is None, (folder / "log").read_text(encoding="utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError((folder / "log").read_text(encoding="utf-8"))


def ask_http(port: int, ask: Ask) -> Answer:
    """Send one request of the corpus over HTTP."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(ask.method, "/api/inquiry", ask.body or None, dict(ask.headers))
        return _answer(connection.getresponse())
    finally:
        connection.close()


def ask_raw(port: int, sent: bytes) -> Answer | None:
    """Send bytes and say that no more will come; None when the server hangs up without a word."""
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            response = http.client.HTTPResponse(connection)
            response.begin()
            return _answer(response)
        except (ConnectionError, http.client.BadStatusLine):
            return None


def _answer(response: http.client.HTTPResponse) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, response.read())


@contextmanager
def azure(folder: Path, settings: Mapping[str, str]) -> Iterator[int]:
    """Azure's own request, response and converters around the function, behind a small server of ours: the Functions
    host itself is a .NET program that cannot be installed with pip."""
    port = free_port()
    with process([str(HERE / "azure_worker.py"), str(port)], folder, {**settings, "PYTHONPATH": "."}) as running:
        wait_until_listening(port, running, folder)
        yield port


class RuntimeApi(ThreadingHTTPServer):
    """AWS's Lambda Runtime API, as far as awslambdaric speaks it: hands out events, takes results."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _RuntimeHandler)
        self.events: queue.Queue[object] = queue.Queue()
        self.results: queue.Queue[object] = queue.Queue()

    def invoke(self, event: object) -> Any:
        """Return what the function returned for `event`."""
        self.events.put(event)
        result = self.results.get(timeout=30)
        if isinstance(result, Exception):
            raise result
        return result


class _RuntimeHandler(BaseHTTPRequestHandler):
    server: RuntimeApi
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        event = self.server.events.get()
        name = str(uuid.uuid4())
        deadline = str(int(time.time() * 1000) + 30_000)
        arn = "arn:aws:lambda:ap-southeast-1:123456789012:function:inquiry"
        self._say(200, json.dumps(event).encode(), {
            "Lambda-Runtime-Aws-Request-Id": name, "Lambda-Runtime-Deadline-Ms": deadline,
            "Lambda-Runtime-Invoked-Function-Arn": arn, "Content-Type": "application/json",
        })  # fmt: skip

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        failed = self.path.endswith("/error")
        self.server.results.put(RuntimeError(content.decode()) if failed else json.loads(content))
        self._say(202, b"{}", {})

    def _say(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def aws(folder: Path, settings: Mapping[str, str], *, code: Path = FUNCTIONS) -> Iterator[RuntimeApi]:
    """Run the function on awslambdaric, the runtime that AWS starts it with."""
    api = RuntimeApi()
    thread = threading.Thread(target=api.serve_forever)
    thread.start()
    own = {
        "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}", "LAMBDA_TASK_ROOT": str(code),
        "AWS_LAMBDA_FUNCTION_NAME": "inquiry", "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "PYTHONPATH": str(code),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256", "AWS_LAMBDA_LOG_GROUP_NAME": "g", "AWS_LAMBDA_LOG_STREAM_NAME": "s",
    }  # fmt: skip
    try:
        with process(["-m", "awslambdaric", "aws_lambda.handler"], folder, {**settings, **own}, code=code):
            yield api
    finally:
        api.shutdown()
        api.server_close()
        thread.join(5)


def function_url(ask: Ask) -> dict[str, object]:
    """The event of a Lambda Function URL. Form posts and anything that is no text arrive as base64."""
    text = ask.headers.get("Content-Type", "").startswith(("text/", "application/json")) and _is_text(ask.body)
    event = _event(ask, "abcdefg.lambda-url.ap-southeast-1.on.aws", "$default", "/api/inquiry")
    return {**event, **_body(ask.body, as_text=text)}


def api_gateway(ask: Ask) -> dict[str, object]:
    """The event of an API Gateway HTTP API (payload format 2.0), with every body that allows it as text."""
    event = _event(ask, "abcdefg.execute-api.ap-southeast-1.amazonaws.com", "ANY /api/inquiry", "/prod/api/inquiry")
    return {**event, "pathParameters": None, "stageVariables": None, **_body(ask.body, as_text=_is_text(ask.body))}


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _body(body: bytes, *, as_text: bool) -> dict[str, object]:
    if not body:
        return {"isBase64Encoded": False}
    sent = body.decode() if as_text else base64.b64encode(body).decode()
    return {"body": sent, "isBase64Encoded": not as_text}


def _event(ask: Ask, domain: str, route: str, path: str) -> dict[str, object]:
    headers = {name.lower(): value for name, value in ask.headers.items()}
    if ask.body:
        headers["content-length"] = str(len(ask.body))
    return {
        "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "",
        "headers": {**headers, "host": domain, "x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"},
        "requestContext": {
            "accountId": "anonymous", "apiId": "abcdefg", "domainName": domain, "domainPrefix": "abcdefg",
            "http": {
                "method": ask.method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7", "userAgent": "t",
            },
            "requestId": str(uuid.uuid4()), "routeKey": route, "stage": "$default", "timeEpoch": 1_795_000_000_000,
        },
    }  # fmt: skip


def ask_aws(api: RuntimeApi, event: object) -> Answer:
    """Send one event, and read the result as the gateway does."""
    result = api.invoke(event)
    assert result["isBase64Encoded"] is False
    headers = {name.lower(): value for name, value in result["headers"].items()}
    return Answer(result["statusCode"], headers, result["body"].encode())
