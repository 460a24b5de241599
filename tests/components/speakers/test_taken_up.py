"""Speakers without a name beside their cue: whom pronouns and nouns take up of what the article told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.components.speakers import SpeakerResolver
from tests.components.handmade import attributions_of, marked_doc
from tests.components.speakers.sources import SAID, TAGS, decide, speaker


def test_a_bare_noun_is_the_unnamed_source_of_that_noun_that_spoke_before() -> None:
    first = f"<source.1>a report by Tom's surveyors</> {SAID}."
    second = "<source.2>The report</> <cue.2>said</> <content.2>the pump is old</>."
    found = speaker(f"{first} {second}")
    assert (found.status, found.name, found.resolution) == (
        "document",
        "report by Tom's surveyors",
        "coreference",
    )


def test_one_who_asks_for_anonymity_is_not_the_official_whom_the_article_names() -> None:
    found = speaker(
        "<PERSON.a>Ana Diaz</>, a harbour official, came. "
        f"<source.1>The official</>, who asked not to be named, {SAID}."
    )
    assert (found.status, found.name) == ("anonymous", "official")


@pytest.mark.parametrize(
    ("body", "noun", "name"),
    [
        ("Porto University", "company", "company"),
        ("Lumen", "company", "Lumen"),
        ("Porto University", "union", "union"),
        ("Dockers Federation", "union", "Dockers Federation"),
    ],
)
def test_a_noun_for_a_body_stands_for_none_of_another_kind(body: str, noun: str, name: str) -> None:
    assert speaker(f"<ORG.l>{body}</> came. <source.1>The {noun}</> {SAID}.").name == name


@pytest.mark.parametrize("source", ["My grandmother", "His wife", "Their deputy"])
def test_the_name_of_an_unnamed_source_has_no_possessive(source: str) -> None:
    assert speaker(f"<source.1>{source}</> {SAID}.").name == source.split()[1]


def test_the_apposition_names_the_one_of_several() -> None:
    found = speaker(f"<source.1>one of her tutors, Dr <PERSON.t>Tom Roe</>,</> {SAID}.")
    assert (found.status, found.name) == ("named", "Tom Roe")


def test_the_publisher_named_behind_a_comma_is_not_its_spokeswoman() -> None:
    found = speaker(f"<source.1>A spokeswoman for the company, <ORG.l>Lumen</>,</> {SAID}.")
    assert (found.status, found.name) == ("described", "spokeswoman for the company")


def test_a_body_spoke_before_it_is_meant_by_it() -> None:
    first = f"<source.1>The harbour authority</> {SAID}."
    found = speaker(f"{first} <source.2>It</> <cue.2>said</> <content.2>the pump is old</>.")
    assert (found.name, found.mention_type) == ("harbour authority", "pronoun")


def test_a_man_named_in_between_does_not_part_she_from_the_nurse_who_spoke() -> None:
    first = f"<source.1>A nurse</> {SAID}. <PERSON.t>Tom Roe</> came."
    found = speaker(f"{first} <source.2>She</> <cue.2>said</> <content.2>the pump is old</>.")
    assert found.name == "nurse"


def test_somebody_without_a_name_whom_the_article_brings_up_is_he_or_she() -> None:
    found = speaker(f"<GPE.p>Porto</> came. A spokeswoman met the guards. <source.1>She</> {SAID}.")
    assert (found.status, found.name, found.mention_type) == ("described", "spokeswoman", "pronoun")


def test_a_person_kept_unnamed_is_taken_up_by_a_pronoun() -> None:
    first = f"<source.1>A nurse who asked not to be named</> {SAID}."
    found = speaker(f"{first} <source.2>He</> <cue.2>said</> <content.2>the pump is old</>.")
    assert (found.status, found.name) == ("anonymous", "nurse")


def test_whom_the_lede_only_describes_the_next_paragraph_names() -> None:
    lede = f"<source.1>A nurse</> {SAID}."
    decision = decide(f"{lede}\n<PERSON.a>Ana Diaz</>, 44, came.")[0]
    assert (decision.speaker.name, decision.rule) == ("Ana Diaz", "named_later")


@pytest.mark.parametrize(
    "later",
    [
        "<PERSON.a>Ana Diaz</> came.",
        "\n<PERSON.a>Ana Diaz</>, the mayor, came.",
        "\nThe guards met <PERSON.a>Ana Diaz</>.",
        "\n<PERSON.t>Roe</> came. <PERSON.a>Ana Diaz</> came.",
    ],
    ids=["in the same paragraph", "with another role", "as an object", "behind somebody else"],
)
def test_not_everybody_named_behind_a_lede_is_whom_it_describes(later: str) -> None:
    assert decide(f"<source.1>A nurse</> {SAID}. {later}")[0].speaker.status == "described"


@pytest.mark.parametrize(
    ("before", "name"),
    [("The treaty helped <ORG.l>Lumen</>.", "treaty"), ("<ORG.l>Lumen</> helped the treaty.", "Lumen")],
)
def test_it_is_the_document_with_which_the_sentence_before_begins(before: str, name: str) -> None:
    assert speaker(f"{before} <source.1>It</> {SAID}.").name == name


@pytest.mark.parametrize(
    ("marked", "status", "name"),
    [
        (f"The guards fled. <source.1>They</> {SAID}.", "collective", "guards"),
        (
            f"Tom met <PERSON.a>Ana Diaz</>. The guards fled. <source.1>One of them, a nurse,</> {SAID}.",
            "described",
            "nurse",
        ),
        (f"The guards fled. <source.1>Two of them</> {SAID}.", "collective", "guards"),
        (f"The guards fled. <source.1>Others</> {SAID}.", "collective", "guards"),
        (f"<ORG.l>Lumen</> met <PERSON.a>Ana Diaz</>. <source.1>They</> {SAID}.", "named", "Lumen"),
    ],
)
def test_they_are_the_last_subject_that_is_many(marked: str, status: str, name: str) -> None:
    found = speaker(marked)
    assert (found.status, found.name, found.mention_type) == (status, name, "pronoun")


def test_they_are_two_who_were_the_subject_together() -> None:
    article = "<ORG.l>Lumen</> fell. <PERSON.a>Ana Diaz</> and <PERSON.t>Tom Roe</> met."
    assert speaker(f"{article} <source.1>They</> {SAID}.").name == "Ana Diaz; Tom Roe"


def test_one_told_by_age_is_the_person_in_focus() -> None:
    found = speaker(f"<PERSON.a>Ana Diaz</> came. <source.1>The 19-year-old</> {SAID}.")
    assert (found.status, found.name) == ("named", "Ana Diaz")


def test_who_stands_for_any_noun_that_may_be_a_human() -> None:
    found = speaker(f"<PERSON.a>Ana Diaz</> met a deckhand <source.1>who</> {SAID}.")
    assert (found.status, found.name) == ("described", "deckhand")


def test_the_person_is_the_one_kept_unnamed_who_spoke_before() -> None:
    first = "<source.1>An aide who asked not to be named</> <cue.1>said</> <content.1>it rained</>."
    found = speaker(
        f"<PERSON.a>Ana Diaz</> came. {first} <source.2>The person</> {SAID.replace('1>', '2>')}."
    )
    assert (found.status, found.name) == ("anonymous", "aide")


def test_the_bank_is_the_unnamed_one_that_spoke_and_not_another_named_before() -> None:
    first = "<source.1>The central bank</> <cue.1>said</> <content.1>it rained</>."
    found = speaker(f"<ORG.v>Vltava Bank</> fell. {first} <source.2>The bank</> {SAID.replace('1>', '2>')}.")
    assert (found.status, found.name) == ("described", "central bank")


def test_an_agency_in_a_dateline_is_nobody_that_the_company_could_be() -> None:
    found = speaker(f"PORTO (<ORG.n>Newsdesk</>) - It rained. <source.1>The company</> {SAID}.")
    assert (found.status, found.name) == ("described", "company")


def test_he_in_somebodys_quoted_words_is_another() -> None:
    doc, found = marked_doc(
        "<PERSON.a>Tom Roe</> met <PERSON.b>Bob Falk</>. <source.1><PERSON.a>Roe</></> <cue.1>said</>: "
        "<content.1>“<source.2>He</> <cue.2>says</> <content.2>the well is dry</>”</>.",
        tags=TAGS,
    )
    outer, inner = attributions_of(found)
    decisions = SpeakerResolver(doc).resolve_all([outer, replace(inner, nested_in=0)])
    assert [decision.speaker.name for decision in decisions] == ["Tom Roe", "Bob Falk"]


def test_an_office_taken_for_a_name_is_read_as_an_office() -> None:
    found = speaker(
        f"<PERSON.a>Ana Diaz</>, the premier, came. <source.1>The <PERSON.p>Premier</></> {SAID}."
    )
    assert found.name == "Ana Diaz"


@pytest.mark.parametrize(
    "phrase", ["The company", "The <GPE.p>Porto</> company", "The <GPE.p>Porto</>-based company"]
)
def test_the_company_of_a_place_is_the_one_in_focus(phrase: str) -> None:
    assert speaker(f"<ORG.l>Lumen</> came. <source.1>{phrase}</> {SAID}.").name == "Lumen"


def test_a_place_that_only_tells_where_is_not_it() -> None:
    found = speaker(f"<ORG.l>Lumen</> came. The guards met in <GPE.p>Porto</>. <source.1>It</> {SAID}.")
    assert found.name == "Lumen"


def test_both_are_the_many_of_the_sentence_before() -> None:
    found = speaker(f"The guards came. <source.1>Both</> {SAID}.")
    assert (found.status, found.name) == ("collective", "guards")


def test_two_of_them_are_anonymous_where_the_text_says_so() -> None:
    found = speaker(f"The guards came. <source.1>Two of them</>, who declined to be named, {SAID}.")
    assert (found.status, found.name) == ("anonymous", "guards")


def test_an_office_of_a_body_is_not_held_by_whoever_has_another() -> None:
    found = speaker(f"<PERSON.a>Ana Diaz</>, the nurse, came. <source.1>The company's mayor</> {SAID}.")
    assert (found.status, found.name) == ("described", "company's mayor")


def test_nobody_calls_himself_the_nurse() -> None:
    first = "<PERSON.a>Ana Diaz</>, the nurse, came. <source.1><PERSON.a>Diaz</></> <cue.1>said</>"
    nested = "<content.1>“<source.2>the nurse</> <cue.2>said</> <content.2>it rained</>”</>"
    doc, found = marked_doc(f"{first} {nested}.", tags=TAGS)
    outer, inner = sorted(attributions_of(found), key=lambda a: a.cue or (0, 0))
    decisions = SpeakerResolver(doc).resolve_all([outer, replace(inner, nested_in=0)])
    assert [decision.speaker.name for decision in decisions] == ["Ana Diaz", "nurse"]


def test_the_two_companies_are_the_two_in_focus() -> None:
    found = speaker(f"<ORG.l>Lumen</> met <ORG.v>Vltava Bank</>. <source.1>The two companies</> {SAID}.")
    assert found.name == "Lumen; Vltava Bank"


def test_somebody_named_only_later_does_not_hold_a_role_before() -> None:
    found = speaker(f"<source.1>The driver</> {SAID}. <PERSON.a>Ana Diaz</> came.")
    assert (found.status, found.name) == ("described", "driver")


def test_the_firm_is_no_agency() -> None:
    article = "<ORG.v>Vltava Space</> fell. The space agency <ORG.l>Lumen</> met."
    assert speaker(f"{article} <source.1>The firm</> {SAID}.").name == "Vltava Space"


def test_an_office_in_front_of_a_name_is_nobody_that_she_could_be() -> None:
    found = speaker(f"<PERSON.a>Ana Diaz</> met <PERSON.x>Alderman</> Falk. <source.1>She</> {SAID}.")
    assert found.name == "Ana Diaz"
