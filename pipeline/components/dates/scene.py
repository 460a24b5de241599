"""What a rule may know when it reads an expression: the anchors and the tense around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Literal

from pipeline.components.dates.arithmetic import UNITS, bounds, shape_of, stepped
from pipeline.components.dates.lexing import Lexed
from pipeline.components.dates.patterns import compile_pattern
from pipeline.record import TimexMod, TimexType

_REACH = (
    24  # tokens, white space included; longer reaches gained nothing on TimeBank, AQUAINT, ESC (Nov 2026)
)
_TEXTUAL = ("that", "same", "following", "previous")
_STOPS = '\n;.!?“”"'
_VERB = "(?:ED|PASTCUE)"
_CUES = (  # what a modal governs is no past: "will be held", "was to have started"; "a cut" is a noun
    rf"(?P<future>WILL(?: (?:OTHER|not|be)){{0,3}} {_VERB}|to be {_VERB}|WILL|FUTCUE|until|set to "
    rf"|(?<!the )(?<!a )SCHED|GOES(?: (?:the|into|to)){{0,2}} EFFECT"
    rf"|to (?:OTHER|be)(?: (?:the|a|poss|OTHER)){{0,4}} by $"
    rf"|is (?:on |in |not before )$"
    rf"|(?:is|WAS) to (?:(?:be|PASTCUE) )?(?:{_VERB}|OTHER|be)|(?:soon|early) as )"
    rf"|(?P<past>(?<!a )(?<!the )(?<!poss ){_VERB}|WAS|is )"
)
Tense = Literal["future", "past"]


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
    before, ``quarter`` the last quarter, ``nearby`` a day named just before; ``prefer`` what a clause
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
        return self.named_before(unit) or (self.day if self.prefer == "future" else None)

    def tense(self, start_token: int) -> Tense | None:
        """Whether the clause before a token speaks of the future or the past: its nearest cue."""
        left = self.lexed.classes[max(0, start_token - _REACH) : start_token]
        clause = left[max(left.rfind(stop) for stop in _STOPS) + 1 :]
        cues = [cue.lastgroup for cue in _cues().finditer(clause)]
        if not cues:
            return "future" if self.prefer == "future" or _deadline().search(clause) else None
        return "future" if cues[-1] == "future" else "past"


@cache
def _deadline() -> re.Pattern[str]:
    return compile_pattern("by $")


@cache
def _cues() -> re.Pattern[str]:
    return compile_pattern(_CUES)
