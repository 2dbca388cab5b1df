"""Source → Document: front matter by its schema, Markdown to clean HTML. Pure, one file at a time."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sitegen import schema
from sitegen.errors import problem
from sitegen.front import decode, read_yaml, split
from sitegen.kinds import Field, Group, Reader, Values, meant, read_fields
from sitegen.memo import digest
from sitegen.model import Body, Document, Link
from sitegen.nodes import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sitegen.errors import Problem
    from sitegen.model import Rendered, SourceFile
    from sitegen.nodes import Node

_FORBIDDEN = re.compile(
    r"<\s*(script|iframe|object|embed|style|form|link|meta|base)\b|javascript:|\son[a-z]+\s*=\s*[\"']", re.I
)
_FOREIGN_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?(?:https?:)?//|<img[^>]+src\s*=\s*[\"']?(?:https?:)?//", re.I)
_LINK = re.compile(r"\]\(\s*<?/([^)\s>#]+\.md)(?:#([^)\s>]*))?|href=[\"']/([^\"'#]+\.md)(?:#([^\"']*))?")
_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*(?:<([^>\n]+)>|([^)\s<>]+)(?=\s*(?:\)|[\"'])))")
_FACT = re.compile(r"\{\{\s*([^}]*?)\s*\}\}")
_SPACED_LINK = re.compile(r"(?<!!)(\[[^\]\n]+\])[ \t]+(\((?:/|https?:)[^)\s]*\))")
_RELATIVE_LINK = re.compile(r"(?<!!)(\[[^\]\n]+\])\(\s*<?((?!\w+:|[/#])[^)\s>#]+\.md)(#[^)\s>]*)?")
_SCHEMELESS = re.compile(
    r"(?<!!)(\[[^\]\n]+\])\(\s*<?((?:(?!https?://|mailto:|tel:|sms:)\w+:/*|https?:/?(?=[^/]))?((?:www\.|(?:[\w-]+\.)+"
    r"(?:com|vn|me|net|org)\b)[^)\s>]*))",
    re.I,
)
_SPACED_IMAGE = re.compile(
    r"(!\[[^\]\n]*\])\(((?=[^)\n<]*(?: |%20))[^)\n<]+?\.(?:jpe?g|png|webp|heic|heif|avif))\)", re.I
)
_SINGLE_BRACE = re.compile(r"(?<!\{)\{\s*((?:shop|legal|bank|policy)\.\w+)\s*\}(?!\})")
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.M | re.S)


def identity(path: str) -> tuple[str, str, str | None]:
    """A content path → (id, kind, language of a translation or None).

    `content/puppies/bong/index.en.md` → (`puppies/bong`, `puppies`, `en`).
    """
    folder, _, name = path.removeprefix("content/").rpartition("/")
    stem, _, lang = re.sub(r"\.md$", "", name, flags=re.I).partition(".")
    id_ = folder if stem.lower() == "index" else f"{folder}/{stem}".lstrip("/")
    return id_, id_.partition("/")[0], lang or None


def words(text: str, _key: str) -> Rendered:
    """Markdown → clean HTML, with what can be linked to."""
    from sitegen import prosemark  # a build that has all its texts in memory never loads Python-Markdown

    return prosemark.words(text)


def line_of(f: Field[Any], data: bytes, path: str) -> int:
    """The line of a key in a file; 0 when it does not stand there."""
    front = split(data, path)[0].front
    fields = schema.BY_KIND[identity(path)[1]]
    return next((key.line for key, node in front.rows if meant(fields, key.text, node) == f), 0) if front else 0


SOUGHT = ("href", "page", "value")
"""Facts of a problem without a line that stand in the file word for word."""
OF_A_SETTING = ("sample-value", "language-off")
"""Codes of what is found in the finished settings, at a `key` of theirs."""


def quoted(found: Problem, read: Callable[[str], bytes]) -> Problem:
    """The problem with the line that it is about, where it was found without seeing the file: the one that it names,
    else the first that holds what it speaks of. `read` gives a file's bytes by its path."""
    sought, of_setting = [value for name, value in found.facts if name in SOUGHT], found.code in OF_A_SETTING
    if found.quote or not (found.line or sought or of_setting) or not found.path.endswith((".md", ".yaml")):
        return found
    data = read(found.path)
    lines = decode(data, found.path)[0].split("\n")
    own = _setting(dict(found.facts)["key"], data, found.path) if of_setting else 0
    line = found.line or own or next((n for n, line in enumerate(lines, 1) if any(text in line for text in sought)), 0)
    return found.replace(line=line, quote=lines[line - 1].strip() if 0 < line <= len(lines) else "")


def _setting(key: str, data: bytes, path: str) -> int:
    """The line of a setting (`shop.address.vi`) in the settings file, however she calls it; 0 when it has none."""
    text = decode(data, path)[0]
    node: Node | None = read_yaml(text, path, text.split("\n"))[0]
    fields, line = schema.SITE, 0
    for name in key.split("."):
        rows = node.rows if isinstance(node, Table) else ()
        called = {known.key if (known := meant(fields, k.text, v)) else k.text: (k, v) for k, v in rows}
        if name not in called:
            return 0
        line, node = called[name][0].line, called[name][1]
        fields = next((f.kind.fields for f in fields if f.key == name and isinstance(f.kind, Group)), ())
    return line


