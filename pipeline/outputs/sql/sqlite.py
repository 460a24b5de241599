"""Claims in an SQLite file, through the standard library.

Full text is FTS5 over the claims' own text (https://sqlite.org/fts5.html, external content tables),
kept in step by triggers, so that changes by other programs are found too. FTS5 writes its index out at
each statement that fires a trigger; a load therefore does without the triggers and indexes whole batches.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pipeline.outputs.sql.store import Batch, StoreError, all_or_nothing
from pipeline.outputs.sql.versions import Migration, migrations, pending, statements
from pipeline.outputs.tables import ARTICLES, CLAIMS, RUNS, TABLES, Row, Table

_BUSY_SECONDS: Final = 30.0
_CACHE_KIB: Final = 262_144  # keys are hashes: a load touches pages all over its indexes
_REFUSALS: Final = (sqlite3.Error, OverflowError)  # OverflowError: integers beyond 64 bits


def _insert(table: Table) -> str:
    places = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({places})"


def _upsert(table: Table) -> str:
    key, *others = table.columns
    changes = ", ".join(f"{column} = excluded.{column}" for column in others)
    return f"{_insert(table)} ON CONFLICT ({key}) DO UPDATE SET {changes}"


_OF_ARTICLES: Final = "WHERE article_id IN (SELECT value FROM json_each(?))"
_UNINDEX: Final = (
    "INSERT INTO claims_text (claims_text, rowid, text) "
    f"SELECT 'delete', claim_row, text FROM claims {_OF_ARTICLES}"
)
_INDEX: Final = "INSERT INTO claims_text (rowid, text) SELECT claim_row, text FROM claims WHERE claim_row > ?"
_TRIGGERS: Final = ("claims_text_insert", "claims_text_delete", "claims_text_update")
_TRIGGER: Final = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
_INSERTS: Final = {table.name: _insert(table) for table in TABLES} | {RUNS.name: _upsert(RUNS)}


class SQLiteStore:
    """An SQLite file; made if it is not there."""

    def __init__(self, path: Path, steps: Sequence[Migration] | None = None) -> None:
        self._path = path
        self._steps = migrations("sqlite") if steps is None else steps
        with self._refusals():
            self._connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")

    def migrate(self) -> None:
        """Bring the tables to the newest version, or make them; refuse newer ones."""
        with self._transaction():
            self._run("CREATE TABLE IF NOT EXISTS onrecord_schema (version INTEGER NOT NULL)")
            version = self._value("SELECT coalesce(max(version), 0) FROM onrecord_schema")
            for step in pending(self._steps, version):
                for statement in statements(step.script):
                    self._run(statement)
                self._run("DELETE FROM onrecord_schema")
                self._run("INSERT INTO onrecord_schema (version) VALUES (?)", (step.version,))

    def replace(self, batches: Iterable[Batch]) -> int:
        """Put these rows in the place of all earlier rows of their articles, in one transaction."""
        with self._transaction(), self._without_triggers():
            return sum(self._put(batch) for batch in batches)

    def _put(self, batch: Batch) -> int:
        """Put rows where they belong; gives the number of articles that this replaces."""
        replaced = self._delete_articles(batch.rows) if batch.table == ARTICLES.name else 0
        last = self._value("SELECT coalesce(max(claim_row), 0) FROM claims")
        self._connection.executemany(_INSERTS[batch.table], batch.rows)
        if batch.table == CLAIMS.name:
            self._run(_INDEX, (last,))
        return replaced

    def _delete_articles(self, rows: Sequence[Row]) -> int:
        keys = json.dumps([row[0] for row in rows])
        self._run(_UNINDEX, (keys,))
        return self._run(f"DELETE FROM articles {_OF_ARTICLES}", (keys,)).rowcount

    @contextmanager
    def _without_triggers(self) -> Iterator[None]:
        """No upkeep of the full text index row by row; a roll-back brings the triggers back as well."""
        found = {name: self._run(_TRIGGER, (name,)).fetchone() for name in _TRIGGERS}
        for name, row in found.items():
            if row is not None:
                self._run(f"DROP TRIGGER {name}")
        yield
        for row in found.values():
            if row is not None:
                self._run(row[0])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _run(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def _value(self, statement: str) -> int:
        value: int = self._run(statement).fetchone()[0]
        return value

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._refusals(), all_or_nothing(self._connection, "BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except _REFUSALS as error:
            raise StoreError(f"{self._path}: {error}; it is as it was before") from error
