"""The coreference scorer, against figures worked by hand from the published definitions."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.training.score_names import METRICS, Clusters, b_cubed, ceaf_e, group, muc


def clusters(*members: str) -> Clusters:
    return [frozenset(cluster) for cluster in members]


# The example of Pradhan et al. 2014, whose answer misses one mention and invents two.
GOLD = clusters("abc", "defg")
ANSWER = clusters("ab", "cd", "fghi")


@pytest.mark.parametrize(
    ("metric", "precision", "recall"),
    [
        (muc, 2 / 5, 2 / 5),
        (b_cubed, 4 / 8, (2 / 3 + 2 / 3 + 1 / 3 + 1 / 4 + 1 / 2 + 1 / 2) / 7),
        (ceaf_e, 1.3 / 3, 1.3 / 2),
    ],
)
def test_the_published_example_scores_as_published(metric: object, precision: float, recall: float) -> None:
    counts = metric(GOLD, ANSWER)  # type: ignore[operator]
    assert counts.hit_p / counts.all_p == pytest.approx(precision)
    assert counts.hit_r / counts.all_r == pytest.approx(recall)


@pytest.mark.parametrize("metric", list(METRICS.values()))
def test_gold_against_itself_is_perfect(metric: object) -> None:
    assert metric(GOLD, GOLD).f1 == pytest.approx(100)  # type: ignore[operator]


@pytest.mark.parametrize("metric", list(METRICS.values()))
def test_nothing_against_nothing_scores_zero_without_failing(metric: object) -> None:
    assert metric([], []).f1 == 0  # type: ignore[operator]


@given(st.lists(st.integers(0, 4), min_size=1, max_size=9), st.data())
def test_the_alignment_is_the_best_of_all(gold_keys: list[int], data: st.DataObject) -> None:
    size = len(gold_keys)
    answer_keys = data.draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))
    gold, answer = group(gold_keys), group(answer_keys)
    small, large = sorted((gold, answer), key=len)
    best = max(
        sum(2 * len(one & other) / (len(one) + len(other)) for one, other in zip(small, chosen, strict=True))
        for chosen in itertools.permutations(large, len(small))
    )
    assert ceaf_e(gold, answer).hit_p == pytest.approx(best)
