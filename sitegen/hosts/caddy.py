"""Caddy: one `Caddyfile`, certificates included."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.hosts.deployment import WRITTEN, lost, merged
from sitegen.model import Output

if TYPE_CHECKING:
    from sitegen.headers import HostTable
    from sitegen.hosts.deployment import Deployment


def files(table: HostTable, deployment: Deployment) -> tuple[Output, ...]:
    """`handle` blocks exclude each other, so each lists all of its headers and the function's replies get none."""
    server = deployment.server
    # With TLS, Caddy serves the domain and leads plain HTTP to it by itself; without, it is one plain port.
    address = deployment.domain if server.certificate else f"http://{_listening(server.http)}"
    parts = [
        f"""	root * {_text(server.root)}
	# No access log: the privacy policy promises that the site keeps nothing about visitors.
	handle {deployment.action} {{
		reverse_proxy {server.function}
	}}"""
    ]
    parts += [
        f"\thandle {_text(old)} {{\n{_headers(table, '/')}\n\t\tredir * {_text(quote(new))} 301\n\t}}"
        for old, new in sorted(table.redirects.items())
    ]
    parts += [
        f"\thandle {prefix}* {{\n{_headers(table, prefix)}\n{_FILES}\n\t}}" for prefix in merged(table)
    ]
    # In here the plain order of lines counts for `handle`: the longest prefix stands first.
    missing = sorted(table.not_found, key=lambda prefix: -len(prefix))
    errors = "\n".join(
        f"\t\thandle {prefix}* {{\n{_headers(table, '/')}\n\t\t\trewrite * {lost(table, prefix)}\n{_FILES}\n\t\t}}"
        for prefix in missing
    )
    parts.append(f"\thandle_errors {{\n{errors}\n\t}}")
    return (Output("Caddyfile", f"# {WRITTEN}\n{address} {{\n{chr(10).join(parts)}\n}}\n".encode(), "hosts"),)


_FILES = """		file_server {
			precompressed br gzip
			hide .*
		}"""


def _listening(port: str) -> str:
    return port if ":" in port else f":{port}"


def _headers(table: HostTable, prefix: str) -> str:
    return "\n".join(f"\t\theader {name} {_text(value)}" for name, value in merged(table)[prefix].items())


def _text(value: str) -> str:
    """A value in quotes; braces would be placeholders."""
    if "{" in value or "`" in value:
        raise ValueError(value)
    return json.dumps(value, ensure_ascii=False)
