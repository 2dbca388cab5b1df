"""AWS: `template.json` out of the kit's `template.yaml` and the table, and `function.js`, which the template carries.

CloudFront knows one page for lost visitors, not one a language: /404.html, which links to the English shop."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import yaml

from sitegen.hosts.deployment import WRITTEN, as_json, merged, spellings
from sitegen.model import Output

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.headers import HostTable
    from sitegen.hosts.deployment import Deployment

_ADDRESSES = """// {written}
const MOVED = {moved};

function handler(event) {{
  const request = event.request;
  const moved = MOVED[request.uri];
  if (moved) return lead(moved);
  if (request.uri.endsWith("/")) {{
    request.uri += "index.html";
  }} else if (!request.uri.slice(request.uri.lastIndexOf("/")).includes(".")) {{
    return lead(request.uri + "/");
  }}
  return request;
}}

function lead(address) {{
  return {{ statusCode: 301, statusDescription: "Moved Permanently", headers: {{ location: {{ value: address }} }} }};
}}
"""
_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # AWS's own cache policy: CachingDisabled
_FORWARD = "b689b0a8-53d0-40ab-baf2-68738e2966ac"  # AWS's own origin request policy: AllViewerExceptHostHeader


def files(table: HostTable, deployment: Deployment) -> tuple[Output, ...]:
    """The stack as CloudFormation takes it. Without the kit's text in `deployment` there is only `function.js`."""
    pairs = {old: quote(new) for was, new in sorted(table.redirects.items()) for old in spellings(was)}
    moved = json.dumps(pairs, indent=1, ensure_ascii=False)
    code = _ADDRESSES.format(written=WRITTEN, moved=moved)
    script = Output("function.js", code.encode(), "hosts")
    text = deployment.kit.get("template.yaml")
    return (script, as_json("template.json", _template(text, table, deployment, code))) if text else (script,)


def _template(text: str, table: HostTable, deployment: Deployment, code: str) -> Mapping[str, object]:
    template: dict[str, Any] = yaml.safe_load(text)
    resources = template["Resources"]
    resources["Addresses"]["Properties"]["FunctionCode"] = code
    config = resources["Distribution"]["Properties"]["DistributionConfig"]
    pages = config["DefaultCacheBehavior"]
    prefixes = [rule.pattern.removesuffix("*") for rule in table.rules]
    for prefix in prefixes:
        resources[_name(prefix)] = _policy(prefix, merged(table)[prefix])
    config["CacheBehaviors"] = [
        _inquiry(deployment),
        *(_behaviour(pages, prefix) for prefix in prefixes if prefix != "/"),
    ]
    here = {"Fn::GetAtt": ["Addresses", "FunctionARN"]}
    pages["FunctionAssociations"] = [{"EventType": "viewer-request", "FunctionARN": here}]
    pages["ResponseHeadersPolicyId"] = {"Ref": _name("/")}
    return template


def _inquiry(deployment: Deployment) -> dict[str, object]:
    """The form's address: never kept, everything handed on, its replies untouched."""
    return {
        "PathPattern": deployment.action,
        "TargetOriginId": "inquiry",
        "ViewerProtocolPolicy": "https-only",
        "AllowedMethods": ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
        "CachePolicyId": _DISABLED,
        "OriginRequestPolicyId": _FORWARD,
    }


def _behaviour(pages: Mapping[str, object], prefix: str) -> dict[str, object]:
    return {**pages, "PathPattern": f"{prefix}*", "ResponseHeadersPolicyId": {"Ref": _name(prefix)}}


def _name(prefix: str) -> str:
    """`/share/` → `HeadersOfShare`."""
    return "HeadersOf" + ("".join(part.title() for part in prefix.split("/")) or "Pages")


def _policy(prefix: str, headers: Mapping[str, str]) -> dict[str, object]:
    """A response headers policy. CloudFront takes the headers of security in fields of their own, and only there."""
    security: dict[str, object] = {}
    custom = []
    for name, value in headers.items():
        match name:
            case "Content-Security-Policy":
                security["ContentSecurityPolicy"] = {"ContentSecurityPolicy": value, "Override": True}
            case "Strict-Transport-Security":
                age = int(value.partition("max-age=")[2].partition(";")[0])
                security["StrictTransportSecurity"] = {
                    "AccessControlMaxAgeSec": age,
                    "IncludeSubdomains": "includeSubDomains" in value,
                    "Preload": "preload" in value,
                    "Override": True,
                }
            case "X-Content-Type-Options":
                security["ContentTypeOptions"] = {"Override": True}
            case "X-Frame-Options":
                security["FrameOptions"] = {"FrameOption": value, "Override": True}
            case "Referrer-Policy":
                security["ReferrerPolicy"] = {"ReferrerPolicy": value, "Override": True}
            case _:
                custom.append({"Header": name, "Value": value, "Override": True})
    named = {"Fn::Sub": f"${{AWS::StackName}}-{_name(prefix)}"}
    config = {"Name": named, "SecurityHeadersConfig": security, "CustomHeadersConfig": {"Items": custom}}
    return {"Type": "AWS::CloudFront::ResponseHeadersPolicy", "Properties": {"ResponseHeadersPolicyConfig": config}}
