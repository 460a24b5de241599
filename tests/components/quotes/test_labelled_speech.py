"""Speech without a reporting verb: labels before turns and letters, names behind quotations."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.quotation_marks import find_quotations, line_paragraphs
from pipeline.components.quotes.attribution import Attribution
from pipeline.components.quotes.labelled_speech import LABEL_RULES, labelled_speech, merged
from tests.components.handmade import attributions_of, read_marks

INTERVIEW = "Q: Is the weir safe?\nA: We think so.\nQ: Since when?\nA: Since the spring.\n"
LINES = st.lists(
    st.sampled_from(
        [
            "Q: ",
            "A: ",
            "From Ida Falk: ",
            "Ida Falk: ",
            "“We row,” ",
            "— Ida Falk",
            "we row. ",
            "\n",
            ":",
            "\u00a0",
        ]
    ),
    max_size=24,
).map("".join)


def found_in(text: str) -> list[Attribution]:
    """The labelled speech of a text whose lines are its paragraphs."""
    return labelled_speech(text, line_paragraphs(text), find_quotations(text))


def said(text: str) -> list[tuple[str, str]]:
    """Label and content of each labelled speech."""
    return [(text[slice(*a.source or (0, 0))], text[a.start : a.end]) for a in found_in(text)]


def rules(text: str) -> list[str]:
    """The rules that decided, in order of place."""
    return [attribution.rule for attribution in found_in(text)]


def test_the_turns_of_an_interview_belong_to_their_labels() -> None:
    assert said(INTERVIEW) == [
        ("Q", "Is the weir safe?"),
        ("A", "We think so"),
        ("Q", "Since when?"),
        ("A", "Since the spring"),
    ]


TRANSCRIPT = (
    "“ROE: Is the weir safe?\n\n“DIAZ: We think so. It was built to last.\n\n“And it did.\n\n"
    "“ROE: Since when?\n\n“DIAZ: Since the spring.”\n\n“It holds,” said the mayor.\n"
)


def test_a_quoted_transcript_belongs_to_its_labels() -> None:
    assert said(TRANSCRIPT)[:5] == [
        ("ROE", "Is the weir safe?"),
        ("DIAZ", "We think so. It was built to last"),
        ("DIAZ", "“And it did"),
        ("ROE", "Since when?"),
        ("DIAZ", "Since the spring"),
    ]


def test_a_quotation_that_swallows_a_turn_is_left_out() -> None:
    text = "“ROE: Is it safe?\n“DIAZ: It is.\n“ROE: Good.\n"
    labelled = found_in(text)
    wrong = Attribution(((0, len(text) - 1),), (1, 4), None, "quote_roles", 0.9)
    assert merged(text, labelled, [wrong]) == labelled


def test_a_name_after_a_horizontal_bar_signs_the_quotation() -> None:
    assert said("“We row.” ― Ida Falk.\n") == [("Ida Falk", "“We row.”")]


@pytest.mark.parametrize(
    "label",
    [
        "Ida Falk",
        "IDA FALK",
        "I.F.",
        "Van der Moer",
        "Ana de los Rios",
        "Jean-Luc O’Dowd",
        "Mayor of Brack",
        "Éva Ősz",
    ],
)
def test_a_turn_may_be_labelled_with_a_name(label: str) -> None:
    text = f"{label}: We row.\nReporter: Why?\n{label}: For fun.\n"
    assert said(text) == [(label, "We row"), ("Reporter", "Why?"), (label, "For fun")]


@pytest.mark.parametrize(
    "text",
    [
        "Q: Is the weir safe?\nA: We think so.\n",  # two turns
        "Monday: Rain.\nTuesday: Sun.\nWednesday: Wind.\n",  # no label twice: a list
        "where: here.\nwhere: there.\nwhere: everywhere.\n",  # no name
        "One Two Three Four Five Six: a.\nOne Two Three Four Five Six: b.\nOne Two Three Four Five Six: c.\n",
        "At 9:30 we row.\nAt 9:40 we rest.\nAt 9:50 we row.\n",
        "Q:\nA:\nQ:\n",
        "",
    ],
)
def test_what_is_no_conversation_has_no_turns(text: str) -> None:
    assert found_in(text) == []


def test_paragraphs_without_a_label_belong_to_no_turn() -> None:
    text = INTERVIEW.replace("Q: Since when?", "The engineer laughs.\nQ: Since when?")
    assert len(found_in(text)) == 4


@pytest.mark.parametrize(
    "place", ["", ", Brackwater", " in Brackwater", " of the Quay Society", " at 9 Dock Lane"]
)
def test_a_letter_belongs_to_the_name_on_its_head(place: str) -> None:
    assert said(f"From Ida Falk{place}: Your ferry is late.\n") == [("Ida Falk", "Your ferry is late")]


@pytest.mark.parametrize(
    "text",
    [
        "From: here.\n",
        "From day one: it leaked.\n",
        "From Ida Falk\n",
        "From Ida Falk:\n",
        "Far from Ida: a shore.\n",
    ],
)
def test_a_line_without_name_or_letter_is_no_letter(text: str) -> None:
    assert found_in(text) == []


def test_a_body_that_writes_keeps_the_whole_of_its_name() -> None:
    assert said("From the Bank of Brack: Rates stay.\n") == [("the Bank of Brack", "Rates stay")]


@pytest.mark.parametrize("dash", ["—", "–", "--", "-"])
def test_a_quotation_signed_with_a_dash_belongs_to_the_name_behind_it(dash: str) -> None:
    assert said(f"“We row at dawn.” {dash} Ida Falk.\n") == [("Ida Falk", "“We row at dawn.”")]


@pytest.mark.parametrize(
    "text",
    [
        "She wrote: “We row at dawn.” — Ida Falk\n",  # words before it
        "“We row at dawn” — and we did.\n",  # no name
        "“We row at dawn” — Nobody did; why. It rained. Still.\n",  # a sentence behind it
        "“We row at dawn” Ida Falk\n",  # no dash
    ],
)
def test_a_dash_in_a_sentence_signs_nothing(text: str) -> None:
    assert found_in(text) == []


def test_the_last_quotation_of_a_paragraph_is_the_signed_one() -> None:
    assert said("“ … ” “We row at dawn.” — Ida Falk\n") == [("Ida Falk", "“We row at dawn.”")]


@pytest.mark.parametrize("text", ["Ida Falk: “We row at dawn”\n", "Ida Falk: “We row at dawn”.\n"])
def test_a_name_and_a_colon_before_nothing_but_a_quotation_is_its_speaker(text: str) -> None:
    assert said(text) == [("Ida Falk", "“We row at dawn”")]


@pytest.mark.parametrize(
    "text",
    [
        "Ida Falk: “We row” at dawn\n",
        "Ida Falk: late “as ever”\n",
        "our motto: “We row”\n",
        "“Row”: a book\n",
    ],
)
def test_a_quotation_with_words_beside_it_is_no_headline(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (INTERVIEW, "turn_label"),
        ("From Ida Falk: Your ferry is late.\n", "from_label"),
        ("“We row at dawn.” — Ida Falk\n", "dash_name"),
        ("Ida Falk: “We row at dawn”\n", "colon_label"),
    ],
)
def test_every_way_to_label_is_a_rule_of_its_own(text: str, rule: str) -> None:
    assert set(rules(text)) == {rule}
    assert rule in LABEL_RULES


def test_labelled_speech_is_direct_without_cue() -> None:
    (found,) = found_in("Ida Falk: “We row at dawn”\n")
    assert (found.kind, found.cue) == ("direct", None)


@given(LINES)
def test_labelled_speech_stands_in_order_and_takes_each_content_once(text: str) -> None:
    found = found_in(text)
    assert [a.start for a in found] == sorted(a.start for a in found)
    assert len({a.segments[0] for a in found}) == len(found)


@given(LINES)
def test_label_and_content_lie_in_one_paragraph_and_apart(text: str) -> None:
    borders = line_paragraphs(text)
    for attribution in found_in(text):
        label = attribution.source or (0, 0)
        places = sorted((label, attribution.segments[0]))
        assert places[0][0] < places[0][1] <= places[1][0] <= places[1][1]
        assert any(start <= places[0][0] and places[1][1] <= end for start, end in borders)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 200_000,
        "A " * 100_000,
        "A: " * 70_000,
        "Ida:\n" * 40_000,
        "“a” — B" * 25_000,
        "From A, " * 25_000,
    ],
)
def test_a_long_text_without_labels_takes_time_in_proportion(text: str) -> None:
    began = time.process_time()
    found_in(text)
    assert time.process_time() - began < 10


def joined(marked: str) -> tuple[str, list[Attribution]]:
    """A text's labelled speech, and what is marked in it as tagged, in one list."""
    text = read_marks(marked).text
    return text, merged(text, found_in(text), attributions_of(read_marks(marked)))


