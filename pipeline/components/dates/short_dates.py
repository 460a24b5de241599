"""Readers for the shorthand of forms and notes, on by option only: "2/15", "15-2-13".

In news "2/15" is a fraction and "3-1" a score.
"""

from __future__ import annotations

import re
from datetime import timedelta

from pipeline.components.dates.arithmetic import truncated
from pipeline.components.dates.clock import read_clock
from pipeline.components.dates.named_dates import NEARBY, exact_day, nearest_day, read_weekday
from pipeline.components.dates.patterns import Hit
from pipeline.components.dates.scene import Reading, Scene
from pipeline.record import TimexMod

_TWO_DIGIT_PIVOT = 50
_PAST_REACH = timedelta(days=75)


def read_short_day(hit: Hit, scene: Scene) -> Reading | None:
    """A day and month in figures, without a year."""
    if not scene.short_dates:
        return None
    month, day = _ordered(scene, *_figures(hit))
    if exact_day(2000, month, day) is None:
        return None
    ahead = NEARBY if scene.prefer == "future" else _PAST_REACH
    found = nearest_day(scene, month, day, ahead)
    return Reading("DATE", found.isoformat() if found else None, None, True, scene.day if found else None)


def read_short_numeric(hit: Hit, scene: Scene) -> Reading | None:
    """A day, month and year in figures, however they are parted."""
    if not scene.short_dates:
        return None
    first, second, year = _figures(hit)
    month, day = _ordered(scene, first, second)
    if year < 100:
        year += 2000 if year < _TWO_DIGIT_PIVOT else 1900
    found = exact_day(year, month, day)
    return Reading("DATE", found.isoformat()) if found else None


def _figures(hit: Hit) -> list[int]:
    return [int(figure) for figure in re.findall(r"\d{1,4}", hit.words("date"))]


def _ordered(scene: Scene, first: int, second: int) -> tuple[int, int]:
    return (second, first) if scene.date_order == "DMY" else (first, second)


def read_short_period(hit: Hit, scene: Scene) -> Reading | None:
    """EOM, EOY and the like: the period at hand with mod START or END."""
    if not scene.short_dates:
        return None
    edge, _, unit = hit.value("period").partition(" ")
    mod: TimexMod = "END" if edge == "END" else "START"
    return Reading("DATE", truncated(scene.day, unit) if scene.day else None, mod, True, scene.day)


def read_bare_clock(hit: Hit, scene: Scene) -> Reading | None:
    """A clock time with nothing around it: in news 2:51 may as well be a race or a score."""
    return read_clock(hit, scene) if scene.short_dates else None


def read_short_weekday(hit: Hit, scene: Scene) -> Reading | None:
    """A weekday cut short in small letters."""
    return read_weekday(hit, scene) if scene.short_dates else None


READERS = {
    "short_day": read_short_day,
    "short_numeric": read_short_numeric,
    "short_period": read_short_period,
    "bare_clock": read_bare_clock,
    "short_weekday": read_short_weekday,
}
