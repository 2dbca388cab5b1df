"""The validator's problems at a form's fields. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sitegen import owner, schema
from sitegen.front import Items, Node, Scalar, Table, split
from sitegen.kinds import Group, ListOf, PerLanguage
from sitegen.text import fold
from sitegen.workshop.entries import SITE, Entry
from sitegen.workshop.form import Posted, parts, respelled
from sitegen.workshop.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sitegen.errors import Problem
    from sitegen.kinds import Field

MISSING = ("missing-key", "value-missing", "missing-for-status")


@dataclass(frozen=True, slots=True)
class Mistake:
    """`name` is the form field it belongs to, "" when it is the whole entry's; `what` is wrong, `hint` says what to
    type; `path` names another file when it is not this entry's."""

    name: str
    what: str
    hint: str
    path: str = ""
    advice: bool = False


def mistakes(
    problems: Iterable[Problem], entry: Entry, drafts: Mapping[str, bytes | None], posted: Posted, lang: str
) -> tuple[Mistake, ...]:
    """Each problem at its field, in the owner's language, once."""
    found = [_mistake(problem, entry, drafts, posted, lang) for problem in problems]
    return tuple(dict.fromkeys(found))


def _mistake(
    problem: Problem, entry: Entry, drafts: Mapping[str, bytes | None], posted: Posted, lang: str
) -> Mistake:
    what, hint = owner.wording(problem, lang)
    file_lang = next((each for each, path in entry.files.items() if path == problem.path), None)
    if file_lang is None:
        photo = problem.path.rpartition("/")[2] if problem.path.startswith(entry.folder + "/") and entry.slug else ""
        row = next((row for row in posted.rows("p") if photo and posted.one(f"p.{row}.file") == photo), None)
        return Mistake(f"p.{row}.file", what, hint) if row else Mistake("", what, hint, problem.path, problem.advice)
    facts = dict(problem.facts)
    name = _field(problem, entry, drafts.get(problem.path) or b"", file_lang, facts.get("key", ""), posted)
    if facts.get("file") and (not name or name.startswith("p")):
        row = next((row for row in posted.rows("p") if posted.one(f"p.{row}.file") == facts["file"]), "")
        alt = facts.get("lang") if problem.code == "photo-no-alt" else ""
        name = f"p.{row}.alt.{alt}" if row and alt else f"p.{row}.file" if row else name
        hint = say("photo-alt-hint", lang) if alt else hint
    if problem.code in MISSING and name:
        what, hint = say("needed", lang), say("for-example", lang, example=facts.get("example", "…"))
    return Mistake(name, what, hint, advice=problem.advice)


def _field(problem: Problem, entry: Entry, data: bytes, file_lang: str, key: str, posted: Posted) -> str:
    """The form field that a problem's line and key speak of."""
    if entry.kind == SITE:
        data = b"---\n" + data.removeprefix(b"\xef\xbb\xbf") + b"\n---\n"
    text, _ = split(data, problem.path)
    line = problem.line + (entry.kind == SITE)
    if text.front is None:
        return ""
    if line >= text.body_line and entry.kind != SITE:
        return f"b.{file_lang}"
    fields = {f.key: f for f in entry.fields}
    if line > 1:
        for key_node, node in reversed(text.front.rows):
            if key_node.line <= line:
                f = fields.get(respelled(entry.fields, {key_node.text: ""}).popitem()[0]) if (
                    respelled(entry.fields, {key_node.text: ""})
                ) else None
                if f is not None and (line <= _last_line(node) or f.key == key):
                    return _deeper(f.kind, node, _base(f, file_lang), line, key, posted)
                break
    top = key.partition(" → ")[0]
    f = fields.get(top)
    return _base(f, file_lang) + ("." + key.partition(" → ")[2] if " → " in key else "") if f else ""


def _base(f: Field[Any], file_lang: str) -> str:
    if f is schema.PHOTOS:
        return "p"
    return f"w.{file_lang}.{f.key}" if f.words else f"f.{f.key}"


def _deeper(kind: Any, node: Node, name: str, line: int, key: str, posted: Posted) -> str:
    """Follow the line, and where all stands on one line the key, into groups and lists."""
    if isinstance(kind, (Group, PerLanguage)) and isinstance(node, Table):
        last = key.rpartition(" → ")[2]
        fields = {f.key: f for f in parts(kind)}
        names = {fold(n): f.key for f in fields.values() for n in (f.key, f.vi)}
        here = [(names.get(fold(k.text)), v) for k, v in node.rows if k.line <= line <= _last_line(v)]
        for known, value in here:
            if known is not None and (known == last or len(here) == 1):
                return _deeper(fields[known].kind, value, f"{name}.{known}", line, key, posted)
        return f"{name}.{last}" if last in fields else name
    if isinstance(kind, ListOf) and isinstance(kind.kind, Group) and isinstance(node, Items):
        rows: Sequence[str] = posted.rows(name)
        for row, item in zip(rows, node.items, strict=False):
            if item.line <= line <= _last_line(item):
                return _deeper(kind.kind, item, f"{name}.{row}", line, key, posted)
    return name


def _last_line(node: Node) -> int:
    if isinstance(node, Scalar):
        return node.line
    children = node.items if isinstance(node, Items) else tuple(value for _, value in node.rows)
    return max([node.line, *(_last_line(child) for child in children)])
