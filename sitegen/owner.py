"""The owner's messages: what is wrong and what to do instead, in Vietnamese and English. Words only, no logic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.errors import by_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.errors import Problem

# code: (Vietnamese: what is wrong, what to do), (English: the same).
MESSAGES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    # The file as a whole
    "not-utf8": (
        (
            "tệp không lưu theo mã UTF-8 nên không đọc được tiếng Việt",
            "mở tệp bằng Notepad, chọn Lưu thành (Save As), ở ô Mã hóa (Encoding) chọn UTF-8; chữ nào sai thì gõ lại",
        ),
        (
            "the file is not saved as UTF-8, so its letters cannot be read",
            "open it in Notepad, choose Save As, set Encoding to UTF-8, and retype what looks wrong",
        ),
    ),
    "utf-16": (
        (
            "tệp được lưu theo mã “Unicode” (UTF-16) nên không đọc được",
            "mở tệp bằng Notepad, chọn Lưu thành (Save As), ở ô Mã hóa (Encoding) chọn UTF-8",
        ),
        (
            "the file is saved as “Unicode” (UTF-16) and cannot be read",
            "open it in Notepad, choose Save As, and set Encoding to UTF-8",
        ),
    ),
    "not-text": (
        (
            "đây là tệp {program}, không phải tệp chữ, dù tên kết thúc bằng .md",
            "mở tệp, chép phần chữ sang Notepad, rồi lưu đè lên tệp này với mã UTF-8",
        ),
        (
            "this is a {program} file, not plain text, although its name ends in .md",
            "open it, copy the words into Notepad, and save them over this file as UTF-8",
        ),
    ),
    "control-character": (
        ("dòng này có ký tự điều khiển không nhìn thấy được (hiện ở đây là �)", "xoá cả dòng rồi gõ lại bằng tay"),
        ("there is an invisible control character in this line (shown as �)", "delete the line and type it again"),
    ),
    "file-empty": (
        ("tệp này trống", "xoá tệp, hoặc viết:  ---  , rồi  title: …  , rồi  ---  , mỗi thứ một dòng"),
        ("this file is empty", "delete it, or write  ---  , then  title: …  , then  ---  , each on a line"),
    ),
    "no-front-matter": (
        ("tệp thiếu phần thông tin ở đầu", "dòng đầu tiên phải là  ---  , rồi đến title: …, rồi một dòng  ---  nữa"),
        (
            "the block of facts at the top is missing",
            "start the file with a line  ---  , then title: …, then a line  ---",
        ),
    ),
    "front-matter-not-opened": (
        ("thiếu dòng  ---  ở đầu phần thông tin", "thêm một dòng  ---  ngay trên dòng này"),
        ("the line  ---  above the facts is missing", "add a line  ---  right above this one"),
    ),
    "front-matter-not-closed": (
        ("phần thông tin ở đầu tệp chưa được đóng lại", "thêm một dòng  ---  sau mục thông tin cuối cùng"),
        ("the block of facts at the top is not closed", "add a line  ---  after the last fact"),
    ),
    "front-matter-not-closed-here": (
        ("trước dòng này thiếu dòng  ---  đóng phần thông tin", "thêm một dòng  ---  ngay trên dòng này"),
        ("the line  ---  that ends the facts is missing before this one", "add a line  ---  right above this one"),
    ),
    "front-matter-dash": (
        ("dòng này phải đúng ba dấu trừ", "gõ lại thành  ---  (Word hay đổi thành —)"),
        ("this line has to be exactly three hyphens", "type  ---  again (Word turns them into —)"),
    ),
    "extra-file": (
        (
            "thư mục của một trang chỉ có index.md và bản dịch như index.en.md",
            "đổi tên tệp, hoặc xoá bản chép thừa",
        ),
        (
            "a page's folder holds only index.md and translations such as index.en.md",
            "rename it, or delete a stray copy",
        ),
    ),
    "file-case": (
        ("tên tệp “{name}” có chữ hoa", "đổi tên thành  {wanted}"),
        ("the file's name “{name}” has capitals", "rename it to  {wanted}"),
    ),
    "text-ending": (
        (
            "tên thật của tệp là “{name}”, vì Windows giấu phần .txt ở cuối; nội dung trong đó không lên trang",
            "đổi tên thành  {wanted}  (trong Explorer bật Xem → Phần mở rộng tên tệp)",
        ),
        (
            "the file is really called “{name}”, because Windows hides the .txt; nothing in it is on the site",
            "rename it to  {wanted}  (in Explorer turn on View → File name extensions)",
        ),
    ),
    "wrong-place": (
        (
            "tệp không nằm trong thư mục nào mà trang web biết",
            "đặt vào một trong: {allowed} (ví dụ content/puppies/bong/index.md)",
        ),
        (
            "the file is not in a folder that the site knows",
            "move it to one of: {allowed} (for example content/puppies/bong/index.md)",
        ),
    ),
    "unknown-language": (
        ("“{lang}” không phải ngôn ngữ của trang web", "đặt tên tệp theo một trong: {allowed}, ví dụ index.en.md"),
        ("“{lang}” is not a language of the site", "name the file with one of: {allowed}, for example index.en.md"),
    ),
    "no-original": (
        ("có bản dịch nhưng thiếu bản gốc tiếng Việt", "thêm tệp {wanted}"),
        ("there is a translation without its Vietnamese original", "add the file {wanted}"),
    ),
    "same-page-twice": (
        ("trang này có hai bản: tệp này và {other}", "giữ một, xoá một"),
        ("this page exists twice: here and in {other}", "keep one, delete the other"),
    ),
    # YAML
    "yaml": (
        (
            "dòng này viết sai cách nên không đọc được",
            'mỗi dòng có dạng  tên: giá trị ; chữ có dấu hai chấm hay dấu ngoặc thì đặt trong "…"',
        ),
        (
            "this line cannot be read",
            'every line has the form  name: value ; put words with a colon or brackets in "…"',
        ),
    ),
    "yaml-key": (
        (
            "dòng này không có dạng  tên: giá trị",
            "kiểm tra dòng này và dòng ngay trên: thiếu dấu hai chấm, hay thụt lề lệch?",
        ),
        (
            "this line does not have the form  name: value",
            "look at this line and the one above: a missing colon, or uneven spaces at the start?",
        ),
    ),
    "yaml-indent": (
        ("dòng này thụt vào khác các dòng trên", "xoá dấu cách ở đầu dòng: các mục cùng cấp phải thẳng hàng"),
        (
            "this line is indented differently from those above",
            "delete the spaces at its start: keys of one level line up",
        ),
    ),
    "yaml-no-keys": (
        ("phần thông tin phải gồm các dòng  tên: giá trị", "viết ví dụ  title: Bông"),
        ("the facts must be lines of the form  name: value", "write for example  title: Bông"),
    ),
    "yaml-tab": (
        (
            "dòng này có phím Tab; thông tin chỉ dùng dấu cách",
            "xoá Tab; dòng thuộc một mục khác thì gõ hai dấu cách",
        ),
        (
            "there is a Tab in this line; facts use spaces only",
            "delete the Tab; inside another key type two spaces",
        ),
    ),
    "yaml-curly-quote": (
        ("dòng này có dấu ngoặc kép cong (thường do chép từ Word)", "gõ lại bằng dấu thẳng:  {fixed}"),
        ("there are curly quotes in this line (often pasted from Word)", "type straight ones:  {fixed}"),
    ),
    "yaml-colon": (
        ("giá trị có dấu hai chấm nên phải đặt trong ngoặc kép", "viết  {fixed}"),
        ("a value with a colon in it needs quotes", "write  {fixed}"),
    ),
    "yaml-two-values": (
        ("mục ngay trên đã có giá trị, mà dưới nó còn một danh sách", "giữ một trong hai, xoá cái kia"),
        ("the key above has a value already, and below it a list as well", "keep one of the two, delete the other"),
    ),
    "yaml-hash": (
        ("từ dấu # trở đi bị coi là ghi chú và sẽ mất", "đặt cả câu trong ngoặc kép:  {fixed}"),
        ("everything from the # on counts as a remark and would be lost", "put all of it in quotes:  {fixed}"),
    ),
    "yaml-wide-colon": (
        ("dòng này dùng dấu hai chấm kiểu chữ Hán (：)", "gõ dấu hai chấm thường:  {fixed}"),
        ("there is a wide colon (：) in this line", "type an ordinary one:  {fixed}"),
    ),
    "yaml-equals": (
        ("dòng này dùng dấu = thay cho dấu hai chấm", "viết  {fixed}"),
        ("there is a = where a colon belongs", "write  {fixed}"),
    ),
    "yaml-bullet": (
        ("dấu “{mark}” ở đầu dòng này không đúng chỗ", "viết  {fixed}"),
        ("the “{mark}” at the start of this line is out of place", "write  {fixed}"),
    ),
    "yaml-after-bracket": (
        ("sau dấu ngoặc đóng còn chữ", "đặt cả câu trong ngoặc kép:  {fixed}"),
        ("there are words after the closing bracket", "put all of it in quotes:  {fixed}"),
    ),
    "yaml-quote-open": (
        ("dấu ngoặc mở ra mà chưa đóng", "viết  {fixed}"),
        ("a quote is opened and not closed", "write  {fixed}"),
    ),
    "yaml-after-quote": (
        ("sau dấu ngoặc kép đóng còn chữ", "đặt cả câu trong một cặp ngoặc:  {fixed}"),
        ("there are words after the closing quote", "put all of it in one pair of quotes:  {fixed}"),
    ),
    "yaml-backslash": (
        ("trong ngoặc kép, dấu \\ phải viết hai lần", "viết  {fixed}"),
        ("within quotes a \\ has to be typed twice", "write  {fixed}"),
    ),
    "yaml-bracket-open": (
        ("dấu [ hoặc {{ mở ra mà chưa đóng trong dòng này", "viết  {fixed}"),
        ("a [ or {{ is opened and not closed in this line", "write  {fixed}"),
    ),
    "yaml-comma": (
        (
            "trong ngoặc [ ] hay {{ }} của dòng này thiếu dấu phẩy, hoặc có chữ chứa dấu hai chấm",
            'viết như  {{tên: giá trị, tên: "giá trị: có hai chấm"}}',
        ),
        (
            "inside the brackets of this line a comma is missing, or words hold a colon",
            'write it like  {{name: value, name: "a value: with a colon"}}',
        ),
    ),
    "comma-in-value": (
        ("trong ngoặc {{ }} dấu phẩy đã cắt giá trị làm hai", "đặt giá trị trong ngoặc kép:  {fixed}"),
        ("inside {{ }} a comma has torn a value in two", "put the value in quotes:  {fixed}"),
    ),
    "yaml-reserved": (
        ("giá trị không được bắt đầu bằng  {mark}", "đặt trong ngoặc kép:  {fixed}"),
        ("a value cannot start with  {mark}", "put it in quotes:  {fixed}"),
    ),
    "yaml-no-space": (
        ("thiếu dấu cách sau dấu hai chấm", "viết  {fixed}"),
        ("the space after the colon is missing", "write  {fixed}"),
    ),
    "yaml-no-colon": (
        (
            "dòng này thiếu dấu hai chấm giữa tên và giá trị",
            "viết  tên: giá trị ; nếu là phần tiếp của câu trên thì nối vào cuối dòng trên",
        ),
        (
            "the colon between name and value is missing",
            "write  name: value ; if it goes on from the line above, join it to that line",
        ),
    ),
    # Keys
    "unknown-key": (
        ("không có mục nào tên là “{key}”", "xoá dòng này, hoặc dùng một trong: {allowed}"),
        ("there is no key “{key}”", "delete the line, or use one of: {allowed}"),
    ),
    "unknown-key-near": (
        ("không có mục nào tên là “{key}”", "có phải ý bạn là “{near}”?"),
        ("there is no key “{key}”", "did you mean “{near}”?"),
    ),
    "key-twice": (
        ("mục “{key}” đã có ở dòng {first}", "giữ một dòng, xoá dòng kia"),
        ("“{key}” stands already in line {first}", "keep one line, delete the other"),
    ),
    "missing-key": (
        ("thiếu “{key}”", "thêm một dòng, ví dụ  {key}: {example}"),
        ("“{key}” is missing", "add a line, for example  {key}: {example}"),
    ),
    "missing-part": (
        ("thiếu “{key}” trong mục “{group}”", "thêm vào trong {group} một mục  {key}: {example}"),
        ("“{key}” is missing in “{group}”", "add inside {group}:  {key}: {example}"),
    ),
    "missing-for-status": (
        ("thiếu “{key}”, mà bé có tình trạng “{status}” thì cần", "thêm một dòng, ví dụ  {key}: {example}"),
        ("“{key}” is missing, and a puppy that is “{status}” needs it", "add a line, for example  {key}: {example}"),
    ),
    "not-for-status": (
        ("“{key}” không đi cùng tình trạng “{status}”", "xoá dòng này, hoặc đổi status"),
        ("“{key}” does not go with status “{status}”", "delete this line, or change the status"),
    ),
    "value-missing": (
        ("“{key}” chưa có giá trị", "viết sau dấu hai chấm, ví dụ  {key}: {example}"),
        ("“{key}” has no value", "write it after the colon, for example  {key}: {example}"),
    ),
    "list-missing": (
        (
            "“{key}” chưa ghi gì",
            "chưa có lần nào thì viết  {key}: chưa ; có rồi thì ghi từng lần, như  {key}: {example}",
        ),
        ("“{key}” says nothing", "none yet? write  {key}: none ; else every time it was done, like  {key}: {example}"),
    ),
    "not-yet": (
        (
            "“{key}” là “{value}”, mà khách đón bé cần biết rõ điều này",
            "có rồi hãy viết  {key}: {shape} ; trong lúc chờ, dòng  draft: true  giữ bé chưa lên trang",
        ),
        (
            "“{key}” is “{value}”, and whoever takes the puppy needs to know",
            "once there is one, write  {key}: {shape} ; until then a line  draft: true  keeps the page back",
        ),
    ),
    # Values
    "not-one-value": (
        ("“{key}” chỉ nhận một giá trị, không phải danh sách", "viết  {key}: {example}"),
        ("“{key}” takes one value, not a list", "write  {key}: {example}"),
    ),
    "not-group": (
        ("“{key}” phải có các mục nhỏ bên trong", "viết  {key}: {example}"),
        ("“{key}” needs its parts inside", "write  {key}: {example}"),
    ),
    "not-range": (
        ("“{key}” phải là khoảng từ – đến", "viết  {key}: {example}"),
        ("“{key}” must be a range from – to", "write  {key}: {example}"),
    ),
    "range-order": (
        ("trong “{key}” số sau nhỏ hơn số trước", "đổi chỗ hai số"),
        ("in “{key}” the second number is below the first", "swap the two"),
    ),
    "list-short": (
        ("danh sách “{key}” đang trống", "viết ít nhất một mục, ví dụ  {key}: {example}"),
        ("the list “{key}” is empty", "write at least one item, for example  {key}: {example}"),
    ),
    "too-long": (
        ("“{key}” dài {length} ký tự, nhiều nhất là {limit}", "viết ngắn lại"),
        ("“{key}” is {length} characters long, the limit is {limit}", "shorten it"),
    ),
    "bad-form": (
        ("“{value}” không đúng dạng của “{key}”", "viết như  {key}: {example}"),
        ("“{value}” does not have the form of “{key}”", "write it like  {key}: {example}"),
    ),
    "bad-choice": (
        ("“{value}” không dùng được cho “{key}”", "chọn một trong: {allowed}"),
        ("“{value}” cannot stand in “{key}”", "choose one of: {allowed}"),
    ),
    "bad-choice-near": (
        ("“{value}” không dùng được cho “{key}”", "có phải ý bạn là “{near}”? (các lựa chọn: {allowed})"),
        ("“{value}” cannot stand in “{key}”", "did you mean “{near}”? (choices: {allowed})"),
    ),
    "bad-flag": (
        ("“{value}” không rõ là có hay không", "viết  {key}: true  hoặc  {key}: false"),
        ("“{value}” is neither yes nor no", "write  {key}: true  or  {key}: false"),
    ),
    "bad-money": (
        ("“{value}” không phải số tiền", "viết số đồng, ví dụ  {key}: 12000000  (hoặc 12 triệu, 8tr5)"),
        ("“{value}” is not an amount", "write VND, for example  {key}: 12000000  (12 triệu and 8tr5 work too)"),
    ),
    "money-unclear": (
        ("“{value}” chưa rõ là bao nhiêu tiền", "nếu là {guess} đồng thì viết  {key}: {guess}"),
        ("“{value}” does not say how much", "if you mean {guess} VND, write  {key}: {guess}"),
    ),
    "money-words": (
        ("“{value}” không chỉ là số tiền", "chỉ viết con số; có phải ý bạn là  {key}: {guess} ?"),
        ("“{value}” is not just an amount", "write the number alone; did you mean  {key}: {guess} ?"),
    ),
    "money-two": (
        ("“{value}” là hai mức giá", "viết một giá, ví dụ  {key}: {guess}"),
        ("“{value}” names two prices", "write one, for example  {key}: {guess}"),
    ),
    "money-foreign": (
        ("“{value}” không phải tiền Việt Nam", "viết giá bằng đồng, ví dụ  {key}: 12000000  (hoặc 12 triệu, 8tr5)"),
        (
            "“{value}” is not in VND",
            "write the price in đồng, for example  {key}: 12000000  (12 triệu and 8tr5 work too)",
        ),
    ),
    "money-small": (
        ("“{value}” đồng thì quá ít", "viết đủ số không; có phải ý bạn là  {key}: {guess} ?"),
        ("“{value}” VND is too little", "write all the zeros; did you mean  {key}: {guess} ?"),
    ),
    "bad-date": (
        ("“{value}” không đọc được thành ngày", "viết ngày/tháng/năm, ví dụ  {key}: 30/8/2026  (hoặc 2026-08-30)"),
        ("“{value}” cannot be read as a date", "write day/month/year, for example  {key}: 30/8/2026  (or 2026-08-30)"),
    ),
    "date-near": (
        ("ngày “{value}” chưa rõ", "viết ngày/tháng/năm với bốn số của năm; có phải ý bạn là  {key}: {guess} ?"),
        (
            "the date “{value}” is not clear",
            "write day/month/year with all four digits of the year; did you mean  {key}: {guess} ?",
        ),
    ),
    "no-such-day": (
        ("không có ngày “{value}”: tháng {month}/{year} chỉ có {days} ngày", "xem lại ngày trong  {key}"),
        ("there is no “{value}”: {month}/{year} has only {days} days", "check the day in  {key}"),
    ),
    "bad-number": (
        ("“{value}” không phải số", "viết số, ví dụ  {key}: {example}"),
        ("“{value}” is not a number", "write a number, for example  {key}: {example}"),
    ),
    "number-range": (
        ("{value} nằm ngoài khoảng của “{key}”", "viết số trong khoảng {span}"),
        ("{value} is out of range for “{key}”", "write a number within {span}"),
    ),
    # Words
    "no-script": (
        (
            "không dùng được “{found}” trong bài viết",
            "xoá đi: trang của tiệm không chạy mã lạ và không nhúng trang khác",
        ),
        ("“{found}” cannot stand in a text", "delete it: the shop's pages run no foreign code and embed no other site"),
    ),
    "foreign-image": (
        ("ảnh này nằm ở trang web khác", "tải ảnh về, đặt cạnh tệp này, rồi viết  ![mô tả](ten-anh.jpg)"),
        ("this picture lies on another website", "save it beside this file and write  ![description](picture.jpg)"),
    ),
    "image-space": (
        ("tên ảnh có dấu cách nên ảnh sẽ không hiện", "đặt tên ảnh trong < >:  {fixed}"),
        ("the picture's name has a space, so it would not be shown", "put the name in < >:  {fixed}"),
    ),
    "link-space": (
        ("giữa ] và ( có dấu cách nên liên kết không thành liên kết", "viết liền nhau:  {fixed}"),
        ("a space between ] and ( keeps this from being a link", "write them together:  {fixed}"),
    ),
    "link-relative": (
        ("đường dẫn tới trang của tiệm phải tính từ thư mục content, bắt đầu bằng /", "viết  {fixed}"),
        ("the path of a page of the shop counts from content/ and begins with /", "write  {fixed}"),
    ),
    "link-scheme": (
        ("“{target}” chưa phải địa chỉ web đầy đủ", "viết  {fixed}"),
        ("“{target}” is not a whole web address", "write  {fixed}"),
    ),
    "single-brace": (
        ("thông tin của tiệm phải nằm trong hai dấu ngoặc nhọn", "viết  {fixed}"),
        ("a fact of the shop stands in double braces", "write  {fixed}"),
    ),
    "page-hidden": (
        ("liên kết {target} dẫn tới trang chưa đăng (bản nháp, hoặc chưa tới ngày)", "bỏ liên kết, hoặc đăng trang đó"),
        (
            "the link {target} leads to a page that is not shown yet (a draft, or waiting for its day)",
            "remove the link, or show that page",
        ),
    ),
    "no-page": (
        ("liên kết {target} không dẫn tới tệp nào", "viết đường dẫn trong content/, ví dụ /pages/guarantee.md"),
        ("the link {target} leads to no file", "write its path inside content/, for example /pages/guarantee.md"),
    ),
    "no-page-near": (
        ("liên kết {target} không dẫn tới tệp nào", "có phải ý bạn là {near}?"),
        ("the link {target} leads to no file", "did you mean {near}?"),
    ),
    "no-fragment": (
        ("trang {target} không có mục #{fragment}", "các mục có: {known}"),
        ("{target} has no section #{fragment}", "its sections are: {known}"),
    ),
    "no-fact": (
        ("không có thông tin nào tên là {{{{ {name} }}}}", "dùng một trong: {known}"),
        ("there is no fact {{{{ {name} }}}}", "use one of: {known}"),
    ),
    "no-fact-near": (
        ("không có thông tin nào tên là {{{{ {name} }}}}", "có phải ý bạn là {{{{ {near} }}}}?"),
        ("there is no fact {{{{ {name} }}}}", "did you mean {{{{ {near} }}}}?"),
    ),
    # Puppies
    "no-breed": (
        ("chưa có giống chó nào tên “{breed}”", "dùng một trong: {known}; hoặc thêm content/breeds/{breed}/index.md"),
        ("there is no breed “{breed}”", "use one of: {known}; or add content/breeds/{breed}/index.md"),
    ),
    "no-breed-near": (
        ("chưa có giống chó nào tên “{breed}”", "có phải ý bạn là “{near}”? (đang có: {known})"),
        ("there is no breed “{breed}”", "did you mean “{near}”? (known: {known})"),
    ),
    "code-twice": (
        (
            "hai bé cùng mã {puppy}: tệp này và {other}:{line}",
            "bé cũ để nguyên; bé mới thêm thì đổi mã, ví dụ  code: {free}  (chưa bé nào dùng)",
        ),
        (
            "two puppies have the code {puppy}: this file and {other}:{line}",
            "leave the older one as it is, and give the new one another, for example  code: {free}  (nobody has it)",
        ),
    ),
    "chip-twice": (
        (
            "hai bé cùng số vi mạch {chip}: tệp này và {other}:{line}",
            "mỗi bé một số; xem lại sổ của hai bé, bé nào chưa gắn thì viết  microchip: none",
        ),
        (
            "two puppies have the microchip {chip}: this file and {other}:{line}",
            "check both health books; for the puppy that has none write  microchip: none",
        ),
    ),
    "ready-too-young": (
        ("ngày đón {ready} là khi bé chưa đủ 8 tuần tuổi", "sớm nhất là  ready: {earliest}"),
        ("on {ready} the puppy is not yet 8 weeks old", "the earliest is  ready: {earliest}"),
    ),
    "born-in-future": (
        ("ngày sinh {born} còn ở tương lai", "sửa ngày, hoặc dùng  status: expected  với  expected: {born}"),
        ("the birth date {born} is in the future", "correct it, or use  status: expected  with  expected: {born}"),
    ),
    "before-birth": (
        ("“{key}” ghi ngày {date}, trước ngày sinh {born}", "xem lại hai ngày này"),
        ("“{key}” says {date}, before the birth date {born}", "check the two dates"),
    ),
    "in-future": (
        ("“{key}” ghi ngày {date}, còn ở tương lai", "chỉ ghi việc đã làm; xem lại ngày"),
        ("“{key}” says {date}, which is in the future", "only what has been done can be stated; check the date"),
    ),
    "listed-in-future": (
        ("“{key}” ghi ngày {date}, còn ở tương lai", "xem lại ngày; muốn hẹn ngày đăng thì viết  publish_on: {date}"),
        ("“{key}” says {date}, which is in the future", "check the date; to show it later write  publish_on: {date}"),
    ),
    "sold-before-reserved": (
        ("ngày bán {sold} trước ngày đặt {reserved}", "xem lại hai ngày này"),
        ("it was sold on {sold}, before it was reserved on {reserved}", "check the two dates"),
    ),
    "facts-disagree": (
        ("“{key}” ở đây khác với {original} dòng {line}", "xoá dòng này: thông tin chỉ ghi một lần, ở bản tiếng Việt"),
        ("“{key}” differs from {original} line {line}", "delete this line: facts stand once, in the Vietnamese file"),
    ),
    "fact-elsewhere": (
        ("“{key}” chỉ có ở bản dịch, còn {original} thì thiếu", "chuyển dòng này sang {original}"),
        ("“{key}” stands in the translation alone, and not in {original}", "move this line to {original}"),
    ),
    "no-photo": (
        ("không thấy ảnh “{file}” cạnh tệp này", "chép ảnh vào cùng thư mục, hoặc sửa tên cho đúng"),
        ("there is no photo “{file}” beside this file", "copy it into the same folder, or correct the name"),
    ),
    "no-photo-near": (
        ("không thấy ảnh “{file}” cạnh tệp này", "có phải ý bạn là “{near}”?"),
        ("there is no photo “{file}” beside this file", "did you mean “{near}”?"),
    ),
    "photo-broken": (
        ("ảnh bị hỏng, không mở được", "chụp hoặc chép lại ảnh này từ điện thoại"),
        ("the picture is damaged and cannot be opened", "copy it again from the phone"),
    ),
    "photo-not-a-picture": (
        ("tệp này không phải là ảnh", "dùng ảnh JPEG, PNG, WebP hoặc HEIC"),
        ("this file is not a picture", "use a JPEG, PNG, WebP or HEIC photo"),
    ),
    "photo-unreadable": (
        ("không đọc được tệp ảnh này", "xem tệp có đang mở ở chương trình khác không, rồi chạy lại"),
        ("this photo's file cannot be read", "close other programs that hold it, and run again"),
    ),
    "photo-too-small": (
        ("ảnh quá nhỏ, lên trang sẽ bị mờ", "dùng ảnh gốc từ điện thoại, cạnh ngắn ít nhất 320 điểm ảnh"),
        (
            "the picture is too small and would look blurred",
            "use the phone's original: its shorter side needs 320 pixels",
        ),
    ),
    "photo-too-large": (
        ("ảnh quá lớn (trên 110 triệu điểm ảnh)", "thu nhỏ ảnh rồi chép lại"),
        ("the picture is too large (over 110 megapixels)", "make it smaller and copy it again"),
    ),
    # The site
    "vietnamese-first": (
        (
            "tiếng Việt phải đứng đầu danh sách này: tệp không ghi thứ tiếng (index.md) là tiếng Việt,"
            " địa chỉ không có /en/ cũng là tiếng Việt",
            "viết  languages: [{wanted}] , các tệp cứ để nguyên; khách nước ngoài thì gửi họ địa chỉ có /en/",
        ),
        (
            "Vietnamese comes first in this list: files that name no language (index.md) are Vietnamese,"
            " and so are addresses without /en/",
            "write  languages: [{wanted}]  and leave the files as they are; send English readers addresses with /en/",
        ),
    ),
    "address-twice": (
        ("hai trang cùng địa chỉ {url}: tệp này và {other}", "thêm vào một tệp dòng  slug: ten-khac"),
        ("two pages claim the address {url}: this file and {other}", "add a line  slug: another-name  to one of them"),
    ),
    "status-page-without-status": (
        ("trang danh sách này chưa nói tình trạng nào", "thêm  status: available  (hoặc reserved, sold, expected)"),
        ("this list does not say which status it shows", "add  status: available  (or reserved, sold, expected)"),
    ),
    "no-layout": (
        ("thiếu trang có  layout: {layout}", "thêm một tệp .md với dòng  layout: {layout}"),
        ("there is no page with  layout: {layout}", "add an .md file with the line  layout: {layout}"),
    ),
    "no-section": (
        ("trang đầu thiếu mục {{#{section}}}", "thêm một tiêu đề, ví dụ  ## {example} {{#{section}}}"),
        ("the home page has no section {{#{section}}}", "add a heading, for example  ## {example} {{#{section}}}"),
    ),
    "layout-twice": (
        ("layout: {layout} đã dùng ở {other}", "chỉ một trang được dùng; bỏ dòng layout ở đây"),
        ("layout: {layout} is used by {other} already", "only one page may have it; remove the line here"),
    ),
    "status-pages": (
        ("cần đúng một trang danh sách cho  status: {status} , đang có {count}", "thêm hoặc bớt trang  layout: status"),
        (
            "exactly one list page is needed for  status: {status} , there are {count}",
            "add or remove a  layout: status  page",
        ),
    ),
    "thanks-address": (
        ("trang cảm ơn phải có địa chỉ {wanted} vì biểu mẫu dẫn tới đó", "thêm  slug: {slug}"),
        ("the thank-you page must be at {wanted}, where the form leads", "add  slug: {slug}"),
    ),
    "no-pages": (
        (
            "không thấy trang nào trong content/pages",
            "chạy lệnh trong thư mục của trang web; nếu lỡ xoá thì chép lại thư mục content",
        ),
        (
            "there are no pages in content/pages",
            "run the command in the site's folder; if it was deleted, copy the folder content back",
        ),
    ),
    "menu-page-hidden": (
        ("menu trỏ tới “{page}”, trang chưa đăng (bản nháp, hoặc chưa tới ngày)", "bỏ khỏi menu, hoặc đăng trang đó"),
        ("a menu names “{page}”, which is not shown yet (a draft, or waiting for its day)", "take it out, or show it"),
    ),
    "menu-page": (
        ("menu trỏ tới “{page}” nhưng không có trang đó", "sửa tên trong site.yaml hoặc thêm tệp content/{page}.md"),
        ("a menu names “{page}”, which does not exist", "correct site.yaml, or add content/{page}.md"),
    ),
    "menu-page-near": (
        ("menu trỏ tới “{page}” nhưng không có trang đó", "có phải ý bạn là “{near}”?"),
        ("a menu names “{page}”, which does not exist", "did you mean “{near}”?"),
    ),
    "policy-misses-field": (
        (
            "biểu mẫu thu thập “{field}” mà chính sách không nhắc tới",
            "thêm vào  collects:  và viết vào bài ở cả hai thứ tiếng",
        ),
        (
            "the form collects “{field}”, which the policy does not name",
            "add it to  collects:  and to the words in both languages",
        ),
    ),
    "policy-extra-field": (
        ("chính sách nói thu thập “{field}” mà biểu mẫu không có", "xoá khỏi  collects:  và khỏi bài viết"),
        (
            "the policy says that “{field}” is collected, but the form has no such field",
            "remove it from  collects:  and the words",
        ),
    ),
    "policy-untranslated": (
        ("chính sách bảo mật phải có cả bản {lang}", "thêm tệp bản dịch bên cạnh"),
        ("the privacy policy must exist in {lang} too", "add the translated file beside it"),
    ),
    "policy-sections": (
        ("các mục không khớp với {original}: {what}", "hai bản phải có cùng các mục {{#…}} theo cùng thứ tự"),
        (
            "the sections do not match {original}: {what}",
            "both languages need the same sections {{#…}} in the same order",
        ),
    ),
    "sample-site": (
        ("trang còn là dữ liệu mẫu nên chưa thể xuất bản", "thay các bé mẫu bằng bé thật, rồi viết  sample: false"),
        (
            "the site still holds sample data and cannot be published",
            "replace the sample puppies, then write  sample: false",
        ),
    ),
    "sample-puppy": (
        ("bé này là bé mẫu, không có thật", "xoá thư mục của bé; bé có thật thì xoá dòng  sample: true"),
        (
            "this puppy is a sample and does not exist",
            "delete its folder; a real puppy loses the line  sample: true",
        ),
    ),
    "sample-value": (
        ("“{key}” vẫn là giá trị mẫu: {value}", "điền giá trị thật của tiệm"),
        ("“{key}” is still a sample value: {value}", "fill in the shop's real one"),
    ),
    # Publishing
    "no-publish": (
        (
            "site.yaml chưa nói đăng trang ở đâu",
            "thêm mục  publish:  như deploy/README.vi.md viết",
        ),
        (
            "site.yaml does not say where to publish",
            "add  publish:  as deploy/README.en.md says",
        ),
    ),
    "no-tool": (
        ("máy này chưa có lệnh “{tool}” của nơi đăng", "cài theo trang của nơi đó trong deploy/"),
        (
            "the host's command “{tool}” is not on this machine",
            "install it as its page in deploy/ says",
        ),
    ),
    "tool-failed": (
        ("lệnh “{command}” báo lỗi {code}; trang chưa được đăng", "đọc lời báo ngay phía trên, sửa rồi chạy lại"),
        (
            "“{command}” ended with error {code}; nothing counts as published",
            "read its words above, mend it, run again",
        ),
    ),
    "host-full": (
        ("{host} chỉ nhận tệp này tới {most} byte", "bớt đường dẫn cũ (aliases), hoặc chọn nơi đăng khác"),
        ("{host} takes at most {most} bytes of this file", "drop old addresses (aliases), or choose another host"),
    ),
    # Templates and output
    # Templates
    "template": (
        (
            "phép tính hay bộ lọc ở dòng này không hợp với giá trị mà nó nhận (ví dụ cộng chữ với số)",
            "viết lại như trong bản gốc, hoặc bỏ phép tính đi; nội dung của bạn không sai",
        ),
        (
            "what this line does does not suit its values (adding words to a number, say)",
            "write it as in the original, or leave the sum out; your content is right",
        ),
    ),
    "template-wrong": (
        (
            "dòng này của mẫu trang viết sai, không dựng được trang",
            "viết lại như trong bản gốc; nội dung của bạn không sai",
        ),
        (
            "this line of the template is wrong, and no page can be made",
            "write it as in the original; your content is right",
        ),
    ),
    "template-open": (
        ("dấu  {mark}  mở ra ở đây mà chưa đóng", "viết  {end}  ở chỗ nó kết thúc"),
        ("a  {mark}  is opened here and not closed", "write  {end}  where it ends"),
    ),
    "template-mixed": (
        ("mở bằng  {mark}  mà lại đóng bằng  {wrong}", "đóng bằng  {end}"),
        ("what  {mark}  opens is closed by  {wrong}", "close it with  {end}"),
    ),
    "template-half": (
        ("thẻ  {typed}  thiếu hoặc thừa dấu ở đầu", "viết  {fixed}"),
        ("the tag  {typed}  does not begin as it should", "write  {fixed}"),
    ),
    "template-nested": (
        ("trong {{{{ }}}} hay {{% %}} không viết thêm {{{{ }}}} nữa", "bỏ cặp ngoặc ở trong, chỉ để lại  {inside}"),
        ("inside {{{{ }}}} or {{% %}} there are no further {{{{ }}}}", "remove the inner braces and leave  {inside}"),
    ),
    "template-quote": (
        ("dấu ngoặc  {mark}  mở ra mà chưa đóng trong dòng này", "viết thêm  {mark}  ở cuối chữ đó"),
        ("the quote  {mark}  is opened and not closed in this line", "write another  {mark}  behind those words"),
    ),
    "template-bracket": (
        ("dấu ngoặc  {mark}  mở ra mà chưa đóng", "viết thêm  {end}  ở chỗ nó kết thúc"),
        ("the bracket  {mark}  is opened and not closed", "write  {end}  where it ends"),
    ),
    "template-bracket-stray": (
        ("dấu ngoặc  {mark}  ở đây không đóng cái gì", "xoá nó đi, hoặc thêm dấu ngoặc mở ở phía trước"),
        ("the bracket  {mark}  closes nothing", "delete it, or open one before it"),
    ),
    "template-empty": (
        ("giữa  {mark}  và  {end}  chưa có gì", "viết vào giữa, ví dụ  {{{{ page.heading }}}} , hoặc xoá cả hai"),
        ("there is nothing between  {mark}  and  {end}", "write, say,  {{{{ page.heading }}}} , or delete both"),
    ),
    "template-unclosed": (
        ("thẻ {{% {tag} %}} trong mẫu trang mở ra ở đây mà chưa đóng", "thêm {{% end{tag} %}} ở chỗ nó kết thúc"),
        ("the tag {{% {tag} %}} of the template is opened here and not closed", "add {{% end{tag} %}} where it ends"),
    ),
    "template-stray": (
        (
            "{{% end{tag} %}} ở đây thừa: phía trên không còn {{% {tag} %}} nào đang mở",
            "xoá nó đi, hoặc thêm {{% {tag} … %}} ở chỗ bắt đầu",
        ),
        (
            "{{% end{tag} %}} closes nothing: no {{% {tag} %}} is open above it",
            "delete it, or add {{% {tag} … %}} where it begins",
        ),
    ),
    "template-crossed": (
        (
            "{{% {tag} %}} không đóng được {{% {open} %}} mở ở dòng {first}",
            "đổi thành {{% end{open} %}}",
        ),
        (
            "{{% {tag} %}} does not close the {{% {open} %}} of line {first}",
            "change it to {{% end{open} %}}",
        ),
    ),
    "template-else": (
        (
            "{{% {tag} %}} ở đây không thuộc {{% if %}} nào, hoặc {{% if %}} đó đã có {{% else %}} rồi",
            "xoá nó đi, hoặc đặt vào giữa {{% if … %}} và {{% endif %}}",
        ),
        (
            "{{% {tag} %}} belongs to no {{% if %}}, or to one that has had its {{% else %}}",
            "delete it, or put it between {{% if … %}} and {{% endif %}}",
        ),
    ),
    "template-tag": (
        ("mẫu trang dùng thẻ {{% {tag} %}}, không có thẻ nào như vậy", "xem lại tên thẻ, hoặc xoá nó"),
        ("the template uses {{% {tag} %}}, which does not exist", "check the tag's name, or delete it"),
    ),
    "template-tag-near": (
        ("không có thẻ nào viết như  {typed}", "có phải ý bạn là {{% {near} %}}?"),
        ("there is no tag like  {typed}", "did you mean {{% {near} %}}?"),
    ),
    "template-shape": (
        ("thẻ  {typed}  viết chưa đúng", "viết theo mẫu  {shape}"),
        ("the tag  {typed}  is not written as it should be", "write it like  {shape}"),
    ),
    "template-read": (
        (
            "không hiểu được  {typed} , vướng ở “{near}”",
            "trước “{near}” thiếu dấu chấm hay dấu |, hoặc thừa chữ? viết như  {{{{ page.heading }}}}",
        ),
        (
            "{typed}  cannot be understood from “{near}” on",
            "is a dot or a | missing before “{near}”, or is it too much? write it like  {{{{ page.heading }}}}",
        ),
    ),
    "template-ends": (
        ("{typed}  dừng lại giữa chừng", "viết nốt phần còn thiếu ở cuối, hoặc xoá dấu thừa"),
        ("{typed}  ends half-way", "write what is missing at its end, or delete the sign that is too many"),
    ),
    "template-sign": (
        ("trong thẻ của mẫu trang không dùng được dấu  {mark}", "viết  {instead}"),
        ("the sign  {mark}  cannot be used in a tag of the template", "write  {instead}"),
    ),
    "template-mark": (
        ("trong thẻ của mẫu trang không dùng được dấu  {mark}", "xoá dấu đó đi; nếu là chữ thì đặt cả câu trong \"…\""),
        ("the sign  {mark}  cannot be used in a tag of the template", 'delete it; words go in "…"'),
    ),
    "template-name": (
        ("mẫu trang nhắc tới “{name}” mà không có gì tên như vậy", "xem lại tên; chữ thì thêm vào templates/strings/"),
        ("the template names “{name}”, which does not exist", "check the name; a word goes into templates/strings/"),
    ),
    "template-name-near": (
        ("mẫu trang nhắc tới “{name}” mà không có gì tên như vậy", "có phải ý bạn là “{near}”?"),
        ("the template names “{name}”, which does not exist", "did you mean “{near}”?"),
    ),
    "template-filter": (
        ("mẫu trang dùng “| {name}” mà không có gì tên như vậy", "xem lại tên sau dấu |"),
        ("the template uses “| {name}”, which does not exist", "check the name after the |"),
    ),
    "template-test": (
        ("mẫu trang hỏi “is {name}” mà không có câu hỏi nào như vậy", "xem lại chữ sau is, hoặc dùng  =="),
        ("the template asks “is {name}”, which does not exist", "check the word after is, or use  =="),
    ),
    "template-defined": (
        ("“is defined” không dùng cho những gì riêng của trang: chúng luôn có", "hỏi thẳng  {{% if page.heading %}}"),
        ("“is defined” makes no sense for what is a page's own: that is always there", "ask  {{% if page.heading %}}"),
    ),
    "template-missing": (
        ("mẫu trang gọi tệp {name}, không có tệp đó", "xem lại tên tệp, hoặc thêm tệp"),
        ("the template asks for {name}, which does not exist", "check the file's name, or add the file"),
    ),
    "template-file": (
        (
            "tên tệp ở đây phải viết hẳn ra, trong ngoặc kép",
            'viết như  {{% include "partials/crumbs.html" %}}',
        ),
        (
            "the file's name has to be written out here, in quotes",
            'write it like  {{% include "partials/crumbs.html" %}}',
        ),
    ),
    "template-itself": (
        ("“{name}” tự gọi lại chính nó, mãi không hết", "bỏ lời gọi đó đi"),
        ("“{name}” is put into itself, without end", "take it out there"),
    ),
    "template-twice": (
        ("khối “{name}” có hai lần trong mẫu này", "đổi tên một khối, hoặc xoá đi"),
        ("the block “{name}” stands twice in this template", "give one of them another name, or delete it"),
    ),
    "template-shared": (
        ("“{name}” là của chung mọi trang, không đặt lại được", "dùng tên khác"),
        ("“{name}” is the same on all pages and cannot be set", "use another name"),
    ),
    "template-component": (
        ("“{name}” phải được gọi kèm dấu ngoặc", "viết như  {{{{ {name}(…) }}}}"),
        ("“{name}” has to be called with its brackets", "write it like  {{{{ {name}(…) }}}}"),
    ),
    "template-arguments": (
        ("gọi “{name}” chưa đủ hoặc chưa đúng", "viết như  {wanted}"),
        ("“{name}” is not given what it takes", "write it like  {wanted}"),
    ),
    "template-argument": (
        ("“{name}=” ở đây không dùng được, hoặc viết hai lần", "xoá một chỗ, hoặc dùng tên khác"),
        ("“{name}=” cannot be used here, or stands there twice", "delete one of them, or use another name"),
    ),
    "template-call": (
        ("dấu ( ) ở đây đặt sau một thứ không gọi được", "bỏ cặp ngoặc ( ) đi"),
        ("the brackets ( ) stand behind something that cannot be called", "remove the brackets ( )"),
    ),
    "template-list": (
        (
            "thẻ hay bộ lọc ở dòng này cần một danh sách, mà đây không phải danh sách",
            "viết tên một danh sách, như  {{% for post in view.posts %}}",
        ),
        (
            "this line needs a list, and is given something else",
            "name a list, as in  {{% for post in view.posts %}}",
        ),
    ),
    "template-zero": (
        ("phép tính ở dòng này chia cho số không", "sửa số chia, hoặc bỏ phép tính"),
        ("this line divides by zero", "mend the number, or leave the sum out"),
    ),
    "template-here": (
        ("“{typed}” không dùng được ở chỗ này của mẫu trang", "xoá nó đi, hoặc viết lại như trong bản gốc"),
        ("“{typed}” cannot be used at this place of the template", "delete it, or write it as in the original"),
    ),
    "no-template": (
        ("thiếu mẫu trang này", "chép lại tệp từ bản gốc"),
        ("this template is missing", "copy the file back from the original"),
    ),
    "no-strings": (
        ("tệp chữ này của giao diện bị thiếu, hoặc trống", "chép lại tệp từ bản gốc"),
        ("this file with the site's words is missing, or empty", "copy the file back from the original"),
    ),
    "strings-miss": (
        ("thiếu chữ “{key}”, có trong {other}", "thêm một dòng  {key}: …  ở đây; nếu dòng bên kia thừa thì xoá nó"),
        ("the words “{key}” of {other} are missing here", "add a line  {key}: …  here, or delete it there"),
    ),
    "strings-near": (
        (
            "“{key}” chỉ có ở đây; bên {other} lại là “{near}”",
            "hai tệp phải dùng cùng một tên: gõ nhầm ở tệp nào thì sửa ở tệp đó",
        ),
        (
            "“{key}” stands here only; in {other} there is “{near}”",
            "both files need the same name: mend the one that is mistyped",
        ),
    ),
    "strings-need": (
        ("trang cần chữ “{key}” mà tệp này không có", "thêm một dòng  {key}: …  ở mọi ngôn ngữ, như trong bản gốc"),
        ("the pages need the words “{key}”, which are not here", "add a line  {key}: …  in every language, as it was"),
    ),
    "strings-gap": (
        ("trong “{key}” không có gì để điền vào  {name}", "trong ngoặc nhọn chỉ viết được: {allowed}"),
        ("in “{key}” there is nothing to put in the place of  {name}", "in braces only these can stand: {allowed}"),
    ),
    "strings-no-gap": (
        ("trong “{key}” không có gì để điền vào  {name}", "bỏ cặp ngoặc nhọn đi, viết thẳng chữ"),
        ("in “{key}” there is nothing to put in the place of  {name}", "write words there, without braces"),
    ),
    "strings-brace": (
        ("dấu ngoặc nhọn trong “{key}” không thành cặp", "mỗi chỗ cần điền viết đúng một cặp, như  {{date}}"),
        ("the braces in “{key}” are not in pairs", "every gap has one pair of them, like  {{date}}"),
    ),
    "strings-flat": (
        ("“{key}” phải là một dòng chữ", "viết  {key}: …  trên một dòng"),
        ("“{key}” has to be one line of words", "write  {key}: …  on one line"),
    ),
    "style-open": (
        (
            "dấu  {mark}  mở ra ở đây mà chưa đóng; từ đây trở đi trang mất kiểu",
            "viết thêm  {end}  ở chỗ nó kết thúc, hoặc xoá nó đi nếu thừa",
        ),
        (
            "a  {mark}  is opened here and not closed; pages lose all styles behind it",
            "write  {end}  where it ends, or delete it if it is too many",
        ),
    ),
    "style-stray": (
        ("dấu  {mark}  ở đây không đóng cái gì", "xoá nó đi, hoặc thêm dấu mở ở phía trước"),
        ("the  {mark}  closes nothing", "delete it, or add what opens it before"),
    ),
    "style-missing": (
        ("trang cần tệp kiểu {name} mà không có tệp đó", "xem lại tên tệp, hoặc chép lại tệp từ bản gốc"),
        ("pages need the style sheet {name}, which is not there", "check the file's name, or copy it back"),
    ),
    "style-import": (
        (
            "dòng @import này viết chưa đúng nên tệp kiểu đó không được dùng",
            'viết như  @import "base.css" layer(base);',
        ),
        (
            "this @import is not written as it should be, so its sheet is left out",
            'write it like  @import "base.css" layer(base);',
        ),
    ),
    "out-not-ours": (
        (
            "thư mục {folder} có tệp không do chương trình này tạo ra",
            "chọn thư mục khác với --out, hoặc tự xoá nó trước",
        ),
        (
            "the folder {folder} holds files that this program did not make",
            "choose another with --out, or delete it yourself",
        ),
    ),
    "static-taken": (
        ("trang web đã có thứ khác ở địa chỉ {address}", "đổi tên tệp này, hoặc xoá nó khỏi static/"),
        ("the site has something else at {address} already", "rename this file, or take it out of static/"),
    ),
    "no-settings": (
        ("không thấy tệp site.yaml", "chạy lệnh trong thư mục của trang web"),
        ("there is no site.yaml", "run the command in the site's folder"),
    ),
    # check
    "broken-link": (
        ("liên kết {href} không dẫn tới đâu", "sửa hoặc xoá liên kết"),
        ("the link {href} leads nowhere", "correct or remove it"),
    ),
    "broken-fragment": (
        ("liên kết {href} trỏ tới mục không có", "sửa phần sau dấu #"),
        ("the link {href} points at a section that does not exist", "correct the part after #"),
    ),
    "id-twice": (
        ("mục #{id} xuất hiện hai lần trong trang", "đổi tên một mục"),
        ("the id #{id} stands twice in the page", "rename one of them"),
    ),
    "no-alt": (
        ("ảnh {src} chưa có lời mô tả", "thêm  alt:  cho ảnh, để người không nhìn thấy cũng biết"),
        ("the picture {src} has no description", "add  alt:  so that people who cannot see it know what it shows"),
    ),
    "no-lang": (
        ("trang không ghi ngôn ngữ", "thêm lang vào thẻ html của mẫu trang"),
        ("the page does not say its language", "add lang to the template's html tag"),
    ),
    "hreflang-one-way": (
        ("trang chỉ sang {other} nhưng bên kia không chỉ lại", "báo cho người làm web"),
        ("the page names {other} as its translation, which does not name it back", "tell the maintainer"),
    ),
    "foreign-request": (
        ("trang tải {src} từ trang web khác", "đặt tệp đó vào trang của tiệm"),
        ("the page loads {src} from another site", "keep that file in the shop's own site"),
    ),
    "orphan": (
        ("không trang nào dẫn tới {url}", "thêm liên kết hoặc menu"),
        ("no page leads to {url}", "add a link or a menu entry"),
    ),
    "draft-unfinished": (
        ("bản nháp, chưa lên trang; còn chưa điền: {keys}", "điền nốt rồi xoá dòng  draft: true"),
        ("a draft, not on the site; still to fill in: {keys}", "fill these in, then delete the line  draft: true"),
    ),
    "draft-waiting": (
        ("bản nháp không còn mục nào trống, nhưng chưa lên trang", "muốn đăng thì xoá dòng  draft: true"),
        ("a draft with nothing left open, but not on the site", "to show it, delete the line  draft: true"),
    ),
    "untranslated": (
        ("trang này chưa có bản {lang}; khách sẽ thấy bản gốc", "thêm tệp bản dịch khi rảnh"),
        ("this page has no {lang} version; visitors see the original", "add the translation when you can"),
    ),
    "language-off": (
        ("{count} tệp {lang} không lên trang, vì “{key}” không có {code}", "muốn có thì viết  {key}: [{wanted}]"),
        ("{count} {lang} file(s) are not on the site: “{key}” lacks {code}", "to show them, write  {key}: [{wanted}]"),
    ),
    "translation-old": (
        ("{original} được sửa sau bản {lang} này {days} ngày", "xem lại lời dịch; vẫn đúng thì lưu lại tệp này"),
        (
            "{original} was saved {days} day(s) after this {lang} version",
            "read it again; if it still fits, save this file",
        ),
    ),
    "words-no-alt": (
        ("ảnh trong bài chưa có lời mô tả", "viết mô tả giữa [ ]:  {fixed}"),
        ("a picture in the words has no description", "write one between [ ]:  {fixed}"),
    ),
    "photo-small": (
        (
            "ảnh chỉ có {width} × {height} điểm ảnh, phóng to sẽ mờ",
            "có ảnh gốc từ điện thoại thì thay vào (cạnh ngắn từ {edge} điểm ảnh)",
        ),
        (
            "the photo has only {width} × {height} pixels and looks soft when large",
            "replace it with the phone's original, if there is one (shorter side from {edge} pixels)",
        ),
    ),
    "file-ignored": (
        ("tệp này không lên trang: trang chỉ nhận ảnh và tệp .md", "chữ thì chép vào index.md; không thì chuyển đi"),
        (
            "this file is not on the site, which takes photos and .md files only",
            "copy its words into index.md, or move it away",
        ),
    ),
    "film-ignored": (
        ("phim này không lên trang: trang chỉ nhận ảnh", "đăng lên YouTube hay Facebook rồi đặt liên kết trong bài"),
        (
            "this film is not on the site, which takes photos only",
            "put it on YouTube or Facebook and link to it in the words",
        ),
    ),
    "no-words": (
        ("thư mục này có ảnh mà chưa có index.md nên chưa lên trang", "viết tệp  {wanted}"),
        ("this folder has photos but no index.md, so nothing of it is shown", "write the file  {wanted}"),
    ),
    "no-date": (
        ("bé “{status}” mà chưa ghi ngày; trang sẽ không nói ngày", "thêm một dòng  {key}: {today}  (đúng ngày thật)"),
        ("the puppy is “{status}” without a date; its page names none", "add a line  {key}: {today}  (the real day)"),
    ),
    "moved": (
        ("trang này chuyển từ {old} sang {new}; đường dẫn cũ khách đã lưu sẽ hỏng", "thêm một dòng  aliases: {old}"),
        ("this page moved from {old} to {new}; links that visitors kept will break", "add a line  aliases: {old}"),
    ),
    "photo-no-alt": (
        ("ảnh {file} chưa có lời mô tả {lang}", 'thêm vào phần photos:  - {{file: {file}, alt: "…"}}'),
        ("the photo {file} has no {lang} description", 'add under photos:  - {{file: {file}, alt: "…"}}'),
    ),
    "stale": (
        ("bé đã đăng {days} ngày mà vẫn “{status}”", "bé còn thì sửa  listed , bé đã về nhà thì đổi  status: sold"),
        ("listed {days} days ago and still “{status}”", "still here? renew  listed ; gone home? set  status: sold"),
    ),
    "weight-high": (
        ("bé nặng {kg} kg, hơn cả bố mẹ", "xem lại dấu phẩy trong  weight_kg"),
        ("the puppy weighs {kg} kg, more than its parents", "check the decimal point in  weight_kg"),
    ),
    "age-high": (
        ("bé sinh ngày {born}, đã hơn một tuổi mà vẫn “{status}”", "xem lại năm trong  born"),
        ("born on {born}, over a year old and still “{status}”", "check the year in  born"),
    ),
    "summary-twice": (
        ("câu tóm tắt giống hệt {other}", "viết lời riêng cho bé này"),
        ("the summary is the same as that of {other}", "write this puppy's own words"),
    ),
    "price-far": (
        ("giá {price} nằm ngoài khoảng của giống ({low} – {high})", "xem lại có thừa hay thiếu số không"),
        ("the price {price} is outside its breed's range ({low} – {high})", "check the number of zeros"),
    ),
    "expected-past": (
        ("lứa dự sinh ngày {due} đã qua", "chó mẹ sinh rồi thì viết từng bé, hoặc sửa  expected"),
        ("the litter was due on {due}", "born? write the puppies; late? correct  expected"),
    ),
}

LONGEST = 110
"""So many characters of a line are quoted: enough to know it by."""
LANGUAGES = ("vi", "en")
LANGUAGE_NAMES = {"vi": {"vi": "tiếng Việt", "en": "tiếng Anh"}, "en": {"vi": "Vietnamese", "en": "English"}}


def tell(problem: Problem, lang: str) -> str:
    """A problem in the owner's words: `file:line: what is wrong`, the line itself, and what to do."""
    what, hint = wording(problem, lang)
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    typed = problem.quote if len(problem.quote) <= LONGEST else problem.quote[:LONGEST].rstrip() + "…"
    quote = f"\n    │ {typed}" if typed else ""
    return f"{place}: {what}{quote}\n    → {hint}"


