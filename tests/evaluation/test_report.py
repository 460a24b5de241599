from __future__ import annotations

import json
from dataclasses import replace

from pipeline.evaluation import evaluate
from pipeline.evaluation.report import as_json, table_lines
from tests.evaluation.labels import COST, GOLD, labels


def test_the_table_begins_with_the_headline() -> None:
    lines = list(table_lines(evaluate([GOLD], [GOLD])))
    assert lines[1] == "right in content, kind and speaker: 100.0 % of 4 (all claims)"


def test_the_table_names_articles_without_prediction() -> None:
    other = replace(GOLD, source="other.txt", text_sha256="b" * 64)
    assert any("other.txt" in line for line in table_lines(evaluate([GOLD], [GOLD, other])))


def test_a_figure_without_a_case_is_a_dash() -> None:
    lines = list(table_lines(evaluate([GOLD], [GOLD])))
    (mixed,) = (line for line in lines if line.startswith("  j80.mixed"))
    assert mixed.split() == ["j80.mixed", "–", "–", "–", "0", "0"]


def test_the_table_holds_the_confusion_of_kinds() -> None:
    found = labels(claims=(replace(COST, kind="mixed"),))
    lines = list(table_lines(evaluate([found], [GOLD])))
    start = lines.index("Confusion of kind: gold down, found across")
    assert lines[start + 1].split() == ["mixed", "–"]


def test_layers_that_are_not_scored_are_not_in_the_table() -> None:
    lines = list(table_lines(evaluate([labels(claims=GOLD.claims)], [GOLD])))
    assert not any(line.startswith("Dates") for line in lines)


def test_the_json_holds_the_counts_behind_each_figure() -> None:
    report = json.loads(json.dumps(as_json(evaluate([replace(GOLD, dates=GOLD.dates[:1])], [GOLD]))))
    assert report["scores"]["dates.value"] == {
        "precision": 100.0,
        "recall": 50.0,
        "f1": 66.67,
        "right": 1,
        "predicted": 1,
        "gold": 2,
    }


def test_the_json_holds_the_confusions_by_gold_value() -> None:
    found = replace(GOLD, claims=(replace(COST, kind="mixed"),))
    assert as_json(evaluate([found], [GOLD]))["confusions"]["kind"]["indirect"] == {"mixed": 1, "–": 1}
