"""Claims in databases: ``load`` puts a run into SQLite, PostgreSQL or DuckDB.

All have the same tables (``pipeline.outputs.tables``) and replace by article: a newer run over an
older one leaves exactly the newer rows, and a load that fails leaves the older ones.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.outputs.runs import finished_run
from pipeline.outputs.sql.store import BATCH_RECORDS, Loaded, Store, batches_of
from pipeline.outputs.sql.urls import FileTarget, ServerTarget, target


def load(folder: Path, url: str, *, batch_records: int = BATCH_RECORDS) -> Loaded:
    """Put the claims of a finished run into the database that a URL names, all or nothing."""
    wanted = target(url)
    run = finished_run(folder)
    with closing(open_store(wanted)) as store, _without_collection():
        store.migrate()
        replaced = store.replace(batches_of(run, batch_records))
    counts = run.manifest["counts"]
    return Loaded(run.run_id, counts["articles"], counts["claims"], replaced)


@contextmanager
def _without_collection() -> Iterator[None]:
    """No search for cycles: records and rows have none, and looking takes a third of their making."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def open_store(wanted: FileTarget | ServerTarget) -> Store:
    """The database that a URL names."""
    if isinstance(wanted, ServerTarget):
        from pipeline.outputs.sql.postgresql import PostgreSQLStore

        return PostgreSQLStore(wanted)
    if wanted.scheme == "duckdb":
        from pipeline.outputs.sql.duckdb import DuckDBStore

        return DuckDBStore(wanted.path)
    from pipeline.outputs.sql.sqlite import SQLiteStore

    return SQLiteStore(wanted.path)
