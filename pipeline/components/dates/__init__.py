"""Dates: time expressions by grammar, with TIMEX3 values anchored to the day of publication."""

from __future__ import annotations

from pipeline.components.dates.component import DatesComponent, publication_day
from pipeline.components.dates.finder import find_timexes, resolve_day

__all__ = ["DatesComponent", "find_timexes", "publication_day", "resolve_day"]
