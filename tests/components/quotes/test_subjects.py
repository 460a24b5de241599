"""Subjects: who stands before a reporting verb to which the encoder tied no source."""

from __future__ import annotations

import pytest

from pipeline.components.quotes.subjects import with_subjects
from tests.components.handmade import attributions_of, marked_doc

TAGS = (
    "The/DT the/DT A/DT bank/NN union/NN later/RB said/VBD says/VBZ saying/VBG kept/VBD rose/VBD was/VBD "
    "has/VBZ Prices/NNS prices/NNS believed/VBN and/CC but/CC its/PRP$ rate/NN Lumen/NNP well/NN Ida/NNP "
    "Falk/NNP told/VBN of/IN members/NNS disputed/VBN it/PRP"
)
DRY = "<content.1>wells run dry</>"


def source(marked: str) -> str | None:
    """The source that the one marked attribution is given."""
    doc, found = marked_doc(marked, tags=TAGS)
    (told,) = with_subjects(doc, attributions_of(found))
    return found.text[slice(*told.source)] if told.source else None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{DRY}, the union <cue.1>said</>.", "the union"),
        (f"<PERSON.a>Ida Falk</> later <cue.1>said</> {DRY}.", "Ida Falk"),
        (f"The bank kept its rate and <cue.1>said</> {DRY}.", "The bank"),
        (f"<ORG.l>Lumen</> kept its rate, <cue.1>saying</> {DRY}.", "Lumen"),
        (f"While prices rose, the bank kept its rate but <cue.1>said</> {DRY}.", "the bank"),
        (f"The members of the union <cue.1>said</> {DRY}.", "The members of the union"),
    ],
)
def test_the_subject_of_an_active_verb_is_its_source(marked: str, expected: str) -> None:
    assert source(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        f"The bank <cue.1>was believed</> to say {DRY}.",
        f"The bank <cue.1>was disputed:</> {DRY}.",
        f"The well <cue.1>says</> {DRY}.",
        f"Prices rose and <cue.1>said</> {DRY}.",
        f"<cue.1>Reportedly</> {DRY}.",
        f"{DRY}. <cue.1>Said</> later.",
    ],
)
def test_passives_and_what_cannot_speak_give_no_source(marked: str) -> None:
    assert source(marked) is None


def test_a_source_that_the_encoder_found_stays() -> None:
    assert source(f"The bank told <source.1>Ida Falk</>, who <cue.1>said</> {DRY}.") == "Ida Falk"


def test_what_is_said_is_never_its_own_source() -> None:
    assert source("<content.1>Ida Falk</> <cue.1>said</>.") is None


def test_a_source_of_the_sentence_before_gives_way_to_the_subject() -> None:
    assert source(f"<source.1>Ida Falk</> told it. The bank <cue.1>says</> {DRY}.") == "The bank"


def test_a_source_of_the_sentence_before_stays_where_the_verb_has_no_subject_that_speaks() -> None:
    assert source(f"<source.1>Ida Falk</> told it. The well <cue.1>says</> {DRY}.") == "Ida Falk"


def test_a_relative_clause_parts_no_subject_from_its_verb() -> None:
    assert source(f"The bank, which kept its rate, <cue.1>said</> {DRY}.") == "The bank"


def test_what_stands_before_another_comma_is_no_subject() -> None:
    assert source(f"The bank, the union, the well, <cue.1>said</> {DRY}.") is None


@pytest.mark.parametrize(
    "cut",
    [
        "<source.1>The bank</> of Brack, Dr. <PERSON.a>Ida Falk</>, <cue.1>said</>",
        "<source.1>The bank</>, the late <PERSON.a>Ida Falk</>, <cue.1>said</>",
    ],
)
def test_a_source_that_was_cut_before_its_name_is_whole(cut: str) -> None:
    assert (source(f"{cut} {DRY}.") or "").endswith("Ida Falk")


@pytest.mark.parametrize(
    "marked",
    [
        f"<source.1>The bank</>, which saw <PERSON.a>Ida Falk</>, <cue.1>said</> {DRY}.",
        f"<source.1>The bank</> of Brack, <PERSON.a>Ida Falk</> later <cue.1>said</> {DRY}.",
    ],
)
def test_a_name_in_a_clause_or_before_another_verb_is_no_part_of_a_source(marked: str) -> None:
    assert source(marked) == "The bank"


def test_a_pronoun_before_told_is_who_tells() -> None:
    told = "<content.1>“Wells run dry,” she</> <cue.1>told</> <source.1>the <ORG.l>Lumen</></>."
    doc, found = marked_doc(told, tags=f"{TAGS} she/PRP")
    (teller,) = with_subjects(doc, attributions_of(found))
    assert found.text[slice(*teller.source or (0, 0))] == "she"
    assert [found.text[start:end] for start, end in teller.segments] == ["“Wells run dry,”"]


def test_a_paper_that_somebody_has_seen_speaks_for_itself() -> None:
    assert source(f"A draft seen by <source.1>members</> <cue.1>says</> {DRY}.") == "A draft seen by members"


@pytest.mark.parametrize("before", ["", "<content.1>“Wells run dry,”</> "])
def test_what_follows_the_cue_stays_content_where_a_pronoun_tells(before: str) -> None:
    told = f"{before}she <cue.1>told</> <source.1>the <ORG.l>Lumen</></> <content.1>that it rained</>."
    doc, found = marked_doc(told, tags=f"{TAGS} she/PRP")
    (attribution,) = with_subjects(doc, attributions_of(found))
    assert found.text[slice(*attribution.segments[-1])] == "that it rained"
