"""Every quantity of an article, put together from numbers, units, modifiers and what they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from spacy.tokens import Doc

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.ages import as_age, decade_at
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.changes import direction_of, end_points
from pipeline.components.quantities.context import Placed, resolve_counted
from pipeline.components.quantities.guards import is_no_quantity
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.measures import base_value
from pipeline.components.quantities.modifiers import modifier_after, modifier_before
from pipeline.components.quantities.money import Purse
from pipeline.components.quantities.multiples import multiple_at
from pipeline.components.quantities.numerals import could_start
from pipeline.components.quantities.pairs import read_amount
from pipeline.components.quantities.race_times import race_time_at
from pipeline.components.quantities.ranks import rank_at
from pipeline.components.quantities.rates import rate_after
from pipeline.components.quantities.shared_units import MEMORY, with_shared_unit, with_unit_of_whole
from pipeline.record import Change, Quantity, QuantityModifier, Span, UnitSystem, span_of


@dataclass(frozen=True, slots=True)
class Found:
    """An amount in its surroundings: ``start`` and ``stop`` take in modifiers and rate."""

    amount: Amount
    modifier: QuantityModifier
    per: str | None
    start: int
    stop: int


def find_quantities(doc: Doc) -> tuple[Quantity, ...]:
    """The quantities of an article in document order; dates, times and names hold none."""
    page = Page(doc)
    found = _find(page, Purse(page))
    amounts = [each.amount for each in found]
    counted = resolve_counted(page, [Placed(each.amount, each.start, each.stop) for each in found])
    return tuple(
        _record(page, each, counted[i], _change(page, each, amounts, i)) for i, each in enumerate(found)
    )


def _find(page: Page, purse: Purse) -> list[Found]:
    found: list[Found] = []
    index, free_from = 0, 0
    while index < len(page):
        each = _at(page, purse, index) if could_start(page, index) else None
        if each is not None and each.amount.start >= free_from:
            if found:
                each = _restated(page, found[-1], _shared(page, found, each))
                whole = with_unit_of_whole(page, found[-1].amount, each.amount)
                rate = found[-1].per or _next_rate(page, found[-1].amount, each)
                found[-1] = replace(found[-1], amount=whole, per=rate)
            found.append(each)
            index = free_from = max(each.stop if each.per else each.amount.stop, index + 1)
        else:
            index += 1
    return found


def _shared(page: Page, earlier: Sequence[Found], each: Found) -> Found:
    """The amount in the unit that only one before it names."""
    amount = with_shared_unit(page, [one.amount for one in earlier[-MEMORY:]], each.amount, each.start)
    if amount is each.amount:
        return each
    # a comparison takes both by the same base: "$9 a head, up from 7"
    told = each.start < page.limit(earlier[-1].amount.start)
    return replace(each, amount=amount, per=each.per or (earlier[-1].per if told else None))


def _restated(page: Page, before: Found, each: Found) -> Found:
    """The amount in brackets as inexact as the one it repeats: "up to ¥120 billion ($770 million)"."""
    repeats = page.lower(each.start - 1) == "(" and each.start - 1 <= before.stop
    measured = each.amount.kind == before.amount.kind and each.amount.kind in ("money", "measure")
    if not (repeats and measured and each.modifier == "exact") or before.modifier == "range":
        return each
    return replace(each, modifier=before.modifier)


def _next_rate(page: Page, before: Amount, each: Found) -> str | None:
    """The rate that both ends of a movement share: "from $1,200 to $2,100 a tonne"."""
    moved = page.words(before.stop, each.amount.start) == ("to",) and page.lower(before.start - 1) == "from"
    both = before.kind == each.amount.kind and each.amount.kind in ("money", "measure")
    return each.per if moved and both else None


def _at(page: Page, purse: Purse, index: int) -> Found | None:
    """The quantity whose number starts at this lexeme."""
    amount = rank_at(page, index) or multiple_at(page, index) or race_time_at(page, index)
    if amount is not None:
        return _qualified(page, amount, None)
    decade = decade_at(page, index)
    if decade is not None:
        return _qualified(page, decade.amount, decade.modifier)
    amount = read_amount(page, purse, index)
    if amount is None or page.dated[index]:
        return None
    age = as_age(page, amount)
    amount = age.amount if age is not None else amount
    if is_no_quantity(page, amount):
        return None
    return _qualified(page, amount, age.modifier if age is not None else None)


def _qualified(page: Page, amount: Amount, modifier: QuantityModifier | None) -> Found:
    before = modifier_before(page, amount.start)
    if before is not None and amount.kind == "duration" and _is_throughout(page, before[1], amount.start):
        before = None
    rate = rate_after(page, amount)
    stop = rate.stop if rate is not None and rate.start == amount.stop else amount.stop
    after = modifier_after(page, amount.stop) or (modifier_after(page, stop) if rate is not None else None)
    name = modifier or _modifier(amount, before[0] if before else None, after[0] if after else None)
    start = before[1] if before is not None else amount.start
    return Found(
        amount, name, rate.per if rate is not None else None, start, max(stop, after[1] if after else 0)
    )


def _is_throughout(page: Page, begin: int, start: int) -> bool:
    """As in "cost $15 million over 18 days": over the time, not longer than it."""
    if page.words(begin, start) != ("over",):
        return False
    return page.lower(begin - 1) not in lexicon.words("before_long")


def _modifier(
    amount: Amount, before: QuantityModifier | None, after: QuantityModifier | None
) -> QuantityModifier:
    if amount.is_range:
        return "range"
    if amount.vague:
        return "approximately"
    return before or after or "exact"


def _change(page: Page, each: Found, amounts: list[Amount], index: int) -> Change | None:
    direction = direction_of(page, each.amount, each.start, each.stop)
    if direction is None and index and _restates(page, amounts[index - 1], each.amount):
        before = amounts[index - 1]
        direction = direction_of(page, before, before.start, before.stop)
    if direction is None:
        return None
    start_value, end_value = end_points(page, amounts, index)
    return Change(direction, _number(start_value), _number(end_value))


def _restates(page: Page, before: Amount, amount: Amount) -> bool:
    """As in "fell 40 cents, or 0.6 percent": the same movement told once more."""
    between = page.words(before.stop, amount.start)
    return (
        len(between) <= 3 and bool({"or", "("} & set(between)) and set(between) <= {",", "or", "(", "about"}
    )


def _record(page: Page, each: Found, counted: Span | None, change: Change | None) -> Quantity:
    amount = each.amount
    start, end = page.span(amount.start, amount.stop)
    span = span_of(page.text, start, end)
    value, low, high = _bounds(amount, each.modifier)
    name, code, system = _unit(amount)
    measured = amount.unit is not None and value is not None
    base = base_value(amount.value, amount.unit) if amount.unit is not None and measured else None
    return Quantity(
        start=span.start,
        end=span.end,
        exact=span.exact,
        kind=amount.kind,
        value=_number(value),
        low=_number(low),
        high=_number(high),
        modifier=each.modifier,
        unit=name,
        per=each.per,
        unit_code=code,
        unit_system=system,
        base_value=_number(base),
        base_unit_code=amount.unit.si if amount.unit is not None and base is not None else None,
        of=counted,
        change=change,
    )


def _bounds(
    amount: Amount, modifier: QuantityModifier
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value, low and high, as the modifier leaves them known."""
    if amount.top is not None:
        return None, amount.value, amount.top
    value = amount.value
    low = value if modifier in ("exact", "more_than", "at_least") else None
    high = value if modifier in ("exact", "less_than", "at_most") else None
    return value, low, high


def _unit(amount: Amount) -> tuple[str, str | None, UnitSystem | None]:
    """The unit's name, code and code system."""
    if amount.currency is not None:
        code = amount.currency.code
        return amount.currency.name, code, "ISO4217" if code is not None else None
    if amount.unit is not None:
        return amount.unit.name, amount.unit.code, "UCUM" if amount.unit.code is not None else None
    return {"multiple": "times", "ratio": "ratio"}.get(amount.kind, ""), None, None


def _number(value: Decimal | None) -> int | float | None:
    """An int where the number is whole, else the nearest float."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
