"""What may be asked and what counts as an answer: fields, limits and rules. Pure; speaks in codes, never in words."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

LANGUAGES = ("vi", "en")
THANKS = {"vi": "/cam-on/", "en": "/en/thank-you/"}
POLICY = {"vi": "/chinh-sach-bao-mat/", "en": "/en/privacy-policy/"}
REFERENCE_PARAMETER = "ma"
ACTION = "/api/inquiry"


class Kind(StrEnum):
    """How a field is shown, and which rule its answer must meet."""

    WORDS = "words"  # one line
    LINES = "lines"  # several lines
    EMAIL = "email"
    PHONE = "phone"
    TICK = "tick"  # a consent: never ticked beforehand
    CHOICE = "choice"  # one of the languages
    HIDDEN = "hidden"  # set by the page, not by the visitor


class Field(NamedTuple):
    """One question; `limit` counts characters (code points) after NFC."""

    name: str
    kind: Kind
    limit: int
    required: bool = False
    autocomplete: str = ""
    inputmode: str = ""


FIELDS = (
    Field("name", Kind.WORDS, 100, required=True, autocomplete="name"),
    Field("phone", Kind.PHONE, 40, required=True, autocomplete="tel", inputmode="tel"),
    Field("email", Kind.EMAIL, 254, required=True, autocomplete="email", inputmode="email"),
    # Ward and province are enough; street-address is for controls of several lines (HTML standard, 4.10.18.7).
    Field("address", Kind.LINES, 300, required=True, autocomplete="street-address"),
    Field("puppy", Kind.HIDDEN, 200),
    Field("message", Kind.LINES, 4000),
    Field("consent", Kind.TICK, 5, required=True),
    Field("news", Kind.TICK, 5),
    Field("language", Kind.CHOICE, 2),
    Field("policy", Kind.HIDDEN, 64),
)
NAMES = tuple(field.name for field in FIELDS)

# What the page and the script add. A strange value here never refuses an inquiry: no visitor could mend it.
TRAP = "leave_empty"  # filled by programs only; no autofill knows the name
SUBMISSION = "submission"  # the script's own id of one submission
ELAPSED = "elapsed"  # milliseconds between showing the form and sending it, measured by the script
PUZZLE, SOLUTION = "puzzle", "solution"
CHECKED = "checked"  # the signed time of the "check and send" page
EXTRAS = (TRAP, SUBMISSION, ELAPSED, PUZZLE, SOLUTION, CHECKED)

YES, NO = ("yes", "true", "on", "1"), ("", "no", "false", "off", "0")

# The first, coarse rule, the same in the browser; both look at NFKC, which turns full-width characters into plain ones.
PATTERNS = {
    Kind.EMAIL: r"^[^\s@]+@[^\s@]+\.[^\s@]+$",
    Kind.PHONE: r"^(?:\D*\d){7,20}\D*$",
}


class Fault(NamedTuple):
    """A mistake: which field, and a code that `words.FAULTS` puts into words."""

    field: str
    code: str


class Phone(NamedTuple):
    """A number the shop can tap: `e164` for links, `shown` for eyes; `mobile` if it is a Vietnamese mobile, which
    Zalo knows."""

    e164: str
    shown: str
    mobile: bool


class Inquiry(NamedTuple):
    """Answers that met every rule. `email` is ASCII and holds exactly one address."""

    name: str
    email: str
    phone: Phone
    address: str
    puppy: str
    message: str
    news: bool
    language: str
    policy: str


# Line breaks of every kind that a paste can carry, and characters that no reader sees but that reorder or hide text.
# U+200C and U+200D stay: scripts and emoji need them.
_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str, kind: Kind) -> str:
    """Return `text` in NFC without invisible controls; one line of single spaces unless `kind` has several lines."""
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", _SURROGATES.sub("\ufffd", text)))
    text = unicodedata.normalize("NFC", text)
    if kind is Kind.LINES:
        return "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return " ".join(text.split())


def texts(answers: Mapping[str, object]) -> dict[str, str]:
    """Return the clean text of every field, "" where nothing readable was answered; a tick is "yes" or ""."""
    found: dict[str, str] = {}
    for field in FIELDS:
        value = answers.get(field.name, "")
        if isinstance(value, bool) and field.kind is Kind.TICK:
            value = "yes" if value else ""
        text = clean(value, field.kind) if isinstance(value, str) else ""
        if field.kind is Kind.TICK:
            text = "yes" if text.lower() in YES else "" if text.lower() in NO else text
        found[field.name] = text
    return found


def language(answers: Mapping[str, object]) -> str:
    """Return the language the visitor's page was in; Vietnamese unless another known one is named."""
    value = answers.get("language")
    return value if isinstance(value, str) and value in LANGUAGES else LANGUAGES[0]


