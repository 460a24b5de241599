"""Source phrases: name, nominal or pronoun, what heads them, what kind of source they are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.speakers.phrases import (
    SourcePhrase,
    is_body_noun,
    is_person_noun,
    modifiers,
    named_body,
    nominal_status,
    noun_gender,
    noun_phrase,
    parties,
    read_source,
    role_noun,
    synonyms,
)
from tests.components.handmade import entities_of, read_marks


def read(source: str) -> SourcePhrase:
    """The reading of a source whose names are marked, in a sentence around it."""
    found = read_marks(f"Then <source.1>{source}</> said so.")
    return read_source(found.text, found.place("source"), entities_of(found))


@pytest.mark.parametrize(
    ("source", "heads"),
    [
        ("<PERSON.a>Ana Diaz</>", ["Ana Diaz"]),
        ("Mayor <PERSON.a>Ana Diaz</>", ["Ana Diaz"]),
        ("<ORG.l>Lumen Corp.</> spokeswoman <PERSON.a>Ana Diaz</>", ["Ana Diaz"]),
        ("<PERSON.a>Ana Diaz</>, the mayor of <GPE.p>Porto</>,", ["Ana Diaz"]),
        ("the mayor of <GPE.p>Porto</>, <PERSON.a>Ana Diaz</>,", ["Ana Diaz"]),
        ("<PERSON.a>Ana Diaz</> of <ORG.l>Lumen</>", ["Ana Diaz"]),
        ("<PERSON.a>Ana Diaz</>, who leads <ORG.l>Lumen</>,", ["Ana Diaz"]),
        ("<PERSON.a>Ana Diaz</>’s lawyer, <PERSON.t>Tom Roe</>,", ["Tom Roe"]),
        ("<ORG.l>Lumen</>", ["Lumen"]),
        ("<NORP.r>Republicans</>", ["Republicans"]),
        ("<PERSON.a>Ana Diaz</> and <PERSON.t>Tom Roe</>", ["Ana Diaz", "Tom Roe"]),
        ("<PERSON.a>Ana Diaz</>, a nurse, and <PERSON.t>Tom Roe</>, a cook,", ["Ana Diaz", "Tom Roe"]),
    ],
)
def test_the_name_that_speaks_heads_the_source(source: str, heads: list[str]) -> None:
    phrase = read(source)
    assert phrase.mention_type == "name"
    assert [head.exact for head in phrase.heads] == heads


@pytest.mark.parametrize(
    ("source", "noun"),
    [
        ("a spokeswoman for <ORG.l>Lumen</>", "spokeswoman"),
        ("a spokeswoman for <PERSON.a>Ana Diaz</>", "spokeswoman"),
        ("<PERSON.a>Ana Diaz</>’s lawyer", "lawyer"),
        ("<NORP.f>French</> officials", "officials"),
        ("the <GPE.p>Porto</> government", "government"),
        ("a new study of 40 towns by <ORG.l>Lumen</>", "study"),
        ("the 34-year-old nurse", "nurse"),
        ("his lawyer", "lawyer"),
        ("her mother", "mother"),
        ("police", "police"),
        ("an official who spoke on condition of anonymity", "official"),
        ("the ministry’s spokesman", "spokesman"),
    ],
)
def test_a_nominal_is_known_by_its_head_noun(source: str, noun: str) -> None:
    phrase = read(source)
    assert (phrase.mention_type, phrase.heads, phrase.noun) == ("nominal", (), noun)


@pytest.mark.parametrize(
    "source", ["he", "She", "they both", "it", "who", "I", "you", "many", "some of the nurses"]
)
def test_a_pronoun_is_a_pronoun_even_before_of(source: str) -> None:
    phrase = read(source)
    assert phrase.mention_type == "pronoun"
    assert phrase.pronoun is not None


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("a spokeswoman", "described"),
        ("a spokeswoman for <ORG.l>Lumen</>", "described"),
        ("a <NORP.w>Western</> diplomat", "described"),
        ("the company", "described"),
        ("sources close to the talks", "anonymous"),
        ("a person familiar with the matter", "anonymous"),
        ("an official who spoke on condition of anonymity", "anonymous"),
        ("a source", "anonymous"),
        ("officials", "collective"),
        ("two witnesses", "collective"),
        ("police", "collective"),
        ("62 percent of voters", "collective"),
        ("<NORP.r>Republican</> leaders", "collective"),
        ("the gardeners", "collective"),
        ("the report", "document"),
        ("a new study", "document"),
        ("no one", "generic"),
        ("people", "generic"),
        ("many temporary staffers", "collective"),
        ("all the nurses we met", "collective"),
        ("several judges handling claims", "collective"),
        ("those close to the mayor", "anonymous"),
        ("a slide", "document"),
    ],
)
def test_an_unnamed_source_has_a_status(source: str, status: str) -> None:
    assert nominal_status(read(source)) == status


@pytest.mark.parametrize(
    ("source", "label"),
    [
        ("the spokeswoman", "spokeswoman"),
        ("A spokeswoman for <ORG.l>Lumen</>", "spokeswoman for Lumen"),
        ("several aides, who asked not to be named,", "several aides"),
        ("a nurse who saw it", "nurse"),
        ("a  nurse\u00a0there", "nurse there"),
        ("this", "this"),
    ],
)
def test_the_label_is_the_noun_phrase_without_article_and_clause(source: str, label: str) -> None:
    assert read(source).label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Officials said so.", "officials"),
        ("NATO officials said so.", "NATO officials"),
        ("“Officials said so.", "officials"),
    ],
)
def test_the_capital_of_a_sentence_start_is_taken_back(text: str, label: str) -> None:
    start = 1 if text.startswith("“") else 0
    assert noun_phrase(text, start, text.index(" said")) == label


def test_the_capital_of_a_name_stays() -> None:
    text = "French officials said so."
    assert noun_phrase(text, 0, 16, frozenset([0])) == "French officials"


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("the <GPE.p>Porto</> government", "Porto"),
        ("<GPE.p>Porto</>’s government", "Porto"),
        ("the <PERSON.a>Diaz</> campaign", "Diaz"),
        ("the government", None),
        ("the <GPE.p>Porto</> nurse", None),
    ],
)
def test_a_body_that_bears_a_name_is_told_from_one_that_does_not(source: str, body: str | None) -> None:
    found = named_body(read(source))
    assert (found.exact if found else None) == body


def test_nouns_of_persons_and_bodies_are_told_apart() -> None:
    assert is_person_noun("nurse") and not is_body_noun("nurse")
    assert is_body_noun("company") and not is_person_noun("company")
    assert not is_person_noun(None)


@given(st.text(max_size=60))
def test_any_text_is_read_as_some_source(source: str) -> None:
    phrase = read_source(source, (0, len(source)), ())
    assert phrase.exact == source
    assert nominal_status(phrase) in ("anonymous", "collective", "described", "document", "generic")


@pytest.mark.parametrize("piece", ["a", "7", "a ", "a-", "a'", ", ", "and ", " ", "The ", "Mr. "])
def test_a_source_of_a_hundred_thousand_characters_takes_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    read_source(text, (0, len(text)), ())
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("mayors", "mayor"),
        ("Sens.", "senator"),
        ("spokesmen", "spokesman"),
        ("volcanologist", "volcanologist"),
        ("boats", None),
    ],
)
def test_a_word_for_what_somebody_is_is_known_in_either_number(word: str, noun: str | None) -> None:
    assert role_noun(word) == noun


def test_words_for_one_office_are_synonyms_and_some_tell_a_gender() -> None:
    assert "justice" in synonyms("judge")
    assert (noun_gender("businesswoman"), noun_gender("king"), noun_gender("mayor")) == (
        "female",
        "male",
        None,
    )


def test_parties_are_known_by_one_word_whatever_the_form() -> None:
    assert parties("GOP candidate") == parties("the Republicans")
    assert parties("mayor") == frozenset()


def test_the_words_beside_a_role_noun_tell_its_holders_apart() -> None:
    assert modifiers("the former Porto mayor", "mayor") == {"porto"}
