#!/usr/bin/env python3
"""Milu Xinh: build the site, preview it, check it. The contents page of the generator; run with --help."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent
# The inquiry function is deployed alone, so its package lies in functions/ and not beside sitegen/.
sys.path.insert(1, str(ROOT / "functions"))

# Only what costs nothing: a build that finds nothing to do never loads the rest.
from sitegen import glance, owner  # noqa: E402  (after the path above is set, as all that follow)
from sitegen.errors import ContentError, by_place  # noqa: E402
from sitegen.memo import Memo, code_version  # noqa: E402
from sitegen.options import Options  # noqa: E402
from sitegen.write import recover, spool, write  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sitegen.errors import Problem
    from sitegen.making import Built as Built
    from sitegen.source import Overlay
    from sitegen.staging import Staged

HANOI = timezone(timedelta(hours=7))
"""Vietnam's time, all year round: ages and dates on the pages are the shop's, wherever the machine stands."""


def build_site(root: Path, options: Options) -> Built:
    """The whole way from content to pages, without any memory of earlier builds. Raises `ContentError`; writes nothing
    but caches of pictures and templates."""
    from sitegen.builder import Builder

    # A folder that is never made: nothing is remembered from it, and nothing kept in it.
    return Builder(root, Memo(root / ".cache" / "none", code_version(ROOT))).build(options)


def today() -> date:
    """The shop's date: now in Vietnam, or SOURCE_DATE_EPOCH (seconds; reproducible-builds.org) where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), HANOI) if epoch else datetime.now(HANOI)
    return moment.date()


def owner_language(root: Path) -> str:
    """The language to speak, even when site.yaml has mistakes: `vi` unless it says `owner_language: en`."""
    try:
        text = (root / "site.yaml").read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return owner.LANGUAGES[0]
    words = [line.partition("#")[0].split()[:2] for line in text.splitlines()]
    return "en" if ["owner_language:", "en"] in words else owner.LANGUAGES[0]


def main(argv: Sequence[str] | None = None, *, root: Path = ROOT, log: Callable[[str], None] = print) -> int:
    """The command line. 0: done; 1: mistakes, told in the owner's language; 2: wrong usage."""
    arguments = _arguments().parse_args(argv)
    lang = owner_language(root)
    pictures = not arguments.no_pictures
    options = Options(today(), arguments.production, arguments.jobs, pictures, lang, pictures)
    if arguments.command in ("build", "check"):
        gc.disable()  # see builder.Builder.build; here the process ends soon
    run = {
        "build": _build, "check": _check, "serve": _serve, "new": _new,
        "publish": _publish, "doctor": _doctor, "package": _package,
    }[arguments.command]  # fmt: skip
    try:
        return run(arguments, options, root, log)
    except ContentError as error:
        log(owner.say("not-built", lang))
        log(owner.report(error.problems, lang))
        return 1
    except KeyboardInterrupt:
        log(owner.say("interrupted", lang))
        return 130  # 128 + SIGINT, as shells have it


def build_into(
    out: Path, root: Path, options: Options, *, anew: bool = False
) -> tuple[Mapping[str, str], Mapping[str, int]]:
    """Make `out` hold the site under `root`, doing only what has to be done; with `anew`, everything. (What there is to
    say, how many files were `changed`, stayed the `same`, and were `removed`). Raises `ContentError`, and then leaves
    `out` as it was."""
    memo, strays = _memo(root), out.with_name(f"{out.name}-kept")
    found = recover(out, strays)
    seen = glance.NOTHING if anew else glance.look(root, out, memo, options)
    if seen.same:
        facts = {**seen.facts, "strays": _strays(strays, found)}
        return facts, {"changed": 0, "same": len(seen.stamps), "removed": 0}

    from sitegen.builder import Builder

    with spool(out) as finished:
        builder = Builder(root, memo, out if seen.ours else None, seen.damaged, finished, seen.changed)
        built = builder.build(options)
        done = write(built.outputs, out, seen.damaged if seen.ours else None, finished, built.kept, anew, strays)
    facts = {
        "out": str(out), "asked": glance.asked(options), "pages": str(len(built.floor.orders)),
        "sample": "yes" if built.catalog.settings.sample else "",
        "untranslated": "\n".join(f"  {path} ({lang})" for path, lang in built.untranslated),
        "drafts": "\n".join(owner.tell(told, options.lang) for told in built.drafts),
    }  # fmt: skip
    moved: list[Problem] = []
    if seen.ours and done.removed:
        from sitegen import advice

        moved = advice.moved((memo.links() or ({}, {}))[0], built.routes, built.table.redirects)
    paths = (*built.kept, *(output.path for output in built.outputs))
    known = {path: None if path in done.fresh else seen.stamps.get(path) for path in paths}
    builder.remember(glance.stamps(out, known), facts)
    # Told once, when it happens.
    facts["moved"] = "\n".join(owner.tell(told, options.lang) for told in moved)
    facts["strays"] = _strays(strays, found + done.strays)
    return facts, {"changed": done.changed, "same": done.same, "removed": done.removed}


