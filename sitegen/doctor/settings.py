"""Are the function's settings there, true to the shop, and no longer samples? Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from inquiry.settings import Settings, SettingsError, from_environment

from sitegen.doctor.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLE = re.compile(r"(?:\.example|\.test|\.invalid|example\.(?:com|net|org))(?:[/:\s]|$)|MẪU|SAMPLE", re.IGNORECASE)
"""Names that can belong to nobody (RFC 2606), and the project's own marks of a sample."""
WEAK = re.compile(r"(.)\1{7}|password|secret|changeme|0123456789|abcdefgh", re.IGNORECASE)
"""What a secret out of a generator never holds."""
FREE = frozenset({"gmail.com", "yahoo.com", "yahoo.com.vn", "outlook.com", "hotmail.com", "icloud.com", "zoho.com"})
"""Mail providers whose domain no shop can prove to own."""


def read_environment(text: str) -> dict[str, str]:
    """`NAME=value` lines as systemd's EnvironmentFile and the hosts' own forms have them; `#` begins a comment line."""
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#") and "=" in line)
    return {name.removeprefix("export ").strip(): _bare(value.strip()) for name, _, value in pairs}


def _bare(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def check_settings(environ: Mapping[str, str], base_url: str) -> tuple[Settings | None, list[Finding]]:
    """(the settings if they can be used, what is to be said of them). No value of a secret is ever repeated."""
    try:
        settings = from_environment(environ)
    except SettingsError as error:
        kinds = {True: "setting-wrong", False: "setting-missing"}
        return None, [
            found(kinds[bool(environ.get(name, "").strip())], name=name, vi=vi, en=en) for name, vi, en in error.faults
        ]
    findings = []
    shown = {"INQUIRY_TO": settings.to, "INQUIRY_FROM": settings.sender, "INQUIRY_SITE": settings.site}
    samples = {name: value for name, value in shown.items() if SAMPLE.search(value)}
    findings += [found("setting-sample", name=name, value=value) for name, value in samples.items()]
    if any(SAMPLE.search(server.host) for server in settings.servers):
        findings.append(found("setting-sample", name="INQUIRY_SMTP", value=settings.servers[0].host))
    if WEAK.search(settings.secret.decode("utf-8", "replace")):
        findings.append(found("secret-weak"))
    if settings.site != base_url:
        findings.append(found("site-differs", site=settings.site, base=base_url))
    findings += _sender(settings)
    if not findings:
        findings.append(found("settings-good", count=sum(name.startswith("INQUIRY_") for name in environ)))
    return settings, findings


def _sender(settings: Settings) -> list[Finding]:
    """Who the letters say they come from must be the shop, and the one that the mail server knows: DMARC compares the
    From domain with the signed one (RFC 7489, 3.1)."""
    domain = domain_of(settings.sender)
    if domain in FREE:
        return [found("from-free", domain=domain)]
    host = (urlsplit(settings.site).hostname or "").removeprefix("www.")
    findings = []
    if not SAMPLE.search(settings.sender) and not aligned(domain, host):
        findings.append(found("from-elsewhere", domain=domain, host=host))
    for server in settings.servers:
        login = domain_of(server.user) if "@" in server.user else domain
        if not aligned(domain, login):
            findings.append(found("from-not-login", domain=domain, login=login))
    return findings


def domain_of(address: str) -> str:
    """What follows the @, in lower case."""
    return address.rpartition("@")[2].lower()


def aligned(first: str, second: str) -> bool:
    """Whether one name is the other or lies below it (DMARC's relaxed alignment, near enough without a list of public
    suffixes)."""
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")
