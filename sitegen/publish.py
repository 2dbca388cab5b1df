"""The finished site → the host: its folder, what will change, and the host's own commands (I/O: folders, processes).

Nothing goes out before it was shown. Credentials are the host's own tools' business; this program never sees one."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import check, compress, hosts, package, write
from sitegen.errors import ContentError, problem
from sitegen.model import Output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sitegen.headers import HostTable
    from sitegen.model import Publication, Settings

FUNCTION_FOLDER: Mapping[str, str] = {
    "vercel": "", "aws": "function/", "google": "function/", "azure": "api/", "server": "function/",
}  # fmt: skip
"""Where each host looks for the function. Netlify and Cloudflare run no Python."""

_VENDOR = ("-m", "pip", "install", "-q", "--only-binary=:all:", "--platform", "manylinux2014_x86_64")
COMMANDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "vercel": (("vercel", "link", "--yes", "--project", "{target}"), ("vercel", "deploy", "--prod", "--yes")),
    "aws": (("{python}", "publish_aws.py", "{target}"),),
    "google": (
        ("gcloud", "run", "deploy", "inquiry", "--source", "function", "--function", "inquiry", "--base-image",
         "python313", "--region", "asia-southeast1", "--allow-unauthenticated", "--project", "{target}"),
        ("firebase", "deploy", "--only", "hosting", "--project", "{target}"),
    ),
    "azure": (
        ("{python}", *_VENDOR, "--python-version", "3.11", "-r", "api/requirements.txt",
         "--target", "api/.python_packages/lib/site-packages"),
        ("swa", "deploy", "site", "--api-location", "api", "--api-language", "python", "--api-version", "3.11",
         "--app-name", "{target}", "--env", "production"),
    ),
    "cloudflare": (("wrangler", "pages", "deploy", "site", "--project-name", "{target}", "--branch", "main"),),
    "netlify": (("netlify", "deploy", "--prod", "--no-build", "--dir", "site", "--site", "{target}"),),
    "server": (
        ("rsync", "-rlt", "--delete", "--compress", "./", "{target}:/srv/milu-xinh/incoming/"),
        ("ssh", "{target}", "sudo", "/usr/local/sbin/milu-xinh-arrive"),
    ),
}  # fmt: skip
"""What is typed in the host's folder, one after another. `{target}` is the owner's name for the place: a project, a
stack, an app, or an address for ssh."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing would change, path by path, against what was published last from this machine."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int
    first: bool

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.removed)


def stage(
    host: str,
    pages: Iterable[Output],
    table: HostTable,
    deployment: hosts.Deployment,
    *,
    function: bytes = b"",
    kit: Mapping[str, bytes] | None = None,
) -> list[Output]:
    """The host's whole folder. `function` is the zip that `package` makes for this host, `kit` the files in the host's
    folder under `deploy/`, by name. Raises `ContentError` when the host cannot take the table."""
    # `_headers` and `_redirects` are this host's or nobody's.
    pages = [output for output in pages if output.path not in ("_headers", "_redirects")]
    if host == "server":
        pages += compress.compress(pages)
    found = {f"{hosts.SITE_FOLDER[host]}/{output.path}": output.content for output in pages}
    if host in FUNCTION_FOLDER and function:
        with zipfile.ZipFile(io.BytesIO(function)) as archive:
            found |= {FUNCTION_FOLDER[host] + name: archive.read(name) for name in archive.namelist()}
    found |= {name: text for name, text in (kit or {}).items() if not name.startswith("README")}
    found |= {output.path: output.content for output in hosts.files(host, table, deployment)}
    return [Output(path, content, "publish") for path, content in sorted(found.items())]


def read_kit(root: Path, host: str) -> dict[str, bytes]:
    """The hand-written files of a host's kit, by path within it."""
    folder = root / "deploy" / host
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def prepare(staged: Iterable[Output], folder: Path, published: Path) -> Plan:
    """Make `folder` hold exactly what is staged; return how it differs from what `published` (a file) remembers."""
    write.write(staged, folder)
    new = _manifest(folder / write.MARK)
    old = _manifest(published)
    kept = new.keys() & old.keys()
    return Plan(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(path for path in kept if new[path] != old[path])),
        removed=tuple(sorted(old.keys() - new.keys())),
        same=sum(new[path] == old[path] for path in kept),
        first=not published.exists(),
    )


def commands(host: str, target: str) -> list[list[str]]:
    """The host's commands with the owner's names in them."""
    return [[part.format(target=target, python=sys.executable) for part in command] for command in COMMANDS[host]]