def test_without_labels_what_is_tagged_stays_as_it_is() -> None:
    tagged = attributions_of(read_marks("<source.1>Ida</> <cue.1>:</> <content.1>we row</>"))
    assert merged("Ida : we row", [], tagged) == tagged


def test_what_is_tagged_with_a_speaker_inside_a_turn_is_nested_in_it() -> None:
    turn = "A: <source.1>The mayor</> <cue.1>said</> <content.1>the weir is safe</>.\n"
    text, found = joined(INTERVIEW.replace("A: We think so.\n", turn))
    *labelled, inner = found
    assert text[inner.start : inner.end] == "the weir is safe"
    assert inner.nested_in == 1
    assert [a.rule for a in labelled] == ["turn_label"] * 4


@pytest.mark.parametrize(
    "turn",
    ["A: It was <cue.1>said</> <content.1>to be safe</>.\n", "A: <content.1>We think so</>.\n"],
)
def test_what_is_tagged_without_a_speaker_inside_a_turn_is_the_turns(turn: str) -> None:
    _, found = joined(INTERVIEW.replace("A: We think so.\n", turn))
    assert {a.rule for a in found} == {"turn_label"}


def test_the_colon_of_a_label_is_no_cue() -> None:
    _, found = joined("<source.1>Ida Falk</><cue.1>:</> <content.1>“We row at dawn”</>\n")
    assert [a.rule for a in found] == ["colon_label"]


