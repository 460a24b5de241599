"""Claims in a DuckDB file.

DuckDB takes rows one by one slowly and files fast (https://duckdb.org/docs/data/insert): rows are first
written beside the system's temporary files, then read in one transaction. It has foreign keys, but
none whose key may go and come back in one transaction; a load keeps the references itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

import orjson

from pipeline.extras import optional
from pipeline.outputs.sql.store import Batch, StoreError, all_or_nothing
from pipeline.outputs.sql.versions import Migration, migrations, pending
from pipeline.outputs.tables import ARTICLES, PART_TABLES, RUNS, TABLES, Row, Table

_TYPES: Final = {
    "text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE",
}  # fmt: skip
_LONGEST_LINE: Final = 67_108_864  # an article of the largest size taken, written as JSON
_ROWS_A_LINE: Final = 250
_COLUMNS: Final = {table.name: table.columns for table in TABLES}


def _read(table: Table, wanted: Sequence[str]) -> str:
    """Rows of some columns of a table from a file whose lines hold a list for each column."""
    types = ", ".join(f"{name}: '{_TYPES[table.types[name]]}[]'" for name in wanted)
    return (
        f"SELECT {', '.join(f'unnest({name}) AS {name}' for name in wanted)} "
        f"FROM read_json(?, format = 'newline_delimited', columns = {{{types}}}, "
        f"maximum_object_size = {_LONGEST_LINE})"
    )


def _take(table: Table) -> str:
    replacing = "INSERT OR REPLACE" if table is RUNS else "INSERT"
    return f"{replacing} INTO {table.name} ({', '.join(table.columns)}) {_read(table, table.columns)}"


_REPLACED: Final = f"CREATE OR REPLACE TEMPORARY TABLE replaced AS {_read(ARTICLES, ('article_id',))}"
_OF_ARTICLES: Final = "WHERE article_id IN (SELECT article_id FROM replaced)"
_CLAIM_IDS: Final = f"(SELECT claim_id FROM claims {_OF_ARTICLES})"
_OF_CLAIMS: Final = f"WHERE claim_id IN {_CLAIM_IDS}"
_OF_CLUSTERS: Final = f"WHERE first_claim_id IN {_CLAIM_IDS}"
_CLUSTER_IDS: Final = f"(SELECT cluster_id FROM clusters {_OF_CLUSTERS})"
_OF_SPEAKERS: Final = "WHERE first_article_id IN (SELECT article_id FROM replaced)"
_SPEAKER_IDS: Final = f"(SELECT speaker_id FROM joined_speakers {_OF_SPEAKERS})"
# What foreign keys that delete along would do, from the leaves to the root.
_DELETES: Final = (
    f"DELETE FROM speaker_evidence WHERE speaker_id IN {_SPEAKER_IDS}",
    f"DELETE FROM claim_speakers {_OF_CLAIMS} OR speaker_id IN {_SPEAKER_IDS}",
    f"DELETE FROM joined_speakers {_OF_SPEAKERS}",
    f"DELETE FROM claim_clusters {_OF_CLAIMS} OR cluster_id IN {_CLUSTER_IDS}",
    f"DELETE FROM clusters {_OF_CLUSTERS}",
    *(f"DELETE FROM {table.name} {_OF_CLAIMS}" for table in PART_TABLES),
    f"DELETE FROM claims {_OF_ARTICLES}",
)


class DuckDBStore:
    """A DuckDB file; made if it is not there."""

    def __init__(self, path: Path, steps: Sequence[Migration] | None = None) -> None:
        self._duckdb: Any = optional("duckdb", what="DuckDB", extra="duckdb")
        self._path = path
        self._steps = migrations("duckdb") if steps is None else steps
        with self._refusals():
            self._connection = self._duckdb.connect(str(path))

    def migrate(self) -> None:
        """Bring the tables to the newest version, or make them; refuse newer ones."""
        with self._transaction():
            self._run("CREATE TABLE IF NOT EXISTS onrecord_schema (version INTEGER NOT NULL)")
            version = self._run("SELECT coalesce(max(version), 0) FROM onrecord_schema").fetchone()[0]
            for step in pending(self._steps, version):
                self._run(step.script)
                self._run("DELETE FROM onrecord_schema")
                self._run("INSERT INTO onrecord_schema (version) VALUES (?)", [step.version])

    def replace(self, batches: Iterable[Batch]) -> int:
        """Put these rows in the place of all earlier rows of their articles, in one transaction."""
        with TemporaryDirectory(prefix="onrecord-") as name:
            folder = Path(name)
            _write(batches, folder)
            with self._transaction():
                replaced = self._delete_articles(_file(folder, ARTICLES))
                for table in TABLES:
                    self._run(_take(table), [_file(folder, table)])
            return replaced

    def _delete_articles(self, file: str) -> int:
        self._run(_REPLACED, [file])
        for statement in _DELETES:
            self._run(statement)
        replaced: int = self._run(f"DELETE FROM articles {_OF_ARTICLES}").fetchone()[0]
        return replaced

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _run(self, statement: str, values: Sequence[object] = ()) -> Any:
        return self._connection.execute(statement, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._refusals(), all_or_nothing(self._connection, "BEGIN TRANSACTION"):
            yield

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except self._duckdb.Error as error:
            problem = " ".join(str(error).split())
            raise StoreError(f"{self._path}: {problem}; it is as it was before") from error


def _file(folder: Path, table: Table) -> str:
    return str(folder / f"{table.name}.ndjson")


def _write(batches: Iterable[Batch], folder: Path) -> None:
    """The rows as one file of JSON lines for each table."""
    with ExitStack() as stack:
        streams = {table.name: stack.enter_context(Path(_file(folder, table)).open("wb")) for table in TABLES}
        for batch in batches:
            _write_batch(streams[batch.table], batch)


def _write_batch(stream: BinaryIO, batch: Batch) -> None:
    """Lines of some rows each, a list for each column: names once a line, and no object for a row.

    That takes a third of the time to write that an object a row takes, and less to read.
    """
    columns = _COLUMNS[batch.table]
    try:
        for start in range(0, len(batch.rows), _ROWS_A_LINE):
            stream.writelines(_lines(columns, batch.rows[start : start + _ROWS_A_LINE]))
    except orjson.JSONEncodeError as error:
        raise StoreError(f"{batch.table}: {error}; the database is as it was before") from error


def _lines(columns: Sequence[str], rows: Sequence[Row]) -> Iterator[bytes]:
    """One line for these rows, or more where it would be too long."""
    line = orjson.dumps(
        dict(zip(columns, zip(*rows, strict=True), strict=True)), option=orjson.OPT_APPEND_NEWLINE
    )
    if len(line) <= _LONGEST_LINE or len(rows) == 1:
        yield line
        return
    middle = len(rows) // 2
    yield from _lines(columns, rows[:middle])
    yield from _lines(columns, rows[middle:])
