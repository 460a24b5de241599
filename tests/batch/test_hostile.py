"""The command that measures worst cases."""

from __future__ import annotations

import pytest

from pipeline import load
from pipeline.extraction import STAGES
from tests.batch.hostile import CASES, findings, leave_out_network, stage_seconds


@pytest.mark.model
def test_every_stage_is_measured_and_the_network_left_out() -> None:
    nlp = load()
    model = nlp.get_pipe("onrecord_encoder").model
    leave_out_network(model)
    model._session = None
    seconds = stage_seconds(nlp, CASES["names and sources"](500))
    assert {name.removeprefix("onrecord_") for name in STAGES} < seconds.keys()


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_as_long_as_asked_for(case: str) -> None:
    assert 900 < len(CASES[case](1_000)) < 1_200


def test_a_stage_that_grows_faster_than_the_text_is_a_finding() -> None:
    smaller = {"quotes": 1.0, "dates": 1.0}
    assert findings(smaller, {"quotes": 4.0, "dates": 2.0}, 2.0) == ["quotes 1.0 → 4.0 s"]
