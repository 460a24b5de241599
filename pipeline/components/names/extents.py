"""The extent of a name by its type, as OntoNotes draws it."""

from __future__ import annotations

import re

from pipeline.components.names.forms import trim_span
from pipeline.components.names.lexicon import word_class
from pipeline.components.names.titles import split_titles
from pipeline.record import EntityLabel

_YEAR_OF_LAW = re.compile(r" of (?:18|19|20)\d\d\b")
_NUMBER_OF_MODEL = re.compile(r"\d{1,4}")
_ARTICLE = "The "


def name_extent(text: str, start: int, end: int, label: EntityLabel) -> tuple[int, int]:
    """The extent without titles, possessive, outer marks and what only stands beside the name.

    A leading "the" belongs to titles of works alone, the year of an act to the act.
    """
    start, end = trim_span(text, start, end)
    while start < end and text[start] in ". \u00a0":  # the stop of "Mr." belongs to the title
        start += 1
    end = _without_loose_end(text, start, end)
    if label == "PERSON":
        start, end, _ = split_titles(text, start, end)
    if label == "WORK_OF_ART" and text[max(0, start - len(_ARTICLE)) : start] == _ARTICLE:
        start -= len(_ARTICLE)
    return start, _with_number(text, start, end, label)


def _without_loose_end(text: str, start: int, end: int) -> int:
    """The end before an unclosed bracket, and before prepositions and weekdays that end no name.

    "Bloody Sunday" is one all the same.
    """
    opened = text.find(" (", start, end)
    if opened > start and ")" not in text[opened:end]:
        end = opened
    words = text[start:end].split(" ")
    links, weekdays = word_class("beside", "link"), word_class("beside", "weekday")
    while len(words) > 1 and (words[-1] in links or (words[-1] in weekdays and len(words) > 2)):
        words.pop()
    return start + len(" ".join(words))


def _with_number(text: str, start: int, end: int, label: EntityLabel) -> int:
    """The end with "of 1976" after an act, with the digits after the hyphen of a model."""
    if label == "LAW":
        year = _YEAR_OF_LAW.match(text, end)
        return year.end() if year else end
    if label == "PRODUCT" and text[start:end].endswith("-"):
        number = _NUMBER_OF_MODEL.match(text, end)
        return number.end() if number else end
    return end
