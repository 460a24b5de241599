"""Two numbers read as one amount: ranges, ratios, shares, sums of money, exchange rates."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount, read_single, with_sign
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.modifiers import modifier_before
from pipeline.components.quantities.money import Purse
from pipeline.components.quantities.numerals import Numeral, read_numeral

_HALF_OF_ALL = 50
# The sets of a match stand in a row behind the word that tells who won.
_OUTCOME_REACH = 24
# "by" and "x" give the sides of a thing.
_ROW_ENDS = frozenset(("to", "and", "or", "versus", "by", "x", "×"))
_LONGEST_ROW = 6
# "Scrap has gone up from €120 a tonne to €205, and power from €31 to €44": one verb for both.
_CHANGE_REACH = 24
# The ends of a range are seldom ten times apart; a price and what it moved by are.
_LEAP = 10
_BACKED = frozenset(("favourite", "favorite", "favourites", "favorites", "outsider", "outsiders", "shot"))
_RANGE_WORDS = frozenset(("to", "or", "and", "through"))


def read_amount(page: Page, purse: Purse, index: int) -> Amount | None:
    """The amount whose number starts at this lexeme, with ranges, ratios and shares put together."""
    first = read_single(page, purse, index)
    if first is None:
        return None
    joined = _share(page, first) or _odds(page, first) or _ratio(page, first) or _range(page, purse, first)
    return (
        joined
        or _exchange_rate(page, purse, first)
        or _borrowed_unit(page, purse, _sum_of_money(page, purse, first))
    )


def _exchange_rate(page: Page, purse: Purse, first: Amount) -> Amount | None:
    """As in "the naira fell to 1,530 against the dollar": so many naira."""
    if first.kind != "count" or first.form != "digits" or first.attached:
        return None
    currency = purse.quoted(first.start, first.stop)
    return replace(first, kind="money", currency=currency) if currency is not None else None


def _share(page: Page, first: Amount) -> Amount | None:
    """As in "one in five", "nine out of 10", "one of every nine"."""
    if first.kind != "count" or first.vague or first.scaled:
        return None
    named = _part_named(page, first)
    joint = _share_joint(page, named or first.stop)
    if joint is None or joint >= page.limit(first.start):
        return None
    # "one in a million"
    whole = read_numeral(page, joint + (page.lower(joint) == "a"))
    if (
        whole is None
        or whole.start != joint
        or whole.form in ("vague", "fraction")
        or not 0 < first.value < whole.value
    ):
        return None
    if named is not None and _noun_follows(page, whole.stop):
        return None
    loose = page.lower(joint - 1) == "in" or page.lower(joint - 2) == "out"
    if loose and not _is_share(page, first, whole):
        return None
    return replace(first, stop=whole.stop, value=first.value / whole.value, kind="fraction", attached=False)


def _part_named(page: Page, first: Amount) -> int | None:
    """The place after the noun of "one farm in three"."""
    place = first.stop
    if first.attached or place + 1 >= page.limit(first.start):
        return None
    if first.value != 1:
        return place + 1 if page.tag(place) == "NNS" and page.lower(place + 1) == "out" else None
    return place + 1 if page.tag(place) == "NN" and page.lower(place + 1) in ("in", "out") else None


def _share_joint(page: Page, stop: int) -> int | None:
    """Where the whole of a share starts."""
    if page.hyphen(stop) and page.lower(stop + 1) == "in" and page.hyphen(stop + 2):
        return stop + 3
    phrases = (
        ("in", "every"),
        ("of", "every"),
        ("out", "of", "every"),
        ("of", "each"),
        ("out", "of"),
        ("in", "each"),
        ("in",),
    )
    for phrase in phrases:
        if all(page.lower(stop + i) == word for i, word in enumerate(phrase)):
            return stop + len(phrase)
    return None


def _is_share(page: Page, first: Amount, whole: Numeral) -> bool:
    """As in "two in 10 years" is no share; "one in five" and "nine out of 10" are."""
    if page.lower(whole.stop) in lexicon.units().words or page.lower(whole.stop) in ("%",):
        return False
    round_whole = whole.value in (3, 4, 5, 8, 10, 12, 20, 100, 1000) or whole.scaled
    return first.value == 1 or (round_whole and (first.form == whole.form or whole.value <= 10))


def _ratio(page: Page, first: Amount) -> Amount | None:
    """As in "three to one", "2-to-1", "three-for-one", "50-50", "3:1"; "from three to one" is a movement."""
    if first.kind != "count" or first.top is not None or page.lower(first.start - 1) == "from":
        return None
    stop = first.stop
    if page.hyphen(stop) and page.glued(stop) and first.value == _HALF_OF_ALL:
        return _halved(page, first)
    if (page.lower(stop) == ":" and page.glued(stop) and page.glued(stop + 1)) or page.lower(stop) == "to":
        place = stop + 1
    elif (
        page.hyphen(stop)
        and page.lower(stop + 1) in ("to", "for")
        and page.hyphen(stop + 2)
        and page.glued(stop + 3)
    ):
        place = stop + 3
    else:
        return None
    second = read_numeral(page, place) if place < len(page) else None
    if second is None or second.start != place or second.value <= 0 or second.high is not None:
        return None
    named = page.lower(first.start - 1) == "of" and page.lower(first.start - 2) in ("ratio", "odds")
    dashed = page.hyphen(stop) and (first.value > second.value or page.lower(stop + 1) == "for")
    plain = second.value == 1 and first.value > 1 and page.lower(second.stop) not in lexicon.units().words
    if not (named or dashed or plain):
        return None
    return replace(first, stop=second.stop, value=first.value / second.value, kind="ratio", attached=False)


def _odds(page: Page, first: Amount) -> Amount | None:
    """As in "at 7-1", "the 5-2 favourite", where the sentence speaks of betting."""
    place, limit = first.stop + 1, page.limit(first.start)
    dashed = page.hyphen(first.stop) or page.lower(first.stop) == "/"
    if first.kind != "count" or not dashed or not page.glued(first.stop) or not page.glued(place):
        return None
    second = read_numeral(page, place) if place < limit and page[place].kind == "number" else None
    if second is None or second.value < 1 or second.stop != place + 1:
        return None
    bets = {
        page.lower(i) for i in range(max(page.starts[first.start], first.start - 12), min(limit, place + 8))
    }
    offered = page.lower(first.start - 1) in ("at", "to", "of", "from") or page.lower(second.stop) in _BACKED
    if not offered or not bets & lexicon.words("betting"):
        return None
    return replace(first, stop=second.stop, value=first.value / second.value, kind="ratio", attached=False)


def _halved(page: Page, first: Amount) -> Amount | None:
    """As in "a 50-50 chance", "fifty-fifty"."""
    second = read_numeral(page, first.stop + 1) if first.stop + 1 < len(page) else None
    if second is None or second.start != first.stop + 1 or second.value != _HALF_OF_ALL:
        return None
    return replace(first, stop=second.stop, value=Decimal(1), kind="ratio", attached=False)


def _range(page: Page, purse: Purse, first: Amount) -> Amount | None:
    """As in "five to 10", "$20-30 million", "between 15% and 40%", "two or three years"."""
    place = _range_joint(page, first)
    if place is None or first.vague or first.kind == "multiple":
        return None
    trigger = _number_at(page, purse, place)
    second = read_single(page, purse, trigger) if trigger is not None else None
    if second is None or second.start != place or second.vague or not _fits(first, second):
        return None
    low = _spread(first, second)
    if not low < second.value or not _is_plausible(page, first, second, low):
        return None
    return replace(
        second,
        start=first.start,
        value=low,
        top=second.value,
        kind=second.kind if second.kind != "count" else first.kind,
        unit=second.unit or first.unit,
        currency=second.currency or first.currency,
        form=first.form,
    )


def _borrowed_unit(page: Page, purse: Purse, first: Amount) -> Amount:
    """As in "from 5 to 4 percent", "20 and 50 percent": a bare number takes the unit told after the next."""
    bare = first.kind == "count" and first.form == "digits" and not first.vague and not first.attached
    last = _end_of_row(page, first.stop) if bare and not page.dated[first.start] else None
    if last is None or page.dated[last]:
        return first
    second = read_single(page, purse, last)
    if second is None or second.unit is None or second.attached or second.kind == "duration":
        return first
    return with_sign(page, replace(first, kind=second.kind, unit=second.unit), second.unit)


def _end_of_row(page: Page, stop: int) -> int | None:
    """The last number of "5 to 4 percent", "3, 5 and 8 metres", "minus 15 to minus 20 degrees"."""
    limit, listed = page.limit(stop - 1), False
    for _ in range(_LONGEST_ROW):
        last = page.lower(stop) in _ROW_ENDS or (listed and page.words(stop, stop + 2) == (",", "and"))
        place = stop + 1 + (page.lower(stop) == "," and last)
        place += page.lower(place) in ("minus", "plus")
        if place >= limit or page[place].kind != "number" or not (last or page.lower(stop) == ","):
            return None
        if last:
            return place
        stop, listed = place + 1, True
    return None


def _range_joint(page: Page, first: Amount) -> int | None:
    """Where the upper end of a range would start."""
    stop = first.stop
    if page.lower(stop) in _RANGE_WORDS:
        if page.lower(stop) == "and" and not _follows_between(page, first.start):
            return None
        return stop + 1
    if page.hyphen(stop):
        if page.lower(stop + 1) in ("to", "or", "and") and page.glued(stop):
            after = stop + 2
            return after + 1 if page.hyphen(after) else after
        return stop + 1 if page.glued(stop) == page.glued(stop + 1) else None
    if page.lower(stop) == "," and first.form == "words" and first.unit is None:
        return stop + 1
    return None


def _follows_between(page: Page, start: int) -> bool:
    return "between" in page.words(start - 4, start)


def _number_at(page: Page, purse: Purse, place: int) -> int | None:
    """The number's own lexeme, after a currency sign that may stand before it."""
    for index in range(place, min(place + 4, page.limit(place))):
        if page[index].kind == "number" or page.lower(index) in lexicon.number_words():
            prefix = purse.before(index)
            return index if index == place or (prefix is not None and prefix.start == place) else None
    return None


