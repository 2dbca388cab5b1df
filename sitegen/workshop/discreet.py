"""A photo without what it says besides its picture: where it was taken, by whom, with which phone. Pure.

The picture itself is not touched: the compressed pixels are copied as they are, byte for byte. What stays are colours
(ICC), which way is up, and the day it was taken. Everything else goes, known or not: only what a decoder needs is kept.

- JPEG (ITU-T T.81): segments that a decoder needs; nothing behind the picture's end, where phones put films and
  second pictures with places of their own.
- PNG (W3C PNG, third edition) and WebP (RFC 9649): the chunks that a decoder needs.
- HEIC and AVIF (ISO/IEC 14496-12 and 23008-12): offsets run through the whole file, so what goes is blanked in place.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

ORIENTATION, EXIF_IFD, TAKEN = 0x0112, 0x8769, (0x9003, 0x0132)
"""EXIF: which way is up, the table of the shot, and in it when it was taken (or when the file was written)."""


class Unknown(Exception):
    """The file is not built as its format says."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What stays of a photo's EXIF: `turn` is its orientation, 1 to 8; `taken` the moment as `2026:11:12 08:30:00`."""

    turn: int = 1
    taken: str = ""

    @property
    def day(self) -> str:
        """The day as `2026-11-12`; "" where the camera did not say."""
        day = self.taken[:10].replace(":", "-")
        return day if re.fullmatch(r"(?:199|2\d\d)\d-\d\d-\d\d", day) else ""

    @property
    def exif(self) -> bytes:
        """As EXIF; empty when there is nothing to say."""
        from PIL import Image  # the imaging libraries, loaded with the first photo

        if self.turn == 1 and not self.day:
            return b""
        exif = Image.Exif()
        if self.turn != 1:
            exif[ORIENTATION] = self.turn
        if self.day:
            exif.get_ifd(EXIF_IFD)[TAKEN[0]] = self.taken[:19]
        return exif.tobytes().removeprefix(_EXIF)


def shot(data: bytes) -> Shot:
    """Read what stays. A damaged EXIF block says nothing."""
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener()
    exif = Image.Exif()
    try:
        if data.startswith(_JPEG):  # a second picture in the file must not come in between
            exif.load(next((s[4:] for s, _ in _segments(data) if s[4:].startswith(_EXIF)), b""))
        else:
            with Image.open(BytesIO(data)) as image:
                exif = image.getexif()
        both = {**dict(exif), **dict(exif.get_ifd(EXIF_IFD))}
    except Exception:  # decoders fed with damaged bytes raise all sorts of things; the pixels are looked at elsewhere
        return Shot()
    turn = both.get(ORIENTATION, 1)
    taken = next((str(both[tag]) for tag in TAKEN if both.get(tag)), "")
    return Shot(turn if isinstance(turn, int) and 1 <= turn <= 8 else 1, taken)


def discreet(data: bytes) -> bytes | None:
    """The same picture without what else it says; None for a file that is not built as its format says, in which a
    place might be overlooked."""
    way = next((way for sign, way in _WAYS.items() if sign.match(data)), None)
    if way is None:
        return None
    try:
        return way(data, shot(data))
    except (Unknown, struct.error, IndexError, ValueError):
        return None


# JPEG

_JPEG, _EXIF = b"\xff\xd8", b"Exif\0\0"
_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
"""The next marker within compressed pixels, where 0xFF may stand for itself (with 00), restarts (D0–D7) or filling."""
_KEPT_APPS = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
_APP0, _APP1, _APP15, _SCAN, _END, _COMMENT = 0xE0, 0xE1, 0xEF, 0xDA, 0xD9, 0xFE


def _jpeg(data: bytes, said: Shot) -> bytes:
    out, rest = [_JPEG], []
    for segment, pixels in _segments(data):
        marker, content = segment[1], segment[4:]
        kept_app = any(marker == m and content.startswith(s) for m, s in _KEPT_APPS)
        if marker == _APP0 and kept_app:
            out.append(segment)
        elif kept_app or not (_APP0 <= marker <= _APP15 or marker == _COMMENT):
            rest += [segment, pixels]
    if exif := said.exif:
        body = _EXIF + exif
        out.append(struct.pack(">BBH", 0xFF, _APP1, len(body) + 2) + body)
    return b"".join([*out, *rest, b"\xff\xd9"])


def _segments(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(a segment with its marker, the compressed pixels behind it) up to the picture's end."""
    at = len(_JPEG)
    while found := _MARKER.match(data, at):
        if found[1][0] == _END:
            return
        start, at = at, at + 2 + int(struct.unpack_from(">H", data, at + 2)[0])
        segment, pixels = data[start:at], b""
        if found[1][0] == _SCAN:
            after = _MARKER.search(data, at)
            pixels = data[at : after.start()] if after else data[at:]
            at += len(pixels)
        yield segment, pixels
    raise Unknown


# PNG

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT".split()
)


def _png(data: bytes, said: Shot) -> bytes:
    out, at, exif = [_PNG], len(_PNG), said.exif
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        chunk, at = data[at : at + 12 + length], at + 12 + length
        if len(chunk) != 12 + length:
            raise Unknown
        if name == b"IDAT" and exif:
            out.append(struct.pack(">I", len(exif)) + b"eXIf" + exif + struct.pack(">I", zlib.crc32(b"eXIf" + exif)))
            exif = b""
        if name in _PNG_KEPT:
            out.append(chunk)
        if name == b"IEND":
            return b"".join(out)


# WebP

