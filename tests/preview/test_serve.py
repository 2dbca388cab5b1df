"""Starting and stopping: in words, and cleanly."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.functions.conftest import LAN
from tests.preview.conftest import start

if TYPE_CHECKING:
    import email.message
    from pathlib import Path

    from tests.preview.conftest import Preview


def test_the_terminal_names_the_site_the_inbox_and_how_to_stop(preview: Preview) -> None:
    for words in (f"{preview.address}/\n", f"{preview.address}/_inbox/", "Ctrl+C", "không gửi đi đâu"):
        assert words in preview.terminal


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_asked_even_with_a_page_open(project: Path, how: signal.Signals) -> None:
    preview = start(project)
    with socket.create_connection(("127.0.0.1", int(preview.address.rpartition(":")[2]))):
        preview.get("/")
        assert preview.stop(how) == 0
    assert "Đã dừng xem thử." in preview.terminal
    assert "Traceback" not in preview.terminal


def test_a_port_in_use_is_told_with_what_to_do(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        preview = start(project, port=port)
        assert preview.ended() == 1
    assert f"--port {port + 1}" in preview.terminal
    assert f"Cổng {port}" in preview.terminal
    assert "Traceback" not in preview.terminal


def test_wrong_mail_settings_refuse_the_start_and_are_named(project: Path) -> None:
    preview = start(project, {"INQUIRY_SMTP": "pigeon://roof", "INQUIRY_TO": "nobody"})
    assert preview.ended() == 1
    assert "INQUIRY_TO" in preview.terminal
    assert "INQUIRY_SMTP" in preview.terminal
    assert "pigeon" not in preview.terminal
    assert "Traceback" not in preview.terminal


class Mailbox(Message):
    """A mail server's store."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[email.message.Message] = []

    def handle_message(self, message: email.message.Message) -> None:
        """Keep a letter."""
        self.letters.append(message)


def test_with_a_mail_server_set_letters_are_really_sent_and_the_inbox_says_so(project: Path) -> None:
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    preview = start(project, {"INQUIRY_SMTP": f"smtp://127.0.0.1:{port}"})
    try:
        assert "GỬI THẬT" in preview.terminal
        assert "Thư không dừng ở đây" in preview.get("/_inbox/")[2]
        status, headers, _ = preview.get(
            "/api/inquiry", method="POST", body=urlencode(LAN),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": preview.address},
        )  # fmt: skip
        assert (status, "/cam-on/" in headers.get("Location", "")) == (303, True)
        assert [letter["To"] for letter in mailbox.letters] == ["chao@miluxinh.example"]
        assert "lan" not in preview.get("/_inbox/")[2].split("<main>")[1]
    finally:
        assert preview.stop() == 0
        server.stop()

