"""The claim record: every type that leaves the pipeline, its ids, and its JSON form.

Field order is key order in the files. Every key is always present: unknown is ``None``, a list is
always a tuple, so that readers which infer column types from a sample never see a key change.
Offsets are Unicode code points, half-open, into the article's one immutable text.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Literal

SCHEMA_VERSION = "1.0.0"

ClaimKind = Literal["direct", "indirect", "mixed", "statement"]
Mode = Literal["speech", "belief"]
CueClass = Literal["neutral", "assertive", "distancing", "emotive", "commissive", "question", "according_to"]
ModalityType = Literal["hedge", "negation", "conditional", "shield"]
SpeakerStatus = Literal[
    "named", "described", "anonymous", "collective", "document", "generic", "unresolved", "author", "missing"
]
MentionType = Literal["name", "nominal", "pronoun", "none"]
Resolution = Literal["direct", "coreference", "continuation", "none"]
EntityLabel = Literal["PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"]
QuantityKind = Literal[
    "count", "money", "percent", "percentage_points", "measure", "fraction", "ratio", "multiple", "ordinal",
    "age", "duration",
]  # fmt: skip
QuantityModifier = Literal["exact", "approximately", "more_than", "less_than", "at_least", "at_most", "range"]
UnitSystem = Literal["ISO4217", "UCUM"]
ChangeDirection = Literal["rise", "fall"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimexMod = Literal[
    "APPROX", "START", "MID", "END", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN",
    "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE",
]  # fmt: skip
Zone = Literal["title", "deck", "caption", "body", "furniture"]
PublishedSource = Literal["sidecar", "jsonld", "meta", "byline", "filename", "url", "option", "none"]


def _renamed(key: str) -> Any:
    """A field whose JSON key is a Python keyword."""
    return field(metadata={"key": key})


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the article: ``text[start:end] == exact``."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Cue(Span):
    """The reporting words, with the lemma of their head and the attitude they carry."""

    lemma: str
    cue_class: CueClass = _renamed("class")  # noqa: RUF009  (a field, not a shared default)


@dataclass(frozen=True, slots=True)
class ModalityCue(Span):
    """A word inside the content that negates, hedges, conditions or shields it."""

    type: ModalityType


@dataclass(frozen=True, slots=True)
class Modality:
    """How firmly the content is put: of the content alone, not of the reporting clause."""

    negated: bool
    hedged: bool
    conditional: bool
    question: bool
    cues: tuple[ModalityCue, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A speaker that was considered, with the score it got."""

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it. A speaker that is not known is a ``status``, never a name such as "Unknown"."""

    status: SpeakerStatus
    name: str | None
    surface: Span | None
    mention_type: MentionType
    canonical_mention: Span | None
    entity_type: EntityLabel | None
    entity_ref: str | None
    roles: tuple[Span, ...]
    affiliation: str | None
    resolution: Resolution
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Entity(Span):
    """A name in the text; ``ref`` is one id per real thing in the article."""

    ref: str
    label: EntityLabel
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A movement that a quantity measures: rose 3 percent **from** x **to** y."""

    direction: ChangeDirection
    from_value: int | float | None = _renamed("from")
    to_value: int | float | None = _renamed("to")


@dataclass(frozen=True, slots=True)
class Quantity(Span):
    """A number that counts or measures, as printed and as normalised; never invented."""

    kind: QuantityKind
    value: int | float | None
    low: int | float | None
    high: int | float | None
    modifier: QuantityModifier
    unit: str
    per: str | None
    unit_code: str | None
    unit_system: UnitSystem | None
    base_value: int | float | None
    base_unit_code: str | None
    of: Span | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Timex(Span):
    """A time expression with its TIMEX3 value.

    ``begin`` and ``end_date`` are inclusive ISO dates for SQL ``BETWEEN`` (``end`` is the span's
    offset). ``anchor`` is the ISO date that a relative expression was resolved against.
    """

    type: TimexType
    value: str | None
    mod: TimexMod | None
    begin: str | None
    end_date: str | None
    granularity: str | None
    relative: bool
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Context:
    """Where the claim stands in its article."""

    paragraph: int
    zone: Zone
    prefix: str
    suffix: str
    nested_in: str | None


