"""Places within a month or week. Published on Wednesday, 16 October 2024."""

from __future__ import annotations

import pytest

from tests.components.dates.conftest import Finder


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("the first Tuesday of October 2014", "2014-10-07"),
        ("the last Monday of March 2013", "2013-03-25"),
        ("the second Monday of last month", "2024-09-09"),
        ("the last day of October 2015", "2015-10-31"),
        ("the first week of October 2014", "2014-W41"),
        ("the last weekend of October 2017", "2017-W43-WE"),
        ("the week of March 6, 2000", "2000-W10"),
        ("Wednesday of next week", "2024-10-23"),
        ("the day after tomorrow", "2024-10-18"),
        ("the day before yesterday", "2024-10-14"),
        ("two weeks from now", "2024-W44"),
    ],
)
def test_a_place_within_a_period_is_found(find: Finder, words: str, value: str) -> None:
    (timex,) = find(f"The fair opens on {words}.")
    assert (timex.exact, timex.value) == (words, value)


def test_a_fifth_weekday_that_a_month_lacks_stays_words(find: Finder) -> None:
    (timex,) = find("They met on the fifth Monday of February 2023.")
    assert timex.value is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The Winter Olympics opened.",
        "She was named Player of the Year.",
        "He wrote for the Daily News and USA TODAY.",
        "A summer associate wore a winter coat.",
        "They stole over 1000 articles.",
        "The DH2017 conference met.",
        "Pay ABC 2000 for it.",
    ],
)
def test_a_name_or_a_count_is_no_date(find: Finder, sentence: str) -> None:
    assert find(sentence) == []
