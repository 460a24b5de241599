"""Units of time that numbers are counted by: "$52,000 a year" is a rate, no stretch of time."""

from __future__ import annotations

import re
from functools import cache

from pipeline.components.dates.patterns import Hit, compile_pattern

_REACH = 24  # tokens, white space included, between a number and the unit that it is counted by
_NUMBER = r"(?:ANYN(?:[,\.]ANYN){0,3}|WORDN|half|FRACCH|VAGUES)"
_BETWEEN = r"(?:(?![,;:\.] )[^;:\n“”\"])"


@cache
def _beside() -> re.Pattern[str]:
    """A number, then at most three words that are no verb we know: "20 visitors a day"."""
    return compile_pattern(rf"{_NUMBER}%?(?:[ -](?:OTHER|CAP|MILLION|UNITS|UNIT|DAY|a|of)){{0,3}} $")


@cache
def _within_clause() -> re.Pattern[str]:
    """A number somewhere before in the clause, and a word or an "of" phrase right before the unit."""
    return compile_pattern(rf"{_NUMBER}{_BETWEEN}{{1,{_REACH}}}?(?:(?P<whole>of OTHER)|OTHER|CAP) $")


def is_rate(hit: Hit) -> bool:
    """Whether "a day" tells what a number before it is counted by, as in "20,000 visitors a day"."""
    if hit.words("num") not in ("a", "an") or hit.has("half") or hit.has("mod"):
        return False
    start = hit.start_token
    left = hit.lexed.classes[max(0, start - _REACH) : start].replace("\n", ";")
    if _beside().search(left):
        return True
    found = _within_clause().search(left)
    return found is not None and (bool(found["whole"]) or hit.preceding.endswith("s"))
