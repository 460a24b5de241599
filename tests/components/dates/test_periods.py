"""Expressions that point from a day. Published on Wednesday, 16 October 2024."""

from __future__ import annotations

import pytest

from tests.components.dates.conftest import Finder


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("yesterday", "2024-10-15"),
        ("today", "2024-10-16"),
        ("tomorrow", "2024-10-17"),
        ("this week", "2024-W42"),
        ("last week", "2024-W41"),
        ("next week", "2024-W43"),
        ("last month", "2024-09"),
        ("this year", "2024"),
        ("last year", "2023"),
        ("next year", "2025"),
        ("over the weekend", "2024-W41-WE"),
        ("this weekend", "2024-W42-WE"),
        ("two years ago", "2022"),
        ("five months ago", "2024-05"),
        ("two weeks ago", "2024-W40"),
        ("ten days ago", "2024-10-06"),
        ("a decade ago", "2014"),
        ("last spring", "2024-SP"),
        ("last fall", "2023-FA"),
        ("in the summer", "2024-SU"),
        ("next summer", "2025-SU"),
        ("in the summer of 1998", "1998-SU"),
        ("in the third quarter", "2024-Q3"),
        ("in the first half of 2021", "2021-H1"),
        ("in the second quarter of last year", "2023-Q2"),
    ],
)
def test_a_relative_expression_has_the_precision_of_its_unit(find: Finder, words: str, value: str) -> None:
    (timex,) = find(f"The harbour was closed {words}.")
    assert (timex.type, timex.value) == ("DATE", value)


@pytest.mark.parametrize(
    ("words", "value", "begin", "end"),
    [
        ("this week", "2024-W42", "2024-10-14", "2024-10-20"),
        ("last month", "2024-09", "2024-09-01", "2024-09-30"),
        ("last spring", "2024-SP", "2024-03-01", "2024-05-31"),
        ("in the winter of 2023", "2023-WI", "2023-12-01", "2024-02-29"),
        ("in the third quarter", "2024-Q3", "2024-07-01", "2024-09-30"),
        ("in the 1980s", "198", "1980-01-01", "1989-12-31"),
        ("in the 19th century", "18", "1800-01-01", "1899-12-31"),
    ],
)
def test_begin_and_end_are_the_days_that_the_value_covers(
    find: Finder, words: str, value: str, begin: str, end: str
) -> None:
    (timex,) = find(f"The harbour was closed {words}.")
    assert (timex.value, timex.begin, timex.end_date) == (value, begin, end)


@pytest.mark.parametrize(
    "words",
    [
        "yesterday",
        "Monday",
        "last week",
        "two years ago",
        "in June",
        "Sept. 30",
        "last spring",
        "this morning",
    ],
)
def test_without_a_publication_date_a_relative_date_keeps_only_its_words(find: Finder, words: str) -> None:
    (timex,) = find(f"The harbour was closed {words}.", None)
    assert (timex.value, timex.begin, timex.anchor, timex.relative) == (None, None, None, True)


@pytest.mark.parametrize(
    ("words", "value"),
    [("October 1950", "1950-10"), ("daily", "P1D"), ("for two years", "P2Y"), ("now", "PRESENT_REF")],
)
def test_without_a_publication_date_what_needs_no_anchor_keeps_its_value(
    find: Finder, words: str, value: str
) -> None:
    assert find(f"The harbour was closed {words}.", None)[0].value == value


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("In May 1998 he sold the mill. The following year he died.", "1999"),
        ("In May 1998 he sold the mill. He died later that year.", "1998"),
        ("He sold the mill on May 3, 1998, and left the same day.", "1998-05-03"),
        ("He sold the mill on May 3, 1998, and left the next morning.", "1998-05-04TMO"),
    ],
)
def test_that_same_and_following_count_from_the_date_named_before(
    find: Finder, sentence: str, value: str
) -> None:
    assert find(sentence)[-1].value == value


def test_a_year_earlier_in_a_business_story_is_the_same_quarter_of_that_year(find: Finder) -> None:
    text = "Net income fell in the third quarter. It was $2 million a year earlier."
    assert [timex.value for timex in find(text)] == ["2024-Q3", "2023-Q3"]


def test_the_quarter_is_the_one_the_story_is_about(find: Finder) -> None:
    text = "Sales rose in the second quarter. Costs fell in the quarter."
    assert [timex.value for timex in find(text)] == ["2024-Q2", "2024-Q2"]


def test_a_quarter_that_has_not_begun_is_last_years(find: Finder) -> None:
    assert find("Profit fell in the fourth quarter.", "2025-01-26")[0].value == "2024-Q4"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("now", "PRESENT_REF"),
        ("currently", "PRESENT_REF"),
        ("recently", "PAST_REF"),
        ("in the past", "PAST_REF"),
        ("in the near future", "FUTURE_REF"),
        ("years ago", "PAST_REF"),
    ],
)
def test_a_vague_time_is_a_reference(find: Finder, words: str, value: str) -> None:
    (timex,) = find(f"Prices are high {words}.")
    assert (timex.value, timex.begin) == (value, None)


@pytest.mark.parametrize(
    ("sentence", "exact", "value"),
    [
        ("The strike began a year and a half ago.", "a year and a half ago", "2023-04"),
        ("The strike began two and a half years ago.", "two and a half years ago", "2022-04"),
        ("The strike began six and a half months ago.", "six and a half months ago", "2024-04"),
        ("Prices rose from the same period of 2021.", "the same period of 2021", "2021"),
        ("It opens in the upcoming week.", "the upcoming week", "2024-W43"),
    ],
)
def test_a_point_in_time_counts_parts_of_units_and_years(
    find: Finder, sentence: str, exact: str, value: str
) -> None:
    (timex,) = find(sentence)
    assert (timex.exact, timex.value) == (exact, value)


def test_the_month_at_hand_is_meant_in_another_year(find: Finder) -> None:
    may, same = find("Lending fell in May from the same month of 2021.")
    assert (may.value, same.value) == ("2024-05", "2021-05")


def test_the_edge_of_a_month_needs_no_article(find: Finder) -> None:
    (timex,) = find("The kiosk closes at the end of month.")
    assert (timex.exact, timex.value, timex.mod) == ("the end of month", "2024-10", "END")
