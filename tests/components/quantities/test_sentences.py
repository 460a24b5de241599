"""Own sentences with every quantity they hold, and sentences with numbers that count nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.components.quantities import find_quantities
from pipeline.record import Quantity
from tests.components.quantities.documents import document

TABLE = Path(__file__).with_name("sentences.tsv")
FIELDS = ("exact", "kind", "value", "modifier", "unit", "per", "of", "change")


def rows() -> list[tuple[str, list[str]]]:
    lines = [
        line for line in TABLE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")
    ]
    return [(sentence, cells) for sentence, *cells in (line.split("\t") for line in lines)]


def expected(cell: str) -> dict[str, str]:
    parts = cell.split("|")
    row = dict(zip(FIELDS, parts + [""] * (len(FIELDS) - len(parts)), strict=True))
    return {**row, "modifier": row["modifier"] or "exact"}


def described(quantity: Quantity) -> dict[str, str]:
    value = f"{quantity.low}..{quantity.high}" if quantity.value is None else f"{quantity.value}"
    return {
        "exact": quantity.exact,
        "kind": quantity.kind,
        "value": value,
        "modifier": quantity.modifier,
        "unit": quantity.unit,
        "per": quantity.per or "",
        "of": quantity.of.exact if quantity.of is not None else "",
        "change": quantity.change.direction if quantity.change is not None else "",
    }


@pytest.mark.parametrize(
    ("sentence", "cells"), rows(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_sentence_yields_exactly_the_quantities_it_holds(sentence: str, cells: list[str]) -> None:
    assert [described(quantity) for quantity in find_quantities(document(sentence))] == [
        expected(c) for c in cells
    ]
