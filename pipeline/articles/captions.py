"""Photo credits and captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.articles.paragraph import Paragraph
from pipeline.components.lexicons import rows

_MAX_CAPTION_WORDS = 90
_MAX_CREDIT_WORDS = 16
_MAX_NEIGHBOUR_WORDS = 60
_WORD_BORDERS = re.compile(r"[\s/|,()\[\]:;·•-]+")
_SENTENCE_BORDER = re.compile(r"[.!?][\"”’']?\s+|[\s.](?=[(\[])|\s[|•·–—]\s")


def captions(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The indices of credit lines, captions that end in a credit, and captions beside a credit line."""
    free = [p for p in paragraphs if p.is_short and len(p.words) <= _MAX_CAPTION_WORDS]
    lone = {p.index for p in free if is_credit(p.text, alone=True)}
    found = lone | {p.index for p in free if _has_caption_label(p) or is_credit(_tail(p.text), alone=False)}
    beside = {p.index for p in free if {p.index - 1, p.index + 1} & lone and _sounds_like_caption(p)}
    return found | beside


def is_credit(line: str, *, alone: bool) -> bool:
    """Whether a line is a photo credit: "Jane Doe/Reuters", "X via AP", "Photo: Jane Doe", "(AP Photo/Doe)".

    After other words (``alone`` false) the name of an agency is not enough: it may sign the report.
    """
    credit = line.strip().strip("()[]*_").rstrip(".").strip()
    words = credit.split()
    if not credit or len(words) > _MAX_CREDIT_WORDS or not _is_name_phrase(words):
        return False
    if _opens_with_label(credit.casefold()):
        return True
    agencies, _, _ = _lexicon()
    has_agency = any(part in agencies for part in _parts(credit))
    marked = "/" in credit or " via " in credit or "©" in credit or "photo" in credit.casefold()
    return has_agency and (marked or (alone and credit.casefold() in agencies))


def _tail(text: str) -> str:
    """What stands after the last sentence."""
    borders = [found.end() for found in _SENTENCE_BORDER.finditer(text.rstrip(" ."))]
    return text[borders[-1] :] if borders else ""


def _is_name_phrase(words: Sequence[str]) -> bool:
    links = _lexicon()[2]
    return all(not _first_letter(word).islower() or word.strip(".,:()").casefold() in links for word in words)


def _first_letter(word: str) -> str:
    return next((char for char in word if char.isalpha()), "A")


def _opens_with_label(credit: str) -> bool:
    """ "photo: …", "photo by …", "photo courtesy …", "image credit …"."""
    label, colon, _ = credit.partition(":")
    if colon and label.strip() in _lexicon()[1]:
        return True
    return any(credit.startswith((f"{label} by ", f"{label} courtesy ")) for label in _lexicon()[1])


def _has_caption_label(paragraph: Paragraph) -> bool:
    label, colon, rest = paragraph.folded.partition(":")
    return bool(colon and rest) and label in _lexicon()[1] and label not in ("video", "credit", "credits")


def _parts(credit: str) -> list[str]:
    """The names in a credit, split at slashes and "via", folded."""
    names = re.split(r"\s*/\s*|\s+via\s+|\s*,\s*|\s*[|©:]\s*|\bfor\b|\s+-\s+", credit.casefold())
    return [part.strip(" .()") for part in names] + [
        part for part in _WORD_BORDERS.split(credit.casefold()) if part
    ]


def _sounds_like_caption(paragraph: Paragraph) -> bool:
    return len(paragraph.words) <= _MAX_NEIGHBOUR_WORDS and any(cue in paragraph.folded for cue in _cues())


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = rows("zones_credits.tsv", 2)
    agencies, labels, links = (
        frozenset(row[1] for row in table if row[0] == kind) for kind in ("agency", "label", "link")
    )
    return agencies, labels, links


@cache
def _cues() -> tuple[str, ...]:
    return tuple(row[1] for row in rows("zones_credits.tsv", 2) if row[0] == "caption")
