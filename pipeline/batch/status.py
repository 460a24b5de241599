"""How far a run is, told from its work folder alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.batch.checkpoint import Workspace, load_completion, load_plan, read_json
from pipeline.batch.lock import locked
from pipeline.batch.outcome import Tally
from pipeline.errors import ConfigurationError, RunError


def status_of(out: Path) -> dict[str, Any]:
    """The state of a run: its plan, what is done of it, its dead letters by code."""
    workspace = Workspace(out)
    manifest = read_json(workspace.manifest)
    if manifest is None or not workspace.root.is_dir():
        raise ConfigurationError(f"{out} holds no run; start one with: onrecord run IN --out {out}")
    plan = load_plan(workspace)
    tally, shards_done, places = Tally(), 0, 0
    for shard in plan.shards if plan else ():
        completion = load_completion(workspace, shard, manifest["fingerprint"])
        if completion:
            shards_done += 1
            places += shard.articles
            for outcome in completion.outcomes:
                tally.add(outcome)
    finished = manifest["state"] == "complete"
    return {
        "state": _state(workspace, manifest["state"]),
        "problem": manifest["problem"],
        "files": len(plan.files) if plan else 0,
        "articles": sum(file.articles for file in plan.files) if plan else 0,
        "articles_done": manifest["plan"]["articles"] if finished else places,
        "shards": len(plan.shards) if plan else 0,
        "shards_done": shards_done,
        "errors": manifest["counts"]["errors"] if finished else dict(sorted(tally.errors.items())),
    }


def _state(workspace: Workspace, told: str) -> str:
    """A manifest that says "running" while nobody holds the folder was left by a killed run."""
    if told != "running":
        return told
    try:
        with locked(workspace):
            return "killed"
    except RunError:
        return "running"
