"""Bodies: what stands for an organisation or place beside its name."""

from __future__ import annotations

import pytest

from pipeline.components.speakers.bodies import (
    described_bodies,
    fits_kind,
    name_heads,
    named_bodies,
    refs_by_noun,
)
from pipeline.components.speakers.words import Words
from pipeline.record import Entity
from tests.components.handmade import entities_of, marked_doc

TAGS = "the/DT a/DT news/NN agency/NN shipping/NN giant/NN founded/VBN by/IN came/VBD has/VBZ network/NN"


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        ("Harbour Council", ("council",)),
        ("Commission on Tidal Debates", ("commission", "debates")),
        ("Lumen", ("lumen",)),
    ],
)
def test_the_head_of_a_name_may_stand_for_the_whole(name: str, heads: tuple[str, ...]) -> None:
    assert name_heads(name) == heads


def test_all_mentions_of_a_campaign_are_one_body_without_a_possessive_where_the_article_has_it_so() -> None:
    _, found = marked_doc("<PERSON.a>Ana Diaz</>’s campaign met. The <PERSON.a>Diaz</> campaign came.")
    bodies = named_bodies(found.text, entities_of(found))
    assert {body.mention.name for body in bodies} == {"Diaz campaign"}
    assert len({body.mention.ref for body in bodies}) == 1


def described(marked: str) -> list[tuple[str, str]]:
    doc, found = marked_doc(marked, tags=TAGS)
    return [(ref, role.noun) for ref, role in described_bodies(Words.of(doc), entities_of(found))]


@pytest.mark.parametrize(
    ("marked", "noun"),
    [
        ("<ORG.l>Lumen</>, the news agency founded by <PERSON.a>Ana Diaz</>, came.", "agency"),
        ("the shipping giant <ORG.l>Lumen</> came.", "giant"),
    ],
)
def test_a_body_is_known_by_what_the_article_calls_it(marked: str, noun: str) -> None:
    assert described(marked) == [("l", noun)]


def test_a_subject_behind_a_place_and_a_comma_describes_no_place() -> None:
    assert described("in <GPE.p>Porto</>, the news agency came.") == []


def test_an_object_with_its_relative_clause_is_no_description() -> None:
    assert described("a network <ORG.l>Lumen</> has paid came.") == []


def test_bodies_are_found_by_name_and_by_description() -> None:
    doc, found = marked_doc("<ORG.c>Harbour Council</> met <ORG.l>Lumen</>, the news agency.", tags=TAGS)
    entities = entities_of(found)
    refs = refs_by_noun(entities, described_bodies(Words.of(doc), entities), [])
    assert (refs["council"], refs["agency"]) == ({"c"}, {"l"})


@pytest.mark.parametrize(
    ("name", "noun", "fits"),
    [("Portugal", "country", True), ("Portugal", "city", False), ("Porto", "city", True)],
)
def test_a_country_is_no_city(name: str, noun: str, fits: bool) -> None:
    assert fits_kind(Entity(0, len(name), name, "e1", "GPE", name, "PT"), noun) is fits
