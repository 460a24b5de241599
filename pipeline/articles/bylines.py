"""Bylines: who wrote the article, on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.articles.paragraph import Paragraph, fold
from pipeline.components.lexicons import rows

_MAX_BYLINE_WORDS = 14
_MAX_AUTHOR_LINE_WORDS = 10
_OPENING = re.compile(
    r"(?:by|from|interview by|interview|words by|words|text by|text|reporting by|analysis by):?\s",
    re.IGNORECASE,
)


def is_byline(paragraph: Paragraph, authors: Sequence[str] = ()) -> bool:
    """Whether a line is "By Jane Doe and John Roe, Staff Writers", or holds little beside a known author."""
    if not 2 <= len(paragraph.words) <= _MAX_BYLINE_WORDS or paragraph.text.endswith(
        (".", "?", "!", '"', "”")
    ):
        return False
    if len(paragraph.words) <= _MAX_AUTHOR_LINE_WORDS and _names(paragraph, authors):
        return True
    opening = _OPENING.match(paragraph.text)
    if opening is None:
        return False
    words = paragraph.text[opening.end() :].split()
    return len(words) >= 2 and words[-1][0].isupper() and all(map(_is_name_word, words))


def _names(paragraph: Paragraph, authors: Sequence[str]) -> bool:
    return any(len(author.split()) > 1 and paragraph.folded.startswith(fold(author)) for author in authors)


def _is_name_word(word: str) -> bool:
    return not (word[0].islower() or word[0].isdigit()) or word.strip(",").casefold() in _links()


@cache
def _links() -> frozenset[str]:
    return frozenset(word for kind, word in rows("zones_credits.tsv", 2) if kind == "byline")
