"""What a user asks of a run."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import orjson

from pipeline.articles import ReadOptions
from pipeline.storage import location

ExecutorName = Literal["local", "ray"]

DEFAULT_TIME_LIMIT = 60.0
DEFAULT_MEMORY_MB = 4096


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What changes the records: the stages' own switches.

    ``ner`` names an installed spaCy pipeline that stands in for the entity stage. ``date_order`` reads
    10/11/2024 in an article; None leaves it to the stage.
    """

    ner: str | None = None
    statements: bool = True
    date_order: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one article, and one run, may cost before it is given up.

    ``seconds`` holds for every started 100,000 characters of an article.
    """

    seconds: float = DEFAULT_TIME_LIMIT
    memory_mb: int = DEFAULT_MEMORY_MB
    max_errors: int | None = None


@dataclass(frozen=True, slots=True)
class RunOptions:
    """One run: inputs, output folder, and everything that steers it.

    ``workers`` None takes all cores of the Ray cluster at ``ray_address``; None there lets Ray find the
    cluster. ``language`` ``en`` sets other languages aside, ``any`` takes all. ``files`` is the number of
    files that claims and articles are split into, None for one without numbering.
    """

    inputs: tuple[str, ...]
    out: str
    workers: int | None = 1
    executor: ExecutorName = "local"
    ray_address: str | None = None
    include_text: bool = False
    language: str = "en"
    engine: EngineOptions = field(default_factory=EngineOptions)
    reading: ReadOptions = field(default_factory=ReadOptions)
    limits: Limits = field(default_factory=Limits)
    shard_size: int | None = None
    files: int | None = None

    @property
    def out_dir(self) -> Path:
        """The output folder, or its address."""
        return location(self.out)

    def record_digest(self) -> str:
        """A hash of the options that change what is written about an article.

        Workers, limits and file splitting are left out: another number of workers, or more patience,
        must not cost the work already done.
        """
        steering = (self.include_text, self.language, asdict(self.engine), asdict(self.reading))
        return hashlib.sha256(orjson.dumps(steering)).hexdigest()


def options_to_json(options: RunOptions) -> dict[str, Any]:
    """The options as they are kept beside the output, for ``retry`` and ``status``."""
    return asdict(options)


def options_from_json(stored: dict[str, Any]) -> RunOptions:
    """The options that ``options_to_json`` stored."""
    plain = {key: value for key, value in stored.items() if key != "folder"}
    engine = EngineOptions(**plain.pop("engine"))
    reading = ReadOptions(**plain.pop("reading"))
    limits = Limits(**plain.pop("limits"))
    inputs = tuple(plain.pop("inputs"))
    return RunOptions(inputs=inputs, engine=engine, reading=reading, limits=limits, **plain)
