"""The texts with marked attributions and the open articles: readable, tied, and never the gate's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from models.training.examples import Attribution, Example
from models.training.own import (
    CORPUS,
    HELD_OUT,
    marked_attributions,
    marked_texts,
    own_articles,
    own_quotes,
)


@pytest.fixture(scope="module")
def texts() -> list[Example]:
    return list(own_quotes(Path()))


def attributions(examples: list[Example]) -> Iterator[tuple[str, Attribution]]:
    return ((e.text, attribution) for e in examples for attribution in e.attributions or ())


def test_marks_of_one_number_become_one_attribution() -> None:
    example = marked_attributions("[“No,”|Q1] [she|S1] [said|C1]. [“Never.”|Q1]")
    assert example.text == "“No,” she said. “Never.”"
    assert example.attributions == (
        Attribution(content=((0, 5), (16, 24)), cue=((10, 14),), source=((6, 9),)),
    )


def test_a_text_without_marks_teaches_that_nobody_speaks() -> None:
    assert marked_attributions("The bridge is closed.").attributions == ()


def test_no_mark_is_left_in_a_text(texts: list[Example]) -> None:
    assert [e.text for e in texts if any(char in e.text for char in "[]|")] == []


def test_every_attribution_has_a_content(texts: list[Example]) -> None:
    assert [text for text, attribution in attributions(texts) if not attribution.content] == []


def test_no_two_spans_of_a_text_overlap(texts: list[Example]) -> None:
    for example in texts:
        spans = sorted(s for a in example.attributions or () for s in (*a.content, *a.cue, *a.source))
        assert all(end <= start for (_, end), (start, _) in pairwise(spans)), spans


def test_no_text_stands_twice(texts: list[Example]) -> None:
    assert len({e.text for e in texts}) == len(texts)


def test_the_held_out_texts_are_never_trained_on(texts: list[Example]) -> None:
    held_out = {e.text[:60] for e in marked_texts(HELD_OUT)}
    assert len(held_out) > 30
    assert held_out.isdisjoint(e.text[:60] for e in texts)


def test_the_gate_is_never_trained_on() -> None:
    listed = (CORPUS / "gate.txt").read_text(encoding="utf-8").splitlines()
    gate = {line.strip() for line in listed if line.strip() and not line.startswith("#")}
    openings = {path.read_text(encoding="utf-8")[:60] for path in articles_named(gate)}
    assert len(openings) > 10
    assert openings.isdisjoint(e.text[:60] for e in own_articles(Path()))


def articles_named(names: set[str]) -> Iterator[Path]:
    return (path for path in (CORPUS / "articles").glob("*.txt") if path.stem in names)


def test_own_articles_put_a_leading_that_back_into_the_content() -> None:
    said = [text[a.content[0][0] :] for text, a in attributions(list(own_articles(Path())))]
    assert sum(content.startswith("that ") for content in said) > 50
