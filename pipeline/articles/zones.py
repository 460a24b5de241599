"""Which parts of the text are title, deck, caption, body or page furniture."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.articles.captions import captions
from pipeline.articles.furniture import furniture
from pipeline.articles.headings import deck, titles
from pipeline.articles.paragraph import Known, Paragraph, paragraph_at
from pipeline.articles.paragraphs import paragraphs
from pipeline.record import Zone, ZoneSpan

__all__ = ["Known", "find_zones", "paragraphs", "title_in"]

_HEAD = 12


def find_zones(
    text: str,
    spans: Sequence[tuple[int, int]] | None = None,
    *,
    known: Known | None = None,
    given: Sequence[Zone | None] = (),
) -> tuple[ZoneSpan, ...]:
    """Zones that cover the text without gaps; neighbours of one kind are one zone.

    ``spans`` are the paragraphs where they are known already, ``given`` their zones where markup
    tells them (None: find out).
    """
    places = paragraphs(text) if spans is None else spans
    found = [paragraph_at(text, index, span) for index, span in enumerate(places)]
    zones = _zones_of(found, known or Known())
    for index, zone in enumerate(given[: len(zones)]):
        zones[index] = zone or zones[index]
    return _joined(text, found, zones)


def title_in(text: str, zones: Sequence[ZoneSpan]) -> str | None:
    """The words of the title zone, in one line."""
    spans = [zone for zone in zones if zone.zone == "title"]
    return " ".join(text[spans[0].start : spans[-1].end].split()) if spans else None


def _zones_of(found: Sequence[Paragraph], known: Known) -> list[Zone]:
    zones: list[Zone] = ["body"] * len(found)
    photos = captions(found)
    _mark(zones, photos, "caption")
    _mark(zones, furniture(found, known, photos), "furniture")
    head = [p for p in found[:_HEAD] if zones[p.index] == "body"]
    _mark(zones, titles(head, known.title), "title")
    below = [p for p in found[: 2 * _HEAD] if zones[p.index] == "body"]
    if "title" in zones:
        _mark(zones, deck(below), "deck")
    return zones


def _mark(zones: list[Zone], indices: set[int], zone: Zone) -> None:
    for index in indices:
        zones[index] = zone


def _joined(text: str, found: Sequence[Paragraph], zones: Sequence[Zone]) -> tuple[ZoneSpan, ...]:
    joined: list[ZoneSpan] = []
    for paragraph, zone in zip(found, zones, strict=True):
        start = paragraph.start if joined else 0
        end = found[paragraph.index + 1].start if paragraph.index + 1 < len(found) else len(text)
        if joined and joined[-1].zone == zone:
            start = joined.pop().start
        joined.append(ZoneSpan(start, end, zone))
    return tuple(joined)
