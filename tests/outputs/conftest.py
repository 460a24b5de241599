from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.outputs.tables import TABLES
from tests.outputs.sql.postgres_server import programs, server

Query = Callable[..., list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Database:
    """An empty database: its URL, a way to ask it, and how it searches text."""

    url: str
    query: Query
    search: str

    def found(self, words: str) -> int:
        """The number of claims that full text search finds."""
        return int(self.query(self.search, words)[0][0])


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    pytest.importorskip("psycopg")
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL's programs are not installed")
    with server(folder) as url:
        yield url


def sqlite_database(file: Path) -> Database:
    import sqlite3

    def query(statement: str, *values: object) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(file)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.commit()
            connection.close()

    return Database(f"sqlite:///{file}", query, "SELECT count(*) FROM claims_text WHERE claims_text MATCH ?")


def postgres_database(url: str) -> Database:
    import psycopg

    def query(statement: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement.replace("?", "%s"), values or None)
            return cursor.fetchall() if cursor.description else []

    search = "SELECT count(*) FROM claims WHERE text_search @@ websearch_to_tsquery('english', ?)"
    return Database(url, query, search)


def duckdb_database(file: Path) -> Database:
    duckdb = pytest.importorskip("duckdb")

    def query(statement: str, *values: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(file)) as connection:
            return list(connection.execute(statement, values).fetchall())

    return Database(
        f"duckdb:///{file}", query, "SELECT count(*) FROM claims WHERE text ILIKE '%' || ? || '%'"
    )


@pytest.fixture(params=["sqlite", "postgresql", "duckdb"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """Each kind of database in turn, empty."""
    if request.param == "sqlite":
        return sqlite_database(tmp_path / "claims.db")
    if request.param == "duckdb":
        return duckdb_database(tmp_path / "claims.duckdb")
    found = postgres_database(request.getfixturevalue("postgres_url"))
    found.query("DROP SCHEMA public CASCADE")
    found.query("CREATE SCHEMA public")
    return found


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in the order of their keys."""
    return {
        table.name: sorted(database.query(f"SELECT {', '.join(table.columns)} FROM {table.name}"), key=repr)
        for table in TABLES
    }
