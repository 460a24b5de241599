"""Reporting clauses at the end of headlines."""

from __future__ import annotations

import pytest

from pipeline.components.quotes.afterthoughts import afterthoughts
from pipeline.record import ZoneSpan
from tests.components.handmade import make_doc

TAGS = "Wells/NNS run/VBP dry/JJ engineers/NNS say/VBP the/DT well/NN sings/VBZ"


def told(text: str, *, title: bool = True) -> list[tuple[str, str]]:
    """Content and source of the closing clauses of a text that is a headline, or is not."""
    doc = make_doc(text, tags=TAGS)
    doc._.zones = (ZoneSpan(0, len(text), "title"),) if title else ()
    found = afterthoughts(doc, [(0, len(text))])
    return [(text[slice(*a.segments[0])], text[slice(*a.source or (0, 0))]) for a in found]


def test_a_headline_ends_with_who_says_it() -> None:
    assert told("Wells in Porvo run dry, engineers say") == [("Wells in Porvo run dry", "engineers")]


@pytest.mark.parametrize(
    "text", ["Wells run dry, the well sings", "Wells run dry, the well say", "Dry, engineers say"]
)
def test_other_ends_of_headlines_report_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["According to engineers, wells run dry.", "Wells in Porvo run dry, the engineers said."]
)
def test_the_plainest_clauses_report_in_the_body_too(text: str) -> None:
    assert len(told(text, title=False)) == 1


@pytest.mark.parametrize(
    "text", ["Wells in Porvo run dry, engineers fear", "According to the wells, engineers run dry."]
)
def test_other_clauses_of_the_body_are_for_the_encoder(text: str) -> None:
    assert told(text, title=False) == []
