"""Which mentions of persons name the same one.

Full names are compared first, over the whole article, so that a headline's "Ito" finds the full
name below it; then short names go, in reading order, to the holder that is on the reader's mind:
title and gender must not contradict, surnames come before given names, and among equals the most
salient wins, each mention counting less the further back it lies (Lappin and Leass 1994).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.components.names.persons import PersonName, can_be_one, full_given_name, is_initial
from pipeline.components.names.titles import Gender

_DECAY = 0.9  # of salience, a person mention further
_HOLDERS = 8  # candidates looked at for a short name: keeps ten thousand Smiths linear
_SURNAME, _GIVEN, _MIDDLE = 3, 2, 1


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A mention's name, the gender its titles tell, and its titles that name an office (folded)."""

    name: PersonName
    gender: Gender | None
    offices: frozenset[str]


@dataclass(slots=True)
class _Person:
    number: int
    tiers: dict[str, int] = field(default_factory=dict)
    generations: set[str] = field(default_factory=set)
    longest: PersonName | None = None
    gender: Gender | None = None
    titled: bool = False
    offices: set[str] = field(default_factory=set)
    mentions: int = 0
    salience: float = 0.0
    last: int = 0

    def learn(self, name: PersonName) -> None:
        """Take the words of a name as words that this person answers to."""
        for word, tier in _tiers(name):
            self.tiers[word] = max(tier, self.tiers.get(word, 0))
        if name.generation:
            self.generations.add(name.generation)
        if self.longest is None or len(name.words) > len(self.longest.words):
            self.longest = name
        if self.gender is None:
            self.gender = name.told_gender

    def hear(self, mention: PersonMention) -> None:
        """Take what the titles of a mention tell; a title outweighs a given name."""
        self.offices |= mention.offices
        if mention.gender is not None and not self.titled:
            self.gender, self.titled = mention.gender, True

    def salience_at(self, position: int) -> float:
        return float(self.salience * _DECAY ** (position - self.last))

    def touch(self, position: int) -> None:
        self.salience = self.salience_at(position) + 1.0
        self.last = position

    def admits(self, mention: PersonMention) -> bool:
        """Whether nothing in the mention contradicts this person."""
        if mention.gender and self.gender and mention.gender != self.gender:
            return False
        return mention.name.generation is None or mention.name.generation in self.generations


def _tiers(name: PersonName) -> Iterator[tuple[str, int]]:
    for word in name.core[1:-1]:
        yield word, _MIDDLE
    if name.is_full:
        yield name.core[0], _SURNAME if name.family_first else _GIVEN
        yield name.given, _GIVEN
    yield name.surname, _SURNAME
    for piece in name.pieces:
        yield piece, _MIDDLE
    for nickname in name.nicknames:
        yield nickname, _GIVEN


