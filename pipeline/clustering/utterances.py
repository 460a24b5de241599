"""What clustering needs of a claim: its words, who said it, where and when it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from pipeline.outputs.tables import day

Json = dict[str, Any]
Figure = tuple[Any, ...]

_NEVER: Final = "9999"  # sorts behind every day


@dataclass(frozen=True, slots=True)
class Printed:
    """An article, as far as a claim points to it."""

    article_id: str
    source: str
    publisher: str | None
    url: str | None
    date_published: str | None

    @property
    def day(self) -> str | None:
        """The day of publication."""
        return day(self.date_published)

    @property
    def moment(self) -> tuple[str, str]:
        """A key that sorts by day, then by time of day; articles without either come last, then first."""
        return self.day or _NEVER, _instant(self.date_published or "")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A claim of a run. ``figures`` are its quantities and calendar days, as normalised."""

    claim_id: str
    claim_key: str
    start: int
    text: str
    speaker: str | None
    negated: bool
    figures: frozenset[Figure]
    printed: Printed


def utterance(claim: Json) -> Utterance:
    """The claim of a line of claims.jsonl."""
    speaker = claim["speaker"]
    return Utterance(
        claim["claim_id"],
        claim["claim_key"],
        claim["segments"][0]["start"],
        claim["text"],
        speaker["name"] if speaker["status"] == "named" else None,
        claim["modality"]["negated"],
        frozenset([*_quantities(claim["quantities"]), *_days(claim["dates"])]),
        printed(claim["article"]),
    )


def printed(article: Json) -> Printed:
    """The article of a claim, or of a line of articles.jsonl."""
    names = ("article_id", "source", "publisher", "url", "date_published")
    return Printed(*(article[name] for name in names))


def _quantities(quantities: list[Json]) -> list[Figure]:
    return [
        (item["kind"], item["value"], item["low"], item["high"], item["unit_code"] or item["unit"])
        for item in quantities
    ]


def _days(dates: list[Json]) -> list[Figure]:
    """Dates that name themselves; "yesterday" is another day in another article of the same words."""
    return [("date", item["value"]) for item in dates if item["value"] is not None and not item["relative"]]


def _instant(published: str) -> str:
    """The moment in universal time, or nothing where only the day is known."""
    if len(published) <= len("2024-01-31"):
        return ""
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return ""
    return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat()[:19]
