"""Trimming: contents freed of hearers, datelines and the next reporting clause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.cues import describe_cue
from pipeline.components.quotation_marks import find_quotations
from pipeline.components.quotes.trimming import trimmed
from tests.components.handmade import attributions_of, read_marks

IDA = "<source.1>Ida Falk</>"


def left(marked: str) -> list[str]:
    """What is left of the segments of the one marked attribution."""
    found = read_marks(marked)
    (attribution,) = attributions_of(found)
    assert attribution.cue is not None
    lemma = describe_cue(found.text, [attribution.cue]).lemma
    kept = trimmed(found.text, attribution, lemma, find_quotations(found.text))
    return [found.text[start:end] for start, end in kept.segments]


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("told", "the diggers in the hall that the well is dry"),
        ("said", "at a meeting in the hall that the well is dry"),
        ("said", "opening the new hall that the well is dry"),
        ("says", "only that the well is dry"),
    ],
)
def test_hearers_and_circumstances_before_that_are_no_content(cue: str, content: str) -> None:
    assert left(f"{IDA} <cue.1>{cue}</> <content.1>{content}</>.") == ["the well is dry"]


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("said", "the fact that wells run dry is sad"),
        ("said", "she was sure that the well is dry"),
        ("told", "him it was a well that ran dry"),
        ("denied", "during the meeting that the well is dry"),
    ],
)
def test_a_that_inside_what_was_said_stays(cue: str, content: str) -> None:
    assert left(f"{IDA} <cue.1>{cue}</> <content.1>{content}</>.") == [content]


def test_a_dateline_is_no_content() -> None:
    marked = f"<content.1>BRACK (Coast Wire) — The well is dry</>, {IDA} <cue.1>said</>."
    assert left(marked) == ["The well is dry"]


def test_a_question_ends_before_the_clause_of_who_was_asked() -> None:
    marked = "<cue.1>Asked</> <content.1>whether the well was dry, she laughed</>."
    assert left(marked) == ["whether the well was dry"]


def test_a_content_ends_before_another_reporting_clause() -> None:
    marked = f"{IDA} <cue.1>said</> <content.1>the well is dry; a digger in the hall said it never was</>."
    assert left(marked) == ["the well is dry"]


def test_a_content_goes_on_behind_a_semicolon_that_reports_nothing() -> None:
    content = "the well is dry; the hall is empty"
    assert left(f"{IDA} <cue.1>said</> <content.1>{content}</>.") == [content]


@pytest.mark.parametrize("remnant", ["so", "what", "a name that"])
def test_a_remnant_before_a_quotation_goes(remnant: str) -> None:
    marked = f"{IDA} <cue.1>calls</> <content.1>{remnant}</> by habit <content.1>“the old bucket”</>."
    assert left(marked) == ["“the old bucket”"]


def test_a_first_half_of_words_stays() -> None:
    marked = f"<content.1>The well</>, {IDA} <cue.1>said</>, <content.1>is “as dry as a bone”</>."
    assert left(marked) == ["The well", "is “as dry as a bone”"]


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("accused", "the mayor of hiding the well", "hiding the well"),
        ("accused", "him of “hiding the well”", "“hiding the well”"),
        ("blamed", "on a dry summer", "a dry summer"),
        ("accused", "the mayor of Brack", "the mayor of Brack"),
        ("reminded", "the mayor of hiding places", "the mayor of hiding places"),
    ],
)
def test_whom_somebody_accuses_is_no_content(cue: str, content: str, expected: str) -> None:
    assert left(f"{IDA} <cue.1>{cue}</> <content.1>{content}</>.") == [expected]


@pytest.mark.parametrize(
    "silence",
    [
        ", but gave no figures",
        "; he did not say when",
        " but declined to elaborate",
        ", without giving a date",
    ],
)
def test_what_was_not_said_is_no_content(silence: str) -> None:
    assert left(f"{IDA} <cue.1>said</> <content.1>the well is dry{silence}</>.") == ["the well is dry"]


def test_what_the_writer_adds_behind_quoted_words_is_no_content() -> None:
    aside = ", a reference to the dry summer"
    assert left(f"{IDA} <cue.1>called</> <content.1>it “a bucket”{aside}</>.") == ["“a bucket”"]


def test_a_silence_that_was_reported_is_content() -> None:
    content = "the mayor declined to speak and “gave no reason, but did not say why”"
    assert left(f"{IDA} <cue.1>said</> <content.1>{content}</>.") == [content]


@pytest.mark.parametrize(("cue", "words"), [("called", "it"), ("praised", "him as"), ("labelled", "them")])
def test_whom_a_quotation_names_is_no_content(cue: str, words: str) -> None:
    assert left(f"{IDA} <cue.1>{cue}</> <content.1>{words} “a dry bucket”</>.") == ["“a dry bucket”"]


@pytest.mark.parametrize("words", ["it", "he", "to"])
def test_a_pronoun_that_opens_a_clause_is_content(words: str) -> None:
    content = f"{words} “ran as dry as a bucket”"
    assert left(f"{IDA} <cue.1>said</> <content.1>{content}</>.") == [content]


PIECES = st.lists(
    st.sampled_from(["that ", "; ", "said ", "only ", "“", "”", ", ", "He ", "so ", "\n", "OSLO — ", "x "]),
    min_size=2,
    max_size=30,
)


@given(PIECES, PIECES)
def test_segments_only_ever_shrink_and_never_vanish(before: list[str], after: list[str]) -> None:
    first, second = "".join(before), "".join(after)
    found = read_marks(f"<content.1>{first}x</><cue.1>said</><content.1>{second}x</>")
    (attribution,) = attributions_of(found)
    kept = trimmed(found.text, attribution, "say", find_quotations(found.text))
    assert kept.segments
    for start, end in kept.segments:
        assert any(outer[0] <= start <= end <= outer[1] for outer in attribution.segments)


def test_whom_a_passive_addresses_is_no_content() -> None:
    assert left("<content.1>Diggers</> <cue.1>were told</> <content.1>to wait</>.") == ["to wait"]


def test_what_a_passive_reports_keeps_its_subject() -> None:
    assert left("<content.1>The well</> <cue.1>was said</> <content.1>to be dry</>.") == [
        "The well",
        "to be dry",
    ]


@pytest.mark.parametrize(
    ("gap", "count"),
    [(", the third of the year, ", 1), (", by his count, ", 2), (", she said, ", 2), (" of late ", 2)],
)
def test_a_clause_is_whole_with_what_stands_between_its_commas(gap: str, count: int) -> None:
    marked = f"{IDA} <cue.1>said</> <content.1>the well</>{gap}<content.1>is dry</>."
    assert len(left(marked)) == count


def test_an_appeal_goes_without_those_to_whom_it_goes() -> None:
    assert left(f"{IDA} <cue.1>appealed</> <content.1>to diggers not to dig</>.") == ["not to dig"]


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("every family 200 crowns", "200 crowns"),
        ("each of the diggers a well", "a well"),
        ("a well", "a well"),
        ("that the wells would be dug", "that the wells would be dug"),
    ],
)
def test_a_promise_goes_without_those_to_whom_it_is_made(content: str, kept: str) -> None:
    assert left(f"{IDA} <cue.1>promised</> <content.1>{content}</>.") == [kept]


def test_it_in_as_he_puts_it_is_no_content() -> None:
    assert left(f"As {IDA} <cue.1>puts</> <content.1>it, “wells sing”</>.") == ["“wells sing”"]


def test_a_content_ends_before_as_somebody_put_it() -> None:
    assert left(f"{IDA} <cue.1>said</> <content.1>it rained, as one digger put it</>.") == ["it rained"]
