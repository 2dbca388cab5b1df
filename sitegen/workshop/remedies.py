"""The owner's messages as a form says them: it has labels instead of keys, and inputs instead of lines. Words only.

A code that is not here is said in `owner`'s words, which are then right for a form too. At the field the label stands
above the message, elsewhere it is put before it; so no message needs to name its own field.
"""

from __future__ import annotations

import re

# code: (Vietnamese: what is wrong, what to do), (English: the same).
REMEDIES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    # Of one field
    "needed": (("Mục này cần điền", "{remedy}"), ("This is needed", "{remedy}")),
    "not-one-value": (
        ("Mục này chỉ nhận một giá trị", "điền lại, {remedy}"),
        ("This takes one value", "fill it in again, {remedy}"),
    ),
    "not-group": (("Mục này chưa đủ", "điền các ô bên trong"), ("This is not complete", "fill in its parts")),
    "not-range": (("Cần hai số, từ và đến", "điền cả hai ô"), ("Two numbers are needed, from and to", "fill in both")),
    "range-order": (
        ("Số sau nhỏ hơn số trước", "đổi chỗ hai số"),
        ("The second number is below the first", "swap the two"),
    ),
    "list-short": (("Chưa chọn gì", "đánh dấu ít nhất một ô"), ("Nothing is chosen", "tick at least one")),
    "too-long": (
        ("Dài {length} ký tự, nhiều nhất là {limit}", "viết ngắn lại"),
        ("{length} characters, and {limit} are the most", "shorten it"),
    ),
    "bad-form": (("“{value}” chưa đúng dạng", "{remedy}"), ("“{value}” does not have the right form", "{remedy}")),
    "bad-choice": (
        ("“{value}” không có trong danh sách", "chọn một mục trong danh sách"),
        ("“{value}” is not in the list", "choose one from the list"),
    ),
    "bad-flag": (
        ("“{value}” không rõ là có hay không", "đánh dấu, hoặc bỏ dấu"),
        ("“{value}” is neither yes nor no", "tick it, or leave it empty"),
    ),
    "bad-money": (
        ("“{value}” không phải số tiền", "viết như 12 triệu, 8tr5 hoặc 12000000"),
        ("“{value}” is not an amount", "write it like 12000000, 12 triệu or 8tr5"),
    ),
    "money-unclear": (
        ("“{value}” chưa rõ là bao nhiêu tiền", "nếu là {guess} đồng thì viết {guess}"),
        ("“{value}” does not say how much", "if you mean {guess} VND, write {guess}"),
    ),
    "money-small": (
        ("“{value}” đồng thì quá ít", "viết đủ số không; có phải ý bạn là {guess}?"),
        ("“{value}” VND is too little", "write all the zeros; did you mean {guess}?"),
    ),
    "money-words": (
        ("“{value}” không chỉ là số tiền", "chỉ viết con số; có phải ý bạn là {guess}?"),
        ("“{value}” is not just an amount", "write the number alone; did you mean {guess}?"),
    ),
    "money-two": (
        ("“{value}” là hai mức giá", "viết một giá, ví dụ {guess}"),
        ("“{value}” names two prices", "write one, for example {guess}"),
    ),
    "money-foreign": (
        ("“{value}” không phải tiền Việt Nam", "viết giá bằng đồng, như 12 triệu, 8tr5 hoặc 12000000"),
        ("“{value}” is not in VND", "write the price in đồng, like 12000000, 12 triệu or 8tr5"),
    ),
    "date-near": (
        ("Ngày “{value}” chưa rõ", "viết ngày/tháng/năm; có phải ý bạn là {guess}?"),
        ("The date “{value}” is not clear", "write day/month/year; did you mean {guess}?"),
    ),
    "no-such-day": (
        ("Không có ngày “{value}”: tháng {month}/{year} chỉ có {days} ngày", "xem lại ngày"),
        ("There is no “{value}”: {month}/{year} has only {days} days", "check the day"),
    ),
    "bad-date": (
        ("“{value}” không phải ngày có thật", "viết ngày/tháng/năm, ví dụ 30/8/2026"),
        ("“{value}” is not a real date", "write day/month/year, for example 30/8/2026"),
    ),
    "bad-number": (("“{value}” không phải số", "{remedy}"), ("“{value}” is not a number", "{remedy}")),
    "number-range": (
        ("{value} nằm ngoài khoảng cho phép", "viết số trong khoảng {span}"),
        ("{value} is out of range", "write a number within {span}"),
    ),
    "not-for-status": (
        ("Mục này không đi cùng tình trạng “{status}”", "để trống, hoặc đổi tình trạng"),
        ("This does not go with the status “{status}”", "leave it empty, or change the status"),
    ),
    # Of dates
    "ready-too-young": (
        ("Ngày {ready} bé chưa đủ 8 tuần tuổi", "sớm nhất là {earliest}"),
        ("On {ready} the puppy is not yet 8 weeks old", "the earliest is {earliest}"),
    ),
    "born-in-future": (
        ("Ngày sinh {born} còn ở tương lai", "sửa ngày; bé chưa chào đời thì đổi tình trạng thành “{expected}”"),
        ("The birth date {born} is in the future", "correct it; not born yet? change the status to “{expected}”"),
    ),
    "before-birth": (
        ("Ngày {date} là trước ngày sinh {born}", "xem lại hai ngày này"),
        ("{date} is before the birth date {born}", "check the two dates"),
    ),
    "in-future": (
        ("Ngày {date} còn ở tương lai", "chỉ ghi việc đã làm; xem lại ngày"),
        ("{date} is in the future", "only what has been done can be stated; check the date"),
    ),
    "listed-in-future": (
        ("Ngày {date} còn ở tương lai", "xem lại ngày; muốn hẹn ngày hiện thì chọn ở “Tự hiện từ ngày”"),
        ("{date} is in the future", "check the date; to show it later choose a day at “Shows from”"),
    ),
    "sold-before-reserved": (
        ("Bán ngày {sold}, trước cả ngày đặt {reserved}", "xem lại hai ngày này"),
        ("Sold on {sold}, before it was reserved on {reserved}", "check the two dates"),
    ),
    # Against other files
    "no-breed": (
        ("Chưa có giống “{breed}”", "chọn một giống trong danh sách, hoặc thêm giống ấy ở mục Giống"),
        ("There is no breed “{breed}”", "choose one from the list, or add that breed under Breeds"),
    ),
    "code-twice": (
        ("Mã {puppy} đã dùng cho {other}", "đặt cho bé này mã khác, ví dụ {free}"),
        ("{other} has the code {puppy} already", "give this puppy another one, for example {free}"),
    ),
    "chip-twice": (
        ("Số vi mạch {chip} đã ghi cho {other}", "mỗi bé một số, xem lại sổ; bé chưa gắn thì viết “chưa có”"),
        ("{other} has the microchip {chip} already", "check the health book; a puppy without one has none"),
    ),
    "address-twice": (
        ("Trang {other} đã có địa chỉ {url}", "đổi tên, hoặc điền một địa chỉ riêng ở đây, ví dụ {slug}"),
        ("{other} has the address {url} already", "change the name, or type an address here, for example {slug}"),
    ),
    "thanks-address": (
        ("Trang cảm ơn phải ở địa chỉ {wanted}, vì biểu mẫu dẫn tới đó", "viết {slug}"),
        ("The thank-you page must be at {wanted}, where the form leads", "write {slug}"),
    ),
    "facts-disagree": (
        ("Bản dịch ghi mục này khác bản gốc", "lưu lại là xong: thông tin chỉ ghi một lần"),
        ("The translation says something else here", "save once more and it is gone: facts stand once"),
    ),
    "fact-elsewhere": (
        ("Mục này mới chỉ ghi trong tệp của bản dịch", "điền vào ô này"),
        ("This stands in the translation's file alone", "fill it in here"),
    ),
    "no-photo": (
        ("Không thấy ảnh {file} nữa", "bỏ ảnh này khỏi danh sách, hoặc thêm ảnh lại"),
        ("The photo {file} is no longer there", "remove it from the list, or add it again"),
    ),
    "foreign-image": (
        ("Ảnh này nằm ở trang web khác", "tải ảnh về máy rồi thêm ở mục Ảnh, và xoá dòng này trong bài"),
        ("This picture lies on another website", "save it, add it under Photos, and delete it from the text"),
    ),
    "no-page": (
        ("Liên kết {target} không dẫn tới trang nào", "viết như /pages/guarantee.md"),
        ("The link {target} leads to no page", "write it like /pages/guarantee.md"),
    ),
    "no-page-near": (
        ("Liên kết {target} không dẫn tới trang nào", "có phải ý bạn là {near}?"),
        ("The link {target} leads to no page", "did you mean {near}?"),
    ),
    # Of pages and settings
    "vietnamese-first": (
        ("Tiếng Việt phải có, vì bản gốc của mọi trang là tiếng Việt", "đánh dấu cả tiếng Việt"),
        ("Vietnamese has to be there, since every page is first written in it", "tick Vietnamese as well"),
    ),
    "layout-twice": (
        ("Trang {other} đã dùng kiểu này, mà chỉ một trang được dùng", "chọn kiểu khác"),
        ("{other} has this layout already, and only one page may", "choose another"),
    ),
    "no-layout": (
        ("Không còn trang nào kiểu “{layout}”, mà trang web cần một trang như vậy", "chọn lại kiểu “{layout}”"),
        ("No page has the layout “{layout}” any more, and the site needs one", "choose “{layout}” again"),
    ),
    "status-page-without-status": (
        ("Trang danh sách này chưa nói tình trạng nào", "chọn một tình trạng"),
        ("This list does not say which status it shows", "choose a status"),
    ),
    "status-pages": (
        ("Cần đúng một trang danh sách “{status}”, đang có {count}", "chọn tình trạng khác, hoặc kiểu trang khác"),
        ("Exactly one list page is needed for “{status}”, there are {count}", "choose another status or layout"),
    ),
    "menu-page": (
        ("Menu có “{page}” mà không có trang đó", "bỏ khỏi menu trong Thông tin tiệm trước"),
        ("A menu names “{page}”, which does not exist", "take it out of the menu under The shop first"),
    ),
    "menu-page-hidden": (
        ("Menu có “{page}”, là trang chưa hiện", "bỏ khỏi menu, hoặc cho trang đó hiện"),
        ("A menu names “{page}”, which is not shown yet", "take it out, or show that page"),
    ),
    "policy-misses-field": (
        ("Biểu mẫu thu thập “{field}” mà chính sách không nhắc tới",
         "thêm một dòng {field} ở đây, và viết vào bài ở cả hai thứ tiếng"),
        ("The form collects “{field}”, which the policy does not name",
         "add a line {field} here, and write of it in both languages"),
    ),
    "policy-extra-field": (
        ("Chính sách nói thu thập “{field}” mà biểu mẫu không có", "xoá dòng {field} ở đây và trong bài"),
        ("The policy says that “{field}” is collected, but the form has no such field",
         "delete the line {field} here, and in the text"),
    ),
    "policy-untranslated": (
        ("Chính sách bảo mật phải có cả bản {lang}", "viết phần {lang}"),
        ("The privacy policy must exist in {lang} too", "write it in {lang}"),
    ),
    "policy-sections": (
        ("Các mục của hai bản không khớp: {what}", "hai bản cần cùng các mục {{#…}} theo cùng thứ tự"),
        ("The sections of the two languages do not match: {what}",
         "both need the same sections {{#…}} in the same order"),
    ),
    "sample-site": (
        ("Trang còn là dữ liệu mẫu nên chưa đưa lên mạng được", "thay các bé mẫu bằng bé thật, rồi bỏ dấu ở đây"),
        ("The site still holds sample data and cannot be published", "put in real puppies, then take this tick away"),
    ),
    "sample-puppy": (
        ("Bé này là bé mẫu, không có thật", "bỏ vào thùng rác; bé có thật thì bỏ dấu ở đây"),
        ("This puppy is a sample and does not exist", "move it to the bin; a real puppy loses this tick"),
    ),
    "sample-value": (
        ("Đây vẫn là giá trị mẫu: {value}", "điền giá trị thật của tiệm"),
        ("This is still a sample value: {value}", "fill in the shop's real one"),
    ),
    # Of the file itself, which a form does not show
    "unknown-key": (
        ("Trong tệp có mục lạ “{key}”", "xoá dòng ấy trong tệp"),
        ("The file holds something unknown: “{key}”", "delete that line in the file"),
    ),
    "unknown-key-near": (
        ("Trong tệp có mục lạ “{key}”", "có phải là “{near}”? Sửa dòng ấy trong tệp"),
        ("The file holds something unknown: “{key}”", "is it “{near}”? Mend that line in the file"),
    ),
    "key-twice": (
        ("Trong tệp mục “{key}” có hai lần", "xoá một dòng trong tệp"),
        ("“{key}” stands twice in the file", "delete one of the lines in the file"),
    ),
    # Advice
    "draft-unfinished": (
        ("Bản nháp, chưa lên trang; còn thiếu: {keys}", "điền nốt rồi bỏ dấu ở đây"),
        ("A draft, not on the site; still to fill in: {keys}", "fill these in, then take this tick away"),
    ),
    "draft-waiting": (
        ("Bản nháp đã đủ, nhưng chưa lên trang", "muốn cho khách xem thì bỏ dấu ở đây"),
        ("A draft with nothing left open, but not on the site", "to show it, take this tick away"),
    ),
    "no-date": (
        ("Đã “{status}” mà chưa có ngày; trang sẽ không nói ngày", "điền đúng ngày thật"),
        ("It is “{status}” without a date; its page names none", "fill in the real day"),
    ),
    "untranslated": (
        ("Chưa có bản {lang}; khách sẽ thấy bản gốc", "viết phần {lang} khi rảnh"),
        ("There is no {lang} version; visitors see the original", "write it when you can"),
    ),
    "photo-no-alt": (
        ("Chưa có lời mô tả", "tả ảnh cho người không nhìn thấy"),
        ("There is no description", "describe it for those who cannot see it"),
    ),
    "stale": (
        ("Đã đăng {days} ngày mà vẫn “{status}”", "bé còn thì đổi ngày đăng, bé đã về nhà thì đổi tình trạng"),
        ("Listed {days} days ago and still “{status}”", "still here? renew the date; gone home? change the status"),
    ),
    "weight-high": (
        ("Bé nặng {kg} kg, hơn cả bố mẹ", "xem lại dấu phẩy"),
        ("The puppy weighs {kg} kg, more than its parents", "check the decimal point"),
    ),
    "age-high": (
        ("Sinh ngày {born}, đã hơn một tuổi mà vẫn “{status}”", "xem lại năm"),
        ("Born on {born}, over a year old and still “{status}”", "check the year"),
    ),
    "summary-twice": (
        ("Giống hệt câu của {other}", "viết lời riêng cho bé này"),
        ("The same as that of {other}", "write this puppy's own words"),
    ),
    "expected-past": (
        ("Ngày dự sinh {due} đã qua", "chó mẹ sinh rồi thì viết từng bé, hoặc sửa ngày"),
        ("The litter was due on {due}", "born? write the puppies; late? correct the date"),
    ),
}  # fmt: skip
SAME = {
    "missing-key": "needed", "missing-part": "needed", "missing-for-status": "needed", "value-missing": "needed",
    "list-missing": "needed", "not-yet": "needed",
    "bad-choice-near": "bad-choice", "date-year": "bad-date", "no-breed-near": "no-breed", "no-photo-near": "no-photo",
    "menu-page-near": "menu-page",
}  # fmt: skip
"""Codes that a form says in the words of another: where one chooses from a list there is nothing to be misspelt."""

