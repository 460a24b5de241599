"""Readers for durations ("two years", "a few days") and sets ("daily", "every Monday")."""

from __future__ import annotations

from fractions import Fraction

from pipeline.components.dates.holidays import fixed_day
from pipeline.components.dates.numerals import number_of
from pipeline.components.dates.patterns import Hit
from pipeline.components.dates.periods import unit_of
from pipeline.components.dates.rates import is_rate
from pipeline.components.dates.scene import Reading, Scene
from pipeline.record import TimexMod

_LETTERS = {
    "second": ("T", "S"), "minute": ("T", "M"), "hour": ("T", "H"), "day": ("", "D"), "night": ("", "D"),
    "nights": ("", "D"), "week": ("", "W"), "weekend": ("", "WE"), "fortnight": ("", "W"), "month": ("", "M"),
    "quarter": ("", "Q"), "year": ("", "Y"), "decade": ("", "Y"), "century": ("", "Y"),
    "millennium": ("", "Y"), "SP": ("", "SP"), "SU": ("", "SU"), "FA": ("", "FA"), "WI": ("", "WI"),
}  # fmt: skip
_ORDER = ("year", "month", "week", "day", "hour", "minute", "second")
_TIMES = {"decade": 10, "century": 100, "millennium": 1000, "fortnight": 2}
_VAGUE_LETTERS = {"decade": "E", "century": "C", "millennium": "L"}
_HALVES = {
    "year": ("Y", "6M", ""),
    "hour": ("H", "30M", "T"),
    "minute": ("M", "30S", "T"),
    "day": ("D", "T12H", ""),
}
_MODS: tuple[tuple[tuple[str, ...], TimexMod], ...] = (
    (("more than", "over"), "MORE_THAN"),
    (("no more than", "not more than", "up to", "within", "at most", "as"), "EQUAL_OR_LESS"),
    (("less than", "under"), "LESS_THAN"),
    (("at least",), "EQUAL_OR_MORE"),
    (("about", "around", "nearly", "almost", "approximately", "roughly"), "APPROX"),
)


def duration_value(unit: str, number: Fraction | None) -> str:
    """The TIMEX3 duration: P2Y, PT5H30M, PXD for an unknown number."""
    clock, letter = _LETTERS[unit]
    if number is None:
        return f"P{clock}X{_VAGUE_LETTERS.get(unit, letter)}"
    number *= _TIMES.get(unit, 1)
    # a day and a half is P1.5D, half a day PT12H
    if number.denominator == 2 and unit in _HALVES and not (unit == "day" and number > 1):
        whole, half, clock = _HALVES[unit]
        return f"P{clock}{number.numerator // 2}{whole}{half}" if number > 1 else f"P{clock}{half}"
    return f"P{clock}{_plain(number)}{letter}"


