"""Calendar arithmetic on TIMEX3 values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.dates.arithmetic import (
    bounds,
    granularity_of,
    shape_of,
    shift_months,
    stepped,
    truncated,
)

UNITS = ("day", "week", "weekend", "month", "quarter", "year", "decade", "century")
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@given(DAYS, st.sampled_from(("day", "week", "month", "quarter", "year", "decade", "century")))
def test_the_unit_that_holds_a_day_covers_it(day: date, unit: str) -> None:
    span = bounds(truncated(day, unit))
    assert span is not None
    assert span[0] <= day <= span[1]


@given(DAYS, st.sampled_from(UNITS), st.integers(-9, 9))
def test_a_step_keeps_the_unit(day: date, unit: str, steps: int) -> None:
    value = stepped(day, unit, steps)
    assert value is not None
    assert shape_of(value) == unit


@given(DAYS, st.sampled_from(("week", "month", "quarter", "year")))
def test_the_next_unit_begins_the_day_after_this_one_ends(day: date, unit: str) -> None:
    this, following = bounds(stepped(day, unit, 0)), bounds(stepped(day, unit, 1))
    assert this is not None and following is not None
    assert (following[0] - this[1]).days == 1


@pytest.mark.parametrize(
    ("value", "granularity"),
    [
        ("2024-10-15", "day"),
        ("2024-10-15TMO", "daypart"),
        ("2024-10-15T22:00", "minute"),
        ("2024-W42", "week"),
        ("2024-W42-WE", "weekend"),
        ("2024-SP", "season"),
        ("2024-Q3", "quarter"),
        ("2024-H1", "half"),
        ("198", "decade"),
        ("18", "century"),
        ("P2Y", "year"),
        ("PT5H", "hour"),
        ("PXD", "day"),
        ("PRESENT_REF", None),
        (None, None),
    ],
)
def test_granularity_follows_the_value(value: str | None, granularity: str | None) -> None:
    assert granularity_of(value) == granularity


@pytest.mark.parametrize(
    "value", ["2023-02-29", "2024-13", "2024-W60", "0000", "000", "P2Y", "PRESENT_REF", "BC0480"]
)
def test_a_value_that_names_no_days_has_no_bounds(value: str) -> None:
    assert bounds(value) is None


def test_beyond_the_calendar_there_is_no_day() -> None:
    assert shift_months(date(9999, 12, 1), 1) is None
    assert stepped(date(1, 1, 1), "day", -1) is None
