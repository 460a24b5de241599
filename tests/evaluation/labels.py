"""Short ways to write labels over a made-up article."""

from __future__ import annotations

from typing import Any

from pipeline.evaluation.annotations import (
    LAYERS,
    ClaimLabel,
    DateLabelled,
    EntityLabelled,
    Labels,
    QuantityLabelled,
    SpeakerLabel,
)
from pipeline.record import Span

TEXT = (
    'Mayor Ada Brook said the bridge would cost $4 million. "We will open it in May," she told reporters. '
    "The old bridge carried 900 cars a day. Critics fear the toll will rise."
)
ALL_FIELDS = frozenset(("kind", "segments", "cue", "speaker", "mode", "said_on", "addressee", "modality"))


def span(words: str, text: str = TEXT) -> Span:
    """The place of words in the text."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def claim(kind: str, *segments: str, cue: str | None = None, speaker: Any = None, **other: Any) -> ClaimLabel:
    """A claim whose spans are given as words."""
    return ClaimLabel(
        kind=kind,
        segments=tuple(map(span, segments)),
        cue=(span(cue),) if cue else (),
        speaker=speaker or SpeakerLabel("author"),
        given=ALL_FIELDS,
        **other,
    )


def named(name: str, surface: str | None = None, *roles: str, status: str = "named") -> SpeakerLabel:
    """A speaker whose surface is given as words."""
    role_spans = tuple(span(role) if role in TEXT else Span(0, len(role), role) for role in roles)
    return SpeakerLabel(status, name, (span(surface),) if surface else (), role_spans)


def quantity(words: str, value: float | None, unit: str = "", **other: Any) -> QuantityLabelled:
    """A quantity given as words."""
    place = span(words)
    fields = {"kind": "count", "low": value, "high": value, "modifier": "exact", "of": None} | other
    return QuantityLabelled(place.start, place.end, place.exact, value=value, unit=unit, **fields)


def date(words: str, value: str | None, type_: str = "DATE", mod: str | None = None) -> DateLabelled:
    """A time expression given as words."""
    place = span(words)
    return DateLabelled(place.start, place.end, place.exact, type_, value, mod)


def entity(words: str, label: str) -> EntityLabelled:
    """A name given as words."""
    place = span(words)
    return EntityLabelled(place.start, place.end, place.exact, label)


COST = claim(
    "indirect", "the bridge would cost $4 million", cue="said",
    speaker=named("Ada Brook", "Mayor Ada Brook", "Mayor"), mode="speech",
)  # fmt: skip
OPENING = claim(
    "direct", '"We will open it in May,"', cue="told", speaker=named("Ada Brook", "she", "Mayor"),
    mode="speech", addressee=(span("reporters"),),
)  # fmt: skip
CARS = claim("statement", "The old bridge carried 900 cars a day")
TOLL = claim(
    "indirect", "the toll will rise", cue="fear",
    speaker=named("critics", "Critics", status="collective"), mode="belief",
)  # fmt: skip


def labels(**layers: Any) -> Labels:
    """The labels of the article; only the layers named are there."""
    return Labels("bridge.txt", "a" * 64, **layers, layers=frozenset(layers) & frozenset(LAYERS))


GOLD = labels(
    claims=(COST, OPENING, CARS, TOLL),
    quantities=(
        quantity("$4 million", 4e6, "US dollar", kind="money"),
        quantity("900", 900, of=span("cars")),
    ),
    dates=(date("May", "2031-05"), date("a day", "P1D", "SET")),
    entities=(entity("Ada Brook", "PERSON"),),
)
