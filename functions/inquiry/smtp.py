"""One conversation with one mail server, cut at a moment fixed beforehand (I/O).

`smtplib` limits single reads, so a server that drips a byte a second holds it for ever, and it cannot say whether a
lost connection came before or after the letter was handed over. This client speaks only what a submission needs (RFC
5321, 3207, 4954).
"""

import base64
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from inquiry.settings import Server

Address = tuple[Any, ...]  # what the socket module takes for one endpoint
Endpoint = tuple[int, Address]  # (address family, address)
Resolve = Callable[[str, int], Sequence[Endpoint]]

_LINE = 2048  # bytes; RFC 5321 allows 512, real servers write more
_LINES = 100  # in one reply; an endless one is no reply


class Refused(Exception):
    """The letter was certainly not taken. `stage` says where; no text of the server is kept."""

    def __init__(self, stage: str) -> None:
        super().__init__(stage)
        self.stage = stage


class Unknown(Exception):
    """The letter was handed over, and no final answer was read."""


def resolve(host: str, port: int) -> Sequence[Endpoint]:
    """Ask the system's resolver; raises OSError."""
    return [(found[0], found[4]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Conversation:
    """A connection that is greeted, encrypted and authenticated when it exists. `until` is a moment of
    `time.monotonic()`."""

    def __init__(
        self, server: Server, *, name: str, until: float, context: Callable[[], ssl.SSLContext], resolve: Resolve
    ) -> None:
        """Open it; `name` is what this side calls itself in EHLO. Raises Refused."""
        self.until = until
        self._buffer = b""
        self._stage = "connect"
        self._socket = _connect(server, until, resolve)
        try:
            self._open(server, name, context)
        except BaseException as error:
            self.close()
            if isinstance(error, OSError | ValueError):
                raise Refused(self._stage) from None  # `from None`: the cause may carry the server's words
            raise

    def _open(self, server: Server, name: str, context: Callable[[], ssl.SSLContext]) -> None:
        if server.implicit:
            self._encrypt(server, context)
        self._stage = "greeting"
        self._expect(self._reply()[0], 220)
        offers = self._hello(name)
        # On this machine nothing can listen in, and local servers often show certificates that prove nothing.
        if not server.implicit and not server.loopback:
            self._stage = "tls"
            self._expect(self._ask(b"STARTTLS"), 220)
            if self._buffer:  # words slipped in before encryption began are an attack (CVE-2011-0411)
                raise Refused(self._stage)
            self._encrypt(server, context)
            offers = self._hello(name)
        if server.user:
            self._stage = "auth"
            self._authenticate(server, offers.get("AUTH", "").split())

    def deliver(self, sender: str, recipient: str, letter: bytes, *, patience: Callable[[], float]) -> None:
        """Hand over one letter to one recipient; return when a 250 was read. `patience()` gives the moment until
        which the final answer is awaited. Raises Refused or Unknown."""
        try:
            self._stage = "sender"
            self._expect(self._ask(b"MAIL FROM:<%s>" % sender.encode("ascii")), 250)
            self._stage = "recipient"
            self._expect(self._ask(b"RCPT TO:<%s>" % recipient.encode("ascii")), 250, 251)
            self._stage = "data"
            self._expect(self._ask(b"DATA"), 354)
            self._say(re.sub(rb"^\.", b"..", letter, flags=re.MULTILINE))
        except (OSError, ValueError):
            raise Refused(self._stage) from None
        # Before the dot nothing is taken; from here on only an answer says whether it was.
        try:
            self.until = patience()
            self._say(b".\r\n")
            code, _ = self._reply()
        except (OSError, ValueError):
            raise Unknown from None
        if 400 <= code <= 599:
            raise Refused("letter")
        if code != 250:
            raise Unknown

    def close(self) -> None:
        """Say goodbye and hang up; what the server thinks of it changes nothing."""
        try:
            self._socket.settimeout(0.05)
            self._socket.sendall(b"QUIT\r\n")
        except (OSError, ValueError):
            pass
        finally:
            self._socket.close()

    def _encrypt(self, server: Server, context: Callable[[], ssl.SSLContext]) -> None:
        self._stage = "tls"
        self._socket.settimeout(self._left())
        self._socket = context().wrap_socket(self._socket, server_hostname=server.host)

    def _hello(self, name: str) -> dict[str, str]:
        self._stage = "greeting"
        code, lines = self._reply_to(b"EHLO " + name.encode("ascii"))
        self._expect(code, 250)
        words = (line.decode("ascii", "replace").strip().partition(" ") for line in lines[1:])
        return {keyword.upper(): parameters.upper() for keyword, _, parameters in words}

    def _authenticate(self, server: Server, mechanisms: Sequence[str]) -> None:
        user, password = server.user.encode("utf-8"), server.password.encode("utf-8")
        if "PLAIN" in mechanisms:
            self._expect(self._ask(b"AUTH PLAIN " + base64.b64encode(b"\0" + user + b"\0" + password)), 235)
        elif "LOGIN" in mechanisms:
            self._expect(self._ask(b"AUTH LOGIN"), 334)
            self._expect(self._ask(base64.b64encode(user)), 334)
            self._expect(self._ask(base64.b64encode(password)), 235)
        else:
            raise Refused(self._stage)

    def _expect(self, code: int, *good: int) -> None:
        if code not in good:
            raise Refused(self._stage)

    def _ask(self, command: bytes) -> int:
        return self._reply_to(command)[0]

    def _reply_to(self, command: bytes) -> tuple[int, list[bytes]]:
        self._say(command + b"\r\n")
        return self._reply()

    def _say(self, words: bytes) -> None:
        self._socket.settimeout(self._left())
        self._socket.sendall(words)  # its timeout is for the whole, not for each packet

    def _reply(self) -> tuple[int, list[bytes]]:
        """Read one reply; raises OSError when cut or late, ValueError when it is no reply."""
        lines = []
        for _ in range(_LINES):
            line = self._line()
            if not re.match(rb"[2-5]\d\d(?:[ -]|$)", line):
                raise ValueError
            lines.append(line[4:])
            if line[3:4] != b"-":
                return int(line[:3]), lines
        raise ValueError

    def _line(self) -> bytes:
        while b"\n" not in self._buffer:
            if len(self._buffer) > _LINE:
                raise ValueError
            self._socket.settimeout(self._left())
            received = self._socket.recv(4096)
            if not received:
                raise ConnectionError
            self._buffer += received
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.rstrip(b"\r")

    def _left(self) -> float:
        return _left(self.until)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _connect(server: Server, until: float, resolve: Resolve) -> socket.socket:
    """Return a connection to the first address that answers; each gets an equal part of the time. Raises Refused."""
    endpoints = _resolve(server, until, resolve)
    for index, (family, address) in enumerate(endpoints):
        try:
            left = _left(until)
            connection = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            continue
        try:
            connection.settimeout(left / (len(endpoints) - index))
            connection.connect(address)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
        except OSError:
            connection.close()
    raise Refused("connect")


def _resolve(server: Server, until: float, resolve: Resolve) -> Sequence[Endpoint]:
    """The system's resolver knows no deadline, so it runs in a thread that is left behind when it is late. Raises
    Refused."""
    found: list[Endpoint] = []

    def ask() -> None:
        try:
            found.extend(resolve(server.host, server.port))
        except (OSError, UnicodeError):
            return

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        thread.join(_left(until))
    except OSError:
        raise Refused("resolve") from None
    if not found:
        raise Refused("resolve")
    return tuple(found)
