"""Training windows: encoder inputs with the label sets that each head may learn from."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from models.training.corpora import rewrite_marks
from models.training.examples import Attribution, Beliefs, Example
from pipeline.components.labels import ENTITY_TYPES, QUOTE_ROLES, bio_labels
from pipeline.components.quotation_marks import line_paragraphs
from pipeline.components.windows import Window, make_windows

IGNORE = -1
IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Inventory:
    """Label indices of the three token heads."""

    entities: dict[str, int]
    roles: dict[str, int]
    tags: dict[str, int]

    @classmethod
    def of(cls, tags: Sequence[str]) -> Inventory:
        """The inventory with these PTB tags."""
        tables = (bio_labels(ENTITY_TYPES), bio_labels(QUOTE_ROLES), tags)
        return cls(*({label: index for index, label in enumerate(table)} for table in tables))


@dataclass(frozen=True, slots=True)
class TrainingWindow:
    """A window and, for each wordpiece, bit sets of allowed labels (0 = this head learns nothing here).

    ``cue_of`` gives for the first piece of a content the first piece of its cue, ``source_of`` for the
    first piece of a cue that of its source; 0 (the [CLS] piece) means that there is none.
    ``last_of`` gives for the first piece of a role span the first piece of its last unit.
    ``beliefs`` are an earlier network's probabilities (pieces, role labels), rows of 0 where it has none.
    """

    window: Window
    entities: IntArray
    roles: IntArray
    tags: IntArray
    cue_of: IntArray
    source_of: IntArray
    last_of: IntArray
    beliefs: FloatArray


def training_windows(
    example: Example, tokenizer: Tokenizer, inventory: Inventory, rng: random.Random, limits: Sequence[int],
    rewrite_share: float,
) -> Iterator[TrainingWindow]:  # fmt: skip
    """The windows of one document, its length limit and quotation marks drawn anew at every call."""
    text = rewrite_marks(example.text, rng) if rng.random() < rewrite_share else example.text
    windows = make_windows(tokenizer, text, line_paragraphs(text), limit=rng.randint(*limits))
    for window in windows:
        yield label_window(window, example, inventory)


def label_window(window: Window, example: Example, inventory: Inventory) -> TrainingWindow:
    """A window with the labels that its document's annotation gives to it."""
    size = len(window.ids)
    entities, roles, tags = (np.zeros(size, dtype=np.int64) for _ in range(3))
    cue_of, source_of, last_of = (np.full(size, IGNORE, dtype=np.int64) for _ in range(3))
    if example.names is not None:
        entities[window.first_piece] = _entity_sets(window, example, inventory)
    if example.attributions is not None:
        roles[window.first_piece] = _role_sets(window, example, example.attributions, inventory)
        for attribution in example.attributions:
            _link(window, attribution, cue_of, source_of)
            _bound(window, attribution, last_of)
    if example.tags is not None:
        tags[window.first_piece] = _tag_sets(window, example.tags, inventory)
    beliefs = np.zeros((size, len(inventory.roles)), dtype=np.float32)
    if example.beliefs is not None:
        beliefs[window.first_piece] = _believed(window, example.beliefs)
    return TrainingWindow(window, entities, roles, tags, cue_of, source_of, last_of, beliefs)


def _units(window: Window, start: int, end: int) -> range:
    """The units that lie in a stretch of text, those partly in it included."""
    first = int(np.searchsorted(window.ends, start, side="right"))
    last = int(np.searchsorted(window.starts, end, side="left"))
    return range(first, last)


def _entity_sets(window: Window, example: Example, inventory: Inventory) -> IntArray:
    outside = 1
    for label, index in inventory.entities.items():
        if label != "O" and label[2:] not in example.covers:
            outside |= 1 << index
    sets = np.full(len(window.starts), outside, dtype=np.int64)
    for start, end, allowed in example.open_names:
        _put(sets, _units(window, start, end), allowed, inventory.entities, outside=True)
    for start, end, label in example.names or ():
        _put(sets, _units(window, start, end), (label,), inventory.entities, outside=False)
    return sets


def _put(
    sets: IntArray, units: range, allowed: Sequence[str], table: dict[str, int], *, outside: bool
) -> None:
    """Allow the spans' labels on its units; labels that are no project type mask the span."""
    known = [label for label in allowed if f"B-{label}" in table]
    if not known:
        sets[units.start : units.stop] = 0
        return
    for position, unit in enumerate(units):
        prefix = "I" if position else "B"
        bits = sum(1 << table[f"{prefix}-{label}"] for label in known)
        sets[unit] = bits | (1 if outside else 0)


