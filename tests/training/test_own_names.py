"""The paragraphs with marked names: readable, of our types, rich in the rare ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from models.training.corpora import Example, marked_names, own_names
from pipeline.components.labels import ENTITY_TYPES

RARE = ("FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return list(own_names(Path()))


def test_marks_become_offsets_of_the_plain_text() -> None:
    example = marked_names("[Ana Diaz|PERSON] drove a [Kestrel 3|PRODUCT].")
    assert example.text == "Ana Diaz drove a Kestrel 3."
    assert example.names == ((0, 8, "PERSON"), (17, 26, "PRODUCT"))
    assert example.covers == frozenset(ENTITY_TYPES)


def test_a_paragraph_without_names_teaches_that_there_are_none() -> None:
    assert marked_names("The bridge is closed.").names == ()


def test_no_mark_is_left_in_a_text(examples: list[Example]) -> None:
    assert [e.text for e in examples if any(char in e.text for char in "[]|")] == []


def test_every_label_is_one_of_the_record(examples: list[Example]) -> None:
    assert {label for e in examples for _, _, label in e.names or ()} == set(ENTITY_TYPES)


def test_names_neither_begin_nor_end_with_a_blank(examples: list[Example]) -> None:
    names = [e.text[start:end] for e in examples for start, end, _ in e.names or ()]
    assert [name for name in names if name != name.strip()] == []


@pytest.mark.parametrize("label", RARE)
def test_rare_types_are_not_rare_here(examples: list[Example], label: str) -> None:
    counts = Counter(label for e in examples for _, _, label in e.names or ())
    assert counts[label] >= 400


def test_no_paragraph_stands_twice(examples: list[Example]) -> None:
    texts = [e.text for e in examples]
    assert len(set(texts)) == len(texts)
