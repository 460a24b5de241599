from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.commands import app
from pipeline.evaluation import evaluate, read_labels
from pipeline.record import sha256_hex
from tests.evaluation.labels import TEXT

SHA = sha256_hex(TEXT)


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    """The output of a run over one article, with what annotate reads of it."""
    info = {"source": "bridge.txt", "text_sha256": SHA, "media_type": "text/plain"}
    segment = {"start": 21, "end": 53, "exact": TEXT[21:53]}
    claim = {"kind": "indirect", "segments": [segment], "cue": None, "article": info}
    article = {**info, "text": TEXT, "entities": [], "quantities": [], "dates": [], "zones": []}
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "claims.jsonl").write_text(json.dumps(claim) + "\n", encoding="utf-8")
    (folder / "articles.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    return folder


def annotate(*arguments: object) -> int:
    return CliRunner().invoke(app, ["annotate", *map(str, arguments)]).exit_code


@pytest.mark.parametrize(
    ("format_name", "target"), [("brat", ""), ("label-studio", "tasks.json"), ("docbin", "docs.spacy")]
)
def test_what_annotate_writes_is_gold_for_evaluate(
    run_folder: Path, tmp_path: Path, format_name: str, target: str
) -> None:
    assert annotate(run_folder, "--format", format_name, "--out", tmp_path / "gold") == 0
    result = evaluate(read_labels(run_folder), read_labels(tmp_path / "gold" / target))
    assert result.scores["claims.exact.all"].f1 == 100.0


def test_the_text_is_taken_from_the_source_folder(run_folder: Path, tmp_path: Path) -> None:
    lines = (run_folder / "articles.jsonl").read_text(encoding="utf-8")
    article = {**json.loads(lines), "text": None}
    (run_folder / "articles.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    (tmp_path / "bridge.txt").write_text(TEXT, encoding="utf-8")
    assert annotate(run_folder, "--out", tmp_path / "gold", "--source", tmp_path) == 0


def test_without_a_text_it_is_wrong_usage(run_folder: Path, tmp_path: Path) -> None:
    lines = (run_folder / "articles.jsonl").read_text(encoding="utf-8")
    article = {**json.loads(lines), "text": None}
    (run_folder / "articles.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    assert annotate(run_folder, "--out", tmp_path / "gold") == 2


def test_an_unknown_format_is_wrong_usage(run_folder: Path, tmp_path: Path) -> None:
    assert annotate(run_folder, "--out", tmp_path / "gold", "--format", "conll") == 2
