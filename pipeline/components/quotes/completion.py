"""Reported clauses completed to the borders of their sentence, where the encoder holds that possible.

Away from the news it was trained on, the encoder tends to end a content at its first comma, or to begin
it behind one: "The pits are full and the roads are closed, the mayor said."
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from pipeline.components.encoder import Encoding
from pipeline.components.labels import QUOTE_ROLES
from pipeline.components.quotes.attribution import Attribution, Offsets

# Chosen on PolNeAR dev and world_dev: by how much (log probability) the pointer may favour the nearer end,
# and what a sentence's first unit must have of beginning a content.
MOST_AGAINST = 1.5
LEAST_OPENING = -3.0

_OPENS_CONTENT = 2 * QUOTE_ROLES.index("content") + 1
_STOPS = " \u00a0\n.!?…\"”’'"
# A sentence ends with no more marks; one without stops may be the whole text, and each content would copy it.
_LONGEST_TAIL = 1_000


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of text, to be asked whether any lies in another."""

    starts: list[int]
    furthest: list[int]

    @classmethod
    def of(cls, stretches: Iterable[Offsets]) -> Stretches:
        """The stretches in any order; they may overlap."""
        ordered = sorted(stretches)
        return cls([start for start, _ in ordered], list(accumulate((end for _, end in ordered), max)))

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them shares a code point with ``text[start:end]``."""
        index = bisect_left(self.starts, end)
        return index > 0 and self.furthest[index - 1] > start


@dataclass(frozen=True, slots=True)
class Completion:
    """Completes the unquoted contents of one article; ``sentence_at`` gives the sentence of a code point."""

    text: str
    encoding: Encoding
    relation: int
    sentence_at: Callable[[int], Offsets]
    quoted: Stretches

    def completed(self, attributions: Sequence[Attribution]) -> list[Attribution]:
        """The attributions, those with a cue grown where nothing else stands in the way."""
        places = [a for a in attributions if a.cue is not None]
        taken = Stretches.of(
            [p for a in attributions for p in (*a.segments, a.source) if p is not None]
            + [a.cue for a in places if a.cue is not None]
        )
        return [self._grown(a, taken) for a in attributions]

    def _grown(self, attribution: Attribution, taken: Stretches) -> Attribution:
        cue = attribution.cue
        if cue is None:
            return attribution
        segments = list(attribution.segments)
        segments[-1] = (segments[-1][0], self._end(*segments[-1], cue, taken))
        segments[0] = (self._start(*segments[0], cue, taken), segments[0][1])
        return replace(attribution, segments=tuple(segments))

    def _end(self, start: int, end: int, cue: Offsets, taken: Stretches) -> int:
        """Where a content behind its cue ends: with the sentence, or where it did."""
        sentence_end = self.sentence_at(max(start, end - 1))[1]
        tail = max(end, sentence_end - _LONGEST_TAIL)
        final = tail + len(self.text[tail:sentence_end].rstrip(_STOPS))
        if cue[1] > start or self._blocked(start, end, end, final, taken):
            return end
        return final if self._pointed(start, final) - self._pointed(start, end) > -MOST_AGAINST else end

    def _start(self, start: int, end: int, cue: Offsets, taken: Stretches) -> int:
        """Where a content before its cue begins: with the sentence, or where it did."""
        first, last = self.sentence_at(start)
        if not end <= cue[0] < last or self._blocked(start, end, first, start, taken):
            return start
        opening = self.encoding.roles[self.encoding.units(first, start).start, _OPENS_CONTENT]
        return first if opening > LEAST_OPENING else start

    def _blocked(self, start: int, end: int, first: int, last: int, taken: Stretches) -> bool:
        """Nothing to take in, something else in the way, or a quotation, whose marks decide."""
        if first >= last or not self.encoding.units(first, last):
            return True
        return self.quoted.touch(min(start, first), max(end, last)) or taken.touch(first, last)

    def _pointed(self, start: int, end: int) -> float:
        """What the pointer gives to a span's end, up to a constant of its start."""
        units = self.encoding.units(start, end)
        firsts, lasts, _ = self.encoding.relation(self.relation)
        return float(firsts[units.start] @ lasts[units.stop - 1]) / float(np.sqrt(firsts.shape[1]))
