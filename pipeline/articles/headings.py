"""Title and deck: what stands above the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.articles.paragraph import Paragraph

_MIN_TITLE_WORDS = 3
_MIN_DECK_WORDS = 5
_MAX_LINES_ABOVE_TITLE = 4
_MAX_TITLE_WORDS = 24
_MAX_DECK_WORDS = 32
_SHORT_DECK_WORDS = 16
_LOOK_AHEAD = 5
# A deck is a line above paragraphs: what follows it is longer, the more so if the deck is a sentence.
_DECK_RATIO = 1.3
_SENTENCE_DECK_RATIO = 2.0
_SENTENCES = re.compile(r"[.!?][\"”’']?\s+[\"“‘]?[A-Z]|[.!?][\"”’']$")
_DATELINE = re.compile(r"[A-Z][A-Z.'’]{2,}[^\n–—―]{0,60}?(?:\s--|\s-|\.-|\s?[–—―])\s")


def titles(paragraphs: Sequence[Paragraph], title: str | None) -> set[int]:
    """The indices of the paragraphs that repeat the known title, or of a headline where none is known."""
    if title:
        return _repeating(paragraphs, _letters(title))
    return {paragraphs[0].index} if paragraphs and _is_headline(paragraphs) else set()


def deck(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The standfirst, if the first of the paragraphs below the title is one."""
    if len(paragraphs) < 3 or not _can_be_deck(paragraphs[0]):
        return set()
    line, following = paragraphs[0], paragraphs[1]
    is_sentence = line.text.endswith((".", "?", "!", '"', "”"))
    ratio = _SENTENCE_DECK_RATIO if is_sentence else _DECK_RATIO
    above = following.length >= ratio * line.length
    sure = not is_sentence or len(line.words) <= _SHORT_DECK_WORDS or _has_dateline(following)
    return {line.index} if above and sure else set()


def _can_be_deck(line: Paragraph) -> bool:
    """A line of names in capitals is a byline, whatever it looks like."""
    if not _MIN_DECK_WORDS <= len(line.words) <= _MAX_DECK_WORDS or line.text.endswith(":"):
        return False
    return sum(word.islower() for word in line.words) >= 2 and not _has_dateline(line)


def _repeating(paragraphs: Sequence[Paragraph], title: str) -> set[int]:
    """A title that is broken over lines is found line by line."""
    for first in range(min(_MAX_LINES_ABOVE_TITLE, len(paragraphs))):
        found = _repeating_from(paragraphs[first:], title)
        if found:
            return found
    return set()


def _repeating_from(paragraphs: Sequence[Paragraph], title: str) -> set[int]:
    found: set[int] = set()
    seen = ""
    for paragraph in paragraphs:
        letters = _letters(paragraph.text)
        if not letters or not title.startswith(seen + letters) or len(paragraph.words) < 2:
            break
        seen += letters
        found.add(paragraph.index)
    return found if 2 * len(seen) >= len(title) else set()


def _is_headline(paragraphs: Sequence[Paragraph]) -> bool:
    line = paragraphs[0]
    if not _MIN_TITLE_WORDS <= len(line.words) <= _MAX_TITLE_WORDS:
        return False
    if line.text.endswith((".", ",", ":", ";", "-", "—", "–")) or _has_dateline(line):
        return False
    if _SENTENCES.search(line.text):
        return False
    return any(p.length > 1.2 * line.length for p in paragraphs[1 : 1 + _LOOK_AHEAD])


def _has_dateline(paragraph: Paragraph) -> bool:
    """ "LONDON (Reuters) - …": a place in capitals and a dash near the start."""
    return _DATELINE.match(paragraph.text) is not None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
