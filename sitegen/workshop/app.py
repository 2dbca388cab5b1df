"""The workshop's addresses: each answers with a page, or does one thing and leads on."""

from __future__ import annotations

import dataclasses
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.text import fold
from sitegen.workshop import entries, publish, talk
from sitegen.workshop.desk import Desk, Line, Trial
from sitegen.workshop.edit import CannotEdit
from sitegen.workshop.entries import KINDS, NEW, SITE, Entry
from sitegen.workshop.form import Posted
from sitegen.workshop.guard import Guard
from sitegen.workshop.inputs import Drawer, days, heard
from sitegen.workshop.ledger import ChangedMeanwhile, Gone
from sitegen.workshop.mistakes import Mistake
from sitegen.workshop.page import Draft, page_of
from sitegen.workshop.past import Past, told
from sitegen.workshop.rearrange import ORDERS, rearranged
from sitegen.workshop.talk import Reply, Request, Stationery
from sitegen.workshop.unfinished import Unfinished, typed
from sitegen.workshop.uploads import Uploads
from sitegen.workshop.words import say

if TYPE_CHECKING:
    from sitegen.workshop.phone import Phone

DRAFTS = 6
"""Drafts kept to be looked at; the oldest go first."""
Route = Callable[["App", Request, "re.Match[str]"], Reply]
_ENTRY = r"(?P<kind>puppies|breeds|pages|posts)/(?P<slug>[a-z0-9-]+)"


