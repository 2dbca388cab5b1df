"""A built site → the answer at every address, as a static host gives it. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from sitegen.headers import headers_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.headers import HostTable
    from sitegen.model import Output, Place
    from sitegen.permalinks import Permalinks

# Python's `mimetypes` asks the system, so that one machine would say something else than the next.
TYPES: Mapping[str, str] = {
    ".avif": "image/avif", ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon", ".jpg": "image/jpeg", ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8", ".pdf": "application/pdf", ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp", ".xml": "application/xml; charset=utf-8",
}  # fmt: skip
HTML = TYPES[".html"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gives. `content` is bytes, or the file that holds them."""

    status: int
    headers: Mapping[str, str]
    content: bytes | Path = field(repr=False)

    @property
    def page(self) -> bool:
        """Whether this is an HTML page, which reloads itself."""
        return self.headers.get("Content-Type") == HTML

    @property
    def version(self) -> str:
        """`POLICY-CONTENT`: changes whenever the content does; the part before the dash, when the page's policy does,
        without which a page cannot be renewed where it is. Cached pictures are named after their bytes."""
        policy = self.headers.get("Content-Security-Policy", "").encode()
        content = self.content if isinstance(self.content, bytes) else str(self.content).encode()
        return "-".join(hashlib.blake2b(part, digest_size=8).hexdigest() for part in (policy, content))


class Shown(Protocol):
    """What can be shown: a build, all made or made as it is looked at."""

    @property
    def routes(self) -> tuple[Place, ...]: ...
    @property
    def links(self) -> Permalinks: ...
    @property
    def table(self) -> HostTable: ...
    def has(self, path: str) -> bool: ...
    def file(self, path: str) -> Output | None: ...
    def rest(self) -> Iterator[None]: ...


class Site:
    """The files of one build, by address."""

    def __init__(self, staged: Shown) -> None:
        self._staged = staged
        self.links = staged.links

    @property
    def addresses(self) -> dict[tuple[str, str], str]:
        """Where each document is in each language."""
        return {(route.source, route.lang): route.url for route in self._staged.routes}

    def rest(self) -> Iterator[None]:
        """Make the pages that nobody has asked for yet, one at a step. Raises `ContentError`."""
        return self._staged.rest()

    def answer(self, path: str) -> Answer:
        """The answer at `path` (decoded, beginning with a slash, without query). Raises `ContentError` when it is a
        page that cannot be made."""
        moved = self._staged.table.redirects.get(path)
        name = path[1:]
        if moved is None and self._staged.has(f"{name}/index.html"):
            moved = quote(path) + "/"
        if moved is not None:
            return Answer(301, {**self._headers(path), "Location": moved}, b"")
        if name == "" or name.endswith("/"):
            name += "index.html"
        return self._file(200, path, name) or self._missing(path)

    def _missing(self, path: str) -> Answer:
        pages = self._staged.table.not_found
        prefixes = sorted((p for p in pages if path.startswith(p)), key=len)
        page = pages[prefixes[-1]][1:] if prefixes else ""
        found = self._file(404, path, f"{page}index.html" if page.endswith("/") else page) if page else None
        return found or Answer(404, {**self._headers(path), "Content-Type": TYPES[".txt"]}, b"404\n")

    def _file(self, status: int, path: str, name: str) -> Answer | None:
        # `_headers` and `_redirects` are the host's own; no host serves them.
        output = None if name.startswith("_") else self._staged.file(name)
        if output is None:
            return None
        kind = TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
        return Answer(status, {**self._headers(path), "Content-Type": kind}, output.content)

    def _headers(self, path: str) -> dict[str, str]:
        return headers_for(self._staged.table, path)


def with_reload(html: bytes, version: str) -> bytes:
    """The page with the script that renews it, as an external file: the page's own CSP allows nothing inline."""
    tag = f'<script type="module" src="/_preview/reload.js" data-version="{version}" async></script>'.encode()
    for end in (b"</head>", b"</body>"):
        if end in html:
            return html.replace(end, tag + end, 1)
    return html + tag
