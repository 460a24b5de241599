"""Values of a record in words for readers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import sha256
from typing import Any, Final

Json = dict[str, Any]

# Characters that no HTML document may hold, and those that turn the writing around.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_MODIFIERS: Final = {
    "approximately": "about",
    "more_than": "more than",
    "less_than": "less than",
    "at_least": "at least",
    "at_most": "at most",
}
_PLURALS: Final = {
    "second": "seconds", "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks",
    "month": "months", "year": "years", "decade": "decades", "century": "centuries",
}  # fmt: skip
_WEB: Final = re.compile(r"https?://[^\s]+\Z", re.IGNORECASE)
_SLUG_LENGTH: Final = 40
_SIZES: Final = ((10**6, "million"), (10**9, "billion"), (10**12, "trillion"))


def clean(text: str) -> str:
    """The text with a symbol for each control character, so that offsets stay."""
    return _FORBIDDEN.sub("\ufffd", text)


def clipped(text: str, length: int) -> str:
    """The beginning of a long text, with an ellipsis."""
    return text if len(text) <= length else text[:length].rstrip() + " …"


def one_line(text: str) -> str:
    """The text with each run of white space as one blank."""
    return " ".join(text.split())


def web_link(url: str | None) -> str | None:
    """The address if a browser may follow it: http and https alone, never ``javascript:``."""
    return url if url and _WEB.match(url) else None


def file_name(name: str, *, key: str | None = None) -> str:
    """A file name for a name: readable, and different where the key, else any letter of the name, differs."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-")
    digest = sha256((name if key is None else key).encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{slug}-{digest}" if slug else digest


def day_of(stamp: str | None) -> str | None:
    """The day of an ISO date or date-time that a calendar knows."""
    try:
        return date.fromisoformat((stamp or "")[:10]).isoformat()
    except ValueError:
        return None


def day_words(day: str | None) -> str:
    """A day as people write it: 7 Oct 2024; without one, words that say so."""
    known = day_of(day)
    if known is None:
        return day or "no date"
    year, month, number = known.split("-")
    return f"{int(number)} {_MONTHS[int(month) - 1]} {int(year)}"


def month_words(month: str) -> str:
    """A month, 2024-10, as people write it."""
    return f"{_MONTHS[int(month[5:7]) - 1]} {int(month[:4])}"


def number_words(value: float | None) -> str:
    """A number with separators and no more digits than mean something."""
    if value is None:
        return "?"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


def large_words(value: float | None) -> str:
    """A number as news print it: 42 billion where nothing is lost by it."""
    for size, name in _SIZES:
        if value is not None and size <= abs(value) < 1000 * size and value * 1000 % size == 0:
            return f"{number_words(value * 1000 // size / 1000)} {name}"
    return number_words(value)


def quantity_words(quantity: Json) -> str:
    """What a quantity was understood as: about 2,500,000 US dollar per year, rise."""
    counted = quantity["of"]["exact"] if quantity["of"] else ""
    words = (
        _MODIFIERS.get(quantity["modifier"], ""),
        _amount(quantity),
        quantity["unit"] if quantity["value"] == 1 else _PLURALS.get(quantity["unit"], quantity["unit"]),
        f"per {quantity['per']}" if quantity["per"] else "",
        one_line(counted),
        f"({quantity['change']['direction']})" if quantity["change"] else "",
    )
    return " ".join(word for word in words if word)


def _amount(quantity: Json) -> str:
    value, low, high = quantity["value"], quantity["low"], quantity["high"]
    if value is not None or low is None is high:
        return large_words(value)
    return " to ".join(large_words(bound) for bound in (low, high))


def date_words(timex: Json) -> str:
    """What a date was understood as: its days, or its TIMEX3 value where it has none."""
    begin = day_of(timex["begin"])
    if begin is None:
        return timex["value"] or "left open"
    return span_words(begin, day_of(timex["end_date"]) or begin)


def span_words(begin: str, end: str) -> str:
    """The days from one to another, whole months and years by their names."""
    if begin == end:
        return day_words(begin)
    first, last = _whole(begin, end)
    return first if first == last else f"{first} – {last}"


def _whole(begin: str, end: str) -> tuple[str, str]:
    """The first and the last year, month or day, whichever are whole."""
    if begin[4:] == "-01-01" and end[4:] == "-12-31":
        return str(int(begin[:4])), str(int(end[:4]))
    if begin[8:] == "01" and not day_of(f"{end[:8]}{int(end[8:]) + 1:02}"):
        return month_words(begin[:7]), month_words(end[:7])
    return day_words(begin), day_words(end)


def modality_words(modality: Json) -> str:
    """How firmly it was put: hedged (may), negated (not)."""
    flags = [name for name in ("negated", "hedged", "conditional", "question") if modality[name]]
    cues = ", ".join(one_line(cue["exact"]) for cue in modality["cues"])
    return ", ".join(flags) + (f" ({cues})" if cues else "")
