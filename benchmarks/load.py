"""The own-server kit under load, for docs/scale.md: a thousand people who send the form at once, pages through nginx,
and the bytes of a visit.

    .venv/bin/python -m benchmarks.load

Everything runs on this machine's loopback, senders and servers together, and stops by itself (each part is bounded in
count and in seconds); so the numbers are what a small machine does at least. Needs nginx, like the tests.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

import build
from sitegen import compress, hosts, write
from sitegen.options import Options
from tests import chromium
from tests.deploy.servers import BROTLI, free_port, program, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ROOT = Path(__file__).resolve().parents[1]
SENDERS = 1_000
MAIL_SECONDS = 0.2
READERS, READ_SECONDS = 32, 5.0
PATIENCE = 60.0


@dataclass
class Mail:
    """A mail server that takes its time: the answer to each letter comes after `MAIL_SECONDS`."""

    letters: int = 0
    at_once: int = 0
    most: int = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation (RFC 5321)."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            writer.write(b"220 ready\r\n")
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    writer.write(b"354 go\r\n")
                    await reader.readuntil(b"\r\n.\r\n")
                    self.at_once += 1
                    self.most = max(self.most, self.at_once)
                    await asyncio.sleep(MAIL_SECONDS)
                    self.at_once -= 1
                    self.letters += 1
                writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
                if verb == b"QUIT":
                    break
            await writer.drain()
        writer.close()


@contextlib.contextmanager
def shop(folder: Path, function: int) -> Iterator[tuple[int, build.Built]]:
    """The real shop behind nginx with the written configuration, in plain HTTP: (port, what was built)."""
    built = build.build_site(ROOT, Options(date(2026, 11, 22)))
    pages = [output for output in built.outputs if not output.path.startswith("_")]
    write.write([*pages, *compress.compress(pages)], folder / "site")
    port = free_port()
    server = hosts.Server(
        root=str(folder / "site"), http=f"127.0.0.1:{port}", function=f"127.0.0.1:{function}", certificate="",
        brotli=BROTLI.exists(),
    )  # fmt: skip
    write.write(hosts.files("server", built.table, hosts.Deployment("localhost", server=server)), folder / "conf")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "main.conf").write_text(
        f"{f'load_module {BROTLI};' if BROTLI.exists() else ''}{'user root;' if os.getuid() == 0 else ''}"
        f"daemon off; pid {folder}/pid; error_log stderr crit; worker_processes auto; worker_rlimit_nofile 8192;"
        "events { worker_connections 4096; }"
        f"http {{ include /etc/nginx/mime.types; sendfile on; {temporary} include {folder}/conf/nginx.conf; }}",
        encoding="utf-8",
    )
    with running([program("nginx"), "-p", str(folder), "-c", str(folder / "main.conf"), "-e", "stderr"], port):
        yield port, built


@contextlib.contextmanager
def function(port: int, mail: int) -> Iterator[None]:
    """The inquiry function exactly as the kit runs it. The extra step for suspicious senders is off: all of these come
    from one place, which the function would notice after six."""
    kit = ROOT / "deploy" / "server" / "function"
    command = [
        sys.executable, "-m", "gunicorn", "--config", str(kit / "gunicorn.conf.py"), "--bind", f"127.0.0.1:{port}",
        "--pythonpath", f"{kit},{ROOT / 'functions'}",
    ]  # fmt: skip
    settings = {
        "INQUIRY_TO": "to@localhost.internal", "INQUIRY_FROM": "from@localhost.internal",
        "INQUIRY_SMTP": f"smtp://127.0.0.1:{mail}", "INQUIRY_SITE": "https://localhost.internal",
        "INQUIRY_SECRET": "x" * 40, "INQUIRY_CHALLENGE": "off", "INQUIRY_DEADLINE": "30",
    }  # fmt: skip
    with running(command, port, env={**os.environ, **settings}):
        yield


async def send(port: int, number: int) -> tuple[int, float]:
    """One visitor sends the form without a script: (status, seconds)."""
    form = urlencode({
        "name": f"Khách {number}", "phone": "0987 654 321", "email": f"khach{number}@example.com",
        "address": "Phường Bến Nghé, Thành phố Hồ Chí Minh", "message": "Bé Bông còn không ạ? " * 8,
        "consent": "yes", "language": "vi", "policy": "1a2b3c4d",
    }).encode()  # fmt: skip
    began = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            b"POST /api/inquiry HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: text/html\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%b" % (len(form), form)
        )
        answer = await reader.read()
        writer.close()
        return int(answer[9:12] or 0), time.perf_counter() - began
    except OSError:
        return 0, time.perf_counter() - began


async def read(port: int, path: str, until: float) -> tuple[int, int]:
    """One reader asks again and again, on a connection for as long as nginx keeps it: (answers, bytes)."""
    answers = size = 0
    question = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br, gzip\r\n\r\n".encode()
    while time.perf_counter() < until:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < until:
            writer.write(question)
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:  # a thousand answers, nginx's own limit for one connection
                break
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            answers, size = answers + 1, size + len(head) + length
        writer.close()
    return answers, size


@contextlib.asynccontextmanager
async def mail_server() -> AsyncIterator[tuple[Mail, int]]:
    """`Mail` on a port of loopback."""
    mail = Mail()
    server = await asyncio.start_server(mail.talk, "127.0.0.1", 0, backlog=2048, limit=2**20)
    async with server:
        yield mail, server.sockets[0].getsockname()[1]


async def rush(port: int, mail: Mail, senders: int) -> str:
    """So many people press the button at once."""
    began = time.perf_counter()
    done = await asyncio.wait_for(asyncio.gather(*(send(port, n) for n in range(senders))), PATIENCE)
    whole = time.perf_counter() - began
    seconds = sorted(taken for _, taken in done)
    p = statistics.quantiles(seconds, n=100) if len(seconds) > 1 else seconds * 100
    statuses = dict(Counter(status for status, _ in done))
    return (
        f"{senders} senders at once: answers {statuses}, letters {mail.letters}, {mail.most} under way together; "
        f"{whole:.1f} s in all, {senders / whole:.0f}/s; half within {p[49]:.2f} s, 99 % within {p[98]:.2f} s"
    )


async def one_by_one(port: int, count: int) -> str:
    """Each waits for the one before: what an inquiry costs besides the mail server."""
    taken = [(await send(port, 10_000 + n))[1] for n in range(count)]
    return f"one after another: {(statistics.median(taken) - MAIL_SECONDS) * 1000:.1f} ms beside the mail server's 200"


async def pages(port: int, path: str) -> str:
    """Several readers for a few seconds."""
    until = time.perf_counter() + READ_SECONDS
    done = await asyncio.gather(*(read(port, path, until) for _ in range(READERS)))
    answers, size = sum(a for a, _ in done), sum(b for _, b in done)
    return f"{path}: {answers / READ_SECONDS:.0f} answers/s, {size / answers:.0f} bytes each, {READERS} connections"


def visit(port: int, paths: list[str]) -> str:
    """A phone's first visit and its second: bytes over the wire for these pages, as Chromium counts them."""
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2.625)
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        counted: list[float] = []
        wire.on("Network.loadingFinished", lambda event: counted.append(event["encodedDataLength"]))
        told = []
        for _ in range(2):
            counted.clear()
            for path in paths:
                page.goto(f"http://localhost:{port}{path}", wait_until="networkidle")
                page.mouse.wheel(0, 4000)
                page.wait_for_timeout(300)
            told.append((len(counted), sum(counted)))
        browser.close()
    (requests, first), (_, again) = told
    return f"a visit ({', '.join(paths)}): {requests} requests, {first:,.0f} bytes; the same again: {again:,.0f} bytes"


async def under_load(port: int, function_port: int, paths: list[str]) -> None:
    """Every part that needs no browser."""
    for path in paths:
        print(await pages(port, path))
    for senders in (100, SENDERS):
        async with mail_server() as (mail, mail_port):
            with function(function_port, mail_port):
                if senders == 100:
                    print(await one_by_one(port, 20))
                    mail.letters = mail.most = 0
                print(await rush(port, mail, senders))


def main() -> None:
    """Print the numbers of docs/scale.md."""
    function_port = free_port()
    with tempfile.TemporaryDirectory() as name, shop(Path(name), function_port) as (port, built):
        paths = (route.url for route in built.routes)
        puppy = next(path for path in paths if path.startswith("/cun/") and path != "/cun/")
        print(visit(port, ["/", "/cun/", puppy]))
        asyncio.run(under_load(port, function_port, ["/", puppy]))


if __name__ == "__main__":
    main()
