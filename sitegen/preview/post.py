"""The inquiry function for the preview: with nothing configured its letters go to the inbox, with INQUIRY_SMTP set they
are really sent."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from inquiry.service import Service
from inquiry.settings import Settings, SettingsError, from_environment
from inquiry.wsgi_app import app_of

from sitegen import contract
from sitegen.preview.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from inquiry.contact import Contact
    from inquiry.exchange import Reply, Request

    from sitegen import model
    from sitegen.preview.inbox import Inbox

SAMPLE = "tiem@miluxinh.example"
"""Stands in until the first build has read the shop's own address."""


TOLD = frozenset({"accepted", "check", "puzzle", "invalid", "unavailable", "not_sent", "unknown", "fault"})
"""Outcomes with words of their own; the others are requests that the shop's form does not make."""


class PostOffice:
    """A WSGI app that follows site.yaml. Raises `SettingsError` when the environment's settings are wrong."""

    def __init__(
        self, address: str, environment: Mapping[str, str], inbox: Inbox, *, lang: str, log: Callable[[str], None]
    ) -> None:
        # Whatever the live site's address is: these forms come from here.
        self._given = {k: v for k, v in environment.items() if k.startswith("INQUIRY_") and v.strip()}
        self._given["INQUIRY_SITE"] = address
        self._secret, self._inbox, self._lang, self._log = secrets.token_hex(32), inbox, lang, log
        self.sends = "INQUIRY_SMTP" in self._given
        """Whether letters really leave this machine."""
        self._facts: Contact | None = None
        self._use(self._settings(None))

    def renew(self, shop: model.Settings) -> None:
        """Take over the shop's facts, if they changed."""
        facts = contract.shop_contact(shop)
        if facts == self._facts:
            return
        self._facts = facts
        try:
            self._use(self._settings(facts))
        except SettingsError as error:
            self._log(f"{say('mail-wrong', self._lang)}\n{error}")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer an inquiry."""
        return self._app(environ, start_response)

    @property
    def told(self) -> str:
        """Where letters go, in the owner's words."""
        if not self.sends:
            return say("mail-kept", self._lang)
        return say("mail-sent", self._lang, to=self.to, server=self._servers)

    @property
    def to(self) -> str:
        """The shop's mailbox."""
        return self._now.to

    @property
    def _servers(self) -> str:
        return ", ".join(f"{server.host}:{server.port}" for server in self._now.servers)

    def _settings(self, facts: Contact | None) -> Settings:
        """The environment's settings, and sensible ones for all that it leaves open."""
        mailbox = facts.email if facts else SAMPLE
        named = {
            "INQUIRY_SHOP_NAME": facts.name, "INQUIRY_SHOP_PHONE": facts.phone,
            "INQUIRY_SHOP_ZALO": facts.zalo, "INQUIRY_SHOP_EMAIL": facts.email,
        } if facts else {}  # fmt: skip
        assumed = {
            "INQUIRY_TO": mailbox, "INQUIRY_FROM": mailbox, "INQUIRY_SECRET": self._secret,
            "INQUIRY_SMTP": "smtp://127.0.0.1:25",  # never spoken to: the inbox takes the letters
        }  # fmt: skip
        return from_environment({**assumed, **named, **self._given})

    def _use(self, settings: Settings) -> None:
        self._now = settings
        # The function's own line of log is for hosts, in English.
        service = Service(settings, send=None if self.sends else self._inbox.send, log=lambda _line: None)

        def telling(request: Request) -> Reply:
            reply = service(request)
            if told := became(reply, self._lang):
                self._log(f"{time.strftime('%H:%M:%S')}  {told}")
            return reply

        self._app: WSGIApplication = app_of(telling)


def became(reply: Reply, lang: str) -> str:
    """What became of a request, in the owner's words; "" when it only asked whether mail can be sent, and it can.
    Nothing that was typed is in it."""
    outcome, _, stage = reply.outcome.partition(":")
    if outcome == "available":
        return ""
    key = f"inquiry-{outcome}" if outcome in TOLD else "inquiry-refused"
    return say(key, lang, reference=reply.reference, stage=stage or outcome)
