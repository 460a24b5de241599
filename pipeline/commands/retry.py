"""``onrecord retry``: the dead letters of a run once more."""

from __future__ import annotations

from contextlib import chdir
from typing import Annotated

import typer

from pipeline.commands.run import LogJson, Quiet, Workers, finish


def retry(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The output folder of a run.")],
    code: Annotated[
        list[str] | None, typer.Option(help="Only dead letters with this code; repeatable.")
    ] = None,
    time_limit: Annotated[float | None, typer.Option(help="Another time limit than the run had.")] = None,
    memory_limit: Annotated[int | None, typer.Option(help="Another memory limit than the run had.")] = None,
    workers: Workers = None,
    log_json: LogJson = False,
    quiet: Quiet = False,
) -> None:
    """Work again on what a run set aside, and on nothing else.

    Example: onrecord retry out --code E_TIMEOUT --time-limit 600
    """
    from pipeline.batch.run import retry as retry_batch
    from pipeline.batch.run import stored_folder, stored_options, with_limits
    from pipeline.batch.stages import STAGES
    from pipeline.commands.progress import observing
    from pipeline.storage import location

    out = str(location(folder).absolute())
    stored = stored_options(out)
    options = with_limits(stored, seconds=time_limit, memory_mb=memory_limit, workers=workers)
    with chdir(stored_folder(out)), observing(log_json=log_json, quiet=quiet) as observer:
        record = retry_batch(options, STAGES, observer=observer, codes=frozenset(code or ()))
    finish(record, log_json=log_json, quiet=quiet)
