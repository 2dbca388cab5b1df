"""The doctor talks to mail servers that are wrong in every way, and sends nothing unless asked."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
import trustme
from inquiry.settings import Server, Settings

from sitegen.doctor.mail import check_mail, send_test
from sitegen.doctor.world import World
from tests.deploy.servers import free_port
from tests.functions.mailserver import Act, MailServer, cut, hang

HOST = "mail.milu.internal"


@dataclass(frozen=True)
class Papers:
    """What servers may show, and the authority that the doctor believes."""

    authority: trustme.CA
    good: ssl.SSLContext
    expired: ssl.SSLContext
    other: ssl.SSLContext
    stranger: ssl.SSLContext


@pytest.fixture(scope="module")
def papers() -> Papers:
    authority = trustme.CA()

    def context(certificate: trustme.LeafCert) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(made)
        return made

    return Papers(
        authority,
        context(authority.issue_cert(HOST)),
        context(authority.issue_cert(HOST, not_after=datetime(2020, 1, 1, tzinfo=UTC))),
        context(authority.issue_cert("mail.other.internal")),
        context(trustme.CA().issue_cert(HOST)),
    )


def world(papers: Papers, port: int) -> World:
    """Where HOST is a server on loopback; every other name leads nowhere."""

    def resolve(host: str, _port: int) -> list[tuple[int, tuple[str, int]]]:
        return [(socket.AF_INET, ("127.0.0.1", port))] if host == HOST else []

    return World(trust=papers.authority.configure_trust, resolve=resolve)


def settings(*, implicit: bool = False, host: str = HOST, user: str = "web@milu.internal") -> Settings:
    server = Server(host, 465 if implicit else 587, implicit, user, "mật khẩu" if user else "")
    return Settings("chao@milu.internal", "web@milu.internal", (server,), "https://milu.internal", b"x" * 40)


def code(server: MailServer, papers: Papers, chosen: Settings) -> str:
    (finding,) = check_mail(chosen, world(papers, server.port))
    assert server.letters == []
    return finding.code


@pytest.mark.parametrize("implicit", [False, True])
def test_a_good_server_is_greeted_and_left_without_a_letter(papers: Papers, implicit: bool) -> None:
    with MailServer(certificate=papers.good, implicit=implicit) as server:
        assert code(server, papers, settings(implicit=implicit)) == "mail-good"


@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize(
    ("certificate", "wanted"),
    [("expired", "mail-cert-expired"), ("other", "mail-cert-name"), ("stranger", "mail-cert-unknown")],
)
def test_a_bad_certificate_is_told_from_another(papers: Papers, implicit: bool, certificate: str, wanted: str) -> None:
    with MailServer(certificate=getattr(papers, certificate), implicit=implicit) as server:
        assert code(server, papers, settings(implicit=implicit)) == wanted


def test_a_server_without_encryption_is_refused(papers: Papers) -> None:
    with MailServer({"starttls": b"502 what?\r\n"}) as server:
        assert code(server, papers, settings()) == "mail-no-tls"


def test_a_wrong_password_is_named(papers: Papers) -> None:
    with MailServer({"auth": b"535 no\r\n"}, certificate=papers.good) as server:
        assert code(server, papers, settings()) == "mail-login"


@pytest.mark.parametrize("greeting", [b"HTTP/1.1 400 Bad Request\r\n", b"554 go away\r\n", cut])
def test_something_else_behind_the_port_is_named(papers: Papers, greeting: bytes) -> None:
    with MailServer({"greeting": greeting}, certificate=papers.good) as server:
        assert code(server, papers, settings()) == "mail-no-greeting"


def test_a_server_that_hangs_does_not_hang_the_doctor(papers: Papers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.doctor.mail.SECONDS", 0.4)
    with MailServer({"greeting": hang}, certificate=papers.good) as server:
        assert code(server, papers, settings()) == "mail-no-greeting"


def test_a_wrong_name_and_a_closed_port_are_told_apart(papers: Papers) -> None:
    (finding,) = check_mail(settings(host="mail.nowhere.internal"), world(papers, 1))
    assert finding.code == "mail-no-name"
    (finding,) = check_mail(settings(), world(papers, free_port()))
    assert finding.code == "mail-closed"


def test_a_server_without_an_account_is_noticed(papers: Papers) -> None:
    (finding,) = check_mail(settings(user=""), world(papers, 1))
    assert finding.code == "mail-no-login"


def test_every_server_of_the_list_is_looked_at(papers: Papers) -> None:
    with MailServer(certificate=papers.good) as server:
        one = settings()
        gone = Server("mail.nowhere.internal", 587, user="a@b", password="c")
        two = Settings(one.to, one.sender, (*one.servers, gone), one.site, one.secret)
        found = [finding.code for finding in check_mail(two, world(papers, server.port))]
        assert found == ["mail-good", "mail-no-name"]


def test_one_marked_letter_is_sent_when_asked(papers: Papers) -> None:
    with MailServer(certificate=papers.good) as server:
        (finding,) = send_test(settings(), world(papers, server.port))
        (content,) = server.letters
        letter = message_from_bytes(content, policy=policy.SMTP)
        assert finding.code == "test-sent"
        assert str(letter["Subject"]).startswith("[TEST]")
        assert (letter["To"], letter["From"]) == ("chao@milu.internal", "web@milu.internal")
        assert letter["Auto-Submitted"] == "auto-generated"
        assert "Không có khách nào hỏi cả." in letter.get_content()


@pytest.mark.parametrize(
    ("stage", "act", "wanted"), [("rcpt", b"550 no\r\n", "test-refused"), ("letter", cut, "test-unknown")]
)
def test_a_letter_that_did_not_arrive_is_not_called_sent(papers: Papers, stage: str, act: Act, wanted: str) -> None:
    with MailServer({stage: act}, certificate=papers.good) as server:
        (finding,) = send_test(settings(), world(papers, server.port))
        assert finding.code == wanted
