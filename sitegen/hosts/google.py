"""Firebase Hosting: `firebase.json`, with the form's address rewritten to the Cloud Run function.

It knows one page for lost visitors, not one a language: /404.html, which links to the English shop."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.hosts.deployment import as_json

if TYPE_CHECKING:
    from sitegen.headers import HostTable
    from sitegen.hosts.deployment import Deployment
    from sitegen.model import Output

REGION, SERVICE = "asia-southeast1", "inquiry"
"""Singapore, the nearest region to Vietnam that Hosting can rewrite to; the Cloud Run service's name."""


def files(table: HostTable, deployment: Deployment) -> tuple[Output, ...]:
    """Of several matching header rules the last one wins, as in the table. Old addresses are compared decoded (tried
    with `superstatic`, Hosting's own server)."""
    return (
        as_json(
            "firebase.json",
            {
                "hosting": {
                    "public": "site",
                    "headers": [
                        {
                            "source": f"{rule.pattern}*",
                            "headers": [{"key": name, "value": value} for name, value in rule.headers],
                        }
                        for rule in table.rules
                    ],
                    "redirects": [
                        {"source": old, "destination": quote(new), "type": 301}
                        for old, new in sorted(table.redirects.items())
                    ],
                    "rewrites": [
                        {"source": deployment.action, "run": {"serviceId": SERVICE, "region": REGION}},
                    ],
                }
            },
        ),
    )
