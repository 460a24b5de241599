"""Calendar arithmetic on TIMEX3 values (ISO-TimeML): step, truncate, and the days a value covers."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month; a northern year
UNITS = ("day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century")
_DAY = timedelta(days=1)


def shift_days(day: date, days: int) -> date | None:
    """The day so many days on, or None beyond the calendar's ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(day: date, months: int) -> date | None:
    """The same day so many months on, or the month's last; None beyond the calendar's ends."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def week_value(day: date) -> str:
    """The ISO week of a day, as 2024-W42."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_of(day: date) -> int:
    """The calendar quarter of a day."""
    return (day.month + 2) // 3


def truncated(day: date, unit: str) -> str:
    """The value of the unit (day, week, month …) that holds the day."""
    if unit == "week":
        return week_value(day)
    if unit == "weekend":
        return week_value(day) + "-WE"
    if unit == "quarter":
        return f"{day.year:04d}-Q{quarter_of(day)}"
    return day.isoformat()[: {"century": 2, "decade": 3, "year": 4, "month": 7}.get(unit, 10)]


def stepped(day: date, unit: str, steps: int) -> str | None:
    """The value of the unit so many units on from the one that holds the day."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    days = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}.get(unit)
    if months is not None:
        moved = shift_months(day.replace(day=1), months * steps)
    elif days is not None:
        moved = shift_days(day, days * steps)
    else:
        return None
    unit = "week" if unit == "fortnight" else unit
    return None if moved is None else truncated(moved, unit)


def season_value(year: int, season: str) -> str:
    """The season of a year; winter counts to the year of its December."""
    return f"{year:04d}-{season}"


def season_start(value: str) -> date:
    """First day of a season value such as 2024-SP."""
    return date(int(value[:4]), SEASON_MONTHS[value[5:7]], 1)


_SHAPES: tuple[tuple[str, str], ...] = (
    ("day", r"\d{4}-\d\d-\d\d(?:T.*)?"),
    ("month", r"\d{4}-\d\d"),
    ("weekend", r"\d{4}-W\d\d-WE"),
    ("week", r"\d{4}-W\d\d"),
    ("quarter", r"\d{4}-Q[1-4]"),
    ("half", r"\d{4}-H[12]"),
    ("season", r"\d{4}-(?:SP|SU|FA|WI)"),
    ("year", r"\d{4}"),
    ("decade", r"\d{3}"),
    ("century", r"\d{2}"),
)
_COMPILED = tuple((name, re.compile(shape + r"\Z")) for name, shape in _SHAPES)
_DURATION_UNITS = {
    "Y": "year",
    "M": "month",
    "W": "week",
    "D": "day",
    "E": "decade",
    "C": "century",
    "Q": "quarter",
}
_CLOCK_UNITS = {"H": "hour", "M": "minute", "S": "second"}


def shape_of(value: str) -> str | None:
    """The unit that a calendar value names, or None for durations and references."""
    return next((name for name, shape in _COMPILED if shape.match(value)), None)


def granularity_of(value: str | None) -> str | None:
    """The record's granularity of a TIMEX3 value."""
    if not value:
        return None
    if value[0] == "P":
        return _duration_granularity(value)
    if "T" in value and value[0].isdigit():
        clock = value.partition("T")[2]
        if not clock[:1].isdigit():
            return "daypart"
        return "second" if clock.count(":") > 1 else "minute" if ":" in clock else "hour"
    return shape_of(value)


def _duration_granularity(value: str) -> str | None:
    last = value[-1]
    if "T" in value:
        return _CLOCK_UNITS.get(last)
    return _DURATION_UNITS.get(last)


def bounds(value: str | None) -> tuple[date, date] | None:
    """First and last day that a calendar value covers; None for what names no days."""
    shape = shape_of(value) if value else None
    if value is None or shape is None:
        return None
    try:
        return _BOUNDS[shape](value)
    except (ValueError, OverflowError):
        return None


def _month_span(year: int, month: int, months: int) -> tuple[date, date]:
    first = date(year, month, 1)
    after = shift_months(first, months)
    return first, (after - _DAY if after else date.max)


def _week_span(value: str) -> tuple[date, date]:
    monday = date.fromisocalendar(int(value[:4]), int(value[6:8]), 1)
    return (monday + 5 * _DAY if value.endswith("-WE") else monday), monday + 6 * _DAY


def _day_span(value: str) -> tuple[date, date]:
    day = date.fromisoformat(value[:10])
    return day, day


_BOUNDS: dict[str, Callable[[str], tuple[date, date]]] = {
    "day": _day_span,
    "month": lambda value: _month_span(int(value[:4]), int(value[5:7]), 1),
    "week": _week_span,
    "weekend": _week_span,
    "quarter": lambda value: _month_span(int(value[:4]), 3 * int(value[6]) - 2, 3),
    "half": lambda value: _month_span(int(value[:4]), 6 * int(value[6]) - 5, 6),
    "season": lambda value: _month_span(int(value[:4]), SEASON_MONTHS[value[5:7]], 3),
    "year": lambda value: _month_span(int(value), 1, 12),
    "decade": lambda value: _month_span(int(value) * 10, 1, 120),
    "century": lambda value: _month_span(int(value) * 100, 1, 1200),
}
