"""Readers for quarters and halves of a year: "the third quarter", "the first half of 2024"."""

from __future__ import annotations

from datetime import date

from pipeline.components.dates.arithmetic import quarter_of, truncated
from pipeline.components.dates.named_dates import REFERENCE_STEPS, modifier, read_month, year_number
from pipeline.components.dates.patterns import Hit
from pipeline.components.dates.periods import dated, unit_of, unresolved
from pipeline.components.dates.scene import Reading, Scene


def read_quarter(hit: Hit, scene: Scene) -> Reading | None:
    """A numbered quarter, of a printed year or of the one at hand."""
    number = hit.integer("ord", "ordb")
    number = 4 if number == -1 else number
    year = year_number(hit)
    if not 1 <= number <= 4:
        return None
    if year is not None:
        return Reading("DATE", f"{year:04d}-Q{number}", modifier(hit))
    if scene.day is None:
        return unresolved(hit)
    over = quarter_of(scene.day) - number  # by one: figures to come of the quarter that is just over
    if over > (not hit.has("mod")) and not hit.has("ref") and scene.tense(hit.start_token) == "future":
        return dated(hit, f"{scene.day.year + 1:04d}-Q{number}", scene.day)
    year = scene.day.year + REFERENCE_STEPS.get(hit.words("ref"), 0)
    future = number > quarter_of(scene.day) and scene.tense(hit.start_token) != "future"
    year -= future and not hit.has("ref") and number - quarter_of(scene.day) > 1
    return dated(hit, f"{year:04d}-Q{number}", scene.day)


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
        return unresolved(hit)
    named = scene.reporting_quarter or ""
    number = hit.integer("ord") or named[6:]
    return dated(hit, f"{int(named[:4]) - 1:04d}-Q{number}", scene.day)


def read_quarter_last(hit: Hit, scene: Scene) -> Reading | None:
    """The latest quarter: the one last spoken of, else the last to be complete."""
    number, year = hit.integer("ord"), year_number(hit)
    named = scene.reporting_quarter
    if number and year:
        return Reading("DATE", f"{year:04d}-Q{4 if number == -1 else number}")
    if named is None:
        return unresolved(hit)
    return dated(hit, f"{year:04d}-{named[5:]}" if year else named, scene.day)


def read_half_year(hit: Hit, scene: Scene) -> Reading | None:
    """The first or second half of a year."""
    number = 1 if hit.integer("ord") == 1 else 2
    year = year_number(hit)
    if year is not None:
        return Reading("DATE", f"{year:04d}-H{number}")
    if scene.day is None:
        return unresolved(hit)
    step = {"last": -1, "next": 1}.get(hit.words("ref"), 0)
    if not hit.has("ref") and scene.day.month <= 6 * number and scene.tense(hit.start_token) == "past":
        step = -1  # figures are told of a half that is over
    return dated(hit, f"{scene.day.year + step:04d}-H{number}", scene.day)


def read_same_of_year(hit: Hit, scene: Scene) -> Reading | None:
    """The month or quarter at hand in another year: "the same month of 2021", "the same period last year"."""
    unit = unit_of(hit)
    base = scene.reference_day("that", unit) if unit in ("month", "quarter") else scene.day
    if unit == "quarter" and scene.quarter:
        base = date(int(scene.quarter[:4]), 3 * int(scene.quarter[6]) - 2, 1)
    year = year_number(hit) or (base.year - 1 if base else None)
    if base is None or year is None or unit == "week":
        return Reading("DATE", None, None, relative=True)
    part = truncated(base, unit)[4:] if unit in ("month", "quarter") else (scene.quarter or "")[4:]
    return Reading("DATE", f"{year:04d}{part}", None, True, base)


READERS = {
    "quarter": read_quarter,
    "quarter_last": read_quarter_last,
    "quarter_span": read_quarter_span,
    "quarter_ago": read_quarter_ago,
    "half_year": read_half_year,
    "same_of_year": read_same_of_year,
}
