"""Whose age it is: the noun after "70-year-old", the name before ", 43,", the subject of "aged 39"."""

from __future__ import annotations

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.phrases import (
    Place,
    is_name_word,
    names_in_sentence,
    phrase_after,
    phrase_before,
)

_NOUN_TAGS = frozenset(("NN", "NNS", "JJ", "NNP", "NNPS", "VBN", "VBG"))


def person_of(page: Page, amount: Amount, start: int) -> Place | None:
    """The lexemes of the person or thing that is so old."""
    last = page.lower(amount.stop - 1)
    if last in ("old", "olds"):
        if page.hyphen(amount.stop - 2) or page.hyphen(amount.stop - 4):
            return _after_old(page, amount.stop) if last == "old" else None
        return _being_old(page, start)
    if page.lower(start - 1) in (",", "("):
        return _name_before(page, start - 1)
    return _announced(page, start)


def _after_old(page: Page, place: int) -> Place | None:
    if place >= page.limit(place - 1) or page.tag(place) not in _NOUN_TAGS:
        return None
    return phrase_after(page, place)


def _being_old(page: Page, start: int) -> Place | None:
    """As in "The saga is ten years old": the phrase before the verb."""
    verb = start - 1
    while verb > page.starts[start] and page.lower(verb) in lexicon.words("before_age_number"):
        verb -= 1
    return (
        phrase_before(page, verb)
        if page.lower(verb) in ("is", "was", "are", "were", "turned", "be")
        else None
    )


def _announced(page: Page, start: int) -> Place | None:
    """As in "individuals ages 55 to 65", "a student in his 20s", "Lee died at the age of 84"."""
    place = start
    while place - 1 > page.starts[start - 1 if start else 0] and page.lower(place - 1) in lexicon.words(
        "around_age"
    ):
        place -= 1
    direct = phrase_before(page, place)
    if (
        direct is not None
        and page.tag(direct[1] - 1) in ("NN", "NNS")
        and page.lower(direct[1] - 1) not in ("life", "death")
    ):
        return direct
    if page.lower(place - 1) == "," and is_name_word(page, place - 2, opening=False):
        return _name_before(page, place - 1)
    if page.lower(place - 1) == "," and page.lower(place - 2) in lexicon.words("determiners"):
        return None
    return _named_nearby(page, start) or _who_was(page, place)


def _who_was(page: Page, place: int) -> Place | None:
    """As in "the victim, who was in her 20s"."""
    if (
        page.lower(place - 1) in ("was", "is", "were", "are")
        and page.lower(place - 2) in ("who", "that")
        and page.lower(place - 3) == ","
    ):
        return phrase_before(page, place - 3)
    return phrase_before(page, place - 1) if page.lower(place - 1) in ("was", "is", "were", "are") else None


def _named_nearby(page: Page, start: int) -> Place | None:
    """The person the sentence names: by the tagger where it ran, else by two capitalised words."""
    runs = names_in_sentence(page, start)
    people = [run for run in runs if page.people[run[0]]]
    if people:
        return people[0]
    full = [run for run in runs if 2 <= run[1] - run[0] <= 4 and run[0] < start]
    if full:
        return full[0]
    after_comma = [run for run in runs if page.lower(run[0] - 1) == ","]
    return after_comma[0] if after_comma and "when" in page.words(page.starts[start], start) else None


def _name_before(page: Page, stop: int) -> Place | None:
    """The run of capitalised words that ends here, titles left out; a common noun where there is none."""
    begin = stop
    while begin - 1 >= page.starts[stop - 1] and (
        is_name_word(page, begin - 1, opening=False)
        or (page.hyphen(begin - 1) and page.glued(begin - 1) and page.glued(begin))
        or (page.lower(begin - 1) in lexicon.words("name_particles") and begin < stop)
        or (page.lower(begin - 1) == "." and page.glued(begin - 1) and len(page.lower(begin - 2)) == 1)
    ):
        begin -= 1
    return (begin, stop) if begin < stop else phrase_before(page, stop)
