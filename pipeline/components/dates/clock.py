"""Readers for clock times and parts of the day, with the day they belong to."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from fractions import Fraction

from pipeline.components.dates.arithmetic import shift_days
from pipeline.components.dates.holidays import is_holiday, read_holiday
from pipeline.components.dates.named_dates import modifier, named_day, weekday_of
from pipeline.components.dates.numerals import number_of
from pipeline.components.dates.patterns import Hit
from pipeline.components.dates.scene import Reading, Scene

_DAY_STEPS = {"yesterday": -1, "tomorrow": 1}
_EVENING, _SMALL_HOURS = "T18", "T06"
_MOST_SECONDS = 48 * 3600  # further off, a clock time is not what is counted from
CLOCK_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAY_GROUPS = ("deictic", "month", "monthb", "dow", "holiday", "last", "this", "that", "part")


def day_of(hit: Hit, scene: Scene) -> date | None:
    """The day that a time is said to be on, or the one it is about."""
    if hit.has("deictic"):
        return (
            shift_days(scene.published, _DAY_STEPS.get(hit.words("deictic"), 0)) if scene.published else None
        )
    if hit.has("month", "monthb"):
        return named_day(hit, scene)[0]
    if hit.has("dow"):
        return weekday_of(hit, scene)
    if hit.has("holiday"):
        reading = read_holiday(hit, scene)
        return date.fromisoformat(reading.value) if reading and reading.value else None
    if hit.words("last") == "last":
        return shift_days(scene.published, -1) if scene.published else None
    if hit.has("this"):
        return scene.published
    if hit.has("that"):
        return scene.named_before("day")
    return date.fromisoformat(scene.nearby) if scene.nearby else scene.day


def _time(hit: Hit, scene: Scene, clock: str) -> Reading | None:
    if hit.has("holiday") and not is_holiday(hit):
        return None
    day = day_of(hit, scene)
    if day and _is_after_midnight(hit, scene, clock):
        day = shift_days(day, 1)
    if day and _is_over(hit, scene, clock):
        day = shift_days(day, 1)
    relative = not hit.has("year", "yearb")
    value = f"{day.isoformat()}{clock}" if day else None
    return Reading("TIME", value, modifier(hit), relative, scene.day if relative and day else None)


def _is_after_midnight(hit: Hit, scene: Scene, clock: str) -> bool:
    """Whether the small hours follow an evening just told of: "At 6 p.m. on Tuesday … at 1 a.m."."""
    before = scene.previous or ""
    evening = before.startswith(f"{scene.nearby}T") and before[10:] >= _EVENING
    return evening and not hit.has(*_DAY_GROUPS) and clock < _SMALL_HOURS


def _is_over(hit: Hit, scene: Scene, clock: str) -> bool:
    """Whether a time without a day is past already where only the future can be meant."""
    if scene.minute is None or scene.prefer == "past" or scene.nearby or hit.has(*_DAY_GROUPS):
        return False
    return clock[1:2].isdigit() and clock[1:6] <= scene.minute.isoformat()[:5]


def read_clock(hit: Hit, scene: Scene) -> Reading | None:
    """A clock time, on the day it names or on the day at hand."""
    hour = hit.integer("hour", "hourw", "hour24", "hour24b", "hourclock", "hourh", "hourhb")
    minute = hit.words("minute", "minute24", "minute24b", "minuteh")
    if hour > 24 or not _is_minute(minute):
        return None
    if hit.has("half", "halfb", "halfw"):
        if not 1 <= hour <= 12:
            return None
        hour = _of_24(hour, hit.value("half", "halfb", "halfw"))
    return _time(hit, scene, f"T{hour:02d}:{minute or '00'}{_zulu(hit)}")


def _is_minute(words: str) -> bool:
    return not words or (len(words) == 2 and int(words) <= 59)


def _of_24(hour: int, half: str) -> int:
    """The hour on the 24-hour clock; without a half of the day, as printed."""
    return hour % 12 + (12 if half == "pm" else 0) if half else hour


def read_line_clock(hit: Hit, scene: Scene) -> Reading | None:
    """A clock time that has a line for itself: it heads an entry of a live report."""
    return read_clock(hit, scene) if hit.fills_line else None


def read_clock_first(hit: Hit, scene: Scene) -> Reading | None:
    """The first end of "9-11 a.m.": it shares the half of the day, unless that turns the range round."""
    hour, minute, other = hit.integer("hour"), hit.words("minute"), hit.integer("hourb")
    if not (1 <= hour <= 12 and 1 <= other <= 12) or not _is_minute(minute):
        return None
    half = hit.value("half")
    if hour % 12 > other % 12:
        half = "am" if half == "pm" else "pm"
    return _time(hit, scene, f"T{_of_24(hour, half):02d}:{minute or '00'}")


def read_clock_past(hit: Hit, scene: Scene) -> Reading | None:
    """Minutes past or to an hour: "half past three", "a quarter to noon", "20 minutes past 3 p.m."."""
    minutes = _minutes(hit)
    hour = {"noon": 12, "midnight": 24}.get(hit.words("noon")) or hit.integer("hour", "hourh")
    if minutes is None or not 1 <= hour <= 24 or (hit.has("half") and hour > 12):
        return None
    hour = _of_24(hour, hit.value("half"))
    back = hit.words("dir") in ("to", "before")
    total = (hour * 60 + (-minutes if back else minutes)) % (24 * 60)
    return _time(hit, scene, f"T{total // 60:02d}:{total % 60:02d}")


def _minutes(hit: Hit) -> int | None:
    """The minutes printed; a bare number counts only before a time that says it is one."""
    words, after = hit.words("quarter"), hit.words("dir") in ("to", "past")
    if words:
        return None if words == "half" and hit.words("dir") != "past" else 30 if words == "half" else 15
    number = number_of(hit.lexed, hit.tokens("num"))
    is_clock = hit.has("half", "clock", "noon", "hourh")
    if number is None or number.denominator != 1 or not 1 <= number <= 59 or not is_clock:
        return None
    if hit.has("minutes") and "min" not in hit.words("minutes"):
        return None
    return int(number) if after or hit.has("half", "hourh") else None


def read_spelled_clock(hit: Hit, scene: Scene) -> Reading | None:
    """An hour and its minutes in words: "seven thirty p.m."."""
    hour, tokens = hit.integer("hour"), hit.tokens("minute")
    minute = sum(int(hit.lexed.value(index) or 0) for index in tokens)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    return _time(hit, scene, f"T{_of_24(hour, hit.value('half')):02d}:{minute:02d}")


def read_tonight_at(hit: Hit, scene: Scene) -> Reading | None:
    """An hour after its part of the day: "tonight at 8", "tomorrow evening at six"."""
    hour, minute = hit.integer("hour"), hit.words("minute")
    if not 1 <= hour <= 12 or not _is_minute(minute):
        return None
    half = hit.value("half") or ("am" if hit.value("part") == "MO" else "pm")
    return _time(hit, scene, f"T{_of_24(hour, half):02d}:{minute or '00'}")


def read_clock_part(hit: Hit, scene: Scene) -> Reading | None:
    """An hour told with its part of day: "4 in the morning", "eight tonight"."""
    hour, minute = hit.integer("hour"), hit.words("minute")
    if not 1 <= hour <= 12 or (minute and (len(minute) != 2 or int(minute) > 59)):
        return None
    part = hit.value("part") or "NI"
    hour = hour % 12 + (0 if part == "MO" else 12)
    return _time(hit, scene, f"T{hour:02d}:{minute or '00'}")


def read_military(hit: Hit, scene: Scene) -> Reading | None:
    """Four digits and a time zone."""
    digits = hit.words("hhmm")
    if int(digits[:2]) > 24 or int(digits[2:]) > 59:
        return None
    return _time(hit, scene, f"T{digits[:2]}:{digits[2:]}{_zulu(hit)}")


def _zulu(hit: Hit) -> str:
    """ISO 8601's mark of universal time; other zones are not converted: their offset is not printed."""
    return "Z" if hit.words("zone") in ("gmt", "utc") else ""


