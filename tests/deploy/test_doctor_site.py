"""The doctor looks at a deployed shop: a good one, and one for every way in which a host spoils it."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import trustme
from inquiry.settings import Server, Settings

from sitegen import doctor
from sitegen.doctor.site import Deployed, check_site, deployed
from sitegen.doctor.words import LANGUAGES, WORDS, Grade, tell
from sitegen.errors import problem
from tests.deploy.conftest import DOMAIN, Kit
from tests.deploy.names import NameServer
from tests.deploy.servers import free_port
from tests.deploy.website import Reply, Served, Website

if TYPE_CHECKING:
    from collections.abc import Callable

    import build

NO_MAIL = Server("mail.nowhere.internal", 465, implicit=True)
SETTINGS = Settings(f"chao@{DOMAIN}", f"web@{DOMAIN}", (NO_MAIL,), f"https://{DOMAIN}", b"x" * 40)
NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Papers:
    """An authority that the doctor believes, and one that it does not."""

    authority: trustme.CA
    stranger: trustme.CA

    def context(self, name: str = DOMAIN, *, known: bool = True, days: int = 80) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority = self.authority if known else self.stranger
        authority.issue_cert(name, not_after=NOW + timedelta(days=days, hours=1)).configure_cert(made)
        return made


@pytest.fixture(scope="module")
def papers() -> Papers:
    return Papers(trustme.CA(), trustme.CA())


@pytest.fixture(scope="module")
def site(shop: build.Built, kit: Kit) -> Deployed:
    """What should be out there."""
    facts = shop.catalog.settings
    chosen = deployed(
        shop.outputs, kit.table, base_url=facts.base_url, languages=facts.languages, action=facts.action
    )
    return replace(chosen, table=kit.table.replace(redirects={"/old/": "/cun/"}))


def world(papers: Papers, secure: int, plain: int | None = None) -> doctor.World:
    """The shop's name leads to these ports on loopback; no other name leads anywhere."""
    ports = {443: secure, 80: plain if plain is not None else free_port()}

    def resolve(host: str, port: int) -> list[tuple[int, tuple[str, int]]]:
        return [(socket.AF_INET, ("127.0.0.1", ports[port]))] if host == DOMAIN else []

    return doctor.World(trust=papers.authority.configure_trust, resolve=resolve)


def codes(site: Deployed, website: Website, papers: Papers, certificate: ssl.SSLContext | None = None) -> list[str]:
    with Served(website, certificate or papers.context()) as served:
        found = [finding.code for finding in check_site(site, world(papers, served.port))]
    assert website.letters == []
    return found


def spoiled(
    kit: Kit, site: Deployed, spoil: Callable[[str, Reply], None], settings: Settings | None = SETTINGS
) -> Website:
    return Website(replace(kit, table=site.table), settings, spoil)


def nothing(_path: str, _reply: Reply) -> None:
    """A host that spoils nothing."""


def test_a_shop_in_good_health_is_told_so(site: Deployed, kit: Kit, papers: Papers) -> None:
    found = codes(site, spoiled(kit, site, nothing), papers)
    assert found == ["cert-good", "headers-good", "hreflang-good", "function-ready"]


def lose_policy(_path: str, reply: Reply) -> None:
    reply.headers.pop("Content-Security-Policy", None)


def change_cache(path: str, reply: Reply) -> None:
    if path.startswith("/assets/"):
        reply.headers["Cache-Control"] = "public, max-age=14400"


def soft_404(_path: str, reply: Reply) -> None:
    if reply.status == 404:
        reply.status = 200


def one_404(path: str, reply: Reply) -> None:
    if reply.status == 404 and path.startswith("/en/"):
        reply.body = reply.body.replace(b'<html lang="en"', b'<html lang="vi"')


def no_redirect(path: str, reply: Reply) -> None:
    if path == "/old/":
        reply.status = 200


def no_english(path: str, reply: Reply) -> None:
    if path == "/en/":
        reply.status, reply.body = 500, b""


def one_way(path: str, reply: Reply) -> None:
    if path == "/en/":
        reply.body = reply.body.replace(b'hreflang="vi"', b'hreflang="xx"').replace(b"//miluxinh.example/\"", b"//x/\"")


def no_alternates(_path: str, reply: Reply) -> None:
    reply.body = reply.body.replace(b"hreflang=", b"data-x=")


def no_form(_path: str, reply: Reply) -> None:
    reply.body = reply.body.replace(b"<form", b"<div")


def other_form(_path: str, reply: Reply) -> None:
    reply.body = reply.body.replace(b'action="/api/inquiry"', b'action="https://forms.internal/x"')


def kept_function(path: str, reply: Reply) -> None:
    if path == "/api/inquiry":
        reply.headers["Cache-Control"] = "public, max-age=600"


def broken_function(path: str, reply: Reply) -> None:
    if path == "/api/inquiry":
        reply.status, reply.body = 500, b"<h1>Internal Server Error</h1>"


def lenient_function(path: str, reply: Reply) -> None:
    if path == "/api/inquiry" and reply.status == 422:
        reply.status = 200


def open_function(path: str, reply: Reply) -> None:
    if path == "/api/inquiry" and reply.status == 403:
        reply.status = 422


