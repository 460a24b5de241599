"""Title and deck: what stands above the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.articles.paragraph import Paragraph

_MIN_TITLE_WORDS = 3
_MAX_TITLE_WORDS = 24
_MAX_DECK_WORDS = 32
_SHORT_DECK_WORDS = 16
_LOOK_AHEAD = 5
# A deck is a line above paragraphs: what follows it is at least this much longer.
_DECK_RATIO = 2.0
_SENTENCES = re.compile(r"[.!?][\"”’']?\s+[\"“‘]?[A-Z]|[.!?][\"”]$")
_DASHES = (" - ", " – ", " — ", " ― ", " -- ")


def titles(paragraphs: Sequence[Paragraph], title: str | None) -> set[int]:
    """The indices of the paragraphs that repeat the known title, or of a headline where none is known."""
    if title:
        return _repeating(paragraphs, _letters(title))
    return {paragraphs[0].index} if paragraphs and _is_headline(paragraphs) else set()


def deck(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The standfirst, if the first of the paragraphs below the title is one."""
    if len(paragraphs) < 3 or not paragraphs[0].is_short:
        return set()
    line, following = paragraphs[0], paragraphs[1]
    words = len(line.words)
    if words > _MAX_DECK_WORDS or words < _MIN_TITLE_WORDS or following.length < _DECK_RATIO * line.length:
        return set()
    unfinished = not line.text.endswith((".", ":", "?", "!", '"', "”"))
    standfirst = words <= _SHORT_DECK_WORDS or unfinished or _has_dateline(following)
    return {line.index} if standfirst and not _has_dateline(line) and not line.text.endswith(":") else set()


def _repeating(paragraphs: Sequence[Paragraph], title: str) -> set[int]:
    """A title that is broken over lines is found line by line."""
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
    head = paragraph.text[:60] if paragraph.is_short else ""
    place = head.split(" ", 1)[0].strip(",.:")
    return len(place) > 2 and place.isupper() and any(dash in head for dash in _DASHES)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
