"""Roles: what the article says a person is, beside the person's name, and of which body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pipeline.components.lexicons import words_by_class
from pipeline.components.names.genders import is_given_name
from pipeline.components.quotation_marks import find_quotations
from pipeline.components.quotes.attribution import Offsets
from pipeline.components.speakers.phrases import (
    SourcePhrase,
    is_person_noun,
    names_in,
    party_word,
    role_noun,
)
from pipeline.components.speakers.role_places import (
    Range,
    before_name,
    behind_name,
    fronted,
    is_circumstance,
    predicates,
)
from pipeline.components.speakers.words import Words
from pipeline.record import Entity, span_of
from pipeline.record import Span as RecordSpan

# Bounds the work on a person whom every sentence calls something.
MOST_KNOWN = 20
# Bounds the work on an article in which everybody is a mayor.
MOST_HOLDERS = 40
_LONGEST_ROLE = 16
_AFTER_NAME = re.compile(r"\s*(?:,|\(|[—–-]\s)\s*")
_TITLE_BEHIND_COMMA = re.compile(r",\s*(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Lord|Lady)\.?\s*$")
_DANGLING = re.compile(r"(?:\s+(?:of|for|at|from|in|to|with|on|and|the|an?))+\s*$")
_LEADING = re.compile(r"[\s,]*(?:(?:the|an?|his|her|their|its)\s+)?", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;)]|\s(?:who|which|that|and (?:an?|the))\s")
_PARTY_CODE = re.compile(r"[DRI]-[A-Z][\w. ]*")
_PARTY = re.compile(r"(?:,\s+|\s\()([DRI]-[A-Z][\w. ]*?)(?=[,)]|\s[a-z])")
_WORDS = words_by_class("speakers_words.tsv")
_LIST_GAP = re.compile(r"(?:,? \([^()]{1,20}\))?(?:,| and|, and| or| &) ")
_ONE_OF = re.compile(r"one of\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_PREPOSITIONS = frozenset(("of", "for", "at", "from", "in", "to", "with", "on", "by"))


@dataclass(frozen=True, slots=True)
class Role:
    """A role phrase, its head noun, and the bodies named in it."""

    span: RecordSpan
    noun: str
    bodies: tuple[Entity, ...]


class RoleBook:
    """The roles of the things of an article, by ``ref``, as far as they are known."""

    def __init__(self) -> None:
        self._roles: dict[str, dict[str, Role]] = {}
        self._told: Counter[tuple[str, str]] = Counter()
        self._holders: dict[str, dict[str, None]] = {}

    def add(self, ref: str, role: Role) -> None:
        """Note that the article calls a thing so."""
        phrase, known = role.span.exact.lower(), self._roles.setdefault(ref, {})
        self._told[ref, phrase] += 1
        if phrase not in known and len(known) < MOST_KNOWN:
            known[phrase] = role
            holders = self._holders.setdefault(role.noun, {})
            if len(holders) < MOST_HOLDERS:
                holders[ref] = None

    def of(self, ref: str) -> list[Role]:
        """The roles of a thing, those told most often first."""
        known = self._roles.get(ref, {})
        return [known[phrase] for phrase in sorted(known, key=lambda phrase: -self._told[ref, phrase])]

    def holders(self, noun: str) -> AbstractSet[str]:
        """The things whom the article gives a role with this noun."""
        return self._holders.get(noun, {}).keys()


def person_roles(words: Words, entities: Sequence[Entity]) -> dict[str, list[Role]]:
    """The roles of every person, by ``ref``, each phrase once, those told most often first."""
    book, reader = RoleBook(), RoleReader(words, entities)
    for ref, role in reader.person_roles():
        book.add(ref, role)
    told = dict.fromkeys(person.ref for person in reader.persons)
    return {ref: roles for ref in told if (roles := book.of(ref))}


def _in_one_list(text: str, one: Entity, other: Entity) -> bool:
    gap = _LIST_GAP.match(text, one.end)
    return gap is not None and gap.end() == other.start


def _is_plural(role: Role) -> bool:
    """Whether the phrase is of several: "Sens.", "candidates"."""
    head = _head_part(_WORD.findall(role.span.exact))[-1:]
    return bool(head) and head[0].lower().endswith(("s", "men")) and role_noun(head[0]) != head[0].lower()


class RoleReader:
    """Reads the roles around the names of one article."""

    def __init__(self, words: Words, entities: Sequence[Entity]) -> None:
        self._words, self._entities = words, entities
        self.persons = [entity for entity in entities if entity.label == "PERSON"]
        self.first_words = frozenset(self._first_word(person) for person in self.persons)
        self._quotations = [(q.start, q.end) for q in find_quotations(words.text)]

    def person_roles(self) -> Iterator[tuple[str, Role]]:
        """Every role that stands beside a person's name, with the person's ``ref``, in text order."""
        before: list[Role] = []
        last: Entity | None = None
        for person in self.persons:
            shared = before if last is not None and _in_one_list(self._words.text, last, person) else []
            before = list(self.before(person)) or [role for role in shared if _is_plural(role)]
            for role in (*before, *self.behind(person)):
                yield person.ref, role
            last = person

    def before(self, person: Entity) -> Iterator[Role]:
        """What stands before the name."""
        name = self._first_word(person)
        if name < len(self._words):
            yield from self._read(before_name(self._words, name))
            yield from self._read(fronted(self._words, name, self._is_name))

    def behind(self, person: Entity) -> Iterator[Role]:
        """What stands behind the name, and what is said of it."""
        party = _PARTY.match(self._words.text, person.end)
        if party is not None:
            yield from self._role(*party.span(1))
        stop = self._words.before(person.end) + 1
        for place in behind_name(self._words, stop, self._is_name):
            yield from self._read(place)
            if self._words.lower[place[1] : place[1] + 1] == ("who",):
                yield from self.said_of(place[1])
        if not self.is_quoted(person.start):
            yield from self.said_of(stop)

    def said_of(self, stop: int) -> Iterator[Role]:
        """The roles that a verb gives to the person named right before the word ``stop``."""
        for place in predicates(self._words, stop, self._is_name):
            yield from self._read(place)

    def _first_word(self, person: Entity) -> int:
        """The word with which the name begins, a given name that the tagger left out included."""
        words, first = self._words, self._words.at(person.start)
        while first > 0 and words.tags[first - 1] == "NNP" and _is_given(words, first - 1):
            first -= 1
        return first

    def _is_name(self, index: int) -> bool:
        return index in self.first_words

    def is_quoted(self, position: int) -> bool:
        """Whether the words there are somebody's: what speakers call each other is no role."""
        index = bisect_right(self._quotations, (position, len(self._words.text))) - 1
        return index >= 0 and position < self._quotations[index][1]

    def _read(self, place: Range | None) -> Iterator[Role]:
        if place is not None and place[0] < place[1] and not is_circumstance(self._words, place[0]):
            yield from self._role(*self._words.place(*place))

    def _role(self, start: int, end: int) -> Iterator[Role]:
        role = role_at(self._words.text, start, end, self._entities)
        if role is not None:
            yield role