class _Index:
    """Persons by the keys under which a later name may find them."""

    def __init__(self) -> None:
        self.persons: list[_Person] = []
        self._by_key: dict[tuple[str, ...], list[_Person]] = {}
        self._holders: dict[str, list[_Person]] = {}
        self._recent: dict[str, dict[int, _Person]] = {}

    def add(self, name: PersonName) -> _Person:
        """A new person of this name."""
        person = _Person(len(self.persons))
        self.persons.append(person)
        self.register(name, person)
        return person

    def register(self, name: PersonName, person: _Person) -> None:
        """Let the person be found under the words of the name and its parts."""
        new_words = {word for word, _ in _tiers(name)} - person.tiers.keys()
        for word in sorted(new_words):
            self._put(self._holders.setdefault(word, []), person)
        person.learn(name)
        for key in _keys(name):
            self._put(self._by_key.setdefault(key, []), person)

    @staticmethod
    def _put(shelf: list[_Person], person: _Person) -> None:
        if len(shelf) < _HOLDERS and person not in shelf:
            shelf.append(person)

    def find_full(self, name: PersonName) -> _Person | None:
        """The one person that a full name can name, or None."""
        for keys, checked in (
            (_spelling_keys(name), False),
            (_comparison_keys(name), True),
            (_part_keys(name), False),
        ):
            found = {person.number: person for key in keys for person in self._by_key.get(key, ())}
            fitting = [
                p for p in found.values() if not checked or (p.longest and can_be_one(name, p.longest))
            ]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def touch(self, person: _Person, position: int) -> None:
        """Make the person the one last mentioned."""
        person.touch(position)
        for word in person.tiers:
            recent = self._recent.setdefault(word, {})
            recent.pop(person.number, None)
            recent[person.number] = person
            if len(recent) > _HOLDERS:
                del recent[next(iter(recent))]

    def find_short(self, mention: PersonMention, position: int) -> _Person | None:
        """The holder of a single name that the reader has most on their mind, or None."""
        word = mention.name.core[0]
        candidates = [*self._candidates(word), *self._candidates(full_given_name(word))]
        fitting = [person for person in candidates if person.admits(mention)]
        return max(fitting, key=lambda person: _rank(person, mention, position), default=None)

    def _candidates(self, word: str) -> Iterable[_Person]:
        return (*self._recent.get(word, {}).values(), *self._holders.get(word, ()))


def _rank(person: _Person, mention: PersonMention, position: int) -> tuple[bool, int, bool, float, int, int]:
    word = mention.name.core[0]
    tier = person.tiers.get(word) or person.tiers.get(full_given_name(word), 0)
    same_office = not person.offices.isdisjoint(mention.offices)
    elder = mention.name.generation is not None or not person.generations  # a bare name is hardly the son's
    return same_office, tier, elder, person.salience_at(position), person.mentions, -person.number


def _keys(name: PersonName) -> Iterator[tuple[str, ...]]:
    yield from _spelling_keys(name)
    if name.is_full:
        yield ("ends", name.given, name.surname)
        yield ("initial", name.core[0][0], name.surname)
        generation = name.generation or ""
        for size in range(2, len(name.words)):
            yield ("part", generation, *name.words[:size])
            yield ("part", generation, *name.words[-size:])


def _spelling_keys(name: PersonName) -> Iterator[tuple[str, ...]]:
    """Keys that "Kim Jong-un", "Kim Jong Un" and "Jong-un Kim" share."""
    generation = name.generation or ""
    yield ("joined", generation, "".join(name.words))
    yield ("sorted", generation, *sorted(name.core))


def _comparison_keys(name: PersonName) -> Iterator[tuple[str, ...]]:
    yield ("ends", name.given, name.surname)
    if is_initial(name.core[0]):
        yield ("initial", name.core[0][0], name.surname)


def _part_keys(name: PersonName) -> Iterator[tuple[str, ...]]:
    yield ("part", name.generation or "", *name.words)


def cluster_persons(mentions: Sequence[PersonMention]) -> list[int]:
    """The number of the person that each mention names, in the order of the mentions."""
    index = _Index()
    full = _place_full_names(index, mentions)
    answers = []
    for position, mention in enumerate(mentions):
        person = full.get(mention.name) or index.find_short(mention, position) or index.add(mention.name)
        person.hear(mention)
        index.touch(person, position)
        answers.append(person.number)
    return answers


def _place_full_names(index: _Index, mentions: Sequence[PersonMention]) -> dict[PersonName, _Person]:
    """The person of every full name: long forms first, those with initials last."""
    distinct = dict.fromkeys(mention.name for mention in mentions if mention.name.is_full)
    full: dict[PersonName, _Person] = {}
    for name in sorted(distinct, key=lambda name: (is_initial(name.core[0]), -len(name.words))):
        person = index.find_full(name) or index.add(name)
        index.register(name, person)
        full[name] = person
    for mention in mentions:
        if mention.name in full:
            full[mention.name].mentions += 1
            full[mention.name].hear(mention)
    return full
