"""What the function needs of HTTP: one request, one reply, and what headers say about language, format and origin.
Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address

from inquiry.form import LANGUAGES


@dataclass(frozen=True)
class Request:
    """Header names are lower case. `trouble` is why the body could not be read (a code of `body.Unacceptable`), or
    ""."""

    method: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    trouble: str = ""
    client: str = field(default="", repr=False)


@dataclass(frozen=True)
class Reply:
    """`outcome` and `reference` are for the log line; neither holds anything a visitor wrote."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    outcome: str
    reference: str = ""


def wants_json(headers: Mapping[str, str]) -> bool:
    """Return whether the answer should be JSON: what `Accept` prefers, and the request's own type where that is
    undecided."""
    accept = headers.get("accept", "")
    html, json = _weight(accept, "text/html"), _weight(accept, "application/json")
    if html != json:
        return json > html
    return headers.get("content-type", "").strip().lower().startswith("application/json")


def _weight(accept: str, media_type: str) -> float:
    """Return the q value of an exact entry in `Accept`; wildcards decide nothing between two."""
    for entry in accept.lower().split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        if name == media_type:
            quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
            return float(quality) if re.fullmatch(r"[01](?:\.[0-9]{0,3})?", quality) else 0.0
    return 0.0


def spoken(headers: Mapping[str, str]) -> str:
    """Return the first language of `Accept-Language` that the site has; Vietnamese if none."""
    for entry in headers.get("accept-language", "").lower().split(","):
        if (tag := entry.strip()[:2]) in LANGUAGES:
            return tag
    return LANGUAGES[0]


def foreign(headers: Mapping[str, str], origin: str) -> bool:
    """Return whether another site's page sent this. A request that says nothing of its origin comes from no page."""
    sent = headers.get("origin", "").strip().lower()
    if sent and sent != "null":
        return sent != origin
    # Browsers write "null" for a page without a referrer; Sec-Fetch-Site still tells, and no page can forge it.
    site = headers.get("sec-fetch-site", "").strip().lower()
    return site not in (("same-origin",) if sent else ("same-origin", "none", ""))


def visitor(request: Request) -> str:
    """Return where `request` came from, for counting alone.

    A neighbour (a private address, or none at all) is the host's own front end or a proxy on the same machine, which
    puts the address that it saw last into `X-Forwarded-For`. From anybody else that header is only a claim.
    """
    seen = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    if not seen or not _neighbour(request.client):
        return request.client
    if seen.startswith("["):
        return seen[1:].partition("]")[0]
    return seen.partition(":")[0] if seen.count(":") == 1 else seen  # Azure writes the port too


def _neighbour(address: str) -> bool:
    try:
        return not address or ip_address(address).is_private
    except ValueError:
        return False
