"""The one place that calls dateparser: clean numeric calendar strings in, a day or nothing out.

dateparser never searches here (its ``search_dates`` makes a date of "a three to one advantage") and
never guesses: every part must be printed, the order of day and month is an option, and what it
returns must use the printed numbers.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

_NUMBERS = re.compile(r"[0-9]{1,4}")
_CLEAN = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}\Z")
_EPOCH = datetime(2000, 1, 1)  # a base must be given, or missing parts would come from the clock


@lru_cache(maxsize=1)
def _parser(order: str) -> Any:
    from dateparser.date import DateDataParser

    settings = {
        "RELATIVE_BASE": _EPOCH,
        "DATE_ORDER": order,
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "RETURN_AS_TIMEZONE_AWARE": False,
        "PARSERS": ["absolute-time"],
    }
    return DateDataParser(languages=["en"], settings=settings)


@lru_cache(maxsize=4096)
def parse_calendar_string(words: str, *, order: str) -> date | None:
    """The day that an all-digit date names, or None where the string is not clean or names none."""
    if not _CLEAN.match(words):
        return None
    found = _parser("YMD" if _starts_with_year(words) else order).get_date_data(words)
    if found.date_obj is None or found.period != "day":
        return None
    day: date = found.date_obj.date()
    return day if _uses_printed_numbers(words, day) else None


def _starts_with_year(words: str) -> bool:
    return len(_NUMBERS.match(words).group()) == 4  # type: ignore[union-attr]


def _uses_printed_numbers(words: str, day: date) -> bool:
    printed = sorted(int(number) % 100 for number in _NUMBERS.findall(words))
    return printed == sorted((day.year % 100, day.month, day.day))
