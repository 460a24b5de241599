"""Time expressions of a document: spans by grammar, then values in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.tokens import Doc

from pipeline.components.dates import clock, durations, named_dates, periods
from pipeline.components.dates.arithmetic import bounds, granularity_of, shape_of
from pipeline.components.dates.lexing import Lexed, lex
from pipeline.components.dates.patterns import Hit, Rule, load_rules
from pipeline.components.dates.scene import Reading, Scene
from pipeline.record import Timex

_NARRATIVE_YEARS = 5  # printed years; fewer say nothing (WikiWars, GUM, TimeBank, Nov 2026)
_NARRATIVE_DISTANCE = 3
READERS = {**named_dates.READERS, **periods.READERS, **durations.READERS, **clock.READERS}


def find_timexes(doc: Doc, *, published: date | None, date_order: str = "MDY") -> tuple[Timex, ...]:
    """The document's time expressions in order, none overlapping; see RECORD's date fields."""
    lexed = lex(doc.text)
    spans = _chosen(lexed, date_order)
    return tuple(_resolved(lexed, spans, published, date_order))


def _candidates(lexed: Lexed) -> list[tuple[int, int, Rule, Hit]]:
    found = []
    for order, rule in enumerate(load_rules()):
        for match in rule.pattern.finditer(lexed.classes):
            found.append((match.start() - match.end(), order, rule, Hit(lexed, match)))
    found.sort(key=lambda candidate: (candidate[0], candidate[1], candidate[3].start_token))
    return found


def _chosen(lexed: Lexed, date_order: str) -> list[tuple[Rule, Hit]]:
    """The longest readable matches; a reader that knows no anchor yet can still refuse."""
    blank = Scene(lexed, None, None, None, False, date_order)
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


def _resolved(
    lexed: Lexed, spans: list[tuple[Rule, Hit]], published: date | None, date_order: str
) -> Iterator[Timex]:
    narrative = is_narrative(lexed, spans, published)
    previous: str | None = None
    quarter: str | None = None
    for rule, hit in spans:
        scene = Scene(lexed, published, previous, quarter, narrative, date_order)
        reading = READERS[rule.reader](hit, scene)
        if reading is None:
            continue
        if reading.type in ("DATE", "TIME") and bounds(reading.value):
            previous = reading.value
            if shape_of(reading.value or "") == "quarter":
                quarter = max(quarter or "", reading.value or "")  # "a year ago" looks back from it
        yield _timex(lexed, hit, reading)


def is_narrative(lexed: Lexed, spans: list[tuple[Rule, Hit]], published: date | None) -> bool:
    """Whether the text tells of other years than that of its publication.

    Then "March" and "two days later" count from the date before, as HeidelTime's narrative mode does.
    """
    years = sorted(hit.integer("year") for _, hit in spans if len(hit.words("year")) == 4)
    if len(years) < _NARRATIVE_YEARS:
        return False
    return published is None or abs(years[len(years) // 2] - published.year) >= _NARRATIVE_DISTANCE


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
