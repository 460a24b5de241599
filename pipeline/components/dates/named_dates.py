"""Readers for days, months and years that are named: "Oct. 16, 2024", "last May", "the 1980s"."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from pipeline.components.dates.arithmetic import shift_days
from pipeline.components.dates.calendar_strings import parse_calendar_string
from pipeline.components.dates.patterns import Hit
from pipeline.components.dates.scene import Reading, Scene
from pipeline.record import TimexMod

_PAST_REACH = timedelta(days=75)  # "ended March 31" is no day five months ahead (TimeBank, AQUAINT, Nov 2026)
_MONTHS_AHEAD = 2  # without any tense, a month that near is the coming one
NEARBY = timedelta(days=366)
_PLAIN_YEARS = range(1400, 2101)  # other figures need a preposition: "1000 articles", "in 1066"
_YEAR_CUES = ("in", "since", "until", "by", "of", "from", "to", "between", "and", "before", "after", "around")
_JOINTS = ("and", "or", "to", "through", "until")
_TWO_DIGIT_PIVOT = 50  # "10 Nov 11" is 2011, "10 Nov 89" is 1989
_MODIFIERS: tuple[tuple[tuple[str, ...], TimexMod], ...] = (
    (("early", "earlier", "beginning", "start", "turn"), "START"),
    (("mid", "middle"), "MID"),
    (("late", "later", "end", "close"), "END"),
    (("about", "around", "approximately", "roughly", "circa", "nearly", "almost"), "APPROX"),
    (("after",), "AFTER"),
    (("before",), "BEFORE"),
)


REFERENCE_STEPS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1,
    "next": 1, "coming": 1, "upcoming": 1, "following": 1, "ensuing": 1,
}  # fmt: skip


def modifier(hit: Hit) -> TimexMod | None:
    """TIMEX3 mod of the words before a date."""
    words = hit.words("mod").replace("-", " ").split()
    return next((mod for keys, mod in _MODIFIERS if any(key in words for key in keys)), None)


def day_number(hit: Hit) -> int:
    """Day of the month, from digits or ordinal words."""
    words = hit.words("day", "dayb")
    if words[0].isdecimal():
        return hit.integer("day", "dayb")
    values = (hit.lexed.value(index) for index in hit.tokens("day", "dayb"))
    return sum(int(value) for value in values if value.isdecimal())


def year_number(hit: Hit) -> int | None:
    """The printed year, two-digit ones widened; None when none is printed."""
    if not hit.has("year", "yearb"):
        return None
    year = hit.integer("year", "yearb")
    if year >= 100:
        return year
    return year + (2000 if year < _TWO_DIGIT_PIVOT else 1900)


def exact_day(year: int, month: int, day: int) -> date | None:
    """The calendar day, or None where there is none such."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def named_day(hit: Hit, scene: Scene) -> tuple[date | None, bool]:
    """The day of a day-and-month group, and whether its year had to be supplied."""
    year, month, day = year_number(hit), int(hit.value("month", "monthb")), day_number(hit)
    if year is not None:
        return exact_day(year, month, day), False
    past = scene.tense(hit.start_token) == "past"
    told = told_anchor(hit, scene)
    if told:
        return exact_day(told.year, month, day), True
    return nearest_day(scene, month, day, _PAST_REACH if past else NEARBY, _weekday_before(hit)), True


def told_anchor(hit: Hit, scene: Scene) -> date | None:
    """The day just named that is of another time than the text, where the clause goes on telling of it."""
    if scene.narrative or hit.has("ref", "year", "yearb") or scene.told is None:
        return None
    looks_forward = hit.preceding != "until" and scene.tense(hit.start_token) == "future"
    return None if looks_forward else scene.told


def _weekday_before(hit: Hit) -> int:
    """The weekday that opens the expression: "Friday, July 18"; 0 when none does."""
    name, value = hit.lexed.entry(hit.start_token)
    return int(value) if name in ("DOW", "DOWABBR") else 0


def nearest_day(scene: Scene, month: int, day: int, ahead: timedelta, weekday: int = 0) -> date | None:
    """The day of that name nearest to the anchor but not beyond ``ahead``; in a narrative, of its year."""
    today = scene.day
    if today is None:
        return None
    if scene.narrative:
        return exact_day(today.year, month, day)
    years = (today.year, today.year - 1, today.year + 1)
    days = [found for year in years if (found := exact_day(year, month, day))]
    named = [found for found in days if found.isoweekday() == weekday]
    if named:  # the weekday says which year is meant
        return min(named, key=lambda day: abs(day - today))
    return nearest(days, today, ahead, forward=scene.prefer == "future")  # a slip in print keeps its day


def nearest(days: list[date], today: date, ahead: timedelta, *, forward: bool = False) -> date | None:
    """The day nearest to today and at most so far ahead of it; ``forward`` looks at no day before."""
    near = [day for day in days if day - today <= ahead and (day >= today or not forward)]
    return min(near, key=lambda day: abs(day - today), default=None)


