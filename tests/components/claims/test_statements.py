"""Statements: what an article asserts in its own voice, with a figure or a date in it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.claims.statements import own_assertions
from pipeline.components.quotation_marks import find_quotations
from pipeline.record import Quantity, Timex, Zone, ZoneSpan
from tests.components.handmade import attributions_of, make_doc, read_marks

TAGS = "fell/VBD rose/VBD said/VBD was/VBD is/VBZ has/VBZ will/MD expects/VBZ have/VBP who/WP"
IDA = "<source.1>Ida Falk</> <cue.1>said</>"


def quantity(text: str, exact: str) -> Quantity:
    """A count that stands in the text."""
    start = text.index(exact)
    unknown = (None,) * 7
    return Quantity(start, start + len(exact), exact, "count", 40, 40, 40, "exact", "", *unknown)


def timex(text: str, exact: str, value: str | None) -> Timex:
    """A date that stands in the text."""
    start = text.index(exact)
    return Timex(start, start + len(exact), exact, "DATE", value, None, value, value, "day", True, None)


def asserted(
    marked: str,
    *figures: str,
    dates: dict[str, str | None] | None = None,
    zones: Sequence[ZoneSpan] | None = None,
) -> list[str]:
    """What a text asserts, given its figures and dates."""
    found = read_marks(marked)
    doc = make_doc(found.text, tags=TAGS, zones=zones)
    doc._.quantities = tuple(quantity(found.text, exact) for exact in figures)
    doc._.timexes = tuple(timex(found.text, exact, value) for exact, value in (dates or {}).items())
    places = own_assertions(doc, attributions_of(found), find_quotations(found.text))
    return [found.text[start:end] for start, end in places]


def test_a_sentence_with_a_figure_is_asserted_without_its_stop() -> None:
    assert asserted("The weir has 12 gates. It leaks.", "12") == ["The weir has 12 gates"]


@pytest.mark.parametrize("value", ["1911", "P2W", None])
def test_a_sentence_with_a_date_is_asserted(value: str | None) -> None:
    assert asserted("The weir was built then.", dates={"then": value}) == ["The weir was built then"]


@pytest.mark.parametrize("value", ["PRESENT_REF", "PAST_REF", "FUTURE_REF"])
def test_a_mere_now_or_recently_backs_nothing(value: str) -> None:
    assert asserted("The weir was built then.", dates={"then": value}) == []


def test_a_sentence_without_figure_or_date_asserts_nothing() -> None:
    assert asserted("The weir was built by hand.") == []


def test_each_sentence_is_an_assertion_of_its_own() -> None:
    text = "The weir has 12 gates. The dam leaks. The lock has 3 of them."
    assert asserted(text, "12", "3") == ["The weir has 12 gates", "The lock has 3 of them"]


@pytest.mark.parametrize("zone", ["title", "deck", "caption", "furniture"])
def test_only_the_body_asserts(zone: Zone) -> None:
    text = "The weir has 12 gates.\nThe lock has 3 of them."
    zones = [ZoneSpan(0, 22, zone), ZoneSpan(23, len(text), "body")]
    assert asserted(text, "12", "3", zones=zones) == ["The lock has 3 of them"]


def test_the_dateline_is_no_part_of_an_assertion() -> None:
    text = "BRACKWATER, Norland (Coast Wire) — The weir has 12 gates."
    assert asserted(text, "12") == ["The weir has 12 gates"]


@pytest.mark.parametrize(
    "marked",
    [
        f"{IDA} <content.1>the weir has 12 gates</>.",
        f"<content.1>“The weir has 12 gates,”</> {IDA}.",
        "<source.1>The 12 keepers of the weir</> <cue.1>said</> <content.1>it was dry</>.",
    ],
)
def test_a_figure_in_what_is_said_or_in_its_speaker_is_not_the_articles(marked: str) -> None:
    assert asserted(marked, "12") == []


@pytest.mark.parametrize(
    ("marked", "clause"),
    [
        (
            f"Water in the river fell 12 metres, {IDA} <content.1>it rains</>.",
            "Water in the river fell 12 metres",
        ),
        (f"{IDA} <content.1>it rains</>, and the water fell by 12 metres.", "the water fell by 12 metres"),
        (f"{IDA} <content.1>it rains</>; though the river rose by 12 metres.", "the river rose by 12 metres"),
        (
            f"The river fell 12 metres in May while {IDA} <content.1>it rains</>.",
            "The river fell 12 metres in May",
        ),
        (
            f"The river fell 12 metres in May, although {IDA} <content.1>it rains</>.",
            "The river fell 12 metres in May",
        ),
        (
            f"The river fell 12 metres in May, and {IDA} <content.1>it rains</>.",
            "The river fell 12 metres in May",
        ),
    ],
)
def test_a_clause_beside_what_is_said_is_asserted_without_its_conjunction(marked: str, clause: str) -> None:
    assert asserted(marked, "12") == [clause]


@pytest.mark.parametrize(
    "marked",
    [
        f"After 12 years of rain in the hills {IDA} <content.1>it was dry</>.",  # no finite verb
        f"It rose 12 metres, {IDA} <content.1>it rains</>.",  # three words
        f"The keeper, who was there for all of 12 years, {IDA} <content.1>it rains</>.",  # a verb of "who"
    ],
)
def test_a_remnant_of_the_reporting_clause_asserts_nothing(marked: str) -> None:
    assert asserted(marked, "12") == []


@pytest.mark.parametrize(
    "marked",
    [
        f"{IDA} <content.1>it rains</>, which was the 12th time in the year.",
        f"{IDA} <content.1>it rains</> in a talk that was 12 minutes long.",
        f"{IDA}, the keeper of 12 old weirs that was there, <content.1>it rains</>.",
    ],
    ids=["a relative clause", "a remnant", "an apposition"],
)
def test_what_hangs_on_the_reporting_clause_is_not_asserted(marked: str) -> None:
    assert asserted(marked, "12") == []


def test_a_main_clause_behind_a_remnant_of_the_reporting_clause_is_asserted() -> None:
    marked = f"{IDA} <content.1>it rains</> on the radio, and the river fell by 12 metres."
    assert asserted(marked, "12") == ["the river fell by 12 metres"]


def test_a_source_that_is_also_the_subject_belongs_to_the_clause() -> None:
    said = "<cue.1>called</> <content.1>“rain”</>"
    marked = f"<source.1>Ida Falk</> was keeper for all of 12 years, to what she {said}."
    assert asserted(marked, "12") == ["Ida Falk was keeper for all of 12 years, to what she"]


@pytest.mark.parametrize("text", ["12 dry weirs", "12:40", "Is the weir 12 metres deep?"])
def test_a_heading_a_time_stamp_and_a_question_assert_nothing(text: str) -> None:
    assert asserted(text, "12") == []


@pytest.mark.parametrize("text", ["12 dry weirs.", "Twelve of them was 12 metres deep", "(The 12 weirs)"])
def test_a_sentence_asserts_by_its_stop_or_its_verb(text: str) -> None:
    assert asserted(text, "12") == [text.rstrip(".")]


@pytest.mark.parametrize("dateline", ["BRACK: ", "Brack, Norland (Coast Wire) – "])
def test_a_colon_or_an_agency_ends_a_dateline_too(dateline: str) -> None:
    assert asserted(f"{dateline}The weir has 12 gates.", "12") == ["The weir has 12 gates"]


def test_a_clause_between_two_things_said_is_asserted() -> None:
    marked = (
        f"{IDA} <content.1>it rains</>, but the river fell by 12 metres, "
        "<source.2>Bo Lund</> <cue.2>said</> <content.2>it shines</>."
    )
    assert asserted(marked, "12") == ["the river fell by 12 metres"]


def test_an_attribution_in_one_sentence_leaves_the_next_to_the_article() -> None:
    marked = f"{IDA} <content.1>it rains</>. The weir has 12 gates."
    assert asserted(marked, "12") == ["The weir has 12 gates"]


PIECES = st.lists(
    st.sampled_from(
        [
            "The weir ",
            "fell ",
            "40 ",
            "and ",
            "while ",
            "“",
            "”",
            ". ",
            ", ",
            "— ",
            "\n",
            "OSLO — ",
            "that ",
            "x",
        ]
    ),
    max_size=40,
).map("".join)


@given(PIECES)
def test_assertions_are_stretches_of_one_sentence_in_order_with_a_figure(text: str) -> None:
    doc = make_doc(text, tags=TAGS)
    figures = [quantity(text[:end], "40") for end in range(len(text) + 1) if text[:end].count("40") == 1][:1]
    doc._.quantities, doc._.timexes = tuple(figures), ()
    found = list(own_assertions(doc, [], find_quotations(text)))
    assert found == sorted(found)
    for start, end in found:
        assert any(sent.start_char <= start < end <= sent.end_char for sent in doc.sents)
        assert any(start <= figure.start and figure.end <= end for figure in figures)


@given(PIECES, st.data())
def test_no_assertion_overlaps_what_is_said(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    marked = f"{text[:start]}<content.1>{text[start:end]}</>{text[end:]}"
    found = read_marks(marked)
    doc = make_doc(found.text, tags=TAGS)
    doc._.quantities = tuple(
        Quantity(place, place + 2, "40", "count", 40, 40, 40, "exact", "", *(None,) * 7)
        for place in range(len(text))
        if text.startswith("40", place)
    )
    doc._.timexes = ()
    said = attributions_of(found)
    for first, last in own_assertions(doc, said, find_quotations(found.text)):
        assert last <= start or end <= first
