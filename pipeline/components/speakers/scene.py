"""What an article has told so far when a source is reached: names, roles, who is in focus."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.components.lexicons import words_by_class
from pipeline.components.names import person_genders, pronoun
from pipeline.components.paragraphs import paragraphs_of
from pipeline.components.quotes.attribution import Offsets
from pipeline.components.quotes.extents import dateline_end
from pipeline.components.speakers.anaphora import Anaphor, find_anaphors, indefinite_nouns, is_subject
from pipeline.components.speakers.antecedents import Discourse, Place, Scored, renormalised
from pipeline.components.speakers.bodies import (
    described_bodies,
    fits_kind,
    heads_of_kind,
    is_other_than_firm,
    may_be_firm,
    named_bodies,
    refs_by_noun,
)
from pipeline.components.speakers.full_mentions import FullMentions
from pipeline.components.speakers.indices import first_mentions, first_states
from pipeline.components.speakers.ledes import named_next
from pipeline.components.speakers.mistaken import with_bodies
from pipeline.components.speakers.phrases import (
    is_office,
    modifiers,
    names_in,
    noun_classes,
    noun_gender,
    noun_phrase,
    parties,
    synonyms,
)
from pipeline.components.speakers.roles import MOST_HOLDERS, Role, RoleBook, RoleReader, role_at
from pipeline.components.speakers.words import Words
from pipeline.record import Entity
from pipeline.tokens import text_of

_WORDS = words_by_class("speakers_words.tsv")
# An anaphor less sure than this tells no role and keeps nobody in focus.
LEAST_SURE = 0.7
# One less sure than this is not given a role that is no office and new to the article.
LEAST_SURE_OF_NEW = 0.8
# What speaks for somebody behind a role noun: that the article gives them this role or one that means
# the same, a modifier shared with it, a bare title beside a bare noun. Chosen, as the limits around them, on
# speakers_dev and world_dev, 2026-11-22.
KNOWN_WEIGHT, SYNONYM_WEIGHT, SHARED_WEIGHT, BARE_WEIGHT, PLAIN_WEIGHT = 2.0, 1.5, 3.0, 3.0, 2.0
# From here on nobody else can be meant.
SURE_WEIGHT = 3.5
# How soon somebody must be named after "a judge", in paragraphs, to be that judge.
PARAGRAPHS_AHEAD = 3
_NEAR_NAME = 80


@dataclass(frozen=True, slots=True)
class RoleQuery:
    """A role noun phrase that stands for somebody: where it begins, its words, head noun and names."""

    start: int
    phrase: str
    noun: str
    bodies: tuple[Entity, ...]


class Scene:
    """The names and roles of one article, and the discourse as far as it has been followed."""

    def __init__(self, doc: Doc) -> None:
        self.text = text_of(doc)
        self.words = Words.of(doc)
        self.entities: Sequence[Entity] = with_bodies(self.words, doc._.entities or ())
        self._bodies = named_bodies(self.text, self.entities)
        self.owners = {body.mention.ref: body.owner for body in self._bodies}
        self.by_ref = first_mentions([*self.entities, *(body.mention for body in self._bodies)])
        self.fullest = first_mentions(entity for entity in self.entities if entity.exact == entity.name)
        self.states = first_states(self.entities)
        self.sentences = [sent.start_char for sent in doc.sents]
        self._paragraphs = [start for start, _ in paragraphs_of(doc)]
        self._datelines = [dateline_end(self.text, place) for place in paragraphs_of(doc)]
        self._reader = RoleReader(self.words, self.entities)
        self.full_mentions = FullMentions(self.words, self.entities)
        described = described_bodies(self.words, self.entities)
        self.called = refs_by_noun(self.entities, described, self._bodies)
        # What a noun may mean is looked up once, however often the article uses it.
        self._places_of_kind: dict[str, frozenset[str]] = {}
        self._bodies_of_kind: dict[str, frozenset[str]] = {}
        self._called_starts: dict[str, list[int]] = {}
        self._persons = [e for e in self.entities if e.label == "PERSON"]
        self._person_starts = [e.start for e in self._persons]
        # Bodies, and peoples in the plural: "Russian" is no one that "they" could be.
        peoples = (e for e in self.entities if e.label == "NORP" and e.exact.endswith("s"))
        self.groups = frozenset(e.ref for e in (*peoples, *(e for e in self.entities if e.label == "ORG")))
        others = {ref for ref, role in described if is_other_than_firm(role.noun)}
        firms = (e.ref for e in self.entities if e.label == "ORG" and may_be_firm(e.name))
        self.firms = frozenset(firms) - others
        self.roles = RoleBook()
        self._parties: defaultdict[str, set[str]] = defaultdict(set)
        self._members: defaultdict[str, set[str]] = defaultdict(set)
        for ref, role in [*described, *self._reader.person_roles()]:
            self.learn(ref, role)
        told = (entity for entity in self.entities if not self._in_dateline(entity) and not is_office(entity))
        things = sorted((*told, *(body.mention for body in self._bodies)), key=lambda e: e.start)
        self._genders = dict(person_genders(self.text, self.entities))
        self.discourse = Discourse.of(
            things,
            self.place,
            frozenset(thing.start for thing in things if self._is_subject(thing)),
            self._genders,
        )
        places = (thing for thing in things if thing.label == "GPE")
        self.discourse.wheres = frozenset(thing.start for thing in places if self._tells_where(thing))
        self.described: dict[str, Offsets] = {}
        self._unnamed = indefinite_nouns(self.words, self._reader.first_words)
        self._ahead = self._anaphors()
        self._next = next(self._ahead, None)

    def place(self, position: int) -> Place:
        """Sentence and paragraph of a code point."""
        return Place(
            position, bisect_right(self.sentences, position), bisect_right(self._paragraphs, position)
        )

    def is_quoted(self, position: int) -> bool:
        """Whether the words there stand in quotation marks."""
        return self._reader.is_quoted(position)

    def learn(self, ref: str, role: Role) -> None:
        """Keep a role that a phrase told, for other mentions of the same thing."""
        self.roles.add(ref, role)
        told = parties(role.span.exact)
        self._parties[ref] |= told
        for party in told:
            if len(self._members[party]) < MOST_HOLDERS:
                self._members[party].add(ref)

    # --- who is meant

    def places_of_kind(self, noun: str) -> frozenset[str]:
        """The places of the article that a word such as "country" or "city" may mean."""
        if noun not in self._places_of_kind:
            places = (e for e in self.entities if e.label == "GPE" and fits_kind(e, noun))
            self._places_of_kind[noun] = frozenset(place.ref for place in places)
        return self._places_of_kind[noun]

    def bodies_of_kind(self, noun: str) -> frozenset[str]:
        """The bodies whose names say that they are of the kind: "the paper" for a Times or Herald."""
        if noun not in self._bodies_of_kind:
            called = (self.called.get(head, frozenset()) for head in heads_of_kind(noun))
            self._bodies_of_kind[noun] = frozenset().union(*called)
        return self._bodies_of_kind[noun]

    def holders(self, query: RoleQuery) -> list[Scored]:
        """Those whom the article has given this role; for an office, whoever is in focus may have it."""
        known = self._known_holders(query)
        members = (self._members[party] for party in parties(query.phrase))
        same_party = dict.fromkeys(frozenset().union(*members), SHARED_WEIGHT)
        sure = {ref for ref, weight in known.items() if weight >= SURE_WEIGHT}
        only = sure or (None if self._may_be_in_focus(query) else known.keys())
        ranked = self.discourse.candidates(
            self.place(query.start),
            ("PERSON",),
            gender=noun_gender(query.noun),
            only=only,
            bonus=same_party | known,
        )
        ranked = renormalised([scored for scored in ranked if self._may_hold(scored.ref, query, known)])
        is_sure = known or not ranked or ranked[0].probability >= LEAST_SURE_OF_NEW
        return ranked if is_sure or query.noun in noun_classes()["office"] else []

    def introduced_later(self, query: RoleQuery) -> str | None:
        """The one person whose first mention comes soon and brings the phrase's role, or None."""
        nouns = (query.noun, *synonyms(query.noun))
        refs = dict.fromkeys(ref for noun in nouns for ref in sorted(self.roles.holders(noun)))
        found = [ref for ref in refs if self._introduces(ref, query, nouns)]
        return found[0] if len(found) == 1 else None

    def named_next(self, query: RoleQuery) -> str | None:
        """Whom a phrase that opens the article describes before the name is given, or None.

        Somebody to whom the article gives a role of their own is somebody else.
        """
        if not self._opens_article(query) or query.noun in noun_classes()["collective"]:
            return None
        subjects, described = self.discourse.subjects, self.place(query.start)
        found = named_next(self._persons, subjects, self._genders, described, query.noun, self.place)
        if found is None or self.by_ref[found.ref].start < query.start:
            return None
        roles = (role for role in self.roles.of(found.ref) if role.noun)
        told = any(abs(role.span.start - found.start) < _NEAR_NAME for role in roles)
        return None if told else found.ref

    def _opens_article(self, query: RoleQuery) -> bool:
        """Whether a phrase, with or without its article, opens a sentence, or the text behind a dateline."""
        word = self.words.at(query.start)
        opens = self.words.opens[word] or (word > 0 and self.words.opens[word - 1])
        return opens or self._datelines[self.place(query.start).paragraph - 1] == query.start

    def person_between(self, start: int, end: int) -> bool:
        """Whether a person is named between two code points."""
        starts = self._person_starts
        return bisect_left(starts, start) < bisect_left(starts, end)

    def called_between(self, noun: str, start: int, end: int) -> bool:
        """Whether something that the article calls so is named between two code points."""
        if noun not in self._called_starts:
            called = self.called.get(noun, frozenset())
            self._called_starts[noun] = [e.start for e in self.entities if e.ref in called]
        starts = self._called_starts[noun]
        return bisect_left(starts, start) < bisect_left(starts, end)

    def _introduces(self, ref: str, query: RoleQuery, nouns: Sequence[str]) -> bool:
        first = self.by_ref[ref]
        ahead = self.place(first.start).paragraph - self.place(query.start).paragraph
        if first.label != "PERSON" or first.start < query.start or ahead > PARAGRAPHS_AHEAD:
            return False
        asked = {body.ref for body in query.bodies if body.label in ("ORG", "PERSON")}
        return any(
            role.noun in nouns
            and abs(role.span.start - first.start) < _NEAR_NAME
            and asked <= {body.ref for body in role.bodies}
            for role in self.roles.of(ref)
        )

    def _known_holders(self, query: RoleQuery) -> dict[str, float]:
        """What speaks for each of those to whom the article has given the role or its like."""
        found: dict[str, float] = {}
        for weight, nouns in ((KNOWN_WEIGHT, (query.noun,)), (SYNONYM_WEIGHT, synonyms(query.noun))):
            for noun in nouns:
                for ref in self.roles.holders(noun):
                    fit = self._fit(ref, query, noun) if self._agrees(ref, query) else None
                    if fit is not None:
                        found[ref] = max(found.get(ref, 0.0), weight + fit)
        return found

    def _fit(self, ref: str, query: RoleQuery, noun: str) -> float | None:
        """How well the words of the phrase fit those of the role told before; None for not at all."""
        told = [
            modifiers(role.span.exact, noun)
            for role in self.roles.of(ref)
            if role.noun == noun and role.span.start < query.start
        ]
        asked = modifiers(query.phrase, query.noun)
        if not told:
            return None
        if not asked:
            return BARE_WEIGHT if frozenset() in told else PLAIN_WEIGHT
        if any(asked & words for words in told):
            return SHARED_WEIGHT
        return None if _has_body(query) and all(told) else 0.0

    def _agrees(self, ref: str, query: RoleQuery) -> bool:
        """Whether no party speaks against the person: "the Democratic nominee" is no Republican."""
        asked, told = parties(query.phrase), self._parties[ref]
        return not asked or not told or not asked.isdisjoint(told)

    def _may_hold(self, ref: str, query: RoleQuery, known: Mapping[str, float]) -> bool:
        """Whether nothing speaks against the person: another party, or a name that only comes later."""
        is_later = self.by_ref[ref].start > query.start
        if not self._agrees(ref, query):
            return False
        return ref in known or not (is_later or self._has_other_role(ref, query))

    def _has_other_role(self, ref: str, query: RoleQuery) -> bool:
        """Whether somebody with a role is asked for by another one of a body's.

        "The group's chairman" is not its finance chief; "the chairman" may be.
        """
        is_of_body = "'s " in query.phrase or "’s " in query.phrase
        if not is_of_body and query.noun not in _WORDS["high_office"]:
            return False
        return any(role.noun and role.span.start < query.start for role in self.roles.of(ref))

    def _may_be_in_focus(self, query: RoleQuery) -> bool:
        """Whether the phrase may bring in a role that the article has not told of anybody before."""
        if query.noun in noun_classes()["office"]:
            return True
        is_bare = query.phrase.lower().removeprefix("same ").startswith(query.noun)
        return is_bare and not query.bodies and query.noun not in self._unnamed

    # --- following the text

    def said(self, ref: str, source: Offsets, *, is_named: bool = True) -> None:
        """Note that a thing of the article spoke, by whatever word; one that is no name is a mention."""
        place = self.place(source[0])
        if not is_named and ref in self.by_ref:
            self.discourse.mentioned(self.by_ref[ref], place, is_subject=True)
        self.discourse.said(ref, place)
        while self._next is not None and self.words.starts[self._next.first] < source[1]:
            self._next = next(self._ahead, None)

    @staticmethod
    def unnamed_ref(noun: str) -> str:
        """What a person without a name is known by: one "nurse" is one person of the article."""
        return f"unnamed:{noun}"

    def said_unnamed(self, ref: str, source: Offsets) -> None:
        """Note that somebody without a name spoke, by whatever word."""
        self._describe(source, ref, is_subject=True)
        self.said(ref, source)

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
        ranked = self._meant(anaphor, (start, end))
        if not ranked or ranked[0].probability < LEAST_SURE:
            if anaphor.kind != "pronoun":
                self._take_unnamed(anaphor, (start, end))
            return
        ref = ranked[0].ref
        self.discourse.mentioned(self.by_ref[ref], self.place(start), is_subject=anaphor.is_subject)
        if not self._reader.is_quoted(start) and ref not in self.described:
            self._learn_from(anaphor, ref, (start, end))

    def _meant(self, anaphor: Anaphor, place: Offsets) -> list[Scored]:
        """Whom a pronoun or role noun may stand for, best first."""
        if anaphor.kind == "pronoun":
            return self.people(place[0], anaphor.head)
        phrase = self.text[slice(*place)]
        query = RoleQuery(place[0], phrase, anaphor.head, names_in(self.entities, *place))
        if anaphor.kind == "nominal":
            return self.holders(query)
        ref = self.introduced_later(query) or self.named_next(query)
        return [Scored(ref, 1.0)] if ref is not None else []

    def people(self, position: int, word: str) -> list[Scored]:
        """Whom "he" or "she" may mean at a place, those without a name included."""
        known = pronoun(word)
        gender = known.gender if known else None
        return self.discourse.candidates(self.place(position), ("PERSON",), gender=gender, with_unnamed=True)

    def _take_unnamed(self, anaphor: Anaphor, place: Offsets) -> None:
        """Note a person without a name whom the article's own words bring in, or bring up again."""
        ref = self.unnamed_ref(anaphor.head)
        is_told = anaphor.kind == "unnamed" or ref in self.described
        if is_told and not self._reader.is_quoted(place[0]):
            self._describe(place, ref, is_subject=anaphor.is_subject)

    def _describe(self, place: Offsets, ref: str, *, is_subject: bool) -> None:
        if ref not in self.described:
            name = noun_phrase(self.text, *place)
            self.by_ref[ref] = Entity(*place, self.text[slice(*place)], ref, "PERSON", name, None)
            gender = noun_gender(ref.rpartition(":")[2])
            if gender is not None:
                self._genders[ref] = gender
            self.described[ref] = place
        self.discourse.described(self.by_ref[ref], self.place(place[0]), is_subject=is_subject)

    def _learn_from(self, anaphor: Anaphor, ref: str, place: tuple[int, int]) -> None:
        if anaphor.kind == "nominal":
            role = role_at(self.text, *place, self.entities)
            if role is not None:
                self.learn(ref, role)
        for role in self._reader.said_of(anaphor.stop):
            self.learn(ref, role)

    def _in_dateline(self, entity: Entity) -> bool:
        """Whether the name stands where an agency says from where it reports: nobody refers back to that."""
        number = bisect_right(self._paragraphs, entity.start) - 1
        return number >= 0 and entity.end <= self._datelines[number]

    def _tells_where(self, entity: Entity) -> bool:
        """Whether a preposition goes before the name: "in Porto"."""
        first = self.words.at(entity.start)
        return 0 < first < len(self.words) and self.words.tags[first - 1] in ("IN", "TO")

    def _is_subject(self, entity: Entity) -> bool:
        """Whether a finite verb follows the name and no preposition goes before."""
        first, stop = self.words.at(entity.start), self.words.before(entity.end) + 1
        if first >= len(self.words):
            return False
        opens = self.words.opens[first] and self.words.lower[stop : stop + 1] in ((",",), ("(",))
        return opens or is_subject(self.words, first, stop)


def _has_body(query: RoleQuery) -> bool:
    return any(body.label in ("ORG", "PERSON") for body in query.bodies)
