"""Would each mail server take a letter now? Connected, encrypted, logged in, and nothing sent, unless asked."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from inquiry import smtp
from inquiry.send import Envelope, Fate, Mailer

from sitegen.doctor.finding import Finding, found
from sitegen.doctor.settings import domain_of
from sitegen.doctor.world import CERTIFICATES, SECONDS

if TYPE_CHECKING:
    from inquiry.settings import Server, Settings

    from sitegen.doctor.world import World

_STAGES = {
    "resolve": "mail-no-name", "connect": "mail-closed", "greeting": "mail-no-greeting", "auth": "mail-login",
}  # fmt: skip


def check_mail(settings: Settings, world: World) -> list[Finding]:
    """Talk to every server as the function does, and say goodbye."""
    return [_server(server, domain_of(settings.sender), world) for server in settings.servers]


def _server(server: Server, name: str, world: World) -> Finding:
    witness = world.witness()
    facts = {"host": server.host, "port": server.port}
    if not server.user and not server.loopback:
        return found("mail-no-login", **facts)
    try:
        smtp.Conversation(
            server, name=name, until=time.monotonic() + SECONDS, context=lambda: witness, resolve=world.resolve
        ).close()
    except smtp.Refused as refused:
        if refused.stage == "tls":
            trouble = CERTIFICATES.get(witness.trouble, "cert-unknown") if witness.trouble else "no-tls"
            return found(f"mail-{trouble}", **facts)
        return found(_STAGES.get(refused.stage, "mail-no-greeting"), **facts)
    return found("mail-good", **facts)


def send_test(settings: Settings, world: World) -> list[Finding]:
    """Send one letter, marked as a test, from the shop to the shop."""
    moment = datetime.fromtimestamp(world.clock(), UTC)
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"] = settings.sender, settings.to
    letter["Subject"] = f"[TEST] Thư thử từ trang web / a test letter from the website ({moment:%H:%M:%S} UTC)"
    letter["Date"] = format_datetime(moment)
    letter["Message-ID"] = f"<doctor.{moment:%Y%m%d%H%M%S}@{domain_of(settings.sender)}>"
    letter["Auto-Submitted"] = "auto-generated"  # no machine answers it (RFC 3834)
    letter.set_content(
        "Đây là thư thử do lệnh “python build.py doctor --send-test” gửi. Không có khách nào hỏi cả.\n"
        "Nếu thư này nằm trong Spam, hãy xem các mục SPF, DKIM, DMARC mà lệnh ấy báo.\n\n"
        "This is a test sent by “python build.py doctor --send-test”. No customer wrote it.\n"
        "If it lies in the spam folder, look at what that command says of SPF, DKIM and DMARC.\n",
        cte="quoted-printable",  # not every server on the way takes bytes above 127
    )
    mailer = Mailer(settings.servers, domain_of(settings.sender), world.witness, world.resolve)
    outcome = mailer.send(letter, Envelope(settings.sender, settings.to, SECONDS))
    codes = {Fate.ACCEPTED: "test-sent", Fate.NOT_SENT: "test-refused", Fate.UNKNOWN: "test-unknown"}
    return [found(codes[outcome.fate], to=settings.to, stage=outcome.stage or "–")]
