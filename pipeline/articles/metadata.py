"""When an article was published, and where that is written."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from pipeline.articles.article import Metadata, ReadOptions
from pipeline.record import PublishedSource

W_NO_PUBLICATION_DATE: Final = "W_NO_PUBLICATION_DATE"
W_INVALID_DATE: Final = "W_INVALID_DATE"

_FILE_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)([/-])(\d\d)\2(\d\d)(?=[/-]|$)")

Found = tuple[str | None, PublishedSource, tuple[str, ...]]


def publication_date(metadata: Metadata, text: str, source: str, options: ReadOptions) -> Found:
    """The ISO date or date-time, its source and warnings; the surest source wins."""
    warnings: tuple[str, ...] = ()
    if metadata.date_published:
        value = iso_date(metadata.date_published)
        if value:
            return value, metadata.date_source, ()
        warnings = (W_INVALID_DATE,)
    found: tuple[tuple[str | None, PublishedSource], ...] = (
        (_written_in(_FILE_NAME_DATE, source.rpartition("/")[2]), "filename"),
        (_written_in(_URL_DATE, metadata.url or ""), "url"),
        (options.date and iso_date(options.date), "option"),
    )
    for value, name in found:
        if value:
            return value, name, warnings
    return None, "none", (*warnings, W_NO_PUBLICATION_DATE)


def iso_date(value: str) -> str | None:
    """The date or date-time in extended ISO form with its zone as given, None if it is none."""
    try:
        if len(value) == 10:
            return date.fromisoformat(value).isoformat()
        return datetime.fromisoformat(value) and value
    except ValueError:
        return None


def _written_in(pattern: re.Pattern[str], text: str) -> str | None:
    """The one date written in a name; two different ones are none."""
    dates = {iso_date(f"{found[1]}-{found[3]}-{found[4]}") for found in pattern.finditer(text)}
    dates.discard(None)
    return dates.pop() if len(dates) == 1 else None
