"""What is wrong with a template that Jinja cannot read, told by looking at its tags. Codes, no words.

A parser stops at its first fault, and often notices it many lines later. So the tags are found in the text, whatever
stands in them; those that are left open or close nothing are told where they stand; each of the others is read alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError
from jinja2.parser import Parser

from sitegen.expressions import SYNTAX
from sitegen.record import Record
from sitegen.text import fold, likest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SHAPES: Mapping[str, str] = {
    "if": "{% if page.heading %}", "elif": "{% elif page.heading %}", "else": "{% else %}",
    "for": "{% for post in view.posts %}", "set": '{% set level = 2 %}', "block": "{% block content %}",
    "macro": "{% macro name(one, two) %}", "with": "{% with level = 2 %}", "filter": "{% filter upper %}",
    "include": '{% include "partials/crumbs.html" %}', "extends": '{% extends "layouts/base.html" %}',
    "from": '{% from "components/icon.html" import icon %}', "import": '{% import "components/icon.html" as icons %}',
    "raw": "{% raw %}", "print": "{{ page.heading }}", "call": "{% call name(1) %}",
    "autoescape": "{% autoescape true %}",
}  # fmt: skip
"""What each tag looks like when it is right."""
CLOSED = frozenset({"if", "for", "set", "block", "macro", "with", "filter", "raw", "call", "autoescape"})
"""Tags that have an end."""
NAMES = frozenset(SHAPES) | {f"end{name}" for name in CLOSED}
MISTAKEN = {"elseif": "elif", "elsif": "elif", "elsefor": "else", "foreach": "for", "endforeach": "endfor"}
"""Tags of other languages, and what they are called here."""
SIGNS = {
    "&": "and", "&&": "and", "||": "or", "!": "not", "=": "==", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'",
    "?": "… if … else …",
}  # fmt: skip
"""Signs that cannot stand in a tag, and what is written for them."""
ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
BRACKETS = {"(": ")", "[": "]", "{": "}"}
_OPEN = re.compile(r"\{[{%#]")
_HALF = re.compile(rf"(?:\{{\s*%?|%)\s*-?\s*((?:{'|'.join(sorted(NAMES, reverse=True))})\b[^{{}}%\n]*?)\s*[-+]?%\}}")
"""What has lost one of the two signs that begin a tag."""
_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}(?:(?P<all>.*?)\{%[-+]?\s*endraw\s*[-+]?%\})?", re.S)
_INSIDE = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?P<quote>["'])"""
    r"""|(?P<end>[-+]?%\}|\}\})|(?P<open>\{[{%#]|</?[a-zA-Z][^<>{}%]*>)|(?P<bracket>[()\[\]{}])"""
)
_NAME = re.compile(r"[-+]?\s*(\w*)\s*(.*?)\s*[-+]?$", re.S)
_SIGN = re.compile(r"""(&&|\|\||[&!?“”„‘’]|(?<![=!<>])=(?!=))(?=(?:[^"']|"[^"]*"|'[^']*')*$)""")
_NESTED = {end: re.compile(rf"\{{\{{\s*([^{{}}\n]*?)\s*\}}\}}[^{{}}\n]*?{re.escape(end)}") for end in ("}}", "%}")}
_WORD = re.compile(r"[\w\"']")
_BARE = re.compile(r"end|else")
_BRACED = re.compile(r"\{+\s*([^{}:,\"']*?)\s*\}+")
_ODD = re.compile(r"unexpected char '(.+)' at")
_KINDS = {"integer": r"\d+", "float": r"\d+\.\d+", "string": r"""\"[^\"]*\"|'[^']*'"""}
_GOT = re.compile(r"(?:got|unexpected) '(?!end of )([^']+)'")
ALIKE = 0.75
"""How much a word has to be like a tag's name (0 to 1) for that to have been meant."""
LONGEST = 60
"""So many characters of a tag are shown: enough to find it in its line."""


class Mistag(Record):
    """What is wrong at a line: a code of `owner.MESSAGES`, and its facts."""

    line: int
    code: str
    facts: Mapping[str, str]


class _Tag(Record):
    """`mark` is how it begins, `inside` what stands between the braces; that it is `broken` is told already."""

    line: int
    mark: str
    inside: str
    broken: bool = False

    @property
    def name(self) -> str:
        """Of `{% if x %}` the `if`."""
        return self._named()[1]

    @property
    def rest(self) -> str:
        """Of `{% if x %}` the `x`."""
        return self._named()[2]

    @property
    def shown(self) -> str:
        """The tag on one line."""
        text = " ".join(f"{self.mark}{self.inside}{ENDS[self.mark]}".split())
        return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"

    def _named(self) -> re.Match[str]:
        found = _NAME.match(self.inside)
        assert found is not None  # it matches anything
        return found


def mistags(text: str) -> list[Mistag]:
    """All that is wrong with the tags of a template, by line; nothing if they are all right."""
    found: list[Mistag] = []
    tags = [_meant(tag, found) for tag in _tags(text, found)]
    _blocks([tag for tag in tags if tag.mark == "{%"], found)
    found += [wrong for tag in tags if not tag.broken and (wrong := _alone(tag))]
    return sorted(found, key=lambda each: each.line)


