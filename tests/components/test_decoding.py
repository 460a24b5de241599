"""Decoding: spans of text from per-unit scores, window by window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.decoding import LabelledSpan, decode_spans
from pipeline.components.encoder import Encoding
from pipeline.components.labels import QUOTE_ROLES
from tests.components.handmade import make_encoding, read_marks

ARTICLE = (
    "<source.1>Ana Diaz</> <cue.1>said</> <content.1>the well is dry</>.\n<source.2>She</> <cue.2>left</>."
)


def decoded(marked: str, *, span_cost: float = 0.0, window_each: bool = False) -> list[LabelledSpan]:
    encoding = make_encoding(read_marks(marked), window_each=window_each)
    return decode_spans(encoding, encoding.roles, span_cost=span_cost)


@pytest.mark.parametrize("window_each", [False, True])
def test_marked_roles_come_back_with_their_places_in_text_order(window_each: bool) -> None:
    marked = read_marks(ARTICLE)
    spans = decoded(ARTICLE, window_each=window_each)
    assert [(span.start, span.end) for span in spans] == [mark.place for mark in marked.marks]
    assert [QUOTE_ROLES[span.type] for span in spans] == [mark.label for mark in marked.marks]


def test_units_are_half_open_and_those_of_the_article() -> None:
    source, cue, content, *_ = decoded(ARTICLE, window_each=True)
    assert [(s.first_unit, s.last_unit) for s in (source, cue, content)] == [(0, 2), (2, 3), (3, 7)]
    assert decoded(ARTICLE, window_each=True)[3].first_unit == 8


def test_the_score_is_the_mean_log_probability() -> None:
    encoding = make_encoding(read_marks("<source.1>Ana Diaz</> left"))
    roles = np.full_like(encoding.roles, np.log(1e-6))
    roles[0, 1], roles[1, 2], roles[2, 0] = np.log(0.8), np.log(0.2), np.log(0.9)
    (span,) = decode_spans(encoding, roles, span_cost=0.0)
    assert span.score == pytest.approx((np.log(0.8) + np.log(0.2)) / 2, abs=1e-4)


def test_a_span_is_opened_only_where_it_gains_more_than_it_costs() -> None:
    assert decoded("<cue.1>said</> so", span_cost=5.0)
    assert not decoded("<cue.1>said</> so", span_cost=10.0)


def test_the_cost_is_taken_from_openings_alone() -> None:
    (span,) = decoded("<content.1>one two three four five six</> so", span_cost=7.0)
    assert span.last_unit == 6


def test_the_cost_does_not_lower_the_score() -> None:
    assert decoded(ARTICLE, span_cost=2.0) == decoded(ARTICLE, span_cost=0.0)


def test_no_span_crosses_a_window() -> None:
    marked = "<content.1>one two\nthree four</> so"
    assert len(decoded(marked)) == 1
    assert [(s.first_unit, s.last_unit) for s in decoded(marked, window_each=True)] == [(0, 2), (2, 4)]


def test_an_article_without_units_has_no_spans() -> None:
    assert decoded("") == []
    assert decoded(" \n ") == []


@st.composite
def encodings(draw: st.DrawFn) -> Encoding:
    """Random role scores over a few windows."""
    sizes = draw(st.lists(st.integers(1, 6), max_size=4))
    rows = sum(sizes)
    base = make_encoding(read_marks("\n".join(" ".join(["word"] * size) for size in sizes)), window_each=True)
    values = draw(st.lists(st.floats(-9, 0, width=16), min_size=7 * rows, max_size=7 * rows))
    return replace(base, roles=np.array(values, dtype=np.float32).reshape(rows, 7))


@given(encodings(), st.floats(0, 3))
def test_spans_never_overlap_and_never_cross_windows(encoding: Encoding, span_cost: float) -> None:
    spans = decode_spans(encoding, encoding.roles, span_cost=span_cost)
    edges = [edge for span in spans for edge in (span.first_unit, span.last_unit)]
    assert edges == sorted(edges)
    for span in spans:
        assert span.first_unit < span.last_unit
        assert encoding.window[span.first_unit] == encoding.window[span.last_unit - 1]
        assert (span.start, span.end) == (encoding.starts[span.first_unit], encoding.ends[span.last_unit - 1])
