"""What evaluation compares: the judgements in claim files and gold files, without ids and provenance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pipeline.record import Span

LAYERS: Final = ("claims", "quantities", "dates", "entities")
NOBODY: Final = frozenset(("missing", "unresolved"))


@dataclass(frozen=True, slots=True)
class SpeakerLabel:
    """Who said it, as labelled; ``surface`` holds the words beside the cue."""

    status: str
    name: str | None = None
    surface: tuple[Span, ...] = ()
    roles: tuple[Span, ...] = ()
    resolution: str = "none"


@dataclass(frozen=True, slots=True)
class ClaimLabel:
    """A claim as labelled; ``given`` names the fields that the file has: no others are scored."""

    kind: str
    segments: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    speaker: SpeakerLabel = SpeakerLabel("missing")
    mode: str | None = None
    said_on: str | None = None
    addressee: tuple[Span, ...] = ()
    modality: tuple[bool, bool, bool, bool] = (False, False, False, False)
    given: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The segments, joined by one space."""
        return " ".join(segment.exact for segment in self.segments)


@dataclass(frozen=True, slots=True)
class EntityLabelled(Span):
    """A name with its type."""

    label: str


@dataclass(frozen=True, slots=True)
class QuantityLabelled(Span):
    """A quantity with what is scored of it."""

    kind: str
    value: float | None
    low: float | None
    high: float | None
    modifier: str
    unit: str
    of: Span | None


@dataclass(frozen=True, slots=True)
class DateLabelled(Span):
    """A time expression with its TIMEX3 type and value."""

    type: str
    value: str | None
    mod: str | None


@dataclass(frozen=True, slots=True)
class Labels:
    """All judgements on one article; a layer that its files do not have is not scored.

    ``furniture`` holds the stretches of the text that are no part of the article.
    """

    source: str
    text_sha256: str | None
    claims: tuple[ClaimLabel, ...] = ()
    quantities: tuple[QuantityLabelled, ...] = ()
    dates: tuple[DateLabelled, ...] = ()
    entities: tuple[EntityLabelled, ...] = ()
    layers: frozenset[str] = field(default=frozenset(LAYERS))
    furniture: tuple[tuple[int, int], ...] = ()

    @property
    def name(self) -> str:
        """The source without folders and suffixes: what lists of articles may call it."""
        return self.source.rpartition("/")[2].partition(".")[0]
