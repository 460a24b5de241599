"""Worker processes on this machine, watched: the slow are killed, the dead replaced."""

from __future__ import annotations

import secrets
import signal
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Final, cast

from pipeline.batch.executors.executor import Event, Work
from pipeline.batch.executors.processes import start_server
from pipeline.batch.messages import Done, Failed, InHand, Message, Ready, ShardDone
from pipeline.batch.outcome import Outcome
from pipeline.batch.plan import Shard
from pipeline.batch.worker import Task, WorkerSettings, allowed_seconds, serve
from pipeline.errors import RunError
from pipeline.record import DeadLetter, PipelineInfo

# A worker may be killed by somebody who needs its memory; an article is blamed when it happens again
# and again with the same article in hand.
CRASH_ATTEMPTS: Final = 3
# A worker that dies while loading will die again.
START_ATTEMPTS: Final = 3
START_SECONDS: Final = 300.0
EXIT_SECONDS: Final = 10.0
LONGEST_WAIT: Final = 1.0
# Interned strings and allocator fragments grow slowly; a fresh worker from the fork server costs a second.
SHARDS_PER_WORKER: Final = 100


@dataclass(slots=True)
class _Shift:
    """A shard in a worker's hands."""

    shard: Shard
    part: str
    reached: list[Outcome] = field(default_factory=list)
    crashes: int = 0
    verdict: DeadLetter | None = None


@dataclass(slots=True)
class _Process:
    """A worker process as its supervisor sees it."""

    process: BaseProcess
    connection: Connection
    deadline: float
    ready: bool = False
    shift: _Shift | None = None
    in_hand: str = ""
    shards: int = 0


