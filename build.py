#!/usr/bin/env python3
"""Milu Xinh: build the site, preview it, check it. The contents page of the generator; run with --help."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent
# The inquiry function is deployed alone, so its package lies in functions/ and not beside sitegen/.
sys.path.insert(1, str(ROOT / "functions"))

from markupsafe import Markup  # noqa: E402  (after the path above is set, as all that follow)

from sitegen import (  # noqa: E402
    advice,
    assemble,
    check,
    contract,
    feeds,
    frame,
    gallery,
    headers,
    owner,
    parse,
    permalinks,
    phrases,
    portrait,
    progress,
    render,
    routes,
    schema,
    sharing,
    source,
    styles,
    write,
)
from sitegen.album import Album  # noqa: E402
from sitegen.errors import ContentError, problem  # noqa: E402
from sitegen.model import Output  # noqa: E402
from sitegen.pictures import Fault, Photo  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sitegen.errors import Problem
    from sitegen.headers import HostTable
    from sitegen.model import Catalog, Document, Route, Sources

HANOI = timezone(timedelta(hours=7))
"""Vietnam's time, all year round: ages and dates on the pages are the shop's, wherever the machine stands."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for. `today` is an input like any other: same input, same bytes. `jobs` 0 means one a
    core; without `share_pictures` (the preview: nobody shares a page from loopback) the slowest files are left out;
    `lang` is the owner's, for progress."""

    today: date
    production: bool = False
    jobs: int = 0
    share_pictures: bool = True
    lang: str = "vi"


@dataclass(frozen=True, slots=True)
class Built:
    """A whole site, ready to be written, with the routes and the table that it was made from."""

    outputs: tuple[Output, ...]
    routes: tuple[Route, ...]
    catalog: Catalog
    table: HostTable
    untranslated: tuple[tuple[str, str], ...]


def read_catalog(sources: Sources, options: Options) -> Catalog:
    """Sources → Catalog; raises `ContentError` with every mistake in every file."""
    values, problems = parse.parse_settings(sources.settings)
    if values is None:
        raise ContentError([*problems, *_parse_all(sources, schema.LANGUAGES[0])[1]])
    site = assemble.settings(values)
    documents, problems = _parse_all(sources, site.default_language)
    catalog, more = assemble.assemble(
        documents, sources.photos, site,
        today=options.today, collected=contract.COLLECTED, production=options.production,
        broken={file.path for file in sources.content} - {document.path for document in documents},
    )  # fmt: skip
    return assemble.require(catalog, [*problems, *more])


def _parse_all(sources: Sources, default_language: str) -> tuple[list[Document], list[Problem]]:
    parsed = [parse.parse(file, default_language) for file in sources.content]
    return [document for document, _ in parsed if document], [p for _, found in parsed for p in found]


def build_site(root: Path, options: Options) -> Built:
    """The whole way from content to pages. Raises `ContentError`; writes nothing but caches."""
    sources = source.read_sources(root)
    catalog = read_catalog(sources, options)
    site = catalog.settings

    cache = root / ".cache"
    album = Album(cache / "pictures")
    photos = _develop(album, root, sources, options)

    links, problems = permalinks.permalinks(catalog, contract.THANKS)
    if problems:
        raise ContentError(problems)

    assets, asset_files = _assets(root)
    strings = source.read_texts(root / "templates" / "strings", "*.yaml")
    says = {lang: phrases.Phrases(lang, phrases.read_words(strings[f"values.{lang}.yaml"])) for lang in site.languages}
    interface = {lang: phrases.read_words(strings[f"interface.{lang}.yaml"]) for lang in site.languages}

    studio = gallery.Studio(photos, {})
    shares = sharing.ShareDesk(catalog, says, lambda path: album.path(photos[path], photos[path].variants[-1]))
    sites, pages, outputs = {}, [], list(asset_files)
    for lang in site.languages:
        view = frame.site_view(catalog, links, says[lang], assets, Markup(portrait.wordmark()))
        sites[lang] = view
        reach = frame.facts(catalog, says[lang], view.contact)
        desk = frame.Frame(catalog, links, says[lang], view, reach, studio.inline)
        pages += routes.routes(desk, studio, shares.share)
        outputs.append(feeds.atom(desk))

    templates = source.read_texts(root / "templates", "*.html")
    sheets = source.read_texts(root / "static" / "css", "*.css")
    style = styles.bundles(sheets, templates, contract.style_path().read_text(encoding="utf-8"))
    rendered, problems = render.render(pages, render.environment(templates), sites, interface, style)
    if problems:
        raise ContentError(problems)
    not_found = catalog.page("not-found")
    table = headers.host_table(
        map(styles.csp_hash, style.values()), links.redirects,
        {sites[lang].home.url: links.urls[not_found.id][lang] for lang in site.languages},
    )  # fmt: skip
    outputs += rendered
    outputs += [feeds.sitemap(pages, site), feeds.robots(site), *headers.netlify(table)]
    outputs += [feeds.redirect_page(old, new, site, site.default_language) for old, new in links.redirects.items()]
    outputs += studio.drawings.values()
    outputs += [
        Output(f"pictures/{variant.name}", album.path(photo, variant), path)
        for path, photo in photos.items()
        for variant in photo.variants
    ]
    if options.share_pictures:
        tell = progress.bar(owner.say("share", options.lang), sys.stderr)
        outputs += sharing.draw_shares(shares.orders.values(), cache / "share", jobs=options.jobs, progress=tell)
    return Built(
        tuple({output.path: output for output in outputs}.values()), tuple(pages), catalog, table,
        tuple(assemble.untranslated(catalog)),
    )  # fmt: skip


