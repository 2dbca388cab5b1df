"""Source → Document: front matter by its schema, Markdown to clean HTML. Pure, one file at a time."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from sitegen import schema
from sitegen.errors import problem
from sitegen.front import Table, decode, read_yaml, split
from sitegen.kinds import Field, Reader, Values, read_fields
from sitegen.memo import digest
from sitegen.model import Body, Document, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sitegen.errors import Problem
    from sitegen.model import Rendered, SourceFile

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
    folder, _, name = path.removeprefix("content/").rpartition("/")
    stem, _, lang = name.removesuffix(".md").partition(".")
    id_ = folder if stem == "index" else f"{folder}/{stem}".lstrip("/")
    return id_, id_.partition("/")[0], lang or None


def words(text: str) -> Rendered:
    """Markdown → clean HTML, with what can be linked to."""
    from sitegen import prosemark  # a build that has all its texts in memory never loads Python-Markdown

    return prosemark.words(text)


def parse(
    source: SourceFile, default_language: str, words: Callable[[str], Rendered] = words
) -> tuple[Document | None, list[Problem]]:
    """Read one Markdown file. With mistakes in it the document holds what could be read (`whole` is False), so that it
    can be checked against the others all the same; it is None when there is nothing to rely upon. `words` may
    remember what a text became."""
    text, problems = split(source.data, source.path)
    if problems or text.front is None:
        return None, problems
    id_, kind, lang = identity(source.path)
    fields = schema.BY_KIND.get(kind)
    if fields is not None and len(id_.split("/")) == 3:
        return None, [problem(source.path, 0, "extra-file")]
    if fields is None or len(id_.split("/")) != 2:
        return None, [problem(source.path, 0, "wrong-place", allowed=", ".join(schema.BY_KIND))]
    if lang is not None and lang not in schema.LANGUAGES:
        return None, [problem(source.path, 0, "unknown-language", lang=lang, allowed=", ".join(schema.LANGUAGES))]
    reader = Reader(source.path, text.lines)
    if lang is not None:
        fields = _translated(kind)
    values = read_fields(fields, text.front, reader)
    body = _body(text.body, text.body_line, reader, words)
    whole = not reader.problems
    document = Document(id_, kind, lang or default_language, source.path, values, body, lang is not None, whole)
    return document, reader.problems


@cache
def _translated(kind: str) -> tuple[Field[Any], ...]:
    """A fact in a translation: it may be repeated, and then has to agree; it need not be."""
    return tuple(f if f.words else Field(f.key, f.kind, f.vi) for f in schema.BY_KIND[kind])


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


def _body(text: str, first_line: int, reader: Reader, words: Callable[[str], Rendered]) -> Body:
    """Markdown → clean HTML with its headings, links and facts; faults go to the reader."""
    prose = _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text) if "`" in text or "~~~" in text else text

    low = prose.lower()

    def found(pattern: re.Pattern[str], *signs: str) -> Iterator[tuple[re.Match[str], int]]:
        """Each match with its line. Asked for only when a sign of it is there: most texts are plain prose."""
        if any(sign in low for sign in signs):
            for match in pattern.finditer(prose):
                yield match, first_line + prose.count("\n", 0, match.start())

    for match, line in found(_FORBIDDEN, "<", "=", "javascript:"):
        reader.add(line, "no-script", found=match[0].strip())
    for _, line in found(_FOREIGN_IMAGE, "![", "<"):
        reader.add(line, "foreign-image")
    links = tuple(Link(m[1] or m[3], m[2] or m[4] or "", line) for m, line in found(_LINK, ".md"))
    facts = tuple((m[1], line) for m, line in found(_FACT, "{{"))
    images = tuple((m[1], line) for m, line in found(_IMAGE, "![") if "//" not in m[1])
    html, headings, ids = words(text)
    return Body(html, headings, links, facts, images, ids, digest(text))
