"""Vercel: `vercel.json` with `routes`, the one form that can say a language's 404 (Build Output API, "routes")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.hosts.deployment import as_json, spellings

if TYPE_CHECKING:
    from sitegen.headers import HostTable
    from sitegen.hosts.deployment import Deployment
    from sitegen.model import Output

FUNCTION = "/api/index"
"""Where `package` puts the function: a file under api/ is a function to Vercel."""


def files(table: HostTable, deployment: Deployment) -> tuple[Output, ...]:
    """Read from top to bottom: headers are collected, an old address leads on, files and the function answer, and
    what is left is lost. The function's replies carry their own headers, so none are collected for it."""
    action = re.escape(deployment.action)
    routes: list[dict[str, object]] = [
        {"src": f"^(?!{action}$){_beginning(rule.pattern)}", "headers": dict(rule.headers), "continue": True}
        for rule in table.rules
    ]
    routes += [
        {"src": f"^(?:{'|'.join(map(re.escape, spellings(old)))})$", "status": 301, "headers": {"Location": quote(new)}}
        for old, new in sorted(table.redirects.items())
    ]
    # One address a page: without its slash, /cun would be a second one.
    routes.append({"src": f"^(?!{action}$)((?:/[^/.]+)+)$", "status": 308, "headers": {"Location": "$1/"}})
    routes += [{"src": f"^{action}$", "dest": FUNCTION}, {"handle": "filesystem"}]
    missing = sorted(table.not_found.items(), key=lambda item: -len(item[0]))
    routes += [{"src": f"^{re.escape(prefix)}.*$", "dest": page, "status": 404} for prefix, page in missing]
    return (
        as_json(
            "vercel.json",
            {
                "$schema": "https://openapi.vercel.sh/vercel.json",
                "framework": None,
                "buildCommand": "",
                "outputDirectory": "public",
                "functions": {f"{FUNCTION.lstrip('/')}.py": {"maxDuration": 60}},
                "regions": ["sin1"],
                "routes": routes,
            },
        ),
    )


def _beginning(pattern: str) -> str:
    return re.escape(pattern.removesuffix("*")) + ".*$"
