"""What a visitor may write, and what the shop understands of it."""

import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inquiry import form, words
from inquiry.form import FIELDS, Fault, Inquiry, Kind, check, clean

from tests.functions.conftest import LAN


def accepted(**changes: object) -> Inquiry:
    found = check({**LAN, **changes})
    assert isinstance(found, Inquiry), found
    return found


def faults(answers: Mapping[str, object]) -> list[tuple[str, str]]:
    found = check(answers)
    assert not isinstance(found, Inquiry)
    return [(fault.field, fault.code) for fault in found]


def test_every_mistake_is_named_at_once_in_the_order_of_the_form() -> None:
    assert faults({"email": "lan@", "message": "x" * 4001, "language": "fr"}) == [
        ("name", "required"),
        ("phone", "required"),
        ("email", "malformed"),
        ("address", "required"),
        ("message", "too_long"),
        ("consent", "required"),
        ("language", "malformed"),
    ]


def test_the_four_details_and_the_consent_are_required_and_nothing_else() -> None:
    assert {field.name for field in FIELDS if field.required} == {"name", "email", "phone", "address", "consent"}
    needed = {name: LAN[name] for name in ("name", "email", "phone", "address", "consent")}
    assert isinstance(check(needed), Inquiry)


@pytest.mark.parametrize(
    ("typed", "e164", "shown"),
    [
        ("0912345678", "+84912345678", "0912 345 678"),
        ("0912.345.678", "+84912345678", "0912 345 678"),
        ("+84 912 345 678", "+84912345678", "0912 345 678"),
        ("84912345678", "+84912345678", "0912 345 678"),
        ("０９１２３４５６７８", "+84912345678", "0912 345 678"),
        ("(024) 3825 5555", "+842438255555", "024 3825 5555"),
        ("+44 20 7946 0958", "+442079460958", "+44 20 7946 0958"),
        ("0044 20 7946 0958", "+442079460958", "+44 20 7946 0958"),
        ("\u202a+84 912 345 678\u202c", "+84912345678", "0912 345 678"),
    ],
)
def test_a_phone_number_is_understood_however_it_is_written(typed: str, e164: str, shown: str) -> None:
    phone = accepted(phone=typed).phone
    assert (phone.e164, phone.shown) == (e164, shown)


@pytest.mark.parametrize(
    "typed", ["01691234567", "12345", "0212345678", "không có", "+84 12", "0912345678901234567890"]
)
def test_a_number_that_cannot_be_called_is_a_mistake(typed: str) -> None:
    assert faults({**LAN, "phone": typed}) == [("phone", "malformed")]


def test_only_vietnamese_mobiles_are_taken_for_zalo() -> None:
    assert accepted(phone="0912345678").phone.mobile
    assert not accepted(phone="02438255555").phone.mobile
    assert not accepted(phone="+442079460958").phone.mobile


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" lan@example.com ", "lan@example.com"),
        ("lan.nguyen+cun@mail.example.vn", "lan.nguyen+cun@mail.example.vn"),
        ("lan@\u200bexample.com", "lan@example.com"),
        ("lan@tiệm.vn", "lan@xn--tim-5kz.vn"),
    ],
)
def test_an_email_becomes_one_ascii_address(typed: str, address: str) -> None:
    assert accepted(email=typed).email == address


@pytest.mark.parametrize(
    "typed",
    [
        "a@x,b@y", "a@x.vn,b@y.vn", "a@x.vn;b@y.vn", "a@x.vn b@y.vn", "Lan <lan@example.com>", "<lan@example.com>",
        ".a@x.vn", "a..b@x.vn", "a@x", "a@[127.0.0.1]", '"a b"@x.vn', "lаn@example.com", "@x.vn", "a@",
        "lan@example.com\r\nBcc: x@y.vn",
        "=?utf-8?q?a=0d=0aBcc:_x?=@x.vn?", "lan@exam ple.com", "lan@example..com",
    ],
)  # fmt: skip
def test_anything_but_one_plain_address_is_a_mistake(typed: str) -> None:
    assert faults({**LAN, "email": typed}) == [("email", "malformed")]


def test_letters_are_composed_before_they_are_counted() -> None:
    name = "ễ" * 100
    assert accepted(name=unicodedata.normalize("NFD", name)).name == name
    assert faults({**LAN, "name": name + "ễ"}) == [("name", "too_long")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Lan\r\nBcc: x@y.vn", "Lan Bcc: x@y.vn"),
        ("Lan\vNguyễn\x85Thị\u2028Lan", "Lan Nguyễn Thị Lan"),
        ("L\x00a\u202en\u200b", "Lan"),
        ("Lan\ud800", "Lan\ufffd"),
        ("  Lan \t Nguyễn ", "Lan Nguyễn"),
        ("Lan 👩\u200d🦰", "Lan 👩\u200d🦰"),
    ],
)
def test_a_name_is_one_line_without_hidden_characters(typed: str, kept: str) -> None:
    assert accepted(name=typed).name == kept


def test_a_message_keeps_its_lines() -> None:
    assert accepted(message=" Chào tiệm,\r\n\r\nbé còn không?\u2029 ").message == "Chào tiệm,\n\nbé còn không?"


def test_one_word_is_a_name() -> None:
    assert accepted(name="Lan").name == "Lan"


@pytest.mark.parametrize("value", [7, 1.5, None, [], {}, ["yes"]])
def test_what_is_no_text_is_a_mistake_and_not_a_crash(value: object) -> None:
    assert faults(dict.fromkeys(form.NAMES, value)) == [(name, "not_text") for name in form.NAMES]


@pytest.mark.parametrize(("value", "news"), [(True, True), ("yes", True), (False, False), ("", False), ("no", False)])
def test_news_come_only_to_those_who_asked(value: object, news: bool) -> None:
    assert accepted(news=value).news is news


@pytest.mark.parametrize("value", [False, "", "no", "off", "0"])
def test_without_consent_nothing_is_taken(value: object) -> None:
    assert faults({**LAN, "consent": value}) == [("consent", "required")]


def test_every_mistake_has_words_in_both_languages() -> None:
    for field in FIELDS:
        for code in ("required", "too_long", "malformed", "not_text"):
            texts = [words.fault(language, field.name, code, field.limit) for language in form.LANGUAGES]
            assert all(texts)
            assert texts[0] != texts[1]


def test_both_languages_have_the_same_words() -> None:
    for table in (words.LABELS, words.HINTS, words.CONSENTS, words.FORM, words.FAULTS, words.TITLES, words.MESSAGES):
        assert set(table["vi"]) == set(table["en"])


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for kind in Kind:
        once = clean(text, kind)
        assert clean(once, kind) == once
        assert once == unicodedata.normalize("NFC", once)


@given(st.dictionaries(st.sampled_from(form.NAMES), st.text() | st.booleans() | st.integers() | st.none()))
def test_any_answers_are_an_inquiry_or_a_list_of_mistakes(answers: dict[str, object]) -> None:
    found = check(answers)
    assert isinstance(found, Inquiry) or (found and all(isinstance(fault, Fault) for fault in found))