class LocalExecutor:
    """Shards on ``workers`` processes of this machine."""

    def __init__(self, settings: WorkerSettings, workers: int) -> None:
        self._settings = settings
        self._wanted = workers
        self._context = start_server(settings.spec.preload)
        self._processes: list[_Process] = []
        self._waiting: deque[_Shift] = deque()
        self._failed_starts = 0
        self._info: PipelineInfo | None = None
        self._fingerprint = ""
        self._start()

    def info(self) -> PipelineInfo:
        """What the workers run; waits until the first is ready."""
        while self._info is None:
            for _ in self._turn():
                pass
        return self._info

    def run(self, work: Work) -> Iterator[Event]:
        """Do the shards; events come as they happen."""
        self._fingerprint = work.fingerprint
        run_name = secrets.token_hex(4)
        self._waiting.extend(_Shift(shard, f"{shard.number:06d}-{run_name}") for shard in work.shards)
        while self._waiting or any(worker.shift for worker in self._processes):
            while len(self._processes) < min(self._wanted, self._open_shards()):
                self._start()
            self._hand_out()
            yield from self._turn()

    def close(self) -> None:
        """Kill what still runs."""
        for worker in self._processes:
            worker.process.kill()
            worker.connection.close()
        for worker in self._processes:
            worker.process.join()
        self._processes.clear()

    def _open_shards(self) -> int:
        return len(self._waiting) + sum(worker.shift is not None for worker in self._processes)

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._process(theirs)
        theirs.close()
        self._processes.append(_Process(process, ours, time.monotonic() + START_SECONDS))

    def _process(self, connection: Connection) -> BaseProcess:
        """A worker process, begun; the fork server from which it comes may be killed like any other."""
        for _ in range(START_ATTEMPTS):
            process = self._context.Process(target=serve, args=(connection, self._settings), daemon=True)  # type: ignore[attr-defined]
            try:
                process.start()
            except (EOFError, ConnectionError):
                continue
            return cast(BaseProcess, process)
        raise RunError("E_WORKER", "what starts the workers dies again and again; try `onrecord doctor`")

    def _hand_out(self) -> None:
        for worker in self._processes:
            if worker.ready and worker.shift is None and self._waiting:
                self._give(worker, self._waiting.popleft())

    def _give(self, worker: _Process, shift: _Shift) -> None:
        worker.shift = shift
        worker.in_hand = ""
        worker.deadline = time.monotonic() + allowed_seconds(self._settings.seconds, 0)
        task = Task(shift.shard, self._fingerprint, shift.part, tuple(shift.reached), shift.verdict)
        try:
            worker.connection.send(task)
        except (BrokenPipeError, ConnectionResetError):
            return  # it died meanwhile; its end of file is read next

    def _turn(self) -> Iterator[Event]:
        """Wait for something to happen and deal with it."""
        busy = [worker for worker in self._processes if worker.shift or not worker.ready]
        readable = self._wait_for(busy)
        for worker in busy:
            if worker.connection in readable:
                yield from self._receive(worker)
            elif time.monotonic() >= worker.deadline:
                self._overdue(worker)

    def _wait_for(self, busy: list[_Process]) -> set[object]:
        """The connections with something to read, after a second at the latest.

        Time in which this process itself was stopped (Ctrl-Z, a laptop's lid) is no article's fault.
        """
        began = time.monotonic()
        timeout = max(0.0, min(min(worker.deadline for worker in busy) - began, LONGEST_WAIT))
        readable = wait([worker.connection for worker in busy], timeout)
        stopped = time.monotonic() - began - timeout
        if stopped > LONGEST_WAIT:
            for worker in busy:
                worker.deadline += stopped
        return set(readable)

    def _receive(self, worker: _Process) -> Iterator[Event]:
        try:
            message = cast(Message, worker.connection.recv())
        except (EOFError, ConnectionResetError):
            self._died(worker)
            return
        match message:
            case Ready(info):
                worker.ready, self._info, self._failed_starts = True, self._info or info, 0
            case InHand(source, size):
                worker.in_hand = source
                worker.deadline = time.monotonic() + allowed_seconds(self._settings.seconds, size)
            case Done(outcome):
                self._article_done(worker, outcome)
                yield message
            case ShardDone():
                yield message
                self._shard_done(worker)
            case Failed(code, text):
                raise RunError(code, text)

    def _article_done(self, worker: _Process, outcome: Outcome) -> None:
        assert worker.shift is not None
        worker.shift.reached.append(outcome)
        worker.shift.crashes = 0
        worker.shift.verdict = None
        worker.deadline = time.monotonic() + allowed_seconds(self._settings.seconds, 0)

    def _shard_done(self, worker: _Process) -> None:
        worker.shift = None
        worker.shards += 1
        if worker.shards >= SHARDS_PER_WORKER:
            self._remove(worker)

    def _overdue(self, worker: _Process) -> None:
        shift = worker.shift
        self._remove(worker)
        if shift is None:
            raise RunError(
                "E_WORKER", f"no worker was ready within {START_SECONDS:.0f} s; is the machine overloaded?"
            )
        limit = f"{self._settings.seconds:g} s per 100,000 characters"
        message = f"not finished within the time limit of {limit}; raise --time-limit and retry"
        self._blame(shift, worker.in_hand, "E_TIMEOUT", message)

    def _died(self, worker: _Process) -> None:
        shift = worker.shift
        worker.process.join(EXIT_SECONDS)
        exit_code = self._remove(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= START_ATTEMPTS:
                raise RunError(
                    "E_WORKER", f"workers die while loading ({_exit_name(exit_code)}); try `onrecord doctor`"
                )
            self._start()
        if shift is None:
            return
        shift.crashes += 1
        if shift.crashes < CRASH_ATTEMPTS:
            self._waiting.appendleft(shift)
            return
        if not worker.in_hand:
            raise RunError("E_WORKER", f"workers die before their first article ({_exit_name(exit_code)})")
        message = (
            f"the process died on it ({_exit_name(exit_code)}) {CRASH_ATTEMPTS} times; report the article"
        )
        self._blame(shift, worker.in_hand, "E_CRASH", message)

    def _blame(self, shift: _Shift, source: str, code: str, message: str) -> None:
        """Set the article in hand aside and let another worker go on with the rest of its shard."""
        shift.verdict = DeadLetter(source, "process", code, message, None, True)
        shift.crashes = 0
        self._waiting.appendleft(shift)

    def _remove(self, worker: _Process) -> int | None:
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        self._processes.remove(worker)
        return worker.process.exitcode


def _exit_name(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"