def _fits(first: Amount, second: Amount) -> bool:
    """Whether two amounts measure the same."""
    if first.currency is not None or second.currency is not None:
        if second.currency is None:
            return second.unit is None and second.kind == "count"
        return first.unit is None and (first.currency is None or first.currency.name == second.currency.name)
    if first.unit is not None:
        return second.unit is not None and first.unit.name == second.unit.name
    if second.kind == "multiple":
        return first.kind == "count"
    if first.kind == "fraction" or second.kind == "fraction":
        return first.kind == second.kind
    return True


def _spread(first: Amount, second: Amount) -> Decimal:
    """The lower end with the magnitude that only the upper one carries ("20-30 million")."""
    if not second.scaled or first.scaled or first.value >= 1000:
        return first.value
    factor = second.value
    for size in (10**12, 10**9, 10**7, 10**6, 10**5, 10**3, 10**2):
        if factor >= size and first.value * size < second.value:
            return first.value * size
    return first.value


def _is_plausible(page: Page, first: Amount, second: Amount, low: Decimal) -> bool:
    joint = page.lower(first.stop)
    if joint == "to" and _is_movement(page, first, second):
        return False
    measured = second.unit is not None or second.currency is not None
    if joint == ",":
        return second.unit is not None and second.form == "words" and second.value <= low * 2
    if joint == "or":
        return second.value <= max(low * 3, low + 5) and (first.form == second.form or measured)
    if joint == "to" and page.lower(first.start - 1) == "from" and not _follows_range_verb(page, first.start):
        return not _follows_change(page, first.start - 1)
    if page.hyphen(first.stop) and first.form != second.form:
        return False
    if page.hyphen(first.stop) and page.lower(first.stop + 1) not in ("to", "or", "and") and not measured:
        return not page.dated[first.start] and (
            second.attached
            or low >= 1000
            or _noun_follows(page, second.stop)
            or _is_estimate(page, first, second)
        )
    return True