def _is_given(words: Words, index: int) -> bool:
    word = words.lower[index]
    return is_given_name(word) or (len(word) == 2 and word.endswith("."))


def role_at(text: str, start: int, end: int, entities: Sequence[Entity]) -> Role | None:
    """The role in ``text[start:end]``, or None where its head is no word for what somebody is."""
    end = start + len(_DANGLING.sub("", text[start:end]))
    words = _WORD.findall(text[start:end])
    if words and text[end - 1] == "." and is_person_noun(words[-1].lower()):
        end -= 1  # the stop of the sentence, not of an abbreviation
    if not words or len(words) > _LONGEST_ROLE:
        return None
    one_of = _ONE_OF.match(text, start, end)
    head = _head_part(words[2:] if one_of else words)
    nouns = (role_noun(word) for word in reversed(head))
    noun = next((noun for noun in nouns if noun is not None), None)
    if noun in _WORDS["no_role"]:
        return None
    inside = names_in(entities, start, end)
    if noun is None and not _stands_for_role(text, start, end, inside):
        return None
    bodies = tuple(entity for entity in inside if entity.label != "PERSON")
    return Role(span_of(text, start, end), noun or "", bodies)


def _stands_for_role(text: str, start: int, end: int, inside: Sequence[Entity]) -> bool:
    """A party code ("D-Ohio"), a party or people ("a Republican"), or whose somebody is ("CNN's")."""
    if _PARTY_CODE.fullmatch(text, start, end):
        return True
    (entity,) = inside if len(inside) == 1 else (None,)
    if entity is None or entity.start != start:
        return False
    rest = text[entity.end : end]
    return (rest in ("'s", "’s", "'", "’") and entity.label == "ORG") or (not rest and entity.label == "NORP")


def _head_part(words: list[str]) -> list[str]:
    """The words before the first preposition: "director" in "director of the agency's office"."""
    for index, word in enumerate(words):
        if index and word.lower() in _PREPOSITIONS:
            return words[:index]
    return words


def roles_in_source(text: str, source: Offsets, head: Entity, entities: Sequence[Entity]) -> list[Role]:
    """The roles that a source phrase itself gives beside its name: "a lawyer for the firm, Jane Roe"."""
    leading = _TITLE_BEHIND_COMMA.sub("", text[source[0] : head.start])
    before = _stripped(text, source[0], source[0] + len(leading))
    after = _AFTER_NAME.match(text, head.end, source[1])
    places = [before]
    if after is not None:
        places.append(_stripped(text, after.end(), _clause_start(text, after.end(), source[1])))
    found = (role_at(text, start, end, entities) for start, end in places if start < end)
    return [role for role in found if role is not None]


def nominal_role(text: str, phrase: SourcePhrase) -> Role:
    """The role that a resolved "the Republican nominee" gives its bearer."""
    start, end = _stripped(text, phrase.start, _clause_start(text, phrase.start, phrase.end))
    bodies = tuple(e for e in phrase.inside if start <= e.start and e.end <= end)
    return Role(span_of(text, start, end), phrase.noun or "", bodies)


def _clause_start(text: str, start: int, end: int) -> int:
    clause = _CLAUSE.search(text, start, end)
    return clause.start() if clause else end


def _stripped(text: str, start: int, end: int) -> Offsets:
    """Without article, commas and blanks at the ends."""
    article = _LEADING.match(text, start, end)
    start = article.end() if article else start
    while end > start and text[end - 1] in " \u00a0,(—–-":
        end -= 1
    return start, end


def affiliation_of(roles: Sequence[Role], states: Iterable[Entity]) -> str | None:
    """The organisation that the roles name, else the party, else the place, as the article calls it.

    Of "head of the claims department at Lumen" it is Lumen; of "French minister" the state, where named.
    """
    for role in roles:
        organisations = [body for body in role.bodies if body.label == "ORG"]
        if organisations:
            return organisations[-1].name
    party = next((word for role in roles if (word := party_word(role.span.exact))), None)
    body = next((body for role in roles for body in role.bodies), None)
    if party is not None or body is None:
        return party
    if body.label != "NORP":
        return body.name
    own = (state.name for state in states if state.country == body.country)
    return next(own, body.exact)
