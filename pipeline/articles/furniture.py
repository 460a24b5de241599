"""Page furniture: copyright, accounts, newsletter plugs, share buttons, bylines, editor's notes.

Precision first: a paragraph of the article that is taken for furniture loses its claims, a line of
furniture that is taken for body costs at most a false one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.articles.bylines import is_byline
from pipeline.articles.datelines import is_date_line
from pipeline.articles.paragraph import Known, Paragraph, fold
from pipeline.components.lexicons import rows

HEAD_PARAGRAPHS = 8
TAIL_PARAGRAPHS = 8
_MAX_PLUG_WORDS = 45
_MAX_NOTE_WORDS = 120
_MAX_FOOTER_LINE_WORDS = 12
_MAX_NAME_LINE_WORDS = 6
_MIN_REPEATS = 3
_MAX_REPEATED_WORDS = 6
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NOTES = ("editor's note", "editors' note", "correction:", "clarification:")


def furniture(paragraphs: Sequence[Paragraph], known: Known, photos: set[int]) -> set[int]:
    """The indices of the paragraphs that are page furniture; ``photos`` have turned out to be captions."""
    found = {p.index for p in paragraphs if p.is_short and _is_furniture(p, len(paragraphs), known)}
    found |= _repeated(paragraphs)
    return (found - photos) | _footer(paragraphs, found | photos)


def _is_furniture(paragraph: Paragraph, total: int, known: Known) -> bool:
    head = paragraph.index < HEAD_PARAGRAPHS
    tail = total - paragraph.index <= TAIL_PARAGRAPHS
    if not any(map(str.isalnum, paragraph.text)) or _is_address_rest(paragraph.text):
        return True
    if (head or tail) and (is_byline(paragraph, known.authors) or _is_publisher(paragraph, known.publisher)):
        return True
    if head and is_date_line(paragraph.text):
        return True
    if tail and _is_copyright(paragraph.folded):
        return True
    places = ("any", *(["head"] * head), *(["tail", "footer"] * tail))
    return any(_matches(paragraph, place) for place in places)


def _is_copyright(folded: str) -> bool:
    """ "(c) The Gazette 2011": a letter that numbers a list stands in no company with a year."""
    return folded.startswith(("(c)", "copyright")) and _YEAR.search(folded) is not None


def _is_address_rest(line: str) -> bool:
    """A piece of a web address that a scraper left: one word with the signs of a query."""
    return len(line.split(maxsplit=1)) == 1 and (line[0] in "&%?" or "://" in line) and not line.endswith("%")


def _is_publisher(paragraph: Paragraph, publisher: str | None) -> bool:
    return publisher is not None and paragraph.core == fold(publisher)


def _matches(paragraph: Paragraph, place: str) -> bool:
    whole, start, within = _phrases(place)
    if paragraph.core in whole:
        return True
    if len(paragraph.words) > _MAX_PLUG_WORDS and not _is_note(paragraph):
        return False
    begins = paragraph.folded.lstrip("\"'([*-•·>|_ ").startswith(start) or paragraph.folded.startswith(start)
    return begins or any(phrase in paragraph.folded for phrase in within)


def _is_note(paragraph: Paragraph) -> bool:
    return len(paragraph.words) <= _MAX_NOTE_WORDS and paragraph.core.startswith(_NOTES)


@cache
def _phrases(place: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    table = [row for row in rows("zones_furniture.tsv", 3) if row[0] == place]
    by_how = {how: tuple(row[2] for row in table if row[1] == how) for how in ("whole", "start", "within")}
    return frozenset(by_how["whole"]), by_how["start"], by_how["within"]


def _repeated(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Short lines that come back again and again, such as a programme's name between items."""
    short = [p for p in paragraphs if 0 < len(p.words) <= _MAX_REPEATED_WORDS and _can_repeat(p.text)]
    times = Counter(p.core for p in short)
    return {p.index for p in short if times[p.core] >= _MIN_REPEATS}


def _can_repeat(line: str) -> bool:
    """Prices in a list repeat, and so do "He said:" and questions; none of these is furniture."""
    return not line.endswith((":", "?")) and not any(char.isdigit() or char in '"“”' for char in line)


def _footer(paragraphs: Sequence[Paragraph], found: set[int]) -> set[int]:
    """The lines around a legal notice at the end: account prompts after it, the site's name before it."""
    legal = [p.index for p in paragraphs[-2 * TAIL_PARAGRAPHS :] if p.is_short and _matches(p, "footer")]
    for index in legal:
        rest = paragraphs[index:]
        if all(p.index in found or _is_footer_line(p) or p.index in legal for p in rest):
            return {p.index for p in rest} | _name_line_before(paragraphs, index)
    return set()


def _is_footer_line(paragraph: Paragraph) -> bool:
    short = 0 < len(paragraph.words) <= _MAX_FOOTER_LINE_WORDS
    return short and not set(paragraph.text) & set('"“”') and not paragraph.text.endswith(".")


def _name_line_before(paragraphs: Sequence[Paragraph], index: int) -> set[int]:
    if index == 0:
        return set()
    line = paragraphs[index - 1]
    named = 0 < len(line.words) <= _MAX_NAME_LINE_WORDS and all(not word[0].islower() for word in line.words)
    return {line.index} if named and _is_footer_line(line) else set()
