"""The preview's own pages: mistakes, faults, refusals, the inbox. Pure; none is ever part of the site."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sitegen import owner
from sitegen.preview.site import HTML, Answer
from sitegen.preview.words import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sitegen.errors import Problem
    from sitegen.preview.inbox import Opened

HERE = Path(__file__).parent
_POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "frame-src 'self'; img-src 'self'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Of every page and file that is the preview's own."""

# The letter's frame: no scripts and nothing fetched, whatever the letter holds. `allow-same-origin` only lets the page
# around it read its height; links open beside the preview.
SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-top-navigation-to-custom-protocols"
FRAME_HEADERS: Mapping[str, str] = {
    **HEADERS,
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; img-src data:; "
        f"style-src 'unsafe-inline'; sandbox {SANDBOX}"
    ),
}


class Screens:
    """Draws in the owner's language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "pages"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip

    def mistakes(self, problems: Collection[Problem]) -> Answer:
        """Every mistake of the owner's: file, line, the line itself, what is wrong and what to do; the other language
        folded below."""
        languages = sorted(owner.LANGUAGES, key=lambda lang: lang != self.lang)
        told = {lang: [(p, *owner.wording(p, lang)) for p in sorted(set(problems))] for lang in languages}
        return self._draw("mistakes.html", 500, told=told)

    def crash(self, trace: str) -> Answer:
        """A fault of the program, in plain words; the trace is for its maintainer."""
        return self._draw("crash.html", 500, trace=trace)

    def refusal(self, status: int, key: str) -> Answer:
        """A short page: `key` names its title, `key-text` its words."""
        return self._draw("refusal.html", status, key=key)

    def inbox(self, letters: Iterable[tuple[Opened, bool]], *, form: str, sent_to: str | None) -> Answer:
        """The list. `form` is the address of the form; `sent_to` the mailbox that letters really go to, if they do."""
        return self._draw("inbox.html", 200, letters=list(letters), form=form, sent_to=sent_to)

    def letter(self, letter: Opened, tab: str) -> Answer:
        """One letter. `tab` is `mail`, `text` or `source`."""
        return self._draw("letter.html", 200, letter=letter, tab=tab, sandbox=SANDBOX)

    def _draw(self, name: str, status: int, **view: object) -> Answer:
        def words(key: str, lang: str = self.lang, **facts: object) -> str:
            return say(key, lang, **facts)

        html = self._environment.get_template(name).render(say=words, lang=self.lang, **view)
        return Answer(status, {**HEADERS, "Content-Type": HTML}, html.encode("utf-8"))
