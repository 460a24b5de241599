"""Flat tables of claim records: the one place that says which columns databases and files get.

Lists become tables of their own (``claim_segments`` …) or words joined by ``; ``. Text that tables
cannot hold is mended here: dates that no calendar knows and numbers beyond double precision are null.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, Literal

Json = dict[str, Any]
Row = tuple[Any, ...]
ColumnType = Literal["text", "integer", "number", "boolean", "date"]

_LARGEST_EXACT: Final = 2**53  # integers up to here are the same in double precision
_NO_AMOUNT: Final = (None,) * 4

# Getters of several keys are the fastest way to a row; making rows takes a third of a load.
_CUE: Final = itemgetter("exact", "lemma", "class")
_MODALITY: Final = itemgetter("negated", "hedged", "conditional", "question")
_CONTEXT: Final = itemgetter("paragraph", "zone", "prefix", "suffix", "nested_in")
_SPAN_KEYS: Final = ("start", "end", "exact")
_SEGMENT: Final = itemgetter(*_SPAN_KEYS)
_ENTITY: Final = itemgetter(*_SPAN_KEYS, "ref", "label", "name", "country")
_UNIT: Final = itemgetter("modifier", "unit", "per", "unit_code", "unit_system")


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name and its columns, in order, with their types."""

    name: str
    types: dict[str, ColumnType]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.types)


def _columns(kind: ColumnType, names: str) -> dict[str, ColumnType]:
    return dict.fromkeys(names.split(), kind)


_SPAN: Final = _columns("text", "claim_id") | _columns("integer", "number start_char end_char")

RUNS: Final = Table(
    "runs",
    _columns("text", "run_id started finished")
    | _columns("number", "seconds")
    | _columns("text", "tool version model_name model_version fingerprint schema_version")
    | _columns("integer", "articles claims dead_letters"),
)
ARTICLES: Final = Table(
    "articles",
    _columns("text", "article_id run_id source text_sha256 media_type url publisher title authors language")
    | _columns("date", "date_published")
    | _columns("text", "published_at date_published_source text")
    | _columns("integer", "words paragraphs claims")
    | _columns("text", "warnings tool version model_name model_version fingerprint"),
)
CLAIMS: Final = Table(
    "claims",
    _columns("text", "claim_id article_id claim_key kind mode text")
    | _columns("integer", "start_char end_char")
    | _columns("text", "cue cue_lemma cue_class")
    | _columns("text", "speaker_status speaker_name speaker_surface speaker_mention_type")
    | _columns("text", "speaker_entity_type speaker_entity_ref speaker_roles speaker_affiliation")
    | _columns("text", "speaker_resolution addressee")
    | _columns("date", "said_on date_published")
    | _columns("boolean", "negated hedged conditional question")
    | _columns("number", "money_value money_low money_high")
    | _columns("text", "money_currency")
    | _columns("number", "percent_value percent_low percent_high")
    | _columns("date", "first_date last_date")
    | _columns("integer", "paragraph")
    | _columns("text", "zone prefix suffix nested_in")
    | _columns("number", "confidence_claim confidence_speaker")
    | _columns("text", "decided_by_claim decided_by_speaker warnings"),
)
SEGMENTS: Final = Table("claim_segments", _SPAN | _columns("text", "exact"))
ENTITIES: Final = Table("claim_entities", _SPAN | _columns("text", "exact ref label name country"))
QUANTITIES: Final = Table(
    "claim_quantities",
    _SPAN
    | _columns("text", "exact kind")
    | _columns("number", "value low high")
    | _columns("text", "modifier unit per unit_code unit_system")
    | _columns("number", "base_value")
    | _columns("text", "base_unit_code counted change_direction")
    | _columns("number", "change_from change_to"),
)
DATES: Final = Table(
    "claim_dates",
    _SPAN
    | _columns("text", "exact type value mod")
    | _columns("date", "begin_date end_date")
    | _columns("text", "granularity")
    | _columns("boolean", "relative")
    | _columns("date", "anchor"),
)
CLUSTERS: Final = Table(
    "clusters", _columns("text", "cluster_id first_claim_id") | _columns("boolean", "first_certain")
)
CLAIM_CLUSTERS: Final = Table(
    "claim_clusters",
    _columns("text", "claim_id cluster_id")
    | _columns("integer", "number")
    | _columns("text", "link")
    | _columns("number", "similarity"),
)
JOINED_SPEAKERS: Final = Table(
    "joined_speakers", _columns("text", "speaker_id first_article_id name entity_type")
)
CLAIM_SPEAKERS: Final = Table("claim_speakers", _columns("text", "claim_id speaker_id name"))
SPEAKER_EVIDENCE: Final = Table(
    "speaker_evidence",
    _columns("text", "speaker_id")
    | _columns("integer", "number")
    | _columns("text", "kind value")
    | _columns("integer", "articles"),
)
PART_TABLES: Final = (SEGMENTS, ENTITIES, QUANTITIES, DATES)
CLAIM_TABLES: Final = (CLAIMS, *PART_TABLES)
CLUSTER_TABLES: Final = (CLUSTERS, CLAIM_CLUSTERS)
SPEAKER_TABLES: Final = (JOINED_SPEAKERS, CLAIM_SPEAKERS, SPEAKER_EVIDENCE)
TABLES: Final = (RUNS, ARTICLES, *CLAIM_TABLES, *CLUSTER_TABLES, *SPEAKER_TABLES)
FLAT: Final = Table(
    "claims", CLAIMS.types | _columns("text", "source url publisher title authors language published_at")
)


