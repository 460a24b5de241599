"""What is counted or measured: the noun phrase of a quantity, found without a parser."""

from __future__ import annotations

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.phrases import is_possessive, phrase_after, phrase_before, subject_before

Place = tuple[int, int]

_OTHERS = frozenset(("other", "others", "more", "additional", "extra", "further", "such", "of", "in", "worth", "new"))
_PREDICATES = frozenset("is was are were be been being reached reaches hit hits totalled totaled stood stands averaged remains remained".split())
_SUBJECT_KINDS = frozenset(("percent", "percentage_points", "money", "measure", "multiple", "ratio", "fraction"))
_NAME_GAP = 12


def counted_phrase(page: Page, amount: Amount, *, start: int, stop: int) -> Place | None:
    """The lexemes of the counted phrase; ``start`` and ``stop`` take in the modifiers around the amount."""
    if amount.kind == "age":
        return _aged(page, amount, start, stop)
    if amount.kind == "ordinal":
        return _ranked(page, amount)
    if amount.kind == "duration":
        return _lasting(page, amount, start, stop)
    found = _right(page, amount, stop)
    if found is not None:
        return found
    if amount.kind == "count":
        return None
    return _head_of(page, start) or _left(page, amount, start, stop)


def _right(page: Page, amount: Amount, stop: int) -> Place | None:
    """The phrase on the right: "N of X", "half the X", "$50 million X", "20-minute X", "46% X"."""
    place = _after_rate(page, _past_brackets(page, stop))
    word = page.lower(place)
    if word == "of":
        return phrase_after(page, place + 1)
    if page.hyphen(place) and page.glued(place) and page.glued(place + 1):
        return _hyphenated(page, place + 1)
    if amount.kind == "money" and word in ("in", "worth", "for", "on"):
        return phrase_after(page, place + (2 if page.lower(place + 1) == "of" else 1))
    if amount.kind in ("multiple", "ratio") and word in ("the", "as", "more", "of"):
        return phrase_after(page, place) if word == "the" else None
    if amount.kind == "fraction" and word in ("the", "a", "an", "its", "their", "his", "her", "our", "all", "my"):
        return phrase_after(page, place)
    if amount.kind in ("percent", "money", "measure", "percentage_points") and not amount.attached:
        return _bare_noun(page, amount, place)
    if amount.kind in ("fraction", "multiple"):
        return None
    return phrase_after(page, place) if _may_start(page, place) else None


def _past_brackets(page: Page, stop: int) -> int:
    """The place after a bracket that only repeats the amount: "£420m ($500m) deal"."""
    if page.lower(stop) not in ("(", "[") or stop + 8 < 0:
        return stop
    for index in range(stop + 1, min(stop + 8, page.limit(stop))):
        if page.lower(index) in (")", "]"):
            return index + 1
    return stop


def _after_rate(page: Page, place: int) -> int:
    """The place after "daily" or "per day" when the noun still follows."""
    return place


def _may_start(page: Page, place: int) -> bool:
    if place >= len(page) or place >= page.limit(place - 1):
        return False
    return page[place].kind == "word" or page[place].text in "“\"‘'"


def _bare_noun(page: Page, amount: Amount, place: int) -> Place | None:
    """"$5 million contract", "3 percent growth": the noun right behind the unit, no determiner between."""
    if not _may_start(page, place) or page.tag(place) not in ("NN", "NNS", "JJ", "NNP", "NNPS", "JJR", "VBG"):
        return None
    if page.lower(place) in ("more", "less", "higher", "lower", "north", "south", "east", "west", "away", "each", "apart", "deep", "long", "wide", "tall", "high", "off", "northwest", "northeast", "southwest", "southeast", "today", "yesterday", "tall", "thick", "outside", "above", "below", "short"):  # noqa: E501
        return None
    return phrase_after(page, place)


def _hyphenated(page: Page, place: int) -> Place | None:
    """"two-front war" counts fronts; "two-way race" counts races."""
    found = phrase_after(page, place)
    if found is None:
        return None
    if page.lower(place) in ("way", "pronged", "fold", "sided", "part", "tier", "plus", "odd", "person", "star", "digit", "member", "dimensional"):
        after = phrase_after(page, place + 1)
        return after or found
    if found[1] > place + 1 and page.tag(place) in ("NN", "NNS"):
        return place, place + 1
    return found


def _head_of(page: Page, start: int) -> Place | None:
    """"a fine of $800", "winds of 85 km/h": the phrase that the amount is the measure of."""
    if page.lower(start - 1) != "of":
        return None
    return phrase_before(page, start - 1)


