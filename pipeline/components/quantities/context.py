"""Counted phrases of all quantities of an article, with those that only a neighbour names."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.counted import counted_phrase
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.phrases import Place, phrase_after, subject_before
from pipeline.record import Span, span_of

_VERBS = frozenset(("VBD", "VBZ", "VBP", "MD", "WP", "WDT"))
_ELLIPTICAL_TAGS = _VERBS | {"VBN", "IN", "CC", "RB", "TO", "VB", "VBG"}


@dataclass(frozen=True, slots=True)
class Placed:
    """An amount with the lexemes that its modifiers take in."""

    amount: Amount
    start: int
    stop: int


def resolve_counted(page: Page, placed: list[Placed]) -> list[Span | None]:
    """What each amount counts, elliptical ones filled in from their neighbours."""
    found = (counted_phrase(page, each.amount, each.start, each.stop) for each in placed)
    own = [_whole(page, place, each, placed) for place, each in zip(found, placed, strict=True)]
    for index in range(len(placed)):
        own[index] = _polled(page, placed, index) or _from_neighbour(page, placed, own, index)
    return [_span(page, place) for place in own]


def _whole(page: Page, place: Place | None, each: Placed, placed: list[Placed]) -> Place | None:
    """The phrase, with a hyphened number that it opens with; None where another number ends it."""
    if place is None:
        return None
    begin, stop = place
    index = bisect_left(placed, begin, key=_stop_of)
    while index < len(placed) and placed[index].amount.start < stop:
        other = placed[index]
        amount, index = other.amount, index + 1
        if amount.start < stop <= amount.stop and other is not each:
            return None
        if amount.start < begin < amount.stop and other is not each:
            begin = amount.start if amount.attached or amount.kind == "age" else amount.stop
    return begin, stop


def _stop_of(each: Placed) -> int:
    return each.amount.stop


def _span(page: Page, place: Place | None) -> Span | None:
    if place is None:
        return None
    start, end = page.span(*place)
    return span_of(page.text, start, end)


def _from_neighbour(page: Page, placed: list[Placed], own: list[Place | None], index: int) -> Place | None:
    """The own phrase, or that of the neighbour it is told with."""
    here = placed[index]
    if index and _same_sentence(page, placed[index - 1], here):
        before = placed[index - 1]
        if _repeats(page, before, here) and here.amount.kind in ("measure", "money"):
            return own[index - 1]
        if own[index] is None and _is_linked(page, before, here):
            return own[index - 1]
    if own[index] is not None:
        return own[index]
    after = placed[index + 1] if index + 1 < len(placed) else None
    if after is not None and _same_sentence(page, here, after) and _shares_noun(page, here, after):
        return own[index + 1]
    return _earlier(page, placed, own, index)


def _earlier(page: Page, placed: list[Placed], own: list[Place | None], index: int) -> Place | None:
    """The phrase of the nearest earlier amount of the same kind: "20 soldiers died and 50 were wounded"."""
    here = placed[index]
    if here.amount.kind not in ("count", "measure", "percent") or not _is_elliptical(page, here):
        return None
    for back in range(index - 1, -1, -1):
        other = placed[back]
        if not _same_sentence(page, other, here):
            return None
        if own[back] is not None and _is_like(other.amount, here.amount):
            return own[back]
    return None


def _is_like(first: Amount, second: Amount) -> bool:
    same_unit = (first.unit.name if first.unit else "") == (second.unit.name if second.unit else "")
    return first.kind == second.kind and same_unit and not first.attached


def _same_sentence(page: Page, first: Placed, second: Placed) -> bool:
    return second.amount.start < page.limit(first.amount.start)


def _repeats(page: Page, before: Placed, here: Placed) -> bool:
    """As in "75 miles (120 kilometres)"."""
    return page.lower(here.start - 1) in ("(", "[") and here.start - 1 <= before.amount.stop + 1


def _is_linked(page: Page, before: Placed, here: Placed) -> bool:
    """As in "by 0.1 points to 4.2 percent", "from sixth to 10th": only prepositions stand between."""
    between = page.words(before.amount.stop, here.amount.start)
    return (
        0 < len(between) <= 3
        and all(word in lexicon.words("links") for word in between)
        and here.amount.kind not in ("duration", "age")
    )


def _shares_noun(page: Page, here: Placed, after: Placed) -> bool:
    """As in "one or two of the soldiers", "42 of the 50 spots", "from 40 to 60 people"."""
    between = page.words(here.amount.stop, after.amount.start)
    partitive = bool(between) and between[0] == "of" and len(between) <= 4
    return here.amount.kind == after.amount.kind and (partitive or _is_linked(page, here, after))


def _is_elliptical(page: Page, here: Placed) -> bool:
    """No noun of its own: a verb, a preposition or the end of the clause stands behind it."""
    stop = here.stop
    if stop >= page.limit(here.amount.start) or page[stop].kind == "mark":
        return here.amount.kind != "percent"
    if here.amount.kind == "percent":
        return page.tag(stop) in _VERBS
    return page.tag(stop) in _ELLIPTICAL_TAGS


def _polled(page: Page, placed: list[Placed], index: int) -> Place | None:
    """Of whom a share of a poll is: "among likely voters … 46 percent would"."""
    here = placed[index]
    if here.amount.kind != "percent":
        return None
    first = page.starts[here.amount.start]
    if (
        here.stop < page.limit(here.amount.start)
        and page.tag(here.stop) in _VERBS | {"VB", "NN"}
        and page.lower(here.stop) != "of"
    ):
        for place in range(first, here.start):
            if page.lower(place) == "among":
                return phrase_after(page, place + 1)
    return _rival(page, placed, index)


def _rival(page: Page, placed: list[Placed], index: int) -> Place | None:
    """In "X leads Y by 49 percent to 47 percent" the first share is of X, the second of Y."""
    pair = (
        index + 1
        if _is_score(page, placed, index)
        else index
        if index and _is_score(page, placed, index - 1)
        else None
    )
    if pair is None:
        return None
    start = placed[pair - 1].start
    for place in range(start - 1, max(page.starts[start], start - 12) - 1, -1):
        if page.lower(place) in lexicon.words("lead_verbs") and page.lower(place) not in ("over", "ahead"):
            return phrase_after(page, place + 1) if pair == index else _leader(page, place)
    return None


def _leader(page: Page, verb: int) -> Place | None:
    """The one who leads; for a pronoun the first name of the sentence."""
    subject = subject_before(page, verb)
    if subject is not None:
        return subject
    names = [i for i in range(page.starts[verb], verb) if page.tag(i) == "NNP"]
    return (names[0], names[0] + 1) if names else None


def _is_score(page: Page, placed: list[Placed], index: int) -> bool:
    if index + 1 >= len(placed):
        return False
    here, after = placed[index].amount, placed[index + 1].amount
    return (
        here.kind == after.kind == "percent"
        and page.words(here.stop, after.start) == ("to",)
        and here.value >= after.value
    )
