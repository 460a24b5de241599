"""Days called by name: Christmas, Thanksgiving, Election Day."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache

from pipeline.components.dates.lexing import load_holidays
from pipeline.components.dates.named_dates import (
    NEARBY,
    REFERENCE_STEPS,
    exact_day,
    modifier,
    nearest,
    year_number,
)
from pipeline.components.dates.numerals import number_of
from pipeline.components.dates.patterns import Hit
from pipeline.components.dates.scene import Reading, Scene
from pipeline.record import TimexMod

_YEARS_OFF = 200
_SOON = timedelta(days=14)  # what has been told or done by then may still be for the coming feast


@cache
def _rules() -> dict[str, str]:
    return {phrase.lower(): rule for phrase, rule in load_holidays().items()}


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus (Meeus, Jones, Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - correction + 15) % 30
    leaps, rest_of_four = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - moon - rest_of_four) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Orthodox Easter Sunday in the Gregorian calendar, by Meeus's Julian computus."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    shift = year // 100 - year // 400 - 2  # days by which the Julian calendar lags
    return date(year, month, day + 1) + timedelta(days=shift)


def holiday_in(rule: str, year: int) -> date | None:
    """The day that a rule of the list gives in a year; None where that year has none."""
    if not 1583 <= year <= 9000:
        return None
    if rule.startswith("~"):
        return holiday_in(rule[1:], year)
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[6:]))
    if rule.startswith("orthodox"):
        return orthodox_easter(year) + timedelta(days=int(rule[8:]))
    if rule == "election":
        return _nth_weekday(year, 11, 1, 1) + timedelta(days=1) if year % 2 == 0 else None
    if "/" in rule:
        place, more = rule[: _shift_at(rule)], rule[_shift_at(rule) :]
        return _nth_weekday(year, *(int(part) for part in place.split("/"))) + timedelta(days=int(more or 0))
    if len(rule) > len("YYYY-MM-DD"):
        return next((date.fromisoformat(day) for day in rule.split() if day.startswith(f"{year:04d}")), None)
    month, day = (int(part) for part in rule.split("-"))
    return exact_day(year, month, day)


def _shift_at(rule: str) -> int:
    """Where the days on or back begin in a rule such as 05/2/7-2: behind the weekday's one figure."""
    return rule.rindex("/") + 2


def _nth_weekday(year: int, month: int, which: int, weekday: int) -> date:
    length = calendar.monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if date(year, month, day).isoweekday() == weekday]
    return date(year, month, days[which - 1 if which > 0 else which])


def _rule(hit: Hit) -> str | None:
    return _rules().get(re.sub(r"\s+", " ", hit.words("holiday").replace("’", "'")))


def is_holiday(hit: Hit) -> bool:
    """Whether the words of group ``holiday`` name a day of the list."""
    return _rule(hit) is not None


def fixed_day(hit: Hit) -> str | None:
    """Month and day of a named day that falls on the same day each year."""
    rule = _rule(hit) or ""
    return rule if re.fullmatch(r"\d\d-\d\d", rule) else None


def read_holiday(hit: Hit, scene: Scene) -> Reading | None:
    """The named day of its printed year, or the one nearest to the anchor."""
    rule = _rule(hit)
    if rule is None or hit.is_title:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", rule):
        return Reading("DATE", rule)
    year = year_number(hit)
    day = holiday_in(rule, year) if year else _near(rule, hit, scene)
    relative = year is None
    value = day.isoformat() if day else None
    mod: TimexMod | None = "APPROX" if rule.startswith("~") else modifier(hit)
    return Reading("DATE", value, mod, relative, scene.day if relative and day else None)


def _near(rule: str, hit: Hit, scene: Scene) -> date | None:
    today = scene.day
    if today is None:
        return None
    days = [day for step in range(-4, 5) if (day := holiday_in(rule, today.year + step))]
    if hit.has("backunit", "aheadunit"):
        return _years_off(rule, hit, today)
    if hit.has("refb"):
        return holiday_in(rule, today.year + REFERENCE_STEPS.get(hit.words("refb"), 0))
    step = REFERENCE_STEPS.get(hit.words("ref"), 0)
    if step < 0:
        return max((day for day in days if day < today), default=None)
    if step > 0:
        return min((day for day in days if day > today), default=None)
    tense = scene.tense(hit.start_token)
    return nearest(days, today, _SOON if tense == "past" else NEARBY, forward=tense == "future")


def _years_off(rule: str, hit: Hit, today: date) -> date | None:
    """The day of the year so many years back or ahead: "Easter two years ago"."""
    number = number_of(hit.lexed, hit.tokens("back", "ahead")) or 1
    if hit.value("backunit", "aheadunit") != "year" or number > _YEARS_OFF:
        return None
    return holiday_in(rule, today.year + int(number) * (1 if hit.has("aheadunit") else -1))


READERS = {"holiday": read_holiday}
