"""The engine of a real run: this package's own stages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pipeline.articles import Article
from pipeline.batch.engine import EngineSpec
from pipeline.batch.options import EngineOptions
from pipeline.record import ArticleRecord, Claim, PipelineInfo


class Stages:
    """A loaded spaCy pipeline with our components."""

    def __init__(self, nlp: Any) -> None:
        from pipeline import pipeline_info, process

        self._nlp, self._process = nlp, process
        self._info: PipelineInfo = pipeline_info(nlp)

    @property
    def info(self) -> PipelineInfo:
        """What makes the records."""
        return self._info

    def process(self, article: Article, *, include_text: bool) -> tuple[ArticleRecord, tuple[Claim, ...]]:
        """The records of one article."""
        return self._process(self._nlp, article, include_text=include_text)

    def timings(self) -> Mapping[str, float]:
        """Not measured here."""
        return {}


def load_stages(options: EngineOptions) -> Stages:
    """Load the model and the stages as the options ask."""
    import pipeline

    return Stages(pipeline.load(ner=options.ner, statements=options.statements))


STAGES: Final = EngineSpec(load_stages, preload=("spacy", "onnxruntime", "tokenizers", "pipeline"))
