"""Names: their extents, one label for one string, their places where the encoder missed them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.components.encoder import Encoding
from pipeline.components.entities import ScoredName, agree_within_article, find_names, name_spans
from pipeline.components.labels import ENTITY_TYPES
from pipeline.components.names import NameMention, name_extent
from tests.components.handmade import make_doc, make_encoding, read_marks


@cache
def component(name: str) -> Callable[[Doc], Doc]:
    """A stage by its public name."""
    return spacy.blank("en").create_pipe(name)


def names(marked: str) -> list[tuple[str, str]]:
    """The names found where the encoder is sure of the marked ones and of nothing else."""
    found = read_marks(marked)
    mentions = [name.mention for name in find_names(found.text, make_encoding(found))]
    assert all(found.text[m.start : m.end] == m.exact for m in mentions)
    return [(mention.exact, mention.label) for mention in mentions]


def test_names_stand_in_the_order_of_the_text() -> None:
    marked = (
        "<PERSON.a>Ana Diaz</> of <ORG.l>Lumen</> flew to <GPE.p>Porto</> with <NORP.f>French</> friends."
    )
    assert names(marked) == [("Ana Diaz", "PERSON"), ("Lumen", "ORG"), ("Porto", "GPE"), ("French", "NORP")]


def test_a_text_without_names_has_none() -> None:
    assert names("The well is dry.") == []
    assert names("") == []


@pytest.mark.parametrize(
    ("marked", "exact"),
    [
        ("<PERSON.a>Ana Diaz’s</> well", "Ana Diaz"),
        ("<PERSON.a>Ana Diaz's</> well", "Ana Diaz"),
        ("<ORG.a>the Harbour Post</> wrote", "Harbour Post"),
        ("<GPE.a>The Netherlands</> wrote", "Netherlands"),
        ("<PERSON.a>Mr. Diaz</> came", "Diaz"),
        ("<PERSON.a>Mayor Ana Diaz</> came", "Ana Diaz"),
        ("<PERSON.a>Gen. Ana Diaz</> came", "Ana Diaz"),
        ("<WORK_OF_ART.a>“Dry Wells”</> won", "Dry Wells"),
        ("<ORG.a>Lumen,</> too", "Lumen"),
    ],
)
def test_a_name_has_the_extent_of_ontonotes(marked: str, exact: str) -> None:
    assert [found for found, _ in names(marked)] == [exact]


@pytest.mark.parametrize(
    "exact", ["Ana Diaz", "U.S.", "Lumen Inc.", "O’Neill", "Smith & Roe", "King", "The", "St. Ives", "東京"]
)
def test_a_bare_name_is_left_whole(exact: str) -> None:
    assert name_extent(exact, 0, len(exact), "ORG") == (0, len(exact))


def test_marks_alone_are_no_name() -> None:
    assert names("<ORG.a>—</> came") == []


def test_a_lone_title_is_no_name() -> None:
    assert names("<PERSON.a>Sen</>. <PERSON.b>Roe</> came") == [("Roe", "PERSON")]


def scored(exact: str, start: int, label: str, **scores: float) -> ScoredName:
    values = tuple(scores.get(kind, -9.0) for kind in ENTITY_TYPES)
    return ScoredName(NameMention(start, start + len(exact), exact, label), values)  # type: ignore[arg-type]


def labels(*found: ScoredName) -> list[str]:
    return [name.mention.label for name in agree_within_article("", list(found))]


def test_one_string_has_one_label_the_surest() -> None:
    unsure = scored("Lumen", 0, "GPE", GPE=-0.6, ORG=-0.8)
    sure = scored("Lumen", 50, "ORG", GPE=-6.0, ORG=-0.1)
    assert labels(unsure, sure, unsure) == ["ORG", "ORG", "ORG"]


def test_different_strings_keep_their_labels() -> None:
    assert labels(scored("Lumen", 0, "ORG", ORG=-0.1), scored("Porto", 9, "GPE", GPE=-0.1)) == ["ORG", "GPE"]


def test_the_surname_of_a_person_is_that_person() -> None:
    full, short = scored("Ana Porto", 0, "PERSON", PERSON=-0.1), scored("Porto", 50, "GPE", GPE=-0.1)
    assert labels(full, short) == ["PERSON", "PERSON"]


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("<ORG.l>Lumen</> grew. Later Lumen shrank.", [("Lumen", "ORG"), ("Lumen", "ORG")]),
        ("<PERSON.a>Ana Diaz</> came. Later Diaz left.", [("Ana Diaz", "PERSON"), ("Diaz", "PERSON")]),
    ],
)
def test_a_name_known_from_elsewhere_is_found_again(marked: str, found: list[tuple[str, str]]) -> None:
    assert names(marked) == found


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("<PERSON.a>Ana Brown</> has a brown dog. Brown bread.", [("Ana Brown", "PERSON")]),
        ("<ORG.l>Lumen</> lit the Lumens.", [("Lumen", "ORG")]),
        ("<ORG.l>It</> came. It went.", [("It", "ORG")]),
    ],
    ids=["a word in small letters", "part of a word", "too short"],
)
def test_a_chance_likeness_is_not_a_name(marked: str, found: list[tuple[str, str]]) -> None:
    assert names(marked) == found


def test_names_become_spans_of_whole_tokens() -> None:
    doc = make_doc("Then Ana Diaz’s well dried.")
    (span,) = name_spans(doc, [scored("Ana Diaz", 5, "PERSON")])
    assert (span.text, span.label_) == ("Ana Diaz", "PERSON")


def test_a_name_that_cuts_a_token_takes_it_whole() -> None:
    doc = make_doc("The pro-Porto vote.")
    (span,) = name_spans(doc, [scored("orto", 9, "GPE")])
    assert span.text == "Porto"


def test_the_component_sets_names_with_one_ref_a_thing() -> None:
    found = read_marks("<PERSON.a>Ana Diaz</> came to <GPE.p>Porto</>. <PERSON.a>Diaz</> left.")
    doc = make_doc(found.text)
    doc._.encoding = make_encoding(found)
    doc = component("onrecord_entities")(doc)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Ana Diaz", "PERSON"), ("Porto", "GPE"), ("Diaz", "PERSON"),
    ]  # fmt: skip
    full, place, short = doc._.entities
    assert (full.ref, full.name) == (short.ref, short.name)
    assert place.ref != full.ref


def test_names_of_another_pipeline_can_stand_in() -> None:
    doc = make_doc("Then Ana Diaz came on Monday.")
    person, day = doc.char_span(5, 13, label="PERSON"), doc.char_span(22, 28, label="DATE")
    assert person is not None and day is not None
    doc.set_ents([person, day])
    doc = component("onrecord_entities_from_ents")(doc)
    assert [(entity.exact, entity.label) for entity in doc._.entities] == [("Ana Diaz", "PERSON")]


def guessed(text: str, seed: int) -> Encoding:
    """The encoding of a model that guesses names."""
    base = make_encoding(read_marks(text))
    scores = np.random.default_rng(seed).normal(0, 3, (len(base.starts), 2 * len(ENTITY_TYPES) + 1))
    return replace(base, entities=scores.astype(np.float32))


@settings(max_examples=80)
@given(st.text(alphabet="aB. ’s'“”\n9Éthe-,", max_size=60), st.integers(0, 9))
def test_whatever_the_model_says_names_slice_back_and_do_not_overlap(text: str, seed: int) -> None:
    mentions = [name.mention for name in find_names(text, guessed(text, seed))]
    edges = [edge for mention in mentions for edge in (mention.start, mention.end)]
    assert edges == sorted(edges)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.exact
        assert any(char.isalnum() for char in mention.exact)


@settings(max_examples=60)
@given(st.text(alphabet="aB. ’s'“”\n9Éthe-,", max_size=60), st.integers(0, 9))
def test_whatever_the_model_says_the_component_sets_entities(text: str, seed: int) -> None:
    doc = make_doc(text)
    doc._.encoding = guessed(text, seed)
    doc = component("onrecord_entities")(doc)
    assert all(text[entity.start : entity.end] == entity.exact for entity in doc._.entities)
