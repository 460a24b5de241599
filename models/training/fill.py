"""Names that a corpus does not annotate, supplied by an earlier round's weights (self-training)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import torch
from tokenizers import Tokenizer

from models.training.corpora import Example
from models.training.network import NewsEncoder
from pipeline.components.labels import ENTITY_TYPES, FloatArray, bio_spans, viterbi
from pipeline.components.quotation_marks import line_paragraphs
from pipeline.components.windows import Window, make_windows

# A span is taken as labelled where each unit has this much of its label, else nothing is learned from it.
SURE = 0.8
# A unit counts as no name only where the network gives that much to "no name".
SURE_OUTSIDE = 0.9

Names = list[tuple[int, int, str]]
Masks = list[tuple[int, int, tuple[str, ...]]]


def with_names(example: Example, network: NewsEncoder, tokenizer: Tokenizer) -> Example:
    """The example with the names that the network is sure of; where it is unsure the text is masked."""
    names: Names = []
    masks: Masks = []
    for window in make_windows(tokenizer, example.text, line_paragraphs(example.text)):
        probabilities = _label_probabilities(network, window)
        names += _sure_names(window, probabilities)
        taken = {(start, end) for start, end, _ in names}
        masks += _unsure(window, probabilities, taken)
    return replace(example, names=tuple(names), open_names=tuple(masks), covers=frozenset(ENTITY_TYPES))


def _label_probabilities(network: NewsEncoder, window: Window) -> FloatArray:
    """Probabilities (units, labels) of the entity head."""
    rows = (torch.from_numpy(getattr(window, name))[None] for name in ("ids", "shapes", "states"))
    network.eval()
    with torch.inference_mode():
        scores = network(*rows)[0][0, torch.from_numpy(window.first_piece)]
    result: FloatArray = scores.softmax(-1).numpy()
    return result


def _spans(probabilities: FloatArray) -> Iterator[tuple[int, int, int]]:
    if not len(probabilities):
        return
    scores = np.log(probabilities + 1e-9)[None]
    lengths = np.array([len(probabilities)])
    yield from bio_spans(viterbi(scores, lengths)[0])


def _sure_names(window: Window, probabilities: FloatArray) -> Names:
    names: Names = []
    for first, stop, kind in _spans(probabilities):
        inside = probabilities[first:stop, 2 * kind + 1] + probabilities[first:stop, 2 * kind + 2]
        if inside.min() >= SURE:
            names.append((int(window.starts[first]), int(window.ends[stop - 1]), ENTITY_TYPES[kind]))
    return names


def _unsure(window: Window, probabilities: FloatArray, taken: set[tuple[int, int]]) -> Masks:
    """Units that are neither in a sure name nor surely outside."""
    named = np.zeros(len(window.starts), dtype=bool)
    for start, end in taken:
        named |= (window.starts >= start) & (window.ends <= end)
    unsure = ~named & (probabilities[:, 0] < SURE_OUTSIDE)
    return [(int(window.starts[unit]), int(window.ends[unit]), ()) for unit in np.flatnonzero(unsure)]
