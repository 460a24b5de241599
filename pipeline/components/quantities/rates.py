"""What an amount is taken by: "$58 a barrel", "1,000 daily", "four each"."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.measures import unit_at
from pipeline.components.quantities.nouns import singular
from pipeline.components.quantities.phrases import past_brackets

_KINDS = frozenset(("count", "money", "percent", "measure", "duration", "multiple"))
_REACH = 8
# "20,000 daily cases" is a rate; "two daily newspapers" are papers.
MANY = 100


@dataclass(frozen=True, slots=True)
class Rate:
    """The base of a rate and the lexeme after it."""

    per: str
    start: int
    stop: int


def rate_after(page: Page, amount: Amount) -> Rate | None:
    """The rate that follows the amount, beside it or after what it counts."""
    if amount.kind not in _KINDS:
        return None
    own = lexicon.pairs("unit_rates").get(page.lower(amount.stop - 1))
    if own is not None:
        return Rate(own, amount.stop, amount.stop)
    beside = _beside(page, amount, past_brackets(page, amount.stop))
    return beside or _frequency(page, amount)


def _beside(page: Page, amount: Amount, stop: int) -> Rate | None:
    limit = page.limit(amount.start)
    if page.hyphen(stop) and page.lower(stop + 1) in ("a", "per") and page.hyphen(stop + 2):
        return Rate(singular(page.lower(stop + 3)), stop, stop + 4)
    stop += page.lower(stop) in ("more", "less", "extra") and page.lower(stop + 1) in ("a", "an", "per")
    joint = page.lower(stop)
    if amount.kind == "money" and joint in ("to", "against") and _is_currency(page, stop + 1, limit):
        return Rate(singular(page.lower(stop + 2)), stop, stop + 3)
    if stop + 1 >= limit or page[stop + 1].kind != "word":
        return Rate("each", stop, stop + 1) if joint in ("each", "apiece") and stop < limit else None
    if joint in ("each", "apiece") and page.lower(stop + 1) not in lexicon.words("time_bases"):
        return Rate("each", stop, stop + 1)
    if joint in ("per", "/") or (joint in ("a", "an", "every", "each") and _is_base(page, amount, stop + 1)):
        base = page.lower(stop + 1)
        base = "year" if base == "annum" else base
        base = "person" if base == "capita" else base
        unit = unit_at(page, stop + 1)
        if unit is not None and unit.stop > stop + 2:
            return Rate(unit.unit.name, stop, unit.stop)
        return Rate(singular(base), stop, stop + 2) if base != "cent" else None
    return None


def _is_currency(page: Page, index: int, limit: int) -> bool:
    """As in "101.1 to the dollar"."""
    word = page.lower(index + 1)
    known = word in lexicon.ambiguous_currencies() or word in lexicon.currencies().words
    return page.lower(index) == "the" and index + 1 < limit and known


def _is_base(page: Page, amount: Amount, index: int) -> bool:
    """As in "60 hours a week", "$3 a share"; "5 percent a serious drop" has a determiner."""
    if page.lower(index) in lexicon.words("time_bases"):
        return not _is_anchor(page, index + 1)
    unit = unit_at(page, index) if amount.kind == "money" else None
    if unit is not None and unit.unit.kind == "measure":
        return True
    if amount.kind == "money" and page.lower(index) in lexicon.words("sale_bases"):
        return True
    if amount.kind != "money" or page.tag(index) not in ("NN", "NNP"):
        return False
    return index + 1 >= page.limit(index) or page.tag(index + 1) not in ("NN", "NNS", "JJ", "NNP")


def _is_anchor(page: Page, index: int) -> bool:
    """As in "a month ago", "a year from now"; "€15bn a month from October" is a rate."""
    word = page.lower(index)
    if word == "from":
        return page.lower(index + 1) in ("now", "today", "then", "tomorrow")
    if word in ("before", "after") and index + 1 < len(page) and page.tag(index + 1) == "VBG":
        return False
    return word in lexicon.words("anchors_after")


def _frequency(page: Page, amount: Amount) -> Rate | None:
    """As in "20,000 daily", "1,000 troops are killed daily", "three people a day"."""
    words = lexicon.pairs("frequency")
    limit = page.limit(amount.start)
    for index in range(amount.stop, min(amount.stop + _REACH, limit)):
        word = page.lower(index)
        figure = page[index].kind == "number" and not (page.glued(index) and page[index - 1].kind == "word")
        if index != amount.stop and (figure or word in lexicon.number_words()):
            return None
        if page[index].text in ".;:,—–":
            return None
        if word in words:
            return Rate(words[word], index, index + 1) if _is_adverb(page, amount, index) else None
        if _is_late_base(page, amount, index):
            return Rate(singular(page.lower(index + 1)), index, index + 2)
        if word == "each" and index > amount.stop and amount.kind == "count" and page.tag(index - 1) == "NNS":
            return Rate("each", index, index + 1)
    return None


def _is_late_base(page: Page, amount: Amount, index: int) -> bool:
    """As in "three people a day", "2 billion gallons of fuel a year"."""
    if amount.kind not in ("count", "measure", "money") or page.lower(index) not in (
        "a",
        "per",
        "every",
        "each",
    ):
        return False
    if page.lower(index - 1) in ("once", "times"):
        return False
    earlier = _is_anchor(page, index + 2)
    return (
        page.lower(index + 1) in lexicon.words("time_bases")
        and page.tag(index - 1) in ("NNS", "VBN", "NN", "CD", "VBZ")
        and not earlier
    )


def _is_adverb(page: Page, amount: Amount, index: int) -> bool:
    if page.lower(index) == "annual":
        return False
    if index + 1 >= page.limit(index) or page[index + 1].kind == "mark":
        return True
    if index == amount.stop and amount.value >= MANY:
        return True
    return page.tag(index + 1) not in ("NN", "NNS", "NNP", "JJ")
