#!/usr/bin/env python3
"""Milu Xinh: build the site, preview it, check it. The contents page of the generator; run with --help."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent
# The inquiry function is deployed alone, so its package lies in functions/ and not beside sitegen/.
sys.path.insert(1, str(ROOT / "functions"))

from sitegen import assemble, feeds, frame, headers, phrases, portrait, routes, schema, source, styles  # noqa: E402
from sitegen import owner, parse, permalinks, render, sharing, write  # noqa: E402
from sitegen import contract, gallery  # noqa: E402
from sitegen.album import Album  # noqa: E402
from sitegen.errors import ContentError, problem  # noqa: E402
from sitegen.model import Output  # noqa: E402
from sitegen.pictures import Fault, Photo  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sitegen.errors import Problem
    from sitegen.headers import HostTable
    from sitegen.model import Catalog, Route, Sources

HANOI = timezone(timedelta(hours=7))
"""Vietnam's time, all year round: ages and dates on the pages are the shop's, wherever the machine stands."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for. `today` is an input like any other: same input, same bytes."""

    today: date
    production: bool = False
    jobs: int = 0
    progress: Callable[[str], Callable[[int, int], None]] | None = None


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
    )  # fmt: skip
    return assemble.require(catalog, [*problems, *more])


def _parse_all(sources: Sources, default_language: str) -> tuple[list[parse.Document], list[Problem]]:
    parsed = [parse.parse(file, default_language) for file in sources.content]
    return [document for document, _ in parsed if document], [p for _, found in parsed for p in found]


def build_site(root: Path, options: Options) -> Built:
    """The whole way from content to pages. Raises `ContentError`; writes nothing but caches."""
    sources = source.read_sources(root)
    catalog = read_catalog(sources, options)
    site = catalog.settings

    cache = root / ".cache"
    album = Album(cache / "pictures")
    photos = _develop(album, root, catalog, options)

    links, problems = permalinks.permalinks(catalog, contract.THANKS)
    if problems:
        raise ContentError(problems)

    assets, asset_files, style = _assets(root)
    strings = source.read_texts(root / "templates" / "strings", "*.yaml")
    says = {lang: phrases.Phrases(lang, phrases.read_words(strings[f"values.{lang}.yaml"])) for lang in site.languages}
    interface = {lang: phrases.read_words(strings[f"interface.{lang}.yaml"]) for lang in site.languages}

    studio = gallery.Studio(photos, {})
    shares = sharing.ShareDesk(catalog, says, lambda path: album.path(photos[path], photos[path].variants[-1]))
    sites, pages, outputs = {}, [], list(asset_files)
    for lang in site.languages:
        view = frame.site_view(catalog, links, says[lang], assets, portrait.wordmark())
        sites[lang] = view
        reach = frame.facts(catalog, says[lang], view.contact)
        desk = frame.Frame(catalog, links, says[lang], view, reach, studio.inline)
        pages += routes.routes(desk, studio, shares.share)
        outputs.append(feeds.atom(desk))

    templates = source.read_texts(root / "templates", "*.html")
    rendered, problems = render.render(pages, render.environment(templates), sites, interface)
    if problems:
        raise ContentError(problems)
    not_found = catalog.page("not-found")
    table = headers.host_table(
        styles.csp_hash(style), links.redirects,
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
    outputs += sharing.draw_shares(
        shares.orders.values(), cache / "share", jobs=options.jobs,
        progress=options.progress and options.progress("share"),
    )  # fmt: skip
    return Built(
        tuple({output.path: output for output in outputs}.values()), tuple(pages), catalog, table,
        tuple(assemble.untranslated(catalog)),
    )  # fmt: skip


def _develop(album: Album, root: Path, catalog: Catalog, options: Options) -> dict[str, Photo]:
    """The photos that pages show, developed; a photo that cannot be is a mistake naming its file."""
    sources = source.read_sources(root)
    answers = album.develop(
        root, sources.photos, jobs=options.jobs, progress=options.progress and options.progress("photos")
    )
    faults = [problem(path, 0, f"photo-{answer.code}") for path, answer in answers.items() if isinstance(answer, Fault)]
    if faults:
        raise ContentError(faults)
    return {path: answer for path, answer in answers.items() if isinstance(answer, Photo)}


def _assets(root: Path) -> tuple[dict[str, str], list[Output], str]:
    """(asset name → address or text, files to write, the inlined style)."""
    static = root / "static"
    form_css = contract.style_path().read_text(encoding="utf-8")
    style = styles.bundle(source.read_texts(static / "css", "*.css"), extra={"components": form_css})
    texts = {f"js/{name}": text for name, text in source.read_texts(static / "js", "*.js").items()}
    texts["icons/favicon.svg"] = portrait.favicon()
    files = {name: styles.fingerprint(name, text) for name, text in texts.items()}
    assets = {name: f"/{output.path}" for name, output in files.items()}
    return {**assets, "css": style}, list(files.values()), style


def today() -> date:
    """The shop's date: now in Vietnam, or SOURCE_DATE_EPOCH (seconds; reproducible-builds.org) where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), HANOI) if epoch else datetime.now(HANOI)
    return moment.date()


def main(argv: Sequence[str] | None = None, *, root: Path = ROOT, log: Callable[[str], None] = print) -> int:
    """The command line. 0: done; 1: mistakes, told in the owner's language; 2: wrong usage."""
    arguments = _arguments().parse_args(argv)
    options = Options(today(), arguments.production, arguments.jobs, None)
    out = arguments.out if arguments.out.is_absolute() else Path.cwd() / arguments.out
    try:
        if arguments.clean:
            write.clean(out)
        built = build_site(root, options)
        written = write.write(built.outputs, out)
    except ContentError as error:
        log(owner.report(error.problems, "vi"))
        return 1
    log(f"{len(built.routes)} pages: {written}")
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", nargs="?", default="build", choices=("build", "serve", "check"))
    parser.add_argument("--out", type=Path, default=Path("dist"))
    parser.add_argument("--production", action="store_true")
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("--port", type=int, default=8000)
    return parser


if __name__ == "__main__":
    sys.exit(main())
