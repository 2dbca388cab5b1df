"""What the pages are worth to a phone, to a screen reader and to a validator.

    .venv/bin/python -m pip install -e ".[test,bench]"
    .venv/bin/python benchmarks/pages.py [--runs 3]

Serves the built site on loopback as a host would (brotli, the table's headers) and measures every kind of page, in
both languages, light and dark: Lighthouse (mobile), axe-core, the Nu HTML checker, the HTTP Observatory, the first
flight of bytes. The tools come from the npm registry into .cache/tools; Java 17 and Chromium must be on the machine.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import brotli
from playwright.sync_api import Browser, Route, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "functions")]

import build  # noqa: E402  (the path above is set first)
from benchmarks.lighthouse import TOOLS, lighthouse, node, tools, worst  # noqa: E402  (as above)
from sitegen.headers import headers_for  # noqa: E402
from sitegen.model import Output  # noqa: E402  (as above)
from sitegen.options import Options  # noqa: E402  (as above)
from tests import photos  # noqa: E402  (as above)
from tests.chromium import launch  # noqa: E402

FIRST_FLIGHT = 14_600
"""Bytes of the first ten packets (field notes)."""
TEXT = "/text.html"
"""A page of nothing but text: what the machine and the simulated network cost by themselves."""
KINDS = {
    "home": ("/", "/en/"),
    "catalogue": ("/cun/", "/en/puppies/"),
    "puppy": ("/cun/bong/", "/en/puppies/bong/"),
    "reserved": ("/cun/dau/", "/en/puppies/dau/"),
    "expected": ("/cun/lua-cua-na/", "/en/puppies/na-litter/"),
    "sold": ("/cun/que/", "/en/puppies/que/"),
    "status": ("/dang-tim-nha/", "/en/available/"),
    "breeds": ("/giong-cho/", "/en/breeds/"),
    "breed": ("/giong-cho/poodle-toy/", "/en/breeds/toy-poodle/"),
    "prices": ("/bang-gia/", "/en/prices/"),
    "posts": ("/bai-viet/", "/en/posts/"),
    "post": ("/bai-viet/dem-dau-tien-khi-be-khoc/", "/en/posts/the-first-night-when-the-puppy-cries/"),
    "policy": ("/chinh-sach-bao-mat/", "/en/privacy-policy/"),
    "page": ("/hoi-dap/", "/en/faq/"),
    "contact": ("/lien-he/", "/en/contact/"),
    "thank-you": ("/cam-on/?ma=MX-7K2QF9AB", "/en/thank-you/?ma=MX-7K2QF9AB"),
    "not-found": ("/404.html", "/en/404.html"),
}
ONLY_TEXT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Text</title>
<meta name="viewport" content="width=device-width"><meta name="description" content="Text"><h1>Text</h1><p>Nothing else.
"""
TYPES = {
    "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "xml": "application/xml", "jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "txt": "text/plain",
}  # fmt: skip
COMPRESSED = ("html", "js", "svg", "xml", "txt")


