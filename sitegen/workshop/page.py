"""A draft's page out of the site that was built for it, ready to stand in a frame beside the form. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from sitegen.headers import headers_for
from sitegen.render import output_path
from sitegen.workshop.entries import SITE, Entry
from sitegen.workshop.talk import HOME, SAFE, TYPES, Reply

if TYPE_CHECKING:
    from sitegen.model import Place
    from sitegen.workshop.built import Built

_PROOF = re.compile(rb"/pictures/([0-9a-f]{12}-\d+x\d+\.jpg)")
_DRAWING = re.compile(rb"(?<=[\"' ,(])/drawings/")
_BODY = re.compile(rb"<body[^>]*>")
_SCRIPT = re.compile(rb"<script\b.*?</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Draft:
    """A site made of a form that is not saved, and the entry that the form is of; `form` is where that is."""

    built: Built
    entry: Entry
    key: str
    form: str = ""

    def addresses(self) -> dict[str, Place]:
        """The entry's pages by language; of the settings, the home page."""
        default = self.built.catalog.settings.default_language
        paths = set(self.entry.files.values())
        found: dict[str, Place] = {}
        for route in self.built.routes:
            home = self.entry.kind == SITE and route.url in ("/", f"/{route.lang}/")
            if home or route.source in paths or (route.source == self.entry.files.get(default) and route.lang):
                found.setdefault(route.lang, route)
        return found


def page_of(draft: Draft, rest: str, *, say: Callable[[str], str] | None = None) -> Reply:
    """`vi/` → the Vietnamese page; `drawings/…` → a drawing that only this draft has. With `say` the page has a way
    back to the form, for when it does not stand beside it. Raises `KeyError`."""
    if rest.startswith("drawings/"):
        drawing = draft.built.file(rest)
        if drawing is None:
            raise KeyError(rest)
        return Reply(200, drawing.content, {**SAFE, "Content-Type": TYPES[".svg"]})
    route = draft.addresses()[rest.strip("/")]
    output = draft.built.file(output_path(route.url))
    if output is None:
        raise KeyError(rest)
    content = output.content if isinstance(output.content, bytes) else output.content.read_bytes()
    content = _PROOF.sub(rb"/_workshop/proof/\1", content)
    content = _DRAWING.sub(f"{HOME}draft/{draft.key}/drawings/".encode(), content)
    # The frame runs no scripts; leaving them out keeps the browser from saying so for each.
    content = _SCRIPT.sub(b"", content)
    if say:
        content = _BODY.sub(lambda body: body[0] + _way_back(draft, route.lang, say).encode(), content, count=1)
    headers = {**SAFE, "Content-Type": "text/html; charset=utf-8"}
    policy = headers_for(draft.built.table, route.url)["Content-Security-Policy"]
    headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    headers["X-Frame-Options"] = "SAMEORIGIN"
    return Reply(200, content, headers)


def _way_back(draft: Draft, here: str, say: Callable[[str], str]) -> str:
    links = [(f"{HOME}{draft.form}", f"← {say('back-to-form')}")]
    links += [(f"../{lang}/", say(f"preview-{lang}")) for lang in draft.addresses() if lang != here]
    buttons = (f'<a class="button" href="{to}">{escape(name)}</a>' for to, name in links)
    return f'<p class="wrap">{" ".join(buttons)}</p>'