def publish(
    commands: Sequence[Sequence[str]],
    folder: Path,
    published: Path,
    *,
    run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run,
) -> None:
    """Type the commands in `folder`; when all went well, remember in `published` what is out there now. Raises
    `ContentError` naming the tool that is missing or the command that failed; then nothing is remembered."""
    for command in commands:
        # On Windows the hosts' tools are .cmd files, which only their full name starts.
        program = shutil.which(command[0])
        if program is None:
            raise ContentError([problem(command[0], 0, "no-tool", tool=command[0])])
        done = run([program, *command[1:]], cwd=folder, check=False, text=True)
        if done.returncode:
            raise ContentError([problem(command[0], 0, "tool-failed", command=" ".join(command), code=done.returncode)])
    published.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / write.MARK, published)


def _manifest(path: Path) -> dict[str, str]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


SHOWN = 12
"""Paths of each kind that are listed by name."""

_WORDS = {
    "vi": {
        "first": "Lần đầu xuất bản từ máy này.",
        "nothing": "Không có gì thay đổi.",
        "more": "… và {more} tệp nữa",
        "counts": "{added} mới, {changed} sửa, {removed} bỏ, {same} giữ nguyên.",
        "ask": "Xuất bản lên {host} ({target})? Gõ c rồi Enter để đồng ý: ",
        "kept": "Chưa xuất bản gì. Thư mục đã sẵn sàng: {folder}",
        "done": "Đã xuất bản lên {host}. Khám lại:  python build.py doctor --env inquiry.env",
    },
    "en": {
        "first": "First time from this machine.",
        "nothing": "Nothing changes.",
        "more": "… and {more} more",
        "counts": "{added} new, {changed} changed, {removed} gone, {same} as they are.",
        "ask": "Publish to {host} ({target})? Type y and Enter to agree: ",
        "kept": "Nothing was published. The folder is ready: {folder}",
        "done": "Published to {host}. Now examine:  python build.py doctor --env inquiry.env",
    },
}
_YES = frozenset({"c", "có", "co", "y", "yes"})


def tell(plan: Plan, lang: str) -> str:
    """The plan in the owner's language."""
    words = _WORDS[lang]
    lines = [words["first"]] if plan.first else []
    for mark, paths in (("+", plan.added), ("~", plan.changed), ("-", plan.removed)):
        lines += [f"  {mark} {path}" for path in paths[:SHOWN]]
        if len(paths) > SHOWN:
            lines.append(f"  {mark} {words['more'].format(more=len(paths) - SHOWN)}")
    counts = {"added": len(plan.added), "changed": len(plan.changed), "removed": len(plan.removed), "same": plan.same}
    return "\n".join([*lines, words["nothing"] if plan.empty else words["counts"].format(**counts)])


def command(
    outputs: Sequence[Output],
    table: HostTable,
    site: Settings,
    order: Publication,
    root: Path,
    *,
    lang: str,
    dry: bool,
    yes: bool,
    log: Callable[[str], None],
    ask: Callable[[str], str] = input,
) -> int:
    """`python build.py publish`, from a production build to the host; 0 unless something is wrong. Raises
    `ContentError` for a sample shop, for faults in the pages, and for what the host or its tools refuse."""
    if site.sample:
        raise ContentError([problem("site.yaml", 0, "sample-site")])
    if mistakes := check.check(outputs, site.base_url, site.action):
        raise ContentError(mistakes)
    place, published = root / ".cache" / "publish" / order.host, root / ".cache" / "published" / f"{order.host}.json"
    kit = read_kit(root, order.host)
    texts = {name: content.decode("utf-8") for name, content in kit.items()}
    domain = site.base_url.partition("://")[2]
    deployment = hosts.Deployment(domain, site.action, order.function, kit=texts)
    function = b""
    if order.host in FUNCTION_FOLDER:
        zips = {path.stem.rpartition("-")[2]: path for path in package.package(root, root / ".cache" / "function")}
        function = zips[order.host].read_bytes()
    staged = stage(order.host, outputs, table, deployment, function=function, kit=kit)
    log(tell(prepare(staged, place, published), lang))
    words = _WORDS[lang]
    if dry or not (yes or _agreed(words["ask"].format(host=order.host, target=order.target), ask)):
        log(words["kept"].format(folder=place))
        return 0
    publish(commands(order.host, order.target), place, published)
    log(words["done"].format(host=order.host))
    return 0


def _agreed(question: str, ask: Callable[[str], str]) -> bool:
    try:
        return ask(question).strip().lower() in _YES
    except EOFError:  # nobody sits there: a timer, a pipe
        return False
