"""Clock times and parts of day. Published on Wednesday, 16 October 2024."""

from __future__ import annotations

import pytest

from tests.components.dates.conftest import Finder


@pytest.mark.parametrize(
    ("sentence", "exact", "value"),
    [
        ("It began at 10 p.m. Monday.", "10 p.m. Monday", "2024-10-14T22:00"),
        ("It began at 5 p.m. EST on Oct. 9.", "5 p.m. EST on Oct. 9", "2024-10-09T17:00"),
        ("It began at noon Thursday.", "noon Thursday", "2024-10-10T12:00"),
        ("It began around 7:15 p.m.", "around 7:15 p.m.", "2024-10-16T19:15"),
        ("It began at 6.30am.", "6.30am", "2024-10-16T06:30"),
        ("It began at 12 a.m.", "12 a.m.", "2024-10-16T00:00"),
        ("It began at 22:19 GMT.", "22:19 GMT", "2024-10-16T22:19Z"),
        ("It began at 0735 GMT.", "0735 GMT", "2024-10-16T07:35Z"),
        ("It began at 4 in the morning.", "4 in the morning", "2024-10-16T04:00"),
        ("It begins at eight tonight.", "eight tonight", "2024-10-16T20:00"),
        ("It began on the morning of Oct. 2.", "the morning of Oct. 2", "2024-10-02TMO"),
        ("It began on Monday evening.", "Monday evening", "2024-10-14TEV"),
        ("It began yesterday afternoon.", "yesterday afternoon", "2024-10-15TAF"),
        ("It began last night.", "last night", "2024-10-15TNI"),
        ("It began this morning.", "this morning", "2024-10-16TMO"),
        ("It began in the early hours of Friday.", "the early hours of Friday", "2024-10-11TMO"),
    ],
)
def test_a_time_belongs_to_the_day_it_names(find: Finder, sentence: str, exact: str, value: str) -> None:
    (timex,) = find(sentence)
    assert (timex.exact, timex.type, timex.value) == (exact, "TIME", value)


def test_a_bare_time_belongs_to_the_day_named_just_before(find: Finder) -> None:
    assert find("The barn burned on Monday. Crews came at 3:33 a.m.")[-1].value == "2024-10-14T03:33"


def test_a_bare_time_in_a_new_paragraph_belongs_to_the_day_of_publication(find: Finder) -> None:
    assert find("The barn burned on Monday.\n\nCrews came at 3:33 a.m.")[-1].value == "2024-10-16T03:33"


@pytest.mark.parametrize(
    "clock", ["25:10 GMT", "at 7:75 p.m.", "13 p.m.", "9961 GMT", "won 2:51", "odds of 3:1"]
)
def test_what_no_clock_shows_is_no_time(find: Finder, clock: str) -> None:
    assert find(f"The board read {clock} today.")[:-1] == []


@pytest.mark.parametrize(
    ("sentence", "exact", "value"),
    [
        ("It began at half past three.", "half past three", "2024-10-16T03:30"),
        ("It began at a quarter to noon.", "a quarter to noon", "2024-10-16T11:45"),
        ("It began at 20 minutes past 3 p.m.", "20 minutes past 3 p.m.", "2024-10-16T15:20"),
        ("It began tonight at 8.", "tonight at 8", "2024-10-16T20:00"),
        ("It began last night at 8:30.", "last night at 8:30", "2024-10-15T20:30"),
        ("It began yesterday morning at six.", "yesterday morning at six", "2024-10-15T06:00"),
        ("It began at 15h30.", "15h30", "2024-10-16T15:30"),
        ("It began at seven thirty p.m.", "seven thirty p.m.", "2024-10-16T19:30"),
        ("It began at 3 o'clock p.m.", "3 o'clock p.m.", "2024-10-16T15:00"),
        ("It began on Christmas 2023 at 6 p.m.", "Christmas 2023 at 6 p.m.", "2023-12-25T18:00"),
    ],
)
def test_a_time_may_be_told_from_the_hour_or_its_part_of_day(
    find: Finder, sentence: str, exact: str, value: str
) -> None:
    (timex,) = find(sentence)
    assert (timex.exact, timex.type, timex.value) == (exact, "TIME", value)


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Open 9-11 a.m. only.", ["2024-10-16T09:00", "2024-10-16T11:00"]),
        ("Open 11-2 p.m. only.", ["2024-10-16T11:00", "2024-10-16T14:00"]),
        ("Open from 3:30 to 6 p.m. only.", ["2024-10-16T15:30", "2024-10-16T18:00"]),
        ("It was open 9:30 - 11:00 on Monday.", ["2024-10-14T09:30", "2024-10-14T11:00"]),
    ],
)
def test_both_ends_of_a_range_share_the_half_and_the_day(
    find: Finder, sentence: str, values: list[str]
) -> None:
    assert [timex.value for timex in find(sentence)] == values


@pytest.mark.parametrize(
    "sentence",
    ["They lost 5 to 3.", "She ran it in 2:51.", "It gave half to charity.", "They won 20 to 12 at home."],
)
def test_scores_and_shares_are_no_clock_times(find: Finder, sentence: str) -> None:
    assert find(sentence) == []


def test_a_count_after_tonight_at_is_no_hour(find: Finder) -> None:
    assert [timex.exact for timex in find("It plays tonight at 8 clubs.")] == ["tonight"]


def test_a_time_with_a_line_for_itself_heads_an_entry(find: Finder) -> None:
    (timex,) = find("It is over.\n\n17:42\nThat was all from the harbour.")
    assert (timex.exact, timex.value) == ("17:42", "2024-10-16T17:42")


def test_a_time_inside_a_line_of_figures_may_be_a_score(find: Finder) -> None:
    assert find("The runner needed 17:42 and won.") == []


def test_a_time_may_stand_before_a_named_day(find: Finder) -> None:
    (timex,) = find("The bell will ring at noon on New Year's Eve.")
    assert (timex.exact, timex.value) == ("noon on New Year's Eve", "2024-12-31T12:00")


@pytest.mark.parametrize(
    ("words", "value"),
    [("three p.m.", "2024-10-16T15:00"), ("3 o'clock in the afternoon", "2024-10-16T15:00")],
)
def test_an_hour_in_words_takes_its_half_of_the_day(find: Finder, words: str, value: str) -> None:
    (timex,) = find(f"They met at {words} in the hall.")
    assert (timex.exact, timex.value) == (words, value)
