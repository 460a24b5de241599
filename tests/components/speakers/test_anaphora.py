"""Anaphors: pronouns and role nouns that stand for a person named elsewhere."""

from __future__ import annotations

import pytest

from pipeline.components.speakers.anaphora import Anaphor, find_anaphors, indefinite_nouns
from pipeline.components.speakers.words import Words
from tests.components.handmade import make_doc

TAGS = (
    "mayor/NN nurse/NN judge/NN director/NN bank/NN 's/POS the/DT The/DT a/DT A/DT of/IN to/IN as/IN was/VBD "
    "left/VBD said/VBD spoke/VBD city/NN young/JJ She/PRP they/PRP plan/NN Diaz/NNP Porto/NNP"
)


def words_of(text: str) -> Words:
    return Words.of(make_doc(text, tags=TAGS))


def found(text: str) -> list[tuple[str, Anaphor]]:
    words = words_of(text)
    names = frozenset(index for index, word in enumerate(words.lower) if word == "diaz")
    ends = frozenset(index + 1 for index in names)
    anaphors = find_anaphors(words, names, ends)
    places = ((words.place(anaphor.first, anaphor.stop), anaphor) for anaphor in anaphors)
    return [(text[start:end], anaphor) for (start, end), anaphor in places]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("The young mayor left.", ["young mayor"]),
        ("The mayor of Porto left.", ["mayor of Porto"]),
        ("The mayor's plan was left.", ["mayor"]),
        ("The bank's director left.", ["bank's director"]),
        ("She left.", ["She"]),
        ("The plan left.", []),
        ("they left.", []),
        ("A nurse left.", ["nurse"]),
        ("Diaz spoke as a nurse.", []),
        ("Diaz, the mayor, left.", []),
        ("The mayor, Diaz, left.", []),
        ("Diaz was the mayor.", []),
    ],
)
def test_what_stands_for_a_person_without_a_name_beside_it(text: str, phrases: list[str]) -> None:
    assert [phrase for phrase, _ in found(text)] == phrases


@pytest.mark.parametrize(
    ("text", "subject"), [("The mayor left.", True), ("Diaz spoke to the mayor.", False)]
)
def test_a_subject_has_a_verb_behind_and_no_preposition_before(text: str, subject: bool) -> None:
    assert [anaphor.is_subject for _, anaphor in found(text)] == [subject]


def test_a_role_noun_brought_in_without_a_name_is_known_by_its_noun() -> None:
    words = words_of("A city judge left. The judge said.")
    assert indefinite_nouns(words, frozenset()) == {"judge": 0}
