"""What is counted or measured: the noun phrase of a quantity, found without a parser."""

from __future__ import annotations

from collections.abc import Set

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.persons import person_of
from pipeline.components.quantities.phrases import (
    Place,
    is_possessive,
    past_brackets,
    phrase_after,
    phrase_before,
    subject_before,
)

_MEASURED = frozenset(("percent", "percentage_points", "money", "measure"))
_BARE_TAGS = frozenset(("NN", "NNS", "JJ", "NNP", "NNPS"))
_REACH_BACK = 8


def counted_phrase(page: Page, amount: Amount, start: int, stop: int) -> Place | None:
    """The lexemes of the counted phrase; ``start`` and ``stop`` take in the modifiers around the amount."""
    if amount.kind == "age":
        return person_of(page, amount, start)
    if amount.kind == "ordinal":
        return _ranked(page, amount)
    if (
        amount.kind == "fraction"
        and page.lower(amount.stop - 2) in ("in", "of")
        and _is_named_part(page, amount)
    ):
        return amount.number_stop, amount.number_stop + 1
    if amount.kind == "duration":
        return _lasting(page, amount, start, stop)
    if amount.kind in _MEASURED and not amount.attached and page.lower(stop) != "of":
        head = _head_of(page, start)
        if head is not None:
            return head
    found = _right(page, amount, stop) or _left(page, amount, start, stop)
    if found is None and amount.kind == "money":
        return _paid_for(page, stop, ("on", "for"))
    return found


def _is_named_part(page: Page, amount: Amount) -> bool:
    """As in "one farm in three": the noun stands inside the share."""
    return amount.number_stop + 1 < amount.stop and page.tag(amount.number_stop) == "NN"


def _hyphen_adjective(page: Page, place: int) -> int:
    """The place after "-long" of "3-metre-long jaws"."""
    compound = page.hyphen(place) and page.lower(place + 1) in lexicon.words("hyphen_adjectives")
    return place + 2 if compound else place


def _right(page: Page, amount: Amount, stop: int) -> Place | None:
    """The phrase on the right: "N of X", "half the X", "$50 million X", "20-minute X"."""
    place = _hyphen_adjective(page, past_brackets(page, stop))
    if place >= page.limit(stop - 1):
        return None
    if page.lower(place) == "of" and not _is_dimension(page, amount):
        return _of_right(page, amount, place)
    if amount.attached and page.hyphen(place):
        return _hyphenated(page, place + 1)
    if amount.kind == "count":
        return _agreeing(page, amount, phrase_after(page, place)) if _may_start(page, place) else None
    if amount.kind in ("fraction", "ratio", "multiple"):
        return _part_of_whole(page, amount, place)
    if amount.attached and _may_start(page, place):
        return phrase_after(page, place)
    if amount.kind == "money":
        place += page.lower(place) in ("'", "’") and page.lower(place + 1) == "worth"
        return _paid_for(page, place, ("in", "worth")) or _bare_noun(page, place)
    return _bare_noun(page, place)


def _of_right(page: Page, amount: Amount, place: int) -> Place | None:
    """X of "40 percent of X"; a measure's own dimension comes first ("a radius of 20 km of the dam")."""
    if page.tag(place + 1) in ("WDT", "WP", "PRP") if place + 1 < len(page) else True:
        return None
    return phrase_after(page, place + 1, masses=amount.kind in ("measure", "money"))


def _is_dimension(page: Page, amount: Amount) -> bool:
    """As in "a radius of 20 km of the dam" measures the radius."""
    return (
        amount.kind == "measure"
        and page.lower(amount.start - 1) == "of"
        and page.lower(amount.start - 2) in lexicon.words("dimensions")
    )


def _agreeing(page: Page, amount: Amount, found: Place | None) -> Place | None:
    """The counted phrase, unless it opens with a past form and has no plural: then that form is a verb."""
    if found is None:
        return None
    begin, stop = found
    verb = page.tag(begin) in ("VBN", "VBD", "VBG") and not page.hyphen(begin + 1)
    if verb and amount.value != 1 and page.tag(stop - 1) not in ("NNS", "NNPS"):
        return None
    return found


def _part_of_whole(page: Page, amount: Amount, place: int) -> Place | None:
    """As in "half the shells", "one in five voters", "double the number", "a 2-to-1 vote"."""
    if page.lower(place) in lexicon.words("whole_determiners"):
        return phrase_after(page, place)
    share = amount.kind == "ratio" or (
        amount.kind == "fraction"
        and page.tag(amount.stop - 1) == "CD"
        and page.lower(amount.stop - 1) != "half"
    )
    return _bare_noun(page, place) if share else None


def _may_start(page: Page, place: int) -> bool:
    return place < len(page) and (page[place].kind == "word" or page[place].text in "“\"‘'")


