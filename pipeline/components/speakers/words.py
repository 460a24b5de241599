"""The words of an article as plain rows: spaCy makes its tokens anew each time one is asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.tokens import text_of

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_QUOTES = frozenset(('"', "“", "”", "''", "``", "«", "»", "‘"))


@dataclass(frozen=True, slots=True)
class Words:
    """Words and marks of a text in order, white space left out.

    ``opens`` tells which begin a sentence.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lower: tuple[str, ...]
    tags: tuple[str, ...]
    opens: tuple[bool, ...]

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """The words of a Doc with tags and sentences."""
        tokens = [token for token in doc if not token.is_space]
        first = {sentence.start_char for sentence in doc.sents}
        starts = tuple(token.idx for token in tokens)
        return cls(
            text_of(doc),
            starts,
            tuple(token.idx + len(token) for token in tokens),
            tuple(token.lower_ for token in tokens),
            tuple(token.tag_ for token in tokens),
            _first_words(starts, sorted(first)),
        )

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, position: int) -> int:
        """The number of the word that holds a code point, or of the next one."""
        return bisect_right(self.ends, position)

    def before(self, position: int) -> int:
        """The number of the last word that ends at or before a code point; -1 for none."""
        return bisect_right(self.ends, position) - 1

    def place(self, first: int, stop: int) -> tuple[int, int]:
        """The code points from word ``first`` up to and without word ``stop``."""
        return self.starts[first], self.ends[stop - 1]

    def is_mark(self, index: int) -> bool:
        """Whether the word is a quotation mark."""
        return self.lower[index] in _QUOTES

    def is_hyphen(self, index: int) -> bool:
        """Whether the word is a dash that joins its neighbours: the one in "vice-president"."""
        glued = 0 < index < len(self) - 1 and self.ends[index - 1] == self.starts[index]
        return glued and self.lower[index] in "-‐‑–" and self.ends[index] == self.starts[index + 1]


def _first_words(starts: tuple[int, ...], sentences: list[int]) -> tuple[bool, ...]:
    opening = {bisect_left(starts, start) for start in sentences}
    return tuple(index in opening for index in range(len(starts)))
