"""From the encoder's scores to labelled spans of text, window by window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.components.encoder import Encoding
from pipeline.components.labels import FloatArray, bio_spans, bio_transitions, viterbi

# Log probability under which a unit is not tried as the first of a span.
LEAST_OPENING = -6.0


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A decoded span: code points, units (half-open), type index, mean log probability of its units."""

    start: int
    end: int
    first_unit: int
    last_unit: int
    type: int
    score: float


def decode_spans(encoding: Encoding, scores: FloatArray, *, span_cost: float) -> list[LabelledSpan]:
    """The best non-overlapping spans of BIO log scores (units, labels), in text order.

    ``span_cost`` is taken from every B label, so that a span is opened only where it is worth it
    (Viterbi over constrained BIO; no label sequence with an I after another type is considered).
    """
    borders = encoding.window_borders()
    if not borders:
        return []
    lengths = np.array([last - first for first, last in borders])
    padded = np.zeros((len(borders), int(lengths.max()), scores.shape[1]), dtype=np.float32)
    for row, (first, last) in enumerate(borders):
        padded[row, : last - first] = scores[first:last]
    padded[:, :, 1::2] -= span_cost
    best = viterbi(padded, lengths, bio_transitions((scores.shape[1] - 1) // 2))
    return [
        _labelled(encoding, scores, first + start, first + end, kind)
        for (first, last), labels in zip(borders, best, strict=True)
        for start, end, kind in bio_spans(labels[: last - first].tolist())
    ]


def decode_segments(
    encoding: Encoding, scores: FloatArray, relation: int, weights: SpanWeights
) -> list[LabelledSpan]:
    """The best non-overlapping spans as ``decode_spans`` gives them, their ends pointed at as well.

    ``relation`` is the one that ties first units to last ones.
    """
    windows = encoding.window_borders()
    if not windows:
        return []
    firsts, lasts, _ = encoding.relation(relation)
    spans = []
    for start, stop in windows:
        ends = firsts[start:stop] @ lasts[start:stop].T / np.float32(firsts.shape[1] ** 0.5)
        scorer = SpanScorer(scores[start:stop], ends, weights)
        found = best_segments(scorer)
        spans += [_labelled(encoding, scores, start + first, start + end, kind) for first, end, kind in found]
    return spans


@dataclass(frozen=True, slots=True)
class SpanWeights:
    """What opening a span costs, and what the pointer to its end counts beside the labels."""

    span_cost: float
    end_weight: float


@dataclass(frozen=True, slots=True)
class SpanScorer:
    """Gains of role spans in one window: what a span adds over leaving its units outside.

    A span's gain is the log odds of its BIO labels against O, plus a share of the log probability that
    its first unit's span ends at its last (a pointer, normalised over the window).
    """

    labels: FloatArray
    ends: FloatArray
    weights: SpanWeights

    def starts(self) -> Iterator[tuple[int, int]]:
        """``(first unit, type)`` of the spans worth trying, in text order."""
        openings = self.labels[:, 1::2]
        yield from zip(*(index.tolist() for index in np.nonzero(openings > LEAST_OPENING)), strict=True)

    def gains(self, first: int, kind: int) -> FloatArray:
        """The gain of a span from ``first`` to each unit from there on."""
        inside = self.labels[first:, 2 * kind + 2] - self.labels[first:, 0]
        inside[0] = self.labels[first, 2 * kind + 1] - self.labels[first, 0]
        inside[0] -= self.weights.span_cost
        pointed = self.ends[first, first:]
        pointed = pointed - np.logaddexp.reduce(pointed)
        result: FloatArray = np.cumsum(inside) + self.weights.end_weight * pointed
        return result


def best_segments(scorer: SpanScorer) -> list[tuple[int, int, int]]:
    """The non-overlapping ``(first unit, unit after the last, type)`` of highest total gain.

    Semi-Markov decoding (Sarawagi & Cohen 2004): exact, over the spans whose openings are likely at all.
    """
    size = len(scorer.labels)
    value = np.zeros(size + 1)  # best total of spans that end at or before a border
    ended_by: list[tuple[int, int] | None] = [None] * (size + 1)
    reached = 0
    for first, kind in scorer.starts():
        _settle(value, ended_by, reached, first)
        reached = first
        totals = value[first] + scorer.gains(first, kind)
        for border in (np.flatnonzero(totals > value[first + 1 :]) + first + 1).tolist():
            value[border], ended_by[border] = totals[border - first - 1], (first, kind)
    _settle(value, ended_by, reached, size)
    return _trace_segments(ended_by)


def _settle(
    value: NDArray[np.float64], ended_by: list[tuple[int, int] | None], border: int, until: int
) -> None:
    """Carry the best total over borders at which no better span ends."""
    for later in range(border + 1, until + 1):
        if value[later] < value[later - 1]:
            value[later], ended_by[later] = value[later - 1], None


def _trace_segments(ended_by: Sequence[tuple[int, int] | None]) -> list[tuple[int, int, int]]:
    segments, border = [], len(ended_by) - 1
    while border > 0:
        span = ended_by[border]
        if span is None:
            border -= 1
        else:
            segments.append((span[0], border, span[1]))
            border = span[0]
    return segments[::-1]


def _labelled(encoding: Encoding, scores: FloatArray, first: int, last: int, kind: int) -> LabelledSpan:
    rows = scores[first:last]
    inside = np.logaddexp(rows[:, 2 * kind + 1], rows[:, 2 * kind + 2])
    start, end = int(encoding.starts[first]), int(encoding.ends[last - 1])
    return LabelledSpan(start, end, first, last, kind, float(inside.mean()))