def _paid_for(page: Page, place: int, joints: tuple[str, ...]) -> Place | None:
    """As in "$2 billion in exports", "spent $28 million on the work", "$5 worth of goods"."""
    word = page.lower(place)
    if word not in joints or place + 1 >= page.limit(place) or page.timed[place + 1]:
        return None
    if word == "worth" and page.lower(place + 1) == "of":
        return phrase_after(page, place + 2, masses=True)
    if word == "worth" or page.lower(place + 1) in lexicon.words("manner_nouns"):
        return None
    found = phrase_after(page, place + 1)
    if found is None or page.timed[found[1] - 1] or page.tag(found[1] - 1) in ("NNP", "NNPS"):
        return None
    return found if page.tag(place + 1) != "DT" or word != "in" else None


def _bare_noun(page: Page, place: int) -> Place | None:
    """As in "$5 million contract", "3 percent growth": the noun right behind the unit."""
    if not _may_start(page, place) or page.timed[place] or page.lower(place) in lexicon.words("directions"):
        return None
    if page.tag(place) not in _BARE_TAGS and page.lower(place) not in lexicon.changes("noun"):
        return None
    found = phrase_after(page, place)
    if found is None or page.tag(found[1] - 1) in ("NNP", "NNPS"):
        return None
    return None if page.lower(found[1] - 1) in lexicon.words("mark_nouns") else found


def _hyphenated(page: Page, place: int) -> Place | None:
    """As in "two-front war" counts fronts; "two-way race" counts races."""
    found = phrase_after(page, place)
    if found is None or page.lower(place) in lexicon.words("hyphen_heads"):
        after = place + 2 if page.hyphen(place + 1) else place + 1
        return phrase_after(page, after) or found
    if found[1] > place + 1 and page.tag(place) in ("NN", "NNS") and not page.hyphen(place + 1):
        return place, place + 1
    return found


def _head_of(page: Page, start: int) -> Place | None:
    """As in "a fine of $800", "winds of 85 km/h": the phrase that the amount is the measure of."""
    place = _past_article(page, start)
    if page.lower(place - 1) != "of" or page.lower(place - 2) in lexicon.words("total_nouns"):
        return None
    return phrase_before(page, place - 1, certain=True)


def _past_article(page: Page, start: int) -> int:
    """The place before "a modest" in "by a modest 1.6 percent", before "between" of a range."""
    if page.lower(start - 1) in ("between", "from", "anywhere"):
        return start - 1
    if page.lower(start - 1) in ("a", "an", "the", "another"):
        return start - 1
    if page.lower(start - 2) in ("a", "an", "the") and page.tag(start - 1) in ("JJ", "VBN"):
        return start - 2
    return start


def _left(page: Page, amount: Amount, start: int, stop: int) -> Place | None:
    """The phrase on the left: what is measured, moved or told of."""
    place = _past_article(page, start)
    before = page.lower(place - 1)
    if amount.kind == "count":
        if before == "of":
            return _head_of(page, start)
        return (
            phrase_before(page, place - 1)
            if before in ("to", "at") and page.tag(place - 2) in ("NN", "NNS")
            else None
        )
    if before in ("(", "["):
        return phrase_before(page, place - 1)
    if before == "," and amount.kind == "measure":
        return _place_name(page, place - 1)
    if place >= 2 and is_possessive(page, place - 1) and not page.timed[place - 2]:
        return phrase_before(page, place - 1)
    if before in ("at", "on", "with"):
        return _beside(page, place - 1)
    if amount.kind == "measure" and page.lower(stop) in lexicon.words("distance_words"):
        direct = phrase_before(page, place)
        if direct is not None and page.lower(place - 1) not in lexicon.words("measure_verbs"):
            return direct
    if amount.kind == "multiple" and amount.form == "words":
        direct = phrase_before(page, place)
        return direct or subject_before(page, place)
    return _moved(page, place) or _subject(page, amount, place) or _direct(page, amount, place)


def _moved(page: Page, place: int) -> Place | None:
    """As in "cut its rate by 25 points": the object that a verb moves."""
    found = phrase_before(page, place - 1) if page.lower(place - 1) == "by" else None
    if found is None:
        return None
    verb = found[0] - 1
    while verb > page.starts[place] and page.lower(verb) in lexicon.words("determiners"):
        verb -= 1
    moves = page.lower(verb) in lexicon.changes("verb") or page.lower(verb) in lexicon.changes("verb_by")
    return found if moves else None


def _beside(page: Page, joint: int) -> Place | None:
    """As in "the position at $38 billion", "the candidate Carlos Mesa, on 31 percent"."""
    if page.lower(joint - 1) == ",":
        return phrase_before(page, joint - 1) if page.tag(joint - 2) in ("NNP", "NNPS") else None
    return phrase_before(page, joint) if page.tag(joint - 1) in ("NN", "NNS") else _subject(page, None, joint)


def _direct(page: Page, amount: Amount, place: int) -> Place | None:
    """As in "the world average 32 percent": the noun right before a share or measure."""
    if (
        amount.kind not in ("percent", "percentage_points", "measure")
        or place == 0
        or page.tag(place - 1) not in ("NN", "NNS")
        or page.lower(place - 1) in lexicon.words("total_nouns")
    ):
        return None
    return _climbed(page, phrase_before(page, place))


