"""The portraits: what a puppy without a photo shows, and what a strict page may hold."""

from __future__ import annotations

import re
from itertools import product
from xml.etree import ElementTree

import pytest
import resvg_py

from sitegen.portrait import (
    BUILDS,
    COATS,
    COLOURS,
    EARS,
    MUZZLES,
    SCENES,
    TAILS,
    Sitter,
    draw,
    favicon,
    scene_art,
    wordmark,
)
from sitegen.portrait.art import ART
from sitegen.portrait.facts import ALLOWED

MILU = Sitter("drop", "medium", "smooth", "straight", "stocky", "tricolour", 9, "puppies/milu")
BREEDS = {
    "toy-poodle": ("feathered", "short", "curly", "curled", "small"),
    "pomeranian": ("pricked", "short", "fluffy", "plumed", "small"),
    "corgi": ("bat", "medium", "fluffy", "docked", "long"),
    "golden-retriever": ("drop", "long", "long", "plumed", "leggy"),
    "shiba-inu": ("pricked", "medium", "smooth", "curled", "stocky"),
    "chihuahua": ("bat", "short", "smooth", "straight", "small"),
    "french-bulldog": ("bat", "flat", "smooth", "docked", "stocky"),
    "phu-quoc-ridgeback": ("pricked", "medium", "smooth", "straight", "leggy"),
    "hmong-bobtail": ("pricked", "medium", "fluffy", "docked", "stocky"),
    "beagle": ("drop", "medium", "smooth", "straight", "stocky"),
}


def sitters() -> list[Sitter]:
    """Every ear with every coat and build; the other words take turns, so that each one occurs."""
    return [
        Sitter(ears, MUZZLES[i % 4], coat, TAILS[i // 4 % 4], build, COLOURS[i * 5 % 21], (9, 30, None)[i % 3], f"p{i}")
        for i, (ears, coat, build) in enumerate(product(EARS, COATS, BUILDS))
    ]


DRAWN = [draw(sitter, scene) for sitter in sitters() for scene in range(SCENES)]
SHOP = [scene_art(name) for name in ART] + [wordmark(), favicon()]


def test_the_same_puppy_is_always_drawn_the_same() -> None:
    assert draw(MILU, 0) == draw(MILU.replace(), 0)


def test_the_crowd_of_these_tests_wears_every_allowed_word() -> None:
    for name, words in ALLOWED.items():
        assert {getattr(sitter, name) for sitter in sitters()} == set(words)


def test_every_breed_in_every_colour_looks_different_even_in_pixels() -> None:
    pictures = [
        bytes(resvg_py.svg_to_bytes(svg_string=draw(Sitter(*signs, colour, 9, "one"), 0), width=60))
        for signs in BREEDS.values()
        for colour in COLOURS
    ]
    assert len(set(pictures)) == len(BREEDS) * len(COLOURS)


def test_the_scenes_of_a_puppy_are_different_pictures() -> None:
    assert len({draw(MILU, scene) for scene in range(SCENES)}) == SCENES >= 3


def test_litter_mates_of_one_colour_can_be_told_apart() -> None:
    assert len({re.sub(r"p[0-9a-f]{7}", "", draw(MILU.replace(seed=f"mate {i}"), 0)) for i in range(8)}) >= 6


def test_a_puppy_grows_with_its_age_and_stops_when_grown() -> None:
    weeks = [draw(MILU.replace(age_weeks=age), 1) for age in (8, 16, 40)]
    assert len(set(weeks)) == 3
    assert MILU.replace(age_weeks=80).growth == MILU.replace(age_weeks=200).growth == 1


def test_a_litter_that_is_not_born_shows_no_puppy_but_the_basket_and_the_mother() -> None:
    awaited = MILU.replace(age_weeks=None)
    assert all(draw(awaited, scene) != draw(MILU, scene) for scene in range(SCENES))


@pytest.mark.parametrize("name", ALLOWED)
def test_a_word_that_the_content_contract_does_not_know_is_refused_with_the_words_it_knows(name: str) -> None:
    facts = {**{n: words[0] for n, words in ALLOWED.items()}, name: "purple"}
    with pytest.raises(ValueError, match=f"{name}: 'purple' is none of"):
        Sitter(**facts, age_weeks=9, seed="x")


def test_a_scene_or_picture_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="scene 9"):
        draw(MILU, 9)
    with pytest.raises(ValueError, match="unicorn"):
        scene_art("unicorn")


def test_every_drawing_is_well_formed_and_names_its_size() -> None:
    for svg in DRAWN + SHOP:
        root = ElementTree.fromstring(svg)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.get("viewBox")
    assert all('viewBox="0 0 800 600"' in svg for svg in DRAWN)


def test_nothing_in_a_drawing_needs_a_weaker_content_policy_or_another_file() -> None:
    for svg in DRAWN + SHOP:
        for element in ElementTree.fromstring(svg).iter():
            tag = element.tag.rpartition("}")[2]
            assert tag in {"svg", "g", "path", "circle", "ellipse", "rect", "use", "defs", "clipPath", "pattern",
                           "linearGradient", "stop"}  # fmt: skip
            assert not {name for name in element.attrib if name == "style" or name.startswith("on")}
            assert element.get("href", "#").startswith("#")
        assert svg.count("http") == 1  # the namespace


def test_ids_stay_unique_and_references_whole_when_all_drawings_stand_in_one_page() -> None:
    page = "".join(DRAWN + SHOP)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:url\(#|href="#)([^")]+)', page)) <= set(ids)


def test_numbers_have_at_most_one_decimal_except_light_and_size() -> None:
    for svg in DRAWN + SHOP:
        bare = re.sub(r'(opacity|stop-opacity)="[^"]*"|scale\([^)]*\)|patternTransform="[^"]*"', "", svg)
        assert not re.search(r"\.\d\d", bare)


def test_drawings_stay_light_for_phones() -> None:
    sizes = sorted(map(len, DRAWN))
    assert sizes[-1] <= 10_000
    assert sizes[len(sizes) // 2] <= 6_000
    assert {name: len(scene_art(name)) for name in ART if len(scene_art(name)) > 6_000}.keys() == {"hero"}
    assert len(scene_art("hero")) <= 16_384


def test_the_name_takes_the_colour_of_the_text_around_it() -> None:
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', wordmark())) == {"none", "currentColor"}
