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
    kinds = emissions.shape[2] // 2
    # Step by step in memory, I labels last: each step is then two runs of neighbours.
    totals = np.ascontiguousarray(emissions.transpose(1, 2, 0)[:, _inside_last(kinds)])
    opened, inside = totals[:, : kinds + 1], totals[:, kinds + 1 :]
    inside[0] += _FORBIDDEN
    for step, before in enumerate(totals[:-1], start=1):
        opened[step] += np.maximum.reduce(before)
        inside[step] += np.maximum(before[1 : kinds + 1], before[kinds + 1 :])
    best = totals[:, np.argsort(_inside_last(kinds))].argmax(axis=1).T.tolist()
    runs_on = (inside > opened[:, 1:]).transpose(2, 0, 1)
    return [
        _trace(labels[:length], row)
        for labels, row, length in zip(best, runs_on, lengths.tolist(), strict=True)
    ]


def _inside_last(kinds: int) -> list[int]:
    """The order of labels that has O, then the B labels, then the I labels."""
    return [0, *range(1, 2 * kinds, 2), *range(2, 2 * kinds + 1, 2)]


def _trace(best: list[int], runs_on: NDArray[np.bool_]) -> list[int]:
    """One row's labels from its best label of each unit, and by type whether a span's I beats its B there."""
    labels = best[-1:]
    for step in range(len(best) - 2, -1, -1):
        kind, inside = divmod(labels[-1] - 1, 2)
        if labels[-1] and inside:
            labels.append(2 * kind + 1 + int(runs_on[step, kind]))
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
