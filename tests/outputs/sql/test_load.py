from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigurationError, OnrecordError, ReadError
from pipeline.outputs.sql import load, store
from pipeline.outputs.sql.store import StoreError
from pipeline.outputs.sql.versions import Migration, migrations, pending
from pipeline.outputs.tables import CLAIMS, CLUSTER_TABLES, SPEAKER_TABLES, TABLES
from pipeline.record import Entity
from tests.outputs.conftest import Database, contents
from tests.outputs.finished import article, claim, claims_of, money, speaker, write_run

ROOT = Path(__file__).parents[3]
# What full text search adds: PostgreSQL's vector, and the row that SQLite's index points to.
SEARCH_COLUMNS = {"text_search", "claim_row"}
HOSTILE = [
    "'; DROP TABLE claims; --",
    '"); DELETE FROM articles; --',
    "$1 %s %(name)s ? :name {0}",
    "\\.\n\\N\t\\",
    "NUL \x00 inside",
    "lone \ud800 surrogate",
    "right \u202eto left",
    "",
    "word " * 60_000,
    "x" * 200_000,
]


def test_every_table_gets_its_rows(tmp_path: Path, database: Database) -> None:
    loaded = load(write_run(tmp_path / "out", claims_of(3)), database.url)
    counts = {name: len(rows) for name, rows in contents(database).items() if rows}
    assert (loaded.articles, loaded.claims, loaded.replaced) == (3, 3, 0)
    assert counts == {
        "runs": 1, "articles": 3, "claims": 3, "claim_segments": 3, "claim_entities": 3,
        "claim_quantities": 6, "claim_dates": 6,
    }  # fmt: skip


def test_claims_can_be_asked_by_speaker_money_percent_and_day(tmp_path: Path, database: Database) -> None:
    load(write_run(tmp_path / "out", claims_of(1)), database.url)
    columns = (
        "speaker_roles, money_value, money_currency, percent_value, first_date, last_date, "
        "date_published, said_on, confidence_claim, confidence_speaker, hedged, negated"
    )
    [row] = database.query(f"SELECT {columns} FROM claims WHERE speaker_name = 'Ada Moreno'")
    assert [str(value) for value in row[:8]] == [
        "minister; mother", "12.5", "USD", "4.0", "2024-05-01", "2024-05-03", "2024-05-03", "2024-05-02",
    ]  # fmt: skip
    assert row[8:] == (0.75, None, 1, 0)


def test_loading_twice_changes_no_row(tmp_path: Path, database: Database) -> None:
    run = write_run(tmp_path / "out", claims_of(5))
    load(run, database.url)
    once = contents(database)
    assert load(run, database.url).replaced == 5
    assert contents(database) == once


def test_a_newer_run_leaves_exactly_its_own_rows_of_its_articles(tmp_path: Path, database: Database) -> None:
    older = claims_of(4)
    newer = [replace(older[0], speaker=speaker("Ben Ito"))]
    load(write_run(tmp_path / "old", older), database.url)
    gone = replace(article([older[1]]), claim_ids=())
    load(write_run(tmp_path / "new", newer, [article(newer), gone]), database.url)
    names = database.query("SELECT claim_id, speaker_name FROM claims")
    assert sorted(names) == sorted(
        [(older[0].claim_id, "Ben Ito"), *((item.claim_id, "Ada Moreno") for item in older[2:])]
    )
    assert len(database.query("SELECT * FROM articles")) == 4


def test_full_text_search_finds_other_forms_of_a_word(tmp_path: Path, database: Database) -> None:
    load(write_run(tmp_path / "out", claims_of(2)), database.url)
    assert (database.found("tariff"), database.found("zebra")) == (2, 0)


def test_full_text_search_forgets_replaced_claims(tmp_path: Path, database: Database) -> None:
    old = claim("a.txt")
    load(write_run(tmp_path / "old", [old]), database.url)
    load(write_run(tmp_path / "new", [replace(old, text="Zebras are back.")]), database.url)
    assert (database.found("tariff"), database.found("zebra")) == (0, 1)


def test_rows_that_another_program_deletes_leave_full_text_search(tmp_path: Path, database: Database) -> None:
    load(write_run(tmp_path / "out", claims_of(2)), database.url)
    database.query("DELETE FROM claims")
    assert database.found("tariff") == 0


