"""The doctor reads the function's settings: missing, wrong, left as samples, or not true to the shop."""

from __future__ import annotations

import pytest

from sitegen.doctor.settings import check_settings, read_environment
from sitegen.doctor.words import tell

SITE = "https://milu.internal"
GOOD = {
    "INQUIRY_TO": "chao@milu.internal",
    "INQUIRY_FROM": "web@milu.internal",
    "INQUIRY_SMTP": "smtps://web%40milu.internal:app-word@mail.provider.internal:465",
    "INQUIRY_SITE": SITE,
    "INQUIRY_SECRET": "pX3-v0wqk9ZbT7u_LrE2yHs8NcJd5GmA41fQ",
}


def codes(**changed: str) -> list[str]:
    environ = {name: value for name, value in {**GOOD, **changed}.items() if value}
    return [finding.code for finding in check_settings(environ, SITE)[1]]


def test_good_settings_are_told_so() -> None:
    assert codes() == ["settings-good"]


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_setting_is_named(name: str) -> None:
    settings, findings = check_settings({k: v for k, v in GOOD.items() if k != name}, SITE)
    assert settings is None
    assert [(finding.code, dict(finding.facts)["name"]) for finding in findings] == [("setting-missing", name)]


def test_every_missing_setting_is_named_at_once() -> None:
    assert [finding.code for finding in check_settings({}, SITE)[1]] == ["setting-missing"] * len(GOOD)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"INQUIRY_TO": "chao"}, "setting-wrong"),
        ({"INQUIRY_SMTP": "mail.provider.internal"}, "setting-wrong"),
        ({"INQUIRY_DEADLINE": "soon"}, "setting-wrong"),
        ({"INQUIRY_TO": "chao@miluxinh.example"}, "setting-sample"),
        ({"INQUIRY_SMTP": "smtps://u:p@mail.example.com"}, "setting-sample"),
        ({"INQUIRY_SECRET": "change me " * 4}, "settings-good"),  # not in the list, long enough: nobody can know
        ({"INQUIRY_SECRET": "changeme" * 5}, "secret-weak"),
        ({"INQUIRY_SECRET": "a" * 40}, "secret-weak"),
        ({"INQUIRY_SITE": "https://www.milu.internal"}, "site-differs"),
        ({"INQUIRY_FROM": "milu@gmail.com"}, "from-free"),
        ({"INQUIRY_FROM": "web@other.internal"}, "from-elsewhere"),
        ({"INQUIRY_SMTP": "smtps://me%40agency.internal:p@mail.provider.internal"}, "from-not-login"),
    ],
)
def test_a_setting_that_cannot_be_right_is_noticed(changed: dict[str, str], code: str) -> None:
    assert code in codes(**changed)


def test_no_secret_is_ever_repeated() -> None:
    weak, broken = {"INQUIRY_SECRET": "changeme" * 5}, {"INQUIRY_SMTP": "smtps://web:hush@bad host"}
    for changed in (weak, broken, {"INQUIRY_TO": "x"}):
        _, findings = check_settings({**GOOD, **changed}, SITE)
        told = "".join(tell(finding, lang) for finding in findings for lang in ("vi", "en"))
        assert findings
        assert not any(word in told for word in ("changeme", "hush", "app-word"))


def test_settings_are_read_as_hosts_write_them() -> None:
    text = (
        "# the mailbox\nINQUIRY_TO=chao@milu.internal\n\n"
        "export INQUIRY_SECRET='a=b # c'\nINQUIRY_SHOP_NAME=\"Milu Xinh\"\nodd\n"
    )
    assert read_environment(text) == {
        "INQUIRY_TO": "chao@milu.internal", "INQUIRY_SECRET": "a=b # c", "INQUIRY_SHOP_NAME": "Milu Xinh",
    }  # fmt: skip
