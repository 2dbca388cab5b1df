"""Many people at once, through gunicorn, as on an evening when the shop is in the news."""

from __future__ import annotations

import asyncio
import json
import re
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.functions.conftest import LAN, plain
from tests.functions.test_settings import GOOD
from tests.hosts.mail import mailing
from tests.hosts.runtimes import GUNICORN, serving

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = 500


def inquiry(number: int) -> dict[str, str]:
    """One person's own words in every field."""
    return {
        **LAN,
        "name": f"Khách Thứ {number}",
        "phone": f"0987 654 {number:03}",
        "email": f"khach.{number}@example.com",
        "address": f"Số {number} đường Hoa Sữa",
        "message": f"Mình là người thứ {number}",
        "submission": f"burst-{number}",
    }


def enough_files() -> None:
    """Every connection is an open file, and some systems begin with 256 of them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * PEOPLE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )


async def send(port: int, number: int) -> str:
    """Send one inquiry on a connection of its own; return the reference that the visitor was told."""
    body = json.dumps(inquiry(number)).encode()
    head = (
        f"POST /api/inquiry HTTP/1.1\r\nHost: shop.test\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + body)
    await writer.drain()
    reply = await reader.read()
    writer.close()
    await writer.wait_closed()
    head_sent, _, said = reply.partition(b"\r\n\r\n")
    assert head_sent.startswith(b"HTTP/1.1 200 "), (number, head_sent[:40], said)
    return str(json.loads(said)["reference"])


def test_five_hundred_at_once_are_five_hundred_letters(tmp_path: Path) -> None:
    async def everybody(port: int) -> list[str]:
        return await asyncio.gather(*(send(port, number) for number in range(PEOPLE)))

    enough_files()
    with mailing() as (mailbox, smtp):
        settings = {**GOOD, "INQUIRY_SMTP": smtp, "INQUIRY_CHALLENGE": "off", "INQUIRY_DEADLINE": "30"}
        with serving(GUNICORN, "--bind 127.0.0.1:{port}", tmp_path, settings) as port:
            began = time.monotonic()
            # In a thread of its own: this one may hold the browser of other tests, which has its own event loop.
            with ThreadPoolExecutor(1) as thread:
                references = thread.submit(lambda: asyncio.run(everybody(port))).result()
            seconds = time.monotonic() - began

    assert len(set(references)) == PEOPLE
    assert len(mailbox.letters) == PEOPLE
    by_reference = {reference: number for number, reference in enumerate(references)}
    for letter in mailbox.letters:
        number = by_reference.pop(re.findall(r"MX-\w{8}", str(letter["Subject"]))[0])
        assert str(letter["Reply-To"]) == f"khach.{number}@example.com"
        text = plain(letter)
        for words in (f"Khách Thứ {number}", f"Số {number} đường", f"người thứ {number}", f"654 {number:03}"):
            assert re.search(rf"{words}(?!\d)", text), (number, words)
        assert set(re.findall(r"người thứ (\d+)", text)) == {str(number)}
    assert by_reference == {}
    assert seconds < 25
