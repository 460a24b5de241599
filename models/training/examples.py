"""One document as training sees it: a text with what each head may learn from it.

Corpora are partial. An example says for every unit which labels are *allowed*: one label where the
corpus decides, several where it does not (a place that may be GPE or LOC, an O that says nothing
about events), all where it is silent. The loss is the probability of the allowed set
(Tsuboi et al. 2008, "Training CRFs using incomplete annotations", without the chain).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Beliefs:
    """Probabilities of the role labels: ``starts`` (units,) in code points, ``rows`` (units, labels)."""

    starts: NDArray[np.int64]
    rows: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans of one attribution; ``cue`` and ``source`` may be missing."""

    content: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    source: tuple[Offsets, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One document. ``None`` says that the corpus has no annotation for that head.

    ``names`` are ``(start, end, label)``; ``open_names`` are ``(start, end, allowed labels)``;
    ``covers`` are the labels that a plain O rules out; ``tags`` are PTB tags by code points.
    ``open_roles`` are stretches where the lack of that quote role says nothing. ``beliefs`` are what an
    earlier network makes of the quote roles.
    """

    text: str
    names: tuple[tuple[int, int, str], ...] | None = None
    open_names: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    covers: frozenset[str] = frozenset()
    attributions: tuple[Attribution, ...] | None = None
    tags: tuple[tuple[int, int, str], ...] | None = None
    open_roles: tuple[tuple[int, int, str], ...] = ()
    beliefs: Beliefs | None = None
