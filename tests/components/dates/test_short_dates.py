"""The shorthand of notes, read by option only. Published on Wednesday, 16 October 2024."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.components.dates import find_timexes
from pipeline.record import Timex

_VOCAB = Vocab()


def found(text: str, *, order: str = "MDY", short: bool = True) -> list[Timex]:
    doc = Doc(_VOCAB, words=[text], spaces=[False])
    return list(find_timexes(doc, published=date(2024, 10, 16), date_order=order, short_dates=short))


@pytest.mark.parametrize(
    ("words", "order", "value"),
    [
        ("due 9/15", "MDY", "2024-09-15"),
        ("due 15/9", "DMY", "2024-09-15"),
        ("due 15-9", "DMY", "2024-09-15"),
        ("born 31-10-74", "DMY", "1974-10-31"),
        ("born 10 31 1974", "MDY", "1974-10-31"),
        ("sent thu", "MDY", "2024-10-10"),
        ("call 12:15", "MDY", "2024-10-16T12:15"),
        ("due EOM", "MDY", "2024-10"),
    ],
)
def test_shorthand_is_read_by_option(words: str, order: str, value: str) -> None:
    assert [timex.value for timex in found(words, order=order)] == [value]


@pytest.mark.parametrize("words", ["won 9-3", "cut 2/15 of it", "ran 2:51", "due EOM", "due 31-9", "thu"])
def test_shorthand_is_no_date_without_the_option(words: str) -> None:
    assert found(words, short=False) == []


@pytest.mark.parametrize("words", ["31/9", "45/13", "0-0", "9-11am"])
def test_figures_that_name_no_day_are_none_even_by_option(words: str) -> None:
    assert not [timex for timex in found(words, order="DMY") if timex.granularity == "day"]


@given(st.text("0123456789/-: apm", max_size=30))
def test_any_figures_are_read_without_a_crash(text: str) -> None:
    assert all(timex.exact == text[timex.start : timex.end] for timex in found(text or " "))
