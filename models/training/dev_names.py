"""Strict scores for names on the development sets (research note "entities", section 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

Name = tuple[int, int, str]

CORE: Final = ("PERSON", "ORG", "GPE+LOC", "NORP")
RARE: Final = ("FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")
ALL: Final = CORE + RARE
MEN: Final = ("PERSON", "ORG", "GPE+LOC", "FAC", "NORP")
_PLACES: Final = ("GPE", "LOC")
# Names of none of the project's types: neither finding nor missing them is right or wrong.
_OPEN: Final = ("OTHER", "LANGUAGE")


@dataclass(slots=True)
class Tally:
    """Right, spurious and missed names by type."""

    right: Counter[str] = field(default_factory=Counter)
    spurious: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def f1(self, labels: Collection[str]) -> float:
        """Micro F1 over these types, in percent."""
        right = sum(self.right[label] for label in labels)
        wrong = sum(self.spurious[label] + self.missed[label] for label in labels)
        return 200 * right / (2 * right + wrong) if right else 0.0

    def macro(self, labels: Collection[str]) -> float:
        """The mean of the types' own F1."""
        return sum(self.f1([label]) for label in labels) / len(labels)


def merged(label: str) -> str:
    """The type, with GPE and LOC as one: no open corpus tells them apart reliably."""
    return "GPE+LOC" if label in _PLACES else label


def count(
    gold: Mapping[str, Iterable[Name]],
    found: Mapping[str, Iterable[Name]],
    masked: Mapping[str, Iterable[tuple[int, int]]],
    labels: Collection[str],
) -> Tally:
    """Exact spans and types over articles; what overlaps an open or masked name counts neither way."""
    tally = Tally()
    for article, names in gold.items():
        spans = [(start, end, merged(label)) for start, end, label in names]
        open_spans = [(s, e) for s, e, label in spans if label in _OPEN] + list(masked.get(article, ()))
        wanted = {name for name in spans if name[2] in labels}
        answers = {(s, e, merged(label)) for s, e, label in found.get(article, ()) if merged(label) in labels}
        tally.right.update(label for _, _, label in wanted & answers)
        tally.missed.update(label for _, _, label in wanted - answers)
        for start, end, label in answers - wanted:
            if not any(s < end and start < e for s, e in open_spans):
                tally.spurious[label] += 1
    return tally
