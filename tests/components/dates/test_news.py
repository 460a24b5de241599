"""The stage on short news paragraphs of our own, labelled before the stage had seen them.

A line of ``news/*.jsonl`` is a paragraph with its day of publication and its time expressions; the rules have
since been mended on them. What a file scored when it was still unseen: first 88.4 (with the
rules of before), second 92.4, third 88.0, fourth 92.9.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluation.matching import match_spans
from pipeline.record import Span
from tests.components.dates.conftest import Finder

NEWS = Path(__file__).parent / "news"
VALUE_FLOORS = {"first": 98.0, "second": 95.0, "third": 96.0, "fourth": 95.0}  # F1, 22 November 2026
STRICT_FLOORS = {"first": 98.0, "second": 96.0, "third": 97.0, "fourth": 98.0}


def _paragraphs(name: str) -> Iterator[dict[str, Any]]:
    with (NEWS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _f1(right: int, gold: int, found: int) -> float:
    return 200 * right / (gold + found)


def _scores(find: Finder, name: str) -> tuple[float, float]:
    """Strict and value F1 as in TempEval-3."""
    strict = value = gold = found = 0
    for paragraph in _paragraphs(name):
        labels, timexes = paragraph["dates"], find(paragraph["text"], paragraph["published"])
        spans = [Span(label["start"], label["end"], label["exact"]) for label in labels]
        pairs = match_spans(spans, timexes)
        strict += sum((spans[i].start, spans[i].end) == (timexes[j].start, timexes[j].end) for i, j in pairs)
        value += sum(labels[i]["value"] == timexes[j].value for i, j in pairs)
        gold, found = gold + len(labels), found + len(timexes)
    return _f1(strict, gold, found), _f1(value, gold, found)


@pytest.mark.parametrize("name", sorted(VALUE_FLOORS))
def test_news_is_read_as_well_as_before(find: Finder, name: str) -> None:
    strict, value = _scores(find, name)
    assert strict >= STRICT_FLOORS[name]
    assert value >= VALUE_FLOORS[name]


@pytest.mark.parametrize("name", sorted(VALUE_FLOORS))
def test_every_label_is_a_slice_of_its_paragraph(name: str) -> None:
    for paragraph in _paragraphs(name):
        for label in paragraph["dates"]:
            assert paragraph["text"][label["start"] : label["end"]] == label["exact"]
