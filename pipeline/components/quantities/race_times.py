"""Times of races: "2:03:45", "1:54.25", "the mile in 4:12", as durations in seconds."""

from __future__ import annotations

from decimal import Decimal

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.numerals import parse_digits

_SECONDS = lexicon.units().words["second"]
_SIXTY = 60
_LONGEST_HOUR = 3


def race_time_at(page: Page, index: int) -> Amount | None:
    """The time taken that starts at this lexeme; a time of day is none."""
    parts = _parts(page, index)
    if _is_sprint(page, index):
        return _in_seconds(index, index + 1, parse_digits(page[index].text) or Decimal(0))
    if len(parts) < 2 or page.dated[index] or page.lower(index - 1) in lexicon.words("clock_joints"):
        return None
    stop = index + 2 * len(parts) - 1
    if page.lower(stop) in lexicon.words("clock_words") or page.lower(stop) in (":", "gmt"):
        return None
    split = parts[-1] != int(parts[-1]) or "." in page[stop - 1].text
    if len(parts) == 2 and not split and not _is_raced(page, index):
        return None
    seconds = Decimal(0)
    for part in parts:
        seconds = seconds * _SIXTY + part
    return _in_seconds(index, stop, seconds)


def _in_seconds(start: int, stop: int, seconds: Decimal) -> Amount:
    return Amount(start, stop, seconds, "duration", unit=_SECONDS, number_stop=stop)


def _parts(page: Page, index: int) -> list[Decimal]:
    """Hours, minutes and seconds, as far as they go on; empty where the figures cannot be such."""
    if page[index].kind != "number" or len(page[index].text) > _LONGEST_HOUR:
        return []
    if not page[index].text.isdecimal() or (index and page.glued(index) and page[index - 1].text in ":/"):
        return []
    parts, place = [Decimal(page[index].text)], index
    while len(parts) < 3 and page.lower(place + 1) == ":" and page.glued(place + 1) and page.glued(place + 2):
        text = page[place + 2].text if page[place + 2].kind == "number" else ""
        value = parse_digits(text) if len(text.split(".")[0]) == 2 and "," not in text else None
        if value is None or value >= _SIXTY:
            return []
        parts.append(value)
        place += 2
        if "." in text:
            break
    return parts


def _is_sprint(page: Page, index: int) -> bool:
    """As in "ran the 100 metres in 10.3": seconds with a decimal, and nothing measured behind them."""
    text, stop = page[index].text, index + 1
    if page[index].kind != "number" or "." not in text or "," in text or not _is_raced(page, index):
        return False
    ends = stop >= page.limit(index) or page[stop].text in ",.;:)" or page.tag(stop) in ("IN", "CC", "TO")
    seconds = parse_digits(text)
    return ends and seconds is not None and seconds < _SIXTY and page.lower(index - 1) != "to"


def _is_raced(page: Page, index: int) -> bool:
    """Whether "in 4:12" tells how long a race took: the sentence speaks of one."""
    if page.lower(index - 1) not in lexicon.words("race_joints"):
        return False
    sentence = range(max(page.starts[index], index - 30), min(page.limit(index), index + 30))
    return any(page.lower(i) in lexicon.words("race_words") for i in sentence)
