"""The form as HTML: the site's templates and the function's own pages both show this one. Pure; no inline script or
style."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from inquiry import contact as links
from inquiry import form, words
from inquiry.contact import Contact
from inquiry.form import Fault, Field, Kind


class PolicyLink(NamedTuple):
    """The privacy policy's version, and its address in the form's language."""

    version: str
    url: str


class PuppyChoice(NamedTuple):
    """`value` as it travels, `Bông (MX-024) | /cun/bong/`; `label` as it is shown."""

    value: str
    label: str


class Aids(NamedTuple):
    """Addresses of what `inquiry.js` works with: of `kit()` as a file, and of `puzzle.js`."""

    kit: str
    puzzle: str


def form_html(
    lang: str,
    *,
    policy: PolicyLink,
    puppies: Sequence[PuppyChoice] = (),
    values: Mapping[str, str] | None = None,
    faults: Sequence[Fault] = (),
    action: str = form.ACTION,
    contact: Contact | None = None,
    aids: Aids | None = None,
    checked: str = "",
) -> str:
    """Return the form in `lang`.

    `values` and `faults` show again what was typed and what is wrong with it. One puppy is shown as text, several as
    a choice. `contact` gives the ways around the form; `aids` are what inquiry.js, which the page has to load, works
    with; `checked` is the signed time of the "check and send" page.
    """
    values, say = values or {}, words.FORM[lang]
    wrong = {fault.field: fault.code for fault in faults}
    rows = []
    for field in form.FIELDS:
        match field.kind:
            case Kind.TICK:
                rows.append(_tick(lang, field, values, wrong, policy))
            case Kind.HIDDEN if field.name == "puppy":
                rows.append(_puppy(lang, puppies, values))
            case Kind.HIDDEN | Kind.CHOICE:
                fixed = {"policy": policy.version, "language": lang}
                rows.append(_hidden(field.name, fixed[field.name]))
            case _:
                rows.append(_field(lang, field, values, wrong))
    work = f' data-kit="{escape(aids.kit)}" data-puzzle="{escape(aids.puzzle)}"' if aids else ""
    return "".join(
        (
            f'<form class="inquiry" id="inquiry" method="post" action="{escape(action)}" '
            f'accept-charset="utf-8" lang="{lang}"'
            f' aria-label="{escape(say["title"])}" novalidate{work}>',
            _summary(lang, faults),
            *rows,
            f'<p class="inquiry__trap"><label '
            f'for="inquiry-{form.TRAP}">{escape(words.LABELS[lang]["leave_empty"])}</label>'
            f'<input id="inquiry-{form.TRAP}" name="{form.TRAP}" tabindex="-1" autocomplete="off"></p>',
            _hidden(form.CHECKED, checked) if checked else "",
            f'<p class="inquiry__actions"><button class="inquiry__submit" type="submit">'
            f"{escape(say['resubmit' if checked else 'submit'])}</button></p>",
            '<div class="inquiry__status" role="status" tabindex="-1"></div>',
            reach_html(lang, contact),
            "</form>",
        )
    )


def reach_html(lang: str, contact: Contact | None, text: str = "") -> str:
    """Return the ways around the form as links: phone, Zalo, and the visitor's own mail program with `text` filled
    in."""
    if contact is None or not (contact.phone or contact.zalo or contact.email):
        return ""
    say, ways = words.FORM[lang], []
    if contact.phone:
        ways.append((links.tel(contact.phone), f"{say['call']} {links.shown(contact.phone)}", "phone"))
    if contact.zalo:
        ways.append((links.zalo(contact.zalo), say["zalo"], "zalo"))
    if contact.email:
        ways.append((links.mailto(contact.email, say["subject"], text), say["mail"], "mail"))
    items = "".join(
        f'<li><a class="inquiry__way inquiry__way--{way}" href="{escape(href)}">{escape(name)}</a></li>'
        for href, name, way in ways
    )
    return f'<div class="inquiry__reach"><p>{escape(say["reach"])}</p><ul class="inquiry__ways">{items}</ul></div>'


def recap(lang: str, values: Mapping[str, str]) -> str:
    """Return what was typed as plain text, for a mail that the visitor sends."""
    shown = [field for field in form.FIELDS if field.kind in (Kind.WORDS, Kind.PHONE, Kind.EMAIL, Kind.LINES)]
    lines = [f"{words.LABELS[lang][field.name]}: {values[field.name]}" for field in shown if values.get(field.name)]
    puppy = values.get("puppy", "").rpartition(" | ")
    return "\n".join([*lines, *([f"{words.LABELS[lang]['puppy']}: {puppy[0] or puppy[2]}"] if puppy[2] else [])])


def _field(lang: str, field: Field, values: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    say, hint = words.FORM[lang], words.HINTS[lang].get(field.name, "")
    attributes = {
        "class": "inquiry__input",
        "id": f"inquiry-{field.name}",
        "name": field.name,
        "autocomplete": field.autocomplete,
        "inputmode": field.inputmode,
        **_described(field, wrong, bool(hint)),
    }
    value = escape(values.get(field.name, ""))
    if field.kind is Kind.LINES:
        rows = 2 if field.autocomplete else 5
        # The parser drops one line break right after the tag, so one is given away.
        control = f'<textarea rows="{rows}"{_attributes(attributes, field.required)}>\n{value}</textarea>'
    else:
        typed = {Kind.EMAIL: "email", Kind.PHONE: "tel"}.get(field.kind, "text")
        control = f'<input type="{typed}" value="{value}"{_attributes(attributes, field.required)}>'
    note = say["required" if field.required else "optional"]
    return (
        f'<div class="inquiry__field"><label class="inquiry__label" '
        f'for="inquiry-{field.name}">{escape(words.LABELS[lang][field.name])} '
        f'<span class="inquiry__note">({escape(note)})</span></label>'
        + (f'<p class="inquiry__hint" id="inquiry-{field.name}-hint">{escape(hint)}</p>' if hint else "")
        + control
        + _error(lang, field, wrong)
        + "</div>"
    )


def _tick(lang: str, field: Field, values: Mapping[str, str], wrong: Mapping[str, str], policy: PolicyLink) -> str:
    say = words.FORM[lang]
    before, placeholder, after = words.CONSENTS[lang][field.name].partition("{policy}")
    # A new tab, because an unfinished inquiry lives in this page alone.
    link = (
        (
            f'<a href="{escape(policy.url)}" target="_blank" rel="noopener">{escape(say["policy"])}'
            f'<span class="inquiry__aside"> ({escape(say["new_tab"])})</span></a>'
        )
        if placeholder
        else ""
    )
    attributes = {
        "class": "inquiry__box",
        "id": f"inquiry-{field.name}",
        "name": field.name,
        **_described(field, wrong, False),
    }
    ticked = " checked" if values.get(field.name) == "yes" else ""
    return (
        f'<div class="inquiry__field inquiry__field--tick"><input type="checkbox" value="yes"{ticked}'
        f'{_attributes(attributes, field.required)}><label class="inquiry__consent" for="inquiry-{field.name}">'
        f"{escape(before)}{link}{escape(after)}</label>{_error(lang, field, wrong)}</div>"
    )


def _puppy(lang: str, puppies: Sequence[PuppyChoice], values: Mapping[str, str]) -> str:
    label, chosen = escape(words.LABELS[lang]["puppy"]), values.get("puppy", "")
    if not puppies:
        return ""
    if len(puppies) == 1:
        return (
            f'<p class="inquiry__puppy"><span class="inquiry__label">{label}:</span> '
            f"{escape(puppies[0].label)}</p>" + _hidden("puppy", puppies[0].value)
        )
    options = ""
    for choice in (PuppyChoice("", words.FORM[lang]["no_puppy"]), *puppies):
        selected = " selected" if choice.value == chosen else ""
        options += f'<option value="{escape(choice.value)}"{selected}>{escape(choice.label)}</option>'
    return (
        f'<div class="inquiry__field"><label class="inquiry__label" for="inquiry-puppy">{label} '
        f'<span class="inquiry__note">({escape(words.FORM[lang]["optional"])})</span></label>'
        f'<select class="inquiry__input" id="inquiry-puppy" name="puppy">{options}</select></div>'
    )


def _summary(lang: str, faults: Sequence[Fault]) -> str:
    """Return the list of mistakes above the form, each leading to its field."""
    if not faults:
        return ""
    items = "".join(
        f'<li><a href="#inquiry-{escape(fault.field)}">{escape(message(lang, fault))}</a></li>' for fault in faults
    )
    return (
        f'<div class="inquiry__summary" '
        f'role="alert"><p>{escape(words.FORM[lang]["summary"].format(count=len(faults)))}</p>'
        f"<ul>{items}</ul></div>"
    )


def message(lang: str, fault: Fault) -> str:
    """Return a mistake in words."""
    limit = next(field.limit for field in form.FIELDS if field.name == fault.field)
    return words.fault(lang, fault.field, fault.code, limit)


def _error(lang: str, field: Field, wrong: Mapping[str, str]) -> str:
    code = wrong.get(field.name)
    text = escape(message(lang, Fault(field.name, code))) if code else ""
    return f'<p class="inquiry__error" id="inquiry-{field.name}-error"{"" if text else " hidden"}>{text}</p>'


def _described(field: Field, wrong: Mapping[str, str], hint: bool) -> dict[str, str]:
    ids = [f"inquiry-{field.name}-hint"] * hint + [f"inquiry-{field.name}-error"] * (field.name in wrong)
    return {"aria-describedby": " ".join(ids), "aria-invalid": "true" if field.name in wrong else ""}


def _attributes(attributes: Mapping[str, str], required: bool) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value) + (
        " required" if required else ""
    )


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def kit(lang: str, contact: Contact | None) -> str:
    """Return what `inquiry.js` needs, made from the contract: rules, limits and words, as JSON. It is the same for
    every form in `lang`, so it is a file of its own."""
    asked = [field for field in form.FIELDS if field.kind not in (Kind.HIDDEN, Kind.CHOICE)]
    rules = {
        "thanks": f"{form.THANKS[lang]}?{form.REFERENCE_PARAMETER}=",
        "fields": {
            field.name: {
                "limit": field.limit,
                "required": field.required,
                "pattern": form.PATTERNS.get(field.kind, ""),
                "label": words.LABELS[lang][field.name],
                "say": {
                    code: words.fault(lang, field.name, code, field.limit)
                    for code in ("required", "too_long", "malformed")
                },
            }
            for field in asked
        },
        "say": {
            **{
                key: words.FORM[lang][key]
                for key in ("sending", "checking", "accepted", "summary", "unavailable", "subject")
            },
            **{
                code: [words.TITLES[lang][code], words.MESSAGES[lang][code]]
                for code in ("invalid", "not_sent", "unknown")
            },
        },
        "email": contact.email if contact else "",
    }
    return json.dumps(rules, ensure_ascii=False, separators=(",", ":"))