def _develop(album: Album, root: Path, sources: Sources, options: Options) -> dict[str, Photo]:
    """Every photo developed; one that cannot be is a mistake naming its file."""
    tell = progress.bar(owner.say("photos", options.lang), sys.stderr)
    answers = album.develop(root, sources.photos, jobs=options.jobs, progress=tell)
    faults = [problem(path, 0, f"photo-{answer.code}") for path, answer in answers.items() if isinstance(answer, Fault)]
    if faults:
        raise ContentError(faults)
    return {path: answer for path, answer in answers.items() if isinstance(answer, Photo)}


def _assets(root: Path) -> tuple[dict[str, str], list[Output]]:
    """(asset name → address, files to write)."""
    texts = {f"js/{name}": text for name, text in source.read_texts(root / "static" / "js", "*.js").items()}
    texts["icons/favicon.svg"] = portrait.favicon()
    files = {name: styles.fingerprint(name, text) for name, text in texts.items()}
    return {name: f"/{output.path}" for name, output in files.items()}, list(files.values())


def today() -> date:
    """The shop's date: now in Vietnam, or SOURCE_DATE_EPOCH (seconds; reproducible-builds.org) where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), HANOI) if epoch else datetime.now(HANOI)
    return moment.date()


def owner_language(root: Path) -> str:
    """The language to speak, even when site.yaml has mistakes: `vi` unless it says `owner_language: en`."""
    try:
        text = (root / source.SETTINGS).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return schema.LANGUAGES[0]
    words = [line.partition("#")[0].split() for line in text.splitlines()]
    return "en" if ["owner_language:", "en"] in words else schema.LANGUAGES[0]


def main(argv: Sequence[str] | None = None, *, root: Path = ROOT, log: Callable[[str], None] = print) -> int:
    """The command line. 0: done; 1: mistakes, told in the owner's language; 2: wrong usage."""
    arguments = _arguments().parse_args(argv)
    lang = owner_language(root)
    options = Options(today(), arguments.production, arguments.jobs, lang=lang)
    run = {"build": _build, "check": _check, "serve": _serve}[arguments.command]
    try:
        return run(arguments, options, root, log)
    except ContentError as error:
        log(owner.say("not-built", lang))
        log(owner.report(error.problems, lang))
        return 1


def _build(arguments: argparse.Namespace, options: Options, root: Path, log: Callable[[str], None]) -> int:
    out = (Path.cwd() / arguments.out).absolute()
    if arguments.clean:
        write.clean(out)
    built = build_site(root, options)
    done = write.write(built.outputs, out)
    if built.untranslated:
        log(owner.say("untranslated", options.lang, count=len(built.untranslated)))
        log("\n".join(f"  {path} ({lang})" for path, lang in built.untranslated))
    if built.catalog.settings.sample:
        log(owner.say("sample", options.lang))
    facts = {"changed": done.changed, "same": done.same, "removed": done.removed}
    log(owner.say("built", options.lang, pages=len(built.routes), folder=out.name, **facts))
    return 0


def _check(_arguments: argparse.Namespace, options: Options, root: Path, log: Callable[[str], None]) -> int:
    built = build_site(root, replace(options, share_pictures=False))
    site = built.catalog.settings
    mistakes = check.check(built.outputs, site.base_url, site.action)
    hints = advice.advise(built.catalog)
    if mistakes:
        log(owner.report(mistakes, options.lang))
    if hints:
        log(owner.say("advice", options.lang))
        log("\n".join(owner.tell(hint, options.lang) for hint in hints))
    if not mistakes:
        log(owner.say("checked", options.lang, advice=len(hints)))
    return 1 if mistakes else 0


def _serve(arguments: argparse.Namespace, options: Options, root: Path, log: Callable[[str], None]) -> int:
    from sitegen.preview.serve import serve

    def build() -> Built:
        # Ages change at midnight in a preview that is left open, so the day is asked for anew.
        return build_site(root, replace(options, today=today(), share_pictures=False))

    return serve(root, build, port=arguments.port, lang=options.lang, log=log, environment=os.environ)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "command",
        nargs="?",
        default="build",
        choices=("build", "serve", "check"),
        help="build (the default) makes the site; serve previews it, form and all; check looks for faults",
    )
    parser.add_argument("--out", type=Path, default=Path("dist"), metavar="DIR", help="where the site goes (dist)")
    parser.add_argument("--production", action="store_true", help="refuse sample data and sample values")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes for pictures (one a core)")
    parser.add_argument("--clean", action="store_true", help="remove the old site first")
    parser.add_argument("--port", type=int, default=8000, help="where the preview listens (8000)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
