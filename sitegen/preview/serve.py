"""`build.py serve`: start the preview, tell where it is, stop it cleanly (I/O)."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from inquiry.settings import SettingsError
from tornado.httpserver import HTTPServer

from sitegen import contract
from sitegen.preview.inbox import Inbox
from sitegen.preview.post import PostOffice
from sitegen.preview.screens import Screens
from sitegen.preview.stage import Stage
from sitegen.preview.watch import Watcher
from sitegen.preview.web import BODY_LIMIT, INBOX, Live, Preview, application
from sitegen.preview.words import say
from sitegen.workshop.links import HOME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from sitegen.staging import Staged
    from sitegen.workshop import Workshop

HOST = "127.0.0.1"
"""Never anything else: drafts and letters are nobody's business."""


def serve(
    root: Path,
    build: Callable[[Collection[str]], Staged],
    workshop: Workshop,
    *,
    port: int,
    lang: str,
    log: Callable[[str], None],
    environment: Mapping[str, str],
) -> int:
    """Preview the site under `root` until Ctrl+C or SIGTERM; `build` makes it anew and is told what has changed,
    `workshop` changes what it is made of. Port 0 takes any free one.

    `lang` is the owner's. `environment` may hold the inquiry function's settings. One preview a process, in its main
    thread. Returns the exit status: 1 when the port or the settings cannot be used, told through `log`.
    """
    try:
        listening = socket.create_server((HOST, port))
        listening.setblocking(False)
    except (OSError, OverflowError) as error:
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        log(say("port-taken" if taken else "port-refused", lang, port=port, other=port + 1 if taken else 8080))
        return 1
    try:
        with listening:
            asyncio.run(_serve(root, build, workshop, listening, lang=lang, log=log, environment=environment))
    except SettingsError as error:
        log(str(error))
        return 1
    log(say("stopped", lang))
    return 0


async def _serve(
    root: Path,
    build: Callable[[Collection[str]], Staged],
    workshop: Workshop,
    listening: socket.socket,
    *,
    lang: str,
    log: Callable[[str], None],
    environment: Mapping[str, str],
) -> None:
    loop, address = asyncio.get_running_loop(), f"http://{HOST}:{listening.getsockname()[1]}"
    screens = Screens(lang)
    inbox = Inbox(lambda: loop.call_soon_threadsafe(Live.reload_waiters))
    post = PostOffice(address, environment, inbox, lang=lang, log=log)
    form = "/"

    def made(changed: Collection[str]) -> Staged:
        nonlocal form
        built = build(changed)
        post.renew(built.catalog.settings)
        workshop.refresh(built)
        form = built.address(built.catalog.page("contact").id, lang)
        return built

    async def announce() -> None:
        await watcher.built.wait()
        places = {"site": f"{address}/", "workshop": address + HOME, "inbox": address + INBOX}
        log(say("started", lang, **places, mail=post.told))

    stage = Stage(made, screens, log=log)
    watcher = Watcher(root, stage.build, stage.show, stage.finish, also=[contract.style_path().parent])
    server = HTTPServer(
        application(Preview(stage, inbox, post, screens, watcher.built.wait, lambda: form, workshop)),
        max_body_size=BODY_LIMIT,
    )  # fmt: skip
    server.add_socket(listening)
    log(say("building", lang))
    Live.begin(watcher)
    announced = asyncio.create_task(announce())
    await _told_to_stop(loop)
    announced.cancel()
    server.stop()
    workshop.close()
    await watcher.stop()
    await server.close_all_connections()


async def _told_to_stop(loop: asyncio.AbstractEventLoop) -> None:
    """Return on Ctrl+C or SIGTERM. A second one ends the program at once."""
    stop = asyncio.Event()
    signals = (signal.SIGINT, signal.SIGTERM)
    former = [signal.signal(each, lambda *_: loop.call_soon_threadsafe(stop.set)) for each in signals]
    while not stop.is_set():
        # Waking up now and then lets Windows notice Ctrl+C; elsewhere the signal itself wakes the loop.
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 1)
    for each, handler in zip(signals, former, strict=True):
        signal.signal(each, handler)
