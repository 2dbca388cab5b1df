"""Every word that a visitor or the shop reads, in Vietnamese and English. No rule, no markup.

`{policy}` stands where the link to the privacy policy goes, `{limit}` for a field's limit, `{reference}` for a
reference.
"""

from collections.abc import Mapping

Words = Mapping[str, Mapping[str, str]]  # language → key → words

LABELS: Words = {
    "vi": {
        "name": "Họ và tên",
        "phone": "Điện thoại",
        "email": "Email",
        "address": "Địa chỉ",
        "puppy": "Bé cún bạn quan tâm",
        "message": "Lời nhắn",
        "consent": "Đồng ý xử lý thông tin",
        "news": "Nhận tin",
        "language": "Ngôn ngữ",
        "policy": "Bản chính sách",
        "leave_empty": "Xin để trống ô này",
    },
    "en": {
        "name": "Full name",
        "phone": "Phone",
        "email": "Email",
        "address": "Address",
        "puppy": "Puppy you are interested in",
        "message": "Message",
        "consent": "Consent to use of your details",
        "news": "News",
        "language": "Language",
        "policy": "Policy version",
        "leave_empty": "Please leave this box empty",
    },
}

HINTS: Words = {
    "vi": {
        "phone": "Số di động hoặc số bàn, ví dụ 0912 345 678. Số nước ngoài xin bắt đầu bằng dấu +.",
        "address": "Phường/xã và tỉnh/thành là đủ.",
        "message": "Bạn muốn biết gì về bé? Khi nào bạn tiện nghe máy hoặc ghé xem?",
    },
    "en": {
        "phone": "Vietnamese numbers as usual; please begin foreign numbers with +.",
        "address": "Ward and province are enough.",
        "message": "What would you like to know? When may we call, or when would you like to visit?",
    },
}

# The exact words of consent. They travel in the letter, so that the shop can show what was agreed to.
CONSENTS: Words = {
    "vi": {
        "consent": "Tôi đồng ý để Milu Xinh dùng họ tên, email, điện thoại, địa chỉ và lời nhắn của tôi để "
        "trả lời và tư vấn cho tôi, "
        "theo {policy}.",
        "news": "Tôi muốn nhận tin về các bé cún mới và tin của Milu Xinh. Tôi có thể ngừng nhận tin bất "
        "cứ lúc nào. (Không bắt buộc)",
    },
    "en": {
        "consent": "I agree that Milu Xinh uses my name, email, phone, address and message to answer and "
        "advise me, as described in the "
        "{policy}.",
        "news": "I would like news of new puppies and of Milu Xinh. I can stop it at any time. (Optional)",
    },
}

FORM: Words = {
    "vi": {
        "title": "Gửi lời nhắn cho tiệm",
        "required": "bắt buộc",
        "optional": "không bắt buộc",
        "policy": "Chính sách bảo mật",
        "no_puppy": "Chưa chọn bé nào",
        "submit": "Gửi lời nhắn",
        "resubmit": "Đã xem lại, gửi ngay",
        "sending": "Đang gửi…",
        "checking": "Đang kiểm tra, xin đợi một chút…",
        "accepted": "Đã gửi xong, đang mở trang cảm ơn…",
        "summary": "Xin xem lại giúp tiệm {count} chỗ:",
        "call": "Gọi",
        "zalo": "Nhắn Zalo",
        "mail": "Gửi bằng email của bạn",
        "unavailable": "Lúc này biểu mẫu chưa gửi được thư. Bạn gọi hoặc nhắn Zalo cho tiệm nhé:",
        "reach": "Bạn cũng có thể liên hệ trực tiếp:",
        "home": "Về trang chủ",
        "new_tab": "mở trong thẻ mới",
        "subject": "Hỏi mua cún",
    },
    "en": {
        "title": "Write to the shop",
        "required": "required",
        "optional": "optional",
        "policy": "privacy policy",
        "no_puppy": "No puppy in particular",
        "submit": "Send message",
        "resubmit": "I have checked it, send now",
        "sending": "Sending…",
        "checking": "Checking, one moment please…",
        "accepted": "Sent. Opening the thank-you page…",
        "summary": "Please look again at {count} of your answers:",
        "call": "Call",
        "zalo": "Chat on Zalo",
        "mail": "Send from your own email",
        "unavailable": "The form cannot send mail just now. Please call us or write on Zalo:",
        "reach": "You can also reach us directly:",
        "home": "To the home page",
        "new_tab": "opens in a new tab",
        "subject": "Puppy inquiry",
    },
}