def _strays(folder: Path, paths: Sequence[str]) -> str:
    """Files that somebody had put into the output folder, a line each."""
    return "\n".join(f"  {folder.name}/{path}" for path in paths)


def _memo(root: Path) -> Memo:
    """What earlier builds of the project left, as far as it is this program's."""
    return Memo(root / ".cache", code_version(ROOT))


def _build(arguments: argparse.Namespace, options: Options, root: Path, log: Callable[[str], None]) -> int:
    out = (Path.cwd() / (arguments.out or "dist")).absolute()
    facts, counts = build_into(out, root, options, anew=arguments.clean)
    if facts["untranslated"]:
        log(owner.say("untranslated", options.lang, count=facts["untranslated"].count("\n") + 1))
        log(facts["untranslated"])
    if facts["drafts"]:
        log(owner.say("drafts", options.lang))
        log(facts["drafts"])
    if facts.get("moved"):
        log(owner.say("advice", options.lang))
        log(facts["moved"])
    if facts["strays"]:
        log(owner.say("strays", options.lang, folder=out.name))
        log(facts["strays"])
    if facts["sample"]:
        log(owner.say("sample", options.lang))
    log(owner.say("built", options.lang, pages=facts["pages"], folder=out.name, **counts))
    return 0


def _check(_arguments: argparse.Namespace, options: Options, root: Path, log: Callable[[str], None]) -> int:
    from sitegen import advice, check, front, parse, source
    from sitegen.builder import Builder

    def read(path: str) -> bytes:
        return (root / path).read_bytes()

    builder = Builder(root, _memo(root))
    # Everything that pages show has to be there, or its address would lead nowhere.
    built = builder.build(options.replace(drawings=True, share_pictures=False))
    site, seen = built.catalog.settings, source.look(root)
    mistakes = check.check(built.outputs, site.base_url, site.action)
    saved = {path: moment for path, (moment, size) in seen.items() if size >= 0}
    texts = [path for path in saved if source.is_text(path)]
    hints = [
        *built.drafts,
        *advice.advise(built.catalog, lambda path, f: parse.line_of(f, read(path), path)),
        *advice.samples_left(built.catalog, source.SETTINGS),
        *advice.older_translations(built.catalog, saved),
        *advice.languages_off(texts, site, source.SETTINGS),
        *advice.small_photos(builder.making.materials.photos),
        *(hint for path in texts for hint in advice.bare_pictures(path, front.decode(read(path), path)[0])),
        *advice.left_out(saved, texts, (photo.path for photo in source.photos(seen))),
    ]
    if mistakes:
        log(owner.report([parse.quoted(found, read) for found in mistakes], options.lang))
    if hints:
        log(owner.say("advice", options.lang))
        log("\n".join(owner.tell(parse.quoted(hint, read), options.lang) for hint in by_place(hints)))
    if site.sample:
        log(owner.say("sample", options.lang))
    if not mistakes:
        log(owner.say("checked", options.lang, advice=len(hints)))
    return 1 if mistakes else 0


def _serve(arguments: argparse.Namespace, options: Options, root: Path, log: Callable[[str], None]) -> int:
    import threading

    from sitegen.builder import Builder
    from sitegen.preview.serve import serve
    from sitegen.workshop import Workshop

    builder = Builder(root, _memo(root))
    # One of their own, that remembers nothing on disk: drafts and the site never mix.
    drafts, one_at_a_time = Builder(root, Memo(root / ".cache" / "none", code_version(ROOT))), threading.Lock()

    def stage(changed: Collection[str]) -> Staged:
        # Ages change at midnight in a preview that is left open, so the day is asked for anew.
        return builder.stage(options.replace(today=today(), share_pictures=False), changed)

    def draft(overlay: Overlay) -> Built:
        with one_at_a_time:
            return drafts.build(options.replace(today=today(), share_pictures=False), overlay)

    def publisher(look: bool, say: Callable[[str], None]) -> int:
        wanted = argparse.Namespace(dry_run=look, yes=not look)
        return _publish(wanted, options.replace(today=today()), root, say)

    workshop = Workshop(root, draft=draft, lang=options.lang, today=today, publisher=publisher)
    return serve(root, stage, workshop, port=arguments.port, lang=options.lang, log=log, environment=os.environ)


