"""Roles: what the article calls a person beside the name, and of which body."""

from __future__ import annotations

import pytest

from pipeline.components.speakers.roles import (
    MOST_KNOWN,
    Role,
    RoleBook,
    affiliation_of,
    person_roles,
    roles_in_source,
)
from pipeline.components.speakers.words import Words
from pipeline.record import span_of
from tests.components.handmade import entities_of, marked_doc, read_marks

TAGS = (
    "Lumen/NNP spokeswoman/NN spokesman/NN Mayor/NNP mayor/NN former/JJ prime/JJ minister/NN the/DT The/DT "
    "chief/JJ executive/NN nurse/NN Mr./NNP Porto/NNP of/IN French/JJ met/VBD said/VBD told/VBD and/CC 's/POS"
)


def roles(marked: str) -> dict[str, list[str]]:
    """The role phrases by ref."""
    doc, found = marked_doc(marked, tags=TAGS)
    return {
        ref: [role.span.exact for role in known]
        for ref, known in person_roles(Words.of(doc), entities_of(found)).items()
    }


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        ("<ORG.l>Lumen</> spokeswoman <PERSON.a>Ana Diaz</> came.", "Lumen spokeswoman"),
        ("Mayor <PERSON.a>Ana Diaz</> came.", "Mayor"),
        (
            "It met former <NORP.f>French</> prime minister <PERSON.a>Ana Diaz</>.",
            "former French prime minister",
        ),
        ("The mayor, <PERSON.a>Ana Diaz</>, came.", "mayor"),
        ("<PERSON.a>Ana Diaz</>, a nurse at <ORG.l>Lumen</>, came.", "nurse at Lumen"),
        ("<PERSON.a>Ana Diaz</>, the mayor of <GPE.p>Porto</>, came.", "mayor of Porto"),
        ("<PERSON.a>Ana Diaz</>, former mayor, came.", "mayor"),
    ],
)
def test_a_role_stands_before_or_behind_the_name(marked: str, role: str) -> None:
    found = roles(marked)["a"]
    assert any(role in known for known in found), found


@pytest.mark.parametrize(
    "marked",
    [
        "Mr. <PERSON.a>Diaz</> came.",
        "Then <PERSON.a>Ana Diaz</> came.",
        "<PERSON.a>Ana Diaz</>, who was tired, left.",
        "<PERSON.a>Ana Diaz</>, in the rain, left.",
        "<PERSON.a>Ana Diaz</>, however, left.",
        "<PERSON.a>Ana Diaz</>",
    ],
)
def test_what_is_no_office_or_trade_is_no_role(marked: str) -> None:
    assert roles(marked) == {}


def test_each_person_has_their_own_roles() -> None:
    marked = "Mayor <PERSON.a>Ana Diaz</> met <PERSON.t>Tom Roe</>, a nurse."
    assert roles(marked) == {"a": ["Mayor"], "t": ["nurse"]}


def test_a_phrase_counts_once_for_one_person() -> None:
    marked = "Mayor <PERSON.a>Ana Diaz</> came. Mayor <PERSON.a>Diaz</> left."
    assert roles(marked) == {"a": ["Mayor"]}


def test_a_body_has_no_roles() -> None:
    assert roles("Mayor <ORG.l>Lumen</> came.") == {}


def test_a_role_phrase_slices_back() -> None:
    doc, found = marked_doc("Mayor <PERSON.a>Ana Diaz</>, a nurse at <ORG.l>Lumen</>, came.", tags=TAGS)
    for role in person_roles(Words.of(doc), entities_of(found))["a"]:
        assert doc.text[role.span.start : role.span.end] == role.span.exact


def own_roles(source: str) -> list[Role]:
    found = read_marks(f"Then <source.1>{source}</> said so.")
    entities = entities_of(found)
    head = next(entity for entity in entities if entity.label == "PERSON")
    return roles_in_source(found.text, found.place("source"), head, entities)


@pytest.mark.parametrize(
    ("source", "role"),
    [
        ("<ORG.l>Lumen</> spokeswoman <PERSON.a>Ana Diaz</>", "Lumen spokeswoman"),
        ("the mayor of <GPE.p>Porto</>, <PERSON.a>Ana Diaz</>,", "mayor of Porto"),
        ("<PERSON.a>Ana Diaz</>, a nurse at <ORG.l>Lumen</>,", "nurse at Lumen"),
        ("<PERSON.a>Ana Diaz</>, the mayor, who was tired,", "mayor"),
    ],
)
def test_a_source_gives_the_role_that_stands_in_it(source: str, role: str) -> None:
    assert [found.span.exact for found in own_roles(source)] == [role]


@pytest.mark.parametrize(
    ("source", "affiliation"),
    [
        ("<ORG.l>Lumen</> spokeswoman <PERSON.a>Ana Diaz</>", "Lumen"),
        ("<PERSON.a>Ana Diaz</>, a nurse at <ORG.l>Lumen</> in <GPE.p>Porto</>,", "Lumen"),
        ("Mayor <PERSON.a>Ana Diaz</>", None),
    ],
)
def test_the_affiliation_is_the_first_body_of_the_role(source: str, affiliation: str | None) -> None:
    assert affiliation_of(own_roles(source), ()) == affiliation


@pytest.mark.parametrize(
    ("source", "affiliation"),
    [
        ("<PERSON.a>Ana Diaz</>, head of the <ORG.d>Claims Department</> at <ORG.l>Lumen</>,", "Lumen"),
        ("<PERSON.a>Ana Diaz</>, the Democratic mayor of <GPE.p>Porto</>,", "Democratic"),
    ],
)
def test_the_affiliation_is_the_body_around_the_others_or_the_party(source: str, affiliation: str) -> None:
    assert affiliation_of(own_roles(source), ()) == affiliation


def test_no_roles_give_no_affiliation() -> None:
    assert affiliation_of([], ()) is None


def test_a_person_with_a_role_in_every_sentence_keeps_no_more_than_is_known_of_anybody() -> None:
    marked = " ".join(f"<PERSON.a>Ana Diaz</>, chief of team {n}, came." for n in range(MOST_KNOWN + 5))
    assert len(roles(marked)["a"]) == MOST_KNOWN


def test_a_title_in_the_plural_is_of_all_in_the_list() -> None:
    names = "<PERSON.a>Ana Diaz</>, <PERSON.t>Tom Roe</> and <PERSON.e>Eva Lund</>"
    marked = f"Senators {names} came. <PERSON.k>Kim</> left."
    assert roles(marked) == {"a": ["Senators"], "t": ["Senators"], "e": ["Senators"]}


def test_whose_somebody_is_is_told_as_a_role() -> None:
    assert roles("<ORG.l>Lumen</>'s <PERSON.a>Ana Diaz</> came.") == {"a": ["Lumen's"]}


def test_the_role_told_most_often_comes_first() -> None:
    book = RoleBook()
    once, twice = (
        Role(span_of("nurse mayor", *place), noun, ())
        for place, noun in (((0, 5), "nurse"), ((6, 11), "mayor"))
    )
    for role in (once, twice, twice):
        book.add("a", role)
    assert book.of("a") == [twice, once]
    assert book.holders("nurse") == {"a"}


def test_one_of_several_is_a_role_of_their_kind() -> None:
    assert roles("<PERSON.a>Ana Diaz</>, one of the nurses of <GPE.p>Porto</>, came.") == {
        "a": ["one of the nurses of Porto"]
    }
