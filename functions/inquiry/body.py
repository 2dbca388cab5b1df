"""The bytes of a request → answers. Pure. Two media types, UTF-8 only, nothing twice, nothing deep."""

import json
from email.message import Message
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

LIMIT = 64 * 1024  # bytes; the longest honest inquiry is a fifth of it
FIELDS = 64  # names in one submission; the form has 16


class Unacceptable(Exception):
    """The body cannot be taken; `code` is a key of `words.MESSAGES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(stream: BinaryIO, length: str | None, *, ends: bool) -> bytes:
    """Return the body on `stream`. `length` is Content-Length as sent; `ends` says that the stream ends by itself
    (chunked).

    Raises Unacceptable("too_large") before reading what is announced as too large, and while reading what is not
    announced; Unacceptable("unreadable") for a length that is no number or a body that is shorter.
    """
    if not length:
        size = LIMIT + 1 if ends else 0
    elif length.isascii() and length.isdigit():
        size = int(length[:12])
    else:
        raise Unacceptable("unreadable")
    if length and size > LIMIT:
        raise Unacceptable("too_large")
    parts, left = [], size
    try:
        while left > 0 and (part := stream.read(left)):
            parts.append(part)
            left -= len(part)
    except (OSError, ValueError):  # cut off, or broken chunks
        raise Unacceptable("unreadable") from None
    body = b"".join(parts)
    if len(body) > LIMIT:
        raise Unacceptable("too_large")
    if length and len(body) < size:
        raise Unacceptable("unreadable")
    return body


def whole(content: bytes) -> tuple[bytes, str]:
    """Return a body that the host has read already, and the trouble with it ("" or "too_large")."""
    return (b"", "too_large") if len(content) > LIMIT else (content, "")


def media_type(content_type: str) -> str:
    """Return "form" or "json"; raises Unacceptable("media_type") for any other type and any charset but UTF-8."""
    header = Message()
    try:
        header["Content-Type"] = content_type
        charset = str(header.get_param("charset", "utf-8")).lower()
        known = {"application/x-www-form-urlencoded": "form", "application/json": "json"}.get(header.get_content_type())
    except (ValueError, TypeError):  # header parameters can be malformed in many ways
        known, charset = None, ""
    if known is None or charset not in ("utf-8", "utf8"):
        raise Unacceptable("media_type")
    return known


def parse(kind: str, body: bytes) -> dict[str, object]:
    """Return the answers in `body`, a name at most once; raises Unacceptable("unreadable")."""
    try:
        text = body.decode("utf-8")
        if kind == "json":
            found: object = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        else:
            found = _once(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS, errors="strict"))
    except (ValueError, RecursionError):
        raise Unacceptable("unreadable") from None
    if not isinstance(found, dict) or len(found) > FIELDS:
        raise Unacceptable("unreadable")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, object]:
    """Two answers to one question are no answer: choosing one would be a guess."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_constant(_name: str) -> object:
    """NaN and Infinity are not JSON (RFC 8259)."""
    raise ValueError
