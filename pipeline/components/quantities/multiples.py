"""Multiples in one word: "sixfold", "doubled", "twice as many"."""

from __future__ import annotations

from decimal import Decimal

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page

_ADVERBS = frozenset(("twice", "thrice"))
_BASE_FORMS = frozenset(("double", "triple", "quadruple", "doubles", "triples"))
_MOVING_TO = frozenset(("in", "to", "from", "by"))


def multiple_at(page: Page, index: int) -> Amount | None:
    """The multiple that this one word is, if it multiplies here."""
    known = lexicon.number_words().get(page.lower(index))
    if known is None or known.kind not in ("fold", "multiple") or page.dated[index] or page.named[index]:
        return None
    if page.lower(index) in _BASE_FORMS and not _multiplies(page, index):
        return None
    if page.lower(index) in _ADVERBS and page.lower(index + 1) in ("removed",):
        return None
    if (page.hyphen(index + 1) and page.glued(index + 1)) or (page.hyphen(index - 1) and page.glued(index)):
        return None
    return Amount(index, index + 1, Decimal(known.value), "multiple", form="words", number_stop=index + 1)


def _multiplies(page: Page, index: int) -> bool:
    """As in "double the number", "to double in"; not "double standard", "tennis doubles"."""
    if page.lower(index + 1) in lexicon.words("double_after"):
        return True
    verb = page.lower(index - 1) in lexicon.words("double_before")
    return verb and (
        page.lower(index + 1) in lexicon.words("double_after") | _MOVING_TO
        or index + 1 >= len(page)
        or page[index + 1].kind == "mark"
    )
