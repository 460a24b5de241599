"""Quotations by their marks alone: which stretches of a text stand inside quotation marks.

Marks pair inside one paragraph. A quotation left open ends with its paragraph, as in speech that
runs over several paragraphs, where each re-opens and only the last one closes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.components.cues import lemmatise
from pipeline.components.lexicons import words_by_class

OUTSIDE, INSIDE, MARK = 0, 1, 2

_MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚‛']")
_CLOSERS = {
    "“": "”“",
    "”": "”",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    '"': '"',
    "``": ("''",),
    "''": ("''",),
    "‚": "‘’",
}
_DASH_SPEECH = re.compile(r"\s*[—–][ \u00a0]?(?=[^\W\d_a-z])")
# A run of blanks is tried at its start alone.
_DASH_BREAK = re.compile(r"(?<![ \u00a0])[ \u00a0]*[—–][ \u00a0]*")
_CLAUSE_BREAK = re.compile(r"[,?!…][ \u00a0]")
# A subject before its reporting verb has few words: "the old mayor said".
_OPENING_WORDS = re.compile(r"[^\W\d_][\w’'-]*(?:[ \u00a0][^\W\d_][\w’'-]*){0,3}")
_STOPS = ".!?…"
_SINGLE = "‘’'‛"
_ELISION = re.compile(r"['’](?:\d0s|em|til|tis|twas|cause|bout|n)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch, marks included; ``closed`` is False where the closing mark is missing."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    single: bool


def line_paragraphs(text: str) -> list[tuple[int, int]]:
    """Paragraphs of a text without zones: its lines that hold more than white space."""
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if not m.group().isspace()]


def find_quotations(text: str, paragraphs: Iterable[tuple[int, int]] | None = None) -> list[Quotation]:
    """The outermost quotations of a text, in order, never overlapping."""
    borders = line_paragraphs(text) if paragraphs is None else paragraphs
    return [quotation for start, end in borders for quotation in _in_paragraph(text, start, end)]


def quotation_states(length: int, quotations: Iterable[Quotation]) -> NDArray[np.int8]:
    """One state a code point: outside, inside, or part of a quotation mark."""
    states = np.zeros(length, dtype=np.int8)
    for quotation in quotations:
        states[quotation.start : quotation.end] = MARK
        states[quotation.inner_start : quotation.inner_end] = INSIDE
    return states


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    dashed = _DASH_SPEECH.match(text, start, end)
    if dashed is not None:
        yield from _dashed(text, dashed.end(), end)
        return
    marks = list(_MARK.finditer(text, start, end))
    closers = _SingleClosers.of(text, marks, end)
    curly = _CurlyMarks.of(text, marks, end)
    position, opened, nested = start, None, 0
    for mark in marks:
        if mark.start() < position:
            continue
        if opened is not None:
            if curly.opens_within(opened, mark):
                nested += 1
            elif nested and mark.group() == "”":
                nested -= 1
            elif _closes(text, opened, mark, end, curly):
                yield _quotation(opened, mark.start(), mark.end(), closed=True)
                opened, nested = None, 0
        elif mark.group() in _SINGLE:
            close = closers.after(mark) if _opens_single(text, mark, start) else None
            if close is not None:
                yield Quotation(mark.start(), close + 1, mark.end(), close, True, True)
                position = close + 1
        elif _opens_double(text, mark, start, end):
            opened = mark
    if opened is not None:
        inner_end = start + len(text[start:end].rstrip())
        yield _quotation(opened, max(inner_end, opened.end()), max(inner_end, opened.end()), closed=False)


def _dashed(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Speech that a dash opens, up to the reporting clause, and what a later dash takes up again."""
    position, speaks = start, True
    for break_ in (*_DASH_BREAK.finditer(text, start, end), None):
        stop = break_.start() if break_ else position + len(text[position:end].rstrip())
        spoken = _spoken_end(text, position, stop) if speaks else position
        if spoken > position:
            yield Quotation(position, spoken, position, spoken, True, False)
        position = break_.end() if break_ else end
        speaks = not speaks or _speaks_again(text, stop, position)


def _spoken_end(text: str, start: int, stop: int) -> int:
    """Where a reporting clause begins in what follows a dash: "I heard it | , she said"."""
    for comma in _CLAUSE_BREAK.finditer(text, start, stop):
        words = _OPENING_WORDS.match(text, comma.end(), stop)
        if words is not None and _reports(words.group().split()):
            return comma.start() + (text[comma.start()] != ",")
    return stop


def _reports(words: list[str]) -> bool:
    """Whether words open a reporting clause: "said Ana Diaz", "she told us", "the old mayor said"."""
    verbs = words_by_class("speakers_words.tsv")["nesting_verb"]
    finite = [lemmatise(word) in verbs and word != lemmatise(word) for word in words]
    has_subject = words[0].lower() in words_by_class("cues_naming.tsv")["subject"] or words[0].istitle()
    return finite[0] or (has_subject and any(finite))


