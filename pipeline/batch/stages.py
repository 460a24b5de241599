"""The engine of a real run: this package's own stages."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from pipeline.articles import Article
from pipeline.batch.engine import EngineSpec
from pipeline.batch.executors.processes import PRELOAD
from pipeline.batch.options import EngineOptions
from pipeline.record import ArticleRecord, Claim, PipelineInfo

if TYPE_CHECKING:
    from spacy.language import Language


# Neighbours share most of their words, and looking each up anew costs more than keeping them for a while.
# In text and not in articles: a long list of names must not be kept for the next fifty.
CHARACTERS_REMEMBERED: Final = 250_000
# What the first articles say is kept for good (some megabytes): spaCy's tokeniser learns words only outside
# a memory zone, and takes half the time over text whose words it knows.
CHARACTERS_KEPT: Final = 100_000
# Longer ones may be lists of names, from which nothing is learnt.
LONGEST_KEPT: Final = 20_000


class Stages:
    """A loaded spaCy pipeline with our components, each stage timed."""

    def __init__(self, nlp: Language) -> None:
        from pipeline import pipeline_info
        from pipeline.batch.stopwatch import Stopwatch
        from pipeline.extraction import records_of

        self.nlp, self._records_of = nlp, records_of
        self._words = ExitStack()
        self._kept, self._remembered = 0, CHARACTERS_REMEMBERED
        self._info: PipelineInfo = pipeline_info(nlp)
        self._stopwatch = Stopwatch(nlp)

    @property
    def info(self) -> PipelineInfo:
        """What makes the records."""
        return self._info

    def process(self, article: Article, *, include_text: bool) -> tuple[ArticleRecord, tuple[Claim, ...]]:
        """The records of one article."""
        size = len(article.text)
        if self._kept < CHARACTERS_KEPT and size <= LONGEST_KEPT:
            self._kept += size
        else:
            self._remember(size)
        return self._records_of(self.nlp, article, include_text=include_text)

    def _remember(self, size: int) -> None:
        """Keep the words of an article for a while, and from now on no article's for good."""
        self._kept = CHARACTERS_KEPT
        if self._remembered >= CHARACTERS_REMEMBERED:
            self._forget()
        self._remembered += size

    def _forget(self) -> None:
        """Give back what the words of past articles take: what is kept for ever would grow with a run."""
        self._remembered = 0
        self._words.close()
        self._words.enter_context(self.nlp.memory_zone())

    def timings(self) -> Mapping[str, float]:
        """Seconds spent in each component of the pipeline so far."""
        return self._stopwatch.seconds()


def load_stages(options: EngineOptions) -> Stages:
    """Load the model and the stages as the options ask."""
    import pipeline

    if options.date_order is None:
        return Stages(pipeline.load(ner=options.ner, statements=options.statements))
    nlp = pipeline.load(ner=options.ner, statements=options.statements, date_order=options.date_order)
    return Stages(nlp)


STAGES: Final = EngineSpec(load_stages, preload=PRELOAD)