@contextmanager
def serving(built: build.Built) -> Iterator[str]:
    """The site on loopback, compressed and with its headers; gives the origin."""
    files: dict[str, tuple[bytes, bytes, str]] = {}
    for output in (*built.outputs, Output(TEXT[1:], ONLY_TEXT.encode(), "")):
        raw = output.content if isinstance(output.content, bytes) else output.content.read_bytes()
        kind = output.path.rpartition(".")[2]
        packed = brotli.compress(raw, quality=11) if kind in COMPRESSED else raw
        files["/" + output.path] = (raw, packed, TYPES.get(kind, "application/octet-stream"))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            name = path + "index.html" if path.endswith("/") else path
            status = 200 if name in files else 404
            raw, packed, kind = files.get(name, files["/404.html"])
            small = "br" in self.headers.get("Accept-Encoding", "") and packed is not raw
            body = packed if small else raw
            self.send_response(status)
            for header, value in headers_for(built.table, path).items():
                self.send_header(header, value)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if small:
                self.send_header("Content-Encoding", "br")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def load_times(built: build.Built, options: Options, runs: int) -> Iterator[str]:
    """A table: for every kind of page the worst of both languages, by day and by night, and of an empty page."""
    yield f"{'':12} {'perf/a11y/best/SEO':18} {'LCP ms':>6} {'+ms':>5} {'CLS':>6} {'TBT':>4} {'bytes':>7}  points lost"

    def measured(origin: str, kinds: Mapping[str, Sequence[str]]) -> Iterator[str]:
        paths = [TEXT, *(path for pair in kinds.values() for path in pair)]
        schemes = [lighthouse(origin, paths, runs, dark=dark) for dark in (False, True)]
        text = worst([scheme[TEXT] for scheme in schemes])
        yield f"{'only text':12} {'/'.join(map(str, text.scores)):18} {text.lcp:6.0f} {text.tbt:17.0f}"
        for kind, pair in kinds.items():
            page = worst([scheme[path] for scheme in schemes for path in pair])
            yield (
                f"{kind:12} {'/'.join(map(str, page.scores)):18} {page.lcp:6.0f} {page.lcp - text.lcp:+5.0f}"
                f" {page.cls:6.4f} {page.tbt:4.0f} {page.bytes:7}  {' '.join(sorted(page.lost))}"
            )

    with serving(built) as origin:
        yield from measured(origin, KINDS)
    with with_photos() as root, serving(build.build_site(root, options)) as origin:
        yield from measured(origin, {"photos": KINDS["puppy"]})


def axe(browser: Browser, origin: str, source: str) -> list[str]:
    """Every rule of WCAG 2.2 AA and the best practices that a page breaks, with the first place."""
    broken = []
    for scheme in ("light", "dark"):
        for width in (360, 1280):
            context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
            page = context.new_page()
            for path in (path for pair in KINDS.values() for path in pair):
                page.goto(origin + path)
                page.evaluate(source)
                found: dict[str, Any] = page.evaluate(
                    "axe.run({rules: {'color-contrast-enhanced': {enabled: true}, 'target-size': {enabled: true}}})"
                )
                broken += [
                    f"{path} {scheme} {width}: {rule['id']}: {rule['nodes'][0]['html'][:120]}"
                    f" | {rule['nodes'][0]['failureSummary'].splitlines()[-1].strip()[:160]}"
                    for rule in found["violations"]
                ]
            context.close()
    return broken


def nu(built: build.Built) -> list[str]:
    """What the Nu HTML checker has against any page."""
    with tempfile.TemporaryDirectory() as folder:
        for output in built.outputs:
            if output.path.endswith(".html") and isinstance(output.content, bytes):
                (Path(folder) / output.path.replace("/", "__")).write_bytes(output.content)
        jar = next((TOOLS / "node_modules" / "vnu-jar").rglob("vnu.jar"))
        done = subprocess.run(
            ["java", "-jar", jar, "--format", "json", "--skip-non-html", folder],
            capture_output=True,
            text=True,
            check=False,
        )
    messages = json.loads(done.stderr or '{"messages":[]}')["messages"]
    told: dict[str, list[str]] = {}
    for m in messages:
        told.setdefault(f"{m.get('subType', m['type'])}: {m['message']}", []).append(
            f"{Path(m['url']).name} {m.get('extract', '')[:90]!r}"
        )
    return [f"{len(places)} × {what} ({places[0]})" for what, places in sorted(told.items())]


def observatory(built: build.Built) -> str:
    """The grade of the home page behind https with the table's headers."""
    # The package fetches browsers' preload list when it is set up; a shop that nobody has registered is not in it.
    preload = TOOLS / "node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json"
    preload.write_text("{}", encoding="utf-8")
    home = next(o.content for o in built.outputs if o.path == "index.html" and isinstance(o.content, bytes))
    host = built.catalog.settings.base_url.partition("//")[2]
    answer = {"host": host, "headers": headers_for(built.table, "/"), "body": home.decode()}
    return node("observatory.mjs", json.dumps(answer)).strip()


