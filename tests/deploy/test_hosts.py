"""Every host's file says what the one table says, read by the host's own published rules of matching."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from sitegen import headers, hosts, schema
from sitegen.errors import ContentError
from tests.deploy.servers import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOVED = {"/chó/": "/cun/", "/en/old-prices.html": "/en/prices/", "/share/old/": "/cũ hơn/"}
TABLE = headers.host_table(["'sha256-abc='"], MOVED, {"/": "/404.html", "/en/": "/en/404.html"})
TEMPLATE = (ROOT / "deploy" / "aws" / "template.yaml").read_text(encoding="utf-8")
DEPLOYMENT = hosts.Deployment("miluxinh.example", upstream="https://form.example", kit={"template.yaml": TEMPLATE})
PAGES = ("/", "/en/", "/cun/bong/", "/robots.txt", "/404.html")
KEPT = ("/assets/site.12345678.js", "/pictures/a-320.avif", "/drawings/b.svg", "/share/cun/bong.jpg")


def written(host: str) -> dict[str, str]:
    """A host's files by name."""
    return {
        output.path: output.content.decode()
        for output in hosts.files(host, TABLE, DEPLOYMENT)
        if isinstance(output.content, bytes)
    }


def wild(pattern: str, path: str) -> bool:
    """Whether a pattern with `*` or `**` takes a path."""
    return bool(re.fullmatch(re.escape(pattern).replace(r"\*\*", ".*").replace(r"\*", ".*"), path))


