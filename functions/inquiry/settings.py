"""What the host must tell the function, read once from the environment. Wrong settings refuse the start, all named at
once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from inquiry.contact import Contact

CHALLENGES = ("suspicious", "always", "off")
SECRET_CHARACTERS = 32
LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")
T = TypeVar("T")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


@dataclass(frozen=True)
class Server:
    """One mail server. `implicit` TLS is smtps://; else STARTTLS, or plain text to a server on this machine."""

    host: str
    port: int
    implicit: bool = False
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def loopback(self) -> bool:
        """Whether plain text to this server never leaves the machine."""
        return bool(LOOPBACK.fullmatch(self.host))


@dataclass(frozen=True)
class Settings:
    """Everything an owner decides. `deadline` is in seconds; `site` has no slash at its end."""

    to: str
    sender: str
    servers: tuple[Server, ...] = field(repr=False)
    site: str
    secret: bytes = field(repr=False)
    deadline: float = 8.0
    challenge: str = "suspicious"
    receipt: bool = False
    shop: Contact = field(default_factory=Contact)

    @property
    def origin(self) -> str:
        """The site's origin as browsers write it in `Origin`."""
        parts = urlsplit(self.site)
        return f"{parts.scheme}://{parts.netloc}".lower()

    @property
    def prefix(self) -> str:
        """The path under which the site lies, "" at the root."""
        return urlsplit(self.site).path


class SettingsError(Exception):
    """The settings are wrong. `faults` are (variable, Vietnamese, English); no value is ever repeated."""

    def __init__(self, faults: tuple[tuple[str, str, str], ...]) -> None:
        self.faults = faults
        lines = (f"  {name}: {vi} / {en}" for name, vi, en in faults)
        super().__init__("Thiếu hoặc sai cài đặt / settings missing or wrong:\n" + "\n".join(lines))


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Return the settings in `environ`; raise SettingsError naming every wrong one."""
    faults: list[tuple[str, str, str]] = []

    def read(name: str, rule: Callable[[str], T | None], default: str, vi: str, en: str) -> T | None:
        text = environ.get(name, "").strip() or default
        value = rule(text)
        if value is None:
            faults.append((name, vi, en))
        return value

    to = read("INQUIRY_TO", _address, "", "một địa chỉ email nhận thư", "one address that receives the letters")
    sender = read(
        "INQUIRY_FROM",
        _address,
        "",
        "một địa chỉ email thuộc tên miền của tiệm",
        "one address of the shop's own domain",
    )
    servers = read(
        "INQUIRY_SMTP",
        _servers,
        "",
        "một hay nhiều địa chỉ smtp://user:pass@host:587 hoặc smtps://…, cách nhau bằng dấu cách",
        "one or more URLs smtp://user:pass@host:587 or smtps://…, separated by spaces",
    )
    site = read(
        "INQUIRY_SITE",
        _site,
        "",
        "địa chỉ trang web, bắt đầu bằng https://",
        "the site's base URL, beginning with https://",
    )
    secret = read(
        "INQUIRY_SECRET",
        _secret,
        "",
        f"ít nhất {SECRET_CHARACTERS} ký tự ngẫu nhiên",
        f"at least {SECRET_CHARACTERS} random characters",
    )
    deadline = read("INQUIRY_DEADLINE", _seconds, "8", "số giây từ 0.1 đến 60", "seconds, from 0.1 to 60")
    challenge = read(
        "INQUIRY_CHALLENGE",
        lambda text: text if text in CHALLENGES else None,
        CHALLENGES[0],
        "một trong: " + ", ".join(CHALLENGES),
        "one of: " + ", ".join(CHALLENGES),
    )
    receipt = read("INQUIRY_RECEIPT", {"0": False, "1": True}.get, "0", "0 hoặc 1", "0 or 1")
    name = read("INQUIRY_SHOP_NAME", _line, "Milu Xinh", "một dòng chữ ngắn", "one short line of text")
    phone = read(
        "INQUIRY_SHOP_PHONE",
        lambda text: text if re.fullmatch(r"[\d+ .()-]{0,30}", text) else None,
        "",
        "số điện thoại",
        "a phone number",
    )
    zalo = read(
        "INQUIRY_SHOP_ZALO",
        lambda text: text if re.fullmatch(r"(https://zalo\.me/)?[\w+ .-]{0,40}", text) else None,
        "",
        "số Zalo hoặc https://zalo.me/…",
        "a Zalo number or https://zalo.me/…",
    )
    email = read(
        "INQUIRY_SHOP_EMAIL", lambda text: _address(text) if text else "", "", "một địa chỉ email", "one email address"
    )
    if (
        to is None
        or sender is None
        or servers is None
        or site is None
        or secret is None
        or deadline is None
        or challenge is None
        or receipt is None
        or name is None
        or phone is None
        or zalo is None
        or email is None
    ):
        raise SettingsError(tuple(faults))
    return Settings(to, sender, servers, site, secret, deadline, challenge, receipt, Contact(name, phone, zalo, email))


def _address(text: str) -> str | None:
    return text if len(text) <= 254 and _ADDRESS.fullmatch(text) and ".." not in text else None


def _line(text: str) -> str | None:
    # "=?" begins an encoded word, which some versions of Python turn into header lines of their own.
    return text if len(text) <= 60 and text.isprintable() and "=?" not in text else None


def _secret(text: str) -> bytes | None:
    return text.encode("utf-8", "surrogateescape") if len(text) >= SECRET_CHARACTERS else None


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if 0.1 <= seconds <= 60 else None


def _site(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        local = LOOPBACK.fullmatch(parts.hostname or "")
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in (("https", "http") if local else ("https",)) or not parts.hostname or "@" in parts.netloc:
        return None
    return None if parts.query or parts.fragment else text.rstrip("/")


def _servers(text: str) -> tuple[Server, ...] | None:
    servers = [_server(url) for url in re.split(r"[\s,]+", text) if url]
    good = tuple(server for server in servers if server)
    return good if good and len(good) == len(servers) else None


def _server(url: str) -> Server | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/") or parts.query:
        return None
    if bool(parts.username) != bool(parts.password):
        return None
    implicit = parts.scheme == "smtps"
    return Server(
        parts.hostname,
        port or (465 if implicit else 587),
        implicit,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