# Field (or "" for any field) and code → what to do about it.
FAULTS: Words = {
    "vi": {
        ".required": "Xin điền mục này.",
        ".too_long": "Mục này dài quá {limit} ký tự, xin viết ngắn lại.",
        ".malformed": "Mục này chưa đúng.",
        ".not_text": "Mục này phải là chữ.",
        "name.required": "Xin cho tiệm biết họ tên của bạn.",
        "phone.required": "Xin cho tiệm số điện thoại để gọi lại.",
        "phone.malformed": "Số điện thoại chưa đúng. Ví dụ: 0912 345 678, hoặc +44 20 7946 0958 với số nước ngoài.",
        "email.required": "Xin cho tiệm địa chỉ email.",
        "email.malformed": "Địa chỉ email chưa đúng. Chỉ một địa chỉ, dạng ten@gmail.com.",
        "address.required": "Xin cho tiệm địa chỉ, phường/xã và tỉnh/thành là đủ.",
        "consent.required": "Tiệm cần bạn đồng ý thì mới được dùng thông tin để trả lời bạn.",
    },
    "en": {
        ".required": "Please fill this in.",
        ".too_long": "This is longer than {limit} characters, please shorten it.",
        ".malformed": "This is not right yet.",
        ".not_text": "This must be text.",
        "name.required": "Please tell us your name.",
        "phone.required": "Please give us a phone number to call you back.",
        "phone.malformed": "This phone number is not right. Examples: 0912 345 678, or +44 20 7946 0958 from abroad.",
        "email.required": "Please give us your email address.",
        "email.malformed": "This email address is not right. One address only, like name@gmail.com.",
        "address.required": "Please give us your address; ward and province are enough.",
        "consent.required": "We need your consent before we may use your details to answer you.",
    },
}

# Outcome → title and explanation, for pages and for JSON alike.
TITLES: Words = {
    "vi": {
        "accepted": "Tiệm đã nhận lời nhắn",
        "invalid": "Còn vài chỗ cần xem lại",
        "check": "Xin xem lại rồi bấm gửi",
        "puzzle": "Trình duyệt đang kiểm tra giúp bạn",
        "not_sent": "Lời nhắn chưa gửi được",
        "unknown": "Chưa chắc lời nhắn đã đến",
        "available": "Biểu mẫu đang hoạt động",
        "unavailable": "Biểu mẫu tạm thời chưa gửi được",
        "unreadable": "Không đọc được biểu mẫu",
        "foreign": "Lời nhắn đến từ một trang khác",
        "method": "Cách gửi không đúng",
        "too_large": "Lời nhắn quá lớn",
        "media_type": "Kiểu dữ liệu không đúng",
        "fault": "Trang gặp lỗi",
    },
    "en": {
        "accepted": "We have your message",
        "invalid": "A few things need another look",
        "check": "Please check and send",
        "puzzle": "Your browser is checking for you",
        "not_sent": "Your message was not sent",
        "unknown": "Your message may have arrived",
        "available": "The form is working",
        "unavailable": "The form cannot send just now",
        "unreadable": "The form could not be read",
        "foreign": "This came from another website",
        "method": "This is not how to send it",
        "too_large": "The message is too large",
        "media_type": "This kind of data is not taken",
        "fault": "Something went wrong",
    },
}
MESSAGES: Words = {
    "vi": {
        "accepted": "Mã của bạn là {reference}. Tiệm sẽ sớm liên hệ lại.",
        "invalid": "Những gì bạn đã viết vẫn còn nguyên bên dưới.",
        "check": "Hệ thống muốn chắc rằng người gửi là người thật. Bạn đọc lại giúp rồi bấm nút gửi thêm "
        "một lần nữa nhé.",
        "puzzle": "Hệ thống muốn chắc rằng người gửi là người thật. Việc này tự chạy trong giây lát.",
        "not_sent": "Máy chủ thư không nhận được, nên tiệm chưa thấy lời nhắn của bạn. Những gì bạn đã "
        "viết vẫn còn đây. Bạn gọi, nhắn Zalo, "
        "gửi bằng email của bạn, hoặc lát nữa bấm gửi lại nhé.",
        "unknown": "Đường truyền bị ngắt đúng lúc gửi: có thể lời nhắn đã đến, có thể chưa. Bạn cứ bấm gửi "
        "lại, tiệm vẫn chỉ thấy một thư; "
        "hoặc gọi, nhắn Zalo cho chắc.",
        "available": "Bạn viết cho tiệm bằng biểu mẫu trên trang web nhé.",
        "unavailable": "Bạn gọi hoặc nhắn Zalo cho tiệm nhé.",
        "unreadable": "Dữ liệu gửi đến bị hỏng hoặc thiếu nên chưa gửi đi. Bạn quay lại trang trước và gửi "
        "lại giúp tiệm.",
        "foreign": "Biểu mẫu chỉ nhận lời nhắn gửi từ chính trang web của tiệm. Lời nhắn chưa được gửi.",
        "method": "Xin gửi lời nhắn bằng biểu mẫu trên trang web của tiệm.",
        "too_large": "Lời nhắn lớn hơn 64 KB nên chưa gửi đi. Bạn quay lại trang trước và viết ngắn hơn "
        "nhé; ảnh xin gửi qua Zalo.",
        "media_type": "Xin gửi lời nhắn bằng biểu mẫu trên trang web của tiệm. Lời nhắn chưa được gửi.",
        "fault": "Lỗi này do trang web, không phải do bạn, và lời nhắn chưa chắc đã đến. Bạn gọi hoặc nhắn "
        "Zalo cho tiệm nhé.",
    },
    "en": {
        "accepted": "Your reference is {reference}. We will be in touch soon.",
        "invalid": "Everything you wrote is still below.",
        "check": "We want to be sure that a person is sending this. Please read it once more and press the "
        "button again.",
        "puzzle": "We want to be sure that a person is sending this. It takes a moment and needs nothing from you.",
        "not_sent": "The mail server did not take it, so we have not seen your message. Everything you "
        "wrote is still here. Please call, write "
        "on Zalo, send it from your own email, or try again in a while.",
        "unknown": "The line was cut just as it was being sent: it may have arrived or not. Sending it "
        "again is safe, we will see only one "
        "letter; or call us or write on Zalo to be sure.",
        "available": "Please write to us with the form on our website.",
        "unavailable": "Please call us or write on Zalo.",
        "unreadable": "What arrived was damaged or incomplete, so nothing was sent. Please go back and send it again.",
        "foreign": "The form only takes messages from our own website. Nothing was sent.",
        "method": "Please write to us with the form on our website.",
        "too_large": "The message is larger than 64 KB, so it was not sent. Please go back and shorten it; "
        "photos are welcome on Zalo.",
        "media_type": "Please write to us with the form on our website. Nothing was sent.",
        "fault": "This is the website's mistake, not yours, and your message may not have arrived. Please "
        "call us or write on Zalo.",
    },
}

