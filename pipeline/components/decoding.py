"""From the encoder's scores to labelled spans of text, window by window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.components.encoder import Encoding
from pipeline.components.labels import FloatArray, bio_spans, bio_transitions, viterbi


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


def _labelled(encoding: Encoding, scores: FloatArray, first: int, last: int, kind: int) -> LabelledSpan:
    rows = scores[first:last]
    inside = np.logaddexp(rows[:, 2 * kind + 1], rows[:, 2 * kind + 2])
    start, end = int(encoding.starts[first]), int(encoding.ends[last - 1])
    return LabelledSpan(start, end, first, last, kind, float(inside.mean()))