def headers_file(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """`_headers` as blocks."""
    blocks: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if not line.startswith(" "):
            blocks.append((line, []))
        else:
            name, _, value = line.strip().partition(": ")
            blocks[-1][1].append((name, value))
    return blocks


def on_netlify(path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pattern, given in headers_file(written("netlify")["site/_headers"]):
        if wild(pattern, path):
            found |= dict(given)
    return found


def on_cloudflare(path: str) -> dict[str, str]:
    """Values of several rules are joined by commas, unless `! Name` took the earlier ones away."""
    found: dict[str, str] = {}
    for pattern, given in headers_file(written("cloudflare")["site/_headers"]):
        for name, value in given if wild(pattern, path) else ():
            if name.startswith("! "):
                found.pop(name[2:], None)
            else:
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def on_vercel(path: str, files: frozenset[str] = frozenset(PAGES + KEPT)) -> tuple[int, str, dict[str, str]]:
    """Walk the routes as Vercel does: (status, what is served, headers)."""
    found: dict[str, str] = {}
    for route in json.loads(written("vercel")["vercel.json"])["routes"]:
        if route.get("handle") == "filesystem":
            if path in files:
                return 200, path, found
        elif match := re.fullmatch(route["src"], path):
            found |= route.get("headers", {})
            if "status" in route and "Location" in route.get("headers", {}):
                return route["status"], re.sub(r"\$1", match[1] if match.re.groups else "", found["Location"]), found
            if "dest" in route:
                return route.get("status", 200), route["dest"], found
    return 404, "", found


def on_google(path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for rule in json.loads(written("google")["firebase.json"])["hosting"]["headers"]:
        if wild(rule["source"], path):
            found |= {header["key"]: header["value"] for header in rule["headers"]}
    return found


def on_azure(path: str) -> dict[str, str]:
    config = json.loads(written("azure")["site/staticwebapp.config.json"])
    found: dict[str, str] = dict(config["globalHeaders"])
    for route in config["routes"]:
        if wild(route["route"], path):
            found |= route.get("headers", {})
            break
    return found


def stack() -> Any:
    return json.loads(written("aws")["template.json"])


def on_aws(path: str) -> dict[str, str]:
    resources = stack()["Resources"]
    config = resources["Distribution"]["Properties"]["DistributionConfig"]
    behaviours = [b for b in config["CacheBehaviors"] if wild(b["PathPattern"], path)]
    behaviour = behaviours[0] if behaviours else config["DefaultCacheBehavior"]
    policy = resources[behaviour["ResponseHeadersPolicyId"]["Ref"]]["Properties"]["ResponseHeadersPolicyConfig"]
    security = policy["SecurityHeadersConfig"]
    hsts = security["StrictTransportSecurity"]
    assert security["ContentTypeOptions"] == {"Override": True}
    return {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "Strict-Transport-Security": f"max-age={hsts['AccessControlMaxAgeSec']}"
        + ("; includeSubDomains" if hsts["IncludeSubdomains"] else ""),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        **{header["Header"]: header["Value"] for header in policy["CustomHeadersConfig"]["Items"]},
    }


HEADERS = {
    "vercel": lambda path: {k: v for k, v in on_vercel(path)[2].items() if k != "Location"},
    "netlify": on_netlify,
    "cloudflare": on_cloudflare,
    "google": on_google,
    "azure": on_azure,
    "aws": on_aws,
}


@pytest.mark.parametrize("host", HEADERS)
@pytest.mark.parametrize("path", PAGES + KEPT)
def test_a_host_gives_every_address_the_headers_of_the_table(host: str, path: str) -> None:
    assert HEADERS[host](path) == headers.headers_for(TABLE, path)


def test_every_host_that_can_be_named_in_the_settings_is_written_and_tested() -> None:
    assert {*HEADERS, "server"} == set(hosts.HOSTS) == set(schema.HOSTS)


@pytest.mark.parametrize("old", MOVED)
def test_an_old_address_leads_to_the_new_one_on_every_host(old: str, browser: Browser) -> None:
    here, new = quote(old), quote(MOVED[old])
    assert on_vercel(here)[:2] == on_vercel(old)[:2] == (301, new)
    assert f"{here} {new} 301!\n" in written("netlify")["site/_redirects"]
    assert f"{here} {new} 301\n" in written("cloudflare")["site/_redirects"]
    google = json.loads(written("google")["firebase.json"])["hosting"]["redirects"]
    assert {"source": old, "destination": new, "type": 301} in google
    azure = json.loads(written("azure")["site/staticwebapp.config.json"])["routes"]
    assert next(route for route in azure if wild(route["route"], here))["redirect"] == new
    assert at_the_edge(browser, here)["headers"] == {"location": {"value": new}}


def at_the_edge(browser: Browser, path: str) -> Any:
    """What the CloudFront function makes of a request: its script, run by a browser."""
    page = browser.new_page()
    try:
        script = written("aws")["function.js"]
        return page.evaluate(f"() => {{ {script}; return handler({{request: {{uri: '{path}'}}}}) }}")
    finally:
        page.close()


def test_cloudfront_finds_the_page_of_a_folder(browser: Browser) -> None:
    assert at_the_edge(browser, "/cun/bong/")["uri"] == "/cun/bong/index.html"
    assert at_the_edge(browser, "/robots.txt")["uri"] == "/robots.txt"
    assert at_the_edge(browser, "/cun/bong")["headers"] == {"location": {"value": "/cun/bong/"}}


def test_a_lost_visitor_meets_their_language_where_the_host_can() -> None:
    """AWS, Google and Azure know one page only; their kits say so."""
    assert on_vercel("/khong-co/")[:2] == (404, "/404.html")
    assert on_vercel("/en/nothing/")[:2] == (404, "/en/404.html")
    lost = written("netlify")["site/_redirects"].splitlines()[-2:]
    assert lost == ["/en/* /en/404.html 404", "/* /404.html 404"]
    assert "404" not in written("cloudflare")["site/_redirects"]  # it looks for the nearest 404.html by itself
    for host in ("aws", "google", "azure"):
        for language in ("vi", "en"):
            assert "404" in (ROOT / "deploy" / host / f"README.{language}.md").read_text(encoding="utf-8"), host


def test_the_form_and_the_pages_share_one_origin_everywhere() -> None:
    assert on_vercel("/api/inquiry") == (200, "/api/index", {})
    assert written("netlify")["site/_redirects"].startswith("/api/inquiry https://form.example/api/inquiry 200!\n")
    assert "https://form.example" in written("cloudflare")["functions/api/inquiry.js"]
    (rewrite,) = json.loads(written("google")["firebase.json"])["hosting"]["rewrites"]
    assert (rewrite["source"], rewrite["run"]["serviceId"]) == ("/api/inquiry", "inquiry")
    config = stack()["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    assert (config["CacheBehaviors"][0]["PathPattern"], config["CacheBehaviors"][0]["TargetOriginId"]) == (
        "/api/inquiry", "inquiry",
    )  # fmt: skip
    assert "ResponseHeadersPolicyId" not in config["CacheBehaviors"][0]


def test_vercel_knows_one_address_a_page() -> None:
    assert on_vercel("/cun/bong")[:2] == (308, "/cun/bong/")


def test_the_aws_stack_satisfies_cfn_lint(tmp_path: Path) -> None:
    path = tmp_path / "template.json"
    path.write_text(written("aws")["template.json"], encoding="utf-8")
    lint = shutil.which("cfn-lint", path=str(Path(sys.executable).parent))
    assert lint, "cfn-lint is one of the test extras"
    run = subprocess.run([lint, "--", str(path)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_aws_stack_holds_no_secret_and_grants_no_more_than_it_needs() -> None:
    resources = stack()["Resources"]
    environment = resources["Inquiry"]["Properties"]["Environment"]["Variables"]
    for name in ("INQUIRY_SMTP", "INQUIRY_SECRET"):
        assert environment[name]["Fn::Sub"].startswith("{{resolve:secretsmanager:")
    (policy,) = resources["InquiryRole"]["Properties"]["Policies"]
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert "ManagedPolicyArns" not in resources["InquiryRole"]["Properties"]
    blocked = resources["Pages"]["Properties"]["PublicAccessBlockConfiguration"]
    assert all(blocked.values())


def test_a_table_that_a_host_cannot_take_is_refused_before_it_is_sent() -> None:
    many = {f"/old-{n:05}-with-a-long-name/": "/cun/" for n in range(400)}
    with pytest.raises(ContentError) as caught:
        hosts.files("aws", TABLE.replace(redirects=many), DEPLOYMENT)
    assert [problem.code for problem in caught.value.problems] == ["host-full"]
    assert hosts.files("vercel", TABLE.replace(redirects=many), DEPLOYMENT)


def test_what_a_web_server_would_read_as_a_variable_is_refused() -> None:
    with pytest.raises(ValueError, match="dollar"):
        hosts.files("server", TABLE.replace(redirects={"/$dollar/": "/"}), DEPLOYMENT)
