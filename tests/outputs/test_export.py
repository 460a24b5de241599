from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.commands import app
from pipeline.errors import ConfigurationError, OnrecordError
from pipeline.outputs.export import ExportError, cell, export
from pipeline.outputs.tables import FLAT
from pipeline.record import to_json
from tests.outputs.finished import claim, claims_of, money, speaker, write_run

FORMULAS = ["=1+1", "+1", "-1+1|cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", '=HYPERLINK("x")']


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_has_a_row_for_each_claim_and_the_columns_of_the_tables(tmp_path: Path) -> None:
    assert export(write_run(tmp_path / "out", claims_of(3)), tmp_path / "c.csv") == 3
    rows = rows_of(tmp_path / "c.csv")
    assert tuple(rows[0]) == FLAT.columns
    assert [row["source"] for row in rows] == ["a0.txt", "a1.txt", "a2.txt"]


def test_csv_writes_numbers_flags_and_the_unknown(tmp_path: Path) -> None:
    export(write_run(tmp_path / "out", claims_of(1)), tmp_path / "c.csv")
    [row] = rows_of(tmp_path / "c.csv")
    names = ("money_value", "percent_value", "hedged", "negated", "url", "authors")
    assert [row[name] for name in names] == ["12.5", "4", "true", "false", "", "A. Author; B. Author"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_begins_a_formula(text: str, tmp_path: Path) -> None:
    item = replace(claim("a.txt"), text=text, speaker=speaker(text), warnings=(text,))
    export(write_run(tmp_path / "out", [item]), tmp_path / "c.csv")
    [row] = rows_of(tmp_path / "c.csv")
    assert (row["text"], row["speaker_name"], row["warnings"]) == ("'" + text,) * 3


@given(st.text())
def test_a_cell_keeps_its_text_and_never_begins_a_formula(text: str) -> None:
    shown = cell(text)
    assert shown.removeprefix("'") == text.removeprefix("'")
    assert not shown.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("value", [-5, -0.5])
def test_negative_numbers_stay_numbers(value: float, tmp_path: Path) -> None:
    run = write_run(tmp_path / "out", [claim("a.txt", quantities=(money(value),))])
    export(run, tmp_path / "c.csv")
    assert rows_of(tmp_path / "c.csv")[0]["money_value"] == str(value)


def test_full_ndjson_is_the_record(tmp_path: Path) -> None:
    claims = claims_of(2)
    export(write_run(tmp_path / "out", claims), tmp_path / "c.ndjson", "full")
    lines = (tmp_path / "c.ndjson").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [to_json(item) for item in claims]


def test_flat_ndjson_has_every_column_in_every_line(tmp_path: Path) -> None:
    export(write_run(tmp_path / "out", claims_of(2)), tmp_path / "c.ndjson")
    lines = (tmp_path / "c.ndjson").read_text(encoding="utf-8").splitlines()
    assert [tuple(json.loads(line)) for line in lines] == [FLAT.columns] * 2


def test_parquet_has_types_even_where_every_value_is_unknown(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    item = claim("a.txt", quantities=(), dates=(), said_on=None)
    export(write_run(tmp_path / "out", [item]), tmp_path / "c.parquet")
    schema = parquet.read_schema(tmp_path / "c.parquet")
    names = ("money_value", "first_date", "hedged", "url", "paragraph")
    assert [str(schema.field(name).type) for name in names] == [
        "double",
        "date32[day]",
        "bool",
        "string",
        "int64",
    ]


def test_parquet_holds_the_same_rows(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    export(write_run(tmp_path / "out", claims_of(3)), tmp_path / "c.parquet")
    rows = parquet.read_table(tmp_path / "c.parquet").to_pylist()
    assert [(row["source"], row["money_value"], row["first_date"]) for row in rows] == [
        (f"a{index}.txt", 12.5, date(2024, 5, 1)) for index in range(3)
    ]


@pytest.mark.parametrize("suffix", ["csv", "ndjson", "parquet"])
def test_the_same_run_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    run = write_run(tmp_path / "out", claims_of(3))
    first, second = (tmp_path / f"{name}.{suffix}" for name in "ab")
    export(run, first)
    export(run, second)
    assert first.read_bytes() == second.read_bytes()


def test_a_failed_export_keeps_the_older_file_and_leaves_no_other(tmp_path: Path) -> None:
    run = write_run(tmp_path / "out", claims_of(1))
    (run / "claims.jsonl").write_text("{}\n")
    (tmp_path / "c.csv").write_text("old")
    with pytest.raises(OnrecordError):
        export(run, tmp_path / "c.csv")
    assert (tmp_path / "c.csv").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.csv", "out"]


@pytest.mark.parametrize(
    ("name", "profile"), [("c.xlsx", "flat"), ("c", "flat"), ("c.csv", "full"), ("c.csv", "x")]
)
def test_files_that_cannot_hold_it_are_refused(name: str, profile: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        export(write_run(tmp_path / "out", claims_of(1)), tmp_path / name, profile)  # type: ignore[arg-type]


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="No such file"):
        export(write_run(tmp_path / "out", claims_of(1)), tmp_path / "none" / "c.csv")


def test_the_verbs_tell_how_many_claims(tmp_path: Path) -> None:
    run = str(write_run(tmp_path / "out", claims_of(2)))
    exported = CliRunner().invoke(app, ["export", run, "--to", str(tmp_path / "c.csv")])
    loaded = CliRunner().invoke(app, ["load", run, "--to", f"sqlite:///{tmp_path / 'c.db'}"])
    assert (exported.exit_code, loaded.exit_code) == (0, 0)
    assert "2 claims written" in exported.stderr
    assert "2 claims of 2 articles loaded, 0 replaced" in loaded.stderr


def test_a_wrong_url_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    run = str(write_run(tmp_path / "out", claims_of(1)))
    result = CliRunner().invoke(app, ["load", run, "--to", "mysql://host/db"])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
