"""A mail server that follows a script: it speaks SMTP correctly except where a test tells it to misbehave."""

import os
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from functools import partial

Act = bytes | Callable[["Line"], None]
HOST = "mail.shop.test"


class Cut(Exception):
    """The server hangs up."""


class Line:
    """One connection, as the server sees it."""

    def __init__(self, connection: socket.socket, stop: threading.Event) -> None:
        self.socket, self._stop, self._buffer = connection, stop, b""

    def say(self, words: bytes) -> None:
        self.socket.sendall(words)

    def wait(self, seconds: float) -> None:
        """Do nothing for a while; hang up when the test is over."""
        if self._stop.wait(seconds):
            raise Cut

    def until(self, end: bytes) -> bytes:
        while end not in self._buffer:
            received = self.socket.recv(65536)
            if not received:
                raise Cut
            self._buffer += received
        found, _, self._buffer = self._buffer.partition(end)
        return found


def cut(_line: Line) -> None:
    raise Cut


def hang(line: Line) -> None:
    line.wait(30)


def reset(line: Line) -> None:
    line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("hh" if os.name == "nt" else "ii", 1, 0))
    raise Cut


def drip(line: Line) -> None:
    for byte in b"220 " + b"slow " * 400:
        line.say(bytes([byte]))
        line.wait(0.05)


def endless(line: Line) -> None:
    while True:
        line.say(b"250-still talking\r\n")
        line.wait(0.02)


def flood(line: Line) -> None:
    while True:
        line.say(b"250-still talking\r\n" * 100)


def late(line: Line) -> None:
    line.wait(3)
    line.say(b"250 taken, but late\r\n")


class MailServer:
    """Listens on loopback. `acts` replaces the answer at a stage: greeting, ehlo, starttls, tls, auth, mail, rcpt,
    data, body, letter, quit. `letters` are those it received whole, `taken` those it answered with 250."""

    def __init__(
        self,
        acts: Mapping[str, Act] | None = None,
        *,
        certificate: ssl.SSLContext | None = None,
        implicit: bool = False,
        mechanisms: bytes = b"PLAIN LOGIN",
    ) -> None:
        self.acts, self.certificate, self.implicit, self.mechanisms = acts or {}, certificate, implicit, mechanisms
        self.letters: list[bytes] = []
        self.recipients: list[bytes] = []
        self.taken = self.connections = 0
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def __enter__(self) -> "MailServer":
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        socket.create_connection(("127.0.0.1", self.port)).close()  # wakes accept() on every system
        for thread in self._threads:
            thread.join(5)

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self._stop.is_set():
                connection.close()
                self._listener.close()
                return
            self.connections += 1
            connection.settimeout(10)
            line = Line(connection, self._stop)
            self._start(partial(self._serve, line))

    def _serve(self, line: Line) -> None:
        try:
            self._talk(line)
        except (Cut, OSError, ValueError):
            return
        finally:
            line.socket.close()

    def _stage(self, line: Line, name: str, answer: bytes) -> None:
        act = self.acts.get(name, answer)
        if isinstance(act, bytes):
            line.say(act)
            if act is not answer and act[:3] == b"421":
                raise Cut
        else:
            act(line)

    def _encrypt(self, line: Line) -> None:
        if self.certificate is None:
            raise Cut
        line.socket = self.certificate.wrap_socket(line.socket, server_side=True)

    def _talk(self, line: Line) -> None:
        if self.implicit:
            self._encrypt(line)
        self._stage(line, "greeting", b"220 ready\r\n")
        while True:
            command = line.until(b"\r\n")
            verb = command.split(b" ")[0].upper()
            if verb == b"EHLO":
                tls = b"" if isinstance(line.socket, ssl.SSLSocket) or not self.certificate else b"250-STARTTLS\r\n"
                offers = b"250-shop\r\n" + tls + b"250-AUTH " + self.mechanisms + b"\r\n250 8BITMIME\r\n"
                self._stage(line, "ehlo", offers)
            elif verb == b"STARTTLS":
                self._stage(line, "starttls", b"220 go ahead\r\n")
                self._stage(line, "tls", b"")
                self._encrypt(line)
            elif verb == b"AUTH":
                self._authenticate(line, command)
            elif verb == b"MAIL":
                self._stage(line, "mail", b"250 ok\r\n")
            elif verb == b"RCPT":
                self.recipients.append(command)
                self._stage(line, "rcpt", b"250 ok\r\n")
            elif verb == b"DATA":
                self._receive(line)
            elif verb == b"QUIT":
                self._stage(line, "quit", b"221 bye\r\n")
                return
            else:
                line.say(b"500 what?\r\n")

    def _authenticate(self, line: Line, command: bytes) -> None:
        if command == b"AUTH LOGIN":
            line.say(b"334 VXNlcm5hbWU6\r\n")
            line.until(b"\r\n")
            line.say(b"334 UGFzc3dvcmQ6\r\n")
            line.until(b"\r\n")
        self._stage(line, "auth", b"235 welcome\r\n")

    def _receive(self, line: Line) -> None:
        self._stage(line, "data", b"354 go ahead\r\n")
        if "data" in self.acts:
            return
        self._stage(line, "body", b"")
        self.letters.append(line.until(b"\r\n.\r\n"))
        if "letter" not in self.acts:
            self.taken += 1  # before it is said: whoever has heard it may look at once
        self._stage(line, "letter", b"250 taken\r\n")