def read_day(hit: Hit, scene: Scene) -> Reading | None:
    """A day of a month, with or without its year."""
    if not 1 <= day_number(hit) <= (29 if hit.value("month") == "2" else 31):
        return None
    day, relative = named_day(hit, scene)
    if day is None:
        return Reading("DATE", None, modifier(hit), relative)
    anchor = told_anchor(hit, scene) or scene.day
    return Reading("DATE", day.isoformat(), modifier(hit), relative, anchor if relative else None)


def read_month(hit: Hit, scene: Scene) -> Reading | None:
    """A month, placed by its year, by last / this / next, or by the tense around it."""
    month, year = int(hit.value("month", "monthb")), year_number(hit)
    if year is not None:
        return Reading("DATE", f"{year:04d}-{month:02d}", modifier(hit))
    if scene.day is None:
        return Reading("DATE", None, modifier(hit), relative=True)
    year = _year_of_month(hit, scene, scene.day, month)
    follows = hit.words("ref").endswith("following")
    anchor = scene.previous_day if follows else told_anchor(hit, scene)
    return Reading("DATE", f"{year:04d}-{month:02d}", modifier(hit), True, anchor or scene.day)


def _year_of_month(hit: Hit, scene: Scene, today: date, month: int) -> int:
    which = (hit.words("ref").split() or [""])[-1]
    if scene.narrative:
        return today.year + (which == "next") - (which in ("last", "previous"))
    if which == "following" and scene.previous_end:
        return scene.previous_end.year + (month <= scene.previous_end.month)
    told = told_anchor(hit, scene)
    if told:
        return told.year
    if which == "this":
        return today.year
    if which in ("last", "past", "previous"):
        return today.year - (month >= today.month)
    tense = scene.tense(hit.start_token)
    if which in ("next", "coming") or tense == "future":
        return today.year + (month < today.month)
    if tense is None and (month - today.month) % 12 <= _MONTHS_AHEAD:
        return today.year + (month < today.month)
    return today.year - (month > today.month)


def read_month_of_year(hit: Hit, scene: Scene) -> Reading | None:
    """The month in a year given by reference: "June last year", "August of that year"."""
    year = referred_year(hit, scene)
    if year is None:
        return Reading("DATE", None, modifier(hit), relative=True)
    value = f"{year:04d}-{int(hit.value('month')):02d}"
    return Reading("DATE", value, modifier(hit), True, scene.reference_day(hit.words("ref"), "year"))


def read_day_of_year(hit: Hit, scene: Scene) -> Reading | None:
    """The day in a year given by reference: "July 25 of that year"."""
    year = referred_year(hit, scene)
    day = exact_day(year, int(hit.value("month", "monthb")), day_number(hit)) if year else None
    anchor = scene.reference_day(hit.words("ref"), "year") if day else None
    return Reading("DATE", day.isoformat() if day else None, None, True, anchor)


def referred_year(hit: Hit, scene: Scene) -> int | None:
    """The year that "last", "that", "the same" and the like point to."""
    base = scene.reference_day(hit.words("ref"), "year")
    return base.year + REFERENCE_STEPS.get(hit.words("ref").split()[-1], 0) if base else None


def read_year(hit: Hit, scene: Scene) -> Reading | None:
    """A year in digits, with its modifier; not the number after an acronym, nor a round count."""
    if hit.follows_name and hit.lexed.word(hit.start_token - 2).isupper():
        return None
    if hit.is_quoted or (hit.preceding == "at" and hit.precedes_name):
        return None  # a title; the number of a house
    if year_number(hit) not in _PLAIN_YEARS and not hit.has("mod") and hit.preceding not in _YEAR_CUES:
        return None
    return Reading("DATE", f"{year_number(hit):04d}", modifier(hit))


def read_year_short(hit: Hit, scene: Scene) -> Reading | None:
    """The second year of "1994-96", its century taken from the first."""
    first, short = hit.integer("first"), hit.integer("short")
    if len(hit.words("short")) != 2 or short <= first % 100:
        return None
    return Reading("DATE", f"{first // 100 * 100 + short:04d}")


def read_spelled_year(hit: Hit, scene: Scene) -> Reading | None:
    """A year in words: "nineteen ninety-seven", "the year two thousand"."""
    tail = sum(int(hit.lexed.value(index) or 0) for index in hit.tokens("tail"))
    head = int(hit.value("head")) * (1000 if hit.has("thousand") else 100)
    return Reading("DATE", f"{head + tail:04d}", modifier(hit))


def read_bc_year(hit: Hit, scene: Scene) -> Reading | None:
    """A year before the common era, in TimeML's notation BC0480."""
    return Reading("DATE", f"BC{hit.integer('year'):04d}", modifier(hit))


def read_ad_year(hit: Hit, scene: Scene) -> Reading | None:
    """A year that the text calls one: "AD 842", "in the year 71"."""
    year = hit.integer("year", "yearb")
    return Reading("DATE", f"{year:04d}") if 1 <= year < 2200 else None


