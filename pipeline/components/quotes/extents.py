"""Where a content begins and ends: snapped to quotation marks, without outer commas and "that"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from pipeline.components.quotation_marks import Quotation
from pipeline.components.quotes.attribution import Offsets
from pipeline.record import ClaimKind

_COMPLEMENTISER = re.compile(r"that[ \u00a0]+", re.ASCII)
_DAY = r"\d{1,2}[ \u00a0][A-Z][a-z]{2,8}\.?(?:[ \u00a0]\d{4})?"
_DATELINE = re.compile(
    rf"(?:[A-Z][A-Z.’' -]{{2,30}}(?:,[ \u00a0](?:[A-Z][\w. ]{{1,30}}|{_DAY}|\d{{4}})){{0,4}}"
    r"(?:(?:[ \u00a0]\([^)\n]{1,40}\))?[ \u00a0]*(?:—|--|–|-)|:)"
    r"|[A-Z][\w.’' -]{2,30}(?:,[ \u00a0][A-Z][\w. ]{1,30}){0,3}"
    rf"(?:[ \u00a0]\([^)\n]{{1,40}}\)|,[ \u00a0]{_DAY})[ \u00a0]*(?:—|--|–|-)"
    r"|[A-Z][\w.’' -]{2,30},[ \u00a0][A-Z][\w. ]{1,30}[ \u00a0]—(?=[ \u00a0][A-Z]))[ \u00a0]"
)
# Between the parts of a quotation stand a few marks; looking further would cost the square of a row of them.
_LONGEST_GAP = 1_000
_OUTER_STOPS = ".,;:—–-"
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]|\b(?:a\.m|p\.m|Inc|Jr|Sr|Co|Corp|Ltd|etc|pct))\.$")


def snap_to_marks(segment: Offsets, quotations: Sequence[Quotation], walls: Sequence[Offsets]) -> Offsets:
    """The segment with every quotation that it cuts into taken in whole, as far as nothing stands between.

    ``walls`` are the cues and sources in order, which a content never swallows.
    """
    start, end = segment
    for quotation in quotations_in(quotations, start, end):
        if quotation.start < start and not _any_between(walls, quotation.start, start):
            start = quotation.start
        if end < quotation.end and not _any_between(walls, end, quotation.end):
            end = quotation.end
    return start, end


def quotations_in(quotations: Sequence[Quotation], start: int, end: int) -> list[Quotation]:
    """The quotations that overlap ``text[start:end]``."""
    first = max(0, bisect_right(quotations, start, key=lambda q: q.start) - 1)
    found = []
    for number in range(first, len(quotations)):
        quotation = quotations[number]
        if quotation.start >= end:
            break
        if quotation.end > start:
            found.append(quotation)
    return found


def wordless(text: str, start: int, end: int) -> bool:
    """Whether only blanks and marks stand in ``text[start:end]``; a very long stretch never counts."""
    return end - start <= _LONGEST_GAP and not any(char.isalnum() for char in text[start:end])


def _any_between(walls: Sequence[Offsets], start: int, end: int) -> bool:
    index = bisect_right(walls, (start, -1))
    before = index > 0 and walls[index - 1][1] > start
    return before or (index < len(walls) and walls[index][0] < end)


def without_outer_stops(text: str, segment: Offsets, quotations: Sequence[Quotation]) -> Offsets:
    """The segment without blanks, commas and stops at its ends that stand outside quotation marks."""
    start, end = segment
    inside = [(q.start, q.end) for q in quotations_in(quotations, start, end)]
    while start < end and (text[start].isspace() or text[start] in ",;:.—–"):
        start += 1
    while end > start and _strips(text, start, end, inside):
        end -= 1
    return start, end


def _strips(text: str, start: int, end: int, inside: list[Offsets]) -> bool:
    last = text[end - 1]
    if last.isspace():
        return True
    if last not in _OUTER_STOPS or any(first < end <= stop for first, stop in inside):
        return False
    return last != "." or not _ABBREVIATION.search(text, max(start, end - 8), end) or text[end - 2] == "."


def without_dateline(text: str, segment: Offsets) -> Offsets:
    """The segment without a dateline at its begin: "MUSCAT, Oman (Agency) — "."""
    match = _DATELINE.match(text, *segment)
    return (match.end(), segment[1]) if match and match.end() < segment[1] else segment


def dateline_end(text: str, paragraph: Offsets) -> int:
    """Where the dateline at a paragraph's begin ends; its begin where there is none."""
    match = _DATELINE.match(text, *paragraph)
    return match.end() if match else paragraph[0]


def without_complementiser(text: str, segment: Offsets) -> Offsets:
    """The segment without a leading "that", which the record leaves out (PolNeAR keeps it)."""
    start, end = segment
    match = _COMPLEMENTISER.match(text, start, end)
    return (match.end(), end) if match and match.end() < end else segment


def joined_segments(text: str, segments: Iterable[Offsets]) -> list[Offsets]:
    """Sorted segments, those of a paragraph with only blanks and marks between them made one."""
    joined: list[Offsets] = []
    for start, end in sorted(segments):
        if joined and not any(char.isalnum() or char == "\n" for char in text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def kind_of(text: str, segments: Iterable[Offsets], quotations: Sequence[Quotation]) -> ClaimKind:
    """direct where all letters and digits stand in quotation marks, indirect where none does, else mixed."""
    quoted = total = 0
    for start, end in segments:
        total += _letters(text, start, end)
        for quotation in quotations_in(quotations, start, end):
            quoted += _letters(text, max(start, quotation.inner_start), min(end, quotation.inner_end))
    if not quoted:
        return "indirect"
    return "direct" if quoted == total else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))
