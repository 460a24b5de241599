"""Semi-Markov decoding against the enumeration of all segmentations."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.decoding import SpanScorer, SpanWeights, best_segments

Segments = list[tuple[int, int, int]]


def scorer_of(seed: int, units: int, kinds: int, cost: float, weight: float) -> SpanScorer:
    rng = np.random.default_rng(seed)
    logits = rng.normal(scale=2.0, size=(units, 2 * kinds + 1))
    labels = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    ends = rng.normal(scale=2.0, size=(units, units))
    return SpanScorer(labels.astype(np.float32), ends.astype(np.float32), SpanWeights(cost, weight))


def segmentations(size: int, kinds: int, start: int = 0) -> Iterator[Segments]:
    if start >= size:
        yield []
        return
    yield from segmentations(size, kinds, start + 1)
    for stop in range(start + 1, size + 1):
        for kind in range(kinds):
            for rest in segmentations(size, kinds, stop):
                yield [(start, stop, kind), *rest]


def total(scorer: SpanScorer, segments: Segments) -> float:
    if not segments:
        return 0.0
    firsts, stops, kinds = np.array(segments).T
    gains = scorer.gains(firsts, kinds)
    return float(gains[np.arange(len(segments)), stops - 1].sum())


@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 2), st.floats(-1, 2), st.floats(0, 1))
def test_no_segmentation_with_likely_openings_scores_higher(
    seed: int, units: int, kinds: int, cost: float, weight: float
) -> None:
    scorer = scorer_of(seed, units, kinds, cost, weight)
    likely = set(zip(*(column.tolist() for column in scorer.starts()), strict=True))
    allowed = (
        segments
        for segments in segmentations(units, kinds)
        if all((first, kind) in likely for first, _, kind in segments)
    )
    best = max(total(scorer, segments) for segments in allowed)
    assert total(scorer, best_segments(scorer)) == pytest.approx(best, abs=1e-4)


@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 3))
def test_segments_come_in_order_and_do_not_overlap(seed: int, units: int, kinds: int) -> None:
    segments = best_segments(scorer_of(seed, units, kinds, 0.0, 0.5))
    borders = [border for first, stop, _ in segments for border in (first, stop)]
    assert borders == sorted(borders)
    assert all(first < stop <= units for first, stop, _ in segments)


def test_a_cost_on_spans_opens_fewer() -> None:
    cheap, dear = (best_segments(scorer_of(3, 40, 3, cost, 0.5)) for cost in (0.0, 8.0))
    assert len(dear) < len(cheap)
