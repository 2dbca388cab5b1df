"""Publishing: the host's folder is whole, what changes is shown first, and only what happened is remembered."""

from __future__ import annotations

import io
import json
import shutil
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from sitegen import headers, hosts, package, publish
from sitegen.errors import ContentError
from sitegen.model import Output, Publication
from tests.deploy.servers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import build
    from sitegen.model import Settings

TABLE = headers.host_table(["'sha256-abc='"], {}, {"/": "/404.html", "/en/": "/en/404.html"})
PAGES = [
    Output("index.html", b"<!doctype html><title>Milu</title>" + b"<p>Xin ch\xc3\xa0o</p>" * 200, "test"),
    Output("404.html", b"<!doctype html>", "test"),
    Output("_headers", b"another host's", "test"),
]


def deployment(host: str) -> hosts.Deployment:
    kit = {name: text.decode() for name, text in publish.read_kit(ROOT, host).items()}
    return hosts.Deployment("miluxinh.example", kit=kit)


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The function for every host, as `package` makes it."""
    paths = package.package(ROOT, tmp_path_factory.mktemp("zips"))
    return {path.stem.rpartition("-")[2]: path.read_bytes() for path in paths}


def staged(host: str, zips: dict[str, bytes]) -> dict[str, bytes]:
    outputs = publish.stage(
        host, PAGES, TABLE, deployment(host), function=zips.get(host, b""), kit=publish.read_kit(ROOT, host)
    )
    assert len({output.path for output in outputs}) == len(outputs)
    return {output.path: output.content for output in outputs if isinstance(output.content, bytes)}


WHOLE = {
    "vercel": {"public/index.html", "vercel.json", "api/index.py", "inquiry/handler.py", "requirements.txt"},
    "aws": {"site/index.html", "template.json", "publish_aws.py", "function/aws_lambda.py",
            "function/email_validator/__init__.py"},
    "google": {"site/index.html", "firebase.json", "function/main.py", "function/requirements.txt"},
    "azure": {"site/index.html", "site/staticwebapp.config.json", "api/function_app.py", "api/host.json"},
    "cloudflare": {"site/index.html", "site/_headers", "functions/api/inquiry.js"},
    "netlify": {"site/index.html", "site/_headers", "site/_redirects"},
    "server": {"site/index.html", "site/index.html.br", "site/index.html.gz", "nginx.conf", "Caddyfile",
               "Containerfile", "arrive.sh", "milu-xinh-inquiry.service", "function/wsgi.py",
               "function/gunicorn.conf.py", "function/inquiry/send.py"},
}  # fmt: skip


@pytest.mark.parametrize("host", hosts.HOSTS)
def test_a_hosts_folder_holds_pages_function_and_configuration(host: str, zips: dict[str, bytes]) -> None:
    files = staged(host, zips)
    assert WHOLE[host] <= files.keys()
    assert not any("README" in path or "__pycache__" in path for path in files)
    assert b"another host's" not in files.values()


@pytest.mark.parametrize("host", hosts.HOSTS)
def test_every_host_has_commands_and_a_page_of_words_in_both_languages(host: str) -> None:
    assert publish.commands(host, "shop")
    for lang in ("vi", "en"):
        assert (ROOT / "deploy" / host / f"README.{lang}.md").read_text(encoding="utf-8").startswith("# ")


def test_no_host_is_given_a_secret(zips: dict[str, bytes]) -> None:
    for host in hosts.HOSTS:
        for path, content in staged(host, zips).items():
            assert b"smtps://" not in content or path.endswith((".py", ".example")), (host, path)


def test_the_vercel_folder_keeps_the_functions_own_routes_out(zips: dict[str, bytes]) -> None:
    """The zip's vercel.json is for the function alone; the folder's speaks for both."""
    assert "routes" in json.loads(staged("vercel", zips)["vercel.json"])
    with zipfile.ZipFile(io.BytesIO(zips["vercel"])) as archive:
        assert "routes" not in json.loads(archive.read("vercel.json"))


def outputs(**texts: str) -> list[Output]:
    return [Output(f"{name}.html", text.encode(), "test") for name, text in texts.items()]


def good(folder: Path) -> list[list[str]]:
    """A host's command that works, and leaves a trace."""
    return [[sys.executable, "-c", f"open({str(folder / 'sent')!r}, 'a').write('x')"]]


