"""Outcomes: whom a summary counts as quoted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.batch.outcome import asks_in_turns
from pipeline.record import Claim
from tests.outputs.finished import claim


def turn(name: str, *, question: bool) -> Claim:
    """A turn of an interview."""
    made = claim("a.txt")
    return replace(
        made,
        speaker=replace(made.speaker, name=name),
        decided_by=replace(made.decided_by, claim="turn_label"),
        modality=replace(made.modality, question=question),
    )


@pytest.mark.parametrize(
    ("questions", "asking"), [((True, False), "Ledger"), ((False, False), None), ((False, True), None)]
)
def test_who_opens_an_interview_with_a_question_is_not_quoted(
    questions: tuple[bool, bool], asking: str | None
) -> None:
    names = ("Ledger", "Ana Diaz")
    turns = [turn(name, question=asks) for name, asks in zip(names, questions, strict=True)]
    assert asks_in_turns(turns) == asking


def test_an_article_without_turns_has_nobody_who_asks() -> None:
    assert asks_in_turns([claim("a.txt")]) is None
