"""Units after a number, composed units, and their values in SI."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.components.quantities import lexicon, quantulum
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.lexicon import Unit

_LONGEST = 4
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit that ends before lexeme ``stop``; ``hyphenated`` in "20-minute"."""

    unit: Unit
    stop: int
    hyphenated: bool = False


def unit_after(page: Page, index: int) -> UnitMatch | None:
    """The unit that follows a number which ends before this lexeme."""
    limit = page.limit(index - 1)
    hyphenated = page.hyphen(index) and page.glued(index + 1) == page.glued(index)
    start = (
        index + 1 if hyphenated or (page.lower(index) in _BRACKETS and page[index].kind == "mark") else index
    )
    found = _longest(page, start, limit)
    if found is None or (hyphenated and not page.glued(index) and page[start].text[0].isupper()):
        return None
    if start != index and not hyphenated:
        return _bracketed(page, index, found)
    match = UnitMatch(found.unit, found.stop, hyphenated)
    return _composed(page, match, limit)


def unit_at(page: Page, index: int) -> UnitMatch | None:
    """The unit of our table that stands at this lexeme: the base of "per kilowatt-hour"."""
    return _of_table(page, index, page.limit(index))


def _bracketed(page: Page, index: int, match: UnitMatch) -> UnitMatch | None:
    """As in "20 (kg)": the unit alone between brackets."""
    if (
        match.stop < len(page)
        and page[match.stop].text == _BRACKETS[page[index].text]
        and page.glued(index + 1)
    ):
        return UnitMatch(match.unit, match.stop + 1)
    return None


def _longest(page: Page, start: int, limit: int) -> UnitMatch | None:
    return _of_table(page, start, limit) or _rare(page, start)


def _of_table(page: Page, start: int, limit: int) -> UnitMatch | None:
    table = lexicon.units()
    for length in range(min(_LONGEST, limit - start), 0, -1):
        stop = start + length
        surface = page.text[page[start].start : page[stop - 1].end]
        unit = table.words.get(" ".join(surface.lower().split()).replace("-", " ")) or table.words.get(
            surface.lower()
        )
        if unit is not None and not _joins_on(page, stop):
            return UnitMatch(unit, stop)
        unit = None if surface.endswith(".") and stop >= limit else table.symbols.get(surface)
        if unit is not None and _is_symbol_here(page, start, stop, surface):
            return UnitMatch(unit, stop)
    return None


def _joins_on(page: Page, stop: int) -> bool:
    """Whether letters or digits touch the unit, so that it is part of a name."""
    return page.glued(stop) and stop < len(page) and page[stop].kind == "number"


def _is_symbol_here(page: Page, start: int, stop: int, surface: str) -> bool:
    if _joins_on(page, stop):
        return False
    if stop < len(page) and page.glued(stop) and page[stop].kind == "word":
        return False
    if surface not in lexicon.words("glued_units") or page.glued(start):
        return True
    if page.hyphen(start - 1):
        return surface in ("m", "g", "t")
    ends = stop + 1 >= page.limit(start) or page[stop + 1].text[0].isupper()
    closed = page.lower(stop) in ("'", "’", "-") or (page.lower(stop) == "." and not ends)
    return surface in lexicon.words("spaced_units") and not closed


def _rare(page: Page, start: int) -> UnitMatch | None:
    """A unit outside our table that the second resolver knows."""
    if start >= len(page) or page[start].kind != "word":
        return None
    unit = quantulum.unit_named(page[start].lower)
    return UnitMatch(unit, start + 1) if unit is not None else None


def _composed(page: Page, match: UnitMatch, limit: int) -> UnitMatch:
    """As in "micrograms per gram", "mg/dL": a measure of one thing per measure of another."""
    if match.unit.kind not in ("measure", "duration"):
        return match
    joint = page.lower(match.stop)
    if joint not in ("per", "/") or match.stop + 1 >= limit:
        return match
    below = _longest(page, match.stop + 1, min(limit, match.stop + 3))
    if below is None or below.unit.kind not in ("measure", "duration"):
        return match
    if below.unit.kind == "duration" and (
        match.unit.kind == "duration" or not _is_speed(match.unit, below.unit)
    ):
        return match
    return UnitMatch(_ratio(match.unit, below.unit), below.stop, match.hyphenated)


def _is_speed(above: Unit, below: Unit) -> bool:
    """A length in a short time is a speed; a volume a second is a rate (``per`` of the record)."""
    return above.si in ("m", "bit") and below.name in ("hour", "minute", "second", "millisecond")


def _ratio(above: Unit, below: Unit) -> Unit:
    code = f"{above.code}/{below.code}" if above.code and below.code else None
    factor, si = None, None
    if above.factor and below.factor and not above.offset and not below.offset:
        factor, si = above.factor / below.factor, f"{above.si}/{below.si}" if above.si != below.si else "1"
    return Unit(f"{above.name} per {below.name}", "measure", code, factor, Decimal(0), si)


def base_value(value: Decimal, unit: Unit) -> Decimal | None:
    """The SI value, or None where the unit has none."""
    return None if unit.factor is None else (value + unit.offset) * unit.factor