def wording(problem: Problem, lang: str) -> tuple[str, str]:
    """(what is wrong, what to do) in `lang`."""
    what, hint = MESSAGES[problem.code][LANGUAGES.index(lang)]
    facts = dict(problem.facts)
    if facts.get("lang") in LANGUAGES:
        facts["lang"] = LANGUAGE_NAMES[lang][facts["lang"]]
    return what.format(**facts), hint.format(**facts)


def report(problems: Iterable[Problem], lang: str) -> str:
    """All problems, one after another, with a closing count."""
    told = [tell(p, lang) for p in by_place(problems)]
    count = {"vi": f"{len(told)} lỗi cần sửa.", "en": f"{len(told)} mistake{'s' * (len(told) != 1)} to mend."}
    return "\n".join([*told, "", count[lang]])


# What the commands say when all is well, or before the mistakes: Vietnamese, English.
SAYINGS: dict[str, tuple[str, str]] = {
    "built": (
        "Xong: {pages} trang trong {folder} ({changed} tệp mới hoặc sửa, {same} giữ nguyên, {removed} bỏ đi).",
        "Done: {pages} pages in {folder} ({changed} files written, {same} kept, {removed} removed).",
    ),
    "interrupted": ("Đã dừng. Chạy lại lúc nào cũng được.", "Stopped. It can be run again at any time."),
    "not-built": (
        "Trang web chưa được dựng; bản trước vẫn còn nguyên. Cần sửa:\n",
        "The site was not built; the previous one is untouched. To mend:\n",
    ),
    "untranslated": (
        "{count} trang chưa có bản dịch, khách sẽ thấy bản gốc:",
        "{count} page(s) without a translation; visitors see the original:",
    ),
    "strays": (
        "Trong {folder} có tệp do ai đó chép vào. {folder} chỉ chứa trang web, nên tệp ấy được chuyển ra đây;"
        " muốn khách mở được thì chép nó vào static/ rồi dựng lại:",
        "Somebody had put files into {folder}, which holds the site and nothing else. They were moved here;"
        " to have them on the site, copy them into static/ and build again:",
    ),
    "drafts": ("Bản nháp, chưa lên trang:\n", "Drafts, not on the site:\n"),
    "checked": ("Không có lỗi nào. {advice} điều nên xem lại.", "No mistakes. {advice} thing(s) worth a look."),
    "advice": ("Nên xem lại:\n", "Worth a look:\n"),
    "sample": (
        "Đang là dữ liệu mẫu (sample: true): trang có dải băng báo mẫu và chưa xuất bản được.",
        "This is sample data (sample: true): pages carry a ribbon and cannot be published.",
    ),
    "new": (
        "Đã tạo {path} và {translation} (phần tiếng Anh; chưa kịp viết thì xoá tệp này)."
        " Mở ra điền nốt; xong thì xoá dòng  draft: true  để đăng.",
        "Made {path}, and {translation} for the English words (delete it if they have to wait)."
        " Open them and fill them in; then delete the line  draft: true  to show the puppy.",
    ),
    "packed": ("Đã đóng gói {path} ({size} KB).", "Packed {path} ({size} KB)."),
    "photos": ("Đang xử lý ảnh", "Preparing photos"),
    "texts": ("Đang đọc bài viết", "Reading the texts"),
    "pages": ("Đang dựng trang", "Making the pages"),
    "drawings": ("Đang vẽ chân dung", "Drawing portraits"),
    "share": ("Đang vẽ ảnh chia sẻ", "Drawing share pictures"),
}


def say(key: str, lang: str, **facts: object) -> str:
    """A saying in the owner's language."""
    return SAYINGS[key][LANGUAGES.index(lang)].format(**facts)
