"""Antecedents: which thing of the article a pronoun or bare noun stands for."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.speakers.antecedents import Discourse, Mentions, Place, Scored, is_tie
from pipeline.record import Entity

PERSON = ("PERSON",)


def name(exact: str, start: int, ref: str, label: str = "PERSON") -> Entity:
    return Entity(start, start + len(exact), exact, ref, label, exact, None)  # type: ignore[arg-type]


def place(position: int, sentence: int | None = None, paragraph: int = 0) -> Place:
    """A place in an article of sentences of 100 characters."""
    return Place(position, position // 100 if sentence is None else sentence, paragraph)


def discourse(entities: Sequence[Entity], **genders: str) -> Discourse:
    return Discourse.of(entities, place, frozenset(), genders)


def refs(found: Sequence[Scored]) -> list[str]:
    return [candidate.ref for candidate in found]


def test_the_nearer_name_comes_first() -> None:
    known = discourse([name("Diaz", 10, "far"), name("Roe", 310, "near")])
    assert refs(known.candidates(place(350), PERSON)) == ["near", "far"]


def test_a_name_after_the_place_comes_last() -> None:
    known = discourse([name("Diaz", 10, "before"), name("Roe", 360, "after")])
    assert refs(known.candidates(place(350), PERSON)) == ["before", "after"]


def test_who_spoke_last_is_preferred_to_who_was_named_last() -> None:
    known = discourse([name("Diaz", 210, "spoke"), name("Roe", 250, "named")])
    known.said("spoke", place(210))
    assert refs(known.candidates(place(350), PERSON))[0] == "spoke"


def test_a_subject_is_preferred_to_an_object() -> None:
    entities = [name("Diaz", 210, "subject"), name("Roe", 250, "object")]
    known = Discourse.of(entities, place, frozenset([210]), {})
    assert refs(known.candidates(place(350), PERSON))[0] == "subject"


def test_a_name_that_returns_often_is_preferred() -> None:
    entities = [name("Roe", 110, "rare"), *(name("Diaz", 120 + n, "often") for n in range(0, 60, 10))]
    known = discourse(entities)
    assert refs(known.candidates(place(250), PERSON))[0] == "often"


def test_only_names_of_the_asked_labels_are_candidates() -> None:
    known = discourse([name("Diaz", 10, "person"), name("Lumen", 20, "body", "ORG")])
    assert refs(known.candidates(place(50), ("ORG", "GPE"))) == ["body"]


def test_the_other_gender_is_out_and_an_untold_one_is_in() -> None:
    known = discourse(
        [name("A", 10, "he"), name("B", 20, "she"), name("C", 30, "either")], he="male", she="female"
    )
    assert sorted(refs(known.candidates(place(50), PERSON, gender="female"))) == ["either", "she"]


def test_only_allowed_things_are_candidates() -> None:
    known = discourse([name("Diaz", 10, "a"), name("Roe", 20, "b")])
    assert refs(known.candidates(place(50), PERSON, only=frozenset(["a"]))) == ["a"]
    assert known.candidates(place(50), PERSON, only=frozenset()) == []


def test_an_article_without_names_has_no_candidates() -> None:
    assert discourse([]).candidates(place(50), PERSON) == []


def test_equal_candidates_stand_in_a_steady_order() -> None:
    one, two = name("Diaz", 10, "a"), name("Roe", 12, "b")
    first = discourse([one, two]).candidates(place(50), PERSON)
    again = discourse([one, two]).candidates(place(50), PERSON)
    assert first == again
    assert refs(first) == ["a", "b"]


MENTIONS = st.lists(st.tuples(st.integers(0, 900), st.sampled_from("abc")), max_size=8)


@given(MENTIONS, st.integers(0, 1000))
def test_beliefs_are_shared_out_and_fall(mentions: list[tuple[int, str]], position: int) -> None:
    known = discourse([name("Diaz", start, ref) for start, ref in sorted(mentions)])
    found = known.candidates(place(position), PERSON)
    beliefs = [candidate.probability for candidate in found]
    assert set(refs(found)) == {ref for _, ref in mentions}
    assert beliefs == sorted(beliefs, reverse=True)
    assert sum(beliefs) == pytest.approx(1.0 if mentions else 0.0)


@given(
    st.lists(st.integers(0, 60), max_size=30), st.lists(st.integers(0, 60), max_size=30), st.integers(0, 60)
)
def test_what_is_added_from_left_to_right_stands_among_the_names(
    names: list[int], added: list[int], position: int
) -> None:
    whole = [(name("Diaz", start, "name"), place(start)) for start in sorted(names)]
    known = Mentions(list(whole), [])
    for start in sorted(added):
        mention = (name("she", start, "added"), place(start))
        known.add(mention)
        insort(whole, mention, key=lambda known: known[1].position)
    index = bisect_left(whole, position, key=lambda known: known[1].position)
    assert known.near(position, back=5, on=3) == whole[max(0, index - 5) : index + 3]


@pytest.mark.parametrize(
    ("beliefs", "tie"),
    [([0.5, 0.45], True), ([0.5, 0.5], True), ([0.8, 0.2], False), ([1.0], False), ([], False)],
)
def test_two_close_candidates_are_a_tie(beliefs: list[float], tie: bool) -> None:
    assert is_tie([Scored(str(n), belief) for n, belief in enumerate(beliefs)]) is tie
