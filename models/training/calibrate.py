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
from pipeline.components.quotes.attribution import Attribution
from pipeline.extraction import make_doc

FEWEST = 25
BINS = 10
POLNEAR, SPEAKERS, WORLD = (
    "quotes/polnear/dev.jsonl",
    "quotes/speakers_dev/dev.jsonl",
    "quotes/world_dev/dev.jsonl",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision of the pipeline, its score, and whether people agree."""

    article: int
    group: str
    score: float
    right: bool


def judged_decisions(data: Path, nlp: Any) -> tuple[list[Judged], list[Judged]]:
    """All claims, and all speakers of right claims, of the development articles."""
    judge = _Judge(load_scorer(data / "quotes/score_quotes.py"))
    with_speakers = {row["id"]: row for row in read_rows(data / SPEAKERS)}
    polnear = [with_speakers.get(row["id"], row) for row in read_rows(data / POLNEAR)]
    for folded, rows in ((True, polnear), (False, read_rows(data / WORLD))):
        for row in rows:
            article = article_from_text(row["text"], date_published=row.get("date"), source=row["id"])
            judge.article(row, nlp(make_doc(nlp, article)), folded=folded)
    return judge.claims, judge.speakers


class _Judge:
    """Holds decisions against gold. PolNeAR counts a leading "that" to the content and folds a quotation
    that runs on into the one before it; there continuations are not judged by themselves."""

    def __init__(self, scorer: Any) -> None:
        self._scorer = scorer
        self._articles = 0
        self.claims: list[Judged] = []
        self.speakers: list[Judged] = []

    def article(self, row: dict[str, Any], doc: Any, *, folded: bool) -> None:
        """Judge all attributions of an article."""
        self._articles += 1
        text = row["text"]
        kinds = {tuple((s.start, s.end) for s in claim.segments): claim.kind for claim in doc._.claims}
        contents = _contents(text, doc._.attributions, folded=folded)
        found = [self._scorer.words(text, content) for content in contents.values()]
        gold = [self._scorer.words(text, answer["content"]) for answer in row["attributions"]]
        partner = {j: i for i, j in self._scorer.match(gold, found, 0.8, self._scorer.jaccard)}
        for place, index in enumerate(contents):
            attribution, decision = doc._.attributions[index], doc._.speakers[index]
            group = claim_group(kinds[attribution.segments], attribution.rule)
            self.claims.append(Judged(self._articles, group, attribution.score, place in partner))
            answer = row["attributions"][partner[place]] if place in partner else {}
            if answer.get("speaker"):
                right = self._same(answer["speaker"], decision.speaker.name)
                self.speakers.append(Judged(self._articles, decision.rule, decision.score, right))

    def _same(self, wanted: str, name: str | None) -> bool:
        return bool(
            dev_speakers.plain(wanted) == dev_speakers.plain(name) or self._scorer.same_name(wanted, name)
        )


def _contents(text: str, attributions: Sequence[Attribution], *, folded: bool) -> dict[int, list[list[int]]]:
    """The contents to judge, by the number of their attribution."""
    contents: dict[int, list[list[int]]] = {}
    for index, attribution in enumerate(attributions):
        segments = [list(segment) for segment in attribution.segments]
        if not folded:
            contents[index] = segments
        elif attribution.continues in contents:
            contents[attribution.continues] += segments
        elif attribution.continues is None and attribution.nested_in is None:
            start = segments[0][0]
            if text[max(0, start - 5) : start].lower() == "that ":
                segments[0][0] = start - 5
            contents[index] = segments
    return contents


def fitted(judged: Iterable[Judged]) -> dict[str, list[list[float]]]:
    """Isotonic curves by group; groups with few cases share the curve ``other``."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        groups[item.group].append(item)
    few = [item for items in groups.values() if len(items) < FEWEST for item in items]
    groups["other"] = few if len(few) >= FEWEST else [item for items in groups.values() for item in items]
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
