"""Which parts of the text are title, deck, caption, body or page furniture."""

from __future__ import annotations

from pipeline.articles.paragraphs import paragraphs
from pipeline.record import Zone, ZoneSpan

__all__ = ["find_zones", "paragraphs"]


def find_zones(text: str, *, title: str | None = None, publisher: str | None = None) -> tuple[ZoneSpan, ...]:
    """Zones that cover the text without gaps; neighbours of one kind are one zone."""
    spans = paragraphs(text)
    zones: list[Zone] = ["body"] * len(spans)
    if spans and title and _same(text[slice(*spans[0])], title):
        zones[0] = "title"
    return _joined(text, spans, zones)


def _same(paragraph: str, title: str) -> bool:
    return paragraph.casefold().strip(" .") == title.casefold().strip(" .")


def _joined(text: str, spans: list[tuple[int, int]], zones: list[Zone]) -> tuple[ZoneSpan, ...]:
    starts = [0] + [start for start, _ in spans[1:]]
    joined: list[ZoneSpan] = []
    for start, end, zone in zip(starts, [*starts[1:], len(text)], zones, strict=False):
        if joined and joined[-1].zone == zone:
            joined[-1] = ZoneSpan(joined[-1].start, end, zone)
        else:
            joined.append(ZoneSpan(start, end, zone))
    return tuple(joined)
