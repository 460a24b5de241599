"""BIO label inventories, and the decoding of per-unit scores into labelled spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from pipeline.record import EntityLabel

FloatArray = NDArray[np.float32]

ENTITY_TYPES: tuple[EntityLabel, ...] = get_args(EntityLabel)
QUOTE_ROLES = ("source", "cue", "content")
# What the link vectors tie: a dependent's first unit to its head's first unit, a span's first to its last.
RELATIONS = ("content to cue", "cue to source", "first to last")
_FORBIDDEN = np.float32(-1e4)


def bio_labels(types: Sequence[str]) -> tuple[str, ...]:
    """``O, B-x, I-x, B-y, I-y …``: the order in which the model's heads emit them."""
    return ("O", *(f"{prefix}-{name}" for name in types for prefix in "BI"))


def bio_transitions(n_types: int) -> FloatArray:
    """Log scores of label pairs: I-x may follow B-x and I-x alone, everything else is free."""
    n_labels = 2 * n_types + 1
    scores = np.zeros((n_labels, n_labels), dtype=np.float32)
    for inside in range(2, n_labels, 2):
        scores[:, inside] = _FORBIDDEN
        scores[inside - 1, inside] = scores[inside, inside] = 0
    return scores


def viterbi(emissions: FloatArray, lengths: NDArray[np.int64], transitions: FloatArray) -> NDArray[np.int64]:
    """The best label sequence of each row of a padded batch.

    ``emissions`` is (batch, units, labels) in log scores; rows of the result are valid up to
    ``lengths``. A sequence never starts with an I label.
    """
    batch, steps, n_labels = emissions.shape
    score = emissions[:, 0].copy()
    score[:, 2::2] += _FORBIDDEN
    back = np.zeros((batch, steps, n_labels), dtype=np.int64)
    last = score.copy()
    for step in range(1, steps):
        paths = score[:, :, None] + transitions
        back[:, step] = paths.argmax(axis=1)
        score = paths.max(axis=1) + emissions[:, step]
        np.copyto(last, score, where=(lengths > step)[:, None])
    return _trace(last, back, lengths)


def _trace(last: FloatArray, back: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    batch, steps, _ = back.shape
    rows = np.arange(batch)
    best = np.zeros((batch, steps), dtype=np.int64)
    label = last.argmax(axis=1)
    for step in range(steps - 1, -1, -1):
        best[:, step] = label
        follows = lengths > step
        label = np.where(follows, back[rows, step, label], label) if step else label
    return best


def bio_spans(labels: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """``(first unit, unit after the last, type index)`` of every span of a label sequence."""
    start, current = 0, -1
    for index, label in enumerate([*labels, 0]):
        inside = label > 0 and label % 2 == 0 and (label - 2) // 2 == current
        if current >= 0 and not inside:
            yield start, index, current
            current = -1
        if label % 2 == 1:
            start, current = index, (label - 1) // 2
