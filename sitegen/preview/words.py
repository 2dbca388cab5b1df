"""What the preview says to the owner, in Vietnamese and English. Words only."""

from __future__ import annotations

from sitegen.owner import LANGUAGES

WORDS: dict[str, tuple[str, str]] = {
    # The terminal
    "building": ("Đang dựng trang web…", "Building the site…"),
    "started": (
        "\n  Trang web      {site}\n  Bàn làm việc   {workshop}\n  Hộp thư        {inbox}\n  {mail}\n\n"
        "  Cứ sửa và lưu tệp: trang tự cập nhật. Dừng lại: bấm Ctrl+C.\n",
        "\n  Site       {site}\n  Workshop   {workshop}\n  Inbox      {inbox}\n  {mail}\n\n"
        "  Edit and save: pages update themselves. To stop, press Ctrl+C.\n",
    ),
    "rebuilt": ("{time}  đã dựng lại ({files}) trong {ms} ms", "{time}  rebuilt ({files}) in {ms} ms"),
    "mended": ("{time}  hết lỗi rồi, trang web đã trở lại", "{time}  mended: the site is back"),
    "more-files": ("{first} và {count} tệp khác", "{first} and {count} more"),
    "broken": ("Trang web chưa dựng được vì lỗi bất ngờ: {error}", "The site could not be built; unexpected: {error}"),
    "port-taken": (
        "Cổng {port} đang có chương trình khác dùng (có thể là một bản xem thử chưa tắt).\n"
        "→ Tắt chương trình kia, hoặc chọn cổng khác:  python build.py serve --port {other}",
        "Port {port} is in use by another program (perhaps a preview that is still running).\n"
        "→ Close that one, or choose another port:  python build.py serve --port {other}",
    ),
    "port-refused": (
        "Máy không cho dùng cổng {port}.\n→ Chọn cổng khác:  python build.py serve --port {other}",
        "The system does not allow port {port}.\n→ Choose another one:  python build.py serve --port {other}",
    ),
    "stopped": ("Đã dừng xem thử.", "The preview has stopped."),
    # How mail goes
    "mail-kept": (
        "Thư hỏi mua chỉ hiện trong hộp thư xem thử, không gửi đi đâu.",
        "Inquiries only appear in the preview inbox; nothing is sent.",
    ),
    "mail-sent": (
        "CHÚ Ý: thư được GỬI THẬT đến {to} qua {server}.",
        "NOTE: letters are REALLY SENT to {to} through {server}.",
    ),
    "mail-wrong": (
        "Thông tin của tiệm trong site.yaml chưa dùng được cho thư; tạm dùng thông tin cũ.",
        "The shop's facts in site.yaml do not work for letters yet; the former ones are still used.",
    ),
    "inquiry-accepted": ("có thư hỏi mua mới: {reference}", "a new inquiry: {reference}"),
    "inquiry-check": (
        "thư hỏi mua: mời khách xem lại rồi bấm gửi lần nữa, để chắc là người thật",
        "an inquiry: the visitor is asked to look it through and send it again, to be sure that it is a person",
    ),
    "inquiry-puzzle": (
        "thư hỏi mua: trình duyệt của khách đang giải một câu đố nhỏ, để chắc không phải máy gửi",
        "an inquiry: the visitor's browser solves a small puzzle, to be sure that no machine sends it",
    ),
    "inquiry-invalid": (
        "thư hỏi mua còn chỗ điền chưa đúng; biểu mẫu đã chỉ cho khách",
        "an inquiry with something to correct; the form has told the visitor",
    ),
    "inquiry-unavailable": (
        "máy chủ thư lúc này không nhận thư; biểu mẫu mời khách gọi hoặc nhắn Zalo",
        "the mail server takes no letters at the moment; the form suggests phone and Zalo",
    ),
    "inquiry-not_sent": (
        "thư hỏi mua {reference} CHƯA gửi được ({stage}); khách đã được báo",
        "inquiry {reference} was NOT sent ({stage}); the visitor has been told",
    ),
    "inquiry-unknown": (
        "không rõ thư hỏi mua {reference} đã đến hay chưa ({stage}); khách đã được báo",
        "it is not known whether inquiry {reference} has arrived ({stage}); the visitor has been told",
    ),
    "inquiry-fault": (
        "chương trình trục trặc khi nhận một thư hỏi mua ({stage}); khách đã được báo",
        "the program failed while it took an inquiry ({stage}); the visitor has been told",
    ),
    "inquiry-refused": (
        "từ chối một yêu cầu không phải của biểu mẫu hỏi mua ({stage})",
        "refused a request that is not the inquiry form's ({stage})",
    ),
    # Mistakes
    "mistakes-title": ("Còn {count} chỗ cần sửa", "{count} to mend"),
    "mistakes-intro": (
        "Trang web chưa dựng lại được. Sửa xong thì lưu tệp, trang này tự trở lại như cũ.",
        "The site cannot be rebuilt yet. Mend and save, and this page comes back by itself.",
    ),
    "line": ("dòng {line}", "line {line}"),
    "beneath": ("Xem trang như lúc chưa có lỗi", "See the page as it was before"),
    "crash-title": ("Có trục trặc ngoài dự tính", "Something unexpected went wrong"),
    "crash-intro": (
        "Đây là lỗi của chương trình, không phải do bạn viết sai. Thử hoàn tác thay đổi vừa rồi và lưu lại; "
        "nếu vẫn còn, gửi phần chi tiết dưới đây cho người làm web. Hết lỗi thì trang tự trở lại.",
        "This is the program's fault, not yours. Try undoing your last change and save; if it stays, send the "
        "details below to whoever maintains the site. Once it is gone, the page comes back by itself.",
    ),
    "details": ("Chi tiết cho người làm web", "Details for the maintainer"),
    # Refusals
    "wrong-host": ("Chỉ xem được trên chính máy này", "Only to be seen on this very machine"),
    "wrong-host-text": (
        "Bản xem thử chỉ trả lời ở địa chỉ 127.0.0.1, để không trang web lạ nào đọc được.",
        "The preview only answers at 127.0.0.1, so that no other website can read it.",
    ),
    "no-letter": ("Không có lá thư này", "There is no such letter"),
    "no-letter-text": (
        "Hộp thư xem thử chỉ nhớ thư trong lúc chương trình đang chạy.",
        "The preview inbox remembers letters only while the program runs.",
    ),
    "bad-request": ("Yêu cầu này không hiểu được", "This request makes no sense"),
    "bad-request-text": ("Địa chỉ hoặc cách gửi không đúng.", "The address or the method is wrong."),
    # The inbox
    "inbox": ("Hộp thư xem thử", "Preview inbox"),
    "to-site": ("Về trang web", "To the site"),
    "to-inbox": ("Hộp thư", "Inbox"),
    "empty-title": ("Chưa có thư nào", "No letters yet"),
    "empty-text": (
        "Hãy thử làm khách: điền biểu mẫu hỏi mua và bấm gửi. Thư sẽ hiện ra ở đây ngay, đúng như trong hộp thư "
        "của tiệm.",
        "Be a customer for a moment: fill in the inquiry form and send it. The letter appears here at once, just as "
        "in the shop's mailbox.",
    ),
    "empty-link": ("Mở biểu mẫu", "Open the form"),
    "sent-title": ("Thư không dừng ở đây", "Letters do not stop here"),
    "sent-text": (
        "Đang bật gửi thư thật (INQUIRY_SMTP), nên mỗi thư đi thẳng đến {to} và không hiện ở đây.",
        "Real mail is switched on (INQUIRY_SMTP), so every letter goes straight to {to} and does not appear here.",
    ),
    "kept-note": (
        "Thư chỉ nằm trong bộ nhớ và mất đi khi tắt chương trình.",
        "Letters are kept in memory only and vanish when the program stops.",
    ),
    "visitor": ("Khách", "From the visitor"),
    "from": ("Từ", "From"),
    "to": ("Đến", "To"),
    "reply-to": ("Trả lời tới", "Reply-To"),
    "subject": ("Tiêu đề", "Subject"),
    "date": ("Ngày", "Date"),
    "unread": ("chưa đọc", "unread"),
    "reply": ("Trả lời", "Reply"),
    "as-mail": ("Như trong hộp thư", "As mail"),
    "as-text": ("Chỉ chữ", "Plain text"),
    "as-source": ("Bản gốc", "Source"),
    "save": ("Tải về (.eml)", "Download (.eml)"),
    "letter": ("Nội dung thư", "The letter"),
}


def say(key: str, lang: str, **facts: object) -> str:
    """The words for `key` in `lang`, with `facts` filled in."""
    return WORDS[key][LANGUAGES.index(lang)].format(**facts)
