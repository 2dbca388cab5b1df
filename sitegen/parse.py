"""Source → Document: front matter by its schema, Markdown to clean HTML. Pure, one file at a time."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import markdown
import nh3

from sitegen import schema
from sitegen.errors import problem
from sitegen.front import Table, decode, read_yaml, split
from sitegen.kinds import Field, Reader, Values, read_fields
from sitegen.model import Body, Document, Heading, Link
from sitegen.text import slugify

if TYPE_CHECKING:
    from sitegen.errors import Problem
    from sitegen.model import SourceFile

EXTENSIONS = ("extra", "sane_lists", "toc")
TAGS = nh3.ALLOWED_TAGS | {"section", "figure", "figcaption", "picture", "source"}
ATTRIBUTES = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
for _tag in TAGS:
    ATTRIBUTES.setdefault(_tag, set()).update({"id", "class", "lang", "title"})
ATTRIBUTES["a"].discard("rel")
ATTRIBUTES["ol"].add("start")
_FORBIDDEN = re.compile(
    r"<\s*(script|iframe|object|embed|style|form|link|meta|base)\b|javascript:|\son[a-z]+\s*=\s*[\"']", re.I
)
_FOREIGN_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?(?:https?:)?//|<img[^>]+src\s*=\s*[\"']?(?:https?:)?//", re.I)
_LINK = re.compile(r"\]\(\s*<?/([^)\s>#]+\.md)(?:#([^)\s>]*))?|href=[\"']/([^\"'#]+\.md)(?:#([^\"']*))?")
_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)")
_FACT = re.compile(r"\{\{\s*([^}]*?)\s*\}\}")
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.M | re.S)


def identity(path: str) -> tuple[str, str, str | None]:
    """A content path → (id, kind, language of a translation or None).

    `content/puppies/bong/index.en.md` → (`puppies/bong`, `puppies`, `en`).
    """
    inside = PurePosixPath(path).relative_to("content")
    stem, _, lang = inside.stem.partition(".")
    parts = inside.parent.parts if stem == "index" else (*inside.parent.parts, stem)
    return "/".join(parts), parts[0] if parts else "", lang or None


def parse(source: SourceFile, default_language: str) -> tuple[Document | None, list[Problem]]:
    """Read one Markdown file. The document is None when its front matter cannot be relied upon."""
    text, problems = split(source.data, source.path)
    if problems or text.front is None:
        return None, problems
    id_, kind, lang = identity(source.path)
    fields = schema.BY_KIND.get(kind)
    if fields is None or len(id_.split("/")) != 2:
        return None, [problem(source.path, 0, "wrong-place", allowed=", ".join(schema.BY_KIND))]
    if lang is not None and lang not in schema.LANGUAGES:
        return None, [problem(source.path, 0, "unknown-language", lang=lang, allowed=", ".join(schema.LANGUAGES))]
    reader = Reader(source.path, text.lines)
    if lang is not None:
        fields = tuple(f if f.words else _optional(f) for f in fields)
    values = read_fields(fields, text.front, reader)
    body = _body(text.body, text.body_line, reader)
    if reader.problems:
        return None, reader.problems
    document = Document(id_, kind, lang or default_language, source.path, values, body, lang is not None)
    return document, []


def _optional(field: Field[Any]) -> Field[Any]:
    """A fact in a translation: it may be repeated, and then has to agree; it need not be."""
    return Field(field.key, field.kind, field.vi)


def parse_settings(source: SourceFile) -> tuple[Values | None, list[Problem]]:
    """Read site.yaml."""
    text, problems = decode(source.data, source.path)
    lines = text.split("\n")
    if problems:
        return None, problems
    table, problems = read_yaml(text, source.path, lines)
    if not isinstance(table, Table):
        return None, problems
    reader = Reader(source.path, lines)
    values = read_fields(schema.SITE, table, reader)
    return (None, reader.problems) if reader.problems else (values, [])


@lru_cache(maxsize=1)
def _markdown() -> markdown.Markdown:
    return markdown.Markdown(
        extensions=list(EXTENSIONS),
        extension_configs={"toc": {"slugify": lambda value, _sep: slugify(value) or "muc", "toc_depth": "2-3"}},
        output_format="html",
    )


def _body(text: str, first_line: int, reader: Reader) -> Body:
    """Markdown → clean HTML with its headings, links and facts; faults go to the reader."""
    prose = _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)

    def line(at: int) -> int:
        return first_line + prose.count("\n", 0, at)

    for match in _FORBIDDEN.finditer(prose):
        reader.add(line(match.start()), "no-script", found=match[0].strip())
    for match in _FOREIGN_IMAGE.finditer(prose):
        reader.add(line(match.start()), "foreign-image")
    links = tuple(Link(m[1] or m[3], m[2] or m[4] or "", line(m.start())) for m in _LINK.finditer(prose))
    facts = tuple((m[1], line(m.start())) for m in _FACT.finditer(prose))
    images = tuple((m[1], line(m.start())) for m in _IMAGE.finditer(prose) if "//" not in m[1])
    engine = _markdown().reset()
    html = engine.convert(text)
    headings = tuple(_headings(getattr(engine, "toc_tokens", [])))
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None)
    return Body(clean, headings, links, facts, images)


def _headings(tokens: list[dict[str, object]]) -> list[Heading]:
    found = []
    for token in tokens:
        found.append(Heading(str(token["id"]), str(token["name"]), int(str(token["level"]))))
        children = token["children"]
        found.extend(_headings(children if isinstance(children, list) else []))
    return found
