"""Paragraph borders of a text, whatever its line breaks mean.

Scraped news breaks a line per paragraph, mail and wire copy wrap lines at 60 to 80 columns: in the
first a single newline is a border, in the second it is a space.
"""

from __future__ import annotations

import re
from itertools import pairwise

# No line of wrapped copy is longer; the shortest column that is still prose (agency tickers) has 40.
MAX_WRAP_WIDTH = 100
MIN_WRAP_WIDTH = 40
MIN_WRAPPED_LINES = 3
MIN_WRAPPED_SHARE = 0.6

_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_SENTENCE_END = frozenset('.!?:;"”’»)]…_-—–*')

Line = tuple[int, int]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs as half-open offsets, without the white space around them.

    Blank lines always separate. A single line break separates too, except where the text is
    wrapped at a column, or where it cuts a sentence (a link that a scraper put on a line of its own).
    """
    lines = _lines(text)
    width = _wrap_width(text, lines)
    spans: list[Line] = []
    previous: Line | None = None
    for line in lines:
        if line[0] == line[1]:
            previous = None
        elif previous and _continues(text, previous, line, width):
            spans[-1] = (spans[-1][0], line[1])
            previous = line
        else:
            spans.append(line)
            previous = line
    return spans


def _lines(text: str) -> list[Line]:
    """Every line without its surrounding white space; blank lines are empty spans."""
    borders = [0]
    for found in _LINE_BREAK.finditer(text):
        borders += found.span()
    borders.append(len(text))
    return [_strip(text, *line) for line in zip(borders[::2], borders[1::2], strict=True)]


def _strip(text: str, start: int, end: int) -> Line:
    line = text[start:end]
    stripped = line.strip()
    if not stripped:
        return end, end
    start += len(line) - len(line.lstrip())
    return start, start + len(stripped)


def _wrap_width(text: str, lines: list[Line]) -> int | None:
    """The column at which the text is wrapped, or None if its lines are paragraphs.

    A wrapped line is full: the first word of the next line would not have fitted on it.
    """
    width = max((end - start for start, end in lines), default=0)
    if not MIN_WRAP_WIDTH <= width <= MAX_WRAP_WIDTH:
        return None
    joints = [(a, b) for a, b in pairwise(lines) if a[0] < a[1] and b[0] < b[1]]
    full = sum(_is_full(text, line, following, width) for line, following in joints)
    enough = full >= MIN_WRAPPED_LINES and full >= MIN_WRAPPED_SHARE * len(joints)
    return width if enough else None


def _is_full(text: str, line: Line, following: Line, width: int) -> bool:
    first_word = text[following[0] : following[1]].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(first_word) > width


def _continues(text: str, line: Line, following: Line, width: int | None) -> bool:
    if width is not None and _is_full(text, line, following, width):
        return True
    return text[following[0]].islower() and text[line[1] - 1] not in _SENTENCE_END
