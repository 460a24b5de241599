"""Names as strings: the span without its trimmings, and the folded form that spellings share."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipeline.record import EntityLabel

MAX_NAME = 200  # a longer "name" is an accident of the tagger; it is compared as a whole, never analysed
_APOSTROPHES = "'’‘ʼ`´"
_QUOTES = '"“”„‟«»‹›' + _APOSTROPHES
_EDGES = " \t\n\r\f\v\u00a0\u2009\u202f,;:" + _QUOTES
_POSSESSIVES = tuple(f"{mark}{letter}" for mark in _APOSTROPHES for letter in "sS")
_SAME_LETTER = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys("‐‑‒–—−", "-")
    | {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ə": "e"}
)


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name in the text, ``text[start:end] == exact``, with its OntoNotes label."""

    start: int
    end: int
    exact: str
    label: EntityLabel


def fold(text: str) -> str:
    """The text without case and diacritics, with one kind of apostrophe and hyphen."""
    return _remembered_fold(text) if len(text) <= MAX_NAME else _fold(text)


def _fold(text: str) -> str:
    lowered = text.casefold()
    if lowered.isascii():
        return lowered.replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", lowered).translate(_SAME_LETTER)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_remembered_fold = lru_cache(maxsize=16384)(_fold)


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without leading "the", possessive, quotation marks, commas and spaces at its edges.

    A span of nothing else is returned as it is.
    """
    first, last = _strip(text, start, end)
    if text[first : min(first + 4, last)].casefold() == "the ":
        first, last = _strip(text, first + 4, last)
    if last - first > 2 and text[last - 2 : last] in _POSSESSIVES:
        first, last = _strip(text, first, last - 2)
    return (first, last) if first < last else (start, end)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def single_spaced(text: str) -> str:
    """The text with line breaks and runs of spaces as one space, as a name is shown."""
    return " ".join(text.split())


def is_shouted(name: str) -> bool:
    """Whether the name is printed in capitals throughout, as in a headline."""
    return len(name) > 1 and name.upper() == name and name.lower() != name