_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def _webp(data: bytes, said: Shot) -> bytes:
    (size,) = struct.unpack_from("<I", data, 4)
    chunks, at, end = [], 12, 8 + size
    if end > len(data) + 1:
        raise Unknown
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, at)
        body, at = data[at + 8 : at + 8 + length], at + 8 + length + length % 2
        if len(body) != length:
            raise Unknown
        if name in _WEBP_KEPT:
            chunks.append((name, body))
    # A file without the extended header has no place for EXIF, and so nothing to say.
    exif = said.exif if chunks and chunks[0][0] == b"VP8X" else b""
    if chunks and chunks[0][0] == b"VP8X":
        flags = chunks[0][1][0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if exif else 0)
        chunks[0] = b"VP8X", bytes([flags]) + chunks[0][1][1:]
    chunks += [(b"EXIF", exif)] if exif else []
    packed = b"".join(name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for name, body in chunks)
    return b"RIFF" + struct.pack("<I", 4 + len(packed)) + b"WEBP" + packed


# HEIC and AVIF

_PICTURES = frozenset((b"hvc1", b"av01", b"avc1", b"jpeg", b"grid", b"iden", b"iovl", b"tmap", b"hev1", b"lhv1"))
"""The kinds of item that are pictures; every other kind is a remark."""
_HEIF_KEPT = frozenset((b"ftyp", b"meta", b"mdat", b"idat", b"moov", b"free", b"skip", b"wide"))
_SAYS_NOTHING = b"MM\0*\0\0\0\x08\0\0\0\0\0\0"
"""EXIF without any entry."""
_REMARKS = frozenset((b"udta", b"meta", b"uuid"))


@dataclass(frozen=True, slots=True)
class Box:
    """`start` to `end` in the file; the content begins at `inside`."""

    kind: bytes
    start: int
    inside: int
    end: int


def _heif(data: bytes, said: Shot) -> bytes:
    out = bytearray(data)
    boxes = list(_boxes(data, 0, len(data)))
    meta = next((box for box in boxes if box.kind == b"meta"), None)
    if meta is None:
        raise Unknown
    inner = {box.kind: box for box in _boxes(data, meta.inside + 4, meta.end)}
    # In a HEIC the turn is a property of the picture, not EXIF's.
    exif = b"\0\0\0\0" + (Shot(taken=said.taken).exif or _SAYS_NOTHING)
    for item, kind in _items(data, inner[b"iinf"]):
        if kind in _PICTURES:
            continue
        for start, length in _extents(data, inner, item):
            if start + length > len(data):
                raise Unknown
            blank = exif if kind == b"Exif" and len(exif) <= length else b""
            filling = b" " if kind == b"mime" else b"\0"
            out[start : start + length] = blank + filling * (length - len(blank))
    for box in boxes:
        if box.kind not in _HEIF_KEPT:
            _free(out, box)
        elif box.kind == b"moov":
            _quiet(data, out, box)
    last = max(box.end for box in boxes if box.kind in _HEIF_KEPT)
    return bytes(out[:last])


def _quiet(data: bytes, out: bytearray, box: Box) -> None:
    """Blank the remarks of a film's tables."""
    for inner in _boxes(data, box.inside, box.end):
        if inner.kind in _REMARKS:
            _free(out, inner)
        elif inner.kind == b"trak":
            _quiet(data, out, inner)


def _free(out: bytearray, box: Box) -> None:
    """Make a box free space of the same length."""
    out[box.start + 4 : box.start + 8] = b"free"
    out[box.inside : box.end] = bytes(box.end - box.inside)


def _boxes(data: bytes, at: int, end: int) -> Iterator[Box]:
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        inside = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, inside)
            inside += 8
        size = size or end - at
        if size < inside - at or at + size > end:
            raise Unknown
        yield Box(kind, at, inside, at + size)
        at += size


def _items(data: bytes, iinf: Box) -> Iterator[tuple[int, bytes]]:
    """(number, kind) of every item."""
    version = data[iinf.inside]
    for box in _boxes(data, iinf.inside + (6 if version == 0 else 8), iinf.end):
        if box.kind == b"infe":
            if data[box.inside] < 2:
                raise Unknown
            wide = data[box.inside] > 2
            (item,) = struct.unpack_from(">I" if wide else ">H", data, box.inside + 4)
            at = box.inside + 4 + (4 if wide else 2) + 2
            yield item, data[at : at + 4]


def _extents(data: bytes, inner: Mapping[bytes, Box], wanted: int) -> Iterator[tuple[int, int]]:
    """(start in the file, length) of every part of an item."""
    at = inner[b"iloc"].inside
    version, sizes, more = data[at], data[at + 4], data[at + 5]
    at += 6

    def number(size: int) -> int:
        nonlocal at
        at += size
        return int.from_bytes(data[at - size : at], "big")

    for _ in range(number(2 if version < 2 else 4)):
        item = number(2 if version < 2 else 4)
        method = number(2) & 15 if version else 0
        number(2)
        base = number(more >> 4)
        if item == wanted and method > 1:
            raise Unknown
        begin = inner[b"idat"].inside if item == wanted and method == 1 else 0
        for _ in range(number(2)):
            number(more & 15 if version else 0)
            offset, length = number(sizes >> 4), number(sizes & 15)
            if item == wanted:
                yield begin + base + offset, length


_WAYS: dict[re.Pattern[bytes], Callable[[bytes, Shot], bytes]] = {
    re.compile(rb"\xff\xd8\xff"): _jpeg,
    re.compile(re.escape(_PNG)): _png,
    re.compile(rb"RIFF....WEBP", re.DOTALL): _webp,
    re.compile(rb"....ftyp", re.DOTALL): _heif,
}
