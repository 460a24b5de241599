"""``onrecord status``: how far a run is, and what went wrong in it."""

from __future__ import annotations

from typing import Annotated, Any

import typer


def status(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The output folder of a run.")],
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Tell how far a run is, how it ended and what it set aside.

    Example: onrecord status out
    """
    import json

    from pipeline.batch.status import status_of
    from pipeline.storage import location

    state = status_of(location(folder))
    typer.echo(json.dumps(state, indent=2) if as_json else "\n".join(_lines(folder, state)))


def _lines(folder: str, state: dict[str, Any]) -> list[str]:
    lines = [
        f"{folder}: {state['state']}" + (f" ({state['problem']})" if state["problem"] else ""),
        f"{state['articles_done']:,} of {state['articles']:,} articles in {state['files']:,} files done, "
        f"{state['shards_done']:,} of {state['shards']:,} shards",
    ]
    lines += [f"set aside: {count:,} {code}" for code, count in state["errors"].items()]
    if state["errors"]:
        lines.append(
            f"they are listed in {folder.rstrip('/')}/errors.jsonl; try them again: onrecord retry {folder}"
        )
    if state["state"] in ("interrupted", "killed", "failed"):
        lines.append("the same onrecord run goes on where this one ended")
    return lines
