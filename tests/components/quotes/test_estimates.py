"""Estimates: who put what at which figure."""

from __future__ import annotations

import time

import pytest

from pipeline.components.quotation_marks import find_quotations
from pipeline.components.quotes.estimates import with_estimates
from pipeline.record import Quantity
from tests.components.handmade import attributions_of, make_doc, read_marks

TAGS = (
    "The/DT the/DT harbour/NN office/NN of/IN Brack/NNP She/PRP Diggers/NNS puts/VBZ put/VBD has/VBZ "
    "later/RB said/VBD Two/CD"
)


def quantity(text: str, exact: str) -> Quantity:
    """A count that stands in the text."""
    start = text.index(exact)
    return Quantity(start, start + len(exact), exact, "count", 40, 40, 40, "exact", "", *(None,) * 7)


def estimates(marked: str, *figures: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each estimate in a marked text."""
    found = read_marks(marked)
    text = found.text
    doc = make_doc(text, tags=TAGS)
    doc._.quantities = tuple(quantity(text, exact) for exact in figures)
    attributions = with_estimates(doc, attributions_of(found), find_quotations(text))
    put = [a for a in attributions if a.rule in ("estimate_put", "reporting_tail")]
    return [
        (text[slice(*a.source or (0, 0))], text[slice(*a.cue or (0, 0))], text[a.start : a.end]) for a in put
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The harbour office put the loss at about 40 boats.",
            "The harbour office",
            "the loss at about 40 boats",
        ),
        ("In May the office of Brack has later put it all at 40.", "the office of Brack", "it all at 40"),
        ("She puts the odds at “one in 40”, no more.", "She", "the odds at “one in 40”"),
        ("Diggers put the depth at 40 metres and left.", "Diggers", "the depth at 40 metres"),
    ],
)
def test_whoever_puts_a_thing_at_a_figure_claims_it(text: str, source: str, content: str) -> None:
    ((found, cue, said),) = estimates(text, "40")
    assert (found, said) == (source, content)
    assert cue in ("put", "puts")


@pytest.mark.parametrize(
    "text",
    [
        "She put out a buoy at 40 metres.",
        "She put the boat at the pier, 40 metres on.",
        "She put the crew at risk.",
        "Then, put the oars at 40 degrees.",
        "She put it at 40",
    ],
    ids=["a phrasal verb", "a place", "no figure", "no subject", "no quantity to the end of the text"],
)
def test_other_uses_of_put_claim_nothing(text: str) -> None:
    figures = ["40"] if "40" in text and not text.endswith("40") else []
    assert estimates(text, *figures) == []


def test_an_estimate_inside_what_somebody_says_is_left_to_the_reading_of_it() -> None:
    marked = "<source.1>Ida</> <cue.1>said</> <content.1>the office put the loss at 40 boats</>."
    assert estimates(marked, "40") == []


def test_what_runs_on_still_follows_its_head_behind_an_estimate() -> None:
    text = "She put it all at 40. Ida said “no”. “Yes.”"
    found = read_marks(
        "She put it all at 40. <source.1>Ida</> <cue.1>said</> <content.1>“no”</>. <content.2>“Yes.”</>"
    )
    head, later = attributions_of(found)
    doc = make_doc(text, tags=TAGS)
    doc._.quantities = (quantity(text, "40"),)
    running = type(later)(later.segments, None, None, "continuation_marks", 0.9, continues=0)
    result = with_estimates(doc, [head, running], find_quotations(text))
    assert [a.rule for a in result] == ["estimate_put", "quote_roles", "continuation_marks"]
    assert result[2].continues == 1


def test_estimates_without_a_stop_between_them_are_one() -> None:
    assert estimates("She put it all at 40 she put it all at 40", "40") == [
        ("She", "put", "it all at 40 she put it all at 40")
    ]


@pytest.mark.parametrize(("stop", "number"), [(".", 3_000), ("", 1)])
def test_a_text_full_of_estimates_takes_no_more_than_its_length(stop: str, number: int) -> None:
    sentence = f"She put it all at 40{stop} "
    text = sentence * 3_000
    doc = make_doc(text, tags=TAGS)
    doc._.quantities = tuple(
        Quantity(at, at + 2, "40", "count", 40, 40, 40, "exact", "", *(None,) * 7)
        for at in range(len("She put it all at "), len(text), len(sentence))
    )
    start = time.process_time()
    assert len(with_estimates(doc, [], [])) == number
    assert time.process_time() - start < 5


def test_what_somebody_values_at_a_figure_is_an_estimate() -> None:
    text = "The office values what it owns at 40 crowns."
    assert estimates(text, "40") == [("The office", "values", "what it owns at 40 crowns")]


def test_values_of_things_are_no_estimate() -> None:
    assert estimates("The harbour values stood at 40 crowns.", "40") == []


def test_what_was_expected_stands_before_the_clause_that_says_so() -> None:
    text = "PORVO (AP) - The rate stood still on Monday, as engineers had forecast."
    assert estimates(text) == [("engineers", "had forecast", "The rate stood still on Monday")]


def test_a_comparison_at_the_end_is_no_forecast() -> None:
    assert estimates("The rate stood still on Monday, as engineers had done.") == []
