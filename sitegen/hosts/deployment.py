"""What the hosts' writers need to know beside the table, and what several of them share."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.headers import headers_for
from sitegen.model import Output

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.headers import HostTable

WRITTEN = "Written by build.py from the one table in sitegen/headers.py: change it there, then build anew."


@dataclass(frozen=True, slots=True)
class Server:
    """A machine of one's own, as Debian lays it out. Another layout (or a test) hands in its own values.

    `certificate` and `key` are only nginx's: Caddy fetches its own. Empty, nginx answers in plain text on `http`
    alone, for a machine behind something that ends TLS. `brotli`: whether that nginx has `brotli_static`
    (Debian: libnginx-mod-http-brotli-static).
    """

    root: str = "/srv/milu-xinh/site"
    http: str = "80"
    https: str = "443"
    function: str = "127.0.0.1:8765"
    certificate: str = "/etc/letsencrypt/live/{domain}/fullchain.pem"
    key: str = "/etc/letsencrypt/live/{domain}/privkey.pem"
    brotli: bool = True


@dataclass(frozen=True, slots=True)
class Deployment:
    """`domain` is the site's name, `action` the form's address on it. `upstream` is where the function answers
    (`https://…`, no slash at the end), for hosts that run no Python themselves and hand its requests on. `kit` are the
    texts in the host's folder under `deploy/`, by name."""

    domain: str
    action: str = "/api/inquiry"
    upstream: str = "https://inquiry.example"
    server: Server = field(default_factory=Server)
    kit: Mapping[str, str] = field(default_factory=dict)


def merged(table: HostTable) -> dict[str, dict[str, str]]:
    """Each rule's prefix with *all* headers of the addresses below it, the longest prefix first."""
    prefixes = {rule.pattern.removesuffix("*") for rule in table.rules} | set(table.not_found)
    return {prefix: headers_for(table, prefix) for prefix in sorted(prefixes, key=lambda p: (-len(p), p))}


def lost(table: HostTable, prefix: str) -> str:
    """The page for addresses below `prefix` that do not exist."""
    nearest = max((known for known in table.not_found if prefix.startswith(known)), key=len)
    return table.not_found[nearest]


def spellings(address: str) -> tuple[str, ...]:
    """An old address as visitors' browsers send it (RFC 3986: `/cũ/` is `/c%C5%A9/`), and as it stands, for hosts that
    decode before they compare and do not say so."""
    return tuple(dict.fromkeys((quote(address), address)))


def as_json(path: str, value: Mapping[str, object]) -> Output:
    """A JSON file, readable by people too."""
    return Output(path, (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode(), "hosts")
