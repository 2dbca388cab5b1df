"""The photos of an entry in its form: one row a photo, with what is said of it in every language. Pure.

`p.0.file` is its name, `p.0.taken`, `p.0.mother`, … are facts, `p.0.alt.vi` its description. The order of the rows is
the order of the photos. `p.0.ref` names an upload that is not yet beside the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from sitegen import schema
from sitegen.kinds import Field, Group, ListOf
from sitegen.workshop.align import same_meaning
from sitegen.workshop.form import Pair, Posted, flatten, respelled, wanted
from sitegen.workshop.yaml_words import Value

_GROUP = cast("Group", cast("ListOf[Any]", schema.PHOTOS.kind).kind)
FACTS: tuple[Field[Any], ...] = tuple(f for f in _GROUP.fields if f not in (schema.PHOTO_FILE, schema.PHOTO_ALT))
"""What is said of a photo once, whatever the language."""


def _rows(value: Value | None) -> dict[str, Mapping[str, Value | None]]:
    """The list as it stands, by file name, with the owner's own keys."""
    items = value if isinstance(value, tuple) else ()
    found: dict[str, Mapping[str, Value | None]] = {}
    for item in items:
        if isinstance(item, Mapping):
            name = item.get(respelled(_GROUP.fields, item).get("file", ""))
            if isinstance(name, str):
                found.setdefault(name, item)
    return found


def photo_pairs(lists: Mapping[str, Value | None], beside: tuple[str, ...], default: str) -> Iterator[Pair]:
    """Rows for the listed photos, then for those that only lie beside the page: as the site shows them."""
    rows = {lang: _rows(value) for lang, value in lists.items()}
    names = dict.fromkeys((*rows[default], *beside))
    for n, name in enumerate(names):
        yield f"p.{n}.file", name
        own = rows[default].get(name, {})
        keys = respelled(_GROUP.fields, own)
        for f in FACTS:
            yield from flatten(f.kind, own.get(keys.get(f.key, "")), f"p.{n}.{f.key}")
        for lang, listed in rows.items():
            item = listed.get(name, {})
            alt = item.get(respelled(_GROUP.fields, item).get("alt", ""))
            yield from flatten(schema.PHOTO_ALT.kind, alt, f"p.{n}.alt.{lang}")


def photo_values(
    posted: Posted, lists: Mapping[str, Value | None], beside: tuple[str, ...], lang: str, default: str
) -> Value | None:
    """The list to write in one language; the old one where it already says the same."""
    old = _rows(lists[lang])
    items: list[Value] = []
    for row in posted.rows("p"):
        name = posted.one(f"p.{row}.file")
        if not name:
            continue
        before = old.get(name, {})
        keys = respelled(_GROUP.fields, before)
        spelled = {f.key: keys.get(f.key, f.key) for f in _GROUP.fields}
        item: dict[str, Value | None] = {spelled["file"]: name}
        if lang == default:
            for f in FACTS:
                item[spelled[f.key]] = wanted(f.kind, posted, f"p.{row}.{f.key}", before.get(spelled[f.key]))
        alt = spelled["alt"]
        item[alt] = wanted(schema.PHOTO_ALT.kind, posted, f"p.{row}.alt.{lang}", before.get(alt))
        if lang == default or item[alt] is not None:
            items.append(item)
    return _unless_same(lists[lang], tuple(items), beside if lang == default else (), ordered=lang == default)


def _unless_same(old: Value | None, new: tuple[Value, ...], beside: tuple[str, ...], *, ordered: bool) -> Value | None:
    """`old` where both show the same photos with the same words: nobody's list is rewritten for nothing."""
    rows = _rows(old)
    shown: list[Value] = [*rows.values(), *({"file": name} for name in beside if name not in rows)]
    left = list(new)
    same = len(shown) == len(left)
    for n, item in enumerate(shown):
        match = next((other for other in (left if not ordered else new[n : n + 1]) if same_meaning(item, other)), None)
        if match is None:
            same = False
            break
        left.remove(match)
    if same:
        return old
    return new or None
