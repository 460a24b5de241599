"""The short forms of values in gold labels: quantities, dates, cues, and the tables behind them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Number = int | float

_MAGNITUDES = {"k": 3, "lakh": 5, "m": 6, "cr": 7, "bn": 9, "tn": 12}
_NUMBER = re.compile(r"(-?[\d.]+(?:/\d+)?)(k|lakh|m|cr|bn|tn)?")
_MODIFIERS = {"~": "approximately", ">=": "at_least", "<=": "at_most", ">": "more_than", "<": "less_than"}
_KINDS = {"age": "age", "frac": "fraction", "ratio": "ratio", "x": "multiple", "ord": "ordinal"}
_KIND_UNITS = {"age": "year", "ratio": "ratio", "multiple": "times"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of ``units.tsv``."""

    name: str
    kind: str
    system: str
    code: str
    factor: Decimal | None
    base: str
    offset: Decimal


def _unit(row: list[str]) -> Unit:
    name, kind, system, code, factor, base, offset = row
    return Unit(name, kind, system, code, Decimal(factor) if factor else None, base, Decimal(offset or 0))


@dataclass(frozen=True, slots=True)
class Units:
    """The units that the gold uses."""

    by_name: dict[str, Unit]

    @classmethod
    def load(cls, path: Path) -> Units:
        """The table in a TSV file."""
        rows = map(_unit, _rows(path, 7))
        return cls({unit.name: unit for unit in rows})


@dataclass(frozen=True, slots=True)
class Cues:
    """Lemma and class of the reporting words that the gold uses."""

    by_words: dict[str, tuple[str, str]]

    @classmethod
    def load(cls, path: Path) -> Cues:
        """The table in a TSV file."""
        return cls({words: (lemma, cue_class) for words, lemma, cue_class in _rows(path, 3)})


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row and not row[0].startswith("#"):
                yield (row + [""] * columns)[:columns]


def cue_record(span: Json, reading: str, cues: Cues) -> Json:
    """The cue with its lemma and class; ``reading`` is a class that differs from the table's."""
    lemma, cue_class = cues.by_words[" ".join(span["exact"].casefold().split())]
    return {**span, "lemma": lemma, "class": reading or cue_class}


def quantity_record(span: Json, fields: list[str], of: Json | None, units: Units) -> Json:
    """The quantity of a label ``VALUE UNIT | of | … | per=U | rise=A>B``.

    VALUE is a number, ``~40``, ``>40``, ``>=40``, ``<40``, ``<=40``, ``20..30`` or ``~100..1000``;
    UNIT is a row of the table, nothing for a count, and ``age``, ``frac``, ``ratio``, ``x`` (multiple)
    or ``ord`` stand before the number.
    """
    options = dict(field.split("=", 1) for field in fields[1:] if re.match(r"(per|rise|fall)=", field))
    kind, amount, unit = _kind_amount_unit(fields[0], units)
    value, low, high, modifier = _bounds(amount)
    return {
        **span,
        "kind": kind,
        "value": value,
        "low": low,
        "high": high,
        "modifier": modifier,
        "unit": unit.name if unit else _KIND_UNITS.get(kind, ""),
        "per": options.get("per"),
        "unit_code": (unit.code or None) if unit else None,
        "unit_system": (unit.system or None) if unit else None,
        "base_value": _base_value(value, unit),
        "base_unit_code": (unit.base or None) if unit else None,
        "of": of,
        "change": _change(options),
    }


def _kind_amount_unit(label: str, units: Units) -> tuple[str, str, Unit | None]:
    first, _, rest = label.partition(" ")
    if first in _KINDS:
        kind = _KINDS[first]
        return kind, rest, units.by_name["year"] if kind == "age" else None
    if not rest:
        return "count", first, None
    unit = units.by_name[rest]
    return unit.kind, first, unit


def _bounds(amount: str) -> tuple[Number | None, Number | None, Number | None, str]:
    """Value, low, high and modifier, as rule 7 of the record has them."""
    sign = next((sign for sign in _MODIFIERS if amount.startswith(sign)), "")
    modifier = _MODIFIERS.get(sign, "exact")
    low, dots, high = amount[len(sign) :].partition("..")
    if dots:
        return None, _number(low), _number(high), modifier if sign else "range"
    value = _number(low)
    if modifier == "approximately":
        return value, None, None, modifier
    at_least, at_most = modifier in ("more_than", "at_least"), modifier in ("less_than", "at_most")
    return value, None if at_most else value, None if at_least else value, modifier


def _number(label: str) -> Number:
    found = _NUMBER.fullmatch(label)
    if not found:
        raise ValueError(f"{label!r} is no number")
    scaled = Fraction(found[1]) * 10 ** _MAGNITUDES.get(found[2] or "", 0)
    return int(scaled) if scaled.denominator == 1 else float(scaled)


def _base_value(value: Number | None, unit: Unit | None) -> Number | None:
    if value is None or unit is None or unit.factor is None:
        return None
    based = (Decimal(str(value)) + unit.offset) * unit.factor
    return int(based) if based == based.to_integral_value() else float(based)


def _change(options: dict[str, str]) -> Json | None:
    for direction in ("rise", "fall"):
        if direction in options:
            start, _, end = options[direction].partition(">")
            return {"direction": direction, "from": _optional(start), "to": _optional(end)}
    return None


def _optional(label: str) -> Number | None:
    return _number(label) if label else None


def date_record(span: Json, label: str) -> Json:
    """The date of a label ``VALUE``, ``VALUE TYPE`` or ``VALUE TYPE MOD``; the type shows in the value."""
    value, *rest = label.split()
    timex = rest[0] if rest and rest[0] != "-" else _timex_type(value)
    return {
        **span,
        "type": timex,
        "value": None if value == "?" else value,
        "mod": rest[1] if rest[1:] else None,
    }


def _timex_type(value: str) -> str:
    if value.startswith("P") and not value.endswith("_REF"):
        return "DURATION"
    return "TIME" if "T" in value and not value.endswith("_REF") else "DATE"
