"""The stage's word lists, read once from ``components/lexicons``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from pipeline.record import ChangeDirection, QuantityKind, QuantityModifier

_FOLDER = Path(__file__).parents[1] / "lexicons"

ChangeClass = Literal["verb", "verb_by", "noun", "after", "before"]
_KINDS: Mapping[str, QuantityKind] = {kind: kind for kind in get_args(QuantityKind)}
_MODIFIERS: Mapping[str, QuantityModifier] = {modifier: modifier for modifier in get_args(QuantityModifier)}
_DIRECTIONS: Mapping[str, ChangeDirection] = {direction: direction for direction in get_args(ChangeDirection)}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its SI value: SI = (number + offset) * factor; factor None where it has none."""

    name: str
    kind: QuantityKind
    code: str | None
    factor: Decimal | None = None
    offset: Decimal = Decimal(0)
    si: str | None = None


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency, or its minor unit (``scale`` of them make one)."""

    name: str
    code: str | None
    scale: int = 1


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number word, its class and its value (the low one of a vague plural)."""

    kind: str
    value: int
    high: int


def rows(name: str) -> Iterator[list[str]]:
    """The columns of every line of a lexicon file that is not a comment."""
    text = (_FOLDER / f"quantities_{name}.tsv").read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line and not line.startswith("# "):
            yield line.split("\t")


def _alternatives(cell: str) -> list[str]:
    return [] if cell == "-" else cell.split("|")


@cache
def number_words() -> Mapping[str, NumberWord]:
    """Number words that count; ordinals and denominators have their own tables."""
    table = {
        word: NumberWord(kind, int(value), 0 if high == "-" else int(high))
        for word, kind, value, high in rows("numbers")
        if kind not in ("ordinal", "denominator")
    }
    return MappingProxyType(table)


@cache
def _numbers_of(kind: str) -> Mapping[str, int]:
    return MappingProxyType({row[0]: int(row[2]) for row in rows("numbers") if row[1] == kind})


def ordinals() -> Mapping[str, int]:
    """Ordinal words and what they rank."""
    return _numbers_of("ordinal")


def denominators() -> Mapping[str, int]:
    """Words that name a part of a whole and how many such parts make it."""
    return _numbers_of("denominator")


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Units by their surface: words in lower case, symbols as printed."""

    words: Mapping[str, Unit]
    symbols: Mapping[str, Unit]


@cache
def units() -> UnitTable:
    """The units of measurement."""
    words: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    for surfaces, signs, *fields in rows("units"):
        unit = _unit(*fields)
        words.update(dict.fromkeys(_alternatives(surfaces), unit))
        symbols.update(dict.fromkeys(_alternatives(signs), unit))
    return UnitTable(MappingProxyType(words), MappingProxyType(symbols))


def _unit(name: str, kind: str, code: str, factor: str, offset: str, si: str) -> Unit:
    return Unit(
        name,
        _KINDS[kind],
        None if code == "-" else code,
        None if factor == "-" else Decimal(factor),
        Decimal(offset),
        None if si == "-" else si,
    )


@dataclass(frozen=True, slots=True)
class CurrencyTable:
    """Currencies by surface (words in lower case, signs as printed) and by ISO code."""

    words: Mapping[str, Currency]
    prefixes: Mapping[str, Currency]
    suffixes: Mapping[str, Currency]
    by_code: Mapping[str, Currency]


@cache
def currencies() -> CurrencyTable:
    """The currencies whose surface alone says which they are."""
    words: dict[str, Currency] = {}
    prefixes: dict[str, Currency] = {}
    suffixes: dict[str, Currency] = {}
    by_code: dict[str, Currency] = {}
    for code, name, surfaces, before, after, minor, scale in rows("currencies"):
        main = by_code[code] = Currency(name, code)
        words.update(dict.fromkeys(_alternatives(surfaces), main))
        words.update(dict.fromkeys(_alternatives(minor), Currency(name, code, int(scale))))
        prefixes.update({sign: main for sign in _alternatives(before) if sign not in prefixes})
        suffixes.update({sign: main for sign in _alternatives(after) if sign not in suffixes})
    return CurrencyTable(
        MappingProxyType(words),
        MappingProxyType(prefixes),
        MappingProxyType(suffixes),
        MappingProxyType(by_code),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """One currency a sign may mean, and the place names that speak for it; ``default`` where none does."""

    code: str
    places: tuple[str, ...]
    default: bool


@cache
def ambiguous_currencies() -> Mapping[str, tuple[Reading, ...]]:
    """Bare signs and words such as "$" and "pesos", with the currencies they may mean."""
    readings: dict[str, list[Reading]] = {}
    for signs, code, places in rows("currency_contexts"):
        names = places.split("|")
        reading = Reading(code, tuple(name for name in names if name != "*"), "*" in names)
        for sign in signs.split("|"):
            readings.setdefault(sign, []).append(reading)
    return MappingProxyType({sign: tuple(found) for sign, found in readings.items()})


@cache
def modifiers(side: str) -> Mapping[tuple[str, ...], QuantityModifier]:
    """Modifying phrases before or after a number, as word tuples."""
    return MappingProxyType(
        {
            tuple(phrase.split(" ")): _MODIFIERS[name]
            for where, phrase, name in rows("modifiers")
            if where == side
        }
    )


@cache
def changes(kind: ChangeClass) -> Mapping[str, ChangeDirection]:
    """Words of one class that say that a measure moved."""
    return MappingProxyType({word: _DIRECTIONS[way] for word, way, name in rows("changes") if name == kind})


@cache
def words(name: str) -> frozenset[str]:
    """One of the named closed word classes."""
    return _closed_classes().get(name, frozenset())


@cache
def pairs(name: str) -> Mapping[str, str]:
    """A word class whose members carry a value ("daily:day")."""
    return MappingProxyType(dict(member.split(":") for member in sorted(words(name))))


@cache
def _closed_classes() -> Mapping[str, frozenset[str]]:
    return MappingProxyType({name: frozenset(members.split(" ")) for name, members in rows("words")})


@cache
def usual_tags() -> Mapping[str, tuple[str, ...]]:
    """Penn Treebank tags of common words, commonest first."""
    return MappingProxyType({word: tuple(tags.split(" ")) for word, tags in rows("tags")})
