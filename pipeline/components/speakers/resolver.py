"""Who spoke: each source phrase turned into a speaker of the record."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipeline.components.attribution import Attribution
from pipeline.components.labelled_speech import LABEL_RULES
from pipeline.components.lexicons import words_by_class
from pipeline.components.names import Pronoun, person_genders
from pipeline.components.paragraphs import paragraphs_of
from pipeline.components.speakers.antecedents import Discourse, Place, Scored, is_tie
from pipeline.components.speakers.indices import (
    first_by_initials,
    first_mentions,
    first_states,
    refs_by_last_word,
)
from pipeline.components.speakers.phrases import (
    SourcePhrase,
    is_body_noun,
    is_person_noun,
    looks_like_name,
    named_body,
    nominal_status,
    noun_classes,
    read_source,
)
from pipeline.components.speakers.roles import (
    MOST_KNOWN,
    Role,
    affiliation_of,
    nominal_role,
    person_roles,
    roles_in_source,
)
from pipeline.components.speakers.words import Words
from pipeline.record import Candidate, Entity, EntityLabel, Resolution, Span, Speaker, SpeakerStatus, span_of

GENDERED = ("male", "female")
NOUN_PHRASE_TAGS = frozenset(
    ("DT", "PRP$", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "CD", "HYPH", "VBN", "VBG", "PDT")
)
BODIES = ("ORG", "GPE", "NORP")
TIE_WARNING = "W_SPEAKER_TIE"
_PAIR = words_by_class("speakers_words.tsv")["pair"]
_MOST_ROLES = 5
_LONGEST_INITIALS = 4


@dataclass(frozen=True, slots=True)
class Decision:
    """A speaker, the rule that found it, its own certainty, and warnings."""

    speaker: Speaker
    rule: str
    score: float
    warnings: tuple[str, ...] = ()


class SpeakerResolver:
    """Resolves the sources of one article, in the order in which they stand."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._text = doc.text
        self._entities: Sequence[Entity] = doc._.entities or ()
        self._sentences = [sent.start_char for sent in doc.sents]
        self._paragraphs = [start for start, _ in paragraphs_of(doc)]
        self._words = Words.of(doc)
        self._roles = person_roles(self._words, self._entities)
        self._unnamed_last: tuple[int, Speaker] | None = None
        self._by_ref = first_mentions(self._entities)
        self._fullest = first_mentions(entity for entity in self._entities if entity.exact == entity.name)
        self._by_initials = first_by_initials(self._entities)
        self._called = refs_by_last_word(self._entities)
        self._holders: defaultdict[str, set[str]] = defaultdict(set)
        for ref, roles in self._roles.items():
            for role in roles:
                self._holders[role.noun].add(ref)
        self._states = first_states(self._entities)
        self._discourse = Discourse.of(
            self._entities, self._place, self._subjects(), person_genders(doc.text, self._entities)
        )

    def resolve_all(self, attributions: Sequence[Attribution]) -> list[Decision]:
        """The speaker of every attribution, in the given order."""
        decisions: dict[int, Decision] = {}
        order = sorted(range(len(attributions)), key=lambda i: _place_of_source(attributions[i]))
        for index in order:
            attribution = attributions[index]
            if attribution.continues is None:
                decisions[index] = self._resolve(attribution)
                self._note(attribution, decisions[index])
        for index in order:
            head = attributions[index].continues
            if head is not None:
                decisions[index] = _continued(decisions[head])
        return [self._with_all_roles(decisions[index]) for index in range(len(attributions))]

    def _with_all_roles(self, decision: Decision) -> Decision:
        """The decision with what the article says of the speaker before or after this place."""
        speaker = decision.speaker
        if speaker.entity_ref is None or speaker.entity_type != "PERSON":
            return decision
        known = self._roles.get(speaker.entity_ref, [])
        seen = {span.exact.lower() for span in speaker.roles}
        others = tuple(
            role.span for role in known if not any(own.startswith(role.span.exact.lower()) for own in seen)
        )
        affiliation = speaker.affiliation or affiliation_of(known, self._states)
        roles = (*speaker.roles, *others)[:_MOST_ROLES]
        return replace(decision, speaker=replace(speaker, roles=roles, affiliation=affiliation))

    def _resolve(self, attribution: Attribution) -> Decision:
        if attribution.source is None:
            return Decision(_speaker("missing"), "no_source", attribution.score)
        phrase = read_source(self._text, attribution.source, self._entities)
        if attribution.rule in LABEL_RULES:
            return self._label(phrase)
        if phrase.mention_type == "name":
            return self._named(phrase)
        if phrase.mention_type == "pronoun":
            return self._pronoun(phrase)
        return self._nominal(phrase)

    def _label(self, phrase: SourcePhrase) -> Decision:
        """A label that is no name of the article: initials of one, an office, or a name of its own."""
        initials = phrase.exact.replace(".", "")
        if initials.isupper() and 1 < len(initials) <= _LONGEST_INITIALS:
            holder = self._by_initials.get(initials)
            if holder is not None:
                return Decision(self._of_entity(phrase, holder, "coreference"), "initials", 0.9)
        if phrase.mention_type == "name":
            return self._named(phrase)
        if is_person_noun(phrase.noun):
            return self._nominal(replace(phrase, exact="the " + phrase.exact))
        speaker = self._unnamed(phrase, "named", "label_name").speaker
        return Decision(replace(speaker, mention_type="name"), "label_name", 0.7)

    # --- names

    def _named(self, phrase: SourcePhrase) -> Decision:
        head = phrase.heads[0]
        if head.label == "NORP":
            return self._unnamed(phrase, "collective", "norp_plural", entity_type="NORP")
        names = "; ".join(dict.fromkeys(entity.name for entity in phrase.heads))
        speaker = self._of_entity(phrase, head, "direct", name=names)
        return Decision(speaker, "joint_names" if len(phrase.heads) > 1 else "name_in_source", 1.0)

    def _of_entity(
        self, phrase: SourcePhrase, entity: Entity, resolution: Resolution, *, name: str | None = None,
        ranked: Sequence[Scored] = (),
    ) -> Speaker:  # fmt: skip
        roles = self._roles_of(phrase, entity)
        return Speaker(
            status="named",
            name=name or entity.name,
            surface=span_of(self._text, phrase.start, phrase.end),
            mention_type=phrase.mention_type,
            canonical_mention=self._canonical(entity),
            entity_type=entity.label,
            entity_ref=entity.ref,
            roles=tuple(role.span for role in roles[:_MOST_ROLES]),
            affiliation=affiliation_of(roles, self._states),
            resolution=resolution,
            candidates=self._candidates(ranked),
        )

    def _roles_of(self, phrase: SourcePhrase, entity: Entity) -> list[Role]:
        """The person's roles, those that stand in the source itself first."""
        own = []
        if entity.label == "PERSON" and phrase.start <= entity.start < phrase.end:
            own = roles_in_source(self._text, (phrase.start, phrase.end), entity, self._entities)
        known = self._roles.get(entity.ref, [])
        for role in own:
            self._learn(entity.ref, role)
        seen = {role.span.exact.lower() for role in own}
        return [*own, *(role for role in known if role.span.exact.lower() not in seen)]

    def _learn(self, ref: str, role: Role) -> None:
        """Keep a role that a source phrase told, for later mentions of the same person."""
        known = self._roles.setdefault(ref, [])
        is_new = all(role.span.exact.lower() != other.span.exact.lower() for other in known)
        if is_new and len(known) < MOST_KNOWN:
            known.append(role)
            self._holders[role.noun].add(ref)

    def _canonical(self, entity: Entity) -> Span:
        mention = self._fullest.get(entity.ref, entity)
        return span_of(self._text, mention.start, mention.end)

    def _candidates(self, ranked: Sequence[Scored]) -> tuple[Candidate, ...]:
        return tuple(Candidate(self._by_ref[c.ref].name, round(c.probability, 4)) for c in ranked[:3])

    # --- pronouns

    def _pronoun(self, phrase: SourcePhrase) -> Decision:
        pronoun = phrase.pronoun
        assert pronoun is not None
        if pronoun.kind == "relative":
            return self._relative(phrase)
        if pronoun.kind in ("indefinite", "demonstrative", "reciprocal") or pronoun.person != 3:
            return self._deictic(phrase, pronoun)
        last = self._last_unnamed(phrase, pronoun)
        if last is not None:
            return self._as_before(phrase, last, f"pronoun_{pronoun.gender}")
        if pronoun.gender in GENDERED:
            ranked = self._ranked(phrase, ("PERSON",), gender=pronoun.gender)
        else:
            plural = pronoun.gender != "neuter"
            ranked = self._ranked(phrase, (*BODIES, "PERSON") if plural else BODIES)
        return self._from_ranked(phrase, ranked, f"pronoun_{pronoun.gender}")

    def _last_unnamed(self, phrase: SourcePhrase, pronoun: Pronoun) -> Speaker | None:
        """The unnamed source that spoke last, if the pronoun fits it and no person was named since."""
        if self._unnamed_last is None:
            return None
        position, speaker = self._unnamed_last
        where, here = self._place(position), self._place(phrase.start)
        gendered = pronoun.gender in GENDERED
        fits = speaker.status == "described" and speaker.entity_type == "PERSON" if gendered else (
            (speaker.status in ("collective", "anonymous") and pronoun.gender == "any")
            or (speaker.status == "document" and pronoun.gender == "neuter")
        )  # fmt: skip
        near = 0 <= here.paragraph - where.paragraph <= 1
        return speaker if fits and near and not self._named_between(position, phrase.start) else None

    def _named_between(self, start: int, end: int) -> bool:
        first = bisect_right(self._entities, start, key=lambda e: e.start)
        last = bisect_right(self._entities, end, key=lambda e: e.start)
        return any(e.label == "PERSON" for e in self._entities[first:last])

    def _as_before(self, phrase: SourcePhrase, speaker: Speaker, rule: str) -> Decision:
        surface = span_of(self._text, phrase.start, phrase.end)
        again = replace(speaker, surface=surface, mention_type="pronoun", resolution="coreference")
        return Decision(again, rule, 0.7)

    def _ranked(
        self, phrase: SourcePhrase, labels: Sequence[str], *, gender: str | None = None
    ) -> list[Scored]:
        return self._discourse.candidates(self._place(phrase.start), labels, gender=gender)

    def _from_ranked(self, phrase: SourcePhrase, ranked: Sequence[Scored], rule: str) -> Decision:
        if not ranked:
            return self._unnamed(phrase, "unresolved", rule)
        entity = self._by_ref[ranked[0].ref]
        speaker = self._of_entity(phrase, entity, "coreference", ranked=ranked)
        warnings = (TIE_WARNING,) if is_tie(ranked) else ()
        return Decision(speaker, rule, ranked[0].probability, warnings)

    def _relative(self, phrase: SourcePhrase) -> Decision:
        """ "who" and "which" stand for the noun phrase right before them."""
        antecedent = self._phrase_before(phrase.start)
        if antecedent is None:
            return self._unnamed(phrase, "unresolved", "relative_pronoun")
        if phrase.exact.lower().startswith("who") and not _is_human(antecedent):
            antecedent = self._person_before(phrase) or antecedent
        inner = self._named(antecedent) if antecedent.mention_type == "name" else self._nominal(antecedent)
        surface = span_of(self._text, phrase.start, phrase.end)
        speaker = replace(inner.speaker, surface=surface, mention_type="pronoun", resolution="coreference")
        return Decision(speaker, "relative_pronoun", 0.8 * inner.score, inner.warnings)

    def _person_before(self, phrase: SourcePhrase) -> SourcePhrase | None:
        """The last person named in the sentence before "who"."""
        sentence = self._sentences[max(0, bisect_right(self._sentences, phrase.start) - 1)]
        last = bisect_right(self._entities, phrase.start, key=lambda e: e.start)
        persons = [
            e for e in self._entities[max(0, last - 10) : last] if e.label == "PERSON" and e.start >= sentence
        ]
        return (
            read_source(self._text, (persons[-1].start, persons[-1].end), self._entities) if persons else None
        )

    def _phrase_before(self, position: int) -> SourcePhrase | None:
        """The noun phrase that ends at a position, by the tags of its words."""
        last = self._doc.char_span(max(0, position - 1), position, alignment_mode="expand")
        if last is None or last.start == 0:
            return None
        end = last.end
        while end > 0 and (self._doc[end - 1].is_space or self._doc[end - 1].text in ",(—–-"):
            end -= 1
        start = end
        while (
            start > 0 and self._doc[start - 1].tag_ in NOUN_PHRASE_TAGS and not self._doc[start].is_sent_start
        ):
            start -= 1
        if start == end:
            return None
        place = (self._doc[start].idx, self._doc[end - 1].idx + len(self._doc[end - 1]))
        return read_source(self._text, place, self._entities)

    def _continues_phrase(self, index: int) -> bool:
        """Whether the token before ``index`` belongs to the noun phrase that goes on there."""
        return self._doc[index - 1].tag_ in NOUN_PHRASE_TAGS and not self._doc[index].is_sent_start

    def _deictic(self, phrase: SourcePhrase, pronoun: Pronoun) -> Decision:
        """I, we, you and indefinite pronouns name nobody by themselves."""
        status: SpeakerStatus = "author" if pronoun.person == 1 else "generic"
        return self._unnamed(phrase, status, f"pronoun_{status}")

    # --- nominals

    def _nominal(self, phrase: SourcePhrase) -> Decision:
        body = named_body(phrase)
        if body is not None:
            return self._named_body(phrase, body)
        pair = self._pair(phrase)
        if pair is not None:
            return pair
        if looks_like_name(self._text, phrase):
            speaker = self._unnamed(phrase, "named", "capitalised").speaker
            name = re.sub(r"['’]s?$", "", phrase.label)
            return Decision(replace(speaker, name=name, mention_type="name"), "capitalised", 0.6)
        definite = phrase.exact.lower().startswith(("the ", "that ", "this "))
        if definite and is_person_noun(phrase.noun):
            ranked = self._office_holders(phrase)
            if ranked:
                self._learn(ranked[0].ref, nominal_role(self._text, phrase))
                return self._from_ranked(phrase, ranked, "role_noun")
        if definite and is_body_noun(phrase.noun) and " " not in phrase.label:
            ranked = self._bodies(phrase)
            if ranked:
                return self._from_ranked(phrase, ranked, "body_noun")
        status = nominal_status(phrase)
        decision = self._unnamed(phrase, status, f"nominal_{status}", entity_type=_type_of(phrase, status))
        if decision.speaker.entity_type != "PERSON":
            return decision
        role = nominal_role(self._text, phrase)
        return replace(decision, speaker=replace(decision.speaker, roles=(role.span,)))

    def _pair(self, phrase: SourcePhrase) -> Decision | None:
        """ "the two leaders", "both men": the two persons, or states, in focus."""
        words = phrase.exact.lower().split()
        if not _PAIR & set(words[:2]) or words[0] not in ("the", "both"):
            return None
        people = is_person_noun((phrase.noun or "").removesuffix("s")) or phrase.noun in (
            "men",
            "women",
            "leaders",
        )
        ranked = self._ranked(phrase, ("PERSON",) if people else ("GPE",))[:2]
        if len(ranked) < 2 or not (
            people or phrase.noun in ("countries", "nations", "states", "governments")
        ):
            return None
        first, second = sorted((self._by_ref[c.ref] for c in ranked), key=lambda e: e.start)
        speaker = self._of_entity(
            phrase, first, "coreference", name=f"{first.name}; {second.name}", ranked=ranked
        )
        return Decision(speaker, "pair", 0.7)

    def _bodies(self, phrase: SourcePhrase) -> list[Scored]:
        """Organisations whose name ends in the noun; for companies and the like, else the one in focus."""
        noun = phrase.noun
        called = self._called.get(noun or "", frozenset())
        ranked = self._discourse.candidates(self._place(phrase.start), ("ORG",), only=called)
        if not ranked and noun in noun_classes()["company"]:
            ranked = self._ranked(phrase, ("ORG",))
        return ranked

    def _office_holders(self, phrase: SourcePhrase) -> list[Scored]:
        """Those whom the article gives this role; for an office, else whoever is in focus."""
        noun = phrase.noun
        known = self._holders.get(noun or "", frozenset())
        ranked = self._discourse.candidates(self._place(phrase.start), ("PERSON",), only=known)
        if not ranked and noun in noun_classes()["office"]:
            ranked = self._ranked(phrase, ("PERSON",))
        return ranked

    def _named_body(self, phrase: SourcePhrase, entity: Entity) -> Decision:
        end = phrase.exact.lower().find(phrase.noun or "", entity.end - phrase.start)
        name = phrase.exact[entity.start - phrase.start : end + len(phrase.noun or "")]
        speaker = replace(
            self._of_entity(phrase, entity, "direct", name=name),
            entity_type="ORG", roles=(), canonical_mention=None, affiliation=entity.name, entity_ref=None,
        )  # fmt: skip
        return Decision(speaker, "named_body", 0.9)

    def _unnamed(
        self,
        phrase: SourcePhrase,
        status: SpeakerStatus,
        rule: str,
        *,
        entity_type: EntityLabel | None = None,
    ) -> Decision:
        surface = span_of(self._text, phrase.start, phrase.end)
        name = None if status == "unresolved" else phrase.label
        speaker = replace(
            _speaker(status), name=name, surface=surface, mention_type=phrase.mention_type,
            entity_type=entity_type, resolution="none" if status == "unresolved" else "direct",
            affiliation=next(
                (e.name for e in phrase.inside if e.label != "PERSON" and e.exact != phrase.label), None
            ),
        )  # fmt: skip
        return Decision(speaker, rule, 0.9)

    # --- the article

    def _note(self, attribution: Attribution, decision: Decision) -> None:
        if attribution.source is None:
            return
        ref = decision.speaker.entity_ref
        if ref is not None:
            self._discourse.said(ref, self._place(attribution.source[0]))
            self._unnamed_last = None
        elif decision.speaker.name is not None:
            self._unnamed_last = (attribution.source[0], decision.speaker)

    def _place(self, position: int) -> Place:
        return Place(
            position, bisect_right(self._sentences, position), bisect_right(self._paragraphs, position)
        )

    def _subjects(self) -> frozenset[int]:
        """Names that open a sentence: in news, its subject more often than not."""
        first: dict[int, int] = {}
        for entity in self._entities:
            first.setdefault(bisect_right(self._sentences, entity.start), entity.start)
        return frozenset(
            start for sentence, start in first.items() if start - self._sentences[max(0, sentence - 1)] < 40
        )


