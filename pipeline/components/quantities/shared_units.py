"""Units told once: "waits of 16 weeks, up from 10", "wages rose by 7 percent and prices by 16"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.elided_units import (
    in_size_of,
    is_adjunct,
    is_dealt_or_added,
    is_elided,
    is_estimated,
    is_gained,
    is_left_out,
    is_level_named,
    is_long_spell,
    is_moved_on,
    is_of_size,
    is_of_stretch,
    is_one_thing,
    is_part_of_it,
    is_priced,
    is_said_of_it,
    is_speed_in_zone,
    is_timed,
    is_told_ahead,
    tells_turn,
    with_magnitude,
)
from pipeline.components.quantities.lexemes import Page

# How many amounts back a unit may have been told; further ones measure something else.
MEMORY = 4
_SHARED_KINDS = frozenset(("money", "measure", "duration", "percent", "percentage_points"))
_OPEN_TAGS = frozenset(("IN", "CC", "TO", "VBD", "VBZ", "VBP", "MD", "WDT", "WP", "WRB", "RP"))
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
_ROWS = frozenset((("and",), (",",), (",", "and")))
_CONVERSIONS = frozenset((("(",), ("[",), (",", "or"), (",", "about"), ("(", "about"), (",", "or", "about")))
_ROW_WORDS = frozenset(("and", ",", "but", "only", "just"))
_REMEMBERED = frozenset(("measure", "duration", "percent"))
_RELATIVE = frozenset(("multiple", "fraction"))
_OLDEST = 115
_MOST_PERCENT = 100
_GAP = 10
_INTENSITIES = frozenset(("m/s", "K", "Pa"))


def with_shared_unit(page: Page, earlier: Sequence[Amount], amount: Amount, start: int) -> Amount:
    """The amount, in the unit of one before it where the text compares the two or leaves the unit out.

    ``earlier`` are the amounts before it, the nearest last; ``start`` is where the amount's modifiers start.
    """
    if _is_points_of_share(page, earlier, amount, start):
        return replace(amount, unit=lexicon.units().words["percentage point"], kind="percentage_points")
    earlier = _without_asides(page, earlier)
    last = earlier[-1]
    if amount.start < page.limit(last.start):
        amount = with_magnitude(page, last, amount, compared=_is_compared(page, last, amount, start))
    if not _is_bare(amount):
        return amount
    nearest = next((one for one in reversed(earlier) if one.kind not in _RELATIVE), earlier[-1])
    if _is_next_side(page, nearest, amount, start) or _is_next_part(page, nearest, amount, start):
        return _in_unit_of(nearest, amount)
    if _is_of_same(page, nearest, amount, start):
        return _in_unit_of(nearest, amount)
    if not _is_open(page, amount):
        return amount
    told = [one for one in reversed(earlier[-MEMORY:]) if one.kind in _REMEMBERED and not one.attached]
    if page.lower(amount.start - 1) in ("minus", "plus"):
        return _as_warmth(page, told, amount)
    near = nearest is last or amount.start < page.limit(nearest.start)
    if _is_shared(page, nearest, amount, start) or (near and _is_meant(page, nearest, amount, start)):
        return _in_unit_of(nearest, amount)
    share = next((one for one in told if one.kind == "percent"), None)
    if share is not None and _is_told_on(page, share, amount) and is_moved_on(page, share, amount, start):
        return _in_unit_of(share, amount)
    for place, before in enumerate(told):
        # weeks and minutes have no decimals
        exact = "." in page[amount.start].text and not is_long_spell(before)
        close = is_of_size(before, amount, Decimal("1.1")) or is_timed(page, before, amount)
        if exact and close and _is_told_on(page, before, amount):
            return _in_unit_of(before, amount)
        exact = exact and (before.kind != "percent" or amount.start < page.limit(before.start))
        if exact and is_of_size(before, amount, Decimal("1.5")):
            return _in_unit_of(before, amount)
        if place == 0 and _is_remembered(page, before, amount, start):
            return _in_unit_of(before, amount)
        added = place < 2 and is_dealt_or_added(page, before, amount, start)
        said = near and is_said_of_it(page, before, amount, start)
        if (added or said) and _is_told_on(page, before, amount):
            return _in_unit_of(before, amount)
    sums = (one for one in reversed(earlier[-MEMORY:]) if one.currency is not None)
    price = next((one for one in sums if _is_told_on(page, one, amount)), None)
    if price is not None and is_priced(page, price, amount, start):
        return _in_unit_of(price, amount)
    if _is_tellable(page, nearest, amount) and is_left_out(page, nearest, amount, start):
        return _in_unit_of(nearest, amount)
    return amount


def _without_asides(page: Page, amounts: Sequence[Amount]) -> list[Amount]:
    """The amounts without those that tell one before them in another unit, or over what time.

    As in "€5m ($5.4m)", "400,000 pesetas, about £1,600", "$6 million over two years".
    """
    kept = list(amounts[:1])
    for before, one in pairwise(amounts):
        between = page.words(before.stop, one.start)
        converted = before.kind == one.kind and one.kind in ("money", "measure") and between in _CONVERSIONS
        spread = one.start < page.limit(before.start) and before.kind in _SHARED_KINDS
        if not converted and not (spread and is_adjunct(page, one)):
            kept.append(one)
    return kept


def _is_tellable(page: Page, before: Amount, amount: Amount) -> bool:
    return before.kind in _SHARED_KINDS and not before.attached and _is_told_on(page, before, amount)


def _is_of_same(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """Whether the number tells a part of what the sentence measured, a noun or verb behind it or not."""
    if before.attached:
        return False
    if is_level_named(page, before, amount, start) and _is_told_on(page, before, amount):
        return True
    if amount.start >= page.limit(before.start):
        return False
    if before.kind in _SHARED_KINDS and is_one_thing(page, before, amount):
        return True
    return is_part_of_it(page, before, amount, start) or is_of_stretch(page, before, amount, start)


def _is_meant(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """Whether a unit that the paragraph told last is left out, in this sentence or the next."""
    if not _is_tellable(page, before, amount):
        return False
    return (
        is_said_of_it(page, before, amount, start)
        or is_dealt_or_added(page, before, amount, start)
        or is_gained(page, before, amount)
        or is_estimated(page, before, amount, start)
    )


def _as_warmth(page: Page, told: Sequence[Amount], amount: Amount) -> Amount:
    """As in "it drops to minus 100", "now it is plus one", where degrees were told before."""
    for before in told:
        if before.unit is not None and (before.unit.si == "K" or before.unit.name == "degree"):
            value = -amount.value if page.lower(amount.start - 1) == "minus" else amount.value
            return _in_unit_of(before, replace(amount, start=amount.start - 1, value=value))
    return amount


def with_unit_of_whole(page: Page, part: Amount, whole: Amount) -> Amount:
    """The part in the unit of its whole: the 38 of "38 of the craft's 640 kilograms"."""
    between = page.words(part.stop, whole.start)
    if part.unit is not None and part.unit.name == "point" and whole.kind == "percent" and between == ("to",):
        return replace(part, unit=lexicon.units().words["percentage point"], kind="percentage_points")
    if _is_bare(part) and (is_speed_in_zone(page, part, whole) or is_told_ahead(page, part, whole)):
        return _in_unit_of(whole, part)
    told = whole.kind in ("measure", "duration") and not whole.attached
    if not (_is_bare(part) and told and between[:1] == ("of",) and len(between) <= 4):
        return part
    # "nine of the eleven days" counts days; "nine of her 14 years" is a time
    owners = ("PRP$",) if whole.kind == "duration" else ("DT", "PRP$")
    beside = len(between) == 2 or whole.kind == "measure"
    owned = page.tag(part.stop + 1) in owners if len(between) > 1 else False
    return _in_unit_of(whole, part) if owned and beside and part.value <= whole.value else part


def _is_bare(amount: Amount) -> bool:
    return amount.kind == "count" and not amount.vague and not amount.attached


def _in_unit_of(before: Amount, amount: Amount) -> Amount:
    value = in_size_of(before, amount.value, scaled=amount.scaled)
    top = None if amount.top is None else in_size_of(before, amount.top, scaled=amount.scaled)
    return replace(
        amount,
        value=value,
        top=top,
        kind=before.kind,
        unit=before.unit,
        currency=before.currency,
        scaled=amount.scaled or value != amount.value,
        minor=before.minor,
    )


def _is_open(page: Page, amount: Amount) -> bool:
    """Whether no noun follows that the number could count; a date or a preposition may."""
    stop = amount.stop
    if page.lower(stop) in ("more", "fewer", "less") and page.lower(stop + 1) == "than":
        return True
    if stop >= page.limit(amount.start) or page[stop].kind == "mark" or page.dated[stop]:
        return not page.hyphen(stop) or not page.glued(stop)
    if page.lower(stop) in lexicon.words("place_adverbs"):
        return True
    if page.lower(stop) in ("a", "an", "per") and page.lower(stop + 1) in lexicon.words("time_bases"):
        return True
    if tells_turn(page, stop) or (page.tag(stop) in ("JJR", "RBR") and page.lower(stop + 1) == "than"):
        return True
    return page.tag(stop) in _OPEN_TAGS and page.lower(stop) != "of"


def _closes(page: Page, amount: Amount) -> bool:
    """Whether the clause ends here: a stop, a comma, a date, a conjunction."""
    stop = amount.stop
    if stop >= page.limit(amount.start) or page.dated[stop] or page[stop].kind == "mark":
        return True
    return page.lower(stop) in lexicon.words("clause_joints")


def _is_shared(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """Whether a unit told in the same sentence holds for this number too."""
    if before.kind == "age":
        return _is_age_in_row(page, before, amount, start)
    if before.kind not in _SHARED_KINDS or amount.start >= page.limit(before.start):
        return False
    if before.kind == "percent" and amount.value > _MOST_PERCENT:
        return False
    if before.attached:
        return False
    if amount.is_range:
        return _is_expected(page, before, amount, start)
    return (
        _is_compared(page, before, amount, start)
        or _is_in_row(page, before, amount, start)
        or _is_next_sum(page, before, amount, start)
        or _is_next_price(page, before, amount, start)
        or _is_moved(page, before, amount, start)
        or _is_corrected(page, before, amount)
        or _is_gapped(page, before, amount, start)
        or _is_expected(page, before, amount, start)
        or _is_intensity(page, before, amount, start)
        or _is_second_side(page, before, start)
        or _is_surplus(page, before, amount, start)
        or is_elided(page, before, amount, start)
        or (before.kind in ("percent", "percentage_points") and _is_demanded(page, amount, start))
    )


def _is_compared(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    between = page.words(before.stop, start)
    if page.words(start - 2, start) in _COMPARED or between == ("from",):
        return True
    if between[-1:] == ("to",) and len(between) <= 3 and page.lower(before.start - 1) == "from":
        return True
    moved = page.lower(before.start - 1) == "to" and page.lower(start - 1) == "from"
    return moved and _closes(page, amount) and _is_verbless(page, before, start - 1)


def _is_in_row(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "Duque had 39%, Petro 25% and Fajardo 24": shares side by side, each after its holder."""
    if before.kind != "percent" or not _closes(page, amount):
        return False
    holder = page.tag(start - 1) in ("NN", "NNS", "NNP", "NNPS")
    joined = bool({"and", ",", ";"}.intersection(page.words(before.stop, start)))
    return holder and joined and _is_verbless(page, before, start)


