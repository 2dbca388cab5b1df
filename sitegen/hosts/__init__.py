"""The one table (`headers`) → the files in which each host wants to be told it. Pure; a host is a file here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.errors import ContentError, problem
from sitegen.hosts import aws, azure, caddy, cloudflare, google, netlify, nginx, vercel
from sitegen.hosts.deployment import Deployment, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.headers import HostTable
    from sitegen.model import Output

__all__ = ["HOSTS", "LIMITS", "SITE_FOLDER", "Deployment", "Server", "files"]

_WRITERS: Mapping[str, Callable[[HostTable, Deployment], tuple[Output, ...]]] = {
    "vercel": vercel.files,
    "aws": aws.files,
    "google": google.files,
    "azure": azure.files,
    "cloudflare": cloudflare.files,
    "netlify": netlify.files,
    "server": lambda table, deployment: (*nginx.files(table, deployment), *caddy.files(table, deployment)),
}
HOSTS = tuple(_WRITERS)
"""Every host that a kit in `deploy/` is for; `server` is a machine of one's own."""

SITE_FOLDER = {host: "public" if host == "vercel" else "site" for host in HOSTS}
"""Where the pages lie in a host's folder: Vercel knows `public/` by itself."""

LIMITS: Mapping[str, tuple[str, int]] = {
    "aws": ("function.js", 10_240),
    "azure": ("site/staticwebapp.config.json", 20_480),
    "cloudflare": ("site/_redirects", 2_000 * 100),
}
"""What a host takes of one file, in bytes (each host's published limit, November 2026; Cloudflare counts 2,000 lines,
here of a hundred bytes). More redirects than fit are refused before the host refuses them."""


def files(host: str, table: HostTable, deployment: Deployment) -> tuple[Output, ...]:
    """The host's own files, with paths as in its folder. Raises `ContentError` when the table is too long for it."""
    outputs = _WRITERS[host](table, deployment)
    name, most = LIMITS.get(host, ("", 0))
    for output in outputs:
        if output.path == name and len(output.content if isinstance(output.content, bytes) else b"") > most:
            raise ContentError([problem(name, 0, "host-full", host=host, most=most)])
    return outputs
