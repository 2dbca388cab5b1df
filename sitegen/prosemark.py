"""Markdown → clean HTML by Python-Markdown, with only those of its processors that the text can trigger.

Python-Markdown asks every registered processor about every piece of text, so its time is the number of processors. One
whose own characters do not occur in the text cannot match: left out, it changes nothing but the time (a usual body
takes a third). `tests/sitegen/test_prosemark.py` holds the lean machines to the full one, byte for byte.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import markdown
import nh3

from sitegen.model import Heading
from sitegen.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model import Rendered

EXTENSIONS = ("extra", "sane_lists", "toc")

_LINKS = ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref", "footnote")
TRIGGERS: tuple[tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (("<", "&"), (
        ("preprocessors", ("html_block",)), ("blockprocessors", ("markdown_block",)),
        ("inlinePatterns", ("autolink", "automail", "html", "entity")),
    )),
    (("[",), (
        ("inlinePatterns", _LINKS), ("blockprocessors", ("footnote", "abbr", "reference")),
        ("treeprocessors", ("footnote", "footnote-duplicate", "abbr")), ("postprocessors", ("footnote",)),
    )),
    (("`", "~~~"), (("preprocessors", ("fenced_code_block",)), ("inlinePatterns", ("backtick",)))),
    (("\\",), (("inlinePatterns", ("escape",)),)),
    (("|",), (("blockprocessors", ("table",)),)),
    (("{",), (("treeprocessors", ("attr_list",)),)),
    (("*", "_"), (("inlinePatterns", ("em_strong",)),)),
    (("  \n", "\t"), (("inlinePatterns", ("linebreak",)),)),
    (("    ", "\t"), (("blockprocessors", ("indent", "defindent", "code")),)),
    ((">",), (("blockprocessors", ("quote",)),)),
    (("-", "=", "*", "_", "+"), (("blockprocessors", ("setextheader", "hr", "ulist")),)),
)  # fmt: skip
"""What must occur in a text, before these processors of these registries have anything to do."""
ALL = frozenset(range(len(TRIGGERS)))
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
_ID = re.compile(r' id="([^"]+)"')


def words(text: str) -> Rendered:
    """Clean HTML of a Markdown text, its headings of the second and third level, and all ids in it."""
    html, headings = render(text)
    clean = _CLEANER.clean(html)
    return clean, headings, tuple(_ID.findall(clean))


def render(text: str, awake: frozenset[int] | None = None) -> tuple[str, tuple[Heading, ...]]:
    """(HTML, headings), not clean yet. `awake` are the triggers to heed; usually those that the text holds."""
    machine = engine(needed(text) if awake is None else awake).reset()
    html = machine.convert(text)
    return html, tuple(_headings(getattr(machine, "toc_tokens", [])))


def needed(text: str) -> frozenset[int]:
    """The triggers that the text holds."""
    return ALL if _CONTROL.search(text) else frozenset(n for n in ALL if any(sign in text for sign in TRIGGERS[n][0]))


@lru_cache(maxsize=64)
def engine(awake: frozenset[int] = ALL) -> markdown.Markdown:
    """Python-Markdown with the processors of these triggers, and all that have none."""
    made = markdown.Markdown(
        extensions=list(EXTENSIONS),
        extension_configs={
            "toc": {"slugify": lambda value, _sep: slugify(value) or "muc", "toc_depth": "2-3", "marker": ""}
        },
        output_format="html",
    )
    # The list of contents is the template's: Python-Markdown's own would be made for every text, and thrown away.
    toc: Any = made.treeprocessors["toc"]
    toc.build_toc_div = lambda _tokens: Element("div")
    for n in ALL - awake:
        for registry, names in TRIGGERS[n][1]:
            owner: Any = made.parser if registry == "blockprocessors" else made
            for name in names:
                getattr(owner, registry).deregister(name)
    return made


def _headings(tokens: list[dict[str, Any]]) -> Iterator[Heading]:
    for token in tokens:
        yield Heading(str(token["id"]), str(token["name"]), int(token["level"]))
        yield from _headings(token["children"])
