from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.record import (
    Candidate,
    Change,
    Cue,
    Span,
    ZoneSpan,
    article_id,
    claim_id,
    claim_key,
    sha256_hex,
    span_of,
    to_json,
)

SHA = sha256_hex("A text.")


@given(st.text(), st.data())
def test_a_span_slices_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = span_of(text, start, end)
    assert text[span.start : span.end] == span.exact


def test_offsets_count_code_points_and_not_bytes() -> None:
    assert span_of("“Ü” 😀!", 4, 5).exact == "😀"


@given(st.text())
def test_ids_have_the_form_of_the_contract(text: str) -> None:
    sha = sha256_hex(text)
    assert re.fullmatch("[0-9a-f]{64}", sha)
    assert article_id(sha) == "art_" + sha[:32]
    assert re.fullmatch("clm_[0-9a-f]{32}", claim_id(sha, [Span(0, 1, "A")]))


def test_the_text_hash_is_that_of_the_utf_8_bytes() -> None:
    assert sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_claim_keeps_its_id_when_only_the_words_of_the_span_are_known_differently() -> None:
    assert claim_id(SHA, [Span(0, 1, "A")]) == claim_id(SHA, [Span(0, 1, "?")])


@pytest.mark.parametrize(
    "segments", [[Span(0, 2, "A ")], [Span(1, 2, " ")], [Span(0, 1, "A"), Span(2, 6, "text")], []]
)
def test_claims_of_other_segments_have_other_ids(segments: list[Span]) -> None:
    assert claim_id(SHA, segments) != claim_id(SHA, [Span(0, 1, "A")])


def test_claims_of_other_texts_have_other_ids() -> None:
    assert claim_id(sha256_hex("B"), [Span(0, 1, "A")]) != claim_id(SHA, [Span(0, 1, "A")])


@pytest.mark.parametrize(
    "repeat", ["WE WILL  WIN", "“We will win.”", "we\nwill, win!", "We will ｗｉｎ", "  we will win  "]
)
def test_verbatim_repeats_share_a_key(repeat: str) -> None:
    assert claim_key(repeat) == claim_key("We will win")


@pytest.mark.parametrize("other", ["We will not win", "We willwin", "We will win 2"])
def test_other_words_have_another_key(other: str) -> None:
    assert claim_key(other) != claim_key("We will win")


@given(st.text())
def test_a_key_can_be_made_of_any_text(text: str) -> None:
    assert re.fullmatch("[0-9a-f]{32}", claim_key(text))


def test_json_keys_stand_in_field_order_with_base_fields_first() -> None:
    cue = Cue(3, 7, "said", "say", "neutral")
    assert list(to_json(cue).items()) == [
        ("start", 3), ("end", 7), ("exact", "said"), ("lemma", "say"), ("class", "neutral"),
    ]  # fmt: skip


def test_keys_that_are_python_keywords_get_their_json_name() -> None:
    assert to_json(Change("fall", 5, None)) == {"direction": "fall", "from": 5, "to": None}


def test_tuples_become_lists() -> None:
    assert to_json((ZoneSpan(0, 1, "body"),)) == [{"start": 0, "end": 1, "zone": "body"}]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_without_json_form_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="cannot be written as JSON"):
        to_json(Candidate("Ana Diaz", number))


def test_records_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Span(0, 1, "A").start = 3  # type: ignore[misc]
