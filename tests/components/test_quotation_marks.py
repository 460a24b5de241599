"""Quotations by their marks: which pairs, which apostrophes, what an open mark does."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.quotation_marks import (
    INSIDE,
    MARK,
    OUTSIDE,
    Quotation,
    find_quotations,
    line_paragraphs,
    quotation_states,
)

MARKS = "\"'“”„‟«»‹›‘’‚‛`"


def quoted(text: str) -> list[str]:
    """The inner text of every quotation."""
    return [text[q.inner_start : q.inner_end] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("“", "”"), ('"', '"'), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("‹", "›"), ("``", "''"),
        ("''", "''"), ("”", "”"), ("“", "“"), ("‘", "’"), ("'", "'"), ("‚", "‘"),
    ],
)  # fmt: skip
def test_every_usual_pair_of_marks_is_a_quotation(opening: str, closing: str) -> None:
    text = f"He said {opening}the well is dry{closing} again."
    (quotation,) = find_quotations(text)
    assert text[quotation.inner_start : quotation.inner_end] == "the well is dry"
    assert text[quotation.start : quotation.end] == f"{opening}the well is dry{closing}"
    assert quotation.closed


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“Stop,” she said. “Go on.”", ["Stop,", "Go on."]),
        ('"Stop," she said, "or go on."', ["Stop,", "or go on."]),
        ("The so-called “bridge to nowhere” opens.", ["bridge to nowhere"]),
        ("(“No.”)", ["No."]),
        ("He asked—“why?”—and left.", ["why?"]),
        ('He asked--"why?"--and left.', ["why?"]),
        ("''It's dry,'' she said. ''We won't dig.''", ["It's dry,", "We won't dig."]),
        ("``It's dry,'' she said.", ["It's dry,"]),
    ],
)
def test_quotations_stand_in_the_order_of_the_text(text: str, inner: list[str]) -> None:
    assert quoted(text) == inner


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“She told me ‘never again’ and left,” he said.", "She told me ‘never again’ and left,"),
        ("\"He said 'no' to us,\" she said.", "He said 'no' to us,"),
        ("‘I call it “the hole”, mate,’ he said.", "I call it “the hole”, mate,"),
        ("She said, “‘Never,’ he told me.”", "‘Never,’ he told me."),
        ("«She said “no” to us»", "She said “no” to us"),
    ],
)
def test_the_outermost_quotation_wins(text: str, inner: str) -> None:
    assert quoted(text) == [inner]


@pytest.mark.parametrize(
    "text",
    [
        "The farmers' union met.",
        "The farmers’ union met; the drivers’ union did not.",
        "It's the mayor's plan, and they don't like it.",
        "It’s the mayor’s plan, and they don’t like it.",
        "The '90s were kind, the ’80s were not.",
        "Give 'em hell, rock ’n’ roll.",
        "A 5\" pipe and a 6' wall.",
        "She is 5'4\" tall.",
        'A 5"x7" plate and a 9"x12" one.',
        "O'Neill met D'Angelo.",
        "",
        "No marks at all.",
    ],
)
def test_apostrophes_feet_and_inches_quote_nothing(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("‘It’s the council’s fault,’ he said.", ["It’s the council’s fault,"]),
        ("'It's the council's fault,' he said.", ["It's the council's fault,"]),
        ("‘The workers’ pay is late,’ she said.", ["The workers’ pay is late,"]),
        ("‘Never,’ he said, ‘and I don’t lie.’", ["Never,", "and I don’t lie."]),
    ],
)
def test_apostrophes_inside_single_quotations_do_not_close_them(text: str, inner: list[str]) -> None:
    assert quoted(text) == inner


def test_single_quotations_are_told_from_double_ones() -> None:
    assert [q.single for q in find_quotations("‘One thing,’ he said, “and another.”")] == [True, False]


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    text = "“We are tired.\nNobody listens."
    (quotation,) = find_quotations(text)
    assert text[quotation.start : quotation.end] == "“We are tired."
    assert not quotation.closed


def test_speech_over_paragraphs_reopens_in_each_and_closes_in_the_last() -> None:
    text = "“We are tired.\n\n“Nobody listens.\n\n“Now we strike.”"
    assert quoted(text) == ["We are tired.", "Nobody listens.", "Now we strike."]
    assert [q.closed for q in find_quotations(text)] == [False, False, True]


def test_a_stray_mark_does_not_reach_into_the_next_paragraph() -> None:
    text = 'He wrote "this and stopped.\nThe fair opens. "All are welcome," she said.'
    assert quoted(text)[1:] == ["All are welcome,"]


def test_trailing_blanks_stand_outside_an_open_quotation() -> None:
    text = "“We are tired.   \n"
    (quotation,) = find_quotations(text, [(0, len(text))])
    assert text[quotation.start : quotation.end] == "“We are tired."


def test_given_paragraphs_decide_what_is_searched() -> None:
    text = "“One.” “Two.” “Three.”"
    (quotation,) = find_quotations(text, [(7, 13)])
    assert text[quotation.start : quotation.end] == "“Two.”"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One.\n\n  \nTwo.", ["One.", "Two."]),
        ("", []),
        (" \n\t\n", []),
        ("\n\nOnly.\n", ["Only."]),
    ],
)
def test_the_paragraphs_of_a_plain_text_are_its_lines_with_words(text: str, lines: list[str]) -> None:
    assert [text[start:end].strip() for start, end in line_paragraphs(text)] == lines


def test_states_tell_inside_from_mark_and_outside() -> None:
    text = "a “b” c"
    states = quotation_states(len(text), find_quotations(text)).tolist()
    assert states == [OUTSIDE, OUTSIDE, MARK, INSIDE, MARK, OUTSIDE, OUTSIDE]


def test_a_two_character_mark_is_a_mark_throughout() -> None:
    text = "``b''"
    assert quotation_states(len(text), find_quotations(text)).tolist() == [MARK, MARK, INSIDE, MARK, MARK]


def well_formed(text: str, found: list[Quotation]) -> bool:
    """Inside the text, in order, not overlapping, marks around the inner part."""
    edges = [0, *(edge for q in found for edge in (q.start, q.end)), len(text)]
    inner = all(q.start < q.inner_start <= q.inner_end <= q.end for q in found)
    return edges == sorted(edges) and inner and all(q.closed == (q.inner_end < q.end) for q in found)


@given(st.text())
def test_any_unicode_gives_ordered_quotations_that_do_not_overlap(text: str) -> None:
    assert well_formed(text, find_quotations(text))


@given(st.text(alphabet=MARKS + "sS a.,\n9", max_size=60))
def test_any_muddle_of_marks_gives_ordered_quotations_that_do_not_overlap(text: str) -> None:
    assert well_formed(text, find_quotations(text))


@given(st.text(alphabet=MARKS + "s a.,\n", max_size=60))
def test_every_quotation_begins_with_a_mark_and_stays_in_its_paragraph(text: str) -> None:
    for quotation in find_quotations(text):
        assert text[quotation.start] in MARKS
        assert "\n" not in text[quotation.start : quotation.end]


@given(st.text(alphabet=MARKS + "s a.,\n", max_size=60))
def test_every_code_point_has_the_state_of_its_quotation(text: str) -> None:
    found = find_quotations(text)
    states = quotation_states(len(text), found)
    assert len(states) == len(text)
    assert (states == INSIDE).sum() == sum(q.inner_end - q.inner_start for q in found)
    assert (states != OUTSIDE).sum() == sum(q.end - q.start for q in found)


@pytest.mark.parametrize(
    "piece", ['"', "'", "”", "‘", "’", "`", "‘a ", "' a", "s’ ", "“a “b ", "‘s’ a", "a\n", "7", "“a” "]
)
def test_long_runs_of_marks_take_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    find_quotations(text)
    assert time.process_time() - began < 10  # quadratic: minutes


def test_a_megabyte_of_mixed_marks_takes_seconds() -> None:
    text = "“a \"b ‘s’ c' ``d " * 60_000
    began = time.process_time()
    assert well_formed(text, find_quotations(text))
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“They call it “the pit” here,” she said. “We go.”", ["They call it “the pit” here,", "We go."]),
        ("“Half is gone, she said. “We go.”", ["Half is gone, she said. “We go."]),
        ('“The well is dry," she said.', ["The well is dry,"]),
        ('“He calls it "the pit" at home,” she said.', ['He calls it "the pit" at home,']),
    ],
)
def test_doubled_and_mixed_marks_pair_as_a_reader_pairs_them(text: str, inner: list[str]) -> None:
    assert [text[q.inner_start : q.inner_end] for q in find_quotations(text)] == inner


def dashed(text: str) -> list[str]:
    """The quotations of one paragraph."""
    return [text[q.start : q.end] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("– The well is dry, she told me at the gate.", ["The well is dry"]),
        ("— The well is dry, said the old keeper.", ["The well is dry"]),
        ("— Is it dry? the keeper asked.", ["Is it dry?"]),
        ("— It is dry, and my mother said so.", ["It is dry, and my mother said so."]),
        ("– It is dry, she said. – Since May.", ["It is dry", "Since May."]),
        ("— It is dry — she said — since May.", ["It is dry", "since May."]),
    ],
)
def test_speech_behind_a_dash_ends_where_the_reporting_clause_begins(text: str, speech: list[str]) -> None:
    assert dashed(text) == speech


def test_a_run_of_blanks_in_speech_behind_a_dash_takes_linear_time() -> None:
    began = time.process_time()
    assert quoted(f"— We will go{' ' * 200_000}on.") == [f"We will go{' ' * 200_000}on."]
    assert time.process_time() - began < 5  # quadratic: minutes
