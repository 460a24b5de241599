"""Counted phrases of all quantities of an article, with those that only a neighbour names."""

from __future__ import annotations

from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.counted import Place, counted_phrase
from pipeline.components.quantities.lexemes import Page
from pipeline.record import Span, span_of

Placed = tuple[Amount, int, int]


def resolve_counted(page: Page, placed: list[Placed]) -> list[Span | None]:
    """What each amount counts, elliptical ones filled in from their neighbours."""
    own = [counted_phrase(page, amount, start=start, stop=stop) for amount, start, stop in placed]
    for index in range(len(placed)):
        if own[index] is None:
            own[index] = _borrowed(page, placed, own, index)
    return [_span(page, place) for place in own]


def _span(page: Page, place: Place | None) -> Span | None:
    if place is None:
        return None
    start, end = page.span(*place)
    return span_of(page.text, start, end)


def _borrowed(page: Page, placed: list[Placed], own: list[Place | None], index: int) -> Place | None:
    """The phrase of a neighbour: of the amount that a bracket repeats, the whole of "two of her three daughters"."""
    amount, start, stop = placed[index]
    if index + 1 < len(placed):
        after, after_start, _ = placed[index + 1]
        if _same_sentence(page, amount, after) and _is_partitive(page, stop, after_start):
            return own[index + 1]
    if index == 0:
        return None
    before = placed[index - 1][0]
    if not _same_sentence(page, before, amount):
        return None
    if _repeats(page, before, start) or (amount.kind == "count" and before.kind == "count" and _elliptical(page, amount, stop)):
        return own[index - 1]
    return None


def _same_sentence(page: Page, first: Amount, second: Amount) -> bool:
    return second.start < page.limit(first.start)


def _is_partitive(page: Page, stop: int, start: int) -> bool:
    """"42 of the 50", "two of her three daughters", "one or two"."""
    return page.lower(stop) == "of" and start - stop <= 4


def _repeats(page: Page, before: Amount, start: int) -> bool:
    """"75 miles (120 kilometres)"."""
    return page.lower(start - 1) in ("(", "[") and start - before.stop <= 8


def _elliptical(page: Page, amount: Amount, stop: int) -> bool:
    """"20 soldiers died and 50 were wounded": no noun of its own, a verb or the end behind it."""
    if stop >= page.limit(amount.start):
        return True
    if page[stop].kind == "mark":
        return True
    return page.tag(stop) in ("VBD", "VBZ", "VBP", "VBN", "MD", "IN", "CC")
