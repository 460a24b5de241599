"""Whom a pronoun or a bare noun beside a cue stands for: earlier names of the article, scored.

A narrow resolver in place of general coreference: only sources are resolved, only against names and
earlier sources (as Citron does, BBC 2018). Weights were chosen on speakers_dev and world_dev,
2026-11-22, each looked at as often as the other.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from pipeline.record import Entity

SENTENCE_WEIGHT = 1.0
PARAGRAPH_WEIGHT = 0.5
SUBJECT_WEIGHT = 1.0
SPEAKER_WEIGHT = 2.0
FREQUENCY_WEIGHT = 0.4
LATER_PENALTY = 3.0
UNNAMED_PENALTY = 0.7
# Of a place that only tells where: "in Porto".
WHERE_PENALTY = 1.5
# Mentions looked at, so that long lists of names cost no more than articles.
REACH_BACK, REACH_AHEAD = 300, 20
# Half the probability gap below which two candidates count as a tie.
TIE_MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate thing of the article with its share of the belief."""

    ref: str
    probability: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: code point, sentence and paragraph number."""

    position: int
    sentence: int
    paragraph: int


Mention = tuple[Entity, Place]


@dataclass(slots=True)
class Mentions:
    """Mentions in text order: the article's names, and others that are put among them from left to right.

    Names before the last addition are moved to ``passed``, for an insertion into one long list would move
    all names behind it.
    """

    names: Sequence[Mention]
    passed: list[Mention]
    ahead: int = 0

    def add(self, mention: Mention) -> None:
        """Put a mention behind the names up to its place and behind all that were added before."""
        ahead = bisect_right(self.names, mention[1].position, lo=self.ahead, key=_position)
        self.passed += self.names[self.ahead : ahead]
        self.passed.append(mention)
        self.ahead = ahead

    def near(self, position: int, *, back: int, on: int) -> list[Mention]:
        """The last ``back`` mentions before a code point and the first ``on`` from there on."""
        index = bisect_left(self.passed, position, key=_position)
        if index == len(self.passed):
            index += bisect_left(self.names, position, lo=self.ahead, key=_position) - self.ahead
        first, last, border = max(0, index - back), index + on, len(self.passed)
        later = self.names[self.ahead + max(0, first - border) : self.ahead + max(0, last - border)]
        return [*self.passed[first:last], *later]


def _position(mention: Mention) -> int:
    return mention[1].position


@dataclass(slots=True)
class Discourse:
    """What the article has mentioned so far, as antecedents are looked for in it."""

    mentions: Mentions
    subjects: set[int]
    genders: Mapping[str, str]
    speakers: list[tuple[str, Place]]
    unnamed: set[str] = field(default_factory=set)
    wheres: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls,
        entities: Sequence[Entity],
        place_of: Callable[[int], Place],
        subjects: frozenset[int],
        genders: Mapping[str, str],
    ) -> Discourse:
        """The discourse of an article before anything was said in it."""
        mentions = Mentions([(entity, place_of(entity.start)) for entity in entities], [])
        return cls(mentions, set(subjects), genders, [])

    def said(self, ref: str, place: Place) -> None:
        """Note that a thing spoke here."""
        self.speakers.append((ref, place))

    def mentioned(self, entity: Entity, place: Place, *, is_subject: bool) -> None:
        """Note that a thing was meant here by another word than its name; places are told in text order."""
        self.mentions.add((replace(entity, start=place.position, end=place.position), place))
        if is_subject:
            self.subjects.add(place.position)

    def described(self, person: Entity, place: Place, *, is_subject: bool) -> None:
        """Note that a person without a name was meant here: "a night nurse", "his brother"."""
        self.unnamed.add(person.ref)
        self.mentioned(person, place, is_subject=is_subject)

    def candidates(
        self,
        place: Place,
        labels: Iterable[str],
        *,
        gender: str | None = None,
        only: AbstractSet[str] | None = None,
        bonus: Mapping[str, float] | None = None,
        with_unnamed: bool = False,
    ) -> list[Scored]:
        """Things of these labels that may be meant at a place, best first.

        People without a name are among them only where that is asked for.
        """
        allowed = frozenset(labels)
        scores: dict[str, float] = {}
        counts: Counter[str] = Counter()
        for entity, where in self.mentions.near(place.position, back=REACH_BACK, on=REACH_AHEAD):
            fits = entity.label in allowed and (only is None or entity.ref in only)
            fits = fits and (with_unnamed or entity.ref not in self.unnamed)
            if not fits or (gender and self.genders.get(entity.ref, gender) != gender):
                continue
            if where.position >= place.position and entity.ref in scores:
                continue
            counts[entity.ref] += where.position < place.position
            value = self._mention_score(entity, where, place)
            scores[entity.ref] = max(scores.get(entity.ref, -math.inf), value)
        self._add_speaker_scores(scores, place)
        extra = bonus or {}
        return _normalised(
            {
                ref: score
                + FREQUENCY_WEIGHT * math.log1p(counts[ref])
                + extra.get(ref, 0.0)
                - UNNAMED_PENALTY * (ref in self.unnamed)
                for ref, score in scores.items()
            }
        )

    def _mention_score(self, entity: Entity, where: Place, place: Place) -> float:
        sentences = abs(place.sentence - where.sentence)
        paragraphs = abs(place.paragraph - where.paragraph)
        score = -SENTENCE_WEIGHT * min(sentences, 8) - PARAGRAPH_WEIGHT * min(paragraphs, 8)
        score -= WHERE_PENALTY * (where.position in self.wheres)
        if where.position in self.subjects:
            score += SUBJECT_WEIGHT
        return score - (LATER_PENALTY if where.position > place.position else 0.0)

    def _add_speaker_scores(self, scores: dict[str, float], place: Place) -> None:
        """Who spoke last is likely to speak on."""
        index = bisect_left(self.speakers, place.position, key=lambda speaker: speaker[1].position)
        if not index:
            return
        ref, where = self.speakers[index - 1]
        if ref in scores:
            distance = min(abs(place.paragraph - where.paragraph), 4)
            scores[ref] += SPEAKER_WEIGHT * (1 - distance / 4)


def _normalised(scores: dict[str, float]) -> list[Scored]:
    if not scores:
        return []
    peak = max(scores.values())
    exps = {ref: math.exp(score - peak) for ref, score in scores.items()}
    total = sum(exps.values())
    ranked = sorted(exps.items(), key=lambda item: (-item[1], item[0]))
    return [Scored(ref, value / total) for ref, value in ranked]


def renormalised(ranked: Sequence[Scored]) -> list[Scored]:
    """The candidates that are left, the belief shared out among them anew."""
    total = sum(scored.probability for scored in ranked)
    return [Scored(scored.ref, scored.probability / total) for scored in ranked] if total else []


def is_tie(ranked: Sequence[Scored]) -> bool:
    """Whether the two best candidates are too close to tell apart."""
    return len(ranked) > 1 and ranked[0].probability - ranked[1].probability < TIE_MARGIN
