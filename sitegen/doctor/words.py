"""What the doctor says, in the owner's language: what was found, and the next step. Words only."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.doctor.finding import Finding


class Grade(Enum):
    """How grave a finding is, by the mark it is shown with."""

    GOOD = "✓"
    ADVICE = "!"
    FAULT = "✗"


HEADINGS: Mapping[str, tuple[str, str]] = {
    "settings": ("Cài đặt của biểu mẫu", "The form's settings"),
    "domain": ("Tên miền gửi thư", "The sending domain"),
    "mail": ("Máy chủ thư", "The mail server"),
    "site": ("Trang web trên mạng", "The site on the internet"),
}
LANGUAGES = ("vi", "en")

_F, _A, _G = Grade.FAULT, Grade.ADVICE, Grade.GOOD

# code: how grave, (Vietnamese: what, next step), (English: the same).
WORDS: dict[str, tuple[Grade, tuple[str, str], tuple[str, str]]] = {
    # Settings
    "settings-good": (
        _G,
        ("đủ {count} mục, không còn giá trị mẫu", ""),
        ("all {count} are there, no samples left", ""),
    ),
    "setting-missing": (
        _F,
        ("chưa có {name}", "thêm vào cài đặt của máy chủ: {vi}"),
        ("{name} is missing", "add it to the host's settings: {en}"),
    ),
    "setting-wrong": (
        _F,
        ("{name} viết chưa đúng", "sửa lại thành: {vi}"),
        ("{name} is not written right", "it should be {en}"),
    ),
    "setting-sample": (
        _F,
        ("{name} vẫn là giá trị mẫu: {value}", "thay bằng giá trị thật của tiệm"),
        ("{name} is still a sample: {value}", "put the shop's real one in its place"),
    ),
    "secret-weak": (
        _F,
        ("INQUIRY_SECRET dễ đoán", 'tạo chuỗi mới:  python -c "import secrets; print(secrets.token_urlsafe(48))"'),
        (
            "INQUIRY_SECRET can be guessed",
            'make a new one:  python -c "import secrets; print(secrets.token_urlsafe(48))"',
        ),
    ),
    "site-differs": (
        _F,
        ("INQUIRY_SITE là {site}, còn base_url trong site.yaml là {base}", "sửa cho hai nơi giống hệt nhau"),
        ("INQUIRY_SITE is {site}, but base_url in site.yaml is {base}", "make the two exactly the same"),
    ),
    "from-free": (
        _F,
        (
            "INQUIRY_FROM dùng {domain}, tên miền không phải của tiệm, nên thư dễ bị coi là giả mạo",
            "dùng một địa chỉ thuộc tên miền của tiệm, ví dụ web@tên-miền-của-tiệm",
        ),
        (
            "INQUIRY_FROM uses {domain}, which is not the shop's own, so its letters look forged",
            "use an address of the shop's own domain, for example web@your-domain",
        ),
    ),
    "from-elsewhere": (
        _A,
        (
            "thư gửi từ {domain} còn trang web ở {host}",
            "nếu cả hai đều của tiệm thì không sao; nếu không, đổi INQUIRY_FROM",
        ),
        (
            "letters come from {domain}, the site is at {host}",
            "fine if both are the shop's; if not, change INQUIRY_FROM",
        ),
    ),
    "from-not-login": (
        _A,
        (
            "đăng nhập máy chủ thư bằng tài khoản của {login} nhưng thư ghi gửi từ {domain}",
            "hỏi nhà cung cấp thư cách ký DKIM cho {domain}, hoặc đăng nhập bằng tài khoản của {domain}",
        ),
        (
            "the mail server knows us as {login}, but the letters say {domain}",
            "ask the mail provider how to sign with DKIM for {domain}, or log in with an account of {domain}",
        ),
    ),
    # Domain
    "dns-silent": (
        _F,
        ("máy chủ tên miền không trả lời khi hỏi {name}", "thử lại sau ít phút; nếu vẫn vậy, báo nơi bán tên miền"),
        ("the name servers do not answer for {name}", "try again in a few minutes; if it stays so, tell the registrar"),
    ),
    "mx-good": (_G, ("{domain} nhận được thư", ""), ("{domain} receives mail", "")),
    "mx-missing": (
        _F,
        ("{domain} (hộp thư nhận) không nhận được thư nào", "xem lại INQUIRY_TO, hoặc thêm bản ghi MX cho {domain}"),
        ("{domain} (the receiving mailbox) takes no mail", "check INQUIRY_TO, or add an MX record for {domain}"),
    ),
    "spf-good": (_G, ("SPF của {domain} rõ ràng: {record}", ""), ("{domain} has a clear SPF record: {record}", "")),
    "spf-missing": (
        _F,
        (
            "{domain} chưa có bản ghi SPF, thư dễ rơi vào Spam",
            "thêm bản ghi TXT cho {domain} đúng như nhà cung cấp thư hướng dẫn, dạng  v=spf1 include:… -all",
        ),
        (
            "{domain} has no SPF record, so letters end as spam",
            "add a TXT record to {domain} as the mail provider says, of the form  v=spf1 include:… -all",
        ),
    ),
    "spf-many": (
        _F,
        ("{domain} có {count} bản ghi SPF, mà chỉ được có một", "gộp các include: vào một bản ghi, xoá bản còn lại"),
        ("{domain} has {count} SPF records; there may be one", "put every include: into one of them, delete the rest"),
    ),
    "spf-open": (
        _F,
        ("SPF của {domain} cho phép bất cứ ai gửi thư (+all)", "đổi phần cuối thành  -all"),
        ("the SPF record of {domain} lets anyone send (+all)", "change its end to  -all"),
    ),
    "spf-lookups": (
        _F,
        (
            "SPF của {domain} cần {count} lượt tra cứu, quá mức {most} nên bị bỏ qua",
            "bỏ bớt những include: không còn dùng",
        ),
        (
            "the SPF record of {domain} costs {count} lookups, above {most}, so it is ignored",
            "remove an include: not in use",
        ),
    ),
    "spf-loose": (
        _A,
        (
            "SPF của {domain} kết thúc bằng {end}, không nói rõ ai không được gửi",
            "đổi phần cuối thành  ~all  hoặc  -all",
        ),
        ("the SPF record of {domain} ends in {end}, which forbids nobody", "change its end to  ~all  or  -all"),
    ),
    "dkim-good": (
        _G,
        ("khoá DKIM “{selector}” của {domain} có sẵn", ""),
        ("the DKIM key “{selector}” of {domain} is there", ""),
    ),
    "dkim-unknown": (
        _A,
        (
            "không thấy khoá DKIM nào của {domain} dưới những tên thường dùng",
            "tìm “selector” ở nhà cung cấp thư rồi chạy lại với  --selector TÊN",
        ),
        (
            "no DKIM key of {domain} under the usual names",
            "find the “selector” at the mail provider, then run this again with  --selector NAME",
        ),
    ),
    "dkim-missing": (
        _F,
        (
            "không có khoá DKIM “{selector}” ở {domain}",
            "thêm bản ghi TXT hoặc CNAME cho  {selector}._domainkey.{domain}  như nhà cung cấp thư đưa",
        ),
        (
            "there is no DKIM key “{selector}” at {domain}",
            "add the TXT or CNAME record  {selector}._domainkey.{domain}  that the mail provider shows",
        ),
    ),
    "dkim-revoked": (
        _F,
        (
            "khoá DKIM “{selector}” của {domain} đã bị thu hồi (p= trống)",
            "tạo khoá mới ở nhà cung cấp thư rồi thay bản ghi",
        ),
        (
            "the DKIM key “{selector}” of {domain} is revoked (p= is empty)",
            "make a new one at the provider, replace the record",
        ),
    ),
    "dkim-broken": (
        _F,
        (
            "khoá DKIM “{selector}” của {domain} bị chép thiếu hoặc sai",
            "chép lại cả bản ghi, không thêm dấu cách hay ngoặc",
        ),
        (
            "the DKIM key “{selector}” of {domain} was not copied whole",
            "copy the record again, without added spaces or quotes",
        ),
    ),
    "dkim-short": (
        _F,
        ("khoá DKIM “{selector}” của {domain} ngắn hơn 1024 bit", "tạo khoá mới dài 2048 bit ở nhà cung cấp thư"),
        (
            "the DKIM key “{selector}” of {domain} is shorter than 1024 bits",
            "make a key of 2048 bits at the mail provider",
        ),
    ),
    "dmarc-good": (_G, ("DMARC ở {name}: {policy}", ""), ("DMARC at {name}: {policy}", "")),
    "dmarc-missing": (
        _F,
        (
            "{domain} chưa có bản ghi DMARC",
            "thêm bản ghi TXT  _dmarc.{domain}  với  v=DMARC1; p=none , vài tuần sau đổi thành p=quarantine",
        ),
        (
            "{domain} has no DMARC record",
            "add the TXT record  _dmarc.{domain}  with  v=DMARC1; p=none , and p=quarantine after some weeks",
        ),
    ),
    "dmarc-many": (
        _F,
        ("{name} có {count} bản ghi DMARC nên không bản nào có hiệu lực", "giữ một bản, xoá bản còn lại"),
        ("{name} holds {count} DMARC records, so none counts", "keep one, delete the rest"),
    ),
    "dmarc-broken": (
        _F,
        ("bản ghi DMARC ở {name} có p={policy}, không hợp lệ", "viết  v=DMARC1; p=none  (hoặc quarantine, reject)"),
        (
            "the DMARC record at {name} says p={policy}, which means nothing",
            "write  v=DMARC1; p=none  (or quarantine, reject)",
        ),
    ),
    "dmarc-watching": (
        _A,
        (
            "DMARC ở {name} mới chỉ theo dõi (p=none), chưa chặn kẻ mạo danh tiệm",
            "khi thư đã đến đều, đổi thành p=quarantine",
        ),
        (
            "DMARC at {name} only watches (p=none) and stops no impostor",
            "once letters arrive well, change it to p=quarantine",
        ),
    ),
    # Mail server
    "mail-good": (
        _G,
        ("{host}:{port} nối được, mã hoá tốt, đăng nhập được; chưa gửi gì", ""),
        ("{host}:{port} answers, encrypts well and lets us in; nothing was sent", ""),
    ),
    "mail-no-name": (
        _F,
        ("không tìm thấy máy chủ thư {host}", "xem lại tên máy chủ trong INQUIRY_SMTP"),
        ("there is no mail server {host}", "check the name in INQUIRY_SMTP"),
    ),
    "mail-closed": (
        _F,
        (
            "{host} không nhận kết nối ở cổng {port}",
            "dùng cổng 587 (smtp://) hoặc 465 (smtps://); nơi đặt trang có thể chặn cổng 25",
        ),
        (
            "{host} takes no connection on port {port}",
            "use port 587 (smtp://) or 465 (smtps://); many hosts block port 25",
        ),
    ),
    "mail-no-greeting": (
        _F,
        (
            "{host}:{port} có trả lời nhưng không nói như máy chủ thư",
            "smtps:// đi với cổng 465, smtp:// với 587: xem lại cặp này",
        ),
        (
            "{host}:{port} answers, but not as a mail server",
            "smtps:// belongs to port 465, smtp:// to 587: check the pair",
        ),
    ),
    "mail-no-tls": (
        _F,
        (
            "{host}:{port} không mã hoá được nên không gửi gì qua đó",
            "hỏi nhà cung cấp địa chỉ có TLS, thường là smtps://…:465",
        ),
        (
            "{host}:{port} cannot encrypt, so nothing is sent through it",
            "ask for the address with TLS, often smtps://…:465",
        ),
    ),
    "mail-cert-expired": (
        _F,
        (
            "chứng chỉ của {host} đã hết hạn",
            "báo nhà cung cấp thư; trong lúc chờ, thêm một máy chủ thứ hai vào INQUIRY_SMTP",
        ),
        (
            "the certificate of {host} has expired",
            "tell the mail provider; meanwhile add a second server to INQUIRY_SMTP",
        ),
    ),
    "mail-cert-name": (
        _F,
        (
            "chứng chỉ của {host} mang tên khác",
            "dùng đúng tên máy chủ mà nhà cung cấp ghi, không dùng tên miền của tiệm",
        ),
        ("the certificate of {host} is for another name", "use the server name the provider gives, not the shop's own"),
    ),
    "mail-cert-unknown": (
        _F,
        (
            "chứng chỉ của {host} không do tổ chức tin cậy nào cấp",
            "không gửi thư qua đây: hỏi nhà cung cấp hoặc đổi máy chủ",
        ),
        (
            "nobody trusted stands behind the certificate of {host}",
            "send nothing through it: ask the provider, or change",
        ),
    ),
    "mail-login": (
        _F,
        (
            "{host} không chấp nhận tài khoản và mật khẩu",
            "xem lại INQUIRY_SMTP; nhiều nơi cần “mật khẩu ứng dụng”, và @ trong tên phải viết là %40",
        ),
        (
            "{host} does not accept the account and password",
            "check INQUIRY_SMTP; many providers want an “app password”, and @ in the name is written %40",
        ),
    ),
    "mail-no-login": (
        _F,
        ("INQUIRY_SMTP chưa có tài khoản cho {host}", "viết  smtps://tài-khoản:mật-khẩu@{host}:{port}"),
        ("INQUIRY_SMTP holds no account for {host}", "write  smtps://account:password@{host}:{port}"),
    ),
    "test-sent": (
        _G,
        ("đã gửi thư thử đến {to}; mở hộp thư xem nó nằm ở đâu", ""),
        ("a test letter was sent to {to}; look where it arrived", ""),
    ),
    "test-refused": (
        _F,
        (
            "máy chủ thư không nhận thư thử gửi {to} (bước: {stage})",
            "xem lại INQUIRY_FROM: tài khoản này được gửi từ địa chỉ đó không?",
        ),
        (
            "the mail server refused the test letter to {to} (step: {stage})",
            "check INQUIRY_FROM: may this account send from it?",
        ),
    ),
    "test-unknown": (
        _A,
        ("đã trao thư thử gửi {to} nhưng máy chủ không xác nhận", "mở hộp thư xem thư có đến không"),
        ("the test letter to {to} was handed over but not confirmed", "look whether it arrives"),
    ),
    # Site
    "site-unresolved": (
        _F,
        (
            "chưa có trang web nào ở {url}",
            "trỏ tên miền về nơi đặt trang (xem trang hướng dẫn trong deploy/), rồi đợi ít phút",
        ),
        ("there is no site at {url}", "point the domain at the host (see its page in deploy/), then wait some minutes"),
    ),
    "site-unreachable": (
        _F,
        ("{url} không trả lời", "xem trang trạng thái của nơi đặt trang; máy riêng thì xem nginx còn chạy không"),
        ("{url} does not answer", "look at the host's status page; on a machine of your own, see whether nginx runs"),
    ),
    "site-cert-expired": (
        _F,
        ("chứng chỉ của {url} đã hết hạn, khách thấy cảnh báo đỏ", "gia hạn ngay; máy riêng:  certbot renew"),
        ("the certificate of {url} has expired; visitors see a warning", "renew it now; own machine:  certbot renew"),
    ),
    "site-cert-name": (
        _F,
        ("chứng chỉ của {url} mang tên khác", "thêm tên miền này vào dự án ở nơi đặt trang"),
        ("the certificate of {url} is for another name", "add this domain to the project at the host"),
    ),
    "site-cert-unknown": (
        _F,
        (
            "chứng chỉ của {url} không do tổ chức tin cậy nào cấp",
            "dùng chứng chỉ của nơi đặt trang, hoặc Let's Encrypt",
        ),
        ("nobody trusted stands behind the certificate of {url}", "use the host's own certificate, or Let's Encrypt"),
    ),
    "site-no-tls": (
        _F,
        ("{url} không mã hoá", "viết base_url với https:// và bật HTTPS ở nơi đặt trang"),
        ("{url} is not encrypted", "write base_url with https:// and switch HTTPS on at the host"),
    ),
    "cert-good": (_G, ("chứng chỉ còn hạn {days} ngày", ""), ("the certificate is good for {days} days", "")),
    "cert-soon": (
        _A,
        ("chứng chỉ chỉ còn hạn {days} ngày", "xem việc gia hạn tự động còn chạy không; máy riêng:  certbot renew"),
        ("the certificate ends in {days} days", "see whether it renews by itself; own machine:  certbot renew"),
    ),
    "plain-http": (
        _F,
        ("{url} không dẫn sang https://", "bật “Always use HTTPS” (hay tên tương tự) ở nơi đặt trang"),
        ("{url} does not lead to https://", "switch on “Always use HTTPS” (or whatever it is called) at the host"),
    ),
    "headers-good": (
        _G,
        ("{count} địa chỉ đều trả lời đúng như bảng", ""),
        ("{count} addresses answer as the table says", ""),
    ),
    "page-gone": (
        _F,
        ("{url} không mở được (mã {status})", "xuất bản lại:  python build.py publish"),
        ("{url} cannot be opened (status {status})", "publish again:  python build.py publish"),
    ),
    "header-missing": (
        _F,
        ("{url} thiếu {name}", "nơi đặt trang chưa đọc tệp cấu hình: xuất bản lại bằng  python build.py publish"),
        ("{url} lacks {name}", "the host has not read its file: publish again with  python build.py publish"),
    ),
    "header-wrong": (
        _F,
        (
            "{url} có {name}: {got}",
            "đúng ra là  {wanted} ; xuất bản lại, và tắt tính năng tự sửa trang của nơi đặt trang",
        ),
        (
            "{url} says {name}: {got}",
            "it should be  {wanted} ; publish again, and switch off what the host adds by itself",
        ),
    ),
    "lost-not-404": (
        _F,
        (
            "địa chỉ không có thật {url} trả lời mã {status}, không phải 404",
            "xuất bản lại; máy tìm kiếm sẽ nhớ nhầm trang ma",
        ),
        (
            "{url}, which does not exist, answers {status} and not 404",
            "publish again; search engines would list ghosts",
        ),
    ),
    "lost-language": (
        _A,
        (
            "khách lạc ở {url} thấy trang báo lỗi không phải tiếng “{lang}”",
            "AWS, Google và Azure chỉ có một trang 404, nên chấp nhận được",
        ),
        (
            "who is lost at {url} meets a page not in “{lang}”",
            "AWS, Google and Azure know one 404 page: there it must be so",
        ),
    ),
    "old-address": (
        _F,
        ("địa chỉ cũ {url} không dẫn tới {new}", "xuất bản lại:  python build.py publish"),
        ("the old address {url} does not lead to {new}", "publish again:  python build.py publish"),
    ),
    "hreflang-good": (
        _G,
        ("{count} trang chỉ đúng bản dịch của nhau", ""),
        ("{count} pages name their translations rightly", ""),
    ),
    "hreflang-missing": (
        _F,
        ("{url} không ghi bản “{lang}”", "dựng và xuất bản lại; nếu vẫn vậy, báo cho người làm web"),
        ("{url} does not name its version “{lang}”", "build and publish again; if it stays so, tell the maintainer"),
    ),
    "hreflang-one-way": (
        _F,
        ("{url} chỉ sang {other} nhưng bên kia không chỉ lại", "có thể mới xuất bản một nửa: xuất bản lại"),
        ("{url} names {other}, which does not name it back", "perhaps half was published: publish again"),
    ),
    "form-missing": (
        _F,
        ("{url} không có biểu mẫu", "xuất bản lại; nếu vẫn vậy, báo cho người làm web"),
        ("there is no form at {url}", "publish again; if it stays so, tell the maintainer"),
    ),
    "form-elsewhere": (
        _F,
        (
            "biểu mẫu ở {url} gửi đến {target}, không phải nơi đã cài",
            "sửa  inquiry: action:  trong site.yaml rồi xuất bản lại",
        ),
        (
            "the form at {url} is sent to {target}, not where it should",
            "correct  inquiry: action:  in site.yaml, publish again",
        ),
    ),
    "function-ready": (
        _G,
        ("hàm nhận thư ở {url} sẵn sàng", ""),
        ("the function at {url} is ready for inquiries", ""),
    ),
    "function-silent": (
        _F,
        (
            "hàm nhận thư ở {url} không trả lời đúng (mã {status})",
            "mở nhật ký của hàm ở nơi đặt trang: thường là thiếu cài đặt INQUIRY_…",
        ),
        (
            "the function at {url} gives no proper answer (status {status})",
            "open its log at the host: most often an INQUIRY_… is missing",
        ),
    ),
    "function-no-mail": (
        _F,
        (
            "hàm nhận thư ở {url} chạy nhưng không gửi được thư",
            "so cài đặt INQUIRY_SMTP ở nơi đặt trang với cài đặt vừa kiểm tra",
        ),
        (
            "the function at {url} runs but cannot send mail",
            "compare INQUIRY_SMTP at the host with the one examined here",
        ),
    ),
    "function-kept": (
        _F,
        ("câu trả lời của {url} có thể bị lưu lại", "tắt bộ nhớ đệm (cache) cho địa chỉ này ở nơi đặt trang"),
        ("answers of {url} may be kept in a cache", "switch caching off for this address at the host"),
    ),
    "function-lenient": (
        _F,
        ("{url} không kể ra lỗi của một biểu mẫu trống (mã {status})", "đặt lại hàm: bản đang chạy không phải bản này"),
        (
            "{url} does not name the mistakes of an empty form (status {status})",
            "deploy the function again: this is not it",
        ),
    ),
    "function-open": (
        _F,
        (
            "{url} nhận cả biểu mẫu gửi từ trang lạ (mã {status})",
            "xem lại INQUIRY_SITE, và nơi đặt trang có bỏ mất Origin không",
        ),
        (
            "{url} takes forms from a stranger's page (status {status})",
            "check INQUIRY_SITE, and that the host keeps Origin",
        ),
    ),
}


def grade(finding: Finding) -> Grade:
    """How grave it is."""
    return WORDS[finding.code][0]


def tell(finding: Finding, lang: str) -> str:
    """One finding: its mark, what was found, and on a second line what to do."""
    mark, *both = WORDS[finding.code]
    what, following = both[LANGUAGES.index(lang)]
    facts = dict(finding.facts)
    step = f"\n      → {following.format(**facts)}" if following else ""
    return f"  {mark.value} {what.format(**facts)}{step}"


def report(findings: Mapping[str, Sequence[Finding]], lang: str) -> str:
    """Everything under its heading, and how many things are to be mended."""
    at = LANGUAGES.index(lang)
    parts = [
        "\n".join([HEADINGS[heading][at], *(tell(finding, lang) for finding in several)])
        for heading, several in findings.items() if several
    ]  # fmt: skip
    grades = [grade(finding) for several in findings.values() for finding in several]
    faults, advice = grades.count(Grade.FAULT), grades.count(Grade.ADVICE)
    closing = {
        "vi": f"{faults} điều phải sửa, {advice} điều nên xem.",
        "en": f"{faults} to mend, {advice} worth a look.",
    }
    return "\n\n".join([*parts, closing[lang]])
