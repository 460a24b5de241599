"""Claims that repeat each other over articles, verbatim or nearly so.

Claims are taken in the order of publication. Each joins the earliest cluster that has its words, else the one
whose first text is most like its own, else it begins one. So every member resembles the first text: clusters
do not grow along chains of small changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from pipeline.clustering.near import FEWEST_WORDS, NearIndex, Shingles, with_possible_repeat, words
from pipeline.clustering.utterances import Utterance
from pipeline.components.names.forms import fold

Link = Literal["first", "verbatim", "near"]

_EXACT: Final = 1.0


@dataclass(frozen=True, slots=True)
class Member:
    """A claim in its cluster: how it is linked to the first one, and the Jaccard similarity of the two."""

    utterance: Utterance
    link: Link
    similarity: float


@dataclass(slots=True)
class Cluster:
    """Claims of the same or nearly the same words, in the order of publication."""

    members: list[Member] = field(default_factory=list)

    @property
    def first(self) -> Utterance:
        """The claim that was published first."""
        return self.members[0].utterance

    @property
    def is_first_certain(self) -> bool:
        """Whether dates tell that no other article had it before, or at the same time."""
        printed = self.first.printed
        others = {
            member.utterance.printed.article_id: member.utterance.printed for member in self.members
        }.values()
        rivals = [other for other in others if other.article_id != printed.article_id]
        return printed.day is not None and all(_is_before(printed.moment, other.moment) for other in rivals)

    @property
    def articles(self) -> int:
        """The number of articles in which it stands."""
        return len({member.utterance.printed.article_id for member in self.members})


def _is_before(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether one moment is certainly earlier: on an earlier day, or at an earlier time that both tell."""
    if other[0] == "9999":
        return False
    return one[0] < other[0] or (one[0] == other[0] and "" < one[1] < other[1])


def repeats(utterances: Iterable[Utterance]) -> list[Cluster]:
    """The claims that stand in more than one article, those in the most articles first."""
    ordered = sorted(utterances, key=_place)
    clusters = [cluster for cluster in _clusters(ordered) if cluster.articles > 1]
    return sorted(clusters, key=lambda cluster: (-cluster.articles, _place(cluster.first)))


def _place(item: Utterance) -> tuple[tuple[str, str], str, int, str]:
    return item.printed.moment, item.printed.source, item.start, item.claim_id


def _clusters(ordered: Sequence[Utterance]) -> list[Cluster]:
    texts = {item.claim_key: item.text for item in reversed(ordered)}  # the first text of each key stays
    grouping = _Grouping(with_possible_repeat(texts))
    for item in ordered:
        grouping.take(item)
    return grouping.clusters


class _Grouping:
    def __init__(self, shingles: dict[str, Shingles]) -> None:
        self.clusters: list[Cluster] = []
        self._shingles = shingles
        self._index = NearIndex() if shingles else None
        self._by_words: dict[tuple[str, str], tuple[int, float]] = {}

    def take(self, item: Utterance) -> None:
        """Put a claim where it belongs."""
        key = _same_claim(item)
        known = self._by_words.get(key)
        if known is None:
            known = self._nearest(item)
            self._by_words[key] = known or (len(self.clusters), _EXACT)
        if known is None:
            self._begin(item)
        else:
            number, similarity = known
            link: Link = "verbatim" if similarity == _EXACT else "near"
            self.clusters[number].members.append(Member(item, link, similarity))

    def _begin(self, item: Utterance) -> None:
        if self._index is not None and item.claim_key in self._shingles:
            self._index.add(len(self.clusters), self._shingles[item.claim_key])
        self.clusters.append(Cluster([Member(item, "first", _EXACT)]))

    def _nearest(self, item: Utterance) -> tuple[int, float] | None:
        text = self._shingles.get(item.claim_key)
        if text is None or self._index is None:
            return None
        for similarity, number in self._index.similar(text):
            if not contradict(item, self.clusters[number].first):
                return number, round(similarity, 3)
        return None


def _same_claim(item: Utterance) -> tuple[str, str]:
    """What claims of the same words share; a few words are the same claim only from the same lips."""
    if len(words(item.text)) >= FEWEST_WORDS:
        return item.claim_key, ""
    return item.claim_key, fold(item.speaker) if item.speaker else item.claim_id


def contradict(one: Utterance, other: Utterance) -> bool:
    """Whether texts that are alike say different things: other figures or days, a negation, another name."""
    figures = one.figures <= other.figures or other.figures <= one.figures
    return not figures or one.negated != other.negated or _are_others(one.speaker, other.speaker)


def _are_others(one: str | None, other: str | None) -> bool:
    """Whether two named speakers share no word of their names."""
    if one is None or other is None:
        return False
    return not set(words(fold(one))) & set(words(fold(other)))