def parse(
    source: SourceFile, default_language: str, words: Callable[[str, str], Rendered] = words
) -> tuple[Document | None, list[Problem]]:
    """Read one Markdown file. With mistakes in it the document holds what could be read (`whole` is False), so that it
    can be checked against the others all the same; it is None when there is nothing to rely upon. `words` makes
    HTML of a text, and may remember it by the key that it is given."""
    text, problems = split(source.data, source.path)
    id_, kind, lang = identity(source.path)
    fields = schema.BY_KIND.get(kind)
    name = source.path.rpartition("/")[2]
    if name != name.lower() and (name.lower().startswith("index.") or not name.endswith(".md")):
        return None, [problem(source.path, 0, "file-case", name=name, wanted=name.lower())]
    if fields is not None and len(id_.split("/")) == 3:
        return None, [problem(source.path, 0, "extra-file")]
    if fields is None or len(id_.split("/")) != 2:
        return None, [problem(source.path, 0, "wrong-place", allowed=", ".join(schema.BY_KIND))]
    if lang is not None and lang not in schema.LANGUAGES:
        return None, [problem(source.path, 0, "unknown-language", lang=lang, allowed=", ".join(schema.LANGUAGES))]
    if text.front is None:
        return None, problems
    reader = Reader(source.path, text.lines, problems)
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
    return tuple(f if f.words else Field(f.key, f.kind, f.vi, also=f.also) for f in schema.BY_KIND[kind])


def parse_settings(source: SourceFile) -> tuple[Values | None, list[Problem]]:
    """Read site.yaml."""
    text, problems = decode(source.data, source.path)
    lines = text.split("\n")
    if problems:
        return None, problems
    table, problems = read_yaml(text, source.path, lines)
    if not isinstance(table, Table):
        return None, problems
    reader = Reader(source.path, lines, problems)
    values = read_fields(schema.SITE, table, reader)
    if (languages := values.get(schema.SITE_LANGUAGES)) and languages[0] != schema.LANGUAGES[0]:
        # The inquiry function leads to addresses of this order too (`form.THANKS`), so it is not the owner's to choose.
        reader.add(values.line(schema.SITE_LANGUAGES), "vietnamese-first", wanted=", ".join(schema.LANGUAGES))
    return (None, reader.problems) if reader.problems else (values, [])


def _from_content(target: str, path: str) -> str:
    """Where a link without its first slash leads: `../bong/index.md`, `pages/about.md`."""
    if target.partition("/")[0] in schema.BY_KIND:
        return f"/{target}"
    folder = path.removeprefix("content/").rpartition("/")[0]
    return posixpath.normpath(f"/{folder}/{target.removeprefix('content/')}")


def _body(text: str, first_line: int, reader: Reader, words: Callable[[str, str], Rendered]) -> Body:
    """Markdown → clean HTML with its headings, links and facts; faults go to the reader."""
    data = text.encode()
    links, facts, images = _references(text, first_line, reader) if _refers(data) else ((), (), ())
    key = digest(data)
    html, headings, ids = words(text, key)
    return Body(html, headings, links, facts, images, ids, key)


def _refers(data: bytes) -> bool:
    """Whether a text has a sign of what `_references` looks for. Most have none: they are asked as bytes, in which a
    sign is found ten times as fast as in letters. The brace of a heading's id (`{#care}`) is no sign."""
    return (
        b"<" in data or b"=" in data or b"[" in data or b"]" in data
        or (b"{" in data and data.count(b"{") > data.count(b"{#"))
        or b"javascript:" in data.lower()
    )  # fmt: skip


def _references(
    text: str, first_line: int, reader: Reader
) -> tuple[tuple[Link, ...], tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    """The links, facts and images that a text names; what must not or cannot stand in it goes to the reader."""
    prose = _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text) if "`" in text or "~~~" in text else text
    low = prose.lower()

    def found(pattern: re.Pattern[str], *signs: str) -> Iterator[tuple[re.Match[str], int]]:
        """Each match with its line. Asked for only when a sign of it is there."""
        if any(sign in low for sign in signs):
            for match in pattern.finditer(prose):
                yield match, first_line + prose.count("\n", 0, match.start())

    for match, line in found(_FORBIDDEN, "<", "=", "javascript:"):
        reader.add(line, "no-script", found=match[0].strip())
    for _, line in found(_FOREIGN_IMAGE, "![", "<"):
        reader.add(line, "foreign-image")
    for match, line in found(_SPACED_LINK, "] (", "]\t("):
        reader.add(line, "link-space", fixed=match[1] + match[2])
    for match, line in found(_RELATIVE_LINK, ".md"):
        reader.add(line, "link-relative", fixed=f"{match[1]}({_from_content(match[2], reader.path)}{match[3] or ''})")
    for match, line in found(_SCHEMELESS, "]("):
        if not match[2].lower().startswith(("https://", "http://")):
            reader.add(line, "link-scheme", target=match[2], fixed=f"{match[1]}(https://{match[3]})")
    for match, line in found(_SPACED_IMAGE, "!["):
        reader.add(line, "image-space", fixed=f"{match[1]}(<{unquote(match[2])}>)")
    for match, line in found(_SINGLE_BRACE, "{"):
        reader.add(line, "single-brace", fixed=f"{{{{ {match[1]} }}}}")
    links = tuple(Link(m[1] or m[3], m[2] or m[4] or "", line) for m, line in found(_LINK, ".md"))
    facts = tuple((m[1], line) for m, line in found(_FACT, "{{"))
    named = ((m[1] or m[2], line) for m, line in found(_IMAGE, "!["))
    images = tuple((name, line) for name, line in named if "//" not in name and "%20" not in name)
    return links, facts, images
