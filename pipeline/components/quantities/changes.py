"""Movements that a quantity measures: "rose 3 percent to 40", "a 5% drop", "down 34 cents"."""

from __future__ import annotations

from decimal import Decimal

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page
from pipeline.record import ChangeDirection

_MEASURES = frozenset(("percent", "percentage_points", "money", "measure", "count", "multiple", "fraction"))
_NOUN_GAP = 4


def direction_of(page: Page, amount: Amount, start: int, stop: int) -> ChangeDirection | None:
    """Whether the amount, its modifiers included, says how far a measure rose or fell."""
    if amount.kind not in _MEASURES or amount.vague:
        return None
    return _of_multiple(page, amount) or _before(page, amount, start) or _after(page, amount, stop)


def _of_multiple(page: Page, amount: Amount) -> ChangeDirection | None:
    if amount.kind == "multiple" and page.lower(amount.start) in lexicon.words("multiplying_verbs"):
        return "rise"
    return None


def _before(page: Page, amount: Amount, start: int) -> ChangeDirection | None:
    """A verb or noun of movement on the left, "by" and adverbs between."""
    first = page.starts[amount.start]
    index, by = start - 1, False
    while index >= first and page.lower(index) in lexicon.words("change_adverbs"):
        index -= 1
    if index >= first and page.lower(index) in ("by", "of"):
        by, joint = page.lower(index) == "by", page.lower(index)
        index -= 1
        while index >= first and page.lower(index) in lexicon.words("change_adverbs"):
            index -= 1
        if joint == "of":
            return lexicon.changes("noun").get(page.lower(index)) if index >= first else None
    if index < first:
        return None
    word = page.lower(index)
    if word in ("up", "down"):
        return lexicon.changes("before")[word] if _is_adverb(page, amount, index) else None
    counted = (
        amount.kind == "count" and amount.stop < len(page) and page.tag(amount.stop) in ("NN", "NNS", "JJ")
    )
    if word in lexicon.changes("verb") and (by or not counted):
        return lexicon.changes("verb")[word]
    return _loose_verb(page, amount, index, by=by)


def _is_adverb(page: Page, amount: Amount, index: int) -> bool:
    """As in "up 3%", "was down 20 cents"; "racked up 10 million" has a particle."""
    if amount.kind in ("percent", "percentage_points") or index == page.starts[index]:
        return True
    if page.tag(index - 1) in ("VBZ", "VBD", "VBP", "VB"):
        return page.lower(index - 1) in lexicon.words("measure_verbs") | {"closed", "ended"}
    return page.lower(index - 1) in (",", "(", "—", "-", "and")


def _loose_verb(page: Page, amount: Amount, index: int, *, by: bool) -> ChangeDirection | None:
    """Verbs such as "cut" and "gained" that move a measure only by a share, by points, or with "by"."""
    share = amount.kind in ("percent", "percentage_points") or (
        amount.unit is not None and amount.unit.name == "point"
    )
    word = page.lower(index)
    if word in lexicon.changes("verb_by") and (by or share):
        return lexicon.changes("verb_by")[word]
    if not by:
        return None
    for back in range(index, max(page.starts[index], index - 8) - 1, -1):
        moved = lexicon.changes("verb").get(page.lower(back)) or lexicon.changes("verb_by").get(
            page.lower(back)
        )
        if moved is not None:
            return moved
    return None


def _after(page: Page, amount: Amount, stop: int) -> ChangeDirection | None:
    """As in "3% higher", "a 5 percent drop", "a 20% pay rise"."""
    limit = page.limit(amount.start)
    if (
        stop < limit
        and page.lower(stop) in lexicon.changes("after")
        and amount.kind not in ("count", "multiple")
    ):
        return lexicon.changes("after")[page.lower(stop)]
    if amount.kind not in ("percent", "percentage_points", "money", "measure"):
        return None
    nouns = lexicon.changes("noun")
    for index in range(stop, min(stop + _NOUN_GAP, limit)):
        if page.lower(index) in nouns:
            return nouns[page.lower(index)]
        if page[index].kind == "mark" and not page.hyphen(index):
            return None
        if page.tag(index) not in ("JJ", "NN", "NNS", "RB", "NNP") and not page.hyphen(index):
            return None
    return None


def end_points(page: Page, amounts: list[Amount], index: int) -> tuple[Decimal | None, Decimal | None]:
    """The values a movement started from and came to, where they follow it in the sentence."""
    here = amounts[index]
    start_value: Decimal | None = None
    end_value: Decimal | None = None
    last = here
    for other in amounts[index + 1 : index + 3]:
        if other.start >= page.limit(here.start) or other.top is not None or other.start - last.stop > 4:
            break
        words = {page.lower(i) for i in range(last.stop, other.start)}
        if "to" in words and end_value is None:
            end_value = other.value
        elif "from" in words and start_value is None:
            start_value = other.value
        else:
            break
        last = other
    return start_value, end_value