def _speaks_again(text: str, stop: int, position: int) -> bool:
    """A dash between two sentences opens speech, whatever came before: "… she said. — Then I heard it."."""
    return text[stop - 1] in _STOPS and text[position : position + 1].isupper()


def _quotation(opened: re.Match[str], inner_end: int, end: int, *, closed: bool) -> Quotation:
    return Quotation(opened.start(), end, opened.end(), inner_end, closed, False)


def _closes(text: str, opened: re.Match[str], mark: re.Match[str], end: int, curly: _CurlyMarks) -> bool:
    if mark.group() in _CLOSERS[opened.group()]:
        return not _reopens(text, opened, mark, end)
    mixed = opened.group() + mark.group()
    hugs_left = not text[mark.start() - 1].isspace() and not _is_word(text, mark.end(), end)
    return mixed == '“"' and hugs_left and not curly.closers_after(mark.start())


def _reopens(text: str, opened: re.Match[str], mark: re.Match[str], end: int) -> bool:
    """“ inside “… is no close, unless it stands where only a close can."""
    if mark.group() != "“" or opened.group() != "“":
        return False
    return _is_word(text, mark.end(), end)


@dataclass(frozen=True, slots=True)
class _CurlyMarks:
    """The places of “ and ” in a paragraph."""

    openings: list[int]
    closings: list[int]

    @classmethod
    def of(cls, text: str, marks: list[re.Match[str]], end: int) -> _CurlyMarks:
        opening = [m.start() for m in marks if m.group() == "“" and _is_word(text, m.end(), end)]
        return cls(opening, [m.start() for m in marks if m.group() == "”"])

    def closers_after(self, position: int) -> int:
        """How many ” follow."""
        return len(self.closings) - bisect_left(self.closings, position)

    def opens_within(self, opened: re.Match[str], mark: re.Match[str]) -> bool:
        """A second “ opens a quotation in the first, if enough ” follow to close both and all after them."""
        if opened.group() != "“" or mark.group() != "“":
            return False
        index = bisect_left(self.openings, mark.start())
        if index >= len(self.openings) or self.openings[index] != mark.start():
            return False
        return self.closers_after(mark.start()) > len(self.openings) - index


def _opens_double(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """A straight or wrong-way mark that hugs a word on its left alone closes nothing and opens nothing."""
    if mark.group() in "“„‟«‹‚" or mark.group() == "``":
        return True
    glued_left = (
        mark.start() > start
        and not text[mark.start() - 1].isspace()
        and text[mark.start() - 1] not in "([{—–-"
    )
    followed = mark.end() < end and not text[mark.end()].isspace()
    return followed and (not glued_left or not _is_word(text, mark.start() - 1, end))


def _opens_single(text: str, mark: re.Match[str], start: int) -> bool:
    if mark.start() > start and (text[mark.start() - 1].isalnum() or text[mark.start() - 1] in ".,!?"):
        return False
    if mark.end() >= len(text) or text[mark.end()].isspace():
        return False
    return mark.group() == "‘" or not _ELISION.match(text, mark.start())


def _is_word(text: str, position: int, end: int) -> bool:
    return 0 <= position < end and text[position].isalnum()


@dataclass(frozen=True, slots=True)
class _SingleClosers:
    """Where a single quotation may close: after a word or stop, not before a letter."""

    text: str
    candidates: list[int]
    after_stop: list[int]
    openings: list[int]

    @classmethod
    def of(cls, text: str, marks: list[re.Match[str]], end: int) -> _SingleClosers:
        places = [m.start() for m in marks if m.group() in "’'‘"]
        closing = [
            p for p in places if p > 0 and not text[p - 1].isspace() and not _is_word(text, p + 1, end)
        ]
        stops = [p for p in closing if text[p - 1] in ".,!?…"]
        opening = [m.start() for m in marks if m.group() == "‘" and _is_word(text, m.end(), end)]
        return cls(text, closing, stops, opening)

    def after(self, mark: re.Match[str]) -> int | None:
        """The close of a single quotation; a plural possessive ("workers’ pay") gives way to a later stop."""
        first = self._next(self.candidates, mark.end())
        if first is None or self.text[first - 1] != "s":
            return first
        stop = self._next(self.after_stop, mark.end())
        opening = self._next(self.openings, mark.end())
        if (
            stop is not None
            and (opening is None or stop < opening)
            and self.text[first + 1 : first + 3].strip().islower()
        ):
            return stop
        return first

    @staticmethod
    def _next(places: list[int], least: int) -> int | None:
        index = bisect_left(places, least + 1)
        return places[index] if index < len(places) else None
