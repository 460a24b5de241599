"""Paragraph borders."""

from __future__ import annotations

import itertools
import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles.paragraphs import paragraphs

LONG = "The ferry left the harbour at six with eleven passengers, two goats and a piano nobody had paid for. "


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2029"])
def test_blank_lines_separate(newline):
    assert pieces(f"One.{newline}{newline}Two.{newline} {newline}Three.") == ["One.", "Two.", "Three."]


def test_single_newlines_separate_where_lines_are_paragraphs():
    text = f"{LONG * 2}\n{LONG}\nShort one.\n{LONG * 3}"
    assert len(pieces(text)) == 4


@pytest.mark.parametrize("width", [60, 72, 78])
def test_wrapped_text_is_joined_at_its_column(width):
    wrapped = "\n\n".join(textwrap.fill(LONG * count, width) for count in (3, 1, 4))
    assert [" ".join(piece.split()) for piece in pieces(wrapped)] == [
        (LONG * count).strip() for count in (3, 1, 4)
    ]


def test_wrapped_text_without_blank_lines_breaks_after_short_lines():
    first, second = LONG * 4 + "It sank off the cape.", LONG * 3 + "It floats."
    wrapped = textwrap.fill(first, 70) + "\n" + textwrap.fill(second, 70)
    assert [" ".join(piece.split()) for piece in pieces(wrapped)] == [first, second]


def test_list_of_short_lines_stays_a_list():
    lines = ["Oslo 14 degrees", "Rome 22 degrees", "Cairo 31 degrees", "Lima 17 degrees", "Quito 15 degrees"]
    assert pieces("\n".join(lines)) == lines


def test_line_that_goes_on_in_lower_case_is_no_new_paragraph():
    text = f"{LONG}The owner, who\nonce said\nthat he hated pianos, was not aboard.\n{LONG}"
    assert pieces(text)[1].startswith("The ferry") and len(pieces(text)) == 2


def test_lower_case_after_a_finished_sentence_is_a_new_paragraph():
    assert pieces(f"{LONG}\niPhones were lost.") == [LONG.strip(), "iPhones were lost."]


def test_borders_exclude_white_space():
    assert pieces("  \xa0 One. \t\n\n\n   Two.\n") == ["One.", "Two."]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\ufeff"[:0]])
def test_nothing_but_white_space_has_no_paragraphs(text):
    assert paragraphs(text) == []


@given(st.text(alphabet=st.sampled_from("ab .\n\r\u2028\t“\ud800é"), max_size=300))
def test_every_character_but_white_space_is_in_exactly_one_paragraph(text):
    covered = sorted(index for start, end in paragraphs(text) for index in range(start, end))
    assert len(covered) == len(set(covered))
    assert {index for index, char in enumerate(text) if not char.isspace()} <= set(covered)


@given(st.text(max_size=300))
def test_paragraphs_come_in_order_and_do_not_touch(text):
    spans = paragraphs(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "unit", ["1", " ", '"', "a\n", "\n", "\r", "word ", "Some words of a line that is as long as this\n"]
)
def test_hostile_text_takes_linear_time(unit):
    text = unit * (300_000 // len(unit))
    began = time.process_time()
    paragraphs(text)
    assert time.process_time() - began < 5
