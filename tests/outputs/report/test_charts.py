from __future__ import annotations

from datetime import date, timedelta

import pytest

from pipeline.outputs.report.charts import MAX_BARS, bars, time_bars


@pytest.mark.parametrize(
    ("days", "unit", "first", "last"),
    [
        (["2024-05-01", "2024-05-09"], "day", "1 May 2024", "9 May 2024"),
        (["2024-05-01", "2024-11-09"], "week", "29 Apr 2024", "4 Nov 2024"),
        (["2021-05-01", "2024-11-09"], "month", "May 2021", "Nov 2024"),
        (["1990-05-01", "2024-11-09"], "year", "1990", "2024"),
        (["1562-05-01", "2024-11-09"], "decade", "1560s", "2020s"),
        (["0001-01-01", "9999-12-31"], "1000 years", "0s", "9000s"),
    ],
)
def test_the_finest_unit_that_fits_is_taken(days: list[str], unit: str, first: str, last: str) -> None:
    found, drawn = time_bars(days)
    assert (found, drawn[0].label, drawn[-1].label) == (unit, first, last)


@pytest.mark.parametrize("length", [1, 61, 62, 63, 400, 440, 2000, 30_000])
def test_every_article_is_in_a_bar_and_bars_are_few(length: int) -> None:
    begin = date(1900, 1, 31)
    days = [(begin + timedelta(number)).isoformat() for number in range(0, length, 3)]
    _, drawn = time_bars(days)
    assert sum(bar.value for bar in drawn) == len(days)
    assert len(drawn) <= MAX_BARS + 1


def test_the_longest_bar_has_full_length_and_others_their_share() -> None:
    assert [bar.share for bar in bars([("a", 4), ("b", 1), ("c", 0)])] == [100, 25, 0]


def test_no_days_no_bars() -> None:
    assert time_bars([]) == ("day", ())
