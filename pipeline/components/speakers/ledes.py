"""Whom a lede only describes: "A ranger told an inquest …", and the next paragraph names her."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from pipeline.components.speakers.antecedents import Place
from pipeline.components.speakers.phrases import noun_gender
from pipeline.record import Entity

# Headline, deck, byline and the first paragraph of the body: where somebody may stand who is named later.
LAST_OF_LEDE: Final = 4
# How far behind the description the name may stand, in paragraphs.
_PARAGRAPHS_AHEAD: Final = 2
# Mentions looked at behind the description.
_REACH: Final = 20
# Mentions before it; behind so many persons who do nothing, in one endless paragraph, nothing is a lede.
_MOST_BEFORE: Final = 1_000


def named_next(
    persons: Sequence[Entity],
    subjects: AbstractSet[int],
    genders: Mapping[str, str],
    described: Place,
    noun: str,
    place_of: Callable[[int], Place],
) -> Entity | None:
    """The person in full name who is the first to act behind a description, if nobody acted before it.

    ``persons`` are the mentions of the article in order, ``subjects`` where those stand who act, ``noun``
    heads the description. The name opens no sooner than in the next paragraph.
    """
    first = bisect_left(persons, described.position, key=lambda person: person.start)
    if described.paragraph > LAST_OF_LEDE or first > _MOST_BEFORE:
        return None
    if any(person.start in subjects for person in persons[:first]):
        return None
    acting = (person for person in persons[first : first + _REACH] if person.start in subjects)
    found = next(acting, None)
    if found is None or " " not in found.exact:
        return None
    is_near = 0 < place_of(found.start).paragraph - described.paragraph <= _PARAGRAPHS_AHEAD
    told = {noun_gender(noun), genders.get(found.ref)} - {None}
    return found if is_near and len(told) < 2 else None