def _is_movement(page: Page, first: Amount, second: Amount) -> bool:
    """As in "rose 3 cents to $2.68", "by 640 to 6,915", "oil gained $1 and gas three cents to $2.68"."""
    if (first.unit or first.currency) and _is_moved(page, first.start):
        return True
    if second.value < _LEAP * first.value:
        return False
    if page.lower(first.start - 1) == "by":
        return True
    sums = first.currency is not None and second.currency is not None
    return sums and first.start > page.starts[first.start] and page.tag(first.start - 1) in ("NN", "NNS")


def _is_estimate(page: Page, first: Amount, second: Amount) -> bool:
    """As in "20-30 remain in hospital", "about 10–15": a dash between numbers that no game or vote tells."""
    if tells_outcome(page, first.start) or not page.glued(first.stop):
        return False
    verb = second.stop < page.limit(first.start) and page.tag(second.stop) in ("VBP", "VBD", "VBZ", "MD")
    return verb or modifier_before(page, first.start) is not None


def tells_outcome(page: Page, start: int) -> bool:
    """Whether votes, goals or points are counted in this sentence: "passed 5-4", "led 2–0"."""
    first, limit = max(page.starts[start], start - _OUTCOME_REACH), min(page.limit(start), start + 8)
    if page.words(start - 2, start) in (("it", "was"), ("was", "still"), ("it", "finished")):
        return True
    counting = lexicon.words("votes") | lexicon.words("results")
    return any(page.lower(i) in counting for i in range(first, limit))


