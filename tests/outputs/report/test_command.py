from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.commands import app
from tests.outputs import finished
from tests.outputs.report import samples

CARRIED = "The harbour lost 40 boats."


def report(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["report", *map(str, arguments)])


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run whose one article carries no text."""
    claim = samples.claim(CARRIED, samples.spot(CARRIED, CARRIED))
    return finished.write_run(tmp_path / "run", [claim], [samples.article(CARRIED, [claim], text=None)])


def shown(folder: Path) -> bool:
    """Whether the text of the article is on its page."""
    return 'id="text"' in (folder / samples.page_of(CARRIED)).read_text(encoding="utf-8")


def test_the_summary_counts_and_names_the_first_page(tmp_path: Path) -> None:
    result = report(samples.ferry_run(tmp_path / "run"), "--out", tmp_path / "report")
    assert result.exit_code == 0
    assert result.output == f"1 article, 4 claims, 1 named speaker: {tmp_path}/report/index.html\n"


def test_without_a_text_the_report_is_made_and_says_what_is_missing(run: Path, tmp_path: Path) -> None:
    result = report(run, "--out", tmp_path / "report")
    assert (result.exit_code, shown(tmp_path / "report")) == (0, False)
    assert "without text there: 1 article; name the run's input with --source" in result.output


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_texts_are_read_from_the_source_whatever_its_format(run: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "news").mkdir()
    content = CARRIED if name.endswith(".txt") else json.dumps({"id": "a", "text": CARRIED})
    (tmp_path / "news" / name).write_text(content, encoding="utf-8")
    assert report(run, "--out", tmp_path / "report", "--source", tmp_path / "news").exit_code == 0
    assert shown(tmp_path / "report")


def test_a_text_that_has_changed_since_the_run_is_not_shown(run: Path, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(CARRIED + " It was a storm.", encoding="utf-8")
    report(run, "--out", tmp_path / "report", "--source", tmp_path / "news")
    assert not shown(tmp_path / "report")


def test_a_folder_without_a_run_is_a_mistake_of_usage(tmp_path: Path) -> None:
    assert report(tmp_path, "--out", tmp_path / "report").exit_code == 2
