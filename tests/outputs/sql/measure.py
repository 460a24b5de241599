"""Rows a second of a load, beside plain inserts of the same rows made beforehand.

``python -m tests.outputs.sql.measure RUN [sqlite duckdb postgresql]`` prints claims and rows a second,
by the clock and by this process's own processor time. The plain way has the same tables, keys and
indexes but no parsing, no staging, no replacement.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import duckdb
import orjson
import psycopg

from pipeline.outputs.runs import finished_run
from pipeline.outputs.sql import load, open_store
from pipeline.outputs.sql.duckdb import _TYPES as _DUCKDB_TYPES
from pipeline.outputs.sql.store import Batch, batches_of
from pipeline.outputs.sql.urls import target
from pipeline.outputs.tables import TABLES, Row, Table
from tests.outputs.sql.postgres_server import programs, server

_FEW = 200  # DuckDB takes rows one by one at a few hundred a second


def timed(name: str, claims: int, rows: int, work: Callable[[], None]) -> None:
    """Do the work and print how fast it was."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    seconds, own = time.perf_counter() - clock, time.process_time() - processor
    pace = f"{claims / seconds:,.0f} claims/s, {rows / seconds:,.0f} rows/s"
    print(f"{name}: {seconds:.1f} s, {pace}; own processor {own:.1f} s", flush=True)


def plain_sqlite(file: Path, batches: list[Batch]) -> None:
    """One executemany a table."""
    with sqlite3.connect(file) as connection:
        for batch in batches:
            columns = columns_of(batch.table)
            places = ", ".join("?" * len(columns))
            connection.executemany(
                f"INSERT INTO {batch.table} ({', '.join(columns)}) VALUES ({places})", batch.rows
            )


def plain_postgres(url: str, batches: list[Batch]) -> None:
    """One COPY a batch, in one transaction."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for batch in batches:
            columns = ", ".join(columns_of(batch.table))
            with cursor.copy(f"COPY {batch.table} ({columns}) FROM STDIN") as copy:
                for row in batch.rows:
                    copy.write_row(row)


def columns_of(name: str) -> tuple[str, ...]:
    """The columns of a table."""
    return next(table.columns for table in TABLES if table.name == name)


def empty(url: str) -> None:
    """Make the tables."""
    store = open_store(target(url))
    store.migrate()
    store.close()


def measure_sqlite(run: Path, batches: list[Batch], claims: int, rows: int, folder: Path) -> None:
    """The two ways into SQLite."""
    empty(f"sqlite:///{folder}/plain.db")
    timed("SQLite plain", claims, rows, lambda: plain_sqlite(folder / "plain.db", batches))
    (folder / "plain.db").unlink()
    timed("SQLite load", claims, rows, lambda: void(load(run, f"sqlite:///{folder}/load.db")))


def measure_postgres(run: Path, batches: list[Batch], claims: int, rows: int, url: str) -> None:
    """The two ways into PostgreSQL."""
    empty(url)
    timed("PostgreSQL plain", claims, rows, lambda: plain_postgres(url, batches))
    anew(url)
    timed("PostgreSQL load", claims, rows, lambda: void(load(run, url)))


def measure_duckdb(run: Path, batches: list[Batch], claims: int, rows: int, folder: Path) -> None:
    """The ways into DuckDB. "files" finds files of the same rows ready made, "plain" writes them first."""
    few = next(batch.rows for batch in batches if batch.table == "claims")[:_FEW]
    for name in ("rows", "plain", "files"):
        empty(f"duckdb:///{folder}/{name}.duckdb")
    timed("DuckDB executemany", len(few), len(few), lambda: duckdb_rows(folder / "rows.duckdb", few))
    timed("DuckDB plain", claims, rows, lambda: duckdb_plain(folder, batches))
    timed("DuckDB files", claims, rows, lambda: duckdb_files(folder / "files.duckdb", folder))
    timed("DuckDB load", claims, rows, lambda: void(load(run, f"duckdb:///{folder}/load.duckdb")))


def duckdb_rows(file: Path, rows: Sequence[Row]) -> None:
    """One executemany of claims."""
    columns = columns_of("claims")
    places = ", ".join("?" * len(columns))
    with duckdb.connect(str(file)) as connection:
        connection.executemany(f"INSERT INTO claims ({', '.join(columns)}) VALUES ({places})", rows)


def duckdb_plain(folder: Path, batches: list[Batch]) -> None:
    """A file of JSON lines a table, an object a row; then one INSERT from each."""
    with ExitStack() as stack:
        streams = {table.name: stack.enter_context(lines_file(folder, table).open("wb")) for table in TABLES}
        for batch in batches:
            columns = columns_of(batch.table)
            streams[batch.table].writelines(
                orjson.dumps(dict(zip(columns, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE)
                for row in batch.rows
            )
    duckdb_files(folder / "plain.duckdb", folder)


def duckdb_files(file: Path, folder: Path) -> None:
    """One INSERT from a file a table, in one transaction."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("BEGIN")
        for table in TABLES:
            types = ", ".join(f"{name}: '{_DUCKDB_TYPES[kind]}'" for name, kind in table.types.items())
            read = f"read_json(?, format = 'newline_delimited', columns = {{{types}}})"
            connection.execute(
                f"INSERT INTO {table.name} BY NAME SELECT * FROM {read}", [str(lines_file(folder, table))]
            )
        connection.execute("COMMIT")


def lines_file(folder: Path, table: Table) -> Path:
    """The file of a table's rows."""
    return folder / f"{table.name}.ndjson"


def anew(url: str) -> None:
    """Drop everything."""
    with psycopg.connect(url) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def void(_: object) -> None:
    """Nothing."""


def main(run: Path, stores: list[str]) -> None:
    """Measure every way into these databases."""
    batches = list(batches_of(finished_run(run)))
    claims = sum(len(batch.rows) for batch in batches if batch.table == "claims")
    rows = sum(len(batch.rows) for batch in batches)
    print(f"{claims:,} claims, {rows:,} rows")
    with tempfile.TemporaryDirectory() as folder:
        if "sqlite" in stores:
            measure_sqlite(run, batches, claims, rows, Path(folder))
        if "duckdb" in stores:
            measure_duckdb(run, batches, claims, rows, Path(folder))
    found = programs()
    if "postgresql" in stores and found is not None:
        with server(found) as url:
            measure_postgres(run, batches, claims, rows, url)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or ["sqlite", "duckdb", "postgresql"])
