"""What the owner is typing, kept until it is saved: a closed window or a power cut loses no words (I/O)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sitegen.workshop.form import Posted
from sitegen.workshop.ledger import write_whole

OWN = ("f.", "w.", "b.", "p.")
"""The fields that are hers."""
BEGAN = ("was.", "had")
"""What the form was opened on: if that changes before she goes on, saving has to ask."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A form as it was left."""

    when: datetime
    posted: Posted


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Forms in `folder`, one an entry."""

    folder: Path

    def store(self, id_: str, posted: Posted) -> None:
        """Keep the form of this entry."""
        self.folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now().isoformat(timespec="minutes")
        text = json.dumps({"when": now, "pairs": posted.having(*OWN, *BEGAN)}, ensure_ascii=False)
        write_whole(self._path(id_), text.encode())

    def load(self, id_: str) -> Saved | None:
        """The form that was left, if there is one."""
        try:
            found = json.loads(self._path(id_).read_text(encoding="utf-8"))
            pairs = tuple((str(name), str(text)) for name, text in found["pairs"])
            return Saved(datetime.fromisoformat(found["when"]), Posted(pairs))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def drop(self, id_: str) -> None:
        """Forget it."""
        self._path(id_).unlink(missing_ok=True)

    def _path(self, id_: str) -> Path:
        return self.folder / (id_.replace("/", "--") + ".json")


def typed(posted: Posted) -> frozenset[tuple[str, str]]:
    """What stands in a form, for comparing."""
    return frozenset((name, text.replace("\r\n", "\n").strip()) for name, text in posted.having(*OWN) if text.strip())