@dataclass(frozen=True, slots=True)
class Confidence:
    """Calibrated probabilities that the claim and its speaker are right, or None."""

    claim: float | None
    speaker: float | None


@dataclass(frozen=True, slots=True)
class DecidedBy:
    """Stable names of the model head or rule behind the claim and its speaker."""

    claim: str
    speaker: str


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """What every claim says of its article."""

    article_id: str
    source: str
    text_sha256: str
    media_type: str
    url: str | None
    publisher: str | None
    title: str | None
    authors: tuple[str, ...]
    language: str | None
    date_published: str | None
    date_published_source: PublishedSource


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """The weights that were used."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class PipelineInfo:
    """What made the record: equal fingerprints on equal input mean equal bytes."""

    tool: str
    version: str
    model: ModelInfo
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said, believed or stated, joined to who, how many and when."""

    schema_version: str
    claim_id: str
    claim_key: str
    kind: ClaimKind
    mode: Mode | None
    text: str
    segments: tuple[Span, ...]
    cue: Cue | None
    speaker: Speaker
    addressee: Span | None
    said_on: str | None
    modality: Modality
    entities: tuple[Entity, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[Timex, ...]
    context: Context
    confidence: Confidence
    decided_by: DecidedBy
    warnings: tuple[str, ...]
    article: ArticleInfo
    pipeline: PipelineInfo


@dataclass(frozen=True, slots=True)
class ZoneSpan:
    """A stretch of the article and the part of the page it belongs to."""

    start: int
    end: int
    zone: Zone


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found in one article."""

    words: int
    paragraphs: int
    claims: int
    direct: int
    indirect: int
    mixed: int
    statement: int
    entities: int
    quantities: int
    dates: int


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """A line of ``articles.jsonl``: every article of the run, those without a claim included."""

    article_id: str
    source: str
    text_sha256: str
    media_type: str
    url: str | None
    publisher: str | None
    title: str | None
    authors: tuple[str, ...]
    language: str | None
    date_published: str | None
    date_published_source: PublishedSource
    text: str | None
    zones: tuple[ZoneSpan, ...]
    entities: tuple[Entity, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[Timex, ...]
    claim_ids: tuple[str, ...]
    counts: Counts
    warnings: tuple[str, ...]
    pipeline: PipelineInfo


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An input that could not become records, and why."""

    source: str
    stage: str
    code: str
    message: str
    exception: str | None
    retryable: bool


def span_of(text: str, start: int, end: int) -> Span:
    """The span ``text[start:end]``."""
    return Span(start, end, text[start:end])


def sha256_hex(text: str) -> str:
    """SHA-256 of the UTF-8 bytes; lone surrogates, legal in JSON strings, are kept as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def article_id(text_sha256: str) -> str:
    """The id of the article whose text has this hash."""
    return "art_" + text_sha256[:32]


def claim_id(text_sha256: str, segments: Iterable[Span]) -> str:
    """The id of a claim: of its place alone, so that mending a speaker updates the same row."""
    places = ",".join(f"{segment.start}-{segment.end}" for segment in segments)
    return "clm_" + sha256_hex(f"{text_sha256}:{places}")[:32]


def claim_key(claim_text: str) -> str:
    """A key that verbatim repeats share whatever their case, punctuation and spacing."""
    folded = unicodedata.normalize("NFKC", claim_text).casefold()
    return sha256_hex(" ".join(folded.translate(_LETTERS).split()))[:32]


class _Letters(dict[int, int]):
    """A table for ``str.translate`` that makes blanks of all but letters, marks and numbers."""

    def __missing__(self, char: int) -> int:
        self[char] = ord(" ") if unicodedata.category(chr(char))[0] in "PZCS" else char
        return self[char]


_LETTERS = _Letters()


@cache
def _keys(record_type: type) -> tuple[tuple[str, str], ...]:
    return tuple((f.name, f.metadata.get("key", f.name)) for f in fields(record_type))


def to_json(value: Any) -> Any:
    """The JSON form of a record: plain dicts, lists and scalars, keys in contract order.

    Raises ``ValueError`` for NaN and infinities, which JSON does not have.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} cannot be written as JSON")
        return value
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    record_type: type[Any] = type(value)
    return {key: to_json(getattr(value, name)) for name, key in _keys(record_type)}  # type: ignore[arg-type]
