"""Tokens of long runs: whole, in place, and in linear time."""

from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from pipeline.tokens import MAX_MARKS, MAX_RUN, text_of, tokenized

NLP = spacy.blank("en")
PLAIN = "“We don't sell it for $5.50 (net),” she said -- twice. See https://example.org/a?b=c#d ..."
RUNS = ("(", "“", '"', "$", "%", "😀", "…", "'s", "1-", "a", "1", "a@", "\u0301")


@pytest.fixture
def nlp() -> Language:
    """A fresh tokeniser, whose cache knows nothing."""
    return spacy.blank("en")


def words(text: str) -> list[str]:
    return [token.text for token in tokenized(NLP, text)]


def test_ordinary_text_is_tokenised_as_spacy_does() -> None:
    assert words(PLAIN) == [token.text for token in NLP.make_doc(PLAIN)]


def test_text_around_a_long_run_is_tokenised_as_ever() -> None:
    expected = [token.text for token in NLP.make_doc(PLAIN)]
    around = words(f"{PLAIN} {'(' * 1000} {PLAIN}")
    assert around[: len(expected)] == around[-len(expected) :] == expected


@pytest.mark.parametrize("length", [MAX_RUN - 1, MAX_RUN, MAX_RUN + 1, 3 * MAX_RUN])
def test_a_token_is_never_longer_than_the_longest_run(length: int) -> None:
    found = words("a" * length)
    assert "".join(found) == "a" * length
    assert max(map(len, found)) <= MAX_RUN


@pytest.mark.parametrize("length", [MAX_MARKS, MAX_MARKS + 1, 3 * MAX_MARKS])
def test_every_mark_of_a_long_run_is_its_own_token(length: int) -> None:
    assert words("(" * length) == ["("] * length


@given(st.lists(st.sampled_from([*RUNS, " ", "\n", "a b", PLAIN]), max_size=8), st.integers(1, 90))
def test_a_doc_holds_the_text_unchanged(parts: list[str], times: int) -> None:
    text = "".join(part * times for part in parts)
    doc = tokenized(NLP, text)
    assert doc.text == text
    assert all(text.startswith(token.text, token.idx) for token in doc)


@pytest.mark.parametrize("run", RUNS)
def test_a_long_run_costs_time_in_proportion(nlp: Language, run: str) -> None:
    began = time.process_time()
    tokenized(nlp, (run * 60_000)[:60_000])
    assert time.process_time() - began < 5  # the square of it took minutes


def test_the_text_of_a_doc_is_its_own_text(nlp: Language) -> None:
    doc = nlp.make_doc("The boat sank. Nobody was hurt. ")
    assert text_of(doc) == doc.text


def test_the_text_of_a_part_is_not_that_of_the_whole(nlp: Language) -> None:
    doc = nlp.make_doc("The boat sank. Nobody was hurt.")
    text_of(doc)
    part = doc[:4].as_doc(copy_user_data=True)
    assert text_of(part) == part.text


def test_an_empty_doc_has_an_empty_text(nlp: Language) -> None:
    assert text_of(nlp.make_doc("")) == ""
