"""Labels: their order, which may follow which, the best sequence, the spans of a sequence."""

from __future__ import annotations

from itertools import pairwise, product
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.components.labels import (
    ENTITY_TYPES,
    QUOTE_ROLES,
    bio_labels,
    bio_spans,
    viterbi,
)
from pipeline.record import EntityLabel


def test_labels_stand_in_the_order_of_the_heads() -> None:
    assert bio_labels(QUOTE_ROLES) == (
        "O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content",
    )  # fmt: skip


def test_no_types_leave_only_outside() -> None:
    assert bio_labels(()) == ("O",)


def test_the_entity_types_are_those_of_the_record() -> None:
    assert get_args(EntityLabel) == ENTITY_TYPES


def is_bio(labels: list[int], n_types: int) -> bool:
    """Whether a sequence opens every span with a B label."""
    names = [("O", "")] + [(prefix, str(n)) for n in range(n_types) for prefix in "BI"]
    named = [("O", ""), *(names[label] for label in labels)]
    return all(after[0] != "I" or before[1] == after[1] for before, after in pairwise(named))


@pytest.mark.parametrize(
    ("scores", "best"),
    [
        ([[0, 9, 0], [0, 0, 9], [9, 0, 0]], [1, 2, 0]),
        ([[9, 5, 0], [0, 0, 5]], [1, 2]),
        ([[9, 0, 0], [0, 4, 5]], [0, 1]),
        ([[0, 1, 9]], [1]),
    ],
    ids=["plain", "opening pays for the inside", "a span is opened late", "no inside at the start"],
)
def test_the_best_legal_sequence_is_found(scores: list[list[float]], best: list[int]) -> None:
    emissions = np.array([scores], dtype=np.float32)
    found = viterbi(emissions, np.array([len(scores)]))
    assert found[0] == best


SCORES = arrays.arrays(np.float32, (4, 5), elements=st.floats(-20, 0, width=16))


@given(SCORES)
def test_no_legal_sequence_scores_better(scores: np.ndarray) -> None:
    found = viterbi(scores[None], np.array([len(scores)]))[0]
    legal = [list(labels) for labels in product(range(5), repeat=4) if is_bio(list(labels), 2)]
    best = max(sum(scores[i, label] for i, label in enumerate(labels)) for labels in legal)
    assert is_bio(found, 2)
    assert sum(scores[i, label] for i, label in enumerate(found)) == pytest.approx(best, abs=1e-3)


@given(st.lists(SCORES, min_size=1, max_size=4), st.data())
def test_padding_and_neighbours_in_the_batch_change_nothing(
    rows: list[np.ndarray], data: st.DataObject
) -> None:
    lengths = [data.draw(st.integers(1, 4)) for _ in rows]
    padded = np.stack(rows)
    for row, length in enumerate(lengths):
        padded[row, length:] = data.draw(st.floats(-20, 20))
    together = viterbi(padded, np.array(lengths))
    for row, length in enumerate(lengths):
        alone = viterbi(padded[row : row + 1, :length], np.array([length]))
        assert together[row] == alone[0]


def test_the_given_scores_are_left_as_they_are() -> None:
    scores = np.ones((1, 3, 3), dtype=np.float32)
    viterbi(scores, np.array([3]))
    assert (scores == 1).all()


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        ([], []),
        ([0, 0], []),
        ([1, 2, 2, 0], [(0, 3, 0)]),
        ([1, 1], [(0, 1, 0), (1, 2, 0)]),
        ([0, 3, 4, 1], [(1, 3, 1), (3, 4, 0)]),
        ([1, 2], [(0, 2, 0)]),
    ],
)
def test_a_sequence_is_read_as_spans(labels: list[int], spans: list[tuple[int, int, int]]) -> None:
    assert list(bio_spans(labels)) == spans


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.integers(0, 2)), max_size=12))
def test_spans_written_as_labels_are_read_back(steps: list[tuple[int, int, int]]) -> None:
    labels: list[int] = []
    spans = []
    for gap, length, kind in steps:
        labels += [0] * gap
        spans.append((len(labels), len(labels) + length, kind))
        labels += [2 * kind + 1] + [2 * kind + 2] * (length - 1)
    assert list(bio_spans(labels)) == spans
