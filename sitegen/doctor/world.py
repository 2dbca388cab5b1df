"""The world as the doctor meets it: names, certificates, connections. A test hands in one that is wrong (I/O)."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import dns.resolver
from inquiry import smtp

SECONDS = 10.0
"""The longest that any one question may take."""
MOST = 2_000_000
"""Bytes of an answer that are read: more than any page of the shop."""


class Witness(ssl.SSLContext):
    """A verifying TLS context that remembers *why* a certificate was refused."""

    trouble: int = 0
    expires: float = 0.0

    def wrap_socket(self, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        """As the standard library does it; notes the error's number (OpenSSL's X509_V_ERR_…) and the expiry."""
        try:
            wrapped = super().wrap_socket(*args, **kwargs)
        except ssl.SSLCertVerificationError as error:
            self.trouble = error.verify_code
            raise
        certificate = wrapped.getpeercert() or {}
        self.expires = ssl.cert_time_to_seconds(str(certificate["notAfter"])) if "notAfter" in certificate else 0.0
        return wrapped


CERTIFICATES = {10: "cert-expired", 62: "cert-name"}
"""OpenSSL's numbers for what an owner can mend in a particular way; everything else is `cert-unknown`."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer. Header names are lower case; one that came twice holds both values, joined by a comma."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking: a page, or why none came (`unresolved`, `unreachable`, or a code of a certificate)."""

    page: Page | None
    trouble: str = ""
    expires: float = 0.0


@dataclass(frozen=True, slots=True)
class World:
    """Everything outside. `trust` loads the authorities to believe; `resolve` finds a server's addresses."""

    resolver: dns.resolver.Resolver = field(default_factory=dns.resolver.Resolver)
    trust: Callable[[ssl.SSLContext], None] = lambda context: context.load_default_certs()
    resolve: smtp.Resolve = smtp.resolve
    clock: Callable[[], float] = time.time

    def witness(self) -> Witness:
        """A fresh context that verifies."""
        context = Witness(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.trust(context)
        return context

    def fetch(
        self, url: str, *, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Fetched:
        """Ask for one address; follow nothing."""
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        witness = self.witness()
        host = parts.hostname or ""
        try:
            connection = http.client.HTTPConnection(host, parts.port or (443 if secure else 80), timeout=SECONDS)
            connection.sock = self._connect(host, connection.port)
        except OSError as error:
            return Fetched(None, "unresolved" if isinstance(error, socket.gaierror) else "unreachable")
        try:
            if secure:
                connection.sock = witness.wrap_socket(connection.sock, server_hostname=host)
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request(method, path, body, {"User-Agent": "milu-xinh-doctor", **(headers or {})})
            answer = connection.getresponse()
            named: dict[str, str] = {}
            for name, value in answer.getheaders():
                key = name.lower()
                named[key] = f"{named[key]}, {value}" if key in named else value
            return Fetched(Page(answer.status, named, answer.read(MOST)), expires=witness.expires)
        except (OSError, http.client.HTTPException):
            trouble = CERTIFICATES.get(witness.trouble, "cert-unknown") if witness.trouble else "unreachable"
            return Fetched(None, trouble)
        finally:
            connection.close()

    def _connect(self, host: str, port: int) -> socket.socket:
        """A connection to the first address that answers; raises OSError."""
        last: OSError = socket.gaierror(host)
        for family, address in self.resolve(host, port):
            made = socket.socket(family, socket.SOCK_STREAM)
            try:
                made.settimeout(SECONDS)
                made.connect(address)
            except OSError as error:
                made.close()
                last = error
            else:
                return made
        raise last
