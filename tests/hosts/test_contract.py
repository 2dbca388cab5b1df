"""`functions/openapi.yaml` is kept by the function: Schemathesis makes requests from it, right and wrong ones, and
checks every answer against it. (That the file is what the contract makes is held by tests/functions/test_alone.py.)"""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import Phase, settings
from inquiry import openapi
from inquiry.wsgi_app import make_app
from schemathesis.config import SchemathesisConfig

from tests.functions.conftest import ACCEPTED, SETTINGS, unlogged

# Whether a phone number exists and whether a message looks like spam is more than a schema can say: beside acceptance,
# 422 and 428 are right answers to data that keep to it. All other checks are as they come.
CONFIG = SchemathesisConfig.from_dict(
    {"checks": {"positive_data_acceptance": {"expected-statuses": ["200", "303", "422", "428"]}}}
)
schema = schemathesis.openapi.from_path(openapi.TARGET, config=CONFIG)
schema.app = make_app(SETTINGS, send=lambda _letter, _envelope: ACCEPTED, log=unlogged)


@schema.parametrize()
@settings(max_examples=100, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate))
def test_every_answer_keeps_to_the_contract(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()