def run_row(manifest: Json, run_id: str) -> Row:
    """The row of ``runs`` for a run's manifest."""
    counts, made_by = manifest["counts"], manifest["pipeline"]
    return (
        run_id, manifest["started"], manifest["finished"], manifest["seconds"],
        *_pipeline(made_by), manifest["schema_version"],
        counts["articles"], counts["claims"], counts["dead_letters"],
    )  # fmt: skip


def article_row(article: Json, run_id: str) -> Row:
    """The row of ``articles`` for a line of articles.jsonl."""
    counts, published = article["counts"], article["date_published"]
    return (
        article["article_id"], run_id, article["source"], article["text_sha256"], article["media_type"],
        article["url"], article["publisher"], article["title"], "; ".join(article["authors"]),
        article["language"], day(published), published, article["date_published_source"], article["text"],
        counts["words"], counts["paragraphs"], counts["claims"],
        " ".join(article["warnings"]), *_pipeline(article["pipeline"]),
    )  # fmt: skip


def _pipeline(made_by: Json | None) -> Row:
    if made_by is None:  # a run over nothing loads no model
        return (None,) * 5
    model = made_by["model"]
    return made_by["tool"], made_by["version"], model["name"], model["version"], made_by["fingerprint"]


def claim_row(claim: Json) -> Row:
    """The row of ``claims`` for a line of claims.jsonl."""
    segments, quantities = claim["segments"], claim["quantities"]
    article = claim["article"]
    return (
        claim["claim_id"], article["article_id"], claim["claim_key"], claim["kind"], claim["mode"],
        claim["text"], segments[0]["start"], segments[-1]["end"],
        *_cue(claim["cue"]),
        *_speaker(claim["speaker"]), _exact(claim["addressee"]),
        day(claim["said_on"]), day(article["date_published"]),
        *_MODALITY(claim["modality"]),
        *_first(quantities, "money"),
        *_first(quantities, "percent")[:3],
        *_days(claim["dates"]),
        *_CONTEXT(claim["context"]),
        *_decision(claim),
    )  # fmt: skip


def flat_row(claim: Json) -> Row:
    """The row of ``claims`` with the facts of its article beside it, for files of one table."""
    article = claim["article"]
    return (
        *claim_row(claim), article["source"], article["url"], article["publisher"], article["title"],
        "; ".join(article["authors"]), article["language"], article["date_published"],
    )  # fmt: skip


def _cue(cue: Json | None) -> Row:
    return (None, None, None) if cue is None else _CUE(cue)


def _speaker(speaker: Json) -> Row:
    return (
        speaker["status"], speaker["name"], _exact(speaker["surface"]), speaker["mention_type"],
        speaker["entity_type"], speaker["entity_ref"],
        "; ".join([role["exact"] for role in speaker["roles"]]),
        speaker["affiliation"], speaker["resolution"],
    )  # fmt: skip


def _first(quantities: list[Json], kind: str) -> Row:
    """Value, low, high and unit code of the first quantity of a kind."""
    for item in quantities:
        if item["kind"] == kind:
            return number(item["value"]), number(item["low"]), number(item["high"]), item["unit_code"]
    return _NO_AMOUNT


def _days(dates: list[Json]) -> Row:
    """The earliest and the latest day that the dates of a claim touch."""
    if not dates:
        return None, None
    begins = [found for item in dates if (found := day(item["begin"])) is not None]
    ends = [found for item in dates if (found := day(item["end_date"])) is not None]
    return min(begins, default=None), max(ends, default=None)


def _decision(claim: Json) -> Row:
    confidence, decided = claim["confidence"], claim["decided_by"]
    return (
        number(confidence["claim"]), number(confidence["speaker"]),
        decided["claim"], decided["speaker"], " ".join(claim["warnings"]),
    )  # fmt: skip