def test_a_labelled_quotation_that_has_a_cue_is_left_to_the_cue() -> None:
    _, found = joined("<content.1>“We row at dawn,”</> - <source.1>Ida Falk</> <cue.1>said</>\n")
    assert [(a.rule, a.cue is not None) for a in found] == [("quote_roles", True)]


def test_what_runs_on_after_a_dropped_attribution_goes_with_it() -> None:
    text = "Ida Falk: “We row at dawn”\nAnd then. “We rest.”\n"
    dropped = Attribution(((10, 26),), (8, 9), (0, 8), "quote_roles", 0.9)
    running_on = Attribution(((37, 47),), None, None, "continuation", 0.9, continues=0)
    assert [a.rule for a in merged(text, found_in(text), [dropped, running_on])] == ["colon_label"]


def test_what_runs_on_follows_its_head_to_the_new_place() -> None:
    text = "Ida Falk: “We row at dawn”\nBo said: “It rains. “We rest.”\n"
    head = Attribution(((36, 46),), (30, 34), (27, 29), "quote_roles", 0.9)
    running_on = Attribution(((47, 57),), None, None, "continuation", 0.9, continues=0)
    labelled, first, second = merged(text, found_in(text), [head, running_on])
    assert labelled.rule == "colon_label"
    assert (first.continues, second.continues) == (None, 1)


def test_speech_that_a_dash_opens_is_signed_by_nobody() -> None:
    assert said("– The well is dry, she told me. – Ida Falk came in.\n") == []


@pytest.mark.parametrize(("source", "nested"), [("I", 0), ("We", 0), ("My aunt", 1), ("They", 1)])
def test_a_turns_own_thoughts_are_not_nested_in_it(source: str, nested: int) -> None:
    turns = f"Q: Is it?\nA: <source.1>{source}</> <cue.1>think</> <content.1>it is safe</>.\nQ: So?\nA: So.\n"
    found = read_marks(turns)
    labelled = labelled_speech(found.text, line_paragraphs(found.text), find_quotations(found.text))
    result = merged(found.text, labelled, attributions_of(found))
    assert sum(a.nested_in is not None for a in result) == nested
