"""Which mentions of persons name one person."""

from __future__ import annotations

import pytest

from pipeline.components.names import person_genders
from tests.components.names.marked import entities, read, refs

ONE_PERSON = [
    "[P:Oksana Petrenko] came. [P:Petrenko] spoke.",
    "[P:Petrenko] warns. Later [P:Oksana Petrenko] left.",
    "[P:Oksana Petrenko] came. Ms. [P:Petrenko] spoke.",
    "[P:President Oksana Petrenko] and [P:Petrenko]'s aide.",
    "[P:Oksana Petrenko's] aide met [P:Petrenko].",
    "[P:Harold Finch] and [P:H. Finch].",
    "[P:Harold B. Finch] and [P:Harold Finch].",
    "[P:Robert Finch] and [P:Bob Finch].",
    "[P:Han Dong-su] met [P:Han Dong Su].",
    "[P:Han Dong-su] left. [P:Han] waved.",
    "[P:Faisal bin Nasser] left. [P:bin Nasser] waved.",
    "[P:Karim al-Darwish] left. [P:Darwish] waved.",
    "[P:Karim al-Darwish] left. [P:al-Darwish] waved.",
    "[P:Tarek bin Omar Al Rashid] left. [P:Al Rashid] waved.",
    "[P:Pieter van der Molen] left. [P:Van der Molen] waved.",
    "[P:José Núñez] left. [P:Nunez] waved.",
    "[P:Łukasz Żak] left. [P:Lukasz Zak] waved.",
    "[P:William \"Red\" Harlan] left. [P:Harlan] waved.",
    "[P:William “Red” Harlan] left. [P:Red] waved.",
    "[P:Gabriela Ruiz Ortega] left. [P:Ruiz Ortega] waved.",
    "[P:Gabriela Ruiz Ortega] left. [P:Gabriela Ruiz] waved.",
    "[P:Oksana Petrenko] left. [P:Oksana] waved.",
    "[P:OKSANA PETRENKO] in a headline, [P:Oksana Petrenko] below.",
    "[P:James Okoro Jr.] left. [P:Okoro Jr.] waved.",
    "[P:Ilse Braun-Keller] left. [P:Braun] waved.",
    "[P:Naoki Tanabe] or [P:Tanabe Naoki].",
]  # fmt: skip


@pytest.mark.parametrize("marked", ONE_PERSON)
def test_forms_of_one_name_are_one_person(marked: str) -> None:
    assert refs(marked) == "aa"


TWO_PERSONS = [
    "[P:Peter Moss] and [P:Anna Moss].",
    "[P:Peter Moss] and [P:Paul Moss].",
    "[P:P. Moss] and [P:A. Moss].",
    "[P:James Okoro] and his son [P:James Okoro Jr.].",
    "[P:George A. Finch] and [P:George B. Finch].",
    "[P:Peter Moss] and [P:Peter Hill].",
    "Mr. [P:Moss] and Mrs. [P:Moss].",
    "[P:Peter Moss] left. Mrs. [P:Moss] stayed.",
]


@pytest.mark.parametrize("marked", TWO_PERSONS)
def test_names_that_contradict_each_other_are_two_persons(marked: str) -> None:
    assert refs(marked) == "ab"


FAMILIES = [
    ("[P:Peter Moss] met [P:Anna Moss]. Mrs. [P:Moss] spoke.", "abb"),
    ("[P:Peter Moss] met [P:Anna Moss]. Mr. [P:Moss] spoke.", "aba"),
    ("[P:Anna Moss] met [P:Peter Moss]. [P:Anna] spoke. [P:Moss] agreed.", "abaa"),
    ("[P:Anna Moss] met [P:Peter Moss]. [P:Moss] spoke.", "abb"),
    ("Governor [P:Anna Moss] met [P:Peter Moss]. Governor [P:Moss] spoke.", "aba"),
    ("[P:James Okoro] met [P:James Okoro Jr.]. [P:Okoro] spoke. [P:Okoro Jr.] agreed.", "abab"),
    ("[P:Anna Lee] met [P:Lee Marsh]. [P:Lee] spoke.", "aba"),
]


@pytest.mark.parametrize(("marked", "expected"), FAMILIES)
def test_a_shared_surname_goes_where_title_gender_and_salience_point(marked: str, expected: str) -> None:
    assert refs(marked) == expected


FULLEST = [
    ("[P:Petrenko] and [P:Oksana Petrenko]", "Oksana Petrenko"),
    ("President [P:Petrenko] and [P:President Oksana Petrenko]", "Oksana Petrenko"),
    ("[P:H. Finch] and [P:Harold Finch]", "Harold Finch"),
    ("[P:Harold Finch] and [P:Harold B. Finch]", "Harold B. Finch"),
    ("[P:OKSANA PETRENKO] and [P:Oksana Petrenko]", "Oksana Petrenko"),
    ("[P:Oksana\nPetrenko’s] visit", "Oksana Petrenko"),
    ("[P:Han Dong-su] and [P:Han Dong Su]", "Han Dong-su"),
]


@pytest.mark.parametrize(("marked", "name"), FULLEST)
def test_the_name_is_the_fullest_one_without_title_and_possessive(marked: str, name: str) -> None:
    assert {entity.name for entity in entities(marked)} == {name}


@pytest.mark.parametrize(
    ("marked", "gender"),
    [
        ("Mrs. [P:Moss]", "female"),
        ("[P:Anna Moss]", "female"),
        ("[P:Anne-Marie Moss]", "female"),
        ("[P:Lee Dong-su], Mr. [P:Lee]", "male"),
        ("[P:Moss]", None),
        ("[P:Robin Moss]", None),
        ("Sir [P:Robin Moss]", "male"),
    ],
)
def test_titles_and_given_names_tell_a_persons_gender(marked: str, gender: str | None) -> None:
    text, _ = read(marked)
    assert person_genders(text, entities(marked)).get("e1") == gender


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Oksana Petrenko QC", "Oksana Petrenko"),
        ("Oksana Petrenko, PhD", "Oksana Petrenko"),
        ("Ratu Jone Veli", "Jone Veli"),
        ("Harold Finch Jr.", "Harold Finch Jr."),
        ("Petrenko SC", "Petrenko SC"),
    ],
)
def test_distinctions_and_titles_are_no_part_of_the_name(printed: str, name: str) -> None:
    assert entities(f"[P:{printed}] came.")[0].name == name


def test_the_surname_may_tell_the_gender() -> None:
    text, mentions = read("[P:Xyla Tjörvadóttir] came.")
    found = entities("[P:Xyla Tjörvadóttir] came.")
    assert person_genders(text, found) == {found[0].ref: "female"}
    assert len(mentions) == 1
