"""Pinned floors: figures that a change may not lower unasked (the gate of ``make evaluate``)."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.errors import ConfigurationError
from pipeline.evaluation.scores import Score

# What a new floors file pins.
DEFAULT_FIGURES: Final = (
    "headline", "headline.attributed",
    "claims.j80.all", "claims.j80.direct", "claims.j80.mixed", "claims.j80.indirect", "claims.j80.statement",
    "claims.exact.all", "claims.who said what", "matched.speaker", "matched.status", "matched.role",
    "quantities.strict", "quantities.value", "quantities.value+unit", "quantities.value+modifier",
    "quantities.value+of partial", "dates.strict", "dates.relaxed", "dates.type", "dates.value",
    "entities.strict",
)  # fmt: skip
_STEP: Final = 10  # floors are pinned at a tenth of a point, rounded down


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure under its floor; ``value`` is None where it was not measured at all."""

    name: str
    floor: float
    value: float | None


def read_floors(path: Path) -> dict[str, float]:
    """The floors of a file: an object of figure names and percentages."""
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}; --raise-floors writes a new one") from error
    except ValueError as error:
        raise ConfigurationError(f"{path}: not JSON: {error}") from error
    if not isinstance(floors, dict) or not all(_is_number(value) for value in floors.values()):
        raise ConfigurationError(f"{path}: expected an object of figure names and numbers")
    return {str(name): float(value) for name, value in floors.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def figure(scores: dict[str, Score], name: str) -> float | None:
    """The value that a floor holds: F1, which for shares is the share; None where it was not measured."""
    score = scores.get(name)
    return None if score is None else score.f1


def shortfalls(scores: dict[str, Score], floors: dict[str, float]) -> tuple[Shortfall, ...]:
    """The figures under their floors. A floor whose figure is not measured is not met."""
    values = {name: figure(scores, name) for name in floors}
    low = [name for name, value in values.items() if value is None or value < floors[name]]
    return tuple(Shortfall(name, floors[name], values[name]) for name in low)


def moved(scores: dict[str, Score], floors: dict[str, float], *, up: bool, down: bool) -> dict[str, float]:
    """The floors moved to what is measured, in the directions that were asked for."""
    names = floors or {name: 0.0 for name in DEFAULT_FIGURES if figure(scores, name) is not None}
    return {name: _moved(figure(scores, name), floor, up, down) for name, floor in names.items()}


def _moved(value: float | None, floor: float, up: bool, down: bool) -> float:
    if value is None:
        return floor
    pinned = math.floor(value * _STEP) / _STEP
    return pinned if (up and pinned > floor) or (down and pinned < floor) else floor


def floors_text(floors: dict[str, float]) -> str:
    """The floors as they stand in their file, one a line, so that a change shows in review."""
    return json.dumps(floors, indent=2) + "\n"
