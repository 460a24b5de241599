"""Claims in PostgreSQL, through psycopg 3.

Rows are copied into temporary tables first, outside any transaction that others could wait for; one
short transaction then removes the old rows and puts the new ones in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from pipeline.errors import ConfigurationError
from pipeline.extras import optional
from pipeline.outputs.sql.store import Batch, StoreError
from pipeline.outputs.sql.urls import ServerTarget
from pipeline.outputs.sql.versions import Migration, migrations, pending
from pipeline.outputs.tables import RUNS, TABLES, Table

# No "options": it could set anything on the server.
_PARAMETERS: Final = frozenset({
    "host", "hostaddr", "port", "user", "password", "dbname", "passfile", "connect_timeout",
    "application_name", "sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "channel_binding",
    "require_auth", "target_session_attrs", "gssencmode", "krbsrvname",
})  # fmt: skip
_MIGRATION_LOCK: Final = 0x6F6E7265636F7264  # "onrecord"; two first loads at once make the tables once

_TEMPORARY_MEMORY: Final = "256MB"  # the server's 8 MB send every page of a staged table to disk


def _columns(table: Table) -> str:
    return ", ".join(table.columns)


def _stage(table: Table) -> str:
    return f"CREATE TEMPORARY TABLE staged_{table.name} AS SELECT {_columns(table)} FROM {table.name} LIMIT 0"


def _take(table: Table) -> str:
    names = _columns(table)
    taken = f"INSERT INTO {table.name} ({names}) SELECT {names} FROM staged_{table.name}"
    return f"{taken} {_upsert(table)}" if table is RUNS else taken


def _upsert(table: Table) -> str:
    key, *others = table.columns
    return f"ON CONFLICT ({key}) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in others)


_COPIES: Final = {table.name: f"COPY staged_{table.name} ({_columns(table)}) FROM STDIN" for table in TABLES}
_DELETE: Final = (
    "DELETE FROM articles USING staged_articles staged WHERE articles.article_id = staged.article_id"
)


class PostgreSQLStore:
    """A PostgreSQL database; the tables stand in the first schema of the user's search path."""

    def __init__(self, wanted: ServerTarget, steps: Sequence[Migration] | None = None) -> None:
        self._psycopg: Any = optional("psycopg", what="PostgreSQL", extra="postgres")
        self._shown = wanted.shown
        self._steps = migrations("postgresql") if steps is None else steps
        parameters = self._checked(wanted)
        with self._refusals():
            self._connection = self._psycopg.connect(**parameters, autocommit=True)

    def _checked(self, wanted: ServerTarget) -> dict[str, Any]:
        try:
            parameters: dict[str, Any] = self._psycopg.conninfo.conninfo_to_dict(wanted.url)
        except self._psycopg.ProgrammingError:
            # Its message may hold the password.
            raise ConfigurationError(f"{wanted.shown}: not a PostgreSQL URL") from None
        for name in sorted(parameters.keys() - _PARAMETERS):
            raise ConfigurationError(f"{wanted.shown}: parameter {name!r} is not taken; leave it out")
        return parameters

    def migrate(self) -> None:
        """Bring the tables to the newest version, or make them; refuse newer ones."""
        with self._refusals(), self._connection.transaction():
            self._run("SELECT pg_advisory_xact_lock(%s)", (_MIGRATION_LOCK,))
            self._run("SET LOCAL client_min_messages = warning")
            self._run("CREATE TABLE IF NOT EXISTS onrecord_schema (version INTEGER NOT NULL)")
            version = self._run("SELECT coalesce(max(version), 0) FROM onrecord_schema").fetchone()[0]
            for step in pending(self._steps, version):
                self._run(step.script)
                self._run("DELETE FROM onrecord_schema")
                self._run("INSERT INTO onrecord_schema (version) VALUES (%s)", (step.version,))

    def replace(self, batches: Iterable[Batch]) -> int:
        """Put these rows in the place of all earlier rows of their articles, in one transaction."""
        with self._refusals():
            self._run(f"SET temp_buffers = '{_TEMPORARY_MEMORY}'")
            for table in TABLES:
                self._run(_stage(table))
            for batch in batches:
                self._copy(batch)
            return self._take_staged()

    def _copy(self, batch: Batch) -> None:
        with self._connection.cursor() as cursor, cursor.copy(_COPIES[batch.table]) as copy:
            for row in batch.rows:
                copy.write_row(row)

    def _take_staged(self) -> int:
        with self._connection.transaction():
            self._run("LOCK TABLE articles IN SHARE ROW EXCLUSIVE MODE")  # one load after the other
            self._run("ANALYZE staged_articles")
            replaced: int = self._run(_DELETE).rowcount
            for table in TABLES:
                self._run(_take(table))
            return replaced

    def close(self) -> None:
        """Let go of the connection, and with it of the temporary tables."""
        self._connection.close()

    def _run(self, statement: str, values: Sequence[object] | None = None) -> Any:
        return self._connection.execute(statement, values)

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except self._psycopg.Error as error:
            problem = " ".join(str(error).split())
            raise StoreError(f"{self._shown}: {problem}; it is as it was before") from error
