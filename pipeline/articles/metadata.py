"""When an article was published, and where that is written.

The surest source wins: what came with the article (sidecar, JSON-LD, meta tags, JSON and wire fields), then
what its head prints, then file name and address, last the date that the user gave for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from pipeline.articles.article import Metadata, ReadOptions
from pipeline.articles.datelines import MONTHS, PrintedDate, head_date, read_date
from pipeline.record import PublishedSource

W_NO_PUBLICATION_DATE: Final = "W_NO_PUBLICATION_DATE"
W_INVALID_DATE: Final = "W_INVALID_DATE"
W_AMBIGUOUS_DATE: Final = "W_AMBIGUOUS_DATE"

_WARNINGS = {"invalid": W_INVALID_DATE, "ambiguous": W_AMBIGUOUS_DATE}
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?")
_MAX_DATE_LENGTH = 80
_FILE_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)([/-]?)(\d{1,2})\2(\d{1,2})(?=[/_-]|$)")
_URL_MONTH_NAME_DATE = re.compile(r"/((?:19|20)\d\d)(/)([a-z]{3})/(\d{1,2})(?=/|$)")


@dataclass(frozen=True, slots=True)
class Published:
    """The ISO date or date-time of publication, where it stands, and what was wrong with others."""

    date: str | None
    source: PublishedSource
    warnings: tuple[str, ...]


def publication_date(metadata: Metadata, head: list[str], source: str, options: ReadOptions) -> Published:
    """The publication date; ``head`` are the first paragraphs, ``source`` holds the file name."""
    warnings: list[str] = []
    for found, name in _candidates(metadata, head, source, options):
        if found.iso:
            return Published(found.iso, name, tuple(warnings))
        if found.problem and _WARNINGS[found.problem] not in warnings:
            warnings.append(_WARNINGS[found.problem])
    return Published(None, "none", (*warnings, W_NO_PUBLICATION_DATE))


def _candidates(
    metadata: Metadata, head: list[str], source: str, options: ReadOptions
) -> Iterator[tuple[PrintedDate, PublishedSource]]:
    nothing = PrintedDate(None, None)
    if metadata.date_published:
        yield given_date(metadata.date_published, options), metadata.date_source
    yield head_date(head, options.date_order) or nothing, "byline"
    yield PrintedDate(_one_date(_FILE_NAME_DATE, source.rpartition("/")[2]), None), "filename"
    address = metadata.url or ""
    yield PrintedDate(_one_date(_URL_DATE, address) or _one_date(_URL_MONTH_NAME_DATE, address), None), "url"
    if options.date:
        yield given_date(options.date, options), "option"


def given_date(value: str, options: ReadOptions) -> PrintedDate:
    """The date that a metadata field holds, ISO forms kept as given; anything else is invalid."""
    text = value.strip()
    if len(text) > _MAX_DATE_LENGTH:
        return PrintedDate(None, "invalid")
    iso = iso_date(text) or _mail_date(text)
    if iso:
        return PrintedDate(iso, None)
    return read_date(text, options.date_order) or PrintedDate(None, "invalid")


def iso_date(value: str) -> str | None:
    """The date or date-time in extended ISO form, zone as given, None if it is none."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if _ISO.fullmatch(value):
        return value
    return moment.isoformat() if len(value) > len("2024-W42-3") else moment.date().isoformat()


def _mail_date(value: str) -> str | None:
    """RFC 5322 dates, as feeds write them."""
    if not value[-1:].isalnum() or ":" not in value:
        return None
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, OverflowError):
        return None


def _one_date(pattern: re.Pattern[str], name: str) -> str | None:
    """The one date written in a name; two different ones are none."""
    dates = {_calendar_date(found[1], found[3], found[4]) for found in pattern.finditer(name)} - {None}
    return dates.pop() if len(dates) == 1 else None


def _calendar_date(year: str, month: str, day: str) -> str | None:
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month) + 1
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None
