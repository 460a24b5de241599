"""Across articles: claims that are repeated, and speakers that are one.

``cluster`` reads a finished run and writes ``clusters.jsonl`` and ``speakers.jsonl``. It changes nothing of
the run: what is joined here is an opinion with its evidence beside it, and the claims stay as they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.clustering.gathering import Gathering, clusters_by_claim
from pipeline.clustering.records import cluster_record, speaker_records
from pipeline.clustering.repeats import repeats
from pipeline.clustering.speakers import joined, rare_companions
from pipeline.clustering.utterances import utterance
from pipeline.errors import OnrecordError
from pipeline.outputs.across import CLUSTERS, SPEAKERS
from pipeline.outputs.jsonl import encode
from pipeline.outputs.runs import FinishedRun, as_record, finished_run

Json = dict[str, Any]


class ClusterError(OnrecordError):
    """Files that cannot be written."""

    code = "E_CLUSTER"
    stage = "cluster"


@dataclass(frozen=True, slots=True)
class Clustered:
    """What was found: the lines of both files."""

    clusters: list[Json]
    speakers: list[Json]


def cluster(folder: Path, out: Path | None = None) -> Clustered:
    """Cluster the claims and speakers of a finished run; the files go to ``out``, else beside the run's."""
    found = clustered(finished_run(folder))
    target = out or folder
    try:
        target.mkdir(parents=True, exist_ok=True)
        _write(target / CLUSTERS, found.clusters)
        _write(target / SPEAKERS, found.speakers)
    except OSError as error:
        raise ClusterError(f"{target}: {error.strerror or error}") from error
    return found


def clustered(run: FinishedRun) -> Clustered:
    """The clusters and speakers of a run, each with the run's id: a file that outlives its run is known."""
    gathering = Gathering()
    for article in run.records("articles"):
        as_record(gathering.take_article, article)
    utterances = []
    for claim in run.records("claims"):
        utterances.append(as_record(utterance, claim))
        as_record(gathering.take_claim, claim)
    clusters = [cluster_record(found) for found in repeats(utterances)]
    rare = rare_companions(gathering.companions.values())
    groups = joined(gathering.appearances(clusters_by_claim(clusters)), rare)
    made_of = {"run_id": run.run_id}
    speakers = speaker_records(groups, rare)
    return Clustered([record | made_of for record in clusters], [record | made_of for record in speakers])


def _write(file: Path, records: Iterable[Json]) -> None:
    """Write a file whole or not at all."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(b"".join(encode(record) + b"\n" for record in records))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
