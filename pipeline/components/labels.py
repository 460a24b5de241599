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


def viterbi(emissions: FloatArray, lengths: NDArray[np.int64]) -> list[list[int]]:
    """The best BIO label sequence of each row of a padded batch, as long as the row.

    ``emissions`` is (batch, units, labels) in log scores, labels as ``bio_labels`` orders them. An I label
    follows the B or I of its own type and starts no sequence; everything else is free, so that the best
    label before any O or B is the best label of all.
    """
    totals = emissions.copy()
    totals[:, 0, 2::2] += _FORBIDDEN
    for step in range(1, emissions.shape[1]):
        before = totals[:, step - 1]
        best_before = before.max(axis=1, keepdims=True)
        totals[:, step, :1] += best_before
        totals[:, step, 1::2] += best_before
        totals[:, step, 2::2] += np.maximum(before[:, 1::2], before[:, 2::2])
    best = totals.argmax(axis=2).tolist()
    runs_on = (totals[:, :, 2::2] > totals[:, :, 1::2]).tolist()
    return [
        _trace(labels[:length], inside)
        for labels, inside, length in zip(best, runs_on, lengths.tolist(), strict=True)
    ]


def _trace(best: list[int], runs_on: list[list[bool]]) -> list[int]:
    """One row's labels from its best label of each unit, and by type whether a span's I beats its B there."""
    labels = best[-1:]
    for step in range(len(best) - 2, -1, -1):
        kind, inside = divmod(labels[-1] - 1, 2)
        if labels[-1] and inside:
            labels.append(2 * kind + 1 + runs_on[step][kind])
        else:
            labels.append(best[step])
    return labels[::-1]


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