def test_the_speakers_view_counts_named_speakers_alone(tmp_path: Path, database: Database) -> None:
    claims = [
        replace(item, speaker=speaker(name))
        for item, name in zip(claims_of(3), ["A", "A", None], strict=True)
    ]
    load(write_run(tmp_path / "out", claims), database.url)
    assert database.query("SELECT name, entity_type, claims, direct, articles FROM speakers") == [
        ("A", "PERSON", 2, 2, 2)
    ]


def test_deleting_an_article_deletes_what_it_holds(tmp_path: Path, database: Database) -> None:
    load(write_run(tmp_path / "out", claims_of(2)), database.url)
    load(
        write_run(tmp_path / "none", [], [replace(article([c]), claim_ids=()) for c in claims_of(2)]),
        database.url,
    )
    assert {name for name, rows in contents(database).items() if rows} == {"runs", "articles"}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_only_text(text: str, tmp_path: Path, database: Database) -> None:
    item = replace(claim("a.txt"), text=text, speaker=speaker(text + "!"), warnings=(text,))
    load(write_run(tmp_path / "out", [item]), database.url)
    stored = database.query("SELECT text, speaker_name FROM claims")
    mended = text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert stored == [(mended, mended + "!")]


@pytest.mark.parametrize("value", [10**30, 10**400, -(10**400), 2**63, 1.5e308])
def test_numbers_of_any_size_load(value: float, tmp_path: Path, database: Database) -> None:
    load(write_run(tmp_path / "out", [claim("a.txt", quantities=(money(value),))]), database.url)
    [(stored,)] = database.query("SELECT money_value FROM claims")
    assert stored == (None if abs(value) > 1.7e308 else float(value))


@pytest.mark.parametrize("written", ["2024-02-30", "0000-01-01", "2024-W07-1", "'; --", "infinity", "today"])
def test_days_that_no_calendar_knows_are_null(written: str, tmp_path: Path, database: Database) -> None:
    load(write_run(tmp_path / "out", [claim("a.txt", said_on=written)]), database.url)
    assert database.query("SELECT said_on FROM claims") == [(None,)]


