"""The attribution: content, cue and source of one thing said, as offsets, before it becomes a claim."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.record import ClaimKind

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One thing said, with who and by which words, all as half-open code points.

    ``continues`` and ``nested_in`` are indices into the article's list of attributions. ``score`` is
    the model's own certainty, uncalibrated. ``rule`` is a public name (see docs/rules.md).
    ``kind`` is set where quotation marks do not tell it: an interview's turns are direct without any.
    """

    segments: tuple[Offsets, ...]
    cue: Offsets | None
    source: Offsets | None
    rule: str
    score: float
    continues: int | None = None
    nested_in: int | None = None
    kind: ClaimKind | None = None

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.segments[0][0]

    @property
    def end(self) -> int:
        """Where the content ends."""
        return self.segments[-1][1]