@dataclass
class App:
    """Answers requests; what it does to the world, `desk` and its helpers do."""

    desk: Desk
    guard: Guard
    uploads: Uploads
    unfinished: Unfinished
    phone: Phone
    publisher: publish.Command | None = None

    def __post_init__(self) -> None:
        self.lang = self.desk.lang
        self.paper = Stationery(self.lang, self.guard.token)
        self.past = Past(self.desk, self.paper)
        self.drafts: OrderedDict[str, Draft] = OrderedDict()

    def handle(self, request: Request) -> Reply:
        """Answer one request; never raises for what the owner or her disk may do."""
        if not self.guard.admits(request.caller):
            return self.paper.refusal(403, "refused", "refused-hint")
        method = "GET" if request.caller.method == "HEAD" else request.caller.method
        for wanted, pattern, route in ROUTES:
            found = re.fullmatch(pattern, request.path)
            if found and wanted == method:
                reply = self._answer(route, request, found)
                if method == "GET" and str(reply.headers.get("Content-Type", "")).startswith("text/html"):
                    reply.headers["Set-Cookie"] = self.guard.set_cookie(request.caller.host)
                return reply
        return self.paper.refusal(404, "no-such", "no-such-hint")

    def _answer(self, route: Route, request: Request, found: re.Match[str]) -> Reply:
        try:
            return route(self, request, found)
        except (KeyError, FileNotFoundError):
            return self.paper.refusal(404, "no-such", "no-such-hint")
        except Gone:
            return self.paper.refusal(410, "gone", "bin-hint")
        except OSError as error:
            return self.paper.refusal(500, "refused", "disk", why=error.strerror or type(error).__name__)

    def say(self, key: str, **facts: object) -> str:
        """Words in the owner's language."""
        return say(key, self.lang, **facts)

    # Lists

    def home(self, _request: Request, _found: re.Match[str]) -> Reply:
        return talk.see("list/puppies")

    def listing(self, request: Request, found: re.Match[str]) -> Reply:
        kind, query = found["kind"], fold(request.query.one("q"))
        lines = self.desk.lines(kind)
        breeds = {line.slug: line.title for line in self.desk.lines("breeds")} if kind == "puppies" else {}
        about = {line.slug: " · ".join(filter(None, (breeds.get(line.breed), line.price))) for line in lines}
        folded = {line.slug: fold(f"{line.title} {line.code} {about[line.slug]}") for line in lines}
        shown = [line for line in lines if all(word in folded[line.slug] for word in query.split())]
        state = request.query.one("state")
        shown = [line for line in shown if state in ("", line.state)]
        states = list(dict.fromkeys(line.state for line in lines if line.state))
        return self.paper.page(
            "list.html", here=kind, kind=kind, lines=shown, total=len(lines), q=request.query.one("q"), state=state,
            states=states, languages=self.desk.languages,
            pictures={line.slug: self._picture(line) for line in shown},
            folded=folded, about=about,
            done=told(self.desk.ledger, request.query.one("done"), self.lang), addresses=self.addresses(),
        )  # fmt: skip

    def _picture(self, line: Line) -> str:
        """The address of a small picture: its first photo, or the portrait that the site draws; "" without either."""
        if line.photo:
            return f"{talk.HOME}thumb/{line.kind}/{line.slug}/{line.photo}"
        return self.desk.built.portrait(f"{line.kind}/{line.slug}") if self.desk.built else ""

    def addresses(self) -> Mapping[str, str]:
        """Entry id → address of its page in the original language, for those that have one."""
        if self.desk.built is None:
            return {}
        found: dict[str, str] = {}
        for route in self.desk.built.routes:
            if route.source.startswith("content/"):
                found.setdefault(route.source, route.url)
        return found

    # The form

    def new(self, request: Request, found: re.Match[str]) -> Reply:
        entry = self.entry(found["kind"], NEW)
        like = request.query.one("from")
        if like:
            return self.form(entry, Posted(self.desk.copied(self.entry(found["kind"], like))), request)
        return self.form(entry, Posted(self.desk.blank(found["kind"])), request)

    def edit(self, request: Request, found: re.Match[str]) -> Reply:
        entry = self.entry(*_names(found))
        try:
            posted = Posted((*entries.pairs(entry), *(("had", name) for name in entry.photos)))
        except CannotEdit:
            return self.past.raw_page(entry)
        return self.form(entry, posted, request)

    def form(
        self, entry: Entry, posted: Posted, request: Request, trial: Trial | None = None, status: int = 200,
        *, refused: str = "not-saved",
    ) -> Reply:  # fmt: skip
        """The form page; with a trial that failed, its mistakes at their fields."""
        found: tuple[Mistake, ...] = trial.mistakes if trial else ()
        saved = self.unfinished.load(entry.id) if trial is None else None
        go_on = request.query.one("unfinished") == "yes"
        if saved and go_on:
            posted = saved.posted
        drawer = self.drawer(entry, posted, found)
        view = drawer.view(entry)
        title = posted.one(f"w.{entry.default}.title")
        was = [p for p in posted.pairs if p[0].startswith("was.")] or list(self.desk.digests(entry))
        return self.paper.page(
            "form.html", status, here=entry.kind, entry=entry, view=view, mistakes=found, was=was, title=title,
            refused=refused,
            draft=posted.one("draft") or secrets.token_hex(8), offers=self.desk.suggestions(), had=posted.many("had"),
            advice=trial.advice if trial else (), unfinished=None if go_on else saved, languages=self.desk.languages,
            target=f"{entry.kind}/{entry.slug}" if entry.slug else SITE, query=request.query,
            done=told(self.desk.ledger, request.query.one("done"), self.lang),
            address=self.addresses().get(entry.files[entry.default]), phone=self.phone.wanted,
        )  # fmt: skip

    def drawer(self, entry: Entry, posted: Posted, found: tuple[Mistake, ...]) -> Drawer:
        """What draws the inputs."""
        breeds = tuple((line.slug, line.title) for line in self.desk.lines("breeds"))
        kinds = ("pages", "posts", "breeds") if entry.kind == SITE else ()
        pages = tuple((f"{line.kind}/{line.slug}", line.title) for kind in kinds for line in self.desk.lines(kind))

        def thumb(file: str, ref: str) -> str:
            return f"{talk.HOME}upload/{ref}" if ref else f"{talk.HOME}thumb/{entry.kind}/{entry.slug}/{file}"

        return Drawer(
            self.lang, posted, found, self.desk.words, breeds, pages, self.desk.suggestions(), thumb,
            self.say,
        )  # fmt: skip

    def entry(self, kind: str, slug: str) -> Entry:
        """The entry. Raises `KeyError`."""
        found = self.desk.entry(kind, slug)
        if found is None:
            raise KeyError(slug)
        return found

    # Trying and saving

    def preview(self, request: Request, found: re.Match[str]) -> Reply:
        """The page as it will be, and the mistakes, for the script."""
        entry = self.entry(*_names(found))
        posted = heard(request.form, entry.fields, self.say)
        try:
            self._keep(entry, posted)
            trial = self.desk.trial(entry, posted, visible=True)
        except (CannotEdit, Gone):
            return talk.data({"mistakes": [], "advice": [], "elsewhere": [], "pages": {}, "days": {}})
        pages: dict[str, str] = {}
        if trial.built is not None:
            key = re.sub(r"[^0-9a-f]", "", posted.one("draft"))[:16] or secrets.token_hex(8)
            draft = Draft(trial.built, trial.entry, key)
            self._remember(draft)
            pages = {lang: f"{talk.HOME}draft/{key}/{lang}/" for lang in draft.addresses()}
        told = {"mistakes": trial.mistakes, "advice": trial.advice, "elsewhere": trial.elsewhere}
        said = {key: [dataclasses.asdict(m) for m in found] for key, found in told.items()}
        return talk.data({**said, "pages": pages, "days": days(posted, entry.fields, self.lang)})

    def _keep(self, entry: Entry, posted: Posted) -> None:
        """Remember what is being typed. A form that has just been opened shows what is on disk and says nothing about
        words left unfinished earlier: those stay until they are taken up, put aside or saved."""
        before = self.desk.blank(entry.kind) if entry.slug == NEW else entries.pairs(entry)
        if typed(posted) != typed(Posted(before)):
            self.unfinished.store(entry.id, posted)

    def draft(self, _request: Request, found: re.Match[str]) -> Reply:
        return page_of(self.drafts[found["key"]], found["rest"])

    def save(self, request: Request, found: re.Match[str]) -> Reply:
        entry = self.entry(*_names(found))
        (sent, refused), do = self.uploads.joined(request, self.lang), request.form.one("do")
        posted = heard(sent, entry.fields, self.say)
        if refused:
            self.unfinished.store(entry.id, posted)
            return self.form(entry, posted, request, Trial(entry, posted, {}, {}, None, refused), 422)
        if do == "look":
            return self._look(entry, posted, request)
        if do.partition(":")[0] in ORDERS:
            return self._rearrange(entry, posted, do)
        return self._save(entry, posted, request)

    def _save(self, entry: Entry, posted: Posted, request: Request, *, force: bool = False) -> Reply:
        try:
            trial, change = self.desk.save(entry, posted, force=force)
        except CannotEdit:
            return self.past.raw_page(entry)
        except ChangedMeanwhile:
            self.unfinished.store(entry.id, posted)
            return self.past.conflict(entry, posted)
        if trial.mistakes:
            self.unfinished.store(entry.id, posted)
            return self.form(entry, posted, request, trial, 422)
        self.unfinished.drop(entry.id)
        done = change.id if change else "same"
        return talk.see(f"edit/{trial.entry.id}?done={done}")

    # Without a script: the preview and the buttons inside the form

    def _look(self, entry: Entry, posted: Posted, request: Request) -> Reply:
        trial = self.desk.trial(entry, posted, visible=True)
        if trial.built is None:
            return self.form(entry, posted, request, trial, 422)
        self.unfinished.store(entry.id, posted)
        key = secrets.token_hex(8)
        self._remember(Draft(trial.built, trial.entry, key, _form_of(entry)))
        return talk.see(f"look/{key}/{entry.default}/")

    def looked(self, _request: Request, found: re.Match[str]) -> Reply:
        return page_of(self.drafts[found["key"]], found["lang"], say=self.say)

    def _rearrange(self, entry: Entry, posted: Posted, order: str) -> Reply:
        if order.startswith("phone") and not self.uploads.waiting:
            return talk.see("phone")
        posted, at = rearranged(posted, order, tuple(self.uploads.waiting))
        self.unfinished.store(entry.id, posted)
        return talk.see(f"{_form_of(entry)}#{at}")

    def _remember(self, draft: Draft) -> None:
        self.drafts[draft.key] = draft
        self.drafts.move_to_end(draft.key)
        while len(self.drafts) > DRAFTS:
            self.drafts.popitem(last=False)

    def resolve(self, request: Request, found: re.Match[str]) -> Reply:
        """After a conflict: the owner has chosen, for the whole or item by item."""
        entry = self.entry(*_names(found))
        if request.form.one("side") == "theirs":
            self.unfinished.drop(entry.id)
            return talk.see(f"edit/{entry.id}?done=same")
        return self._save(entry, self.past.chosen(entry, request.form), request)

    def drop_unfinished(self, _request: Request, found: re.Match[str]) -> Reply:
        kind, slug = _names(found)
        self.unfinished.drop(self.entry(kind, slug).id)
        return talk.see(f"new/{kind}" if slug == NEW else f"edit/{self.entry(kind, slug).id}")

    # One tap

    def status(self, request: Request, found: re.Match[str]) -> Reply:
        slug = found["slug"]
        entry = self.entry("puppies", slug)
        try:
            trial, change = self.desk.set_status(slug, request.form.one("status"))
        except CannotEdit:
            return self.past.raw_page(entry)
        except ChangedMeanwhile:
            return talk.see("list/puppies")
        if change is None and trial.mistakes:
            return self.form(entry, trial.posted, request, trial, 422)
        return talk.see(f"list/puppies?done={change.id if change else 'same'}")

    def delete(self, request: Request, found: re.Match[str]) -> Reply:
        entry = self.entry(*_names(found))
        caused, change = self.desk.delete(entry)
        if change is None:
            form = Posted((*entries.pairs(entry), *(("had", name) for name in entry.photos)))
            trial = Trial(entry, form, {}, {}, None, caused)
            return self.form(entry, form, request, trial, 422, refused="not-deleted")
        self.unfinished.drop(entry.id)
        return talk.see(f"list/{entry.kind}?done={change.id}")

    # Pictures and small files

    def asset(self, _request: Request, found: re.Match[str]) -> Reply:
        return talk.file(talk.HERE / "assets" / found["name"])

    def thumb(self, _request: Request, found: re.Match[str]) -> Reply:
        entry = self.entry(found["kind"], found["slug"])
        if found["file"] not in entry.photos:
            raise KeyError(found["file"])
        return self.uploads.picture(self.desk.root / entry.folder / found["file"])

    def upload(self, request: Request, _found: re.Match[str]) -> Reply:
        return talk.data({"photos": [self.uploads.receive(name, data, self.lang) for name, data in request.files]})

    def uploaded(self, _request: Request, found: re.Match[str]) -> Reply:
        return self.uploads.picture(self.desk.ledger.blob(found["ref"]))

    def proof(self, _request: Request, found: re.Match[str]) -> Reply:
        return talk.file(self.desk.proofs.path(found["name"]), kept=True)

    def received(self, _request: Request, _found: re.Match[str]) -> Reply:
        return talk.data({"photos": list(self.uploads.waiting)})

    # The past

    def history(self, request: Request, found: re.Match[str]) -> Reply:
        return self.past.history(found.groupdict().get("id") or "", request)

    def bin(self, request: Request, _found: re.Match[str]) -> Reply:
        return self.past.bin(request)

    def undo(self, _request: Request, found: re.Match[str]) -> Reply:
        return self.past.undo(found["id"])

    def restore(self, _request: Request, found: re.Match[str]) -> Reply:
        return self.past.restore(found["id"])

    def raw_form(self, _request: Request, found: re.Match[str]) -> Reply:
        return self.past.raw_page(self.entry(*_names(found)))

    def raw(self, request: Request, found: re.Match[str]) -> Reply:
        return self.past.save_raw(self.entry(*_names(found)), request.form)

    # The world outside

    def publishing(self, _request: Request, _found: re.Match[str]) -> Reply:
        return self._publish(look=True)

    def publish(self, _request: Request, _found: re.Match[str]) -> Reply:
        return self._publish(look=False)

    def _publish(self, *, look: bool) -> Reply:
        order = self.desk.built.catalog.settings.publish if self.desk.built and self.publisher else None
        said = publish.run(self.publisher, look=look) if order and self.publisher else None
        mistakes = self.desk.teller.anywhere(said.problems) if said else ()
        return self.paper.page(
            "publish.html", here="publish", order=order, said=said, mistakes=mistakes, done_it=not look
        )

    def phone_page(self, _request: Request, _found: re.Match[str]) -> Reply:
        state, received = self.phone.state(), list(self.uploads.waiting)
        return self.paper.page("phone.html", here="phone", phone=state, received=received)

    def phone_switch(self, request: Request, _found: re.Match[str]) -> Reply:
        self.phone.want(request.form.one("on") == "yes")
        return talk.see("phone")

    def phone_code(self, _request: Request, _found: re.Match[str]) -> Reply:
        return Reply(200, self.phone.code(), {**talk.SAFE, "Content-Type": talk.TYPES[".svg"]})


