"""The class string that the grammar is matched on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.dates.lexing import lex, load_lexicon
from pipeline.components.dates.patterns import compile_pattern


@given(st.text(max_size=200))
def test_tokens_cover_the_text_without_gaps(text: str) -> None:
    lexed = lex(text)
    assert "".join(lexed.word(index) for index in range(len(lexed.classes))) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("May", "MONTHAMB"),
        ("MAY", "MONTHAMB"),
        ("may", "MUST"),
        ("monday", "DOW"),
        ("Sat", "DOWABBR"),
        ("sat", "OTHER"),
    ],
)
def test_capitals_tell_months_and_short_weekdays_from_words(text: str, name: str) -> None:
    assert lex(text).classes == load_lexicon().symbols[name]


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("8.30am", r"N12\.N31~AM"),
        ("year-ago", "YEARU-ago"),
        ("1994–96", "YEARN–N99"),
        ("June’s", "MONTH's"),
        ("5 p.m.", "N12 PM"),
        ("two\n\nyears", "SMALL\nUNITS"),
    ],
)
def test_a_pattern_is_written_as_the_text_looks(text: str, pattern: str) -> None:
    assert compile_pattern(pattern).fullmatch(lex(text).classes)


def test_a_private_use_character_is_never_taken_for_a_class() -> None:
    assert lex("\ue000\ue005").classes == 2 * load_lexicon().symbols["MARK"]


def test_an_unknown_class_in_a_pattern_is_an_error() -> None:
    with pytest.raises(KeyError):
        compile_pattern("MONTH nonsense")
