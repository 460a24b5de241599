from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.annotations import ClaimLabel
from pipeline.evaluation.matching import jaccard, match_claims, match_spans, words_of
from pipeline.record import Span
from tests.evaluation.labels import CARS, COST, claim, span

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1], "x" * p[1])),
    max_size=12,
)


def test_quotation_marks_and_stops_are_no_words() -> None:
    assert words_of([Span(10, 20, '"Yes, now"')]) == {11, 16}


def test_jaccard_of_nothing_is_nought() -> None:
    assert jaccard(frozenset(), frozenset()) == 0.0


def test_a_claim_with_one_word_too_many_of_six_still_matches_at_j80() -> None:
    longer = claim("indirect", "said the bridge would cost $4 million")
    assert match_claims([COST], [longer], 0.8) == ((0, 0),)


def test_a_claim_with_half_its_words_does_not_match_at_j80() -> None:
    assert match_claims([COST], [claim("indirect", "the bridge would")], 0.8) == ()


def test_the_better_of_two_predictions_is_matched() -> None:
    longer = claim("indirect", "said the bridge would cost $4 million")
    assert match_claims([COST], [longer, COST], 0.8) == ((0, 1),)


def test_of_two_equal_predictions_the_one_of_the_same_kind_is_matched() -> None:
    other_kind = ClaimLabel("indirect", CARS.segments)
    assert match_claims([CARS], [other_kind, CARS], 0.8) == ((0, 1),)


def test_one_prediction_answers_one_gold_claim_only() -> None:
    assert len(match_claims([COST, COST], [COST], 0.8)) == 1


def test_a_claim_without_a_word_matches_nothing() -> None:
    dots = ClaimLabel("direct", (Span(0, 3, "..."),))
    assert match_claims([dots], [dots], 0.8) == ()


def test_an_equal_span_goes_before_an_overlapping_one() -> None:
    assert match_spans([span("$4 million")], [span("$4"), span("$4 million")]) == ((0, 1),)


def test_spans_that_only_touch_do_not_match() -> None:
    assert match_spans([Span(0, 2, "ab")], [Span(2, 4, "cd")]) == ()


@given(SPANS)
def test_every_distinct_span_matches_itself(spans: list[Span]) -> None:
    distinct = sorted(set(spans), key=lambda item: (item.start, item.end))
    assert match_spans(distinct, distinct) == tuple((i, i) for i in range(len(distinct)))


@given(SPANS, SPANS)
def test_no_span_is_used_twice(gold: list[Span], found: list[Span]) -> None:
    pairs = match_spans(gold, found)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
