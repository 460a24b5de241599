"""Offsets from a day that stands with them, and readings that look forward."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.components.dates import find_timexes
from pipeline.record import Timex
from tests.components.dates.conftest import Finder

_VOCAB = Vocab()


def look_forward(text: str, now: date) -> list[Timex]:
    doc = Doc(_VOCAB, words=[text], spaces=[False])
    return list(find_timexes(doc, published=now, prefer="future"))


@pytest.mark.parametrize(
    ("sentence", "exact", "value"),
    [
        ("They meet a week from Friday.", "a week from Friday", "2024-10-25"),
        ("They will meet a week from Friday.", "a week from Friday", "2024-10-25"),
        ("They left three days after Christmas 2019.", "three days after Christmas 2019", "2019-12-28"),
        ("They left one year before Easter 2020.", "one year before Easter 2020", "2019-04-12"),
    ],
)
def test_an_offset_counts_from_the_day_it_names(find: Finder, sentence: str, exact: str, value: str) -> None:
    (timex,) = find(sentence)
    assert (timex.exact, timex.value) == (exact, value)


def test_in_two_weeks_is_a_duration_in_news(find: Finder) -> None:
    assert [(t.exact, t.value) for t in find("The bridge rose in two weeks.")] == [("two weeks", "P2W")]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("in two weeks", "2024-W44"),
        ("in 3 days", "2024-10-19"),
        ("in two hours", "2024-10-16T11:15"),
        ("in half an hour", "2024-10-16T09:45"),
        ("at 8 a.m.", "2024-10-17T08:00"),
        ("at 10 a.m.", "2024-10-16T10:00"),
    ],
)
def test_what_looks_forward_counts_from_the_minute_of_writing(words: str, value: str) -> None:
    assert [t.value for t in look_forward(words, datetime(2024, 10, 16, 9, 15))] == [value]


def test_hours_ahead_have_no_value_where_the_minute_is_not_known() -> None:
    assert [t.value for t in look_forward("in two hours", date(2024, 10, 16))] == [None]


def test_hours_ago_are_a_time_where_the_minute_is_known() -> None:
    doc = Doc(_VOCAB, words=["He left two hours ago."], spaces=[False])
    (timex,) = find_timexes(doc, published=datetime(2024, 10, 16, 1, 15))
    assert (timex.type, timex.value) == ("TIME", "2024-10-15T23:15")


def test_a_word_of_a_feasts_name_alone_is_no_feast(find: Finder) -> None:
    (timex,) = find("They must register two days after arrival.")
    assert (timex.exact, timex.value) == ("two days", "P2D")