def read_noon(hit: Hit, scene: Scene) -> Reading | None:
    """Noon and midnight."""
    value = hit.value("noon")
    return _time(hit, scene, "T00:00" if value == "T24:00" and modifier(hit) == "AFTER" else value)


def read_weekday_part(hit: Hit, scene: Scene) -> Reading | None:
    """A part of a named day."""
    if hit.is_title:
        return None
    return _time(hit, scene, f"T{hit.value('part')}")


def read_hours_of(hit: Hit, scene: Scene) -> Reading | None:
    """The early hours of a day."""
    return _time(hit, scene, f"T{hit.value('part') or 'MO'}")


def read_tonight(hit: Hit, scene: Scene) -> Reading | None:
    """Tonight, last night, this morning."""
    part = hit.value("part") or "NI"
    day = scene.published
    if day and hit.words("last") == "last":
        day = shift_days(day, -1)
    value = f"{day.isoformat()}T{part}" if day else None
    return Reading("TIME", value, modifier(hit), True, scene.published if value else None)


def read_dawn(hit: Hit, scene: Scene) -> Reading | None:
    """Dawn and dusk, as the part of day that they open."""
    return _time(hit, scene, f"T{hit.value('dawn')}")


def names_day(hit: Hit) -> bool:
    """Whether a time is told with its day: later times without one are of that day."""
    return hit.has("deictic", "month", "monthb", "dow", "holiday", "last", "that")


