"""``manifest.json``: when and how a run was made, what is in it, how it ended."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, Literal

from pipeline.batch.assemble import OutputFile
from pipeline.batch.checkpoint import Workspace, write_json
from pipeline.batch.options import RunOptions, options_to_json
from pipeline.batch.outcome import Tally
from pipeline.record import SCHEMA_VERSION, PipelineInfo, to_json

State = Literal["running", "complete", "interrupted", "failed"]
TOP_SPEAKERS: Final = 20
_PACKAGES: Final = ("spacy", "onnxruntime", "tokenizers", "dateparser", "quantulum3", "numpy", "trafilatura")


@dataclass(slots=True)
class Measurements:
    """What a run cost: seconds in each stage summed over workers, the largest worker."""

    seconds: dict[str, float] = field(default_factory=dict)
    peak_memory_mb: float = 0.0
    articles: int = 0
    words: int = 0

    def add(self, seconds: Mapping[str, float], peak_memory_mb: float) -> None:
        """Count one shard."""
        for stage, spent in seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + spent
        self.peak_memory_mb = max(self.peak_memory_mb, peak_memory_mb)


@dataclass(slots=True)
class RunRecord:
    """Everything the manifest tells; filled in as the run goes on."""

    options: RunOptions
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    finished: datetime | None = None
    state: State = "running"
    problem: str | None = None
    pipeline: PipelineInfo | None = None
    fingerprint: str | None = None
    files: int = 0
    articles: int = 0
    shards: int = 0
    shards_kept: int = 0
    measured: Measurements = field(default_factory=Measurements)
    tally: Tally = field(default_factory=Tally)
    outputs: tuple[OutputFile, ...] = ()

    @property
    def seconds(self) -> float:
        """Wall-clock seconds so far."""
        return ((self.finished or datetime.now(UTC)) - self.started).total_seconds()


def save_manifest(workspace: Workspace, record: RunRecord) -> None:
    """Write the manifest at once."""
    write_json(workspace.manifest, manifest(record))


def manifest(record: RunRecord) -> dict[str, Any]:
    """The manifest as JSON."""
    return {
        "schema_version": SCHEMA_VERSION,
        "state": record.state,
        "problem": record.problem,
        "started": record.started.isoformat(timespec="seconds"),
        "finished": record.finished.isoformat(timespec="seconds") if record.finished else None,
        "seconds": round(record.seconds, 3),
        "pipeline": to_json(record.pipeline),
        "fingerprint": record.fingerprint,
        "options": options_to_json(record.options),
        "plan": {
            "files": record.files,
            "articles": record.articles,
            "shards": record.shards,
            "shards_kept": record.shards_kept,
        },
        "counts": _counts(record.tally),
        "this_run": _this_run(record),
        "outputs": [asdict(output) for output in record.outputs],
        "environment": _environment(),
    }


def _counts(tally: Tally) -> dict[str, Any]:
    return {
        "articles": tally.articles,
        "words": tally.words,
        "claims": tally.claims,
        "kinds": dict(sorted(tally.kinds.items())),
        "dead_letters": tally.dead_letters,
        "errors": dict(sorted(tally.errors.items())),
        "warnings": dict(sorted(tally.warnings.items())),
        "top_speakers": top_speakers(tally, TOP_SPEAKERS),
    }


def top_speakers(tally: Tally, number: int) -> dict[str, int]:
    """The named speakers with most claims, ties in alphabetical order."""
    ranked = sorted(tally.speakers.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked[:number])


def _this_run(record: RunRecord) -> dict[str, Any]:
    measured = record.measured
    return {
        "articles": measured.articles,
        "words": measured.words,
        "words_per_second": round(measured.words / record.seconds, 1) if record.seconds else None,
        "stage_seconds": {name: round(spent, 3) for name, spent in sorted(measured.seconds.items())},
        "peak_memory_mb": measured.peak_memory_mb,
    }


def _environment() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": {name: _version(name) for name in _PACKAGES},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
