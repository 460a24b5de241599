from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipeline.commands import app

SEGMENT = {"start": 0, "end": 20, "exact": "We will open it soon"}
CLAIM: dict[str, Any] = {
    "kind": "direct",
    "segments": [SEGMENT],
    "speaker": {"status": "named", "name": "Ada Brook"},
    "article": {"source": "a.txt", "text_sha256": "c" * 64},
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", CLAIM)


def write(path: Path, claim: dict[str, Any]) -> Path:
    path.write_text(json.dumps(claim) + "\n", encoding="utf-8")
    return path


def evaluate(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


def test_the_table_goes_to_stdout(gold: Path) -> None:
    result = evaluate(gold, gold)
    assert result.exit_code == 0
    assert "right in content, kind and speaker: 100.0 % of 1" in result.stdout


def test_json_is_one_object(gold: Path) -> None:
    assert json.loads(evaluate(gold, gold, "--json").stdout)["scores"]["headline"]["recall"] == 100.0


def test_the_page_is_written(gold: Path, tmp_path: Path) -> None:
    evaluate(gold, gold, "--html", tmp_path / "errors.html")
    assert "Ada Brook" in (tmp_path / "errors.html").read_text(encoding="utf-8")


def test_a_figure_under_its_floor_fails_with_one(gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"headline": 80}', encoding="utf-8")
    wrong = write(tmp_path / "pred.jsonl", {**CLAIM, "kind": "mixed"})
    result = evaluate(wrong, gold, "--floors", floors)
    assert result.exit_code == 1
    assert "under its floor: headline 0.00, floor 80" in result.stderr


def test_floors_that_are_kept_pass(gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"headline": 80}', encoding="utf-8")
    assert evaluate(gold, gold, "--floors", floors).exit_code == 0


def test_raising_writes_new_floors(gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    assert evaluate(gold, gold, "--floors", floors, "--raise-floors").exit_code == 0
    assert json.loads(floors.read_text(encoding="utf-8"))["headline"] == 100.0


def test_raising_does_not_hide_a_figure_that_fell(gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"headline": 80}', encoding="utf-8")
    wrong = write(tmp_path / "pred.jsonl", {**CLAIM, "kind": "mixed"})
    assert evaluate(wrong, gold, "--floors", floors, "--raise-floors").exit_code == 1
    assert json.loads(floors.read_text(encoding="utf-8")) == {"headline": 80}


def test_lowering_takes_its_own_flag(gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"headline": 80}', encoding="utf-8")
    wrong = write(tmp_path / "pred.jsonl", {**CLAIM, "kind": "mixed"})
    assert evaluate(wrong, gold, "--floors", floors, "--lower-floors").exit_code == 0
    assert json.loads(floors.read_text(encoding="utf-8")) == {"headline": 0.0}


@pytest.mark.parametrize("flag", ["--raise-floors", "--lower-floors"])
def test_moving_floors_needs_a_floors_file(gold: Path, flag: str) -> None:
    assert evaluate(gold, gold, flag).exit_code == 2


def test_only_listed_articles_are_scored(gold: Path, tmp_path: Path) -> None:
    listed = tmp_path / "gate.txt"
    listed.write_text("# the gate\na.txt\n", encoding="utf-8")
    assert evaluate(gold, gold, "--articles", listed).exit_code == 0


def test_listed_articles_can_be_left_out(gold: Path, tmp_path: Path) -> None:
    listed = tmp_path / "gate.txt"
    listed.write_text("a\n", encoding="utf-8")
    assert evaluate(gold, gold, "--without", listed).stdout.startswith("0 articles of gold")


@pytest.mark.parametrize("content", [b"b.txt\n", b"\xff\xfe"])
def test_a_list_that_does_not_fit_is_wrong_usage(gold: Path, tmp_path: Path, content: bytes) -> None:
    listed = tmp_path / "gate.txt"
    listed.write_bytes(content)
    assert evaluate(gold, gold, "--articles", listed).exit_code == 2


def test_a_missing_path_is_one_line_without_a_traceback(gold: Path) -> None:
    result = evaluate("no/such/run", gold)
    assert result.exit_code == 2
    assert result.stderr.strip() == "onrecord: no/such/run: no such file or folder [E_CONFIG]"


def test_a_page_that_cannot_be_written_is_wrong_usage(gold: Path, tmp_path: Path) -> None:
    assert evaluate(gold, gold, "--html", tmp_path / "nowhere" / "errors.html").exit_code == 2
