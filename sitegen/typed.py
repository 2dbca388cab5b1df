"""What an owner types → what it means: money, days, weights, and the shop's numbers and names. Pure text.

Each spelling here has one meaning in Vietnam. What has two is not guessed: it comes back as None, or as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date
from functools import lru_cache

from sitegen.text import fold

_CURRENCY = r"(?:đ|d|₫|vnd|vnđ|dong)?"
_MILLION = r"(?:trieu|tr|m|million|mil|cu)"
_THOUSAND = r"(?:k|nghin|ngan)"
_GROUPED = re.compile(rf"(?:(\d{{1,3}}(?:\.\d{{3}})+)(?:,00?)?|(\d{{1,3}}(?:,\d{{3}})+)(?:\.00?)?){_CURRENCY}\.?")
_MILLIONS = re.compile(rf"(\d+)(?:[.,](\d{{1,3}}))?{_MILLION}(?:(\d{{1,3}})({_THOUSAND})?|(ruoi))?{_CURRENCY}(?:chan)?")
_THOUSANDS = re.compile(rf"(\d+|\d{{1,3}}[.,]\d{{3}}){_THOUSAND}{_CURRENCY}")
_UNITS = (1_000, 1_000_000, 10_000)
"""What is left off when the zeros are: nghìn, triệu, or both the point and the zeros (`850` for 8,50 triệu)."""
PLAUSIBLE = range(1_000_000, 100_000_001)
"""What a puppy costs, in VND: for guesses in messages only."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DASH = re.compile("[‐‑‒–—−]")
_NOTHING = re.compile(
    r"(?:none|no|nothing|nil|not yet|not done(?: yet)?|khong|chua)"
    r"(?: (?:co|tiem|tay|xo|kham|gan|lam|duoc|phong|benh|giun|mui|lan|vac xin|thu y|suc khoe|nao|gi|het|yet))*"
)
_COUNTRIES = {
    "viet nam": "VN", "vietnam": "VN", "thai lan": "TH", "thailand": "TH", "han quoc": "KR", "korea": "KR",
    "nhat ban": "JP", "nhat": "JP", "japan": "JP", "trung quoc": "CN", "china": "CN", "nga": "RU", "russia": "RU",
    "my": "US", "usa": "US", "anh": "GB", "uk": "GB", "england": "GB", "duc": "DE", "germany": "DE", "phap": "FR",
    "france": "FR", "uc": "AU", "australia": "AU", "dai loan": "TW", "taiwan": "TW", "ba lan": "PL", "poland": "PL",
    "ukraina": "UA", "ukraine": "UA", "hungary": "HU", "philippines": "PH", "indonesia": "ID", "malaysia": "MY",
}  # fmt: skip


def vnd(text: str) -> int | None:
    """VND as an owner writes it → a whole number of đồng; None when unclear.

    `8500000`, `8.500.000`, `8,500,000 ₫`, `8,5 triệu`, `8 triệu rưỡi`, `8tr5`, `8tr500k`, `8500k`. `8.5` is not clear.
    """
    if text.isdecimal() and text.isascii():  # as most do
        return int(text)
    word = re.sub(r"[\s_]", "", fold(text)).lstrip("₫")
    if re.fullmatch(rf"\d+{_CURRENCY}", word):
        return int(re.sub(r"\D", "", word))
    if grouped := _GROUPED.fullmatch(word):
        return int(re.sub(r"\D", "", grouped[1] or grouped[2]))
    if thousands := _THOUSANDS.fullmatch(word):
        return int(re.sub(r"\D", "", thousands[1])) * 1_000
    millions = _MILLIONS.fullmatch(word)
    if millions is None or (millions[2] and (millions[3] or millions[5])):
        return None
    whole, tenths, rest, thousand, half = millions.groups()
    part = int(rest) * 1_000 if thousand else 500_000 if half else int((tenths or rest or "0").ljust(6, "0"))
    return int(whole) * 1_000_000 + part


def amounts(text: str) -> list[int]:
    """The amounts that stand among other words: `khoảng 8 triệu` → 8000000, `8-9 triệu` → both."""
    low = fold(text)
    unit = re.search(rf"{_MILLION}\b|{_MILLION}(?=\d)|{_THOUSAND}\b", low)
    found = []
    for part in re.split(r"\s*(?:[-–~]|\bden\b|\btoi\b|\bto\b)\s*", low):
        number = re.search(rf"\d[\d.,]*(?:\s*(?:{_MILLION}|{_THOUSAND})(?:\s*\d+|\s*ruoi)?)?", part)
        amount = None if number is None else vnd(number[0])
        if number is not None and (amount is None or amount < PLAUSIBLE.start) and unit:
            amount = vnd(number[0] + unit[0])
        if amount is not None and amount in PLAUSIBLE:
            found.append(amount)
    return found


def all_zeros(amount: int) -> int:
    """What was probably meant by an amount that is too small for a puppy."""
    return next((amount * unit for unit in _UNITS if amount * unit in PLAUSIBLE), amount * 1_000)


@lru_cache(maxsize=4096)
def day(text: str) -> date | None:
    """`2026-08-30`, `30/8/2026`, `30 tháng 8 năm 2026`, `30 Aug 2026` → date; None when it is no date.

    Day and month come in the order of Vietnam; an American `8/30/2026` is asked about.
    """
    if len(text) == 10 and text[4] == text[7] == "-":  # as most are
        with suppress(ValueError):
            return date.fromisoformat(text)
    parts = _parts(text)
    return None if parts is None else _date(*parts)


