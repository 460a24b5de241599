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


@pytest.mark.parametrize(
    ("sentence", "exact", "value"),
    [
        ("It closed on the 5th.", "the 5th", "2024-10-05"),
        ("It closed on the 25th.", "the 25th", "2024-09-25"),
        ("It will close on the 5th.", "the 5th", "2024-11-05"),
        ("It closed on Tuesday the 1st.", "Tuesday the 1st", "2024-10-01"),
        ("It closes on the 20th of next month.", "the 20th of next month", "2024-11-20"),
        ("It closes the Friday after next.", "Friday after next", "2024-10-25"),
        ("It closes three Fridays from now.", "three Fridays from now", "2024-11-01"),
        ("It closed two Fridays ago.", "two Fridays ago", "2024-10-04"),
        ("It closed the second last day of May.", "the second last day of May", "2024-05-30"),
        ("It closed on Friday, Oct. 18.", "Friday, Oct. 18", "2024-10-18"),
        ("It closed on Wednesday, Oct. 18.", "Wednesday, Oct. 18", "2023-10-18"),
    ],
)
def test_a_day_is_placed_by_month_and_weekday(find: Finder, sentence: str, exact: str, value: str) -> None:
    (timex,) = find(sentence)
    assert (timex.exact, timex.value) == (exact, value)


@pytest.mark.parametrize("sentence", ["It is on the 5th floor.", "It closed on the 31-4 vote."])
def test_an_ordinal_before_a_noun_is_no_day(find: Finder, sentence: str) -> None:
    assert find(sentence) == []
