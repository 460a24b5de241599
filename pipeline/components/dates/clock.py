"""Readers for clock times and parts of the day, with the day they belong to."""

from __future__ import annotations

from datetime import date

from pipeline.components.dates.arithmetic import shift_days
from pipeline.components.dates.named_dates import modifier, named_day, weekday_of
from pipeline.components.dates.patterns import Hit
from pipeline.components.dates.scene import Reading, Scene

_DAY_STEPS = {"yesterday": -1, "tomorrow": 1}


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
    return date.fromisoformat(scene.nearby) if scene.nearby else scene.day


def _time(hit: Hit, scene: Scene, clock: str) -> Reading:
    day = day_of(hit, scene)
    relative = not hit.has("year", "yearb")
    value = f"{day.isoformat()}{clock}" if day else None
    return Reading("TIME", value, modifier(hit), relative, scene.day if relative and day else None)


def read_clock(hit: Hit, scene: Scene) -> Reading | None:
    """A clock time, on the day it names or on the day at hand."""
    hour, minute = hit.integer("hour", "hour24", "hourclock"), hit.words("minute", "minute24")
    if hour > 24 or (minute and (len(minute) != 2 or int(minute) > 59)):
        return None
    if hit.has("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if hit.value("half") == "pm" else 0)
    return _time(hit, scene, f"T{hour:02d}:{minute or '00'}{_zulu(hit)}")


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
    return _time(hit, scene, hit.value("noon"))


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


READERS = {
    "clock": read_clock,
    "clock_part": read_clock_part,
    "military": read_military,
    "noon": read_noon,
    "weekday_part": read_weekday_part,
    "part_of": read_weekday_part,
    "hours_of": read_hours_of,
    "tonight": read_tonight,
}
