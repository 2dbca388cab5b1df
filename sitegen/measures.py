"""Kinds of value that are counted or measured: money, days, numbers, from one to another, places in a picture."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from sitegen import typed
from sitegen.kinds import one_text
from sitegen.nodes import Items, Scalar
from sitegen.record import Record

if TYPE_CHECKING:
    from datetime import date

    from sitegen.kinds import Kind, Reader
    from sitegen.nodes import Node


T = TypeVar("T")


class Money(Record):
    """An amount in VND, at least `least`: smaller ones are a slip (`8.5` for 8,5 triệu)."""

    least: int = 100_000
    example: str = "12000000"

    def read(self, key: str, node: Node, reader: Reader) -> int | None:
        amount = typed.vnd(node.text) if isinstance(node, Scalar) else None
        if amount is not None and amount >= self.least:
            return amount
        text = one_text(key, node, reader, self.example)
        if text is None:
            return None
        amount = typed.vnd(text)
        if amount is None:
            self._ask(key, text, node, reader)
            return None
        if amount < self.least:
            reader.add(node.line, "money-small", key=key, value=text, guess=typed.all_zeros(amount))
            return None
        return amount

    def _ask(self, key: str, text: str, node: Node, reader: Reader) -> None:
        """Say why this is no amount, and what it may have been meant to be."""
        if re.search(r"\$|\b(?:usd|dollars?|đô)\b", text.lower()):
            reader.add(node.line, "money-foreign", key=key, value=text)
        elif re.fullmatch(r"\d+[.,]\d{1,2}", text):
            guess = round(float(text.replace(",", ".")) * 1_000_000)
            reader.add(node.line, "money-unclear", key=key, value=text, guess=guess)
        elif len(found := typed.amounts(text)) > 1:
            reader.add(node.line, "money-two", key=key, value=text, guess=found[0])
        elif found:
            reader.add(node.line, "money-words", key=key, value=text, guess=found[0])
        else:
            reader.add(node.line, "bad-money", key=key, value=text)


class Date(Record):
    """A day."""

    example: str = "2026-08-30"

    def read(self, key: str, node: Node, reader: Reader) -> date | None:
        if isinstance(node, Scalar) and (day := typed.day(node.text)):
            return day
        text = one_text(key, node, reader, self.example)
        if text is None:
            return None
        day = typed.day(text)
        if day is None:
            near = typed.short_day(text) or typed.near_day(text)
            if near:
                reader.add(node.line, "date-near", key=key, value=text, guess=near)
            elif month := typed.days_in_month(text):
                days, number, year = month
                reader.add(node.line, "no-such-day", key=key, value=text, days=days, month=number, year=year)
            else:
                reader.add(node.line, "bad-date", key=key, value=text)
        return day


class Number(Record, eq=False):  # what it understood is remembered under its identity
    """A number between `least` and `most`; a decimal comma is as good as a point."""

    least: float
    most: float
    whole: bool = False
    example: str = "3"
    unit: str = ""

    @property
    def _span(self) -> str:
        return f"{self.least:g}–{self.most:g} {self.unit}".strip()

    def read(self, key: str, node: Node, reader: Reader) -> float | None:
        value = _counted(self, node.text) if isinstance(node, Scalar) else None
        if value is not None and self.least <= value <= self.most:
            return value
        text = one_text(key, node, reader, self.example)
        if text is None:
            return None
        value = _counted(self, text)
        if value is None:
            reader.add(node.line, "bad-number", key=key, value=text, example=self.example)
        elif not self.least <= value <= self.most:
            reader.add(node.line, "number-range", key=key, value=text, span=self._span)
        else:
            return value
        return None


@lru_cache(maxsize=4096)
def _counted(number: Number, text: str) -> float | None:
    """The number that a text says, in whatever range; None when it says none."""
    bare = re.sub(r"\s*(kg|năm|tuổi|years?|bé|con)$", "", text.lower()).replace(",", ".")
    word = typed.kilograms(text) if number.unit == "kg" else bare
    return float(word) if re.fullmatch(r"\d+" if number.whole else r"\d+(\.\d+)?", word) else None


class Range(Record, Generic[T]):
    """`[from, to]`, the second not below the first."""

    kind: Kind[T]

    @property
    def example(self) -> str:
        """Twice the kind's own example."""
        return f"[{self.kind.example}, {self.kind.example}]"

    def read(self, key: str, node: Node, reader: Reader) -> tuple[T, T] | None:
        if not isinstance(node, Items) or len(node.items) != 2:
            reader.add(node.line, "not-range", key=key, example=self.example)
            return None
        low, high = (self.kind.read(key, item, reader) for item in node.items)
        if low is None or high is None:
            return None
        if cast("Any", high) < low:
            reader.add(node.line, "range-order", key=key)
            return None
        return low, high


_SHARE = Number(0, 1, example="0.5")


class Point(Record):
    """`[0.5, 0.4]`: a place in a picture, as shares of its width from the left and of its height from the top."""

    example: str = "[0.5, 0.4]"

    def read(self, key: str, node: Node, reader: Reader) -> tuple[float, float] | None:
        if not isinstance(node, Items) or len(node.items) != 2:
            reader.add(node.line, "not-range", key=key, example=self.example)
            return None
        across, down = (_SHARE.read(key, item, reader) for item in node.items)
        return None if across is None or down is None else (across, down)