# The letter is for the shop, which reads Vietnamese.
LETTER: Mapping[str, str] = {
    "subject": "Khách hỏi từ trang web",
    "title": "Khách hỏi từ trang web",
    "zalo": "Zalo",
    "puppy": "Bé cún khách hỏi",
    "language": "Ngôn ngữ của khách",
    "vi": "Tiếng Việt",
    "en": "Tiếng Anh (xin trả lời bằng tiếng Anh)",
    "consent": "Khách đã đồng ý",
    "news": "Nhận tin",
    "no_news": "Khách không chọn nhận tin",
    "policy": "Bản chính sách bảo mật",
    "no_policy": "không gửi kèm",
    "time": "Thời gian",
    "zone": "giờ Việt Nam",
    "reference": "Mã",
    "suspected": "Lưu ý: thư này có dấu hiệu thư rác",
    "reply": "Bấm Trả lời để viết thẳng cho khách.",
    "none": "(không có)",
}
# Sign of spam → why, as the letter tells the shop.
SIGNS: Mapping[str, str] = {
    "trap": "ô ẩn mà người thật không thấy đã bị điền",
    "fast": "được gửi nhanh hơn người ta kịp viết",
    "links": "lời nhắn có hơn 3 đường dẫn",
    "rate": "có quá nhiều lời nhắn từ cùng một nơi trong 10 phút",
}

# The confirmation to the visitor (only with INQUIRY_RECEIPT=1): fixed words, nothing that a visitor typed.
RECEIPT: Words = {
    "vi": {
        "subject": "Milu Xinh đã nhận lời nhắn của bạn",
        "text": "Chào bạn,\n\nMilu Xinh đã nhận lời nhắn gửi từ trang web, mã {reference}. Tiệm sẽ sớm "
        "liên hệ lại với bạn.\n\n"
        "Nếu bạn không gửi lời nhắn nào, có lẽ ai đó đã gõ nhầm địa chỉ; bạn có thể bỏ qua thư "
        "này.\n\nThân mến,\nMilu Xinh\n",
    },
    "en": {
        "subject": "Milu Xinh has your message",
        "text": "Hello,\n\nMilu Xinh has received the message sent from our website, reference "
        "{reference}. We will be in touch soon.\n\n"
        "If you did not write to us, someone probably mistyped an address; you can ignore this "
        "mail.\n\nKind regards,\nMilu Xinh\n",
    },
}


def fault(language: str, field: str, code: str, limit: int) -> str:
    """Return what the visitor reads about one mistake."""
    known = FAULTS[language]
    return (known.get(f"{field}.{code}") or known[f".{code}"]).format(
        limit=f"{limit:,}".replace(",", "." if language == "vi" else ",")
    )


def consent(language: str, name: str) -> str:
    """Return the exact words beside a tick, as plain text."""
    return CONSENTS[language][name].format(policy=FORM[language]["policy"])
