"""What a corpus does not annotate, supplied by an earlier round's weights (self-training, distillation)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import torch
from tokenizers import Tokenizer

from models.training.examples import Beliefs, Example
from models.training.network import NewsEncoder
from pipeline.components.labels import ENTITY_TYPES, QUOTE_ROLES, FloatArray, bio_spans, viterbi
from pipeline.components.quotation_marks import line_paragraphs
from pipeline.components.windows import Window, make_windows

# A span is taken as labelled where each unit has this much of its label, else nothing is learned from it.
SURE = 0.8
# A unit counts as no name only where the network gives that much to "no name".
SURE_OUTSIDE = 0.9

# Places of the heads in what the network gives.
ENTITIES, ROLES = 0, 1

Names = list[tuple[int, int, str]]
Masks = list[tuple[int, int, tuple[str, ...]]]


def with_names(example: Example, network: NewsEncoder, tokenizer: Tokenizer) -> Example:
    """The example with the names that the network is sure of; where it is unsure the text is masked."""
    names: Names = []
    masks: Masks = []
    for window in make_windows(tokenizer, example.text, line_paragraphs(example.text)):
        probabilities = _label_probabilities(network, window, ENTITIES)
        names += _sure_names(window, probabilities)
        taken = {(start, end) for start, end, _ in names}
        masks += _unsure(window, probabilities, taken)
    return replace(example, names=tuple(names), open_names=tuple(masks), covers=frozenset(ENTITY_TYPES))


def with_beliefs(example: Example, network: NewsEncoder, tokenizer: Tokenizer) -> Example:
    """The example with what the network believes of its quote roles, as soft labels.

    A student of the same size gains from them (Furlanello et al. 2018, "Born-again neural networks").
    """
    windows = make_windows(tokenizer, example.text, line_paragraphs(example.text))
    rows = [_label_probabilities(network, window, ROLES) for window in windows]
    starts = [window.starts for window in windows]
    return replace(example, beliefs=Beliefs(np.concatenate(starts), np.concatenate(rows)))


def with_open_roles(example: Example, network: NewsEncoder, tokenizer: Tokenizer) -> Example:
    """The example with its lack of a role unsettled where gold of another convention may only be narrower.

    Our own gold has cues without their auxiliaries and no attitudes: what the network takes for a cue or
    a source outside the gold, and contents that touch no gold content, teach nothing.
    """
    held = [span for a in example.attributions or () for span in a.content]
    opened: list[tuple[int, int, str]] = []
    for window in make_windows(tokenizer, example.text, line_paragraphs(example.text)):
        for first, stop, kind in _spans(_label_probabilities(network, window, ROLES)):
            start, end = int(window.starts[first]), int(window.ends[stop - 1])
            touched = any(begin < end and start < until for begin, until in held)
            if QUOTE_ROLES[kind] != "content" or not touched:
                opened.append((start, end, QUOTE_ROLES[kind]))
    return replace(example, open_roles=example.open_roles + tuple(opened))


def _label_probabilities(network: NewsEncoder, window: Window, head: int) -> FloatArray:
    """Probabilities (units, labels) of one of the network's heads."""
    rows = (torch.from_numpy(getattr(window, name))[None] for name in ("ids", "shapes", "states"))
    network.eval()
    with torch.inference_mode():
        scores = network(*rows)[head][0, torch.from_numpy(window.first_piece)]
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
