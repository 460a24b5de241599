"""Extents: contents snapped to quotation marks, without outer stops and complementiser."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.quotation_marks import find_quotations
from pipeline.components.quotes.attribution import Offsets
from pipeline.components.quotes.extents import (
    dateline_end,
    joined_segments,
    quotations_in,
    snap_to_marks,
    without_complementiser,
    without_outer_stops,
)
from tests.components.handmade import Marked, read_marks

CONTENT = st.text(alphabet="ab “”\"'.,;:—- \n9", max_size=40)


def shown(marked: Marked, place: Offsets) -> str:
    return marked.text[place[0] : place[1]]


def snapped(marked: str) -> str:
    found = read_marks(marked)
    walls = [*found.all("cue"), *found.all("source")]
    return shown(found, snap_to_marks(found.place("content"), find_quotations(found.text), walls))


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("<source.1>Ana</> <cue.1>said</> “<content.1>we lost</>.”", "“we lost.”"),
        ("<source.1>Ana</> <cue.1>said</> “<content.1>we</> lost the well.”", "“we lost the well.”"),
        ("<source.1>Ana</> <cue.1>said</> the rain “<content.1>came</> late.”", "“came late.”"),
        ("“We <content.1>lost</>,” <source.1>Ana</> <cue.1>said</>.", "“We lost,”"),
        ("<source.1>Ana</> <cue.1>said</> <content.1>they “lost</> it” all.", "they “lost it”"),
        ("<source.1>Ana</> <cue.1>said</> <content.1>nothing is lost</>.", "nothing is lost"),
    ],
)
def test_a_quotation_that_a_content_cuts_is_taken_in_whole(marked: str, content: str) -> None:
    assert snapped(marked) == content


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("“We lost, <source.1>Ana</> <cue.1>said</>, <content.1>and they won</>.”", "and they won.”"),
        ("“<content.1>We lost</>, <source.1>Ana</> <cue.1>said</>, and they won.”", "“We lost"),
    ],
)
def test_a_content_never_swallows_a_cue_or_source(marked: str, content: str) -> None:
    assert snapped(marked) == content


def stripped(marked: str) -> str:
    found = read_marks(marked)
    place = found.place("content")
    return shown(found, without_outer_stops(found.text, place, find_quotations(found.text)))


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("<content.1>the well is dry,</> she said", "the well is dry"),
        ("<content.1>, the well is dry.</>", "the well is dry"),
        ("<content.1>“The well is dry,”</> she said", "“The well is dry,”"),
        ("<content.1>“The well is dry”,</> she said", "“The well is dry”"),
        ("<content.1>: “The well is dry.”</>", "“The well is dry.”"),
        ("<content.1>the well is dry —</> she said", "the well is dry"),
        ("<content.1>  the well is dry \u00a0</>", "the well is dry"),
        ("<content.1>is the well dry?</>", "is the well dry?"),
        ("<content.1>the well is dry!</>", "the well is dry!"),
    ],
)
def test_outer_commas_and_stops_go_unless_marks_hold_them(marked: str, content: str) -> None:
    assert stripped(marked) == content


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("<content.1>they met at 9 a.m.</>", "they met at 9 a.m."),
        ("<content.1>they left the U.S.</>", "they left the U.S."),
        ("<content.1>it belongs to Lumen Inc.</>", "it belongs to Lumen Inc."),
        ("<content.1>it belongs to John Roe Jr.,</> she said", "it belongs to John Roe Jr."),
        ("<content.1>they left the U.S..</>", "they left the U.S."),
        ("<content.1>it is a plan.</>", "it is a plan"),
    ],
)
def test_the_stop_of_an_abbreviation_stays(marked: str, content: str) -> None:
    assert stripped(marked) == content


@given(CONTENT, st.data())
def test_stripping_only_shortens(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = without_outer_stops(text, (start, end), find_quotations(text))
    assert start <= first <= last <= end
    assert without_outer_stops(text, (first, last), find_quotations(text)) == (first, last)


@given(CONTENT, st.data())
def test_snapping_only_widens_and_to_whole_quotations(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quotations = find_quotations(text)
    first, last = snap_to_marks((start, end), quotations, [])
    assert first <= start <= end <= last
    for quotation in quotations_in(quotations, first, last):
        assert first <= quotation.start and quotation.end <= last


@pytest.mark.parametrize(
    ("content", "bare"),
    [
        ("that the well is dry", "the well is dry"),
        ("that  the well is dry", "the well is dry"),
        ("that\u00a0the well is dry", "the well is dry"),
        ("that", "that"),
        ("that ", "that "),
        ("thatch burns", "thatch burns"),
        ("the well that is dry", "the well that is dry"),
        ("“that the well is dry”", "“that the well is dry”"),
    ],
)
def test_a_leading_that_is_no_part_of_the_content(content: str, bare: str) -> None:
    text = f"She said {content}"
    start, end = without_complementiser(text, (9, len(text)))
    assert text[start:end] == bare


@pytest.mark.parametrize(
    ("marked", "contents"),
    [
        ("<content.1>one</> <content.2>two</>", ["one two"]),
        ("<content.1>“one,</>” — “<content.2>two</>”", ["“one,” — “two"]),
        ("<content.1>one</> she said <content.2>two</>", ["one", "two"]),
        ("<content.1>one <content.2>two</> three</>", ["one two three"]),
        ("<content.1>one</>", ["one"]),
    ],
)
def test_segments_without_words_between_are_one(marked: str, contents: list[str]) -> None:
    found = read_marks(marked)
    places = found.all("content")
    assert [shown(found, place) for place in joined_segments(found.text, places)] == contents
    assert joined_segments(found.text, reversed(places)) == joined_segments(found.text, places)


def test_no_segments_are_joined_to_none() -> None:
    assert joined_segments("abc", []) == []


@given(CONTENT, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=6))
def test_joined_segments_are_in_order_and_keep_every_word(text: str, pieces: list[tuple[int, int]]) -> None:
    segments = [(start, min(len(text), start + length)) for start, length in pieces if start < len(text)]
    joined = joined_segments(text, segments)
    edges = [edge for segment in joined for edge in segment]
    assert edges == sorted(edges)
    for start, end in segments:
        assert any(first <= start and end <= last for first, last in joined)


def test_quotations_are_found_by_overlap() -> None:
    text = "“a” b “c” d “e”"
    quotations = find_quotations(text)
    assert quotations_in(quotations, 0, 3) == quotations[:1]
    assert quotations_in(quotations, 3, 6) == []
    assert quotations_in(quotations, 2, 7) == quotations[:2]
    assert quotations_in(quotations, 7, 99) == quotations[1:]


def test_a_long_run_of_stops_takes_linear_time() -> None:
    text = "dry" + "., " * 70_000
    began = time.process_time()
    assert without_outer_stops(text, (0, len(text)), []) == (0, 3)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "dateline",
    [
        "OSTRAVA, Czechia, 4 May 2019 - ",
        "Ostrava, 4 May 2019 – ",
        "Ostrava, Czechia — ",
        "OSTRAVA, May 4 (Newsdesk) - ",
    ],
)
def test_where_and_when_a_report_was_sent_is_its_dateline(dateline: str) -> None:
    text = f"{dateline}The well ran dry on Monday."
    assert dateline_end(text, (0, len(text))) == len(dateline)


@pytest.mark.parametrize("text", ["The well – it ran dry.", "Ana Diaz, 44, is a digger – and proud."])
def test_other_dashes_make_no_dateline(text: str) -> None:
    assert dateline_end(text, (0, len(text))) == 0
