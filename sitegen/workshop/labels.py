"""How the schema's fields are called and grouped on a form. The fields themselves, their kinds and which are needed,
stand in the schema only; a field that is not named here is shown all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sitegen import schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.kinds import Field

SECTIONS: Mapping[str, tuple[tuple[str, tuple[Field[Any], ...]], ...]] = {
    "puppies": (
        ("state", (schema.STATUS, schema.CODE, schema.BREED, schema.LISTED, schema.RESERVED, schema.SOLD,
                   schema.EXPECTED, schema.LITTER)),
        ("facts", (schema.SEX, schema.BORN_ON, schema.READY, schema.COLOUR, schema.WEIGHT, schema.WEIGHED,
                   schema.ORIGIN, schema.RAISED)),
        ("money", (schema.PRICE, schema.INCLUDED)),
        ("health", (schema.VACCINATIONS, schema.DEWORMINGS, schema.VET_CHECK, schema.MICROCHIP)),
        ("family", (schema.MOTHER, schema.FATHER, schema.PAPERS)),
    ),
}  # fmt: skip
LAST = ("showing", (schema.DRAFT.key, schema.PUBLISH_ON.key, schema.SITE_SAMPLE.key))
"""The section at the end of every form, by key."""

# key: (Vietnamese, English), where the schema's Vietnamese name or the key itself would not do as a label.
NAMES: Mapping[str, tuple[str, str]] = {
    "weight_kg": ("Cân nặng (kg)", "Weight (kg)"),
    "adult_weight_kg": ("Cân nặng trưởng thành (kg)", "Adult weight (kg)"),
    "lifespan_years": ("Tuổi thọ (năm)", "Lifespan (years)"),
    "price": ("Giá (đồng)", "Price (VND)"),
    "price_range": ("Khoảng giá (đồng)", "Price range (VND)"),
    "yearly_cost": ("Chi phí một năm (đồng)", "Yearly cost (VND)"),
    "listed": ("Ngày đăng", "Listed on"),
    "reserved": ("Ngày đặt", "Reserved on"),
    "sold": ("Ngày bán", "Sold on"),
    "born": ("Ngày sinh", "Born on"),
    "expected": ("Ngày dự sinh", "Due on"),
    "litter": ("Số bé dự kiến", "Puppies expected"),
    "ready": ("Ngày đón", "Ready on"),
    "weighed": ("Ngày cân", "Weighed on"),
    "taken": ("Ngày chụp", "Taken on"),
    "mother": ("Mẹ", "Mother"),
    "father": ("Bố", "Father"),
    "vaccinations": ("Các mũi tiêm", "Vaccinations"),
    "dewormings": ("Các lần tẩy giun", "Dewormings"),
    "vet_check": ("Khám thú y", "Vet check"),
    "microchip": ("Vi mạch", "Microchip"),
    "title": ("Tên", "Title"),
    "summary": ("Tóm tắt", "Summary"),
    "nav": ("Tên ngắn trong menu", "Short name in menus"),
    "slug": ("Địa chỉ", "Address"),
    "aliases": ("Địa chỉ cũ vẫn dẫn tới đây", "Old addresses that still lead here"),
    "draft": ("Bản nháp", "Draft"),
    "publish_on": ("Tự hiện từ ngày", "Shows from"),
    "origin": ("Nơi sinh", "Origin"),
    "vi": ("Tiếng Việt", "Vietnamese"),
    "en": ("Tiếng Anh", "English"),
    "opens": ("Mở cửa", "Opens"),
    "closes": ("Đóng cửa", "Closes"),
    "sample": ("Còn là dữ liệu mẫu", "Still sample data"),
    "base_url": ("Địa chỉ trang web", "Address of the site"),
    "owner_language": ("Ngôn ngữ của bàn làm việc", "Language of the workshop"),
    "action": ("Nơi biểu mẫu gửi đến", "Where the form is sent"),
    "alt": ("Mô tả", "Description"),
}

# key: what is said below the input.
NOTES: Mapping[str, tuple[str, str]] = {
    "summary": ("một hai câu, khách thấy trong danh sách và khi tìm trên mạng",
                "a sentence or two, seen in lists and by those who search the web"),
    "ready": ("để trống: khi đủ 8 tuần", "empty: at 8 weeks"),
    "vet_check": ("chưa khám thì giữ bé ở bản nháp", "not seen by a vet yet? keep the puppy a draft"),
    "microchip": ("15 số; chưa gắn thì viết “chưa có”", "15 digits; “none” without one"),
    "slug": ("chữ không dấu, nối bằng dấu trừ; để trống thì theo tên",
             "plain letters joined by hyphens; empty: from the name"),
    "origin": ("mã nước, hai chữ", "the country's code, two letters"),
}  # fmt: skip

# Field key → the prefix of its words in templates/strings/values.*.yaml.
OPTION_WORDS: Mapping[str, str] = {
    "status": "status", "sex": "sex", "colour": "colour", "includes": "include", "raised": "raised",
    "papers": "papers", "size": "size", "days": "day",
}  # fmt: skip

# Words of choices that no page of the site says.
OPTIONS: Mapping[str, tuple[str, str]] = {
    "ears.drop": ("cụp", "drop"), "ears.pricked": ("dựng", "pricked"), "ears.button": ("gập nửa", "button"),
    "ears.rose": ("hoa hồng", "rose"), "ears.bat": ("cánh dơi", "bat"), "ears.feathered": ("xù lông", "feathered"),
    "muzzle.flat": ("tịt", "flat"), "muzzle.short": ("ngắn", "short"), "muzzle.medium": ("vừa", "medium"),
    "muzzle.long": ("dài", "long"), "coat.smooth": ("mượt", "smooth"), "coat.fluffy": ("bông", "fluffy"),
    "coat.curly": ("xoăn", "curly"), "coat.long": ("dài", "long"), "coat.wiry": ("cứng", "wiry"),
    "tail.curled": ("cuộn", "curled"), "tail.plumed": ("xoè", "plumed"), "tail.straight": ("thẳng", "straight"),
    "tail.docked": ("cộc", "docked"), "build.small": ("nhỏ", "small"), "build.stocky": ("chắc", "stocky"),
    "build.long": ("dài", "long"), "build.leggy": ("chân dài", "leggy"), "languages.vi": ("tiếng Việt", "Vietnamese"),
    "languages.en": ("tiếng Anh", "English"), "owner_language.vi": ("tiếng Việt", "Vietnamese"),
    "owner_language.en": ("tiếng Anh", "English"),
    "layout.page": ("trang thường", "ordinary page"), "layout.home": ("trang đầu", "home page"),
    "layout.catalogue": ("danh sách các bé", "list of puppies"), "layout.breeds": ("danh sách giống", "list of breeds"),
    "layout.prices": ("bảng giá", "price table"), "layout.status": ("các bé theo tình trạng", "puppies of one status"),
    "layout.posts": ("danh sách bài viết", "list of posts"), "layout.thank-you": ("trang cảm ơn", "thank-you page"),
    "layout.not-found": ("trang không tìm thấy", "page not found"), "layout.contact": ("liên hệ", "contact"),
    "layout.policy": ("chính sách bảo mật", "privacy policy"), "host.server": ("máy chủ riêng", "own server"),
}  # fmt: skip

EXAMPLES: Mapping[str, str] = {
    "email": "lienhe@miluxinh.vn", "base_url": "https://miluxinh.vn", "function": "https://gui.miluxinh.vn",
    "clinic": "Phòng khám thú y Bờ Hồ", "account": "0011 0012 3456",
}  # fmt: skip
"""Where the schema's example only hints at what goes there: something that can be typed as it is."""
ENGLISH: Mapping[str, str] = {
    "summary": "An apricot Poodle who follows you everywhere.", "alt": "Bông lying on a cushion", "nav": "Guarantee",
}  # fmt: skip
"""Examples for words that are to be English."""


