"""What a worker tells its supervisor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.batch.checkpoint import Completion
from pipeline.batch.outcome import Outcome
from pipeline.record import PipelineInfo


@dataclass(frozen=True, slots=True)
class Ready:
    """The engine is loaded."""

    info: PipelineInfo


@dataclass(frozen=True, slots=True)
class InHand:
    """The article that the worker is about to read or process, and its size."""

    source: str
    size: int


@dataclass(frozen=True, slots=True)
class Done:
    """An article is finished and its lines are with the system."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ShardDone:
    """A shard is committed; where its time went, and the most memory the worker ever had."""

    completion: Completion
    seconds: Mapping[str, float]
    peak_memory_mb: float


@dataclass(frozen=True, slots=True)
class Failed:
    """The worker cannot go on for a reason that is no article's fault."""

    code: str
    message: str


Message = Ready | InHand | Done | ShardDone | Failed
