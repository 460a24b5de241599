"""The reporting clause: whom it was said to, and on which day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.claims.reporting import find_addressee, find_said_on
from pipeline.components.quotes.attribution import Attribution
from pipeline.record import Timex
from tests.components.handmade import attributions_of, read_marks


def addressee(marked: str) -> str | None:
    found = read_marks(marked)
    (attribution,) = attributions_of(found)
    span = find_addressee(found.text, attribution)
    if span is not None:
        assert found.text[span.start : span.end] == span.exact
    return span.exact if span else None


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("<source.1>Ana Diaz</> <cue.1>told</> reporters <content.1>the well was dry</>.", "reporters"),
        ("<source.1>Diaz</> <cue.1>told</> the Harbour Post <content.1>it was dry</>.", "the Harbour Post"),
        (
            "<content.1>“It is dry,”</> <source.1>Diaz</> <cue.1>told</> a packed hall on Monday.",
            "a packed hall",
        ),
        ("<content.1>“It is dry,”</> <source.1>she</> <cue.1>told</> the council in May.", "the council"),
        ("<content.1>“It is dry,”</> <source.1>she</> <cue.1>told</> Roe, her deputy.", "Roe"),
        ("<source.1>She</> <cue.1>warned</> farmers that <content.1>it was dry</>.", "farmers"),
        ("<source.1>She</> <cue.1>has assured</> voters that <content.1>it was dry</>.", "voters"),
        ("<content.1>“It is dry,”</> <source.1>she</> <cue.1>said</> to reporters.", "reporters"),
        ("<source.1>She</> <cue.1>told</> <content.1>“the people”</>.", None),
        ("<source.1>She</> <cue.1>said</> <content.1>it was dry</>.", None),
        ("<source.1>She</> <cue.1>denied</> <content.1>that it was dry</> to the end.", None),
        ("<content.1>“It is dry,”</> <cue.1>told</> <source.1>Diaz</> us.", None),
        ("<content.1>“It is dry.”</>", None),
    ],
)
def test_the_addressee_is_the_phrase_that_was_told(marked: str, told: str | None) -> None:
    assert addressee(marked) == told


def test_the_addressee_ends_before_the_content() -> None:
    assert addressee("<source.1>She</> <cue.1>told</> them <content.1>rain comes</>.") == "them"


def test_an_infinitive_is_nobody_who_was_told() -> None:
    assert addressee("<source.1>She</> <cue.1>hoped</> <content.1>to revive the talks</>.") is None


def test_the_addressee_ends_before_a_stretch_of_time() -> None:
    assert (
        addressee("<source.1>She</> <cue.1>told</> the House minutes later <content.1>rain comes</>.")
        == "the House"
    )


def test_the_addressee_ends_before_a_date() -> None:
    found = read_marks("<content.1>“It is dry,”</> <source.1>she</> <cue.1>told</> the council yesterday.")
    (attribution,) = attributions_of(found)
    span = find_addressee(found.text, attribution, [day(found.text, "yesterday", "2024-10-15")])
    assert span is not None and span.exact == "the council"


@given(st.text(max_size=120))
def test_any_text_behind_a_telling_verb_gives_a_span_of_it_or_none(tail: str) -> None:
    text = "He told" + tail
    attribution = Attribution(((0, 2),), (3, 7), None, "quote_roles", 1.0)
    span = find_addressee(text, attribution)
    assert span is None or (span.exact and text[span.start : span.end] == span.exact)


def day(text: str, words: str, value: str, *, end: str | None = None, type: str = "DATE") -> Timex:
    start = text.index(words)
    return Timex(
        start, start + len(words), words, type, value, None, value, end or value, "day", True, "2024-10-16"  # type: ignore[arg-type]
    )  # fmt: skip


def said_on(marked: str, **days: str) -> str | None:
    found = read_marks(marked)
    (attribution,) = attributions_of(found)
    timexes = [day(found.text, words.replace("_", " "), value) for words, value in days.items()]
    return find_said_on(attribution, (0, len(found.text)), timexes)


def test_the_day_in_the_reporting_clause_is_the_day_of_speaking() -> None:
    marked = "<content.1>“It is dry,”</> <source.1>Diaz</> <cue.1>told</> reporters yesterday."
    assert said_on(marked, yesterday="2024-10-15") == "2024-10-15"


def test_a_day_inside_the_content_is_not_the_day_of_speaking() -> None:
    marked = "<source.1>Diaz</> <cue.1>said</> <content.1>it ran dry on Monday</>."
    assert said_on(marked, Monday="2024-10-14") is None


def test_the_day_nearest_the_cue_counts() -> None:
    marked = "After the fire on Sunday, <source.1>Diaz</> <cue.1>said</> Monday <content.1>it was dry</>."
    assert said_on(marked, Sunday="2024-10-13", Monday="2024-10-14") == "2024-10-14"


def test_a_quotation_without_cue_has_no_day() -> None:
    assert said_on("<content.1>“It is dry.”</> Monday", Monday="2024-10-14") is None


def test_a_day_of_another_sentence_does_not_count() -> None:
    found = read_marks("It rained Monday. <source.1>Diaz</> <cue.1>said</> <content.1>it was dry</>.")
    (attribution,) = attributions_of(found)
    sentence = (found.text.index("Diaz"), len(found.text))
    assert find_said_on(attribution, sentence, [day(found.text, "Monday", "2024-10-14")]) is None


def test_a_stretch_of_days_is_no_day_of_speaking() -> None:
    text = "Diaz said this week it was dry"
    attribution = Attribution(((20, 30),), (5, 9), (0, 4), "quote_roles", 1.0)
    week = day(text, "this week", "2024-10-14", end="2024-10-20")
    assert find_said_on(attribution, (0, len(text)), [week]) is None


def test_an_hour_of_a_day_tells_the_day() -> None:
    text = "Diaz said early Monday it was dry"
    attribution = Attribution(((23, 33),), (5, 9), (0, 4), "quote_roles", 1.0)
    hour = day(text, "early Monday", "2024-10-14", type="TIME")
    assert find_said_on(attribution, (0, len(text)), [hour]) == "2024-10-14"


def test_an_unresolved_day_tells_nothing() -> None:
    text = "Diaz said Monday it was dry"
    attribution = Attribution(((17, 27),), (5, 9), (0, 4), "quote_roles", 1.0)
    unresolved = Timex(10, 16, "Monday", "DATE", None, None, None, None, "day", True, None)
    assert find_said_on(attribution, (0, len(text)), [unresolved]) is None
