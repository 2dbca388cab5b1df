"""The contract as an OpenAPI 3.1 document. `python -m inquiry.openapi` writes `openapi.yaml` beside the package."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inquiry import body, form, words
from inquiry.answer import STATUSES
from inquiry.form import Field, Kind

Json = Any  # whatever JSON can say
_EXTRA = {"description": "Set by the page or its script; a strange text is never refused", "type": "string"}
_EXAMPLES = {
    "name": "Nguyễn Thị Lan",
    "phone": "0912 345 678",
    "email": "lan@example.com",
    "address": "Phường Bến Nghé, Thành phố Hồ Chí Minh",
    "puppy": "Bông (MX-024) | /cun/bong/",
}


def document() -> dict[str, Json]:
    """Return the document, made from the fields and the outcomes."""
    refused: dict[str, Json] = {}
    for code, status in STATUSES.items():
        if status >= 400 and code != "method":
            # Two codes share 428: the page's step and the script's.
            refused.setdefault(str(status), _content(words.TITLES["en"][code], "Refusal"))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Milu Xinh inquiry",
            "version": "1",
            "description": "Takes one inquiry and says truthfully what became of it. Keeps nothing.",
        },
        "servers": [{"url": "/"}],
        "paths": {
            form.ACTION: {
                "get": {
                    "operationId": "available",
                    "summary": "Whether mail could be sent now",
                    "responses": {"200": _content("Whether mail could be sent now", "Availability")},
                },
                "post": {
                    "operationId": "inquire",
                    "summary": "Send an inquiry",
                    "requestBody": {
                        "required": True,
                        "description": f"At most {body.LIMIT} bytes of UTF-8.",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Inquiry"}},
                            # Nothing may stand in a form twice, so that even what nobody asked for is one text.
                            "application/x-www-form-urlencoded": {
                                "schema": {
                                    "$ref": "#/components/schemas/Inquiry",
                                    "unevaluatedProperties": {"type": "string"},
                                }
                            },
                        },
                    },
                    "responses": {
                        "200": _content("A mail server has taken the letter", "Accepted"),
                        "303": {"description": "The same, for a form: the thank-you page in the form's language"},
                        **dict(sorted(refused.items())),
                    },
                },
            }
        },
        "components": {"schemas": _schemas()},
    }


def _content(description: str, schema: str) -> Json:
    return {
        "description": description,
        "content": {
            "application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}},
            "text/html": {"schema": {"type": "string"}},
        },
    }


def _schemas() -> dict[str, Json]:
    text = {"type": "string"}
    mistake = _object(
        field={"enum": list(form.NAMES)}, code={"enum": ["required", "too_long", "malformed", "not_text"]}, message=text
    )
    puzzle = _object(token=text, seed=text, rounds={"type": "integer"}, bits={"type": "integer"})
    refusal = _object(
        accepted={"const": False},
        code={"enum": [code for code, status in STATUSES.items() if status >= 400]},
        title=text,
        message=text,
    )
    refusal["properties"] |= {"errors": {"type": "array", "items": mistake}, "puzzle": puzzle}
    return {
        "Inquiry": {
            "type": "object",
            "required": [field.name for field in form.FIELDS if field.required],
            "properties": {field.name: _property(field) for field in form.FIELDS} | dict.fromkeys(form.EXTRAS, _EXTRA),
            "maxProperties": body.FIELDS,
        },
        "Accepted": _object(
            accepted={"const": True}, reference={"type": "string", "pattern": "^MX-[0-9A-Z]{8}$"}, message=text
        ),
        "Refusal": refusal,
        "Availability": _object(available={"type": "boolean"}, message=text),
    }


def _object(**properties: Json) -> dict[str, Json]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _property(field: Field) -> Json:
    shown: dict[str, Json] = {"description": words.LABELS["en"][field.name]}
    if field.kind is Kind.TICK:
        return shown | {"enum": [True, "yes"] if field.required else [True, False, "yes", "no", ""]}
    if field.kind is Kind.CHOICE:
        return shown | {"enum": list(form.LANGUAGES)}
    shown |= {"type": "string", "maxLength": field.limit}
    if field.required:
        shown["minLength"] = 1
    if field.kind in form.PATTERNS:
        shown["pattern"] = form.PATTERNS[field.kind]
    if field.name in _EXAMPLES:
        shown["examples"] = [_EXAMPLES[field.name]]
    return shown


def yaml(value: Json, indent: str = "") -> str:
    """Return `value` as block YAML; scalars and keys are written as JSON, which YAML 1.2 contains."""
    if isinstance(value, Mapping) and value:
        lines = (f"{indent}{json.dumps(key, ensure_ascii=False)}:{_after(item, indent)}" for key, item in value.items())
    elif isinstance(value, list) and value:
        lines = (f"{indent}-{_after(item, indent)}" for item in value)
    else:
        return indent + json.dumps(value, ensure_ascii=False) + "\n"
    return "".join(lines)


def _after(item: Json, indent: str) -> str:
    nested = isinstance(item, Mapping | list) and item
    return "\n" + yaml(item, indent + "  ") if nested else " " + json.dumps(item, ensure_ascii=False) + "\n"


TARGET = Path(__file__).parent.parent / "openapi.yaml"

if __name__ == "__main__":
    TARGET.write_text(yaml(document()), encoding="utf-8", newline="\n")
