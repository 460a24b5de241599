"""The engine of a real run: what it remembers of the articles that it had before."""

from __future__ import annotations

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


def test_words_are_forgotten_after_so_much_text(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHARACTERS_REMEMBERED", 1)
    first, _, last = (article_from_text(text) for text in TEXTS)
    stages.process(first, include_text=False)
    assert "quillmark" in stages.nlp.vocab.strings
    stages.process(last, include_text=False)
    assert "quillmark" not in stages.nlp.vocab.strings
