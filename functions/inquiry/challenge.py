"""Signs of spam, and the extra step that they lead to. Pure and stateless; suspicion never drops an inquiry.

A token is `<milliseconds>.<signs>.<mac>`, its mac bound to the content: solving one puzzle sends one letter, and a
replay can only send the identical letter, with its identical Message-ID.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping

from inquiry import form
from inquiry.form import Inquiry
from inquiry.reference import mac

LINKS = 3  # more than these in one inquiry are a sign
FASTEST = 3_000  # milliseconds in which nobody types name, phone, email and address; a filled-in form takes two
# Small puzzles vary less than one large one. Together 16,384 hashes on average: well below 1 s on a slow phone.
ROUNDS, BITS = 8, 11
PUZZLE_AGE = 10 * 60_000
CHECK_AGE = 24 * 3_600_000
READING = 1_500  # milliseconds that a person needs at least to find the second button

_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def signs(inquiry: Inquiry, answers: Mapping[str, object], *, busy: bool) -> tuple[str, ...]:
    """Return the signs of spam, keys of `words.SIGNS`; `busy` says that too many inquiries came from where this one
    came."""
    elapsed = answers.get(form.ELAPSED)
    milliseconds = int(elapsed) if isinstance(elapsed, str) and re.fullmatch(r"[0-9]{1,9}", elapsed) else FASTEST
    words = "\n".join((inquiry.name, inquiry.address, inquiry.message))
    found = {
        "trap": bool(answers.get(form.TRAP)),
        "fast": milliseconds < FASTEST,
        "links": len(_LINK.findall(words)) > LINKS,
        "rate": busy,
    }
    return tuple(sign for sign, seen in found.items() if seen)


def issue(purpose: str, digest: str, found: tuple[str, ...], *, secret: bytes, now: float) -> str:
    """Return a token for one content (`digest`); `now` in seconds since 1970."""
    head = f"{int(now * 1000)}.{'-'.join(found)}"
    return f"{head}.{_sign(purpose, digest, head, secret)}"


def passed(digest: str, answers: Mapping[str, object], *, secret: bytes, now: float) -> tuple[str, ...] | None:
    """Return the signs that led to the step if the step was taken for this content, else None."""
    token, solution = _text(answers, form.PUZZLE), _text(answers, form.SOLUTION)
    found = _verify("puzzle", digest, token, (0, PUZZLE_AGE), secret, now)
    if found is not None and solved(token, solution):
        return found
    return _verify("check", digest, _text(answers, form.CHECKED), (READING, CHECK_AGE), secret, now)


def solved(token: str, solution: str) -> bool:
    """Return whether `solution` ("n.n.…") has one number a round so that SHA-256("<seed>.<round>.<n>") begins with
    BITS zeros."""
    numbers = solution.split(".")
    if len(numbers) != ROUNDS or not all(re.fullmatch(r"[0-9]{1,9}", number) for number in numbers):
        return False
    digests = (
        hashlib.sha256(f"{seed(token)}.{turn}.{number}".encode()).digest() for turn, number in enumerate(numbers)
    )
    return all(int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0 for digest in digests)


def seed(token: str) -> str:
    """Return what the puzzle is about: short, so that one attempt is one block of SHA-256."""
    return token.rpartition(".")[2][:32]


def _verify(
    purpose: str, digest: str, token: str, age: tuple[int, int], secret: bytes, now: float
) -> tuple[str, ...] | None:
    match = re.fullmatch(r"(([0-9]{1,15})\.([a-z-]*))\.([0-9a-f]{64})", token)
    if not match or not hmac.compare_digest(match[4], _sign(purpose, digest, match[1], secret)):
        return None
    if not age[0] <= now * 1000 - int(match[2]) <= age[1]:
        return None
    return tuple(match[3].split("-")) if match[3] else ()


def _sign(purpose: str, digest: str, head: str, secret: bytes) -> str:
    return mac(secret, "step", purpose, digest, head)


def _text(answers: Mapping[str, object], name: str) -> str:
    value = answers.get(name)
    return value if isinstance(value, str) else ""
