"""Units that the build of a sentence leaves out: "adults pay €14, children 8", "cut to eight on appeal"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_VERBS = frozenset(("VBD", "VBZ", "VBP", "VB", "VBN", "VBG"))
_HOLDER_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "DT", "PRP$", "POS", "VBN", "VBG"))
_ADVERBIAL = frozenset(("IN", "RB", "TO", "RP"))
_JOINTS = frozenset(("and", "but", ",", ";", ":", "while", "whereas"))
_SHARES = frozenset(("percent", "percentage_points"))
_SPEED = "m/s"
_REACH = 14
_LONGEST_HOLDER = 6
# Forms of one regular verb share so many letters: "carried", "carries".
_STEM = 3
_MOST_PERCENT = 100
_MILLION = Decimal(1_000_000)
# Sums of money and spells of time told side by side differ more than lengths or degrees do.
_SPREAD = {"money": 25, "duration": 15, "measure": 8, "percent": 100, "percentage_points": 20}


def is_elided(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """Whether the unit of the amount before, of the same sentence, is left out beside this one.

    ``start`` is where the modifiers of the amount start; the amount is known to count no noun behind it.
    """
    if _is_set_against(page, before, start) and is_of_size(before, amount, 50):
        return True
    if _is_risen_by(page, before, start) or _is_gap_in_race(page, before, amount):
        return True
    if start - before.stop > _REACH or not is_of_size(before, amount, _SPREAD.get(before.kind, 1)):
        return False
    return (
        _is_brought_to(page, before, amount, start)
        or _is_same_frame(page, before, amount, start)
        or _is_dealt(page, before, amount, start)
        or _is_of_next_holder(page, before, amount, start)
        or _is_of_next_place(page, before, amount, start)
        or _is_polled(page, before, amount, start)
        or _is_share_held(page, before, amount, start)
    )


def is_of_size(before: Amount, amount: Amount, times: int | Decimal) -> bool:
    """Whether the values are of one size, so that both may measure the same."""
    if before.value <= 0 or amount.value <= 0:
        return False
    if before.kind in _SHARES and amount.value > _MOST_PERCENT:
        return False
    top, value = before.top or before.value, in_size_of(before, amount.value, scaled=amount.scaled)
    return before.value / times <= value <= top * times


def in_size_of(before: Amount, value: Decimal, *, scaled: bool) -> Decimal:
    """The value with the magnitude or the minor unit that only the amount before it names.

    As in "from $3 million … to five", "a dividend of 34 cents, from 31".
    """
    if scaled:
        return value
    if before.minor > 1:
        return value / before.minor
    thousands = before.kind == "money" and before.value >= 1000 and before.value % 1000 == 0
    if not (before.scaled or thousands) or value * 100 >= before.value:
        return value
    for size in (10**12, 10**9, 10**6, 10**3):
        if before.value >= size and before.value / 5 <= value * size <= before.value * 5:
            return value * size
    return value


def with_magnitude(page: Page, before: Amount, amount: Amount, *, compared: bool) -> Amount:
    """The amount in the size that only the one before it names.

    As in "2.5 million cars, from 2.1", "12 million in 2010 and 14 in 2020", "€5m, up from 4m".
    """
    if not before.scaled or before.vague:
        return amount
    if amount.unit is not None:
        metres = (
            page[amount.stop - 1].text == "m" and page.glued(amount.stop - 1) and before.unit != amount.unit
        )
        if not (metres and compared) or before.unit == amount.unit:
            return amount
        value = amount.value * _MILLION
        return replace(
            amount, value=value, kind=before.kind, unit=before.unit, currency=before.currency, scaled=True
        )
    dated = any(page.dated[before.stop : amount.start]) and any(page.dated[amount.stop : amount.stop + 2])
    if before.kind != "count" or amount.kind != "count" or not (compared or dated):
        return amount
    value = in_size_of(before, amount.value, scaled=amount.scaled)
    return replace(amount, value=value, scaled=amount.scaled or value != amount.value)


def is_said_of_it(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "in May it was 35", "ours is at 11": the very thing measured before, by a pronoun."""
    place = start - 1
    while page.lower(place) in lexicon.words("copular_fillers"):
        place -= 1
    if page.lower(place) not in ("is", "was", "it's", "it’s", "be"):
        return False
    if page.lower(place) in ("is", "was", "be"):
        place -= 1
        while page.lower(place) in lexicon.words("copular_fillers") or page.tag(place) == "MD":
            place -= 1
        if page.lower(place) not in lexicon.words("standing_pronouns"):
            return False
    return is_of_size(before, amount, 5)


