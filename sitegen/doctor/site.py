"""Does the shop on the internet answer as its table says, and does its form work? Reads only; nothing is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from sitegen.doctor.finding import Finding, found
from sitegen.headers import headers_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sitegen.doctor.world import Fetched, Page, World
    from sitegen.headers import HostTable
    from sitegen.model import Output

LOST = "khong-co-trang-nay-2f9c/"
"""An address that no shop has."""
SOON = 14 * 86_400
"""Seconds before its end from which a certificate is worth a warning: renewals run 30 days before."""


@dataclass(frozen=True, slots=True)
class Deployed:
    """What should be out there. `homes`: language → address; `samples`: one address for each kind of file; `form`: a
    page with the form, whose target is `action`."""

    base_url: str
    homes: Mapping[str, str]
    samples: tuple[str, ...]
    form: str
    action: str
    table: HostTable


def deployed(
    outputs: Iterable[Output], table: HostTable, *, base_url: str, languages: Sequence[str], action: str
) -> Deployed:
    """What to look at, chosen from a build: one file of every kind that the table tells apart."""
    homes = {lang: "/" if n == 0 else f"/{lang}/" for n, lang in enumerate(languages)}
    samples: dict[str, str] = {}
    form = ""
    for output in outputs:
        address = "/" + output.path.removesuffix("index.html")
        rule = max((r.pattern for r in table.rules if address.startswith(r.pattern[:-1])), key=len)
        samples.setdefault(rule, address)
        if not form and output.path.endswith(".html") and b'class="inquiry"' in _bytes(output):
            form = address
    return Deployed(base_url, homes, tuple(samples.values()), form, action, table)


def _bytes(output: Output) -> bytes:
    return output.content.read_bytes() if isinstance(output.content, Path) else output.content


def check_site(site: Deployed, world: World) -> list[Finding]:
    """Everything that can be seen from outside. Stops after the first question if nobody is at home."""
    home = world.fetch(f"{site.base_url}/")
    if home.page is None:
        return [found(f"site-{home.trouble}", url=f"{site.base_url}/")]
    findings = [*_certificate(home, site, world), *_plain(site, world)]
    findings += _headers(site, world)
    findings += _lost(site, world)
    findings += _old(site, world)
    findings += _languages(site, world)
    return findings + _form(site, world) + _function(site, world)


def _certificate(home: Fetched, site: Deployed, world: World) -> list[Finding]:
    days = int((home.expires - world.clock()) // 86_400)
    if not home.expires:
        return [found("site-no-tls", url=site.base_url)]
    return [found("cert-soon" if days * 86_400 < SOON else "cert-good", days=days)]


def _plain(site: Deployed, world: World) -> list[Finding]:
    """Who types the name without https:// must be led there; a closed port 80 is safe too."""
    parts = urlsplit(site.base_url)
    if parts.port:
        return []
    answer = world.fetch(f"http://{parts.netloc}/").page
    if answer is None or (300 <= answer.status < 400 and answer.headers.get("location", "").startswith("https://")):
        return []
    return [found("plain-http", url=f"http://{parts.netloc}/")]


def _headers(site: Deployed, world: World) -> list[Finding]:
    findings = []
    addresses = dict.fromkeys((*site.homes.values(), *site.samples, site.form))
    for address in filter(None, addresses):
        page = world.fetch(site.base_url + address).page
        if page is None or page.status != 200:
            findings.append(found("page-gone", url=site.base_url + address, status=page.status if page else "–"))
        else:
            findings += _differences(page, address, site)
    return findings or [found("headers-good", count=len(addresses))]


def _differences(page: Page, address: str, site: Deployed) -> list[Finding]:
    url = site.base_url + address
    return [
        found("header-wrong" if name.lower() in page.headers else "header-missing",
              url=url, name=name, wanted=value, got=page.headers.get(name.lower(), ""))
        for name, value in headers_for(site.table, address).items()
        if page.headers.get(name.lower()) != value
    ]  # fmt: skip


