"""Where the words of a gold label stand in their article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pipeline.articles import paragraphs

Json = dict[str, Any]
Place = tuple[int, int]

ZONES = ("title", "deck", "caption", "furniture")
_STOPS = ".:"


class LabelError(ValueError):
    """A label that does not fit its article: the article, the paragraph, the label, what is wrong."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article, with the text around it for offsets."""

    index: int
    start: int
    end: int
    zone: str
    text: str

    def find(self, words: str) -> list[Place]:
        """All places where the words stand, as offsets of the article."""
        return [found.span() for found in word_pattern(words).finditer(self.text, self.start, self.end)]

    def record(self, place: Place) -> Json:
        """The JSON form of a span."""
        return span_record(self.text, place)


def span_record(text: str, place: Place) -> Json:
    """The JSON form of a span of the text."""
    return {"start": place[0], "end": place[1], "exact": text[slice(*place)]}


def read_paragraphs(text: str, labels: Json) -> tuple[Paragraph, ...]:
    """The paragraphs of an article with the zones that its labels give; ``body`` where they give none."""
    zones = {index: zone for zone in ZONES for index in labels.get(zone, [])}
    spans = enumerate(paragraphs(text))
    return tuple(Paragraph(i, start, end, zones.get(i, "body"), text) for i, (start, end) in spans)


def word_pattern(words: str) -> re.Pattern[str]:
    """Whole words, any white space between them; a number is not found inside a longer one."""
    body = r"\s+".join(map(re.escape, words.split()))
    left = r"(?<!\w)(?<!\d[.,])" if words[0].isalnum() else ""
    right = r"(?!\w)(?![.,]\d)" if words[-1].isalnum() else ""
    return re.compile(left + body + right)


def split_number(label: str) -> tuple[str, int | None]:
    """The words of a label and the occurrence it asks for: ``said #2`` is the second one."""
    words, numbered, number = label.strip().partition(" #")
    return words, int(number) if numbered else None


def place_of(paragraph: Paragraph, label: str, near: list[Place] | None = None) -> Place:
    """The one place of the words, the numbered one, or the one nearest to ``near`` and outside it."""
    words, number = split_number(label)
    found = paragraph.find(words)
    if not found:
        raise LabelError(f"{words!r} is not there")
    if number is not None:
        return found[number - 1]
    if near is not None:
        found = _nearest(found, near)
    if len(found) != 1:
        raise LabelError(f"{words!r} is there {len(found)} times; number it")
    return found[0]


def source_place(paragraph: Paragraph, label: str, near: list[Place], content: list[Place]) -> Place:
    """The place of the source nearest to the cue, or to the content where there is none; never inside it."""
    words, number = split_number(label)
    if number is not None:
        return place_of(paragraph, label)
    found = [place for place in paragraph.find(words) if not _inside(place, content)]
    nearest = _nearest(found, near)
    if len(nearest) != 1:
        raise LabelError(f"source {words!r} is there {len(nearest)} times beside the cue; number it")
    return nearest[0]


def _inside(place: Place, places: list[Place]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in places)


def _nearest(found: list[Place], near: list[Place]) -> list[Place]:
    """The places at the least distance from ``near``, those inside it left out."""
    outside = [place for place in found if not _inside(place, near)]
    distances = [min(max(start - p[1], p[0] - end) for start, end in near) for p in outside]
    return [place for place, far in zip(outside, distances, strict=True) if far == min(distances)]


def stretch_of(paragraph: Paragraph, label: str) -> Place:
    """The place of ``words``, of ``first words ~ last words``, or of the whole paragraph for ``*``.

    ``first words ~`` runs to the end of the paragraph; a stop there stays outside.
    """
    if label.strip() == "*":
        return paragraph.start, _end_without_stop(paragraph)
    first, tilde, last = label.strip().partition(" ~")
    start, end = place_of(paragraph, first)
    if not tilde:
        return start, end
    return start, _end_of_stretch(paragraph, end, last.strip()) if last.strip() else _end_without_stop(
        paragraph
    )


def _end_of_stretch(paragraph: Paragraph, after: int, words: str) -> int:
    ends = [end for start, end in paragraph.find(words) if start >= after]
    if not ends:
        raise LabelError(f"{words!r} does not follow")
    return ends[0]


def _end_without_stop(paragraph: Paragraph) -> int:
    return paragraph.end - (paragraph.text[paragraph.end - 1] in _STOPS)


def counted_phrase(paragraph: Paragraph, label: str, number: Place) -> Json | None:
    """The counted noun phrase of a quantity: the next occurrence after the number, else the last before."""
    if not label:
        return None
    words, occurrence = split_number(label)
    if occurrence is not None:
        return paragraph.record(place_of(paragraph, label))
    found = paragraph.find(words)
    if not found:
        raise LabelError(f"{words!r} is not there")
    after = [place for place in found if place[0] >= number[0]]
    return paragraph.record(after[0] if after else found[-1])
