"""Interviews: who asks and who answers behind the labels Q and A."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pipeline.components.quotation_marks import find_quotations, line_paragraphs
from pipeline.components.quotes.attribution import Attribution
from pipeline.components.quotes.labelled_speech import labelled_speech
from pipeline.components.speakers import SpeakerResolver
from pipeline.components.speakers.decisions import Decision, bare_speaker
from pipeline.components.speakers.interviews import (
    Interview,
    addressed_in_turns,
    answers,
    asks,
    interviewed,
    interviewer,
)
from pipeline.record import ArticleInfo, Entity, Span
from tests.components.handmade import entities_of, make_doc, read_marks

LEAD = "<PERSON.e1>Ida Falk</> has dug 40 wells, one for <PERSON.e2>Bo Lund</>. We met <PERSON.e1>Falk</>.\n"
TURNS = "Q: How deep?\nA: Deep enough.\nQ: And the next?\nA: Deeper.\n"


class Names(list[Entity]):
    """Names that count how often somebody goes through them."""

    looks = 0

    def __iter__(self) -> Iterator[Entity]:
        self.looks += 1
        return super().__iter__()


def article(publisher: str | None = "The Well", authors: tuple[str, ...] = ("Una Ray",)) -> ArticleInfo:
    """What is known of an article of a publication."""
    return ArticleInfo(
        "art_0", "a.txt", "0", "text/plain", None, publisher, None, authors, "en", None, "none"
    )


def speakers(marked: str, info: ArticleInfo | None) -> list[tuple[str, str | None]]:
    """Status and name of the speaker of every turn."""
    found = read_marks(marked)
    doc = make_doc(found.text, entities=entities_of(found))
    doc._.article = info
    turns = labelled_speech(found.text, line_paragraphs(found.text), find_quotations(found.text))
    decisions = SpeakerResolver(doc).resolve_all(turns)
    assert {decision.rule for decision in decisions} == {"interview_turn"}
    return [(decision.speaker.status, decision.speaker.name) for decision in decisions]


def test_the_publication_asks_and_the_person_of_the_lead_answers() -> None:
    asked, answered = ("named", "The Well"), ("named", "Ida Falk")
    assert speakers(LEAD + TURNS, article()) == [asked, answered, asked, answered]


def test_an_author_asks_for_a_publication_that_is_not_known() -> None:
    assert speakers(LEAD + TURNS, article(publisher=None))[0] == ("named", "Una Ray")


def test_nobody_is_named_where_the_article_names_nobody() -> None:
    assert set(speakers(TURNS, None)) == {("unresolved", None)}


@pytest.mark.parametrize("label", ["Q", "Q.", "q", "Question"])
def test_labels_of_who_asks(label: str) -> None:
    assert asks(label) and not answers(label)


@pytest.mark.parametrize("label", ["A", "A.", "Answer"])
def test_labels_of_who_answers(label: str) -> None:
    assert answers(label) and not asks(label)


def test_the_author_and_whoever_comes_after_the_first_turn_do_not_answer() -> None:
    found = read_marks("By <PERSON.e1>Una Ray</> <PERSON.e2>Bo Lund</> Q: x <PERSON.e3>Ida Falk</>")
    first_turn = found.text.index("Q:")
    answerer = interviewed(entities_of(found), first_turn, article())
    assert answerer is not None
    assert answerer.name == "Bo Lund"
    assert interviewed(entities_of(found), 0, article()) is None
    assert interviewer(None) is None


def test_the_parties_are_looked_for_once_however_long_the_interview() -> None:
    names = Names(entities_of(read_marks(LEAD)))
    interview = Interview(names, article())
    parties = {interview.party(label, 90) for label in ("Q", "A") * 50}
    assert {name for name, _ in parties} == {"The Well", "Ida Falk"}
    assert names.looks == 2


def _turn(number: int, name: str | None) -> tuple[Attribution, Decision]:
    speaker = replace(bare_speaker("named"), name=name)
    turn = Attribution(((number, number + 1),), None, (number, number + 1), "turn_label", 1.0)
    return turn, Decision(speaker, "label_name", 1.0)


def _you(outer: int) -> tuple[Attribution, Decision]:
    speaker = replace(bare_speaker("generic"), surface=Span(0, 3, "You"))
    inside = Attribution(((outer, outer + 1),), None, (0, 3), "nested_quote_roles", 1.0, nested_in=outer)
    return inside, Decision(speaker, "pronoun_generic", 1.0)


@pytest.mark.parametrize(
    ("names", "outer", "meant"),
    [
        (("Ledger", "Ana Diaz"), 0, ["Ana Diaz"]),
        (("Ledger", "Ana Diaz"), 1, []),
        (("Ledger", "Ana Diaz", "Tom Roe"), 0, []),
        ((None, "Ana Diaz"), 0, ["Ana Diaz"]),
        (("Ledger", None), 0, []),
    ],
    ids=["asked", "generic", "three talk", "unknown asker", "unknown answerer"],
)
def test_you_in_a_question_is_who_answers(
    names: tuple[str | None, ...], outer: int, meant: list[str]
) -> None:
    rows = [*(_turn(number, name) for number, name in enumerate(names)), _you(outer)]
    decisions = {index: decision for index, (_, decision) in enumerate(rows)}
    found = addressed_in_turns([attribution for attribution, _ in rows], decisions)
    assert [speaker.name for speaker in found.values()] == meant