def _lost(site: Deployed, world: World) -> list[Finding]:
    """An address that does not exist says so, in the language of its part of the shop where the host can."""
    findings = []
    for lang, home in site.homes.items():
        page = world.fetch(site.base_url + home + LOST).page
        if page is None or page.status != 404:
            findings.append(found("lost-not-404", url=site.base_url + home + LOST, status=page.status if page else "–"))
        elif (said := _soup(page).html) is None or said.get("lang") != lang:
            findings.append(found("lost-language", url=site.base_url + home + LOST, lang=lang))
    return findings


def _old(site: Deployed, world: World) -> list[Finding]:
    findings = []
    for old, new in list(site.table.redirects.items())[:5]:
        page = world.fetch(site.base_url + old).page
        target = urljoin(site.base_url + old, page.headers.get("location", "")) if page else ""
        if page is None or page.status not in (301, 308) or urlsplit(target).path != new:
            findings.append(found("old-address", url=site.base_url + old, new=new))
    return findings


def _languages(site: Deployed, world: World) -> list[Finding]:
    """Search engines believe hreflang only when both pages name each other, and themselves."""
    findings = []
    named = {
        address: _alternates(world.fetch(site.base_url + address).page) for address in (*site.homes.values(), site.form)
    }
    for address, others in named.items():
        url = site.base_url + address
        missing = [lang for lang in site.homes if lang not in others]
        if missing or url not in others.values():
            findings.append(found("hreflang-missing", url=url, lang=", ".join(missing) or "self"))
        for lang, other in others.items():
            if lang == "x-default" or other == url:
                continue
            path = urlsplit(other).path
            back = named.get(path) if other == site.base_url + path else None
            if back is None:
                back = _alternates(world.fetch(other).page)
            if url not in back.values():
                findings.append(found("hreflang-one-way", url=url, other=other))
    return findings or [found("hreflang-good", count=len(named))]


def _alternates(page: Page | None) -> dict[str, str]:
    links = _soup(page).select("link[rel=alternate][hreflang][href]") if page else []
    return {str(link["hreflang"]): str(link["href"]) for link in links}


def _form(site: Deployed, world: World) -> list[Finding]:
    """The form on the deployed page leads to an address of this same site."""
    page = world.fetch(site.base_url + site.form).page
    form = _soup(page).select_one("form[method=post]") if page else None
    if form is None:
        return [found("form-missing", url=site.base_url + site.form)]
    target = urljoin(site.base_url + site.form, str(form.get("action", "")))
    if target != site.base_url + site.action:
        return [found("form-elsewhere", url=site.base_url + site.form, target=target)]
    return []


def _function(site: Deployed, world: World) -> list[Finding]:
    """The three answers that can be had without sending anything: it is ready (GET), it names every mistake (an empty
    form), it refuses another site's page."""
    url = site.base_url + site.action
    json_only = {"Accept": "application/json"}
    state = world.fetch(url, headers=json_only).page
    told = _json(state)
    if state is None or state.status != 200 or "available" not in told:
        return [found("function-silent", url=url, status=state.status if state else "–")]
    findings = [found("function-ready" if told["available"] else "function-no-mail", url=url)]
    if "no-store" not in state.headers.get("cache-control", ""):
        findings.append(found("function-kept", url=url))
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(site.base_url))
    form = {**json_only, "Content-Type": "application/json", "Origin": origin}
    empty = world.fetch(url, method="POST", body=b"{}", headers=form).page
    if empty is None or empty.status != 422 or not _json(empty).get("errors"):
        findings.append(found("function-lenient", url=url, status=empty.status if empty else "–"))
    strange = world.fetch(url, method="POST", body=b"{}", headers={**form, "Origin": "https://stranger.invalid"}).page
    if strange is None or strange.status != 403:
        findings.append(found("function-open", url=url, status=strange.status if strange else "–"))
    return findings


def _json(page: Page | None) -> dict[str, object]:
    try:
        value = json.loads(page.body) if page else {}
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _soup(page: Page) -> BeautifulSoup:
    return BeautifulSoup(page.body, "html.parser")
