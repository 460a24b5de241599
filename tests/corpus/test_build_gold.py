"""Short labels become exact places and values, or fail with the label in the message."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.building import build_gold
from corpus.building.places import (
    LabelError,
    Paragraph,
    counted_phrase,
    place_of,
    source_place,
    stretch_of,
)
from corpus.building.values import Units, date_record, quantity_record

CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = "“Go,” said Ann Roe, who has 12 goats and 112 hens. “Stay,” said her aunt."


@pytest.fixture
def paragraph() -> Paragraph:
    return Paragraph(0, 0, len(TEXT), "body", TEXT)


@pytest.fixture(scope="module")
def units() -> Units:
    return Units.load(CORPUS / "gold" / "units.tsv")


def exact(place: tuple[int, int]) -> str:
    return TEXT[slice(*place)]


def test_the_gold_files_are_what_the_labels_say() -> None:
    pytest.importorskip("trafilatura")
    assert build_gold.main([str(CORPUS), "--check"]) == 0


def test_a_wrong_file_fails_the_check(tmp_path: Path) -> None:
    assert build_gold._check([(tmp_path / "gone.jsonl", "{}\n")]) == 1


def test_a_number_is_not_found_inside_a_longer_one(paragraph: Paragraph) -> None:
    assert place_of(paragraph, "12") == (28, 30)


def test_words_that_stand_twice_must_be_numbered(paragraph: Paragraph) -> None:
    with pytest.raises(LabelError, match="2 times"):
        place_of(paragraph, "said")
    assert place_of(paragraph, "said #2")[0] == TEXT.rindex("said")


def test_words_that_are_missing_fail(paragraph: Paragraph) -> None:
    with pytest.raises(LabelError, match="not there"):
        place_of(paragraph, "cow")


def test_a_cue_is_the_one_beside_the_content(paragraph: Paragraph) -> None:
    content = stretch_of(paragraph, "“Stay,”")
    assert place_of(paragraph, "said", [content])[0] == TEXT.rindex("said")


def test_a_source_never_stands_in_the_content(paragraph: Paragraph) -> None:
    content = [stretch_of(paragraph, "Ann ~ hens")]
    with pytest.raises(LabelError, match="0 times"):
        source_place(paragraph, "Ann Roe", content, content)


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("“Go,”", "“Go,”"),
        ("Ann ~ goats", "Ann Roe, who has 12 goats"),
        ("“Stay,” ~", "“Stay,” said her aunt"),
        ("*", TEXT[:-1]),
    ],
)
def test_a_stretch_is_given_by_its_ends(label: str, found: str, paragraph: Paragraph) -> None:
    assert exact(stretch_of(paragraph, label)) == found


def test_the_counted_phrase_follows_its_number(paragraph: Paragraph) -> None:
    assert counted_phrase(paragraph, "goats", (28, 30)) == {"start": 31, "end": 36, "exact": "goats"}


@pytest.mark.parametrize(
    ("label", "value", "low", "high", "modifier"),
    [
        ("40", 40, 40, 40, "exact"),
        ("~40", 40, None, None, "approximately"),
        (">40", 40, 40, None, "more_than"),
        ("<=1.5m", 1500000, None, 1500000, "at_most"),
        ("20..30", None, 20, 30, "range"),
        ("~100..1000", None, 100, 1000, "approximately"),
        ("2cr", 20000000, 20000000, 20000000, "exact"),
    ],
)
def test_amounts_are_read(
    label: str, value: float | None, low: float | None, high: float | None, modifier: str, units: Units
) -> None:
    quantity = quantity_record({"start": 0, "end": 1, "exact": "x"}, [label], None, units)
    assert [quantity[key] for key in ("value", "low", "high", "modifier")] == [value, low, high, modifier]


@pytest.mark.parametrize(
    ("label", "kind", "unit", "base"),
    [
        ("12 kilometre", "measure", "kilometre", 12000),
        ("5 degree Celsius", "measure", "degree Celsius", 278.15),
        ("3 US dollar", "money", "US dollar", None),
        ("age 34", "age", "year", 34 * 31557600),
        ("x 10", "multiple", "times", None),
        ("frac 1/4", "fraction", "", None),
    ],
)
def test_units_are_read(label: str, kind: str, unit: str, base: float | None, units: Units) -> None:
    quantity = quantity_record({"start": 0, "end": 1, "exact": "x"}, [label], None, units)
    assert (quantity["kind"], quantity["unit"], quantity["base_value"]) == (kind, unit, base)


def test_a_change_keeps_both_ends(units: Units) -> None:
    quantity = quantity_record(
        {"start": 0, "end": 1, "exact": "x"}, ["3 percent", "", "fall=8>5"], None, units
    )
    assert quantity["change"] == {"direction": "fall", "from": 8, "to": 5}


@pytest.mark.parametrize(
    ("label", "timex_type", "value", "mod"),
    [
        ("2024-02", "DATE", "2024-02", None),
        ("P3W", "DURATION", "P3W", None),
        ("PRESENT_REF", "DATE", "PRESENT_REF", None),
        ("2024-02-13TMO", "TIME", "2024-02-13TMO", None),
        ("P1D SET", "SET", "P1D", None),
        ("P3M - LESS_THAN", "DURATION", "P3M", "LESS_THAN"),
        ("?", "DATE", None, None),
    ],
)
def test_dates_are_read(label: str, timex_type: str, value: str | None, mod: str | None) -> None:
    date = date_record({"start": 0, "end": 1, "exact": "x"}, label)
    assert (date["type"], date["value"], date["mod"]) == (timex_type, value, mod)
