"""Records: what a value with named fields promises, however cheaply it is defined."""

from __future__ import annotations

import pickle

import pytest

from sitegen.record import Record


class Place(Record):
    url: str
    listed: bool = True


class Route(Place):
    template: str = "page"


class Weight(Record):
    kilograms: float

    def __post_init__(self) -> None:
        if self.kilograms <= 0:
            raise ValueError("a puppy weighs something")


class Sign(Record, eq=False):
    name: str


def test_a_value_is_made_of_its_fields_in_order_or_by_name() -> None:
    assert Place("/") == Place(url="/", listed=True)
    assert Route("/", False, "home") == Route(url="/", template="home", listed=False)
    assert repr(Route("/")) == "Route(url='/', listed=True, template='page')"


def test_a_parents_values_made_first_leave_the_childs_fields_alone() -> None:
    assert Place("/").listed
    assert Route("/").template == "page"
    assert Place("/") != Route("/")


def test_a_field_too_few_or_unknown_is_an_error() -> None:
    with pytest.raises(TypeError):
        Place()  # type: ignore[call-arg]  # that is the test
    with pytest.raises(TypeError):
        Place("/", title="Bông")  # type: ignore[call-arg]


def test_equal_values_count_once_but_those_without_equality_each() -> None:
    assert len({Place("/"), Place("/"), Place("/en/")}) == 2
    assert len({Sign("heart"), Sign("heart")}) == 2


def test_a_changed_copy_leaves_the_first_as_it_was_and_is_looked_at_again() -> None:
    first = Weight(1.5)
    assert first.replace(kilograms=2.0) == Weight(2.0)
    assert first == Weight(1.5)
    with pytest.raises(ValueError, match="weighs something"):
        first.replace(kilograms=0)


def test_a_value_comes_back_from_another_process_as_it_went() -> None:
    assert pickle.loads(pickle.dumps(Route("/", template="home"), 5)) == Route("/", template="home")
