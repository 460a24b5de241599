"""The paragraphs with marked names: readable, of our types, rich in the rare ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from models.training.examples import Example
from models.training.own import marked_names, own_names, with_open_type
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


def test_facilities_may_be_what_news_corpora_call_them(examples: list[Example]) -> None:
    assert {allowed for e in examples for _, _, allowed in e.open_names} == {("FAC", "ORG", "GPE", "LOC")}


def test_an_opened_type_leaves_the_other_names_settled() -> None:
    opened = with_open_type(marked_names("[Ana Diaz|PERSON] left [Tor Hall|FAC]."), "FAC", ("FAC", "ORG"))
    assert opened.names == ((0, 8, "PERSON"),)
    assert opened.open_names == ((14, 22, ("FAC", "ORG")),)


def test_names_neither_begin_nor_end_with_a_blank(examples: list[Example]) -> None:
    names = [e.text[start:end] for e in examples for start, end, _ in e.names or ()]
    assert [name for name in names if name != name.strip()] == []


@pytest.mark.parametrize("label", RARE)
def test_rare_types_are_not_rare_here(examples: list[Example], label: str) -> None:
    settled = [label for e in examples for _, _, label in e.names or ()]
    opened = [allowed[0] for e in examples for _, _, allowed in e.open_names]
    counts = Counter(settled + opened)
    assert counts[label] >= 400


def test_no_paragraph_stands_twice(examples: list[Example]) -> None:
    texts = [e.text for e in examples]
    assert len(set(texts)) == len(texts)