def _climbed(page: Page, found: Place | None) -> Place | None:
    """The head that "of" or "in" hangs the phrase on: the plot of "a plot of land"."""
    while found is not None and page.lower(found[0] - 1) in ("of", "in"):
        above = phrase_before(page, found[0] - 1)
        if above is None:
            break
        found = above
    return found


def _place_name(page: Page, comma: int) -> Place | None:
    """The place that is so far away: the town of "La Esperanza, Honduras, 112 miles west"."""
    found = phrase_before(page, comma)
    if found is None or page.tag(found[0]) != "NNP" or page.lower(found[0] - 1) != ",":
        return found
    town = phrase_before(page, found[0] - 1)
    return town if town is not None and page.tag(town[1] - 1) == "NNP" else found


def _subject(page: Page, amount: Amount | None, place: int) -> Place | None:
    """The subject of a verb that measures or moves, where one stands before the amount."""
    verb = _measure_verb(page, amount, place)
    if verb is None:
        return None
    if page.lower(verb).endswith("ing") and page.tag(verb - 1) not in ("VBZ", "VBP", "VBD", "VB", "VBN"):
        return _climbed(page, phrase_before(page, verb - (page.lower(verb - 1) == ",")))
    first = page.starts[verb]
    while (
        verb - 1 >= first
        and page.tag(verb - 1) in ("MD", "VBD", "VBZ", "VBP", "VB", "VBN", "RB", "TO")
        and page[verb - 1].kind == "word"
    ):
        verb -= 1
    return subject_before(page, verb)


def _measure_verb(page: Page, amount: Amount | None, place: int) -> int | None:
    """The nearest verb of measuring before the amount, prepositions and adverbs between."""
    moving: Set[str] = lexicon.changes("verb").keys()
    kind = amount.kind if amount is not None else "measure"
    if kind in ("percent", "percentage_points") or page.lower(place - 1) == "by":
        moving = moving | lexicon.changes("verb_by").keys() | lexicon.words("share_verbs")
    if kind == "measure":
        moving = moving | lexicon.words("measure_holders")
    for index in range(place - 1, max(page.starts[place - 1] if place else 0, place - _REACH_BACK) - 1, -1):
        word, tag = page.lower(index), page.tag(index)
        if word in lexicon.words("measure_verbs") or (word in moving and _is_verb_here(page, index)):
            return index
        if tag in ("NN", "NNS", "NNP", "PRP", "VBD", "VBZ", "VBP", "MD") or page[index].text in ";:,—–":
            return None
    return None


def _is_verb_here(page: Page, index: int) -> bool:
    return page.tag(index - 1) not in ("DT", "JJ", "PRP$") if index else False


def _ranked(page: Page, amount: Amount) -> Place | None:
    """What an ordinal ranks: "14th largest investor", "fourth among insurers", "second on the list of"."""
    place = amount.stop + 1 if page.hyphen(amount.stop) else amount.stop
    word = page.lower(place)
    if word in ("among", "of"):
        return phrase_after(page, place + 1)
    if word in ("in", "on"):
        found = phrase_after(page, place + 1)
        listed = found is not None and page.lower(found[1] - 1) in lexicon.words("list_nouns")
        return (
            phrase_after(page, found[1] + 1)
            if found is not None and listed and page.lower(found[1]) == "of"
            else None
        )
    if place < len(page) and (page.tag(place) == "JJS" or word in lexicon.words("superlatives")):
        found = phrase_after(page, place)
        return (place, found[1]) if found is not None and found[0] >= place else None
    return None


def _lasting(page: Page, amount: Amount, start: int, stop: int) -> Place | None:
    """What lasts: "six weeks of leave", "an 11-day tour", "a wife of 20 years"; for a verb None."""
    if page.lower(start - 1) == "within":
        return None
    if page.lower(stop) == "of" and page.lower(stop + 1) not in ("the", "his", "her", "its", "this", "their"):
        return _activity(page, stop + 1)
    if amount.attached and _may_start(page, stop):
        return phrase_after(page, stop)
    if page.lower(start - 1) == "of" and page.lower(start - 2) not in lexicon.words(
        "total_nouns"
    ) | lexicon.words("periods"):
        return phrase_before(page, start - 1)
    if page.lower(start - 1) in ("lasted", "lasts", "last", "lasting"):
        return subject_before(page, start - 1)
    if page.lower(stop) in ("in", "long", "short") and page.lower(stop + 1) in lexicon.words("after_in"):
        return _subject(page, amount, start)
    return None


def _activity(page: Page, place: int) -> Place | None:
    """The noun after "years of"; of "years of fighting insurgents" the gerund alone."""
    if place < len(page) and page.lower(place).endswith("ing") and page.tag(place) in ("VBG", "NN"):
        return place, place + 1
    return phrase_after(page, place, masses=True)
