"""Fit the confidence curves on development articles and write them into the model's meta.json.

    python -m models.training.calibrate --data DATA [--model models/en_news]

Half of the articles fit the curves that are reported on the other half; the curves that ship are
fitted on all. Prints reliability tables and expected calibration errors as Markdown.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import isotonic_regression

import pipeline
from models.training import dev_speakers
from models.training.score_dev import load_scorer, read_rows
from pipeline.articles import article_from_text
from pipeline.components.confidence import DIGITS, Calibration, claim_group
from pipeline.extraction import make_doc

FEWEST = 25
BINS = 10
SETS = ("quotes/speakers_dev/dev.jsonl", "quotes/world_dev/dev.jsonl")


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision of the pipeline, its score, and whether people agree."""

    article: int
    group: str
    score: float
    right: bool


def judged_decisions(data: Path, nlp: Any) -> tuple[list[Judged], list[Judged]]:
    """All claims, and all speakers of right claims, of the development articles."""
    scorer = load_scorer(data / "quotes/score_quotes.py")
    claims: list[Judged] = []
    speakers: list[Judged] = []
    rows = [row for name in SETS for row in read_rows(data / name)]
    for number, row in enumerate(rows):
        article = article_from_text(row["text"], date_published=row.get("date"), source=row["id"])
        doc = nlp(make_doc(nlp, article))
        _judge(scorer, row, doc, number, claims, speakers)
    return claims, speakers


def _judge(
    scorer: Any, row: dict[str, Any], doc: Any, number: int, claims: list[Judged], speakers: list[Judged]
) -> None:
    kinds = {claim.segments: claim.kind for claim in doc._.claims if claim.kind != "statement"}
    gold = [scorer.words(row["text"], a["content"]) for a in row["attributions"]]
    found = [scorer.words(row["text"], [list(s) for s in a.segments]) for a in doc._.attributions]
    partner = {j: i for i, j in scorer.match(gold, found, 0.8, scorer.jaccard)}
    by_place = {tuple((s.start, s.end) for s in segments): kind for segments, kind in kinds.items()}
    for index, (attribution, decision) in enumerate(zip(doc._.attributions, doc._.speakers, strict=True)):
        group = claim_group(by_place[attribution.segments], attribution.rule)
        claims.append(Judged(number, group, attribution.score, index in partner))
        answer = row["attributions"][partner[index]] if index in partner else None
        if answer and answer.get("speaker"):
            name = decision.speaker.name
            right = dev_speakers.plain(answer["speaker"]) == dev_speakers.plain(name) or scorer.same_name(
                answer["speaker"], name
            )
            speakers.append(Judged(number, decision.rule, decision.score, bool(right)))


def fitted(judged: Iterable[Judged]) -> dict[str, list[list[float]]]:
    """Isotonic curves by group; groups with few cases share the curve ``other``."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        groups[item.group].append(item)
        groups["other"].append(item)
    return {group: _curve(items) for group, items in sorted(groups.items()) if len(items) >= FEWEST}


def _curve(items: Sequence[Judged]) -> list[list[float]]:
    """Knots of the isotonic fit over equal-count bins, each pulled a little towards the mean."""
    ranked = sorted(items, key=lambda item: item.score)
    mean = sum(item.right for item in ranked) / len(ranked)
    bins = [b for b in np.array_split(np.arange(len(ranked)), min(BINS, max(1, len(ranked) // 15))) if len(b)]
    scores = [float(np.mean([ranked[i].score for i in b])) for b in bins]
    shares = [(sum(ranked[i].right for i in b) + 2 * mean) / (len(b) + 2) for b in bins]
    rising = isotonic_regression(shares, weights=[len(b) for b in bins]).x
    knots = sorted(
        set(zip((round(s, 5) for s in scores), (round(float(p), DIGITS) for p in rising), strict=True))
    )
    return [[score for score, _ in knots], [probability for _, probability in knots]]


def calibration_error(judged: Sequence[Judged], predict: Any) -> float:
    """Expected calibration error over ten equal-width bins (Naeini et al. 2015)."""
    total = 0.0
    for _, items in _by_bin(judged, predict):
        confidence = np.mean([p for p, _ in items])
        accuracy = np.mean([right for _, right in items])
        total += len(items) * abs(confidence - accuracy)
    return total / max(1, len(judged))


def _by_bin(judged: Sequence[Judged], predict: Any) -> Iterator[tuple[int, list[tuple[float, bool]]]]:
    table: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for item in judged:
        probability = predict(item.group, item.score)
        table[min(BINS - 1, int(probability * BINS))].append((probability, item.right))
    yield from sorted(table.items())


def report(name: str, judged: Sequence[Judged], predict: Any) -> Iterator[str]:
    """A reliability table in Markdown."""
    yield f"\n{name}: {len(judged)} held-out cases, ECE {calibration_error(judged, predict):.3f}\n"
    yield "| confidence | cases | mean confidence | right |"
    yield "|---|---|---|---|"
    for number, items in _by_bin(judged, predict):
        mean = np.mean([p for p, _ in items])
        right = np.mean([r for _, r in items])
        yield f"| {number / BINS:.1f}–{(number + 1) / BINS:.1f} | {len(items)} | {mean:.2f} | {right:.2f} |"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path("models/en_news"))
    arguments = parser.parse_args()
    claims, speakers = judged_decisions(arguments.data, pipeline.load(model=str(arguments.model)))
    half = Calibration.read(
        {
            "claims": fitted(j for j in claims if j.article % 2 == 0),
            "speakers": fitted(j for j in speakers if j.article % 2 == 0),
        }
    )
    held_out = [j for j in claims if j.article % 2], [j for j in speakers if j.article % 2]
    print("\n".join(report("claims", held_out[0], half.claim)))
    print("\n".join(report("speakers", held_out[1], half.speaker)))
    path = arguments.model / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["calibration"] = {"claims": fitted(claims), "speakers": fitted(speakers)}
    path.write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