def _plain(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def read_duration(hit: Hit, scene: Scene) -> Reading | None:
    """A stretch of time; of "two to three weeks", which TIMEX3 cannot write, the words alone."""
    number = Fraction(1) if hit.words("num") in ("a", "an") else number_of(hit.lexed, hit.tokens("num"))
    unit = unit_of(hit)
    if unit not in _LETTERS or _is_fraction(unit, number, hit) or is_rate(hit):
        return None
    if hit.has("top", "topb"):
        return Reading("DURATION", None, _loose(hit))
    if not hit.has("num") and not hit.words("unit").endswith("s"):
        number = Fraction(1)
    if number is not None and hit.has("half"):
        number += Fraction(1, 2)
    return Reading("DURATION", duration_value(unit, number), _loose(hit))


def read_sum(hit: Hit, scene: Scene) -> Reading | None:
    """Units together: "an hour and ten minutes" is PT1H10M."""
    value, last = "P", -1
    for number_name, unit_name in (("num", "unit"), ("numb", "unitb"), ("numc", "unitc")):
        if not hit.has(number_name):
            break
        number = number_of(hit.lexed, hit.tokens(number_name))
        unit = hit.value(unit_name) or hit.words(unit_name)
        if number is None or unit not in _ORDER or _ORDER.index(unit) <= last:
            return None
        last, part = _ORDER.index(unit), duration_value(unit, number)
        value += (part.replace("T", "") if "T" in value else part)[1:]
    return Reading("DURATION", value)


def read_half(hit: Hit, scene: Scene) -> Reading | None:
    """Half a unit."""
    unit = unit_of(hit)
    if unit not in _LETTERS:
        return None
    return Reading("DURATION", duration_value(unit, Fraction(1, 2)), _loose(hit))


def read_slash(hit: Hit, scene: Scene) -> Reading | None:
    """Part of a unit in figures: "3/4 hour"."""
    top, bottom, unit = hit.integer("top"), hit.integer("bottom"), unit_of(hit)
    if unit not in _LETTERS or not 0 < top < bottom:
        return None
    return Reading("DURATION", duration_value(unit, Fraction(top, bottom)))


def _is_fraction(unit: str, number: Fraction | None, hit: Hit) -> bool:
    """Three quarters of something are no nine months."""
    return unit == "quarter" and number is not None and number < 4 and hit.following(2) == " of"


def read_recent_units(hit: Hit, scene: Scene) -> Reading | None:
    """Recent or coming weeks: a stretch of unknown length."""
    unit = hit.value("unit", "unitb") or "day"
    if hit.words("which") == "coming" or hit.has("unitb"):
        return Reading("DATE", "FUTURE_REF", relative=True)
    return Reading("DURATION", duration_value(unit, None), relative=True)


def _loose(hit: Hit) -> TimexMod | None:
    words = hit.words("mod").strip()
    exact = next((mod for keys, mod in _MODS if words in keys), None)
    return exact or next((mod for keys, mod in _MODS if any(words.startswith(key) for key in keys)), None)


def read_frequency(hit: Hit, scene: Scene) -> Reading | None:
    """Daily, weekly, yearly, but not in a newspaper's name."""
    if hit.precedes_name or (hit.capitalised and hit.follows_name):
        return None  # a newspaper's name, or "the weekly Die Zeit"
    return Reading("SET", hit.lexed.value(hit.start_token))


def read_each(hit: Hit, scene: Scene) -> Reading | None:
    """Each or every unit, weekday, month, season."""
    if hit.has("holiday"):
        return _each_holiday(hit)
    kind = hit.value("what")
    if hit.words("what").startswith(("mon", "tue", "wed", "thu", "fri", "sat", "sun")) and kind.isdigit():
        return Reading("SET", f"XXXX-WXX-{kind}")
    if kind.isdigit():
        return Reading("SET", f"XXXX-{int(kind):02d}")
    if kind in ("SP", "SU", "FA", "WI"):
        return Reading("SET", f"XXXX-{kind}")
    if kind in ("MO", "AF", "EV", "NI"):
        return Reading("SET", f"XXXX-XX-XXT{kind}")
    return Reading("SET", duration_value(kind, Fraction(1))) if kind in _LETTERS else None


def _each_holiday(hit: Hit) -> Reading | None:
    """A named day of each year; one that moves has no pattern that TIMEX3 can write."""
    day = fixed_day(hit)
    return Reading("SET", f"XXXX-{day}") if day else None


def read_every_part(hit: Hit, scene: Scene) -> Reading | None:
    """Every half or quarter of a unit."""
    unit, part = hit.value("unit", "unitb"), Fraction(1, 2 if hit.has("half") else 4)
    if unit == "hour":
        return Reading("SET", duration_value("minute", 60 * part))
    return Reading("SET", duration_value(unit, part)) if unit == "minute" and hit.has("half") else None


def read_every(hit: Hit, scene: Scene) -> Reading | None:
    """Every so many units: "every 20 minutes", "every other day"."""
    other = hit.words("num") == "other"
    number = Fraction(2) if other else number_of(hit.lexed, hit.tokens("num"))
    if number is None and hit.value("num").isdecimal():
        number = Fraction(hit.value("num"))  # "every third year"
    unit = unit_of(hit)
    return Reading("SET", duration_value(unit, number)) if unit in _LETTERS else None


def read_times(hit: Hit, scene: Scene) -> Reading | None:
    """So many times in a unit: "once a year"."""
    unit = unit_of(hit)
    return Reading("SET", duration_value(unit, Fraction(1))) if unit in _LETTERS else None


def read_weekdays(hit: Hit, scene: Scene) -> Reading | None:
    """A weekday in the plural: each of them."""
    part = f"T{hit.value('part')}" if hit.has("part") else ""
    return Reading("SET", f"XXXX-WXX-{hit.value('dow')}{part}")


READERS = {
    "duration": read_duration,
    "sum": read_sum,
    "half": read_half,
    "slash": read_slash,
    "recent_units": read_recent_units,
    "frequency": read_frequency,
    "each": read_each,
    "every": read_every,
    "every_part": read_every_part,
    "times": read_times,
    "weekdays": read_weekdays,
}