def test_what_will_change_is_shown_before_it_is_sent(tmp_path: Path) -> None:
    folder, published = tmp_path / "folder", tmp_path / "published.json"
    first = publish.prepare(outputs(a="1", b="1", c="1"), folder, published)
    assert (first.added, first.first) == (("a.html", "b.html", "c.html"), True)
    publish.publish(good(tmp_path), folder, published)
    second = publish.prepare(outputs(a="1", b="2", d="1"), folder, published)
    assert (second.added, second.changed, second.removed, second.same) == (("d.html",), ("b.html",), ("c.html",), 1)
    assert "~ b.html" in publish.tell(second, "vi")
    assert "1 mới, 1 sửa, 1 bỏ, 1 giữ nguyên." in publish.tell(second, "vi")
    assert "1 new, 1 changed, 1 gone, 1 as they are." in publish.tell(second, "en")


def test_a_failed_command_is_named_and_nothing_is_remembered(tmp_path: Path) -> None:
    folder, published = tmp_path / "folder", tmp_path / "published.json"
    publish.prepare(outputs(a="1"), folder, published)
    failing = [[sys.executable, "-c", "raise SystemExit(3)"], *good(tmp_path)]
    with pytest.raises(ContentError) as caught:
        publish.publish(failing, folder, published)
    assert [problem.code for problem in caught.value.problems] == ["tool-failed"]
    assert not published.exists()
    assert not (tmp_path / "sent").exists()


def test_a_missing_tool_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    publish.prepare(outputs(a="1"), folder, tmp_path / "published.json")
    with pytest.raises(ContentError) as caught:
        publish.publish([["no-such-tool-of-any-host"]], folder, tmp_path / "published.json")
    assert [problem.code for problem in caught.value.problems] == ["no-tool"]


def ready(shop: build.Built) -> Settings:
    """The shop as if its owner had put everything real in it."""
    return shop.catalog.settings.replace(sample=False)


def pages(shop: build.Built) -> list[Output]:
    return [output for output in shop.outputs if not output.path.startswith("_")]


def project(tmp_path: Path) -> Path:
    """A project with this function and these kits, and caches of its own."""
    for name in ("functions", "deploy"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("answer", ["", "không"])
def test_nothing_goes_out_without_a_yes(shop: build.Built, tmp_path: Path, answer: str) -> None:
    told: list[str] = []
    done = publish.command(
        pages(shop), shop.table, ready(shop), Publication("vercel", "milu"), project(tmp_path),
        lang="vi", dry=False, yes=False, log=told.append, ask=lambda _question: answer,
    )  # fmt: skip
    assert done == 0
    assert told[-1].startswith("Chưa xuất bản gì.")
    assert (tmp_path / ".cache/publish/vercel/public/index.html").exists()
    assert not (tmp_path / ".cache/published/vercel.json").exists()


def test_a_trial_never_asks(shop: build.Built, tmp_path: Path) -> None:
    def nobody(question: str) -> str:
        raise AssertionError(question)

    told: list[str] = []
    publish.command(
        pages(shop), shop.table, ready(shop), Publication("netlify", "milu", "https://form.internal"),
        project(tmp_path), lang="en", dry=True, yes=True, log=told.append, ask=nobody,
    )  # fmt: skip
    assert "First time from this machine." in told[0]
    assert told[-1].startswith("Nothing was published.")


def test_a_sample_shop_is_never_published(shop: build.Built, tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        publish.command(
            pages(shop), shop.table, ready(shop).replace(sample=True), Publication("vercel", "milu"), tmp_path,
            lang="vi", dry=True, yes=True, log=print,
        )  # fmt: skip
    assert [problem.code for problem in caught.value.problems] == ["sample-site"]


def test_a_shop_with_faults_is_never_published(shop: build.Built, tmp_path: Path) -> None:
    broken = [*pages(shop), Output("x/index.html", b'<html lang="vi"><a href="/khong-co/">x</a>', "test")]
    with pytest.raises(ContentError) as caught:
        publish.command(
            broken, shop.table, ready(shop), Publication("vercel", "milu"), tmp_path,
            lang="vi", dry=True, yes=True, log=print,
        )  # fmt: skip
    assert "broken-link" in {problem.code for problem in caught.value.problems}


def test_when_nothing_changed_that_is_said(tmp_path: Path) -> None:
    folder, published = tmp_path / "folder", tmp_path / "published.json"
    publish.prepare(outputs(a="1"), folder, published)
    publish.publish(good(tmp_path), folder, published)
    plan = publish.prepare(outputs(a="1"), folder, published)
    assert plan.empty
    assert publish.tell(plan, "vi") == "Không có gì thay đổi."
