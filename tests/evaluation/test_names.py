from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.names import plain_name, same_name, similar_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Brook", "ada brook"),
        ("The Harbour Trust", "Harbour Trust"),
        ("Sean O’Dell", "Sean O'Dell"),
        ("Ada  Brook", "Ada Brook"),
        ("Ada Brook; Ben Cole", "Ben Cole; Ada Brook"),
        (None, None),
        (None, ""),
    ],
)
def test_names_are_the_same_whatever_their_case_article_and_order(one: str | None, other: str | None) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ada Brook", "Brook"), ("Ada Brook", None), ("Ada Brook", "Ada Brook; Ben Cole")]
)
def test_a_shorter_name_is_not_the_same(one: str | None, other: str | None) -> None:
    assert not same_name(one, other)


def test_a_surname_is_similar_to_the_full_name() -> None:
    assert similar_name("Ada Brook", "Brook")


@pytest.mark.parametrize("other", ["Ada Cole", "Ben", None, "", "the"])
def test_names_with_other_words_are_not_similar(other: str | None) -> None:
    assert not similar_name("Ada Brook", other)


def test_an_article_alone_is_a_name_like_any_other() -> None:
    assert plain_name("The") == "the"


@given(st.text(), st.text())
def test_sameness_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)
    assert similar_name(one, other) == similar_name(other, one)
