"""Texts with their quantities marked in place, as ``marked/*.txt`` hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from pipeline.evaluation.annotations import QuantityLabelled

FOLDER = Path(__file__).with_name("marked")
KINDS = {
    "c": "count", "$": "money", "%": "percent", "pp": "percentage_points", "m": "measure", "f": "fraction",
    "r": "ratio", "x": "multiple", "o": "ordinal", "a": "age", "d": "duration",
}  # fmt: skip
OWN_UNITS = {"percent": "percent", "multiple": "times", "ratio": "ratio"}
# The day of publication of sentences that belong to no article.
DAY = "2024-05-14"
_MARK = re.compile(r"\{([^{}|]*)\|(\S+) (\S+?)(?: ([^{}]*))?\}")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its quantities."""

    title: str
    date: str
    text: str
    quantities: tuple[QuantityLabelled, ...]


def marked_texts(name: str) -> Iterator[MarkedText]:
    """The texts of a file: its articles, or its sentences one by one."""
    source = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    lines = "\n".join(line for line in source.split("\n") if not line.startswith("//"))
    for block in re.split(r"^# ", lines, flags=re.M)[1:]:
        title, _, body = block.partition("\n")
        title, _, date = title.partition(" @")
        for text in [body.strip() + "\n"] if date else filter(None, body.split("\n")):
            yield _read(title, date or DAY, text)


def _read(title: str, date: str, source: str) -> MarkedText:
    text, at, labels = "", 0, []
    for mark in _MARK.finditer(source):
        text += source[at : mark.start()]
        labels.append(_label(len(text), mark))
        text, at = text + mark[1], mark.end()
    return MarkedText(title, date, text + source[at:], tuple(labels))


def _label(start: int, mark: re.Match[str]) -> QuantityLabelled:
    kind = KINDS[mark[2]]
    low, _, high = mark[3].partition("..")
    return QuantityLabelled(
        start, start + len(mark[1]), mark[1], kind=kind, value=None if high else _number(low),
        low=_number(low) if high else None, high=_number(high) if high else None,
        modifier="exact", unit=mark[4] or OWN_UNITS.get(kind, ""), of=None,
    )  # fmt: skip


def _number(cell: str) -> float:
    return float(Fraction(cell))
