"""Readers for expressions that point from a day: "last week", "two years ago", "the third quarter"."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import cache

from pipeline.components.dates.arithmetic import (
    bounds,
    granularity_of,
    season_start,
    season_value,
    shift_days,
    shift_months,
    stepped,
    truncated,
)
from pipeline.components.dates.clock import CLOCK_SECONDS, clock_length, clock_reading, later_clock
from pipeline.components.dates.named_dates import REFERENCE_STEPS as _STEPS
from pipeline.components.dates.named_dates import modifier, year_number
from pipeline.components.dates.numerals import number_of
from pipeline.components.dates.patterns import Hit, compile_pattern
from pipeline.components.dates.scene import Reading, Scene
from pipeline.record import TimexMod, TimexType

_SEASON_LIMITS = ("since", "until", "till", "by")
_SEASON_CUES = ("in", "since", "by", "until", "during", "next", "that", "following")
# "the day" alone is no date: 3 of 22 in the open corpora mean the day at hand (Nov 2026)
_BACK = ("earlier", "before")
_STRETCHES = ("over", "in", "for", "within", "during", "of", "through")
_LENGTHS = {"fortnight": "P2W", "hour": "PT1H"}  # of no calendar: "the past hour" is a length
_LENGTH_CUES = ("past", "last", "next", "coming")
_DAYS_OF_WEEKS = {"week": 7, "fortnight": 14}
_DAY_STEPS = {"yesterday": -1, "tomorrow": 1}
_MOST = 10_000  # units; a calendar year is the last that four digits write
_FINER = {"century": ("year", 100), "decade": ("year", 10), "year": ("month", 12), "week": ("day", 7)}
_DAYS_OF_MONTH = Fraction(365_25, 12_00)


def unit_of(hit: Hit) -> str:
    """The unit of group ``unit``: day, week, month …"""
    plain = {"DAY": "day"}
    return hit.value("unit") or plain.get(hit.words("unit"), hit.words("unit"))


def unresolved(hit: Hit) -> Reading:
    """A date whose words alone are known."""
    return Reading("DATE", None, modifier(hit), relative=True)


def dated(hit: Hit, value: str | None, anchor: date | None) -> Reading:
    """A date counted from an anchor."""
    return Reading("DATE", value, modifier(hit), True, anchor if value else None)


def read_deictic(hit: Hit, scene: Scene) -> Reading | None:
    """Yesterday, today, tomorrow, with a part of day where one is printed; not in "USA TODAY"."""
    if hit.capitalised and (hit.follows_name or hit.preceding in ("the", "s")):
        return None
    kind: TimexType = "TIME" if hit.has("part") else "DATE"
    if scene.published is None:
        return Reading(kind, None, modifier(hit), relative=True)
    day = shift_days(scene.published, _DAY_STEPS.get(hit.words("deictic"), 0))
    value = day.isoformat() if day else None
    if value and hit.has("part"):
        value += "T" + hit.value("part")
    return Reading(kind, value, modifier(hit), True, scene.published)


def read_two_days(hit: Hit, scene: Scene) -> Reading | None:
    """The day after tomorrow, the day before yesterday."""
    if scene.published is None:
        return unresolved(hit)
    day = shift_days(scene.published, 2 * _DAY_STEPS[hit.words("deictic", "deicticb")])
    return dated(hit, day.isoformat() if day else None, scene.published)


def read_period(hit: Hit, scene: Scene) -> Reading | None:
    """This, last or next week, month, quarter, year."""
    which, unit = hit.words("ref").split()[-1], unit_of(hit)
    if unit in _LENGTHS or unit in CLOCK_SECONDS:
        return Reading("DURATION", _LENGTHS[unit]) if which in _LENGTH_CUES and unit in _LENGTHS else None
    if which == "the" and hit.lexed.word(hit.end_token - 1)[0].isupper():
        return None  # "Player of the Year"
    if (which, unit) == ("the", "year") and _ends_by_name(hit):
        return Reading("DURATION", "P1Y", relative=True)  # TimeML: "the year ended March 31" is a length
    if unit == "day" and which in ("next", "following", "previous"):
        return None  # counted from the day named before: ``read_offset_next``
    if (which, unit) == ("the", "day") and not hit.has("mod"):
        return None
    anchor = _anchor(hit, scene, which, unit)
    if anchor is None or ((which, unit) == ("the", "week") and not hit.has("mod")):
        return unresolved(hit)
    if unit == "quarter" and which in ("the", "that", "same"):
        return dated(hit, scene.reporting_quarter, anchor)
    step = _step(which, unit, anchor)
    if unit == "weekend" and which == "the" and not scene.narrative:
        step = _weekend_step(hit, scene, anchor)
    return dated(hit, stepped(anchor, unit, step), anchor)


def _ends_by_name(hit: Hit) -> bool:
    """Whether the day or month with which a year ends is told behind it: "the year to March"."""
    if hit.following(2).strip() in ("ended", "ending"):
        return True
    behind = hit.lexed.classes[hit.end_token : hit.end_token + 8]
    return _year_end().match(behind) is not None


@cache
def _year_end() -> re.Pattern[str]:
    return compile_pattern("(?: to| through) (?:the )?(?:end of )?(?:DAYNUM )?MON")


def _anchor(hit: Hit, scene: Scene, which: str, unit: str) -> date | None:
    """The day counted from: what has been told of a decade, or a day just named, is where "the" points."""
    if which == "the" and unit in ("decade", "century") and scene.tense(hit.start_token) != "future":
        return scene.previous_day or scene.day
    if which == "the" and unit in ("month", "year") and hit.has("mod") and scene.nearby:
        return date.fromisoformat(scene.nearby)
    if hit.words("ref") == "the next" and hit.preceding not in _STRETCHES and _is_told(hit, scene):
        return scene.named_before(unit) or scene.day
    return scene.reference_day(which, unit)


def _is_told(hit: Hit, scene: Scene) -> bool:
    return scene.tense(hit.start_token) == "past"


def _step(which: str, unit: str, anchor: date) -> int:
    """How many units on a reference points; "the new year" is the coming one but in January."""
    if which == "new":
        return int(anchor.month > 1)
    if (which, unit) == ("following", "weekend"):
        return int(anchor.isoweekday() >= 6)
    return _STEPS.get(which, 0)


def _weekend_step(hit: Hit, scene: Scene, today: date) -> int:
    """On a weekday "the weekend" is the last one, unless the clause looks forward."""
    return -1 if today.isoweekday() < 6 and scene.tense(hit.start_token) != "future" else 0


def read_period_end(hit: Hit, scene: Scene) -> Reading | None:
    """Year-end, month's end: the period that ends, with mod END."""
    if scene.day is None:
        return Reading("DATE", None, "END", relative=True)
    return Reading("DATE", truncated(scene.day, unit_of(hit)), "END", True, scene.day)


