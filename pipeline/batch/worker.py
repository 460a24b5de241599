"""One worker process: loads the engine once, then does shards, one article after the other.

It speaks with its supervisor over a pipe, and it says which article it has in hand before it touches
it, so that a supervisor that sees it hang or die knows whom to blame.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from pipeline.articles import Article, InputFile, ReadOptions, article_from_text, read_file
from pipeline.articles.remote import LocalCopies
from pipeline.batch.checkpoint import (
    STREAMS,
    Completion,
    Workspace,
    input_hash,
    load_completion,
    save_completion,
    settle,
    take,
)
from pipeline.batch.engine import Engine, EngineSpec
from pipeline.batch.failures import ARTICLE_FAILURES, dead_letter, output_error
from pipeline.batch.messages import Done, Failed, InHand, Message, Ready, ShardDone
from pipeline.batch.options import EngineOptions
from pipeline.batch.outcome import Lengths, Outcome, outcome_of, outcome_of_error
from pipeline.batch.plan import Shard, Slice
from pipeline.batch.survey import reading_of
from pipeline.errors import OnrecordError, ReadError
from pipeline.outputs.jsonl import write_records
from pipeline.record import DeadLetter

# An orphan (its supervisor was killed) that hangs in one article has nobody to stop it: the kernel does.
ORPHAN_GRACE: Final = 10.0
# Reading one article takes no longer because its file holds many others.
MAX_READING_SIZE: Final = 1_000_000
WARM_UP_TEXT: Final = (
    "“We sold 40 tons on Monday,” said Ana Diaz, the harbor master. She has worked there since 2009."
)


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What a worker must know beside its shards."""

    spec: EngineSpec
    engine: EngineOptions
    reading: ReadOptions
    include_text: bool
    language: str
    seconds: float
    memory_mb: int
    out: Path
    scratch: Path | None = None

    @property
    def workspace(self) -> Workspace:
        """The work files of the run, as this machine sees them."""
        return Workspace(self.out, self.scratch)


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to do, from where an earlier worker left it.

    ``reached`` are the outcomes that are already in the part files; ``verdict`` is the dead letter of
    the article after them, if that article must not be tried again.
    """

    shard: Shard
    fingerprint: str
    part: str
    reached: tuple[Outcome, ...] = ()
    verdict: DeadLetter | None = None


def serve(connection: Connection, settings: WorkerSettings) -> None:
    """Do tasks until the supervisor says stop or goes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the supervisor decides
    try:
        engine = settings.spec.load(settings.engine)
        warm_up(engine)
        connection.send(Ready(engine.info))
        limit_memory(settings.memory_mb)
        copies = LocalCopies(settings.workspace.parts / f"copies-{os.getpid()}-{secrets.token_hex(4)}")
        while (task := connection.recv()) is not None:
            connection.send(Worker(connection, settings, engine, copies).work(task))
    except OnrecordError as error:
        connection.send(Failed(error.code, str(error)))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the supervisor is gone; what is not committed will be done again


def warm_up(engine: Engine) -> None:
    """Pay what the first article costs more (late imports, tables, buffers), so that no time limit does."""
    engine.process(article_from_text(WARM_UP_TEXT, date_published="2024-01-31"), include_text=False)


def limit_memory(megabytes: int) -> None:
    """Make allocations beyond the limit fail in this process, where the system can do that."""
    if sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, hard))


class Channel(Protocol):
    """The way to the supervisor; a pipe, or whatever an executor has in its place."""

    def send(self, message: Message, /) -> None:
        """Tell something; raises ``BrokenPipeError`` when nobody listens any more."""
        ...