@pytest.mark.parametrize("batch", range(1, 11))
def test_a_load_that_fails_leaves_the_older_rows(
    batch: int, tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = claims_of(10)
    load(write_run(tmp_path / "old", older), database.url)
    before = contents(database)
    newer = write_run(tmp_path / "new", [replace(item, speaker=speaker("Ben Ito")) for item in older])
    made: list[Any] = []

    def fail_at_last(rows: Any) -> Any:
        made.append(rows)
        if len(made) == batch:
            raise ReadError("E_JSON", "the disk ends here")
        return make(rows)

    make = store.claim_rows
    monkeypatch.setattr(store, "claim_rows", fail_at_last)
    with pytest.raises(ReadError):
        load(newer, database.url, batch_records=1)
    assert contents(database) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.outputs.sql import load, store
turns, make = int(sys.argv[3]), store.claim_rows
def killed(claims):
    global turns
    turns -= 1
    if turns < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return make(claims)
store.claim_rows = killed
load(Path(sys.argv[1]), sys.argv[2], batch_records=10)
"""


def test_a_load_killed_at_any_point_leaves_the_older_rows(tmp_path: Path, database: Database) -> None:
    older = claims_of(100)
    load(write_run(tmp_path / "old", older), database.url)
    before = contents(database)
    newer = write_run(tmp_path / "new", [replace(item, speaker=speaker("Ben Ito")) for item in older])
    for turn in range(10):
        command = [sys.executable, "-c", KILLED, str(newer), database.url, str(turn)]
        assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9
        assert contents(database) == before
    load(newer, database.url)
    fresh = contents(database)
    assert {row[CLAIMS.columns.index("speaker_name")] for row in fresh["claims"]} == {"Ben Ito"}
    assert {name: len(rows) for name, rows in fresh.items() if name != "runs"} == {
        name: len(rows) for name, rows in before.items() if name != "runs"
    }


def test_a_claim_of_no_article_is_refused(tmp_path: Path, database: Database) -> None:
    one, other = claims_of(2)
    with pytest.raises(ReadError, match="not in the run"):
        load(write_run(tmp_path / "out", [other], [article([one])]), database.url)


def test_a_claim_that_stands_there_twice_is_refused(tmp_path: Path, database: Database) -> None:
    [one] = claims_of(1)
    with pytest.raises(StoreError, match="as it was before"):
        load(write_run(tmp_path / "out", [one, one], [article([one])]), database.url)


def test_an_offset_that_no_database_holds_is_refused(tmp_path: Path, database: Database) -> None:
    far = claim("a.txt", entities=(Entity(0, 2**70, "Lagos", "e1", "GPE", "Lagos", "NG"),))
    with pytest.raises(StoreError, match="as it was before"):
        load(write_run(tmp_path / "out", [far]), database.url)
    assert not any(contents(database).values())


def test_columns_are_those_that_the_tables_module_names(tmp_path: Path, database: Database) -> None:
    load(write_run(tmp_path / "out", []), database.url)
    made = {table.name: columns_of(database, table.name) - SEARCH_COLUMNS for table in TABLES}
    assert made == {table.name: {*table.columns} for table in TABLES}


def columns_of(database: Database, table: str) -> set[str]:
    """The columns that a table has."""
    known = "SELECT column_name FROM information_schema.columns WHERE table_name = ?"
    if database.url.startswith("sqlite"):
        known = "SELECT name FROM pragma_table_info(?)"
    return {name for (name,) in database.query(known, table)}


def test_tables_of_an_earlier_version_are_brought_forward_with_their_rows(
    tmp_path: Path, database: Database
) -> None:
    load(write_run(tmp_path / "out", claims_of(2)), database.url)
    for view in ("speakers", "repeats"):
        database.query(f"DROP VIEW {view}")
    for table in reversed((*CLUSTER_TABLES, *SPEAKER_TABLES)):
        database.query(f"DROP TABLE {table.name}")
    database.query("UPDATE onrecord_schema SET version = 2")
    load(write_run(tmp_path / "more", [claim("b.txt", "Zebras are back.")]), database.url)
    assert database.query("SELECT version FROM onrecord_schema") == [(4,)]
    assert database.query("SELECT claims FROM speakers") == [(3,)]


def test_tables_of_a_later_version_are_refused(tmp_path: Path, database: Database) -> None:
    run = write_run(tmp_path / "out", claims_of(1))
    load(run, database.url)
    database.query("UPDATE onrecord_schema SET version = 99")
    with pytest.raises(StoreError, match="update onrecord"):
        load(run, database.url)


def test_only_later_steps_are_pending() -> None:
    steps = [Migration(number, "", "") for number in (1, 2, 3)]
    assert [step.version for step in pending(steps, 1)] == [2, 3]


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql", "duckdb"])
def test_steps_are_numbered_without_a_gap(dialect: str) -> None:
    steps = migrations(dialect)
    assert [step.version for step in steps] == list(range(1, len(steps) + 1))


@pytest.mark.parametrize(
    "url",
    [
        "", "claims.db", "mysql://host/db", "sqlite://claims.db", "sqlite:///", "sqlite:///:memory:",
        "sqlite:///claims.db?mode=ro", "sqlite:///a%00b", "sqlite:////no/such/folder/claims.db",
        "postgresql://[half/db", "postgresql://u:secret@h/d?options=-csearch_path%3Dx",
        "postgresql://u:secret@h/d?nonsense=1", "postgresql://u:secret@h:port/d?sslmode",
    ],
)  # fmt: skip
def test_urls_that_cannot_work_are_refused_without_showing_a_password(url: str, tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    run = write_run(tmp_path / "out", claims_of(1))
    with pytest.raises(ConfigurationError) as refused:
        load(run, url)
    assert "secret" not in str(refused.value)


def test_a_server_that_does_not_answer_is_one_line_without_the_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    run = write_run(tmp_path / "out", claims_of(1))
    with pytest.raises(StoreError) as refused:
        load(run, f"postgresql://me:secret@/db?host={tmp_path}")
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    run = write_run(tmp_path / "out", claims_of(1))
    (tmp_path / "letter.db").write_text("Dear Ada, " * 500)
    with pytest.raises(StoreError, match="not a database"):
        load(run, f"sqlite:///{tmp_path / 'letter.db'}")
    assert (tmp_path / "letter.db").read_text() == "Dear Ada, " * 500


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("manifest.json", "{"), ("manifest.json", "[]"), ("manifest.json", '{"state": "running"}'),
        ("claims.jsonl", ""), ("claims.jsonl", "{}\n"), ("articles.jsonl", "[1]\n"),
    ],
)  # fmt: skip
def test_a_folder_that_is_no_finished_run_is_refused(name: str, content: str, tmp_path: Path) -> None:
    run = write_run(tmp_path / "out", claims_of(1))
    (run / name).write_text(content)
    with pytest.raises(OnrecordError):
        load(run, f"sqlite:///{tmp_path / 'claims.db'}")
