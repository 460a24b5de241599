"""The attribution: content, cue and source of one thing said, as offsets, before it becomes a claim."""

from __future__ import annotations

from dataclasses import dataclass

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One thing said, with who and by which words, all as half-open code points.

    ``continues`` and ``nested_in`` are indices into the article's list of attributions. ``score`` is
    the model's own certainty, uncalibrated. ``rule`` is a public name (see docs/rules.md).
    """

    segments: tuple[Offsets, ...]
    cue: Offsets | None
    source: Offsets | None
    rule: str
    score: float
    continues: int | None = None
    nested_in: int | None = None

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.segments[0][0]

    @property
    def end(self) -> int:
        """Where the content ends."""
        return self.segments[-1][1]
