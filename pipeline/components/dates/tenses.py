"""Whether a clause looks forward or back: its nearest verb, modal or other cue, as word classes."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pipeline.components.dates.lexing import Lexed, load_lexicon
from pipeline.components.dates.patterns import compile_pattern

Tense = Literal["future", "past"]
_REACH = 24  # tokens, white space included, in which the nearest cue decides
_FAR = 72  # where there is none so near, one that looks forward is searched this far back
_STOPS = '\n;.!?“”"'
_VERB = "(?:ED|PASTCUE|LASTED|WARN)"
_CUES = (  # what a modal governs is no past: "will be held", "was to have started"; "a cut" is a noun
    rf"(?P<past>LASTED(?: (?:OTHER|the|poss|it|CAP)){{0,3}} until)"
    rf"|(?P<future>WILL(?: (?:OTHER|not|be)){{0,3}} {_VERB}|(?:MODAL|MUST) (?:not )?(?:OTHER )?be {_VERB}"
    rf"|to be {_VERB}|WILL|MODAL|MUST|FUTCUE|until|set to |WARN of"
    rf"|(?<!the )(?<!a )SCHED"
    rf"|(?<!the )(?<!a )(?<!poss )(?<!to )(?<!not )(?<!WAS )(?<!is )(?<!be )(?<![-,])SCHEDB(?! of)"
    rf"|(?<=OTHER )start "
    rf"|(?<!to )(?<!not )GOES(?: (?:the|into|to|on|up)){{0,2}} (?:EFFECT|over|back)"
    rf"|to (?:OTHER|be)(?: (?:the|a|poss|OTHER)){{0,4}} by $"
    rf"|is (?:on |in |at |from |not before )?$|(?:is|WAS) (?:OTHER )?FORECAST"
    rf"|(?:is|WAS) to (?:(?:be|PASTCUE) )?(?:{_VERB}|OTHER|be)|(?:soon|early) as )"
    rf"|(?P<back>(?<!a )(?<!the )(?<!poss ){_VERB}(?!')|WAS|is )"
)
_OPENING = (
    "(?:^|, (?:and|OTHER) )[ on~in~at~by~from~early~late~since~before~after~the~this~of~beginning~MARK'(]*$"
)
_BEHIND = (  # only what is sure to look forward: "On Friday, when she set plans aside" does not
    r"(?P<future>WILL|MUST|is (?:OTHER )?(?:FUTCUE|FORECAST|set to|to)"
    r"|(?<!the )(?<!a )(?<!to )(?:SCHED|SCHEDB))"
    rf"|(?P<past>{_VERB}(?!')|WAS|is |MODAL|FUTCUE)"
)


def clause_tense(lexed: Lexed, start_token: int, *, prefer: Tense) -> Tense | None:
    """What the clause around a token speaks of: its nearest cue before, else a future one further off.

    Where the expression opens its clause, the first cue behind it tells: "On Friday the court will rule".
    Without any cue a deadline ("by Friday") lies ahead, and so does everything where ``prefer`` says so.
    """
    left, right = _clause(lexed.classes, start_token)
    last = _last(left)
    cue = _behind().search(right) if _opening().search(left) else None
    if cue is None and last is not None and len(left) - last.end() < _REACH:
        cue = last
    if cue is not None:
        return "future" if cue.lastgroup == "future" else "past"
    if prefer == "future" or _deadline().search(left):
        return "future"
    return "future" if last is not None and last.lastgroup == "future" else None


def _last(clause: str) -> re.Match[str] | None:
    cues = list(_cues().finditer(clause))
    return cues[-1] if cues else None


def _clause(classes: str, start_token: int) -> tuple[str, str]:
    """The clause before and from a token, as far as cues are looked for."""
    left = _without_abbreviations(classes[max(0, start_token - _FAR) : start_token])
    right = _without_abbreviations(classes[start_token : start_token + _REACH])
    ends = [place for stop in _STOPS if (place := right.find(stop)) >= 0]
    return left[max(left.rfind(stop) for stop in _STOPS) + 1 :], right[: min(ends, default=_REACH)]


def _without_abbreviations(classes: str) -> str:
    """The clause with the stop of "Dec." no longer ending it."""
    month = load_lexicon().symbols["MONTHABBR"]
    return classes.replace(month + ".", month + month)


@cache
def _opening() -> re.Pattern[str]:
    return compile_pattern(_OPENING)


@cache
def _behind() -> re.Pattern[str]:
    return compile_pattern(_BEHIND)


@cache
def _deadline() -> re.Pattern[str]:
    return compile_pattern("by $")


@cache
def _cues() -> re.Pattern[str]:
    return compile_pattern(_CUES)