def _tags(text: str, found: list[Mistag]) -> Iterator[_Tag]:
    """The tags; what is wrong with how they end goes to `found`."""
    at = 0
    while opened := _OPEN.search(text, at):
        start, mark = opened.start(), opened[0]
        yield from _halves(text, at, start, found)
        line = text.count("\n", 0, start) + 1
        if mark == "{#":
            end = text.find("#}", start)
            at = max(end, start) + 2
            if end < 0:
                found.append(Mistag(line, "template-open", {"mark": mark, "end": "#}"}))
        elif raw := _RAW.match(text, start):
            at = raw.end()
            if raw["all"] is None:
                found.append(Mistag(line, "template-unclosed", {"tag": "raw"}))
        else:
            at, wrong = _end(text, opened.end(), mark)
            inside = text[opened.end() : at].removesuffix(ENDS[mark])
            if mark == "{{" and (half := _HALF.fullmatch(text, start + 1, at)):
                mark, inside, wrong = "{%", half[1], _half(line, text[start:at], half)
            if wrong:
                found.append(wrong.replace(line=wrong.line or line))
            yield _Tag(line, mark, inside, broken=wrong is not None)
    yield from _halves(text, at, len(text), found)


def _halves(text: str, start: int, end: int, found: list[Mistag]) -> Iterator[_Tag]:
    """The tags in a piece between whole ones that lack a sign, which is told."""
    for half in _HALF.finditer(text, start, end):
        line = text.count("\n", 0, half.start()) + 1
        found.append(_half(line, half[0], half))
        yield _Tag(line, "{%", half[1], broken=True)


def _half(line: int, typed: str, half: re.Match[str]) -> Mistag:
    return Mistag(line, "template-half", {"typed": typed, "fixed": f"{{% {half[1]} %}}"})


def _end(text: str, at: int, mark: str) -> tuple[int, Mistag | None]:
    """Where the tag ends that has its inside from `at` on, and what is wrong if it does not end as it should (at line
    0: that of the tag)."""
    waiting: list[str] = []
    close = ENDS[mark]
    unclosed = Mistag(0, "template-open", {"mark": mark, "end": close})
    first = at
    while part := _INSIDE.search(text, at):
        at = part.end()
        typed = part[0]
        if part["string"] and close not in typed:
            continue
        if part["quote"] or part["string"]:
            line = text.count("\n", 0, part.start()) + 1
            return _near_end(text, part.start() + 1, close), Mistag(line, "template-quote", {"mark": typed[0]})
        if part["open"]:
            if nested := _NESTED[close].match(text, part.start()):
                return nested.end(), Mistag(0, "template-nested", {"inside": nested[1]})
            return part.start(), unclosed
        if part["bracket"] in BRACKETS:
            waiting.append(typed)
        elif typed.startswith("}") and waiting[-1:] == ["{"]:  # `}}` may close a table, and then another
            waiting.pop()
            at = part.start() + 1
        elif part["end"]:
            if typed[-2:] != close:
                return at, Mistag(0, "template-mixed", {"mark": mark, "wrong": typed[-2:], "end": close})
            if waiting:
                return at, Mistag(0, "template-bracket", {"mark": waiting[-1], "end": BRACKETS[waiting[-1]]})
            return at, None
        elif typed == "}":
            return at, Mistag(0, "template-mixed", {"mark": mark, "wrong": typed, "end": close})
        elif waiting and BRACKETS[waiting[-1]] == typed:
            waiting.pop()
        else:
            return _near_end(text, at, close), Mistag(0, "template-bracket-stray", {"mark": typed})
    return max(at, first + len(text[first:].partition("\n")[0])), unclosed


def _near_end(text: str, at: int, close: str) -> int:
    """Where a tag ends that is in disorder: behind its `close`, if that stands in this line before the next tag."""
    end = re.compile(rf"[^\n{{]*?{re.escape(close)}").match(text, at)
    return end.end() if end else at


def _meant(tag: _Tag, found: list[Mistag]) -> _Tag:
    """The tag, or the one that was meant by it, which is told."""
    name, rest = tag.name, tag.rest
    if tag.mark == "{{" and name in NAMES and (_WORD.match(rest) or (not rest and _BARE.match(name))):
        found.append(_shape(tag, SHAPES.get(name, f"{{% {name} %}}")))
        return tag.replace(mark="{%", broken=True)
    if tag.mark == "{{" or not tag.inside.strip():
        return tag
    if name == "end" and rest:
        near: str | None = f"end{rest.split()[0].lower()}"
        rest = ""
    elif name == "else" and re.match(r"if\b", rest):
        near, rest = "elif", rest[2:]
    elif name in NAMES:
        return tag
    else:
        low = fold(name)
        near = low if low in NAMES else MISTAKEN.get(low) or likest(low, NAMES, ALIKE)
    if near not in NAMES:
        told = Mistag(tag.line, "template-tag", {"tag": name or tag.inside.split()[0]})
    else:
        told = Mistag(tag.line, "template-tag-near", {"typed": tag.shown, "near": near})
        tag = tag.replace(inside=f" {near} {rest} ")
    found += [told] * (not tag.broken)
    return tag.replace(broken=True)


