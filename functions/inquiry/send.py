"""A letter → the first mail server that takes it, within one deadline (I/O). Three outcomes, never a guess."""

import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum

from inquiry import smtp
from inquiry.settings import Server

# Of what is left after the letter was handed over, this part waits for the answer; the rest is for the second try.
_PATIENCE = 0.6


class Fate(StrEnum):
    """What became of a letter: taken (a 250 was read), refused for certain, or nobody can know."""

    ACCEPTED = "accepted"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Outcome:
    """`stage` names where the last server refused, out of a fixed list (`connect`, `tls`, `auth`…); it never carries
    a server's words."""

    fate: Fate
    stage: str = ""


@dataclass(frozen=True)
class Envelope:
    """Where a letter goes, and the seconds that delivering it may take."""

    sender: str
    recipient: str
    seconds: float


Send = Callable[[EmailMessage, Envelope], Outcome]


@dataclass(frozen=True)
class Mailer:
    """Several servers, tried in order. `context` and `resolve` are the world's; tests hand in their own."""

    servers: Sequence[Server]
    name: str
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context  # it verifies; smtplib's default does not
    resolve: smtp.Resolve = smtp.resolve

    def send(self, message: EmailMessage, envelope: Envelope) -> Outcome:
        """Deliver `message`; never raises for what a server does.

        A certain refusal moves on to the next server. An unknown end is tried once more, with the next server or the
        same one: the Message-ID is the same, so a mailbox shows one letter.
        """
        end = time.monotonic() + envelope.seconds
        letter = message.as_bytes()
        queue, doubt, stage = list(self.servers), False, ""
        while queue:
            server = queue.pop(0)
            again = not doubt

            def patience(again: bool = again) -> float:
                return end - (end - time.monotonic()) * (1 - _PATIENCE) if again else end

            try:
                talk = self._talk(server, _share(end, len(queue) + 1))
                try:
                    talk.deliver(envelope.sender, envelope.recipient, letter, patience=patience)
                    return Outcome(Fate.ACCEPTED)
                finally:
                    talk.close()
            except smtp.Refused as refusal:
                stage = refusal.stage
            except smtp.Unknown:
                if doubt:
                    return Outcome(Fate.UNKNOWN)
                doubt, queue = True, queue[:1] or [server]
        return Outcome(Fate.UNKNOWN if doubt else Fate.NOT_SENT, stage)

    def available(self, seconds: float) -> bool:
        """Return whether a server would talk to us now: connected, encrypted, authenticated; nothing is sent."""
        end = time.monotonic() + seconds
        for index, server in enumerate(self.servers):
            try:
                self._talk(server, _share(end, len(self.servers) - index)).close()
                return True
            except smtp.Refused:
                continue
        return False

    def _talk(self, server: Server, until: float) -> smtp.Conversation:
        return smtp.Conversation(server, name=self.name, until=until, context=self.context, resolve=self.resolve)


def _share(end: float, servers: int) -> float:
    """Return the moment when the next of `servers` must be through, so that a dead one leaves time for the others."""
    now = time.monotonic()
    return now + (end - now) / servers


class Remembered:
    """An answer kept for a while, so that many visitors cost one look. While one looks, the others get the last
    answer."""

    def __init__(self, look: Callable[[], bool], *, seconds: float, clock: Callable[[], float]) -> None:
        self._look, self._seconds, self._clock = look, seconds, clock
        self._lock = threading.Lock()
        self._answer, self._until = True, float("-inf")

    def __call__(self) -> bool:
        """Return the answer, at most `seconds` old."""
        if self._clock() >= self._until and self._lock.acquire(blocking=False):
            try:
                self._answer = self._look()
                self._until = self._clock() + self._seconds
            finally:
                self._lock.release()
        return self._answer
