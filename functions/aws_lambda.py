"""The inquiry function on AWS Lambda, behind a Function URL or API Gateway (payload format 2.0):
`aws_lambda.handler`."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from inquiry import body
from inquiry.exchange import Request
from inquiry.service import from_host

service = from_host()


def handler(event: Mapping[str, Any], _context: object) -> dict[str, object]:
    """Return the reply to one event, in the shape that the gateway expects."""
    http = event["requestContext"]["http"]
    headers = {name.lower(): str(value) for name, value in (event.get("headers") or {}).items()}
    content, trouble = _body(event)
    reply = service(Request(http["method"], headers, content, trouble, http.get("sourceIp", "")))
    return {
        "statusCode": reply.status,
        "headers": dict(reply.headers),
        "body": "" if http["method"] == "HEAD" else reply.body.decode("utf-8"),
        "isBase64Encoded": False,
    }


def _body(event: Mapping[str, Any]) -> tuple[bytes, str]:
    text = str(event.get("body") or "")
    try:
        # A body that is marked as base64 and is not must be answered, not raised.
        content = base64.b64decode(text, validate=True) if event.get("isBase64Encoded") else text.encode("utf-8")
    except (binascii.Error, ValueError):
        return b"", "unreadable"
    return body.whole(content)