def _is_next_side(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "50 metres long and 25 wide"."""
    sides = lexicon.words("hyphen_adjectives")
    told = before.kind == "measure" and not before.attached and page.lower(before.stop) in sides
    return told and page.lower(amount.stop) in sides and set(page.words(before.stop + 1, start)) <= _ROW_WORDS


def _is_next_part(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "1,500 hectares of pine and 300 of oak"."""
    told = before.kind == "measure" and not before.attached and page.lower(before.stop) == "of"
    if not told or page.lower(amount.stop) != "of" or amount.start >= page.limit(before.start):
        return False
    row = page.words(start - 1, start) in _ROWS
    return row and start - before.stop <= _GAP and _is_verbless(page, before, start)


def _is_next_price(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "petrol costs 1.89 euros, diesel 1.76"."""
    told = before.kind == "money" and not before.scaled and "." in page[amount.start].text
    row = {"and", ",", ";"}.intersection(page.words(before.stop, start))
    return told and bool(row) and _closes(page, amount) and is_of_size(before, amount, Decimal("1.5"))


def _is_next_sum(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "the first phase costs $90 million, the second 120 million"."""
    if before.kind != "money" or not (before.scaled and amount.scaled and _closes(page, amount)):
        return False
    return is_of_size(before, amount, 10) and _is_verbless(page, before, start)


def _is_points_of_share(page: Page, earlier: Sequence[Amount], amount: Amount, start: int) -> bool:
    """As in "turnout was 58.2 percent, down 6.1 points"; an index moves by points of its own."""
    if amount.unit is None or amount.unit.name != "point" or amount.attached or amount.value > _MOST_PERCENT:
        return False
    told = next((one for one in reversed(earlier) if one.kind == "percent"), None)
    if told is None or amount.start >= page.limit(told.start):
        return False
    words = set(page.words(page.starts[amount.start], amount.start))
    compared = page.lower(amount.stop) in lexicon.words("point_comparatives")
    moved = compared or page.lower(start - 1) in lexicon.words("point_joints")
    return moved and not words & lexicon.words("point_indices")


def _is_age_in_row(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "children aged eight, 12 and 13", "at 19 he was jailed; at 75, again"."""
    if amount.value > _OLDEST or amount.is_range or amount.start >= page.limit(before.start):
        return False
    between = page.words(before.stop, start)
    in_row = set(between) <= {",", "and", "or"} and 0 < len(between) <= 2
    joint = page.lower(start - 1)
    again = joint == "at" == page.lower(before.start - 1) and "\n" not in between
    return (in_row and _is_followed(page, amount)) or ((in_row or again) and _closes(page, amount))


def _is_followed(page: Page, amount: Amount) -> bool:
    """Whether a verb follows: "boys aged 11 and 13 were questioned"."""
    return amount.stop < page.limit(amount.start) and page.tag(amount.stop) in ("VBD", "VBZ", "VBP", "MD")


def _is_verbless(page: Page, before: Amount, stop: int) -> bool:
    between = range(before.stop, stop)
    return len(between) <= _GAP and not any(page.tag(i) in ("VBD", "VBZ", "VBP", "MD") for i in between)


def _is_moved(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "up 40 metres, and rose above 60"."""
    verb = page.lower(start - 1)
    moved = (
        start < amount.start and page.lower(start) in ("above", "below") and verb in lexicon.changes("verb")
    )
    return moved and before.kind != "percent"


def _is_corrected(page: Page, before: Amount, amount: Amount) -> bool:
    """As in "two years, perhaps three", "five days or even ten"."""
    between = page.words(before.stop, amount.start)
    said = lexicon.words("second_thoughts")
    return (
        0 < len(between) <= 3 and any(word in said for word in between) and set(between) <= said | {",", "or"}
    )


def _is_gapped(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "wages are growing by 7 percent and prices by 16": one preposition before both, one verb."""
    joint = page.lower(start - 1)
    if joint not in lexicon.words("gapped_joints") or not _closes(page, amount):
        return False
    if joint not in (page.lower(before.start - 1), page.lower(before.start - 2)):
        return False
    return _is_verbless(page, before, start - 1)


def _is_expected(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "168 million tonnes, beating guidance of 165–167 million": what was to be, in the same size."""
    if not is_of_size(before, amount, 5):
        return False
    place = start - 1
    while place > before.stop and page.lower(place) in lexicon.words("expectation_joints"):
        place -= 1
    return page.lower(place) in lexicon.words("expectations") and place >= before.stop


def _is_intensity(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "winds of 90 mph with gusts to 115": speeds, temperatures and pressures of one sentence."""
    warm = before.unit is not None and (before.unit.si in _INTENSITIES or before.unit.name == "degree")
    return (
        warm
        and _closes(page, amount)
        and page.lower(start - 1) in lexicon.words("intensity_joints")
        and abs(amount.value - before.value) <= max(abs(before.value), Decimal(30))
    )


def _is_second_side(page: Page, before: Amount, start: int) -> bool:
    """As in "4 feet by 6"."""
    return before.kind == "measure" and page.words(before.stop, start) in (("by",), ("×",))


def _is_surplus(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "62 miles of road, 14 more than last year"."""
    compared = page.lower(amount.stop + 1) == "than" and before.kind in ("measure", "money", "duration")
    return compared and page.lower(start - 1) in (",", "or", "and") and _is_verbless(page, before, start)


def _is_demanded(page: Page, amount: Amount, start: int) -> bool:
    """As in "offers a rise of 1.5 percent; the union demands 4"."""
    verb = page.lower(start - 1) in lexicon.words("demand_verbs")
    return verb and amount.form == "digits" and _closes(page, amount)


def _is_told_on(page: Page, before: Amount, amount: Amount) -> bool:
    """Whether both stand in one paragraph."""
    return "\n" not in page.text[page[before.start].start : page[amount.start].start]


def _is_remembered(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """Whether a unit of the paragraph is left out: "a best of 66.85", "if it's more than 90, we go"."""
    if not _is_told_on(page, before, amount):
        return False
    if before.kind == "measure" and amount.start < page.limit(before.start) and _closes(page, amount):
        return is_of_size(before, amount, Decimal("1.25")) and amount.form == "digits"
    limited = page.lower(start) in lexicon.words("limits") and start < amount.start
    if limited and page.lower(start) in ("more", "less"):
        limited = page.lower(start - 1) in lexicon.words("being") | lexicon.words("taking_verbs")
    return limited and _closes(page, amount) and is_of_size(before, amount, 4)
