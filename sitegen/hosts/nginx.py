"""nginx: one file for `conf.d/` or `sites-enabled/`. Every location lists all of its headers, because a location that
adds one inherits none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.hosts.deployment import WRITTEN, lost, merged
from sitegen.model import Output

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.headers import HostTable
    from sitegen.hosts.deployment import Deployment, Server

_TEXTS = "text/css text/plain text/xml application/javascript application/json application/xml image/svg+xml"


def files(table: HostTable, deployment: Deployment) -> tuple[Output, ...]:
    """`nginx.conf`: the shop's server, and with a certificate the one that leads plain HTTP to it."""
    server = deployment.server
    blocks = [f"# {WRITTEN}"]
    if server.certificate:
        blocks.append(_plain(deployment))
    blocks.append(_shop(table, deployment))
    return (Output("nginx.conf", ("\n\n".join(blocks) + "\n").encode(), "hosts"),)


def _plain(deployment: Deployment) -> str:
    server = deployment.server
    # The certificate's own checks (ACME, RFC 8555) stay in plain HTTP.
    return f"""server {{
{_listen(server.http)}
    server_name {deployment.domain};
    location /.well-known/acme-challenge/ {{ root /var/www/html; }}
    location / {{ return 301 https://{deployment.domain}$request_uri; }}
}}"""


def _shop(table: HostTable, deployment: Deployment) -> str:
    server = deployment.server
    parts = [_tls(deployment) if server.certificate else _listen(server.http)]
    parts.append(f"""    server_name {deployment.domain};
    server_tokens off;
    root {_text(server.root)};
    index index.html;
    charset utf-8;
    charset_types {_TEXTS};
    absolute_redirect off;

    # What lies compressed beside a file is sent as it is; nothing is compressed while a visitor waits.
    gzip_static on;
    gzip_vary on;{_brotli(server)}

    # The privacy policy promises that the site keeps nothing: no addresses of visitors, no log of what they read.
    access_log off;
    error_page 404 {table.not_found["/"]};""")
    parts.append(f"""    location = {deployment.action} {{
        proxy_pass http://{server.function};
        charset off;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        # Set, not appended to: what a visitor claims to be is lost here.
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        # The function itself answers what is too large, in the visitor's language. No inquiry is ever put on a disk.
        client_max_body_size 128k;
        client_body_buffer_size 128k;
        proxy_max_temp_file_size 0;
        proxy_read_timeout 75s;
    }}""")
    parts += [
        f"    location = {_text(old)} {{ return 301 {_text(quote(new))};\n{_headers(merged(table)['/'])}\n    }}"
        for old, new in sorted(table.redirects.items())
    ]
    parts += [
        f"    location {prefix} {{\n        error_page 404 {lost(table, prefix)};\n{_headers(headers)}\n    }}"
        for prefix, headers in merged(table).items()
    ]
    parts.append(r"    location ~ /\.(?!well-known/) { return 404; }")
    return "server {\n" + "\n\n".join(parts) + "\n}"


def _listen(port: str, more: str = "") -> str:
    # An address of its own (a test's loopback) is taken as it stands; a port means every address of the machine.
    each = (port,) if ":" in port else (port, f"[::]:{port}")
    return "\n".join(f"    listen {address}{more};" for address in each)


def _tls(deployment: Deployment) -> str:
    server = deployment.server
    return f"""{_listen(server.https, " ssl http2")}
    ssl_certificate {_text(server.certificate.format(domain=deployment.domain))};
    ssl_certificate_key {_text(server.key.format(domain=deployment.domain))};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:shop:2m;"""


def _brotli(server: Server) -> str:
    return "\n    brotli_static on;" if server.brotli else ""


def _headers(headers: Mapping[str, str]) -> str:
    return "\n".join(f"        add_header {name} {_text(value)} always;" for name, value in headers.items())


def _text(value: str) -> str:
    """A value in quotes. nginx has no way to write a plain `$`."""
    if "$" in value or "\n" in value:
        raise ValueError(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