def sections(kind: str, fields: Sequence[Field[Any]]) -> tuple[tuple[str, tuple[Field[Any], ...]], ...]:
    """The facts of a kind of entry as its form groups them: the named groups, what no group names, what is last."""
    facts = [f for f in fields if not f.words]
    named = [(title, tuple(f for f in those if f in facts)) for title, those in SECTIONS.get(kind, ())]
    placed = {f.key for _, those in named for f in those} | set(LAST[1])
    rest = ("more", tuple(f for f in facts if f.key not in placed))
    last = (LAST[0], tuple(f for f in facts if f.key in LAST[1]))
    return tuple(section for section in (*named, rest, last) if section[1])


def label(f: Field[Any], lang: str) -> str:
    """What a field is called on the form."""
    if f.key in NAMES:
        return NAMES[f.key][lang != "vi"]
    name = f.vi if lang == "vi" else f.key.replace("_", " ")
    return name[:1].upper() + name[1:]


def note(key: str, lang: str) -> str:
    """What is said below a field's input; "" where nothing need be."""
    return NOTES.get(key, ("", ""))[lang != "vi"]


def of_key(key: str, lang: str) -> str:
    """What a puppy's field is called, by its key; the key itself for one that is none."""
    return next((label(f, lang) for f in schema.PUPPY if f.key == key), key)


def option(key: str, value: str, words: Mapping[str, str], lang: str) -> str:
    """What a choice is called; `words` are those of the site's own pages."""
    found = words.get(f"{OPTION_WORDS.get(key, key)}.{value}")
    own = OPTIONS.get(f"{key}.{value}")
    text = found or (own[lang != "vi"] if own else value)
    return text[:1].upper() + text[1:]
