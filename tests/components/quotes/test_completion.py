"""Completion: contents grown to their sentence's borders where the encoder holds that possible."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.encoder import Encoding
from pipeline.components.quotation_marks import find_quotations
from pipeline.components.quotes.attribution import Attribution
from pipeline.components.quotes.completion import Completion, Stretches
from pipeline.components.quotes.finder import FIRST_TO_LAST
from tests.components.handmade import Marked, attributions_of, make_encoding, read_marks


def open_minded(encoding: Encoding) -> Encoding:
    """An encoding that points at no end, and to which any unit may open a content."""
    roles = encoding.roles.copy()
    roles[:, 5] = -1.0
    return replace(encoding, links=np.zeros_like(encoding.links), roles=roles)


def completed(marked: Marked, encoding: Encoding) -> list[Attribution]:
    sentences = [(0, len(marked.text))]
    quoted = Stretches.of((q.start, q.end) for q in find_quotations(marked.text))
    completion = Completion(marked.text, encoding, FIRST_TO_LAST, lambda _: sentences[0], quoted)
    return completion.completed(attributions_of(marked))


def contents(text: str) -> list[str]:
    marked = read_marks(text)
    found = completed(marked, open_minded(make_encoding(marked)))
    return [marked.text[slice(*segment)] for attribution in found for segment in attribution.segments]


def test_a_content_behind_its_cue_runs_to_the_end_of_the_sentence() -> None:
    text = "<source.1>Ana Diaz</> <cue.1>said</> <content.1>the well is dry</>, which nobody had told them."
    assert contents(text) == ["the well is dry, which nobody had told them"]


def test_a_content_before_its_cue_begins_with_the_sentence() -> None:
    text = "The pits are full and <content.1>the roads are closed</>, <source.1>Ana Diaz</> <cue.1>said</>."
    assert contents(text) == ["The pits are full and the roads are closed"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "<source.1>Ana</> <cue.1>said</> <content.1>it is dry</> but <source.2>Tom</> <cue.2>denied</>"
            " <content.2>it</>.",
            ["it is dry", "it"],
        ),
        ("<source.1>Ana</> <cue.1>said</> <content.1>it is dry</> and “quite lost” now.", ["it is dry"]),
        ("<source.1>Ana</> <cue.1>said</> <content.1>“it is dry”</> on Monday.", ["“it is dry”"]),
        ("Now <content.1>it is dry</> as far as <source.1>Ana</> <cue.1>said</>.", ["Now it is dry"]),
    ],
)
def test_what_belongs_to_others_or_is_quoted_is_not_taken_in(text: str, kept: list[str]) -> None:
    assert contents(text) == kept


def test_an_encoder_that_is_sure_of_the_borders_keeps_them() -> None:
    marked = read_marks("<source.1>Ana</> <cue.1>said</> <content.1>it is dry</> on Monday in the hall.")
    assert completed(marked, make_encoding(marked)) == attributions_of(marked)


STRETCHES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda p: (p[0], p[0] + p[1])))


@given(STRETCHES, st.integers(0, 30), st.integers(1, 9))
def test_stretches_touch_as_their_definition_says(
    stretches: list[tuple[int, int]], start: int, length: int
) -> None:
    end = start + length
    expected = any(s < end and start < e for s, e in stretches)
    assert Stretches.of(stretches).touch(start, end) == expected
