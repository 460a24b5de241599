"""What ``onrecord cluster`` found over the articles of a run, as a source of records for stores and pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pipeline.errors import ReadError
from pipeline.outputs.runs import FinishedRun, read_records

Json = dict[str, Any]

CLUSTERS: Final = "clusters.jsonl"
SPEAKERS: Final = "speakers.jsonl"


def clusters_of(run: FinishedRun) -> Iterator[Json]:
    """Claims that stand in several articles: the lines of clusters.jsonl, none without that file."""
    return _lines(run, CLUSTERS)


def speakers_of(run: FinishedRun) -> Iterator[Json]:
    """Who is one over articles: the lines of speakers.jsonl, none without that file."""
    return _lines(run, SPEAKERS)


def _lines(run: FinishedRun, name: str) -> Iterator[Json]:
    """The lines of a file beside a run; each tells of which state of the run it was made."""
    file = run.folder / name
    if not file.is_file():
        return
    run_id = run.run_id
    for line in read_records(file):
        if not isinstance(line, dict) or line.get("run_id") != run_id:
            raise ReadError(
                "E_RUN_CHANGED",
                f"{file}: made of another state of the run; again: onrecord cluster {run.folder}",
            )
        yield line
