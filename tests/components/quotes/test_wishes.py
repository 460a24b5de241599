"""Wishes: plain clauses of wish and claim that an encoder passes over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.quotation_marks import find_quotations
from pipeline.components.quotes.estimates import with_estimates
from pipeline.components.quotes.wishes import wishes
from tests.components.handmade import attributions_of, make_doc, marked_doc

TAGS = (
    "The/DT the/DT union/NN Unions/NNS wants/VBZ sees/VBZ offers/VBZ wanted/VBN want/VBP fear/VBP plan/VB "
    "demanded/VBN had/VBD did/VBD not/RB plans/VBZ was/VBD well/NN a/DT A/DT rise/NN Both/DT agencies/NNS "
    "demand/VBP claims/VBZ today/NN announced/VBD asked/VBD ordered/VBD"
)


def found(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each wish in a text."""
    doc = make_doc(text, tags=TAGS)
    return [
        (text[slice(*a.source or (0, 0))], text[slice(*a.cue or (0, 0))], text[a.start : a.end])
        for a in wishes(doc, find_quotations(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union wants a rise.", ("The union", "wants", "a rise")),
        ("It rained; the union wants 4.", ("the union", "wants", "4")),
        ("Unions fear that wells run dry.", ("Unions", "fear", "wells run dry")),
        ("Both agencies demand a new well, but nobody digs.", ("Both agencies", "demand", "a new well")),
        ("The union, which was small, wants a rise.", ("The union", "wants", "a rise")),
        ("The union had demanded a rise.", ("The union", "demanded", "a rise")),
        ("News\n\nUnions want new wells.", ("Unions", "want", "new wells")),
    ],
)
def test_a_plain_clause_of_wish_is_a_claim(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The well wants a lid.",
        "The union wants it.",
        "The union was wanted by many.",
        "The union claims a rise.",
        "The union did not plan a rise.",
        "The union wants “a new well”.",
        "A man whom the union wants to see came.",
    ],
)
def test_other_clauses_are_none(text: str) -> None:
    assert found(text) == []


def test_a_wish_that_the_encoder_found_is_not_found_twice() -> None:
    doc, marked = marked_doc("<source.1>The union</> <cue.1>wants</> <content.1>a rise</>.", tags=TAGS)
    (told,) = with_estimates(doc, attributions_of(marked), [])
    assert told.rule == "quote_roles"


@given(
    st.lists(st.sampled_from(["The ", "union ", "wants ", "a rise", ". ", ", ", "“", "”", "\n\n", "that "]))
)
def test_what_any_text_wishes_slices_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    for source, cue, content in found(text):
        assert source and cue == "wants" and content == content.strip()


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The union sees a rise of wages.", "a rise of wages"),
        ("The union offers 4.", "4"),
        ("The union sees no growth.", "no growth"),
    ],
)
def test_a_course_of_things_that_a_body_sees_is_a_forecast(text: str, content: str) -> None:
    assert [wish[2] for wish in found(text)] == [content]


@pytest.mark.parametrize("text", ["The union sees the harbour.", "She sees 4."])
def test_seeing_is_no_forecast_by_itself(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union today announced that wells run dry.", ("The union", "announced", "wells run dry")),
        ("The union had asked for a rise.", ("The union", "asked", "a rise")),
        ("The union ordered the town to dig.", ("The union", "ordered", "the town to dig")),
    ],
)
def test_announcements_and_orders_are_claims(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text", ["The union announced a rise.", "The union asked the town.", "The union ordered a new well."]
)
def test_announcing_or_ordering_a_thing_is_for_the_encoder(text: str) -> None:
    assert found(text) == []
