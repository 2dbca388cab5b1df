"""The doctor reads a domain's mail records: each kind of mistake, from a name server that makes it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sitegen.doctor.domain import check_domain
from tests.deploy.names import NameServer

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOP = "milu.internal"


def key(bits: int) -> str:
    """A DKIM key of so many bits."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    der = made.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode("ascii")


LONG = key(2048)
Records = dict[tuple[str, str], list[str]]


def txt(text: str) -> str:
    """A record's text as zone files write it: in pieces of at most 255."""
    return " ".join(f'"{text[n:n + 200]}"' for n in range(0, len(text), 200))


def good() -> Records:
    """A domain that everyone believes."""
    return {
        (SHOP, "MX"): ["10 mail.provider.internal."],
        (SHOP, "TXT"): [txt("v=spf1 include:_spf.provider.internal -all"), txt("some-site-verification=1")],
        ("_spf.provider.internal", "TXT"): [txt("v=spf1 ip4:192.0.2.0/24 -all")],
        (f"mail._domainkey.{SHOP}", "TXT"): [txt(f"v=DKIM1; k=rsa; p={LONG}")],
        (f"_dmarc.{SHOP}", "TXT"): [txt("v=DMARC1; p=quarantine; rua=mailto:dmarc@milu.internal")],
    }


def codes(
    changed: Mapping[tuple[str, str], list[str]], *, selectors: tuple[str, ...] = ("mail",), sender: str = SHOP,
    silent: frozenset[str] = frozenset(),
) -> list[str]:  # fmt: skip
    """What is found when these records differ from a good domain's."""
    records = {name: texts for name, texts in {**good(), **changed}.items() if texts}
    with NameServer(records, silent) as server:
        return [finding.code for finding in check_domain(sender, SHOP, server.resolver(), selectors)]


def test_a_good_domain_is_told_so() -> None:
    assert codes({}) == ["mx-good", "spf-good", "dkim-good", "dmarc-good"]


WRONG: list[tuple[str, Records, str]] = [
    ("no mailbox", {(SHOP, "MX"): []}, "mx-missing"),
    ("no SPF", {(SHOP, "TXT"): []}, "spf-missing"),
    ("two SPF", {(SHOP, "TXT"): [txt("v=spf1 -all"), txt("v=spf1 mx -all")]}, "spf-many"),
    ("anyone may send", {(SHOP, "TXT"): [txt("v=spf1 +all")]}, "spf-open"),
    ("no end", {(SHOP, "TXT"): [txt("v=spf1 include:_spf.provider.internal")]}, "spf-loose"),
    ("neutral end", {(SHOP, "TXT"): [txt("v=spf1 ?all")]}, "spf-loose"),
    ("too many lookups", {(SHOP, "TXT"): [txt("v=spf1 " + " ".join(f"a:h{n}.internal" for n in range(11)) + " -all")]},
     "spf-lookups"),
    ("nested lookups", {(SHOP, "TXT"): [txt("v=spf1 mx include:_spf.provider.internal -all")],
                        ("_spf.provider.internal", "TXT"): [txt("v=spf1 " + "mx " * 9 + "-all")]}, "spf-lookups"),
    ("no key", {(f"mail._domainkey.{SHOP}", "TXT"): []}, "dkim-missing"),
    ("revoked key", {(f"mail._domainkey.{SHOP}", "TXT"): [txt("v=DKIM1; p=")]}, "dkim-revoked"),
    ("cut key", {(f"mail._domainkey.{SHOP}", "TXT"): [txt(f"v=DKIM1; p={LONG[:101]}")]}, "dkim-broken"),
    ("short key", {(f"mail._domainkey.{SHOP}", "TXT"): [txt(f"v=DKIM1; k=rsa; p={LONG[:120]}")]}, "dkim-short"),
    ("no DMARC", {(f"_dmarc.{SHOP}", "TXT"): []}, "dmarc-missing"),
    ("two DMARC", {(f"_dmarc.{SHOP}", "TXT"): [txt("v=DMARC1; p=none"), txt("v=DMARC1; p=reject")]}, "dmarc-many"),
    ("no policy", {(f"_dmarc.{SHOP}", "TXT"): [txt("v=DMARC1; rua=mailto:a@b.internal")]}, "dmarc-broken"),
    ("only watching", {(f"_dmarc.{SHOP}", "TXT"): [txt("v=DMARC1; p=none")]}, "dmarc-watching"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "code"), [(c, code) for _, c, code in WRONG], ids=[name for name, _, _ in WRONG])
def test_a_mistake_in_the_records_is_named(changed: Records, code: str) -> None:
    assert code in codes(changed)


def test_a_key_under_a_usual_name_is_found_without_being_told() -> None:
    assert "dkim-good" in codes({}, selectors=())


def test_an_unusual_key_is_asked_for_and_not_called_missing() -> None:
    hidden = {(f"mail._domainkey.{SHOP}", "TXT"): [], (f"x7._domainkey.{SHOP}", "TXT"): [txt(f"v=DKIM1; p={LONG}")]}
    assert "dkim-unknown" in codes(hidden, selectors=())
    assert "dkim-good" in codes(hidden, selectors=("x7",))


def test_a_subdomain_that_sends_lives_under_the_shops_dmarc() -> None:
    assert "dmarc-good" in codes({(f"web.{SHOP}", "TXT"): [txt("v=spf1 -all")]}, sender=f"web.{SHOP}")


def test_an_spf_record_that_includes_itself_ends() -> None:
    assert "spf-good" in codes({(SHOP, "TXT"): [txt(f"v=spf1 include:{SHOP} -all")]})


def test_a_silent_name_server_is_not_a_missing_record() -> None:
    assert codes({}, silent=frozenset({f"_dmarc.{SHOP}"})) == ["dns-silent"]
