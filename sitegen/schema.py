"""What may stand in each kind of file: the one table that parsing, messages and docs/content.md follow."""

from __future__ import annotations

from typing import Any

from sitegen import portrait, typed
from sitegen.kinds import Choice, Field, Flag, Group, ListOf, Pattern, PerLanguage, Words
from sitegen.measures import Date, Money, Number, Point, Range

LANGUAGES = ("vi", "en")
STATUSES = ("available", "reserved", "sold", "expected")
BORN = ("available", "reserved", "sold")
SIZES = ("toy", "small", "medium", "large")
INCLUDES = (
    "health-book", "vaccinations", "deworming", "vet-check", "microchip", "papers",
    "starter-food", "bowl", "blanket", "collar", "crate", "care-guide",
)  # fmt: skip
LAYOUTS = (
    "page", "home", "catalogue", "breeds", "prices", "status", "posts", "thank-you", "not-found", "contact", "policy",
)  # fmt: skip
RATINGS = ("energy", "grooming", "barking", "heat", "first_dog")

_KG = Number(0.1, 120, example="1.2", unit="kg")
_SLUG = Pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "bong-2026")
_COUNTRY = Pattern(r"[A-Z]{2}", "VN", typed.country)
_FILE = Pattern(r"[^/\\]+\.(?i:jpe?g|png|webp|heic|heif|avif)", "bong-1.jpg")

# Every document.
TITLE = Field("title", Words(80, "Bông"), "tên", required=True, words=True)
SUMMARY = Field("summary", Words(200, "Bé Poodle màu mơ, quấn người."), "tóm tắt", required=True, words=True)
SLUG = Field("slug", _SLUG, "đường dẫn", words=True, also=("địa chỉ", "address"))
ALIASES = Field(
    "aliases",
    ListOf(Pattern(r"/\S*", "/cun/ten-cu/")),
    "đường dẫn cũ",
    words=True,
    also=("địa chỉ cũ vẫn dẫn tới đây", "địa chỉ cũ", "old addresses that still lead here", "old addresses"),
)
DRAFT = Field("draft", Flag(), "bản nháp", also=("nháp",))
PUBLISH_ON = Field(
    "publish_on", Date(), "đăng ngày", also=("tự hiện từ ngày", "tự hiện từ", "hiện từ ngày", "shows from")
)
_COMMON: tuple[Field[Any], ...] = (TITLE, SUMMARY, SLUG, ALIASES, DRAFT, PUBLISH_ON)

