"""Time expressions of a document: spans by grammar, then values in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from spacy.tokens import Doc

from pipeline.components.dates import (
    clock,
    durations,
    holidays,
    named_dates,
    offsets,
    periods,
    positions,
    quarters,
)
from pipeline.components.dates import (
    short_dates as short,
)
from pipeline.components.dates.arithmetic import bounds, granularity_of, shape_of
from pipeline.components.dates.lexing import Lexed, lex, load_lexicon
from pipeline.components.dates.patterns import Hit, Rule, load_rules
from pipeline.components.dates.sanity import is_plausible
from pipeline.components.dates.scene import Reading, Scene
from pipeline.components.dates.tenses import Tense
from pipeline.record import Timex
from pipeline.tokens import text_of

_REACH = 24  # tokens, white space included, that an expression may stretch from its anchor
_NEARBY = 48  # tokens from a day within which a clock time belongs to it
_ADJACENT = 6  # tokens between the days of "on Friday night and Saturday"
_NARRATIVE_YEARS = 5  # printed years; fewer say nothing (WikiWars, GUM, TimeBank, Nov 2026)
_NARRATIVE_DISTANCE = 3
_FIRST_YEAR = 1400  # lower figures are counts more often than years
_CHRONICLE_YEARS = 20
_REPORTING = (
    "DOW",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "ago",
)  # what news says and histories do not
READERS = {
    **named_dates.READERS,
    **periods.READERS,
    **durations.READERS,
    **clock.READERS,
    **holidays.READERS,
    **positions.READERS,
    **quarters.READERS,
    **offsets.READERS,
    **short.READERS,
}


def find_timexes(
    doc: Doc,
    *,
    published: date | None,
    date_order: str = "MDY",
    prefer: Tense = "past",
    short_dates: bool = False,
) -> tuple[Timex, ...]:
    """The document's time expressions in order, none overlapping, with their TIMEX3 values.

    ``prefer`` says what a clause without any tense speaks of: news of the past, a diary of the future.
    A ``published`` with a time of day lets "two hours ago" be a time. With ``short_dates`` "2/15" and
    "15-2-13" are days, in the order of ``date_order``; otherwise they are fractions and scores.
    """
    lexed = lex(text_of(doc))
    minute = published.time() if isinstance(published, datetime) else None
    day = published.date() if isinstance(published, datetime) else published
    narrative = is_narrative(lexed, day)
    blank = Scene(lexed, None, narrative, date_order, prefer=prefer, minute=minute, short_dates=short_dates)
    return tuple(_joined(_resolved(_chosen(blank), replace(blank, published=day)), lexed))


def resolve_day(timex: Timex) -> date | None:
    """The one day that an expression names, whole or in part; None for longer stretches."""
    if timex.begin is None or timex.begin != timex.end_date:
        return None
    return date.fromisoformat(timex.begin)


def _candidates(lexed: Lexed) -> list[tuple[int, int, Rule, Hit]]:
    """All matches, longest first, then by the order of the grammar."""
    found = []
    places = _places(lexed.classes)
    for order, rule in enumerate(load_rules()):
        around = [place for symbol in rule.anchors if symbol in places for place in places[symbol]]
        for start, end in _windows(around) if around else ():
            for match in rule.pattern.finditer(lexed.classes, start, end):
                hit = Hit(lexed, match)
                found.append((hit.start_token - hit.end_token, order, rule, hit))
    found.sort(key=lambda candidate: (candidate[0], candidate[1], candidate[3].start_token))
    return found


@cache
def _anchors() -> re.Pattern[str]:
    symbols = sorted({symbol for rule in load_rules() for symbol in rule.anchors})
    return re.compile("[" + re.escape("".join(symbols)) + "]")


def _places(classes: str) -> dict[str, list[int]]:
    """Where each anchor of the grammar stands."""
    places: dict[str, list[int]] = {}
    for match in _anchors().finditer(classes):
        places.setdefault(match.group(), []).append(match.start())
    return places


def _windows(places: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches of tokens around the places, merged where they touch."""
    start = end = -1
    for place in sorted(places):
        if place - _REACH > end:
            if end >= 0:
                yield start, end
            start = max(0, place - _REACH)
        end = place + _REACH
    if end >= 0:
        yield start, end


def _chosen(blank: Scene) -> list[tuple[Rule, Hit]]:
    """The longest readable matches; a reader that knows no anchor yet can still refuse."""
    lexed = blank.lexed
    taken = bytearray(len(lexed.classes))
    chosen = []
    for _, _, rule, hit in _candidates(lexed):
        place = slice(hit.start_token, hit.end_token)
        if any(taken[place]) or READERS[rule.reader](hit, blank) is None:
            continue
        taken[place] = b"\x01" * (hit.end_token - hit.start_token)
        chosen.append((rule, hit))
    chosen.sort(key=lambda pair: pair[1].start_token)
    return chosen


