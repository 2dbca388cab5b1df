"""The one table of headers, caching and redirects that every host's file is written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.model import Output
from sitegen.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

IMMUTABLE = ("/assets/*", "/drawings/*", "/pictures/*", "/share/*")
"""Paths whose names change with their bytes."""
YEAR = 31_536_000
"""Seconds; the longest age that caches honour."""


class Rule(Record):
    """Headers for the addresses that match `pattern` (`*` stands for anything)."""

    pattern: str
    headers: tuple[tuple[str, str], ...]


class HostTable(Record):
    """What a host has to be told. `redirects`: old address → new, permanent. `not_found`: address prefix → page."""

    rules: tuple[Rule, ...]
    redirects: Mapping[str, str]
    not_found: Mapping[str, str]


def host_table(
    style_hashes: Iterable[str], redirects: Mapping[str, str], not_found: Mapping[str, str], script_hash: str = ""
) -> HostTable:
    """The table for a site whose pages inline styles with these hashes, and the one script with that."""
    # The one trusted-types policy is inquiry.js's, for its worker's address.
    # connect-src 'self' also lets Lighthouse read robots.txt from the page (field notes).
    policy = "; ".join(
        (
            "default-src 'none'", "base-uri 'none'", "connect-src 'self'", "form-action 'self'",
            "frame-ancestors 'none'", "img-src 'self'", "manifest-src 'self'",
            f"script-src 'self' {script_hash}".rstrip(), f"style-src {' '.join(sorted(set(style_hashes)))}",
            "worker-src 'self'", "require-trusted-types-for 'script'", "trusted-types inquiry",
        )
    )  # fmt: skip
    everywhere = (
        ("Content-Security-Policy", policy),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), interest-cohort=(), microphone=(), payment=(), usb=()"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Strict-Transport-Security", f"max-age={2 * YEAR}; includeSubDomains"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
    )
    kept = (("Cache-Control", f"public, max-age={YEAR}, immutable"),)
    # Zalo's and Facebook's servers fetch share pictures; everything else stays on the shop's own origin.
    shared = (*kept, ("Cross-Origin-Resource-Policy", "cross-origin"))
    pages = (("Cache-Control", "public, max-age=0, must-revalidate"),)
    return HostTable(
        rules=(
            Rule("/*", (*everywhere, *pages)),
            *(Rule(pattern, shared if pattern == "/share/*" else kept) for pattern in IMMUTABLE),
        ),
        redirects=redirects,
        not_found=not_found,
    )


def headers_for(table: HostTable, path: str) -> dict[str, str]:
    """The headers of one address: later rules override earlier ones."""
    found: dict[str, str] = {}
    for rule in table.rules:
        if path.startswith(rule.pattern.rstrip("*")):
            found.update(rule.headers)
    return found


def headers_file(table: HostTable) -> str:
    """The text of `_headers` for hosts that join the values of several matching rules, as Cloudflare Pages does: a rule
    that overrides one first detaches it (`!`)."""
    lines: list[str] = []
    given: set[str] = set()
    for rule in table.rules:
        lines += [rule.pattern, *(f"  ! {name}" for name, _ in rule.headers if name in given)]
        lines += [f"  {name}: {value}" for name, value in rule.headers]
        given |= {name for name, _ in rule.headers if rule.pattern == "/*"}
    return "\n".join(lines) + "\n"


def static_files(table: HostTable) -> tuple[Output, Output]:
    """`_headers` and `_redirects` for a folder dropped on a static host as it is; a kit writes its own."""
    moved = [f"{old} {new} 301" for old, new in sorted(table.redirects.items())]
    # The longest prefix first: `/en/*` before `/*`.
    missing = sorted(table.not_found.items(), key=lambda item: -len(item[0]))
    lost = [f"{prefix}* {page} 404" for prefix, page in missing]
    return (
        Output("_headers", headers_file(table).encode(), "headers"),
        Output("_redirects", ("\n".join([*moved, *lost]) + "\n").encode(), "headers"),
    )