# A puppy.
CODE = Field("code", Pattern(r"[A-Z]{1,4}-\d{1,6}", "MX-024", typed.code), "mã", required=True)
BREED = Field("breed", Words(80, "toy-poodle"), "giống", required=True)
STATUS = Field(
    "status",
    Choice(
        STATUSES,
        also=(
            ("còn", "available"), ("còn bé", "available"), ("đang tìm nhà", "available"), ("sẵn sàng", "available"),
            ("chưa bán", "available"), ("đang bán", "available"), ("for sale", "available"), ("ready", "available"),
            ("đã đặt", "reserved"), ("đã cọc", "reserved"), ("đặt cọc", "reserved"), ("giữ chỗ", "reserved"),
            ("đã nhận cọc", "reserved"), ("có người đặt", "reserved"), ("đã có người đặt", "reserved"),
            ("on hold", "reserved"),
            ("đã bán", "sold"), ("đã về nhà", "sold"), ("hết", "sold"), ("về nhà", "sold"), ("bán rồi", "sold"),
            ("đã có nhà", "sold"), ("adopted", "sold"), ("gone home", "sold"),
            ("sắp sinh", "expected"), ("sắp có", "expected"), ("dự sinh", "expected"), ("chờ sinh", "expected"),
            ("coming soon", "expected"),
        ),
    ),
    "tình trạng",
    required=True,
)  # fmt: skip
LISTED = Field("listed", Date("2026-11-10"), "ngày đăng", required=True, also=("listed on",))
# One word changes a status; its date may follow (advice.advise asks for it).
RESERVED = Field("reserved", Date("2026-11-18"), "ngày đặt", allowed=("reserved", "sold"), also=("reserved on",))
SOLD = Field("sold", Date("2026-11-20"), "ngày bán", allowed=("sold",), also=("sold on",))
SEX = Field(
    "sex",
    Choice(
        ("male", "female"),
        also=(
            ("đực", "male"), ("con đực", "male"), ("chó đực", "male"), ("trai", "male"), ("bé trai", "male"),
            ("nam", "male"), ("m", "male"), ("boy", "male"), ("♂", "male"),
            ("cái", "female"), ("con cái", "female"), ("chó cái", "female"), ("gái", "female"), ("bé gái", "female"),
            ("nữ", "female"), ("f", "female"), ("girl", "female"), ("♀", "female"),
        ),
    ),
    "giới tính",
    needed=BORN,
    allowed=BORN,
)  # fmt: skip
BORN_ON = Field("born", Date("2026-09-10"), "ngày sinh", needed=BORN, allowed=BORN, also=("born on",))
EXPECTED = Field(
    "expected", Date("2026-12-20"), "ngày dự sinh", needed=("expected",), allowed=("expected",), also=("due on",)
)
LITTER = Field(
    "litter",
    Number(1, 14, whole=True, example="4"),
    "số bé",
    allowed=("expected",),
    also=("số bé dự kiến", "puppies expected"),
)
READY = Field("ready", Date("2026-11-05"), "ngày đón", also=("ready on",))
COLOUR = Field(
    "colour",
    Choice(
        portrait.COLOURS,
        also=(
            ("trắng", "white"), ("kem", "cream"), ("mơ", "apricot"), ("vàng mơ", "apricot"), ("vàng bò", "fawn"),
            ("vàng", "golden"), ("cam", "orange"), ("đỏ", "red"), ("nâu đỏ", "red"), ("nâu", "chocolate"),
            ("sô cô la", "chocolate"), ("đen", "black"), ("xám", "grey"), ("bạc", "silver"), ("xám xanh", "blue"),
            ("vằn", "brindle"), ("vện", "brindle"), ("đen vàng", "black-tan"), ("đen trắng", "black-white"),
            ("nâu trắng", "brown-white"), ("đỏ trắng", "red-white"), ("vàng trắng", "red-white"),
            ("tam thể", "tricolour"), ("ba màu", "tricolour"), ("muối tiêu", "salt-pepper"),
        ),
    ),
    "màu",
    required=True, also=("màu lông", "màu sắc", "color"),
)  # fmt: skip
WEIGHT = Field("weight_kg", _KG, "cân nặng", needed=BORN, allowed=BORN, also=("weight",))
WEIGHED = Field("weighed", Date("2026-11-15"), "ngày cân", needed=BORN, allowed=BORN, also=("weighed on",))
PRICE = Field("price", Money(500_000), "giá", required=True)
INCLUDED = Field(
    "includes",
    ListOf(
        Choice(
            INCLUDES,
            also=(
                ("sổ sức khoẻ", "health-book"), ("sổ tiêm", "health-book"), ("sổ khám", "health-book"),
                ("tiêm phòng", "vaccinations"), ("vắc xin", "vaccinations"), ("vaccine", "vaccinations"),
                ("tẩy giun", "deworming"), ("xổ giun", "deworming"), ("dewormings", "deworming"),
                ("khám thú y", "vet-check"), ("khám sức khoẻ", "vet-check"), ("vi mạch", "microchip"),
                ("chip", "microchip"), ("giấy tờ", "papers"), ("thức ăn", "starter-food"), ("hạt", "starter-food"),
                ("bát", "bowl"), ("bát ăn", "bowl"), ("chén", "bowl"), ("chăn", "blanket"), ("mền", "blanket"),
                ("vòng cổ", "collar"), ("lồng", "crate"), ("chuồng", "crate"), ("cẩm nang", "care-guide"),
                ("hướng dẫn chăm sóc", "care-guide"),
            ),
        )
    ),
    "kèm theo",
    required=True,
)  # fmt: skip
ORIGIN = Field("origin", _COUNTRY, "nơi sinh", required=True)
RAISED = Field(
    "raised",
    Choice(
        ("home", "kennel", "partner"),
        also=(("nhà", "home"), ("ở nhà", "home"), ("tại nhà", "home"), ("trại", "kennel"), ("đối tác", "partner")),
    ),
    "nơi nuôi",
    required=True,
)
PRODUCT = Field("product", Words(80, "Nobivac Puppy DP"), "thuốc", required=True)
GIVEN = Field("date", Date("2026-10-20"), "ngày", required=True)
CLINIC = Field("clinic", Words(100, "Phòng khám thú y …"), "phòng khám", required=True)
WORMER = Field("product", Words(80, "Drontal Puppy"), "thuốc", required=True)
VACCINATIONS = Field(
    "vaccinations",
    ListOf(Group((PRODUCT, GIVEN))),
    "tiêm phòng",
    needed=BORN,
    allowed=BORN,
    also=("các mũi tiêm", "mũi tiêm", "tiêm", "vắc xin", "vaccine", "vaccines"),
)
DEWORMINGS = Field(
    "dewormings",
    ListOf(Group((WORMER, GIVEN))),
    "tẩy giun",
    needed=BORN,
    allowed=BORN,
    also=("các lần tẩy giun", "xổ giun", "deworming"),
)
VET_CHECK = Field("vet_check", Group((GIVEN, CLINIC)), "khám thú y", needed=BORN, allowed=BORN, also=("khám sức khoẻ",))
MICROCHIP = Field(
    "microchip", Pattern(r"\d{15}|none", '"999000000000123"', typed.chip), "vi mạch", needed=BORN, allowed=BORN
)
_GROWN_KG = Number(0.1, 120, example="3.2", unit="kg")
PARENT_NAME = Field("name", Words(60, "Mơ"), "tên", required=True)
FATHER_NAME = Field("name", Words(60, "Mít"), "tên", required=True)
PARENT_COLOUR = Field("colour", COLOUR.kind, "màu", required=True, also=("màu lông", "color"))
PARENT_WEIGHT = Field("weight_kg", _GROWN_KG, "cân nặng", required=True, also=("weight",))
MOTHER = Field("mother", Group((PARENT_NAME, PARENT_COLOUR, PARENT_WEIGHT)), "mẹ", required=True)
FATHER = Field("father", Group((FATHER_NAME, PARENT_COLOUR, PARENT_WEIGHT)), "bố", required=True)
PAPERS = Field(
    "papers",
    Choice(("vka", "fci", "none"), also=(("không", "none"), ("không có", "none"), ("chưa có", "none"))),
    "giấy tờ",
    required=True,
)
PHOTO_FILE = Field("file", _FILE, "tệp", required=True)
PHOTO_TAKEN = Field("taken", Date("2026-11-12"), "ngày chụp", also=("taken on",))
PHOTO_ALT = Field("alt", Words(200, "Bông nằm trên đệm"), "mô tả")
PHOTO_MOTHER = Field("mother", Flag(), "có mẹ")
PHOTO_FOCUS = Field("focus", Point(), "tâm ảnh")
PHOTOS = Field(
    "photos", ListOf(Group((PHOTO_FILE, PHOTO_TAKEN, PHOTO_ALT, PHOTO_MOTHER, PHOTO_FOCUS))), "ảnh", words=True
)

