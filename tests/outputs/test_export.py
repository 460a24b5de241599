from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.commands import app
from pipeline.errors import ConfigurationError, OnrecordError
from pipeline.outputs.export import ExportError, Profile, cell, export
from pipeline.outputs.jsonl import encode
from pipeline.outputs.tables import FLAT
from pipeline.record import to_json
from tests.outputs.finished import article as finished_article
from tests.outputs.finished import claim, claims_of, money, speaker, write_lines, write_run

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


def value_at(record: Any, path: str) -> Any:
    for key in path.split("."):
        record = None if record is None else record[key]
    return record


def test_full_csv_has_a_column_for_every_value_of_the_record(tmp_path: Path) -> None:
    item = claim("a.txt", addressee=None)
    export(write_run(tmp_path / "out", [item]), tmp_path / "c.csv", "full")
    [row] = rows_of(tmp_path / "c.csv")
    record = to_json(item)
    assert {path.partition(".")[0] for path in row} == set(record)
    for path, shown in row.items():
        value = value_at(record, path)
        written = json.loads(shown) if isinstance(value, list) else shown
        plain = value if isinstance(value, list) else cell("" if value is None else value)
        assert str(written) == str(plain), path


def test_no_cell_of_a_full_csv_begins_a_formula(tmp_path: Path) -> None:
    item = replace(claim("a.txt"), text="=1+1", warnings=("=1+1",))
    export(write_run(tmp_path / "out", [item]), tmp_path / "c.csv", "full")
    [row] = rows_of(tmp_path / "c.csv")
    assert (row["text"], row["warnings"]) == ("'=1+1", '["=1+1"]')


def test_full_parquet_is_the_record(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    claims = [*claims_of(2), claim("b.txt", cue=None, quantities=(), warnings=())]
    export(write_run(tmp_path / "out", claims), tmp_path / "c.parquet", "full")
    assert parquet.read_table(tmp_path / "c.parquet").to_pylist() == [to_json(item) for item in claims]


@pytest.mark.parametrize("profile", ["flat", "full"])
def test_parquet_has_null_for_a_number_beyond_double_precision(profile: Profile, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    run = write_run(tmp_path / "out", [claim("a.txt", quantities=(money(10**400),))])
    export(run, tmp_path / "c.parquet", profile)
    [row] = parquet.read_table(tmp_path / "c.parquet").to_pylist()
    assert (row["money_value"] if profile == "flat" else row["quantities"][0]["value"]) is None


@pytest.mark.parametrize("profile", ["flat", "full"])
@pytest.mark.parametrize("suffix", ["csv", "ndjson", "parquet", "jsonld"])
def test_the_same_run_gives_the_same_bytes(suffix: str, profile: Profile, tmp_path: Path) -> None:
    run = write_run(tmp_path / "out", claims_of(3))
    first, second = (tmp_path / f"{name}.{suffix}" for name in "ab")
    export(run, first, profile)
    export(run, second, profile)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("profile", ["flat", "full"])
@pytest.mark.parametrize("name", ["c.csv", "c.parquet", "c.jsonld"])
def test_a_failed_export_keeps_the_older_file_and_leaves_no_other(
    name: str, profile: Profile, tmp_path: Path
) -> None:
    article = to_json(finished_article([claim("a.txt")]))
    run = write_lines(tmp_path / "out", [encode(article)], [b"{}"])
    (tmp_path / name).write_text("old")
    with pytest.raises(OnrecordError) as caught:
        export(run, tmp_path / name, profile)
    assert caught.value.code == "E_RECORD"
    assert (tmp_path / name).read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [name, "out"]


@pytest.mark.parametrize(
    ("name", "profile"), [("c.xlsx", "flat"), ("c", "flat"), ("c.json", "full"), ("c.csv", "x")]
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
