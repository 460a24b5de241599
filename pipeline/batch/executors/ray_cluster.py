"""Shards on the nodes of a Ray cluster: each actor keeps one watched worker process on its node.

What an article can do (hang, grow, crash) is dealt with on the node, by the same executor that serves a
single machine. What a cluster can do is dealt with here: nodes come and go, and the shard of a node that is
lost is given to another, where it becomes the same bytes.
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pipeline.batch.code import code_digest
from pipeline.batch.executors.executor import Event, Work
from pipeline.batch.executors.local import START_ATTEMPTS, START_SECONDS, LocalExecutor
from pipeline.batch.messages import Done, Failed, ShardDone
from pipeline.batch.plan import Shard
from pipeline.batch.worker import WorkerSettings
from pipeline.errors import OnrecordError, RunError
from pipeline.extras import optional
from pipeline.record import PipelineInfo
from pipeline.storage import is_remote

_LOG = logging.getLogger(__name__)
# Nodes are lost singly or in tens, when spot machines are taken back; a shard that loses more than this is
# what costs the nodes their lives.
LOST_ATTEMPTS: Final = 5
LONGEST_WAIT: Final = 1.0
CLOSE_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Hired:
    """What an actor runs, a hash of its code, and the node it is on."""

    info: PipelineInfo
    code: str
    node: str

    def runs_as(self, other: Hired) -> bool:
        """Whether two actors make the same records."""
        return (self.info, self.code) == (other.info, other.code)


class Crew:
    """One worker process of a node; becomes a Ray actor."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="onrecord-") if is_remote(settings.out) else None
        self._settings = replace(settings, scratch=Path(self._scratch.name) if self._scratch else None)
        self._executor: LocalExecutor | None = None

    def start(self) -> Hired | Failed:
        """Load the engine."""
        try:
            self._executor = LocalExecutor(self._settings, 1)
            return Hired(self._executor.info(), code_digest(), _node())
        except OnrecordError as error:
            return Failed(error.code, str(error))

    def work(self, shard: Shard, fingerprint: str) -> ShardDone | Failed:
        """Do a shard."""
        assert self._executor is not None
        try:
            events = list(self._executor.run(Work((shard,), fingerprint)))
        except OnrecordError as error:
            return Failed(error.code, str(error))
        return next(event for event in events if isinstance(event, ShardDone))

    def close(self) -> None:
        """Stop the worker and remove what it left."""
        if self._executor is not None:
            self._executor.close()
        if self._scratch is not None:
            self._scratch.cleanup()


def _node() -> str:
    import ray

    return str(ray.get_runtime_context().get_node_id())


@dataclass(frozen=True, slots=True)
class _Shift:
    """A shard in an actor's hands."""

    actor: Any
    node: str
    shard: Shard


