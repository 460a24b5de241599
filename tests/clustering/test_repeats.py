from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clustering.repeats import Cluster, repeats
from pipeline.clustering.utterances import Figure, Printed, Utterance
from pipeline.record import claim_key

SENTENCE = "The port will close its northern gate for two weeks while the crane is mended"
SHORTENED = "The port will close its northern gate for two weeks while the crane"


def said(
    text: str,
    article: str,
    date: str | None = None,
    *,
    speaker: str | None = None,
    negated: bool = False,
    figures: tuple[Figure, ...] = (),
) -> Utterance:
    """A claim of an article."""
    printed = Printed(f"art_{article}", f"{article}.txt", article.title(), None, date)
    return Utterance(
        f"clm_{article}", claim_key(text), 0, text, speaker, negated, frozenset(figures), printed
    )


def linked(cluster: Cluster) -> list[tuple[str, str]]:
    return [(member.utterance.claim_id, member.link) for member in cluster.members]


def test_verbatim_repeats_are_one_whatever_their_case_and_punctuation() -> None:
    [found] = repeats([said(SENTENCE, "a", "2024-05-01"), said(f"“{SENTENCE.upper()}.”", "b", "2024-05-02")])
    assert linked(found) == [("clm_a", "first"), ("clm_b", "verbatim")]


def test_near_repeats_are_one_with_their_similarity() -> None:
    [found] = repeats([said(SENTENCE, "a", "2024-05-01"), said(SHORTENED, "b", "2024-05-02")])
    assert linked(found) == [("clm_a", "first"), ("clm_b", "near")]
    assert found.members[1].similarity == round(11 / 13, 3)


def test_verbatim_repeats_of_a_near_repeat_are_near_repeats() -> None:
    items = [said(SENTENCE, "a", "2024-05-01"), said(SHORTENED, "b", "2024-05-02"), said(SHORTENED, "c")]
    [found] = repeats(items)
    assert linked(found)[1:] == [("clm_b", "near"), ("clm_c", "near")]


def test_every_member_resembles_the_first_claim() -> None:
    words = [f"word{number}" for number in range(20)]
    items = [
        said(" ".join(words[shift : shift + 12]), f"a{shift}", f"2024-05-{shift + 1:02}")
        for shift in range(0, 9, 2)
    ]
    assert all(len(cluster.members) < len(items) for cluster in repeats(items))


def test_repeats_inside_one_article_are_none() -> None:
    assert repeats([said(SENTENCE, "a"), said(SENTENCE, "a")]) == []


def test_other_words_are_other_claims() -> None:
    assert (
        repeats([said(SENTENCE, "a"), said("Nobody in the town has seen the ferry since it sailed", "b")])
        == []
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"negated": True}, {}),
        ({"figures": (("count", 4, 4, 4, ""),)}, {"figures": (("count", 5, 5, 5, ""),)}),
        ({"figures": (("date", "2024"),)}, {"figures": (("date", "2025"),)}),
        ({"speaker": "Ada Moreno"}, {"speaker": "Bo Li"}),
    ],
)
def test_like_words_that_say_different_things_are_two(
    one: dict[str, object], other: dict[str, object]
) -> None:
    assert repeats([said(SENTENCE, "a", **one), said(SHORTENED, "b", **other)]) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"figures": (("count", 4, 4, 4, ""),)}, {}),
        ({"speaker": "Ada Moreno"}, {"speaker": "Moreno"}),
        ({"speaker": "Ada Moreno"}, {}),
    ],
)
def test_what_one_article_leaves_out_is_no_contradiction(
    one: dict[str, object], other: dict[str, object]
) -> None:
    assert len(repeats([said(SENTENCE, "a", **one), said(SHORTENED, "b", **other)])) == 1  # type: ignore[arg-type]


def test_long_words_are_one_claim_even_where_articles_name_two_speakers() -> None:
    [found] = repeats([said(SENTENCE, "a", speaker="Ada Moreno"), said(SENTENCE, "b", speaker="Bo Li")])
    assert {member.utterance.speaker for member in found.members} == {"Ada Moreno", "Bo Li"}


@pytest.mark.parametrize(
    ("speakers", "clusters"),
    [
        (("Ada Moreno", "Áda Moreno"), 1),
        (("Ada Moreno", "Bo Li"), 0),
        ((None, None), 0),
        (("Bo Li", None), 0),
    ],
)
def test_a_few_words_are_one_claim_only_from_the_same_lips(
    speakers: tuple[str | None, str | None], clusters: int
) -> None:
    one, other = speakers
    assert (
        len(repeats([said("No comment.", "a", speaker=one), said("No comment", "b", speaker=other)]))
        == clusters
    )


@pytest.mark.parametrize(
    ("first", "second", "is_certain"),
    [
        ("2024-05-01", "2024-05-02", True),
        ("2024-05-01", "2024-05-01", False),
        ("2024-05-01", "2024-05-01T09:00:00", False),
        ("2024-05-01T08:00:00Z", "2024-05-01T09:30:00+01:00", True),
        ("2024-05-01T08:00:00Z", "2024-05-01T08:00:00Z", False),
        ("2024-05-01", None, False),
    ],
)
def test_the_first_appearance_comes_first_and_says_how_sure_that_is(
    first: str, second: str | None, is_certain: bool
) -> None:
    [found] = repeats([said(SENTENCE, "a", second), said(SENTENCE, "b", first)])
    assert found.is_first_certain is is_certain
    if is_certain:
        assert found.first.claim_id == "clm_b"


def test_articles_without_a_date_come_last() -> None:
    [found] = repeats([said(SENTENCE, "a"), said(SENTENCE, "b", "2024-05-01")])
    assert found.first.claim_id == "clm_b"


def test_the_most_repeated_claim_comes_first() -> None:
    other = "Nobody in the town has seen the ferry since it sailed away"
    found = repeats([*(said(other, name) for name in "ab"), *(said(SENTENCE, name) for name in "cde")])
    assert [cluster.articles for cluster in found] == [3, 2]


texts = st.lists(st.sampled_from("abc"), min_size=5, max_size=9).map(" ".join)


@settings(max_examples=30)
@given(st.lists(texts, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter(written: list[str], shuffler: random.Random) -> None:
    items = [said(text, f"a{number}", f"2024-05-{number + 1:02}") for number, text in enumerate(written)]
    shuffled = items.copy()
    shuffler.shuffle(shuffled)
    assert [linked(cluster) for cluster in repeats(items)] == [
        linked(cluster) for cluster in repeats(shuffled)
    ]