def read_bc_month(hit: Hit, scene: Scene) -> Reading | None:
    """A month or season of a year before the common era."""
    part = hit.value("season") or f"{int(hit.value('month')):02d}"
    return Reading("DATE", f"BC{hit.integer('year'):04d}-{part}", modifier(hit))


def read_decade(hit: Hit, scene: Scene) -> Reading | None:
    """A decade, in figures or words, by the digits that its years begin with: 198."""
    if hit.has("word"):
        return Reading("DATE", "19" + hit.value("word"), modifier(hit))
    year = hit.integer("year")
    if year % 10:
        return None
    return Reading("DATE", f"{(year if year >= 100 else 1900 + year) // 10:03d}", modifier(hit))


def read_century(hit: Hit, scene: Scene) -> Reading | None:
    """A century, by the digits that its years begin with: the 19th is 18."""
    number = day_number(hit)
    if hit.value("unit") != "century" or not 1 <= number <= 22:
        return None
    return Reading("DATE", f"{number - 1:02d}", modifier(hit))


def read_weekday(hit: Hit, scene: Scene) -> Reading | None:
    """A weekday: the latest up to the anchor, or the next where the clause looks forward."""
    if hit.preceding in ("the", "a") and hit.is_title and not hit.has("ref", "mod"):
        return None  # "the Sunday Times"
    day = weekday_of(hit, scene)
    if day is None or scene.day is None:
        return Reading("DATE", None, modifier(hit), relative=True)
    return Reading("DATE", day.isoformat(), modifier(hit), True, scene.day)


def weekday_of(hit: Hit, scene: Scene) -> date | None:
    """The day that the weekday of group ``dow`` means in this scene."""
    today, which = scene.day, (hit.words("ref").split() or [""])[-1]
    if today is None:
        return None
    if not which and hit.preceding in _JOINTS and _is_joined(scene, int(hit.value("dow"))):
        return _weekday_after(date.fromisoformat(scene.adjacent or ""), int(hit.value("dow")))
    back = (today.isoweekday() - int(hit.value("dow"))) % 7
    if which in ("last", "past", "previous"):
        return shift_days(today, -(back or 7))
    if which in ("next", "this"):
        return _weekday_in_week(hit, scene, today, int(which == "next"))
    if which in ("coming", "upcoming", "following"):
        return shift_days(today, 7 - back)
    if (back or scene.prefer == "future") and scene.tense(hit.start_token) == "future":
        return shift_days(today, 7 - back)
    return shift_days(today, -back)


def _is_joined(scene: Scene, weekday: int) -> bool:
    """Whether the weekday goes on from a day to come, or from today to tomorrow."""
    if scene.adjacent is None or scene.published is None:
        return False
    day = date.fromisoformat(scene.adjacent)
    is_tomorrow = day == scene.published and weekday == day.isoweekday() % 7 + 1
    return day > scene.published or is_tomorrow


def _weekday_after(day: date, weekday: int) -> date | None:
    """The first such weekday behind the day: "on Friday night and Saturday"."""
    return shift_days(day, (weekday - day.isoweekday()) % 7 or 7)


def _weekday_in_week(hit: Hit, scene: Scene, today: date, step: int) -> date | None:
    """The weekday of this week or the next; "this Friday" in what is told as past is no day to come."""
    ahead = int(hit.value("dow")) - today.isoweekday() + 7 * step
    past = ahead > 0 and not step and scene.tense(hit.start_token) == "past"
    return shift_days(today, ahead - 7 * past)


def read_any_weekday(hit: Hit, scene: Scene) -> Reading | None:
    """A weekday of no certain week: "on a Monday"."""
    value = f"XXXX-WXX-{hit.value('dow')}"
    return Reading("TIME", f"{value}T{hit.value('part')}") if hit.has("part") else Reading("DATE", value)


def read_any_month(hit: Hit, scene: Scene) -> Reading | None:
    """A month of no certain year: "in a dry May"."""
    return Reading("DATE", f"XXXX-{int(hit.value('month')):02d}")


def read_numeric(hit: Hit, scene: Scene) -> Reading | None:
    """A date all in digits, in the order that the configuration names."""
    day = parse_calendar_string(hit.words("date"), order=scene.date_order)
    return Reading("DATE", day.isoformat()) if day else None


READERS = {
    "day": read_day,
    "month": read_month,
    "month_of_year": read_month_of_year,
    "year": read_year,
    "spelled_year": read_spelled_year,
    "bc_year": read_bc_year,
    "ad_year": read_ad_year,
    "bc_month": read_bc_month,
    "year_short": read_year_short,
    "day_of_year": read_day_of_year,
    "decade": read_decade,
    "century": read_century,
    "weekday": read_weekday,
    "numeric": read_numeric,
    "any_weekday": read_any_weekday,
    "any_month": read_any_month,
}
