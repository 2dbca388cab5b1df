"""Azure Static Web Apps: `staticwebapp.config.json` among the pages.

It knows one page for lost visitors, not one a language: the Vietnamese one, which links to the English shop."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.hosts.deployment import as_json

if TYPE_CHECKING:
    from sitegen.headers import HostTable
    from sitegen.hosts.deployment import Deployment
    from sitegen.model import Output


def files(table: HostTable, deployment: Deployment) -> tuple[Output, ...]:
    """Global headers are for everything that no route names; a route's headers override them one by one."""
    first, *rest = table.rules
    routes: list[dict[str, object]] = [
        {"route": quote(old), "redirect": quote(new), "statusCode": 301}
        for old, new in sorted(table.redirects.items())
    ]
    routes += [{"route": rule.pattern, "headers": dict(rule.headers)} for rule in rest]
    routes.append({"route": deployment.action, "headers": {"Cache-Control": "no-store"}})
    return (
        as_json(
            "site/staticwebapp.config.json",
            {
                "$schema": "https://json.schemastore.org/staticwebapp.config.json",
                "trailingSlash": "auto",
                "globalHeaders": dict(first.headers),
                "routes": routes,
                "responseOverrides": {"404": {"rewrite": table.not_found["/"]}},
                "platform": {"apiRuntime": "python:3.11"},
            },
        ),
    )
