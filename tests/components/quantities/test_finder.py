"""The stage as a whole: masks, conversions, context, and what holds for every text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Span as SpacySpan

from pipeline.components.quantities import find_quantities
from pipeline.record import Quantity, to_json
from tests.components.quantities.documents import document


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(document(text))
    return quantity


def test_a_number_in_a_date_is_no_quantity() -> None:
    assert find_quantities(document("They met on 14 May 2021.", ("14 May 2021", "DATE"))) == ()


def test_a_number_in_a_clock_time_is_no_quantity() -> None:
    assert find_quantities(document("They met at 7:30 sharp.", ("7:30", "TIME"))) == ()


def test_a_number_in_a_duration_is_a_quantity() -> None:
    (quantity,) = find_quantities(document("It lasted for three years.", ("three years", "DURATION")))
    assert (quantity.exact, quantity.kind, quantity.unit) == ("three years", "duration", "year")


def test_a_number_in_a_name_is_no_quantity() -> None:
    doc = document("We watched Apollo 13 again.")
    doc.ents = [SpacySpan(doc, 2, 4, label="WORK_OF_ART")]
    assert find_quantities(doc) == ()


def test_a_label_that_is_no_name_does_not_hide_a_number() -> None:
    doc = document("We counted 13 herons.")
    doc.ents = [SpacySpan(doc, 2, 3, label="CARDINAL")]
    assert [quantity.value for quantity in find_quantities(doc)] == [13]


@pytest.mark.parametrize(
    ("text", "base", "code"),
    [
        ("The wall is 12 km long.", 12_000, "m"),
        ("It was 25 °C.", 298.15, "K"),
        ("It was 32 °F.", 273.15, "K"),
        ("The bag holds 50 kg.", 50, "kg"),
        ("They walked two miles.", 3218.688, "m"),
        ("It lasted 90 minutes.", 5400, "s"),
        ("The tank holds 3 cubic metres.", 3, "m3"),
        ("Cars passed at 36 km/h.", 10, "m/s"),
    ],
)
def test_a_measure_has_its_si_value(text: str, base: float, code: str) -> None:
    quantity = only(text)
    assert quantity.base_value == pytest.approx(base, rel=1e-9)
    assert quantity.base_unit_code == code


@pytest.mark.parametrize(
    "text", ["They paid $5.", "They saw 12 owls.", "Between 3 and 5 km of cable burned."]
)
def test_money_counts_and_ranges_have_no_si_value(text: str) -> None:
    assert only(text).base_value is None


def test_decimal_magnitudes_are_exact_integers() -> None:
    value = only("Some 3.4 million hens were sold.").value
    assert value == 3_400_000
    assert isinstance(value, int)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The shop sold it for $40.", "USD"),
        ("Canada's budget office in Ottawa said the road costs $40.", "CAD"),
        ("New Zealand farmers near Auckland paid $40.", "NZD"),
        ("Auckland and Wellington, New Zealand: US$30, or $40.", "USD"),
        ("A bus fare in Manila is 13 pesos; Philippine unions object.", "PHP"),
        ("Colombo's council paid Rs 40, says Sri Lanka Transport.", "LKR"),
    ],
)
def test_a_bare_sign_is_settled_by_the_places_the_article_names(text: str, code: str) -> None:
    assert find_quantities(document(text))[-1].unit_code == code


def test_pesos_of_no_country_have_no_code() -> None:
    quantity = only("It costs 13 pesos.")
    assert (quantity.unit, quantity.unit_code, quantity.unit_system) == ("peso", None, None)


def test_pounds_are_a_weight_unless_the_article_prints_the_sign() -> None:
    assert only("The pumpkin weighs 40 pounds.").unit_code == "[lb_av]"
    assert find_quantities(document("It cost £30, then 40 pounds."))[-1].unit_code == "GBP"


def test_a_movement_knows_where_it_came_from_and_went() -> None:
    change = find_quantities(document("Shares fell 3 percent to $40 from $42."))[0].change
    assert change is not None
    assert (change.direction, change.from_value, change.to_value) == ("fall", 42, 40)


def test_an_end_point_of_a_movement_is_no_movement() -> None:
    assert find_quantities(document("Shares fell 3 percent to $40."))[1].change is None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("10 percent of Freedonia's 3.4 million people went.", "people"),
        ("Rain fell on 20 people, including six officers.", "people"),
        ("Some 1,000 soldiers are hurt daily.", "soldiers"),
        ("About 30 hikers were saved and 50 were lost.", "hikers"),
    ],
)
def test_the_counted_phrase_is_told_without_a_parser(text: str, phrase: str) -> None:
    assert {quantity.of.exact for quantity in find_quantities(document(text)) if quantity.of} >= {phrase}


def test_what_is_counted_goes_on_over_names_in_a_row() -> None:
    doc = document("They sold 40 South Korean Hanwha howitzers.")
    for token, tag in zip(doc, ["PRP", "VBD", "CD", "NNP", "JJ", "NNP", "NNS", "."], strict=True):
        token.tag_ = tag
    (quantity,) = find_quantities(doc)
    assert quantity.of is not None
    assert quantity.of.exact == "South Korean Hanwha howitzers"


def test_a_tagger_is_believed_where_it_ran() -> None:
    doc = document("They saw 12 blick flums.")
    for token, tag in zip(doc, ["PRP", "VBD", "CD", "JJ", "NNS", "."], strict=True):
        token.tag_ = tag
    (quantity,) = find_quantities(doc)
    assert quantity.of is not None
    assert quantity.of.exact == "blick flums"


def test_the_component_works_in_any_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("onrecord_quantities")
    assert [quantity.value for quantity in nlp("Four geese flew.")._.quantities] == [4]


WORDS = (
    "one half a third of million to and from between about percent years old aged times fold hundred dozens",
    "tens first largest daily per each twenty-one two-thirds 10-year-old 20s th Rs US$ $ £ % ½ 1/2 °C 5",
    "1,200 3.4 m km - – ' 's , . ( ) “ ” : ;",
)
PIECES = st.sampled_from([*" ".join(WORDS).split(), " ", "\n"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PIECES, max_size=30).map(" ".join)
    | st.lists(PIECES, max_size=30).map("".join)
    | st.text(max_size=80)
)
def test_every_text_yields_ordered_spans_that_slice_back(text: str) -> None:
    found = find_quantities(document(text))
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.exact
        assert quantity.of is None or text[quantity.of.start : quantity.of.end] == quantity.of.exact
        assert quantity.value is not None or (quantity.low is not None and quantity.high is not None)
        assert to_json(quantity)["kind"] == quantity.kind
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=2, max_value=10**15))
def test_grouped_digits_are_read_exactly_once(number: int) -> None:
    quantity = only(f"They own {number:,} pearls.")
    assert (quantity.exact, quantity.value) == (f"{number:,}", number)


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet="0123456789 ", max_size=60))
def test_no_text_changes_what_a_second_reading_finds(text: str) -> None:
    assert find_quantities(document(text)) == find_quantities(document(text))


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        " ",
        '"',
        "a",
        "5 ",
        "1-",
        "million ",
        "half of ",
        "$5 ",
        "John, 43, ",
        "(5 ",
        "3 percent to ",
        "\n5",
        "½",
        "'s ",
    ],
)
def test_a_run_without_end_takes_time_in_step_with_its_length(piece: str) -> None:
    short, long = (timed(piece, size) for size in (2_000, 12_000))
    assert long < 25 * max(short, 0.01)


def timed(piece: str, size: int) -> float:
    doc = document(piece * (size // len(piece)))
    start = time.process_time()
    find_quantities(doc)
    return time.process_time() - start


def test_an_endless_number_is_no_quantity() -> None:
    assert find_quantities(document("They own " + "9" * 400 + " pearls.")) == ()


def test_an_endless_chain_of_magnitudes_does_not_overflow() -> None:
    for quantity in find_quantities(document("5 " + "million " * 500)):
        assert to_json(quantity) is not None
