"""What the encoder sees: an article's paragraphs as windows of wordpieces with their features.

A **unit** is a run of letters or digits, or one punctuation mark (the BERT pre-tokeniser's word);
labels stand on units. A **window** packs whole neighbouring paragraphs; a paragraph is cut only where
it is longer than a window.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from pipeline.components.quotation_marks import find_quotations, quotation_states
from pipeline.errors import ModelError

WINDOW = 256
SHAPES = ("special", "lower", "Title", "UPPER", "mixed", "digit", "punctuation", "other")
STATES = ("outside", "inside", "mark")
_SHAPE = {name: index for index, name in enumerate(SHAPES)}

# Code points that are tokenised at once, give or take a paragraph: each costs some hundred bytes meanwhile.
AT_ONCE = 100_000
# Behind a blank or one of these marks the pre-tokeniser always begins a new word.
_BETWEEN_UNITS = re.compile(r"[ \n,.;:!?-](?=[ A-Za-z0-9])")

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Encoder input of one window, and the place of its units.

    ``ids``, ``shapes`` and ``states`` have one entry a wordpiece, [CLS] and [SEP] included;
    ``first_piece`` (index into them), ``starts`` and ``ends`` (code points) have one entry a unit.
    """

    ids: IntArray
    shapes: IntArray
    states: IntArray
    first_piece: IntArray
    starts: IntArray
    ends: IntArray


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Wordpieces of a paragraph: vocabulary id, unit (a number of its own), and code points of each."""

    ids: list[int]
    units: list[int]
    spans: list[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, start: int, stop: int) -> _Pieces:
        """Some of the pieces."""
        return _Pieces(self.ids[start:stop], self.units[start:stop], self.spans[start:stop])

    def extend(self, others: _Pieces) -> None:
        """Take in the pieces of the text that follows."""
        self.ids.extend(others.ids)
        self.units.extend(others.units)
        self.spans.extend(others.spans)

    def unit_border(self, start: int, stop: int) -> int:
        """The last border of units up to ``stop``, or ``stop`` where a unit began before ``start``."""
        border = stop
        while border > start and self.units[border] == self.units[border - 1]:
            border -= 1
        return border if border > start else stop


def load_tokenizer(path: str) -> Tokenizer:
    """The wordpiece tokeniser of the model, without truncation, padding or special tokens.

    ``ModelError`` where the file is missing or damaged.
    """
    try:
        stated = Path(path).read_text(encoding="utf-8")
        json.loads(stated)  # the library itself tells a damaged file by a bare Exception
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} is missing or damaged: reinstall onrecord or run `make model`") from error
    tokenizer = Tokenizer.from_str(stated)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def make_windows(
    tokenizer: Tokenizer, text: str, paragraphs: Sequence[tuple[int, int]], *, limit: int = WINDOW
) -> list[Window]:
    """The windows of an article, in order; every unit of every paragraph stands in exactly one."""
    states = quotation_states(len(text), find_quotations(text, paragraphs))
    special = _SpecialIds.of(tokenizer)
    parts = _parts(tokenizer, text, paragraphs, limit - 2)
    return [_window(group, text, states, special) for group in _packed(parts, limit, text)]


@dataclass(frozen=True, slots=True)
class _SpecialIds:
    cls: int
    sep: int

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> _SpecialIds:
        first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
        if first is None or last is None:
            raise ModelError("the tokenizer has no [CLS] and [SEP]: reinstall the model")
        return cls(first, last)


def _parts(
    tokenizer: Tokenizer, text: str, paragraphs: Sequence[tuple[int, int]], limit: int
) -> Iterator[_Pieces]:
    """The paragraphs' pieces, at most ``limit`` in a part, cut between units where that is possible."""
    stretches = [list(_stretches(text, start, end)) for start, end in paragraphs]
    encodings = _encodings(tokenizer, text, [stretch for row in stretches for stretch in row])
    for row in stretches:
        yield from _cut((_pieces(next(encodings), start) for start, _ in row), limit)


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph, in several stretches where it is very long; what is cut makes the same pieces."""
    while end - start > AT_ONCE and (border := _BETWEEN_UNITS.search(text, start + AT_ONCE, end)):
        yield start, border.end()
        start = border.end()
    yield start, end


def _encodings(tokenizer: Tokenizer, text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[Encoding]:
    batch, size = [], 0
    for start, end in stretches:
        batch.append(text[start:end])
        size += end - start
        if size >= AT_ONCE:
            yield from tokenizer.encode_batch(batch, add_special_tokens=False)
            batch, size = [], 0
    yield from tokenizer.encode_batch(batch, add_special_tokens=False)


def _pieces(encoding: Encoding, offset: int) -> _Pieces:
    spans = [(start + offset, end + offset) for start, end in encoding.offsets]
    return _Pieces(list(encoding.ids), [(unit or 0) + offset for unit in encoding.word_ids], spans)


def _cut(stretches: Iterator[_Pieces], limit: int) -> Iterator[_Pieces]:
    held = _Pieces([], [], [])
    for pieces in stretches:
        held.extend(pieces)
        start = 0
        while len(held) - start > limit:
            stop = held.unit_border(start, start + limit)
            yield held.part(start, stop)
            start = stop
        held = held.part(start, len(held))
    if len(held):
        yield held


def _packed(parts: Iterator[_Pieces], limit: int, text: str) -> Iterator[list[_Pieces]]:
    group: list[_Pieces] = []
    for part in parts:
        if not len(part):
            continue
        if group and _size([*group, part]) > limit:
            kept = len(group) - _announces(group, part, limit, text)
            yield group[:kept]
            group = group[kept:]
        group.append(part)
    if group:
        yield group


def _size(group: Sequence[_Pieces]) -> int:
    """Pieces of a window: [CLS], and each part with its [SEP]."""
    return 1 + sum(len(part) + 1 for part in group)


def _announces(group: Sequence[_Pieces], part: _Pieces, limit: int, text: str) -> bool:
    """Whether a window's last paragraph should open the next: "She added:" goes with what she said."""
    last = group[-1]
    return len(group) > 1 and text[last.spans[-1][1] - 1] == ":" and _size([last, part]) <= limit


