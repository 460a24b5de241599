"""Confidence: the model's own scores mapped to how often such claims and speakers were right.

The tables stand in the model's meta.json, fitted on development articles by isotonic regression
(Zadrozny & Elkan 2002); see MODEL_CARD.md for their reliability on articles held out from the fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

DIGITS = 3


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising piecewise-linear map from score to probability."""

    scores: tuple[float, ...]
    probabilities: tuple[float, ...]

    def at(self, score: float) -> float:
        """The probability of a score, the nearest end's outside the curve."""
        return round(float(np.interp(score, self.scores, self.probabilities)), DIGITS)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Curves by group: ``direct``, ``continuation`` … for claims, rule names for speakers."""

    claims: Mapping[str, Curve]
    speakers: Mapping[str, Curve]

    @classmethod
    def read(cls, stated: Mapping[str, Any] | None) -> Calibration:
        """The calibration in a model's meta data; without one every confidence is None."""
        tables = stated or {}
        return cls(_curves(tables.get("claims", {})), _curves(tables.get("speakers", {})))

    def claim(self, group: str, score: float) -> float | None:
        """How often claims of this group and score were right, or None."""
        return _at(self.claims, group, score)

    def speaker(self, rule: str, score: float) -> float | None:
        """How often speakers that this rule found with this score were right, or None."""
        return _at(self.speakers, rule, score)


def claim_group(kind: str, rule: str) -> str:
    """The group that a claim is calibrated in: its kind, or ``continuation``, or ``nested``."""
    family = rule.split("_")[0]
    return family if family in ("continuation", "nested") else kind


def _at(curves: Mapping[str, Curve], group: str, score: float) -> float | None:
    curve = curves.get(group) or curves.get("other")
    return curve.at(score) if curve else None


def _curves(tables: Mapping[str, Sequence[Sequence[float]]]) -> dict[str, Curve]:
    return {group: Curve(tuple(table[0]), tuple(table[1])) for group, table in tables.items()}
