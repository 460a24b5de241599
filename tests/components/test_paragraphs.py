"""Paragraphs of a Doc, and sentences that never cross them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.components.paragraphs import body_paragraphs, paragraph_number, paragraphs_of
from pipeline.record import ZoneSpan
from tests.components.handmade import make_doc


def sentences(doc: Doc) -> list[str]:
    return [sent.text.strip() for sent in doc.sents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The well is dry. The rain is late.", ["The well is dry.", "The rain is late."]),
        ("Why? Because! So it goes…", ["Why?", "Because!", "So it goes…"]),
        ("“The well is dry.” The rain is late.", ["“The well is dry.”", "The rain is late."]),
        ("“Dry?” she asked. “Yes.”", ["“Dry?” she asked.", "“Yes.”"]),
        ('"Dry!" he said. "It is."', ['"Dry!" he said.', '"It is."']),
        ("He met Dr. Roe in the U.S. in May.", ["He met Dr. Roe in the U.S. in May."]),
        ("It rose 3.5 percent.", ["It rose 3.5 percent."]),
        ("(It rained.) We left.", ["(It rained.)", "We left."]),
        ("One headline\nA second line. And more.", ["One headline", "A second line.", "And more."]),
        ("No stop at all", ["No stop at all"]),
    ],
)
def test_sentences_end_at_stops_and_paragraphs(text: str, expected: list[str]) -> None:
    assert sentences(make_doc(text)) == expected


def test_the_readers_paragraphs_part_sentences_where_lines_do_not() -> None:
    text = "The well\nis dry now"
    assert sentences(make_doc(text, paragraphs=[(0, len(text))])) == ["The well\nis dry now"]
    assert len(sentences(make_doc(text))) == 2


def test_an_empty_doc_has_no_sentences() -> None:
    assert list(make_doc("").sents) == []


@settings(max_examples=60)
@given(st.text(alphabet="aB. \n?”“!'\"…)", max_size=60))
def test_every_token_is_in_one_sentence_of_its_own_paragraph(text: str) -> None:
    doc = make_doc(text)
    borders = paragraphs_of(doc)
    assert sum(len(sent) for sent in doc.sents) == len(doc)
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        assert len({paragraph_number(borders, token.idx) for token in words}) <= 1


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_any_unicode_has_sentences(text: str) -> None:
    assert make_doc(text).has_annotation("SENT_START") or not len(make_doc(text))


def test_paragraphs_are_lines_unless_a_reader_gave_them() -> None:
    assert paragraphs_of(make_doc("a\nb")) == [(0, 1), (2, 3)]
    assert paragraphs_of(make_doc("a\nb", paragraphs=[(0, 3)])) == [(0, 3)]
    assert paragraphs_of(make_doc("a\nb", paragraphs=[])) == []


def test_furniture_is_no_body() -> None:
    text = "A well.\nSign in here.\nMore on it."
    zones = [ZoneSpan(0, 7, "body"), ZoneSpan(8, 21, "furniture"), ZoneSpan(22, 33, "body")]
    doc = make_doc(text, zones=zones)
    assert [text[s:e] for s, e in body_paragraphs(doc)] == ["A well.", "More on it."]


@pytest.mark.parametrize("zone", ["title", "deck", "caption", "body"])
def test_all_other_zones_are_news(zone: str) -> None:
    doc = make_doc("A well.", zones=[ZoneSpan(0, 7, zone)])  # type: ignore[arg-type]
    assert body_paragraphs(doc) == [(0, 7)]


@pytest.mark.parametrize(("position", "number"), [(0, 0), (6, 0), (7, 0), (8, 1), (20, 1), (99, 2)])
def test_paragraphs_are_numbered_from_zero(position: int, number: int) -> None:
    assert paragraph_number([(0, 7), (8, 21), (22, 33)], position) == number


def test_a_text_without_paragraphs_is_number_zero() -> None:
    assert paragraph_number([], 5) == 0
