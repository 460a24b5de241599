"""Bars: where they stand and how long they are, for templates to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pipeline.outputs.report.wording import day_words, month_words

# More bars than this are too thin to point at on a phone.
MAX_BARS: Final = 62


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar; ``share`` is its length in percent of the longest, ``place`` its place in the row."""

    label: str
    value: int
    share: float
    place: int
    href: str | None = None


def bars(values: Iterable[tuple[str, int]]) -> tuple[Bar, ...]:
    """Bars in proportion to the largest value."""
    known = list(values)
    largest = max((value for _, value in known), default=0) or 1
    return tuple(
        Bar(label, value, round(100 * value / largest, 2), place)
        for place, (label, value) in enumerate(known)
    )


def time_bars(days: Iterable[str]) -> tuple[str, tuple[Bar, ...]]:
    """Bars by day, week, month, year or decade, the finest that fits; and the name of that unit."""
    counts = Counter(days)
    if not counts:
        return "day", ()
    first, last = date.fromisoformat(min(counts)), date.fromisoformat(max(counts))
    if (last - first).days < MAX_BARS:
        return "day", _day_bars(counts, first, last, 1)
    if (last - first).days < 7 * MAX_BARS:
        return "week", _day_bars(counts, first - timedelta(first.weekday()), last, 7)
    if 12 * (last.year - first.year) + last.month - first.month < MAX_BARS:
        return "month", _month_bars(counts, first, last)
    width = next(width for width in (1, 10, 100, 1000) if (last.year - first.year) // width < MAX_BARS)
    return {1: "year", 10: "decade"}.get(width, f"{width} years"), _year_bars(counts, first, last, width)


def _day_bars(counts: Counter[str], first: date, last: date, width: int) -> tuple[Bar, ...]:
    sums: Counter[int] = Counter()
    for day, count in counts.items():
        sums[(date.fromisoformat(day) - first).days // width] += count
    total = (last - first).days // width + 1
    return bars((day_words((first + timedelta(n * width)).isoformat()), sums[n]) for n in range(total))


def _month_bars(counts: Counter[str], first: date, last: date) -> tuple[Bar, ...]:
    sums: Counter[str] = Counter()
    for day, count in counts.items():
        sums[day[:7]] += count
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    months = [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]
    return bars((month_words(month), sums[month]) for month in months)


def _year_bars(counts: Counter[str], first: date, last: date, width: int) -> tuple[Bar, ...]:
    sums: Counter[int] = Counter()
    for day, count in counts.items():
        sums[int(day[:4]) // width] += count
    numbers = range(first.year // width, last.year // width + 1)
    return bars((str(n * width) + ("s" if width > 1 else ""), sums[n]) for n in numbers)
