from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clustering.near import NearIndex, jaccard, shingles, with_possible_repeat

SENTENCE = "The port will close its northern gate for two weeks while the crane is mended"


def test_case_and_punctuation_do_not_matter() -> None:
    assert shingles("“The port WILL close!”") == shingles("the port will, close")


@pytest.mark.parametrize(
    ("one", "other", "similarity"),
    [("a b c", "a b c", 1.0), ("a b c d", "a b c", 0.5), ("a b c", "d e f", 0.0), ("", "", 0.0)],
)
def test_similarity_is_what_is_shared_out_of_all(one: str, other: str, similarity: float) -> None:
    assert jaccard(shingles(one), shingles(other)) == similarity


def test_only_texts_that_share_enough_may_have_a_repeat() -> None:
    texts = {
        "a": SENTENCE,
        "b": SENTENCE.replace("two", "three"),
        "c": "Quite other words stand in this one here",
    }
    assert set(with_possible_repeat(texts)) == {"a", "b"}


def test_short_texts_have_no_near_repeat() -> None:
    assert with_possible_repeat({"a": "we do not know", "b": "we do not know"}) == {}


def test_the_most_similar_text_comes_first() -> None:
    index = NearIndex()
    changed = [
        SENTENCE.replace("two", "three").replace("crane", "lift"),
        SENTENCE.replace("two", "three"),
        "a b c d",
    ]
    for number, text in enumerate(changed):
        index.add(number, shingles(text))
    assert [number for _, number in index.similar(shingles(SENTENCE))][:1] == [1]


words = st.lists(st.sampled_from("abcdefgh"), min_size=6, max_size=12).map(" ".join)


@settings(max_examples=40)
@given(st.lists(words, max_size=12))
def test_no_pair_is_lost_by_looking_only_at_what_may_have_a_repeat(texts: list[str]) -> None:
    by_key = dict(enumerate(texts))
    kept = with_possible_repeat({str(key): text for key, text in by_key.items()})
    for one in by_key:
        for other in by_key:
            if one != other and jaccard(shingles(by_key[one]), shingles(by_key[other])) >= 0.5:
                assert str(one) in kept
