"""An article cut into lexemes: runs of digits, words and single marks, with sentences and masks.

spaCy's tokens split "5bn" and "70-year-old" differently from "5 bn" and "70 - year-old"; numbers need
one reading for all notations, so the stage cuts the text itself and keeps from the Doc the sentences,
the names, the dates and, where a tagger ran, the tags.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.components.quantities import lexicon, tags
from pipeline.tokens import text_of

# Digits in a name count nothing; a tagger's labels for numbers and dates must not mask them.
NAME_LABELS = frozenset(
    ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE")
)
# A headline capitalises nearly every word of four letters or more.
TITLE_SHARE = 0.75
# Longer than any sentence of prose; a table or a broken page may run on without end.
MAX_SENTENCE = 300
HYPHENS = frozenset("-‐‑–—−")

_LEXEME = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b)"
    r"|(?P<mark>\S)"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(A-Z])|\n")


class Lexeme(NamedTuple):
    """A run of digits, a word or a mark; ``glued`` when nothing stands between it and the one before."""

    kind: str
    text: str
    lower: str
    start: int
    end: int
    glued: bool


class Page:
    """The lexemes of one article with what the earlier stages know of them.

    ``limits[i]`` is the index after the last lexeme of the sentence of lexeme ``i``, ``starts[i]`` the
    first one's. ``dated`` marks lexemes inside a DATE or TIME, ``timed`` inside any time
    expression, ``named`` inside a name, ``people`` inside a person's.
    """

    def __init__(self, doc: Doc) -> None:
        self.text = text_of(doc)
        self.lexemes = list(_cut(self.text))
        self._lowers = [lexeme.lower for lexeme in self.lexemes]
        self._length = len(self.lexemes)
        self.starts, self.limits = _sentences(self.lexemes, _unbroken(self.lexemes, _sentence_offsets(doc)))
        self._offsets = [lexeme.start for lexeme in self.lexemes]
        self.dated = self._covered(
            (timex.start, timex.end) for timex in doc._.timexes or () if timex.type in ("DATE", "TIME")
        )
        self.timed = self._covered((timex.start, timex.end) for timex in doc._.timexes or ())
        self.named = self._covered(
            (ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in NAME_LABELS
        )
        self.people = self._covered(
            (ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PERSON"
        )
        self._tagged = tags.tags_of(doc)
        self._titles: dict[int, bool] = {}
        self._tags: dict[int, str] = {}

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> Lexeme:
        return self.lexemes[index]

    def lower(self, index: int) -> str:
        """The lexeme in lower case, or "" outside the article."""
        return self._lowers[index] if 0 <= index < self._length else ""

    def glued(self, index: int) -> bool:
        """Whether the lexeme touches the one before it."""
        return 0 <= index < self._length and self.lexemes[index].glued

    def hyphen(self, index: int) -> bool:
        """Whether the lexeme is a hyphen or dash."""
        return self.lower(index) in HYPHENS

    def limit(self, index: int) -> int:
        """The index after the sentence of this lexeme."""
        return self.limits[index] if 0 <= index < len(self.limits) else len(self.lexemes)

    def tag(self, index: int) -> str:
        """The Penn Treebank tag of the lexeme: the tagger's where one ran, else the usual one."""
        found = self._tags.get(index)
        if found is None:
            lexeme = self.lexemes[index]
            surface = lexeme.lower if self._capital_is_idle(index) else lexeme.text
            found = self._tagged.get(lexeme.start) or tags.guess(surface, lexeme.kind)
            self._tags[index] = found
        return found

    def _capital_is_idle(self, index: int) -> bool:
        """Whether a capital may stand there for the sentence's or headline's sake."""
        opens = index == self.starts[index] and tags.is_known(self.lexemes[index].lower)
        return opens or self.in_title(index)

    def in_title(self, index: int) -> bool:
        """Whether the sentence is set like a headline, with capitals on words that are no names."""
        start = self.starts[index]
        if start not in self._titles:
            words = [
                self.lexemes[i].text
                for i in range(start, self.limits[start])
                if self.lexemes[i].kind == "word"
            ]
            long = [word for word in words[1:] if len(word) > 3]
            capitals = sum(1 for word in long if word[0].isupper())
            self._titles[start] = len(long) >= 4 and capitals >= TITLE_SHARE * len(long)
        return self._titles[start]

    def words(self, start: int, stop: int) -> tuple[str, ...]:
        """The lexemes from ``start`` to before ``stop`` in lower case."""
        return tuple(self.lower(i) for i in range(start, stop))

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """The code points of the lexemes from ``start`` to before ``stop``."""
        return self.lexemes[start].start, self.lexemes[stop - 1].end

    def _covered(self, spans: Iterable[tuple[int, int]]) -> bytearray:
        covered = bytearray(len(self.lexemes))
        for start, end in spans:
            index = max(bisect_right(self._offsets, start) - 1, 0)
            while index < len(self.lexemes) and self.lexemes[index].start < end:
                covered[index] = self.lexemes[index].end > start
                index += 1
        return covered


def _cut(text: str) -> Iterator[Lexeme]:
    end = -1
    for match in _LEXEME.finditer(text):
        start = match.start()
        surface = match.group()
        yield Lexeme(match.lastgroup or "", surface, surface.lower(), start, match.end(), start == end)
        end = match.end()


def _sentence_offsets(doc: Doc) -> list[int]:
    """Offsets at which a sentence starts; line breaks end one, unless a reader joined wrapped lines."""
    if doc.has_annotation("SENT_START"):
        starts = {sent.start_char for sent in doc.sents}
        starts.update(
            (match.end() for match in re.finditer("\n", text_of(doc)))
            if doc._.paragraphs is None
            else (start for start, _ in doc._.paragraphs)
        )
    else:
        starts = {match.end() for match in _SENTENCE_END.finditer(text_of(doc))}
    return sorted(starts)


def _unbroken(lexemes: list[Lexeme], offsets: list[int]) -> list[int]:
    """The offsets without those behind an abbreviation that brings a number: "Rs. 500", "No. 4"."""
    short = lexicon.words("number_abbreviations")
    false = {
        number.start
        for word, stop, number in zip(lexemes, lexemes[1:], lexemes[2:], strict=False)
        if number.kind == "number" and stop.text == "." and stop.glued and word.lower in short
    }
    return [offset for offset in offsets if offset not in false]


def _long_cut(lexemes: list[Lexeme], numbers: list[int]) -> list[int]:
    """Sentence numbers with over-long sentences cut, so that no search in one grows with the article."""
    cut, length, extra = [], 0, 0
    for i, number in enumerate(numbers):
        length = 0 if i and number != numbers[i - 1] else length + 1
        if length == MAX_SENTENCE:
            length, extra = 0, extra + 1
        cut.append(number + extra)
    return cut


def _sentences(lexemes: list[Lexeme], offsets: list[int]) -> tuple[list[int], list[int]]:
    numbers = _long_cut(lexemes, [bisect_right(offsets, lexeme.start) for lexeme in lexemes])
    starts, limits = [0] * len(lexemes), [len(lexemes)] * len(lexemes)
    for i in range(1, len(lexemes)):
        starts[i] = starts[i - 1] if numbers[i] == numbers[i - 1] else i
    for i in range(len(lexemes) - 2, -1, -1):
        limits[i] = limits[i + 1] if numbers[i] == numbers[i + 1] else i + 1
    return starts, limits
