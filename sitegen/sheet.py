"""Python as it is written for a page, line by line, with the place in a template that each line comes from."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Place(NamedTuple):
    """A line of a template."""

    template: str
    line: int


class Line(NamedTuple):
    """A line of Python and where it comes from."""

    python: str
    place: Place


class Sheet:
    """The body of one function, which adds pieces of HTML to `out`. Pieces that are known are joined to one, and pieces
    that follow one another are added in one step."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._out, self._captures, self._indent = "out", 0, 1
        self._pieces: list[Line] = []
        self._known: list[str] = []
        self._known_at = Place("", 0)

    def known(self, html: str, place: Place) -> None:
        """A piece that is known."""
        if not self._known:
            self._known_at = place
        self._known.append(html)

    def piece(self, python: str, place: Place) -> None:
        """A piece that this Python will give, as bytes."""
        self._join()
        self._pieces.append(Line(f"{python},", place))

    def line(self, python: str, place: Place) -> None:
        """A statement."""
        self._flush()
        self.lines.append(Line(" " * self._indent + python, place))

    def call(self, function: str, arguments: Sequence[str], place: Place) -> None:
        """A call of a function that adds pieces itself."""
        self.line(f"{function}({', '.join((self._out, *arguments))})", place)

    def rewrite(self, number: int, python: str) -> None:
        """Write an earlier line anew, as deep as it is."""
        old = self.lines[number]
        self.lines[number] = old._replace(python=old.python[: len(old.python) - len(old.python.lstrip())] + python)

    @contextmanager
    def inside(self, head: str, place: Place) -> Iterator[None]:
        """A statement with a body."""
        self.line(head, place)
        self._indent += 1
        at = len(self.lines)
        yield
        self._flush()
        if len(self.lines) == at:
            self.line("pass", place)
        self._indent -= 1

    def _join(self) -> None:
        html = "".join(self._known)
        self._known.clear()
        if html:
            self._pieces.append(Line(f"{html.encode()!r},", self._known_at))

    def _flush(self) -> None:
        self._join()
        if self._pieces:
            self.lines.append(Line(f"{' ' * self._indent}{self._out} += (", self._pieces[0].place))
            self.lines += self._pieces
            self.lines.append(Line(")", self._pieces[-1].place))
            self._pieces.clear()

    @contextmanager
    def captured(self, place: Place) -> Iterator[Captured]:
        """What is shown in this block is not added, but is the `Captured` that one is given."""
        self._captures += 1
        found = Captured(f"held_{self._captures}")
        self.line(f"{found.name} = []", place)
        before, self._out = self._out, found.name
        at = len(self.lines)
        yield found
        if len(self.lines) == at and not self._pieces:
            found.known = "".join(self._known)
            self._known.clear()
            del self.lines[-1]
        self._flush()
        self._out = before

    def end(self, python: str, place: Place) -> list[Line]:
        """All lines, the last of them this."""
        self.line(python, place)
        return self.lines


class Captured:
    """Pieces in a list of their own, `name`, or, if all of them are known, the HTML."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.known: str | None = None
