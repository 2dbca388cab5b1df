"""What stands around every page: the site's own words and links (`Site`), and each page's head (`Head`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup, escape

from sitegen import structured
from sitegen.contract import shown
from sitegen.model import Alternate, Page
from sitegen.permalinks import text_of
from sitegen.prose import finish
from sitegen.views import Column, Contact, Head, Link, Share, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.model import Body, Catalog, Entry, Settings, Text
    from sitegen.permalinks import Permalinks
    from sitegen.phrases import Phrases

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
"""Each language by its own name, as a visitor who reads only that one looks for it."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Frame:
    """One language's tools for making pages: the catalog, the addresses, the words. `picture` gives the HTML of a photo
    in a text, `html` that of a text, wherever it is kept."""

    catalog: Catalog
    links: Permalinks
    say: Phrases
    site: Site
    facts: Mapping[str, Markup]
    picture: Callable[[str, str], str]
    html: Callable[[Body], str]

    @property
    def lang(self) -> str:
        """The language of the pages."""
        return self.say.lang

    @property
    def settings(self) -> Settings:
        """site.yaml."""
        return self.catalog.settings

    def text(self, entry: Entry) -> Text:
        """The entry's words in this language, or the original's."""
        return text_of(entry, self.lang, self.settings.default_language)

    def url(self, entry: Entry) -> str:
        """The entry's address in this language."""
        return self.links.urls[entry.id][self.lang]

    def foreign(self, entry: Entry) -> str | None:
        """The language of the entry's words when it is not this one."""
        lang = self.text(entry).lang
        return None if lang == self.lang else lang

    def indexed(self, entry: Entry) -> bool:
        """Whether search engines may list the page at all: not what one sees after a mistake or an inquiry."""
        return not (isinstance(entry, Page) and entry.layout in ("not-found", "thank-you"))

    def listed(self, entry: Entry) -> bool:
        """Whether they are told of it: not of one that stands in for a missing translation either."""
        return self.indexed(entry) and self.foreign(entry) is None

    def body(self, entry: Entry) -> Markup:
        """The entry's words, ready for the page."""
        text = self.text(entry)
        folder = text.path.rpartition("/")[0]
        return finish(
            self.html(text.body),
            lambda id_: self.links.urls[id_][self.lang],
            self.facts,
            lambda name, alt: self.picture(f"{folder}/{name}", alt),
            self.say("table.label"),
        )

    def link(self, entry: Entry, nav: bool = False) -> Link:
        """A link to the entry, by its title or its shorter menu name."""
        text = self.text(entry)
        return Link(self.url(entry), text.nav if nav else text.title, self.foreign(entry))

    def head(
        self, entry: Entry, share: Share, *, title: str = "", crumbs: tuple[Link, ...] = (), section: str = "",
        data: tuple[structured.Data, ...] = (), kind: str = "",
    ) -> Head:  # fmt: skip
        """The head of the entry's page. A stand-in for a missing translation points search engines at the original."""
        text = self.text(entry)
        site = self.settings
        url = self.url(entry)
        other = next((lang for lang in site.languages if lang != self.lang), self.lang)
        stand_in = text.lang != self.lang
        canonical = self.links.urls[entry.id][text.lang]
        alternates = () if stand_in else self.links.alternates(entry, site.default_language)
        indexed = self.indexed(entry)
        home = isinstance(entry, Page) and entry.layout == "home"
        trail = () if home else (self.site.home, *crumbs)
        here = Link(url, text.title, self.foreign(entry))
        blocks = data if home or not indexed else (structured.breadcrumbs((*trail, here), site.base_url), *data)
        return Head(
            url=url,
            canonical=absolute(site, canonical),
            title=title
            or (f"{site.shop.name} – {site.shop.tagline[self.lang]}" if home else f"{text.title} – {site.shop.name}"),
            heading=text.title,
            description=site.shop.description[self.lang] if home else text.summary,
            alternates=tuple(Alternate(a.lang, absolute(site, a.url)) for a in alternates),
            switch=Link(self.links.urls[entry.id][other], LANGUAGE_NAMES[other], other),
            crumbs=trail,
            section=section or (crumbs[0].url if crumbs else url),
            share=share,
            json_ld=structured.script(blocks),
            indexed=indexed,
            body_lang=text.lang,
            stand_in=stand_in,
            kind=kind or (entry.layout if isinstance(entry, Page) else type(entry).__name__.lower()),
        )


def absolute(site: Settings, url: str) -> str:
    """An address with the site's origin."""
    return site.base_url + _quoted(url)


