"""A text with its spans as pieces that lie flat side by side, however the spans overlap or nest."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

Json = dict[str, Any]
Range = tuple[int, int]

# The parts of a claim, by the letter that the pages know them by.
PARTS: Final = {"quote": "q", "source": "s", "cue": "k", "addressee": "a", "role": "r"}
LAYERS: Final = ("entities", "quantities", "dates")
_LAYER_CLASSES: Final = {"entities": "entity", "quantities": "quantity", "dates": "date"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that is to be seen: a part of the claim with this number, or a name, number or date."""

    start: int
    end: int
    layer: str
    claim: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; ``begins`` are the claims whose content begins here."""

    text: str
    classes: str
    parts: str
    begins: tuple[int, ...]


def marks_of(article: Json, claims: Iterable[tuple[int, Json]]) -> list[Mark]:
    """Everything marked in an article, outer spans before those inside them."""
    found: dict[Mark, None] = {}
    for layer in LAYERS:
        found.update(dict.fromkeys(_layer_marks(article, layer)))
    for number, claim in claims:
        found.update(dict.fromkeys(_claim_marks(number, claim)))
    return sorted(found, key=lambda mark: (mark.start, -mark.end, mark.claim, mark.layer))


def _layer_marks(record: Json, layer: str) -> Iterator[Mark]:
    for span in record[layer]:
        yield Mark(span["start"], span["end"], _LAYER_CLASSES[layer])


def _claim_marks(number: int, claim: Json) -> Iterator[Mark]:
    speaker = claim["speaker"]
    parts = (
        ("quote", claim["segments"]),
        ("source", [speaker["surface"]]),
        ("cue", [claim["cue"]]),
        ("addressee", [claim["addressee"]]),
        ("role", speaker["roles"]),
    )
    for layer, spans in parts:
        for span in spans:
            if span is not None:
                yield Mark(span["start"], span["end"], layer, number, claim["kind"])
    for layer in LAYERS:
        yield from _layer_marks(claim, layer)


def marked(text: str, marks: Iterable[Mark], places: Iterable[Range]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each place, in order; together they are its text, character for character.

    Marks and places are in the order of the text, so that each mark is looked at only where it lies.
    """
    waiting = deque(marks)
    near: list[Mark] = []
    for start, end in places:
        near = [mark for mark in near if mark.end > start]
        while waiting and waiting[0].start < end:
            mark = waiting.popleft()
            if mark.end > start:
                near.append(mark)
        yield tuple(_pieces(text, near, start, end))


def _pieces(text: str, marks: list[Mark], start: int, end: int) -> Iterator[Piece]:
    borders = {start, end}
    for mark in marks:
        borders |= {max(mark.start, start), min(mark.end, end)}
    waiting = deque(marks)
    active: list[Mark] = []
    for begin, stop in pairwise(sorted(borders)):
        active = [mark for mark in active if mark.end > begin]
        while waiting and waiting[0].start <= begin:
            active.append(waiting.popleft())
        yield _piece(text[begin:stop], active, begin)


def _piece(text: str, active: list[Mark], start: int) -> Piece:
    quotes = [mark for mark in active if mark.layer == "quote"]
    classes = dict.fromkeys(mark.layer for mark in active)
    if quotes:  # the innermost quotation gives the colour
        classes[quotes[-1].kind] = None
    parts = dict.fromkeys(f"{PARTS[mark.layer]}{mark.claim}" for mark in active if mark.claim)
    begins = tuple(dict.fromkeys(mark.claim for mark in quotes if mark.start == start))
    return Piece(text, " ".join(classes), " ".join(parts), begins)