def _blocks(tags: Sequence[_Tag], found: list[Mistag]) -> None:
    """Tell which of the tags are opened and not closed, or close nothing. A tag of no known name may have been the one
    that is missing then, and that is told already."""
    strange: list[_Tag] = []
    waiting: list[_Tag] = []
    halved: list[_Tag] = []
    """Those that have had their `else`."""
    for n, tag in enumerate(tags):
        names = [each.name for each in waiting]
        if tag.name not in NAMES:
            strange.append(tag)
            continue
        if tag.name in CLOSED:
            if tag.name != "set" or "=" not in tag.rest:
                waiting.append(tag)
            continue
        if tag.name in ("else", "elif"):
            of = {"if"} if tag.name == "elif" else {"if", "for"}
            if not of & set(names):
                if not strange:
                    found.append(Mistag(tag.line, "template-else", {"tag": tag.name}))
                continue
            while waiting[-1].name not in of:
                found += _unclosed(waiting.pop(), strange)
            if waiting[-1] in halved:
                found.append(Mistag(tag.line, "template-else", {"tag": tag.name}))
            elif tag.name == "else":
                halved.append(waiting[-1])
        elif tag.name.startswith("end"):
            name = tag.name[3:]
            if name in names:
                while waiting[-1].name != name:
                    found += _unclosed(waiting.pop(), strange)
                opened = waiting.pop()
                if name == "block" and not tag.broken and tag.rest not in ("", *opened.rest.split()[:1]):
                    found.append(_shape(tag, "{% endblock %}"))
            elif strange:
                strange.pop()
            elif waiting and _lacks_end(waiting, tags[n + 1 :]):
                last = waiting.pop()
                facts = {"tag": tag.name, "open": last.name, "first": str(last.line)}
                found.append(Mistag(tag.line, "template-crossed", facts))
            else:
                found.append(Mistag(tag.line, "template-stray", {"tag": name}))
    for tag in reversed(waiting):
        found += _unclosed(tag, strange)


def _lacks_end(waiting: Sequence[_Tag], following: Sequence[_Tag]) -> bool:
    """Whether too few ends follow for all of the last one's kind that are open."""
    name = waiting[-1].name
    names = [tag.name for tag in following]
    return names.count(f"end{name}") - names.count(name) < sum(tag.name == name for tag in waiting)


def _unclosed(tag: _Tag, strange: list[_Tag]) -> list[Mistag]:
    """That the tag is not closed, unless one of the strange tags behind it may have been meant to."""
    if strange and strange[-1].line >= tag.line:
        strange.pop()
        return []
    return [Mistag(tag.line, "template-unclosed", {"tag": tag.name})]


def _alone(tag: _Tag) -> Mistag | None:
    """What is wrong with a tag for itself."""
    if not tag.inside.strip("+- \n\t"):
        return Mistag(tag.line, "template-empty", {"mark": tag.mark, "end": ENDS[tag.mark]})
    whole = f"{tag.mark}{tag.inside}{ENDS[tag.mark]}"
    if tag.mark == "{%":
        name = tag.name
        if name == "else" or name.startswith("end"):
            named = name == "endblock" and re.fullmatch(r"\w*", tag.rest)
            return None if named or not tag.rest else _shape(tag, f"{{% {name} %}}")
        if name == "elif":
            whole, name = whole.replace("elif", "if", 1), "if"
        if name in CLOSED and (name != "set" or "=" not in tag.rest):
            whole += f"{{% end{name} %}}"
    try:
        Parser(SYNTAX, whole).subparse()
    except TemplateSyntaxError as error:
        return _said(tag, error.message or "")
    return None


def _said(tag: _Tag, said: str) -> Mistag:
    """What Jinja says of a tag, as a code."""
    odd = _ODD.search(said) or re.search("got '(;)'", said)
    sign = _SIGN.search(tag.inside) if odd or _GOT.search(said) else None
    if sign and not (sign[0] == "=" and tag.name in ("set", "with", "macro")):
        return Mistag(tag.line, "template-sign", {"mark": sign[0], "instead": SIGNS[sign[0]]})
    if odd:
        return Mistag(tag.line, "template-mark", {"mark": odd[1]})
    if tag.mark == "{%":
        return _shape(tag, SHAPES[tag.name])
    if braced := _BRACED.fullmatch(tag.inside.strip()):
        return Mistag(tag.line, "template-nested", {"inside": braced[1]})
    if got := _GOT.search(said):
        # Jinja gives a number's or a word's kind for itself.
        typed = re.findall(_KINDS.get(got[1], re.escape(got[1])), tag.inside)
        return Mistag(tag.line, "template-read", {"typed": tag.shown, "near": typed[-1] if typed else got[1]})
    return Mistag(tag.line, "template-ends", {"typed": tag.shown})


def _shape(tag: _Tag, shape: str) -> Mistag:
    return Mistag(tag.line, "template-shape", {"typed": tag.shown, "shape": shape})
