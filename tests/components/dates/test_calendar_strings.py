"""The dateparser adapter: what it may answer, and the library's known wrong answers."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.components.dates.calendar_strings import parse_calendar_string
from tests.components.dates.conftest import Finder


@pytest.mark.parametrize(
    ("words", "order", "day"),
    [
        ("05/03/2013", "MDY", date(2013, 5, 3)),
        ("05/03/2013", "DMY", date(2013, 3, 5)),
        ("5/3/13", "MDY", date(2013, 5, 3)),
        ("31.12.1999", "MDY", date(1999, 12, 31)),
        ("2013-05-03", "DMY", date(2013, 5, 3)),
        ("2013/5/3", "MDY", date(2013, 5, 3)),
    ],
)
def test_a_clean_numeric_date_is_read_in_the_given_order(words: str, order: str, day: date) -> None:
    assert parse_calendar_string(words, order=order) == day


@pytest.mark.parametrize(
    "words",
    [
        "2009",
        "October 1950",
        "1980s",
        "may",
        "sat",
        "We",
        "50%",
        "58-3",
        "31 7/8",
        "10 of 12",
        "Q3 2023",
        "two weeks",
        "99/99/2013",
        "31/02/2013",
        "0/0/2000",
        "1/2/3/4",
        "",
        " ",
        "٣/٤/٢٠١٣",
        "12/2013",
        "2-15",
    ],
)
def test_what_is_no_full_numeric_date_is_refused(words: str) -> None:
    assert parse_calendar_string(words, order="MDY") is None


# What dateparser's own search makes of news: a day of the week, a year, a clock time, a month each.
@pytest.mark.parametrize(
    "sentence",
    [
        "We may march with them.",
        "She sat in the sun.",
        "Sun Microsystems made servers.",
        "They paid $25 billion for it.",
        "Shares rose from $66.",
        "It cost $4.2 billion.",
        "About 50% of them left.",
        "Williams, 32, won 58-3.",
        "Shares closed at 31 7/8.",
        "Ten of 12 jurors agreed.",
        "It had a three to one advantage.",
        "One in five agreed with the 2nd Army.",
        "A second rehab center opened.",
        "The second and third floors burned.",
        "I second that motion.",
        "Soldiers fall in line to spring the trap.",
        "Some 2,000 people kept 19,000 cattle in $1999 sheds.",
        "Call 555-2020-1999.",
        "May I come in? March on!",
        "The KN-2023 missile and the Boeing 737 flew.",
    ],
)
def test_a_known_false_alarm_of_date_search_stays_silent(find: Finder, sentence: str) -> None:
    assert find(sentence) == []


def test_no_missing_part_is_taken_from_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    parse_calendar_string.cache_clear()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert parse_calendar_string("05/03/2013", order="MDY") == date(2013, 5, 3)
