"""What a rule may know when it reads an expression: the anchors and the tense around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from pipeline.components.dates.arithmetic import UNITS, bounds, shape_of, stepped
from pipeline.components.dates.lexing import Lexed
from pipeline.components.dates.tenses import Tense, clause_tense
from pipeline.record import TimexMod, TimexType

_DEICTIC = ("last", "next", "this")
_YEARS_OFF = 2  # a date nearer than that leaves "in March" to the calendar
_TEXTUAL = ("that", "same", "following", "previous")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means, before its place in the record."""

    type: TimexType
    value: str | None
    mod: TimexMod | None = None
    relative: bool = False
    anchor: date | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """The anchors in force where an expression stands.

    ``published`` is the day of publication; ``previous`` the value of the last calendar date named
    before, ``quarter`` the last quarter, ``nearby`` a day named just before, ``adjacent`` one right before,
    ``recent`` a day or month just before; ``prefer`` what a clause
    without any tense speaks of; ``minute`` the time of publication where it is known; ``short_dates``
    whether "2/15" is a day. In a narrative (a history, an article about the past) relative
    expressions count from ``previous``.
    """

    lexed: Lexed
    published: date | None
    narrative: bool
    date_order: str
    previous: str | None = None
    quarter: str | None = None
    nearby: str | None = None
    adjacent: str | None = None
    recent: str | None = None
    prefer: Tense = "past"
    minute: time | None = None
    short_dates: bool = False

    @property
    def day(self) -> date | None:
        """The day that "now" means here."""
        return (self.previous_day if self.narrative else None) or self.published

    @property
    def reporting_quarter(self) -> str | None:
        """The quarter a business story is about: the last one named, else the last complete one."""
        return self.quarter or (stepped(self.day, "quarter", -1) if self.day else None)

    @property
    def previous_day(self) -> date | None:
        """First day of the last calendar date named before."""
        days = bounds(self.previous)
        return days[0] if days else None

    @property
    def previous_end(self) -> date | None:
        """Last day of the last calendar date named before."""
        days = bounds(self.previous)
        return days[1] if days else None

    @property
    def told(self) -> date | None:
        """The day or month named just before, where it is of years gone by."""
        days = bounds(self.recent)
        if days is None or self.published is None or self.published.year - days[0].year < _YEARS_OFF:
            return None
        return days[0]

    def named_before(self, unit: str) -> date | None:
        """First day of the last date named, if that is no coarser than the unit.

        "Two days later" after "in 2013" has no day to count from: none is invented.
        """
        shape = shape_of(self.previous) if self.previous else None
        if shape is None or UNITS.index(shape) > UNITS.index(unit if unit in UNITS else "day"):
            return None
        return self.previous_day

    def reference_day(self, words: str, unit: str) -> date | None:
        """The day that a reference counts from: "that" and "the following" look back in the text.

        In what looks forward, a note or a diary, they fall back on today.
        """
        looks_back = words.split()[-1] in _TEXTUAL or (self.narrative and self.previous)
        if not looks_back:
            return self.day
        if words.split()[-1] in _DEICTIC:
            return self.named_before(unit) or self.published
        return self.named_before(unit) or (self.day if self.prefer == "future" else None)

    def tense(self, start_token: int) -> Tense | None:
        """Whether the clause around a token speaks of the future or the past."""
        return clause_tense(self.lexed, start_token, prefer=self.prefer)
