"""The letter: everything the shop needs to answer with one tap, and nothing that a visitor could misuse."""

from dataclasses import replace
from email.message import EmailMessage

import pytest
from inquiry.form import Inquiry, check
from inquiry.letter import compose, puppy, receipt
from inquiry.reference import identify
from inquiry.send import Envelope, Outcome

from tests.functions.conftest import LAN, NOW, SETTINGS, Shop, html, plain


def inquiry(**changes: object) -> Inquiry:
    found = check({**LAN, **changes})
    assert isinstance(found, Inquiry)
    return found


def test_the_letter_reads_like_this(shop: Shop) -> None:
    shop.post({**LAN, "news": "yes"})
    letter = shop.letters[0]
    reference = str(letter["Subject"])[1:12]
    assert (
        plain(letter)
        == f"""Họ và tên: Nguyễn Thị Lan
Điện thoại: 0987 654 321  tel:+84987654321
Zalo: https://zalo.me/84987654321
Email: lan.nguyen@example.com
Địa chỉ:
    Phường Bến Nghé
    Thành phố Hồ Chí Minh
Bé cún khách hỏi: Bông (MX-024)  https://shop.test/cun/bong/
Lời nhắn:
    Bé Bông còn không ạ?
    Cuối tuần mình ghé xem được chứ?
Ngôn ngữ của khách: Tiếng Việt
Khách đã đồng ý: “Tôi đồng ý để Milu Xinh dùng họ tên, email, điện thoại, địa chỉ và lời nhắn của tôi để trả lời \
và tư vấn cho tôi, theo Chính sách bảo mật.”
Nhận tin: “Tôi muốn nhận tin về các bé cún mới và tin của Milu Xinh. Tôi có thể ngừng nhận tin bất cứ lúc nào. \
(Không bắt buộc)”
Bản chính sách bảo mật: 1a2b3c4d
Thời gian: 22/11/2026 15:00:00 (giờ Việt Nam)
Mã: {reference}

Bấm Trả lời để viết thẳng cho khách.
"""
    )


def test_one_tap_calls_chats_answers_and_opens_the_puppy(shop: Shop) -> None:
    shop.post(LAN)
    page = html(shop.letters[0])
    for link in (
        "tel:+84987654321",
        "https://zalo.me/84987654321",
        "mailto:lan.nguyen@example.com",
        "https://shop.test/cun/bong/",
    ):
        assert f'href="{link}"' in page
    assert shop.letters[0]["Reply-To"].addresses[0].addr_spec == "lan.nguyen@example.com"


def test_it_comes_from_the_shops_own_domain_and_goes_to_the_shop_alone(shop: Shop) -> None:
    shop.post(LAN)
    letter, envelope = shop.mailbox[0]
    assert (envelope.sender, envelope.recipient) == ("web@shop.test", "chao@shop.test")
    assert [address.addr_spec for address in letter["From"].addresses] == ["web@shop.test"]
    assert [address.addr_spec for address in letter["To"].addresses] == ["chao@shop.test"]
    assert str(letter["Message-ID"]).endswith("@shop.test>")


def test_an_english_visitor_is_announced_and_her_own_consent_words_travel(shop: Shop) -> None:
    shop.post({**LAN, "language": "en"})
    text = plain(shop.letters[0])
    assert "Ngôn ngữ của khách: Tiếng Anh" in text
    assert "“I agree that Milu Xinh uses my name, email, phone, address and message to answer and advise me" in text


@pytest.mark.parametrize(
    ("choice", "name", "link"),
    [
        ("Bông (MX-024) | /cun/bong/", "Bông (MX-024)", "https://shop.test/cun/bong/"),
        ("Bông (MX-024)", "Bông (MX-024)", ""),
        ("Bông | javascript:alert(1)", "Bông | javascript:alert(1)", ""),
        ("Bông | //evil.example/", "Bông | //evil.example/", ""),
        ("Bông | /../x/", "Bông | /../x/", ""),
        ("Bông | /cun/bong", "Bông | /cun/bong", ""),
    ],
)
def test_only_a_page_of_the_shop_is_linked(choice: str, name: str, link: str) -> None:
    assert puppy(choice, "https://shop.test") == (name, link)


def test_no_line_of_the_letter_can_be_forged() -> None:
    told = inquiry(message="Chào tiệm\nMã: MX-00000000\nNhận tin: có", address="Hà Nội\nEmail: x@y.vn")
    text = plain(compose(told, identify(told, secret=b"k", submission="s"), SETTINGS, now=NOW))
    assert "\nEmail: lan.nguyen@example.com\n" in text
    assert text.count("\nMã: ") == text.count("\nEmail: ") == 1


def test_suspicion_is_told_in_words() -> None:
    letter = compose(
        inquiry(), identify(inquiry(), secret=b"k", submission="s"), SETTINGS, now=NOW, signs=("trap", "fast")
    )
    for text in (plain(letter), html(letter)):
        assert "dấu hiệu thư rác: ô ẩn mà người thật không thấy đã bị điền; được gửi nhanh hơn" in text


def test_the_same_submission_has_the_same_ids_and_another_has_others() -> None:
    def of(told: Inquiry, submission: str, secret: bytes = b"k") -> tuple[str, str]:
        identity = identify(told, secret=secret, submission=submission)
        return identity.reference, identity.message_id

    lan = inquiry()
    assert of(lan, "one") == of(lan, "one")
    assert len({of(lan, "one"), of(lan, "two"), of(inquiry(name="Mai"), "one"), of(lan, "one", b"other key")}) == 4


def test_the_receipt_holds_no_word_of_the_visitor_and_starts_no_conversation() -> None:
    told = inquiry(language="en")
    identity = identify(told, secret=b"k", submission="s")
    letter = receipt(told, identity, SETTINGS, now=NOW)
    text = letter.get_content()
    assert letter["Auto-Submitted"] == "auto-replied"
    assert identity.reference in text
    assert not any(value in letter.as_string() + text for value in (LAN["name"], LAN["phone"], "Bông"))


def test_a_receipt_goes_out_only_when_the_owner_wants_it_and_never_changes_the_answer(shop: Shop) -> None:
    shop.post(LAN)
    assert len(shop.mailbox) == 1
    shop.settings = replace(SETTINGS, receipt=True)
    assert shop.post(LAN).status == 303
    assert [envelope.recipient for _, envelope in shop.mailbox[1:]] == ["chao@shop.test", "lan.nguyen@example.com"]


class WithoutReceipts(Shop):
    """A shop whose mail to visitors breaks down."""

    def send(self, letter: EmailMessage, envelope: Envelope) -> Outcome:
        if envelope.recipient != SETTINGS.to:
            raise RuntimeError
        return super().send(letter, envelope)


def test_a_receipt_that_fails_does_not_undo_acceptance() -> None:
    assert WithoutReceipts(replace(SETTINGS, receipt=True)).post(LAN).status == 303
