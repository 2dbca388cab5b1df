"""Netlify: `_headers` and `_redirects` among the pages. It runs no Python, so the form's address is handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.hosts.deployment import spellings
from sitegen.model import Output

if TYPE_CHECKING:
    from sitegen.headers import HostTable
    from sitegen.hosts.deployment import Deployment


def files(table: HostTable, deployment: Deployment) -> tuple[Output, ...]:
    """Of several matching rules the later one wins, as in the table. `!` after a status: even where a page lies
    (the redirect page for hosts that cannot redirect)."""
    lines = []
    for rule in table.rules:
        lines += [rule.pattern, *(f"  {name}: {value}" for name, value in rule.headers)]
    handed_on = f"{deployment.action} {deployment.upstream}{deployment.action} 200!"
    moved = [f"{old} {quote(new)} 301!" for was, new in sorted(table.redirects.items()) for old in spellings(was)]
    # The first match counts: `/en/*` before `/*`.
    missing = sorted(table.not_found.items(), key=lambda item: -len(item[0]))
    lost = [f"{prefix}* {page} 404" for prefix, page in missing]
    return (
        Output("site/_headers", ("\n".join(lines) + "\n").encode(), "hosts"),
        Output("site/_redirects", ("\n".join([handed_on, *moved, *lost]) + "\n").encode(), "hosts"),
    )