class Worker:
    """The work on one shard."""

    def __init__(
        self, channel: Channel, settings: WorkerSettings, engine: Engine, copies: LocalCopies
    ) -> None:
        self._channel = channel
        self._settings = settings
        self._engine = engine
        self._copies = copies
        self._seconds = {"read": 0.0, "process": 0.0, "write": 0.0}

    def work(self, task: Task) -> ShardDone:
        """Do the shard and commit it."""
        workspace = self._settings.workspace
        before = dict(self._engine.timings())
        outcomes = list(task.reached)
        with ExitStack() as stack:
            parts = [stack.enter_context(_reopen(workspace, task, name)) for name in STREAMS]
            for outcome in self._outcomes(task, parts):
                outcomes.append(outcome)
                self._channel.send(Done(outcome))
            try:
                for part in parts:
                    if part.tell():
                        settle(part)
            except OSError as error:
                raise output_error(error, workspace.parts) from error
        completion = _commit(workspace, task, tuple(outcomes))
        stages = {name: total - before.get(name, 0.0) for name, total in self._engine.timings().items()}
        return ShardDone(completion, {**self._seconds, **stages}, peak_memory_mb())

    def _outcomes(self, task: Task, parts: list[BinaryIO]) -> Iterator[Outcome]:
        skip = len(task.reached)
        verdict = task.verdict
        for piece in task.shard.slices:
            size = piece.stop - piece.start
            if skip >= size:
                skip -= size
                continue
            start = piece.start + skip
            if verdict:
                yield self._write(parts, verdict)
                start, verdict = start + 1, None
            skip = 0
            yield from self._slice_outcomes(piece, start, parts)

    def _slice_outcomes(self, piece: Slice, start: int, parts: list[BinaryIO]) -> Iterator[Outcome]:
        items = self._items(piece, start)
        for index in range(start, piece.stop):
            self._in_hand(place_name(piece, index), min(piece.size, MAX_READING_SIZE))
            item = self._timed_next(items)
            yield self._write(parts, item) if isinstance(item, DeadLetter) else self._article(parts, item)

    def _items(self, piece: Slice, start: int) -> Iterator[Article | DeadLetter | None]:
        """An item for each place of the slice; None for places beyond the end of the file."""
        index = start
        items = self._read(piece, index)
        while True:
            try:
                item = next(items, None)
            except ARTICLE_FAILURES as error:
                item = dead_letter(error, source=place_name(piece, index), stage="read")
                items = self._read(piece, index + 1)
            yield item
            index += 1

    def _read(self, piece: Slice, start: int) -> Iterator[Article | DeadLetter]:
        file = InputFile(piece.path, piece.source, piece.size, piece.digest)
        if not self._copies.holds(file):
            self._in_hand(place_name(piece, start), piece.size)  # all of it is fetched, not one article
        local = self._copies.local(file)
        reading = reading_of(local, self._settings.reading)
        yield from read_file(local, reading, start=start, stop=piece.stop)

    def _timed_next(self, items: Iterator[Article | DeadLetter | None]) -> Article | DeadLetter | None:
        began = time.perf_counter()
        item = next(items)
        self._seconds["read"] += time.perf_counter() - began
        return item

    def _article(self, parts: list[BinaryIO], article: Article | None) -> Outcome:
        if article is None:
            return Outcome()
        self._in_hand(article.source, len(article.text))
        began = time.perf_counter()
        try:
            self._check_language(article)
            record, claims = self._engine.process(article, include_text=self._settings.include_text)
            lines = [_lines(claims), _lines((record,))]
        except ARTICLE_FAILURES as error:
            return self._write(parts, dead_letter(error, source=article.source, stage="process"))
        finally:
            self._seconds["process"] += time.perf_counter() - began
        self._append(parts[:2], lines)
        return outcome_of(record, claims, Lengths(len(lines[0]), len(lines[1])))

    def _check_language(self, article: Article) -> None:
        wanted = self._settings.language
        if wanted == "any" or article.language is None or article.language.split("-")[0] == wanted:
            return
        raise ReadError(
            "E_NOT_ENGLISH", f"the language is {article.language!r}; --language any takes it all the same"
        )

    def _in_hand(self, source: str, size: int) -> None:
        self._channel.send(InHand(source, size))
        if hasattr(signal, "setitimer"):
            allowed = allowed_seconds(self._settings.seconds, size)
            signal.setitimer(signal.ITIMER_REAL, 2 * allowed + ORPHAN_GRACE)

    def _write(self, parts: list[BinaryIO], letter: DeadLetter) -> Outcome:
        line = _lines((letter,))
        self._append(parts[2:], [line])
        return outcome_of_error(letter, len(line))

    def _append(self, parts: list[BinaryIO], lines: list[bytes]) -> None:
        """Hand the lines to the system: they then survive the death of this process."""
        began = time.perf_counter()
        try:
            for part, data in zip(parts, lines, strict=True):
                part.write(data)
                part.flush()
        except OSError as error:
            raise output_error(error, self._settings.out) from error
        self._seconds["write"] += time.perf_counter() - began


def allowed_seconds(seconds: float, size: int) -> float:
    """The time limit of an article of ``size`` characters: ``seconds`` for every started 100,000."""
    return seconds * (1 + size // 100_000)


def place_name(piece: Slice, index: int) -> str:
    """The name of an article that could not even be read, as the readers build it."""
    alone = piece.start == 0 and piece.stop == 1
    return piece.source if alone else f"{piece.source}#{index + 1}"


def peak_memory_mb() -> float:
    """The most memory this process ever held; 0 where the system does not tell."""
    if os.name == "nt":
        return 0.0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)


def _lines(records: Any) -> bytes:
    buffer = BytesIO()
    write_records(buffer, records)
    return buffer.getvalue()


def part_path(workspace: Workspace, part: str, name: str) -> Path:
    """An unfinished stream of a shard."""
    return workspace.parts / f"{part}.{name}.jsonl"


def _reopen(workspace: Workspace, task: Task, name: str) -> BinaryIO:
    """The part file, cut to what is known to be whole, ready to be appended to."""
    path = part_path(workspace, task.part, name)
    try:
        stream = path.open("ab")
        stream.truncate(sum(getattr(outcome.lengths, name) for outcome in task.reached))
    except OSError as error:
        raise output_error(error, path) from error
    return stream


def _commit(workspace: Workspace, task: Task, outcomes: tuple[Outcome, ...]) -> Completion:
    """Move the part files to their place and say that the shard is done, in this order.

    Should a power failure undo a rename, the file that is then missing voids the completion record. A shard
    that is done stays as it is: the worker of a machine that was given up may be late.
    """
    number = task.shard.number
    done = load_completion(workspace, task.shard, task.fingerprint)
    if done is not None:
        return done
    hashes = []
    try:
        workspace.completion(number).unlink(missing_ok=True)  # it proves the streams that go now
        for name in STREAMS:
            part = part_path(workspace, task.part, name)
            with part.open("rb") as stream:
                hashes.append(hashlib.file_digest(stream, "sha256").hexdigest())
            take(part, workspace.stream(number, name))
    except OSError as error:
        raise output_error(error, workspace.shards) from error
    completion = Completion(number, input_hash(task.shard), task.fingerprint, tuple(hashes), outcomes)
    save_completion(workspace, completion)
    return completion
