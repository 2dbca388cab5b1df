"""The owner's settings: right, or refused with every mistake named and no value repeated."""

from collections.abc import Mapping

import pytest
from inquiry.settings import Server, SettingsError, from_environment

GOOD: Mapping[str, str] = {
    "INQUIRY_TO": "chao@shop.test",
    "INQUIRY_FROM": "web@shop.test",
    "INQUIRY_SMTP": "smtp://web%40shop.test:p%2Fss@mail.shop.test smtps://backup.shop.test:4650",
    "INQUIRY_SITE": "https://shop.test/",
    "INQUIRY_SECRET": "0123456789abcdef0123456789abcdef",
}


def test_five_settings_are_enough() -> None:
    settings = from_environment(GOOD)
    assert settings.servers == (
        Server("mail.shop.test", 587, False, "web@shop.test", "p/ss"),
        Server("backup.shop.test", 4650, True),
    )
    assert (settings.site, settings.origin) == ("https://shop.test", "https://shop.test")
    assert (settings.deadline, settings.challenge, settings.receipt) == (8.0, "suspicious", False)


def test_an_empty_environment_names_all_five_in_both_languages() -> None:
    with pytest.raises(SettingsError) as error:
        from_environment({})
    assert [name for name, _, _ in error.value.faults] == list(GOOD)
    assert "Thiếu hoặc sai cài đặt / settings missing or wrong" in str(error.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INQUIRY_TO", "a@x.vn, b@y.vn"),
        ("INQUIRY_TO", "Shop <a@x.vn>"),
        ("INQUIRY_FROM", "web"),
        ("INQUIRY_FROM", "web@shop.test\r\nBcc: secretive@x.vn"),
        ("INQUIRY_SMTP", "mail.shop.test:587"),
        ("INQUIRY_SMTP", "smtp://mail.shop.test:secretive"),
        ("INQUIRY_SMTP", "smtp://secretive@mail.shop.test"),
        ("INQUIRY_SMTP", "smtp://good.test http://secretive.test"),
        ("INQUIRY_SITE", "http://shop.test"),
        ("INQUIRY_SITE", "https://user:secretive@shop.test"),
        ("INQUIRY_SECRET", "secretive"),
        ("INQUIRY_DEADLINE", "nan"),
        ("INQUIRY_DEADLINE", "61"),
        ("INQUIRY_CHALLENGE", "secretive"),
        ("INQUIRY_RECEIPT", "yes"),
        ("INQUIRY_SHOP_NAME", "=?utf-8?q?secretive?="),
        ("INQUIRY_SHOP_PHONE", "call me"),
        ("INQUIRY_SHOP_ZALO", "javascript:secretive"),
        ("INQUIRY_SHOP_EMAIL", "secretive"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as error:
        from_environment({**GOOD, name: value})
    assert [fault[0] for fault in error.value.faults] == [name]
    assert "secretive" not in str(error.value)


def test_a_preview_on_this_machine_needs_no_https() -> None:
    settings = from_environment(
        {**GOOD, "INQUIRY_SITE": "http://127.0.0.1:8000", "INQUIRY_SMTP": "smtp://localhost:2525"}
    )
    assert settings.origin == "http://127.0.0.1:8000"
    assert settings.servers[0].loopback


def test_passwords_and_secrets_do_not_show_when_settings_are_printed() -> None:
    shown = repr(from_environment(GOOD)) + repr(from_environment(GOOD).servers)
    assert "p/ss" not in shown
    assert GOOD["INQUIRY_SECRET"] not in shown
