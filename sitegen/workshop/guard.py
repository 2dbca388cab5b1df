"""Who may speak to the workshop: this machine's own browser, on this run's own pages. Pure.

Loopback alone is not enough: any website can make her browser send a request to 127.0.0.1, and a name can be made to
point there. So the Host must be loopback's, a request from another site is refused, and a change needs both a cookie
(SameSite=Strict) and the token that only the workshop's own pages hold, both new with every run.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass, field

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HOST = re.compile(r"(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?", re.I)


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request says of itself; "" where it says nothing. `token` is the form's or the script's."""

    method: str
    host: str
    origin: str = ""
    fetch_site: str = ""
    cookies: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """The secrets of one run."""

    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    def admits(self, caller: Caller) -> bool:
        """Whether the request may be answered at all, and if it asks for a change, whether it may."""
        found = _HOST.fullmatch(caller.host)
        if found is None or found[1].lower() not in LOOPBACK:
            return False
        if caller.fetch_site not in ("", "same-origin", "none"):
            return False
        if caller.method in ("GET", "HEAD"):
            return True
        if caller.method != "POST" or caller.origin not in ("", f"http://{caller.host}"):
            return False
        return self.knows(caller) and _same(caller.token, self.token)

    def knows(self, caller: Caller) -> bool:
        """Whether the browser holds this run's cookie."""
        given = dict(part.strip().partition("=")[::2] for part in caller.cookies.split(";"))
        return _same(given.get(cookie_name(caller.host), ""), self.cookie)

    def set_cookie(self, host: str) -> str:
        """The header that gives the browser its half."""
        return f"{cookie_name(host)}={self.cookie}; Path=/_workshop/; HttpOnly; SameSite=Strict"


def cookie_name(host: str) -> str:
    """A name for each port: browsers share cookies between the ports of a machine, and two previews may run."""
    return f"workshop-{host.rpartition(':')[2] if ':' in host else '80'}"


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode(), secret.encode())
