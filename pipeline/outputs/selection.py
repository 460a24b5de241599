"""Which claims of a run somebody asks for: by speaker, day, kind, contents, words and confidence."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.components.names.forms import fold
from pipeline.errors import ConfigurationError
from pipeline.outputs.runs import as_record, read_records, record_files
from pipeline.outputs.tables import day

Json = dict[str, Any]

_WORD: Final = re.compile(r"\w+")
_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a claim must have; what is not asked for does not matter.

    ``speaker`` and ``text`` are folded words that must all be there, ``since`` and ``until`` are days,
    ``has`` are kinds of quantities, ``quantity`` for any, or ``date``.
    """

    speaker: frozenset[str] = frozenset()
    text: frozenset[str] = frozenset()
    since: str | None = None
    until: str | None = None
    kinds: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()
    min_confidence: float | None = None

    def takes(self, claim: Json) -> bool:
        """Whether the claim has all of it."""
        return (
            (not self.kinds or claim["kind"] in self.kinds)
            and self._is_sure(claim["confidence"])
            and self._in_time(claim)
            and self.has <= contents(claim)
            and self.speaker <= words(claim["speaker"]["name"] or "")
            and self.text <= words(claim["text"])
        )

    def _is_sure(self, confidence: Json) -> bool:
        """Of the claim, and of its speaker where one is asked for; unknown is not sure."""
        if self.min_confidence is None:
            return True
        asked = (confidence["claim"], confidence["speaker"]) if self.speaker else (confidence["claim"],)
        return all(known is not None and known >= self.min_confidence for known in asked)

    def _in_time(self, claim: Json) -> bool:
        if self.since is None and self.until is None:
            return True
        moment = said_on(claim)
        return moment is not None and (self.since or "") <= moment <= (self.until or "9999-12-31")


def selected(folder: Path, wanted: Selection) -> Iterator[Json]:
    """The claims of a run that a selection takes, in the order of the run."""
    for file in record_files(folder, "claims"):
        for claim in read_records(file):
            if as_record(wanted.takes, claim):
                yield claim


def words(text: str) -> frozenset[str]:
    """The words of a text without case and accents; a hyphen or an apostrophe parts words."""
    return frozenset(_WORD.findall(fold(text)))


def said_on(claim: Json) -> str | None:
    """The day on which it was said, else that on which it was published."""
    return day(claim["said_on"]) or day(claim["article"]["date_published"])


def contents(claim: Json) -> frozenset[str]:
    """What the claim carries: kinds of quantities, ``quantity`` for any, ``date``."""
    kinds = {item["kind"] for item in claim["quantities"]}
    found = kinds | ({"quantity"} if kinds else set()) | ({"date"} if claim["dates"] else set())
    return frozenset(found)


def first_day(written: str) -> str:
    """The first day of a year (2024), a month (2024-01) or a day."""
    year, month, date = _parts(written)
    return _real(written, f"{year}-{month or '01'}-{date or '01'}")


def last_day(written: str) -> str:
    """The last day of a year, a month or a day."""
    year, month, date = _parts(written)
    first = _real(written, f"{year}-{month or '12'}-01")
    return _real(written, f"{first[:8]}{date or monthrange(int(year), int(first[5:7]))[1]}")


def _parts(written: str) -> tuple[str, str | None, str | None]:
    match = _DAY.fullmatch(written)
    if match is None:
        raise _no_day(written)
    return match[1], match[2], match[3]


def _real(written: str, written_in_full: str) -> str:
    found = day(written_in_full)
    if found is None:
        raise _no_day(written)
    return found


def _no_day(written: str) -> ConfigurationError:
    return ConfigurationError(f"{written!r} is no day; write 2024, 2024-01 or 2024-01-31")
