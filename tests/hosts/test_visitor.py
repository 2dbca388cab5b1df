"""Whom an inquiry is counted for: never the host's front end, and never whom a stranger claims to be."""

from __future__ import annotations

import pytest
from inquiry.exchange import Request, visitor


@pytest.mark.parametrize(
    ("client", "forwarded", "counted"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("8.8.8.8", "192.0.2.7", "8.8.8.8"),  # a claim
        ("169.254.1.1", "198.51.100.1, 192.0.2.7", "192.0.2.7"),  # Cloud Run
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),  # nginx before gunicorn
        ("", "192.0.2.7:51234", "192.0.2.7"),  # Azure
        ("", "[2001:db8::7]:51234", "2001:db8::7"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("", "", ""),
        ("unix:", "192.0.2.7", "unix:"),
    ],
)
def test_an_inquiry_is_counted_for_the_address_that_was_seen_last(client: str, forwarded: str, counted: str) -> None:
    assert visitor(Request("POST", {"x-forwarded-for": forwarded}, client=client)) == counted
