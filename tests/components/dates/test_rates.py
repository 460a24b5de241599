"""Units of time that a number is counted by."""

from __future__ import annotations

import pytest

from tests.components.dates.conftest import Finder


@pytest.mark.parametrize(
    "sentence",
    [
        "Families that earn less than $52,000 a year pay nothing.",
        "The gusts reached 130 kilometers an hour.",
        "The pit sells 20,000 tons of coal a day.",
        "A seal may eat half a ton of fish a week.",
        "The tunnel warms by half a degree an hour.",
        "Nearly 40 people a day came to the tent.",
        "The works make four gigawatt-hours a year.",
        "Tonnage rose above 500,000 tons per month.",
    ],
)
def test_what_a_number_is_counted_by_is_no_time_expression(find: Finder, sentence: str) -> None:
    assert find(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    ["The trial of 12 men lasted a year.", "She spent a year in two prisons.", "It took a year."],
)
def test_a_stretch_of_time_stays_one_beside_other_numbers(find: Finder, sentence: str) -> None:
    assert [timex.value for timex in find(sentence)] == ["P1Y"]