def _new(arguments: argparse.Namespace, options: Options, root: Path, log: Callable[[str], None]) -> int:
    from sitegen.workshop.new import new_puppy

    original, *others = new_puppy(root, arguments.name or "Bé mới", options.lang, options.today)
    log(owner.say("new", options.lang, path=original, translation=", ".join(others)))
    return 0


def _publish(arguments: argparse.Namespace, options: Options, root: Path, log: Callable[[str], None]) -> int:
    from sitegen import publish
    from sitegen.builder import Builder
    from sitegen.errors import problem

    built = Builder(root, _memo(root)).build(options.replace(production=True))
    site = built.catalog.settings
    if site.publish is None:
        raise ContentError([problem("site.yaml", 0, "no-publish")])
    return publish.command(
        built.outputs, built.table, site, site.publish, root,
        lang=options.lang, dry=arguments.dry_run, yes=arguments.yes, log=log,
    )  # fmt: skip


def _doctor(arguments: argparse.Namespace, options: Options, root: Path, log: Callable[[str], None]) -> int:
    from sitegen import doctor
    from sitegen.builder import Builder
    from sitegen.doctor.settings import read_environment

    builder = Builder(root, _memo(root))
    look = options.replace(share_pictures=False)
    mistakes: tuple[Problem, ...] = ()
    try:
        built = builder.build(look.replace(production=True))
    except ContentError as error:
        # What only a real shop must not hold is told among the rest; any other mistake comes up again and ends it here.
        mistakes = error.problems
        built = builder.build(look.replace(production=False))
    stated = read_environment(arguments.env.read_text(encoding="utf-8-sig")) if arguments.env else {}
    return doctor.command(
        built.outputs, built.table, built.catalog.settings, {**os.environ, **stated},
        selectors=arguments.selector, send=arguments.send_test, log=log, mistakes=mistakes,
    )  # fmt: skip


def _package(arguments: argparse.Namespace, options: Options, root: Path, log: Callable[[str], None]) -> int:
    from sitegen import package

    for path in package.package(root, arguments.out or root / "packages"):
        log(owner.say("packed", options.lang, path=path.name, size=path.stat().st_size // 1000))
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "command",
        nargs="?",
        default="build",
        choices=("build", "serve", "check", "new", "publish", "doctor", "package"),
        help="build (the default) makes the site; serve previews it, form and all; check looks for faults; new NAME"
        " makes a puppy's folder; publish shows what changes, asks, and sends it; doctor examines mail, domain and"
        " site; package zips the function for each host",
    )
    parser.add_argument("name", nargs="?", help="with new: the puppy's name")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the site goes (dist), or the zips (packages)")
    parser.add_argument("--production", action="store_true", help="refuse sample data and sample values")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes to work on (one a core)")
    parser.add_argument("--no-pictures", action="store_true", help="draw neither portraits nor share pictures")
    parser.add_argument("--clean", action="store_true", help="make everything anew, take nothing from the old site")
    parser.add_argument("--port", type=int, default=8000, help="where the preview listens (8000)")
    parser.add_argument("--dry-run", action="store_true", help="publish: only show what would change")
    parser.add_argument("--yes", action="store_true", help="publish: do not ask")
    parser.add_argument("--env", type=Path, metavar="FILE", help="doctor: the function's settings, NAME=value a line")
    parser.add_argument("--selector", action="append", default=[], help="doctor: a DKIM selector to look for")
    parser.add_argument("--send-test", action="store_true", help="doctor: send one marked letter to the shop")
    return parser


if __name__ == "__main__":
    try:
        status = main()
    except BrokenPipeError:
        status = 141  # 128 + SIGPIPE: whoever was listening has gone
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    # Without taking apart, value by value, what a build has made: the system frees it at once, Python in a tenth of the
    # build's time.
    os._exit(status)
