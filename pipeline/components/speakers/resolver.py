"""Who spoke: each source phrase turned into a speaker of the record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipeline.components.attribution import Attribution
from pipeline.components.names import Pronoun, person_genders
from pipeline.components.paragraphs import paragraphs_of
from pipeline.components.speakers.antecedents import Discourse, Place, Scored, is_tie
from pipeline.components.speakers.phrases import (
    SourcePhrase,
    is_body_noun,
    is_person_noun,
    named_body,
    nominal_status,
    read_source,
)
from pipeline.components.speakers.roles import Role, affiliation_of, person_roles
from pipeline.record import Candidate, Entity, EntityLabel, Resolution, Span, Speaker, SpeakerStatus, span_of

GENDERED = ("male", "female")
BODIES = ("ORG", "GPE", "NORP")
TIE_WARNING = "W_SPEAKER_TIE"
_MOST_ROLES = 5


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
        self._text = doc.text
        self._entities: Sequence[Entity] = doc._.entities or ()
        self._sentences = [sent.start_char for sent in doc.sents]
        self._paragraphs = [start for start, _ in paragraphs_of(doc)]
        self._roles = person_roles(doc, self._entities)
        self._by_ref: dict[str, Entity] = {}
        for entity in self._entities:
            self._by_ref.setdefault(entity.ref, entity)
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
        return [decisions[index] for index in range(len(attributions))]

    def _resolve(self, attribution: Attribution) -> Decision:
        if attribution.source is None:
            return Decision(_speaker("missing"), "no_source", attribution.score)
        phrase = read_source(self._text, attribution.source, self._entities)
        if phrase.mention_type == "name":
            return self._named(phrase)
        if phrase.mention_type == "pronoun":
            return self._pronoun(phrase)
        return self._nominal(phrase)

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
            affiliation=affiliation_of(roles, entity.ref),
            resolution=resolution,
            candidates=self._candidates(ranked),
        )

    def _roles_of(self, phrase: SourcePhrase, entity: Entity) -> list[Role]:
        """The person's roles, those that stand in the source itself first."""
        roles = self._roles.get(entity.ref, [])
        return sorted(roles, key=lambda r: not phrase.start <= r.span.start < phrase.end)

    def _canonical(self, entity: Entity) -> Span:
        fullest = (e for e in self._entities if e.ref == entity.ref and e.exact == e.name)
        mention = next(fullest, entity)
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
        if pronoun.gender in GENDERED:
            ranked = self._ranked(phrase, ("PERSON",), gender=pronoun.gender)
        else:
            plural = pronoun.gender != "neuter"
            ranked = self._ranked(phrase, (*BODIES, "PERSON") if plural else BODIES)
        return self._from_ranked(phrase, ranked, f"pronoun_{pronoun.gender}")

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
        """ "who" and "which" stand for what is named right before them."""
        sentence = self._sentences[max(0, bisect_right(self._sentences, phrase.start) - 1)]
        before = [e for e in self._entities if sentence <= e.start and e.end <= phrase.start]
        if phrase.exact.lower().startswith("who"):
            before = [e for e in before if e.label == "PERSON"] or before
        if not before:
            return self._unnamed(phrase, "unresolved", "relative_pronoun")
        speaker = self._of_entity(phrase, before[-1], "coreference")
        return Decision(speaker, "relative_pronoun", 0.8)

    def _deictic(self, phrase: SourcePhrase, pronoun: Pronoun) -> Decision:
        """I, we, you and indefinite pronouns name nobody by themselves."""
        status: SpeakerStatus = "author" if pronoun.person == 1 else "generic"
        return self._unnamed(phrase, status, f"pronoun_{status}")

    # --- nominals

    def _nominal(self, phrase: SourcePhrase) -> Decision:
        body = named_body(phrase)
        if body is not None:
            return self._named_body(phrase, body)
        definite = phrase.exact.lower().startswith(("the ", "that ", "this "))
        if definite and is_person_noun(phrase.noun):
            known = frozenset(
                ref for ref, roles in self._roles.items() if any(r.noun == phrase.noun for r in roles)
            )
            ranked = self._discourse.candidates(self._place(phrase.start), ("PERSON",), only=known)
            if ranked:
                return self._from_ranked(phrase, ranked, "role_noun")
        if definite and is_body_noun(phrase.noun) and " " not in phrase.label:
            ranked = self._ranked(phrase, ("ORG",))
            if ranked:
                return self._from_ranked(phrase, ranked, "body_noun")
        status = nominal_status(phrase)
        return self._unnamed(phrase, status, f"nominal_{status}", entity_type=_type_of(phrase, status))

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
            affiliation=next((e.name for e in phrase.inside if e.label != "PERSON"), None),
        )  # fmt: skip
        return Decision(speaker, rule, 0.9)

    # --- the article

    def _note(self, attribution: Attribution, decision: Decision) -> None:
        ref = decision.speaker.entity_ref
        if ref is not None and attribution.source is not None:
            self._discourse.said(ref, self._place(attribution.source[0]))

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
