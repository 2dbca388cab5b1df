"""Requests and replies as values, and the pages that replies are made of."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sitegen.workshop.form import Posted
from sitegen.workshop.links import HOME as HOME
from sitegen.workshop.mistakes import input_id
from sitegen.workshop.words import say

if TYPE_CHECKING:
    from sitegen.workshop.guard import Caller

HERE = Path(__file__).parent
POLICY = "; ".join(
    (
        "default-src 'none'", "base-uri 'none'", "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
        "frame-src 'self'", "img-src 'self'", "script-src 'self'", "style-src 'self'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
    )
)  # fmt: skip
SAFE = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
TYPES = {
    ".avif": "image/avif", ".css": "text/css; charset=utf-8", ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml; charset=utf-8", ".webp": "image/webp",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """`path` is what follows `/_workshop/`; `files` are uploads as (file name, bytes)."""

    caller: Caller
    path: str
    query: Posted = field(default_factory=lambda: Posted(()))
    form: Posted = field(default_factory=lambda: Posted(()))
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """`content` is bytes, or the file that holds them."""

    status: int
    content: bytes | Path = field(repr=False)
    headers: dict[str, str]


def html(text: str, status: int = 200) -> Reply:
    """A page."""
    return Reply(status, text.encode(), {**SAFE, "Content-Type": "text/html; charset=utf-8"})


def data(value: object, status: int = 200) -> Reply:
    """JSON for the script."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return Reply(status, body, {**SAFE, "Content-Type": "application/json; charset=utf-8"})


def see(path: str) -> Reply:
    """Go on there (303: so that reloading the page that follows sends nothing again)."""
    return Reply(303, b"", {**SAFE, "Location": HOME + path})


def file(path: Path, *, kept: bool = False) -> Reply:
    """A file; `kept`: its name changes with its bytes."""
    headers = {**SAFE, "Content-Type": TYPES.get(path.suffix, "application/octet-stream")}
    if kept:
        headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return Reply(200, path, headers)


@dataclass(frozen=True)
class Stationery:
    """Fills in the templates, in the owner's language. `token` goes into every form."""

    lang: str
    token: str

    @cached_property
    def _engine(self) -> Environment:
        engine = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        engine.globals.update(input_id=input_id)
        engine.globals.update(say=lambda key, **facts: say(key, self.lang, **facts), lang=self.lang, token=self.token)
        return engine

    def page(self, template: str, status: int = 200, **view: Any) -> Reply:
        """A page of the workshop. `here` marks the part of the menu that it belongs to."""
        given = {"here": "", "done": None, **view}
        return html(self._engine.get_template(template).render(given), status)

    def refusal(self, status: int, key: str, hint: str, **facts: object) -> Reply:
        """A page that says no."""
        return self.page("refusal.html", status, title=say(key, self.lang, **facts), hint=say(hint, self.lang, **facts))
