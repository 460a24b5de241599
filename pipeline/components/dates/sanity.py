"""Whether a resolved relative expression can be meant: else it keeps its words and loses its value.

The bounds: a day or month whose year was supplied lies within ``CALENDAR_REACH`` of its anchor; a date
counted from another one in the text lies at most ``TELLING_REACH`` after publication, unless the clause
looks forward; nothing relative lies more than ``COUNT_REACH`` from its anchor.
"""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.components.dates.arithmetic import bounds
from pipeline.components.dates.scene import Reading, Scene

CALENDAR_REACH = timedelta(days=2 * 366)  # "March 3" is within a year, "Friday, March 3" in the one that fits
TELLING_REACH = timedelta(days=366)  # what a text tells has happened, or is about to
COUNT_REACH = timedelta(days=366_000)  # "1,000 years ago" is the last count with a calendar year
_NAMED = ("day", "month", "weekday", "bare_day", "weekday_day")


def is_plausible(reading: Reading, reader: str, scene: Scene, start_token: int) -> bool:
    """Whether the value lies where the text allows it; readings without days always do."""
    days = bounds(reading.value) if reading.type in ("DATE", "TIME") else None
    if not reading.relative or days is None or reading.anchor is None:
        return True
    distance = _distance(days, reading.anchor)
    if distance > COUNT_REACH or (reader in _NAMED and distance > CALENDAR_REACH):
        return False
    if scene.published is None or reading.anchor == scene.published:
        return True
    late = days[0] - scene.published > TELLING_REACH
    return not late or reading.anchor > scene.published or scene.tense(start_token) == "future"


def _distance(days: tuple[date, date], anchor: date) -> timedelta:
    """How far the anchor lies outside the days."""
    return max(days[0] - anchor, anchor - days[1], timedelta(0))