def _parts(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) as they stand, on the calendar or not."""
    word = re.sub(r"\s*([/.-])\s*", r"\1", _DASH.sub("-", fold(text))).removeprefix("ngay ")
    named = re.fullmatch(r"(\d{1,2}) thang (\d{1,2})(?:,| nam)? (\d{4})", word)
    local = re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", word)
    iso = re.fullmatch(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})", word)
    english = re.fullmatch(r"(\d{1,2}) ([a-z]{3})[a-z]*\.? (\d{4})", word)
    american = re.fullmatch(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})", word)
    if iso:
        return int(iso[1]), int(iso[3]), int(iso[4])
    if local:
        return int(local[4]), int(local[3]), int(local[1])
    if named:
        return int(named[3]), int(named[2]), int(named[1])
    if english and english[2] in _MONTHS:
        return int(english[3]), _MONTHS.index(english[2]) + 1, int(english[1])
    if american and american[1] in _MONTHS:
        return int(american[3]), _MONTHS.index(american[1]) + 1, int(american[2])
    return None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def near_day(text: str) -> date | None:
    """The day that was probably meant by one that is not on the calendar: with day and month the other way round."""
    parts = _parts(text)
    return None if parts is None else _date(parts[0], parts[2], parts[1])


def short_day(text: str) -> date | None:
    """The day of a date whose year has two digits: `30.8.26`."""
    short = re.fullmatch(r"(\d{1,2}[/.-]\d{1,2}[/.-])(\d{2})", _DASH.sub("-", text.strip()))
    return day(f"{short[1]}20{short[2]}") if short else None


def days_in_month(text: str) -> tuple[int, int, int] | None:
    """(days, month, year) of a date that asks too much of its month: `31/2/2026` → (28, 2, 2026)."""
    parts = _parts(text)
    if parts is None or not 1 <= parts[1] <= 12 or not 29 <= parts[2] <= 31:
        return None
    return next(n for n in (31, 30, 29, 28) if _date(parts[0], parts[1], n)), parts[1], parts[0]


def kilograms(text: str) -> str:
    """A weight as a plain number of kilograms: `2,4 kg`, `2kg4`, `2400g`, `8 lạng` → `2.4`, `2.4`, `2.4`, `0.8`."""
    word = fold(text).replace(" ", "").replace(",", ".")
    if found := re.fullmatch(r"(\d+)(?:kg|ky|ki|can)(\d)", word):
        return f"{found[1]}.{found[2]}"
    for unit, share in ((r"(?:g|gr|gram)", 1_000), (r"lang", 10)):
        if found := re.fullmatch(rf"(\d+(?:\.\d+)?){unit}", word):
            return f"{float(found[1]) / share:g}"
    return re.sub(r"(?:kg|ky|ki|can)$", "", word)


def nothing(text: str) -> bool:
    """Whether the words say that there is none, or none yet: `none`, `không`, `chưa`, `chưa tiêm mũi nào`."""
    return bool(_NOTHING.fullmatch(fold(text)))


def code(text: str) -> str:
    """A puppy's code: `mx024`, `MX–024`, `mx 024` → `MX-024`."""
    found = re.fullmatch(r"([a-z]{1,4})[\s_-]*(\d{1,6})", _DASH.sub("-", text).lower())
    return f"{found[1].upper()}-{found[2]}" if found else text


def chip(text: str) -> str:
    """A microchip: its digits without what parts them, or `none` for any word that says there is none."""
    if nothing(text):
        return "none"
    return re.sub(r"[\s.-]", "", _DASH.sub("-", text))


def country(text: str) -> str:
    """A country's ISO code: `vn`, `Việt Nam` → `VN`."""
    return _COUNTRIES.get(fold(text), text.upper() if len(text) == 2 else text)


def phone(text: str) -> str:
    """A phone number with its country: `0912 345 678`, `84 912.345.678` → `+84912345678`."""
    digits = re.sub(r"[\s.()-]", "", _DASH.sub("-", unicodedata.normalize("NFKC", text)))
    return re.sub(r"^(?:0084|84|0)(?=\d{8,10}$)", "+84", digits)


def zalo(text: str) -> str:
    """A Zalo number or account, also out of its link: `https://zalo.me/0912345678` → `84912345678`."""
    return phone(_last(text, "zalo.me")).lstrip("+")


def messenger(text: str) -> str:
    """A Facebook page's name, also out of its link: `https://www.facebook.com/miluxinh` → `miluxinh`."""
    return _last(text, "m.me", "facebook.com", "fb.com", "messenger.com/t").removeprefix("@")


def _last(text: str, *hosts: str) -> str:
    named = "|".join(map(re.escape, hosts))
    return re.sub(rf"^(?:https?://)?(?:www\.|m\.)?(?:{named})/", "", text).partition("?")[0].rstrip("/")


def web_address(text: str) -> str:
    """A site's address without the last slash."""
    return text.rstrip("/")


def clock(text: str) -> str:
    """A time of the day: `8:30`, `8h30`, `8h`, `8 giờ 30` → `08:30`."""
    found = re.fullmatch(r"(\d{1,2})\s*(?:[:.hg]|gio)\s*(\d{2})?", fold(text))
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else text


def page_id(text: str) -> str:
    """A page as the menus name it: `/pages/about.md`, `content/pages/about` → `pages/about`."""
    bare = text.strip("/").removeprefix("content/").removesuffix("index.md").removesuffix(".md")
    return bare.strip("/")


def in_a_row(text: str) -> tuple[str, ...]:
    """The items of a list that is typed as one text, with commas or semicolons between them."""
    return tuple(part.strip() for part in re.split("[,;]", text) if part.strip())


def plain(text: str) -> str:
    """A choice's name without what joins its words: `Đỏ – trắng`, `đỏ và trắng` → `do trang`."""
    words = re.sub(r"[-,/&+()]| (?:va|pha|and|with) ", " ", _DASH.sub("-", f" {fold(text)} "))
    return " ".join(words.split())
