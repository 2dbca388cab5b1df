"""A real mail server (aiosmtpd) that now and then behaves badly, if a letter asks for it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.functions.conftest import plain
from tests.functions.test_delivery import Mailbox, Server25
from tests.hosts.runtimes import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiosmtpd.smtp import SMTP, Envelope, Session


class Moody(Mailbox):
    """Takes letters, but for those that ask to be refused or to be left in doubt."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        message = plain(self.letters[-1])
        if "refuse this letter" in message:
            return "552 no room for it"
        if "hang up after this letter" in message:
            assert server.transport is not None
            server.transport.close()
        return answer


@contextmanager
def mailing() -> Iterator[tuple[Mailbox, str]]:
    """Run it; yields the mailbox and the address as the function's settings name it."""
    mailbox, port = Moody(), free_port()
    controller = Server25(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