class RayExecutor:
    """Shards on ``workers`` actors of one core each, by default one for every core of the cluster."""

    def __init__(self, settings: WorkerSettings, workers: int | None, *, address: str | None = None) -> None:
        self._ray = optional("ray", what="--executor ray", extra="ray")
        self._connected = not self._ray.is_initialized()
        if self._connected:
            self._ray.init(address=address, log_to_driver=False, logging_level="warning")
        self._settings = settings
        self._wanted = workers
        self._crew = self._ray.remote(num_cpus=1, max_restarts=0)(Crew)
        self._starting: dict[Any, Any] = {}
        self._idle: list[tuple[Any, str]] = []
        self._busy: dict[Any, _Shift] = {}
        self._waiting: deque[Shard] = deque()
        self._losses: Counter[int] = Counter()
        self._failed_starts = 0
        self._hired: Hired | None = None
        self._deadline = time.monotonic() + START_SECONDS
        self._hire()

    def info(self) -> PipelineInfo:
        """What the workers run; waits until the first is ready."""
        while self._hired is None:
            for _ in self._turn(""):
                pass
        return self._hired.info

    def run(self, work: Work) -> Iterator[Event]:
        """Do the shards; the articles of a shard are reported when all of it is done."""
        self._waiting.extend(work.shards)
        while self._waiting or self._busy:
            while self._actors() < min(self._most(), len(self._waiting) + len(self._busy)):
                self._hire()
            while self._waiting and self._idle:
                self._give(*self._idle.pop(), self._waiting.popleft(), work.fingerprint)
            yield from self._turn(work.fingerprint)

    def nodes_at_work(self) -> frozenset[str]:
        """The ids of the nodes that have a shard in hand."""
        return frozenset(shift.node for shift in list(self._busy.values()))

    def close(self) -> None:
        """Stop all workers; work in hand is abandoned."""
        idle = [actor for actor, _ in self._idle]
        actors = [*self._starting.values(), *idle, *(shift.actor for shift in self._busy.values())]
        farewells = [actor.close.remote() for actor in idle]
        if farewells:
            self._ray.wait(farewells, num_returns=len(farewells), timeout=CLOSE_SECONDS)
        for actor in actors:
            self._ray.kill(actor)
        if self._connected:
            self._ray.shutdown()

    def _actors(self) -> int:
        return len(self._starting) + len(self._idle) + len(self._busy)

    def _most(self) -> int:
        """As many as asked for, or as the cluster has cores now: nodes may join."""
        return self._wanted or max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def _hire(self) -> None:
        actor = self._crew.remote(self._settings)
        self._starting[actor.start.remote()] = actor

    def _give(self, actor: Any, node: str, shard: Shard, fingerprint: str) -> None:
        self._busy[actor.work.remote(shard, fingerprint)] = _Shift(actor, node, shard)

    def _turn(self, fingerprint: str) -> Iterator[Event]:
        """Wait for something to happen and deal with it."""
        ready, _ = self._ray.wait([*self._starting, *self._busy], timeout=LONGEST_WAIT)
        if self._busy or self._idle:
            self._deadline = time.monotonic() + START_SECONDS
        elif not ready and time.monotonic() > self._deadline:
            raise RunError("E_WORKER", f"no Ray worker ready within {START_SECONDS:.0f} s; are cores free?")
        for reference in ready:
            answer = self._answer(reference)
            if isinstance(answer, Failed):
                raise RunError(answer.code, answer.message)
            if reference in self._starting:
                self._started(self._starting.pop(reference), answer)
            else:
                yield from self._returned(self._busy.pop(reference), answer)

    def _answer(self, reference: Any) -> Any:
        """What a call gave, or None where its actor or its node is lost."""
        lost = self._ray.exceptions
        try:
            return self._ray.get(reference)
        except (lost.RayActorError, lost.ObjectLostError, lost.WorkerCrashedError, lost.NodeDiedError):
            return None

    def _started(self, actor: Any, hired: Hired | None) -> None:
        if hired is None:
            self._failed_starts += 1
            if self._failed_starts >= START_ATTEMPTS:
                raise RunError("E_WORKER", "Ray workers die while loading; try `onrecord doctor` on a node")
            if not self._actors():
                self._hire()
            return
        self._hired = self._hired or hired
        if not hired.runs_as(self._hired):
            raise RunError("E_WORKER", "the nodes have different versions of onrecord; install the same")
        self._failed_starts = 0
        self._idle.append((actor, hired.node))

    def _returned(self, shift: _Shift, done: ShardDone | None) -> Iterator[Event]:
        if done is not None:
            self._idle.append((shift.actor, shift.node))
            yield from (Done(outcome) for outcome in done.completion.outcomes)
            yield done
            return
        number = shift.shard.number
        _LOG.warning("the worker on node %s was lost; its shard %d is given to another", shift.node, number)
        self._losses[number] += 1
        if self._losses[number] >= LOST_ATTEMPTS:
            raise RunError("E_WORKER", f"shard {number} was lost with {LOST_ATTEMPTS} Ray workers")
        self._waiting.appendleft(shift.shard)