def segment_rows(claim: Json) -> Iterator[Row]:
    """The rows of ``claim_segments``."""
    identifier = claim["claim_id"]
    for index, span in enumerate(claim["segments"]):
        yield identifier, index, *_SEGMENT(span)


def entity_rows(claim: Json) -> Iterator[Row]:
    """The rows of ``claim_entities``."""
    identifier = claim["claim_id"]
    for index, item in enumerate(claim["entities"]):
        yield identifier, index, *_ENTITY(item)


def quantity_rows(claim: Json) -> Iterator[Row]:
    """The rows of ``claim_quantities``."""
    identifier = claim["claim_id"]
    for index, item in enumerate(claim["quantities"]):
        yield (
            identifier, index, *_SEGMENT(item), item["kind"],
            number(item["value"]), number(item["low"]), number(item["high"]), *_UNIT(item),
            number(item["base_value"]), item["base_unit_code"], _exact(item["of"]),
            *_change(item["change"]),
        )  # fmt: skip


def _change(change: Json | None) -> Row:
    if change is None:
        return None, None, None
    return change["direction"], number(change["from"]), number(change["to"])


def date_rows(claim: Json) -> Iterator[Row]:
    """The rows of ``claim_dates``."""
    identifier = claim["claim_id"]
    for index, item in enumerate(claim["dates"]):
        yield (
            identifier, index, *_SEGMENT(item), item["type"], item["value"], item["mod"],
            day(item["begin"]), day(item["end_date"]), item["granularity"],
            item["relative"], day(item["anchor"]),
        )  # fmt: skip


def claim_rows(claims: Iterable[Json]) -> dict[str, list[Row]]:
    """The rows of some claims by table, in the order that foreign keys ask for."""
    rows: dict[str, list[Row]] = {table.name: [] for table in CLAIM_TABLES}
    for claim in claims:
        rows[CLAIMS.name].append(claim_row(claim))
        for key, table, make in _PARTS:
            if claim[key]:
                rows[table].extend(make(claim))
    return rows


_PARTS: Final = (
    ("segments", SEGMENTS.name, segment_rows),
    ("entities", ENTITIES.name, entity_rows),
    ("quantities", QUANTITIES.name, quantity_rows),
    ("dates", DATES.name, date_rows),
)


def cluster_rows(clusters: Iterable[Json]) -> dict[str, list[Row]]:
    """The rows of some lines of clusters.jsonl by table."""
    rows: dict[str, list[Row]] = {table.name: [] for table in CLUSTER_TABLES}
    for cluster in clusters:
        identifier, first = cluster["cluster_id"], cluster["first"]
        rows[CLUSTERS.name].append((identifier, first["claim_id"], first["certain"]))
        rows[CLAIM_CLUSTERS.name].extend(
            (member["claim_id"], identifier, index, member["link"], number(member["similarity"]))
            for index, member in enumerate(cluster["members"])
        )
    return rows


def speaker_rows(speakers: Iterable[Json]) -> dict[str, list[Row]]:
    """The rows of some lines of speakers.jsonl by table."""
    rows: dict[str, list[Row]] = {table.name: [] for table in SPEAKER_TABLES}
    for speaker in speakers:
        identifier, places = speaker["speaker_id"], speaker["appearances"]
        first = places[0]["article_id"]
        rows[JOINED_SPEAKERS.name].append((identifier, first, speaker["name"], speaker["entity_type"]))
        # One who speaks under two names at once stands there twice.
        said = {claim: place["name"] for place in reversed(places) for claim in place["claim_ids"]}
        rows[CLAIM_SPEAKERS.name].extend((claim, identifier, name) for claim, name in said.items())
        rows[SPEAKER_EVIDENCE.name].extend(
            (identifier, index, item["kind"], item["value"], item["articles"])
            for index, item in enumerate(speaker["evidence"])
        )
    return rows


def _exact(span: Json | None) -> str | None:
    return None if span is None else span["exact"]


@lru_cache(maxsize=65_536)
def day(moment: str | None) -> str | None:
    """The calendar day of an ISO date or date-time; None if there is no such day."""
    if moment is None:
        return None
    written = moment[:10]
    try:
        return written if date.fromisoformat(written).isoformat() == written else None
    except ValueError:
        return None


def number(value: float | None) -> float | None:
    """The number as double precision holds it; None beyond its range."""
    if value is None or (type(value) is int and -_LARGEST_EXACT <= value <= _LARGEST_EXACT):
        return value
    try:
        double = float(value)
    except OverflowError:
        return None
    return double if math.isfinite(double) else None
