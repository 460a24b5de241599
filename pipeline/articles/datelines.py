"""Dates as news pages print them: "Published: Oct. 15, 2024", "15 October 2024", a dateline.

Full dates only. A date without a year, or one that reads two ways, is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.articles.article import DateOrder

Problem = Literal["invalid", "ambiguous"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<{0}>(?:1[6-9]|20)\d\d)(?!\d)"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{_MONTH.format('m1')}\s{{1,3}}{_DAY.format('d1')}\s?,?\s{{1,3}}{_YEAR.format('y1')}"
    rf"|(?<!\d){_DAY.format('d2')}(?:\sof)?[\s-]{{1,3}}{_MONTH.format('m2')},?[\s-]{{1,3}}{_YEAR.format('y2')}"
    rf"|(?<!\d){_YEAR.format('y3')}(?P<s3>[-/.])(?P<m3>\d\d?)(?P=s3)(?P<d3>\d\d?)(?!\d)"
    rf"|(?<!\d)(?P<a>\d\d?)(?P<s4>[-/.])(?P<b>\d\d?)(?P=s4){_YEAR.format('y4')})"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3})?"
_CLOCK = (
    r"(?:\s{0,3}(?:[,|·•@-]|at|T)?\s{0,3}\d{1,2}(?:[:.]\d\d){0,2}\s?(?:[ap]\.?m\.?)?"
    r"\s?\(?(?:[A-Z]{1,5}|local time|[+-]\d\d:?\d\d)?\)?)?"
)
_LABEL = (
    r"(?:first\s)?(?:published|posted|publication date|release date|date|dated|issued)"
    r"(?:\s(?:on|at))?\s?[:|-]?\s{0,3}"
)
_HEAD_LABEL = (
    r"(?:(?:first\s)?(?:published|posted|updated|last updated|modified|date)"
    r"(?:\s(?:on|at))?\s?[:|-]?\s{1,3}|on\s)?"
)
_UPDATE = r"(?:[\s,|·•(-]{1,4}(?:last\s)?(?:updated|modified|edited)[^\n]{0,60})?"
_AUTHOR = r"(?:by\s[^\d\n]{2,80}?[\s,|·•-]{1,4})?"

_FIND = re.compile(_DATE, re.IGNORECASE)
_LABELLED = re.compile(rf"[\s(\[]*{_LABEL}{_WEEKDAY}(?P<date>{_DATE})", re.IGNORECASE)
_ALONE = re.compile(
    rf"\W{{0,3}}{_AUTHOR}{_HEAD_LABEL}{_WEEKDAY}(?P<date>{_DATE}){_CLOCK}{_UPDATE}\W{{0,3}}$", re.IGNORECASE
)
_DATELINE = re.compile(
    rf"[A-Z][^\d\n()]{{1,60}}[,(]\s?{_WEEKDAY}(?P<date>{_DATE})\s?\)?\s{{0,2}}(?:\([^()\n]{{1,40}}\)|/[^/\n]{{1,40}}/)?\s{{0,2}}(?:--|[-–—―:])\s",
    re.IGNORECASE,
)
_HEAD_LINES = 8
_DATELINE_LINES = 4
_MAX_LINE = 160


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed: its ISO form, or why it has none."""

    iso: str | None
    problem: Problem | None


def read_date(text: str, order: DateOrder | None = None) -> PrintedDate | None:
    """The first full date in a short text, None where there is none."""
    found = _FIND.search(text[:_MAX_LINE])
    return _resolve(found, order) if found else None


def head_date(lines: Sequence[str], order: DateOrder | None = None) -> PrintedDate | None:
    """The date that an article's head gives as its own: labelled, alone on a line, or in the dateline."""
    for pattern in (_LABELLED, _ALONE, _DATELINE):
        limit = _DATELINE_LINES if pattern is _DATELINE else _HEAD_LINES
        for line in lines[:limit]:
            found = (
                pattern.match(line[:_MAX_LINE]) if pattern is not _ALONE or len(line) <= _MAX_LINE else None
            )
            if found:
                return _resolve(found, order)
    return None


def is_date_line(line: str) -> bool:
    """Whether a line holds a date, perhaps with a byline and a time, and nothing else."""
    return len(line) <= _MAX_LINE and _ALONE.match(line) is not None


def _resolve(found: re.Match[str], order: DateOrder | None) -> PrintedDate:
    part = found.groupdict()
    if part["m1"]:
        return _checked(part["y1"], _month(part["m1"]), part["d1"])
    if part["m2"]:
        return _checked(part["y2"], _month(part["m2"]), part["d2"])
    if part["m3"]:
        return _checked(part["y3"], int(part["m3"]), part["d3"])
    return _numeric(part["y4"], int(part["a"]), int(part["b"]), order)


def _numeric(year: str, first: int, second: int, order: DateOrder | None) -> PrintedDate:
    """A date such as 10/11/2024: the order must be known unless one number cannot be a month."""
    if order is None and first <= 12 and second <= 12 and first != second:
        return PrintedDate(None, "ambiguous")
    month_first = order == "MDY" or (order is None and second > 12)
    month, day = (first, second) if month_first else (second, first)
    return _checked(year, month, str(day))


def _month(name: str) -> int:
    return MONTHS.index(name[:3].casefold()) + 1


def _checked(year: str, month: int, day: str) -> PrintedDate:
    try:
        return PrintedDate(date(int(year), month, int(day)).isoformat(), None)
    except ValueError:
        return PrintedDate(None, "invalid")
