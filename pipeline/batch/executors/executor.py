"""Where shards are worked on: the seam between a run and the machines it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.batch.messages import Done, ShardDone
from pipeline.batch.plan import Shard
from pipeline.record import PipelineInfo

Event = Done | ShardDone


@dataclass(frozen=True, slots=True)
class Work:
    """The shards to do and the fingerprint that their completion records get."""

    shards: Sequence[Shard]
    fingerprint: str


class Executor(Protocol):
    """Workers, wherever they are. An executor knows nothing of stages, plans or outputs."""

    def info(self) -> PipelineInfo:
        """What the workers run; waits until one of them is ready."""
        ...

    def run(self, work: Work) -> Iterator[Event]:
        """Do the shards, in any order; every article and every shard is reported once."""
        ...

    def close(self) -> None:
        """Stop all workers; work in hand is abandoned."""
        ...
