"""Paragraph borders of a Doc, and its sentences inside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.quotation_marks import line_paragraphs

_STOPS = frozenset(".!?…")
_CLOSING = frozenset("\"”’'»)]“")


def paragraphs_of(doc: Doc) -> list[tuple[int, int]]:
    """``(start, end)`` in code points: as a reader found them, else the text's lines."""
    return list(doc._.paragraphs) if doc._.paragraphs is not None else line_paragraphs(doc.text)


def body_paragraphs(doc: Doc) -> list[tuple[int, int]]:
    """The paragraphs that are news: all but page furniture."""
    furniture = sorted((zone.start, zone.end) for zone in doc._.zones or () if zone.zone == "furniture")

    def is_furniture(start: int) -> bool:
        index = bisect_right(furniture, start, key=lambda zone: zone[0]) - 1
        return index >= 0 and start < furniture[index][1]

    return [(start, end) for start, end in paragraphs_of(doc) if not is_furniture(start)]


def paragraph_number(borders: list[tuple[int, int]], position: int) -> int:
    """The number, from 0, of the paragraph that holds a code point."""
    return max(0, bisect_right(borders, position, key=lambda border: border[0]) - 1)


@Language.component("onrecord_sentences", assigns=["token.is_sent_start"])
def set_sentences(doc: Doc) -> Doc:
    """The Doc with sentences that end at stops and never cross a paragraph."""
    starts = np.fromiter(_sentence_starts(doc), dtype=np.int8, count=len(doc))
    if len(doc):
        doc.from_array(["SENT_START"], starts.astype(np.uint64).reshape(-1, 1))  # type: ignore[arg-type]
    return doc


def _sentence_starts(doc: Doc) -> Iterator[int]:
    """1 or -1 for every token, as spaCy has it."""
    borders = [start for start, _ in paragraphs_of(doc)]
    border, ended, glued = 0, True, False
    for token in doc:
        new_paragraph = border < len(borders) and token.idx + len(token) > borders[border]
        while border < len(borders) and token.idx + len(token) > borders[border]:
            border += 1
        word = token.text
        closes = token.is_space or (glued and word in _CLOSING)  # a mark that hugs the word before it
        starts = new_paragraph or (ended and not closes and not word[0].islower())
        yield 1 if starts or token.i == 0 else -1
        ended = _is_stop(word) or (ended and closes and not starts)
        glued = not token.whitespace_


def _is_stop(word: str) -> bool:
    return word[-1] in _STOPS and set(word) <= _STOPS