def later_clock(value: str, seconds: Fraction) -> str | None:
    """The minute so many seconds after a clock time; None for a part of day or beyond the calendar."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\dT[01]\d:\d\d|\d{4}-\d\d-\d\dT2[0-3]:\d\d)(Z?)", value)
    if match is None or abs(seconds) > _MOST_SECONDS:
        return None
    try:
        moment = datetime.fromisoformat(match[1]) + timedelta(seconds=float(seconds))
    except OverflowError:
        return None
    return moment.isoformat(timespec="minutes") + match[2]


def clock_length(seconds: Fraction) -> str:
    """The TIMEX3 duration of so many seconds, in the largest unit that is whole."""
    unit = next(
        unit
        for unit in ("hour", "minute", "second")
        if seconds % CLOCK_SECONDS[unit] == 0 or unit == "second"
    )
    return f"PT{int(seconds // CLOCK_SECONDS[unit])}{unit[0].upper()}"


def clock_reading(scene: Scene, seconds: Fraction) -> Reading:
    """The minute so many seconds from publication; no value where its time of day is not known."""
    if scene.published is None or scene.minute is None:
        return Reading("TIME", None, None, relative=True)
    try:
        moment = datetime.combine(scene.published, scene.minute) + timedelta(seconds=float(seconds))
    except OverflowError:
        return Reading("TIME", None, None, relative=True)
    spec = "seconds" if moment.second else "minutes"
    return Reading("TIME", moment.isoformat(timespec=spec), None, True, scene.published)


READERS = {
    "clock": read_clock,
    "line_clock": read_line_clock,
    "clock_first": read_clock_first,
    "clock_past": read_clock_past,
    "tonight_at": read_tonight_at,
    "spelled_clock": read_spelled_clock,
    "clock_part": read_clock_part,
    "military": read_military,
    "noon": read_noon,
    "weekday_part": read_weekday_part,
    "part_of": read_weekday_part,
    "hours_of": read_hours_of,
    "tonight": read_tonight,
    "dawn": read_dawn,
}