SAMPLE_PUPPY = Field("sample", Flag(), "mẫu", also=("còn là dữ liệu mẫu", "dữ liệu mẫu", "bé mẫu", "still sample data"))

PUPPY: tuple[Field[Any], ...] = (
    TITLE, SUMMARY, CODE, BREED, STATUS, LISTED, RESERVED, SOLD, SEX, BORN_ON, EXPECTED, LITTER, READY, COLOUR,
    WEIGHT, WEIGHED, PRICE, INCLUDED, ORIGIN, RAISED, VACCINATIONS, DEWORMINGS, VET_CHECK, MICROCHIP, MOTHER,
    FATHER, PAPERS, PHOTOS, SLUG, ALIASES, DRAFT, PUBLISH_ON, SAMPLE_PUPPY,
)  # fmt: skip

# A breed.
SIZE = Field("size", Choice(SIZES), "cỡ", required=True)
ADULT_WEIGHT = Field("adult_weight_kg", Range(_KG), "cân nặng trưởng thành", required=True, also=("adult weight",))
LIFESPAN = Field("lifespan_years", Range(Number(1, 30, example="12")), "tuổi thọ", required=True, also=("lifespan",))
PRICE_RANGE = Field("price_range", Range(Money(500_000)), "khoảng giá", required=True)
YEARLY_COST = Field("yearly_cost", Range(Money(500_000)), "chi phí một năm", required=True)
_RATING = Number(1, 5, whole=True, example="3")
ENERGY = Field("energy", _RATING, "vận động", required=True)
GROOMING = Field("grooming", _RATING, "chăm lông", required=True)
BARKING = Field("barking", _RATING, "hay sủa", required=True)
HEAT = Field("heat", _RATING, "chịu nóng", required=True)
FIRST_DOG = Field("first_dog", _RATING, "hợp người nuôi lần đầu", required=True)
EARS = Field("ears", Choice(portrait.EARS), "tai", required=True)
MUZZLE = Field("muzzle", Choice(portrait.MUZZLES), "mõm", required=True)
COAT = Field("coat", Choice(portrait.COATS), "lông", required=True)
TAIL = Field("tail", Choice(portrait.TAILS), "đuôi", required=True)
BUILD = Field("build", Choice(portrait.BUILDS), "dáng", required=True)
PORTRAIT = Field("portrait", Group((EARS, MUZZLE, COAT, TAIL, BUILD, COLOUR)), "chân dung", required=True)