def read_period_edge(hit: Hit, scene: Scene) -> Reading | None:
    """The end or beginning of month or year, told without an article."""
    value = truncated(scene.day, unit_of(hit)) if scene.day else None
    return dated(hit, value, scene.day)


def read_season(hit: Hit, scene: Scene) -> Reading | None:
    """A season of a printed year, or the one that last / this / next names."""
    season, year = hit.value("season"), year_number(hit)
    if hit.has("refb"):
        return _season_of_year(hit, scene, season)
    if year is not None:
        return Reading("DATE", season_value(year, season), modifier(hit))
    if hit.is_title or (not hit.has("ref", "mod") and not _stands_alone(hit, scene)):
        return None
    if scene.day is None:
        return unresolved(hit)
    return dated(hit, _season_near(hit, scene, scene.day, season), scene.day)


def _season_of_year(hit: Hit, scene: Scene, season: str) -> Reading:
    """The season in a year given by reference: "the summer of last year"."""
    words = hit.words("refb")
    base = scene.reference_day(words, "year")
    value = season_value(base.year + _STEPS.get(words.split()[-1], 0), season) if base else None
    return dated(hit, value, base)


def _stands_alone(hit: Hit, scene: Scene) -> bool:
    """Whether a season without article is a date: in a history, but not "leaves fall", "a winter coat"."""
    if hit.preceding in _SEASON_LIMITS:
        return True
    return scene.narrative and (
        hit.words("season") not in ("fall", "spring") or hit.preceding in _SEASON_CUES
    )


