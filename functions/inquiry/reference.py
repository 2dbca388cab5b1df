"""Which submissions are the same one. A key makes the ids, so that nobody can compute them from a letter's content.
Pure."""

import hashlib
import hmac
import json
from dataclasses import dataclass

from inquiry.form import Inquiry

# Crockford's base 32: no I, L, O or U, so that a reference can be read out on the phone.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = 8  # 40 bits: a shop would need about a million letters before two are likely to share one


@dataclass(frozen=True)
class Identity:
    """`reference` is shown to people; `message_id` is the part of a Message-ID before the @; `digest` is the
    content's own."""

    reference: str
    message_id: str
    digest: str


def identify(inquiry: Inquiry, *, secret: bytes, submission: str) -> Identity:
    """Return the ids of `inquiry` under one submission id: same key, same id and same content, same ids."""
    content = json.dumps({**inquiry._asdict(), "phone": inquiry.phone._asdict()}, sort_keys=True).encode("ascii")
    digest = hashlib.sha256(content).hexdigest()
    key = mac(secret, "letter", submission, digest)
    number = int(key[:10], 16)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(0, 5 * _LETTERS, 5))
    return Identity("MX-" + letters, key[:40], digest)


def mac(secret: bytes, *parts: str) -> str:
    """Return the keyed digest (HMAC-SHA-256, hexadecimal) of `parts`; their order and borders count."""
    return hmac.new(secret, json.dumps(parts).encode("ascii"), "sha256").hexdigest()
