"""``onrecord run``: articles in, claims out."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date as calendar_date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.reporting import EXIT_DEAD_LETTERS
from pipeline.errors import ConfigurationError, RunInterruptedError

if TYPE_CHECKING:
    from pipeline.batch.manifest import RunRecord
    from pipeline.batch.options import RunOptions


class LanguageChoice(StrEnum):
    """Which articles are taken."""

    ENGLISH = "en"
    ANY = "any"


class ExecutorChoice(StrEnum):
    """Where the workers are."""

    LOCAL = "local"
    RAY = "ray"


class DateOrder(StrEnum):
    """Day or month first."""

    DMY = "DMY"
    MDY = "MDY"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="IN...", help="Files, folders, addresses such as s3://…, or - for standard input."
    ),
]
Out = Annotated[str, typer.Option("--out", "-o", metavar="DIR", help="Where the output goes.")]
Workers = Annotated[int | None, typer.Option(help="Worker processes; default: one a core.")]
Executor = Annotated[
    ExecutorChoice, typer.Option(help="Workers on this machine, or on the nodes of a Ray cluster.")
]
RayAddress = Annotated[
    str | None, typer.Option(help="The Ray cluster; default: the one that Ray finds, else a new one here.")
]
Date = Annotated[str | None, typer.Option(help="Publication date (YYYY-MM-DD) of articles that give none.")]
IncludeText = Annotated[
    bool, typer.Option("--include-text", help="Carry each article's text in articles.jsonl.")
]
NoStatements = Annotated[bool, typer.Option("--no-statements", help="Only what somebody said.")]
Ner = Annotated[str | None, typer.Option(help="An installed spaCy pipeline that finds the names.")]
MaxErrors = Annotated[int | None, typer.Option(help="Give up after more dead letters than this.")]
TimeLimit = Annotated[
    float, typer.Option(help="Seconds an article may take, for each started 100,000 characters.")
]
MemoryLimit = Annotated[int, typer.Option(help="Megabytes a worker may use.")]
MaxBytes = Annotated[int | None, typer.Option(help="Largest article taken, in bytes.")]
ShardSize = Annotated[int | None, typer.Option(help="Articles that a worker does in one go.")]
ShardsOut = Annotated[int | None, typer.Option(help="Split claims and articles into this many files.")]
Format = Annotated[str | None, typer.Option("--format", help="Reader for files whose suffix tells nothing.")]
Order = Annotated[DateOrder | None, typer.Option(help="How to read dates like 10/11/2024.")]
TextColumn = Annotated[str, typer.Option(help="The key that holds the text in JSON articles.")]
Language = Annotated[
    LanguageChoice, typer.Option(help="en sets articles in other languages aside, any takes all.")
]
LogJson = Annotated[bool, typer.Option("--log-json", help="Progress as JSON lines.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]
Watch = Annotated[bool, typer.Option("--watch", help="Stay, and keep DIR up to date with the inputs.")]
Fresh = Annotated[bool, typer.Option("--fresh/--resume", help="Forget earlier work in DIR.")]


def run(
    inputs: Inputs,
    out: Out,
    workers: Workers = None,
    executor: Executor = ExecutorChoice.LOCAL,
    ray_address: RayAddress = None,
    date: Date = None,
    include_text: IncludeText = False,
    no_statements: NoStatements = False,
    ner: Ner = None,
    max_errors: MaxErrors = None,
    time_limit: TimeLimit = 60.0,
    memory_limit: MemoryLimit = 4096,
    max_bytes: MaxBytes = None,
    shard_size: ShardSize = None,
    shards_out: ShardsOut = None,
    language: Language = LanguageChoice.ENGLISH,
    format_name: Format = None,
    date_order: Order = None,
    text_column: TextColumn = "text",
    log_json: LogJson = False,
    quiet: Quiet = False,
    fresh: Fresh = False,
    watch: Watch = False,
) -> None:
    """Turn articles into claims.jsonl, articles.jsonl, errors.jsonl and manifest.json.

    The same command again does only what is missing. Example: onrecord run articles --out out
    """
    from pipeline.batch.executors.processes import PRELOAD, start_server

    if executor == ExecutorChoice.LOCAL:
        start_server(PRELOAD)  # it imports what workers need while this process imports what it needs
    from pipeline.articles import ReadOptions
    from pipeline.articles.article import MAX_ARTICLE_BYTES
    from pipeline.batch.options import EngineOptions, Limits, RunOptions

    reading = ReadOptions(
        date=checked_date(date),
        date_order=date_order.value if date_order else None,
        max_bytes=MAX_ARTICLE_BYTES if max_bytes is None else max_bytes,
        text_column=text_column,
        format=format_name,
    )
    options = RunOptions(
        inputs=tuple(inputs),
        out=out,
        workers=available_cores() if workers is None and executor == ExecutorChoice.LOCAL else workers,
        executor=executor.value,
        ray_address=ray_address,
        include_text=include_text,
        language=language.value,
        engine=EngineOptions(ner=ner, statements=not no_statements, date_order=reading.date_order),
        reading=reading,
        limits=Limits(seconds=time_limit, memory_mb=memory_limit, max_errors=max_errors),
        shard_size=shard_size,
        files=shards_out,
    )
    _carry_out(options, watch=watch, log_json=log_json, quiet=quiet, fresh=fresh)


def _carry_out(options: RunOptions, *, watch: bool, log_json: bool, quiet: bool, fresh: bool) -> None:
    with terminable():
        if watch:
            keep_up(options, log_json=log_json, quiet=quiet)
        else:
            execute(options, log_json=log_json, quiet=quiet, fresh=fresh)


@contextmanager
def terminable() -> Iterator[None]:
    """Within this block a polite kill ends the run as Ctrl-C does, with its own exit code."""

    def stop(signal_number: int, _frame: object) -> None:
        raise RunInterruptedError(signal_number)

    previous = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def keep_up(options: RunOptions, *, log_json: bool, quiet: bool) -> None:
    """Run, then wait for changes and run again, until stopped."""
    from pipeline.batch.run import watch
    from pipeline.batch.stages import STAGES
    from pipeline.commands.progress import summarise

    def tell(record: RunRecord) -> None:
        if not quiet:
            summarise(record, log_json=log_json)

    watch(options, STAGES, updated=tell)


def execute(options: RunOptions, *, log_json: bool, quiet: bool, fresh: bool) -> None:
    """Run and tell how it went."""
    from pipeline.batch.run import run as run_batch
    from pipeline.batch.stages import STAGES
    from pipeline.commands.progress import observing

    with observing(log_json=log_json, quiet=quiet) as observer:
        record = run_batch(options, STAGES, observer=observer, fresh=fresh)
    finish(record, log_json=log_json, quiet=quiet)


def finish(record: RunRecord, *, log_json: bool, quiet: bool) -> None:
    """Tell what came of a run, and leave with the exit code that says so."""
    from pipeline.commands.progress import summarise

    if not quiet:
        summarise(record, log_json=log_json)
    if record.tally.dead_letters:
        raise typer.Exit(EXIT_DEAD_LETTERS)


def checked_date(date: str | None) -> str | None:
    """The date if it is an ISO date."""
    if date is None:
        return None
    try:
        return calendar_date.fromisoformat(date).isoformat()
    except ValueError as error:
        raise ConfigurationError(f"--date {date}: write it as 2024-01-31") from error


def available_cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