def is_dealt_or_added(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "He asked for $700. He got 450.", "It had 424mm in a day. Expect another 100 to 150."."""
    if page.lower(amount.start - 1) in ("another", "further"):
        told = _closes(page, amount) and before.kind in ("measure", "money")
        return told and is_of_size(before, amount, 8)
    return is_of_size(before, amount, 10) and _is_dealt(page, before, amount, start)


def is_left_out(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "he did 30 years, I did 22", "the shaft is 640 metres; we stopped at 580".

    A bare number that a verb or preposition governs, of much the same size as the amount told last, is
    another of its kind, unless the verb takes people or things: "it lasted 20 days; police held 30".
    """
    near = amount.start < page.limit(before.start)
    most = 5 if before.kind == "money" or (before.scaled and amount.scaled) else 3
    most = most if near or (before.scaled and amount.scaled) else 2
    if not _closes(page, amount) or not is_of_size(before, amount, most) or _is_adjunct(page, before, amount):
        return False
    word, tag = page.lower(start - 1), page.tag(start - 1)
    asked = word == "for" and page.lower(start - 2) in lexicon.words("dealing_verbs")
    if asked or (near and word in ("up", "down")):
        return True
    if word in lexicon.words("level_prepositions"):
        return not (word == "at" and before.kind == "duration")
    if word in lexicon.words("counting_verbs") or start - 1 <= page.starts[amount.start]:
        return False
    alike = before.kind == "measure" and tag in _VERBS and is_of_size(before, amount, Decimal("1.6"))
    tag = "VBN" if page.lower(start - 2) in ("had", "has", "have", "having") else tag
    governed = tag in _VERBS if near else alike or word in lexicon.words("stating_verbs")
    return governed and not (before.kind in _SHARES and page.lower(before.stop) == "of")


def is_adjunct(page: Page, amount: Amount) -> bool:
    """Whether a duration only tells when or how long: "$6 million over two years"."""
    told = page.lower(amount.start - 1) in lexicon.words("adjunct_prepositions")
    # what a race is run in is its time
    raced = amount.unit is not None and amount.unit.name in ("second", "minute")
    return amount.kind == "duration" and told and not raced


def is_long_spell(amount: Amount) -> bool:
    """Whether it is a duration in minutes, weeks, years: those are seldom told with decimals."""
    return amount.kind == "duration" and amount.unit is not None and amount.unit.name != "second"


def _is_adjunct(page: Page, before: Amount, amount: Amount) -> bool:
    """Whether the amount before only tells when: "after 24 weeks it fell to 5.6"."""
    if before.kind != "duration":
        return False
    exact = "." in page[amount.start].text and is_long_spell(before)
    return exact or is_adjunct(page, before)


def is_of_stretch(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "130 kilometres; the last 30 took as long as the first 100"."""
    told = page.lower(start - 1) in ("first", "last", "final", "remaining", "next")
    acts = amount.stop >= page.limit(amount.start) or page[amount.stop].kind == "mark"
    acts = acts or page.tag(amount.stop) in _FINITE | {"IN", "CC"}
    return told and acts and before.kind == "measure" and is_of_size(before, amount, 5)


def is_one_thing(page: Page, before: Amount, amount: Amount) -> bool:
    """As in "39.5C is usual, 41 is not rare", "it sought 30 years, 12 would do": more would be "are"."""
    verb = page.lower(amount.stop)
    singular = verb in ("is", "was", "isn't", "isn’t", "wasn't", "wasn’t", "would")
    return singular and amount.value > 1 and is_of_size(before, amount, 5)


def is_priced(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "a new one costs half a million", "which the museum values at six million"."""
    # a bond of millions is "priced at 99.5"
    alike = amount.scaled or (not before.scaled and is_of_size(before, amount, 10))
    if not alike or not _closes(page, amount):
        return False
    word, verb = page.lower(start - 1), page.lower(start - 2)
    direct = word in lexicon.words("pricing_verbs")
    return direct or (word in ("at", "for") and verb in lexicon.words("pricing_verbs"))


def is_moved_on(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "it grew 0.1 in 2014", "prices rose 0.4 percent after 0.2 in March"."""
    if before.kind not in _SHARES or "." not in page[amount.start].text or amount.value > _MOST_PERCENT:
        return False
    moves = lexicon.changes("verb").keys() | lexicon.changes("verb_by").keys()
    return page.lower(start - 1) in moves or page.lower(start - 1) in lexicon.words("level_joints")


def _is_set_against(page: Page, before: Amount, start: int) -> bool:
    """As in "seven hours instead of five", "18 months against 11"."""
    start -= page.lower(start - 1) in ("every", "the", "a", "just", "only")
    phrase = page.words(start - 2, start)
    if phrase == (",", "not"):
        return True
    told = page.lower(start - 1) in ("against", "versus") or phrase == ("instead", "of")
    return told and _is_verbless(page, before.stop, start)


def _is_same_frame(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "one carried 40 litres, the other carries 95", "those on 60 mg … those on 30"."""
    first, second = page.lower(before.start - 1), page.lower(start - 1)
    if not _closes(page, amount) or _is_adjunct(page, before, amount):
        return False
    if page.tag(start - 1) == "IN":
        return first == second and page.lower(before.start - 2) == page.lower(start - 2)
    verbs = page.tag(start - 1) in _VERBS and page.tag(before.start - 1) in _VERBS
    return verbs and len(first) > _STEM and first[:_STEM] == second[:_STEM]


def _is_brought_to(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "12 years, cut to eight on appeal": a level, so none that a share moved to."""
    if before.kind in _SHARES or page.lower(start - 1) != "to" or _is_adjunct(page, before, amount):
        return False
    moves = lexicon.changes("verb").keys() | lexicon.words("bringing_verbs")
    return any(page.lower(index) in moves for index in range(max(before.stop, start - 4), start - 1))


def _is_risen_by(page: Page, before: Amount, start: int) -> bool:
    """As in "raise it by two shillings a litre to 55": what a sum moved by, then what it came to."""
    between = page.words(before.stop, start)
    moved = page.lower(before.start - 1) == "by" and before.kind not in _SHARES
    return moved and between[-1:] == ("to",) and len(between) <= 3


def _is_gap_in_race(page: Page, before: Amount, amount: Amount) -> bool:
    """As in "fourth in 48.91 seconds, 0.3 behind the winner"."""
    timed = before.unit is not None and before.unit.name == "second" and "." in page[amount.start].text
    return timed and page.lower(amount.stop) in lexicon.words("race_gaps")


def _is_dealt(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "asked for $700 and got 450", "were offered 30", "now pays 1,400 a month"."""
    if before.kind not in ("money", "duration"):
        return False
    verb = start - 1 - (page.lower(start - 1) == "for")
    return page.lower(verb) in lexicon.words("dealing_verbs") and _closes(page, amount)


def _is_of_next_holder(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "adults pay €14, children 8", "the upper 40", "the second ten": the verb told once."""
    apart = page.lower(start - 1) == ","
    start -= apart
    joint = start - 1
    while joint > before.stop and start - joint <= _LONGEST_HOLDER and page.lower(joint) not in _JOINTS:
        joint -= 1
    holder = range(joint + 1 + (page.tag(joint + 1) == "IN"), start)
    if page.lower(joint) not in _JOINTS or not holder or joint < before.stop:
        return False
    if not all(_may_hold(page, index) for index in holder) or not _closes(page, amount):
        return False
    if apart and page.lower(joint) != ";":
        return False
    if page.tag(start - 1) in ("VBN", "VBG", "DT", "PRP$", "POS"):
        return False
    alone = len(holder) == 1 and page.lower(joint) == "and" and page.tag(start - 1) != "NNP"
    return not (alone and page.lower(start - 1).endswith("s") and page.lower(joint - 1) != ",")


def _may_hold(page: Page, index: int) -> bool:
    known = page.lower(index) in lexicon.ordinals() or page.lower(index) in ("right", "left", "of")
    return known or (page[index].kind == "word" and page.tag(index) in _HOLDER_TAGS)


def _is_of_next_place(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "31°C in the tent and 38 outside": each with its own place or time, one verb before both."""
    if page.lower(start - 1) not in ("and", ",", ";", "but", "then") or not _is_verbless(
        page, before.stop, start
    ):
        return False
    sides = lexicon.words("hyphen_adjectives")
    place = before.stop + (before.stop < len(page) and page.lower(before.stop) in sides)
    return _is_adverbial(page, place) and (
        _is_adverbial(page, amount.stop) or page.dated[min(amount.stop, len(page) - 1)] == 1
    )


def _is_adverbial(page: Page, index: int) -> bool:
    """Whether a place or time starts here."""
    if index >= len(page) or page[index].kind == "mark" or page.lower(index) in ("of", "than"):
        return False
    known = page.lower(index) in lexicon.words("place_adverbs") or tells_turn(page, index)
    return known or page.tag(index) in _ADVERBIAL or page.dated[index] == 1


def _is_polled(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "62% backed it, 29% opposed it and 9 had no view": shares of one whole, each with its verb."""
    if before.kind != "percent" or page.lower(start - 1) not in ("and", ",", ";", "while"):
        return False
    told = before.stop < len(page) and page.tag(before.stop) in _FINITE | {"VBN"}
    verb = amount.stop < page.limit(amount.start) and page.tag(amount.stop) in _FINITE
    return told and verb and amount.value + before.value <= _MOST_PERCENT


def _is_share_held(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "with 94 percent counted, Okoro had 41.7": seats and votes have no decimals."""
    exact = before.kind == "percent" and "." in page[amount.start].text
    return exact and page.lower(start - 1) in lexicon.words("share_verbs") and _closes(page, amount)


def _is_verbless(page: Page, first: int, stop: int) -> bool:
    return not any(page.tag(index) in _FINITE for index in range(first, stop))


def _closes(page: Page, amount: Amount) -> bool:
    """Whether nothing that could be counted stands behind the number."""
    stop = amount.stop
    if stop >= page.limit(amount.start) or page.dated[stop] or page[stop].kind == "mark":
        return not (page.hyphen(stop) and page.glued(stop))
    word = page.lower(stop)
    known = word in lexicon.words("clause_joints") or word in lexicon.words("place_adverbs")
    return known or page.tag(stop) in ("IN", "DT", "TO", "RB")


def is_told_ahead(page: Page, part: Amount, whole: Amount) -> bool:
    """Whether the next amount tells the unit of this one: "her 68.14 beat the old best of 67.90 metres"."""
    if whole.unit is None or whole.attached or whole.start >= page.limit(part.start):
        return False
    if part.value < 0:
        return whole.unit.si == "K" or whole.unit.name == "degree"
    exact = "." in page[part.start].text and whole.kind in ("measure", "duration")
    return exact and _closes_or_acts(page, part) and is_of_size(whole, part, Decimal("1.2"))


def _closes_or_acts(page: Page, amount: Amount) -> bool:
    return _closes(page, amount) or page.tag(amount.stop) in _FINITE | {"VB", "VBN"}


def is_part_of_it(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "41 centimetres of snow fell, 12 of them in an hour"."""
    of_it = page.words(amount.stop, amount.stop + 2) in (("of", "them"), ("of", "it"), ("of", "which"))
    joined = page.lower(start - 1) in (",", "and")
    if page.words(start - 2, start) == ("of", "which") and before.kind == "measure":
        return amount.value < before.value and page.tag(min(amount.stop, len(page) - 1)) in _FINITE
    return before.kind in ("measure", "duration") and of_it and joined and amount.value < before.value


def tells_turn(page: Page, index: int) -> bool:
    """As in "300 miles the first day and 280 the next"."""
    after = page.lower(index + 1)
    turn = after in lexicon.ordinals() or after in ("next", "following", "other", "last")
    return page.lower(index) == "the" and turn


def is_gained(page: Page, before: Amount, amount: Amount) -> bool:
    """As in "they drilled 610 metres and gained 12 an hour"."""
    base = page.lower(amount.stop) in ("a", "an", "per") and page.lower(amount.stop + 1)
    return before.kind == "measure" and base in lexicon.words("time_bases") and amount.value <= before.value


def is_estimated(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "it is £90 million; in March we thought 60", "the mayor now speaks of 36"."""
    place = start - 1 - (page.lower(start - 1) == "of")
    told = page.lower(place) in lexicon.words("estimating_verbs")
    return told and _closes(page, amount) and is_of_size(before, amount, 4)


def is_level_named(page: Page, before: Amount, amount: Amount, start: int) -> bool:
    """As in "the air holds 1.8 percent methane; at five it explodes"."""
    opens = start - 1 == page.starts[amount.start] and page.lower(start - 1) == "at"
    level = page.lower(amount.stop) in ("it", "they", "the", ",") and before.kind in ("percent", "measure")
    return opens and level and is_of_size(before, amount, 5)


def is_timed(page: Page, before: Amount, amount: Amount) -> bool:
    """As in "19.88 seconds … the 400 went to a boy in 44.61"."""
    told = before.unit is not None and before.unit.name == "second" and "." in page[amount.start].text
    raced = page.lower(amount.start - 1) in lexicon.words("race_joints")
    return told and raced and is_of_size(before, amount, 10)


def is_speed_in_zone(page: Page, part: Amount, whole: Amount) -> bool:
    """As in "105 in a 40 mph zone"."""
    fast = whole.unit is not None and whole.unit.si == _SPEED
    return fast and page.words(part.stop, whole.start) in (("in", "a"), ("in", "an"), ("in", "the"))