def _role_sets(
    window: Window, example: Example, attributions: Sequence[Attribution], inventory: Inventory
) -> IntArray:
    sets = np.ones(len(window.starts), dtype=np.int64)
    opened = {}
    for start, end, role in example.open_roles:
        units = _units(window, start, end)
        sets[units.start : units.stop] = 0
        opened |= dict.fromkeys(units, role)
    for role in ("content", "source", "cue"):
        for attribution in attributions:
            for start, end in getattr(attribution, role):
                units = _units(window, start, end)
                _put(sets, units, (role,), inventory.roles, outside=False)
                if units and opened.get(units.start - 1) == role:
                    sets[units.start] |= 1 << inventory.roles[f"I-{role}"]
    return sets


def _believed(window: Window, beliefs: Beliefs) -> FloatArray:
    """The rows of the units that begin where the beliefs have one."""
    rows = np.searchsorted(beliefs.starts, window.starts).clip(max=len(beliefs.starts) - 1)
    known = beliefs.starts[rows] == window.starts
    believed: FloatArray = np.where(known[:, None], beliefs.rows[rows], np.float32(0))
    return believed


def _tag_sets(window: Window, tags: Sequence[tuple[int, int, str]], inventory: Inventory) -> IntArray:
    sets = np.zeros(len(window.starts), dtype=np.int64)
    for start, end, tag in tags:
        for unit in _units(window, start, end):
            if sets[unit] == 0 and tag in inventory.tags:
                sets[unit] = 1 << inventory.tags[tag]
    return sets


def _link(window: Window, attribution: Attribution, cue_of: IntArray, source_of: IntArray) -> None:
    cue = _first_piece(window, attribution.cue)
    source = _first_piece(window, attribution.source)
    for span in attribution.content:
        content = _first_piece(window, (span,))
        if content:
            cue_of[content] = cue
    if cue:
        source_of[cue] = source


def _bound(window: Window, attribution: Attribution, last_of: IntArray) -> None:
    """Tie the first unit of each role span to its last, where the window holds both."""
    for start, end in (*attribution.content, *attribution.cue, *attribution.source):
        first = _first_piece(window, ((start, end),))
        if first and end <= window.ends[-1]:
            last_of[first] = window.first_piece[_units(window, start, end).stop - 1]


def _first_piece(window: Window, spans: Sequence[tuple[int, int]]) -> int:
    """The wordpiece that opens the spans, or 0 where they do not begin in this window."""
    if not spans or not len(window.starts):
        return 0
    start, end = spans[0]
    units = _units(window, start, end)
    inside = window.starts[0] <= start < window.ends[-1]
    return int(window.first_piece[units.start]) if inside and units else 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors of several windows, (windows, pieces); ``beliefs`` (windows, pieces, role labels)."""

    ids: Tensor
    shapes: Tensor
    states: Tensor
    entities: Tensor
    roles: Tensor
    tags: Tensor
    cue_of: Tensor
    source_of: Tensor
    last_of: Tensor
    beliefs: Tensor


def make_batches(windows: list[TrainingWindow], size: int, rng: random.Random) -> Iterator[Batch]:
    """Batches of windows of like length, in random order."""
    rng.shuffle(windows)
    pool = size * 40
    for start in range(0, len(windows), pool):
        chunk = sorted(windows[start : start + pool], key=lambda item: len(item.window.ids))
        groups = [chunk[i : i + size] for i in range(0, len(chunk), size)]
        rng.shuffle(groups)
        yield from map(_batch, groups)


def _batch(group: list[TrainingWindow]) -> Batch:
    pieces = max(len(item.window.ids) for item in group)
    pieces = -(-pieces // 16) * 16

    def padded(rows: list[IntArray] | list[FloatArray], fill: int) -> Tensor:
        table = np.full((len(rows), pieces, *rows[0].shape[1:]), fill, dtype=rows[0].dtype)
        for row, values in zip(table, rows, strict=True):
            row[: len(values)] = values
        return torch.from_numpy(table)

    inputs = (
        padded([getattr(item.window, name) for item in group], 0) for name in ("ids", "shapes", "states")
    )
    labels = (padded([getattr(item, name) for item in group], 0) for name in ("entities", "roles", "tags"))
    relations = ("cue_of", "source_of", "last_of")
    links = (padded([getattr(item, name) for item in group], IGNORE) for name in relations)
    return Batch(*inputs, *labels, *links, padded([item.beliefs for item in group], 0))
