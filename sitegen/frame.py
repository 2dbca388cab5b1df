"""What stands around every page: the site's own words and links (`Site`), and each page's head (`Head`)."""

from __future__ import annotations

import re
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


class Frame:
    """One language's tools for making pages: the catalog, the addresses, the words. `picture` gives the HTML of a photo
    in a text, `html` that of a text, wherever it is kept."""

    def __init__(
        self, catalog: Catalog, links: Permalinks, say: Phrases, site: Site, facts: Mapping[str, Markup],
        picture: Callable[[str, str], str], html: Callable[[Body], str],
    ) -> None:  # fmt: skip
        self.catalog, self.links, self.say, self.site, self.facts = catalog, links, say, site, facts
        self._picture, self._html = picture, html
        # Asked for a dozen times a page.
        self.settings = catalog.settings
        """site.yaml."""
        self.lang = say.lang
        """The language of the pages."""
        self._default = self.settings.default_language
        self._other = next((lang for lang in self.settings.languages if lang != self.lang), self.lang)

    def text(self, entry: Entry) -> Text:
        """The entry's words in this language, or the original's."""
        return text_of(entry, self.lang, self._default)

    def url(self, entry: Entry) -> str:
        """The entry's address in this language."""
        return self.links.urls[entry.id][self.lang]

    def foreign(self, text: Text) -> str | None:
        """The language of the words when it is not this one."""
        return None if text.lang == self.lang else text.lang

    def indexed(self, entry: Entry) -> bool:
        """Whether search engines may list the page at all: not what one sees after a mistake or an inquiry."""
        return not (isinstance(entry, Page) and entry.layout in ("not-found", "thank-you"))

    def listed(self, entry: Entry) -> bool:
        """Whether they are told of it: not of one that stands in for a missing translation either."""
        return self.indexed(entry) and self.foreign(self.text(entry)) is None

    def body(self, entry: Entry) -> Markup:
        """The entry's words, ready for the page."""
        text = self.text(entry)
        folder = text.path.rpartition("/")[0]
        return finish(
            self._html(text.body),
            lambda id_: self.links.urls[id_][self.lang],
            self.facts,
            lambda name, alt: self._picture(f"{folder}/{name}", alt),
            self.say("table.label"),
        )

    def link(self, entry: Entry, nav: bool = False) -> Link:
        """A link to the entry, by its title or its shorter menu name."""
        text = self.text(entry)
        return Link(self.url(entry), text.nav if nav else text.title, self.foreign(text))

    def head(
        self, entry: Entry, share: Share, *, title: str = "", crumbs: tuple[Link, ...] = (),
        data: tuple[structured.Data, ...] = (),
    ) -> Head:  # fmt: skip
        """The head of the entry's page. A stand-in for a missing translation points search engines at the original."""
        text, urls, site = self.text(entry), self.links.urls[entry.id], self.settings
        url, foreign = urls[self.lang], self.foreign(text)
        indexed = self.indexed(entry)
        home = isinstance(entry, Page) and entry.layout == "home"
        trail = () if home else (self.site.home, *crumbs)
        blocks = data
        if indexed and not home:
            blocks = (structured.breadcrumbs((*trail, Link(url, text.title, foreign)), site.base_url), *data)
        return Head(
            url=url,
            canonical=absolute(site, urls[text.lang]),
            title=title
            or (f"{site.shop.name} – {site.shop.tagline[self.lang]}" if home else f"{text.title} – {site.shop.name}"),
            heading=text.title,
            description=site.shop.description[self.lang] if home else text.summary,
            alternates=() if foreign else self._alternates(entry, urls),
            switch=Link(urls[self._other], LANGUAGE_NAMES[self._other], self._other),
            crumbs=trail,
            section=crumbs[0].url if crumbs else url,
            share=share,
            json_ld=structured.script(blocks),
            indexed=indexed,
            body_lang=text.lang,
            stand_in=foreign is not None,
            kind=entry.layout if isinstance(entry, Page) else type(entry).__name__.lower(),
        )

    def _alternates(self, entry: Entry, urls: Mapping[str, str]) -> tuple[Alternate, ...]:
        """The entry in every language that it is really written in, then `x-default`: the default language, for
        readers of any other. Empty when there is only one: nothing to choose."""
        found = [Alternate(lang, absolute(self.settings, url)) for lang, url in urls.items() if lang in entry.texts]
        if len(found) < 2:
            return ()
        return (*found, Alternate("x-default", absolute(self.settings, urls[self._default])))


def absolute(site: Settings, url: str) -> str:
    """An address with the site's origin."""
    return site.base_url + (url if _PLAIN(url) else quote(url, safe=_SAFE))


_SAFE = "/#?=&%:~"
_PLAIN = re.compile(rf"[\w.{_SAFE}-]*", re.A).fullmatch
"""What `quote` would leave as it is, which takes ten times longer to find out. Nearly all addresses are such."""


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
