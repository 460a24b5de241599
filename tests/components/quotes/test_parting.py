"""Parting: one attribution made two where two reporting clauses stand side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.cues import describe_cue
from pipeline.components.quotation_marks import find_quotations
from pipeline.components.quotes.attribution import Attribution
from pipeline.components.quotes.parting import parted
from tests.components.handmade import attributions_of, read_marks

IDA = "<source.1>Ida Falk</>"


def parts(marked: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of what the one marked attribution is parted into."""
    found = read_marks(marked)
    (attribution,) = attributions_of(found)
    assert attribution.cue is not None
    lemma = describe_cue(found.text, [attribution.cue]).lemma
    text = found.text
    return [
        (text[slice(*a.source or (0, 0))], text[slice(*a.cue or (0, 0))], text[a.start : a.end])
        for a in parted(text, attribution, lemma, find_quotations(text))
    ]


@pytest.mark.parametrize(
    ("cue", "content", "second"),
    [
        ("said", "wells ran dry, and it believes others will", ("it", "believes", "others will")),
        ("said", "wells ran dry, but they fear that others will", ("they", "fear", "others will")),
        ("says", "wells run dry, and expects that to change", ("Ida Falk", "expects", "that to change")),
        ("expects", "to dig and plans to drill", ("Ida Falk", "plans", "to drill")),
        ("said", "wells ran dry and warned that others would", ("Ida Falk", "warned", "others would")),
        ("said", "wells ran dry and appealed for help", ("Ida Falk", "appealed", "for help")),
    ],
)
def test_a_second_reporting_verb_beside_the_cue_makes_a_second_claim(
    cue: str, content: str, second: tuple[str, str, str]
) -> None:
    first, other = parts(f"{IDA} <cue.1>{cue}</> <content.1>{content}</>.")
    assert (first[1], other) == (cue, second)


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("said", "he was tired, and he hoped to sleep"),
        ("said", "the firm lied and promised more"),
        ("says", "the firm lies and promises more"),
        ("said", "“it is dry, and it believes others will”"),
    ],
)
def test_verbs_inside_what_was_said_part_nothing(cue: str, content: str) -> None:
    assert len(parts(f"{IDA} <cue.1>{cue}</> <content.1>{content}</>.")) == 1


@pytest.mark.parametrize(
    ("gap", "source"),
    [
        (" and hopes ", "Ida Falk"),
        (", while brokers at Brack fear ", "brokers at Brack"),
        (" and hopes for ", "Ida Falk"),
    ],
)
def test_a_reporting_verb_between_two_segments_parts_them(gap: str, source: str) -> None:
    marked = f"{IDA} <cue.1>plans</> <content.1>to drill</>{gap}<content.1>a wet spring</>."
    assert [(part[0], part[2]) for part in parts(marked)] == [
        ("Ida Falk", "to drill"),
        (source, "a wet spring"),
    ]


def test_a_participle_with_that_opens_a_second_claim() -> None:
    marked = f"<content.1>It rains</>, {IDA} <cue.1>noted</>, <content.1>while adding that wells run dry</>."
    assert [part[1:] for part in parts(marked)] == [("noted", "It rains"), ("adding", "wells run dry")]


def test_a_quotation_behind_a_participle_runs_on_from_the_one_before() -> None:
    said = f"“We row,” {IDA} said, "
    said += "<cue.1>stressing</> <content.1>that it helps</>. <content.1>“All of us.”</>"
    assert [part[1:] for part in parts(said)] == [("stressing", "that it helps"), ("", "“All of us.”")]


def test_other_words_between_two_segments_part_nothing() -> None:
    marked = f"{IDA} <cue.1>plans</> <content.1>to drill</> at Brack and <content.1>to fill the tank</>."
    assert len(parts(marked)) == 1


def cues_and_contents(marked: str) -> list[tuple[str | None, str]]:
    """Cue and content of each part of the one marked attribution."""
    found = read_marks(marked)
    (attribution,) = attributions_of(found)
    assert attribution.cue is not None
    lemma = describe_cue(found.text, [attribution.cue]).lemma
    split = parted(found.text, attribution, lemma, find_quotations(found.text))
    assert all(part.source == attribution.source or part.cue is None for part in split)
    return [
        (found.text[slice(*part.cue)] if part.cue else None, found.text[part.start : part.end])
        for part in split
    ]


def test_a_second_verb_with_that_makes_a_second_claim() -> None:
    marked = f"{IDA} <cue.1>said</> <content.1>it may rain, but warned that the well is dry</>."
    assert cues_and_contents(marked) == [("said", "it may rain"), ("warned", "the well is dry")]


@pytest.mark.parametrize(
    "content",
    [
        "it may rain and warns that wells run dry",
        "Bo met them and told them that it rains",
        "it rains “and warned that it snows”",
    ],
)
def test_a_verb_of_another_tense_or_sentence_parts_nothing(content: str) -> None:
    assert cues_and_contents(f"{IDA} <cue.1>said</> <content.1>{content}</>.") == [("said", content)]


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("denied", [("denied", "the well was dry"), (None, "“It never was.”")]),
        ("said", [("said", "the well was dry: “It never was.”")]),
    ],
)
def test_what_is_quoted_behind_a_denial_is_not_denied(
    cue: str, expected: list[tuple[str | None, str]]
) -> None:
    assert (
        cues_and_contents(f"{IDA} <cue.1>{cue}</> <content.1>the well was dry: “It never was.”</>")
        == expected
    )


@given(st.text(alphabet="ab,;. \n", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_text_is_parted_into_pieces_of_its_contents(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    whole = Attribution(((start, end),), (0, min(1, start)), None, "quote_roles", 1.0)
    pieces = parted(text, whole, "say", find_quotations(text))
    assert all(start <= piece.start <= piece.end <= end for piece in pieces)
