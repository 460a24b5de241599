"""quantulum3 behind its adapter: what it answers wrongly when asked freely never reaches a record."""

from __future__ import annotations

import pytest

from pipeline.components.quantities import find_quantities, quantulum
from tests.components.quantities.documents import document


@pytest.mark.parametrize(
    "word", ["katal", "farads", "coulomb", "lumens", "hogwash", "official", "bit", "share", "bn"]
)
def test_only_white_listed_words_are_units(word: str) -> None:
    unit = quantulum.unit_named(word)
    assert (unit is not None) == (word in {"katal", "farads", "coulomb", "lumens"})


@pytest.mark.parametrize(
    "surface", ["1 bn", "1 official", "a U.S. official", "1 km per s per banana", "", "1", "one", "1\0"]
)
def test_an_answer_that_is_not_one_whole_unit_is_refused(surface: str) -> None:
    assert quantulum.resolved_name(surface) is None


# quantulum3 0.10.0 misreads each of these sentences; beside it stands what is wanted.
WRONG_ANSWERS = [
    ("They met a U.S. official.", []),
    ("It was a rash act by an aide.", []),
    ("He lit a candle and a bit of paper.", []),
    ("The bank owes £5bn.", [("£5bn", 5_000_000_000, "pound sterling")]),
    ("The state owes $1.2tn.", [("$1.2tn", 1_200_000_000_000, "US dollar")]),
    ("The club paid €20m.", [("€20m", 20_000_000, "euro")]),
    ("Some 12m people fled.", [("12m", 12_000_000, "")]),
    ("It cost RM79 million.", [("RM79 million", 79_000_000, "Malaysian ringgit")]),
    ("The canal cost Rs 500 crore.", [("Rs 500 crore", 5_000_000_000, "Indian rupee")]),
    ("A $50 million deal was signed.", [("$50 million", 50_000_000, "US dollar")]),
    ("They found 1,200 pounds of rice in a van.", [("1,200 pounds", 1200, "pound")]),
    ("There are 38,000 U.S. troops.", [("38,000", 38_000, "")]),
    ("Bids stood at $3,500 a share.", [("$3,500", 3500, "US dollar")]),
    ("The 5G network is new.", []),
    ("A 20-minute talk followed.", [("20-minute", 20, "minute")]),
    ("They waited forty five minutes.", [("forty five minutes", 45, "minute")]),
    ("Sales reached 1.5 lakh units.", [("1.5 lakh", 150_000, "")]),
    ("A fare costs (US$13.73).", [("US$13.73", 13.73, "US dollar")]),
    ("It was -3C outside.", [("-3C", -3, "degree Celsius")]),
    ("Taxes rose 0.5 percentage points.", [("0.5 percentage points", 0.5, "percentage point")]),
]


@pytest.mark.parametrize(("sentence", "wanted"), WRONG_ANSWERS)
def test_a_known_wrong_answer_of_the_library_stays_out(
    sentence: str, wanted: list[tuple[str, float, str]]
) -> None:
    found = find_quantities(document(sentence))
    assert [(quantity.exact, quantity.value, quantity.unit) for quantity in found] == wanted


def test_a_range_keeps_both_ends() -> None:
    (quantity,) = find_quantities(document("Between 10,000 and 12,000 troops left."))
    assert (quantity.value, quantity.low, quantity.high) == (None, 10_000, 12_000)


def test_a_rare_unit_is_resolved_by_the_library() -> None:
    (quantity,) = find_quantities(document("The lamp gives 800 lumens."))
    assert (quantity.value, quantity.unit, quantity.base_value) == (800, "lumen", None)
