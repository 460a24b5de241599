"""Which language a text is in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles.language import language_of, recognise
from tests.articles.conftest import SAMPLES

TEXTS: dict[str, str] = json.loads((SAMPLES / "languages.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_languages_are_told_apart(code, text):
    assert language_of(f"{text} {text}") == code


def test_a_foreign_quotation_does_not_make_an_english_text_foreign():
    assert language_of(TEXTS["fr"] + " " + TEXTS["en"] * 10) == "en"


@pytest.mark.parametrize("text", ["", "The lamp.", "123 456 789 " * 50, "!" * 500])
def test_too_little_text_tells_nothing(text):
    assert language_of(text) is None


def test_running_text_of_no_known_language_is_undetermined():
    assert language_of("qorlu vastim brenkel dosh prilani gort " * 20) == "und"


def test_declared_language_serves_where_the_text_is_too_short():
    assert recognise("The lamp.", "en-GB") == ("en", ())
    assert recognise("Die Lampe.", "de_AT") == ("de", ())
    assert recognise("The lamp.", None) == (None, ())


def test_the_text_is_believed_before_its_metadata():
    assert recognise(TEXTS["de"] * 3, "en") == ("de", ("W_LANGUAGE_MISMATCH",))
    assert recognise(TEXTS["en"] * 3, "en-US") == ("en", ())


@given(st.text(max_size=200))
def test_any_text_gives_a_code_or_none(text):
    code = language_of(text)
    assert code is None or (code.isalpha() and code.islower())