def _form_of(entry: Entry) -> str:
    """Where its form is taken up again."""
    return f"{f'new/{entry.kind}' if entry.slug == NEW else f'edit/{entry.id}'}?unfinished=yes"


def _names(found: re.Match[str]) -> tuple[str, str]:
    groups = found.groupdict()
    return (groups["kind"], groups["slug"]) if groups.get("kind") else (SITE, "")


_LIST = rf"list/(?P<kind>{'|'.join(KINDS)})"
_THING = rf"(?:{_ENTRY}|site)"
_ID = r"(?P<id>[0-9-]+)"
ROUTES: tuple[tuple[str, str, Route], ...] = (
    ("GET", r"", App.home), ("GET", _LIST, App.listing),
    ("GET", rf"new/(?P<kind>{'|'.join(KINDS)})", App.new), ("GET", rf"edit/{_THING}", App.edit),
    ("POST", rf"preview/{_THING}", App.preview), ("GET", r"draft/(?P<key>[0-9a-f]+)/(?P<rest>.+)", App.draft),
    ("GET", r"look/(?P<key>[0-9a-f]+)/(?P<lang>[a-z]+)/", App.looked),
    ("POST", rf"save/{_THING}", App.save), ("POST", rf"resolve/{_THING}", App.resolve),
    ("POST", rf"drop/{_THING}", App.drop_unfinished), ("POST", rf"raw/{_THING}", App.raw),
    ("GET", rf"raw/{_THING}", App.raw_form),
    ("POST", r"status/(?P<slug>[a-z0-9-]+)", App.status), ("POST", rf"delete/{_ENTRY}", App.delete),
    ("GET", r"assets/(?P<name>workshop\.css|workshop\.js|photos\.js|edit\.js|phone\.css)", App.asset),
    ("GET", rf"thumb/{_ENTRY}/(?P<file>[^/\\]+)", App.thumb), ("POST", r"upload", App.upload),
    ("GET", r"upload/(?P<ref>[0-9a-f]{64}\.[a-z]+)", App.uploaded), ("GET", r"received", App.received),
    ("GET", r"proof/(?P<name>[0-9a-f]{12}-\d+x\d+\.jpg)", App.proof),
    ("GET", rf"history(?:/(?P<id>(?:{'|'.join(KINDS)})/[a-z0-9-]+|site))?", App.history), ("GET", r"bin", App.bin),
    ("POST", rf"undo/{_ID}", App.undo), ("POST", rf"restore/{_ID}", App.restore),
    ("GET", r"publish", App.publishing), ("POST", r"publish", App.publish), ("GET", r"phone", App.phone_page),
    ("POST", r"phone", App.phone_switch), ("GET", r"phone/code\.svg", App.phone_code),
)  # fmt: skip
