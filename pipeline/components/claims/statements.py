"""Statements: what the article asserts in its own voice and backs with a number or a date."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from pipeline.components.quotation_marks import Quotation
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.extents import without_dateline, without_outer_stops
from pipeline.record import Span, Timex
from pipeline.tokens import text_of

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
# Each of these has a finite verb of its own: "the fund, whose assets fell" is no clause.
_RELATIVE_TAGS = frozenset(("WDT", "WP", "WP$"))
_CONJUNCTIONS = "and|but|while|as|that|which|who|although|though"
_LINKING = re.compile(rf"(?:[\s,;:—–-]|(?:{_CONJUNCTIONS})\b)+", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:that|which|who)\b", re.IGNORECASE)
_COORDINATION = re.compile(r";|[,—–-]\s+(?:and|but|while)\b", re.IGNORECASE)
_TRAILING = re.compile(
    rf"(?:[\s,;:—–-]|\b(?:{_CONJUNCTIONS}|after|before|because|until|since|if|when|where|or|with|without|by|than|for|from))+$",
    re.IGNORECASE,
)
# Less than this beside an attribution is a remnant of the reporting clause, not a clause of its own.
_CLAUSE_WORDS = 5
# Between a subject and its verb stand a blank or a line break.
_LONGEST_BLANK = 4
# What ends a sentence that needs no verb to assert: "Forty dead.", "($1 = 5.38 reais)".
_STOPS = frozenset(".!…)”\"’'»")


def own_assertions(
    doc: Doc, attributions: Sequence[Attribution], quotations: Sequence[Quotation]
) -> Iterator[Offsets]:
    """Body sentences without an attribution, and clauses beside one, that carry a quantity or a date."""
    taken = _Sweep(sorted(place for a in attributions for place in _places(a)))
    sources = {a.source[1]: a.source for a in attributions if a.source is not None}
    figures, text = _Figures(doc), text_of(doc)
    for sent in doc.sents:
        sentence = (sent.start_char, sent.end_char)
        blocked = taken.overlapping(sentence)
        if not _in_body(doc, sentence[0]):
            continue
        for part in _clauses(doc, text, sentence, blocked) if blocked else [sentence]:
            segment = without_outer_stops(text, without_dateline(text, part), quotations)
            if segment[0] >= segment[1] or not figures.inside(segment):
                continue
            if _is_clause(doc, segment) if blocked else _is_assertion(doc, text, sentence):
                yield _with_subject(doc, text, segment, sources) if blocked else segment


def _clauses(doc: Doc, text: str, sentence: Offsets, blocked: Sequence[Offsets]) -> Iterator[Offsets]:
    """What stands beside the attributions of a sentence, without the words that join it to them."""
    for start, end in _free_parts(sentence, blocked):
        opening = start if start == sentence[0] else _opening(doc, text, start, end)
        linking = _LINKING.match(text, opening, end)
        opening = linking.end() if linking else opening
        trailing = _TRAILING.search(text, max(opening, end - 40), end)
        yield opening, trailing.start() if trailing else end


def _opening(doc: Doc, text: str, start: int, end: int) -> int:
    """Where a main clause begins behind a reporting clause; the end where there is none.

    A relative clause is none, nor is what the reporting clause goes on with: "said on the radio, and the
    river fell" has its main clause behind the "and".
    """
    linking = _LINKING.match(text, start, end)
    link = linking.group() if linking else ""
    if _RELATIVE.search(link):
        return end
    if any(char.isalpha() or char in ";:—–" for char in link):
        return start
    if link.isspace() and _begins_finite(doc, start + len(link), end):
        return start
    coordination = _COORDINATION.search(text, start, end)
    return coordination.start() if coordination else end


def _begins_finite(doc: Doc, start: int, end: int) -> bool:
    span = doc.char_span(start, end, alignment_mode="contract")
    return span is not None and len(span) > 0 and span[0].tag_ in _FINITE


def _with_subject(doc: Doc, text: str, segment: Offsets, sources: Mapping[int, Offsets]) -> Offsets:
    """The clause with its subject, where that is also the source of something said."""
    start = segment[0]
    before = text[max(0, start - _LONGEST_BLANK) : start]
    source = sources.get(start - len(before) + len(before.rstrip()))
    return (source[0], segment[1]) if source and _begins_finite(doc, *segment) else segment


def _is_assertion(doc: Doc, text: str, sentence: Offsets) -> bool:
    """Whether a sentence asserts: no question, and no heading or time stamp."""
    end = sentence[0] + len(text[slice(*sentence)].rstrip())
    if text[end - 1] == "?":
        return False
    span = doc.char_span(*sentence, alignment_mode="contract")
    if span is None or not any(token.is_alpha for token in span):
        return False
    return text[end - 1] in _STOPS or any(token.tag_ in _FINITE for token in span)


def _places(attribution: Attribution) -> Iterator[Offsets]:
    yield from attribution.segments
    if attribution.cue is not None:
        yield attribution.cue
    if attribution.source is not None:
        yield attribution.source


class _Sweep:
    """Sorted places, asked for those that overlap one sentence after the other: none is looked at anew."""

    def __init__(self, places: Sequence[Offsets]) -> None:
        self._places, self._next = places, 0
        self._open: list[Offsets] = []

    def overlapping(self, sentence: Offsets) -> list[Offsets]:
        start, end = sentence
        self._open = [place for place in self._open if place[1] > start]
        while self._next < len(self._places) and self._places[self._next][0] < end:
            if self._places[self._next][1] > start:
                self._open.append(self._places[self._next])
            self._next += 1
        return self._open


def _free_parts(sentence: Offsets, blocked: Sequence[Offsets]) -> list[Offsets]:
    parts, position = [], sentence[0]
    for start, end in blocked:
        if start > position:
            parts.append((position, start))
        position = max(position, end)
    if position < sentence[1]:
        parts.append((position, sentence[1]))
    return parts


def _is_clause(doc: Doc, segment: Offsets) -> bool:
    span = doc.char_span(*segment, alignment_mode="contract")
    if span is None or sum(token.is_alpha for token in span) < _CLAUSE_WORDS:
        return False
    relatives = sum(token.tag_ in _RELATIVE_TAGS for token in span)
    return sum(token.tag_ in _FINITE for token in span) > relatives


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
