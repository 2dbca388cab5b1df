"""What the publish button needs from the command line's `publish`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing would do. `command` is what will be run; `mistakes` (already in words) forbid it."""

    command: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went; `said` is the host's own output."""

    good: bool
    said: str


class Publisher(Protocol):
    """Given by build.py when a host is set up. Both build for production and may take seconds."""

    def plan(self) -> Plan:
        """What would change on the internet. Never raises: what is wrong stands in `mistakes`."""

    def run(self) -> Outcome:
        """Publish. Never raises."""
