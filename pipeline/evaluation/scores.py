"""Counts and the precision, recall and F1 that follow from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Score:
    """Right ones among the predicted and among the gold; equal both for a share of matched pairs."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float | None:
        """Right of predicted, in percent; None where nothing was predicted."""
        return 100 * self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Right of gold, in percent; None where gold has nothing."""
        return 100 * self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both, in percent; None where there is neither gold nor prediction."""
        both = self.predicted + self.gold
        return 200 * self.right / both if both else None


@dataclass(slots=True)
class Tally:
    """Counts by name while articles are gone through."""

    right: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)

    def share(self, name: str, is_right: bool) -> None:
        """Count one case of which it is only asked whether it is right."""
        self.count(name, right=int(is_right), predicted=1, gold=1)

    def count(self, name: str, *, right: int = 0, predicted: int = 0, gold: int = 0) -> None:
        """Add to the counts of a figure."""
        self.right[name] += right
        self.predicted[name] += predicted
        self.gold[name] += gold

    def scores(self) -> dict[str, Score]:
        """All figures, in the order in which they were first counted."""
        return {name: Score(self.right[name], self.predicted[name], self.gold[name]) for name in self.gold}