def _place_of_source(attribution: Attribution) -> int:
    if attribution.source is not None:
        return attribution.source[0]
    return attribution.cue[0] if attribution.cue is not None else attribution.start


def _is_human(phrase: SourcePhrase) -> bool:
    if phrase.heads:
        return phrase.heads[0].label in ("PERSON", "NORP")
    return (
        phrase.noun is None
        or nominal_status(phrase) in ("collective", "anonymous")
        or is_person_noun(phrase.noun)
    )


def _speaker(status: SpeakerStatus) -> Speaker:
    return Speaker(status, None, None, "none", None, None, None, (), None, "none", ())


def _continued(head: Decision) -> Decision:
    speaker = replace(head.speaker, surface=None, mention_type="none", resolution="continuation")
    return Decision(speaker, "continuation", head.score, head.warnings)


def _type_of(phrase: SourcePhrase, status: SpeakerStatus) -> EntityLabel | None:
    if status == "described":
        return "ORG" if is_body_noun(phrase.noun) else "PERSON" if is_person_noun(phrase.noun) else None
    return "PERSON" if status == "anonymous" and not phrase.exact.lower().rstrip().endswith("s") else None


def statement_speaker() -> Speaker:
    """The speaker of a statement in the article's own voice."""
    return _speaker("author")
