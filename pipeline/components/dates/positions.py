"""Readers for places within a month, week or year: "the first Tuesday of October", "the week of May 3"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from pipeline.components.dates.arithmetic import bounds, shift_days, stepped, week_value
from pipeline.components.dates.named_dates import (
    REFERENCE_STEPS,
    day_number,
    exact_day,
    named_day,
    read_month,
)
from pipeline.components.dates.numerals import number_of
from pipeline.components.dates.patterns import Hit
from pipeline.components.dates.scene import Reading, Scene

_YEAR = 366


def read_nth_weekday(hit: Hit, scene: Scene) -> Reading | None:
    """The n-th or last weekday of a month."""
    return _within(hit, scene, lambda day: day.isoweekday() == int(hit.value("dow")))


def read_nth_day(hit: Hit, scene: Scene) -> Reading | None:
    """The n-th or last day of a month or year."""
    return _within(hit, scene, lambda day: True)


def read_nth_week(hit: Hit, scene: Scene) -> Reading | None:
    """The n-th or last week, or weekend, that lies whole in a month or year."""
    weekend = hit.has("weekend")
    reading = _within(hit, scene, _is_saturday if weekend else _is_monday, length=2 if weekend else 7)
    if reading is None or reading.value is None:
        return reading
    value = week_value(date.fromisoformat(reading.value)) + ("-WE" if weekend else "")
    return Reading("DATE", value, None, reading.relative, reading.anchor)


def _is_saturday(day: date) -> bool:
    return day.isoweekday() == 6


def _is_monday(day: date) -> bool:
    return day.isoweekday() == 1


def _within(hit: Hit, scene: Scene, fits: Callable[[date], bool], *, length: int = 1) -> Reading | None:
    """The day at the position, so many from the first or the last, with which a stretch of days begins."""
    days = _days(_month_value(hit, scene))
    chosen = [day for day in days[: len(days) - length + 1] if fits(day)]
    position = ordinal(hit)
    relative = not hit.has("year", "yearb")
    if not 0 < abs(position) <= _YEAR:
        return None
    if len(chosen) < abs(position):
        return Reading("DATE", None, None, relative)
    value = chosen[position - 1 if position > 0 else position].isoformat()
    return Reading("DATE", value, None, relative, scene.day if relative else None)


def ordinal(hit: Hit) -> int:
    """The position that group ``nth`` names; -1 for the last, -2 for the second last."""
    if hit.words("nth") in ("last", "final"):
        return -1
    back = -1 if hit.words("nth").endswith("last") else 1
    if hit.words("nth")[0].isdecimal():
        return back * hit.integer("nth")
    values = (hit.lexed.value(index) for index in hit.tokens("nth"))
    return back * sum(int(value) for value in values if value.isdecimal())


def _month_value(hit: Hit, scene: Scene) -> str | None:
    if hit.has("yearb"):
        return f"{hit.integer('yearb'):04d}"
    if hit.has("month"):
        reading = read_month(hit, scene)
        return reading.value if reading else None
    words = hit.words("ref")
    base = scene.reference_day(words, "month")
    return stepped(base, "month", REFERENCE_STEPS.get(words.split()[-1], 0)) if base else None


def _days(value: str | None) -> list[date]:
    span = bounds(value)
    if span is None:
        return []
    return [span[0] + timedelta(days=step) for step in range((span[1] - span[0]).days + 1)]


def read_week_of(hit: Hit, scene: Scene) -> Reading | None:
    """The week that holds a day."""
    day, relative = named_day(hit, scene)
    if day is None:
        return Reading("DATE", None, None, relative)
    return Reading("DATE", week_value(day), None, relative, scene.day if relative else None)


def read_weekday_of_week(hit: Hit, scene: Scene) -> Reading | None:
    """A weekday of last, this or next week."""
    if scene.day is None:
        return Reading("DATE", None, None, relative=True)
    monday = scene.day - timedelta(days=scene.day.isoweekday() - 1)
    step = 7 * REFERENCE_STEPS.get(hit.words("ref").split()[-1], 0) + int(hit.value("dow")) - 1
    day = shift_days(monday, step)
    return Reading("DATE", day.isoformat() if day else None, None, True, scene.day)


def read_bare_day(hit: Hit, scene: Scene) -> Reading | None:
    """A day without its month, "on the 15th": the latest, or the next where the clause looks forward."""
    number = day_number(hit)
    if scene.day is None or not 1 <= number <= 31:
        return Reading("DATE", None, None, relative=True) if 1 <= number <= 31 else None
    if scene.nearby and (after := date.fromisoformat(scene.nearby)).day < number:
        return _day_reading(exact_day(after.year, after.month, number), scene)  # of the month just named
    future = scene.tense(hit.start_token) == "future"
    return _day_reading(_nearest_month(scene.day, future, lambda day: day.day == number), scene)


def read_weekday_day(hit: Hit, scene: Scene) -> Reading | None:
    """A weekday with the day of the month, "Tuesday the 19th"."""
    number, weekday = day_number(hit), int(hit.value("dow"))
    if scene.day is None or not 1 <= number <= 31:
        return Reading("DATE", None, None, relative=True) if 1 <= number <= 31 else None
    future = scene.tense(hit.start_token) == "future"
    day = _nearest_month(scene.day, future, lambda day: (day.day, day.isoweekday()) == (number, weekday))
    return _day_reading(day, scene)


def _nearest_month(today: date, future: bool, fits: Callable[[date], bool]) -> date | None:
    """The first fitting day from today on, or back from it, within a year."""
    steps = range(0, _YEAR) if future else range(0, -_YEAR, -1)
    days = (shift_days(today, step) for step in steps)
    return next((day for day in days if day and fits(day)), None)


def _day_reading(day: date | None, scene: Scene) -> Reading:
    return Reading("DATE", day.isoformat() if day else None, None, True, scene.day if day else None)


def read_day_of_month(hit: Hit, scene: Scene) -> Reading | None:
    """A day of last, this or next month."""
    number = day_number(hit)
    if not 1 <= number <= 31:
        return None
    days = _days(_month_value(hit, scene))
    return _day_reading(days[number - 1] if number <= len(days) else None, scene)


def read_after_next(hit: Hit, scene: Scene) -> Reading | None:
    """The weekday after the coming one."""
    if scene.day is None:
        return Reading("DATE", None, None, relative=True)
    back = (scene.day.isoweekday() - int(hit.value("dow"))) % 7
    return _day_reading(shift_days(scene.day, 14 - back), scene)


def read_counted_weekdays(hit: Hit, scene: Scene) -> Reading | None:
    """The weekday so many times on or back: "three Fridays from now"."""
    number = number_of(hit.lexed, hit.tokens("num"))
    if number is None or number.denominator != 1 or not 1 <= number <= 99:
        return None
    if scene.day is None:
        return Reading("DATE", None, None, relative=True)
    back = (scene.day.isoweekday() - int(hit.value("dow"))) % 7
    if hit.words("dir") in ("ago", "back"):
        return _day_reading(shift_days(scene.day, -(back or 7) - 7 * (int(number) - 1)), scene)
    return _day_reading(shift_days(scene.day, 7 * int(number) - back), scene)


READERS = {
    "bare_day": read_bare_day,
    "weekday_day": read_weekday_day,
    "day_of_month": read_day_of_month,
    "after_next": read_after_next,
    "counted_weekdays": read_counted_weekdays,
    "nth_weekday": read_nth_weekday,
    "nth_day": read_nth_day,
    "nth_week": read_nth_week,
    "week_of": read_week_of,
    "weekday_of_week": read_weekday_of_week,
}