def _is_moved(page: Page, start: int) -> bool:
    """As in "slid $14.60 to $1,812": what a verb of movement moves by, then where it comes to."""
    word = page.lower(start - 1)
    return word in lexicon.changes("verb") or word in lexicon.changes("verb_by")


def _noun_follows(page: Page, stop: int) -> bool:
    return (
        stop < page.limit(stop - 1)
        and page[stop].kind == "word"
        and page.tag(stop) in ("NNS", "JJ", "NN", "NNPS")
    )


def _follows_range_verb(page: Page, start: int) -> bool:
    return page.lower(start - 2) in lexicon.words("range_verbs")


def _follows_change(page: Page, start: int) -> bool:
    """Whether a word of movement stands before "from" in the same sentence."""
    moves = (
        lexicon.changes("verb").keys()
        | lexicon.changes("verb_by").keys()
        | lexicon.changes("noun").keys()
        | lexicon.words("moving_verbs")
    )
    first = max(page.starts[start], start - _CHANGE_REACH)
    return any(page.lower(i) in moves or page.lower(i) in ("up", "down") for i in range(first, start))


def _touches_word(page: Page, stop: int) -> bool:
    return page.glued(stop) and page[stop].kind == "word"


def _sum_of_money(page: Page, purse: Purse, first: Amount) -> Amount:
    """As in "three dollars and 50 cents", "15 dollars 50"."""
    if first.currency is None or first.scaled or first.top is not None or first.value >= 1000:
        return first
    place = first.stop + 1 if page.lower(first.stop) == "and" else first.stop
    if place >= page.limit(first.start) or page.dated[place]:
        return first
    rest = read_single(page, purse, place)
    if rest is None or rest.start != place or rest.scaled or rest.top is not None:
        return first
    cents = rest.currency is not None and rest.currency.code == first.currency.code and rest.value < 1
    bare = (
        rest.kind == "count"
        and 10 <= rest.value < 100
        and not _touches_word(page, rest.stop)
        and not _noun_follows(page, rest.stop)
        and first.stop != first.number_stop
    )
    if not cents and not bare:
        return first
    return replace(first, stop=rest.stop, value=first.value + (rest.value if cents else rest.value / 100))
