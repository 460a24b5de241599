"""Readers for offsets from a day that stands with them: "a week from Friday", "in two hours"."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pipeline.components.dates.arithmetic import shift_days, shift_months
from pipeline.components.dates.clock import CLOCK_SECONDS, clock_reading, day_of
from pipeline.components.dates.holidays import is_holiday
from pipeline.components.dates.numerals import number_of
from pipeline.components.dates.patterns import Hit
from pipeline.components.dates.periods import moved, unit_of
from pipeline.components.dates.scene import Reading, Scene

_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_MOST = 10_000


def amount(hit: Hit) -> Fraction | None:
    """The number of group ``num``; None for a vague or an absurd one."""
    words = hit.words("num")
    if words in ("a", "an"):
        return Fraction(1)
    if words.startswith("half"):
        return Fraction(1, 2)
    number = number_of(hit.lexed, hit.tokens("num"))
    return number if number is not None and number <= _MOST else None


def read_offset_in(hit: Hit, scene: Scene) -> Reading | None:
    """So many units ahead, where the clause looks forward; otherwise the time that something took."""
    looks_forward = scene.prefer == "future" and scene.tense(hit.start_token) == "future"
    return _offset_ahead(hit, scene) if looks_forward else None


def read_offset_in_time(hit: Hit, scene: Scene) -> Reading | None:
    """So many units ahead, as "in two years' time" says by itself, but for what is told as past."""
    return None if scene.tense(hit.start_token) == "past" else _offset_ahead(hit, scene)


def _offset_ahead(hit: Hit, scene: Scene) -> Reading | None:
    number, unit = amount(hit), unit_of(hit)
    if number is None:
        return None
    if unit in CLOCK_SECONDS:
        return clock_reading(scene, number * CLOCK_SECONDS[unit])
    if scene.day is None or number.denominator != 1:
        return Reading("DATE", None, None, relative=True)
    value = moved(scene.day, unit, int(number))
    return Reading("DATE", value, None, True, scene.day if value else None)


def read_offset_from(hit: Hit, scene: Scene) -> Reading | None:
    """So many units from, after or before a day that is named: "two weeks from Friday"."""
    number, unit = amount(hit), unit_of(hit)
    if number is None or number.denominator != 1 or unit not in (*_DAYS, *_MONTHS):
        return None
    if hit.has("holiday") and not is_holiday(hit):
        return None
    base = day_of(hit, scene)
    steps = -int(number) if hit.words("dir") == "before" else int(number)
    day = _stepped(base, unit, steps) if base else None
    return Reading("DATE", day.isoformat() if day else None, None, True, scene.day if day else None)


def _stepped(base: date, unit: str, steps: int) -> date | None:
    """A day counted from a day keeps its precision."""
    if unit in _MONTHS:
        return shift_months(base, _MONTHS[unit] * steps)
    return shift_days(base, _DAYS[unit] * steps)


READERS = {
    "offset_in": read_offset_in,
    "offset_in_time": read_offset_in_time,
    "offset_from": read_offset_from,
}