BREED_PAGE: tuple[Field[Any], ...] = (
    TITLE, SUMMARY, SIZE, ADULT_WEIGHT, LIFESPAN, PRICE_RANGE, YEARLY_COST, ORIGIN, ENERGY, GROOMING, BARKING, HEAT,
    FIRST_DOG, PORTRAIT, SLUG, ALIASES, DRAFT, PUBLISH_ON,
)  # fmt: skip

# Pages and posts.
LAYOUT = Field("layout", Choice(LAYOUTS), "kiểu trang")
NAV = Field(
    "nav", Words(40, "Bảo hành"), "tên trong menu", words=True, also=("tên ngắn trong menu", "short name in menus")
)
POSTED = Field("date", Date("2026-11-01"), "ngày", required=True)
UPDATED = Field("updated", Date("2026-11-01"), "cập nhật")
EFFECTIVE = Field("effective", Date("2026-11-22"), "hiệu lực")
COLLECTS = Field("collects", ListOf(Pattern(r"[a-z]+", "email")), "thu thập")
NOTE = Field("note", Words(300), "ghi chú", required=True)
HISTORY = Field("history", ListOf(Group((GIVEN, NOTE))), "lịch sử", words=True)

PAGE: tuple[Field[Any], ...] = (
    *_COMMON,
    LAYOUT,
    NAV,
    STATUS_PAGE := Field("status", STATUS.kind, "tình trạng"),
    UPDATED,
    EFFECTIVE,
    COLLECTS,
    HISTORY,
)
POST: tuple[Field[Any], ...] = (*_COMMON, POSTED, UPDATED, NAV)

BY_KIND: dict[str, tuple[Field[Any], ...]] = {"puppies": PUPPY, "breeds": BREED_PAGE, "pages": PAGE, "posts": POST}

