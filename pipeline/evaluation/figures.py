"""The figures of an evaluation: from judged pairs to counts with stable names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

from pipeline.evaluation.annotations import LAYERS, Labels
from pipeline.evaluation.reading import pair_articles
from pipeline.evaluation.scores import Score, Tally
from pipeline.evaluation.scoring import ArticleResult, SpanPair, judge_articles
from pipeline.record import ClaimKind, EntityLabel

KINDS: Final = get_args(ClaimKind)
ENTITY_LABELS: Final = get_args(EntityLabel)
ABSENT: Final = "–"

MATCHED: Final = (
    "kind", "mode", "cue overlap", "cue exact", "source overlap", "source exact", "speaker",
    "speaker lenient", "status", "role", "said_on", "addressee", "modality",
)  # fmt: skip
# A statement has no cue and no source but the author: counting those would flatter.
_OF_STATEMENTS: Final = ("kind", "modality")
_SPAN_FIGURES: Final[dict[str, tuple[str, ...]]] = {
    "quantities": (
        "strict", "overlap", "value", "value+unit", "value+modifier", "value+kind", "value+of partial",
        "value+of complete",
    ),
    "dates": ("strict", "relaxed", "type", "value", "strict+value", "value+mod"),
    "entities": ("strict", "strict, GPE = LOC", "span"),
}  # fmt: skip
_ANY_OVERLAP: Final = ("overlap", "relaxed")

Confusion = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All scores by name, the confusions behind them, and the articles pair by pair."""

    scores: dict[str, Score]
    confusions: dict[str, Confusion]
    articles: tuple[ArticleResult, ...]
    unlabelled: int

    @property
    def missing(self) -> tuple[str, ...]:
        """The gold articles that have no prediction."""
        return tuple(article.source for article in self.articles if not article.processed)


def evaluate(predicted: Sequence[Labels], gold: Sequence[Labels]) -> Evaluation:
    """The evaluation of predictions; articles that gold does not have count neither way."""
    available = frozenset[str]().union(*(item.layers for item in predicted)) if predicted else LAYERS
    pairs = pair_articles(predicted, gold)
    articles = judge_articles(pairs, frozenset(available))
    used = {id(found) for _, found in pairs if found is not None}
    return Evaluation(
        scores=_scores(articles),
        confusions={"kind": _kind_confusion(articles), "status": _status_confusion(articles)},
        articles=articles,
        unlabelled=len(predicted) - len(used),
    )


def _scores(articles: Sequence[ArticleResult]) -> dict[str, Score]:
    tally = Tally()
    with_claims = [article for article in articles if "claims" in article.layers]
    if with_claims:
        _count_headline(with_claims, tally)
        _count_contents(with_claims, tally)
        _count_matched(with_claims, tally)
    for layer in _SPAN_FIGURES:
        pairs = [pair for article in articles for pair in article.spans.get(layer, ())]
        if any(layer in article.layers for article in articles):
            _count_spans(layer, pairs, tally)
    return tally.scores()


def _count_headline(articles: Iterable[ArticleResult], tally: Tally) -> None:
    """The share of gold claims with content (J80), kind and speaker right, and what else can be said so."""
    for article in articles:
        for pair in article.pairs:
            attributed = pair.gold.kind != "statement"
            tally.share("headline", pair.right)
            if attributed:
                tally.share("headline.attributed", pair.right)
        for claim in article.missed:
            tally.share("headline", False)
            if claim.kind != "statement":
                tally.share("headline.attributed", False)
    if "headline" not in tally.gold:
        tally.count("headline")


def _count_contents(articles: Sequence[ArticleResult], tally: Tally) -> None:
    """Contents by kind: found ones by their gold kind, spurious ones by their own."""
    for name in ("j80", "exact"):
        for kind in ("all", *KINDS):
            tally.count(f"claims.{name}.{kind}")
        for article in articles:
            for pair in article.pairs:
                hit = name == "j80" or pair.verdicts["exact"]
                _count_both(tally, f"claims.{name}", pair.gold.kind, pair.found.kind, hit)
            for claim in article.missed:
                _count_both(tally, f"claims.{name}", claim.kind, None, False)
            for claim in article.spurious:
                _count_both(tally, f"claims.{name}", None, claim.kind, False)
    tally.count("claims.who said what")
    for article in articles:
        _count_who_said_what(article, tally)


def _count_both(tally: Tally, name: str, gold: str | None, found: str | None, hit: bool) -> None:
    tally.count(f"{name}.all", right=int(hit), predicted=int(found is not None), gold=int(gold is not None))
    if gold is not None:
        tally.count(f"{name}.{gold}", right=int(hit), predicted=int(hit), gold=1)
    if found is not None and not hit:
        tally.count(f"{name}.{found}", predicted=1)


def _count_who_said_what(article: ArticleResult, tally: Tally) -> None:
    """Content at J80 and sources that overlap or are both absent, over what is attributed."""
    for pair in article.pairs:
        gold, found = pair.gold.kind != "statement", pair.found.kind != "statement"
        right = gold and found and pair.verdicts.get("source overlap", True)
        tally.count("claims.who said what", right=int(right), predicted=int(found), gold=int(gold))
    tally.count(
        "claims.who said what",
        predicted=sum(claim.kind != "statement" for claim in article.spurious),
        gold=sum(claim.kind != "statement" for claim in article.missed),
    )


def _count_matched(articles: Iterable[ArticleResult], tally: Tally) -> None:
    """Shares of right fields where the content was found."""
    pairs = [pair for article in articles for pair in article.pairs]
    for name in MATCHED:
        for pair in pairs:
            if name in pair.verdicts and (pair.gold.kind != "statement" or name in _OF_STATEMENTS):
                tally.share(f"matched.{name}", pair.verdicts[name])


def _count_spans(layer: str, pairs: Sequence[SpanPair[Any]], tally: Tally) -> None:
    for name in _SPAN_FIGURES[layer]:
        tally.count(f"{layer}.{name}")
        for pair in pairs:
            right = pair.verdicts.get(name, name in _ANY_OVERLAP and bool(pair.verdicts))
            _count_pair(f"{layer}.{name}", pair, right, tally)
    if layer == "entities":
        for label in ENTITY_LABELS:
            _count_label(label, pairs, tally)


def _count_pair(name: str, pair: SpanPair[Any], right: bool, tally: Tally) -> None:
    tally.count(
        name, right=int(right), predicted=int(pair.found is not None), gold=int(pair.gold is not None)
    )


def _count_label(label: str, pairs: Iterable[SpanPair[Any]], tally: Tally) -> None:
    for pair in pairs:
        gold = pair.gold is not None and pair.gold.label == label
        found = pair.found is not None and pair.found.label == label
        if gold or found:
            right = pair.verdicts.get("strict", False)
            tally.count(f"entities.{label}", right=int(right), predicted=int(found), gold=int(gold))


def _kind_confusion(articles: Iterable[ArticleResult]) -> Confusion:
    """Kinds in gold against kinds predicted; missed and spurious claims against a dash."""
    found: Confusion = Counter()
    for article in articles:
        found.update((pair.gold.kind, pair.found.kind) for pair in article.pairs)
        found.update((claim.kind, ABSENT) for claim in article.missed)
        found.update((ABSENT, claim.kind) for claim in article.spurious)
    return found


def _status_confusion(articles: Iterable[ArticleResult]) -> Confusion:
    """Speaker statuses in gold against those predicted, where the content was found."""
    pairs = (pair for article in articles for pair in article.pairs if "status" in pair.verdicts)
    return Counter((pair.gold.speaker.status, pair.found.speaker.status) for pair in pairs)
