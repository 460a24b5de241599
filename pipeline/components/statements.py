"""Statements: what the article asserts in its own voice and backs with a number or a date."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from pipeline.components.attribution import Attribution, Offsets
from pipeline.components.extents import without_dateline, without_outer_stops
from pipeline.components.quotation_marks import Quotation
from pipeline.record import Span, Timex
from pipeline.tokens import text_of

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_CONJUNCTIONS = "and|but|while|as|that|which|who|although|though"
_LINKING = re.compile(rf"(?:[\s,;:—–-]|(?:{_CONJUNCTIONS})\b)+", re.IGNORECASE)
_TRAILING = re.compile(rf"(?:[\s,;:—–-]|\b(?:{_CONJUNCTIONS}))+$", re.IGNORECASE)
# Less than this beside an attribution is a remnant of the reporting clause, not a clause of its own.
_CLAUSE_WORDS = 5


def own_assertions(
    doc: Doc, attributions: Sequence[Attribution], quotations: Sequence[Quotation]
) -> Iterator[Offsets]:
    """Body sentences without an attribution, and clauses beside one, that carry a quantity or a date."""
    taken = sorted(place for a in attributions for place in _places(a))
    figures = _Figures(doc)
    text = text_of(doc)
    for sent in doc.sents:
        sentence = (sent.start_char, sent.end_char)
        if not _in_body(doc, sentence[0]):
            continue
        blocked = _overlapping(taken, sentence)
        parts = _free_parts(sentence, blocked) if blocked else [sentence]
        for part in parts:
            segment = _trimmed(text, part, quotations, clause=bool(blocked))
            if segment[0] >= segment[1] or not figures.inside(segment):
                continue
            if not blocked or _is_clause(doc, segment):
                yield segment


def _places(attribution: Attribution) -> Iterator[Offsets]:
    yield from attribution.segments
    if attribution.cue is not None:
        yield attribution.cue
    if attribution.source is not None:
        yield attribution.source


def _overlapping(taken: list[Offsets], sentence: Offsets) -> list[Offsets]:
    last = bisect_left(taken, (sentence[1], -1))
    first = max(0, bisect_right(taken, (sentence[0], -1)) - 40)
    return [place for place in taken[first:last] if place[1] > sentence[0]]


def _free_parts(sentence: Offsets, blocked: Sequence[Offsets]) -> list[Offsets]:
    parts, position = [], sentence[0]
    for start, end in blocked:
        if start > position:
            parts.append((position, start))
        position = max(position, end)
    if position < sentence[1]:
        parts.append((position, sentence[1]))
    return parts


def _trimmed(text: str, part: Offsets, quotations: Sequence[Quotation], *, clause: bool) -> Offsets:
    start, end = part
    if clause:
        linking = _LINKING.match(text, start, end)
        start = linking.end() if linking else start
        trailing = _TRAILING.search(text, max(start, end - 40), end)
        end = trailing.start() if trailing else end
    return without_outer_stops(text, without_dateline(text, (start, end)), quotations)


def _is_clause(doc: Doc, segment: Offsets) -> bool:
    span = doc.char_span(*segment, alignment_mode="contract")
    if span is None or sum(token.is_alpha for token in span) < _CLAUSE_WORDS:
        return False
    return any(token.tag_ in _FINITE for token in span)


def _in_body(doc: Doc, position: int) -> bool:
    zones = doc._.zones or ()
    index = bisect_right(zones, position, key=lambda zone: zone.start) - 1
    return index < 0 or zones[index].zone == "body"


class _Figures:
    """The quantities and dates that make an assertion a claim."""

    def __init__(self, doc: Doc) -> None:
        dates = [timex for timex in doc._.timexes or () if _tells_time(timex)]
        self._spans: list[Span] = sorted([*dates, *(doc._.quantities or ())], key=lambda span: span.start)

    def inside(self, segment: Offsets) -> bool:
        index = bisect_left(self._spans, segment[0], key=lambda span: span.start)
        return index < len(self._spans) and self._spans[index].end <= segment[1]


def _tells_time(timex: Timex) -> bool:
    """A date, duration or the like, not a mere "now" or "recently"."""
    return timex.value is None or not timex.value.endswith("_REF")