def _season_from(named: tuple[date, date], season: str, *, following: bool) -> str:
    """That season of the days named, or the first to begin behind them."""
    value = season_value(named[following].year, season)
    is_over = following and season_start(value) <= named[1]
    return season_value(named[1].year + 1, season) if is_over else value


def _season_near(hit: Hit, scene: Scene, today: date, season: str) -> str:
    which = (hit.words("ref").split() or ["the"])[-1]
    named = bounds(scene.previous) if which in ("following", "that") else None
    if named:
        return _season_from(named, season, following=which == "following")
    this_year = season_value(today.year, season)
    begun = season_start(this_year) <= today
    if which in ("last", "past", "previous"):
        ended = shift_months(season_start(this_year), 3)
        return this_year if ended and ended <= today else season_value(today.year - 1, season)
    if which in ("next", "coming"):
        return season_value(today.year + begun, season)
    if which != "the" or scene.narrative:
        return this_year
    future = scene.tense(hit.start_token) == "future"
    if future:
        ended = shift_months(season_start(this_year), 3)
        return season_value(today.year + 1, season) if ended and ended <= today else this_year
    return this_year if begun else season_value(today.year - 1, season)


def read_ago(hit: Hit, scene: Scene) -> Reading | None:
    """So many units back, at the unit's own precision: two years ago is a year."""
    unit = unit_of(hit)
    number = _count(hit)
    if number is None:
        return Reading("DATE", "PAST_REF", None, relative=True)
    if scene.published is None:
        return Reading("DATE", None, _ago_mod(hit), relative=True)
    if unit in CLOCK_SECONDS and scene.minute is not None:
        return clock_reading(scene, -number * CLOCK_SECONDS[unit])
    if hit.has("on") and unit == "year":
        return _anniversary(hit, scene, scene.published, number)
    value = _quarter_back(scene, unit, number) or _back(scene.day or scene.published, unit, number)
    return Reading("DATE", value, _ago_mod(hit), True, scene.published if value else None)


def _anniversary(hit: Hit, scene: Scene, today: date, number: Fraction) -> Reading | None:
    """The day, week or month so many years back: "thirty years ago today"."""
    if number.denominator != 1 or number > _MOST:
        return None
    day = shift_months(today, -12 * int(number))
    value = truncated(day, hit.value("on") or "day") if day else None
    return Reading("DATE", value, _ago_mod(hit), True, today if value else None)


def _back(base: date, unit: str, number: Fraction) -> str | None:
    """The value so many units back, parts of a unit counted in the next finer one."""
    if number.denominator == 1 or number > _MOST:
        return moved(base, unit, -int(number))
    if unit == "month":
        day = shift_days(base, -round(number * _DAYS_OF_MONTH))
        return truncated(day, "month") if day else None
    finer, count = _FINER.get(unit, (unit, 1))
    return moved(base, finer, -int(number * count))


def _quarter_back(scene: Scene, unit: str, number: Fraction | int) -> str | None:
    """In a business story, "a year ago" compares with the same quarter of the year before."""
    if scene.quarter is None or unit != "year" or number != 1:
        return None
    return f"{int(scene.quarter[:4]) - 1:04d}-{scene.quarter[5:]}"


def _count(hit: Hit) -> Fraction | None:
    """The number of group ``num``, with a half or a quarter told behind it."""
    number = Fraction(1) if hit.words("num") in ("a", "an") else number_of(hit.lexed, hit.tokens("num"))
    if number is None:
        return None
    return number + Fraction(hit.has("half", "halfb"), 2) + Fraction(hit.has("quarter"), 4)


def _ago_mod(hit: Hit) -> TimexMod | None:
    words = hit.words("mod")
    if words in ("more than", "over", "just over"):
        return "BEFORE"
    return "AFTER" if words == "less than" else modifier(hit)


def moved(base: date, unit: str, steps: int) -> str | None:
    """The value so many units from a day; decades and centuries count in years."""
    if abs(steps) > _MOST:
        return None
    if unit in ("decade", "century"):
        return stepped(base, "year", steps * (10 if unit == "decade" else 100))
    return stepped(base, unit, steps)


