"""The reporting clause: to whom something was said, and on which day."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.record import Span, Timex, span_of

_TELLING = re.compile(
    r"\b(?:tell|tells|told|telling|warn|warns|warned|warning|inform\w*|assure\w*|assuring|remind\w*|ask|asks|asked|"
    r"asking|urge|urges|urged|urging|advise\w*|advising|brief\w*|notif\w+|promise\w*|promising|reassur\w+|address\w*)\b",
    re.IGNORECASE,
)
_SAID_TO = re.compile(r"[ \u00a0]+to[ \u00a0]+(?!a |an )", re.IGNORECASE)
_PHRASE_END = re.compile(
    r"[,:;.\"“”‘«»—–\n]|[ \u00a0](?:that|to|in|on|at|by|during|after|before|about|how|why|what|if|whether|"
    r"when|as|not|via|ahead|following|while|for|from|last|this|yesterday|today|earlier|"
    r"moments|minutes|hours|days|weeks)(?=[ \u00a0]|$)",
    re.IGNORECASE,
)
_LONGEST_ADDRESSEE = 80
_REACH = 160


def find_addressee(text: str, attribution: Attribution, timexes: Sequence[Timex] = ()) -> Span | None:
    """The noun phrase that was told, if the reporting clause names it: told **reporters**."""
    if attribution.cue is None:
        return None
    start, end = attribution.cue
    if _TELLING.search(text, start, end):
        return _phrase_after(text, end, attribution, timexes)
    to = _SAID_TO.match(text, end)
    if to is None or any(begin < to.end() <= stop for begin, stop in attribution.segments):
        return None  # "hopes to revive": what follows is said, nobody is told
    return _phrase_after(text, to.end(), attribution, timexes)


def _phrase_after(
    text: str, position: int, attribution: Attribution, timexes: Sequence[Timex]
) -> Span | None:
    while position < len(text) and text[position] in " \u00a0":
        position += 1
    limit = min(len(text), position + _LONGEST_ADDRESSEE)
    walls = [start for start, _ in attribution.segments if start >= position]
    walls += [timex.start for timex in _starting(timexes, position, limit)]
    limit = min([limit, *walls])
    source = attribution.source
    if source is not None and source[0] <= position < source[1]:
        return None
    match = _PHRASE_END.search(" " + text[position:limit]) if limit > position else None
    end = position + match.start() - 1 if match else limit
    end = max(position, end)
    phrase = text[position:end].rstrip()
    if not phrase or not any(char.isalpha() for char in phrase):
        return None
    return span_of(text, position, position + len(phrase))


def find_said_on(attribution: Attribution, sentence: Offsets, timexes: Sequence[Timex]) -> str | None:
    """The ISO day on which it was said, where the reporting clause names one day."""
    if attribution.cue is None:
        return None
    cue_start, cue_end = attribution.cue
    # No date is longer than the reach; a sentence without stops may hold thousands of them.
    first, last = max(sentence[0], cue_start - 2 * _REACH), min(sentence[1], cue_end + _REACH + 1)
    days = [
        (_distance(timex, cue_start, cue_end), timex.begin)
        for timex in _starting(timexes, first, last)
        if _is_day(timex) and not _inside(timex, attribution.segments)
    ]
    near = [(distance, day) for distance, day in days if distance <= _REACH]
    return min(near)[1] if near else None


def _starting(timexes: Sequence[Timex], start: int, end: int) -> Sequence[Timex]:
    """The time expressions, which stand in text order, that begin in a stretch."""
    first, last = (bisect_left(timexes, place, key=lambda timex: timex.start) for place in (start, end))
    return timexes[first:last]


def _is_day(timex: Timex) -> bool:
    if timex.begin is None or timex.begin != timex.end_date or timex.type not in ("DATE", "TIME"):
        return False
    return _is_iso_day(timex.begin)


def _is_iso_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _inside(timex: Timex, segments: Sequence[Offsets]) -> bool:
    return any(start < timex.end and timex.start < end for start, end in segments)


def _distance(timex: Timex, start: int, end: int) -> int:
    return max(0, timex.start - end, start - timex.end)
