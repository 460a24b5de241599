"""The command that measures runs, with the engine that needs no model."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.articles import article_from_text
from tests.batch.conftest import write_articles
from tests.batch.throughput import copies, main


def test_no_copy_of_an_article_has_the_text_of_another() -> None:
    articles = [article_from_text("One."), article_from_text("Two.")]
    texts = [text for (_, _, text), _ in zip(copies(articles), range(6), strict=False)]
    assert len(set(texts)) == 6


def test_as_many_articles_are_run_as_asked_for(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    folder = write_articles(tmp_path / "in", 2)
    assert main([str(folder), "--light", "--articles", "5", "--workers", "1"]) == 0
    assert re.search(r"^ +1 +5 ", capfd.readouterr().out, re.MULTILINE)


def test_nothing_to_measure_is_told(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 1
