"""The timeline of the dates that claims mention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pipeline.outputs.report.charts import Bar, bars
from pipeline.outputs.report.gathering import Mentioned
from pipeline.outputs.report.paging import Leaf, leaves
from pipeline.outputs.report.wording import month_words

MENTIONS_A_PAGE: Final = 250
# More years than this are put together by decade, more decades by century.
_MAX_PERIODS: Final = 150


@dataclass(frozen=True, slots=True)
class Period:
    """A year, decade or century in which dates lie."""

    name: str
    mentions: tuple[Mentioned, ...]

    @property
    def page(self) -> str:
        """The path of its first page."""
        return f"timeline/{self.name}.html"

    def leaves(self) -> Iterator[Leaf[Mentioned]]:
        """Its dates by page."""
        return leaves(self.page, self.mentions, MENTIONS_A_PAGE)


def periods(mentions: list[Mentioned]) -> list[Period]:
    """The dates in their order, by year where there are not too many."""
    ordered = sorted(mentions, key=lambda item: (item.begin, item.end, item.claim.article.day or ""))
    years = {item.begin[:4] for item in ordered}
    width = next(width for width in (1, 10, 100) if len({int(y) // width for y in years}) <= _MAX_PERIODS)
    grouped = groupby(ordered, key=lambda item: int(item.begin[:4]) // width * width)
    return [Period(_name(first, width), tuple(group)) for first, group in grouped]


def _name(first: int, width: int) -> str:
    return str(first) if width == 1 else f"{first}s" if width == 10 else f"{first}-{first + width - 1}"


def period_bars(found: list[Period]) -> tuple[Bar, ...]:
    """A bar for each period, with the page it leads to."""
    drawn = bars((period.name, len(period.mentions)) for period in found)
    return tuple(
        Bar(bar.label, bar.value, bar.share, bar.place, period.page)
        for bar, period in zip(drawn, found, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Month:
    """The dates of a page that begin in one month."""

    name: str
    mentions: tuple[Mentioned, ...]


def months(leaf: Leaf[Mentioned]) -> list[Month]:
    """The dates of a page under the months in which they begin."""
    grouped = groupby(leaf.items, key=lambda item: item.begin[:7])
    return [Month(month_words(month), tuple(group)) for month, group in grouped]
