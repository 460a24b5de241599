"""Ordinals that rank: "14th largest", "came first", "from sixth to 10th"; a mere sequence is no quantity."""

from __future__ import annotations

from decimal import Decimal

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.numerals import parse_digits

_SUFFIXES = frozenset(("st", "nd", "rd", "th"))


def rank_at(page: Page, index: int) -> Amount | None:
    """The ordinal at this lexeme, if it ranks something."""
    read = _ordinal(page, index)
    if read is None or page.dated[index] or page.named[index]:
        return None
    value, stop = read
    if not (_ranks_superlative(page, stop) or _is_place(page, index, stop)):
        return None
    return Amount(index, stop, value, "ordinal", form="words", number_stop=stop)


def _ordinal(page: Page, index: int) -> tuple[Decimal, int] | None:
    lexeme = page[index]
    if lexeme.kind == "number":
        value = parse_digits(lexeme.text)
        if value is None or not page.glued(index + 1) or page.lower(index + 1) not in _SUFFIXES:
            return None
        return value, index + 2
    if lexeme.lower in lexicon.ordinals() and not (page.hyphen(index - 1) and page.glued(index)):
        return Decimal(lexicon.ordinals()[lexeme.lower]), index + 1
    return None


def _ranks_superlative(page: Page, stop: int) -> bool:
    place = stop + 1 if page.hyphen(stop) and page.glued(stop) else stop
    word = page.lower(place)
    if place >= len(page):
        return False
    return word in lexicon.words("superlatives") - {"top", "leading"} or (
        page.tag(place) == "JJS" and word not in ("latest", "last")
    )


def _is_place(page: Page, index: int, stop: int) -> bool:
    """As in "finished third", "ranking it fourth among", "in second place", "dropping from sixth to 10th"."""
    if page.lower(stop) in lexicon.words("rank_places"):
        return (
            page.lower(index - 1) in ("in", "to", "into", "for", "the", "from", "a", "joint")
            or page.lower(index - 2) == "in"
        )
    if _ordinal_pair(page, index, stop):
        return True
    if page.lower(stop) in ("overall", "among") and page.lower(index - 1) in ("and", ","):
        return True
    after = page.tag(stop) if stop < page.limit(index) and page[stop].kind == "word" else ""
    if after in ("NN", "NNS", "JJ", "NNP", "CD", "VBN", "VBG") or page.hyphen(stop):
        return False
    back = index - 1
    while (
        back >= page.starts[index] and page.lower(back) in lexicon.words("rank_fillers") and index - back < 4
    ):
        back -= 1
    if page.lower(back) in ("come", "comes", "put", "puts") and page.lower(index) == "first":
        return False
    if page.lower(back) in lexicon.words("rank_verbs") and page.lower(index - 1) not in ("the", "a"):
        return page.lower(stop) != "time"
    return False


def _ordinal_pair(page: Page, index: int, stop: int) -> bool:
    """As in "from sixth to 10th"."""
    if page.lower(index - 1) == "from" and page.lower(stop) == "to" and stop + 1 < len(page):
        return _ordinal(page, stop + 1) is not None
    if page.lower(index - 1) == "to":
        return any(
            _ordinal(page, index - back) is not None and page.lower(index - back - 1) == "from"
            for back in (2, 3)
            if index > back
        )
    return False
