"""What only AWS Lambda can do to a body: encode it wrongly, leave things out, send more than any form."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from tests.functions.test_settings import GOOD
from tests.hosts.corpus import CORPUS
from tests.hosts.runtimes import ask_aws, aws, function_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hosts.runtimes import RuntimeApi

ASK = next(ask for ask in CORPUS if ask.name == "nothing but a language")


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RuntimeApi]:
    """awslambdaric with the function."""
    with aws(tmp_path_factory.mktemp("lambda"), GOOD) as api:
        yield api


@pytest.mark.parametrize("body", ["canary!", "Y2FuYXJ5=Y2Fu", "YQ", "Chào", "\ud800", "=" * 9])
def test_a_body_that_is_not_the_base64_it_says_is_answered(runtime: RuntimeApi, body: str) -> None:
    answer = ask_aws(runtime, {**function_url(ASK), "body": body, "isBase64Encoded": True})
    assert answer.status == 400
    assert b'"code": "unreadable"' in answer.body


def test_a_lone_surrogate_in_a_text_body_is_answered(runtime: RuntimeApi) -> None:
    assert ask_aws(runtime, {**function_url(ASK), "body": "\ud800", "isBase64Encoded": False}).status == 400


def test_a_body_beyond_the_limit_is_answered(runtime: RuntimeApi) -> None:
    for body, encoded in (("x" * 4_000_000, False), (base64.b64encode(bytes(4_000_000)).decode(), True)):
        assert ask_aws(runtime, {**function_url(ASK), "body": body, "isBase64Encoded": encoded}).status == 413


def test_an_event_with_nothing_but_a_method_is_answered(runtime: RuntimeApi) -> None:
    assert ask_aws(runtime, {"requestContext": {"http": {"method": "POST"}}}).status == 415
    event = {"requestContext": {"http": {"method": "DELETE"}}, "headers": None, "body": None}
    assert ask_aws(runtime, event).status == 405
