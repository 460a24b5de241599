from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.outputs.report.marking import Mark, marked

TEXT = "abcdefghij" * 3
PARTS = ("quote", "source", "cue")
LAYERS = ("quantity", "date", "entity")


def in_order(marks: list[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.claim, mark.layer))


def any_mark() -> st.SearchStrategy[Mark]:
    places = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)
    parts = st.tuples(st.sampled_from(PARTS), st.integers(1, 4), st.just("direct"))
    layers = st.tuples(st.sampled_from(LAYERS), st.just(0), st.just(""))
    return st.builds(lambda place, what: Mark(*place, *what), places, parts | layers)


@given(st.lists(any_mark(), max_size=12))
def test_the_pieces_of_a_place_are_its_text_whatever_the_spans(marks: list[Mark]) -> None:
    for place, pieces in zip(
        [(0, 10), (12, 30)], marked(TEXT, in_order(marks), [(0, 10), (12, 30)]), strict=True
    ):
        assert "".join(piece.text for piece in pieces) == TEXT[slice(*place)]


@given(st.lists(any_mark(), max_size=12))
def test_the_pieces_of_a_part_are_the_text_of_its_spans(marks: list[Mark]) -> None:
    (pieces,) = marked(TEXT, in_order(marks), [(0, len(TEXT))])
    position, covered = 0, {mark: "" for mark in marks if mark.claim and mark.layer == "quote"}
    for piece in pieces:
        for mark in covered:
            if mark.start <= position < mark.end:
                assert f"q{mark.claim}" in piece.parts.split()
                covered[mark] += piece.text
        position += len(piece.text)
    assert all(seen == TEXT[mark.start : mark.end] for mark, seen in covered.items())


def test_the_innermost_quotation_gives_the_colour() -> None:
    outer, inner = Mark(0, 9, "quote", 1, "mixed"), Mark(3, 6, "quote", 2, "direct")
    (pieces,) = marked(TEXT, [outer, inner], [(0, 9)])
    assert [piece.classes for piece in pieces] == ["quote mixed", "quote direct", "quote mixed"]


def test_a_claim_begins_where_its_content_begins_and_nowhere_else() -> None:
    outer, inner = Mark(0, 9, "quote", 1, "mixed"), Mark(3, 6, "quote", 2, "direct")
    (pieces,) = marked(TEXT, [outer, inner], [(0, 9)])
    assert [piece.begins for piece in pieces] == [(1,), (2,), ()]


@pytest.mark.parametrize("size", [20_000, 80_000])
def test_many_marks_in_many_places_take_one_walk(size: int) -> None:
    text = "a" * size
    marks = [Mark(start, start + 2, "entity") for start in range(0, size, 4)]
    places = [(start, start + 4) for start in range(0, size, 4)]
    assert sum(len(pieces) for pieces in marked(text, marks, places)) == len(places) * 2
