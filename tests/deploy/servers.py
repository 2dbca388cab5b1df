"""Real servers on loopback for the tests of the kits: started, waited for, ended by their own process."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "nginx": ("nginx-light", "libnginx-mod-http-brotli-static"),
    "caddy": ("caddy",),
    "rsync": ("rsync",),
    "systemd-analyze": ("systemd",),
}
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def program(name: str) -> str:
    """The web server's path. Where it is missing and this is a Debian machine's root (CI), it is installed; elsewhere
    the test fails and says what to type. It never passes without having run."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    found = shutil.which(name, path=path)
    if not found and os.getuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-qq", *PACKAGES[name]], check=True, env=quiet)
        found = shutil.which(name, path=path)
    if not found:
        pytest.fail(f"{name} is missing: the own-server kit is tested with the real one. "
                    f"On Debian and Ubuntu type: sudo apt install {' '.join(PACKAGES[name])}")  # fmt: skip
    return found


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def running(
    command: Sequence[str], port: int, *, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Iterator[None]:
    """A process that listens on `port` when the block begins and is gone when it ends."""
    # Into a file, not a pipe: a pipe that nobody empties would stop a server that has much to say.
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=env, cwd=cwd, stdout=said, stderr=subprocess.STDOUT)
        try:
            for _ in range(400):
                if process.poll() is not None:
                    said.seek(0)
                    pytest.fail(f"{command[0]} ended at once: {said.read().decode(errors='replace')}")
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.02)
            yield
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@dataclass(frozen=True)
class Answer:
    """What a web server said."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> list[str]:
        """Every value of a header, in order: a header that stands twice is a fault."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


@dataclass(frozen=True)
class Web:
    """A web server that runs now. With `trust` it speaks TLS under the name `host`."""

    name: str
    host: str
    port: int
    trust: ssl.SSLContext | None = None

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request on a connection of its own."""
        connection = self._connect()
        try:
            sent = {"Host": self.host, "Accept-Encoding": "identity", **(headers or {})}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Answer(answer.status, tuple(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        plain = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        if self.trust:
            plain.connect()
            plain.sock = self.trust.wrap_socket(plain.sock, server_hostname=self.host)
        return plain
