"""The reading of modality: negation, hedges, conditions, questions, shields."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.claims.modality import read_modality
from pipeline.record import Modality

SENTENCES = Path(__file__).parent / "data" / "modality_sentences.tsv"
FLAGS = {"negated": "n", "hedged": "h", "conditional": "c", "question": "q"}


def rows() -> list[list[str]]:
    lines = SENTENCES.read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def whole(text: str) -> Modality:
    return read_modality(text, [(0, len(text))])


def flags(modality: Modality) -> str:
    return "".join(letter for name, letter in FLAGS.items() if getattr(modality, name)) or "-"


def cues(modality: Modality) -> str:
    return ";".join(f"{cue.type}:{cue.exact}" for cue in modality.cues)


def test_there_are_more_than_150_labelled_sentences() -> None:
    assert len(rows()) > 150


@pytest.mark.parametrize(("sentence", "expected", "expected_cues"), rows())
def test_a_sentence_reads_as_labelled(sentence: str, expected: str, expected_cues: str) -> None:
    modality = whole(sentence)
    assert (flags(modality), cues(modality)) == (expected, expected_cues)


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("The clerk asked whether the road was safe.", "whether the road was safe", "q"),
        ("The clerk wondered if the road was safe.", "if the road was safe", "q"),
        ("Reporters asked the clerk why the road was shut.", "why the road was shut", "q"),
        ("The clerk explained why the road was shut.", "why the road was shut", "-"),
        ("The clerk took questions about how the road was built.", "how the road was built", "-"),
        ("The clerk does not know if the road is safe.", "if the road is safe", "-"),
        ("The clerk warned: if the road floods, stay.", "if the road floods, stay", "c"),
        ("Nobody thinks the road is safe.", "the road is safe", "-"),
        ("Perhaps, he said, the road is safe.", "the road is safe", "-"),
    ],
)
def test_words_before_the_content_tell_questions_from_conditions_and_nothing_else(
    text: str, content: str, expected: str
) -> None:
    start = text.index(content)
    assert flags(read_modality(text, [(start, start + len(content))])) == expected


def test_a_split_content_is_read_across_its_segments() -> None:
    text = "“The dam will,” she said, “not hold.”"
    modality = read_modality(text, [(0, 15), (text.index("“not"), len(text))])
    assert [(cue.exact, cue.start) for cue in modality.cues] == [("not", text.index("not hold"))]


def test_a_segment_with_a_capital_starts_a_sentence() -> None:
    text = "“We found a rope that could snap,” he said. “It may hold.”"
    modality = read_modality(text, [(0, 34), (44, len(text))])
    assert [cue.exact for cue in modality.cues] == ["may"]


def test_a_phrase_is_not_found_across_the_gap_between_segments() -> None:
    text = "It is no (he said) longer here"
    modality = read_modality(text, [(0, 8), (text.index("longer"), len(text))])
    assert "no longer" not in [cue.exact for cue in modality.cues]


def test_words_outside_the_segments_never_yield_a_cue() -> None:
    text = "He may not go, if at all, but the others will go."
    start = text.index("the others")
    assert read_modality(text, [(start, len(text) - 1)]) == Modality(False, False, False, False, ())


def test_no_segments_read_as_a_plain_statement() -> None:
    assert read_modality("Nothing may happen?", []) == Modality(False, False, False, False, ())


WORDS = [
    "not",
    "n't",
    "may",
    "if",
    "unless",
    "who",
    "that",
    "because",
    "I",
    "think",
    "no",
    "one",
    ",",
    ".",
    "?",
]
WORDS += [
    "is",
    "said",
    "to",
    "reportedly",
    "“",
    "”",
    "’",
    "can’t",
    "Should",
    "İ",
    "ﬁ",
    "10",
    "No",
    "people",
    "—",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.integers(0, 30), st.integers(0, 200))
def test_every_cue_slices_back_inside_its_segment_and_none_overlap(
    words: list[str], start: int, length: int
) -> None:
    text = " ".join(words)
    start = min(start, len(text))
    end = min(start + length, len(text))
    found = read_modality(text, [(start, end)]).cues
    assert all(
        text[cue.start : cue.end] == cue.exact and start <= cue.start < cue.end <= end for cue in found
    )
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 320), st.integers(0, 320)), max_size=4))
def test_any_text_and_segments_are_read_without_error(text: str, segments: list[tuple[int, int]]) -> None:
    assert isinstance(read_modality(text, segments), Modality)


@pytest.mark.parametrize("piece", ["9", "a", " ", "“", "'", "-", "a-", "!", "ﬁ"])
def test_a_megabyte_of_one_mark_or_letter_is_read_in_linear_time(piece: str) -> None:
    assert seconds_for(piece * (1_000_000 // len(piece))) < 10


@pytest.mark.parametrize(
    "piece", ["9.", "n't ", "not ", "who ", "if ", "is very ", "may , ", "very ", "? ", "Should , "]
)
def test_a_long_run_of_one_cue_is_read_in_linear_time(piece: str) -> None:
    assert seconds_for(piece * (200_000 // len(piece))) < 10


def seconds_for(text: str) -> float:
    started = time.process_time()
    read_modality(text, [(0, len(text))])
    return time.process_time() - started
