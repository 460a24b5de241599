"""What is told to somebody who asked for what cannot be: one line with the cure, and the exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.batch import stages
from pipeline.batch.options import RunOptions
from pipeline.batch.run import run as run_batch
from pipeline.commands import app
from pipeline.commands.reporting import exit_code
from pipeline.errors import ConfigurationError, ModelError, OnrecordError, RunError
from tests.batch.conftest import write_articles
from tests.batch.fake_engine import SPEC, load

pytestmark = pytest.mark.usefixtures("_here")


@pytest.fixture(scope="module")
def after_a_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with articles ``in``, a finished run ``out`` over them, an empty folder and a file."""
    folder = tmp_path_factory.mktemp("messages")
    write_articles(folder / "in", 1)
    (folder / "empty").mkdir()
    (folder / "file").write_text("no run", encoding="utf-8")
    run_batch(RunOptions((str(folder / "in"),), str(folder / "out")), SPEC)
    return folder


@pytest.fixture
def _here(after_a_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of that folder to stand in."""
    monkeypatch.setattr(stages, "STAGES", SPEC)
    monkeypatch.setattr(stages, "load_stages", load)
    monkeypatch.chdir(shutil.copytree(after_a_run, tmp_path / "here"))


def onrecord(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def told(result: Result) -> str:
    """The one line of a refusal."""
    (line,) = result.stderr.splitlines()
    return line


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("run nowhere --out new", "nowhere: no such file or folder"),
        ("run in --out file", "file is a file; --out must name a folder"),
        ("run in --out=", "--out must name a folder"),
        ("run in --out in", "in lies in the output folder, which no run reads; choose another --out"),
        ("run in --out .", "in lies in the output folder, which no run reads; choose another --out"),
        ("run in --out new --memory-limit 0", "--memory-limit must be more than 0"),
        ("run in --out new --max-bytes 0", "--max-bytes must be more than 0"),
        ("run in --out new --time-limit nan", "--time-limit must be more than 0"),
        ("run in --out new --max-errors=-1", "--max-errors must be 0 or more"),
        ("run in --out new --text-column=", "--text-column must name a key"),
        ("run in --out new --date 2024-13-40", "--date 2024-13-40: write it as 2024-01-31"),
        ("retry out --workers 0", "--workers must be more than 0"),
        ("retry out --time-limit 0", "--time-limit must be more than 0"),
        ("retry out --memory-limit 0", "--memory-limit must be more than 0"),
        ("status file", "file holds no run; start one with: onrecord run IN --out file"),
        ("validate out --source nowhere", "nowhere: no such file or folder"),
        ("show nothing --in out", "nothing is no file, and no article of out has that id or source"),
        ("show in/a00.txt --date soon", "--date soon: write it as 2024-01-31"),
        ("query out --since 2025 --until 2024-06", "--since 2025 comes after --until 2024-06"),
        (
            "evaluate out out --articles nowhere",
            "nowhere: No such file or directory; name a file with an article",
        ),
        ("load out --to sqlite:///no/c.db", "sqlite:///no/c.db: no folder no; make it first"),
        ("annotate out --out file --source in", "cannot write file: File exists; choose another --out"),
    ],
)
def test_what_cannot_be_is_told_in_one_line_and_exits_with_2(command: str, message: str) -> None:
    result = onrecord(*command.split())
    assert result.exit_code == 2
    assert told(result).startswith(f"onrecord: {message}")
    assert told(result).endswith("[E_CONFIG]")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigurationError("by this process"), 2),
        (RunError("E_CONFIG", "by a worker, for this process"), 2),
        (RunError("E_DISK_FULL", "not by the user"), 1),
        (ModelError("not by the user"), 1),
    ],
)
def test_wrong_usage_exits_with_2_whichever_process_finds_it(error: OnrecordError, code: int) -> None:
    assert exit_code(error) == code


def test_an_unknown_format_names_those_there_are() -> None:
    result = onrecord("run", "in", "--out", "new", "--format", "pdf")
    assert result.exit_code == 2
    assert "--format pdf: there are text, html, json" in told(result)


def test_a_field_that_diff_cannot_ignore_names_those_it_can() -> None:
    result = onrecord("diff", "out", "out", "--ignore", "sureness")
    assert result.exit_code == 2
    assert "--ignore sureness: no such field" in told(result)
    assert "confidence" in told(result)


def test_a_part_of_a_field_can_be_ignored() -> None:
    assert onrecord("diff", "out", "out", "--ignore", "confidence.claim").exit_code == 0


def test_a_file_that_cannot_be_exported_to_exits_with_1() -> None:
    result = onrecord("export", "out", "--to", "no/claims.csv")
    assert result.exit_code == 1
    assert told(result).startswith("onrecord: cannot write no/claims.csv: No such file or directory")


def test_a_folder_without_articles_is_no_failure_and_is_told() -> None:
    result = onrecord("run", "empty", "--out", "new")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[:2] == [
        "0 articles, 0 claims in new",
        "nothing to read: no files in empty",
    ]


def test_a_file_of_another_name_cannot_be_validated_and_the_names_are_told() -> None:
    Path("out/claims.jsonl").rename("mine.jsonl")
    result = onrecord("validate", "mine.jsonl")
    assert result.exit_code == 2
    assert "a run's files are called claims.jsonl, articles.jsonl, errors.jsonl" in told(result)


def test_records_of_another_version_break_the_contract() -> None:
    claims = Path("out/claims.jsonl")
    claims.write_text(claims.read_text().replace('"schema_version":"', '"schema_version":"0.'))
    result = onrecord("validate", "out")
    assert result.exit_code == 1
    assert "$.schema_version:" in result.stdout


@pytest.mark.parametrize(
    "verb", ["load out --to sqlite:///c.db", "export out --to c.csv", "report out --out new"]
)
def test_a_run_of_another_version_goes_into_no_store(verb: str) -> None:
    manifest = Path("out/manifest.json")
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {"schema_version": "0.9"}))
    result = onrecord(*verb.split())
    assert result.exit_code == 2
    assert "out: records of version 0.9, not " in told(result)


def test_a_validation_that_saw_no_texts_says_so() -> None:
    result = onrecord("validate", "out")
    assert result.exit_code == 0
    assert "not checked: spans of 1 of 1 articles" in result.stderr


def test_a_validation_that_saw_all_texts_says_nothing_else() -> None:
    assert onrecord("validate", "out", "--source", "in").stderr == "out: valid\n"
