"""Which prediction answers which gold item: contents by their words, spans by overlap."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from pipeline.evaluation.annotations import ClaimLabel
from pipeline.record import Span

_WORD: Final = re.compile(r"\w+")

S = TypeVar("S", bound=Span)
T = TypeVar("T", bound=Span)
Pairing = tuple[tuple[int, int], ...]


def words_of(spans: Iterable[Span]) -> frozenset[int]:
    """The offsets at which words begin: punctuation and quotation marks never decide a match."""
    return frozenset(span.start + word.start() for span in spans for word in _WORD.finditer(span.exact))


def jaccard(first: frozenset[int], second: frozenset[int]) -> float:
    """Shared words over all words, 0 where there are none."""
    union = len(first | second)
    return len(first & second) / union if union else 0.0


def match_claims(gold: Sequence[ClaimLabel], found: Sequence[ClaimLabel], least: float) -> Pairing:
    """Pairs (gold, found) of claims whose contents have at least this Jaccard, each used once.

    Best first; of equals the one of the same kind, then the earlier. Greedy matching on word Jaccard is
    the J80 and J50 of quotation work.
    """
    gold_words = [words_of(claim.segments) for claim in gold]
    found_words = [words_of(claim.segments) for claim in found]
    scored = []
    for i, j in _touching(gold_words, found_words):
        score = jaccard(gold_words[i], found_words[j])
        if score >= least:
            scored.append((-score, gold[i].kind != found[j].kind, i, j))
    return _one_to_one((i, j) for _, _, i, j in sorted(scored))


def _touching(gold: Sequence[frozenset[int]], found: Sequence[frozenset[int]]) -> set[tuple[int, int]]:
    """Pairs that share a word; only these can match, and in a long article they are few."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for j, words in enumerate(found):
        for word in words:
            holders[word].append(j)
    return {(i, j) for i, words in enumerate(gold) for word in words for j in holders[word]}


def match_spans(gold: Sequence[S], found: Sequence[T]) -> Pairing:
    """Pairs of overlapping spans, each used once: equal ones first, then left to right (TempEval-3)."""
    places = {(span.start, span.end): j for j, span in reversed(list(enumerate(found)))}
    equal = [
        (i, places[span.start, span.end]) for i, span in enumerate(gold) if (span.start, span.end) in places
    ]
    overlaps = [
        (i, j) for i, span in enumerate(gold) for j, other in enumerate(found) if overlap(span, other)
    ]
    overlaps.sort(key=lambda pair: (gold[pair[0]].start, gold[pair[0]].end, found[pair[1]].start, pair[1]))
    return _one_to_one([*equal, *overlaps])


def overlap(first: Span, second: Span) -> bool:
    """Whether the spans share a character."""
    return first.start < second.end and second.start < first.end


def _one_to_one(pairs: Iterable[tuple[int, int]]) -> Pairing:
    used_gold: set[int] = set()
    used_found: set[int] = set()
    kept = []
    for i, j in pairs:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            kept.append((i, j))
    return tuple(sorted(kept))
