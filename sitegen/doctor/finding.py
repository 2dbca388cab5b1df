"""What an examination found, as data: codes here, words in `words`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `code` is a key of `words.WORDS`, which also says how grave it is; `facts` fill
    the words in."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


def found(code: str, /, **facts: object) -> Finding:
    """Make a `Finding`; keyword arguments become the facts that its words mention."""
    return Finding(code, tuple(sorted((name, str(value)) for name, value in facts.items())))
