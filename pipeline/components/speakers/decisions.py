"""A decision on a speaker, and how the speaker of the record is made from what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.components.speakers.antecedents import Scored, is_tie
from pipeline.components.speakers.phrases import SourcePhrase
from pipeline.components.speakers.roles import Role, affiliation_of, roles_in_source
from pipeline.components.speakers.scene import Scene
from pipeline.record import Candidate, Entity, EntityLabel, Resolution, Span, Speaker, SpeakerStatus, span_of

TIE_WARNING = "W_SPEAKER_TIE"
MOST_ROLES = 5


@dataclass(frozen=True, slots=True)
class Decision:
    """A speaker, the rule that found it, its own certainty, and warnings."""

    speaker: Speaker
    rule: str
    score: float
    warnings: tuple[str, ...] = ()


def bare_speaker(status: SpeakerStatus) -> Speaker:
    """A speaker of whom nothing but the status is known."""
    return Speaker(status, None, None, "none", None, None, None, (), None, "none", ())


def statement_speaker() -> Speaker:
    """The speaker of a statement in the article's own voice."""
    return bare_speaker("author")


class SpeakerMaker:
    """Makes the speakers of one article, with the roles known so far."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def of_entity(
        self, phrase: SourcePhrase, entity: Entity, resolution: Resolution, *, name: str | None = None,
        ranked: Sequence[Scored] = (),
    ) -> Speaker:  # fmt: skip
        """The speaker that a name of the article is."""
        roles = self._roles_of(phrase, entity)
        owner = self._scene.owners.get(entity.ref)
        return Speaker(
            status="document" if entity.label in ("WORK_OF_ART", "LAW") else "named",
            name=name or entity.name,
            surface=span_of(self._scene.text, phrase.start, phrase.end),
            mention_type=phrase.mention_type,
            canonical_mention=None if owner else self._canonical(entity),
            entity_type=entity.label,
            entity_ref=None if owner else entity.ref,
            roles=tuple(role.span for role in roles[:MOST_ROLES]),
            affiliation=owner.name if owner else affiliation_of(roles, self._scene.states),
            resolution=resolution,
            candidates=self._candidates(ranked),
        )

    def _roles_of(self, phrase: SourcePhrase, entity: Entity) -> list[Role]:
        """The roles of a person that stand in the source itself."""
        own = []
        if entity.label == "PERSON" and phrase.start <= entity.start < phrase.end:
            own = roles_in_source(self._scene.text, (phrase.start, phrase.end), entity, self._scene.entities)
        for role in own:
            self._scene.learn(entity.ref, role)
        return own

    def _canonical(self, entity: Entity) -> Span:
        mention = self._scene.fullest.get(entity.ref, entity)
        return span_of(self._scene.text, mention.start, mention.end)

    def _candidates(self, ranked: Sequence[Scored]) -> tuple[Candidate, ...]:
        by_ref = self._scene.by_ref
        return tuple(Candidate(by_ref[c.ref].name, round(c.probability, 4)) for c in ranked[:3])

    def from_ranked(self, phrase: SourcePhrase, ranked: Sequence[Scored], rule: str) -> Decision:
        """The best of the candidates, with a warning where the second is as good."""
        if not ranked:
            return self.unnamed(phrase, "unresolved", rule)
        entity = self._scene.by_ref[ranked[0].ref]
        speaker = self.of_entity(phrase, entity, "coreference", ranked=ranked)
        warnings = (TIE_WARNING,) if is_tie(ranked) else ()
        return Decision(speaker, rule, ranked[0].probability, warnings)

    def unnamed(
        self, phrase: SourcePhrase, status: SpeakerStatus, rule: str, *,
        entity_type: EntityLabel | None = None,
    ) -> Decision:  # fmt: skip
        """A source that is no name, called by its noun phrase."""
        speaker = replace(
            bare_speaker(status),
            name=None if status == "unresolved" else phrase.label,
            surface=span_of(self._scene.text, phrase.start, phrase.end),
            mention_type=phrase.mention_type,
            entity_type=entity_type,
            resolution="none" if status == "unresolved" else "direct",
            affiliation=_affiliation_inside(phrase),
        )
        return Decision(speaker, rule, 0.9)

    def with_all_roles(self, decision: Decision) -> Decision:
        """The decision with what the article says of the speaker before or after this place."""
        speaker = decision.speaker
        if speaker.entity_ref is None:
            return decision
        known = self._scene.roles.of(speaker.entity_ref)
        affiliation = speaker.affiliation or affiliation_of(known, self._scene.states)
        roles = _told_once([*speaker.roles, *(role.span for role in known)])
        return replace(decision, speaker=replace(speaker, roles=roles, affiliation=affiliation))


def _told_once(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The first few, without those that another one says too."""
    chosen: list[Span] = []
    for span in spans:
        if not any(span.exact.lower() in other.exact.lower() for other in chosen):
            chosen.append(span)
    return tuple(chosen[:MOST_ROLES])


def _affiliation_inside(phrase: SourcePhrase) -> str | None:
    bodies = (e.name for e in phrase.inside if e.label != "PERSON" and e.exact != phrase.label)
    return next(bodies, None)
