"""What all pages are made with: words, templates, styles, scripts. Read again only when one of their files changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sitegen import carried, contract, fittings, glance, source, styles
from sitegen.errors import ContentError, gathering
from sitegen.memo import Lost, digest
from sitegen.schema import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sitegen.errors import Problem
    from sitegen.memo import Memo

FOLDERS = ("templates/", *carried.WORKED)


class Stock(NamedTuple):
    """In plain values, so that the memory can keep it; `key` is the digest of all that it was made of. `words` are by
    their file in templates/strings/, `styles` by the page template that they are inlined in; `marks` are the
    digests of each page template with its style and all that it includes."""

    key: str
    words: dict[str, dict[str, str]]
    templates: dict[str, str]
    scripts: dict[str, str]
    styles: dict[str, str]
    marks: dict[str, str]


class Storeroom:
    """Keeps the stock of one project."""

    def __init__(self, root: Path, memo: Memo) -> None:
        self._root, self._memo = root, memo
        self.stock: Stock | None = None
        """As it was last asked for."""

    def get(self, stamps: Mapping[str, tuple[int, int, str]], languages: Sequence[str]) -> Stock:
        """The stock for these languages; `stamps` are those of all files, with their digests. Raises `ContentError`."""
        files = [f"{path}\n{stamp[2]}" for path, stamp in stamps.items() if path.startswith(FOLDERS)]
        key = digest(*languages, *files)
        if self.stock is None and (known := self._memo.stock()):
            self.stock = Stock._make(known)
        if self.stock is None or self.stock.key != key:
            self.stock = self._made(key, languages)
            for path, (*stamp, _) in stamps.items():
                if path.startswith(FOLDERS) and stamp[1] >= 0 and glance.stamp(str(self._root / path)) != tuple(stamp):
                    raise Lost  # it was saved just now
        return self.stock

    def faults(self) -> list[Problem]:
        """What is wrong with what the stock would be made of, whatever the site's languages are."""
        wrong: list[Problem] = []
        with gathering(wrong):
            there = self._root / "templates" / "strings"
            self._read([lang for lang in LANGUAGES if (there / f"values.{lang}.yaml").is_file()])
        return wrong

    def _read(self, languages: Sequence[str]) -> tuple[dict[str, dict[str, str]], dict[str, str], dict[str, str]]:
        """Words, templates, style sheets. Raises `ContentError` with all that is wrong with them."""
        from sitegen import brackets  # only when one of these files has changed

        wrong: list[Problem] = []
        with gathering(wrong):
            words = fittings.words(source.read_texts(self._root / "templates" / "strings", "*.yaml"), languages)
        with gathering(wrong):
            templates = source.read_texts(self._root / "templates", "*.html")
        with gathering(wrong):
            sheets = source.read_texts(self._root / "static" / "css", "*.css")
            wrong += brackets.mistakes(sheets)
        if wrong:
            raise ContentError(wrong)
        return words, templates, sheets

    def _made(self, key: str, languages: Sequence[str]) -> Stock:
        words, templates, sheets = self._read(languages)
        form = contract.style_path().read_text(encoding="utf-8")
        inlined = {name: str(style) for name, style in styles.bundles(sheets, templates, form).items()}
        return Stock(
            key, words, templates,
            {f"js/{name}": text for name, text in source.read_texts(self._root / "static" / "js", "*.js").items()},
            inlined,
            {
                name: digest(style, *(templates[part] for part in sorted(styles.closure(name, templates))))
                for name, style in inlined.items()
            },
        )  # fmt: skip