# site.yaml
_PER = PerLanguage(LANGUAGES, 300)
_PHONE = Pattern(r"\+\d{8,15}", '"+84912345678"', typed.phone)
_EMAIL = Pattern(r"[^@\s]+@[^@\s]+\.[^@\s]+", "lienhe@…")
SITE_SAMPLE = Field("sample", Flag(), "dữ liệu mẫu", required=True, also=("còn là dữ liệu mẫu", "still sample data"))
SITE_BASE_URL = Field(
    "base_url",
    Pattern(r"https?://[^/\s]+", "https://miluxinh.vn", typed.web_address),
    "địa chỉ web",
    required=True,
    also=("địa chỉ trang web", "address of the site"),
)
SITE_OWNER = Field(
    "owner_language",
    Choice(LANGUAGES),
    "ngôn ngữ của chủ",
    required=True,
    also=("ngôn ngữ của bàn làm việc", "language of the workshop"),
)
SITE_LANGUAGES = Field(
    "languages",
    ListOf(
        Choice(
            LANGUAGES,
            also=(
                ("tiếng Việt", "vi"), ("Việt", "vi"), ("Vietnamese", "vi"), ("vn", "vi"),
                ("tiếng Anh", "en"), ("Anh", "en"), ("English", "en"),
            ),
        ),
        least=1,
    ),
    "ngôn ngữ",
    required=True,
)  # fmt: skip
NAME = Field("name", Words(100, "Milu Xinh"), "tên", required=True)
TAGLINE = Field("tagline", _PER, "khẩu hiệu", required=True)
DESCRIPTION = Field("description", _PER, "giới thiệu", required=True)
PHONE = Field("phone", _PHONE, "điện thoại", required=True)
ZALO = Field("zalo", Pattern(r"\+?\d{6,20}", '"84912345678"', typed.zalo), "zalo")
MESSENGER = Field("messenger", Pattern(r"[\w.]{3,80}", "miluxinh", typed.messenger), "messenger")
EMAIL = Field("email", _EMAIL, "email", required=True)
ADDRESS = Field("address", _PER, "địa chỉ", required=True)
_CLOCK = Pattern(r"([01]\d|2[0-3]):[0-5]\d", '"08:30"', typed.clock)
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAYS = (
    *((f"{word} {n}", day) for n, day in enumerate(_WEEK[:6], 2) for word in ("thứ", "t")),
    *((f"t{n}", day) for n, day in enumerate(_WEEK[:6], 2)),
    ("thứ hai", "mon"), ("thứ ba", "tue"), ("thứ tư", "wed"), ("thứ năm", "thu"), ("thứ sáu", "fri"),
    ("thứ bảy", "sat"), ("chủ nhật", "sun"), ("cn", "sun"), ("monday", "mon"), ("tuesday", "tue"),
    ("wednesday", "wed"), ("thursday", "thu"), ("friday", "fri"), ("saturday", "sat"), ("sunday", "sun"),
)  # fmt: skip
DAYS = Field("days", ListOf(Choice(_WEEK, also=_WEEKDAYS)), "ngày", required=True)
OPENS = Field("opens", _CLOCK, "mở cửa", required=True)
CLOSES = Field("closes", _CLOCK, "đóng cửa", required=True)
HOURS = Field("hours", ListOf(Group((DAYS, OPENS, CLOSES))), "giờ mở cửa", required=True)
SHOP = Field(
    "shop",
    Group((NAME, TAGLINE, DESCRIPTION, PHONE, ZALO, MESSENGER, EMAIL, ADDRESS, HOURS)),
    "cửa hàng",
    required=True,
)
REGISTRATION = Field("registration", Words(100), "mã số", required=True)
RESPONSIBLE = Field("responsible", Words(100), "người phụ trách", required=True)
LEGAL = Field("legal", Group((NAME, REGISTRATION, ADDRESS, PHONE, EMAIL, RESPONSIBLE)), "pháp lý", required=True)
HOLDER = Field("holder", Words(100), "chủ tài khoản", required=True)
ACCOUNT = Field("number", Words(40), "số tài khoản", required=True)
BANK = Field("bank", Group((NAME, HOLDER, ACCOUNT)), "ngân hàng", required=True)
_PAGE_ID = Pattern(r"(pages|puppies|breeds|posts)/[a-z0-9-]+", "pages/about", typed.page_id)
MENU_TITLE = Field("title", _PER, "tiêu đề", required=True)
MENU_PAGES = Field("pages", ListOf(_PAGE_ID), "trang", required=True)
MAIN_MENU = Field("main", ListOf(_PAGE_ID), "chính", required=True)
FOOTER_MENU = Field("footer", ListOf(Group((MENU_TITLE, MENU_PAGES))), "chân trang", required=True)
MENUS = Field("menus", Group((MAIN_MENU, FOOTER_MENU)), "menu", required=True)
ACTION = Field("action", Pattern(r"/\S*", "/api/inquiry"), "nơi gửi", required=True)
INQUIRY = Field("inquiry", Group((ACTION,)), "biểu mẫu", required=True)
HOSTS = ("vercel", "server", "aws", "google", "azure", "cloudflare", "netlify")
HOST = Field("host", Choice(HOSTS), "nơi đăng", required=True)
TARGET = Field("target", Words(200, "milu-xinh"), "tên ở nơi đăng", required=True)
FUNCTION = Field("function", Pattern(r"https://\S+", "https://…"), "địa chỉ hàm")
PUBLISH = Field("publish", Group((HOST, TARGET, FUNCTION)), "xuất bản")
SITE: tuple[Field[Any], ...] = (
    SITE_SAMPLE, SITE_BASE_URL, SITE_OWNER, SITE_LANGUAGES, SHOP, LEGAL, BANK, MENUS, INQUIRY, PUBLISH,
)  # fmt: skip
