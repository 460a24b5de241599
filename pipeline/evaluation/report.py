"""An evaluation as a table for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from pipeline.evaluation.figures import ABSENT, Confusion, Evaluation
from pipeline.evaluation.scores import Score

_GROUPS: Final = (
    ("claims", "Claims"),
    ("quantities", "Quantities"),
    ("dates", "Dates"),
    ("entities", "Entities"),
)
_NAME_WIDTH: Final = 24


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """The figures as plain values, in percent and unrounded counts."""
    return {
        "articles": len(evaluation.articles),
        "missing": list(evaluation.missing),
        "unlabelled": evaluation.unlabelled,
        "scores": {name: _score_json(score) for name, score in evaluation.scores.items()},
        "confusions": {name: _confusion_json(table) for name, table in evaluation.confusions.items()},
    }


def _score_json(score: Score) -> dict[str, Any]:
    return {
        "precision": _rounded(score.precision),
        "recall": _rounded(score.recall),
        "f1": _rounded(score.f1),
        "right": score.right,
        "predicted": score.predicted,
        "gold": score.gold,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _confusion_json(table: Confusion) -> dict[str, dict[str, int]]:
    rows = sorted({gold for gold, _ in table})
    return {row: {found: n for (gold, found), n in sorted(table.items()) if gold == row} for row in rows}


def table_lines(evaluation: Evaluation) -> Iterator[str]:
    """The table, line by line."""
    yield from _head(evaluation)
    for prefix, title in _GROUPS:
        rows = _group(evaluation.scores, prefix)
        if rows:
            yield ""
            yield f"{title:{_NAME_WIDTH}} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6} {'found':>6}"
            yield from (_prf_line(name, score) for name, score in rows)
        if prefix == "claims":
            yield from _matched_lines(evaluation)
    for name, table in evaluation.confusions.items():
        yield from _confusion_lines(name, table)


def _head(evaluation: Evaluation) -> Iterator[str]:
    yield f"{len(evaluation.articles)} articles of gold"
    if evaluation.missing:
        yield f"not among the predictions, so all of it missed: {', '.join(evaluation.missing)}"
    if evaluation.unlabelled:
        yield f"{evaluation.unlabelled} predicted articles are not in this gold and were left out"
    for name, what in (("headline", "all claims"), ("headline.attributed", "without statements")):
        score = evaluation.scores.get(name)
        if score is not None:
            share = percent(score.recall)
            yield f"right in content, kind and speaker: {share} % of {score.gold} ({what})"


def _group(scores: dict[str, Score], prefix: str) -> list[tuple[str, Score]]:
    return [(name.split(".", 1)[1], score) for name, score in scores.items() if name.startswith(f"{prefix}.")]


def _prf_line(name: str, score: Score) -> str:
    numbers = " ".join(f"{percent(value):>6}" for value in (score.precision, score.recall, score.f1))
    return f"  {name:{_NAME_WIDTH - 2}} {numbers} {score.gold:>6} {score.predicted:>6}"


def percent(value: float | None) -> str:
    """The figure with one decimal, or a dash."""
    return ABSENT if value is None else f"{value:.1f}"


def _matched_lines(evaluation: Evaluation) -> Iterator[str]:
    rows = _group(evaluation.scores, "matched")
    if rows:
        yield ""
        yield f"{'Given the content (J80)':{_NAME_WIDTH}} {'right':>6} {'of':>6}"
        yield from (
            f"  {name:{_NAME_WIDTH - 2}} {percent(score.recall):>6} {score.gold:>6}" for name, score in rows
        )


def _confusion_lines(name: str, table: Confusion) -> Iterator[str]:
    if not table:
        return
    columns = _labels(found for _, found in table)
    width = max(8, *(len(column) + 1 for column in columns))
    yield ""
    yield f"Confusion of {name}: gold down, found across"
    yield " " * _NAME_WIDTH + "".join(f"{column:>{width}}" for column in columns)
    for row in _labels(gold for gold, _ in table):
        yield f"  {row:{_NAME_WIDTH - 2}}" + "".join(f"{table[row, c] or '.':>{width}}" for c in columns)


def _labels(names: Iterable[str]) -> list[str]:
    """In alphabetical order, the dash for missed and spurious ones last."""
    return sorted(set(names), key=lambda name: (name == ABSENT, name))