def no_mail(path: str, reply: Reply) -> None:
    if path == "/api/inquiry":
        reply.body = reply.body.replace(b'"available": true', b'"available": false')


SPOILED = {
    lose_policy: "header-missing", change_cache: "header-wrong", soft_404: "lost-not-404", one_404: "lost-language",
    no_redirect: "old-address", no_english: "page-gone", one_way: "hreflang-one-way", no_alternates: "hreflang-missing",
    no_form: "form-missing", other_form: "form-elsewhere", kept_function: "function-kept",
    broken_function: "function-silent", lenient_function: "function-lenient", open_function: "function-open",
    no_mail: "function-no-mail",
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "code"), SPOILED.items(), ids=[spoil.__name__ for spoil in SPOILED])
def test_what_a_host_spoils_is_named(
    site: Deployed, kit: Kit, papers: Papers, spoil: Callable[[str, Reply], None], code: str
) -> None:
    assert code in codes(site, spoiled(kit, site, spoil), papers)


def test_a_function_that_was_never_deployed_is_noticed(site: Deployed, kit: Kit, papers: Papers) -> None:
    assert "function-silent" in codes(site, spoiled(kit, site, nothing, settings=None), papers)


def test_the_certificate_is_looked_at(site: Deployed, kit: Kit, papers: Papers) -> None:
    website = spoiled(kit, site, nothing)
    assert codes(site, website, papers, papers.context(days=-3)) == ["site-cert-expired"]
    assert codes(site, website, papers, papers.context("other.internal")) == ["site-cert-name"]
    assert codes(site, website, papers, papers.context(known=False)) == ["site-cert-unknown"]
    assert "cert-soon" in codes(site, website, papers, papers.context(days=5))


def test_a_name_that_leads_nowhere_and_a_closed_door_are_told_apart(site: Deployed, papers: Papers) -> None:
    (finding,) = check_site(site, world(papers, free_port()))
    assert finding.code == "site-unreachable"
    (finding,) = check_site(replace(site, base_url="https://nowhere.internal"), world(papers, 1))
    assert finding.code == "site-unresolved"


def test_a_shop_in_plain_text_is_noticed(site: Deployed, kit: Kit, papers: Papers) -> None:
    website = spoiled(kit, site, nothing)
    with Served(website, None) as plain, Served(website, papers.context()) as secure:
        both = world(papers, secure.port, plain.port)
        assert "plain-http" in [finding.code for finding in check_site(site, both)]
        only = replace(site, base_url=f"http://{DOMAIN}")
        assert "site-no-tls" in [finding.code for finding in check_site(only, world(papers, 1, plain.port))]


def test_one_trouble_does_not_hide_the_next(site: Deployed, papers: Papers) -> None:
    """No settings, no name server, no site: three findings, not one exception."""
    with NameServer({}) as names:
        outside = replace(world(papers, free_port()), resolver=names.resolver())
        environ = {
            "INQUIRY_TO": f"chao@{DOMAIN}", "INQUIRY_FROM": f"web@{DOMAIN}", "INQUIRY_SITE": f"https://{DOMAIN}",
            "INQUIRY_SMTP": "smtps://u:p@mail.nowhere.internal", "INQUIRY_SECRET": "pX3-v0wqk9ZbT7u_LrE2yHs8NcJd5GmA41",
        }  # fmt: skip
        findings = doctor.examine(doctor.Patient(site, environ, send=True), outside)
    found = {heading: [finding.code for finding in several] for heading, several in findings.items()}
    assert "setting-sample" in found["settings"]
    assert found["domain"] == ["mx-missing", "spf-missing", "dkim-unknown", "dmarc-missing"]
    assert found["mail"] == ["mail-no-name", "test-refused"]
    assert found["site"] == ["site-unreachable"]
    assert not doctor.healthy(findings)
    told = doctor.report(findings, "vi")
    assert "Tên miền gửi thư" in told
    assert "chưa có bản ghi SPF" in told
    assert told.count("→") >= 8


def test_the_command_says_first_what_is_left_of_the_sample(
    shop: build.Built, site: Deployed, kit: Kit, papers: Papers
) -> None:
    told: list[str] = []
    left = [problem("site.yaml", 9, "sample-value", key="legal.name", value="CỬA HÀNG MẪU")]
    with Served(spoiled(kit, site, nothing), papers.context()) as served:
        done = doctor.command(
            shop.outputs, shop.table, shop.catalog.settings, {}, selectors=(), send=False, log=told.append,
            mistakes=left, world=world(papers, served.port),
        )  # fmt: skip
    assert done == 1
    assert "site.yaml:9" in told[0]
    assert "chưa có INQUIRY_TO" in told[1]
    assert "hàm nhận thư" in told[1]


@pytest.mark.parametrize("code", WORDS)
def test_every_finding_has_words_and_a_next_step_in_both_languages(code: str) -> None:
    grade, *both = WORDS[code]
    for what, step in both:
        assert what
        assert bool(step) == (grade is not Grade.GOOD)
    names = (
        "name value vi en count domain host port login record end most selector policy to stage url status wanted got "
        "lang new other target days site base"
    )
    for lang in LANGUAGES:
        assert "{" not in tell(doctor.Finding(code, tuple((name, "x") for name in names.split())), lang)
