"""From the encoder's scores to labelled spans of text, window by window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.components.encoder import Encoding
from pipeline.components.labels import FloatArray, bio_spans, viterbi
from pipeline.components.windows import IntArray

# Log probability under which a unit is not tried as the first of a span.
LEAST_OPENING = -6.0
_NO_SPAN = -1
_NOWHERE = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A decoded span: code points, units (half-open), type index, mean log probability of its units."""

    start: int
    end: int
    first_unit: int
    last_unit: int
    type: int
    score: float


def decode_spans(
    encoding: Encoding, scores: FloatArray, *, span_cost: float | FloatArray
) -> list[LabelledSpan]:
    """The best non-overlapping spans of BIO log scores (units, labels), in text order.

    ``span_cost`` (one, or one a type) is taken from every B label, so that a span is opened only where it
    is worth it (Viterbi over constrained BIO; no label sequence with an I after another type is considered).
    """
    borders = encoding.window_borders()
    if not borders:
        return []
    lengths = np.array([last - first for first, last in borders])
    padded = np.zeros((len(borders), int(lengths.max()), scores.shape[1]), dtype=np.float32)
    for row, (first, last) in enumerate(borders):
        padded[row, : last - first] = scores[first:last]
    padded[:, :, 1::2] -= span_cost
    found = [
        (first + start, first + end, kind)
        for (first, _), labels in zip(borders, viterbi(padded, lengths), strict=True)
        for start, end, kind in bio_spans(labels)
    ]
    return _labelled(encoding, scores, found)


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
    found: list[tuple[int, int, int]] = []
    for start, stop in windows:
        ends = firsts[start:stop] @ lasts[start:stop].T / np.float32(firsts.shape[1] ** 0.5)
        scorer = SpanScorer(scores[start:stop], ends, weights)
        found += [(start + first, start + end, kind) for first, end, kind in best_segments(scorer)]
    return _labelled(encoding, scores, found)


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

    def starts(self) -> tuple[IntArray, IntArray]:
        """First units and types of the spans worth trying, in text order."""
        firsts, kinds = np.nonzero(self.labels[:, 1::2] > LEAST_OPENING)
        return firsts, kinds

    def gains(self, firsts: IntArray, kinds: IntArray) -> FloatArray:
        """The gains of spans from each of ``firsts`` (rows) to each unit (columns) from there on."""
        rows = np.arange(len(firsts))
        before = np.arange(len(self.labels)) < firsts[:, np.newaxis]
        odds = self.labels[:, 1:] - self.labels[:, :1]
        inside = odds.T[2 * kinds + 1]
        inside[before] = 0
        inside[rows, firsts] = odds[firsts, 2 * kinds] - self.weights.span_cost
        pointed: FloatArray = np.where(before, _NOWHERE, self.ends[firsts])
        pointed -= pointed.max(axis=1, keepdims=True)
        pointed -= np.log(np.exp(pointed).sum(axis=1, keepdims=True))
        result: FloatArray = np.cumsum(inside, axis=1) + self.weights.end_weight * pointed
        return result


def best_segments(scorer: SpanScorer) -> list[tuple[int, int, int]]:
    """The non-overlapping ``(first unit, unit after the last, type)`` of highest total gain.

    Semi-Markov decoding (Sarawagi & Cohen 2004): exact, over the spans whose openings are likely at all.
    """
    size = len(scorer.labels)
    value = np.zeros(size + 1)  # best total of spans that end at or before a border
    ended_by = np.full(size + 1, _NO_SPAN)  # the number of the span that ends there
    firsts, kinds = scorer.starts()
    starts = firsts.tolist()
    gained = scorer.gains(firsts, kinds)
    reached = 0
    # Most openings lose whatever their end: they change no total.
    for number in np.flatnonzero(gained.max(axis=1, initial=-np.inf) >= 0).tolist():
        first, gains = starts[number], gained[number]
        if first > reached:
            _settle(value, ended_by, reached, first)
            reached = first
        totals = value[first] + gains[first:]
        better = totals > value[first + 1 :]
        np.copyto(value[first + 1 :], totals, where=better)
        ended_by[first + 1 :][better] = number
    _settle(value, ended_by, reached, size)
    return [(starts[n], border, int(kinds[n])) for n, border in _trace_segments(ended_by.tolist(), starts)]


def _settle(value: NDArray[np.float64], ended_by: IntArray, border: int, until: int) -> None:
    """Carry the best total over borders at which no better span ends."""
    if until == border + 1:  # where every unit may open a span, an array of two is slow
        if value[until] < value[border]:
            value[until], ended_by[until] = value[border], _NO_SPAN
        return
    stretch = slice(border, until + 1)
    best = np.maximum.accumulate(value[stretch])
    ended_by[stretch][value[stretch] < best] = _NO_SPAN
    value[stretch] = best


def _trace_segments(ended_by: Sequence[int], starts: Sequence[int]) -> list[tuple[int, int]]:
    """The numbers of the best spans and where they end, in text order."""
    segments, border = [], len(ended_by) - 1
    while border > 0:
        number = ended_by[border]
        if number == _NO_SPAN:
            border -= 1
        else:
            segments.append((number, border))
            border = starts[number]
    return segments[::-1]


def _labelled(
    encoding: Encoding, scores: FloatArray, found: Sequence[tuple[int, int, int]]
) -> list[LabelledSpan]:
    """The spans ``(first unit, unit after the last, type)`` with their places and scores."""
    if not found:
        return []
    firsts, lasts, kinds = np.array(found).T
    lengths = lasts - firsts
    ends = np.cumsum(lengths)
    units = np.arange(ends[-1]) + np.repeat(lasts - ends, lengths)
    opened = 2 * np.repeat(kinds, lengths) + 1
    inside = np.logaddexp(scores[units, opened], scores[units, opened + 1])
    sums = [np.add.reduce(inside[end - length : end]) for end, length in zip(ends, lengths, strict=True)]
    means = (np.array(sums, dtype=np.float32) / lengths).astype(np.float32)
    places = zip(encoding.starts[firsts].tolist(), encoding.ends[lasts - 1].tolist(), strict=True)
    return [
        LabelledSpan(*place, *span, score)
        for place, span, score in zip(places, found, means.tolist(), strict=True)
    ]
