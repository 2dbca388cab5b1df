"""A decision → the reply that says it, as JSON for the script or as a page in the visitor's language. Pure."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path

from inquiry import form, page, words
from inquiry.exchange import Reply
from inquiry.form import Fault
from inquiry.page import PolicyLink, PuppyChoice
from inquiry.settings import Settings

STATUSES = {
    "accepted": 200,
    "available": 200,
    "unavailable": 200,
    "unreadable": 400,
    "foreign": 403,
    "method": 405,
    "too_large": 413,
    "media_type": 415,
    "invalid": 422,
    "check": 428,
    "puzzle": 428,
    "fault": 500,
    "not_sent": 503,
    "unknown": 504,
}
ALLOWED = "GET, HEAD, POST"
RETRY_AFTER = "60"  # seconds
_FORM_SHOWN = ("invalid", "check", "not_sent", "unknown")
_WAYS_FIRST = ("not_sent", "unknown", "unavailable", "fault")


@dataclass(frozen=True)
class Answer:
    """What to say. `code` is a key of STATUSES, `values` are shown again, `token` belongs to the "check and send" page,
    `puzzle` to the script; `stage` goes to the log alone."""

    code: str
    language: str
    reference: str = ""
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    faults: Sequence[Fault] = ()
    token: str = ""
    puzzle: Mapping[str, object] = field(default_factory=dict)
    stage: str = ""


def reply(answer: Answer, settings: Settings, *, as_json: bool) -> Reply:
    """Return `answer` as JSON or as a page; the codes are the same."""
    headers = [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
    if answer.code == "method":
        headers.append(("Allow", ALLOWED))
    if answer.code == "not_sent":
        headers.append(("Retry-After", RETRY_AFTER))
    status = STATUSES[answer.code]
    if as_json:
        headers.append(("Content-Type", "application/json"))
        body = _json(answer)
    elif answer.code == "accepted":
        status = 303
        thanks = f"{settings.prefix}{form.THANKS[answer.language]}?{form.REFERENCE_PARAMETER}={answer.reference}"
        headers += [("Location", thanks), ("Content-Type", "text/plain; charset=utf-8")]
        body = b""
    else:
        headers += [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Language", answer.language),
            ("X-Robots-Tag", "noindex"),
            # same-origin, because without a referrer browsers send `Origin: null` with the next attempt.
            ("Referrer-Policy", "same-origin"),
            ("Content-Security-Policy", _policy()),
            ("X-Frame-Options", "DENY"),
        ]
        body = _document(answer, settings)
    outcome = f"{answer.code}:{answer.stage}" if answer.stage else answer.code
    return Reply(status, tuple(headers), body, outcome, answer.reference)


def _json(answer: Answer) -> bytes:
    text = words.MESSAGES[answer.language][answer.code].format(reference=answer.reference)
    if answer.code in ("available", "unavailable"):
        told: dict[str, object] = {"available": answer.code == "available", "message": text}
    elif answer.code == "accepted":
        told = {"accepted": True, "reference": answer.reference, "message": text}
    else:
        told = {
            "accepted": False,
            "code": answer.code,
            "title": words.TITLES[answer.language][answer.code],
            "message": text,
        }
    if answer.faults:
        told["errors"] = [
            {"field": fault.field, "code": fault.code, "message": page.message(answer.language, fault)}
            for fault in answer.faults
        ]
    if answer.puzzle:
        told["puzzle"] = dict(answer.puzzle)
    return json.dumps(told, ensure_ascii=False).encode("utf-8")


def _document(answer: Answer, settings: Settings) -> bytes:
    """Return a whole page that needs nothing but itself: no script, no file, no other server."""
    lang, site, shop = answer.language, settings.prefix, escape(settings.shop.name)
    title = escape(words.TITLES[lang][answer.code])
    notice = escape(words.MESSAGES[lang][answer.code].format(reference=answer.reference))
    ways = page.reach_html(lang, settings.shop, page.recap(lang, answer.values))
    shown = _form(answer, site) if answer.code in _FORM_SHOWN else ""
    content = ways + shown if answer.code in _WAYS_FIRST else shown + ways
    home = f"{escape(site)}/" if lang == form.LANGUAGES[0] else f"{escape(site)}/{lang}/"
    return f"""<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title} – {shop}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>{style()}</style>
</head>
<body class="inquiry-page">
<main class="inquiry-page__main">
<h1>{title}</h1>
<p class="inquiry__notice" role="status">{notice}</p>
{content}
<p><a class="inquiry__home" href="{home}">{escape(words.FORM[lang]["home"])}</a></p>
</main>
</body>
</html>
""".encode()


def _form(answer: Answer, site: str) -> str:
    """Return the form with everything that was typed still in it."""
    values, puppy = answer.values, answer.values.get("puppy", "")
    return page.form_html(
        answer.language,
        policy=PolicyLink(values.get("policy", ""), site + form.POLICY[answer.language]),
        values=values,
        faults=answer.faults,
        puppies=[PuppyChoice(puppy, puppy.rpartition(" | ")[0] or puppy)] if puppy else (),
        checked=answer.token,
    )


@cache
def style() -> str:
    """Return the form's style sheet, which the site takes into its own."""
    return Path(__file__).with_name("form.css").read_text(encoding="utf-8")


@cache
def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
