"""Markdown → clean HTML by Python-Markdown, which is asked only about what it can change.

Python-Markdown puts every piece of text before every registered processor, so its time is the one times the other, and
both can be less. A processor whose own characters do not occur in the text cannot match: it is left out. A paragraph in
which no processor could find anything is its own HTML already, and so is a heading of plain words: where others are
about, a single letter stands in for them, and a text of nothing else needs no machine.
`tests/sitegen/test_prosemark.py` holds both to what the full machine makes of the whole text, byte for byte.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import markdown
import nh3

from sitegen.model import Heading
from sitegen.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown.extensions import Extension

    from sitegen.model import Rendered

EXTENSIONS = (
    "fenced_code", "footnotes", "attr_list", "def_list", "tables", "abbr", "md_in_html", "sane_lists", "toc",
)  # fmt: skip
"""Python-Markdown's `extra`, `sane_lists` and `toc`, one by one."""
_LINKS = ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref")
TRIGGERS: tuple[tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (("<", "&"), (
        ("extensions", ("md_in_html",)), ("preprocessors", ("html_block",)),
        ("inlinePatterns", ("autolink", "automail", "html", "entity")),
    )),
    (("[",), (
        ("extensions", ("footnotes", "abbr")), ("inlinePatterns", _LINKS), ("blockprocessors", ("reference",)),
    )),
    (("`", "~~~"), (("extensions", ("fenced_code",)), ("inlinePatterns", ("backtick",)))),
    (("\\",), (("inlinePatterns", ("escape",)),)),
    (("|",), (("extensions", ("tables",)),)),
    (("{",), (("extensions", ("attr_list",)),)),
    (("*", "_"), (("inlinePatterns", ("em_strong",)),)),
    (("  \n", "\t"), (("inlinePatterns", ("linebreak",)),)),
    (("    ", "\t"), (("blockprocessors", ("indent", "defindent", "code")),)),
    ((">",), (("blockprocessors", ("quote",)),)),
    (("-", "=", "*", "_", "+"), (("blockprocessors", ("setextheader", "hr", "ulist")),)),
)  # fmt: skip
"""What must occur in a text, before these processors of these registries, or all that these extensions bring along,
have anything to do."""
ALL = frozenset(range(len(TRIGGERS)))
_STAND_IN = "\ue000"
"""The letter (of those that Unicode gives no meaning) that stands in for plain blocks."""
_WORDS = r"[^\\`*_{}\[\]<>&|~#\x00-\x1f\x7f-\xa0\u2028\u2029\ue000]*(?<!\s)"
_LINE = rf'(?!\d+[.)])[\w"“(]{_WORDS}'
_PARAGRAPH = rf"{_LINE}(?:\n{_LINE})*"
_BLOCK = re.compile(rf"(#{{2,3}}) +(\w{_WORDS})(?: \{{#([a-z][a-z0-9-]*)\}})?|{_PARAGRAPH}")
"""A block that is its own HTML: a heading (its marks, words and id), or a paragraph of which no line begins like a
heading, list, quote or rule, or ends in a forced break. Nowhere stands a character that Markdown or HTML gives a
meaning."""
_DEFINED = re.compile(r"\n {0,3}:")
"""The beginning of a definition."""
_NAMING = re.compile(r"[#{]|^[=-]+ *$", re.M)
"""What can begin, or underline, a heading, or give an id."""
_CONTROL = re.compile("[\x02\x03]")
"""Python-Markdown's own marks. It takes them out first, and what then stands side by side may trigger anything."""


TAGS = nh3.ALLOWED_TAGS | {"section", "figure", "figcaption", "picture", "source"}
ATTRIBUTES = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
for _tag in TAGS:
    ATTRIBUTES.setdefault(_tag, set()).update({"id", "class", "lang", "title"})
ATTRIBUTES["a"].discard("rel")
ATTRIBUTES["ol"].add("start")
# Made once: `nh3.clean` would make one for every text, which takes four times as long as cleaning.
_CLEANER = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, link_rel=None)
_BLANK = re.compile(r"(\n\n+)")
_ID = re.compile(r' id="([^"]+)"')


def words(text: str) -> Rendered:
    """Clean HTML of a Markdown text, its headings of the second and third level, and all ids in it."""
    text = text.strip("\n")
    if _reaches(text):
        html, headings = render(text)
        return _rendered(clean(html), headings)
    runs, plain, rest = _apart(text)
    ids = tuple([heading.id for heading in plain])
    alone = len(set(ids)) == len(ids)
    if rest == _STAND_IN and alone:
        return runs[0], plain, ids
    if plain and not (alone and _NAMING.search(rest) is None):
        # Every heading gets an id of its own: among others that is the machine's business, which has to see them all.
        runs, plain, rest = _apart(text, headings=False)
    html, headings = render(rest)
    first, *others = clean(html).split(f"<p>{_STAND_IN}</p>")
    return _rendered(first + "".join([run + after for run, after in zip(runs, others, strict=True)]), plain or headings)