@lru_cache(maxsize=65536)
def _quoted(url: str) -> str:
    return quote(url, safe="/#?=&%:~")


def _zalo_named(zalo: str) -> str:
    """`Zalo 0912 345 678`, or `Zalo` and the account's name: reads well in a sentence, and can be compared."""
    number = "+" + zalo.lstrip("+")
    return f"Zalo {shown(number) if number[1:].isdigit() else zalo}"


def contact(site: Settings, say: Phrases) -> Contact:
    """The shop's ways to be reached."""
    shop = site.shop
    return Contact(
        phone=Link(f"tel:{shop.phone}", shown(shop.phone)),
        zalo=Link(f"https://zalo.me/{shop.zalo.lstrip('+')}", say("zalo")) if shop.zalo else None,
        messenger=Link(f"https://m.me/{shop.messenger}", say("messenger")) if shop.messenger else None,
        email=Link(f"mailto:{shop.email}", shop.email),
        address=shop.address[say.lang],
        hours=tuple(say("hours.line", days=_days(h.days, say), opens=h.opens, closes=h.closes) for h in shop.hours),
    )


def _days(days: tuple[str, ...], say: Phrases) -> str:
    """`Thứ Hai – Thứ Bảy` when the days follow one another, otherwise each by name."""
    numbers = [DAYS.index(day) for day in days]
    if len(days) > 2 and numbers == list(range(numbers[0], numbers[0] + len(days))):
        return say("hours.to", first=say(f"day.{days[0]}"), last=say(f"day.{days[-1]}"))
    return ", ".join(say(f"day.{day}") for day in days)


def site_view(catalog: Catalog, links: Permalinks, say: Phrases, assets: Mapping[str, str], wordmark: Markup) -> Site:
    """What all pages of the language share."""
    site = catalog.settings
    lang, default = say.lang, site.default_language
    everything: tuple[Entry, ...] = (*catalog.pages, *catalog.breeds, *catalog.posts, *catalog.puppies)
    entries = {entry.id: entry for entry in everything}

    def link(id_: str) -> Link:
        text = text_of(entries[id_], lang, default)
        return Link(links.urls[id_][lang], text.nav, None if text.lang == lang else text.lang)

    home = links.urls[catalog.page("home").id][lang]
    return Site(
        lang=lang,
        name=site.shop.name,
        tagline=site.shop.tagline[lang],
        home=Link(home, say("crumb.home")),
        menu=tuple(link(id_) for id_ in site.main_menu if id_ in entries),
        footer=tuple(
            Column(column.title[lang], tuple(link(id_) for id_ in column.pages if id_ in entries))
            for column in site.footer_menu
        ),
        contact=contact(site, say),
        inquire=link(catalog.page("contact").id),
        privacy=link(catalog.page("policy").id),
        feed=f"{home}feed.xml",
        legal=(
            site.legal.name,
            say("legal.registration", number=site.legal.registration),
            site.legal.address[lang],
            say("legal.responsible", name=site.legal.responsible),
        ),
        sample=site.sample,
        assets=assets,
        wordmark=wordmark,
    )


def facts(catalog: Catalog, say: Phrases, reach: Contact) -> dict[str, Markup]:
    """The shop's facts as they stand in texts, by their name in braces."""
    site = catalog.settings
    policy = catalog.page("policy")

    def anchor(link: Link | None) -> Markup:
        return Markup('<a href="{}">{}</a>').format(link.url, link.text) if link else Markup("")

    return {
        "shop.name": escape(site.shop.name),
        "shop.phone": anchor(reach.phone),
        "shop.email": anchor(reach.email),
        "shop.zalo": anchor(reach.zalo and reach.zalo._replace(text=_zalo_named(site.shop.zalo or ""))),
        "shop.messenger": anchor(reach.messenger and reach.messenger._replace(text=f"m.me/{site.shop.messenger}")),
        "shop.address": escape(reach.address),
        "shop.hours": escape("; ".join(reach.hours)),
        "legal.name": escape(site.legal.name),
        "legal.phone": anchor(Link(f"tel:{site.legal.phone}", shown(site.legal.phone))),
        "legal.email": anchor(Link(f"mailto:{site.legal.email}", site.legal.email)),
        "legal.registration": escape(site.legal.registration),
        "legal.address": escape(site.legal.address[say.lang]),
        "legal.responsible": escape(site.legal.responsible),
        "bank.name": escape(site.bank.name),
        "bank.holder": escape(site.bank.holder),
        "bank.number": escape(site.bank.number),
        "policy.version": escape(catalog.policy_version),
        "policy.effective": escape(say.full_date(policy.effective) if policy.effective else ""),
    }
