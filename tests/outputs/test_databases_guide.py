from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.clustering import cluster
from pipeline.outputs.sql import load
from tests.outputs.finished import claims_of, money, speaker, write_run

GUIDE = (Path(__file__).parents[2] / "docs" / "databases.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sql\n(.*?)```", GUIDE, re.S)


def statements(word: str, *, without: str) -> list[str]:
    """The guide's statements that hold a word and do not hold another."""
    every = [statement for block in BLOCKS for statement in re.split(r";\s*", block) if statement.strip()]
    return [statement for statement in every if word in statement and without not in statement]


@pytest.mark.parametrize("statement", statements("FROM claims", without="text_search"))
def test_the_guides_queries_answer_in_sqlite(statement: str, tmp_path: Path) -> None:
    claims = [replace(item, quantities=(money(2e9),)) for item in claims_of(2)]
    load(write_run(tmp_path / "out", claims), f"sqlite:///{tmp_path / 'claims.db'}")
    connection = sqlite3.connect(tmp_path / "claims.db")
    assert len(connection.execute(statement).fetchall()) == 2
    connection.close()


@pytest.mark.parametrize("statement", statements("FROM repeats", without="text_search"))
def test_the_guides_query_of_repeats_answers(statement: str, tmp_path: Path) -> None:
    [(articles, *_)] = asked_of_clusters(statement, tmp_path)
    assert articles == 2


@pytest.mark.parametrize("statement", statements("claim_speakers", without="text_search"))
def test_the_guides_query_of_names_answers(statement: str, tmp_path: Path) -> None:
    assert asked_of_clusters(statement, tmp_path) == [("Ada Moreno", "Moreno", 1)]


def asked_of_clusters(statement: str, folder: Path) -> list[tuple[object, ...]]:
    """The answer over two articles with one sentence of one person, under two names."""
    claims = [
        replace(item, text="The northern gate of the port is shut", claim_key="k", speaker=speaker(name))
        for item, name in zip(claims_of(2), ["Ada Moreno", "Moreno"], strict=True)
    ]
    run = write_run(folder / "out", claims)
    cluster(run)
    load(run, f"sqlite:///{folder / 'claims.db'}")
    with closing(sqlite3.connect(folder / "claims.db")) as connection:
        return connection.execute(statement).fetchall()


@pytest.mark.parametrize("statement", statements("text_search", without="MATCH"))
def test_the_guides_full_text_query_answers_in_postgresql(
    statement: str, tmp_path: Path, postgres_url: str
) -> None:
    import psycopg

    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        load(write_run(tmp_path / "out", claims_of(2)), postgres_url)
        assert len(connection.execute(statement.encode()).fetchall()) == 2


@pytest.mark.parametrize("statement", statements("read_json", without="MATCH"))
def test_the_guides_duckdb_query_answers(
    statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duckdb = pytest.importorskip("duckdb")
    claims = [replace(item, speaker=speaker(name)) for item, name in zip(claims_of(3), "AAB", strict=True)]
    write_run(tmp_path / "out", claims)
    monkeypatch.chdir(tmp_path)
    assert duckdb.sql(statement).fetchall() == [("A", 2), ("B", 1)]
