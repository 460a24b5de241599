"""Confidence: scores read off the curves that stand in a model's meta data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.confidence import Calibration, Curve, claim_group

STATED = {
    "claims": {"direct": [[0.0, 1.0], [0.5, 0.9]], "other": [[0.0, 1.0], [0.1, 0.3]]},
    "speakers": {"name_beside_cue": [[0.2, 0.8], [0.4, 1.0]]},
}
CALIBRATION = Calibration.read(STATED)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    """A rising curve of up to eight points."""
    size = draw(st.integers(1, 8))
    share = st.floats(0, 1)
    scores = sorted(draw(st.lists(share, min_size=size, max_size=size, unique=True)))
    return Curve(tuple(scores), tuple(sorted(draw(st.lists(share, min_size=size, max_size=size)))))


@pytest.mark.parametrize(
    ("score", "probability"), [(0.2, 0.4), (0.5, 0.7), (0.8, 1.0), (0.65, 0.85), (1 / 3, 0.533)]
)
def test_a_score_between_two_points_lies_on_their_line(score: float, probability: float) -> None:
    assert Curve((0.2, 0.8), (0.4, 1.0)).at(score) == probability


@pytest.mark.parametrize(("score", "probability"), [(-1.0, 0.4), (0.0, 0.4), (0.9, 0.8), (7.0, 0.8)])
def test_a_score_outside_the_curve_has_the_nearest_ends_probability(score: float, probability: float) -> None:
    assert Curve((0.2, 0.8), (0.4, 0.8)).at(score) == probability


@given(curves(), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_score_is_never_less_probable(curve: Curve, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert curve.at(low) <= curve.at(high)


@given(curves(), st.floats(allow_nan=False))
def test_whatever_the_score_the_probability_is_one_of_the_curves_range(curve: Curve, score: float) -> None:
    rounding = 0.0005
    low, high = curve.probabilities[0] - rounding, curve.probabilities[-1] + rounding
    assert low <= curve.at(score) <= high


@pytest.mark.parametrize(("group", "probability"), [("direct", 0.7), ("other", 0.2)])
def test_each_group_of_claims_has_its_own_curve(group: str, probability: float) -> None:
    assert CALIBRATION.claim(group, 0.5) == probability


def test_a_group_without_a_curve_is_read_off_that_of_the_others() -> None:
    assert CALIBRATION.claim("continuation", 0.5) == CALIBRATION.claim("other", 0.5)


def test_without_its_own_curve_or_one_of_the_others_confidence_is_unknown() -> None:
    assert CALIBRATION.speaker("pronoun_female", 0.5) is None


def test_claims_and_speakers_are_read_off_curves_of_their_own() -> None:
    assert CALIBRATION.speaker("name_beside_cue", 0.5) == 0.7
    assert CALIBRATION.claim("name_beside_cue", 0.5) == 0.2


@pytest.mark.parametrize("stated", [None, {}, {"claims": {}, "speakers": {}}, {"fitted_on": "nothing"}])
def test_a_model_that_states_no_curves_gives_no_confidence(stated: dict[str, object] | None) -> None:
    calibration = Calibration.read(stated)
    assert calibration.claim("direct", 0.9) is None
    assert calibration.speaker("name_beside_cue", 0.9) is None


@pytest.mark.parametrize(
    ("kind", "rule", "group"),
    [
        ("direct", "quote_roles", "direct"),
        ("indirect", "turn_label", "indirect"),
        ("direct", "continuation", "continuation"),
        ("mixed", "nested_quote_roles", "nested"),
        ("statement", "own_assertion", "statement"),
        ("direct", "", "direct"),
    ],
)
def test_continued_and_nested_claims_are_groups_whatever_their_kind(kind: str, rule: str, group: str) -> None:
    assert claim_group(kind, rule) == group
