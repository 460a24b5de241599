"""Paragraph borders of a Doc, and its sentences inside them."""

from __future__ import annotations

from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline.components.quotation_marks import line_paragraphs

_STOPS = frozenset(".!?…")
_CLOSING = frozenset("\"”’'»)]“")


def paragraphs_of(doc: Doc) -> list[tuple[int, int]]:
    """``(start, end)`` in code points: as a reader found them, else the text's lines."""
    return list(doc._.paragraphs) if doc._.paragraphs is not None else line_paragraphs(doc.text)


def body_paragraphs(doc: Doc) -> list[tuple[int, int]]:
    """The paragraphs that are news: all but page furniture."""
    furniture = [(zone.start, zone.end) for zone in doc._.zones or () if zone.zone == "furniture"]
    return [
        (start, end)
        for start, end in paragraphs_of(doc)
        if not any(first <= start < last for first, last in furniture)
    ]


def paragraph_number(borders: list[tuple[int, int]], position: int) -> int:
    """The number, from 0, of the paragraph that holds a code point."""
    return max(0, bisect_right(borders, position, key=lambda border: border[0]) - 1)


@Language.component("onrecord_sentences", assigns=["token.is_sent_start"])
def set_sentences(doc: Doc) -> Doc:
    """The Doc with sentences that end at stops and never cross a paragraph."""
    borders = [start for start, _ in paragraphs_of(doc)]
    border, ended = 0, True
    for token in doc:
        new_paragraph = border < len(borders) and token.idx + len(token) > borders[border]
        while border < len(borders) and token.idx + len(token) > borders[border]:
            border += 1
        closes = token.is_space or _closes(token)
        starts = new_paragraph or (ended and not closes and not token.text[0].islower())
        token.is_sent_start = starts or token.i == 0
        ended = _is_stop(token) or (ended and closes and not starts)
    return doc


def _is_stop(token: Token) -> bool:
    return token.text[-1] in _STOPS and set(token.text) <= _STOPS


def _closes(token: Token) -> bool:
    """A mark that hugs the word before it."""
    return token.text in _CLOSING and token.i > 0 and not token.nbor(-1).whitespace_
