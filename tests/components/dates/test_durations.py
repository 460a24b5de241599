"""Durations and sets."""

from __future__ import annotations

import pytest

from tests.components.dates.conftest import Finder


@pytest.mark.parametrize(
    ("sentence", "exact", "value"),
    [
        ("They waited two years.", "two years", "P2Y"),
        ("They waited twenty-four hours.", "twenty-four hours", "PT24H"),
        ("They waited two hundred and ten years.", "two hundred and ten years", "P210Y"),
        ("They waited 2 1/2 years.", "2 1/2 years", "P2Y6M"),
        ("They waited 5½ hours.", "5½ hours", "PT5H30M"),
        ("They waited a minute and a half.", "a minute and a half", "PT1M30S"),
        ("They waited a hundred years.", "a hundred years", "P100Y"),
        ("They waited half an hour.", "half an hour", "PT30M"),
        ("They waited nearly half a century.", "nearly half a century", "P50Y"),
        ("They waited two years and three months.", "two years and three months", "P2Y3M"),
        ("They waited an hour and ten minutes.", "an hour and ten minutes", "PT1H10M"),
        ("They waited two decades.", "two decades", "P20Y"),
        ("They waited 3/4 hour.", "3/4 hour", "PT0.75H"),
        ("They waited 1 year, 2 days and 3 hours.", "1 year, 2 days and 3 hours", "P1Y2DT3H"),
        ("They waited a few days.", "a few days", "PXD"),
        ("They waited several months.", "several months", "PXM"),
        ("A five-hour visit followed.", "five-hour", "PT5H"),
        ("A decade-long war followed.", "decade-long", "P10Y"),
        ("They lost it in the past three months.", "the past three months", "P3M"),
        ("They lost it in the last twenty four hours.", "the last twenty four hours", "PT24H"),
        ("It stood for 8,400 years.", "8,400 years", "P8400Y"),
        ("Results vary in recent weeks.", "recent weeks", "PXW"),
        ("They waited two and a half years.", "two and a half years", "P2Y6M"),
        ("The two-and-a-half-year strike ended.", "two-and-a-half-year", "P2Y6M"),
        ("Profit fell in the year ended March 31.", "the year", "P1Y"),
    ],
)
def test_a_duration_is_measured_in_its_own_unit(find: Finder, sentence: str, exact: str, value: str) -> None:
    timex = find(sentence)[0]
    assert (timex.exact, timex.type, timex.value) == (exact, "DURATION", value)
    assert (timex.begin, timex.end_date) == (None, None)


@pytest.mark.parametrize(
    ("words", "mod"),
    [
        ("more than four hours", "MORE_THAN"),
        ("less than an hour", "LESS_THAN"),
        ("at least 30 days", "EQUAL_OR_MORE"),
        ("up to 180 days", "EQUAL_OR_LESS"),
        ("no more than sixty days", "EQUAL_OR_LESS"),
        ("about a decade", "APPROX"),
    ],
)
def test_a_bound_becomes_the_modifier(find: Finder, words: str, mod: str) -> None:
    (timex,) = find(f"The talks took {words}.")
    assert (timex.exact, timex.mod) == (words, mod)


@pytest.mark.parametrize(
    ("words", "exact", "value"),
    [
        ("daily", "daily", "P1D"),
        ("every month", "every month", "P1M"),
        ("each year", "each year", "P1Y"),
        ("every Monday", "every Monday", "XXXX-WXX-1"),
        ("on Sundays", "Sundays", "XXXX-WXX-7"),
        ("each July", "each July", "XXXX-07"),
        ("every summer", "every summer", "XXXX-SU"),
        ("every morning", "every morning", "XXXX-XX-XXTMO"),
        ("three times per week", "three times per week", "P1W"),
        ("once a year", "once a year", "P1Y"),
        ("every 20 minutes", "every 20 minutes", "PT20M"),
        ("every other day", "every other day", "P2D"),
        ("every few weeks", "every few weeks", "PXW"),
    ],
)
def test_what_recurs_is_a_set(find: Finder, words: str, exact: str, value: str) -> None:
    (timex,) = find(f"The ferry runs {words}.")
    assert (timex.exact, timex.type, timex.value) == (exact, "SET", value)


@pytest.mark.parametrize(
    "sentence",
    [
        "The 70-year-old farmer waved.",
        "She is 32 years old.",
        "He kept three quarters of it.",
        "Half a day-old loaf lay there.",
    ],
)
def test_an_age_or_a_fraction_is_no_duration(find: Finder, sentence: str) -> None:
    assert find(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "exact"),
    [
        ("It takes 12 to 18 months.", "12 to 18 months"),
        ("It takes between five and eight years.", "between five and eight years"),
    ],
)
def test_a_range_of_durations_keeps_its_words(find: Finder, sentence: str, exact: str) -> None:
    (timex,) = find(sentence)
    assert (timex.exact, timex.type, timex.value) == (exact, "DURATION", None)
