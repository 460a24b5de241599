"""Scores the reading of cues: mode against the labelled articles, and agreement with the word list.

usage: python -m models.training.score_cues --data DIR [--errors]
(DIR holds quotes/world_dev/dev.jsonl and quotes/polnear/dev.jsonl)
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.components.cues import describe_cue

Attribution = dict[str, Any]
_WORD_LIST_MODES = {"speech": "speech", "other": "belief"}


def read_cues(path: Path) -> Iterator[tuple[str, Attribution]]:
    """Text and attribution of every attribution that has a cue."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            for attribution in article["attributions"]:
                if attribution["cue"]:
                    yield article["text"], attribution


def compare(path: Path, gold_key: str, gold_modes: dict[str, str]) -> Counter[tuple[str, str, str]]:
    """Counts of (gold mode, mode read, cue as printed)."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for text, attribution in read_cues(path):
        gold = gold_modes.get(attribution[gold_key])
        if gold is not None:
            reading = describe_cue(text, [(start, end) for start, end in attribution["cue"]])
            printed = " / ".join(text[start:end] for start, end in attribution["cue"])
            counts[gold, reading.mode, printed.lower()] += 1
    return counts


def report(name: str, counts: Counter[tuple[str, str, str]], *, errors: bool) -> None:
    """Print accuracy, and the cues read otherwise if asked."""
    total = sum(counts.values())
    right = sum(n for (gold, read, _), n in counts.items() if gold == read)
    print(f"{name:36s} {right:5d} / {total:5d}  {100 * right / total:5.1f} %")
    for (gold, read, printed), n in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if errors and gold != read:
            print(f"  {n:3d}  gold {gold:7s} read {read:7s} {printed!r}")


def main() -> None:
    """Print one line a corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--errors", action="store_true", help="list the cues read otherwise")
    arguments = parser.parse_args()
    quotes = arguments.data / "quotes"
    labelled = compare(quotes / "world_dev/dev.jsonl", "mode", {"speech": "speech", "belief": "belief"})
    report("world_dev, mode", labelled, errors=arguments.errors)
    listed = compare(quotes / "polnear/dev.jsonl", "cue_class", _WORD_LIST_MODES)
    report("PolNeAR dev, agreement with word list", listed, errors=arguments.errors)


if __name__ == "__main__":
    main()