def _left(page: Page, amount: Amount, start: int, stop: int) -> Place | None:
    """The phrase on the left: what is measured, moved or told of."""
    before = page.lower(start - 1)
    if before in ("(", "["):
        return phrase_before(page, start - 1)
    if amount.kind == "measure" and before == "," and _is_distance(page, stop):
        return phrase_before(page, start - 1)
    verb = _verb_before(page, start)
    return subject_before(page, verb) if verb is not None else None


def _is_distance(page: Page, stop: int) -> bool:
    return page.lower(stop) in ("north", "south", "east", "west", "northwest", "northeast", "southwest", "southeast", "from", "away", "off", "outside", "inland", "(")  # noqa: E501


def _verb_before(page: Page, start: int) -> int | None:
    """The nearest verb before the amount with at most prepositions and adverbs between."""
    first = page.starts[start] if start < len(page) else 0
    for index in range(start - 1, max(first, start - 8) - 1, -1):
        tag = page.tag(index)
        if tag in ("VBD", "VBZ", "VBP", "VB", "VBN", "MD", "VBG") and page[index].kind == "word":
            return _first_auxiliary(page, index, first)
        if tag in ("NN", "NNS", "NNP", "PRP") or page[index].text in ";:":
            return None
    return None


def _first_auxiliary(page: Page, index: int, first: int) -> int:
    while index - 1 >= first and page.tag(index - 1) in ("MD", "VBD", "VBZ", "VBP", "VB", "VBN", "RB", "TO"):
        index -= 1
    return index


def _aged(page: Page, amount: Amount, start: int, stop: int) -> Place | None:
    """The person of an age."""
    if page.lower(amount.stop - 1) in ("old", "olds") and (amount.attached or page.hyphen(amount.stop - 2)):
        if page.lower(amount.stop - 1) == "olds" or not _may_start(page, amount.stop):
            return None
        return _old_noun(page, amount.stop)
    if page.lower(start - 1) in (",", "("):
        return _name_before(page, start - 1)
    announced = start - 1
    while announced > page.starts[start] and page.lower(announced) in ("of", "age", "ages", "the", "at", "aged", "by", "between"):
        announced -= 1
    if page.lower(announced) == "," :
        return _name_before(page, announced) or subject_before(page, announced)
    if announced < start - 1 and page.tag(announced) in ("NN", "NNS", "NNP"):
        return phrase_before(page, announced + 1)
    verb = _verb_before(page, start)
    return subject_before(page, verb) if verb is not None else None


def _old_noun(page: Page, place: int) -> Place | None:
    if page.tag(place) in ("NN", "NNS", "JJ", "NNP", "NNPS", "VBN", "VBG"):
        return phrase_after(page, place)
    return None


def _name_before(page: Page, stop: int) -> Place | None:
    """The run of capitalised words that ends here."""
    begin = stop
    while begin - 1 >= page.starts[stop - 1] and stop - begin < _NAME_GAP and _is_name_word(page, begin - 1):
        begin -= 1
    while begin < stop and page.lower(begin) in ("mr", "mrs", "ms", "dr", "sen", "rep", "gov", "the", "."):
        begin += 1
    return (begin, stop) if begin < stop else phrase_before(page, stop)


def _is_name_word(page: Page, index: int) -> bool:
    if page.hyphen(index):
        return page.glued(index) and page.glued(index + 1)
    return page[index].kind == "word" and page[index].text[0].isupper() and not is_possessive(page, index)


def _ranked(page: Page, amount: Amount) -> Place | None:
    """What an ordinal ranks: "14th largest investor", "fourth among insurers"."""
    place = amount.stop + 1 if page.hyphen(amount.stop) else amount.stop
    word = page.lower(place)
    if word in ("among", "in", "of", "on"):
        return phrase_after(page, place + 1) if word in ("among", "of") else None
    if page.tag(place) == "JJS" or word in lexicon.words("superlatives"):
        found = phrase_after(page, place)
        return (place, found[1]) if found is not None and found[0] >= place else None
    return None


def _lasting(page: Page, amount: Amount, start: int, stop: int) -> Place | None:
    """What lasts: "six weeks of leave", "an 11-day tour", "a wife of 20 years"; a verb's duration has none."""
    if amount.attached and _may_start(page, stop):
        return phrase_after(page, stop)
    if page.lower(stop) == "of":
        if page.lower(stop + 1) in ("the", "his", "her", "its", "this"):
            return None
        return phrase_after(page, stop + 1)
    if page.lower(start - 1) == "of":
        found = phrase_before(page, start - 1)
        return found if found is not None and page.lower(found[1] - 1) not in ("period", "course", "end", "total", "minimum", "maximum") else None
    if page.lower(stop) in ("in", "long") and page.lower(stop + 1) in ("duration", "length", ",", "."):
        verb = _verb_before(page, start)
        return subject_before(page, verb) if verb is not None else None
    return None
