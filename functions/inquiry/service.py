"""The function with its world attached: settings, mail, clock, log. One of these lives as long as the host's process
(I/O).

One line a request is written: time, outcome code, milliseconds, reference. Never a value, a header or a server's words.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from inquiry.answer import Answer, reply
from inquiry.exchange import Reply, Request, spoken, wants_json
from inquiry.handler import handle
from inquiry.rate import Rate
from inquiry.send import Mailer, Remembered, Send
from inquiry.settings import Settings, from_environment

_REMEMBER = 60.0  # seconds that an availability is believed


def write_line(line: str) -> None:
    """Write one line of the log to standard output, at once."""
    print(line, flush=True)


class Service:
    """Call it with a request. `send` replaces real mail: the preview keeps letters in memory with it."""

    def __init__(
        self,
        settings: Settings,
        *,
        send: Send | None = None,
        clock: Callable[[], float] = time.time,
        log: Callable[[str], None] = write_line,
    ) -> None:
        mailer = Mailer(settings.servers, name=settings.sender.rpartition("@")[2])
        self.settings, self._clock, self._log = settings, clock, log
        self._send = send or mailer.send
        self._available: Callable[[], bool] = (
            (lambda: True)
            if send
            else Remembered(lambda: mailer.available(settings.deadline), seconds=_REMEMBER, clock=time.monotonic)
        )
        self._busy = Rate(time.monotonic)

    def __call__(self, request: Request) -> Reply:
        """Answer `request` and write its log line."""
        began = time.monotonic()
        try:
            answer = handle(
                request,
                settings=self.settings,
                send=self._send,
                clock=self._clock,
                available=self._available,
                busy=self._busy,
            )
        except Exception as error:
            # A traceback would carry what was typed into the host's log: only the kind of error is told.
            answer = reply(
                Answer("fault", spoken(request.headers), stage=type(error).__name__),
                self.settings,
                as_json=wants_json(request.headers),
            )
        when = datetime.fromtimestamp(self._clock(), UTC)
        self._log(
            f"{when:%Y-%m-%dT%H:%M:%SZ} {answer.outcome} {(time.monotonic() - began) * 1000:.0f}ms "
            f"{answer.reference or '-'}"
        )
        return answer


def from_host() -> Service:
    """Return the service as the environment describes it; ends the process with a clear message if it is wrong."""
    return Service(from_environment(os.environ))