@contextmanager
def with_photos() -> Iterator[Path]:
    """The project in a folder of its own, where Bông has three photos of twelve megapixels."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("content", "templates", "static"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "site.yaml", root)
        shutil.copytree(ROOT / "sitegen", root / "sitegen", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "functions", root / "functions", ignore=shutil.ignore_patterns("__pycache__"))
        for number in range(3):
            data = photos.photo(photos.scene(*photos.TWELVE_MEGAPIXELS, seed=number), "jpeg")
            (root / "content/puppies/bong" / f"bong-{number}.jpg").write_bytes(data)
        yield root


def first_flight(built: build.Built) -> tuple[list[str], int]:
    """(kind, vi and en bytes of the page with its style, brotli), and the bytes of all scripts together."""
    files = {"/" + output.path: output.content for output in built.outputs if isinstance(output.content, bytes)}

    def packed(path: str) -> int:
        name = path.partition("?")[0]
        return len(brotli.compress(files[name + "index.html" if name.endswith("/") else name], quality=11))

    rows = []
    for kind, paths in KINDS.items():
        sizes = [packed(path) for path in paths]
        fits = "fits" if max(sizes) <= FIRST_FLIGHT else "IS OVER"
        rows.append(f"{kind:10} {sizes[0]:6} {sizes[1]:6}  {fits} {FIRST_FLIGHT}")
    return rows, sum(packed(path) for path in files if path.endswith(".js"))


def first_screens(browser: Browser, built: build.Built, origin: str) -> list[str]:
    """Pages whose first screen on a phone looks different while only the first flight of their bytes has arrived."""
    files = {"/" + output.path: output.content for output in built.outputs if isinstance(output.content, bytes)}
    different = []
    # Without scripts: they mark the current thumbnail, which is no difference of what has arrived.
    page = browser.new_page(viewport={"width": 360, "height": 780}, java_script_enabled=False)
    for path in sorted(path for path in files if path.endswith("/index.html")):
        packed = brotli.compress(files[path], quality=11)
        if len(packed) <= FIRST_FLIGHT:
            continue
        early = _arrived(packed[:FIRST_FLIGHT])
        shots = []
        for body in (files[path], early):
            page.route("**/first-flight", partial(_answer, body))
            page.goto(origin + "/first-flight")
            shots.append(page.screenshot())
            page.unroute("**/first-flight")
        if shots[0] != shots[1]:
            different.append(f"{path}: {len(packed)} bytes")
    page.close()
    return different


def _arrived(packed: bytes) -> bytes:
    """What a browser can read of a brotli stream so far."""
    decoder = brotli.Decompressor()
    # In small pieces, as packets come: given much at once, the binding keeps back what does not fit its first buffer.
    return b"".join(decoder.process(packed[at : at + 500]) for at in range(0, len(packed), 500))


def _answer(body: bytes, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html; charset=utf-8")


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="of Lighthouse, a page; 0 leaves it out")
    runs = parser.parse_args(arguments).runs
    tools()
    options = Options(build.today(), share_pictures=False)
    built = build.build_site(ROOT, options)
    rows, scripts = first_flight(built)
    print("\n".join(["First flight, bytes (vi, en):", *rows, f"All scripts, brotli: {scripts} bytes", ""]))
    print("\n".join(["Nu HTML checker:", *(nu(built) or ["0 errors, 0 warnings"]), ""]), flush=True)
    print(observatory(built) + "\n", flush=True)
    with serving(built) as origin, sync_playwright() as playwright:
        browser = launch(playwright)
        source = (TOOLS / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
        print("\n".join(["axe-core:", *(axe(browser, origin, source) or ["0 rules broken"]), ""]), flush=True)
        late = first_screens(browser, built, origin)
        print("\n".join(["First screens not whole with the first flight:", *(late or ["none"]), ""]), flush=True)
        browser.close()
    if runs:
        print("Lighthouse mobile, worst of vi/en × light/dark; +ms: beside a page of nothing but text in the same runs")
        for line in load_times(built, options, runs):
            print(line, flush=True)


if __name__ == "__main__":
    main()
