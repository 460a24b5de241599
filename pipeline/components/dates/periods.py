"""Readers for expressions that point from a day: "last week", "two years ago", "the third quarter"."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pipeline.components.dates.arithmetic import (
    quarter_of,
    season_start,
    season_value,
    shift_days,
    shift_months,
    stepped,
    truncated,
)
from pipeline.components.dates.clock import CLOCK_SECONDS, clock_reading
from pipeline.components.dates.named_dates import REFERENCE_STEPS as _STEPS
from pipeline.components.dates.named_dates import modifier, read_month, year_number
from pipeline.components.dates.numerals import number_of
from pipeline.components.dates.patterns import Hit
from pipeline.components.dates.scene import Reading, Scene
from pipeline.record import TimexMod, TimexType

_SEASON_CUES = ("in", "since", "by", "until", "during", "next", "that", "following")
_VAGUE_ALONE = ("day", "week")  # "the day": 3 of 22 in the open corpora mean the day at hand (Nov 2026)
_DAY_STEPS = {"yesterday": -1, "tomorrow": 1}
_MOST = 10_000  # units; a calendar year is the last that four digits write
_FINER = {"century": ("year", 100), "decade": ("year", 10), "year": ("month", 12), "week": ("day", 7)}
_DAYS_OF_MONTH = Fraction(365_25, 12_00)


def unit_of(hit: Hit) -> str:
    """The unit of group ``unit``: day, week, month …"""
    plain = {"DAY": "day"}
    return hit.value("unit") or plain.get(hit.words("unit"), hit.words("unit"))


def _unresolved(hit: Hit) -> Reading:
    return Reading("DATE", None, modifier(hit), relative=True)


def _reading(hit: Hit, value: str | None, anchor: date | None) -> Reading:
    return Reading("DATE", value, modifier(hit), True, anchor if value else None)


def read_deictic(hit: Hit, scene: Scene) -> Reading | None:
    """Yesterday, today, tomorrow, with a part of day where one is printed; not in "USA TODAY"."""
    if hit.capitalised and hit.follows_name:
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
        return _unresolved(hit)
    day = shift_days(scene.published, 2 * _DAY_STEPS[hit.words("deictic", "deicticb")])
    return _reading(hit, day.isoformat() if day else None, scene.published)


def read_period(hit: Hit, scene: Scene) -> Reading | None:
    """This, last or next week, month, quarter, year."""
    which, unit = hit.words("ref").split()[-1], unit_of(hit)
    if which == "the" and hit.lexed.word(hit.end_token - 1)[0].isupper():
        return None  # "Player of the Year"
    if (which, unit) == ("the", "year") and hit.following(2).strip() in ("ended", "ending"):
        return Reading("DURATION", "P1Y", relative=True)  # TimeML: "the year ended March 31" is a length
    anchor = scene.reference_day(which, unit)
    if anchor is None or (which == "the" and unit in _VAGUE_ALONE and not hit.has("mod")):
        return _unresolved(hit)
    if unit == "quarter" and which in ("the", "that", "same"):
        return _reading(hit, scene.reporting_quarter, anchor)
    step = _STEPS.get(which, 0)
    if unit == "weekend" and which == "the" and not scene.narrative:
        step = _weekend_step(hit, scene, anchor)
    return _reading(hit, stepped(anchor, unit, step), anchor)


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
    return _reading(hit, value, scene.day)


def read_season(hit: Hit, scene: Scene) -> Reading | None:
    """A season of a printed year, or the one that last / this / next names."""
    season, year = hit.value("season"), year_number(hit)
    if year is not None:
        return Reading("DATE", season_value(year, season), modifier(hit))
    if hit.is_title or (not hit.has("ref", "mod") and not _stands_alone(hit, scene)):
        return None
    if scene.day is None:
        return _unresolved(hit)
    return _reading(hit, _season_near(hit, scene, scene.day, season), scene.day)


def _stands_alone(hit: Hit, scene: Scene) -> bool:
    """Whether a season without article is a date: in a history, but not "leaves fall", "a winter coat"."""
    return scene.narrative and (
        hit.words("season") not in ("fall", "spring") or hit.preceding in _SEASON_CUES
    )


def _season_near(hit: Hit, scene: Scene, today: date, season: str) -> str:
    which = (hit.words("ref").split() or ["the"])[-1]
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


def read_quarter(hit: Hit, scene: Scene) -> Reading | None:
    """A numbered quarter, of a printed year or of the one at hand."""
    number = hit.integer("ord", "ordb")
    number = 4 if number == -1 else number
    year = year_number(hit)
    if not 1 <= number <= 4:
        return None
    if year is not None:
        return Reading("DATE", f"{year:04d}-Q{number}")
    if scene.day is None:
        return _unresolved(hit)
    year = scene.day.year + _STEPS.get(hit.words("ref"), 0)
    future = number > quarter_of(scene.day) and scene.tense(hit.start_token) != "future"
    year -= future and not hit.has("ref") and number - quarter_of(scene.day) > 1
    return _reading(hit, f"{year:04d}-Q{number}", scene.day)


def read_quarter_span(hit: Hit, scene: Scene) -> Reading | None:
    """The quarter that its first and last months name: "the July–September quarter"."""
    first, last = int(hit.value("month")), int(hit.value("last"))
    if first % 3 != 1 or last != first + 2:
        return None
    month = read_month(hit, scene)
    if month is None or month.value is None:
        return Reading("DATE", None, relative=not hit.has("year"))
    return Reading("DATE", f"{month.value[:4]}-Q{last // 3}", None, month.relative, month.anchor)


def read_quarter_ago(hit: Hit, scene: Scene) -> Reading | None:
    """The year-ago quarter or period."""
    if scene.day is None:
        return _unresolved(hit)
    named = scene.reporting_quarter or ""
    number = hit.integer("ord") or named[6:]
    return _reading(hit, f"{int(named[:4]) - 1:04d}-Q{number}", scene.day)


def read_quarter_last(hit: Hit, scene: Scene) -> Reading | None:
    """The latest quarter: the one last spoken of, else the last to be complete."""
    number, year = hit.integer("ord"), year_number(hit)
    named = scene.reporting_quarter
    if number and year:
        return Reading("DATE", f"{year:04d}-Q{4 if number == -1 else number}")
    if named is None:
        return _unresolved(hit)
    return _reading(hit, f"{year:04d}-{named[5:]}" if year else named, scene.day)


def read_half_year(hit: Hit, scene: Scene) -> Reading | None:
    """The first or second half of a year."""
    number = 1 if hit.integer("ord") == 1 else 2
    year = year_number(hit)
    if year is not None:
        return Reading("DATE", f"{year:04d}-H{number}")
    if scene.day is None:
        return _unresolved(hit)
    step = {"last": -1, "next": 1}.get(hit.words("ref"), 0)
    return _reading(hit, f"{scene.day.year + step:04d}-H{number}", scene.day)


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
    value = _quarter_back(scene, unit, number) or _back(scene.day or scene.published, unit, number)
    return Reading("DATE", value, _ago_mod(hit), True, scene.published if value else None)


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
    if number is None or number.denominator != 1:
        return None
    if hit.has("now") and unit in CLOCK_SECONDS and scene.minute is not None:
        return clock_reading(scene, number * CLOCK_SECONDS[unit])
    steps = int(-number if hit.words("dir") == "earlier" else number)
    base = _offset_base(hit, scene, unit, steps)
    if base is None:
        return _unresolved(hit)
    value = _quarter_back(scene, unit, -steps) or moved(base, unit, steps)
    return _reading(hit, value, base)


def _offset_base(hit: Hit, scene: Scene, unit: str, steps: int) -> date | None:
    """The day counted from: "a year earlier" compares with now, other offsets go on from a date named."""
    if hit.has("now"):
        return scene.published
    if unit == "year" and steps == -1 and not scene.narrative:
        return scene.published
    return scene.named_before(unit)


def read_offset_next(hit: Hit, scene: Scene) -> Reading | None:
    """The next, same or previous day, week, year, counted from the last date named."""
    which, is_part = hit.words("ref").split()[-1], len(hit.value("unit")) == 2
    base = scene.named_before("day" if is_part else unit_of(hit))
    if base is None:
        return _unresolved(hit)
    step = _STEPS.get(which, 0)
    if is_part:
        day = shift_days(base, step)
        value = f"{day.isoformat()}T{hit.value('unit')}" if day else None
        return Reading("TIME", value, modifier(hit), True, base)
    return _reading(hit, stepped(base, unit_of(hit), step), base)


def read_same_of_year(hit: Hit, scene: Scene) -> Reading | None:
    """The month or quarter at hand in another year: "the same month of 2021", "the same period last year"."""
    unit = unit_of(hit)
    base = scene.reference_day("that", unit) if unit in ("month", "quarter") else scene.day
    year = year_number(hit) or (base.year - 1 if base else None)
    if base is None or year is None or unit == "week":
        return Reading("DATE", None, None, relative=True)
    part = truncated(base, unit)[4:] if unit in ("month", "quarter") else (scene.quarter or "")[4:]
    return Reading("DATE", f"{year:04d}{part}", None, True, base)


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
    "quarter": read_quarter,
    "quarter_last": read_quarter_last,
    "quarter_span": read_quarter_span,
    "quarter_ago": read_quarter_ago,
    "half_year": read_half_year,
    "ago": read_ago,
    "offset": read_offset,
    "same_of_year": read_same_of_year,
    "offset_next": read_offset_next,
    "present": read_present,
    "past": read_past,
    "future": read_future,
    "soon": read_soon,
}
