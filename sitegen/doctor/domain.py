"""Does the sending domain tell the world that these letters are its own? SPF (RFC 7208), DKIM (RFC 6376), DMARC
(RFC 7489). Without them inquiries end in the spam folder."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Any

import dns.exception
import dns.rdatatype
import dns.resolver

from sitegen.doctor.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Sequence

SELECTORS = (
    "google", "default", "selector1", "selector2", "s1", "s2", "k1", "mail", "dkim", "zmail", "zoho", "fm1", "resend",
    "mxvault", "key1",
)  # fmt: skip
"""What the common mail providers call their keys: tried when the owner names none."""
LOOKUPS = 10
"""DNS questions that one SPF record may cost a receiver (RFC 7208, 4.6.4)."""
SHORT_KEY = 160
"""Bytes of the shortest RSA key that receivers accept, 1,024 bits (RFC 8301)."""


class Silent(Exception):
    """The name servers do not answer, which is not the same as "there is no such record"."""


class Names:
    """Questions about names; what does not exist is empty. Raises Silent."""

    def __init__(self, resolver: dns.resolver.Resolver) -> None:
        self._resolver = resolver

    def texts(self, name: str) -> list[str]:
        """The TXT records, each joined into one text."""
        return [b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT")]

    def has(self, name: str, kind: str) -> bool:
        """Whether there is any record of this kind."""
        return bool(self._ask(name, kind))

    def _ask(self, name: str, kind: str) -> list[Any]:
        try:
            return list(self._resolver.resolve(name, kind, lifetime=8))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, ValueError) as error:
            raise Silent(name) from error


def check_domain(
    sender_domain: str, recipient_domain: str, resolver: dns.resolver.Resolver, selectors: Sequence[str] = ()
) -> list[Finding]:
    """All records that letters from one domain to the other depend on. `selectors` are the owner's DKIM selectors."""
    names = Names(resolver)
    try:
        return [
            *_mailbox(names, recipient_domain),
            *_spf(names, sender_domain),
            *_dkim(names, sender_domain, selectors),
            *_dmarc(names, sender_domain),
        ]
    except Silent as silent:
        return [found("dns-silent", name=silent)]


def _mailbox(names: Names, domain: str) -> list[Finding]:
    """A domain receives mail where MX points, or at its own address (RFC 5321, 5.1)."""
    if names.has(domain, "MX") or names.has(domain, "A") or names.has(domain, "AAAA"):
        return [found("mx-good", domain=domain)]
    return [found("mx-missing", domain=domain)]


def _spf(names: Names, domain: str) -> list[Finding]:
    records = _records(names.texts(domain), "v=spf1")
    if not records:
        return [found("spf-missing", domain=domain)]
    if len(records) > 1:
        return [found("spf-many", domain=domain, count=len(records))]
    terms = records[0].lower().split()[1:]
    last = terms[-1] if terms else ""
    if last in ("+all", "all"):
        return [found("spf-open", domain=domain)]
    cost = _cost(names, records[0], {domain})
    if cost > LOOKUPS:
        return [found("spf-lookups", domain=domain, count=cost, most=LOOKUPS)]
    if not re.fullmatch(r"[-~]all|redirect=.+", last):
        return [found("spf-loose", domain=domain, end=last or "–")]
    return [found("spf-good", domain=domain, record=records[0])]


def _cost(names: Names, record: str, seen: set[str]) -> int:
    """DNS questions that a record costs, those of what it includes too."""
    cost = 0
    for term in record.lower().split()[1:]:
        name, _, value = term.lstrip("+-~?").replace("=", ":", 1).partition(":")
        if name.partition("/")[0] in ("a", "mx", "ptr", "exists", "include", "redirect"):
            cost += 1
        if name in ("include", "redirect") and value not in seen and cost <= LOOKUPS:
            seen.add(value)
            cost += sum(_cost(names, found, seen) for found in _records(names.texts(value), "v=spf1"))
    return cost


def _dkim(names: Names, domain: str, selectors: Sequence[str]) -> list[Finding]:
    """A selector cannot be found out, only tried: none among the common ones is advice, a wrong one is a fault."""
    for selector in selectors or SELECTORS:
        keys = [text for text in names.texts(f"{selector}._domainkey.{domain}") if "p=" in text]
        if keys:
            return [_key(keys[0], selector, domain)]
    code = "dkim-missing" if selectors else "dkim-unknown"
    return [found(code, domain=domain, selector=", ".join(selectors))]


def _key(text: str, selector: str, domain: str) -> Finding:
    tags = _tags(text)
    facts = {"selector": selector, "domain": domain}
    if not tags.get("p"):
        return found("dkim-revoked", **facts)
    try:
        key = base64.b64decode("".join(tags["p"].split()), validate=True)
    except binascii.Error:
        return found("dkim-broken", **facts)
    if tags.get("k", "rsa").lower() == "rsa" and len(key) < SHORT_KEY:
        return found("dkim-short", **facts)
    return found("dkim-good", **facts)


def _dmarc(names: Names, domain: str) -> list[Finding]:
    """The record is the domain's own or its organisation's (RFC 7489, 6.6.3): the nearest one on the way up."""
    labels = domain.split(".")
    for n in range(len(labels) - 1):
        name = "_dmarc." + ".".join(labels[n:])
        records = _records(names.texts(name), "v=dmarc1")
        if len(records) > 1:
            return [found("dmarc-many", name=name, count=len(records))]
        if records:
            policy = _tags(records[0]).get("p", "").lower()
            if policy not in ("none", "quarantine", "reject"):
                return [found("dmarc-broken", name=name, policy=policy or "–")]
            return [found("dmarc-watching" if policy == "none" else "dmarc-good", name=name, policy=policy)]
    return [found("dmarc-missing", domain=domain)]


def _records(texts: Sequence[str], version: str) -> list[str]:
    return [text for text in texts if re.match(rf"{re.escape(version)}(?:[\s;]|$)", text, re.IGNORECASE)]


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
