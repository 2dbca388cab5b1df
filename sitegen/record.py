"""Values with names that take next to no time to define.

A build of one page loads a hundred kinds of value, makes one or two of most, and is over in a moment: what counts is
how long Python takes to *define* them. Of eight fields, a frozen data class with slots takes 0.9 ms and the module that
makes it another 8; a named tuple 0.25 ms; a `Record` 0.015, and 0.07 when the first is made. Made and read it is as
fast as either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Mapping

Self = TypeVar("Self", bound="Record")


@dataclass_transform(frozen_default=True)
class Record:
    """A frozen value. Its class names the fields as a data class does, with their defaults, in the order in which they
    are given; it is made, compared, hashed and shown by all of them (with `eq=False`, it is equal to itself alone), and
    `__post_init__` may look at it. That nobody changes one afterwards is for mypy to see."""

    _fields: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[Mapping[str, Any]] = {}

    def __init_subclass__(cls, *, eq: bool = True) -> None:
        super().__init_subclass__()
        cls._fields += tuple(cls.__annotations__)
        if given := {name: cls.__dict__[name] for name in cls.__annotations__ if name in cls.__dict__}:
            cls._defaults = {**cls._defaults, **given}
            for name in given:
                delattr(cls, name)  # a value's own alone: model.Puppy has to notice what it lacks
        # One that was written for the parent knows too few fields.
        cls.__init__ = Record.__init__  # type: ignore[method-assign]  # mypy sees the one that will be written
        if not eq:
            cls.__eq__, cls.__hash__ = object.__eq__, object.__hash__  # type: ignore[method-assign]  # faster

    def __post_init__(self) -> None:
        """What a class wants to check of a new value."""

    def __init__(self, *values: Any, **named: Any) -> None:
        # The first value of its class: only now is it worth writing down how they are made.
        cls = type(self)
        given = ", ".join(f"{name}=defaults['{name}']" if name in cls._defaults else name for name in cls._fields)
        steps = [f"self.{name} = {name}" for name in cls._fields]
        if cls.__post_init__ is not Record.__post_init__:
            steps.append("self.__post_init__()")
        made: dict[str, Any] = {"defaults": cls._defaults}
        exec(f"def __init__(self, {given}): {'; '.join(steps) or 'pass'}", made)
        cls.__init__ = made["__init__"]  # type: ignore[method-assign]  # as above
        self.__init__(*values, **named)  # type: ignore[misc]  # it is another one now

    def replace(self: Self, **changes: Any) -> Self:
        """The same with other values in some of the fields."""
        return type(self)(**{name: getattr(self, name) for name in self._fields} | changes)

    def _values(self) -> tuple[Any, ...]:
        return tuple([getattr(self, name) for name in self._fields])

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is type(self) and self._values() == other._values())

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"
