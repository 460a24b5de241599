"""The engine of a real run: what it remembers of the articles that it had before."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import pipeline
from pipeline.articles import article_from_text
from pipeline.batch import stages as module
from pipeline.batch.options import EngineOptions
from pipeline.batch.stages import Stages, load_stages

pytestmark = pytest.mark.model

TEXTS = (
    "“The quillmark froze,” said Ana Diaz, who keeps the ferry. She blamed the frost of 2021.",
    "“The quillmark was mended,” Diaz said on Monday. About 40 tons were moved.",
    "Bo Lind denied that the vaskerine leaked. It cost him $3 million in 2019.",
)


@pytest.fixture(scope="module")
def stages() -> Stages:
    return load_stages(EngineOptions())


def test_records_do_not_depend_on_the_articles_before(stages: Stages) -> None:
    nlp = pipeline.load()
    for text in (*TEXTS, *reversed(TEXTS)):
        article = article_from_text(text, date_published="2024-01-31")
        assert stages.process(article, include_text=True) == pipeline.process(nlp, article, include_text=True)


def said_of(texts: Sequence[str]) -> Stages:
    """A fresh engine that had these texts."""
    stages = load_stages(EngineOptions())
    for text in texts:
        stages.process(article_from_text(text), include_text=False)
    return stages


def test_words_are_forgotten_after_so_much_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHARACTERS_KEPT", 0)
    monkeypatch.setattr(module, "CHARACTERS_REMEMBERED", 1)
    assert "quillmark" in said_of(TEXTS[:2]).nlp.vocab.strings
    assert "quillmark" not in said_of(TEXTS).nlp.vocab.strings


def test_words_of_the_first_articles_are_kept_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHARACTERS_KEPT", len(TEXTS[0]))
    monkeypatch.setattr(module, "CHARACTERS_REMEMBERED", 1)
    strings = said_of([*TEXTS, TEXTS[2]]).nlp.vocab.strings
    assert "quillmark" in strings
    assert "mended" not in strings


def test_nothing_is_kept_of_a_very_long_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_KEPT", len(TEXTS[0]) - 1)
    monkeypatch.setattr(module, "CHARACTERS_REMEMBERED", 1)
    assert "quillmark" not in said_of([TEXTS[0], TEXTS[2]]).nlp.vocab.strings
