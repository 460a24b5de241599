"""Where roles stand: the stretch of words that tells one, beside a name or said of it."""

from __future__ import annotations

import pytest

from pipeline.components.speakers.role_places import (
    before_name,
    behind_name,
    fronted,
    is_circumstance,
    phrase_end,
    predicates,
)
from pipeline.components.speakers.words import Words
from tests.components.handmade import make_doc

TAGS = (
    "mayor/NN nurse/NN director/NN head/NN owner/NN the/DT The/DT a/DT of/IN in/IN by/IN at/IN for/IN and/CC "
    "harbour/NN Porto/NNP Lumen/NNP former/JJ Senators/NNPS was/VBD is/VBZ who/WP left/VBD said/VBD came/VBD "
    "painted/VBN telling/VBG 's/POS ’s/POS as/IN served/VBD not/RB now/RB Now/RB He/PRP Roe/NNP Diaz/NNP "
    "elected/VBN heads/VBZ driver/NN forward/RB museum/NN"
)


def words_of(text: str) -> Words:
    return Words.of(make_doc(text, tags=TAGS))


def name_in(words: Words, name: str = "Diaz") -> int:
    return words.lower.index(name.lower())


def shown(words: Words, place: tuple[int, int] | None) -> str | None:
    if place is None:
        return None
    start, end = words.place(*place)
    return words.text[start:end]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Then Lumen director Diaz came.", "Lumen director"),
        ("The former harbour mayor, Diaz, came.", "former harbour mayor"),
        ("The director of the museum Diaz came.", "director of the museum"),
        ("The nurse and museum director Diaz came.", "nurse and museum director"),
        ("Senators Diaz and Roe came.", "Senators"),
        ("Sens. Diaz and Roe came.", "Sens."),
        ("Mr. Diaz came.", None),
        ("In the harbour, Diaz came.", None),
    ],
)
def test_a_phrase_before_the_name_is_read_back_to_its_beginning(text: str, role: str | None) -> None:
    words = words_of(text)
    assert shown(words, before_name(words, name_in(words))) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Now the head of the harbour in Porto, Diaz came.", "head of the harbour in Porto"),
        ("The boat left, Diaz said.", None),
    ],
)
def test_a_phrase_that_opens_the_sentence_reaches_to_the_comma(text: str, role: str | None) -> None:
    words = words_of(text)
    assert shown(words, fronted(words, name_in(words))) == role


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Diaz, the mayor of Porto, came.", ["mayor of Porto"]),
        (
            "Diaz, a nurse at Lumen, former head of the harbour, came.",
            ["nurse at Lumen", "former head of the harbour"],
        ),
        ("Diaz, a nurse and director at Lumen, came.", ["nurse and director at Lumen"]),
        ("Diaz, a nurse at Lumen and the head of Porto, came.", ["nurse at Lumen", "head of Porto"]),
        ("Diaz, owner of Lumen's, came.", ["owner of Lumen"]),
        ("Diaz came.", []),
    ],
)
def test_phrases_behind_the_name_follow_each_other(text: str, roles: list[str]) -> None:
    words = words_of(text)
    found = [shown(words, place) for place in behind_name(words, 1, lambda index: False)]
    assert found[: max(1, len(roles))] == roles


def test_a_list_of_names_is_no_row_of_roles() -> None:
    words = words_of("Diaz, Roe, and Lumen came.")
    assert list(behind_name(words, 1, lambda index: index == name_in(words, "Roe"))) == []


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Diaz is the mayor of Porto.", ["mayor of Porto"]),
        ("Diaz was elected mayor.", ["mayor"]),
        ("Diaz served as director of Lumen.", ["director of Lumen"]),
        ("Diaz, who is now head of Lumen, came.", ["head of Lumen"]),
        ("Diaz, who heads Lumen, came.", ["heads Lumen"]),
        ("Diaz, who came forward as the driver, left.", ["driver"]),
        (
            "Diaz served as director of Lumen and is now mayor of Porto.",
            ["director of Lumen", "mayor of Porto"],
        ),
        ("Diaz is not the mayor.", []),
        ("Diaz has the harbour.", []),
        ("Diaz came as the mayor left.", []),
        ("Diaz. Is the mayor here?", []),
    ],
)
def test_a_verb_gives_the_role_behind_it(text: str, roles: list[str]) -> None:
    words = words_of(text)
    assert [shown(words, place) for place in predicates(words, 1, lambda index: False)] == roles


def test_a_thousand_verbs_in_a_row_are_not_read_to_their_end() -> None:
    words = words_of("Diaz is mayor" + " and is mayor" * 1_000)
    assert 1 < len(list(predicates(words, 1, lambda index: False))) < 100


@pytest.mark.parametrize(
    ("phrase", "circumstance"),
    [
        ("in the harbour", True),
        ("painted by Roe", True),
        ("telling the mayor", True),
        ("mayor of Porto", False),
        ("former mayor", False),
    ],
)
def test_how_and_when_is_no_role(phrase: str, circumstance: bool) -> None:
    assert is_circumstance(words_of(phrase), 0) is circumstance


def test_a_title_in_quotation_marks_belongs_to_the_phrase() -> None:
    words = words_of("host of Lumen's “Late Boats”, came.")
    assert shown(words, (0, phrase_end(words, 0))) == "host of Lumen's “Late Boats”"