def check(answers: Mapping[str, object]) -> Inquiry | tuple[Fault, ...]:
    """Return the inquiry, or every mistake in it, in the order of the form."""
    found = texts(answers)
    email, phone = _email(found["email"]), _phone(found["phone"])
    understood = {Kind.EMAIL: bool(email), Kind.PHONE: bool(phone), Kind.CHOICE: found["language"] in LANGUAGES}
    faults = []
    for field in FIELDS:
        value, text = answers.get(field.name, ""), found[field.name]
        if code := _fault(field, value, text, understood.get(field.kind, True)):
            faults.append(Fault(field.name, code))
    if faults or phone is None:
        return tuple(faults)
    return Inquiry(
        name=found["name"],
        email=email,
        phone=phone,
        address=found["address"],
        puppy=found["puppy"],
        message=found["message"],
        news=found["news"] == "yes",
        language=language(answers),
        policy=found["policy"],
    )


def _fault(field: Field, value: object, text: str, understood: bool) -> str:
    """Return the code of what is wrong with one answer, or ""."""
    if not isinstance(value, str) and not (isinstance(value, bool) and field.kind is Kind.TICK):
        return "not_text"
    if not text:
        return "required" if field.required else ""
    if field.kind is Kind.TICK:
        return "" if text == "yes" else "malformed"
    if len(text) > field.limit:
        return "too_long"
    return "" if understood else "malformed"


def _coarse(kind: Kind, text: str) -> bool:
    """Return whether `text` passes the rule that the browser knows; nothing long reaches a pattern."""
    return len(text) <= 254 and bool(re.search(PATTERNS[kind], unicodedata.normalize("NFKC", text)))


def _email(text: str) -> str:
    """Return the one plain ASCII address that `text` is, or ""."""
    if not _coarse(Kind.EMAIL, text):
        return ""
    from email_validator import EmailNotValidError, validate_email  # imported late: cold starts stay short

    try:
        # A non-ASCII local part cannot be delivered everywhere, and its look-alikes deceive; domains travel as
        # punycode.
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).ascii_email or ""
    except EmailNotValidError:
        return ""


def _phone(text: str) -> Phone | None:
    """Return the number that `text` is, read as in Vietnam unless it begins with + or 00, or None."""
    if not _coarse(Kind.PHONE, text):
        return None
    import phonenumbers as known  # imported late: cold starts stay short

    try:
        number = known.parse(text, "VN")
    except known.NumberParseException:
        return None
    local = number.country_code == 84
    # Vietnam's plan is known exactly. Abroad a right length is enough: a new range there must not cost a customer.
    if not (
        known.is_valid_number(number)
        if local
        else known.is_possible_number_with_reason(number) == known.ValidationResult.IS_POSSIBLE
    ):
        return None
    style = known.PhoneNumberFormat.NATIONAL if local else known.PhoneNumberFormat.INTERNATIONAL
    return Phone(
        e164=known.format_number(number, known.PhoneNumberFormat.E164),
        shown=known.format_number(number, style),
        mobile=local and known.number_type(number) == known.PhoneNumberType.MOBILE,
    )
