"""The pages of words say what the program does: settings, commands, limits, and nothing that must not be said."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sitegen import hosts
from sitegen.doctor import read_environment
from tests.deploy.servers import ROOT

DEPLOY = ROOT / "deploy"
PAGES = sorted(DEPLOY.rglob("README.*.md"))


def test_the_example_lists_every_setting_of_the_function() -> None:
    source = (ROOT / "functions/inquiry/settings.py").read_text(encoding="utf-8")
    known = set(re.findall(r'"(INQUIRY_[A-Z_]+)"', source))
    text = (DEPLOY / "inquiry.env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#?(INQUIRY_[A-Z_]+)=", text, re.MULTILINE)) == known
    required = {name for name, value in read_environment(text).items() if value} | {"INQUIRY_SECRET"}
    assert required == {"INQUIRY_TO", "INQUIRY_FROM", "INQUIRY_SMTP", "INQUIRY_SITE", "INQUIRY_SECRET"}


def test_the_first_page_leads_to_every_host_in_both_languages() -> None:
    for lang in ("vi", "en"):
        text = (DEPLOY / f"README.{lang}.md").read_text(encoding="utf-8")
        for host in hosts.HOSTS:
            assert f"({host}/README.{lang}.md)" in text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DEPLOY).as_posix())
def test_a_page_is_a_page_and_leads_nowhere_wrong(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 75
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", [p for p in PAGES if ".vi." in p.name], ids=lambda p: p.parent.name)
def test_both_languages_give_the_same_commands(path: Path) -> None:
    def commands(text: str) -> list[str]:
        # Names that the owner puts in are words of each language.
        blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        return [re.sub(r"\b[A-Z]+-[A-Z]+\b", "…", block) for block in blocks]

    english = path.with_name("README.en.md").read_text(encoding="utf-8")
    assert commands(path.read_text(encoding="utf-8")) == commands(english)


def test_the_workflow_is_one_that_a_git_host_takes() -> None:
    path = DEPLOY / "workflow" / "publish.yml"
    tool = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    assert tool, "check-jsonschema is one of the test extras"
    command = [tool, "--builtin-schema", "vendor.github-workflows", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_workflow_publishes_on_push_and_every_night_and_holds_no_secret() -> None:
    text = (DEPLOY / "workflow" / "publish.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    when = workflow[True]  # YAML 1.1 reads the key "on" as yes
    assert when["push"]["branches"] == ["main"]
    assert when["schedule"] == [{"cron": "10 17 * * *"}]
    assert workflow["permissions"] == {"contents": "read"}
    named = [step["name"] for step in workflow["jobs"]["publish"]["steps"] if "name" in step]
    assert named == ["Install", "Test", "Check", "The host's tool", "Publish"]
    assert re.findall(r"TOKEN: (.*)", text) == ["${{ secrets.VERCEL_TOKEN }}"]


def test_the_page_on_scale_speaks_of_every_host_and_of_its_prices_date() -> None:
    text = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    for name in ("Vercel", "AWS", "Google", "Azure", "Cloudflare", "Netlify", "Own server"):
        assert name in text
    assert "check the host's own page before deciding" in text
