"""What an article has told so far when a source is reached: names, roles, who is in focus."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.components.attribution import Offsets
from pipeline.components.names import person_genders, pronoun
from pipeline.components.paragraphs import paragraphs_of
from pipeline.components.speakers.anaphora import Anaphor, find_anaphors, indefinite_nouns
from pipeline.components.speakers.antecedents import Discourse, Place, Scored
from pipeline.components.speakers.bodies import described_bodies, named_bodies, refs_by_noun
from pipeline.components.speakers.indices import first_mentions, first_states
from pipeline.components.speakers.phrases import names_in, noun_classes, noun_gender, synonyms
from pipeline.components.speakers.roles import Role, RoleReader, keep_role, role_at
from pipeline.components.speakers.words import Words
from pipeline.record import Entity

# An anaphor less sure than this tells no role and keeps nobody in focus.
LEAST_SURE = 0.7
# What a modifier or body shared with a known role is worth, and a title without any beside a bare noun.
SHARED_WEIGHT, BARE_WEIGHT = 1.5, 1.0
_NEAR_START = 40
_OBLIQUE = frozenset(("IN", "TO"))


@dataclass(frozen=True, slots=True)
class RoleQuery:
    """A role noun phrase that stands for somebody: its place, head noun and the names in it."""

    start: int
    end: int
    noun: str
    inside: tuple[Entity, ...]


class Scene:
    """The names and roles of one article, and the discourse as far as it has been followed."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.words = Words.of(doc)
        self.entities: Sequence[Entity] = doc._.entities or ()
        self._bodies = named_bodies(self.text, self.entities)
        self.owners = {body.mention.ref: body.owner for body in self._bodies}
        self.by_ref = first_mentions([*self.entities, *(body.mention for body in self._bodies)])
        self.fullest = first_mentions(entity for entity in self.entities if entity.exact == entity.name)
        self.states = first_states(self.entities)
        self.sentences = [sent.start_char for sent in doc.sents]
        self._paragraphs = [start for start, _ in paragraphs_of(doc)]
        self._reader = RoleReader(self.words, self.entities)
        described = described_bodies(self.words, self.entities)
        self.called = refs_by_noun(self.entities, described, self._bodies)
        self.roles = {**described, **self._reader.person_roles()}
        self._holders: defaultdict[str, set[str]] = defaultdict(set)
        self._parties: defaultdict[str, set[str]] = defaultdict(set)
        for ref, roles in self.roles.items():
            for role in roles:
                self._index(ref, role)
        things = sorted((*self.entities, *(body.mention for body in self._bodies)), key=lambda e: e.start)
        self.discourse = Discourse.of(
            things, self.place, self._subjects(things), person_genders(doc.text, self.entities)
        )
        self._unnamed = indefinite_nouns(self.words, self._reader.first_words)
        self._ahead = self._anaphors()
        self._next = next(self._ahead, None)

    def place(self, position: int) -> Place:
        """Sentence and paragraph of a code point."""
        return Place(
            position, bisect_right(self.sentences, position), bisect_right(self._paragraphs, position)
        )

    def learn(self, ref: str, role: Role) -> None:
        """Keep a role that a phrase told, for other mentions of the same person."""
        keep_role(self.roles.setdefault(ref, []), role)
        self._index(ref, role)

    def _index(self, ref: str, role: Role) -> None:
        self._holders[role.noun].add(ref)
        self._parties[ref] |= {body.ref for body in role.bodies if body.label == "NORP" and not body.country}

    # --- who is meant

    def holders(self, query: RoleQuery) -> list[Scored]:
        """Those whom the article gives this role; else, for an office or a new noun, who is in focus."""
        place, gender = self.place(query.start), noun_gender(query.noun)
        for nouns in ((query.noun,), synonyms(query.noun)):
            known = frozenset().union(*(self._holders.get(noun, frozenset()) for noun in nouns))
            fitting = frozenset(ref for ref in known if self._agrees(ref, query))
            ranked = self.discourse.candidates(
                place, ("PERSON",), only=fitting, gender=gender, bonus=self._bonuses(fitting, query)
            )
            if ranked:
                return ranked
        if not self._may_be_in_focus(query):
            return []
        others = self.discourse.candidates(place, ("PERSON",), gender=gender)
        return [scored for scored in others if self._agrees(scored.ref, query)]

    def _agrees(self, ref: str, query: RoleQuery) -> bool:
        """Whether no party speaks against the person: "the Democratic nominee" is no Republican."""
        asked = {e.ref for e in query.inside if e.label == "NORP" and not e.country}
        told: AbstractSet[str] = self._parties.get(ref, frozenset())
        return not asked or not told or not asked.isdisjoint(told)

    def _bonuses(self, refs: AbstractSet[str], query: RoleQuery) -> dict[str, float]:
        modifiers = frozenset(self.text[query.start : query.end].lower().split()) - {query.noun}
        return {ref: self._bonus(ref, query, modifiers) for ref in sorted(refs)}

    def _bonus(self, ref: str, query: RoleQuery, modifiers: AbstractSet[str]) -> float:
        told = [
            role.span.exact.lower().split() for role in self.roles.get(ref, ()) if role.noun == query.noun
        ]
        if not modifiers:
            return BARE_WEIGHT if any(len(phrase) == 1 for phrase in told) else 0.0
        return SHARED_WEIGHT if any(not modifiers.isdisjoint(phrase) for phrase in told) else 0.0

    def _may_be_in_focus(self, query: RoleQuery) -> bool:
        if query.noun in noun_classes()["office"]:
            return True
        return query.noun not in self._unnamed

    # --- following the text

    def said(self, ref: str, source: Offsets) -> None:
        """Note that a thing of the article spoke, by whatever word."""
        self.discourse.said(ref, self.place(source[0]))
        while self._next is not None and self.words.starts[self._next.first] < source[1]:
            self._next = next(self._ahead, None)

    def follow(self, position: int) -> None:
        """Take in the pronouns and role nouns before a code point."""
        while self._next is not None and self.words.starts[self._next.first] < position:
            self._take(self._next)
            self._next = next(self._ahead, None)

    def _anaphors(self) -> Iterator[Anaphor]:
        name_ends = frozenset(self.words.at(person.end) for person in self._reader.persons)
        return find_anaphors(self.words, self._reader.first_words, name_ends)

    def _take(self, anaphor: Anaphor) -> None:
        start, end = self.words.place(anaphor.first, anaphor.stop)
        if anaphor.kind == "nominal":
            query = RoleQuery(start, end, anaphor.head, names_in(self.entities, start, end))
            ranked = self.holders(query)
        else:
            known = pronoun(anaphor.head)
            gender = known.gender if known else None
            ranked = self.discourse.candidates(self.place(start), ("PERSON",), gender=gender)
        if not ranked or ranked[0].probability < LEAST_SURE:
            return
        ref = ranked[0].ref
        self.discourse.mentioned(self.by_ref[ref], self.place(start), is_subject=anaphor.is_subject)
        if not self._reader.is_quoted(start):
            self._learn_from(anaphor, ref, (start, end))

    def _learn_from(self, anaphor: Anaphor, ref: str, place: tuple[int, int]) -> None:
        if anaphor.kind == "nominal":
            role = role_at(self.text, *place, self.entities)
            if role is not None:
                self.learn(ref, role)
        for role in self._reader.said_of(anaphor.stop):
            self.learn(ref, role)

    def _subjects(self, things: Sequence[Entity]) -> frozenset[int]:
        """Names that a finite verb follows, or that open a sentence and no preposition goes before."""
        first: dict[int, int] = {}
        for entity in things:
            first.setdefault(bisect_right(self.sentences, entity.start), entity.start)
        opening = {
            start
            for number, start in first.items()
            if start - self.sentences[max(0, number - 1)] < _NEAR_START
        }
        return frozenset(e.start for e in things if self._is_subject(e, opening))

    def _is_subject(self, entity: Entity, opening: AbstractSet[int]) -> bool:
        return entity.start in opening
