"""The first page of a report: what the run holds, at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final, NamedTuple

from pipeline.outputs.report.charts import Bar, bars, time_bars
from pipeline.outputs.report.entries import KINDS, kind_name, status_name
from pipeline.outputs.report.gathering import Amount, Gathered
from pipeline.outputs.report.speaker_pages import SpeakerEntry
from pipeline.outputs.report.wording import clipped, large_words

Json = dict[str, Any]

_QUOTED: Final = 15
_CURRENCIES: Final = 6
_LARGEST: Final = 3
_LETTERS: Final = 100
_LETTER_LENGTH: Final = 300
_PERCENT_BORDERS: Final = (1, 5, 10, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Currency:
    """The amounts of money in one currency."""

    name: str
    mentions: int
    middle: str
    largest: tuple[Amount, ...]


class Letter(NamedTuple):
    """A dead letter, its words cut to what a table can hold."""

    source: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Letters:
    """The dead letters of a run: how many of each code, and the first of them."""

    codes: tuple[tuple[str, int], ...]
    total: int
    first: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page shows."""

    articles: int
    words: int
    claims: int
    named: int
    unit: str
    days: tuple[Bar, ...]
    undated: int
    kinds: tuple[Bar, ...]
    statuses: tuple[Bar, ...]
    quoted: tuple[tuple[SpeakerEntry, Bar], ...]
    currencies: tuple[Currency, ...]
    percents: tuple[Bar, ...]
    letters: Letters


def overview(gathered: Gathered, speakers: list[SpeakerEntry], letters: Letters) -> Overview:
    """The figures of a report."""
    dated = [article.day for article in gathered.articles if article.day]
    unit, days = time_bars(dated)
    named = [speaker for speaker in speakers if speaker.named]
    quoted = named[:_QUOTED]
    return Overview(
        len(gathered.articles),
        sum(article.words for article in gathered.articles),
        len(gathered.claims),
        len(named),
        unit,
        days,
        len(gathered.articles) - len(dated),
        bars((kind_name(kind), gathered.kinds[kind]) for kind in KINDS),
        bars((status_name(status), count) for status, count in gathered.statuses.most_common()),
        tuple(zip(quoted, bars((item.name, item.claims) for item in quoted), strict=True)),
        tuple(_currencies(gathered.money)),
        percent_bars(amount.value for amount in gathered.percents),
        letters,
    )


def _currencies(money: dict[str, list[Amount]]) -> Iterable[Currency]:
    for name, amounts in sorted(money.items(), key=lambda item: (-len(item[1]), item[0]))[:_CURRENCIES]:
        ordered = sorted(amounts, key=lambda amount: -amount.value)
        middle = large_words(median(amount.value for amount in amounts))
        yield Currency(name, len(amounts), middle, tuple(_distinct(ordered)))


def _distinct(amounts: list[Amount]) -> Iterable[Amount]:
    """The first amounts that differ: a sum that every article repeats is one line."""
    first: dict[str, Amount] = {}
    for amount in amounts:
        if len(first) == _LARGEST:
            break
        first.setdefault(amount.words, amount)
    return first.values()


def percent_bars(values: Iterable[float]) -> tuple[Bar, ...]:
    """How many percentages lie between round borders."""
    names = [f"under {_PERCENT_BORDERS[0]} %"]
    names += [f"{low} to {high} %" for low, high in pairwise(_PERCENT_BORDERS)]
    names.append(f"{_PERCENT_BORDERS[-1]} % and more")
    counts = Counter(sum(abs(value) >= border for border in _PERCENT_BORDERS) for value in values)
    return bars((name, counts[place]) for place, name in enumerate(names)) if counts else ()


def letter_of(line: Json) -> Letter:
    """What the page tells of a dead letter."""
    return Letter(*(clipped(str(line[key]), _LETTER_LENGTH) for key in ("source", "code", "message")))


def letters_of(lines: Iterable[Letter]) -> Letters:
    """The dead letters, counted by code."""
    codes: Counter[str] = Counter()
    first: list[Letter] = []
    for line in lines:
        codes[line.code] += 1
        if len(first) < _LETTERS:
            first.append(line)
    ranked = sorted(codes.items(), key=lambda item: (-item[1], item[0]))
    return Letters(tuple(ranked), sum(codes.values()), tuple(first))
