"""A paragraph as the zone rules see it."""

from __future__ import annotations

from dataclasses import dataclass

# Furniture and captions are short; what is longer is body and is not looked at again.
MAX_SHORT_CHARACTERS = 900

_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " ", "–": "-", "—": "-", "―": "-"})
_EDGES = " \t.…!:;,-_*•·|>»«<\"'()[]{}→←↓#"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Its place, its words and its folded form; a long paragraph keeps only place and length."""

    index: int
    start: int
    end: int
    text: str
    folded: str
    core: str
    words: tuple[str, ...]

    @property
    def is_short(self) -> bool:
        """Whether it can be anything but body."""
        return bool(self.text)

    @property
    def length(self) -> int:
        """Its length in characters."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Known:
    """What the metadata tell about lines that a page repeats."""

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()


def paragraph_at(text: str, index: int, span: tuple[int, int]) -> Paragraph:
    """The paragraph at a place of the text."""
    start, end = span
    if end - start > MAX_SHORT_CHARACTERS:
        return Paragraph(index, start, end, "", "", "", ())
    piece = text[start:end]
    folded = fold(piece)
    return Paragraph(index, start, end, piece, folded, folded.strip(_EDGES), tuple(piece.split()))


def fold(text: str) -> str:
    """Lower case, plain quotation marks and dashes, single spaces."""
    return " ".join(text.translate(_PLAIN).casefold().split())
