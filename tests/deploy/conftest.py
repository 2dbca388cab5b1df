"""What the tests of the kits share: the shop as a host's folder, and real servers that serve it."""

from __future__ import annotations

import contextlib
import os
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme
from aiosmtpd.controller import Controller

from sitegen import compress, hosts, write
from tests.deploy.servers import BROTLI, ROOT, Web, free_port, program, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import build
    from sitegen.headers import HostTable
    from sitegen.model import Output

DOMAIN = "miluxinh.example"
MOVED = {"/chó/": "/cun/", "/en/old-prices.html": "/en/prices/", "/cũ/": "/giống chó/"}
"""Old addresses, with everything that is hard about them: marks, no slash, spaces."""

# A server of one's own is a Linux machine: nginx, gunicorn and systemd are not to be had on Windows, and its tests
# start all of them for real.
collect_ignore = [] if sys.platform != "win32" else ["test_own_server.py", "test_run_through.py"]


def pytest_report_header() -> str | None:
    """Say aloud what is not run."""
    return f"own-server kit: not tested on {sys.platform} ({', '.join(collect_ignore)})" if collect_ignore else None


@dataclass(frozen=True)
class Kit:
    """The shop as it lies on a server: its files by address, its table, and where they are."""

    site: Path
    table: HostTable
    files: Mapping[str, bytes]


@pytest.fixture(scope="session")
def kit(shop: build.Built, tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """The real shop with old addresses, written and compressed."""
    folder = tmp_path_factory.mktemp("kit")
    table = shop.table.replace(redirects=MOVED)
    # Without the files of today's hosts among the pages: they are for those hosts alone.
    pages = [output for output in shop.outputs if not output.path.startswith("_")]
    write.write([*pages, *compress.compress(pages)], folder / "site")
    return Kit(folder / "site", table, {f"/{output.path}": _bytes(output) for output in pages})


def _bytes(output: Output) -> bytes:
    return output.content.read_bytes() if isinstance(output.content, Path) else output.content


class Mailbox:
    """Keeps every letter that a mail server took."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        """Take one letter (aiosmtpd's name for it)."""
        content = getattr(envelope, "content", b"")
        self.letters.append(content)
        return "250 taken"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """A real mail server on loopback: (what it took, its port)."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield box, controller.port
    controller.stop()


def settings(mail_port: int, **more: str) -> dict[str, str]:
    """The function's settings, with a mail server on this machine."""
    return {
        "INQUIRY_TO": f"chao@{DOMAIN}",
        "INQUIRY_FROM": f"web@{DOMAIN}",
        "INQUIRY_SMTP": f"smtp://127.0.0.1:{mail_port}",
        "INQUIRY_SITE": f"https://{DOMAIN}",
        "INQUIRY_SECRET": "a secret of the test, longer than 32 characters",
        **more,
    }


@contextlib.contextmanager
def gunicorn(mail_port: int, port: int) -> Iterator[None]:
    """The function as the own-server kit runs it."""
    kit = ROOT / "deploy" / "server" / "function"
    command = [
        sys.executable, "-m", "gunicorn", "--config", str(kit / "gunicorn.conf.py"), "--bind", f"127.0.0.1:{port}",
        "--pythonpath", f"{kit},{ROOT / 'functions'}", "--workers", "1",
    ]  # fmt: skip
    with running(command, port, env={**os.environ, **settings(mail_port)}):
        yield


@pytest.fixture(scope="session", params=["nginx", "caddy"])
def web(
    request: pytest.FixtureRequest, kit: Kit, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Web, int]]:
    """A real web server with the written configuration: (it, the port where it expects the function)."""
    folder = tmp_path_factory.mktemp(request.param)
    function = free_port()
    if request.param == "nginx":
        with nginx(kit, folder, function) as started:
            yield started, function
    else:
        with caddy(kit, folder, function) as started:
            yield started, function


@contextlib.contextmanager
def nginx(kit: Kit, folder: Path, function: int) -> Iterator[Web]:
    """nginx with TLS. Only ports and places differ from a real server's, through the generator's own parameters."""
    command = [program("nginx"), "-p", str(folder), "-c", str(folder / "main.conf"), "-e", "stderr"]
    authority = trustme.CA()
    certificate = authority.issue_cert(DOMAIN)
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "both.pem")
    plain, secure = free_port(), free_port()
    server = hosts.Server(
        root=str(kit.site), http=f"127.0.0.1:{plain}", https=f"127.0.0.1:{secure}", function=f"127.0.0.1:{function}",
        certificate=str(folder / "both.pem"), key=str(folder / "both.pem"), brotli=BROTLI.exists(),
    )  # fmt: skip
    write.write(hosts.files("server", kit.table, hosts.Deployment(DOMAIN, server=server)), folder / "written")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # What a distribution's own nginx.conf says around ours.
    (folder / "main.conf").write_text(
        f"{f'load_module {BROTLI};' if BROTLI.exists() else ''}"
        f"{'user root;' if os.getuid() == 0 else ''} daemon off; pid {folder}/pid; error_log stderr crit;"
        f"events {{}} http {{ include /etc/nginx/mime.types; {temporary} include {folder}/written/nginx.conf; }}",
        encoding="utf-8",
    )
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    with running(command, secure):
        yield Web("nginx", DOMAIN, secure, trust)


@contextlib.contextmanager
def caddy(kit: Kit, folder: Path, function: int) -> Iterator[Web]:
    """Caddy in plain HTTP: the certificate that it fetches by itself is not to be had on loopback."""
    port = free_port()
    server = hosts.Server(
        root=str(kit.site), http=f"127.0.0.1:{port}", function=f"127.0.0.1:{function}", certificate=""
    )
    write.write(hosts.files("server", kit.table, hosts.Deployment(DOMAIN, server=server)), folder / "written")
    main = folder / "Caddyfile"
    main.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\nimport {folder}/written/Caddyfile\n", encoding="utf-8")
    home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with running([program("caddy"), "run", "--config", str(main), "--adapter", "caddyfile"], port, env=home):
        yield Web("caddy", f"127.0.0.1:{port}", port)
