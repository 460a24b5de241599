"""Units told once: "waits of 16 weeks, up from 10", "5.2 million pesos, against 13 million a year ago"."""

from __future__ import annotations

from dataclasses import replace

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page

_SHARED_KINDS = frozenset(("money", "measure", "duration", "percent"))
_OPEN_TAGS = frozenset(("IN", "CC", "TO", "VBD", "VBZ", "VBP", "MD", "WDT", "WP"))
_COMPARED = frozenset(
    (
        ("up", "from"),
        ("down", "from"),
        ("compared", "with"),
        ("compared", "to"),
        ("rather", "than"),
        (",", "against"),
        (",", "from"),
    )
)
_MOST_PERCENT = 100


def with_shared_unit(page: Page, before: Amount, amount: Amount, start: int) -> Amount:
    """The amount, in the unit of the one before it where the sentence compares the two.

    ``start`` is where the amount's modifiers start.
    """
    bare = amount.kind == "count" and amount.top is None and not amount.attached
    if not bare or before.kind not in _SHARED_KINDS or before.attached or not _is_open(page, amount):
        return amount
    if amount.start >= page.limit(before.start) or not _is_compared(page, before, amount, start):
        return amount
    return replace(amount, kind=before.kind, unit=before.unit, currency=before.currency)


def _is_open(page: Page, amount: Amount) -> bool:
    """Whether no noun follows that the number could count; a date or a preposition may."""
    stop = amount.stop
    if stop >= page.limit(amount.start) or page[stop].kind == "mark" or page.dated[stop]:
        return not page.hyphen(stop) or not page.glued(stop)
    return page.tag(stop) in _OPEN_TAGS and page.lower(stop) != "of"


def _is_compared(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    if before.kind == "percent" and amount.value > _MOST_PERCENT:
        return False
    if page.words(start - 2, start) in _COMPARED:
        return True
    verb = page.lower(start - 1)
    moved = (
        start < amount.start and page.lower(start) in ("above", "below") and verb in lexicon.changes("verb")
    )
    return moved and before.kind != "percent"
