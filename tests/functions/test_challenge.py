"""Spam is slowed down or marked, and no person is ever lost."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from inquiry import rate
from inquiry.challenge import BITS, PUZZLE_AGE, ROUNDS

from tests.functions.conftest import LAN, SETTINGS, Shop, plain


def sent(shop: Shop, **changes: str) -> tuple[int, dict[str, object]]:
    reply = shop.post_json(json.dumps({**LAN, "submission": "0123456789", **changes}).encode())
    return reply.status, json.loads(reply.body)


def solve(puzzle: Mapping[str, object]) -> str:
    """Do what puzzle.js does."""
    numbers = []
    for turn in range(ROUNDS):
        number = 0
        while int.from_bytes(hashlib.sha256(f"{puzzle['seed']}.{turn}.{number}".encode()).digest()[:4], "big") >> (
            32 - BITS
        ):
            number += 1
        numbers.append(str(number))
    return ".".join(numbers)


SIGNS = {
    "ô ẩn": {"leave_empty": "https://spam.example"},
    "nhanh hơn": {"elapsed": "400"},
    "đường dẫn": {"message": "http://a.vn http://b.vn www.c.vn https://d.vn"},
}


@pytest.mark.parametrize("words", SIGNS)
def test_with_a_script_a_sign_of_spam_costs_a_puzzle_and_a_mark(shop: Shop, words: str) -> None:
    status, told = sent(shop, **SIGNS[words])
    assert (status, told["accepted"], shop.letters) == (428, False, [])
    puzzle = told["puzzle"]
    assert isinstance(puzzle, dict)
    status, told = sent(shop, **SIGNS[words], puzzle=puzzle["token"], solution=solve(puzzle))
    assert (status, told["accepted"]) == (200, True)
    assert re.search(f"dấu hiệu thư rác: .*{words}", plain(shop.letters[0]))


@pytest.mark.parametrize("words", ["ô ẩn", "đường dẫn"])
def test_without_a_script_it_costs_a_second_look(shop: Shop, words: str) -> None:
    answers = {**LAN, **SIGNS[words]}
    page = shop.post(answers)
    assert page.status == 428
    assert answers["message"] in page.body.decode()
    token = re.search(r'name="checked" value="([^"]+)"', page.body.decode())
    assert token
    shop.now += 2
    assert shop.post({**answers, "leave_empty": "", "checked": token[1]}).status == 303
    assert words in plain(shop.letters[0])


def test_a_program_that_presses_at_once_is_asked_again(shop: Shop) -> None:
    answers = {**LAN, "leave_empty": "x"}
    token = re.search(r'name="checked" value="([^"]+)"', shop.post(answers).body.decode())
    assert token
    assert shop.post({**answers, "checked": token[1]}).status == 428


def test_a_person_without_any_sign_meets_no_step(shop: Shop) -> None:
    assert sent(shop, elapsed="60000")[0] == 200
    assert "thư rác" not in plain(shop.letters[0])


@pytest.mark.parametrize("elapsed", ["", "-5", "abc", "1e9", "9" * 400, "٣"])
def test_a_strange_time_is_no_sign(shop: Shop, elapsed: str) -> None:
    assert sent(shop, elapsed=elapsed)[0] == 200


def test_one_solution_sends_only_the_letter_it_was_found_for(shop: Shop) -> None:
    _, told = sent(shop, elapsed="400")
    puzzle = told["puzzle"]
    assert isinstance(puzzle, dict)
    step = {"puzzle": str(puzzle["token"]), "solution": solve(puzzle), "elapsed": "400"}
    assert sent(shop, **step, message="Buy pills")[0] == 428
    assert sent(shop, **{**step, "solution": "0.0.0.0.0.0.0.0"})[0] == 428
    assert sent(shop, **{**step, "puzzle": step["puzzle"][:-1] + "x"})[0] == 428
    assert sent(shop, **step)[0] == sent(shop, **step)[0] == 200
    assert len({letter["Message-ID"] for letter in shop.letters}) == 1
    shop.now += PUZZLE_AGE / 1000 + 1
    assert sent(shop, **step)[0] == 428


def test_the_owner_may_ask_everybody_or_nobody(shop: Shop) -> None:
    shop.settings = replace(SETTINGS, challenge="always")
    assert sent(shop)[0] == shop.post(LAN).status == 428
    shop.settings = replace(SETTINGS, challenge="off")
    assert sent(shop, elapsed="1")[0] == 200
    assert "nhanh hơn" in plain(shop.letters[0])  # not stopped, but marked


def test_too_many_from_one_place_are_slowed_down(shop: Shop) -> None:
    shop.busy = True
    assert sent(shop)[0] == 428


def test_the_memory_of_places_is_salted_and_forgotten() -> None:
    now = 0.0
    busy = rate.Rate(lambda: now)
    assert [busy("192.0.2.7") for _ in range(rate.PER_PLACE + 1)] == [False] * rate.PER_PLACE + [True]
    assert not busy("192.0.2.8")
    assert "192.0.2.7" not in repr(vars(busy))
    now = rate.WINDOW + 1.0
    assert not busy("192.0.2.7")
