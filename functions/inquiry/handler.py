"""One request → one reply: the function's whole decision, with the world handed in. It keeps nothing and writes
nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime

from inquiry import body, challenge, exchange, form, letter, reference
from inquiry.answer import Answer, reply
from inquiry.exchange import Reply, Request
from inquiry.form import Inquiry
from inquiry.send import Envelope, Fate, Send
from inquiry.settings import Settings


def handle(
    request: Request,
    *,
    settings: Settings,
    send: Send,
    clock: Callable[[], float],
    available: Callable[[], bool] = lambda: True,
    busy: Callable[[str], bool] = lambda _place: False,
) -> Reply:
    """Return the reply to `request`.

    `send` delivers a letter, `clock` gives seconds since 1970, `available` says whether mail could be sent now, and
    `busy` counts an inquiry from a place and says whether that makes too many.
    """
    started = clock()
    as_json = exchange.wants_json(request.headers)

    def answered(answer: Answer) -> Reply:
        return reply(answer, settings, as_json=as_json)

    spoken = exchange.spoken(request.headers)
    if request.method in ("GET", "HEAD"):
        html = "text/html" in request.headers.get("accept", "").lower()
        state = Answer("available" if available() else "unavailable", spoken)
        return reply(state, settings, as_json=not html or as_json)
    if request.method != "POST":
        return answered(Answer("method", spoken))
    if exchange.foreign(request.headers, settings.origin):
        return answered(Answer("foreign", spoken))
    try:
        if request.trouble:
            raise body.Unacceptable(request.trouble)
        answers = body.parse(body.media_type(request.headers.get("content-type", "")), request.body)
    except body.Unacceptable as unacceptable:
        return answered(Answer(unacceptable.code, spoken))
    checked, values = form.check(answers), form.texts(answers)
    if not isinstance(checked, Inquiry):
        return answered(Answer("invalid", form.language(answers), values=values, faults=checked))
    return answered(
        _answer(checked, answers, values, settings, send, clock, started, busy, exchange.visitor(request), as_json)
    )


def _answer(
    inquiry: Inquiry,
    answers: Mapping[str, object],
    values: Mapping[str, str],
    settings: Settings,
    send: Send,
    clock: Callable[[], float],
    started: float,
    busy: Callable[[str], bool],
    place: str,
    as_json: bool,
) -> Answer:
    """Return what became of an inquiry without mistakes: one more step, or one letter and its fate."""
    identity = reference.identify(inquiry, secret=settings.secret, submission=_submission(answers, started))
    signs = challenge.passed(identity.digest, answers, secret=settings.secret, now=started)
    if signs is None:
        signs = challenge.signs(inquiry, answers, busy=busy(place))
        if settings.challenge == "always" or (signs and settings.challenge == "suspicious"):
            return _step(identity.digest, signs, inquiry.language, values, settings, started, as_json)
    message = letter.compose(inquiry, identity, settings, now=started, signs=signs)
    outcome = send(message, Envelope(settings.sender, settings.to, _left(settings, clock, started)))
    if outcome.fate is not Fate.ACCEPTED:
        return Answer(outcome.fate.value, inquiry.language, identity.reference, values=values, stage=outcome.stage)
    if settings.receipt:
        _confirm(inquiry, identity, settings, send, clock, started)
    return Answer("accepted", inquiry.language, identity.reference)


def _submission(answers: Mapping[str, object], now: float) -> str:
    """Return the script's id of this submission, or the day: without a script the same content on one day is one
    inquiry."""
    value = answers.get(form.SUBMISSION)
    if isinstance(value, str) and 8 <= len(value) <= 64 and value.isascii():
        return value
    return f"{datetime.fromtimestamp(now, letter.VIETNAM):%Y-%m-%d}"


def _step(
    digest: str,
    signs: tuple[str, ...],
    language: str,
    values: Mapping[str, str],
    settings: Settings,
    now: float,
    as_json: bool,
) -> Answer:
    purpose = "puzzle" if as_json else "check"
    token = challenge.issue(purpose, digest, signs, secret=settings.secret, now=now)
    puzzle = (
        {"token": token, "seed": challenge.seed(token), "rounds": challenge.ROUNDS, "bits": challenge.BITS}
        if as_json
        else {}
    )
    return Answer(purpose, language, values=values, token="" if as_json else token, puzzle=puzzle)


def _confirm(
    inquiry: Inquiry,
    identity: reference.Identity,
    settings: Settings,
    send: Send,
    clock: Callable[[], float],
    started: float,
) -> None:
    """Send the receipt. The shop has the letter already, so nothing that happens here may change the answer."""
    try:
        seconds = _left(settings, clock, started)
        if seconds > 0:
            send(
                letter.receipt(inquiry, identity, settings, now=started),
                Envelope(settings.sender, inquiry.email, seconds),
            )
    except Exception:
        return


def _left(settings: Settings, clock: Callable[[], float], started: float) -> float:
    """Return the seconds that remain of the one deadline; a clock that was set back gives no more than the deadline."""
    return min(settings.deadline, settings.deadline - (clock() - started))
