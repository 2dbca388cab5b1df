"""site.yaml, read → the shop's settings, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import schema
from sitegen.model import Bank, FooterColumn, Hours, Legal, Publication, Settings, Shop

if TYPE_CHECKING:
    from sitegen.kinds import Values


def settings(values: Values) -> Settings:
    """The typed site.yaml."""
    shop, legal, bank, menus = (values.need(f) for f in (schema.SHOP, schema.LEGAL, schema.BANK, schema.MENUS))
    languages = values.need(schema.SITE_LANGUAGES)
    return Settings(
        sample=values.need(schema.SITE_SAMPLE),
        base_url=values.need(schema.SITE_BASE_URL),
        owner_language=values.need(schema.SITE_OWNER),
        languages=tuple(dict.fromkeys(languages)),
        shop=Shop(
            name=shop.need(schema.NAME),
            tagline=shop.need(schema.TAGLINE),
            description=shop.need(schema.DESCRIPTION),
            phone=shop.need(schema.PHONE),
            zalo=shop.get(schema.ZALO),
            messenger=shop.get(schema.MESSENGER),
            email=shop.need(schema.EMAIL),
            address=shop.need(schema.ADDRESS),
            hours=tuple(
                Hours(h.need(schema.DAYS), h.need(schema.OPENS), h.need(schema.CLOSES)) for h in shop.need(schema.HOURS)
            ),
        ),
        legal=Legal(
            name=legal.need(schema.NAME),
            registration=legal.need(schema.REGISTRATION),
            address=legal.need(schema.ADDRESS),
            phone=legal.need(schema.PHONE),
            email=legal.need(schema.EMAIL),
            responsible=legal.need(schema.RESPONSIBLE),
        ),
        bank=Bank(bank.need(schema.NAME), bank.need(schema.HOLDER), bank.need(schema.ACCOUNT)),
        main_menu=menus.need(schema.MAIN_MENU),
        footer_menu=tuple(
            FooterColumn(c.need(schema.MENU_TITLE), c.need(schema.MENU_PAGES)) for c in menus.need(schema.FOOTER_MENU)
        ),
        action=values.need(schema.INQUIRY).need(schema.ACTION),
        publish=_publication(values.get(schema.PUBLISH)),
    )


def _publication(values: Values | None) -> Publication | None:
    if values is None:
        return None
    return Publication(values.need(schema.HOST), values.need(schema.TARGET), values.get(schema.FUNCTION) or "")
