"""Days called by name. Published on Wednesday, 16 October 2024."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.dates.holidays import easter, holiday_in, load_holidays
from tests.components.dates.conftest import Finder


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on Christmas Eve", "2024-12-24"),
        ("on Thanksgiving Day", "2024-11-28"),
        ("last Thanksgiving", "2023-11-23"),
        ("on Easter Sunday 2019", "2019-04-21"),
        ("on New Year's Day", "2025-01-01"),
        ("on Labor Day", "2025-09-01"),
        ("on Election Day", "2024-11-05"),
        ("after 9/11", "2001-09-11"),
    ],
)
def test_a_named_day_of_what_will_be_is_the_coming_one(find: Finder, words: str, value: str) -> None:
    (timex,) = find(f"Shops will close {words}.")
    assert timex.value == value


def test_a_named_day_of_what_was_is_the_nearest_of_that_name(find: Finder) -> None:
    (timex,) = find("Shops closed on Labor Day.")
    assert timex.value == "2024-09-02"


def test_election_day_is_not_invented_for_a_year_without_one() -> None:
    assert holiday_in("election", 2023) is None


@pytest.mark.parametrize(
    ("year", "day"), [(1818, "1818-03-22"), (2000, "2000-04-23"), (2024, "2024-03-31"), (2038, "2038-04-25")]
)
def test_easter_is_where_the_church_keeps_it(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


@given(st.integers(1583, 9000))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    assert easter(year).isoweekday() == 7
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize("rule", sorted(set(load_holidays().values())))
def test_every_rule_of_the_list_gives_a_day_in_an_election_year(rule: str) -> None:
    day = date.fromisoformat(rule[-10:]) if rule[:4].isdecimal() else holiday_in(rule, 2024)
    assert day is not None


@pytest.mark.parametrize(
    ("sentence", "value", "mod"),
    [
        ("The square was full on Eid al-Fitr 2018.", "2018-06-15", "APPROX"),
        ("The shops open for Diwali 2024.", "2024-10-31", None),
        ("Crowds met for the Lunar New Year in 2023.", "2023-01-22", None),
        ("The court rests on Yom Kippur 2018.", "2018-09-19", None),
    ],
)
def test_a_moveable_feast_is_looked_up_and_a_sighted_one_is_approximate(
    find: Finder, sentence: str, value: str, mod: str | None
) -> None:
    (timex,) = find(sentence)
    assert (timex.value, timex.mod) == (value, mod)


def test_a_feast_beyond_its_table_keeps_its_words(find: Finder) -> None:
    (timex,) = find("They marked Diwali 1931.")
    assert timex.value is None


@pytest.mark.parametrize(
    ("sentence", "value"),
    [("He was shot at Christmas.", "2023-12-25"), ("He will sing at Christmas.", "2024-12-25")],
)
def test_a_feast_follows_what_the_verbs_tell(find: Finder, sentence: str, value: str) -> None:
    (timex,) = find(sentence)
    assert timex.value == value