def _resolved(spans: list[tuple[Rule, Hit]], scene: Scene) -> Iterator[Timex]:
    day, part, date_told = _Told(), _Told(), _Told()
    for rule, hit in spans:
        nearby, recent = day.within(_NEARBY, hit), date_told.within(_NEARBY, hit)
        place = replace(scene, nearby=nearby, recent=recent, adjacent=part.within(_ADJACENT, hit))
        reading = READERS[rule.reader](hit, place)
        if reading is None:
            continue
        if not is_plausible(reading, rule.reader, scene, hit.start_token):
            reading = replace(reading, value=None, anchor=None)
        scene = _after(scene, hit, reading)
        day = _Told(_day_told(hit, reading), hit.end_token).else_(day)
        part = _Told(_day_of_part(hit, reading), hit.end_token).else_(day)
        date_told = _Told(_date_told(reading), hit.end_token).else_(date_told)
        yield _timex(scene.lexed, hit, reading)


@dataclass(frozen=True, slots=True)
class _Told:
    """A date that has been named, and where its words ended."""

    value: str | None = None
    end_token: int = 0

    def within(self, reach: int, hit: Hit) -> str | None:
        """The date, if an expression stands so near behind it in the same paragraph."""
        if self.value is None or hit.start_token - self.end_token >= reach:
            return None
        return None if "\n" in hit.lexed.classes[self.end_token : hit.start_token] else self.value

    def else_(self, before: _Told) -> _Told:
        """This date, or the one named before where this is none."""
        return self if self.value else before


def _date_told(reading: Reading) -> str | None:
    return reading.value if granularity_of(reading.value) in ("day", "month", "minute", "daypart") else None


def _day_of_part(hit: Hit, reading: Reading) -> str | None:
    """The day of "Friday night"."""
    told = granularity_of(reading.value) == "daypart" and clock.names_day(hit)
    return reading.value[:10] if told and reading.value else None


def _day_told(hit: Hit, reading: Reading) -> str | None:
    """The day that an expression names, be it with a time of day."""
    if granularity_of(reading.value) == "minute" and reading.value and clock.names_day(hit):
        return reading.value[:10]
    return reading.value if reading.type == "DATE" and granularity_of(reading.value) == "day" else None


def _joined(timexes: Iterator[Timex], lexed: Lexed) -> Iterator[Timex]:
    """The expressions, a day and the clock time right behind it as one: "Christmas at 6 p.m."."""
    before: Timex | None = None
    for timex in timexes:
        if before and _is_time_of(before, timex, lexed.text):
            before = replace(
                timex,
                start=before.start,
                exact=lexed.text[before.start : timex.end],
                relative=before.relative,
                anchor=before.anchor,
            )
            continue
        if before:
            yield before
        before = timex
    if before:
        yield before


def _is_time_of(day: Timex, timex: Timex, text: str) -> bool:
    """Whether a clock time belongs to the day before it; an approximate one stands for itself."""
    between = text[day.end : timex.start].strip(" ,")
    return (
        timex.granularity == "minute"
        and timex.value is not None
        and (day.type, day.granularity) == ("DATE", "day")
        and timex.mod is None
        and between in ("", "at")
        and timex.value[:10] == day.value
    )


def _after(scene: Scene, hit: Hit, reading: Reading) -> Scene:
    """The scene with what an expression adds to it: the date, and the quarter, last named."""
    value = reading.value
    if _is_reference(scene.lexed, hit, reading):
        return scene
    if value is None or reading.type not in ("DATE", "TIME") or not bounds(value):
        return scene
    if shape_of(value) == "quarter":
        return replace(scene, previous=value, quarter=max(scene.quarter or "", value))
    return replace(scene, previous=value)


def _is_reference(lexed: Lexed, hit: Hit, reading: Reading) -> bool:
    """Whether a year stands in brackets of its own, as that of a book: nothing is counted from it."""
    around = (
        lexed.classes[hit.start_token - 1 : hit.start_token]
        + lexed.classes[hit.end_token : hit.end_token + 1]
    )
    return around == "()" and granularity_of(reading.value) == "year"


def is_narrative(lexed: Lexed, published: date | None) -> bool:
    """Whether the text tells of other years than that of its publication.

    Then "March" and "two days later" count from the date before, as HeidelTime's narrative mode does.
    """
    symbols = load_lexicon().symbols
    years = sorted(_years(lexed, symbols["YEARN"]))
    reporters_words = sum(lexed.classes.count(symbols[name]) for name in _REPORTING)
    if len(years) < max(_NARRATIVE_YEARS, 8 * reporters_words):
        return False
    if published is None or len(years) >= _CHRONICLE_YEARS:
        return True
    return abs(years[len(years) // 2] - published.year) >= _NARRATIVE_DISTANCE


def _years(lexed: Lexed, symbol: str) -> list[int]:
    places = (index for index, char in enumerate(lexed.classes) if char == symbol)
    numbers = (int(lexed.word(index)) for index in places)
    return [number for number in numbers if number >= _FIRST_YEAR]


def _timex(lexed: Lexed, hit: Hit, reading: Reading) -> Timex:
    start, end = lexed.starts[hit.start_token], lexed.ends[hit.end_token - 1]
    days = bounds(reading.value) if reading.type in ("DATE", "TIME") else None
    return Timex(
        start=start,
        end=end,
        exact=lexed.text[start:end],
        type=reading.type,
        value=reading.value,
        mod=reading.mod,
        begin=days[0].isoformat() if days else None,
        end_date=days[1].isoformat() if days else None,
        granularity=granularity_of(reading.value),
        relative=reading.relative,
        anchor=reading.anchor.isoformat() if reading.anchor else None,
    )