PLACES: dict[str, str] = {
    "code-twice": "f.code", "chip-twice": "f.microchip", "address-twice": "w.{lang}.slug",
    "thanks-address": "w.{lang}.slug", "summary-twice": "w.{lang}.summary", "layout-twice": "f.layout",
    "no-layout": "f.layout", "status-page-without-status": "f.status", "status-pages": "f.status",
    "no-section": "b.{lang}", "policy-sections": "b.{lang}", "policy-misses-field": "f.collects",
    "policy-extra-field": "f.collects", "policy-untranslated": "w.{other}.title", "untranslated": "w.{other}.title",
    "sample-site": "f.sample", "sample-puppy": "f.sample", "stale": "f.listed", "weight-high": "f.weight_kg",
    "draft-unfinished": "f.draft", "draft-waiting": "f.draft", "sold-before-reserved": "f.sold",
    "age-high": "f.born", "price-far": "f.price", "expected-past": "f.expected",
}  # fmt: skip
"""The field of a problem that names no line: `lang` is the file's language, `other` the one that is missing."""
OF_THE_FILE = re.compile(r"unknown-key(-near)?|key-twice|comma-in-value|control-character|yaml.*")
"""Codes of what a form cannot mend, because it does not show it: these lead to the file's own text."""

# How to fill in a field, by what it is on the form.
HOW: dict[str, tuple[str, str]] = {
    "example": ("ví dụ {example}", "for example {example}"),
    "choose": ("chọn một mục trong danh sách", "choose one from the list"),
    "tick": ("đánh dấu các ô hợp với bé", "tick what applies"),
    "day": ("chọn ngày", "choose the day"),
    "rows": ("điền một dòng", "fill in a row"),
    "parts": ("điền các ô bên trong", "fill in its parts"),
    "words": ("viết vào ô này", "write it here"),
}  # fmt: skip
