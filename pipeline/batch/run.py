"""A run from inputs to outputs: survey, plan, work, assemble."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NoReturn, Protocol

from pipeline.articles import check_reading
from pipeline.batch.assemble import assemble
from pipeline.batch.checkpoint import (
    Workspace,
    load_completion,
    load_plan,
    read_json,
    save_plan,
    write_json,
)
from pipeline.batch.code import code_digest
from pipeline.batch.engine import EngineSpec
from pipeline.batch.executors.executor import Executor, Work
from pipeline.batch.executors.local import LocalExecutor
from pipeline.batch.failures import output_error
from pipeline.batch.lock import locked
from pipeline.batch.manifest import RunRecord, save_manifest
from pipeline.batch.messages import ShardDone
from pipeline.batch.options import Limits, RunOptions, options_from_json, options_to_json
from pipeline.batch.outcome import Outcome, Tally
from pipeline.batch.plan import FileKey, Plan, PlannedFile, Shard, make_plan
from pipeline.batch.survey import STDIN, is_within, signature, survey
from pipeline.batch.worker import WorkerSettings
from pipeline.errors import ConfigurationError, OnrecordError, RunError, RunInterruptedError
from pipeline.storage import exists, is_address, is_remote, listed, location, remove_below

WATCH_SECONDS: Final = 2.0

Places = frozenset[tuple[FileKey, int]]


@dataclass(frozen=True, slots=True)
class _Settled:
    """A plan, what of it is still to do, and how many dead letters the done part has."""

    plan: Plan
    pending: list[Shard]
    dead_letters: int


class Observer(Protocol):
    """Who watches a run; all calls come from the thread that runs it."""

    def planned(self, articles: int, kept: int) -> None:
        """The plan is made: so many articles, of which so many are done already."""
        ...

    def article(self, outcome: Outcome) -> None:
        """An article was finished just now."""
        ...


class Silent:
    """An observer that does nothing."""

    def planned(self, articles: int, kept: int) -> None:
        """Nothing to do."""

    def article(self, outcome: Outcome) -> None:
        """Nothing to do."""


def run(
    options: RunOptions, spec: EngineSpec, *, observer: Observer | None = None, fresh: bool = False
) -> RunRecord:
    """Bring the output folder up to date with the inputs; only what is missing costs work."""
    with session(options, spec, fresh=fresh) as (workspace, executor):
        return run_once(options, workspace, executor, observer or Silent())


def retry(
    options: RunOptions,
    spec: EngineSpec,
    *,
    observer: Observer | None = None,
    codes: frozenset[str] = frozenset(),
) -> RunRecord:
    """Work again on the dead letters of a run, all or those with the given codes."""
    with session(options, spec) as (workspace, executor):
        redo = dead_places(workspace, codes)
        return run_once(options, workspace, executor, observer or Silent(), redo=redo, again=True)


def watch(
    options: RunOptions,
    spec: EngineSpec,
    *,
    updated: Callable[[RunRecord], None],
    observer: Observer | None = None,
    seconds: float = WATCH_SECONDS,
) -> NoReturn:
    """Keep the output up to date with the inputs until somebody stops it.

    A change is taken up when the inputs have then stayed as they are for ``seconds``, so that a file
    is not read while it is being written.
    """
    if STDIN in options.inputs:
        raise ConfigurationError("standard input cannot be watched; name files or folders")
    with session(options, spec) as (workspace, executor):
        processed = seen = None
        while True:
            current = signature(options.inputs)
            if current not in (processed, None) and current == seen:
                updated(run_once(options, workspace, executor, observer or Silent()))
                processed = current
            seen = current
            time.sleep(seconds)


@contextmanager
def session(
    options: RunOptions, spec: EngineSpec, *, fresh: bool = False
) -> Iterator[tuple[Workspace, Executor]]:
    """A locked work folder and workers that are being started."""
    check(options)
    with _scratch(options.out_dir) as scratch:
        workspace = Workspace(options.out_dir, scratch)
        workspace.create()
        with locked(workspace):
            clear(workspace, fresh=fresh)
            settings = WorkerSettings(
                spec=spec,
                engine=options.engine,
                reading=options.reading,
                include_text=options.include_text,
                language=options.language,
                seconds=options.limits.seconds,
                memory_mb=options.limits.memory_mb,
                out=options.out_dir.absolute(),
                scratch=scratch,
            )
            with closing(start_executor(options, settings)) as executor:
                yield workspace, executor
            forget_copies(workspace)


@contextmanager
def _scratch(out: Path) -> Iterator[Path | None]:
    """A folder of this machine for unfinished work, where the output lies in a remote store."""
    if not is_remote(out):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        yield Path(folder)


def start_executor(options: RunOptions, settings: WorkerSettings) -> Executor:
    """Workers where the options want them."""
    if options.executor == "ray":
        from pipeline.batch.executors.ray_cluster import RayExecutor

        return RayExecutor(settings, options.workers, address=options.ray_address)
    return LocalExecutor(settings, options.workers or 1)


def check(options: RunOptions) -> None:
    """Refuse options that cannot work, before anything is touched."""
    wrong = [
        name
        for name, value in (
            ("--workers", options.workers),
            ("--time-limit", options.limits.seconds),
            ("--memory-limit", options.limits.memory_mb),
            ("--max-bytes", options.reading.max_bytes),
            ("--shard-size", options.shard_size),
            ("--shards-out", options.files),
        )
        if value is not None and not value > 0
    ]
    if wrong:
        raise ConfigurationError(f"{wrong[0]} must be more than 0")
    if options.limits.max_errors is not None and options.limits.max_errors < 0:
        raise ConfigurationError("--max-errors must be 0 or more")
    check_reading(options.reading)
    if not options.out or options.out_dir.is_file():
        what = f"{options.out} is a file; " if options.out else ""
        raise ConfigurationError(f"{what}--out must name a folder")
    for given in options.inputs:
        _check_input(given, options.out_dir)


def _check_input(given: str, out: Path) -> None:
    if given == STDIN:
        return
    if not _is_there(given):
        raise ConfigurationError(f"{given}: no such file or folder")
    if is_within(given, out):
        raise ConfigurationError(
            f"{given} lies in the output folder, which no run reads; choose another --out"
        )


def _is_there(given: str) -> bool:
    return exists(given) if is_address(given) else os.path.lexists(location(given))


def clear(workspace: Workspace, *, fresh: bool) -> None:
    """Remove what a killed run left unfinished, and with ``fresh`` all earlier work."""
    try:
        remove_below(workspace.parts)
        if fresh:
            remove_below(workspace.shards)
            workspace.plan.unlink(missing_ok=True)
    except OSError as error:
        raise output_error(error, workspace.root) from error
    workspace.create()


def forget_copies(workspace: Workspace) -> None:
    """Remove the copies of remote inputs; what cannot go now goes with the next run."""
    for folder in (*workspace.parts.glob("copies-*"), workspace.parts / "survey"):
        shutil.rmtree(folder, ignore_errors=True)


def run_once(
    options: RunOptions,
    workspace: Workspace,
    executor: Executor,
    observer: Observer,
    *,
    redo: Places = frozenset(),
    again: bool = False,
) -> RunRecord:
    """One pass from inputs to outputs with workers that are there already.

    ``redo`` names articles that are worked on although they are done; ``again`` says that standard
    input is the one of the run before.
    """
    record = RunRecord(options)
    write_json(workspace.options, {**options_to_json(options), "folder": str(Path.cwd())})
    save_manifest(workspace, record)
    with _told_how_it_ended(workspace, record):
        files = tuple(survey(options.inputs, options.reading, workspace, again=again))
        record.pipeline = executor.info()
        record.fingerprint = run_fingerprint(options, record.pipeline.fingerprint)
        settled = _settle_plan(workspace, files, record.fingerprint, redo, options.shard_size)
        plan = settled.plan
        record.files, record.articles, record.shards = len(files), _places(plan), len(plan.shards)
        record.shards_kept = len(plan.shards) - len(settled.pending)
        _work(executor, settled, record, observer)
        record.outputs, record.tally = assemble(workspace, plan, record.fingerprint, files=options.files)
        record.state = "complete"
    return record


def run_fingerprint(options: RunOptions, pipeline_fingerprint: str) -> str:
    """A hash of all that the records of an article depend on beside the article."""
    parts = (pipeline_fingerprint, options.record_digest(), code_digest())
    return hashlib.sha256(":".join(parts).encode()).hexdigest()


def stored_options(out: str) -> RunOptions:
    """The options of the latest run in a folder."""
    stored = read_json(Workspace(location(out)).options)
    if not stored:
        raise ConfigurationError(f"{out} holds no run; start one with: onrecord run IN --out {out}")
    return options_from_json({**stored, "out": out})


def stored_folder(out: str) -> Path:
    """The folder that the latest run was started in; its inputs may be relative to it."""
    stored = read_json(Workspace(location(out)).options)
    folder = Path(stored["folder"]) if stored else Path.cwd()
    if not folder.is_dir():
        raise ConfigurationError(f"{folder}, where the run was started, is gone; use onrecord run instead")
    return folder


def with_limits(
    options: RunOptions, *, seconds: float | None, memory_mb: int | None, workers: int | None
) -> RunOptions:
    """The options with other limits and workers where some are given."""
    limits = Limits(
        seconds=options.limits.seconds if seconds is None else seconds,
        memory_mb=options.limits.memory_mb if memory_mb is None else memory_mb,
        max_errors=options.limits.max_errors,
    )
    return replace(options, limits=limits, workers=options.workers if workers is None else workers)


def dead_places(workspace: Workspace, codes: frozenset[str]) -> Places:
    """The places of the plan whose latest outcome is a dead letter."""
    plan = load_plan(workspace)
    _, dead = _finished(workspace, plan.shards if plan else (), None)
    return frozenset(place for place, code in dead.items() if not codes or code in codes)


def _finished(
    workspace: Workspace, shards: Iterable[Shard], fingerprint: str | None
) -> tuple[list[Shard], dict[tuple[FileKey, int], str]]:
    """The shards that are done, and the code of every place whose latest outcome is a dead letter."""
    done: list[Shard] = []
    dead: dict[tuple[FileKey, int], str] = {}
    for shard in shards:  # in the order of their numbers, so that a retry has the last word
        completion = load_completion(workspace, shard, fingerprint)
        if completion is None:
            continue
        done.append(shard)
        for place, outcome in zip(shard.places(), completion.outcomes, strict=True):
            if outcome.error:
                dead[place] = outcome.error
            else:
                dead.pop(place, None)
    return done, dead


@contextmanager
def _told_how_it_ended(workspace: Workspace, record: RunRecord) -> Iterator[None]:
    """Whatever happens, the manifest says so."""
    try:
        yield
    except (KeyboardInterrupt, RunInterruptedError):
        record.state, record.problem = "interrupted", "stopped by the user"
        raise
    except OnrecordError as error:
        record.state, record.problem = "failed", f"{error.code}: {error}"
        raise
    finally:
        record.finished = datetime.now(UTC)
        # Where the output could not be written, the manifest beside it may not go either.
        with suppress(RunError) if record.problem else nullcontext():
            save_manifest(workspace, record)


def _settle_plan(
    workspace: Workspace,
    files: tuple[PlannedFile, ...],
    fingerprint: str,
    redo: Places,
    shard_size: int | None,
) -> _Settled:
    """The plan with what is still to do; what no plan needs any more is removed."""
    earlier = load_plan(workspace)
    shards = earlier.shards if earlier else ()
    done, dead = _finished(workspace, shards, fingerprint)
    finished = {shard.number for shard in done}
    pending = [shard for shard in shards if shard.number not in finished]
    plan = make_plan(files, done=done, pending=pending, redo=redo, shard_size=shard_size)
    save_plan(workspace, plan)
    _forget(workspace, {shard.number for shard in plan.shards})
    pending = [shard for shard in plan.shards if shard.number not in finished]
    wanted = {file.key for file in files}
    return _Settled(plan, pending, sum(place[0] in wanted and place not in redo for place in dead))


def _forget(workspace: Workspace, wanted: set[int]) -> None:
    for path in listed(workspace.shards):
        number = path.name.split(".")[0]
        if not number.isdigit() or int(number) not in wanted:
            path.unlink()


def _places(plan: Plan) -> int:
    return sum(file.articles for file in plan.files)


def _work(executor: Executor, settled: _Settled, record: RunRecord, observer: Observer) -> None:
    articles = sum(shard.articles for shard in settled.pending)
    observer.planned(record.articles, max(0, record.articles - articles))
    allowed = record.options.limits.max_errors
    tally = Tally()
    if allowed is not None and settled.dead_letters > allowed:
        raise _too_many(allowed)
    for event in executor.run(Work(settled.pending, record.fingerprint or "")):
        if isinstance(event, ShardDone):
            record.measured.add(event.seconds, event.peak_memory_mb)
            continue
        tally.add(event.outcome)
        observer.article(event.outcome)
        record.measured.articles, record.measured.words = tally.articles, tally.words
        if allowed is not None and settled.dead_letters + tally.dead_letters > allowed:
            raise _too_many(allowed)


def _too_many(allowed: int) -> RunError:
    return RunError(
        "E_TOO_MANY_ERRORS", f"more than {allowed} dead letters; onrecord status lists their codes"
    )
