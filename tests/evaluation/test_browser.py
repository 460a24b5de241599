from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from pipeline.evaluation import evaluate
from pipeline.evaluation.browser import error_page
from pipeline.record import Span
from tests.evaluation.labels import COST, GOLD, claim, named

EVIL = "<script>alert(1)</script>\"'&<!--articles--><img src=x onerror=y>"


class Tags(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def evil_page() -> str:
    """A page in which every text that can come from a file is hostile."""
    place = Span(0, len(EVIL), EVIL)
    hostile = replace(
        COST, kind=EVIL, segments=(place,), cue=(place,), said_on=EVIL, mode=EVIL, addressee=(place,),
        speaker=replace(named(EVIL, None, EVIL), status=EVIL, surface=(place,)),
    )  # fmt: skip
    quantity = replace(GOLD.quantities[0], exact=EVIL, unit=EVIL, of=place, modifier=EVIL, kind=EVIL)
    date = replace(GOLD.dates[0], exact=EVIL, value=EVIL, mod=EVIL, type=EVIL)
    entity = replace(GOLD.entities[0], exact=EVIL, label=EVIL)
    found = replace(
        GOLD, source=EVIL, claims=(hostile,), quantities=(quantity,), dates=(date,), entities=(entity,)
    )
    return error_page(evaluate([found], [replace(GOLD, source=EVIL)]))


def test_hostile_texts_bring_no_element_into_the_page() -> None:
    tags = Tags(evil_page())
    assert not tags.tags & {"script", "img"}
    assert not tags.attributes & {"onerror", "src", "href"}


def test_hostile_texts_are_shown_as_they_are() -> None:
    assert any(EVIL in text for text in Tags(evil_page()).texts)


def test_the_page_asks_nothing_of_the_network() -> None:
    assert "default-src 'none'" in evil_page()


@pytest.mark.parametrize("bad", ["\x00", "\x1b[31m", "\ud800", "\u202e", "\uffff"])
def test_characters_that_no_page_may_hold_are_replaced(bad: str) -> None:
    page = error_page(evaluate([GOLD], [replace(GOLD, source=f"a{bad}b")]))
    assert bad not in page
    page.encode("utf-8")


def test_gold_stands_beside_the_prediction_with_what_is_wrong() -> None:
    found = replace(GOLD, claims=(replace(COST, speaker=named("Ben Cole")), *GOLD.claims[1:]))
    texts = Tags(error_page(evaluate([found], [GOLD]))).texts
    assert "Ben Cole" in texts
    assert "Ada Brook" in texts
    assert "speaker lenient" in texts


def test_missed_and_spurious_claims_are_marked() -> None:
    found = replace(GOLD, claims=(claim("direct", "Critics fear"),))
    texts = Tags(error_page(evaluate([found], [GOLD]))).texts
    assert "missed" in texts
    assert "spurious" in texts


def test_the_same_labels_give_the_same_bytes() -> None:
    assert evil_page() == evil_page()


def test_an_article_without_prediction_is_marked() -> None:
    assert "not among the predictions" in error_page(evaluate([], [GOLD]))
