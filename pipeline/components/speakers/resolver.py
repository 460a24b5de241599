"""Who spoke: each source phrase turned into a speaker of the record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.components.lexicons import words_by_class
from pipeline.components.names import Pronoun
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.labelled_speech import LABEL_RULES
from pipeline.components.speakers.antecedents import Scored, renormalised
from pipeline.components.speakers.clauses import NOUN_PHRASE_TAGS, phrase_before, subjects
from pipeline.components.speakers.decisions import Decision, SpeakerMaker, bare_speaker
from pipeline.components.speakers.indices import first_by_initials
from pipeline.components.speakers.interviews import Interview, addressed_in_turns, answers, asks
from pipeline.components.speakers.nominals import Nominals
from pipeline.components.speakers.phrases import (
    SourcePhrase,
    is_body_noun,
    is_many,
    is_person_noun,
    nominal_status,
    noun_classes,
    partitive,
    read_source,
    told_anonymous,
)
from pipeline.components.speakers.scene import Scene
from pipeline.record import Entity, Speaker, SpeakerStatus, span_of

GENDERED = ("male", "female")
_WORDS = words_by_class("speakers_words.tsv")
BODIES = ("ORG", "GPE")
TURN_LABELS = ("Q", "A")
_LONGEST_INITIALS = 4
# How many sentences back "they" finds those whom it means.
_SENTENCES_BACK = 3
# And how many words back a document is looked for that "it" reads.
_WORDS_BACK = 80


class SpeakerResolver:
    """Resolves the sources of one article, in the order in which they stand."""

    def __init__(self, doc: Doc) -> None:
        self._scene = Scene(doc)
        self._text, self._entities = self._scene.text, self._scene.entities
        self._maker = SpeakerMaker(self._scene)
        self._nominals = Nominals(self._scene, self._maker)
        self._by_initials = first_by_initials(self._entities)
        self._interview = Interview(self._entities, doc._.article)
        self._person_starts: dict[str | None, list[int]] = {}
        self._unnamed_last: tuple[int, Speaker] | None = None
        self._speakers: dict[str, Speaker] = {}
        self._ref_of: dict[str, str] = {}
        self._asked: tuple[str, int] | None = None

    def resolve_all(self, attributions: Sequence[Attribution]) -> list[Decision]:
        """The speaker of every attribution, in the given order."""
        decisions: dict[int, Decision] = {}
        order = sorted(range(len(attributions)), key=lambda i: _place_of_source(attributions[i]))
        for index in order:
            attribution = attributions[index]
            if attribution.continues is None:
                self._scene.follow(_place_of_source(attribution))
                decisions[index] = self._resolve(attribution)
                self._note(attribution, decisions[index])
        for index in order:
            outer = attributions[index].nested_in
            if outer is not None and outer in decisions:
                decisions[index] = self._not_himself(decisions[index], decisions[outer])
        for index, answering in addressed_in_turns(attributions, decisions).items():
            phrase = read_source(self._text, _source_of(attributions[index]), self._entities)
            decisions[index] = self._as_before(phrase, answering, "pronoun_addressee")
        for index in order:
            head = attributions[index].continues
            if head is not None:
                decisions[index] = _continued(decisions[head])
        self._scene.follow(len(self._text))
        return [self._maker.with_all_roles(decisions[index]) for index in range(len(attributions))]

    def _not_himself(self, inner: Decision, outer: Decision) -> Decision:
        """Whom "he" in somebody's quoted words means: anybody but the one who says them."""
        speaker = inner.speaker
        same = speaker.entity_ref is not None and speaker.entity_ref == outer.speaker.entity_ref
        if not same or speaker.surface is None:
            return inner
        if inner.rule == "role_noun" and self._scene.is_quoted(speaker.surface.start):
            source = (speaker.surface.start, speaker.surface.end)
            return self._nominals.described(read_source(self._text, source, self._entities))
        if speaker.mention_type != "pronoun":
            return inner
        if not self._scene.is_quoted(speaker.surface.start):
            return inner
        phrase = read_source(self._text, (speaker.surface.start, speaker.surface.end), self._entities)
        if phrase.pronoun is None or phrase.pronoun.person != 3 or phrase.pronoun.kind == "relative":
            return inner
        ranked = renormalised(
            [c for c in self._ranked(phrase, phrase.pronoun) if c.ref != speaker.entity_ref]
        )
        return self._from_people(phrase, ranked, inner.rule)

    def _ranked(self, phrase: SourcePhrase, pronoun: Pronoun) -> list[Scored]:
        """The names that a pronoun may stand for, best first; for they bodies rather than one person."""
        place, discourse = self._scene.place(phrase.start), self._scene.discourse
        if pronoun.gender in GENDERED:
            people = self._scene.people(phrase.start, phrase.exact)
            if self._asked is None or self._asked[1] != place.sentence:
                return people
            others = [scored for scored in people if scored.ref != self._asked[0]]
            return renormalised(others) or people  # who asks does not answer
        if pronoun.gender == "neuter":
            return discourse.candidates(place, BODIES)
        many = discourse.candidates(place, ("ORG", "NORP"), only=self._scene.groups)
        return many or discourse.candidates(place, ("GPE", "PERSON"))

    def _resolve(self, attribution: Attribution) -> Decision:
        if attribution.source is None:
            return Decision(bare_speaker("missing"), "no_source", attribution.score)
        phrase = read_source(self._text, attribution.source, self._entities)
        if attribution.rule in LABEL_RULES or phrase.exact in TURN_LABELS:
            return self._label(phrase)
        if phrase.mention_type == "name":
            return self._named(phrase)
        of_them = self._of_them(phrase)
        if of_them is not None:
            return of_them
        if phrase.mention_type == "pronoun":
            return self._what_reads(phrase, attribution) or self._pronoun(phrase)
        return self._nominals.decide(phrase)

    def _of_them(self, phrase: SourcePhrase) -> Decision | None:
        """ "two of them", "others": those spoken of before; "one of them, a teacher": the teacher."""
        apposed = partitive(self._text, phrase)
        if apposed is None:
            return None
        told = told_anonymous(self._text, phrase.end)
        if apposed[0] < apposed[1]:
            inner = read_source(self._text, apposed, self._entities)
            decision = self._named(inner) if inner.mention_type == "name" else self._nominals.decide(inner)
        else:
            many = self._many_before(phrase)
            if many is None:
                return None
            decision = self._nominals.decide(many) if many.mention_type == "nominal" else self._named(many)
        speaker = replace(decision.speaker, status="anonymous") if told else decision.speaker
        return self._as_before(phrase, speaker, "pronoun_any")

    def _many_before(self, phrase: SourcePhrase) -> SourcePhrase | None:
        """The last subject before "they" that is many: "Residents fled. They said …"."""
        words, starts = self._scene.words, self._scene.sentences
        here = self._scene.place(phrase.start)
        stop = words.at(phrase.start)
        for number in range(here.sentence - 1, max(-1, here.sentence - 1 - _SENTENCES_BACK), -1):
            if here.paragraph - self._scene.place(starts[number]).paragraph > 1:
                break
            for first, end in subjects(words, words.at(starts[number]), stop):
                known = read_source(self._text, words.place(first, end), self._entities)
                if is_many(known):
                    return known
            stop = words.at(starts[number])
        return None

    def _label(self, phrase: SourcePhrase) -> Decision:
        """A label that is no name of the article: initials of one, an office, or a name of its own."""
        if asks(phrase.exact) or answers(phrase.exact):
            return self._turn(phrase)
        initials = phrase.exact.replace(".", "")
        if initials.isupper() and 1 < len(initials) <= _LONGEST_INITIALS:
            holder = self._by_initials.get(initials)
            if holder is not None:
                return Decision(self._maker.of_entity(phrase, holder, "coreference"), "initials", 0.9)
        if phrase.mention_type == "name":
            return self._named(phrase)
        if is_person_noun(phrase.noun):
            return self._nominals.decide(replace(phrase, exact="the " + phrase.exact))
        speaker = self._maker.unnamed(phrase, "named", "label_name").speaker
        return Decision(replace(speaker, mention_type="name"), "label_name", 0.7)

    def _turn(self, phrase: SourcePhrase) -> Decision:
        """The party of an interview that a turn labelled Q or A belongs to."""
        name, person = self._interview.party(phrase.exact, phrase.start)
        if person is not None:
            speaker = self._maker.of_entity(phrase, person, "coreference", name=name)
            return Decision(replace(speaker, status="named"), "interview_turn", 0.8)
        decision = self._maker.unnamed(phrase, "named" if name else "unresolved", "interview_turn")
        return replace(decision, speaker=replace(decision.speaker, name=name))

    def _named(self, phrase: SourcePhrase) -> Decision:
        head = phrase.heads[0]
        if head.label == "NORP":
            one = self._one_of_people(phrase, head)
            if one is not None:
                return one
            return self._maker.unnamed(phrase, "collective", "norp_plural", entity_type="NORP")
        names = "; ".join(dict.fromkeys(entity.name for entity in phrase.heads))
        speaker = self._maker.of_entity(phrase, head, "direct", name=names)
        return Decision(speaker, "joint_names" if len(phrase.heads) > 1 else "name_in_source", 1.0)

    def _one_of_people(self, phrase: SourcePhrase, head: Entity) -> Decision | None:
        """ "the Republican", a single one: the person of that party who is in focus."""
        noun = head.exact.lower()
        if not is_person_noun(noun) or not phrase.exact.lower().startswith("the "):
            return None
        return self._nominals.holder(replace(phrase, mention_type="nominal", noun=noun), noun)

    # --- pronouns

    def _pronoun(self, phrase: SourcePhrase) -> Decision:
        pronoun = phrase.pronoun
        assert pronoun is not None
        if pronoun.kind == "relative":
            return self._relative(phrase)
        if pronoun.kind in ("indefinite", "demonstrative", "reciprocal") or pronoun.person != 3:
            return self._deictic(phrase, pronoun)
        rule = f"pronoun_{pronoun.gender}"
        last = self._last_unnamed(phrase, pronoun)
        if last is not None:
            return self._as_before(phrase, last, rule)
        document = self._document_before(phrase) if pronoun.gender == "neuter" else None
        if document is not None:
            return self._as_before(phrase, document, rule)
        many = self._many_before(phrase) if pronoun.gender == "any" else None
        if many is not None:
            decision = self._named(many) if many.mention_type == "name" else self._nominals.decide(many)
            return self._as_before(phrase, decision.speaker, rule)
        return self._from_people(phrase, self._ranked(phrase, pronoun), rule)

    def _from_people(self, phrase: SourcePhrase, ranked: Sequence[Scored], rule: str) -> Decision:
        """The best of the candidates, who may be somebody without a name."""
        place = self._scene.described.get(ranked[0].ref) if ranked else None
        if place is None:
            return self._maker.from_ranked(phrase, ranked, rule)
        spoken = self._speakers.get(ranked[0].ref)
        speaker = spoken or self._nominals.decide(read_source(self._text, place, self._entities)).speaker
        self._ref_of[speaker.name or ""] = ranked[0].ref
        return self._as_before(phrase, speaker, rule)

    def _what_reads(self, phrase: SourcePhrase, attribution: Attribution) -> Decision | None:
        """The document that "it" is in "she sent a postcard. It read": the last one told of."""
        cue = self._text[slice(*attribution.cue)].lower().split() if attribution.cue else []
        if phrase.exact.lower() != "it" or not _WORDS["reading"] & set(cue):
            return None
        words, sentences = self._scene.words, self._scene.sentences
        here = words.at(phrase.start)
        first = words.at(sentences[max(0, self._scene.place(phrase.start).sentence - _SENTENCES_BACK)])
        documents = noun_classes()["document"]
        for index in range(here - 1, max(first, here - _WORDS_BACK) - 1, -1):
            if words.lower[index] in documents and words.tags[index].startswith("NN"):
                found = phrase_before(words, index + 1)
                if found is not None:
                    known = read_source(self._text, words.place(*found), self._entities)
                    return self._as_before(phrase, self._nominals.decide(known).speaker, "pronoun_neuter")
        return None

    def _document_before(self, phrase: SourcePhrase) -> Speaker | None:
        """The document or body with which the sentence before "It" begins: "The accord holds. It says …"."""
        number = self._scene.place(phrase.start).sentence - 1
        words, sentences = self._scene.words, self._scene.sentences
        if number < 1 or sentences[number] != phrase.start:
            return None
        first = words.at(sentences[number - 1])
        if words.lower[first] not in ("the", "this", "a", "an"):
            return None
        stop = first + 1
        while stop < len(words) and words.tags[stop] in NOUN_PHRASE_TAGS and not words.opens[stop]:
            stop += 1
        known = read_source(self._text, words.place(first, stop), self._entities)
        if known.mention_type != "nominal":
            return None
        if nominal_status(known) != "document" and not is_body_noun(known.noun):
            return None
        return self._nominals.decide(known).speaker

    def _last_unnamed(self, phrase: SourcePhrase, pronoun: Pronoun) -> Speaker | None:
        """The unnamed source that spoke last, if the pronoun fits it and no person was named since."""
        if self._unnamed_last is None or pronoun.gender in GENDERED:
            return None
        position, speaker = self._unnamed_last
        where, here = self._scene.place(position), self._scene.place(phrase.start)
        near = 0 <= here.paragraph - where.paragraph <= 1
        fits = near and _can_stand_for(pronoun, speaker)
        return speaker if fits and not self._named_between(position, phrase.start, pronoun) else None

    def _named_between(self, start: int, end: int, pronoun: Pronoun) -> bool:
        """Whether a person for whom the pronoun may stand is named there."""
        starts = self._persons(pronoun.gender if pronoun.gender in GENDERED else None)
        return bisect_right(starts, start) < bisect_right(starts, end)

    def _persons(self, gender: str | None) -> list[int]:
        """Where the persons are named that are of a gender or of none that is told."""
        if gender not in self._person_starts:
            genders = self._scene.discourse.genders
            persons = (e for e in self._entities if e.label == "PERSON")
            fitting = (e.start for e in persons if gender in (None, genders.get(e.ref, gender)))
            self._person_starts[gender] = list(fitting)
        return self._person_starts[gender]

    def _as_before(self, phrase: SourcePhrase, speaker: Speaker, rule: str) -> Decision:
        surface = span_of(self._text, phrase.start, phrase.end)
        again = replace(speaker, surface=surface, mention_type="pronoun", resolution="coreference")
        return Decision(again, rule, 0.7)

    def _relative(self, phrase: SourcePhrase) -> Decision:
        """ "who" and "which" stand for the noun phrase right before them."""
        antecedent = self._phrase_before(phrase.start)
        if antecedent is None:
            return self._maker.unnamed(phrase, "unresolved", "relative_pronoun")
        if phrase.exact.lower().startswith("who") and not _is_human(antecedent):
            antecedent = self._person_before(phrase) or antecedent
        is_name = antecedent.mention_type == "name"
        inner = self._named(antecedent) if is_name else self._nominals.decide(antecedent)
        surface = span_of(self._text, phrase.start, phrase.end)
        speaker = replace(inner.speaker, surface=surface, mention_type="pronoun", resolution="coreference")
        return Decision(speaker, "relative_pronoun", 0.8 * inner.score, inner.warnings)

    def _person_before(self, phrase: SourcePhrase) -> SourcePhrase | None:
        """The last person named in the sentence before "who"."""
        sentences = self._scene.sentences
        sentence = sentences[max(0, bisect_right(sentences, phrase.start) - 1)]
        last = bisect_right(self._entities, phrase.start, key=lambda e: e.start)
        near = self._entities[max(0, last - 10) : last]
        persons = [e for e in near if e.label == "PERSON" and e.start >= sentence]
        place = (persons[-1].start, persons[-1].end) if persons else None
        return read_source(self._text, place, self._entities) if place else None

    def _phrase_before(self, position: int) -> SourcePhrase | None:
        """The noun phrase that ends at a position, by the tags of its words."""
        words = self._scene.words
        stop = words.before(position) + 1
        while stop > 0 and words.lower[stop - 1] in (",", "(", "—", "–", "-", "--"):
            stop -= 1
        found = phrase_before(words, stop)
        return read_source(self._text, words.place(*found), self._entities) if found else None

    def _deictic(self, phrase: SourcePhrase, pronoun: Pronoun) -> Decision:
        """I, we, you and indefinite pronouns name nobody by themselves; "each" and "both" mean two."""
        if phrase.exact.lower() in _WORDS["pair_pronoun"]:
            pair = self._nominals.two_of(phrase, ("PERSON",))
            if pair is not None:
                return pair
        if nominal_status(phrase) == "anonymous":
            return self._maker.unnamed(phrase, "anonymous", "nominal_anonymous")
        of_both = self._many_before(phrase) if phrase.exact.lower() in _WORDS["pair_pronoun"] else None
        if of_both is not None:
            return self._as_before(phrase, self._nominals.decide(of_both).speaker, "pronoun_any")
        status: SpeakerStatus = "author" if pronoun.person == 1 else "generic"
        return self._maker.unnamed(phrase, status, f"pronoun_{status}")

    # --- the article

    def _note(self, attribution: Attribution, decision: Decision) -> None:
        if attribution.source is None:
            return
        self._note_speaker(attribution.source, decision)
        speaker = decision.speaker
        ref = speaker.entity_ref or self._ref_of.get(speaker.name or "")
        cue = self._text[slice(*attribution.cue)].lower().split() if attribution.cue else []
        if ref is not None and _WORDS["asking"] & set(cue):
            self._asked = ref, self._scene.place(attribution.source[0]).sentence

    def _note_speaker(self, source: Offsets, decision: Decision) -> None:
        ref = decision.speaker.entity_ref
        if ref is not None:
            is_named = decision.speaker.mention_type == "name"
            self._scene.said(ref, source, is_named=is_named)
            self._unnamed_last = None
        elif decision.speaker.name is not None:
            self._unnamed_last = (source[0], decision.speaker)
            if not self._text.endswith("by ", 0, source[0]):  # "asked by a guest, she said": she goes on
                self._note_unnamed(source, decision.speaker)

    def _note_unnamed(self, source: Offsets, speaker: Speaker) -> None:
        """Keep a person without a name who spoke, for "he" and "she"."""
        if speaker.entity_type != "PERSON" or speaker.name is None:
            return
        if speaker.mention_type == "nominal":
            noun = read_source(self._text, source, self._entities).noun
            self._ref_of[speaker.name] = self._scene.unnamed_ref(noun or speaker.name)
        ref = self._ref_of.get(speaker.name)
        if ref is not None:
            self._speakers[ref] = speaker
            self._scene.said_unnamed(ref, source)


def _can_stand_for(pronoun: Pronoun, speaker: Speaker) -> bool:
    if pronoun.gender in GENDERED:
        return speaker.status == "described" and speaker.entity_type == "PERSON"
    if pronoun.gender == "any":
        return speaker.status in ("collective", "anonymous")
    return speaker.status == "document" or (speaker.status == "described" and speaker.entity_type == "ORG")


def _place_of_source(attribution: Attribution) -> int:
    if attribution.source is not None:
        return attribution.source[0]
    return attribution.cue[0] if attribution.cue is not None else attribution.start


def _source_of(attribution: Attribution) -> Offsets:
    return attribution.source or (attribution.start, attribution.start)


def _is_human(phrase: SourcePhrase) -> bool:
    """Whether "who" may stand for the phrase: any noun but one for a body or document."""
    if phrase.heads:
        return phrase.heads[0].label in ("PERSON", "NORP")
    return not is_body_noun(phrase.noun) and nominal_status(phrase) != "document"


def _continued(head: Decision) -> Decision:
    speaker = replace(head.speaker, surface=None, mention_type="none", resolution="continuation")
    return Decision(speaker, "continuation", head.score, head.warnings)
