"""`python build.py doctor`: is the shop on the internet in good health? Every finding comes with the next step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen import owner
from sitegen.doctor.domain import check_domain
from sitegen.doctor.finding import Finding
from sitegen.doctor.mail import check_mail, send_test
from sitegen.doctor.settings import check_settings, domain_of, read_environment
from sitegen.doctor.site import Deployed, check_site, deployed
from sitegen.doctor.words import HEADINGS, Grade, grade, report
from sitegen.doctor.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sitegen.errors import Problem
    from sitegen.headers import HostTable
    from sitegen.model import Output
    from sitegen.model import Settings as Site

__all__ = [
    "Deployed", "Finding", "Patient", "World", "command", "deployed", "examine", "healthy", "read_environment",
    "report",
]  # fmt: skip

Findings = dict[str, list[Finding]]
"""What was found, under each heading of `words.HEADINGS`."""


@dataclass(frozen=True, slots=True)
class Patient:
    """Who is examined: the site that should be out there, and the function's settings as the host has them.
    `selectors` are the DKIM selectors that the mail provider named; `send` asks for one real letter."""

    site: Deployed
    environ: Mapping[str, str]
    selectors: Sequence[str] = field(default=())
    send: bool = False


def examine(patient: Patient, world: World) -> Findings:
    """Look at everything; one trouble does not hide the next."""
    settings, first = check_settings(patient.environ, patient.site.base_url)
    findings: Findings = {heading: [] for heading in HEADINGS}
    findings["settings"] = first
    if settings:
        sender, recipient = domain_of(settings.sender), domain_of(settings.to)
        findings["domain"] = check_domain(sender, recipient, world.resolver, patient.selectors)
        findings["mail"] = check_mail(settings, world)
        if patient.send:
            findings["mail"] += send_test(settings, world)
    findings["site"] = check_site(patient.site, world)
    return findings


def healthy(findings: Findings) -> bool:
    """Whether nothing has to be mended (advice may remain)."""
    return all(grade(finding) is not Grade.FAULT for found in findings.values() for finding in found)


def command(
    outputs: Sequence[Output],
    table: HostTable,
    site: Site,
    environ: Mapping[str, str],
    *,
    selectors: Sequence[str],
    send: bool,
    log: Callable[[str], None],
    mistakes: Sequence[Problem] = (),
    world: World | None = None,
) -> int:
    """`python build.py doctor`: 0 when nothing has to be mended, else 1. `environ` is the process's environment, with
    what `--env FILE` says (through `read_environment`) above it; `mistakes` are what a production build refuses
    (samples left in site.yaml)."""
    if mistakes:
        log(owner.report(mistakes, site.owner_language) + "\n")
    out_there = deployed(outputs, table, base_url=site.base_url, languages=site.languages, action=site.action)
    findings = examine(Patient(out_there, environ, tuple(selectors), send), world or World())
    log(report(findings, site.owner_language))
    return 0 if healthy(findings) and not mistakes else 1