def _window(group: list[_Pieces], text: str, states: NDArray[np.int8], special: _SpecialIds) -> Window:
    ids, shapes, quote = [special.cls], [0], [0]
    first, starts, ends = [], [], []
    for part in group:
        previous = None
        for piece, unit, (start, end) in zip(part.ids, part.units, part.spans, strict=True):
            if unit != previous:
                first.append(len(ids))
                starts.append(start)
                ends.append(end)
                previous = unit
            ends[-1] = end
            ids.append(piece)
            quote.append(int(states[start]) if start < len(states) else 0)
        shapes.extend([0] * (len(ids) - len(shapes)))
        ids.append(special.sep)
        shapes.append(0)
        quote.append(0)
    _fill_shapes(shapes, ids, text, first, starts, ends, special)
    arrays = (np.asarray(values, dtype=np.int64) for values in (ids, shapes, quote, first, starts, ends))
    return Window(*arrays)


def _fill_shapes(
    shapes: list[int], ids: list[int], text: str, first: list[int], starts: list[int], ends: list[int],
    special: _SpecialIds,
) -> None:  # fmt: skip
    for unit, piece in enumerate(first):
        shape = _SHAPE[word_shape(text[starts[unit] : ends[unit]])]
        stop = first[unit + 1] if unit + 1 < len(first) else len(ids)
        for index in range(piece, stop):
            if ids[index] != special.sep:
                shapes[index] = shape


def word_shape(word: str) -> str:
    """The case pattern of a unit, which an uncased vocabulary does not see."""
    if word.islower():
        return "lower"
    if word.isdigit():
        return "digit"
    if word.isupper():
        return "UPPER" if len(word) > 1 else "Title"
    if word.istitle():
        return "Title"
    if word.isalpha():
        return "mixed"
    return "other" if any(char.isalnum() for char in word) else "punctuation"
