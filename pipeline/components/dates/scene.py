"""What a rule may know when it reads an expression: the anchors and the tense around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.components.dates.arithmetic import bounds
from pipeline.components.dates.lexing import Lexed, load_lexicon
from pipeline.record import TimexMod, TimexType

_REACH = 60  # tokens, white space included: about one clause of news prose
_STOPS = "\n;."


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means, before its place in the record."""

    type: TimexType
    value: str | None
    mod: TimexMod | None = None
    relative: bool = False
    anchor: date | None = None
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """The anchors in force where an expression stands.

    ``published`` is the day of publication; ``previous`` the value of the last calendar date named
    before. In a narrative (a history, an article about the past) relative expressions count from
    ``previous``.
    """

    lexed: Lexed
    published: date | None
    previous: str | None
    narrative: bool
    date_order: str

    @property
    def day(self) -> date | None:
        """The day that "now" means here."""
        return self.previous_day if self.narrative else self.published

    @property
    def previous_day(self) -> date | None:
        """First day of the last calendar date named before."""
        days = bounds(self.previous)
        return days[0] if days else None

    def points_forward(self, start_token: int) -> bool:
        """Whether the clause around the token speaks of the future (nearest cue on the left, then right)."""
        left = self.lexed.classes[max(0, start_token - _REACH) : start_token]
        cue = _nearest(_clause_end(left)[::-1])
        if cue is None:
            cue = _nearest(_clause_start(self.lexed.classes[start_token : start_token + _REACH]))
        return bool(cue)


def _clause_end(classes: str) -> str:
    cut = max(classes.rfind(". "), classes.rfind("\n"), classes.rfind(";"))
    return classes[cut + 1 :]


def _clause_start(classes: str) -> str:
    cuts = [cut for stop in (". ", "\n", ";") if (cut := classes.find(stop)) >= 0]
    return classes[: min(cuts)] if cuts else classes


def _nearest(classes: str) -> bool | None:
    symbols = load_lexicon().symbols
    future, past = symbols["FUTCUE"], (symbols["PASTCUE"], symbols["ED"])
    for symbol in classes:
        if symbol == future:
            return True
        if symbol in past:
            return False
    return None