def read_offset(hit: Hit, scene: Scene) -> Reading | None:
    """So many units earlier or later than the last date named, or than publication."""
    number, unit = _count(hit), unit_of(hit)
    if number is None or (number.denominator != 1 and unit not in CLOCK_SECONDS):
        return None
    if unit in CLOCK_SECONDS:
        return _clock_offset(hit, scene, number * CLOCK_SECONDS[unit])
    steps = int(-number if hit.words("dir") in _BACK else number)
    base = _offset_base(hit, scene, unit, steps)
    if base is None:
        return unresolved(hit)
    value = _quarter_back(scene, unit, -steps) or moved(base, unit, steps)
    if unit in _DAYS_OF_WEEKS and granularity_of(scene.previous) == "day" and base == scene.previous_day:
        day = shift_days(base, _DAYS_OF_WEEKS[unit] * steps)  # weeks from a day lead to a day
        value = day.isoformat() if day else None
    return dated(hit, value, base)


def _clock_offset(hit: Hit, scene: Scene, seconds: Fraction) -> Reading | None:
    """The minute so far from publication, or from the clock time last named."""
    if hit.has("now"):
        return clock_reading(scene, seconds)
    if hit.following(2).endswith(" than"):
        return None  # "two hours later than usual" counts from no time
    moment = later_clock(scene.previous or "", -seconds if hit.words("dir") in _BACK else seconds)
    if moment is None:  # TimeML: without a time to count from, how long it took
        return Reading("DURATION", clock_length(seconds), relative=True)
    return Reading("TIME", moment, None, True, scene.previous_day)


def _offset_base(hit: Hit, scene: Scene, unit: str, steps: int) -> date | None:
    """The day counted from: "a year earlier" compares with now, other offsets go on from a date named."""
    if hit.has("now"):
        return scene.published
    if unit == "year" and steps == -1 and not scene.narrative:
        return scene.published
    base = scene.named_before(unit)
    if base and scene.published and steps < 0 and base > scene.published:
        is_told = scene.tense(hit.start_token) == "past"
        return scene.published if is_told else base  # what was done before a day to come was done by now
    return base


def read_offset_next(hit: Hit, scene: Scene) -> Reading | None:
    """The next, same or previous day, week, year, counted from the last date named."""
    which, is_part = hit.words("ref").split()[-1], len(hit.value("unit")) == 2
    base = scene.reference_day("that", "day" if is_part else unit_of(hit))
    if base is None:
        return Reading("TIME" if is_part else "DATE", None, modifier(hit), relative=True)
    step = {"before": -1, "after": 1}.get(which, _STEPS.get(which, 0))
    if is_part:
        day = shift_days(base, step)
        value = f"{day.isoformat()}T{hit.value('unit')}" if day else None
        return Reading("TIME", value, modifier(hit), True, base)
    return dated(hit, stepped(base, unit_of(hit), step), base)


def read_same_time(hit: Hit, scene: Scene) -> Reading | None:
    """This time last year: the year before, for how much of it is meant nothing says."""
    if scene.day is None:
        return unresolved(hit)
    return dated(hit, stepped(scene.day, unit_of(hit), _STEPS[hit.words("ref")]), scene.day)


def read_present(hit: Hit, scene: Scene) -> Reading | None:
    """Now, in any words."""
    return Reading("DATE", "PRESENT_REF", relative=True)


def read_past(hit: Hit, scene: Scene) -> Reading | None:
    """A vague past."""
    return Reading("DATE", "PAST_REF", relative=True)


def read_soon(hit: Hit, scene: Scene) -> Reading | None:
    """Soon, unless the clause tells of the past."""
    return None if scene.tense(hit.start_token) == "past" else Reading("DATE", "FUTURE_REF", relative=True)


def read_future(hit: Hit, scene: Scene) -> Reading | None:
    """A vague future."""
    return Reading("DATE", "FUTURE_REF", relative=True)


READERS = {
    "deictic": read_deictic,
    "two_days": read_two_days,
    "period": read_period,
    "period_edge": read_period_edge,
    "period_end": read_period_end,
    "season": read_season,
    "ago": read_ago,
    "offset": read_offset,
    "offset_next": read_offset_next,
    "same_time": read_same_time,
    "present": read_present,
    "past": read_past,
    "future": read_future,
    "soon": read_soon,
}
