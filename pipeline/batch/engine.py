"""The seam between a run and the stages: what turns one article into records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pipeline.articles import Article
from pipeline.batch.options import EngineOptions
from pipeline.record import ArticleRecord, Claim, PipelineInfo


class Engine(Protocol):
    """Stages that are loaded and ready."""

    @property
    def info(self) -> PipelineInfo:
        """What made the records; its fingerprint decides which earlier work still holds."""
        ...

    def process(self, article: Article, *, include_text: bool) -> tuple[ArticleRecord, tuple[Claim, ...]]:
        """The records of one article."""
        ...

    def timings(self) -> Mapping[str, float]:
        """Seconds spent in each stage since loading; empty if the engine does not measure."""
        ...


LoadEngine = Callable[[EngineOptions], Engine]


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """How a worker gets its engine: a module-level function, and modules to import once for all workers."""

    load: LoadEngine
    preload: tuple[str, ...] = ()