def _reaches(text: str) -> bool:
    """Whether something in a text may give a meaning to paragraphs that it does not stand in: raw HTML, fences, notes
    and abbreviations, definitions. (A single letter is found five times as fast as three.)"""
    return bool(
        "<" in text or ("`" in text and "```" in text) or ("~" in text and "~~~" in text)
        or ("]" in text and "]:" in text) or _STAND_IN in text or _DEFINED.search(text)
    )  # fmt: skip


def _rendered(html: str, headings: tuple[Heading, ...]) -> Rendered:
    return html, headings, tuple(_ID.findall(html))


def _apart(text: str, *, headings: bool = True) -> tuple[list[str], tuple[Heading, ...], str]:
    """The HTML of each run of plain blocks, the headings in them, and the text with a single letter for each run."""
    runs: list[list[str]] = []
    found: list[Heading] = []
    rest: list[str] = []
    blocks = _BLANK.split(text)  # at odd places what stands between two
    for n in range(0, len(blocks), 2):
        block = blocks[n]
        plain = _BLOCK.fullmatch(block)
        if plain is None or (plain[1] and not headings):
            rest += blocks[max(n - 1, 0) : n + 1]
            continue
        if not rest or rest[-1] != _STAND_IN:
            rest += (blocks[n - 1], _STAND_IN) if n else (_STAND_IN,)
            runs.append([])
        if plain[1]:
            heading = Heading(plain[3] or id_of(plain[2]), plain[2], len(plain[1]))
            found.append(heading)
            runs[-1].append(f'<h{heading.level} id="{heading.id}">{heading.title}</h{heading.level}>')
        else:
            runs[-1].append(f"<p>{block}</p>")
    return ["\n".join(run) for run in runs], tuple(found), "".join(rest)


def clean(html: str) -> str:
    """HTML without scripts, styles and what else a text must not bring."""
    return _CLEANER.clean(html)


def render(text: str, awake: frozenset[int] | None = None) -> tuple[str, tuple[Heading, ...]]:
    """(HTML, headings), not clean yet. `awake` are the triggers to heed; usually those that the text holds."""
    machine = engine(needed(text) if awake is None else awake).reset()
    html = machine.convert(text)
    return html, tuple(_headings(getattr(machine, "toc_tokens", [])))


def id_of(title: str) -> str:
    """The id of a heading that gives none."""
    return slugify(title) or "muc"


def needed(text: str) -> frozenset[int]:
    """The triggers that the text holds."""
    return ALL if _CONTROL.search(text) else frozenset(n for n in ALL if any(sign in text for sign in TRIGGERS[n][0]))


@lru_cache(maxsize=64)
def engine(awake: frozenset[int] = ALL) -> markdown.Markdown:
    """Python-Markdown with the processors of these triggers, and all that have none."""
    asleep = [of_one for n in ALL - awake for of_one in TRIGGERS[n][1]]
    left_out = {name for registry, names in asleep if registry == "extensions" for name in names}
    made = markdown.Markdown(
        extensions=[_extension(name) for name in EXTENSIONS if name not in left_out], output_format="html"
    )
    # The list of contents is the template's: Python-Markdown's own would be made for every text, and thrown away.
    toc: Any = made.treeprocessors["toc"]
    toc.build_toc_div = lambda _tokens: Element("div")
    for registry, names in asleep:
        if registry != "extensions":
            owner: Any = made.parser if registry == "blockprocessors" else made
            for name in names:
                getattr(owner, registry).deregister(name)
    return made


def _extension(name: str) -> Extension:
    """One of Python-Markdown's own. (Given its name alone, Python-Markdown would look for it among all packages that
    are installed, which takes ten times as long as making a machine.)"""
    config = {"slugify": lambda value, _sep: id_of(value), "toc_depth": "2-3", "marker": ""} if name == "toc" else {}
    made: Extension = import_module(f"markdown.extensions.{name}").makeExtension(**config)
    return made


def _headings(tokens: list[dict[str, Any]]) -> Iterator[Heading]:
    for token in tokens:
        yield Heading(str(token["id"]), str(token["name"]), int(token["level"]))
        yield from _headings(token["children"])
