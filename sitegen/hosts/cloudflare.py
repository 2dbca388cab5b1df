"""Cloudflare Pages: `_headers` and `_redirects` among the pages, and a Pages Function that hands the form on.

The page for lost visitors needs no rule: Pages looks for the nearest 404.html up the tree, which is the language's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.headers import headers_file
from sitegen.hosts.deployment import WRITTEN
from sitegen.model import Output

if TYPE_CHECKING:
    from sitegen.headers import HostTable
    from sitegen.hosts.deployment import Deployment

_HAND_ON = """// {written}
// Hands the form on to the function's host, so that visitors only ever meet one origin.
export const onRequest = ({{ request, env }}) => {{
  const here = new URL(request.url);
  const there = new URL(here.pathname + here.search, env.INQUIRY_UPSTREAM ?? {upstream});
  return fetch(new Request(there, request), {{ redirect: "manual" }});
}};
"""


def files(table: HostTable, deployment: Deployment) -> tuple[Output, ...]:
    """The rules for the pages, and the function that hands the form on."""
    moved = [f"{quote(old)} {quote(new)} 301" for old, new in sorted(table.redirects.items())]
    hand_on = _HAND_ON.format(written=WRITTEN, upstream=json.dumps(deployment.upstream))
    return (
        Output("site/_headers", headers_file(table).encode(), "hosts"),
        Output("site/_redirects", "".join(f"{line}\n" for line in moved).encode(), "hosts"),
        Output(f"functions{deployment.action}.js", hand_on.encode(), "hosts"),
    )
