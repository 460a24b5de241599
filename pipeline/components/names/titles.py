"""Titles before names: "Mr.", "Prime Minister", "Gen.", and the gender that some of them tell."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Literal

from pipeline.components.names.forms import fold
from pipeline.components.names.lexicon import rows
from pipeline.record import Span, span_of

Gender = Literal["male", "female"]
_GENDERS: dict[str, Gender | None] = {"male": "male", "female": "female", "any": None}
_REACH = 120  # characters before a name that titles may fill: the longest chain in news is about 60
_OPENING = "(\"“‘'"
_MAX_CHAIN = 4  # "Prof. Dr. Dr. h.c." and the like end somewhere


def _key(words: str) -> str:
    return fold(words).replace(".", "")


@cache
def _load() -> tuple[dict[str, Gender | None], int]:
    titles = {
        _key(title): _GENDERS[gender] for gender, members in rows("titles", 2) for title in members.split("|")
    }
    return titles, max(title.count(" ") + 1 for title in titles)


TITLES = MappingProxyType(_load()[0])
"""Folded title without full stops → the gender it tells, or None."""
_LONGEST = _load()[1]
_FIRST_WORDS = frozenset(title.partition(" ")[0] for title in TITLES)
_LAST_WORDS = frozenset(title.rpartition(" ")[2] for title in TITLES)


def title_gender(title: str) -> Gender | None:
    """The gender that a title tells ("Mrs.", "King"), or None."""
    return TITLES.get(_key(title))


def split_titles(text: str, start: int, end: int) -> tuple[int, int, tuple[Span, ...]]:
    """The name's own span, and the titles before it, inside the given span and directly left of it.

    A title is taken off only where a name remains: "King" alone is a surname. Left of the span a
    title must be capitalised: "president Ito" bears a role, not a title.
    """
    inside, name_start = _titles_inside(text, start, end)
    return name_start, end, (*_titles_left(text, start), *inside)


def _titles_inside(text: str, start: int, end: int) -> tuple[tuple[Span, ...], int]:
    found: list[Span] = []
    while len(found) < _MAX_CHAIN:
        length = _leading_title(text, start, end)
        if not length:
            break
        found.append(span_of(text, start, start + length))
        start += length
        while start < end and text[start].isspace():
            start += 1
    return tuple(found), start


def _leading_title(text: str, start: int, end: int) -> int:
    """Length of the longest title that begins the span and leaves a name, or 0."""
    words = text[start : min(end, start + _REACH)].split(" ", _LONGEST)
    if len(words) < 2 or _key(words[0]) not in _FIRST_WORDS:
        return 0
    for count in range(min(len(words) - 1, _LONGEST), 0, -1):
        phrase = " ".join(words[:count])
        if words[count] and words[count][0].isalpha() and _key(phrase) in TITLES:
            return len(phrase)
    return 0


def _titles_left(text: str, start: int) -> tuple[Span, ...]:
    found: list[Span] = []
    while len(found) < _MAX_CHAIN:
        title = _title_before(text, start)
        if title is None:
            break
        found.insert(0, title)
        start = title.start
    return tuple(found)


def _title_before(text: str, start: int) -> Span | None:
    """The longest capitalised title that ends one space before ``start``."""
    if start < 2 or text[start - 1] not in " \u00a0":
        return None
    end = start - 1
    head = text[max(0, end - _REACH) : end]
    words = head[head.rfind("\n") + 1 :].replace("\u00a0", " ").split(" ")[-_LONGEST:]
    if _key(words[-1].lstrip(_OPENING)) not in _LAST_WORDS:
        return None
    for first in range(len(words)):
        phrase = " ".join(words[first:]).lstrip(_OPENING)
        if phrase[:1].isupper() and _key(phrase) in TITLES:
            return span_of(text, end - len(phrase), end)
    return None
