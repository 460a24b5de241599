"""Predictions judged against gold, article by article, with every pair kept for reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from pipeline.evaluation.annotations import LAYERS, ClaimLabel, Labels
from pipeline.evaluation.matching import match_claims, match_spans
from pipeline.evaluation.verdicts import (
    ClaimPair,
    Verdicts,
    judge_claim,
    judge_date,
    judge_entity,
    judge_quantity,
)
from pipeline.record import Span

J80: Final = 0.8
S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class SpanPair(Generic[S]):
    """A gold item and the prediction that overlaps it, or one of them alone."""

    gold: S | None
    found: S | None
    verdicts: Verdicts
    start: int

    @property
    def right(self) -> bool:
        """Whether every verdict is favourable."""
        return bool(self.verdicts) and all(self.verdicts.values())


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """How one article came out; ``spans`` holds the pairs of quantities, dates and entities."""

    source: str
    processed: bool
    layers: frozenset[str]
    pairs: tuple[ClaimPair, ...]
    missed: tuple[ClaimLabel, ...]
    spurious: tuple[ClaimLabel, ...]
    spans: dict[str, tuple[SpanPair[Any], ...]] = field(default_factory=dict)


_JUDGES: Final[dict[str, Callable[[Any, Any], Verdicts]]] = {
    "quantities": judge_quantity,
    "dates": judge_date,
    "entities": judge_entity,
}


def judge_articles(
    pairs: Iterable[tuple[Labels, Labels | None]], available: frozenset[str] = frozenset(LAYERS)
) -> tuple[ArticleResult, ...]:
    """The result of each gold article; of one without a prediction everything is missed.

    ``available`` names the layers that the predictions have at all: no others are scored.
    """
    return tuple(_judge(gold, found, gold.layers & available) for gold, found in pairs)


def _judge(gold: Labels, found: Labels | None, layers: frozenset[str]) -> ArticleResult:
    other = found or Labels(gold.source, gold.text_sha256)
    wanted, got = (_claims(labels, gold) if "claims" in layers else () for labels in (gold, other))
    pairs, missed, spurious = _judge_claims(wanted, got)
    spans = {
        layer: _judge_spans(_items(gold, layer, gold), _items(other, layer, gold), judge)
        for layer, judge in _JUDGES.items()
        if layer in layers
    }
    return ArticleResult(gold.source, found is not None, layers, pairs, missed, spurious, spans)


def _claims(labels: Labels, gold: Labels) -> tuple[ClaimLabel, ...]:
    return tuple(claim for claim in labels.claims if not _in_furniture(claim.segments[0].start, gold))


def _items(labels: Labels, layer: str, gold: Labels) -> tuple[Any, ...]:
    return tuple(item for item in getattr(labels, layer) if not _in_furniture(item.start, gold))


def _in_furniture(start: int, gold: Labels) -> bool:
    """Whether something stands in page furniture: that is not labelled, and counts neither way."""
    return any(begin <= start < end for begin, end in gold.furniture)


def _judge_claims(
    gold: Sequence[ClaimLabel], found: Sequence[ClaimLabel]
) -> tuple[tuple[ClaimPair, ...], tuple[ClaimLabel, ...], tuple[ClaimLabel, ...]]:
    pairing = match_claims(gold, found, J80)
    hit_gold, hit_found = {i for i, _ in pairing}, {j for _, j in pairing}
    return (
        tuple(judge_claim(gold[i], found[j]) for i, j in pairing),
        tuple(claim for i, claim in enumerate(gold) if i not in hit_gold),
        tuple(claim for j, claim in enumerate(found) if j not in hit_found),
    )


def _judge_spans(
    gold: Sequence[S], found: Sequence[S], judge: Callable[[S, S], Verdicts]
) -> tuple[SpanPair[S], ...]:
    pairing = match_spans(gold, found)
    hit_gold, hit_found = {i for i, _ in pairing}, {j for _, j in pairing}
    pairs = [SpanPair(gold[i], found[j], judge(gold[i], found[j]), gold[i].start) for i, j in pairing]
    pairs += [SpanPair(item, None, {}, item.start) for i, item in enumerate(gold) if i not in hit_gold]
    pairs += [SpanPair(None, item, {}, item.start) for j, item in enumerate(found) if j not in hit_found]
    return tuple(sorted(pairs, key=lambda pair: (pair.start, pair.gold is None)))
